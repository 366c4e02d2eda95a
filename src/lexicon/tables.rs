//! Reads the tables of `data/` into a [`Lexicon`].

use std::borrow::Cow;

use memchr::memchr;

use super::class::{Class, NAMED};
use super::lists::Lists;
use super::phrases::Phrases;
use super::words::Words;
use super::{CueShape, Entry, Lexicon, NameClass, Sequel, Title, TitleNouns, Verb, VerbId, WordId, WordMap};
use crate::error::{Error, Kind, MOST_VERBS};
use crate::kind::Gender;

const CLOSED: &str = include_str!("data/closed-class.tsv");
const OPEN: &str = include_str!("data/open-class.tsv");
const VERBS: &str = include_str!("data/reporting-verbs.tsv");
const CUE_STATISTICS: &str = include_str!("data/cue-statistics.tsv");
const CUE_PHRASES: &str = include_str!("data/cue-phrases.tsv");
const GIVEN_NAMES: &str = include_str!("data/given-names.tsv");
const NICKNAMES: &str = include_str!("data/nicknames.tsv");
const TITLES: &str = include_str!("data/titles.tsv");
const TITLE_NOUNS: &str = include_str!("data/title-nouns.tsv");
const PERSON_NOUNS: &str = include_str!("data/person-nouns.tsv");
const GROUP_NOUNS: &str = include_str!("data/group-nouns.tsv");
const PLACES: &str = include_str!("data/places.tsv");
const ABBREVIATIONS: &str = include_str!("data/abbreviations.tsv");
const ORGANISATIONS: &str = include_str!("data/organisations.tsv");
const CALENDAR: &str = include_str!("data/calendar-and-interjections.tsv");
const KINSHIP: &str = include_str!("data/kinship.tsv");
const RELATIVES: &str = include_str!("data/relatives.tsv");
const WORD_LISTS: &str = include_str!("data/word-lists.tsv");

/// The rows of a table, comments and empty lines left out.
fn rows(mut table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = std::iter::from_fn(move || (!table.is_empty()).then(|| cut(&mut table, b'\n')));
    std::iter::from_fn(move || {
        lines.find(|line| !line.is_empty() && !line.starts_with('#')).map(|line| Row { line, rest: line })
    })
}

/// Cuts off `text` what stands before the next `mark`, and that.
fn cut(text: &mut &'static str, mark: u8) -> &'static str {
    let (first, rest) = match memchr(mark, text.as_bytes()) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (*text, ""),
    };
    *text = rest;
    first
}

struct Row {
    line: &'static str,
    /// The columns that are not read yet.
    rest: &'static str,
}

impl Row {
    /// The next column. The tables are part of the crate, so a missing one is our mistake and found by every test.
    fn next(&mut self) -> &'static str {
        assert!(!self.rest.is_empty(), "a column is missing in {:?}", self.line);
        cut(&mut self.rest, b'\t')
    }

    fn number(&mut self) -> u8 {
        self.next().parse().unwrap_or_else(|_| panic!("not a number in {:?}", self.line))
    }

    fn gender(&mut self) -> Gender {
        match self.next() {
            "F" => Gender::Female,
            "M" => Gender::Male,
            _ => Gender::Unknown,
        }
    }

    /// The five columns that tell how a cue is used.
    fn verb(&mut self, shape: CueShape) -> Verb {
        let (direct, clause, object) = (self.number(), self.number(), self.number());
        let addressee = self.number() == 1;
        let kind = self.next();
        Verb {
            direct,
            clause,
            object,
            addressee,
            speech: kind != "thought",
            sequel: match kind {
                "answer" => Sequel::Answer,
                "more" => Sequel::More,
                _ => Sequel::Either,
            },
            declared: false,
            shape,
        }
    }
}

