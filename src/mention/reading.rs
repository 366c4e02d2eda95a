//! [`Reading`]: a text with tokens, tags, quotations and noun phrases, as reports and mentions are read from it.

use super::Phrase;
use crate::lexicon::{Class, Lexicon, List, Verb};
use crate::model::Tag;
use crate::quotation::Quotations;
use crate::segment::{Segmentation, Token};

/// The layers of a text that are there before anybody asks who speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) text: &'a str,
    pub(crate) segmentation: &'a Segmentation,
    pub(crate) tags: &'a [Tag],
    pub(crate) quotations: &'a Quotations,
    pub(crate) phrases: &'a [Phrase],
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Reading<'a> {
    #[inline]
    pub(crate) fn token(&self, at: u32) -> Token {
        self.segmentation.tokens[at as usize]
    }

    #[inline]
    pub(crate) fn text(&self, at: u32) -> &'a str {
        &self.text[self.token(at).span()]
    }

    #[inline]
    pub(crate) fn class(&self, at: u32) -> Class {
        self.lexicon.class(self.token(at).word)
    }

    /// Whether the token at `at` is in a list, as it is written.
    pub(crate) fn lists(&self, list: List, at: u32) -> bool {
        self.lexicon.lists(list, self.text(at))
    }

    #[inline]
    pub(crate) fn tag(&self, at: u32) -> Tag {
        self.tags[at as usize]
    }

    /// Whether the ending of a genitive stands at `at`, which may be behind the text.
    pub(crate) fn is_genitive(&self, at: u32) -> bool {
        self.tags.get(at as usize).is_some_and(|tag| *tag == Tag::Genitive)
    }

    #[inline]
    pub(crate) fn verb(&self, at: u32) -> Option<Verb> {
        self.lexicon.entry(self.token(at).word).verb.map(|verb| self.lexicon.verb(verb))
    }
}
