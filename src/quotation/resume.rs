//! Interrupted quotations: “The road,” said Halima, who had come on foot, “is washed away.”

use super::Quotation;
use super::tags::Tags;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::segment::{flag, is_dash};

/// Tokens that can stand between the parts.
const LONGEST: u32 = 80;

/// Whether `quotation` goes on with the sentence of the one `before` it, whatever stands between them: that one begins a
/// sentence and does not end it, this one begins with a small letter behind a comma or a dash, and one tag at most stands
/// between.
pub(super) fn resumes(tags: Tags<'_>, before: &Quotation, quotation: &Quotation) -> bool {
    let between = Run::new(before.outer.end, quotation.outer.start);
    if before.parent != quotation.parent
        || before.paragraph != quotation.paragraph
        || between.start >= between.end
        || between.end - between.start > LONGEST
    {
        return false;
    }
    let capital = |run: Run| {
        let first = (run.start..run.end).map(|at| tags.tokens[at as usize]).find(|token| token.is_word());
        first.map(|word| word.has(flag::CAPITAL))
    };
    let punctuation = |at: u32| Some(tags.text(at)).filter(|_| tags.tokens[at as usize].kind == TokenKind::Punctuation);
    let begins = capital(before.inner) == Some(true) || before.resumes;
    // “If you go”—she pointed—“you get there.” “I cannot stay” (he looked up) “for long.”
    let (first, last) = (tags.text(between.start), tags.text(between.end - 1));
    let gesture = is_dash(first) && is_dash(last) || (first, last) == ("(", ")");
    if begins && gesture && between.end - between.start > 2 {
        return true;
    }
    let introduced = punctuation(between.end - 1).is_some_and(|mark| matches!(mark, "," | ";") || is_dash(mark));
    let unfinished = before.inner.end > before.inner.start && punctuation(before.inner.end - 1) != Some(".");
    introduced
        && unfinished
        && begins
        && capital(quotation.inner) == Some(false)
        && !(between.start..between.end).any(|at| matches!(punctuation(at), Some("." | "!" | "?" | ":")))
        && (between.start..between.end).filter(|&at| tags.is_verb(at)).count() <= 1
}
