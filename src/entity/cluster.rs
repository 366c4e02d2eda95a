//! The forms of proper names to clusters: "Prime Minister Ada Lund", "Lund" and "Ada" are one person.
//!
//! A text has few distinct forms, so they are clustered by hash look-ups on first and last words: full names first, then
//! titled surnames, then single words. A form that fits several clusters ("Mr. Lund" and "Mrs. Lund" are both "Lund")
//! keeps them all; which one is meant is decided where it stands.

use std::borrow::Cow;
use std::collections::HashMap;

use super::family::Families;
use super::form::{Form, PLURAL, forms, meetings};
use super::scene::Scenes;
use super::title::Titled;
use super::{CastMember, Entity, agree, gender, without_article};
use crate::kind::{Gender, Number};
use crate::lexicon::{BuildWordHasher, Class, Lexicon, TextMap};
use crate::mention::{Being, Mentions, Reading};

/// The entities that names make, and which of them each name mention can be.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    pub(super) entities: Vec<Entity>,
    /// For each mention the number of its form plus one; 0 for what is no name.
    form_of: Vec<u32>,
    candidates: Vec<Vec<u32>>,
    by_alias: TextMap<String, u32>,
    families: Families,
}

impl Clusters {
    /// The member of a family whom a noun like "mother" means, said of `owner`, where there is only one such.
    pub(super) fn relative(&self, lexicon: &Lexicon, owner: u32, noun: &str) -> Option<u32> {
        self.families.relative(owner, lexicon.plain_relative(noun))
    }

    /// Who is called by a noun for relatives, or by one that means the same.
    pub(super) fn called(&self, lexicon: &Lexicon, noun: &str) -> Option<u32> {
        self.families.called(lexicon.plain_relative(noun))
    }

    /// The member of the cast that a noun phrase is an alias of: "the waiter". Words as `words_of` gives them.
    pub(super) fn member(&self, words: &str) -> Option<u32> {
        self.by_alias.get(without_article(words)).copied()
    }

    /// The entities that a name mention can stand for.
    pub(super) fn candidates(&self, mention: usize) -> &[u32] {
        match self.form_of[mention].checked_sub(1) {
            Some(form) => &self.candidates[form as usize],
            None => &[],
        }
    }
}

/// Clusters the names of a text.
pub(super) fn cluster(reading: Reading<'_>, mentions: &Mentions, cast: &[CastMember], reports: bool) -> Clusters {
    let (forms, form_of) = forms(&reading, mentions, reports);
    let mut order: Vec<usize> = (0..forms.len()).collect();
    // Full names, then titled surnames with the courtesy titles first, then single words; the frequent before the rare.
    let rank = |form: &Form| match (form.is_thing(), form.is_single(), form.title) {
        (true, _, _) => 0,
        (false, false, _) => 1,
        (false, true, Some(title)) if title.honorific && !form.is_initial() => 2,
        (false, true, Some(_)) => 3,
        (false, true, None) => 4,
    };
    // A name that ends in another is placed before it, whatever their counts.
    let words = |form: &Form| if rank(form) == 1 { form.words.split(' ').count().min(4) } else { 0 };
    order.sort_by_cached_key(|&at| {
        let form = &forms[at];
        (rank(form), std::cmp::Reverse((words(form), form.count)), form.first)
    });

    let wholes = forms.iter().enumerate().map(|(at, form)| (form.whole.as_str(), at)).collect();
    let mut builder = Builder {
        scenes: Scenes::new(&reading, mentions, &form_of),
        reading,
        forms: &forms,
        entities: Vec::new(),
        index: Index {
            whole: name_map(forms.len()),
            last: name_map(forms.len()),
            first: name_map(forms.len()),
            ..Index::default()
        },
        firsts: Vec::new(),
        counts: Vec::new(),
        lasts: TextMap::default(),
        titles: Vec::new(),
        reports,
        by_alias: TextMap::default(),
        wholes,
    };
    for form in forms.iter().filter(|form| !form.is_thing() && (!form.is_single() || form.title.is_some())) {
        *builder.lasts.entry(form.last_word()).or_default() += form.count;
    }
    for (number, member) in cast.iter().enumerate() {
        builder.add_member(number as u32, member);
    }
    builder.add_nouns(cast);
    let mut candidates = vec![Vec::new(); forms.len()];
    for at in order {
        candidates[at] = builder.place(&forms[at]);
    }
    builder.join_called(&mut candidates);
    let Builder { mut entities, by_alias, .. } = builder;
    gender::settle(&mut entities, mentions, &forms, &candidates);
    let families = Families::new(reading.lexicon, &forms, &candidates);
    Clusters { entities, form_of, candidates, by_alias, families }
}

