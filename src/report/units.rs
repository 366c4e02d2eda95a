//! A frame as a row of pieces: noun phrases, quotations, and single words.

use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::Class;
use crate::mention::{Phrase, PhraseKind, Reading};
use crate::model::Tag;
use crate::quotation::Frame;

/// What reporting clauses are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// By number in the list of phrases.
    Phrase(u32),
    /// A top-level quotation that is not part of a phrase, by number.
    Quotation(u32),
    /// Any other token.
    Word(u32),
}

/// One frame in units.
pub(super) struct Units<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) frame: Frame,
    list: Vec<Unit>,
    /// The first of the marks that close the frame.
    tail: usize,
}

impl<'a> Units<'a> {
    pub(super) fn new(reading: Reading<'a>) -> Self {
        let frame = Frame { tokens: Run::default(), paragraph: 0, inside: None };
        Units { reading, frame, list: Vec::new(), tail: 0 }
    }

    /// Reads a frame.
    pub(super) fn read(&mut self, frame: Frame) {
        self.frame = frame;
        self.list.clear();
        let mut at = frame.tokens.start;
        let mut next_phrase = self.reading.phrases.partition_point(|phrase| phrase.tokens.start < at);
        while at < frame.tokens.end {
            while self.reading.phrases.get(next_phrase).is_some_and(|phrase| phrase.tokens.start < at) {
                next_phrase += 1;
            }
            let quotation = self.reading.quotations.inside(at, frame.inside);
            at = match (quotation, self.reading.phrases.get(next_phrase)) {
                (Some(quotation), _) => {
                    self.list.push(Unit::Quotation(quotation));
                    self.reading.quotations.get(quotation).outer.end.max(at + 1)
                }
                (None, Some(phrase)) if phrase.tokens.start == at => {
                    self.list.push(Unit::Phrase(next_phrase as u32));
                    phrase.tokens.end
                }
                _ => {
                    self.list.push(Unit::Word(at));
                    at + 1
                }
            };
        }
        let closes = |at: usize| self.is_mark(at, &[".", "!", "?", "…", "...", ")", "]", ":", ";"]);
        self.tail = (0..self.list.len()).rev().find(|&at| !closes(at)).map_or(0, |at| at + 1);
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Unit> {
        self.list.get(at).copied()
    }

    /// The tokens of the unit at `at`.
    pub(super) fn tokens(&self, at: usize) -> Run {
        match self.list[at] {
            Unit::Phrase(phrase) => self.reading.phrases[phrase as usize].tokens,
            Unit::Quotation(quotation) => self.reading.quotations.get(quotation).outer,
            Unit::Word(token) => Run::new(token, token + 1),
        }
    }

    /// The unit that `token` is in.
    pub(super) fn find(&self, token: u32) -> usize {
        let (mut low, mut high) = (0, self.list.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.tokens(middle).end <= token {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The tokens from unit `start` to before unit `end`.
    pub(super) fn run(&self, start: usize, end: usize) -> Run {
        if start >= end { Run::default() } else { Run::new(self.tokens(start).start, self.tokens(end - 1).end) }
    }

    pub(super) fn phrase(&self, at: usize) -> Option<(u32, &'a Phrase)> {
        match self.get(at)? {
            Unit::Phrase(phrase) => Some((phrase, &self.reading.phrases[phrase as usize])),
            _ => None,
        }
    }

    pub(super) fn quotation(&self, at: usize) -> Option<u32> {
        match self.get(at)? {
            Unit::Quotation(quotation) => Some(quotation),
            _ => None,
        }
    }

    /// Whether the unit at `at` is a quotation or a phrase that ends in one.
    pub(super) fn ends_in_mark(&self, at: usize) -> bool {
        self.reading.token(self.tokens(at).end - 1).kind == TokenKind::QuoteMark
    }

    /// The token of a unit that is a single word or mark.
    pub(super) fn word(&self, at: usize) -> Option<u32> {
        match self.get(at)? {
            Unit::Word(token) => Some(token),
            _ => None,
        }
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.word(at).map_or(Class::NONE, |token| self.reading.class(token))
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.word(at).map(|token| self.reading.tag(token))
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |token| self.reading.text(token))
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.word(at).is_some_and(|token| {
            self.reading.token(token).kind == TokenKind::Punctuation && marks.contains(&self.reading.text(token))
        })
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.is_mark(at, &[","])
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.is_mark(at, &["—", "--", "–", "-", "―", "---"])
    }

    /// Whether the frame is over at `at`: nothing is left but its closing punctuation.
    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.tail
    }

    /// Whether the word at `at` is a finite verb.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        self.tag(at).is_some_and(Tag::is_finite)
    }

    /// Whether the phrase at `at` tells a time: "Monday", "this week", "three years".
    pub(super) fn is_temporal(&self, at: usize) -> bool {
        self.phrase(at).is_some_and(|(_, phrase)| {
            phrase.kind != PhraseKind::Pronoun && self.reading.class(phrase.head).any(Class::TEMPORAL)
        })
    }

    /// Whether the phrase at `at` can be the source of speech: not a time, not "there", "himself" or "him".
    pub(super) fn can_speak(&self, at: usize) -> bool {
        self.phrase(at).is_some_and(|(_, phrase)| {
            let class = self.reading.class(phrase.head);
            !(class.any(Class::TEMPORAL) && phrase.kind != PhraseKind::Pronoun)
                && !class.any(Class::EXISTENTIAL.or(Class::REFLEXIVE).or(Class::THAT))
                && (phrase.kind != PhraseKind::Pronoun || !class.any(Class::OBJECTIVE) || class.any(Class::SUBJECTIVE))
        })
    }

    /// The last sentence-like character inside the quotation before its closing mark.
    pub(super) fn quotation_ends_in(&self, quotation: u32, marks: &[&str]) -> bool {
        let inner = self.reading.quotations.get(quotation).inner;
        inner.end > inner.start && marks.contains(&self.reading.text(inner.end - 1))
    }
}
