//! Tokens to mentions: the words that stand for somebody.
//!
//! First every noun phrase is found ([`phrase`]), as a flat run of tokens with a head and without attachments: that is
//! all a reporting clause needs of grammar. Then, when the reports are known, the phrases that stand for a person or
//! body are told apart ([`mod@find`]): names with their titles ([`name`]), noun phrases with a noun for persons or groups as
//! head, pronouns, and whatever is the source of a report.

mod find;
mod genitive;
mod name;
mod noun;
mod opener;
mod phrase;
mod reading;
mod verb;
mod words;

use crate::document::Run;
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, Lexicon, List, Title};
use crate::model::Tag;
use crate::quotation::Quotations;
use crate::segment::Segmentation;

pub(crate) use find::{find, is_age, saying};
pub(crate) use name::is_particle;
pub(crate) use opener::Names;
pub(crate) use phrase::{LONGEST_ASIDE, Phrase, PhraseKind, phrases};
pub(crate) use reading::Reading;
use words::Words;

/// Which of a conversation a pronoun points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    First,
    Second,
    Third,
}

/// What kind of thing a mention shows its entity to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Being {
    Person,
    /// A government, a company, a crowd.
    Group,
    Place,
    /// A report, a poll: speaks, but is no "he" or "she".
    Document,
    Unknown,
}

/// Words that stand for somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// With title and determiner.
    pub(crate) tokens: Run,
    /// With everything of the noun phrase that tells who is named: "the party's pollster Ada Lund".
    pub(crate) phrase: Run,
    pub(crate) head: u32,
    /// Of a name, the name proper: without titles.
    pub(crate) words: Run,
    pub(crate) kind: MentionKind,
    pub(crate) person: Person,
    pub(crate) being: Being,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    pub(crate) title: Option<Title>,
    /// "the", "this", "his": points at somebody known.
    pub(crate) definite: bool,
    /// A verb follows: the subject of a clause.
    pub(crate) subject: bool,
    /// "Okafor's", "his".
    pub(crate) possessive: bool,
    /// Stands in quotation marks.
    pub(crate) quoted: bool,
    /// Names the hearer of the words it stands in: “Well, Anna, …”.
    pub(crate) vocative: bool,
    /// Tells the name of whoever says the words it stands in: “I’m Anna.”
    pub(crate) introduces: bool,
    /// The source of a report.
    pub(crate) source: bool,
    pub(crate) paragraph: u32,
}

impl Mention {
    /// "the man in the grey coat", with what tells him from other men.
    pub(crate) fn is_described(&self, reading: &Reading<'_>) -> bool {
        self.phrase.end > self.tokens.end && matches!(reading.text(self.tokens.end), "in" | "with")
    }

    /// "Okafor: …", the speaker of a transcript.
    pub(crate) fn is_label(&self, reading: &Reading<'_>) -> bool {
        let end = self.tokens.end;
        (end as usize) < reading.tags.len() && reading.text(end) == ":"
    }

    /// "the younger man", "the taller of the women", "the other": tells one from others who are there.
    pub(crate) fn compares(&self, reading: &Reading<'_>) -> bool {
        let compares = |at: u32| reading.lists(List::Comparing, at);
        self.definite
            && (compares(self.head)
                || reading.class(self.head).any(Class::GENERIC_PERSON) && (self.tokens.start..self.head).any(compares))
    }

    /// "Mum", "Grandfather": a name for a relative of whoever says so.
    pub(crate) fn is_relative(&self, reading: &Reading<'_>) -> bool {
        self.kind == MentionKind::Name
            && self.tokens == self.words
            && self.tokens.end - self.tokens.start == 1
            && reading.class(self.head).any(Class::KIN)
    }

    /// Whether what looks like a name is a role with capitals: "the Railway Minister".
    pub(crate) fn is_office(&self, reading: &Reading<'_>) -> bool {
        let the = self.tokens.start.checked_sub(1).map_or("", |before| reading.text(before));
        self.kind == MentionKind::Name
            && matches!(the, "the" | "The")
            && reading.class(self.head).any(Class::TITLE.or(Class::PERSON_NOUN))
    }
}

/// All mentions of a text, in order, and for each phrase the mention that has its head (or `NONE`).
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) list: Vec<Mention>,
    of_phrase: Vec<u32>,
}

impl Mentions {
    const NONE: u32 = u32::MAX;

    /// Whose somebody is by the words of a mention: the mention of "her" in "her mother", of "Ada" in "Ada's mother".
    pub(crate) fn owner(&self, mention: u32) -> Option<u32> {
        let before = mention.checked_sub(1)?;
        let (owner, owned) = (&self.list[before as usize], &self.list[mention as usize]);
        let inside = owner.tokens.start >= owned.phrase.start && owner.tokens.end <= owned.head;
        (owner.possessive && inside).then_some(before)
    }

    /// The mention made by a phrase.
    pub(crate) fn of_phrase(&self, phrase: u32) -> Option<u32> {
        self.of_phrase.get(phrase as usize).copied().filter(|&mention| mention != Self::NONE)
    }
}

/// Mends tags by what the tagger, which knows no more than a sentence, cannot see. Gives the words that the text shows to
/// be names.
pub(crate) fn mend_tags<'t>(
    text: &'t str,
    segmentation: &Segmentation,
    quotations: &Quotations,
    lexicon: &Lexicon,
    tags: &mut [Tag],
) -> Names<'t> {
    genitive::tag_genitives(text, segmentation, quotations, tags);
    let words = Words { text, tokens: &segmentation.tokens, lexicon };
    noun::tag_nouns(&words, tags);
    let names = Names::new(text, words.tokens, tags);
    opener::tag_openers(&words, segmentation, &names, tags);
    verb::tag_verbs(&words, quotations, tags);
    names
}
