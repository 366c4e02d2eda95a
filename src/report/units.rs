//! A frame as a row of pieces: noun phrases, quotations, and single words.

use std::cell::OnceCell;

use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};
use crate::mention::{Phrase, PhraseKind, Reading};
use crate::model::Tag;
use crate::quotation::Frame;
use crate::segment::{flag, is_dash};

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

/// A unit with what is asked of it again and again.
#[derive(Clone, Copy)]
struct Piece {
    unit: Unit,
    tokens: Run,
    /// Of a single word; a phrase has none.
    class: Class,
    tag: Option<Tag>,
    /// A set of the bits in [`sign`].
    signs: u16,
    /// What kind of unit it is, as a rank: end, comma, other mark, quotation, pronoun, name, other phrase, word by its tag.
    rank: u8,
    /// Which small word it is.
    small: u8,
    before: Counts,
}

/// What a unit shows at first sight.
mod sign {
    pub(super) const COMMA: u16 = 1;
    pub(super) const DASH: u16 = 2;
    pub(super) const FINITE: u16 = 4;
    pub(super) const TEMPORAL: u16 = 8;
    pub(super) const SPEAKS: u16 = 16;
    pub(super) const RELATIVE: u16 = 32;
    /// A verb that reports clauses.
    pub(super) const REPORTING: u16 = 64;
    /// Ends in the closing mark of a quotation with a comma before it.
    pub(super) const PAUSES: u16 = 128;
    /// A mark of punctuation that is neither comma nor dash.
    pub(super) const MARK: u16 = 256;
}

/// The kinds of units in an order that lets a threshold part them.
pub(super) mod rank {
    pub(in crate::report) const END: u8 = 1;
    pub(in crate::report) const COMMA: u8 = 2;
    pub(in crate::report) const MARK: u8 = 3;
    pub(in crate::report) const QUOTATION: u8 = 4;
    pub(in crate::report) const PRONOUN: u8 = 5;
    pub(in crate::report) const NAME: u8 = 6;
    pub(in crate::report) const NOMINAL: u8 = 7;
    /// And the tag.
    pub(in crate::report) const WORD: u8 = 8;
}

/// How many there are in the units before one.
#[derive(Clone, Copy, Default)]
struct Counts {
    finite: u32,
    commas: u32,
    reporting: u32,
    quotations: u32,
    pauses: u32,
    /// Tokens that stand in marks.
    quoted: u32,
}

/// The small words that most often begin or end a content. Their places are features, and in the learned tables: the list
/// is no table of its own, for whoever changes it must make those again.
const SMALL: &[&str] = &[
    "and", "but", "or", "while", "as", "when", "after", "before", "because", "since", "if", "though", "although",
    "which", "who", "that", "with", "in", "on", "at", "during", "by", "from", "for", "to", "of", "about", "over",
    "against", "into",
];

/// Figures that point to a note.
const SUPERSCRIPT: &str = "¹²³⁴⁵⁶⁷⁸⁹⁰";

/// One frame in units.
pub(super) struct Units<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) frame: Frame,
    /// The next frame begins with a quotation.
    pub(super) leads: bool,
    list: Vec<Piece>,
    total: Counts,
    /// The first of the marks that close the frame.
    tail: usize,
    /// How many words of the frame have capitals, once somebody has asked.
    capitals: OnceCell<u8>,
    small_words: Vec<u8>,
}

impl<'a> Units<'a> {
    pub(super) fn new(reading: Reading<'a>) -> Self {
        let frame = Frame { tokens: Run::default(), paragraph: 0, inside: None };
        let small_words = small_words(reading.lexicon);
        Units {
            reading,
            frame,
            leads: false,
            list: Vec::new(),
            total: Counts::default(),
            tail: 0,
            capitals: OnceCell::new(),
            small_words,
        }
    }

    /// Reads a frame; `next` is the one behind it.
    pub(super) fn read(&mut self, frame: Frame, next: Option<&Frame>) {
        self.frame = frame;
        self.leads = next.is_some_and(|next| self.reading.quotations.inside(next.tokens.start, frame.inside).is_some());
        self.list.clear();
        self.capitals.take();
        self.total = Counts::default();
        let mut at = frame.tokens.start;
        let mut next_phrase = self.reading.phrases.partition_point(|phrase| phrase.tokens.start < at);
        while at < frame.tokens.end {
            while self.reading.phrases.get(next_phrase).is_some_and(|phrase| phrase.tokens.start < at) {
                next_phrase += 1;
            }
            let quotation = self.reading.quotations.inside(at, frame.inside);
            let piece = match (quotation, self.reading.phrases.get(next_phrase)) {
                (Some(quotation), _) => self.of_quotation(quotation),
                (None, Some(phrase)) if phrase.tokens.start == at => self.of_phrase(next_phrase as u32, phrase),
                _ => self.of_word(at),
            };
            at = piece.tokens.end;
            if matches!(piece.unit, Unit::Quotation(_)) {
                at = self.behind_note(at).unwrap_or(at);
            }
            self.push(piece);
        }
        let closes = |at: usize| self.is_mark(at, &[".", "!", "?", "…", "...", ")", "]", ":", ";"]);
        self.tail = (0..self.list.len()).rev().find(|&at| !closes(at)).map_or(0, |at| at + 1);
        // A full stop inside the frame is a mark like others.
        for piece in &mut self.list[self.tail..] {
            if piece.rank == rank::MARK {
                piece.rank = rank::END;
            }
        }
    }

