//! A paragraph to tokens, in one pass over its bytes.

use unicode_segmentation::UnicodeSegmentation;

use super::letters::Letters;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon, MIDDLE, SHORT, WordId};
use crate::span::Span;

/// A word, number or mark. Sixteen bytes would be one too many words to write for every four or five bytes of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: WordId,
    pub(crate) kind: TokenKind,
    /// A set of the bits in [`flag`].
    pub(crate) flags: u8,
}

/// What a token's own letters show.
pub(crate) mod flag {
    /// The first letter is a capital.
    pub(crate) const CAPITAL: u8 = 1;
    /// Two letters or more, all capitals.
    pub(crate) const ALL_CAPITALS: u8 = 2;
    /// Ends in a full stop that belongs to it.
    pub(crate) const STOP: u8 = 4;
    /// White space stands before it.
    pub(crate) const SPACE_BEFORE: u8 = 8;
    /// Holds a hyphen.
    pub(crate) const HYPHEN: u8 = 16;
}

impl Token {
    #[inline]
    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    #[inline]
    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    #[inline]
    pub(crate) fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word)
    }
}

/// Whether a mark is a dash between the parts of a sentence, in any typography; a lone hyphen may be anything.
pub(crate) fn is_dash(mark: &str) -> bool {
    matches!(mark, "—" | "–" | "―" | "--" | "---")
}

/// Longer words are in no table.
const LONGEST_KNOWN: usize = 40;

/// Bytes in which the end of a word outside ASCII is looked for at a time.
const WINDOW: usize = 96;

/// What a byte can begin or go on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Space,
    Letter,
    Digit,
    Mark,
    /// The underscore stands for italics in plain-text books; no word of prose holds one.
    Italics,
    /// Part of a character outside ASCII.
    Wide,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Mark; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        table[b] = match byte {
            b'_' => Byte::Italics,
            0..=b' ' | 0x7f => Byte::Space,
            _ if byte.is_ascii_alphabetic() => Byte::Letter,
            _ if byte.is_ascii_digit() => Byte::Digit,
            0x80.. => Byte::Wide,
            _ => Byte::Mark,
        };
        b += 1;
    }
    table
};

/// Appends the tokens of `text[span]`.
pub(super) fn cut(text: &str, span: Span, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let mut cutter = Cutter { text, bytes: &text.as_bytes()[..span.end() as usize], lexicon, tokens, space: true };
    let mut at = span.start() as usize;
    while let Some(&byte) = cutter.bytes.get(at) {
        // Most of what begins is a word, and that is told sooner by its letters than by the table.
        let letters = Letters::at(text.as_bytes(), at);
        if letters.count > 0 {
            at = cutter.plain_word(at, letters);
            continue;
        }
        at = match BYTES[usize::from(byte)] {
            Byte::Space => {
                cutter.space = true;
                at + 1
            }
            Byte::Italics => at + 1,
            Byte::Letter => cutter.plain_word(at, letters),
            Byte::Digit => cutter.number(at),
            Byte::Mark => cutter.mark(at),
            Byte::Wide => cutter.wide(at),
        };
    }
}

const NO_LETTERS: Letters = Letters { count: 0, lower: 0, capitals: 0 };

struct Cutter<'a> {
    text: &'a str,
    /// The text up to the end of the paragraph.
    bytes: &'a [u8],
    lexicon: &'a Lexicon,
    tokens: &'a mut Vec<Token>,
    space: bool,
}

