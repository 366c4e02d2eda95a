//! [`Frame`]: a sentence of the narration, with the quotations in it taken as one piece each.

use super::Quotations;
use crate::document::Run;
use crate::segment::Segmentation;

/// The tokens of a sentence as narration sees it: `“Go. Go now,” she said.` is one frame, of two sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) tokens: Run,
    pub(crate) paragraph: u32,
    /// The quotation whose words these are, for sentences that quote inside a quotation.
    pub(crate) inside: Option<u32>,
}

/// The frames of a text: its sentences in order, joined where the end of one lies inside a quotation. Behind them the
/// frames inside those quotations that hold others.
pub(crate) fn frames(segmentation: &Segmentation, quotations: &Quotations) -> Vec<Frame> {
    let mut out: Vec<Frame> = Vec::with_capacity(segmentation.sentences.len());
    for (at, paragraph) in segmentation.paragraphs.iter().enumerate() {
        let sentences = segmentation.sentences[paragraph.sentences.range()].iter().map(|sentence| sentence.tokens);
        join(sentences, quotations, at as u32, None, &mut out);
    }
    let mut read = vec![false; quotations.list.len()];
    for parent in quotations.list.iter().filter_map(|quotation| quotation.parent) {
        if std::mem::replace(&mut read[parent as usize], true) {
            continue;
        }
        let quotation = quotations.get(parent);
        let paragraph = segmentation.paragraphs[quotation.paragraph as usize];
        let inner = quotation.inner;
        let sentences = &segmentation.sentences[paragraph.sentences.range()];
        let first = sentences.partition_point(|sentence| sentence.tokens.end <= inner.start);
        let inside = sentences[first..].iter().take_while(|sentence| sentence.tokens.start < inner.end);
        let clipped =
            inside.map(|sentence| Run::new(sentence.tokens.start.max(inner.start), sentence.tokens.end.min(inner.end)));
        join(clipped, quotations, quotation.paragraph, Some(parent), &mut out);
    }
    out
}

/// Appends the frames of one paragraph or quotation.
fn join(
    sentences: impl Iterator<Item = Run>,
    quotations: &Quotations,
    paragraph: u32,
    inside: Option<u32>,
    out: &mut Vec<Frame>,
) {
    let first = out.len();
    for tokens in sentences {
        let start = tokens.start;
        let goes_on = out.len() > first && {
            let quotation = quotations.inside(start, inside);
            quotation.is_some() && quotation == quotations.inside(start - 1, inside)
        };
        match out.last_mut() {
            Some(frame) if goes_on => frame.tokens.end = tokens.end,
            _ => out.push(Frame { tokens, paragraph, inside }),
        }
    }
}
