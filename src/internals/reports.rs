//! Learning which contents cues report: the forest of `report`, from annotated news.

use super::Stages;
use super::boost::{Objective, Rows, Settings, boost};
use crate::attributor::Attributor;
use crate::document::Run;
use crate::mention::Reading;
use crate::model::{Forest, Memory};
use crate::report::{self, CUE_WIDTH, Candidate, Judge, Origin, SOURCE_WIDTH, Source, WIDTH};

/// An attribution of an annotated text, in bytes.
#[derive(Clone, Debug, Default)]
pub struct GoldReport {
    /// The content.
    pub content: Vec<(u32, u32)>,
    /// The head of the source; none if there is no source or its head is not known.
    pub heads: Vec<(u32, u32)>,
    /// There is a source.
    pub sourced: bool,
    /// The reporting words.
    pub cue: Vec<(u32, u32)>,
}

/// Annotated texts to learn reporting clauses from.
#[derive(Debug, Default)]
pub struct ReportTexts(Vec<ReportText>);

#[derive(Debug)]
struct ReportText {
    text: String,
    gold: Vec<GoldReport>,
    /// What was not annotated, in bytes.
    ignore: Vec<(u32, u32)>,
}

/// The bytes of the tables that tell reporting clauses.
#[derive(Clone, Debug)]
pub struct ReportTables {
    /// `src/model/cues.bin`
    pub cues: Vec<u8>,
    /// `src/model/sources.bin`
    pub sources: Vec<u8>,
    /// `src/model/contents.bin`
    pub contents: Vec<u8>,
}

// Measured on articles left out of the training, twice the trees at half the rate, lower rates with more damping, and trees
// that see all or half of the groups and features differ by chance alone, half a point: so few trees, that each see most.
const DRAWN: Settings = Settings { groups: 0.7, features: 0.7, ..Settings::PLAIN };
pub(super) const CUES: Settings = Settings { trees: 100, rate: 0.2, least: 12.0, ..DRAWN };
pub(super) const SOURCES: Settings = Settings { trees: 80, rate: 0.24, least: 6.0, ..DRAWN };
pub(super) const CONTENTS: Settings = Settings { trees: 200, rate: 0.2, least: 12.0, ..DRAWN };

impl ReportTexts {
    /// Takes a text with all its attributions. What lies in `ignore` was not annotated.
    pub fn push(&mut self, text: &str, gold: Vec<GoldReport>, ignore: Vec<(u32, u32)>) {
        self.0.push(ReportText { text: text.to_owned(), gold, ignore });
    }

    /// Learns the forests, one after the other: contents are weighed where the forest of sources puts the source.
    pub fn train(&self) -> ReportTables {
        let attributor = Attributor::new();
        let read = |sources: Option<&Forest>| {
            let rows = |width: usize| Rows { width, ..Rows::default() };
            let mut lesson = Lesson { cues: rows(CUE_WIDTH), sources: rows(SOURCE_WIDTH), contents: rows(WIDTH) };
            for ReportText { text, gold, ignore } in &self.0 {
                let stages = Stages::new(&attributor, text);
                let reading = stages.reading();
                let judge = Teacher { lesson: &mut lesson, reading, gold, ignore, forest: sources };
                report::find(reading, &stages.frames, judge);
            }
            lesson
        };
        let lesson = read(None);
        let cues = boost(&lesson.cues, Objective::Binary, CUES);
        let sources = boost(&lesson.sources, Objective::Ranking, SOURCES);
        drop(lesson);
        let contents = boost(&read(Some(&sources)).contents, Objective::Binary, CONTENTS);
        ReportTables { cues: cues.to_bytes(), sources: sources.to_bytes(), contents: contents.to_bytes() }
    }
}

/// What there is to learn from.
struct Lesson {
    cues: Rows,
    sources: Rows,
    contents: Rows,
}

/// Answers from the annotation of a text, and notes what was asked with the right answer.
struct Teacher<'a> {
    lesson: &'a mut Lesson,
    reading: Reading<'a>,
    gold: &'a [GoldReport],
    ignore: &'a [(u32, u32)],
    /// Chooses sources, once there is one.
    forest: Option<&'a Forest>,
}

