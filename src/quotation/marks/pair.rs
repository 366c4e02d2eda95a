//! Pairing the marks of one paragraph: where quotations begin and end, also those whose marks are missing.

use std::cell::LazyCell;

use super::roles::Role;
use super::{FAMILIES, Family, Reader, family};
use crate::document::Run;
use crate::kind::TokenKind;
use crate::quotation::{Quotation, lets_tag_follow};
use crate::segment::flag;

/// How many quotations can stand inside each other.
const DEEPEST: usize = 4;

/// A quotation that waits for its closing mark.
struct Open {
    family: Family,
    /// Its place in the list.
    quotation: u32,
}

/// A tag inside words that were never closed.
#[derive(Clone, Copy)]
struct Tag {
    /// Where the words end before it.
    close: u32,
    start: u32,
    end: u32,
}

impl Reader<'_> {
    /// Appends the quotations of the paragraph whose tokens are `run`, those in `marks` being marks. `open_before` tells
    /// that the paragraph before it left a quotation open.
    pub(in crate::quotation) fn pair(
        &self,
        run: Run,
        marks: &[u32],
        paragraph: u32,
        open_before: bool,
        out: &mut Vec<Quotation>,
    ) {
        if marks.is_empty() {
            return;
        }
        let roles = self.roles(run, marks);
        let nests = LazyCell::new(|| self.nests(marks, &roles));
        let first = out.len();
        let mut pairing = Pairing {
            reader: self,
            run,
            paragraph,
            open_before,
            out,
            first,
            stack: Vec::new(),
            strays: Vec::new(),
            whole: true,
        };
        for (n, (&at, &role)) in marks.iter().zip(&roles).enumerate() {
            let family = family(self.mark(at));
            let open = pairing.stack.iter().rposition(|open| open.family == family);
            match (role, open) {
                (Role::Apostrophe, _) | (Role::Weak, Some(_)) => {}
                (Role::Close | Role::Either, Some(open)) => pairing.close(open, at),
                // Nobody nests deeper; a text that seems to is made of stray marks.
                (Role::Open | Role::Either | Role::Weak, _) if pairing.stack.len() >= DEEPEST => {}
                (Role::Open | Role::Either | Role::Weak, _) => pairing.open(family, at, nests[n]),
                (Role::Close, None) => pairing.close_unopened(family, at),
            }
        }
        if !(pairing.whole && pairing.stack.is_empty()) {
            pairing.settle();
        }
    }

    /// For each mark whether it opens a quotation inside one of its like, and both are closed behind it.
    fn nests(&self, marks: &[u32], roles: &[Role]) -> Vec<bool> {
        let mut open: [Vec<usize>; FAMILIES] = Default::default();
        let mut around: Vec<Option<usize>> = vec![None; marks.len()];
        let mut closed = vec![false; marks.len()];
        for (n, (&at, &role)) in marks.iter().zip(roles).enumerate() {
            let open = &mut open[family(self.mark(at)) as usize];
            match (role, open.last().copied()) {
                (Role::Apostrophe, _) | (Role::Weak, Some(_)) | (Role::Close, None) => {}
                (Role::Close | Role::Either, Some(opener)) => {
                    closed[opener] = true;
                    open.pop();
                }
                (Role::Open | Role::Either | Role::Weak, outer) => {
                    around[n] = outer;
                    open.push(n);
                }
            }
        }
        (0..marks.len()).map(|n| closed[n] && around[n].is_some_and(|outer| closed[outer])).collect()
    }

    fn next_paragraph_opens(&self, end: u32, wanted: Family) -> bool {
        self.tokens
            .get(end as usize)
            .is_some_and(|token| token.kind == TokenKind::QuoteMark && family(&self.text[token.span()]) == wanted)
    }

    /// The tag to which a quotation that was never closed gives way, and the end of that: after the comma of ", she said".
    fn tag_after(&self, inner: Run) -> Option<Tag> {
        let tags = self.tags();
        (inner.start + 1..inner.end).find_map(|start| {
            // A single mark closes it by mistake: “I stay,’ said Ines. With a space behind it, it opens nothing.
            let before = start as usize - 1;
            let wrong = start > inner.start + 1
                && self.tokens[before].kind == TokenKind::QuoteMark
                && family(self.mark(start - 1)) == Family::Single
                && !self.tokens[before].has(flag::SPACE_BEFORE)
                && self.tokens[before + 1].has(flag::SPACE_BEFORE);
            let close = start - u32::from(wrong);
            let end = lets_tag_follow(self.mark(close - 1)).then(|| tags.at(start, inner.end))??;
            Some(Tag { close, start, end })
        })
    }

    /// Whether a tag is a verb with a name behind it, and ends its sentence.
    fn is_plain(&self, tag: Tag, end: u32) -> bool {
        let tags = self.tags();
        tags.is_verb(tag.start) && tags.name(tag.start, end).is_some() && tag.end < end && self.mark(tag.end) == "."
    }

    /// Whether a mark behind a comma, a question or an exclamation mark is followed by a tag.
    fn told(&self, at: u32, end: u32) -> bool {
        let tags = self.tags();
        at > 0 && lets_tag_follow(self.mark(at - 1)) && tags.at(at + 1, end).is_some()
    }
}