/// Clusters by a word of a name.
type NameMap<'a> = TextMap<Cow<'a, str>, Vec<u32>>;

/// What the caller says of a name outweighs all that a text shows.
const KNOWN: u32 = 1 << 20;

/// Bearers of one name that are told apart.
const LONGEST_LIST: usize = 4 * NAMESAKES;

/// Clusters by the words of their names.
#[derive(Debug, Default)]
struct Index<'a> {
    whole: NameMap<'a>,
    last: NameMap<'a>,
    first: NameMap<'a>,
    initials: NameMap<'a>,
    /// By the words of a full name behind its first.
    ending: NameMap<'a>,
    /// By a title, for the text that goes on with "the Professor".
    title: NameMap<'a>,
}

/// Memory for so many names.
fn name_map<'a>(names: usize) -> NameMap<'a> {
    let mut map = NameMap::default();
    map.reserve(names);
    map
}

fn add<'a>(map: &mut NameMap<'a>, key: impl Into<Cow<'a, str>>, entity: u32) {
    let list = map.entry(key.into()).or_default();
    if list.len() < LONGEST_LIST && !list.contains(&entity) {
        list.push(entity);
    }
}

struct Builder<'a> {
    scenes: Scenes,
    reading: Reading<'a>,
    entities: Vec<Entity>,
    index: Index<'a>,
    /// The first names of each entity, a few at most, and how often forms that are surely its own have them.
    firsts: Vec<Vec<(&'a str, u32)>>,
    /// How often the forms of each entity that are surely its own occur.
    counts: Vec<u32>,
    /// How often a surname stands behind a title or a first name.
    lasts: TextMap<&'a str, u32>,
    /// The titles of each entity, a few at most.
    titles: Vec<Vec<Titled<'a>>>,
    reports: bool,
    by_alias: TextMap<String, u32>,
    /// All forms of the text, and their numbers by their words.
    forms: &'a [Form],
    wholes: TextMap<&'a str, usize>,
}

/// So often somebody answers to a name that is hers.
const ANSWERS: u32 = 3;

/// So many are joined at most: each join walks over all forms, and no text has so many who are called by another name.
const JOINS: usize = 64;

/// So often, and once in so many times, is "old Mr. Lund" told from a younger one.
const OLD: u32 = 3;
const OLD_SHARE: u32 = 8;

/// So many names are looked through one by one for those that a short form may stand for.
const SEARCHED: usize = 512;

/// A surname is shared by a handful of people at most; more would only cost time.
const NAMESAKES: usize = 24;

impl<'a> Builder<'a> {
    fn add_entity(&mut self, entity: Entity) -> u32 {
        self.entities.push(entity);
        self.firsts.push(Vec::new());
        self.counts.push(0);
        self.titles.push(Vec::new());
        self.entities.len() as u32 - 1
    }

    fn new_entity(&mut self, form: &Form) -> u32 {
        self.add_entity(Entity {
            best: form.first,
            gender: form.gender,
            gender_evidence: (form.gender != Gender::Unknown).then_some(form.gender_evidence),
            // "Democrats", "Afghans", "African Americans", but not "Reyes".
            number: if form.words.ends_with('s') && form.class.any(PLURAL) { Number::Plural } else { Number::Singular },
            being: form.being,
            named: true,
            ..Entity::UNKNOWN
        })
    }

