//! Learning which contents cues report: the forest of `report`, from annotated news.

use super::Stages;
use super::boost::{Objective, Rows, Settings, boost};
use crate::attributor::Attributor;
use crate::document::Run;
use crate::mention::Reading;
use crate::report::{self, Candidate, WIDTH};

/// An attribution of an annotated text, in bytes.
#[derive(Clone, Debug, Default)]
pub struct GoldReport {
    /// The content.
    pub content: Vec<(u32, u32)>,
    /// The head of the source; none if there is no source or its head is not known.
    pub heads: Vec<(u32, u32)>,
    /// There is a source.
    pub sourced: bool,
}

/// What the cues of annotated texts may report, and which of it they do.
#[derive(Debug)]
pub struct Reports {
    rows: Rows,
    attributor: Attributor,
}

const SETTINGS: Settings = Settings { trees: 160, depth: 5, rate: 0.1, least: 12.0 };

impl Default for Reports {
    fn default() -> Self {
        Reports { rows: Rows { width: WIDTH, ..Rows::default() }, attributor: Attributor::new() }
    }
}

impl Reports {
    /// Reads a text. What lies in `ignore` was not annotated.
    pub fn push(&mut self, text: &str, gold: &[GoldReport], ignore: &[(u32, u32)]) {
        let stages = Stages::new(&self.attributor, text);
        let reading = stages.reading();
        let rows = &mut self.rows;
        report::find_with(reading, &stages.frames, |candidates| {
            let mut best: Option<(f32, usize)> = None;
            for (at, candidate) in candidates.iter().enumerate() {
                let label = label(reading, candidate, gold);
                if !candidate.sure && !set_aside(reading, candidate, ignore) {
                    rows.groups.push(rows.labels.len());
                    rows.values.extend_from_slice(&candidate.row);
                    rows.labels.push(label);
                }
                let label = if candidate.sure { 1.0 } else { label };
                if label > best.map_or(0.0, |(highest, _)| highest) {
                    best = Some((label, at));
                }
            }
            best
        });
    }

    /// Learns the forest, the bytes of `src/model/reports.bin`.
    pub fn train(&self) -> Vec<u8> {
        boost(&self.rows, Objective::Binary, SETTINGS).to_bytes()
    }

    /// How many rows there are, and the sum of their labels.
    pub fn len(&self) -> (usize, f32) {
        (self.rows.len(), self.rows.labels.iter().sum())
    }
}

fn bytes(reading: Reading<'_>, run: Run) -> (u32, u32) {
    (reading.token(run.start).start, reading.token(run.end - 1).end)
}

fn overlap(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

fn set_aside(reading: Reading<'_>, candidate: &Candidate, ignore: &[(u32, u32)]) -> bool {
    let cue = bytes(reading, candidate.report.cue);
    ignore.iter().any(|&stretch| overlap(stretch, cue) > 0)
}

/// How right a candidate is: 0 unless content and source are those of an attribution, and then more the better the
/// contents agree.
fn label(reading: Reading<'_>, candidate: &Candidate, gold: &[GoldReport]) -> f32 {
    let report = &candidate.report;
    let content: Vec<(u32, u32)> =
        report.content.iter().filter(|run| run.end > run.start).map(|&run| bytes(reading, run)).collect();
    let source = report.source.map(|source| {
        let first = &reading.phrases[source.phrase as usize];
        let last = &reading.phrases[source.last as usize];
        bytes(reading, Run::new(first.tokens.start, last.tokens.end.max(first.tokens.end)))
    });
    let size = |spans: &[(u32, u32)]| spans.iter().map(|span| span.1 - span.0).sum::<u32>();
    let mut best: f32 = 0.0;
    for attribution in gold {
        let common: u32 = content.iter().flat_map(|&a| attribution.content.iter().map(move |&b| overlap(a, b))).sum();
        if common == 0 {
            continue;
        }
        let named = match source {
            Some(source) => {
                attribution.heads.iter().any(|&head| overlap(source, head) == head.1 - head.0)
                    || (attribution.sourced && attribution.heads.is_empty())
            }
            None => !attribution.sourced,
        };
        let jaccard = common as f32 / (size(&content) + size(&attribution.content) - common) as f32;
        if named && jaccard >= 0.5 {
            best = best.max(0.5 + 0.5 * jaccard);
        }
    }
    best
}
