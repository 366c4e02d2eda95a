//! The forms of proper names to clusters: "Prime Minister Ada Lund", "Lund" and "Ada" are one person.
//!
//! A text has few distinct forms, so they are clustered by hash look-ups on first and last words: full names first, then
//! titled surnames, then single words. A form that fits several clusters ("Mr. Lund" and "Mrs. Lund" are both "Lund")
//! keeps them all; which one is meant is decided where it stands.

use std::collections::HashMap;

use super::family::Families;
use super::form::{Form, PLURAL, forms, meetings};
use super::{CastMember, Entity, agree, gender, without_article};
use crate::kind::{Gender, Number};
use crate::lexicon::Class;
use crate::mention::{Being, Mentions, Reading};

/// The entities that names make, and which of them each name mention can be.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    pub(super) entities: Vec<Entity>,
    /// For each mention the number of its form plus one; 0 for what is no name.
    form_of: Vec<u32>,
    candidates: Vec<Vec<u32>>,
    by_alias: HashMap<String, u32>,
    families: Families,
}

impl Clusters {
    /// The member of a family whom a noun like "mother" means, said of `owner`, where there is only one such.
    pub(super) fn relative(&self, owner: u32, noun: &str) -> Option<u32> {
        self.families.relative(owner, noun)
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
pub(super) fn cluster(reading: Reading<'_>, mentions: &Mentions, cast: &[CastMember]) -> Clusters {
    let (forms, form_of) = forms(&reading, mentions);
    let mut order: Vec<usize> = (0..forms.len()).collect();
    // Full names, then titled surnames with the courtesy titles first, then single words; the frequent before the rare.
    let rank = |form: &Form| match (form.is_thing(), form.is_single(), form.title) {
        (true, _, _) => 0,
        (false, false, _) => 1,
        (false, true, Some(title)) if title.honorific => 2,
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
        reading,
        forms: &forms,
        entities: Vec::new(),
        index: Index::default(),
        firsts: Vec::new(),
        lasts: HashMap::new(),
        titles: Vec::new(),
        by_alias: HashMap::new(),
        wholes,
    };
    for form in forms.iter().filter(|form| !form.is_thing() && (!form.is_single() || form.title.is_some())) {
        *builder.lasts.entry(form.last_word()).or_default() += form.count;
    }
    for (number, member) in cast.iter().enumerate() {
        builder.add_member(number as u32, member);
    }
    let mut candidates = vec![Vec::new(); forms.len()];
    for at in order {
        candidates[at] = builder.place(&forms[at]);
    }
    let Builder { mut entities, by_alias, .. } = builder;
    gender::settle(&mut entities, mentions, &forms, &candidates);
    let families = Families::new(&forms, &candidates);
    Clusters { entities, form_of, candidates, by_alias, families }
}

/// Clusters by a word of a name. The keys are words of the text, so the hash is the keyed one of the standard library,
/// which no text can make collide.
type NameMap = HashMap<String, Vec<u32>>;

/// What the caller says of a name outweighs all that a text shows.
const KNOWN: u32 = 1 << 20;

/// Bearers of one name that are told apart.
const LONGEST_LIST: usize = 4 * NAMESAKES;

/// Clusters by the words of their names.
#[derive(Debug, Default)]
struct Index {
    whole: NameMap,
    last: NameMap,
    first: NameMap,
    initials: NameMap,
    /// By the words of a full name behind its first.
    ending: NameMap,
    /// By a title, for the text that goes on with "the Professor".
    title: NameMap,
}

fn add(map: &mut NameMap, key: &str, entity: u32) {
    let list = map.entry(key.to_owned()).or_default();
    if list.len() < LONGEST_LIST && !list.contains(&entity) {
        list.push(entity);
    }
}

/// "Dr." is "the Doctor".
fn full_title(title: &str) -> &str {
    match title {
        "capt" => "captain",
        "col" => "colonel",
        "dr" => "doctor",
        "gen" => "general",
        "lt" => "lieutenant",
        "prof" => "professor",
        "rev" => "reverend",
        "sgt" => "sergeant",
        _ => title,
    }
}

struct Builder<'a> {
    reading: Reading<'a>,
    entities: Vec<Entity>,
    index: Index,
    /// The first names of each entity, a few at most, and how often forms that are surely its own have them.
    firsts: Vec<Vec<(String, u32)>>,
    /// How often a surname stands behind a title or a first name.
    lasts: HashMap<&'a str, u32>,
    /// The titles of each entity, a few at most.
    titles: Vec<Vec<String>>,
    by_alias: HashMap<String, u32>,
    /// All forms of the text, and their numbers by their words.
    forms: &'a [Form],
    wholes: HashMap<&'a str, usize>,
}

/// A surname is shared by a handful of people at most; more would only cost time.
const NAMESAKES: usize = 24;

impl Builder<'_> {
    fn new_entity(&mut self, form: &Form) -> u32 {
        self.entities.push(Entity {
            best: form.first,
            gender: form.gender,
            gender_evidence: (form.gender != Gender::Unknown).then_some(form.gender_evidence),
            // "Democrats", "Afghans", "African Americans", but not "Reyes".
            number: if form.words.ends_with('s') && form.class.any(PLURAL) { Number::Plural } else { Number::Singular },
            being: form.being,
            narrator: false,
            named: true,
            cast: None,
            mentions: 0,
            sources: 0,
            first: u32::MAX,
            indefinite: false,
            acts: 0,
        });
        self.firsts.push(Vec::new());
        self.titles.push(Vec::new());
        self.entities.len() as u32 - 1
    }

