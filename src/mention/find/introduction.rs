//! Introductions: “I’m Ada,” “My name is Ada Lund”, “Ada,” where somebody asked, and “Ada Lund. I am a doctor.” Whoever says
//! so has that name.

use super::Finder;
use crate::document::Run;
use crate::lexicon::Class;
use crate::model::Tag;

/// Tokens between a question and its answer, at most: those of a tag.
const NEAR: u32 = 40;

/// Words of a question that asks nothing but a name: “And your name?”
const SHORT: u32 = 3;

impl Finder<'_> {
    /// Whether whoever says the words around a name has it. Nothing of the clause stands behind the name.
    pub(super) fn introduces(&self, name: Run) -> bool {
        let reading = &self.reading;
        let Some(quotation) = reading.quotations.around(name.start) else { return false };
        let over = reading.tags.get(name.end as usize).is_none_or(|&tag| tag == Tag::Mark);
        let person = !reading.class(name.end - 1).any(Class::DEMONYM);
        over && person && (self.says_so(name) || self.is_asked(name, quotation) || self.goes_on(name, quotation))
    }

    /// “Ada Lund. I am a doctor.”
    fn goes_on(&self, name: Run, quotation: u32) -> bool {
        let reading = &self.reading;
        let inner = reading.quotations.get(quotation).inner;
        let full = name.end - name.start > 1 && !reading.class(name.start).any(Class::TITLE);
        full && name.start == inner.start
            && name.end + 1 < inner.end
            && reading.text(name.end) == "."
            && reading.text(name.end + 1) == "I"
    }

    /// "I am", "my name is", "call me" or "everybody calls me" before the name.
    fn says_so(&self, name: Run) -> bool {
        let word = |back: u32| name.start.checked_sub(back).map_or("", |at| self.reading.text(at));
        let is = matches!(word(1), "is" | "'s" | "’s");
        match word(2) {
            "I" => matches!(word(1), "am" | "'m" | "’m"),
            "name" => is && matches!(word(3), "my" | "My"),
            "call" | "Call" | "calls" => word(1) == "me" && !matches!(word(3), "n't" | "n’t" | "not" | "never"),
            _ => false,
        }
    }

    /// “What’s your name?” right before the quotation, which the name opens.
    fn is_asked(&self, name: Run, quotation: u32) -> bool {
        let own = self.reading.quotations.get(quotation);
        let Some(before) = quotation.checked_sub(1).filter(|_| name.start == own.inner.start) else { return false };
        let question = self.reading.quotations.get(before);
        let near = question.outer.end <= own.outer.start && own.outer.start - question.outer.end <= NEAR;
        near && question.paragraph < own.paragraph && self.asks_a_name(question.inner)
    }

    fn asks_a_name(&self, question: Run) -> bool {
        let word = |back: u32| question.end.checked_sub(back).filter(|&at| at >= question.start);
        let is = |back: u32, words: &[&str]| {
            word(back).is_some_and(|at| words.iter().any(|word| self.reading.text(at).eq_ignore_ascii_case(word)))
        };
        let yours = |back: u32| is(back, &["your"]);
        is(1, &["?"])
            && (is(2, &["name"]) && (yours(3) || yours(4) || question.end - question.start <= SHORT)
                || is(2, &["yours"])
                || is(2, &["you"]) && is(3, &["are"]) && is(4, &["who"])
                || is(2, &["are"]) && is(3, &["you"]))
    }
}
