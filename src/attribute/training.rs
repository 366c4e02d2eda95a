//! Conversations of annotated texts, as the boosting of the speaker forests takes them.

use super::chain::Trellis;
use super::collect;
use super::crowd::Crowd;
use super::decode::{Conversation, conversations, reported, weigh_rare};
use super::features::{self, Candidate};
use super::lead::lead;
use super::scene::{Scene, cast_share};
use super::second;
use super::turns::turns;
use super::voice::{Vocabulary, Voices};
use crate::entity::Entities;
use crate::mention::{Mentions, Reading};
use crate::model::{Chain, Forest, Memory, RELATIONS, SITUATIONS};
use crate::quotation::Frame;
use crate::report::Report;
use crate::span::Span;

/// The conversations of one text, and for each turn the entities that may be who really speaks: a text that is read without
/// its cast may take somebody for two.
#[derive(Clone, Debug)]
pub(crate) struct Dialogue {
    conversations: Vec<(Conversation, Vec<Vec<u32>>)>,
}

/// Width of the rows of the two stages.
pub(crate) const FIRST: usize = features::WIDTH;
pub(crate) const SECOND: usize = second::WIDTH;

impl Dialogue {
    /// `gold` gives the entities that the annotated speaker of a stretch of text may be.
    pub(crate) fn new(
        reading: Reading<'_>,
        frames: &[Frame],
        reports: &[Report],
        mentions: &Mentions,
        entities: &Entities,
        gold: impl Fn(Span) -> Vec<u32>,
    ) -> Dialogue {
        let mut utterances = collect::collect(reading, frames, reports);
        for utterance in &mut utterances {
            if let Some(report) = utterance.report {
                utterance.answer = reported(reading, mentions, entities, &reports[report as usize]);
            }
        }
        lead(reading, mentions, entities, &mut utterances);
        let turns = turns(reading, mentions, entities, reports, &utterances);
        let cast = cast_share(entities, &turns);
        let scene = Scene { reading, mentions, entities, utterances: &utterances, turns: &turns, cast };
        let mut crowd = Crowd::new(reading, mentions, entities, cast);
        let mut vocabulary = Vocabulary::new();
        // The one of most mentions first.
        let right = |at: usize| {
            let tokens = turns[at].tokens;
            let span = Span::new(reading.token(tokens.start).start, reading.token(tokens.end - 1).end);
            let mut right = gold(span);
            right.sort_by_key(|&entity| (std::cmp::Reverse(entities.get(entity).mentions), entity));
            right
        };
        let conversations = conversations(&turns)
            .map(|range| {
                let mut conversation = Conversation::of(range.len());
                conversation.gather(scene, range.clone(), &mut crowd, &mut vocabulary);
                (conversation, range.map(right).collect())
            })
            .collect();
        Dialogue { conversations }
    }

    /// Scores all candidates by the first stage, which keeps the likely ones.
    pub(crate) fn score(&mut self, first: &Forest) {
        for (conversation, _) in &mut self.conversations {
            conversation.score(first);
        }
    }

    /// Runs the chain over what `score` left.
    pub(crate) fn join(&mut self, chain: &Chain) {
        for (conversation, _) in &mut self.conversations {
            conversation.join(chain);
        }
        let voices =
            Voices::learn(&self.conversations.iter().map(|(conversation, _)| conversation).collect::<Vec<_>>());
        for (conversation, _) in &mut self.conversations {
            conversation.listen(&voices, chain);
        }
    }

    /// Calls `each` for every turn that is to be decided and has its speaker among the candidates: with the rows of its
    /// candidates, and which of them are right.
    pub(crate) fn first_rows(&self, mut each: impl FnMut(&[&[u8]], &[bool])) {
        self.turns(|conversation, n, right| {
            let rows: Vec<_> = conversation.rows(n).collect();
            let rows: Vec<&[u8]> = rows.iter().map(|row| &row[..]).collect();
            each(&rows, right);
        });
    }

    /// The same for the second stage; `join` comes first.
    pub(crate) fn second_rows(&self, mut each: impl FnMut(&[&[u8]], &[bool])) {
        self.turns(|conversation, n, right| {
            let rows: Vec<_> = second::rows(conversation, n).collect();
            let rows: Vec<&[u8]> = rows.iter().map(|row| &row[..]).collect();
            each(&rows, right);
        });
    }

