//! Reporting clauses: who said, by which cue, and what of the sentence is what was said.
//!
//! A frame is read as a row of noun phrases, quotations and words ([`units`]). At every cue ([`cue`]) the source is looked
//! for on both sides ([`source`]) and then all that could be the content around both ([`content`]), weighed by a forest
//! over plain features ([`features`]); of reports that claim the same words one is kept ([`settle`]). No parse is made:
//! the order of phrases, commas and quotations decides.

mod content;
mod cue;
mod features;
mod label;
mod settle;
mod source;
mod units;

use crate::document::Run;
use crate::lexicon::{Class, Verb};
use crate::mention::Reading;
use crate::model::{Heat, Memory, Reports};
use crate::quotation::Frame;
use crate::segment::flag;
use content::{Content, Path};
use cue::{Cue, Form};
pub(crate) use features::{CUE_WIDTH, SOURCE_WIDTH, WIDTH};
use label::Label;
use source::Found;
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
    /// "did not say", "may say".
    pub(crate) negated: bool,
    pub(crate) modal: bool,
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
    /// The content is word for word what was said, also without marks.
    pub(crate) verbatim: bool,
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
#[cfg_attr(
    not(feature = "internals"),
    allow(dead_code, reason = "the annotation tells contents apart, the forest rows")
)]
pub(crate) struct Candidate {
    /// The stretches of tokens that are the content, in order; the second may be empty.
    pub(crate) content: [Run; 2],
    pub(crate) row: [u8; WIDTH],
}

/// A possible source with the features that speak for it.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "internals"),
    allow(dead_code, reason = "the annotation tells sources apart, the forest rows")
)]
pub(crate) struct Origin {
    pub(crate) source: Option<Source>,
    pub(crate) row: [u8; SOURCE_WIDTH],
}

/// Answers what the patterns leave open: the trained forests do, and the annotation while they are trained.
pub(crate) trait Judge {
    /// How likely it is that the word or phrase is a cue here.
    fn cue(&mut self, cue: Run, row: &[u8; CUE_WIDTH]) -> f32;
    /// Which of the possible sources of a cue is the right one, and how likely it is.
    fn source(&mut self, cue: Run, origins: &[Origin]) -> (f32, usize);
    /// Which of the possible contents is the right one, and how likely it is that it is.
    fn content(&mut self, cue: Run, candidates: &[Candidate]) -> Option<(f32, usize)>;
}

/// A report below this probability is none: with words in marks, of saying, and of thinking.
const LEAST_QUOTED: f32 = 0.25;
const LEAST_SAID: f32 = 0.3;
const LEAST_THOUGHT: f32 = 0.45;

/// Nor is a report below this one: by a label, since much that stands before a colon is the heading of a line ("Source: …",
/// "Rates: …"), or of nobody, since much is done rather than said that has no source ("The letters were read.").
const LEAST_DOUBTED: f32 = 0.4;

/// A tag beside a quotation is what it seems to be this often.
const SURE: f32 = 0.97;

/// "…, in what X called “…”" is X's word for it this often.
const VERDICT: f32 = 0.9;

/// "X's claim that …" tells what X says this often.
const NOUN: f32 = 0.9;

/// The only content that there can be is the right one this often.
const ONLY: f32 = 0.7;

/// A clause before its tag, with nothing behind it, is it this often.
const FRONTED: f32 = 0.9;

/// A clause behind "said that", or "said", is what was said at least this often, wherever it ends.
const THAT: f32 = 0.5;

/// And a clause with a verb that the caller declared at least this often.
const DECLARED: f32 = 0.6;

/// Words of a headline at least.
const HEADLINE: usize = 3;

/// A source and a content are hardly ever surer than this: a cue that would not be likely enough if both were is not looked
/// at any further.
const SUREST: f32 = 0.92;

/// When a source is so far ahead that no further tree changes it: seven in ten are.
const PLAIN: Heat = Heat { trees: 32, behind: 2.5 };

