//! Stretches of a text in bytes: trimmed, joined, and measured against each other.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Bytes = (usize, usize);

fn is_worded(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Without what is neither a letter nor a digit at both ends, so that marks never matter; where nothing would be left,
/// without white space and quotation marks, and where even then nothing would, as it is.
fn trim(text: &str, (start, end): Bytes) -> Bytes {
    let part = &text[start..end];
    let worded = is_worded(part);
    let is_outer =
        |c: char| if worded { !c.is_alphanumeric() } else { " \t\r\n\u{a0}\"'`“”‘’„«»".contains(c) };
    let trimmed = (end - part.trim_start_matches(is_outer).len(), start + part.trim_end_matches(is_outer).len());
    if trimmed.0 < trimmed.1 { trimmed } else { (start, end) }
}

/// Trimmed, in order, disjoint; those with no letter or digit between them are joined.
pub(crate) fn tidy(text: &str, spans: impl IntoIterator<Item = Bytes>) -> Vec<Bytes> {
    let mut trimmed: Vec<Bytes> = spans.into_iter().map(|span| trim(text, span)).collect();
    trimmed.sort_unstable();
    join(trimmed, |last, next| next <= last || !is_worded(&text[last..next]))
}

/// In order, disjoint.
pub(crate) fn union(spans: impl IntoIterator<Item = Bytes>) -> Vec<Bytes> {
    let mut spans: Vec<Bytes> = spans.into_iter().collect();
    spans.sort_unstable();
    join(spans, |last, next| next <= last)
}

fn join(sorted: Vec<Bytes>, meet: impl Fn(usize, usize) -> bool) -> Vec<Bytes> {
    let mut out: Vec<Bytes> = Vec::with_capacity(sorted.len());
    for (start, end) in sorted {
        match out.last_mut() {
            Some(last) if meet(last.1, start) => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// Trimmed, and cut at blank lines: paragraphs count one by one, whether they are written as one span or as several.
pub(crate) fn paragraphs(text: &str, spans: impl IntoIterator<Item = Bytes>) -> Vec<Bytes> {
    let mut out = Vec::new();
    for span in spans {
        let mut add = |piece: Bytes| {
            if is_worded(&text[piece.0..piece.1]) || piece == span {
                out.push(trim(text, piece));
            }
        };
        let mut start = span.0;
        for (at, _) in text[span.0..span.1].match_indices('\n') {
            let at = span.0 + at;
            if text[at + 1..span.1].trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
                add((start, at));
                start = at + 1;
            }
        }
        add((start, span.1));
    }
    out.sort_unstable();
    out
}

pub(crate) fn size(spans: &[Bytes]) -> usize {
    spans.iter().map(|span| span.1 - span.0).sum()
}

pub(crate) fn overlap(a: Bytes, b: Bytes) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// How many bytes two lists of disjoint spans in order have in common.
pub(crate) fn common(a: &[Bytes], b: &[Bytes]) -> usize {
    let (mut i, mut j, mut bytes) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        bytes += overlap(a[i], b[j]);
        if a[i].1 <= b[j].1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    bytes
}

/// The Jaccard index: bytes in common, of the bytes of both.
pub(crate) fn jaccard(common: usize, a: usize, b: usize) -> f64 {
    common as f64 / (a + b - common) as f64
}

/// Tells how much of a span some other spans cover.
pub(crate) struct Cover {
    spans: Vec<Bytes>,
    /// How many bytes they cover before each.
    before: Vec<usize>,
}

impl Cover {
    pub(crate) fn new(spans: impl IntoIterator<Item = Bytes>) -> Cover {
        let spans = union(spans);
        let sums = spans.iter().scan(0, |sum, span| {
            *sum += span.1 - span.0;
            Some(*sum)
        });
        let before = std::iter::once(0).chain(sums).collect();
        Cover { spans, before }
    }

    pub(crate) fn bytes(&self, span: Bytes) -> usize {
        self.up_to(span.1) - self.up_to(span.0)
    }

    fn up_to(&self, at: usize) -> usize {
        let n = self.spans.partition_point(|span| span.0 <= at);
        let beyond = if n == 0 { 0 } else { self.spans[n - 1].1.saturating_sub(at) };
        self.before[n] - beyond
    }
}

/// Tells which spans, each with something that belongs to it, overlap another.
pub(crate) struct Overlaps<T> {
    spans: Vec<(Bytes, T)>,
    /// The furthest end so far: where a search to the left may stop.
    reach: Vec<usize>,
}

impl<T: Copy> Overlaps<T> {
    pub(crate) fn new(mut spans: Vec<(Bytes, T)>) -> Overlaps<T> {
        spans.sort_by_key(|&(span, _)| span);
        let reach = spans.iter().scan(0, |reach, (span, _)| {
            *reach = span.1.max(*reach);
            Some(*reach)
        });
        let reach = reach.collect();
        Overlaps { spans, reach }
    }

    pub(crate) fn with(&self, span: Bytes) -> impl Iterator<Item = (Bytes, T)> {
        let end = self.spans.partition_point(|(other, _)| other.0 < span.1);
        let near = (0..end).rev().take_while(move |&n| self.reach[n] > span.0);
        near.map(|n| self.spans[n]).filter(move |(other, _)| other.1 > span.0)
    }
}

/// Cuts spans into disjoint pieces, each with what belongs to the smallest span around it.
pub(crate) fn owners(spans: &[(Bytes, usize)]) -> Vec<(Bytes, usize)> {
    let mut events: BTreeMap<usize, Vec<(bool, usize)>> = BTreeMap::new();
    for (n, (span, _)) in spans.iter().enumerate() {
        events.entry(span.0).or_default().push((true, n));
        events.entry(span.1).or_default().push((false, n));
    }
    let (mut pieces, mut open, mut last) = (Vec::new(), BTreeSet::<(usize, usize)>::new(), 0);
    for (at, events) in events {
        if let Some(&(_, n)) = open.first() {
            pieces.push(((last, at), spans[n].1));
        }
        for (opens, n) in events {
            let length = spans[n].0.1 - spans[n].0.0;
            if opens {
                open.insert((length, n));
            } else {
                open.remove(&(length, n));
            }
        }
        last = at;
    }
    pieces
}
