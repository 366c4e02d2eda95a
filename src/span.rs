//! [`Span`]: where something stands in a text.
//!
//! Everything this crate says about a text is said in spans of it, so a span is small (8 bytes), `Copy`, and keeps one
//! invariant, `start <= end`, that no caller can break.

use std::fmt;
use std::ops::{Index, Range};

/// A stretch of a text in UTF-8 byte offsets, half-open: `start` is its first byte, `end` the byte after its last.
///
/// Spans that a [`Document`](crate::Document) hands out always lie on character boundaries of its text.
///
/// ```
/// use whosaid::Span;
///
/// let text = "“No,” said Ada.";
/// let span = Span::new(0, 9);
/// assert_eq!(&text[span], "“No,”");
/// assert_eq!(span.len(), 9);
/// assert!(span.contains(3) && !span.contains(9));
/// assert_eq!(format!("{span:?}"), "0..9");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes the span `start..end`.
    ///
    /// # Panics
    ///
    /// Panics if `start > end`.
    ///
    /// ```
    /// use whosaid::Span;
    /// const FIRST: Span = Span::new(0, 3);
    /// assert_eq!((FIRST.start(), FIRST.end(), FIRST.len(), FIRST.is_empty()), (0, 3, 3, false));
    /// ```
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span starts no later than it ends");
        Span { start, end }
    }

    /// The first byte.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert_eq!(Span::new(2, 9).start(), 2);
    /// ```
    #[inline]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last one.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert_eq!(Span::new(2, 9).end(), 9);
    /// ```
    #[inline]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert_eq!(Span::new(2, 9).len(), 7);
    /// ```
    #[inline]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert!(Span::new(2, 2).is_empty());
    /// ```
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies inside.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert!(Span::new(2, 9).contains(2) && !Span::new(2, 9).contains(9));
    /// ```
    #[inline]
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies inside.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert!(Span::new(2, 9).contains_span(Span::new(2, 4)));
    /// assert!(!Span::new(2, 9).contains_span(Span::new(8, 10)));
    /// ```
    #[inline]
    pub const fn contains_span(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert!(Span::new(2, 9).overlaps(Span::new(8, 10)));
    /// assert!(!Span::new(2, 9).overlaps(Span::new(9, 10)), "they touch");
    /// ```
    #[inline]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    ///
    /// ```
    /// use whosaid::Span;
    /// assert_eq!(Span::new(2, 4).cover(Span::new(7, 9)), Span::new(2, 9));
    /// ```
    #[inline]
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch as a range of `usize`, for slicing.
    ///
    /// ```
    /// use whosaid::Span;
    /// let span = Span::new(0, 3);
    /// assert_eq!("“No”".get(span.range()), Some(&"“No”"[span]));
    /// ```
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

impl Index<Span> for str {
    type Output = str;

    /// # Panics
    ///
    /// Panics if the span ends after the text or does not lie on character boundaries, as a range would.
    #[inline]
    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::Span;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, SerializeStruct, Serializer};

    impl Serialize for Span {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut out = serializer.serialize_struct("Span", 2)?;
            out.serialize_field("start", &self.start)?;
            out.serialize_field("end", &self.end)?;
            out.end()
        }
    }

    impl<'de> Deserialize<'de> for Span {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            #[derive(serde::Deserialize)]
            #[serde(rename = "Span")]
            struct Raw {
                start: u32,
                end: u32,
            }
            let Raw { start, end } = Raw::deserialize(deserializer)?;
            if start > end {
                return Err(D::Error::custom(format!("span {start}..{end} ends before it starts")));
            }
            Ok(Span { start, end })
        }
    }
}
