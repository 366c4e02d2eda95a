//! What a document hands out: views, each a reference to the document and an index.
//!
//! A view is two words, `Copy`, and lives as long as its document is borrowed. Two are equal if they are the same thing
//! in the same document, so that a speaker can be compared with `==` and be the key of a map.

mod entity;
mod quote;
mod segment;
mod text;

pub use entity::{Entity, Mention};
pub use quote::{Cue, Evidence, Quote};
pub use segment::Segment;
pub use text::{Paragraph, Sentence, Token};

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::ptr;

use super::Document;
use crate::span::Span;

/// Where a view looks: a record of some layer of a document.
#[derive(Clone, Copy)]
pub(super) struct At<'d> {
    pub(super) doc: &'d Document<'d>,
    pub(super) index: u32,
}

impl<'d> At<'d> {
    fn index(self) -> usize {
        self.index as usize
    }

    /// Another record of the same document.
    fn to(self, index: u32) -> At<'d> {
        At { index, ..self }
    }

    fn text(self, span: Span) -> &'d str {
        &self.doc.text[span.range()]
    }
}

impl PartialEq for At<'_> {
    fn eq(&self, other: &At<'_>) -> bool {
        ptr::eq(self.doc, other.doc) && self.index == other.index
    }
}

impl Eq for At<'_> {}

impl Hash for At<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

/// Views of consecutive records.
pub(super) fn views<'d, V>(
    doc: &'d Document<'d>,
    indices: Range<u32>,
    view: fn(At<'d>) -> V,
) -> impl ExactSizeIterator<Item = V> + DoubleEndedIterator + Clone {
    indices.map(move |index| view(At { doc, index }))
}

/// Views of the records with the given indices.
fn listed<'d, V>(
    doc: &'d Document<'d>,
    indices: &'d [u32],
    view: fn(At<'d>) -> V,
) -> impl ExactSizeIterator<Item = V> + DoubleEndedIterator + Clone {
    indices.iter().map(move |&index| view(At { doc, index }))
}

/// `text` with every run of white space as one space: names and clauses break over lines in wrapped texts.
fn one_line(text: &str) -> Cow<'_, str> {
    let broken = text.contains("  ") || text.contains(|c: char| c.is_whitespace() && c != ' ');
    if broken { text.split_whitespace().collect::<Vec<_>>().join(" ").into() } else { text.into() }
}

/// Debug output of a view that is a stretch of text and no more.
fn debug_stretch(f: &mut fmt::Formatter<'_>, name: &str, span: Span, text: &str) -> fmt::Result {
    f.debug_struct(name).field("span", &span).field("text", &text).finish()
}