    fn add_member(&mut self, number: u32, member: &CastMember) {
        self.entities.push(Entity {
            best: u32::MAX,
            gender: member.gender,
            gender_evidence: None,
            number: Number::Singular,
            being: Being::Person,
            narrator: false,
            named: true,
            cast: Some(number),
            mentions: 0,
            sources: 0,
            first: u32::MAX,
            indefinite: false,
            acts: 0,
        });
        self.firsts.push(Vec::new());
        self.titles.push(Vec::new());
        let entity = self.entities.len() as u32 - 1;
        for alias in &member.aliases {
            add(&mut self.index.whole, alias, entity);
            self.by_alias.insert(alias.clone(), entity);
            let titles = alias.split(' ').take_while(|word| self.reading.lexicon.title(word).is_some()).count();
            let words: Vec<&str> = alias.split(' ').skip(titles).collect();
            if let [first, .., last] = words[..] {
                self.add_first(first, entity, KNOWN);
                add(&mut self.index.last, last, entity);
            } else if let ([word], true) = (&words[..], titles > 0) {
                add(&mut self.index.last, word, entity);
            }
        }
    }

    /// The clusters that a form can stand for; a new one if there is none.
    fn place(&mut self, form: &Form) -> Vec<u32> {
        if let Some(known) = self
            .index
            .whole
            .get(form.whole.as_str())
            .or_else(|| (form.title.is_none()).then(|| self.index.whole.get(form.words.as_str())).flatten())
        {
            let known = known.clone();
            for &entity in &known {
                self.learn(entity, form);
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
    fn add_first(&mut self, name: &str, entity: u32, count: u32) {
        add(&mut self.index.first, name, entity);
        let known = &mut self.firsts[entity as usize];
        if let Some((_, known)) = known.iter_mut().find(|(known, _)| known == name) {
            *known += count;
        } else if known.len() < 8 {
            known.push((name.to_owned(), count));
        }
    }

    /// Makes the cluster findable by the words of a form that is surely its own.
    fn enter(&mut self, entity: u32, form: &Form) {
        add(&mut self.index.whole, &form.whole, entity);
        if form.is_thing() {
            let initials: String = form
                .words
                .split(' ')
                .filter(|word| !matches!(*word, "of" | "the" | "and" | "for"))
                .filter_map(|word| word.chars().next())
                .collect();
            if initials.len() > 1 {
                add(&mut self.index.initials, &initials, entity);
            }
            return;
        }
        if form.is_single() {
            match form.title {
                // "Miss Anna" or "Aunt Anna" is a given name, "Mr. Lund" a surname.
                Some(_) if form.class.any(Class::GIVEN) && !form.class.any(Class::COMMON_WORD) => {
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
    fn learn(&mut self, entity: u32, form: &Form) {
        let title = form.title_words();
        let titles = &mut self.titles[entity as usize];
        if !title.is_empty() && titles.len() < 8 && !titles.iter().any(|known| known == title) {
            titles.push(title.to_owned());
            // "Yes, miss" calls nobody by name.
            if !matches!(title, "mr" | "mrs" | "miss" | "ms" | "sir" | "master") {
                add(&mut self.index.title, full_title(title), entity);
            }
        }
        let known = &mut self.entities[entity as usize];
        if known.gender == Gender::Unknown && form.gender != Gender::Unknown {
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

    fn agreeing(&self, list: Option<&Vec<u32>>, gender: Gender) -> Vec<u32> {
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter()
            .copied()
            .filter(|&entity| agree(self.entities[entity as usize].gender, gender))
            .take(NAMESAKES)
            .collect()
    }

    /// Whether a text tells two people apart: "Mr. Lund" stands close to "Jan" in narration again and again, or
    /// one is a "Sir" and the other a "Mr.".
    fn apart(&self, form: &Form, entity: u32) -> bool {
        if self.entities[entity as usize].cast.is_some() {
            return false;
        }
        let knighted = |title: &str| matches!(title, "sir" | "lord");
        let titles = &self.titles[entity as usize];
        let own = form.title_words();
        if (knighted(own) && titles.iter().any(|title| title == "mr"))
            || (own == "mr" && titles.iter().any(|title| knighted(title)))
        {
            return true;
        }
        self.firsts[entity as usize].iter().any(|(first, _)| {
            let Some(first) = self.wholes.get(first.as_str()).map(|&at| &self.forms[at]) else { return false };
            let meetings = meetings(&form.places, &first.places);
            first.words != form.words && meetings >= 3 && 16 * meetings >= form.places.len().min(first.places.len())
        })
    }

    /// How often an entity is surely called by a first name, or one that it is short for.
    fn called(&self, entity: u32, name: &str) -> u32 {
        let same = |(first, _): &&(String, u32)| first == name || self.reading.lexicon.same_given_name(first, name);
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
            if known.len() == 1 {
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
        // "Mrs. Lund" need not be the Anna Lund who was named: she may be her mother; and she is no "Miss Lund".
        let married = form.is_married();
        if title.gender == Gender::Female {
            let other = if married { "miss" } else { "mrs" };
            let other = self.index.whole.get(&format!("{other} {}", form.words));
            found.retain(|entity| !other.is_some_and(|other| other.contains(entity)));
        }
        let women = found.iter().filter(|&&entity| self.entities[entity as usize].gender == Gender::Female).count();
        let family = |title: &str| self.wholes.contains_key(format!("{title} {}", form.words).as_str());
        if married && (women != 1 || family("mr") || family("miss")) {
            return Vec::new();
        }
        if title.gender == Gender::Female && women > 1 {
            return Vec::new();
        }
        // If not the best known bearer of the name, then somebody not named yet.
        if married {
            found.retain(|&entity| self.entities[entity as usize].gender == Gender::Female);
        }
        found.truncate(1);
        found.retain(|&entity| !self.apart(form, entity));
        found
    }

    /// "Anna", "Lund": a given name before a surname; short forms of given names.
    fn single(&mut self, form: &Form) -> Vec<u32> {
        let word = form.last_word();
        // "the Professor", where one or two people have that title.
        if form.class.any(Class::TITLE)
            && !form.class.any(Class::GIVEN)
            && let Some(found) = self.index.title.get(full_title(word)).filter(|found| found.len() <= 2)
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
        if !form.class.any(Class::GIVEN) || self.index.first.len() >= 512 {
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