    fn add_member(&mut self, number: u32, member: &'a CastMember) {
        // Without a name before the text has one: "the painter" alone may be somebody who has one.
        let entity = self.add_entity(Entity {
            gender: member.gender,
            being: Being::Person,
            cast: Some(number),
            ..Entity::UNKNOWN
        });
        for alias in &member.aliases {
            add(&mut self.index.whole, alias.as_str(), entity);
            self.by_alias.insert(alias.clone(), entity);
            // "Ada's sister" is not called Ada.
            if alias.contains(" '") {
                continue;
            }
            let titles = alias.split(' ').take_while(|word| self.reading.lexicon.title(word).is_some()).count();
            let words: Vec<&str> = alias.split(' ').skip(titles).collect();
            if let [first, .., last] = words[..] {
                self.add_first(first, entity, KNOWN);
                add(&mut self.index.last, last, entity);
            } else if let ([word], true) = (&words[..], titles > 0) {
                add(&mut self.index.last, *word, entity);
            }
        }
    }

    /// "His valet" and "a valet" are "the valet" too, where that is nobody else.
    fn add_nouns(&mut self, cast: &[CastMember]) {
        for (entity, member) in cast.iter().enumerate() {
            for alias in &member.aliases {
                let lexicon = self.reading.lexicon;
                let open = |first: &str| {
                    matches!(first, "a" | "an") || lexicon.class(lexicon.word(first)).any(Class::POSSESSIVE_PRONOUN)
                };
                if let Some((_, noun)) = alias.split_once(' ').filter(|(first, _)| open(first)) {
                    self.by_alias.entry(noun.to_owned()).or_insert(entity as u32);
                }
            }
        }
    }

    /// The clusters that a form can stand for; a new one if there is none.
    fn place(&mut self, form: &'a Form) -> Vec<u32> {
        if let Some(known) = self
            .index
            .whole
            .get(form.whole.as_str())
            .or_else(|| (form.title.is_none()).then(|| self.index.whole.get(form.words.as_str())).flatten())
        {
            let mut known = known.clone();
            for &entity in &known {
                self.learn(entity, form);
            }
            // A caller who calls Ada Lund "Ada" may have an Ada Brandt too.
            if form.is_single() && form.title.is_none() {
                let namesakes = self.index.first.get(form.words.as_str()).into_iter().flatten();
                let in_cast = namesakes.filter(|&&entity| self.entities[entity as usize].cast.is_some());
                let others: Vec<u32> = in_cast.filter(|entity| !known.contains(entity)).copied().collect();
                known.extend(others);
            }
            return known;
        }
        let mut found = if form.is_thing() {
            Vec::new()
        } else if !form.is_single() {
            self.full_name(form)
        } else if form.title.is_some() {
            self.titled(form)
        } else {
            self.single(form)
        };
        if found.is_empty() && form.acronym {
            found = self.index.initials.get(form.words.as_str()).cloned().unwrap_or_default();
        }
        if found.is_empty() {
            found.push(self.new_entity(form));
        }
        if let [entity] = found[..] {
            self.learn(entity, form);
            self.enter(entity, form);
        }
        found
    }

    /// Makes the cluster findable by a first name, which `count` mentions have.
    fn add_first(&mut self, name: &'a str, entity: u32, count: u32) {
        add(&mut self.index.first, name, entity);
        let known = &mut self.firsts[entity as usize];
        if let Some((_, known)) = known.iter_mut().find(|(known, _)| *known == name) {
            *known += count;
        } else if known.len() < 8 {
            known.push((name, count));
        }
    }