    /// Where the frame goes on behind a mark that points to a note: `“…”[3], “…”*, “…”¹`.
    fn behind_note(&self, at: u32) -> Option<u32> {
        let attached = |at: u32| at < self.frame.tokens.end && !self.reading.token(at).has(flag::SPACE_BEFORE);
        if !attached(at) {
            return None;
        }
        match self.reading.text(at) {
            // Two of them end what is in bold.
            "*" if attached(at + 1) && self.reading.text(at + 1) == "*" => Some(at + 2),
            "*" | "†" | "‡" => Some(at + 1),
            "[" if attached(at + 1) && attached(at + 2) => {
                let number = self.reading.token(at + 1).kind == TokenKind::Number;
                (number && self.reading.text(at + 2) == "]").then_some(at + 3)
            }
            text => text.chars().all(|letter| SUPERSCRIPT.contains(letter)).then_some(at + 1),
        }
    }

    fn push(&mut self, piece: Piece) {
        let is = |sign: u16| u32::from(piece.signs & sign != 0);
        let Counts { finite, commas, reporting, quotations, pauses, quoted } = self.total;
        let inside = |&at: &u32| self.reading.quotations.inside(at, self.frame.inside).is_some();
        let (quotation, tokens) = match piece.unit {
            Unit::Quotation(_) => (1, piece.tokens.end - piece.tokens.start),
            // A phrase may hold words in marks.
            Unit::Phrase(_) => (0, (piece.tokens.start..piece.tokens.end).filter(inside).count() as u32),
            Unit::Word(_) => (0, 0),
        };
        self.list.push(Piece { before: self.total, ..piece });
        self.total = Counts {
            finite: finite + is(sign::FINITE),
            commas: commas + is(sign::COMMA),
            reporting: reporting + is(sign::REPORTING),
            quotations: quotations + quotation,
            pauses: pauses + is(sign::PAUSES),
            quoted: quoted + tokens,
        };
    }

    fn of_quotation(&self, quotation: u32) -> Piece {
        let tokens = self.reading.quotations.get(quotation).outer;
        Piece {
            unit: Unit::Quotation(quotation),
            tokens,
            class: Class::NONE,
            tag: None,
            signs: self.pause(tokens),
            rank: rank::QUOTATION,
            small: 0,
            before: Counts::default(),
        }
    }

    /// The sign of a unit that ends in a closing mark with a comma before it: “a farce,”.
    fn pause(&self, tokens: Run) -> u16 {
        let closed = tokens.end - tokens.start > 2
            && self.reading.token(tokens.end - 1).kind == TokenKind::QuoteMark
            && self.reading.text(tokens.end - 2) == ",";
        if closed { sign::PAUSES } else { 0 }
    }

    fn of_phrase(&self, number: u32, phrase: &Phrase) -> Piece {
        let class = self.reading.class(phrase.head);
        let pronoun = phrase.kind == PhraseKind::Pronoun;
        let temporal = !pronoun && class.any(Class::TEMPORAL);
        // Not a time, not "there", "himself" or "him".
        let speaks = !temporal
            && !class.any(Class::EXISTENTIAL.or(Class::REFLEXIVE).or(Class::THAT))
            && (!pronoun || !class.any(Class::OBJECTIVE) || class.any(Class::SUBJECTIVE));
        let sign = |sign: u16, yes: bool| if yes { sign } else { 0 };
        Piece {
            unit: Unit::Phrase(number),
            tokens: phrase.tokens,
            class: Class::NONE,
            tag: None,
            signs: sign(sign::TEMPORAL, temporal)
                | sign(sign::SPEAKS, speaks)
                | self.pause(phrase.tokens)
                | sign(sign::RELATIVE, class.any(Class::RELATIVE)),
            rank: match phrase.kind {
                PhraseKind::Pronoun => rank::PRONOUN,
                PhraseKind::Name => rank::NAME,
                PhraseKind::Nominal => rank::NOMINAL,
            },
            // "who" and "which" are phrases.
            small: if pronoun { self.small_word(phrase.head) } else { 0 },
            before: Counts::default(),
        }
    }

