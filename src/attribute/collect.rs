//! Reports and quotations to utterances.

use super::{Answer, Utterance, speech};
use crate::document::Run;
use crate::kind::{QuoteKind, TokenKind};
use crate::mention::Reading;
use crate::model::Tag;
use crate::quotation::{Frame, Quotation};
use crate::report::Report;

/// No utterance, in the tables below.
const NONE: u32 = u32::MAX;

/// How many quotations back one is looked for that a speech goes on from.
const NEAR: usize = 6;

/// Everything said in a text, in the order of first words; an outer utterance before those inside it.
pub(super) fn collect(reading: Reading<'_>, frames: &[Frame], reports: &[Report]) -> Vec<Utterance> {
    let mut collector =
        Collector { reading, frames, reports, out: Vec::new(), claimed: vec![NONE; reading.quotations.list.len()] };
    collector.claim();
    collector.fill();
    collector.nest();
    collector.sort();
    collector.out.shrink_to_fit();
    collector.out
}

/// Leaves of what a report quotes in part the words in marks, said by nobody.
pub(super) fn unsay(reading: Reading<'_>, utterance: &mut Utterance) {
    let quoted = |run: &Run| {
        let list = &reading.quotations.list;
        let first = list.partition_point(|quotation| quotation.outer.start < run.start);
        let end = run.end;
        let inside = list[first..].iter().take_while(move |quotation| quotation.outer.start < end);
        inside.filter(|quotation| quotation.parent.is_none()).map(|quotation| quotation.outer).collect::<Vec<_>>()
    };
    utterance.parts = utterance.parts.iter().flat_map(quoted).collect();
    utterance.kind = QuoteKind::None;
    utterance.report = None;
    utterance.answer = Answer::NOBODY;
}

struct Collector<'a> {
    reading: Reading<'a>,
    frames: &'a [Frame],
    reports: &'a [Report],
    out: Vec<Utterance>,
    /// For each quotation its utterance.
    claimed: Vec<u32>,
}

