//! The forms of proper names to clusters: "Prime Minister Ada Lund", "Lund" and "Ada" are one person.
//!
//! A text has few distinct forms, so they are clustered by hash look-ups on first and last words: full names first, then
//! titled surnames, then single words. A form that fits several clusters ("Mr. Lund" and "Mrs. Lund" are both "Lund")
//! keeps them all; which one is meant is decided where it stands.

use std::collections::{HashMap, HashSet};

use super::{CastMember, Entity, agree, is_name, without_article, words_of};
use crate::kind::{Gender, Number};
use crate::lexicon::{Class, Title};
use crate::mention::{Being, Mentions, Reading, is_particle};

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

/// One way in which a text writes a name.
#[derive(Debug)]
struct Form {
    /// With titles, as `words_of` gives it.
    whole: String,
    /// Without titles.
    words: String,
    title: Option<Title>,
    being: Being,
    gender: Gender,
    count: u32,
    /// The mention that stands for it.
    first: u32,
    /// The word of a single-word form.
    class: Class,
    /// Written in capitals only.
    acronym: bool,
}

impl Form {
    fn first_word(&self) -> &str {
        self.words.split(' ').next().unwrap_or("")
    }

    fn last_word(&self) -> &str {
        let mut words =
            self.words.rsplit(' ').filter(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv" | "esq"));
        words.next().unwrap_or("")
    }

    /// One word, or one with the particles that belong to it: "Lund", "van der Meulen".
    fn is_single(&self) -> bool {
        let mut words = self.words.split(' ').rev();
        words.next();
        words.all(is_particle)
    }

    fn is_thing(&self) -> bool {
        matches!(self.being, Being::Group | Being::Place)
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
    order.sort_by_key(|&at| (rank(&forms[at]), std::cmp::Reverse(forms[at].count), forms[at].first));

    let wholes = forms.iter().map(|form| form.whole.clone()).collect();
    let mut builder = Builder {
        reading,
        entities: Vec::new(),
        index: Index::default(),
        firsts: Vec::new(),
        by_alias: HashMap::new(),
        wholes,
    };
    for (number, member) in cast.iter().enumerate() {
        builder.add_member(number as u32, member);
    }
    let mut candidates = vec![Vec::new(); forms.len()];
    for at in order {
        candidates[at] = builder.place(&forms[at]);
    }
    let families = Families::new(&forms, &candidates);
    Clusters { entities: builder.entities, form_of, candidates, by_alias: builder.by_alias, families }
}

/// Who bears a surname: "Mr. Lund", "Mrs. Lund", and "Miss Lund" or those with a given name before it.
#[derive(Debug, Default)]
struct Family {
    master: Option<u32>,
    mistress: Option<u32>,
    miss: Option<u32>,
}

/// The families of a text, and whose family each entity belongs to.
#[derive(Debug, Default)]
struct Families {
    list: Vec<Family>,
    of_entity: HashMap<u32, u32>,
}

impl Families {
    fn new(forms: &[Form], candidates: &[Vec<u32>]) -> Families {
        let mut families = Families::default();
        let mut by_name: HashMap<&str, u32> = HashMap::new();
        for (form, candidates) in forms.iter().zip(candidates) {
            let [entity] = candidates[..] else { continue };
            if form.is_thing() || (form.is_single() && form.title.is_none()) {
                continue;
            }
            let family = *by_name.entry(form.last_word()).or_insert_with(|| {
                families.list.push(Family::default());
                families.list.len() as u32 - 1
            });
            families.of_entity.entry(entity).or_insert(family);
            if form.is_single() {
                let family = &mut families.list[family as usize];
                let slot = match form.whole.split(' ').next() {
                    Some("mr") => &mut family.master,
                    Some("mrs" | "lady" | "madame") => &mut family.mistress,
                    Some("miss") => &mut family.miss,
                    _ => continue,
                };
                slot.get_or_insert(entity);
            }
        }
        families
    }

    fn relative(&self, owner: u32, noun: &str) -> Option<u32> {
        let family = &self.list[*self.of_entity.get(&owner)? as usize];
        let parent = family.master == Some(owner) || family.mistress == Some(owner);
        let found = match noun {
            "husband" if family.mistress == Some(owner) => family.master,
            "wife" if family.master == Some(owner) => family.mistress,
            "father" | "papa" | "dad" | "daddy" if !parent => family.master,
            "mother" | "mamma" | "mama" | "mum" | "mom" if !parent => family.mistress,
            // Without a Mrs. Lund the Miss Lund of Mr. Lund's house is no daughter.
            "sister" if family.master == Some(owner) && family.mistress.is_none() => family.miss,
            _ => None,
        };
        found.filter(|&found| found != owner)
    }
}

/// The distinct forms of names, and the form of each mention.
fn forms(reading: &Reading<'_>, mentions: &Mentions) -> (Vec<Form>, Vec<u32>) {
    let mut forms: Vec<Form> = Vec::new();
    let mut by_text: HashMap<String, u32> = HashMap::new();
    let mut form_of = vec![0; mentions.list.len()];
    for (at, mention) in mentions.list.iter().enumerate() {
        if !is_name(mention) {
            continue;
        }
        let whole = words_of(reading, mention.tokens);
        let form = *by_text.entry(whole).or_insert_with_key(|whole| {
            let head = reading.token(mention.head);
            forms.push(Form {
                whole: whole.clone(),
                words: words_of(reading, mention.words),
                title: mention.title.filter(|_| mention.words != mention.tokens),
                being: mention.being,
                gender: mention.gender,
                count: 0,
                first: at as u32,
                class: reading.class(mention.head),
                acronym: head.has(crate::segment::flag::ALL_CAPITALS) && mention.tokens.end - mention.tokens.start == 1,
            });
            forms.len() as u32 - 1
        });
        let known = &mut forms[form as usize];
        known.count += 1;
        if known.gender == Gender::Unknown {
            known.gender = mention.gender;
        }
        if known.being == Being::Unknown {
            known.being = mention.being;
        }
        form_of[at] = form + 1;
    }
    (forms, form_of)
}

/// Clusters by a word of a name. The keys are words of the text, so the hash is the keyed one of the standard library,
/// which no text can make collide.
type NameMap = HashMap<String, Vec<u32>>;

/// Bearers of one name that are told apart.
const LONGEST_LIST: usize = 4 * NAMESAKES;

/// Clusters by the words of their names.
#[derive(Debug, Default)]
struct Index {
    whole: NameMap,
    last: NameMap,
    first: NameMap,
    initials: NameMap,
}

fn add(map: &mut NameMap, key: &str, entity: u32) {
    let list = map.entry(key.to_owned()).or_default();
    if list.len() < LONGEST_LIST && !list.contains(&entity) {
        list.push(entity);
    }
}

struct Builder<'a> {
    reading: Reading<'a>,
    entities: Vec<Entity>,
    index: Index,
    /// The first names of each entity, a few at most.
    firsts: Vec<Vec<String>>,
    by_alias: HashMap<String, u32>,
    /// All forms of the text.
    wholes: HashSet<String>,
}

/// A surname is shared by a handful of people at most; more would only cost time.
const NAMESAKES: usize = 24;

impl Builder<'_> {
    fn new_entity(&mut self, form: &Form) -> u32 {
        self.entities.push(Entity {
            best: form.first,
            gender: form.gender,
            gender_evidence: (form.gender != Gender::Unknown).then_some(form.first),
            number: if form.words.ends_with('s') && form.class.any(Class::ORGANISATION) {
                Number::Plural
            } else {
                Number::Singular
            },
            being: form.being,
            narrator: false,
            named: true,
            cast: None,
            mentions: 0,
            sources: 0,
            acts: 0,
        });
        self.firsts.push(Vec::new());
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
            acts: 0,
        });
        self.firsts.push(Vec::new());
        let entity = self.entities.len() as u32 - 1;
        for alias in &member.aliases {
            add(&mut self.index.whole, alias, entity);
            self.by_alias.insert(alias.clone(), entity);
            let titles = alias.split(' ').take_while(|word| self.reading.lexicon.title(word).is_some()).count();
            let words: Vec<&str> = alias.split(' ').skip(titles).collect();
            if let [first, .., last] = words[..] {
                self.add_first(first, entity);
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

    /// Makes the cluster findable by a first name.
    fn add_first(&mut self, name: &str, entity: u32) {
        add(&mut self.index.first, name, entity);
        let known = &mut self.firsts[entity as usize];
        if known.len() < 8 && !known.iter().any(|known| known == name) {
            known.push(name.to_owned());
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
                    self.add_first(form.last_word(), entity);
                    add(&mut self.index.last, form.last_word(), entity);
                }
                Some(_) => add(&mut self.index.last, form.last_word(), entity),
                None => self.add_first(form.last_word(), entity),
            }
        } else {
            self.add_first(form.first_word(), entity);
            add(&mut self.index.last, form.last_word(), entity);
        }
    }

    /// Takes over what a form shows of its entity.
    fn learn(&mut self, entity: u32, form: &Form) {
        let known = &mut self.entities[entity as usize];
        if known.gender == Gender::Unknown && form.gender != Gender::Unknown {
            known.gender = form.gender;
            known.gender_evidence = Some(form.first);
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

    /// Whether two first names, or a name and its initial or short form, may be one person's.
    fn first_names_agree(&self, a: &str, b: &str) -> bool {
        let initial =
            |a: &str, b: &str| a.trim_end_matches('.').chars().count() == 1 && b.starts_with(a.trim_end_matches('.'));
        self.reading.lexicon.same_given_name(a, b) || initial(a, b) || initial(b, a)
    }

    /// "Ada Lund": joins a full name of that surname whose first name agrees.
    fn full_name(&mut self, form: &Form) -> Vec<u32> {
        let mut namesakes = self.agreeing(self.index.last.get(form.last_word()), form.gender);
        namesakes.retain(|&entity| {
            self.firsts[entity as usize].iter().any(|first| self.first_names_agree(first, form.first_word()))
        });
        namesakes.truncate(1);
        namesakes
    }

    /// "Mr. Lund", "Miss Anna", "Captain Lund".
    fn titled(&mut self, form: &Form) -> Vec<u32> {
        let title = form.title.expect("only forms with a title get here");
        let mut found = self.agreeing(self.index.last.get(form.last_word()), form.gender);
        if title.given && (found.is_empty() || form.class.any(Class::GIVEN)) {
            for entity in self.agreeing(self.index.first.get(form.last_word()), form.gender) {
                if !found.contains(&entity) {
                    found.push(entity);
                }
            }
        }
        let married = form.whole.starts_with("mrs ") || form.whole.starts_with("madame ");
        let women = found.iter().filter(|&&entity| self.entities[entity as usize].gender == Gender::Female).count();
        // "Mrs. Lund" need not be the Anna Lund who was named: she may be her mother.
        let family = |title: &str| self.wholes.contains(&format!("{title} {}", form.words));
        if married && (women != 1 || family("mr") || family("miss")) {
            return Vec::new();
        }
        if title.gender == Gender::Female && women > 1 {
            return Vec::new();
        }
        found.truncate(1);
        found
    }

    /// "Anna", "Lund": a given name before a surname; short forms of given names.
    fn single(&mut self, form: &Form) -> Vec<u32> {
        let word = form.last_word();
        let firsts = self.agreeing(self.index.first.get(word), form.gender);
        let lasts = self.agreeing(self.index.last.get(word), Gender::Unknown);
        if !firsts.is_empty() && (form.class.any(Class::GIVEN) || lasts.is_empty()) {
            return firsts;
        }
        if !lasts.is_empty() {
            // Of a family that has its "Mr. Lund", plain "Lund" is he.
            let he = |&entity: &u32| self.entities[entity as usize].gender == Gender::Male;
            if lasts.len() > 1 && self.wholes.contains(&format!("mr {}", form.words)) && lasts.iter().any(he) {
                return lasts.into_iter().filter(he).collect();
            }
            return lasts;
        }
        if form.class.any(Class::GIVEN) && self.index.first.len() < 512 {
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
            if found.len() == 1 {
                return found;
            }
        }
        Vec::new()
    }
}