/// The trained forests, with memory for what they score.
pub(crate) struct Forests<'a> {
    reports: &'a Reports,
    memory: Memory,
    scores: Vec<f32>,
}

impl<'a> Forests<'a> {
    pub(crate) fn new(reports: &'a Reports) -> Self {
        Forests { reports, memory: Memory::default(), scores: Vec::new() }
    }
}

impl Judge for Forests<'_> {
    fn cue(&mut self, _: Run, row: &[u8; CUE_WIDTH]) -> f32 {
        probability(self.reports.cues.score(row))
    }

    fn source(&mut self, _: Run, origins: &[Origin]) -> (f32, usize) {
        if origins.len() == 1 {
            return (1.0, 0);
        }
        let rows = origins.iter().map(|origin| &origin.row);
        self.reports.sources.contest(PLAIN, rows, [origins.len()], &mut self.memory, &mut self.scores);
        let (at, best) = highest(&self.scores);
        (1.0 / self.scores.iter().map(|score| (score - best).exp()).sum::<f32>(), at)
    }

    fn content(&mut self, _: Run, candidates: &[Candidate]) -> Option<(f32, usize)> {
        let rows = candidates.iter().map(|candidate| &candidate.row);
        let best = self.reports.contents.best(rows, &mut self.memory, &mut self.scores);
        best.map(|(at, score)| (probability(score), at))
    }
}

/// The first of the highest scores.
fn highest(scores: &[f32]) -> (usize, f32) {
    let first = (0, f32::MIN);
    scores.iter().copied().enumerate().fold(first, |best, score| if score.1 > best.1 { score } else { best })
}

fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// All reporting clauses of a text, in the order of their cues; those inside quotations come last.
pub(crate) fn find(reading: Reading<'_>, frames: &[Frame], mut judge: impl Judge) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    let mut reader = Reader {
        units: Units::new(reading),
        found: Vec::new(),
        origins: Vec::new(),
        contents: Vec::new(),
        candidates: Vec::new(),
    };
    let mut labels = label::labels(reading).into_iter().peekable();
    let mut labelled = None;
    for (number, &frame) in frames.iter().enumerate() {
        if let Some(label) = labels.next_if(|label| label.paragraph == frame.paragraph && frame.inside.is_none()) {
            labelled = Some(label.paragraph);
            out.push(of_label(label, number as u32));
        }
        // What a transcript's speaker reports without marks is the speaker's own words.
        if labelled == Some(frame.paragraph) && frame.inside.is_none() {
            continue;
        }
        if is_headline(reading, frame) && !frames.get(number + 1).is_some_and(|&next| is_headline(reading, next)) {
            continue;
        }
        reader.units.read(frame, frames.get(number + 1));
        let first = out.len();
        let mut at = 0;
        while at < reader.units.len() {
            let mut next = at + 1;
            if let Some(cue) = cue::at(&reader.units, at) {
                next = cue.end;
                let report = reader.read(&cue, &out[first..], &mut judge);
                out.extend(report.map(|report| Report { frame: number as u32, ..report }));
            }
            at = next;
        }
        settle::settle(reading, &mut out, first);
    }
    out.shrink_to_fit();
    out
}

/// Whether all words of a frame are in capitals, as in a headline, and as in a text that is written so throughout.
fn is_headline(reading: Reading<'_>, frame: Frame) -> bool {
    let mut words = (frame.tokens.start..frame.tokens.end).map(|at| reading.token(at)).filter(|token| token.is_word());
    words.clone().take(HEADLINE).count() == HEADLINE
        && words.all(|word| word.has(flag::ALL_CAPITALS) || word.has(flag::CAPITAL) && word.end - word.start == 1)
}

