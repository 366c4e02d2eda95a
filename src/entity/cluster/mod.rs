//! The forms of proper names to clusters: "Prime Minister Ada Lund", "Lund" and "Ada" are one person.
//!
//! A text has few distinct forms, so they are clustered by hash look-ups on first and last words: full names first, then
//! titled surnames, then single words. A form that fits several clusters ("Mr. Lund" and "Mrs. Lund" are both "Lund")
//! keeps them all ([`bearers`]); which one is meant is decided where it stands. At last those are joined whom only the talk
//! of the text shows to be one ([`join`]).

mod bearers;
mod join;

use std::borrow::Cow;
use std::cmp::Reverse;

use super::family::Families;
use super::form::{Form, PLURAL, forms, take_for_places};
use super::scene::Scenes;
use super::title::Titled;
use super::{CastMember, Entity, gender, without_article};
use crate::kind::{Gender, Number};
use crate::lexicon::{Class, TextMap};
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
    /// The member of a family whom a plain noun like "mother" means, said of `owner`, where there is only one such.
    pub(super) fn relative(&self, owner: u32, noun: &str) -> Option<u32> {
        self.families.relative(owner, noun)
    }

    /// All whom a plain noun like "sister" can mean, said of `owner`.
    pub(super) fn relatives(&self, owner: u32, noun: &str) -> impl Iterator<Item = u32> {
        self.families.relatives(owner, noun)
    }

    /// Who is called by a noun for which the plain one is `noun`, and who it means by the surname of `owner`, where the two
    /// seem to be different.
    pub(super) fn called_and_named(&self, owner: u32, noun: &str) -> Option<(u32, u32)> {
        self.families.called_and_named(owner, noun)
    }

    /// Who is called by a noun for relatives for which the plain one is `noun`.
    pub(super) fn called(&self, noun: &str) -> Option<u32> {
        self.families.called(noun)
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
    let (mut forms, form_of) = forms(&reading, mentions, reports);
    if !reports {
        take_for_places(&mut forms, cast);
    }
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
        (rank(form), Reverse((words(form), form.count)), form.first)
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
    let families = Families::new(reading.lexicon, &forms, &candidates, &entities);
    Clusters { entities, form_of, candidates, by_alias, families }
}

/// Clusters by a word of a name.
type NameMap<'a> = TextMap<Cow<'a, str>, Vec<u32>>;

/// What the caller says of a name outweighs all that a text shows.
const KNOWN: u32 = 1 << 20;

/// A surname is shared by a handful of people at most; more would only cost time.
const NAMESAKES: usize = 24;

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
            number: if self.is_plural(form) { Number::Plural } else { Number::Singular },
            being: form.being,
            named: true,
            ..Entity::UNKNOWN
        })
    }

    /// "Democrats", "Afghans", "African Americans", but not "Reyes"; "the Lunds" where somebody is a Lund.
    fn is_plural(&self, form: &Form) -> bool {
        let family = |name: &str| form.title.is_none() && form.is_single() && self.lasts.contains_key(name);
        form.words.strip_suffix('s').is_some_and(|name| form.class.any(PLURAL) || family(name))
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
}
