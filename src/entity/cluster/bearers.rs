//! Who of those already known a name can mean.

use std::cmp::Reverse;

use super::{Builder, NAMESAKES};
use crate::entity::agree;
use crate::entity::form::{Form, meetings};
use crate::entity::title::Titled;
use crate::kind::Gender;
use crate::lexicon::Class;

/// So often, and once in so many times, is "old Mr. Lund" told from a younger one.
const OLD: u32 = 3;
const OLD_SHARE: u32 = 8;

/// So many names are looked through one by one for those that a short form may stand for.
const SEARCHED: usize = 512;

impl Builder<'_> {
    /// Those of a list who may have a gender, the best known first.
    fn agreeing(&self, list: Option<&Vec<u32>>, gender: Gender) -> Vec<u32> {
        let list = list.map_or(&[][..], Vec::as_slice);
        let agrees = |&entity: &u32| agree(self.entities[entity as usize].gender, gender);
        let mut list: Vec<u32> = list.iter().copied().filter(agrees).take(NAMESAKES).collect();
        list.sort_by_key(|&entity| Reverse(self.counts[entity as usize]));
        list
    }

    /// Whether a text tells two people apart: "Mr. Lund" stands close to "Jan" in narration again and again, or they speak
    /// in turn; he is "old Mr. Lund"; one is a "Sir" and the other a "Mr.", one a "Captain" and the other a "Miss" or a "General".
    fn apart(&self, form: &Form, entity: u32) -> bool {
        if self.entities[entity as usize].cast.is_some() {
            return false;
        }
        let title = Titled::of(form, self.reading.lexicon);
        if title
            .is_some_and(|title| self.titles[entity as usize].iter().any(|other| title.differs(other, self.reports)))
        {
            return true;
        }
        if form.is_single()
            && form.aged >= OLD
            && OLD_SHARE * form.aged >= form.count
            && !self.firsts[entity as usize].is_empty()
        {
            return true;
        }
        let own = self.wholes[form.whole.as_str()];
        self.firsts[entity as usize].iter().any(|(first, _)| {
            let Some(&at) = self.wholes.get(first) else { return false };
            let first = &self.forms[at];
            let meetings = meetings(&form.places, &first.places);
            let answers = self.scenes.answers(own as u32, at as u32);
            first.words != form.words
                && (meetings >= 3 && 16 * meetings >= form.places.len().min(first.places.len())
                    || self.scenes.apart(own as u32, at as u32) > 2 + answers)
        })
    }

    /// How often an entity is surely called by a first name, or one that it is short for.
    fn called(&self, entity: u32, name: &str) -> u32 {
        let same = |(first, _): &&(&str, u32)| *first == name || self.reading.lexicon.same_given_name(first, name);
        self.firsts[entity as usize].iter().filter(same).map(|(_, count)| count).sum()
    }

    /// Of those who bear a first name the ones that its `count` mentions can mean, the likeliest first: "Anna Lund" of
    /// every page, but not the "Anna Brandt" of a single line, nor an "Anna Says" that a heading made.
    fn well_known(&self, list: &[u32], name: &str, count: u32) -> Vec<u32> {
        let cast = |entity: u32| self.entities[entity as usize].cast.is_some();
        let mut list: Vec<(u32, u32)> = list.iter().map(|&entity| (self.called(entity, name), entity)).collect();
        list.sort_by_key(|&(called, entity)| (!cast(entity), Reverse(called), entity));
        let best = list.first().map_or(0, |&(called, _)| called);
        let mut first = true;
        list.retain(|&(called, entity)| {
            std::mem::take(&mut first) || cast(entity) || (8 * called > best && 40 * called > count)
        });
        list.into_iter().map(|(_, entity)| entity).collect()
    }

    /// Whether two first names, or a name and its initial or short form, may be one person's.
    pub(super) fn first_names_agree(&self, a: &str, b: &str) -> bool {
        let initial =
            |a: &str, b: &str| a.trim_end_matches('.').chars().count() == 1 && b.starts_with(a.trim_end_matches('.'));
        self.reading.lexicon.same_given_name(a, b) || initial(a, b) || initial(b, a)
    }

    /// Whether the first word of a name is a woman's.
    pub(super) fn is_womans(&self, form: &Form) -> bool {
        self.reading.lexicon.entry(self.reading.token(form.head).word).gender == Gender::Female
    }

    /// "Ada Lund": joins a full name of that surname whose first name agrees, or that ends in the same words.
    pub(super) fn full_name(&self, form: &Form) -> Vec<u32> {
        if let Some(known) = self.index.ending.get(form.words.as_str()) {
            let known = self.agreeing(Some(known), form.gender);
            // A slip that is longer names nobody who is known well.
            if let [entity] = known[..]
                && 16 * self.counts[entity as usize] >= form.count
            {
                return known;
            }
        }
        let mut namesakes = self.agreeing(self.index.last.get(form.last_word()), form.gender);
        // "Mrs. Jan Lund" is no Jan Lund, unless Jan is a woman.
        let womans = self.is_womans(form);
        let woman = |entity: u32| womans || self.entities[entity as usize].gender == Gender::Female;
        namesakes.retain(|&entity| {
            self.firsts[entity as usize].iter().any(|(first, _)| self.first_names_agree(first, form.first_word()))
                && (!form.is_married() || woman(entity))
        });
        namesakes.truncate(1);
        namesakes
    }

    /// "Mr. Lund", "Miss Anna", "Captain Lund".
    pub(super) fn titled(&self, form: &Form) -> Vec<u32> {
        let title = form.title.expect("only forms with a title get here");
        let own = form.title_words();
        let mut found = self.agreeing(self.index.last.get(form.last_word()), form.gender);
        // "Miss Anna", and "Mr. Jan" where nobody is called Jan by surname.
        if (title.given && form.class.any(Class::GIVEN)) || found.is_empty() && (title.given || title.honorific) {
            let firsts = self.agreeing(self.index.first.get(form.last_word()), form.gender);
            for entity in self.well_known(&firsts, form.last_word(), 0) {
                if !found.contains(&entity) {
                    found.push(entity);
                }
            }
        }
        if found.is_empty() && title.given {
            found = self.short_for(form);
        }
        if found.is_empty() && form.is_initial() {
            found = self.abbreviated(form);
        }
        // "Mrs. Lund" need not be the Anna Lund who was named: she may be her mother; and she is no "Miss Lund".
        let married = form.is_married() && !self.is_womans(form);
        if title.gender == Gender::Female && !form.is_kin() {
            let other = if married { "miss" } else { "mrs" };
            let other = self.index.whole.get(format!("{other} {}", form.words).as_str());
            found.retain(|entity| !other.is_some_and(|other| other.contains(entity)));
        }
        let women = found.iter().filter(|&&entity| self.entities[entity as usize].gender == Gender::Female).count();
        let family = |title: &str| self.wholes.contains_key(format!("{title} {}", form.words).as_str());
        // "Sir Arthur Lund" has a wife too.
        let knight = |&entity: &u32| self.titles[entity as usize].iter().any(Titled::is_knight);
        let knighted = own == "lady" && self.index.last.get(form.last_word()).is_some_and(|all| all.iter().any(knight));
        if married && (women != 1 || family("mr") || family("miss") || knighted) {
            return Vec::new();
        }
        if title.gender == Gender::Female && women > 1 {
            return Vec::new();
        }
        // "Lady Lund" is no Anna Lund whom the text never calls a lady.
        if own == "lady" && form.is_single() && !self.reports {
            found.retain(|&entity| self.titles[entity as usize].iter().any(|title| title.words == own));
        }
        // "Sir John" is the one who is called so elsewhere.
        if !matches!(own, "mr" | "mrs" | "miss" | "ms") {
            found.sort_by_key(|&entity| !self.titles[entity as usize].iter().any(|title| title.words == own));
        }
        // If not the best known bearer of the name, then somebody not named yet.
        if married {
            found.retain(|&entity| self.entities[entity as usize].gender == Gender::Female);
        }
        found.truncate(1);
        found.retain(|&entity| !self.apart(form, entity));
        found
    }

    /// "Mr. A.": the one Mr. Abbot.
    fn abbreviated(&self, form: &Form) -> Vec<u32> {
        if self.index.last.len() >= SEARCHED {
            return Vec::new();
        }
        let own = form.title_words();
        let titled = |&&entity: &&u32| self.titles[entity as usize].iter().any(|title| title.words == own);
        let names = self.index.last.iter().filter(|(last, _)| last.starts_with(form.words.as_str()));
        let mut found: Vec<u32> = names.flat_map(|(_, list)| list.iter().filter(titled)).copied().collect();
        found.sort_unstable();
        found.dedup();
        if found.len() > 1 { Vec::new() } else { found }
    }

    /// "Anna", "Lund": a given name before a surname; short forms of given names.
    pub(super) fn single(&self, form: &Form) -> Vec<u32> {
        let word = form.last_word();
        // "the Professor", where one or two people have that title.
        if form.class.any(Class::TITLE)
            && !form.class.any(Class::GIVEN)
            && let Some(found) =
                self.index.title.get(self.reading.lexicon.title_noun(word)).filter(|found| found.len() <= 2)
        {
            return found.clone();
        }
        let firsts = self.agreeing(self.index.first.get(word), form.gender);
        let lasts = self.agreeing(self.index.last.get(word), Gender::Unknown);
        // "Scott" is Scott Lund, where Captain Scott is not spoken of far more often.
        let called = firsts.iter().map(|&entity| self.called(entity, word)).max();
        let surname = self.lasts.get(word).copied().unwrap_or(0);
        let likely = |called: u32| called > surname || (form.class.any(Class::GIVEN) && 8 * called >= surname);
        if lasts.is_empty() && !firsts.is_empty() || called.is_some_and(likely) {
            return self.well_known(&firsts, word, form.count);
        }
        if !lasts.is_empty() {
            // Of a family that has its "Mr. Lund", plain "Lund" is he.
            let he = |&entity: &u32| self.entities[entity as usize].gender == Gender::Male;
            if lasts.len() > 1
                && self.wholes.contains_key(format!("mr {}", form.words).as_str())
                && lasts.iter().any(he)
            {
                return lasts.into_iter().filter(he).collect();
            }
            return lasts;
        }
        self.short_for(form)
    }

    /// "Lizzy": the one who has the name that it is short for.
    fn short_for(&self, form: &Form) -> Vec<u32> {
        let word = form.last_word();
        if !form.class.any(Class::GIVEN) || self.index.first.len() >= SEARCHED {
            return Vec::new();
        }
        let mut found: Vec<u32> = self
            .index
            .first
            .iter()
            .filter(|(first, _)| self.reading.lexicon.same_given_name(first, word))
            .flat_map(|(_, list)| list.iter().copied())
            .filter(|&entity| agree(self.entities[entity as usize].gender, form.gender))
            .collect();
        found.sort_unstable();
        found.dedup();
        found = self.well_known(&found, word, form.count);
        if found.len() > 1 {
            found.clear();
        }
        found
    }
}