fn lower(form: &'static str) -> Cow<'static, str> {
    match form {
        _ if !form.is_ascii() => Cow::Owned(form.to_lowercase()),
        _ if form.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Owned(form.to_ascii_lowercase()),
        _ => Cow::Borrowed(form),
    }
}

struct Builder {
    words: WordMap<WordId>,
    entries: Vec<Entry>,
    verbs: Vec<Verb>,
}

impl Builder {
    fn entry(&mut self, form: Cow<'static, str>) -> &mut Entry {
        let id = *self.words.entry(form).or_insert_with(|| {
            let id = u16::try_from(self.entries.len()).expect("fewer than 65,536 words");
            self.entries.push(Entry::UNKNOWN);
            WordId(id)
        });
        &mut self.entries[usize::from(id.0)]
    }

    fn add(&mut self, form: Cow<'static, str>, class: Class) -> &mut Entry {
        let entry = self.entry(form);
        entry.class = entry.class.or(class);
        entry
    }

    /// The same for a form that may have several words, which none of the text's words is.
    fn add_single(&mut self, form: Cow<'static, str>, class: Class) {
        if !form.contains(' ') {
            self.add(form, class);
        }
    }

    fn new_verb(&mut self, verb: Verb) -> VerbId {
        self.verbs.push(verb);
        VerbId(u16::try_from(self.verbs.len() - 1).expect("fewer than 65,536 verbs"))
    }

    fn add_verb_form(&mut self, form: Cow<'static, str>, verb: VerbId) {
        self.add(form, Class::REPORTING).verb = Some(verb);
    }
}

impl Lexicon {
    /// Reads all tables, and the caller's own reporting verbs: base forms, of one word or several ("facetime",
    /// "check in"), whose regular inflections are added.
    pub(crate) fn new(extra_verbs: &[String]) -> Result<Lexicon, Error> {
        let mut words =
            Builder { words: WordMap::default(), entries: vec![Entry::UNKNOWN], verbs: Vec::with_capacity(1024) };
        words.words.reserve(12_000);
        words.entries.reserve(12_000);

        // The small words come first: what is kept of them alone is short.
        words.read_classes(CLOSED);
        words.read_classes(OPEN);
        words.read_verbs();
        words.read_cue_statistics();
        words.read_given_names();
        let nicknames = words.read_nicknames();
        let titles = words.read_titles();
        words.read_person_nouns();
        words.read_group_nouns();
        let mut names = WordMap::default();
        words.read_places(&mut names);
        words.read_organisations(&mut names);
        words.read_abbreviations();
        words.read_calendar();
        let mut phrases = words.read_cue_phrases();
        words.add_extra_verbs(extra_verbs, &mut phrases)?;
        words.mark_phrases(&phrases);

        let Builder { words, entries, verbs } = words;
        let classes = entries.iter().map(|entry| entry.class).collect();
        Ok(Lexicon {
            words: Words::new(words),
            entries,
            classes,
            verbs,
            titles,
            names,
            nicknames,
            relatives: read_relatives(),
            kinship: read_kinship(),
            title_nouns: read_title_nouns(),
            lists: read_lists(),
            phrases: Phrases::new(&phrases),
        })
    }
}

/// A cue of several words.
type CuePhrase = (Cow<'static, str>, VerbId);

impl Builder {
    fn read_classes(&mut self, table: &'static str) {
        for mut row in rows(table) {
            let form = row.next();
            for name in row.next().split(' ') {
                let class = NAMED.iter().find(|(known, _)| *known == name);
                self.add(Cow::Borrowed(form), class.unwrap_or_else(|| panic!("no class {name:?}")).1);
            }
        }
    }

    fn read_verbs(&mut self) {
        for mut row in rows(VERBS) {
            let forms: Vec<&'static str> = (0..5).map(|_| row.next()).collect();
            let verb = row.verb(CueShape::Verb);
            let id = self.new_verb(verb);
            for form in forms.iter().flat_map(|forms| forms.split(',')).filter(|form| *form != "-") {
                self.add_verb_form(Cow::Borrowed(form), id);
            }
        }
    }

    fn read_cue_statistics(&mut self) {
        for mut row in rows(CUE_STATISTICS) {
            let entry = self.entry(Cow::Borrowed(row.next()));
            entry.cue = Some(row.number());
            entry.speech = Some(row.number());
            entry.followed = std::array::from_fn(|_| row.number());
        }
    }

    fn read_given_names(&mut self) {
        for mut row in rows(GIVEN_NAMES) {
            let form = lower(row.next());
            let gender = row.gender();
            let frequency = row.number();
            let class = if row.next() == "a" { Class::GIVEN.or(Class::COMMON_WORD) } else { Class::GIVEN };
            let entry = self.add(form, class);
            entry.gender = gender;
            entry.frequency = frequency;
        }
    }

    fn read_nicknames(&mut self) -> WordMap<&'static str> {
        let mut nicknames = WordMap::default();
        for mut row in rows(NICKNAMES) {
            let form = lower(row.next());
            let full: &'static str = row.next();
            self.add(form.clone(), Class::GIVEN);
            nicknames.insert(form, full);
        }
        nicknames
    }

    fn read_titles(&mut self) -> WordMap<Title> {
        let mut titles = WordMap::default();
        for mut row in rows(TITLES) {
            let form = lower(row.next());
            let gender = row.gender();
            let mut classes = row.next().split(' ');
            let class = classes.next().unwrap_or("");
            let given = classes.next() == Some("given") || matches!(class, "kin" | "noble" | "royal" | "religious");
            titles.insert(
                form.clone(),
                Title { gender, honorific: class == "honorific", military: class == "military", given },
            );
            if !form.contains(' ') {
                let entry = self.add(form, Class::TITLE);
                if entry.gender == Gender::Unknown {
                    entry.gender = gender;
                }
            }
        }
        titles
    }

    fn read_person_nouns(&mut self) {
        for mut row in rows(PERSON_NOUNS) {
            let (singular, plural) = (row.next(), row.next());
            let gender = row.gender();
            let class = match row.next() {
                "kin" => Class::KIN,
                "generic" => Class::GENERIC_PERSON,
                "creature" => Class::NEUTER,
                _ => Class::NONE,
            };
            for (form, number) in [(singular, Class::PERSON_NOUN), (plural, Class::PERSON_NOUNS)] {
                if form != "-" {
                    let entry = self.add(lower(form), class.or(number));
                    if gender != Gender::Unknown {
                        entry.gender = gender;
                    }
                }
            }
        }
    }

    fn read_group_nouns(&mut self) {
        for mut row in rows(GROUP_NOUNS) {
            let (singular, plural) = (row.next(), row.next());
            let class = match row.next() {
                "document" => Class::DOCUMENT,
                "inscription" => Class::DOCUMENT.or(Class::INSCRIPTION),
                _ => Class::NONE,
            };
            for (form, number) in [(singular, Class::GROUP_NOUN), (plural, Class::GROUP_NOUNS)] {
                if form != "-" {
                    self.add(lower(form), if class == Class::NONE { number } else { class });
                }
            }
        }
    }

    fn read_places(&mut self, names: &mut WordMap<NameClass>) {
        for mut row in rows(PLACES) {
            let form = lower(row.next());
            let class = match row.next() {
                "demonym" => Class::DEMONYM,
                "demonym-plural" | "demonym-people" => Class::DEMONYM.or(Class::PLURAL),
                "state-abbreviation" => Class::STATE_ABBREVIATION,
                _ => Class::PLACE,
            };
            if class == Class::PLACE {
                names.insert(form.clone(), NameClass::Place);
            }
            self.add_single(form, class);
        }
    }

    fn read_organisations(&mut self, names: &mut WordMap<NameClass>) {
        for mut row in rows(ORGANISATIONS) {
            let form = lower(row.next());
            let suffix = row.next() == "suffix";
            if !suffix {
                names.insert(form.clone(), NameClass::Organisation);
            }
            self.add_single(form, if suffix { Class::ORGANISATION_SUFFIX } else { Class::ORGANISATION });
        }
    }

    fn read_abbreviations(&mut self) {
        for mut row in rows(ABBREVIATIONS) {
            let form = lower(row.next());
            let class = if row.next() == "before" {
                Class::ABBREVIATION.or(Class::ABBREVIATION_BEFORE)
            } else {
                Class::ABBREVIATION
            };
            self.add(form, class);
        }
    }

    fn read_calendar(&mut self) {
        for mut row in rows(CALENDAR) {
            let form = lower(row.next());
            let class = match row.next() {
                "day" | "month" | "holiday" => Class::CALENDAR.or(Class::TEMPORAL),
                "interjection" => Class::INTERJECTION,
                _ => Class::CALENDAR,
            };
            self.add_single(form, class);
        }
    }

    fn read_cue_phrases(&mut self) -> Vec<CuePhrase> {
        let mut phrases = Vec::new();
        for mut row in rows(CUE_PHRASES) {
            let form = row.next();
            let _lemma = row.next();
            let verb = row.verb(CueShape::Verb);
            let shape = match row.next() {
                "preposition" => CueShape::Preposition,
                _ => CueShape::Verb,
            };
            phrases.push((Cow::Borrowed(form), self.new_verb(Verb { shape, ..verb })));
        }
        phrases
    }

    fn add_extra_verbs(&mut self, extra_verbs: &[String], phrases: &mut Vec<CuePhrase>) -> Result<(), Error> {
        // What a caller calls a reporting verb is one in every use: it tags quotations and takes clauses.
        let extra = Verb {
            direct: 3,
            clause: 3,
            object: 1,
            addressee: true,
            speech: true,
            sequel: Sequel::Either,
            declared: true,
            shape: CueShape::Verb,
        };
        if extra_verbs.len() > MOST_VERBS {
            return Err(Kind::TooManyVerbs(extra_verbs.len()).into());
        }
        for verb in extra_verbs {
            let forms = inflections(verb).ok_or_else(|| Kind::NotAVerb(verb.clone()))?;
            let id = self.new_verb(extra);
            for form in forms {
                if form.contains(' ') {
                    phrases.push((Cow::Owned(form), id));
                } else {
                    self.add_verb_form(Cow::Owned(form), id);
                }
            }
        }
        Ok(())
    }

    /// Marks the words that cues of several words begin with, and those that stand second in them.
    fn mark_phrases(&mut self, phrases: &[CuePhrase]) {
        for (phrase, _) in phrases {
            let first = phrase.find(' ').unwrap_or(phrase.len());
            let first = match phrase {
                Cow::Borrowed(phrase) => Cow::Borrowed(&phrase[..first]),
                Cow::Owned(phrase) => Cow::Owned(phrase[..first].to_owned()),
            };
            self.entry(first).begins_phrase = true;
        }
        // A word that is no word of ours is not made one by this.
        for second in phrases.iter().filter_map(|(phrase, _)| phrase.split(' ').nth(1)) {
            if let Some(&WordId(id)) = self.words.get(second) {
                self.entries[usize::from(id)].continues_phrase = true;
            }
        }
    }
}

fn read_relatives() -> WordMap<&'static str> {
    rows(RELATIVES).map(|mut row| (lower(row.next()), row.next())).collect()
}

