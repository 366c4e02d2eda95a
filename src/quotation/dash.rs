//! Dialogue that dashes introduce, as Joyce and much translated fiction print it: — Hello, said Ana.
//!
//! A dash opens a paragraph in lists and under mottoes too. So the text must show the convention: several paragraphs that
//! open with a dash, tags among them, and hardly any other marks of quotation. Where the speech ends, its tag tells.

use super::Quotation;
use super::tags::Tags;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::Class;
use crate::segment::{self, Segmentation};

/// Whether the dialogue of a text stands behind dashes.
pub(super) fn is_convention(tags: Tags<'_>, segmentation: &Segmentation) -> bool {
    let (mut dashes, mut spoken, mut told, mut marked) = (0u32, 0u32, 0u32, 0u32);
    for &paragraph in &segmentation.paragraphs {
        let run = segmentation.paragraph_tokens(paragraph);
        let first = segmentation.tokens[run.start as usize];
        marked += u32::from(first.kind == TokenKind::QuoteMark);
        if !opens(tags, run) {
            continue;
        }
        dashes += 1;
        let tag = (run.start + 2..run.end).any(|at| tag_at(tags, at, run.end));
        let loud = (run.start + 2..run.end).any(|at| matches!(tags.text(at), "?" | "!"));
        told += u32::from(tag);
        spoken += u32::from(tag || loud);
    }
    dashes >= 2 && told > 0 && 4 * spoken >= dashes && dashes >= 4 * marked
}

/// Whether a paragraph opens with a dash and words.
pub(super) fn opens(tags: Tags<'_>, run: Run) -> bool {
    run.end > run.start + 1
        && is_dash(tags, run.start)
        && match tags.tokens[run.start as usize + 1].kind {
            TokenKind::Word | TokenKind::Punctuation => true,
            TokenKind::QuoteMark => matches!(tags.text(run.start + 1), "’" | "'"),
            _ => false,
        }
}

/// Where the first speech of a paragraph begins: at its start, or behind a sentence of narration (She turned. — Eat, she
/// said.), with a tag.
pub(super) fn begins(tags: Tags<'_>, run: Run) -> Option<u32> {
    if opens(tags, run) {
        return Some(run.start);
    }
    let dash = (run.start + 1..run.end).find(|&at| {
        is_dash(tags, at) && matches!(tags.text(at - 1), "." | "!" | "?") && opens(tags, Run::new(at, run.end))
    })?;
    (dash + 2..run.end).any(|at| tag_at(tags, at, run.end)).then_some(dash)
}

fn is_dash(tags: Tags<'_>, at: u32) -> bool {
    tags.text(at) == "-" || segment::is_dash(tags.text(at))
}

/// Whether a tag begins at `at`, behind a mark that lets one follow.
fn tag_at(tags: Tags<'_>, at: u32, end: u32) -> bool {
    (matches!(tags.text(at - 1), "," | "?" | "!" | "…" | "..." | ".") || is_dash(tags, at - 1))
        && tags.at(at, end).is_some()
}

/// Appends the quotations of `run`, which opens with a dash and ends with its paragraph.
pub(super) fn find(tags: Tags<'_>, run: Run, paragraph: u32, out: &mut Vec<Quotation>) {
    let mut push = |outer: Run, inner: u32| out.push(Quotation::new(outer, Run::new(inner, outer.end), paragraph));
    let mut start = run.start;
    while start < run.end {
        let inner = if is_dash(tags, start) { start + 1 } else { start };
        let tag = (inner + 1..run.end).find(|&at| tag_at(tags, at, run.end));
        let Some(tag) = tag else {
            push(Run::new(start, run.end), inner);
            return;
        };
        let end = if is_dash(tags, tag - 1) { tag - 1 } else { tag };
        if end > inner {
            push(Run::new(start, end), inner);
        }
        match resumes(tags, tag, run.end) {
            Some(next) => start = next,
            None => return,
        }
    }
}

/// How far a clause is looked at for who speaks in it.
const CLAUSE: u32 = 60;

/// Where speech goes on behind the tag at `tag`: at the next dash, or at a clause or sentence in which somebody says "I"
/// or "you" or asks.
fn resumes(tags: Tags<'_>, tag: u32, end: u32) -> Option<u32> {
    for at in tag + 2..end {
        if is_dash(tags, at) && at + 1 < end {
            return Some(at);
        }
        if matches!(tags.text(at), "," | "." | "!" | "?" | ":" | "…" | "...") {
            let clause = || at + 1..end.min(at + CLAUSE);
            let stop = clause().find(|&at| matches!(tags.text(at), "." | "!" | "?") || is_dash(tags, at));
            let words = at + 1..stop.unwrap_or(clause().end);
            let asks = stop.is_some_and(|stop| matches!(tags.text(stop), "?" | "!"));
            let person = words.into_iter().any(|at| tags.class(at).any(Class::FIRST.or(Class::SECOND)));
            if asks || (person && stop.is_none_or(|stop| !is_dash(tags, stop))) {
                return Some(at + 1);
            }
        }
    }
    None
}
