//! Titles: what they stand for, by which nouns somebody who has one is spoken of, and which two are hardly one person's.

use super::form::Form;
use crate::kind::Gender;
use crate::lexicon::Title;

/// So often a title is no slip.
const OFTEN: u32 = 5;

/// "Dr." is "the Doctor".
pub(super) fn full_title(title: &str) -> &str {
    match title {
        "capt" => "captain",
        "cllr" => "councillor",
        "col" => "colonel",
        "det" => "detective",
        "dr" => "doctor",
        "gen" => "general",
        "gov" => "governor",
        "lt" => "lieutenant",
        "maj" => "major",
        "prof" => "professor",
        "rep" => "representative",
        "rev" => "reverend",
        "sen" => "senator",
        "sgt" => "sergeant",
        "supt" => "superintendent",
        _ => title,
    }
}

/// By which other nouns a report speaks of somebody with such a title.
pub(super) fn nouns_of(title: &str) -> &'static [&'static str] {
    match title {
        "congressman" | "congresswoman" | "representative" => {
            &["congressman", "congresswoman", "lawmaker", "representative"]
        }
        "senator" => &["lawmaker"],
        _ => &[],
    }
}

/// A title, and how often it is given.
#[derive(Debug)]
pub(super) struct Titled<'a> {
    pub(super) words: &'a str,
    title: Title,
    pub(super) count: u32,
}

impl<'a> Titled<'a> {
    /// The title of a form, if it has one.
    pub(super) fn of(form: &'a Form) -> Option<Self> {
        let words = form.title_words();
        let title = form.title.filter(|_| !words.is_empty())?;
        Some(Titled { words, title, count: form.count })
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
                let (one, two) = (full_title(self.words), full_title(other.words));
                return !one.ends_with(two) && !two.ends_with(one);
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
