//! The forms in which a text writes names.

use std::collections::HashSet;

use super::gender::{Votes, vote};
use super::{CastMember, is_name, words_of, write_words_of};
use crate::kind::{Gender, Number};
use crate::lexicon::{Class, Lexicon, List, TextMap, Title};
use crate::mention::{Being, Mention, Mentions, Reading, is_particle};
use crate::model::Tag;
use crate::segment::flag;

/// One way in which a text writes a name.
#[derive(Debug)]
pub(super) struct Form {
    /// With titles, as `words_of` gives it.
    pub(super) whole: String,
    /// Without titles.
    pub(super) words: String,
    /// The bytes of the last of them that is part of the name.
    last: (u32, u32),
    /// One word, or one with the particles that belong to it: "Lund", "van der Meulen".
    single: bool,
    /// By its title somebody's relative, or somebody's wife.
    kin: bool,
    married: bool,
    pub(super) title: Option<Title>,
    pub(super) being: Being,
    /// By its title or given name, else by the pronouns behind it.
    pub(super) gender: Gender,
    /// The mention that shows the gender.
    pub(super) gender_evidence: u32,
    pub(super) votes: Votes,
    pub(super) count: u32,
    /// How often it is the source of a report.
    pub(super) sources: u32,
    /// The mention that stands for it.
    pub(super) first: u32,
    /// The first word of the name proper.
    pub(super) head: u32,
    /// The word of a single-word form.
    pub(super) class: Class,
    /// Written in capitals only.
    pub(super) acronym: bool,
    /// How often it stands behind "old", "young" and the like, which tell it from another bearer of the surname.
    pub(super) aged: u32,
    /// The tokens where it stands in narration.
    pub(super) places: Vec<u32>,
    /// How often it stands as the name of a place does, or in a heading, and how often it does what people do.
    located: u32,
    alive: u32,
}

/// A place may act once for so many times that it does not.
const OFTEN: u32 = 3;

/// What a word in "s" is in the plural.
pub(super) const PLURAL: Class = Class::ORGANISATION.or(Class::DEMONYM).or(Class::PERSON_NOUNS).or(Class::GROUP_NOUNS);

impl Form {
    /// The form of a name that nobody counted yet; `at` is the number of the mention.
    fn new(reading: &Reading<'_>, at: u32, mention: &Mention, whole: &str) -> Form {
        let lexicon = reading.lexicon;
        let words = words_of(reading, mention.words);
        let title = title_words(whole, &words);
        let single_token = mention.tokens.end - mention.tokens.start == 1;
        Form {
            whole: whole.to_owned(),
            last: last_word(lexicon, &words),
            single: is_single(lexicon, &words),
            kin: lexicon.lists(List::Relative, title),
            married: lexicon.lists(List::Wife, title),
            words,
            title: mention.title.filter(|_| mention.words != mention.tokens),
            being: mention.being,
            gender: mention.gender,
            gender_evidence: at,
            votes: Votes::default(),
            count: 0,
            sources: 0,
            first: at,
            head: mention.words.start,
            class: reading.class(mention.head),
            acronym: single_token && reading.token(mention.head).has(flag::ALL_CAPITALS),
            aged: 0,
            places: Vec::new(),
            located: 0,
            alive: 0,
        }
    }

    pub(super) fn first_word(&self) -> &str {
        self.words.split(' ').next().unwrap_or("")
    }

    pub(super) fn last_word(&self) -> &str {
        &self.words[self.last.0 as usize..self.last.1 as usize]
    }

    pub(super) fn is_single(&self) -> bool {
        self.single
    }

    /// "Mr. L."
    pub(super) fn is_initial(&self) -> bool {
        self.words.len() == 1
    }

    /// "mr" of "mr lund"; nothing where there is no title.
    pub(super) fn title_words(&self) -> &str {
        title_words(&self.whole, &self.words)
    }

    /// "Aunt Bea"
    pub(super) fn is_kin(&self) -> bool {
        self.kin
    }

    /// "Mrs. Lund", "Mrs. Jan Lund", "Lady Lund".
    pub(super) fn is_married(&self) -> bool {
        self.married
    }

    pub(super) fn is_thing(&self) -> bool {
        matches!(self.being, Being::Group | Being::Place)
    }
}

/// What stands before `words` in `whole`.
fn title_words<'w>(whole: &'w str, words: &str) -> &'w str {
    whole.strip_suffix(words).unwrap_or("").trim_end()
}

/// The bytes of the last of `words` that is part of the name.
fn last_word(lexicon: &Lexicon, words: &str) -> (u32, u32) {
    let mut end = words.len();
    for word in words.rsplit(' ') {
        let start = end - word.len();
        if !lexicon.lists(List::PostNominal, word) {
            return (start as u32, end as u32);
        }
        end = start.saturating_sub(1);
    }
    (0, 0)
}

/// Whether nothing but particles stands before the last of `words`.
fn is_single(lexicon: &Lexicon, words: &str) -> bool {
    words.rsplit(' ').skip(1).all(|word| is_particle(lexicon, word))
}

