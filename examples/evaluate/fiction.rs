//! Fiction: are the direct quotations found, and is it known who speaks each?

use std::collections::{BTreeMap, HashSet};

use whosaid::{Document, Quote, QuoteKind};

use crate::gold::{Gold, How};
use crate::measures::{Answers, Attributed, Found};
use crate::people::{Who, bytes, speakers};
use crate::spans::{Bytes, Overlaps, overlap, owners, paragraphs, size, union};

#[derive(Default)]
pub(crate) struct Fiction {
    pub(crate) documents: usize,
    /// Paragraphs of quotations whose trimmed bounds are right.
    pub(crate) spans: Found,
    pub(crate) all: Attributed,
    pub(crate) explicit: Attributed,
    pub(crate) anaphoric: Attributed,
    pub(crate) implicit: Attributed,
    /// The speakers.
    pub(crate) answers: Answers,
}

impl Fiction {
    pub(crate) fn add(&mut self, gold: &Gold, document: &Document<'_>, cast: bool) {
        self.documents += 1;
        let text = &gold.text;
        let quotes: Vec<Quote<'_>> = document.quotes().filter(|quote| quote.kind() != QuoteKind::None).collect();
        let speakers = speakers(gold, document, &quotes, cast);
        let mut predicted: Vec<(Bytes, usize)> = Vec::new();
        for (n, quote) in quotes.iter().enumerate() {
            if matches!(quote.kind(), QuoteKind::Direct | QuoteKind::Mixed) {
                predicted.extend(paragraphs(text, quote.parts().map(bytes)).into_iter().map(|span| (span, n)));
            }
        }
        let gold_spans: HashSet<Bytes> =
            gold.quotes.iter().flat_map(|quote| paragraphs(text, quote.spans.iter().copied())).collect();
        let found: HashSet<Bytes> = predicted.iter().map(|&(span, _)| span).collect();
        let right = gold_spans.intersection(&found).count();
        self.spans.gold += gold_spans.len();
        self.spans.predicted += found.len();
        self.spans.right_gold += right;
        self.spans.right_predicted += right;

        let pieces = Overlaps::new(owners(&predicted));
        for quote in &gold.quotes {
            let Some(speaker) = quote.speaker.as_deref() else { continue };
            let spans = union(paragraphs(text, quote.spans.iter().copied()));
            let mut by_quote: BTreeMap<usize, usize> = BTreeMap::new();
            for &span in &spans {
                for (piece, n) in pieces.with(span) {
                    *by_quote.entry(n).or_default() += overlap(span, piece);
                }
            }
            let answer = (2 * by_quote.values().sum::<usize>() >= size(&spans))
                .then(|| answer(&by_quote, &speakers))
                .flatten()
                .map(|(who, n)| (who == Who::Person(speaker), quotes[n].confidence()));
            let rows = match quote.how {
                Some(How::Explicit) => [Some(&mut self.explicit), Some(&mut self.all)],
                Some(How::Anaphoric) => [Some(&mut self.anaphoric), Some(&mut self.all)],
                Some(How::Implicit) => [Some(&mut self.implicit), Some(&mut self.all)],
                None => [None, Some(&mut self.all)],
            };
            for row in rows.into_iter().flatten() {
                row.add(answer.is_some(), answer.is_some_and(|(right, _)| right));
            }
            if let Some((right, confidence)) = answer {
                self.answers.push(confidence, right);
            }
        }
    }
}

/// The speaker of most of the bytes, if that is somebody, and the largest quotation that he has of them.
fn answer<'g>(by_quote: &BTreeMap<usize, usize>, speakers: &[Option<Who<'g>>]) -> Option<(Who<'g>, usize)> {
    let mut by_speaker: BTreeMap<Option<Who<'g>>, usize> = BTreeMap::new();
    for (&n, bytes) in by_quote {
        *by_speaker.entry(speakers[n]).or_default() += bytes;
    }
    // Of equals the first, here and below.
    let (who, _) = by_speaker.into_iter().rev().max_by_key(|&(_, bytes)| bytes)?;
    let own = by_quote.iter().rev().filter(|&(&n, _)| speakers[n] == who);
    let (&n, _) = own.max_by_key(|&(_, bytes)| bytes)?;
    Some((who?, n))
}