fn read_kinship() -> WordMap<[&'static str; 2]> {
    rows(KINSHIP).map(|mut row| (lower(row.next()), [row.next(), row.next()])).collect()
}

fn read_title_nouns() -> WordMap<TitleNouns> {
    let nouns = |mut row: Row| {
        let title = lower(row.next());
        let noun = row.next();
        (title, TitleNouns { noun, others: Some(row.next()).filter(|others| *others != "-") })
    };
    rows(TITLE_NOUNS).map(nouns).collect()
}

fn read_lists() -> Lists {
    let mut lists = Lists::default();
    for mut row in rows(WORD_LISTS) {
        lists.add(row.next(), row.next());
    }
    lists
}

/// The regular inflections of a verb; of a phrase, those of its first word. `None` if it is not made of words.
fn inflections(verb: &str) -> Option<Vec<String>> {
    let verb = verb.trim().to_lowercase();
    let mut words = verb.split_whitespace();
    let first = words.next()?;
    if !first.contains(char::is_alphabetic)
        || !verb.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '-'))
    {
        return None;
    }
    let rest: String = words.flat_map(|word| [" ", word]).collect();
    let consonant = |c: char| !"aeiou".contains(c);
    let mut letters = first.chars().rev();
    let (last, before) = (letters.next()?, letters.next().unwrap_or('a'));
    let stem = &first[..first.len() - last.len_utf8()];
    let forms = match last {
        'e' => [format!("{first}s"), format!("{stem}ing"), format!("{first}d")],
        'y' if consonant(before) => [format!("{stem}ies"), format!("{first}ing"), format!("{stem}ied")],
        's' | 'x' | 'z' => [format!("{first}es"), format!("{first}ing"), format!("{first}ed")],
        'h' if matches!(before, 's' | 'c') => [format!("{first}es"), format!("{first}ing"), format!("{first}ed")],
        _ => [format!("{first}s"), format!("{first}ing"), format!("{first}ed")],
    };
    Some(std::iter::once(first.to_owned()).chain(forms).map(|form| form + &rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::List;

    #[test]
    fn tables_load_and_hold_what_rules_ask_for() {
        let lexicon = Lexicon::new(&[]).unwrap();
        let said = lexicon.entry(lexicon.word("said"));
        assert!(said.class.any(Class::REPORTING));
        assert_eq!(lexicon.verb(said.verb.unwrap()).direct, 3);
        assert!(lexicon.class(lexicon.word("she")).all(Class::PERSONAL.or(Class::FEMALE)));
        assert_eq!(lexicon.title("mrs").unwrap().gender, Gender::Female);
        assert!(lexicon.same_given_name("lizzy", "elizabeth"));
        assert!(!lexicon.same_given_name("anna", "elizabeth"));
        assert!(lexicon.lists(List::Particle, "van") && !lexicon.lists(List::Court, "van"));
        assert_eq!(["mum", "aunt"].map(|noun| lexicon.plain_relative(noun)), ["mother", "aunt"]);
        assert_eq!(lexicon.kinship("aunt"), Some(["nephew", "niece"]));
        assert_eq!(["capt", "general"].map(|title| lexicon.title_noun(title)), ["captain", "general"]);
        assert!(lexicon.other_title_nouns("senator").eq(["lawmaker"]));
    }

    #[test]
    fn verbs_tell_what_their_words_follow_on() {
        let lexicon = Lexicon::new(&[]).unwrap();
        let sequel = |form| {
            let verb = lexicon.verb(lexicon.entry(lexicon.word(form)).verb.unwrap());
            (verb.speech, verb.sequel)
        };
        assert_eq!(sequel("added"), (true, Sequel::More));
        assert_eq!(sequel("replies"), (true, Sequel::Answer));
        assert_eq!(sequel("said"), (true, Sequel::Either));
        assert_eq!(sequel("thought"), (false, Sequel::Either));
        let on = || lexicon.word("on");
        let (_, verb) = lexicon.cue_phrase(lexicon.word("went"), on, ["went", "on"].into_iter()).unwrap();
        assert_eq!(verb.sequel, Sequel::More);
    }

    #[test]
    fn regular_verbs_are_inflected() {
        assert_eq!(inflections("facetime").unwrap(), ["facetime", "facetimes", "facetiming", "facetimed"]);
        assert_eq!(inflections("reply").unwrap()[1..], ["replies", "replying", "replied"]);
        assert_eq!(inflections("check in").unwrap()[3], "checked in");
        assert_eq!(inflections("??"), None);
        assert_eq!(inflections(" "), None);
    }
}
