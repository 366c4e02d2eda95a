//! Text to paragraphs, sentences and tokens.
//!
//! Lines are grouped into paragraphs first ([`paragraph`]), by what the text itself shows of its layout. Then one pass
//! over the bytes of each paragraph cuts tokens ([`token`]), with unicode-segmentation where a word leaves ASCII, and
//! sentences are closed over the tokens ([`sentence`]).
//!
//! Neither words nor sentences are quite those of UAX #29: its words leave out the punctuation that quotations are made
//! of, its sentences end at every line of hard-wrapped prose and after "Mr.".

mod letters;
mod paragraph;
mod sentence;
mod token;

pub(crate) use token::{Token, flag, is_dash};

use crate::document::Run;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// The three layers, each in text order. Sentences lie in paragraphs, tokens in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Segmentation {
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) tokens: Vec<Token>,
}

/// From the first to the last token of a paragraph; there are no empty ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) span: Span,
    pub(crate) sentences: Run,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) tokens: Run,
}

impl Segmentation {
    /// The tokens of a paragraph, as a run.
    pub(crate) fn paragraph_tokens(&self, paragraph: Paragraph) -> Run {
        let sentences = &self.sentences[paragraph.sentences.range()];
        match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => Run::new(first.tokens.start, last.tokens.end),
            _ => Run::default(),
        }
    }
}

/// Segments `text`, whose length fits 32 bits.
pub(crate) fn segment(text: &str, lexicon: &Lexicon) -> Segmentation {
    let mut out = Segmentation { tokens: Vec::with_capacity(text.len() / 4 + 8), ..Segmentation::default() };
    for span in paragraph::spans(text) {
        let first_token = out.tokens.len();
        token::cut(text, span, lexicon, &mut out.tokens);
        let first_sentence = out.sentences.len();
        sentence::close(text, lexicon, &out.tokens, first_token, &mut out.sentences);
        if let (Some(first), Some(last)) = (out.tokens.get(first_token), out.tokens.last()) {
            out.paragraphs.push(Paragraph {
                span: first.span().cover(last.span()),
                sentences: Run::new(first_sentence as u32, out.sentences.len() as u32),
            });
        }
    }
    out.tokens.shrink_to_fit();
    out.sentences.shrink_to_fit();
    out.paragraphs.shrink_to_fit();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::new(&[]).unwrap()
    }

    fn tokens(text: &str) -> Vec<&str> {
        segment(text, &lexicon()).tokens.iter().map(|token| &text[token.span()]).collect()
    }

    fn sentences(text: &str) -> Vec<&str> {
        segment(text, &lexicon()).sentences.iter().map(|sentence| &text[sentence.span]).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(tokens("Mr. O’Neill didn’t go."), ["Mr.", "O’Neill", "did", "n’t", "go", "."]);
        assert_eq!(tokens("U.S. troops, 2.3 million"), ["U.S.", "troops", ",", "2.3", "million"]);
        assert_eq!(tokens("a well-known 54-year-old's dog"), ["a", "well-known", "54-year-old", "'s", "dog"]);
        assert_eq!(tokens("J.R.R. Tolkien and T. Roe"), ["J.R.R.", "Tolkien", "and", "T.", "Roe"]);
        assert_eq!(tokens("Zoë's café—no"), ["Zoë", "'s", "café", "—", "no"]);
        assert_eq!(
            tokens("''Yes,'' she said--``No''"),
            ["''", "Yes", ",", "''", "she", "said", "--", "``", "No", "''"]
        );
        assert_eq!(tokens("wait... what…"), ["wait", "...", "what", "…"]);
        assert_eq!(tokens("_very_ good"), ["very", "good"]);
        assert_eq!(tokens("'tis dogs' rock 'n' roll"), ["'", "tis", "dogs", "'", "rock", "'", "n", "'", "roll"]);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(sentences("Mr. Roe left. He ran."), ["Mr. Roe left.", "He ran."]);
        assert_eq!(sentences("“Who is it?” asked Ann. “Me.”"), ["“Who is it?” asked Ann.", "“Me.”"]);
        assert_eq!(sentences("“Who is it?” Ann asked. “Me.”"), ["“Who is it?” Ann asked.", "“Me.”"]);
        assert_eq!(sentences("“Go.” Ann went."), ["“Go.”", "Ann went."]);
        assert_eq!(sentences("He left the U.S. The army stayed."), ["He left the U.S.", "The army stayed."]);
        assert_eq!(sentences("The U.S. Senate met at 5 p.m. on Monday."), ["The U.S. Senate met at 5 p.m. on Monday."]);
        assert_eq!(
            sentences(
                "Prose that is wrapped at a fixed width goes\non at the next line as if nothing had come\nbetween. This is the second of two."
            ),
            [
                "Prose that is wrapped at a fixed width goes\non at the next line as if nothing had come\nbetween.",
                "This is the second of two."
            ]
        );
    }

    #[test]
    fn paragraphs_follow_the_layout() {
        let count = |text: &str| segment(text, &lexicon()).paragraphs.len();
        assert_eq!(count("A first line that is about this long,\nand then a second.\n\nAnother one.\n"), 2);
        assert_eq!(count("One line is one paragraph here.\n“Yes,” she said.\n“No.”\n"), 3);
        assert_eq!(count("\r\n\r\nA.\r\n\r\nB.\r\n"), 2);
        assert_eq!(count(" \n\t\n"), 0);
    }
}
