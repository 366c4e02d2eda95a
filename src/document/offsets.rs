//! [`OffsetMap`]: byte offsets told in characters and in UTF-16 units, for callers in other languages, and
//! back.
//!
//! Python counts characters, Java and JavaScript count UTF-16 units. Both are counts over the bytes before an offset, so
//! one checkpoint a block and a count inside the block give every answer exactly, in 16 bytes per 512 of text.

use std::fmt;
use std::ops::Range;

use crate::error::{Error, Kind};
use crate::span::Span;

/// Bytes between two checkpoints.
const BLOCK: usize = 512;

/// Converts byte offsets of a text to offsets in characters (Python) and in UTF-16 units (Java, JavaScript).
///
/// Built in one pass over the text; a conversion takes constant time.
///
/// ```
/// use whosaid::{OffsetMap, Span};
///
/// let text = "😀 “Yes”";
/// let map = OffsetMap::new(text);
/// let quoted = Span::new(5, 14);
/// assert_eq!(&text[quoted], "“Yes”");
/// assert_eq!(map.chars(quoted), 2..7);
/// assert_eq!(map.utf16(quoted), 3..8);
/// ```
#[derive(Clone)]
pub struct OffsetMap<'t> {
    text: &'t str,
    /// What stands before each multiple of `BLOCK`.
    before: Vec<Count>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    chars: usize,
    /// Characters of two UTF-16 units, among `chars`.
    wide: usize,
}

impl Count {
    /// Counts the characters that begin in `bytes`.
    fn of(bytes: &[u8]) -> Count {
        // Separate sums of single bytes, so that both loops become vector code.
        Count {
            chars: bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count(),
            wide: bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
        }
    }

    fn plus(self, other: Count) -> Count {
        Count { chars: self.chars + other.chars, wide: self.wide + other.wide }
    }
}

impl<'t> OffsetMap<'t> {
    /// Makes the map of `text`, in one pass. For the text of a document, see
    /// [`Document::offset_map`](crate::Document::offset_map).
    ///
    /// ```
    /// use whosaid::{OffsetMap, Span};
    ///
    /// assert_eq!(OffsetMap::new("é!").chars(Span::new(2, 3)), 1..2);
    /// ```
    pub fn new(text: &'t str) -> Self {
        let mut before = vec![Count::default()];
        let mut total = Count::default();
        for block in text.as_bytes().chunks_exact(BLOCK) {
            total = total.plus(Count::of(block));
            before.push(total);
        }
        OffsetMap { text, before }
    }

    /// The span counted in characters (Unicode scalar values), half-open like the span.
    ///
    /// # Panics
    ///
    /// Panics if the span ends after the text.
    ///
    /// ```
    /// use whosaid::{OffsetMap, Span};
    ///
    /// assert_eq!(OffsetMap::new("“Yes”").chars(Span::new(3, 6)), 1..4);
    /// ```
    pub fn chars(&self, span: Span) -> Range<usize> {
        self.at(span.start()).chars..self.at(span.end()).chars
    }

    /// The span counted in UTF-16 code units, half-open like the span.
    ///
    /// # Panics
    ///
    /// Panics if the span ends after the text.
    ///
    /// ```
    /// use whosaid::{OffsetMap, Span};
    ///
    /// assert_eq!(OffsetMap::new("😀!").utf16(Span::new(4, 5)), 2..3);
    /// ```
    pub fn utf16(&self, span: Span) -> Range<usize> {
        let units = |count: Count| count.chars + count.wide;
        units(self.at(span.start()))..units(self.at(span.end()))
    }

    /// The span whose characters are counted: the way back from [`chars`](OffsetMap::chars), for offsets that come from
    /// Python.
    ///
    /// # Errors
    ///
    /// [`Error::is_offset`] for a range that ends before it starts or after the text.
    ///
    /// ```
    /// use whosaid::{OffsetMap, Span};
    ///
    /// let map = OffsetMap::new("😀 “Yes”");
    /// assert_eq!(map.span_of_chars(2..7)?, Span::new(5, 14));
    /// assert!(map.span_of_chars(2..8).unwrap_err().is_offset());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span_of_chars(&self, range: Range<usize>) -> Result<Span, Error> {
        self.span("characters", range, |count| count.chars)
    }

    /// The span whose UTF-16 units are counted: the way back from [`utf16`](OffsetMap::utf16), for offsets that come from
    /// Java or JavaScript.
    ///
    /// # Errors
    ///
    /// [`Error::is_offset`] for a range that ends before it starts or after the text, or that parts the two units of a
    /// character.
    ///
    /// ```
    /// use whosaid::{OffsetMap, Span};
    ///
    /// let map = OffsetMap::new("😀 “Yes”");
    /// assert_eq!(map.span_of_utf16(3..8)?, Span::new(5, 14));
    /// assert_eq!(map.span_of_utf16(1..3).unwrap_err().to_string(), "UTF-16 unit 1 is the second half of a character");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span_of_utf16(&self, range: Range<usize>) -> Result<Span, Error> {
        self.span("UTF-16 units", range, |count| count.chars + count.wide)
    }

    /// The span of a range in the units that `units` counts.
    fn span(&self, unit: &'static str, range: Range<usize>, units: fn(Count) -> usize) -> Result<Span, Error> {
        let Range { start, end } = range;
        let place = |wanted| (start <= end).then(|| self.byte(wanted, units)).flatten();
        let (Some((first, before)), Some((last, behind))) = (place(start), place(end)) else {
            let count = units(self.at(self.text.len() as u32));
            return Err(Kind::RangeOutside { unit, start, end, count }.into());
        };
        for (wanted, found) in [(start, before), (end, behind)] {
            if wanted != found {
                return Err(Kind::InsideCharacter(wanted).into());
            }
        }
        Ok(Span::new(first, last))
    }

    /// The first character boundary with at least `wanted` units before it, and how many there are.
    fn byte(&self, wanted: usize, units: fn(Count) -> usize) -> Option<(u32, usize)> {
        let block = self.before.partition_point(|&before| units(before) <= wanted) - 1;
        // The checkpoint may lie inside a character, which is counted before it.
        let mut offset = block * BLOCK;
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        let mut count = self.before[block];
        for c in self.text[offset..].chars() {
            if units(count) >= wanted {
                return Some((offset as u32, units(count)));
            }
            offset += c.len_utf8();
            count = count.plus(Count { chars: 1, wide: usize::from(c.len_utf8() == 4) });
        }
        (units(count) >= wanted).then_some((offset as u32, units(count)))
    }

    fn at(&self, offset: u32) -> Count {
        let offset = offset as usize;
        let block = offset / BLOCK;
        self.before[block].plus(Count::of(&self.text.as_bytes()[block * BLOCK..offset]))
    }
}

impl fmt::Debug for OffsetMap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OffsetMap").field("bytes", &self.text.len()).field("checkpoints", &self.before.len()).finish()
    }
}
