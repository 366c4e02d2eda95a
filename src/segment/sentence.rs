//! Tokens of a paragraph to sentences.
//!
//! A sentence ends at `.`, `!`, `?` or an ellipsis, together with the closing marks behind it, unless what follows goes
//! on with it: a small letter, or the tag of a quotation that ends in a question or exclamation mark.

use super::{Sentence, Token, flag, is_dash};
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};

/// Appends the sentences over `tokens[first..]`.
pub(super) fn close(text: &str, lexicon: &Lexicon, tokens: &[Token], first: usize, out: &mut Vec<Sentence>) {
    let mut ends = Ends { text, lexicon, tokens, dash: false };
    ends.dash = is_dash(ends.text(first));
    let mut start = first;
    let mut at = first;
    // Most tokens can end nothing, as they are.
    let may_end = |token: &Token| token.kind == TokenKind::Punctuation || token.has(flag::STOP);
    while let Some(ahead) = tokens[at..].iter().position(may_end) {
        let (end, ends) = ends.after(at + ahead);
        if ends {
            out.push(sentence(tokens, start, end));
            start = end;
        }
        at = end;
    }
    if start < tokens.len() {
        out.push(sentence(tokens, start, tokens.len()));
    }
}

fn sentence(tokens: &[Token], start: usize, end: usize) -> Sentence {
    Sentence { span: tokens[start].span().cover(tokens[end - 1].span()), tokens: Run::new(start as u32, end as u32) }
}

struct Ends<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    /// The paragraph opens with a dash: what stands behind it may be speech without further marks.
    dash: bool,
}

impl Ends<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span()])
    }

    fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::NONE, |token| self.lexicon.class(token.word))
    }

    /// The token after the terminator at `at` and what closes with it, and whether a sentence ends there.
    fn after(&self, at: usize) -> (usize, bool) {
        let token = self.tokens[at];
        let (strong, loud) = match (token.kind, self.text(at)) {
            (TokenKind::Punctuation, ".") => (true, false),
            (TokenKind::Punctuation, "!" | "?") => (true, true),
            (TokenKind::Punctuation, "..." | "…") => (true, true),
            (TokenKind::Word, _) if token.has(flag::STOP) => (false, false),
            _ => return (at + 1, false),
        };
        let mut end = at + 1;
        while end < self.tokens.len() && self.closes(end) {
            end += 1;
        }
        let closed_quotation = end > at + 1 && self.tokens[end - 1].kind == TokenKind::QuoteMark;
        let Some(&next) = self.tokens.get(end) else { return (end, true) };
        let starts = match next.kind {
            TokenKind::Word => next.has(flag::CAPITAL),
            TokenKind::Number | TokenKind::QuoteMark => true,
            // "(" or "[" may open a sentence; a dash or comma goes on.
            TokenKind::Punctuation => matches!(self.text(end), "(" | "[" | "*" | "$" | "•"),
            TokenKind::Clitic => false,
        };
        if !starts {
            return (end, false);
        }
        if !strong {
            // After "U.S." or "p.m." only a word that would be small inside a sentence begins one.
            let class = self.class(at);
            let function_word = self.class(end).any(
                Class::DETERMINER
                    .or(Class::PERSONAL)
                    .or(Class::PREPOSITION)
                    .or(Class::SUBORDINATOR)
                    .or(Class::COORDINATOR)
                    .or(Class::POSSESSIVE_PRONOUN)
                    .or(Class::ADVERB),
            ) || (token.end - token.start > 3
                && next.kind == TokenKind::Word
                && self.class(end + 1).any(Class::REPORTING));
            let initial = token.end - token.start == 2;
            let ends = closed_quotation || (function_word && !initial && !class.any(Class::ABBREVIATION_BEFORE));
            return (end, ends);
        }
        (end, !(loud && (closed_quotation || self.dash) && self.tag_follows(end)))
    }

    /// Whether the token at `at` closes what the terminator before it ended.
    fn closes(&self, at: usize) -> bool {
        let token = self.tokens[at];
        match token.kind {
            TokenKind::QuoteMark => match self.text(at) {
                "”" | "」" | "』" => true,
                "’" | "\"" | "'" | "''" => !token.has(flag::SPACE_BEFORE),
                // These open or close by the language; white space tells, and some set it inside too.
                "»" | "›" => !token.has(flag::SPACE_BEFORE) || self.space_before(at + 1),
                "«" | "‹" | "“" | "‘" => !token.has(flag::SPACE_BEFORE) && self.space_before(at + 1),
                _ => false,
            },
            TokenKind::Punctuation => {
                matches!(self.text(at), ")" | "]" | "!" | "?" | "." | "…") && !token.has(flag::SPACE_BEFORE)
            }
            _ => false,
        }
    }

    fn space_before(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.has(flag::SPACE_BEFORE) || token.kind == TokenKind::Punctuation)
    }

    /// Whether a capitalised subject and its reporting verb follow ("Ann asked", "Mr. Roe demanded"): then the mark
    /// before belongs to the quotation and not to the sentence.
    fn tag_follows(&self, at: usize) -> bool {
        (at..at + 5).any(|verb| {
            let class = self.class(verb);
            verb > at
                && class.any(Class::REPORTING)
                && !class.any(Class::TITLE)
                && (at..verb).all(|word| {
                    self.tokens[word].is_word()
                        && (self.tokens[word].has(flag::CAPITAL) || !self.class(word).any(Class::AUXILIARY))
                })
        })
    }
}