impl Cutter<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text[at..self.bytes.len()].chars().next()
    }

    /// Whether a letter or digit stands at `at`.
    fn alphanumeric(&self, at: usize) -> bool {
        match BYTES[usize::from(self.byte(at))] {
            Byte::Letter | Byte::Digit => true,
            Byte::Wide => self.char(at).is_some_and(char::is_alphanumeric),
            Byte::Space | Byte::Italics | Byte::Mark => false,
        }
    }

    /// The length of the apostrophe at `at`, straight or curly; 0 if there is none.
    fn apostrophe(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\'' => 1,
            0xe2 if self.bytes[at..].starts_with("’".as_bytes()) => 3,
            _ => 0,
        }
    }

    /// The length of the soft hyphen at `at`, which only tells where a line may break; 0 if there is none.
    fn soft_hyphen(&self, at: usize) -> usize {
        if self.bytes[at..].starts_with("\u{ad}".as_bytes()) { 2 } else { 0 }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, word: WordId, flags: u8) -> usize {
        let space = if std::mem::take(&mut self.space) { flag::SPACE_BEFORE } else { 0 };
        self.tokens.push(Token { start: start as u32, end: end as u32, word, kind, flags: flags | space });
        end
    }

    /// A word that begins with `head`, which are the ASCII letters at `start`. Nearly all are nothing but up to sixteen
    /// of these, and what follows shows that the word is over; all others are left to [`Cutter::word`]. Returns where
    /// the next token may begin.
    fn plain_word(&mut self, start: usize, head: Letters) -> usize {
        // What stands behind the paragraph is white space, so no word is longer for looking there.
        let text = self.text.as_bytes();
        let tail = if head.count < SHORT { NO_LETTERS } else { Letters::at(text, start + SHORT) };
        let count = head.count + tail.count;
        let end = start + count;
        let word = if tail.count == 0 {
            self.lexicon.short_word(head.lower)
        } else {
            self.lexicon.middle_word(u128::from(head.lower) | u128::from(tail.lower) << 64)
        };
        let space = self.byte(end) == b' ';
        if count == MIDDLE || !(space || self.is_over(end, count, word)) {
            return self.word(start, end);
        }
        let capital = if head.capital() { flag::CAPITAL } else { 0 };
        let all = capital != 0 && count > 1 && head.all_capitals() && tail.all_capitals();
        self.push(start, end, TokenKind::Word, word, capital | if all { flag::ALL_CAPITALS } else { 0 });
        self.space = space;
        end + usize::from(space)
    }

    /// Whether what stands at `end` shows that nothing more belongs to the `count` letters before it, which are `word`.
    fn is_over(&self, end: usize, count: usize, word: WordId) -> bool {
        match self.byte(end) {
            b',' | b'\n' => true,
            b'.' => count > 1 && !self.lexicon.class(word).any(Class::ABBREVIATION),
            b'-' => !self.alphanumeric(end + 1),
            b'\'' | b'&' => false,
            // The marks of the block that has the curly quotation marks and the dashes, but the apostrophe.
            0xe2 => matches!(self.bytes[end..], [_, 0x80, mark, ..] if mark != 0x99),
            byte => matches!(BYTES[usize::from(byte)], Byte::Space | Byte::Italics | Byte::Mark),
        }
    }

    /// A word that began at `start` and is known to reach `at`. Returns where the next token may begin.
    fn word(&mut self, start: usize, mut at: usize) -> usize {
        let mut hyphen = false;
        loop {
            match BYTES[usize::from(self.byte(at))] {
                Byte::Letter | Byte::Digit => at += 1,
                Byte::Wide => {
                    let apostrophe = self.apostrophe(at);
                    let hyphen = self.soft_hyphen(at);
                    if hyphen > 0 && self.alphanumeric(at + hyphen) {
                        at += hyphen;
                    } else if apostrophe > 0 {
                        if !self.alphanumeric(at + apostrophe) || self.clitic_at(at) {
                            break;
                        }
                        at += apostrophe;
                    } else if self.alphanumeric(at) {
                        at = self.wide_letters(at);
                    } else {
                        break;
                    }
                }
                Byte::Mark => match self.byte(at) {
                    b'\'' if self.alphanumeric(at + 1) && !self.clitic_at(at) => at += 1,
                    b'-' if self.alphanumeric(at + 1) => {
                        hyphen = true;
                        at += 1;
                    }
                    b'&' if self.byte(at + 1).is_ascii_uppercase() && self.byte(at - 1).is_ascii_uppercase() => at += 1,
                    // U.S., p.m., J.R.R.: a single letter, a full stop, a letter.
                    b'.' if self.single_letter_before(start, at) && self.byte(at + 1).is_ascii_alphabetic() => at += 1,
                    // R-S.C., non-U.S.: the first of such letters, behind a hyphen.
                    b'.' if at > start + 2
                        && self.byte(at - 2) == b'-'
                        && self.initial(at - 1)
                        && self.initial(at + 1) =>
                    {
                        at += 2;
                    }
                    _ => break,
                },
                Byte::Space | Byte::Italics => break,
            }
        }
        let negation = self.negation(start, at);
        let end = negation.unwrap_or(at);
        let (word, mut flags) = self.look_up(start, end);
        if hyphen {
            flags |= flag::HYPHEN;
        }
        let mut next = end;
        if negation.is_none() && self.byte(at) == b'.' && self.keeps_stop(start, at, word) {
            flags |= flag::STOP;
            next = at + 1;
        }
        self.push(start, next, TokenKind::Word, word, flags);
        self.clitics(next, negation.is_some())
    }

    /// Whether a capital and a full stop stand at `at`.
    fn initial(&self, at: usize) -> bool {
        self.byte(at).is_ascii_uppercase() && self.byte(at + 1) == b'.'
    }

    /// Whether the letter before `at` stands alone between full stops or at the word's start.
    fn single_letter_before(&self, start: usize, at: usize) -> bool {
        self.byte(at - 1).is_ascii_alphabetic() && (at - 1 == start || self.byte(at - 2) == b'.')
    }

    /// Whether the full stop at `at` belongs to the word before it: an abbreviation or an initial.
    fn keeps_stop(&self, start: usize, at: usize, word: WordId) -> bool {
        if self.byte(at + 1) == b'.' || self.is_said_by(word) {
            return false;
        }
        let single = self.single_letter_before(start, at);
        let initial = single && (at - 1 > start || (self.byte(start).is_ascii_uppercase() && self.byte(start) != b'I'));
        initial
            || (self.lexicon.class(word).any(Class::ABBREVIATION)
                // "no." and "sun." end sentences; "No. 5" and "Sun." are abbreviations.
                && (self.byte(start).is_ascii_uppercase()
                    || self.lexicon.class(word).any(Class::ABBREVIATION_BEFORE)
                    || self.byte(start + 1) == b'.')
                && !(self.text[start..at].eq_ignore_ascii_case("no") && !self.digit_follows(at + 1)))
    }

    /// “…,” said Mo. The name of whoever speaks, and no state.
    fn is_said_by(&self, word: WordId) -> bool {
        let class = |word: WordId| self.lexicon.class(word);
        class(word).any(Class::GIVEN)
            && self.tokens.last().is_some_and(|before| class(before.word).any(Class::REPORTING))
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.byte(at + usize::from(self.byte(at) == b' ')).is_ascii_digit()
    }

    /// Where "n't" begins, if the word ends in it before an apostrophe: "did|n't". `at` is the word's end.
    fn negation(&self, start: usize, at: usize) -> Option<usize> {
        if !matches!(self.byte(at.wrapping_sub(1)), b't' | b'T') || self.byte(start) == 0 {
            return None;
        }
        let apostrophe = [1, 3].into_iter().find(|&n| at > start + n + 2 && self.apostrophe(at - 1 - n) == n)?;
        let n = at - 2 - apostrophe;
        (n > start && matches!(self.byte(n), b'n' | b'N')).then_some(n)
    }

    /// Whether the apostrophe at `at` begins 's, 'll, 're, 've, 'd or 'm at the end of a word.
    fn clitic_at(&self, at: usize) -> bool {
        self.clitic_end(at).is_some()
    }

    fn clitic_end(&self, at: usize) -> Option<usize> {
        let letters = at + self.apostrophe(at);
        if letters == at {
            return None;
        }
        let lower = |at: usize| self.byte(at).to_ascii_lowercase();
        let length = match (lower(letters), lower(letters + 1)) {
            (b'l', b'l') | (b'r' | b'v', b'e') => 2,
            (b's' | b'd' | b'm', _) => 1,
            _ => return None,
        };
        (!self.alphanumeric(letters + length) && self.apostrophe(letters + length) == 0).then_some(letters + length)
    }

    /// The clitics that follow a word, the first of them "n't" if `negation` says so.
    fn clitics(&mut self, mut at: usize, negation: bool) -> usize {
        if negation {
            let end = at + 2 + self.apostrophe(at + 1);
            let word = self.lexicon.word("n't");
            at = self.push(at, end, TokenKind::Clitic, word, 0);
        }
        while let Some(end) = self.clitic_end(at) {
            let (word, _) = self.look_up(at, end);
            at = self.push(at, end, TokenKind::Clitic, word, 0);
        }
        at
    }

    /// The end of the letters outside ASCII at `at`, by the word boundaries of UAX #29. At least one character.
    fn wide_letters(&self, at: usize) -> usize {
        // A window, so that a word with thousands of apostrophes is not read again for each of them; what reaches beyond
        // it is one word all the same.
        let mut end = self.bytes.len().min(at + WINDOW);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let rest = &self.text[at..end];
        let bound = rest.split_word_bound_indices().nth(1).map_or(rest.len(), |(bound, _)| bound);
        // Apostrophes, full stops and what stands after them are judged as in any other word.
        let inside = rest[..bound].find(['\'', '’', '.', '_', ':', '·']).filter(|&cut| cut > 0);
        at + inside.unwrap_or(bound)
    }

    /// The word's id and flags.
    fn look_up(&self, start: usize, end: usize) -> (WordId, u8) {
        let form = &self.text[start..end];
        let mut flags = 0;
        if !form.is_ascii() {
            return self.look_up_wide(form);
        }
        let bytes = form.as_bytes();
        // "al-Khatib" is written like a name too.
        let article = bytes.len() > 4 && matches!(&bytes[..3], b"al-" | b"el-" | b"ad-" | b"ar-" | b"as-" | b"ul-");
        if bytes[0].is_ascii_uppercase() || (article && bytes[3].is_ascii_uppercase()) {
            flags |= flag::CAPITAL;
            if bytes.len() > 1 && !bytes.iter().any(u8::is_ascii_lowercase) {
                flags |= flag::ALL_CAPITALS;
            }
        }
        if bytes.len() > LONGEST_KNOWN {
            return (WordId::UNKNOWN, flags);
        }
        if flags == 0 {
            return (self.lexicon.word(form), flags);
        }
        let mut lower = [0; LONGEST_KNOWN];
        let lower = &mut lower[..bytes.len()];
        lower.copy_from_slice(bytes);
        lower.make_ascii_lowercase();
        let form = std::str::from_utf8(lower).expect("ASCII stays UTF-8 in lower case");
        (self.lexicon.word(form), flags)
    }

    fn look_up_wide(&self, form: &str) -> (WordId, u8) {
        let mut letters = form.chars().filter(|c| c.is_alphabetic());
        let capital = letters.next().is_some_and(char::is_uppercase);
        let flags = match (capital, letters.next().is_some() && !form.chars().any(char::is_lowercase)) {
            (true, true) => flag::CAPITAL | flag::ALL_CAPITALS,
            (true, false) => flag::CAPITAL,
            _ => 0,
        };
        if form.len() > 2 * LONGEST_KNOWN {
            return (WordId::UNKNOWN, flags);
        }
        (self.lexicon.word(&form.to_lowercase().replace('’', "'").replace('\u{ad}', "")), flags)
    }

    /// Digits with what belongs to them.
    fn number(&mut self, start: usize) -> usize {
        let mut at = start;
        loop {
            match self.byte(at) {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => at += 1,
                b',' | b'.' | b':' | b'/'
                    if self.byte(at + 1).is_ascii_digit() && self.byte(at - 1).is_ascii_digit() =>
                {
                    at += 1;
                }
                b'-' if self.byte(at + 1).is_ascii_alphanumeric() => at += 1,
                _ => break,
            }
        }
        let at = self.push(start, at, TokenKind::Number, WordId::UNKNOWN, 0);
        self.clitics_after_number(at)
    }

    fn clitics_after_number(&mut self, at: usize) -> usize {
        self.clitics(at, false)
    }

    /// A mark of ASCII punctuation.
    fn mark(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        // How often it stands here, up to three times.
        let same = || (1..3).find(|&n| self.byte(at + n) != byte).unwrap_or(3);
        let (length, kind) = match byte {
            b'"' => (1, TokenKind::QuoteMark),
            b'\'' | b'`' => match same() {
                1 => (1, TokenKind::QuoteMark),
                // Behind a word three are a single mark and a double one that close together.
                3 if byte == b'\'' && !self.space => (1, TokenKind::QuoteMark),
                // ''Tis late,' he said: a mark and an apostrophe.
                2 if byte == b'\'' && self.is_clipped(at + 2) => (1, TokenKind::QuoteMark),
                _ => (2, TokenKind::QuoteMark),
            },
            b'.' => (if same() == 3 { 3 } else { 1 }, TokenKind::Punctuation),
            b'-' => (same(), TokenKind::Punctuation),
            // A handle or a tag is one word with its sign.
            b'@' | b'#' if self.space && self.byte(at + 1).is_ascii_alphabetic() => return self.word(at, at + 1),
            _ => (1, TokenKind::Punctuation),
        };
        self.push(at, at + length, kind, WordId::UNKNOWN, 0)
    }

    /// Whether a word that is hardly written without an apostrophe before it stands at `at`.
    fn is_clipped(&self, at: usize) -> bool {
        ["tis", "twas", "twere", "twill", "twould"].iter().any(|word| {
            let there = self.bytes.get(at..at + word.len());
            there.is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
                && !self.byte(at + word.len()).is_ascii_alphanumeric()
        })
    }

    /// A character outside ASCII.
    fn wide(&mut self, at: usize) -> usize {
        let Some(c) = self.char(at) else { return self.bytes.len() };
        let end = at + c.len_utf8();
        match c {
            '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => {
                self.push(at, end, TokenKind::QuoteMark, WordId::UNKNOWN, 0)
            }
            _ if c.is_alphabetic() => {
                let end = self.wide_letters(at);
                self.word(at, end)
            }
            _ if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}') => {
                self.space |= c.is_whitespace();
                end
            }
            _ if c.is_numeric() => self.push(at, end, TokenKind::Number, WordId::UNKNOWN, 0),
            _ => self.push(at, end, TokenKind::Punctuation, WordId::UNKNOWN, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_cut_as_all_others() {
        let lexicon = Lexicon::new(&[]).unwrap();
        let words = [
            "a",
            "I",
            "x",
            "no",
            "No",
            "Mr",
            "jan",
            "said",
            "DIDN",
            "U.S",
            "p.m",
            "eightlet",
            "Ninelette",
            "Abbreviations",
            "SIXTEENLETTERSXX",
            "seventeenletterss",
            "thirtythreelettersthirtythreelettt",
            "didn't",
            "al-Khatib",
            "é",
            "naïve",
        ];
        let behind = [
            "", " ", "\n", ",", ".", ". ", "..", "...", ".B", ".5", "-", "--", "-x", "'", "'s", "'x", "’", "’s", "’ll",
            "’x", "—", "–x", "”", "‘", "…", "&", "&T", "&t", "7", "_", "_x", "@x", "\u{ad}", "\u{ad}x", "\u{a0}x",
            "\u{2003}", "é", "\0",
        ];
        for text in words.iter().flat_map(|word| behind.map(|behind| format!("{word}{behind}"))) {
            for text in [format!("{text} No. 5"), format!("{text}t"), text] {
                let mut tokens = Vec::new();
                cut(&text, Span::new(0, text.len() as u32), &lexicon, &mut tokens);
                let words = tokens.iter().filter(|token| text.as_bytes()[token.start as usize].is_ascii_alphabetic());
                for word in words.filter(|token| token.is_word()) {
                    let mut again = Vec::new();
                    let space = word.has(flag::SPACE_BEFORE);
                    Cutter { text: &text, bytes: text.as_bytes(), lexicon: &lexicon, tokens: &mut again, space }
                        .word(word.start as usize, word.start as usize);
                    assert_eq!(again[0], *word, "{text:?}");
                }
            }
        }
    }
}
