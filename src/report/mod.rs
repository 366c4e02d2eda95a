//! Reporting clauses: who said, by which cue, and what of the sentence is what was said.
//!
//! A frame is read as a row of noun phrases, quotations and words ([`units`]). At every cue ([`cue`]) the source is looked
//! for on both sides ([`source`]) and then all that could be the content around both ([`content`]), weighed by a forest
//! over plain features ([`features`]); of reports that claim the same words one is kept ([`settle`]). No parse is made:
//! the order of phrases, commas and quotations decides.

mod content;
mod cue;
mod features;
mod settle;
mod source;
mod units;

use crate::document::Run;
use crate::lexicon::{PhraseMatch, Verb};
use crate::mention::Reading;
use crate::model::Forest;
use crate::quotation::Frame;
use content::Path;
use cue::Cue;
pub(crate) use features::WIDTH;
use units::Units;

/// How many units to each side of a cue are looked at. Longer sentences are lists or not prose; a limit keeps a text that
/// is one sentence linear.
const REACH: usize = 250;

/// A reporting clause with what it reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Report {
    /// The tokens of the cue.
    pub(crate) cue: Run,
    pub(crate) verb: Verb,
    pub(crate) source: Option<Source>,
    /// The stretches of tokens that are the content, in order; the second may be empty.
    pub(crate) content: [Run; 2],
    pub(crate) paragraph: u32,
    /// The frame, by number, and the quotation that it lies in.
    pub(crate) frame: u32,
    pub(crate) inside: Option<u32>,
    /// How likely it is that this is reported, and no more and no less.
    pub(crate) probability: f32,
    /// A colon ends the frame: what is said stands in the next paragraph or sentence.
    pub(crate) introduces: bool,
}

/// The words that name the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// In the list of phrases.
    pub(crate) phrase: u32,
    /// Where the source is two phrases joined by "and": the last.
    pub(crate) last: u32,
    /// For "who" and "which": the phrase that they stand for.
    pub(crate) antecedent: Option<u32>,
    pub(crate) link: Link,
}

/// How the source stands to the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Its subject: "X said", "said X".
    Subject,
    /// Subject of another verb, whose clause the cue goes on with: "X nodded and said".
    Shared,
    /// "according to X".
    Object,
}

/// One thing that a cue may report, with the features that speak for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) report: Report,
    pub(crate) row: [f32; WIDTH],
    /// A quotation with its tag, which needs no weighing.
    pub(crate) sure: bool,
}

/// A report below this probability is none.
const LEAST: f32 = 0.38;

/// A tag beside a quotation is what it seems to be this often.
const SURE: f32 = 0.97;

/// And a clause with a verb that the caller declared at least this often.
const DECLARED: f32 = 0.6;

/// All reporting clauses of a text, in the order of their cues; those inside quotations come last.
pub(crate) fn find(reading: Reading<'_>, frames: &[Frame], forest: &Forest) -> Vec<Report> {
    find_with(reading, frames, |candidates| {
        let mut best: Option<(f32, usize)> = None;
        for (at, candidate) in candidates.iter().enumerate() {
            let weighed = 1.0 / (1.0 + (-forest.score(&candidate.row)).exp());
            let probability = match candidate {
                Candidate { sure: true, .. } => SURE,
                Candidate { report, .. } if report.verb.declared => weighed.max(DECLARED),
                _ => weighed,
            };
            if best.is_none_or(|(highest, _)| probability > highest) {
                best = Some((probability, at));
            }
        }
        best.filter(|(probability, _)| *probability >= LEAST)
    })
}

/// The same, with `choose` to pick for each cue one of its candidates and tell its probability.
pub(crate) fn find_with(
    reading: Reading<'_>,
    frames: &[Frame],
    mut choose: impl FnMut(&[Candidate]) -> Option<(f32, usize)>,
) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    let mut units = Units::new(reading);
    let mut candidates = Vec::new();
    let phrases: Vec<PhraseMatch> = reading.lexicon.phrases().find_iter(reading.text).collect();
    for (number, &frame) in frames.iter().enumerate() {
        units.read(frame);
        let first = out.len();
        let mut at = 0;
        while at < units.len() {
            let start = reading.token(units.tokens(at).start).start;
            let found = phrases.binary_search_by_key(&start, |phrase| phrase.start);
            let phrase = found.ok().map(|found| phrases[found]);
            let mut next = at + 1;
            if let Some(cue) = cue::at(&units, at, phrase) {
                next = cue.end;
                read(&units, &cue, number as u32, &out[first..], &mut candidates);
                if let Some((probability, chosen)) = choose(&candidates) {
                    out.push(Report { probability, ..candidates[chosen].report });
                }
            }
            at = next;
        }
        settle::settle(&mut out, first);
    }
    out
}

/// What the cue may report, into `out`.
fn read(units: &Units<'_>, cue: &Cue, frame: u32, before: &[Report], out: &mut Vec<Candidate>) {
    out.clear();
    let source = source::of(units, cue, before);
    let contents = content::of(units, cue, source.as_ref());
    out.extend(contents.iter().map(|content| Candidate {
        report: Report {
            cue: cue.tokens,
            verb: cue.verb,
            source: source.map(|found| found.source),
            content: content.runs,
            paragraph: units.frame.paragraph,
            frame,
            inside: units.frame.inside,
            probability: 0.0,
            introduces: content.path == Path::Introduction,
        },
        row: if content.is_sure() {
            [0.0; WIDTH]
        } else {
            features::row(units, cue, source.as_ref(), content, before.len())
        },
        sure: content.is_sure(),
    }));
}

/// For each of `phrases` noun phrases whether a report has it as its source.
pub(crate) fn sources(reports: &[Report], phrases: usize) -> Vec<bool> {
    let mut is_source = vec![false; phrases];
    for source in reports.iter().filter_map(|report| report.source) {
        for phrase in [Some(source.phrase), Some(source.last), source.antecedent].into_iter().flatten() {
            is_source[phrase as usize] = true;
        }
    }
    is_source
}
