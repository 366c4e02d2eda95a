//! The flat layers of a document: small `Copy` records that point at each other by index.

use crate::kind::{Gender, MentionKind, Number, QuoteKind, Rule};
use crate::segment::Segmentation;
use crate::span::Span;

/// Everything found in a text. `Document` is this and the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layers {
    pub(crate) segmentation: Segmentation,
    /// In text order by first part; an outer quotation before those inside it.
    pub(crate) quotes: Vec<QuoteRecord>,
    /// The parts of all quotes, in the order of the quotes; each quote has a run of them.
    pub(crate) parts: Vec<Span>,
    /// In text order, of two that begin together the longer first; one for a span.
    pub(crate) mentions: Vec<MentionRecord>,
    pub(crate) entities: Vec<EntityRecord>,
}

/// A run of records in another layer, half-open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Run {
    pub(crate) const fn new(start: u32, end: u32) -> Run {
        Run { start, end }
    }

    pub(crate) const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct QuoteRecord {
    pub(crate) kind: QuoteKind,
    /// In `Layers::parts`; at least one.
    pub(crate) parts: Run,
    pub(crate) cue: Option<CueRecord>,
    /// The words beside the quotation that name its speaker, in `Layers::mentions`.
    pub(crate) mention: Option<u32>,
    /// In `Layers::entities`.
    pub(crate) speaker: Option<u32>,
    pub(crate) addressee: Option<u32>,
    /// The smallest quotation around this one, in `Layers::quotes`.
    pub(crate) nested_in: Option<u32>,
    pub(crate) rule: Rule,
    pub(crate) confidence: f32,
}

/// The reporting words, and what they say about the report itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CueRecord {
    pub(crate) span: Span,
    /// Of saying, as against thinking, wanting, feeling.
    pub(crate) speech: bool,
    /// "did not say"
    pub(crate) negated: bool,
    /// "may say"
    pub(crate) possible: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MentionRecord {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    /// In `Layers::entities`; none for a pronoun that could not be resolved.
    pub(crate) entity: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntityRecord {
    /// The fullest name in the text, else the first noun phrase, else the pronoun.
    pub(crate) name: String,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    /// The words that show the gender, where something does: a title, a given name, a noun, a pronoun.
    pub(crate) gender_evidence: Option<Span>,
    /// Tells the story as "I".
    pub(crate) narrator: bool,
    /// The name of the member of the caller's cast that this entity is.
    pub(crate) cast: Option<String>,
}
