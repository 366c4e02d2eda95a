//! Quotation marks: which of a paragraph's open, which close, and which belong together.
//!
//! What each mark does is told by its surroundings and the [style](Style) of the text ([`roles`]); then the marks are
//! paired ([`pair`]).

mod pair;
mod roles;

use super::tags::Tags;
use crate::kind::TokenKind;
use crate::lexicon::Lexicon;
use crate::segment::{Token, flag};
use crate::span::Span;

/// Marks that can open and close the same quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
    Corner,
    WhiteCorner,
}

/// How many families there are.
const FAMILIES: usize = 6;

fn family(mark: &str) -> Family {
    match mark {
        "‘" | "’" | "'" | "`" | "‚" | "‛" => Family::Single,
        "«" | "»" => Family::Guillemet,
        "‹" | "›" => Family::SingleGuillemet,
        "「" | "」" => Family::Corner,
        "『" | "』" => Family::WhiteCorner,
        _ => Family::Double,
    }
}

/// What a text as a whole shows of its use of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Speech stands in single marks, as in British books.
    single: bool,
    /// Guillemets point inwards, »so«.
    inward: bool,
}

impl Style {
    /// The style of a text by all its `marks`.
    pub(super) fn of(text: &str, tokens: &[Token], marks: &[u32]) -> Style {
        let (mut double, mut single) = (0u32, 0u32);
        let (mut inward, mut outward) = (0u32, 0u32);
        for &at in marks {
            let at = at as usize;
            let token = tokens[at];
            let mark = &text[token.span()];
            let previous = at.checked_sub(1).map(|at| tokens[at]);
            // Only a mark right behind punctuation is certainly no apostrophe.
            let closes = previous.is_some_and(|previous| {
                previous.kind == TokenKind::Punctuation
                    && !token.has(flag::SPACE_BEFORE)
                    && matches!(&text[previous.span()], "," | "." | "!" | "?" | "…" | "...")
            });
            match family(mark) {
                Family::Single if closes => single += 1,
                _ if closes => double += 1,
                _ => {}
            }
            let space_after = tokens.get(at + 1).is_none_or(|next| next.has(flag::SPACE_BEFORE));
            if matches!(mark, "«" | "»" | "‹" | "›") && token.has(flag::SPACE_BEFORE) && !space_after {
                if matches!(mark, "»" | "›") { inward += 1 } else { outward += 1 }
            }
        }
        Style { single: single > double, inward: inward > outward }
    }
}

/// Reads the marks of one paragraph after the other.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
    pub(super) style: Style,
    /// Stretches in which no mark is one of quotation.
    pub(super) code: &'a [Span],
}

impl<'a> Reader<'a> {
    fn mark(&self, at: u32) -> &'a str {
        &self.text[self.tokens[at as usize].span()]
    }

    fn tags(&self) -> Tags<'a> {
        Tags { text: self.text, tokens: self.tokens, lexicon: self.lexicon }
    }
}