/// The quotations of a paragraph while its marks are read from left to right.
struct Pairing<'a> {
    reader: &'a Reader<'a>,
    run: Run,
    paragraph: u32,
    open_before: bool,
    /// All quotations so far, those of the paragraph from `first` on.
    out: &'a mut Vec<Quotation>,
    first: usize,
    /// What is open, the outermost first.
    stack: Vec<Open>,
    /// Quotations whose single mark was an apostrophe after all.
    strays: Vec<u32>,
    /// Every quotation was closed by its own mark.
    whole: bool,
}

impl Pairing<'_> {
    /// Closes what is open at `open` of the stack.
    fn close(&mut self, open: usize, at: u32) {
        // What is left open inside: a single mark was an apostrophe after all, another quotation ends here.
        for inner in self.stack.drain(open + 1..) {
            self.whole = false;
            if inner.family == Family::Single {
                self.strays.push(inner.quotation);
            }
        }
        let quotation = &mut self.out[self.stack.pop().expect("just found").quotation as usize];
        quotation.inner.end = at;
        quotation.outer.end = at + 1;
        quotation.closed = true;
    }

    /// Opens a quotation; `nests` tells that it may stand inside another in the same marks.
    fn open(&mut self, family: Family, at: u32, nests: bool) {
        // An opener while its like is open: one of two levels in the same marks, or the mark before it was never closed.
        // Then that ends here.
        if !nests && let Some(open) = self.stack.pop_if(|open| open.family == family) {
            let quotation = &mut self.out[open.quotation as usize];
            let tag = self.reader.tag_after(Run::new(quotation.inner.start, at));
            self.whole &= tag.is_none();
            quotation.inner.end = tag.map_or(at, |tag| tag.close);
            quotation.outer.end = tag.map_or(at, |tag| tag.start);
            quotation.closed = true;
        }
        let parent = self.stack.last().map(|open| open.quotation);
        self.stack.push(Open { family, quotation: self.out.len() as u32 });
        self.out.push(Quotation {
            parent,
            closed: false,
            continues: self.open_before && at == self.run.start,
            ..Quotation::new(Run::new(at, self.run.end), Run::new(at + 1, self.run.end), self.paragraph)
        });
    }

    /// The end of a speech whose opening mark is missing: it runs on from the paragraph before, or a tag shows that this is
    /// one.
    fn close_unopened(&mut self, family: Family, at: u32) {
        let Run { start, end } = self.run;
        let speech = self.open_before || self.reader.told(at, end);
        if speech && self.out.len() == self.first && family != Family::Single && at > start {
            self.out.push(Quotation {
                continues: self.open_before,
                ..Quotation::new(Run::new(start, at + 1), Run::new(start, at), self.paragraph)
            });
        }
    }

    /// Deals with what was never closed: single marks were apostrophes unless the text speaks in them; a quotation runs
    /// to the end of the paragraph, or to a tag that plainly stands outside.
    fn settle(self) {
        let Pairing { reader, run, out, first, stack, strays: mut dropped, .. } = self;
        for open in stack {
            let quotation = &mut out[open.quotation as usize];
            let next_opens = reader.next_paragraph_opens(run.end, open.family);
            let speech = reader.style.single && (next_opens || quotation.outer.start == run.start);
            let empty = quotation.inner.start >= quotation.inner.end;
            if empty || (open.family == Family::Single && !speech) {
                dropped.push(open.quotation);
            } else if let Some(tag) = reader.tag_after(quotation.inner)
                // What goes on in the next paragraph does not end in its tag, unless that is plain: “I stay, said Ines.
                && (!next_opens || tag.end + 1 >= run.end || reader.is_plain(tag, run.end))
            {
                quotation.inner.end = tag.close;
                quotation.outer.end = tag.start;
                quotation.closed = true;
            }
        }
        dropped.sort_unstable();
        renumber(out, first, &dropped);
    }
}

/// Takes those of `list[first..]` out that are `dropped`, and numbers the others anew: what stood inside one now stands in
/// what was around it, and nothing reaches out of what is around it.
fn renumber(list: &mut Vec<Quotation>, first: usize, dropped: &[u32]) {
    let all = list.split_off(first);
    let mut places: Vec<Option<u32>> = Vec::with_capacity(all.len());
    for (n, &(mut quotation)) in all.iter().enumerate() {
        // What was left open inside another ends where that does, also where that is cut short before it begins.
        if let Some(around) = quotation.parent.map(|parent| all[parent as usize - first])
            && around.inner.end > quotation.outer.start
        {
            quotation.end_inside(&around);
        }
        let mut parent = quotation.parent.and_then(|parent| places[parent as usize - first]);
        // What was cut short holds nothing behind the cut.
        while let Some(around) =
            parent.map(|parent| list[parent as usize]).filter(|around| around.inner.end <= quotation.outer.start)
        {
            parent = around.parent;
        }
        if let Some(around) = parent.map(|parent| list[parent as usize]) {
            quotation.end_inside(&around);
        }
        if dropped.binary_search(&((first + n) as u32)).is_ok() {
            places.push(parent);
        } else {
            places.push(Some(list.len() as u32));
            list.push(Quotation { parent, ..quotation });
        }
    }
}
