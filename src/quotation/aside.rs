//! Stage directions: what a story tells in brackets amid somebody's words. “I believe (turning to Ada) that we have met.”

use std::cmp::Reverse;

use super::Quotation;
use super::tags::Tags;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, List};
use crate::segment::is_dash;

/// Tokens between the brackets at most.
const LONGEST: u32 = 30;

/// Words in -ing that are no participle of what somebody does: (being late), (morning and evening), (during the war).
const OTHERS: Class = Class::AUXILIARY.or(Class::TEMPORAL).or(Class::PREPOSITION).or(Class::SPEAKER_NOUN);

/// Parts the outermost ones of `list[first..]` at their stage directions; the part behind one resumes.
pub(super) fn part(tags: Tags<'_>, first: usize, list: &mut Vec<Quotation>) {
    let asides = asides(tags, &list[first..]);
    if asides.is_empty() {
        return;
    }
    let whole = list.split_off(first);
    let mut asides = asides.into_iter().peekable();
    // The parts, and of which quotation each is one.
    let mut parts: Vec<(usize, Quotation)> = Vec::new();
    for (number, quotation) in whole.iter().enumerate() {
        let mut rest = *quotation;
        while quotation.parent.is_none()
            && let Some(aside) = asides.next_if(|aside| aside.end <= quotation.inner.end)
        {
            let before = Run::new(rest.inner.start, aside.start);
            let behind = Run::new(aside.end, rest.inner.end);
            if ![before, behind].iter().all(|part| (part.start..part.end).any(|at| tags.tokens[at as usize].is_word()))
            {
                continue;
            }
            let outer = Run::new(rest.outer.start, aside.start);
            parts.push((number, Quotation { outer, inner: before, closed: true, ..rest }));
            let outer = Run::new(aside.end, rest.outer.end);
            rest = Quotation { outer, inner: behind, continues: false, resumes: true, ..rest };
        }
        parts.push((number, rest));
    }
    parts.sort_by_key(|(_, part)| (part.outer.start, Reverse(part.outer.end)));
    let mut places = vec![0; whole.len()];
    for (number, part) in parts {
        places[number] = list.len() as u32;
        list.push(Quotation { parent: part.parent.map(|parent| places[parent as usize - first]), ..part });
    }
}

/// The stage directions in the outermost of `quotations`, outside those inside them, with the mark behind each.
fn asides(tags: Tags<'_>, quotations: &[Quotation]) -> Vec<Run> {
    let mut found = Vec::new();
    let mut nested = quotations.iter().filter(|quotation| quotation.parent.is_some()).peekable();
    for quotation in quotations.iter().filter(|quotation| quotation.parent.is_none()) {
        let Run { start: mut at, end } = quotation.inner;
        while at < end {
            while nested.next_if(|nested| nested.outer.end <= at).is_some() {}
            let inside = nested.peek().filter(|nested| nested.outer.start <= at).map(|nested| nested.outer.end);
            let aside = if inside.is_none() && tags.text(at) == "(" { aside(tags, at, end) } else { None };
            found.extend(aside);
            at = inside.or(aside.map(|aside| aside.end)).unwrap_or(at + 1);
        }
    }
    found
}

/// The stage direction in the bracket at `open`: (turning to Ada), (with a smile). The speaker's own aside speaks of
/// other things, and to somebody.
fn aside(tags: Tags<'_>, open: u32, end: u32) -> Option<Run> {
    let mut inside = open + 1..end.min(open + LONGEST);
    let close = inside.find(|&at| tags.text(at) == ")" || tags.tokens[at as usize].kind == TokenKind::QuoteMark)?;
    let first = tags.text(open + 1);
    let bearing = match first.to_ascii_lowercase().as_str() {
        "with" | "in" => matches!(tags.text(open + 2), "a" | "an"),
        word => {
            word.ends_with("ing")
                && !word.ends_with("thing")
                && !tags.lexicon.lists(List::Prepositional, word)
                && !tags.class(open + 1).any(OTHERS)
        }
    };
    let address = (open + 1..close).any(|at| tags.class(at).any(Class::FIRST.or(Class::SECOND)));
    if tags.text(close) != ")" || !bearing || address {
        return None;
    }
    let ends = |mark: &str| matches!(mark, "." | "," | ";" | ":" | "!" | "?") || is_dash(mark);
    let mark = |&at: &u32| at < end && ends(tags.text(at));
    Some(Run::new(open, (close + 1..=close + 2).find(|at| !mark(at)).unwrap_or(close + 3)))
}