impl Collector<'_> {
    /// An utterance for every report, which claims the quotations in its content.
    fn claim(&mut self) {
        let list = &self.reading.quotations.list;
        for (number, report) in self.reports.iter().enumerate() {
            let Some(mut parts) = self.parts_of(report) else { continue };
            let touched = self.touched(report, &parts);
            if touched.iter().any(|&q| self.claimed[q] != NONE) {
                continue;
            }
            // What somebody is quoted as saying without marks is the quoting one's words.
            let kind = if report.verbatim { QuoteKind::Direct } else { self.kind(&parts, report.inside) };
            if kind == QuoteKind::None || (report.inside.is_some() && kind != QuoteKind::Direct) {
                continue;
            }
            let first = touched.first().copied();
            let own: Vec<usize> = touched.into_iter().filter(|&q| list[q].parent == report.inside).collect();
            if first.is_some() && speech::is_unsaid(self.reading, report, own.iter().map(|&q| list[q])) {
                let around = report.inside.map(|parent| self.claimed[parent as usize]).filter(|&around| around != NONE);
                for q in own {
                    self.claimed[q] = self.push(QuoteKind::None, &list[q], around);
                }
                continue;
            }
            let utterance = self.out.len() as u32;
            let opened = self.opened(first, parts[0].start);
            parts.splice(0..0, opened.iter().rev().map(|&q| list[q].outer));
            for q in opened.into_iter().chain(own) {
                self.claimed[q] = utterance;
            }
            let paragraph = self.paragraph_of(&parts, report.paragraph);
            self.out.push(Utterance {
                kind,
                parts,
                report: Some(number as u32),
                paragraph,
                nested_in: None,
                answer: Answer::NOBODY,
            });
        }
    }

    /// What a report says, in parts: at least one, unless it introduces words that there are none of.
    fn parts_of(&self, report: &Report) -> Option<Vec<Run>> {
        let frame = self.frames[report.frame as usize];
        let runs = report.content.iter().copied().filter(|run| run.end > run.start);
        let mut parts: Vec<Run> = if report.verbatim {
            runs.collect()
        } else {
            runs.flat_map(|run| self.resumed(run, report.inside))
                .map(|run| speech::quoted(self.reading, report, frame, run))
                .collect()
        };
        if report.introduces {
            // “…” after a colon: the quotation that the next frame begins with.
            let frame = self.frames.get(report.frame as usize + 1)?;
            let quotation = self.reading.quotations.around(frame.tokens.start)?;
            let free = self.claimed[quotation as usize] == NONE;
            if frame.inside != report.inside || frame.paragraph > report.paragraph + 1 || !free {
                return None;
            }
            parts.push(self.reading.quotations.get(quotation).outer);
        }
        Some(parts)
    }

    /// The quotations that have something of the parts of a report in them.
    fn touched(&self, report: &Report, parts: &[Run]) -> Vec<usize> {
        let list = &self.reading.quotations.list;
        let first = list.partition_point(|quotation| quotation.outer.start < parts[0].start);
        // The marks of a quoted transcript stand before the label.
        let around = self.reading.quotations.around(parts[0].start).filter(|_| report.verbatim);
        let first = around.map_or(first, |around| first.min(around as usize));
        let end = parts[parts.len() - 1].end;
        (first..list.len())
            .take_while(|&q| list[q].outer.start < end)
            .filter(|&q| parts.iter().any(|part| part.start < list[q].outer.end && list[q].outer.start < part.end))
            .filter(|&q| report.inside.is_none() || list[q].parent == report.inside)
            .collect()
    }

    /// The quotations before the first of a speech that it began with, in the paragraphs before its tag: the last first.
    fn opened(&self, first: Option<usize>, start: u32) -> Vec<usize> {
        let list = &self.reading.quotations.list;
        let before = |&q: &usize| {
            let follows = |&before: &usize| {
                let next = if list[q].resumes {
                    list[before].paragraph == list[q].paragraph
                } else {
                    !list[before].closed && list[before].paragraph + 1 == list[q].paragraph
                };
                next && self.claimed[before] == NONE && list[before].outer.end <= start
            };
            let goes_on = list[q].continues || list[q].resumes;
            let other = (0..q).rev().take(NEAR).find(|&before| list[before].parent == list[q].parent);
            other.filter(|_| goes_on).filter(follows)
        };
        std::iter::successors(first, before).skip(1).collect()
    }

    /// A stretch of content, cut where a gesture or a tag interrupts the quotation in it.
    fn resumed(&self, run: Run, inside: Option<u32>) -> Vec<Run> {
        let list = &self.reading.quotations.list;
        let first = list.partition_point(|quotation| quotation.outer.start < run.start);
        let within = list[first..].iter().take_while(|quotation| quotation.outer.end <= run.end);
        let (mut out, mut start, mut end) = (Vec::new(), run.start, None);
        for quotation in within.filter(|quotation| quotation.parent == inside) {
            if let Some(end) = end.filter(|_| quotation.resumes) {
                out.push(Run::new(start, end));
                start = quotation.outer.start;
            }
            end = Some(quotation.outer.end);
        }
        out.push(Run::new(start, run.end));
        out
    }

    /// The paragraph in which the parts begin: that of the report, or an earlier or later one for a speech of several.
    fn paragraph_of(&self, parts: &[Run], reported: u32) -> u32 {
        let list = &self.reading.quotations.list;
        let at = list.partition_point(|quotation| quotation.outer.start < parts[0].start);
        list.get(at)
            .filter(|quotation| quotation.outer.start == parts[0].start)
            .map_or(reported, |quotation| quotation.paragraph)
    }

    /// How much of the content stands in marks.
    fn kind(&self, parts: &[Run], parent: Option<u32>) -> QuoteKind {
        let (mut inside, mut outside) = (0, 0);
        for at in parts.iter().flat_map(|part| part.start..part.end) {
            if matches!(self.reading.token(at).kind, TokenKind::Word | TokenKind::Number) {
                match self.reading.quotations.inside(at, parent) {
                    Some(_) => inside += 1,
                    None => outside += 1,
                }
            }
        }
        match (inside, outside) {
            (0, 0) => QuoteKind::None,
            (_, 0) => QuoteKind::Direct,
            (0, _) => QuoteKind::Indirect,
            _ => QuoteKind::Mixed,
        }
    }

    /// Gives the quotations that no report claims to the utterance that they go on with, or makes them ones of their own.
    fn fill(&mut self) {
        let list = &self.reading.quotations.list;
        let mut frame = 0;
        for (number, quotation) in list.iter().enumerate() {
            if self.claimed[number] != NONE {
                continue;
            }
            if let Some(parent) = quotation.parent {
                self.nested(number, quotation, parent);
                continue;
            }
            while self.frames[frame].tokens.end <= quotation.outer.start {
                frame += 1;
            }
            let utterance = match self.goes_on_with(number, quotation, frame) {
                Some(utterance) => {
                    self.out[utterance as usize].parts.push(quotation.outer);
                    utterance
                }
                None => self.own(number, quotation, self.frames[frame]),
            };
            self.claimed[number] = utterance;
        }
    }

    /// The utterance that a quotation goes on with: “A,” she said. “B.” – or that of the paragraph before, left open.
    fn goes_on_with(&self, number: usize, quotation: &Quotation, frame: usize) -> Option<u32> {
        let before = (0..number).rev().take(6).find(|&q| self.reading.quotations.list[q].parent.is_none())?;
        let other = self.reading.quotations.list[before];
        let utterance = self.claimed[before];
        if utterance == NONE {
            return None;
        }
        let spoken = matches!(self.out[utterance as usize].kind, QuoteKind::Direct | QuoteKind::Mixed);
        if !spoken || self.out[utterance as usize].parts.last().is_none_or(|part| part.end > quotation.outer.start) {
            return None;
        }
        if (quotation.continues && !other.closed) || quotation.resumes {
            return Some(utterance);
        }
        // In the same paragraph: the frame before ends in the tag, this one is nothing but a quotation.
        let alone = self.is_alone(quotation, self.frames[frame]);
        let same = other.paragraph == quotation.paragraph && alone;
        let report = self.out[utterance as usize].report.map(|report| self.reports[report as usize])?;
        // “A,” she said. “B.” goes on; “A,” as she called it, and he left. “B.” does not.
        let ends = self.frames[report.frame as usize].tokens.end;
        let mixed = self.out[utterance as usize].kind == QuoteKind::Mixed
            && self.out[utterance as usize]
                .parts
                .last()
                .is_some_and(|part| part.end + 2 < ends && report.cue.start < part.end);
        (same
            && !mixed
            && report.frame as usize + 1 >= frame.saturating_sub(1)
            && self.adjacent(other, quotation, frame, report))
        .then_some(utterance)
    }

    /// Whether nothing but the tag of the quotation before, or nothing at all, stands between two quotations.
    fn adjacent(&self, other: Quotation, quotation: &Quotation, frame: usize, report: Report) -> bool {
        let between = Run::new(other.outer.end, quotation.outer.start);
        if between.start >= between.end {
            return true;
        }
        // Everything in between belongs to the frame of the report.
        self.frames[report.frame as usize].tokens.end >= between.end && report.frame as usize <= frame
    }

    /// Whether the frame holds nothing but the quotation.
    fn is_alone(&self, quotation: &Quotation, frame: Frame) -> bool {
        frame.tokens.start == quotation.outer.start
            && (quotation.outer.end..frame.tokens.end).all(|at| self.reading.tag(at) == Tag::Mark)
    }

    fn own(&mut self, number: usize, quotation: &Quotation, frame: Frame) -> u32 {
        let list = &self.reading.quotations.list;
        let resumed = || list.get(number + 1).is_some_and(|next| next.resumes);
        // Saying “Hello” or “Not bad”.
        let coordinated = || {
            let before = number.checked_sub(1).filter(|&before| self.claimed[before] != NONE);
            before.is_some_and(|before| {
                self.out[self.claimed[before] as usize].kind == QuoteKind::Direct
                    && speech::are_coordinated(self.reading, &list[before], quotation)
            })
        };
        let spoken = (self.is_alone(quotation, frame) && !speech::is_heading(self.reading, quotation.inner))
            || speech::is_speech(self.reading, quotation, frame)
            || resumed()
            || coordinated();
        let kind = if spoken && !quotation.displayed { QuoteKind::Direct } else { QuoteKind::None };
        self.push(kind, quotation, None)
    }

    fn push(&mut self, kind: QuoteKind, quotation: &Quotation, nested_in: Option<u32>) -> u32 {
        if quotation.inner.start >= quotation.inner.end {
            return NONE;
        }
        self.out.push(Utterance {
            kind,
            parts: vec![quotation.outer],
            report: None,
            paragraph: quotation.paragraph,
            nested_in,
            answer: Answer::NOBODY,
        });
        self.out.len() as u32 - 1
    }

    /// A quotation inside another: somebody else's words, or a word as a word.
    fn nested(&mut self, number: usize, quotation: &Quotation, parent: u32) {
        let tokens = self.reading.quotations.get(parent).inner;
        let frame = Frame { tokens, paragraph: quotation.paragraph, inside: Some(parent) };
        let kind = if speech::is_speech(self.reading, quotation, frame) { QuoteKind::Direct } else { QuoteKind::None };
        let around = Some(self.claimed[parent as usize]).filter(|&around| around != NONE);
        self.claimed[number] = self.push(kind, quotation, around);
    }

    /// Tells reported utterances inside a quotation what they are inside of.
    fn nest(&mut self) {
        for at in 0..self.out.len() {
            let inside = self.out[at].report.and_then(|report| self.reports[report as usize].inside);
            let around = inside.map(|parent| self.claimed[parent as usize]);
            self.out[at].nested_in = self.out[at].nested_in.or(around.filter(|&around| around != NONE));
        }
    }

    /// Puts utterances into text order and renumbers what refers to them.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.out.len() as u32).collect();
        order.sort_by_key(|&at| {
            let utterance = &self.out[at as usize];
            (utterance.parts[0].start, utterance.nested_in.is_some(), std::cmp::Reverse(utterance.parts[0].end))
        });
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut old: Vec<Option<Utterance>> = std::mem::take(&mut self.out).into_iter().map(Some).collect();
        self.out = order.iter().filter_map(|&at| old[at as usize].take()).collect();
        for utterance in &mut self.out {
            utterance.nested_in = utterance.nested_in.map(|at| place[at as usize]);
        }
    }
}
