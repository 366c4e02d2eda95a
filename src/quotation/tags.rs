//! Tags of quotations as they can be told before anything is parsed: "she said", "said the old man".

use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};
use crate::segment::{Token, flag};

/// Words that a subject of a tag can have: "the tall old man", "Mr. Owen Price".
const SUBJECT: u32 = 4;

/// Whether a mark that ends the words of a quotation lets its tag follow: “Go,” she said.
pub(crate) fn lets_tag_follow(mark: &str) -> bool {
    matches!(mark, "," | "?" | "!")
}

/// Tells tags by the words and the lexicon alone.
#[derive(Clone, Copy)]
pub(super) struct Tags<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Tags<'a> {
    pub(super) fn text(self, at: u32) -> &'a str {
        &self.text[self.tokens[at as usize].span()]
    }

    pub(super) fn class(self, at: u32) -> Class {
        self.lexicon.class(self.tokens[at as usize].word)
    }

    /// The token behind the subject and verb of a tag that begins at `at`.
    pub(super) fn at(self, at: u32, end: u32) -> Option<u32> {
        if at >= end {
            None
        } else if self.is_verb(at) {
            self.subject(at + 1, end)
        } else {
            self.subject(at, end).filter(|&verb| verb < end && self.is_verb(verb)).map(|verb| verb + 1)
        }
    }

    /// The name of the subject of a tag that begins at `at`.
    pub(super) fn name(self, at: u32, end: u32) -> Option<&'a str> {
        let behind = self.at(at, end)?;
        let capital = |&at: &u32| self.tokens[at as usize].has(flag::CAPITAL);
        (at..behind).rev().find(capital).map(|at| self.text(at)).filter(|&name| name != "I")
    }

    /// The name in the first tag behind a comma or a question inside words that were never closed.
    pub(super) fn name_inside(self, words: Run) -> Option<&'a str> {
        let mut clauses = (words.start + 1..words.end).filter(|&at| lets_tag_follow(self.text(at - 1)));
        clauses.find_map(|at| self.name(at, words.end))
    }

    /// A verb that hardly has another use than beside a quotation, in the past or present.
    pub(super) fn is_verb(self, at: u32) -> bool {
        let token = self.tokens[at as usize];
        !token.has(flag::CAPITAL)
            && self.lexicon.entry(token.word).verb.is_some_and(|verb| self.lexicon.verb(verb).direct == 3)
            && !self.text(at).ends_with("ing")
    }

    /// The token behind a name, a pronoun, or an article with its noun.
    fn subject(self, at: u32, end: u32) -> Option<u32> {
        let token = *self.tokens.get(at as usize).filter(|_| at < end)?;
        let class = self.lexicon.class(token.word);
        let words = |first: u32, fits: fn(Token) -> bool| {
            (first..end.min(at + SUBJECT)).find(|&at| !fits(self.tokens[at as usize])).unwrap_or(end.min(at + SUBJECT))
        };
        if class.all(Class::PERSONAL.or(Class::SUBJECTIVE)) && !class.any(Class::SECOND) {
            Some(at + 1)
        } else if class.any(Class::DETERMINER.or(Class::POSSESSIVE_PRONOUN)) {
            let noun = (at + 1..end.min(at + SUBJECT)).find(|&noun| {
                let class = self.class(noun);
                class.any(Class::SPEAKER_NOUN.or(Class::KIN).or(Class::TITLE).or(Class::GENERIC_PERSON))
            });
            Some(noun.map_or(at + 2, |noun| noun + 1)).filter(|&behind| behind <= end)
        } else if token.has(flag::CAPITAL) && token.is_word() {
            Some(words(at, |token| token.has(flag::CAPITAL) && token.kind == TokenKind::Word))
        } else {
            None
        }
    }
}
