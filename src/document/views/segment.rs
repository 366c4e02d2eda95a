//! [`Segment`]: a stretch of text in one voice.

use std::fmt;

use super::{At, Quote};
use crate::kind::SegmentKind;
use crate::span::Span;

/// A stretch of text in one voice: narration, or one part of a direct quotation.
///
/// ```
/// use whosaid::{Document, SegmentKind};
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let segment = document.segments().nth(1).expect("there are two");
/// assert_eq!(segment.index(), 1);
/// assert_eq!(segment.kind(), SegmentKind::Narration);
/// assert_eq!((segment.text(), segment.span().range()), (" said Okafor.", 10..23));
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Segment<'d> {
    pub(in crate::document) at: At<'d>,
    pub(in crate::document) span: Span,
    pub(in crate::document) quote: Option<u32>,
}

impl<'d> Segment<'d> {
    /// Its place among the segments of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let indices: Vec<usize> = document.segments().map(|segment| segment.index()).collect();
    /// assert_eq!(indices, [0, 1]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.at.index()
    }

    /// Where it stands, in bytes of the document's text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let last = document.segments().next_back().expect("there is one");
    /// assert_eq!(&document.text()[last.span()], " said Okafor.");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.span
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let texts: Vec<&str> = document.segments().map(|segment| segment.text()).collect();
    /// assert_eq!(texts, ["“Yes,”", " said Okafor."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.at.text(self.span)
    }

    /// Whether the text itself speaks, or somebody quoted.
    ///
    /// ```
    /// use whosaid::{Document, SegmentKind};
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let kinds: Vec<SegmentKind> = document.segments().map(|segment| segment.kind()).collect();
    /// assert_eq!(kinds, [SegmentKind::Quote, SegmentKind::Narration]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn kind(self) -> SegmentKind {
        if self.quote.is_some() { SegmentKind::Quote } else { SegmentKind::Narration }
    }

    /// The quotation that it is a part of; none for narration.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“No,” said Okafor, “it stays shut.”")?;
    /// let quotes: Vec<_> = document.segments().map(|segment| segment.quote()).collect();
    /// assert_eq!(quotes, [document.quote(0), None, document.quote(0)]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quote(self) -> Option<Quote<'d>> {
        self.quote.map(|index| Quote(self.at.to(index)))
    }
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("kind", &self.kind())
            .field("span", &self.span)
            .field("text", &self.text())
            .finish()
    }
}
