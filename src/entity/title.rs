//! Titles: which a name has, and which two are hardly one person's.

use super::form::Form;
use crate::kind::Gender;
use crate::lexicon::{Lexicon, Title};

/// So often a title is no slip.
const OFTEN: u32 = 5;

/// A title, and how often it is given.
#[derive(Debug)]
pub(super) struct Titled<'a> {
    pub(super) words: &'a str,
    /// The noun for whoever has it.
    pub(super) noun: &'a str,
    title: Title,
    pub(super) count: u32,
}

impl<'a> Titled<'a> {
    /// The title of a form, if it has one.
    pub(super) fn of(form: &'a Form, lexicon: &Lexicon) -> Option<Self> {
        let words = form.title_words();
        let title = form.title.filter(|_| !words.is_empty())?;
        Some(Titled { words, noun: lexicon.title_noun(words), title, count: form.count })
    }

    pub(super) fn is_knight(&self) -> bool {
        matches!(self.words, "sir" | "lord")
    }

    /// Whether one person hardly has both titles.
    pub(super) fn differs(&self, other: &Titled<'_>, reports: bool) -> bool {
        let knight = self.is_knight() && other.words == "mr" || other.is_knight() && self.words == "mr";
        let (rank, courtesy) = match (self.title.military, other.title.military) {
            // "Colonel" is how a Lieutenant Colonel is called.
            (true, true) => {
                return !self.noun.ends_with(other.noun) && !other.noun.ends_with(self.noun);
            }
            (true, false) => (self, other),
            (false, true) => (other, self),
            (false, false) => return knight,
        };
        match courtesy.title.gender {
            Gender::Female => courtesy.words != "ms",
            // Whoever is a Captain in a story is "Mr." now and then; in a report it is the rule.
            Gender::Male => !reports && courtesy.title.honorific && rank.count.min(courtesy.count) >= OFTEN,
            Gender::Unknown => false,
        }
    }
}
