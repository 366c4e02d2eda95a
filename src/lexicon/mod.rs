//! What is known about English words before any text is read.
//!
//! The tables in `data/` are plain text with source and licence at their head. They are read once, when an `Attributor`
//! is built, into one hash table from words to [`Entry`]: every token is looked up once and carries its [`WordId`] from
//! then on. Forms of several words (titles, places, organisations) have tables of their own, asked only where a name
//! stands, and so have the short [lists](List) of single rules; multi-word cues are found by one Aho-Corasick automaton.

mod class;
mod hash;
mod lists;
mod phrases;
mod tables;
mod words;

pub(crate) use class::Class;
pub(crate) use hash::{BuildWordHasher, TextMap};
pub(crate) use lists::List;
use lists::Lists;
use phrases::Phrases;
pub(crate) use words::{MIDDLE, SHORT};

use std::borrow::Cow;
use std::collections::HashMap;

use crate::kind::Gender;

pub(crate) type WordMap<V> = HashMap<Cow<'static, str>, V, BuildWordHasher>;

/// A word of the lexicon; 0 is every other word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(pub(crate) u16);

impl WordId {
    pub(crate) const UNKNOWN: WordId = WordId(0);
}

/// What is known of one word form, whatever its context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) class: Class,
    /// For names, titles and nouns.
    pub(crate) gender: Gender,
    /// For forms of reporting verbs.
    pub(crate) verb: Option<VerbId>,
    /// A cue of several words may begin with it, and may have it as its second word.
    begins_phrase: bool,
    continues_phrase: bool,
    /// How frequent a given name is, 1 to 3.
    pub(crate) frequency: u8,
    /// Of a verb form, per cent of its uses in news that are cues, and of these the share of saying.
    pub(crate) cue: Option<u8>,
    pub(crate) speech: Option<u8>,
    /// Per cent that are cues by what follows: the beginning of a clause, a preposition, a mark, anything else.
    pub(crate) followed: [u8; 4],
}

impl Entry {
    /// Whether the word may be a cue, or begin one.
    #[inline]
    pub(crate) fn may_report(&self) -> bool {
        self.verb.is_some() || self.cue.is_some() || self.begins_phrase
    }

    const UNKNOWN: Entry = Entry {
        class: Class::NONE,
        gender: Gender::Unknown,
        verb: None,
        begins_phrase: false,
        continues_phrase: false,
        frequency: 0,
        cue: None,
        speech: None,
        followed: [0; 4],
    };
}

/// A reporting verb or a multi-word cue, by lemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerbId(pub(crate) u16);

/// How a reporting verb is used; the scales are explained at the head of `data/reporting-verbs.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    pub(crate) direct: u8,
    pub(crate) clause: u8,
    pub(crate) object: u8,
    pub(crate) addressee: bool,
    /// Saying, as against thinking, wanting, feeling.
    pub(crate) speech: bool,
    pub(crate) sequel: Sequel,
    /// Called a reporting verb by the caller: it is one, whatever its uses elsewhere.
    pub(crate) declared: bool,
    pub(crate) shape: CueShape,
}

impl Verb {
    /// Whether it is a verb of saying in most of its uses.
    pub(crate) fn says(self) -> bool {
        self.speech && (self.direct >= 1 || self.clause >= 2 || self.object >= 2)
    }
}

/// How what is said follows on what was said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sequel {
    #[default]
    Either,
    /// "replied", "broke in": after somebody else's words.
    Answer,
    /// "added", "went on": more of the same speaker's.
    More,
}

/// What a cue is grammatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueShape {
    Verb,
    /// "according to": the source is its object.
    Preposition,
    /// The dash between a quotation and the name of its author.
    Credit,
}

/// A title: "Mrs", "Prime Minister".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) gender: Gender,
    /// "Mr" and "Miss" say nothing but gender and rank; "Captain" says what somebody is.
    pub(crate) honorific: bool,
    /// A rank: whoever is "Captain" to a text is not "Miss" to it, nor "General".
    pub(crate) military: bool,
    /// Goes with given names as well as with surnames: "Miss Anna", "Uncle Ned", "Sir John", "Queen Anne".
    pub(crate) given: bool,
}

/// By which nouns somebody with a title is spoken of.
#[derive(Clone, Copy, Debug)]
struct TitleNouns {
    noun: &'static str,
    /// Other nouns of reports, joined by commas.
    others: Option<&'static str>,
}

/// What kind of thing a name of several words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameClass {
    Place,
    Organisation,
}

