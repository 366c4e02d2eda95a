//! [`Words`]: the tokens of a text with what the lexicon knows of each, to mend tags by before there are phrases.

use crate::lexicon::{Class, Lexicon};
use crate::segment::Token;

pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'t Lexicon,
}

impl<'t> Words<'t> {
    #[inline]
    pub(super) fn text(&self, at: usize) -> &'t str {
        &self.text[self.tokens[at].span()]
    }

    #[inline]
    pub(super) fn class(&self, at: usize) -> Class {
        self.lexicon.class(self.tokens[at].word)
    }
}
