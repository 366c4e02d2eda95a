//! [`Paragraph`], [`Sentence`], [`Token`]: the text cut into pieces.

use std::fmt;

use super::{At, debug_stretch, views};
use crate::kind::TokenKind;
use crate::segment;
use crate::span::Span;

/// A paragraph of a [`Document`](crate::Document).
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Is it shut?”\n\n“It stays shut,” said Okafor.")?;
/// let second = document.paragraphs().nth(1).expect("there are two");
/// assert_eq!(second.index(), 1);
/// assert_eq!(second.text(), "“It stays shut,” said Okafor.");
/// assert_eq!(second.span().end() as usize, document.text().len());
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paragraph<'d>(pub(in crate::document) At<'d>);

impl<'d> Paragraph<'d> {
    /// Its place among the paragraphs of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let indices: Vec<usize> = document.paragraphs().map(|paragraph| paragraph.index()).collect();
    /// assert_eq!(indices, [0, 1]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// Where it stands, in bytes of the document's text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let last = document.paragraphs().next_back().expect("there is one");
    /// assert_eq!(&document.text()[last.span()], "It is.");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let texts: Vec<&str> = document.paragraphs().map(|paragraph| paragraph.text()).collect();
    /// assert_eq!(texts, ["Is it shut?", "It is."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.text(self.span())
    }

    /// Its sentences, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. It stays shut.")?;
    /// let paragraph = document.paragraphs().next().expect("there is text");
    /// assert_eq!(paragraph.sentences().len(), 2);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentences(self) -> impl ExactSizeIterator<Item = Sentence<'d>> + DoubleEndedIterator + Clone {
        let run = self.record().sentences;
        views(self.0.doc, run.start..run.end, Sentence)
    }

    fn record(self) -> &'d segment::Paragraph {
        &self.0.doc.layers.segmentation.paragraphs[self.index()]
    }
}

impl fmt::Debug for Paragraph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_stretch(f, "Paragraph", self.span(), self.text())
    }
}

/// A sentence of a [`Document`](crate::Document).
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("The bridge is old. It stays shut.")?;
/// let second = document.sentences().nth(1).expect("there are two");
/// assert_eq!(second.index(), 1);
/// assert_eq!(second.text(), "It stays shut.");
/// assert_eq!(second.span().range(), 19..33);
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sentence<'d>(pub(in crate::document) At<'d>);

impl<'d> Sentence<'d> {
    /// Its place among the sentences of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let indices: Vec<usize> = document.sentences().map(|sentence| sentence.index()).collect();
    /// assert_eq!(indices, [0, 1]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// Where it stands, in bytes of the document's text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let last = document.sentences().next_back().expect("there is one");
    /// assert_eq!(&document.text()[last.span()], "It is.");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Is it shut?\n\nIt is.")?;
    /// let texts: Vec<&str> = document.sentences().map(|sentence| sentence.text()).collect();
    /// assert_eq!(texts, ["Is it shut?", "It is."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.text(self.span())
    }

    /// Its tokens, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It stays shut.")?;
    /// let sentence = document.sentences().next().expect("there is text");
    /// assert_eq!(sentence.tokens().map(|token| token.text()).next_back(), Some("."));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn tokens(self) -> impl ExactSizeIterator<Item = Token<'d>> + DoubleEndedIterator + Clone {
        let run = self.record().tokens;
        views(self.0.doc, run.start..run.end, Token)
    }

    /// The paragraph that it belongs to.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. It stays shut.")?;
    /// assert!(document.sentences().all(|sentence| sentence.paragraph().index() == 0));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn paragraph(self) -> Paragraph<'d> {
        let paragraphs = &self.0.doc.layers.segmentation.paragraphs;
        let before = paragraphs.partition_point(|paragraph| paragraph.sentences.end <= self.0.index);
        Paragraph(self.0.to(before as u32))
    }

    fn record(self) -> &'d segment::Sentence {
        &self.0.doc.layers.segmentation.sentences[self.index()]
    }
}

impl fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_stretch(f, "Sentence", self.span(), self.text())
    }
}

/// A word, number or mark of a [`Document`](crate::Document); [`Document::tokens`](crate::Document::tokens) tells what
/// is in none.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("It stays shut.")?;
/// let token = document.tokens().nth(1).expect("there are four");
/// assert_eq!(token.index(), 1);
/// assert_eq!(token.text(), "stays");
/// assert_eq!(token.span().range(), 3..8);
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token<'d>(pub(in crate::document) At<'d>);

impl<'d> Token<'d> {
    /// Its place among the tokens of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It is.")?;
    /// let indices: Vec<usize> = document.tokens().map(|token| token.index()).collect();
    /// assert_eq!(indices, [0, 1, 2]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// Where it stands, in bytes of the document's text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It is.")?;
    /// let last = document.tokens().next_back().expect("there is one");
    /// assert_eq!(&document.text()[last.span()], ".");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.record().span()
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It is.")?;
    /// let texts: Vec<&str> = document.tokens().map(|token| token.text()).collect();
    /// assert_eq!(texts, ["It", "is", "."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.text(self.span())
    }

    /// What it is: a word, a number, a mark.
    ///
    /// ```
    /// use whosaid::{Document, TokenKind};
    ///
    /// let document = Document::new("It stays shut.")?;
    /// let words = document.tokens().filter(|token| token.kind() == TokenKind::Word);
    /// assert_eq!(words.count(), 3);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn kind(self) -> TokenKind {
        self.record().kind
    }

    /// The sentence that it belongs to.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. It stays shut.")?;
    /// let last = document.tokens().next_back().expect("there is text");
    /// assert_eq!(last.sentence().index(), 1);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentence(self) -> Sentence<'d> {
        let sentences = &self.0.doc.layers.segmentation.sentences;
        let before = sentences.partition_point(|sentence| sentence.tokens.end <= self.0.index);
        Sentence(self.0.to(before as u32))
    }

    fn record(self) -> segment::Token {
        self.0.doc.layers.segmentation.tokens[self.index()]
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("span", &self.span())
            .field("text", &self.text())
            .field("kind", &self.kind())
            .finish()
    }
}