/// All tables, ready for look-ups. Immutable once built, so it is shared freely between threads.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: words::Words,
    entries: Vec<Entry>,
    /// The classes of the entries once more, side by side: they are asked for all the time.
    classes: Vec<Class>,
    verbs: Vec<Verb>,
    titles: WordMap<Title>,
    /// Places and organisations of one or several words, in lower case.
    names: WordMap<NameClass>,
    nicknames: WordMap<&'static str>,
    /// The plain nouns for what relatives are called.
    relatives: WordMap<&'static str>,
    /// What a man and a woman are to relatives, by the plain nouns for these.
    kinship: WordMap<[&'static str; 2]>,
    title_nouns: WordMap<TitleNouns>,
    lists: Lists,
    phrases: Phrases,
}

impl Lexicon {
    /// The word whose lower-case form, without a closing full stop and with straight apostrophes, is `form`.
    #[inline]
    pub(crate) fn word(&self, form: &str) -> WordId {
        self.words.get(form)
    }

    /// The same for a form of up to [`SHORT`] bytes, the first of them the lowest of `form`, and zeros behind them.
    #[inline]
    pub(crate) fn short_word(&self, form: u64) -> WordId {
        self.words.short(form)
    }

    /// The same for more bytes, up to [`MIDDLE`].
    #[inline]
    pub(crate) fn middle_word(&self, form: u128) -> WordId {
        self.words.middle(form)
    }

    #[inline]
    pub(crate) fn entry(&self, word: WordId) -> &Entry {
        &self.entries[usize::from(word.0)]
    }

    #[inline]
    pub(crate) fn class(&self, word: WordId) -> Class {
        self.classes[usize::from(word.0)]
    }

    #[inline]
    pub(crate) fn verb(&self, id: VerbId) -> Verb {
        self.verbs[usize::from(id.0)]
    }

    /// A title by its lower-case form without full stops ("mr", "prime minister").
    pub(crate) fn title(&self, form: &str) -> Option<Title> {
        self.titles.get(form).copied()
    }

    /// A well-known place or organisation by its lower-case form.
    pub(crate) fn name_class(&self, form: &str) -> Option<NameClass> {
        self.names.get(form).copied()
    }

    /// Whether a given name and a short form of it may be the same person's: "Lizzy" and "Elizabeth". Lower case.
    pub(crate) fn same_given_name(&self, a: &str, b: &str) -> bool {
        let full = |name: &str| self.nicknames.get(name).into_iter().flat_map(|full| full.split(','));
        let short_for = |name: &str, other: &str| full(name).any(|full| full.eq_ignore_ascii_case(other));
        a == b || short_for(a, b) || short_for(b, a) || full(a).any(|full| short_for(b, full))
    }

    /// The noun by which somebody with a title is spoken of: "captain" for "capt", and most titles themselves. Lower case.
    pub(crate) fn title_noun<'w>(&self, title: &'w str) -> &'w str {
        self.title_nouns.get(title).map_or(title, |nouns| nouns.noun)
    }

    /// By which other nouns a report speaks of somebody with such a title.
    pub(crate) fn other_title_nouns(&self, title: &str) -> impl Iterator<Item = &'static str> {
        self.title_nouns.get(title).and_then(|nouns| nouns.others).into_iter().flat_map(|others| others.split(','))
    }

    /// The plain noun for a relative: whoever is "mum" is the mother. Lower case.
    pub(crate) fn plain_relative<'w>(&self, noun: &'w str) -> &'w str {
        self.relatives.get(noun).copied().unwrap_or(noun)
    }

    /// What a man and a woman are to a relative: nephew and niece to an aunt. Plain nouns in lower case.
    pub(crate) fn kinship(&self, noun: &str) -> Option<[&'static str; 2]> {
        self.kinship.get(noun).copied()
    }

    /// Whether `word`, as it stands in the table, is in a list.
    #[inline]
    pub(crate) fn lists(&self, list: List, word: &str) -> bool {
        self.lists.has(list, word)
    }

    /// The same, whichever of the letters of `word` are capitals.
    pub(crate) fn lists_in_any_case(&self, list: List, word: &str) -> bool {
        self.lists.has_in_any_case(list, word)
    }

    /// The longest cue of several words that `words` begin with: how many they are, and which. `first` and `second` are
    /// the first of them, and tell of most that they begin none.
    #[inline]
    pub(crate) fn cue_phrase<'t>(
        &self,
        first: WordId,
        second: impl FnOnce() -> WordId,
        words: impl Iterator<Item = &'t str>,
    ) -> Option<(u32, Verb)> {
        if !self.entry(first).begins_phrase {
            return None;
        }
        let second = second();
        if second != WordId::UNKNOWN && !self.entry(second).continues_phrase {
            return None;
        }
        self.phrases.longest(words).map(|(count, verb)| (count, self.verb(verb)))
    }
}
