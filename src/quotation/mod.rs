//! Tokens to quotations: which stretches stand in quotation marks.
//!
//! Marks are paired paragraph by paragraph ([`marks`]), or dashes take their place ([`dash`]), so a mark that is missing
//! can do no harm beyond its own paragraph. Straight and single marks do not tell by themselves whether they open, close
//! or are apostrophes; the white space around them, the parity of the paragraph and the style of the whole text do. Marks
//! in program code ([`code`]) quote nothing; a stage direction ([`aside`]) parts a quotation in two. What is found here is
//! only where marks stand: who speaks, and whether anybody does, is for later stages.

mod aside;
mod code;
mod dash;
mod display;
mod frame;
mod marks;
mod resume;
mod tags;

pub(crate) use frame::{Frame, frames};
use tags::Tags;
pub(crate) use tags::lets_tag_follow;

use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::Lexicon;
use crate::segment::{Segmentation, Token};

/// A stretch in quotation marks inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Tokens with the marks that are there.
    pub(crate) outer: Run,
    /// Tokens between the marks.
    pub(crate) inner: Run,
    pub(crate) paragraph: u32,
    /// The quotation around it.
    pub(crate) parent: Option<u32>,
    /// Its closing mark is there, or what follows shows where it ends.
    pub(crate) closed: bool,
    /// Goes on with a quotation that the paragraph before left open.
    pub(crate) continues: bool,
    /// Goes on with the sentence of the quotation before it, which a tag or a gesture interrupts.
    pub(crate) resumes: bool,
    /// Stands in a block that is set in from the margin: a letter, a verse, an inscription.
    pub(crate) displayed: bool,
}

impl Quotation {
    /// A quotation as most are: closed, and apart from all others.
    fn new(outer: Run, inner: Run, paragraph: u32) -> Quotation {
        Quotation {
            outer,
            inner,
            paragraph,
            parent: None,
            closed: true,
            continues: false,
            resumes: false,
            displayed: false,
        }
    }

    /// Lets it end where `around` does, if it goes further.
    fn end_inside(&mut self, around: &Quotation) {
        self.outer.end = self.outer.end.min(around.inner.end);
        self.inner.end = self.inner.end.min(around.inner.end);
    }
}

/// All quotations of a text, in text order, and for each token the quotation it is in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quotations {
    pub(crate) list: Vec<Quotation>,
    /// For each token the number of the innermost quotation around it plus one, or 0. Its marks belong to it.
    innermost: Vec<u32>,
}

impl Quotations {
    /// The outermost quotation that holds the token, marks included.
    #[inline]
    pub(crate) fn around(&self, token: u32) -> Option<u32> {
        self.inside(token, None)
    }

    /// The quotation directly inside `parent` (or in none) that holds the token, marks included.
    pub(crate) fn inside(&self, token: u32, parent: Option<u32>) -> Option<u32> {
        let mut at = self.innermost[token as usize].checked_sub(1);
        // Quotations nest a few levels deep at most.
        while let Some(quotation) = at.filter(|&at| self.get(at).parent != parent) {
            at = self.get(quotation).parent;
        }
        at
    }

    /// How many tokens stand in no quotation.
    pub(crate) fn outside(&self) -> usize {
        self.innermost.iter().filter(|quotation| **quotation == 0).count()
    }

    /// Whether the token opens or closes a quotation.
    pub(crate) fn is_edge(&self, token: u32) -> bool {
        let innermost = self.innermost[token as usize].checked_sub(1);
        innermost.is_some_and(|quotation| {
            let outer = self.get(quotation).outer;
            token == outer.start || token + 1 == outer.end
        })
    }

    pub(crate) fn get(&self, quotation: u32) -> &Quotation {
        &self.list[quotation as usize]
    }
}