    fn small_word(&self, token: u32) -> u8 {
        let token = self.reading.token(token);
        let number = self.small_words.get(usize::from(token.word.0)).copied();
        number.filter(|_| !token.has(flag::STOP)).unwrap_or(0)
    }

    fn of_word(&self, token: u32) -> Piece {
        let reading = &self.reading;
        let (class, tag) = (reading.class(token), reading.tag(token));
        let mut signs = if tag.is_finite() { sign::FINITE } else { 0 };
        if tag.is_verb() && reading.verb(token).is_some_and(|verb| verb.speech && verb.clause >= 2) {
            signs |= sign::REPORTING;
        }
        if reading.token(token).kind == TokenKind::Punctuation {
            signs |= match reading.text(token) {
                "," => sign::COMMA,
                mark if mark == "-" || is_dash(mark) => sign::DASH,
                _ => sign::MARK,
            };
        }
        Piece {
            unit: Unit::Word(token),
            tokens: Run::new(token, token + 1),
            class,
            tag: Some(tag),
            signs,
            rank: match tag {
                Tag::Mark if signs & sign::COMMA != 0 => rank::COMMA,
                Tag::Mark => rank::MARK,
                tag => rank::WORD + tag as u8,
            },
            small: self.small_word(token),
            before: Counts::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Unit> {
        self.list.get(at).map(|piece| piece.unit)
    }

    /// The tokens of the unit at `at`.
    pub(super) fn tokens(&self, at: usize) -> Run {
        self.list[at].tokens
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
        self.list.get(at).map_or(Class::NONE, |piece| piece.class)
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.list.get(at)?.tag
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |token| self.reading.text(token))
    }

    /// Whether the unit at `at` is one of `marks`, which are neither commas nor dashes.
    #[inline]
    pub(super) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.is(at, sign::MARK) && marks.contains(&self.text(at))
    }

    fn is(&self, at: usize, sign: u16) -> bool {
        self.list.get(at).is_some_and(|piece| piece.signs & sign != 0)
    }

    /// The verb where a clause begins at `at`, behind a comma, that adds another's words: "…, in what X called “…”".
    pub(super) fn verdict(&self, at: usize) -> Option<usize> {
        let what = at + usize::from(self.tag(at) == Some(Tag::Preposition));
        let verb = self.word(what + 2).and_then(|token| self.reading.verb(token))?;
        let adds = self.text(what).eq_ignore_ascii_case("what")
            && self.can_speak(what + 1)
            && verb.speech
            && verb.object > 0
            && (what + 3..self.len().min(what + 6)).any(|at| self.quotation(at).is_some());
        adds.then_some(what + 2)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.is(at, sign::COMMA)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.is(at, sign::DASH)
    }

    /// How many words of the frame have capitals, as a feature.
    pub(super) fn capitals(&self) -> u8 {
        *self.capitals.get_or_init(|| super::features::capitals(&self.reading, self.frame.tokens))
    }