impl Teacher<'_> {
    /// The attributions with that cue.
    fn with_cue(&self, cue: Run) -> impl Iterator<Item = &GoldReport> {
        let cue = bytes(self.reading, cue);
        self.gold.iter().filter(move |gold| gold.cue.iter().any(|&span| overlap(span, cue) > 0))
    }
}

fn add(rows: &mut Rows, row: &[u8], label: f32) {
    rows.values.extend_from_slice(row);
    rows.labels.push(label);
}

impl Judge for Teacher<'_> {
    fn cue(&mut self, cue: Run, row: &[u8; CUE_WIDTH]) -> f32 {
        let place = bytes(self.reading, cue);
        if self.ignore.iter().any(|&stretch| overlap(stretch, place) > 0) {
            return 0.0;
        }
        let label = if self.with_cue(cue).next().is_some() { 1.0 } else { 0.0 };
        self.lesson.cues.groups.push(self.lesson.cues.len());
        add(&mut self.lesson.cues, row, label);
        label
    }

    fn source(&mut self, cue: Run, origins: &[Origin]) -> (f32, usize) {
        let right = |origin: &Origin| self.with_cue(cue).any(|gold| is_source(self.reading, origin.source, gold));
        let right: Vec<bool> = origins.iter().map(right).collect();
        let answer = right.iter().position(|&right| right);
        if let Some(answer) = answer.filter(|_| origins.len() > 1) {
            let rows = &mut self.lesson.sources;
            rows.groups.push(rows.len());
            for (at, origin) in origins.iter().enumerate() {
                add(rows, &origin.row, if at == answer { 1.0 } else { 0.0 });
            }
        }
        let score = |forest: &Forest| {
            let mut scores = Vec::new();
            forest.score(origins.iter().map(|origin| origin.row), &mut Memory::default(), &mut scores);
            scores.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
        };
        (1.0, self.forest.and_then(score).or(answer).unwrap_or(0))
    }

    fn content(&mut self, cue: Run, candidates: &[Candidate]) -> Option<(f32, usize)> {
        let label = |candidate: &Candidate| {
            self.with_cue(cue).map(|gold| agreement(self.reading, candidate, gold)).fold(0.0, f32::max)
        };
        let labels: Vec<f32> = candidates.iter().map(label).collect();
        let rows = &mut self.lesson.contents;
        rows.groups.push(rows.len());
        for (candidate, &label) in candidates.iter().zip(&labels) {
            add(rows, &candidate.row, label);
        }
        let best = labels.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|&(_, label)| label > 0.0).map(|(at, _)| (1.0, at))
    }
}

fn bytes(reading: Reading<'_>, run: Run) -> (u32, u32) {
    (reading.token(run.start).start, reading.token(run.end - 1).end)
}

fn overlap(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Whether the source is that of the attribution.
fn is_source(reading: Reading<'_>, source: Option<Source>, gold: &GoldReport) -> bool {
    let Some(source) = source else { return !gold.sourced };
    let first = &reading.phrases[source.phrase as usize];
    let last = &reading.phrases[source.last as usize];
    let source = bytes(reading, Run::new(first.tokens.start, last.tokens.end.max(first.tokens.end)));
    gold.heads.iter().any(|&head| overlap(source, head) == head.1 - head.0)
}

/// How well a content agrees with that of an attribution: 0 where it would not count as found, else from one half to 1.
fn agreement(reading: Reading<'_>, candidate: &Candidate, gold: &GoldReport) -> f32 {
    let runs = candidate.content.iter().filter(|run| run.end > run.start);
    let content: Vec<(u32, u32)> = runs.map(|&run| bytes(reading, run)).collect();
    let size = |spans: &[(u32, u32)]| spans.iter().map(|span| span.1 - span.0).sum::<u32>();
    let common: u32 = content.iter().flat_map(|&a| gold.content.iter().map(move |&b| overlap(a, b))).sum();
    let jaccard = common as f32 / (size(&content) + size(&gold.content) - common).max(1) as f32;
    if jaccard >= 0.5 { 0.5 + 0.5 * jaccard } else { 0.0 }
}