    fn turns(&self, mut each: impl FnMut(&Conversation, usize, &[bool])) {
        for (conversation, gold) in &self.conversations {
            for (n, gold) in gold.iter().enumerate() {
                let candidates = conversation.candidates[n].iter();
                let right: Vec<bool> = candidates.map(|candidate| gold.contains(&candidate.entity)).collect();
                if right.contains(&true) {
                    each(conversation, n, &right);
                }
            }
        }
    }

    /// How many turns are decided rightly by the second stage, and how many there are with a known speaker: of those to
    /// be decided, and of those with an anchor.
    pub(crate) fn accuracy(&self, second: &Forest) -> Accuracy {
        let mut found = Accuracy::default();
        let mut memory = Memory::default();
        for (conversation, gold) in &self.conversations {
            for (n, gold) in gold.iter().enumerate() {
                if gold.is_empty() {
                    continue;
                }
                if let Some(anchor) = conversation.anchors[n] {
                    found.anchored += 1;
                    found.anchored_right += usize::from(gold.contains(&anchor));
                    continue;
                }
                found.open += 1;
                let mut scores = Vec::new();
                second.score(second::rows(conversation, n), &mut memory, &mut scores);
                let candidates = &conversation.candidates[n];
                weigh_rare(&mut scores, candidates);
                let best = (0..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best });
                found.open_right +=
                    usize::from(candidates.get(best).is_some_and(|candidate| gold.contains(&candidate.entity)));
                found.reachable += usize::from(candidates.iter().any(|candidate| gold.contains(&candidate.entity)));
            }
        }
        found
    }
}

/// Steps in which the chain is learned, and how far the first goes.
pub(crate) const STEPS: u32 = 6;
const STEP: f64 = 0.15;

/// Learns the chain from dialogues that have been joined by none: the likelihood of the annotated speakers is raised step
/// by step along its slope, each number by steps of its own (Duchi, Hazan and Singer 2011). More steps make whole
/// conversations likelier, and single turns less so.
pub(crate) fn learn_chain<'d>(dialogues: &(impl Iterator<Item = &'d Dialogue> + Clone)) -> Chain {
    let mut chain = Chain::NONE;
    let mut squares = vec![0.0f64; SITUATIONS * RELATIONS];
    for _ in 0..STEPS {
        let mut slopes = vec![0.0; squares.len()];
        for (conversation, gold) in dialogues.clone().flat_map(|dialogue| &dialogue.conversations) {
            let free = Trellis::new(conversation.heard(), &chain, &[]).relations();
            let right = Trellis::new(conversation.heard(), &chain, &known(conversation, gold)).relations();
            for ((link, free), right) in conversation.links.iter().zip(free).zip(right) {
                for (bit, row) in slopes.chunks_exact_mut(RELATIONS).enumerate() {
                    if link.situation >> bit & 1 == 1 {
                        for ((slope, free), right) in row.iter_mut().zip(free).zip(right) {
                            *slope += f64::from(right - free);
                        }
                    }
                }
            }
        }
        let numbers = chain.weights.iter_mut().flatten();
        for ((number, slope), square) in numbers.zip(slopes).zip(&mut squares) {
            *square += slope * slope;
            if *square > 0.0 {
                *number += (STEP * slope / square.sqrt()) as f32;
            }
        }
    }
    chain
}

/// For each turn the entity that the chain is to take for its speaker.
fn known(conversation: &Conversation, gold: &[Vec<u32>]) -> Vec<Option<u32>> {
    let taken = |(candidates, gold): (&[Candidate], &Vec<u32>)| {
        let candidate = |entity: &u32| candidates.iter().any(|candidate| candidate.entity == *entity);
        gold.iter().copied().find(candidate).or(gold.first().copied())
    };
    conversation.candidates.iter().zip(gold).map(taken).collect()
}

/// Turns with a known speaker, and how many are right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Accuracy {
    pub(crate) open: usize,
    pub(crate) open_right: usize,
    /// Turns to be decided whose speaker is among the candidates.
    pub(crate) reachable: usize,
    pub(crate) anchored: usize,
    pub(crate) anchored_right: usize,
}
