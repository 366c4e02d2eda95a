//! Where a chapter or a scene begins: whoever was there before need not be there any more.

use super::turns::paragraph_tokens;
use crate::lexicon::{Class, Lexicon, List};
use crate::mention::Reading;
use crate::segment::{flag, is_dash};

/// Tokens of a heading at most.
const LONGEST: u32 = 12;

/// The first tokens of the sections of a text, in order. The text before the first heading has none.
pub(super) fn starts(reading: Reading<'_>) -> Vec<u32> {
    let paragraphs = 0..reading.segmentation.paragraphs.len() as u32;
    paragraphs.filter(|&at| parts(reading, at)).map(|at| paragraph_tokens(reading, at).end).collect()
}

/// "CHAPTER II", "Part One: The Lock", "XIV.", "7", "* * *": whether a paragraph parts two sections.
fn parts(reading: Reading<'_>, paragraph: u32) -> bool {
    let tokens = paragraph_tokens(reading, paragraph);
    if tokens.end - tokens.start > LONGEST {
        return false;
    }
    let mut words = (tokens.start..tokens.end).filter(|&at| is_word(reading, at));
    let Some(first) = words.next() else {
        // Marks alone, but for those of somebody who is at a loss for words: "…", "?".
        let mark = |at| matches!(reading.text(at), "." | "..." | "…" | "!" | "?" | "-") || is_dash(reading.text(at));
        return (tokens.start..tokens.end).all(|at| !mark(at) && reading.quotations.around(at).is_none());
    };
    let token = reading.token(first);
    let Some(second) = words.next() else {
        return is_numeral(reading.text(first))
            || (reading.class(first).any(Class::HEADING) && token.has(flag::CAPITAL));
    };
    reading.class(first).any(Class::HEADING)
        && (token.has(flag::ALL_CAPITALS)
            || (token.has(flag::CAPITAL) && is_number(reading.lexicon, reading.text(second))))
}

fn is_word(reading: Reading<'_>, at: u32) -> bool {
    reading.text(at).chars().any(char::is_alphanumeric)
}

/// "12", "XII", "XII."
fn is_numeral(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    !word.is_empty()
        && (word.bytes().all(|byte| byte.is_ascii_digit())
            || word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C')))
}

/// "12", "XII", "Twelve", "the Twelfth"
fn is_number(lexicon: &Lexicon, word: &str) -> bool {
    is_numeral(word) || lexicon.lists_in_any_case(List::Numbering, word)
}