/// The report that a label makes of its paragraph.
fn of_label(label: Label, frame: u32) -> Report {
    Report {
        cue: Run::new(label.colon, label.colon + 1),
        verb: cue::LABEL,
        negated: false,
        modal: false,
        source: Some(Source { phrase: label.phrase, last: label.phrase, antecedent: None, link: Link::Subject }),
        content: [label.content, Run::default()],
        paragraph: label.paragraph,
        frame,
        inside: None,
        probability: SURE,
        introduces: false,
        verbatim: true,
    }
}

/// Reads cues one by one, and keeps the memory for it.
struct Reader<'a> {
    units: Units<'a>,
    found: Vec<Option<Found>>,
    origins: Vec<Origin>,
    contents: Vec<Content>,
    candidates: Vec<Candidate>,
}

impl Reader<'_> {
    /// What `cue` reports, if it reports something. `before` are the reports of the same frame so far.
    fn read(&mut self, cue: &Cue, before: &[Report], judge: &mut impl Judge) -> Option<Report> {
        let units = &self.units;
        if !units.has_quoted() && !units.leads && features::is_hardly(units, cue) {
            return None;
        }
        let chosen = source::of(units, cue, before);
        let noun = cue.form == Form::Noun;
        let sure = if noun { None } else { content::sure(units, cue, chosen.as_ref()) };
        let is_cue = match sure {
            Some(_) => SURE,
            None if noun => NOUN,
            None => judge.cue(cue.tokens, &features::cue_row(units, cue, chosen.as_ref(), before.len())),
        };
        let is_cue = if cue.verb.declared { is_cue.max(DECLARED) } else { is_cue };
        let is_verdict = is_verdict(units, cue);
        let is_cue = if is_verdict { is_cue.max(VERDICT) } else { is_cue };
        // Whatever the rest is worth, it makes nothing likelier.
        let least = match () {
            () if !cue.verb.speech => LEAST_THOUGHT,
            () if sure.is_some() || units.has_quoted() => LEAST_QUOTED,
            () => LEAST_SAID,
        };
        if is_cue * SUREST * SUREST < least {
            return None;
        }
        let (named, source) = self.source(cue, chosen, sure.is_some(), before, judge);
        let units = &self.units;
        // Thoughts without anybody to think them are the writer's.
        if source.is_none() && !cue.verb.speech {
            return None;
        }
        // "shown by the bridge": a place more often than one who tells.
        if cue.form == Form::Passive && !cue.verb.speech && source.is_some_and(|found| found.is_thing(units)) {
            return None;
        }
        // "Neither side said": the subject denies it.
        let nobody = source.is_some_and(|found| units.is_nobody(&units.reading.phrases[found.source.phrase as usize]));
        let negated = cue.negated || nobody;
        let (paragraph, inside) = (units.frame.paragraph, units.frame.inside);
        let report = |content: &Content, probability: f32| Report {
            cue: cue.tokens,
            verb: cue.verb,
            negated,
            // "would not say": what is denied is not merely possible.
            modal: cue.modal && !negated,
            source: source.map(|found| found.source),
            content: content.runs,
            paragraph,
            frame: 0,
            inside,
            probability,
            introduces: content.path == Path::Introduction,
            verbatim: false,
        };
        if let Some(content) = sure {
            // Said that what she calls “a strange month” is over: that she calls it so is said with the rest.
            let told = |other: &Report| {
                other.content.iter().any(|run| run.start <= cue.tokens.start && cue.tokens.end <= run.end)
            };
            if content.path == Path::Name && !is_verdict && before.iter().rev().take(REACH).any(told) {
                return None;
            }
            return Some(report(&content, is_cue * named));
        }
        if is_cue * named * SUREST < least {
            return None;
        }
        let (right, content) = self.content(cue, source.as_ref(), before.len(), judge)?;
        let quotes = content.quotes(&self.units);
        if !quotes && is_nothing(&self.units, &content) {
            return None;
        }
        let probability = is_cue * named * right;
        let least = match () {
            () if !cue.verb.speech || quotes => least,
            () if cue.form == Form::Label || source.is_none() => LEAST_DOUBTED,
            () => LEAST_SAID,
        };
        (probability >= least).then(|| report(&content, probability))
    }

    /// The likeliest source of `cue`, and how likely it is. `chosen` is that of the patterns; `tag` tells that the cue is
    /// surely the tag of a quotation.
    fn source(
        &mut self,
        cue: &Cue,
        chosen: Option<Found>,
        tag: bool,
        before: &[Report],
        judge: &mut impl Judge,
    ) -> (f32, Option<Found>) {
        let units = &self.units;
        source::candidates(units, cue, chosen, tag, &mut self.found);
        self.origins.clear();
        let common = features::source_common(units, cue, chosen.as_ref(), before);
        self.origins.extend(self.found.iter().enumerate().map(|(rank, found)| {
            let mut row = common;
            features::source_own(units, cue, found.as_ref(), rank, chosen.as_ref(), before, &mut row);
            Origin { source: found.map(|found| found.source), row }
        }));
        let (named, at) = judge.source(cue.tokens, &self.origins);
        (named, self.found[at].map(|found| source::introduced(units, found)))
    }

    /// The likeliest content of `cue`, if there is any, and how likely it is. The frame has `others` reports so far.
    fn content(
        &mut self,
        cue: &Cue,
        source: Option<&Found>,
        others: usize,
        judge: &mut impl Judge,
    ) -> Option<(f32, Content)> {
        let (units, contents) = (&self.units, &mut self.contents);
        content::of(units, cue, source, contents);
        if cue.form == Form::Noun {
            let behind = units.tokens(cue.start).end;
            contents.retain(|content| content.runs[0].start >= behind && content.start <= cue.end + 1);
        }
        self.candidates.clear();
        let common = features::common(units, cue, source, others);
        self.candidates.extend(contents.iter().map(|content| {
            let mut row = common;
            features::own(units, cue, content, &mut row);
            Candidate { content: content.runs, row }
        }));
        let (right, at) = judge.content(cue.tokens, &self.candidates)?;
        let content = contents[at];
        let right = match (contents.len(), cue.form) {
            _ if cue.verb.declared => 1.0,
            // "according to X" is about something, and nothing else is left.
            (1, Form::Preposition) => right.max(ONLY),
            // "The talks failed, X said." leaves little choice either.
            _ if content.path == Path::Fronted => right.max(FRONTED),
            // "told reporters that A", "said A" tell something, wherever it ends.
            _ if cue.verb.clause == 3 => match content.path {
                Path::That if cue.verb.speech => right.max(THAT),
                Path::Clause if cue.verb.direct == 3 => right.max(THAT),
                _ => right,
            },
            _ => right,
        };
        Some((right, content))
    }
}

/// Whether the cue is the verb of "…, in what X called “…”".
fn is_verdict(units: &Units<'_>, cue: &Cue) -> bool {
    let verdict = |at: usize| at > 0 && units.is_comma(at - 1) && units.verdict(at) == Some(cue.start);
    (cue.start.saturating_sub(3)..cue.start).any(verdict)
}

/// Whether a content without marks tells nothing of what was said: "said nothing", "announced something in French",
/// "asked no questions", "voted 5".
fn is_nothing(units: &Units<'_>, content: &Content) -> bool {
    let Content { start, end, runs, .. } = *content;
    let reading = &units.reading;
    let first = reading.text(runs[0].start);
    let letters = || first.chars().filter(|&letter| letter != '\u{ad}').map(|letter| letter.to_ascii_lowercase());
    let nothing = ["nothing", "something", "anything"].iter().any(|word| letters().eq(word.chars()));
    let none = reading.class(runs[0].start).any(Class::NEGATION);
    let word = runs.iter().flat_map(|run| run.start..run.end).any(|at| reading.token(at).is_word());
    nothing && !units.is_finite(start + 1) || none && !(start..end).any(|at| units.is_finite(at)) || !word
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