/// Finds the quotations of a text.
pub(crate) fn find(text: &str, segmentation: &Segmentation, lexicon: &Lexicon) -> Quotations {
    let tokens = &segmentation.tokens;
    let mut out = Quotations { list: Vec::new(), innermost: vec![0; tokens.len()] };
    let code = code::spans(text);
    let is_mark = |&(_, token): &(u32, &Token)| token.kind == TokenKind::QuoteMark;
    let marks: Vec<u32> = (0..).zip(tokens).filter(is_mark).map(|(at, _)| at).collect();
    let style = marks::Style::of(text, tokens, &marks);
    let reader = marks::Reader { text, tokens, lexicon, style, code: &code };
    let tags = Tags { text, tokens, lexicon };
    let dashes = dash::is_convention(tags, segmentation);
    let display = display::Display::of(text, segmentation);
    let mut marks = &marks[..];
    let mut open_before = false;
    // Who is named as the speaker of what was left open.
    let mut told: Option<&str> = None;
    for (at, &paragraph) in segmentation.paragraphs.iter().enumerate() {
        let run = segmentation.paragraph_tokens(paragraph);
        let count = marks.iter().take_while(|&&mark| mark < run.end).count();
        let (inside, behind) = marks.split_at(count);
        marks = behind;
        let first = out.list.len();
        if let Some(start) = dashes.then(|| dash::begins(tags, run)).flatten() {
            dash::find(tags, Run::new(start, run.end), at as u32, &mut out.list);
            let mut inner = Vec::new();
            reader.pair(run, inside, at as u32, false, &mut inner);
            nest(inner, first, &mut out.list);
        } else {
            reader.pair(run, inside, at as u32, open_before, &mut out.list);
        }
        // What somebody else says does not go on with it, although the paragraph before never closed its quotation.
        let speaker = named_speaker(tags, run, &out.list[first..]);
        let other = speaker.is_some() && told.is_some() && speaker != told;
        told = speaker.or(told);
        let displayed = display.holds(text, paragraph.span);
        for n in first..out.list.len() {
            out.list[n].displayed = displayed;
            out.list[n].continues &= !other;
            let quotation = out.list[n];
            let before = out.list[first..n].iter().rev().take(6).find(|before| before.parent == quotation.parent);
            out.list[n].resumes = before.is_some_and(|before| resume::resumes(tags, before, &quotation));
        }
        if text[paragraph.span].contains('(') {
            aside::part(tags, first, &mut out.list);
        }
        for (n, quotation) in out.list.iter().enumerate().skip(first) {
            // Inner quotations come after the ones around them.
            out.innermost[quotation.outer.range()].fill(n as u32 + 1);
        }
        open_before = out.list[first..].iter().any(|quotation| quotation.parent.is_none() && !quotation.closed);
        told = told.filter(|_| open_before);
    }
    out.list.shrink_to_fit();
    out
}

/// The name in the first tag behind one of the outermost `quotations` of the paragraph whose tokens are `run`, or inside one
/// that was never closed.
fn named_speaker<'t>(tags: Tags<'t>, run: Run, quotations: &[Quotation]) -> Option<&'t str> {
    let mut outermost = quotations.iter().filter(|quotation| quotation.parent.is_none());
    let mut open = outermost.clone().filter(|quotation| !quotation.closed);
    let behind = outermost.find_map(|quotation| tags.name(quotation.outer.end, run.end));
    behind.or_else(|| open.find_map(|open| tags.name_inside(open.inner)))
}

/// Puts the quotations in marks, numbered from 0, into those behind dashes, which are `list[first..]`: each inside the one
/// that holds it. What is in none of them, is all of one, or reaches out of one is left out.
fn nest(marked: Vec<Quotation>, first: usize, list: &mut Vec<Quotation>) {
    let dashed = list.split_off(first);
    let mut marked = marked.into_iter().peekable();
    let mut places = Vec::new();
    for outer in dashed {
        let place = list.len() as u32;
        list.push(outer);
        while let Some(quotation) = marked.next_if(|inner| inner.outer.start < outer.outer.end) {
            let inside = quotation.outer != outer.inner
                && quotation.outer.start >= outer.inner.start
                && quotation.outer.end <= outer.inner.end;
            let parent = match quotation.parent {
                Some(parent) => places[parent as usize],
                None => inside.then_some(place),
            };
            places.push(parent.map(|_| list.len() as u32));
            if parent.is_some() {
                list.push(Quotation { parent, continues: false, ..quotation });
            }
        }
    }
}
