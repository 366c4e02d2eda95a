//! Introductions: “I’m Ada,” “My name is Ada Lund”, “Ada,” where somebody asked, and “Ada Lund. I am a doctor.” Whoever says
//! so has that name.

use super::Finder;
use crate::document::Run;
use crate::lexicon::{Class, List};
use crate::model::Tag;

/// Tokens between a question and its answer, at most: those of a tag.
const NEAR: u32 = 40;

/// Tokens of a question that asks nothing but a name: “And your name?”
const SHORT: u32 = 4;

impl Finder<'_> {
    /// Whether whoever says the words around a name has it. Nothing of the clause stands behind the name.
    pub(super) fn introduces(&self, name: Run) -> bool {
        let reading = &self.reading;
        let Some(quotation) = reading.quotations.around(name.start) else { return false };
        let over = reading.tags.get(name.end as usize).is_none_or(|&tag| tag == Tag::Mark);
        // “He opened the door and said, ‘I’m Tom.’”
        let own = reading.quotations.inside(name.start, Some(quotation)).is_none();
        over && own
            && !reading.class(name.end - 1).any(Class::DEMONYM)
            && (self.says_so(name) || self.is_asked(name, quotation) || self.goes_on(name, quotation))
    }

    /// "I am", "my name is", "call me" or "everybody calls me" before the name.
    fn says_so(&self, name: Run) -> bool {
        let word = |back: u32| name.start.checked_sub(back).map_or("", |at| self.reading.text(at));
        let is = matches!(word(1), "is" | "'s" | "’s");
        // “Why do you call me Tom?”
        let asks = || self.reading.tags.get(name.end as usize).is_some() && self.reading.text(name.end) == "?";
        match word(2) {
            "I" => matches!(word(1), "am" | "'m" | "’m"),
            "name" => is && matches!(word(3), "my" | "My"),
            "Call" => word(1) == "me" && !asks(),
            "call" => word(1) == "me" && !asks() && self.is_called(name.start - 2),
            "calls" => word(1) == "me" && !asks() && word(3) != "never",
            _ => false,
        }
    }

    /// "They", "you can" before the "call" at `at`; but not "don't you dare".
    fn is_called(&self, at: u32) -> bool {
        let before = at.checked_sub(1);
        before.is_none_or(|before| {
            let tag = self.reading.tag(before);
            self.reading.lists(List::Calling, before) || matches!(tag, Tag::Mark | Tag::Modal)
        })
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
        let is = |back: u32, words: &[&str]| {
            let at = question.end.checked_sub(back).filter(|&at| at >= question.start);
            at.is_some_and(|at| words.iter().any(|word| self.reading.text(at).eq_ignore_ascii_case(word)))
        };
        let short = question.end - question.start <= SHORT;
        // “Her name?” asks for another's.
        let others = || (question.start..question.end).any(|at| self.reading.class(at).any(Class::POSSESSIVE_PRONOUN));
        let name = || is(3, &["your"]) || is(4, &["your"]) || short && !others();
        // “And yours?”, but not “Is this dog yours?”
        let yours = || question.end - question.start < SHORT || is(3, &["'s", "’s"]);
        is(1, &["?"])
            && (is(2, &["name"]) && name()
                || is(2, &["yours"]) && yours()
                || is(2, &["you"]) && is(3, &["are"]) && is(4, &["who"])
                || is(2, &["are"]) && is(3, &["you"]) && short)
    }

    /// “Ada Lund. I am a doctor.” But not “Ada Lund. I thought you were dead.”
    fn goes_on(&self, name: Run, quotation: u32) -> bool {
        let reading = &self.reading;
        let inner = reading.quotations.get(quotation).inner;
        let full = name.end - name.start > 1 && !reading.class(name.start).any(Class::TITLE);
        let verb = name.end + 2;
        let opens = full
            && name.start == inner.start
            && verb < inner.end
            && reading.text(name.end) == "."
            && reading.text(name.end + 1) == "I";
        let tells = || {
            let known = reading.lexicon.entry(reading.token(verb).word).verb.is_some();
            let mut sentence = (verb..inner.end).take_while(|&at| reading.text(at) != ".");
            let other = Class::SECOND.or(Class::THIRD);
            reading.tag(verb) == Tag::Present && !known && !sentence.any(|at| reading.class(at).any(other))
        };
        opens && tells()
    }
}