    /// Makes the cluster findable by the words of a form that is surely its own.
    fn enter(&mut self, entity: u32, form: &'a Form) {
        add(&mut self.index.whole, form.whole.as_str(), entity);
        if form.is_thing() {
            let initials: String = form
                .words
                .split(' ')
                .filter(|word| !matches!(*word, "of" | "the" | "and" | "for"))
                .filter_map(|word| word.chars().next())
                .collect();
            if initials.len() > 1 {
                add(&mut self.index.initials, initials, entity);
            }
            return;
        }
        if form.is_single() {
            match form.title {
                // "Miss Anna" or "Aunt Anna" is a given name, "Mr. Lund" a surname.
                Some(title) if title.given && form.class.any(Class::GIVEN) && !form.class.any(Class::COMMON_WORD) => {
                    self.add_first(form.last_word(), entity, form.count);
                    add(&mut self.index.last, form.last_word(), entity);
                }
                Some(_) => add(&mut self.index.last, form.last_word(), entity),
                None => self.add_first(form.last_word(), entity, form.count),
            }
        } else {
            if !form.is_married() || self.is_womans(form) {
                self.add_first(form.first_word(), entity, form.count);
            }
            add(&mut self.index.last, form.last_word(), entity);
            if let Some((_, ending)) = form.words.split_once(' ').filter(|(_, ending)| ending.contains(' ')) {
                add(&mut self.index.ending, ending, entity);
            }
        }
    }

    /// Takes over what a form shows of its entity.
    fn learn(&mut self, entity: u32, form: &'a Form) {
        self.counts[entity as usize] += form.count;
        if let Some(title) = Titled::of(form, self.reading.lexicon) {
            let titles = &mut self.titles[entity as usize];
            if let Some(known) = titles.iter_mut().find(|known| known.words == title.words) {
                known.count += title.count;
            } else if titles.len() < 8 {
                // "Yes, miss" calls nobody by name.
                if !matches!(title.words, "mr" | "mrs" | "miss" | "ms" | "sir" | "master") {
                    add(&mut self.index.title, title.noun, entity);
                }
                titles.push(title);
            }
        }
        // "Constable Kim", "Jordan Kelly": a surname shows nothing, though others have it for a given name.
        let surname = form.is_single()
            && form.title.is_none()
            && form.class.any(Class::GIVEN)
            && !self.firsts[entity as usize].iter().any(|(first, _)| *first == form.last_word());
        let known = &mut self.entities[entity as usize];
        known.named = true;
        if known.gender == Gender::Unknown && form.gender != Gender::Unknown && !surname {
            known.gender = form.gender;
            known.gender_evidence = Some(form.gender_evidence);
        }
        if known.being == Being::Unknown {
            known.being = form.being;
        }
        if known.best == u32::MAX {
            known.best = form.first;
        }
    }

