//! Learning who speaks: the forests and the chain of `attribute::decode`, from annotated novels.

use std::collections::HashMap;

use super::Stages;
use super::boost::{Objective, Rows, Settings, boost};
use crate::attribute::training::{Accuracy, Dialogue, FIRST, SECOND, learn_chain};
use crate::attributor::{Attributor, Member};
use crate::model::{Chain, Forest};
use crate::span::Span;

/// A quotation of an annotated text, with its speaker.
#[derive(Clone, Debug)]
pub struct GoldQuote {
    /// First byte and byte after the last, of each part.
    pub spans: Vec<(u32, u32)>,
    /// The speaker's id.
    pub speaker: String,
}

/// A mention of a person in an annotated text.
#[derive(Clone, Debug)]
pub struct GoldMention {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The person's id.
    pub id: String,
}

/// Annotated novels, read by the engine and ready to learn from.
#[derive(Debug, Default)]
pub struct Dialogues {
    /// Name of the text, and the text as read with and without its cast.
    texts: Vec<(String, Vec<Dialogue>)>,
}

/// The learned tables, as the files in `src/model/` hold them.
#[derive(Debug)]
pub struct SpeakerTables {
    /// `speakers-first.bin`
    pub first: Vec<u8>,
    /// `speakers-second.bin`
    pub second: Vec<u8>,
    /// `speakers-transitions.bin`
    pub transitions: Vec<u8>,
}

/// Parts of the texts of which each is read once by what the others teach: to tell what tables are worth, and for the
/// second stage to learn from what a first makes of texts that it has not seen. Six are worth no more.
pub(super) const FOLDS: usize = 3;

pub(super) const FIRST_STAGE: Settings =
    Settings { trees: 200, least: 8.0, groups: 0.5, features: 0.4, ..Settings::PLAIN };
pub(super) const SECOND_STAGE: Settings = Settings { trees: 150, ..FIRST_STAGE };

impl Dialogues {
    /// Reads a text with and without its cast. Aliases that are not unique are to be left out of `members`; `mentions`
    /// are in text order.
    ///
    /// # Panics
    ///
    /// Panics if the cast contradicts itself.
    pub fn push(&mut self, name: &str, text: &str, members: &[Member], quotes: &[GoldQuote], mentions: &[GoldMention]) {
        let with = Attributor::builder().cast(members.iter().cloned()).build().expect("a sound cast");
        let without = Attributor::new();
        let read = |engine: &Attributor| {
            let stages = Stages::new(engine, text);
            let characters = stages.characters(members, mentions);
            let mut by_id: HashMap<&str, Vec<u32>> = HashMap::new();
            for (entity, id) in characters.iter().enumerate() {
                if let Some(id) = id {
                    by_id.entry(id).or_default().push(entity as u32);
                }
            }
            let mut spans: Vec<(u32, u32, &str)> = quotes
                .iter()
                .flat_map(|quote| quote.spans.iter().map(|&(start, end)| (start, end, quote.speaker.as_str())))
                .collect();
            spans.sort_unstable();
            let gold = |span: Span| {
                let mut bytes: Vec<(u32, &str)> = Vec::new();
                let first = spans.partition_point(|&(start, _, _)| start + 60_000 < span.start());
                for &(start, end, speaker) in spans[first..].iter().take_while(|&&(start, _, _)| start < span.end()) {
                    let common = end.min(span.end()).saturating_sub(start.max(span.start()));
                    if common > 0 {
                        match bytes.iter_mut().find(|(_, known)| *known == speaker) {
                            Some((count, _)) => *count += common,
                            None => bytes.push((common, speaker)),
                        }
                    }
                }
                let speaker = bytes.into_iter().max_by_key(|&(count, _)| count).map(|(_, speaker)| speaker);
                speaker.and_then(|speaker| by_id.get(speaker)).cloned().unwrap_or_default()
            };
            stages.dialogue(gold)
        };
        self.texts.push((name.to_owned(), vec![read(&with), read(&without)]));
    }

    /// Learns the tables.
    pub fn train(&self) -> SpeakerTables {
        let all: Vec<usize> = (0..self.texts.len()).collect();
        let (first, second, chain) = self.learn(&all);
        SpeakerTables { first: first.to_bytes(), second: second.to_bytes(), transitions: chain.to_bytes() }
    }

    /// For each text the share of turns that tables learned from the other folds get right: name, with its cast, without.
    pub fn cross_validate(&self) -> Vec<(String, f64, f64)> {
        let mut out = Vec::new();
        for fold in 0..FOLDS {
            let (inside, outside): (Vec<usize>, Vec<usize>) = (0..self.texts.len()).partition(|at| at % FOLDS != fold);
            let (first, second, chain) = self.learn(&inside);
            for at in outside {
                let (name, readings) = &self.texts[at];
                let share = |reading: &Dialogue| {
                    let mut reading = reading.clone();
                    reading.score(&first);
                    reading.join(&chain);
                    let Accuracy { open, open_right, anchored, anchored_right, .. } = reading.accuracy(&second);
                    (open_right + anchored_right) as f64 / (open + anchored).max(1) as f64
                };
                out.push((name.clone(), share(&readings[0]), share(&readings[1])));
            }
        }
        out.sort_by(|a, b| a.0.cmp(&b.0));
        out
    }

    /// The two stages and the chain between them, from the texts at `texts`. The second stage and the chain learn from what
    /// a first stage makes of texts that it has not seen.
    fn learn(&self, texts: &[usize]) -> (Forest, Forest, Chain) {
        let mut unseen: Vec<Vec<Dialogue>> = texts.iter().map(|&at| self.texts[at].1.clone()).collect();
        let fold_of = |n: usize| n % FOLDS;
        let firsts: Vec<Forest> = (0..FOLDS)
            .map(|fold| {
                let others = (0..texts.len()).filter(|&n| fold_of(n) != fold).map(|n| texts[n]);
                self.first_stage(others)
            })
            .collect();
        for (n, readings) in unseen.iter_mut().enumerate() {
            for reading in readings {
                reading.score(&firsts[fold_of(n)]);
                reading.join(&Chain::NONE);
            }
        }
        let chain = learn_chain(&unseen.iter().flatten());
        let mut rows = Rows { width: SECOND, ..Rows::default() };
        for reading in unseen.iter_mut().flatten() {
            reading.join(&chain);
            reading.second_rows(|candidates, right| add(&mut rows, candidates, right));
        }
        let second = boost(&rows, Objective::Ranking, SECOND_STAGE);
        (self.first_stage(texts.iter().copied()), second, chain)
    }

    fn first_stage(&self, texts: impl Iterator<Item = usize>) -> Forest {
        let mut rows = Rows { width: FIRST, ..Rows::default() };
        for at in texts {
            for reading in &self.texts[at].1 {
                reading.first_rows(|candidates, right| add(&mut rows, candidates, right));
            }
        }
        boost(&rows, Objective::Ranking, FIRST_STAGE)
    }
}

fn add(rows: &mut Rows, candidates: &[&[u8]], right: &[bool]) {
    rows.groups.push(rows.labels.len());
    let share = 1.0 / right.iter().filter(|right| **right).count() as f32;
    for (row, right) in candidates.iter().zip(right) {
        rows.values.extend_from_slice(row);
        rows.labels.push(if *right { share } else { 0.0 });
    }
}