    /// Whether the frame is over at `at`: nothing is left but its closing punctuation.
    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.tail
    }

    /// The dash behind where and when a report was filed, at the start of its frame: "HALVERN, Oct 14 – The bridge …".
    pub(super) fn dateline(&self) -> Option<usize> {
        if !self.reading.token(self.frame.tokens.start).has(flag::ALL_CAPITALS) {
            return None;
        }
        let dash = (1..self.len().min(9)).find(|&at| self.is_dash(at))?;
        (!(0..dash).any(|at| self.is_finite(at))).then_some(dash)
    }

    /// Whether the phrase at `at` is the subject of a clause: a finite verb follows it and what is attached to it.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        // "there is hope"
        let exists = || self.tag(at) == Some(Tag::Pronoun) && self.class(at).any(Class::EXISTENTIAL);
        if self.phrase(at).is_none() && !exists() {
            return false;
        }
        let mut next = at + 1;
        let limit = self.len().min(at + 14);
        while next < limit {
            let attached = (matches!(self.tag(next), Some(Tag::Preposition)) || self.text(next) == "and")
                && self.phrase(next + 1).is_some()
                && !self.class(next).any(Class::THAT.or(Class::WHETHER))
                && self.text(next) != "if";
            if attached {
                next += 2;
            } else if self.tag(next) == Some(Tag::Adverb) || self.class(next).any(Class::NEGATION) {
                next += 1;
            } else {
                break;
            }
        }
        self.is_finite(next) || self.class(next).any(Class::AUXILIARY)
    }

    /// Whether a gerund stands at `at`, or opens the phrase there: "wiping sweat" may look like one. A phrase that opens with
    /// "including" adds to what is before it.
    pub(super) fn opens_with_gerund(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|piece| {
            let first = piece.tokens.start;
            self.reading.tag(first) == Tag::Gerund && (piece.tag.is_some() || self.reading.text(first) != "including")
        })
    }

    /// Whether the word at `at` is a finite verb.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        self.is(at, sign::FINITE)
    }

    /// Whether the phrase at `at` tells a time: "Monday", "this week", "three years".
    pub(super) fn is_temporal(&self, at: usize) -> bool {
        self.is(at, sign::TEMPORAL)
    }

    /// Whether the phrase at `at` can be the source of speech: not a time, not "there", "himself" or "him".
    pub(super) fn can_speak(&self, at: usize) -> bool {
        self.is(at, sign::SPEAKS)
    }

    /// Whether the phrase at `at` is "who" or "which".
    pub(super) fn is_relative(&self, at: usize) -> bool {
        self.is(at, sign::RELATIVE)
    }

    /// Whether a phrase denies that there is anybody: "no minister", unlike "No 10".
    pub(super) fn is_nobody(&self, phrase: &Phrase) -> bool {
        let first = phrase.tokens.start;
        self.reading.class(first).any(Class::NEGATION)
            && self.reading.tags.get(first as usize + 1) != Some(&Tag::Number)
    }

    /// What kind of unit stands at `at`, as a rank; 0 for none.
    pub(super) fn rank(&self, at: usize) -> u8 {
        self.list.get(at).map_or(0, |piece| piece.rank)
    }

    /// The number of the small word at `at`, 0 for anything else.
    pub(super) fn small(&self, at: usize) -> u8 {
        self.list.get(at).map_or(0, |piece| piece.small)
    }

    fn counts(&self, at: usize) -> &Counts {
        self.list.get(at).map_or(&self.total, |piece| &piece.before)
    }

    /// Finite verbs from unit `start` to before unit `end`.
    pub(super) fn finite(&self, start: usize, end: usize) -> usize {
        (self.counts(end).finite - self.counts(start).finite) as usize
    }

    /// Commas from unit `start` to before unit `end`.
    pub(super) fn commas(&self, start: usize, end: usize) -> usize {
        (self.counts(end).commas - self.counts(start).commas) as usize
    }

    /// Verbs that report clauses from unit `start` to before unit `end`.
    pub(super) fn reporting(&self, start: usize, end: usize) -> usize {
        (self.counts(end).reporting - self.counts(start).reporting) as usize
    }

    /// Quotations from unit `start` to before unit `end`.
    pub(super) fn quotations(&self, start: usize, end: usize) -> usize {
        (self.counts(end).quotations - self.counts(start).quotations) as usize
    }

    /// Whether a comma ends the words in marks that the unit at `at` ends in.
    pub(super) fn is_pause(&self, at: usize) -> bool {
        self.is(at, sign::PAUSES)
    }

    /// Quotations that end in a comma, from unit `start` to before unit `end`.
    pub(super) fn pauses(&self, start: usize, end: usize) -> usize {
        (self.counts(end).pauses - self.counts(start).pauses) as usize
    }

    /// Whether some token of the frame stands in marks.
    pub(super) fn has_quoted(&self) -> bool {
        self.total.quoted > 0
    }

    /// Tokens of a run of whole units that stand in marks.
    pub(super) fn quoted(&self, run: Run) -> usize {
        if !self.has_quoted() {
            return 0;
        }
        (self.counts(self.find(run.end)).quoted - self.counts(self.find(run.start)).quoted) as usize
    }

    /// Whether the last token in the quotation that is no quotation mark is one of `marks`.
    pub(super) fn quotation_ends_in(&self, quotation: u32, marks: &[&str]) -> bool {
        let inner = self.reading.quotations.get(quotation).inner;
        // “He said, ‘Not me!’” ends in the mark of the one inside.
        let last = (inner.start..inner.end).rev().find(|&at| self.reading.token(at).kind != TokenKind::QuoteMark);
        last.is_some_and(|last| marks.contains(&self.reading.text(last)))
    }
}

/// By the number of a word its place in [`SMALL`] plus one; 0 for all others. The closed classes come first in the lexicon,
/// so the list is short.
fn small_words(lexicon: &Lexicon) -> Vec<u8> {
    let mut numbers = Vec::new();
    for (word, number) in SMALL.iter().zip(1..) {
        let word = usize::from(lexicon.word(word).0);
        numbers.resize(numbers.len().max(word + 1), 0);
        numbers[word] = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_word_has_its_place_as_its_number() {
        let lexicon = Lexicon::new(&[]).unwrap();
        let numbers = small_words(&lexicon);
        for (at, word) in SMALL.iter().enumerate() {
            assert_eq!(usize::from(numbers[usize::from(lexicon.word(word).0)]), at + 1);
        }
        assert_eq!(numbers.iter().filter(|number| **number > 0).count(), SMALL.len());
        assert_eq!(numbers[0], 0);
        assert!(numbers.len() < 512);
    }
}