    /// Those of a list who may have a gender, the best known first.
    fn agreeing(&self, list: Option<&Vec<u32>>, gender: Gender) -> Vec<u32> {
        let list = list.map_or(&[][..], Vec::as_slice);
        let agrees = |&entity: &u32| agree(self.entities[entity as usize].gender, gender);
        let mut list: Vec<u32> = list.iter().copied().filter(agrees).take(NAMESAKES).collect();
        list.sort_by_key(|&entity| std::cmp::Reverse(self.counts[entity as usize]));
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

    /// "Miss Lund", who hardly speaks by that name, is the Anna who answers to it again and again.
    fn join_called(&mut self, candidates: &mut [Vec<u32>]) {
        let surnames = self.surnames(candidates);
        let mut joined = 0;
        for answers in self.scenes.all_answers().chunk_by(|a, b| a.0 == b.0) {
            let at = answers[0].0;
            let form = &self.forms[at as usize];
            let [called] = candidates[at as usize][..] else { continue };
            // "Madam" is anybody.
            let bare_title = form.title.is_none() && form.class.any(Class::TITLE);
            if form.is_thing() || bare_title || 8 * form.sources > form.count {
                continue;
            }
            // Those who answer, how often, and how often they stand beside the one who is called.
            let mut speakers: Vec<(u32, u32, u32)> = Vec::new();
            for &(_, other, count) in answers {
                let [speaker] = candidates[other as usize][..] else { continue };
                let apart = self.scenes.apart(at, other);
                if let Some(known) = speakers.iter_mut().find(|(known, ..)| *known == speaker) {
                    *known = (speaker, known.1 + count, known.2 + apart);
                } else if speakers.len() < NAMESAKES {
                    speakers.push((speaker, count, apart));
                }
            }
            let weight = |&(_, count, apart): &(u32, u32, u32)| count.saturating_sub(2 * apart);
            speakers.sort_by_key(|speaker| (std::cmp::Reverse(weight(speaker)), speaker.0));
            let Some(best) = speakers.first() else { continue };
            let (speaker, answers) = (best.0, weight(best));
            let second = speakers.get(1).map_or(0, weight);
            let named = |entity: u32| surnames.get(&entity);
            let other_name = named(called).zip(named(speaker)).is_some_and(|(one, other)| one != other);
            let (one, other) = (&self.entities[called as usize], &self.entities[speaker as usize]);
            if speaker != called
                && answers >= ANSWERS
                && answers >= 2 * second
                && !other_name
                && one.cast.is_none()
                && other.cast.is_none()
                && agree(one.gender, other.gender)
            {
                self.join(called, speaker, candidates);
                joined += 1;
                if joined == JOINS {
                    return;
                }
            }
        }
    }

    /// The surname of each entity that has one: "Lund" of "Mr. Lund" and "Ada Lund", but "Aunt Bea" has none.
    fn surnames(&self, candidates: &[Vec<u32>]) -> HashMap<u32, &'a str, BuildWordHasher> {
        let mut surnames = HashMap::default();
        let forms: &'a [Form] = self.forms;
        for (form, candidates) in forms.iter().zip(candidates) {
            let given = form.title.is_some_and(|title| title.given) && form.class.any(Class::GIVEN);
            let called = form.is_single() && (form.title.is_none() || given || form.is_kin());
            if let ([entity], false) = (&candidates[..], called) {
                surnames.entry(*entity).or_insert(form.last_word());
            }
        }
        surnames
    }

    /// Makes two entities one.
    fn join(&mut self, from: u32, to: u32, candidates: &mut [Vec<u32>]) {
        for list in candidates.iter_mut().filter(|list| list.contains(&from)) {
            list.retain(|&entity| entity != from && entity != to);
            list.push(to);
        }
        let joined = &mut self.entities[from as usize];
        // Nothing names it any more.
        joined.named = false;
        let from = joined.clone();
        let to = &mut self.entities[to as usize];
        if to.gender == Gender::Unknown {
            to.gender = from.gender;
            to.gender_evidence = from.gender_evidence;
        }
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
        list.sort_by_key(|&(called, entity)| (!cast(entity), std::cmp::Reverse(called), entity));
        let best = list.first().map_or(0, |&(called, _)| called);
        let mut first = true;
        list.retain(|&(called, entity)| {
            std::mem::take(&mut first) || cast(entity) || (8 * called > best && 40 * called > count)
        });
        list.into_iter().map(|(_, entity)| entity).collect()
    }

    /// Whether two first names, or a name and its initial or short form, may be one person's.
    fn first_names_agree(&self, a: &str, b: &str) -> bool {
        let initial =
            |a: &str, b: &str| a.trim_end_matches('.').chars().count() == 1 && b.starts_with(a.trim_end_matches('.'));
        self.reading.lexicon.same_given_name(a, b) || initial(a, b) || initial(b, a)
    }

    /// Whether the first word of a name is a woman's.
    fn is_womans(&self, form: &Form) -> bool {
        self.reading.lexicon.entry(self.reading.token(form.head).word).gender == Gender::Female
    }

    /// "Ada Lund": joins a full name of that surname whose first name agrees, or that ends in the same words.
    fn full_name(&mut self, form: &Form) -> Vec<u32> {
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
    fn titled(&mut self, form: &Form) -> Vec<u32> {
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
    fn single(&mut self, form: &Form) -> Vec<u32> {
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