/// The distinct forms of names, and the form of each mention.
pub(super) fn forms(reading: &Reading<'_>, mentions: &Mentions, reports: bool) -> (Vec<Form>, Vec<u32>) {
    let mut forms: Vec<Form> = Vec::new();
    let mut by_text: TextMap<String, u32> = TextMap::default();
    // As they stand in the text, which saves the rest of the work for most.
    let mut by_letters: TextMap<&str, u32> = TextMap::default();
    let mut form_of = vec![0; mentions.list.len()];
    let mut whole = String::new();
    for (at, mention) in mentions.list.iter().enumerate() {
        if !is_name(mention) {
            continue;
        }
        let (first, last) = (reading.token(mention.tokens.start), reading.token(mention.tokens.end - 1));
        let letters = &reading.text[first.start as usize..last.end as usize];
        let form = *by_letters.entry(letters).or_insert_with(|| {
            write_words_of(reading, mention.tokens, &mut whole);
            if let Some(&known) = by_text.get(whole.as_str()) {
                return known;
            }
            by_text.insert(whole.clone(), forms.len() as u32);
            forms.push(Form::new(reading, at as u32, mention, &whole));
            forms.len() as u32 - 1
        });
        let known = &mut forms[form as usize];
        known.count += 1;
        known.sources += u32::from(mention.source);
        known.aged += u32::from(mention.tokens.start > 0 && reading.lists(List::Age, mention.tokens.start - 1));
        let located = is_located(reading, mention);
        // "The Karrow rose": where it stands as a place does, that it acts tells little.
        let acts = !located && (mention.subject || mention.possessive);
        known.located += u32::from(located);
        known.alive += u32::from(mention.source || mention.vocative || acts);
        if known.gender == Gender::Unknown {
            known.gender = mention.gender;
            known.gender_evidence = at as u32;
        }
        if known.being == Being::Unknown {
            known.being = mention.being;
        }
        if !mention.quoted {
            known.places.push(mention.tokens.start);
        }
        form_of[at] = form + 1;
    }
    take_for_surnames(&mut forms);
    vote(reading, mentions, &form_of, &mut forms, reports);
    (forms, form_of)
}

/// "Orlando said", where the text has a Captain Denise Orlando: hers, and no place here.
fn take_for_surnames(forms: &mut [Form]) {
    let full = |form: &&Form| form.being == Being::Person && (!form.is_single() || form.title.is_some());
    let surnames: HashSet<String> = forms.iter().filter(full).map(|form| form.last_word().to_owned()).collect();
    let speaks = |form: &&mut Form| form.is_thing() && form.is_single() && form.title.is_none() && form.sources > 0;
    for form in forms.iter_mut().filter(speaks) {
        if surnames.contains(form.words.as_str()) {
            form.being = Being::Unknown;
        }
    }
}

/// "It was at Karrow. There had been nothing at Karrow": nobody's name, where a story has it nowhere else, or elsewhere
/// much less ("Karrow was far"), and the caller knows of nobody who has it.
pub(super) fn take_for_places(forms: &mut [Form], cast: &[CastMember]) {
    let known: HashSet<&str> = cast.iter().flat_map(|member| &member.aliases).map(String::as_str).collect();
    for form in forms.iter_mut() {
        let unknown = form.being == Being::Unknown && form.title.is_none() && !form.class.any(Class::SPEAKER_NOUN);
        let located = if form.alive == 0 {
            2 * form.located >= form.count
        } else {
            form.located >= OFTEN && form.located >= OFTEN * form.alive
        };
        if unknown && form.located > 0 && located && !known.contains(form.whole.as_str()) {
            form.being = Being::Place;
            form.gender = Gender::Unknown;
        }
    }
}

/// Whether a paragraph ends in no mark that ends a sentence.
fn is_heading(reading: &Reading<'_>, paragraph: u32) -> bool {
    let paragraph = reading.segmentation.paragraphs[paragraph as usize];
    let tokens = reading.segmentation.paragraph_tokens(paragraph);
    tokens.end > tokens.start && reading.token(tokens.end - 1).is_word()
}

/// "in Karrow", "on the Karrow", "The Fall of Karrow" as a heading: whether a name stands where nobody is meant.
fn is_located(reading: &Reading<'_>, mention: &Mention) -> bool {
    let Some(before) = mention.tokens.start.checked_sub(1) else { return false };
    let behind = reading.tags.get(mention.tokens.end as usize);
    let the = matches!(reading.text(before), "the" | "The");
    reading.lists(List::Locating, before)
        || is_heading(reading, mention.paragraph)
        || the
            && mention.number == Number::Singular
            && reading.class(mention.head).is_unknown()
            && !reading.text(mention.head).ends_with('s')
            && !behind.is_some_and(|tag| tag.is_noun() || *tag == Tag::Adjective)
}

/// How many of the places `a` have one of `b` within some words.
pub(super) fn meetings(a: &[u32], b: &[u32]) -> usize {
    const WORDS: u32 = 12;
    let near = a.iter().filter(|&&place| {
        let next = b.partition_point(|&other| other + WORDS < place);
        b.get(next).is_some_and(|&other| other <= place + WORDS)
    });
    near.count()
}
