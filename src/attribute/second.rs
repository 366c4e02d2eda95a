//! The features of the second stage: those of the first, and what the chain made of the neighbours.

use super::decode::Conversation;
use super::features;
use super::voice;

/// Features that are added to those of the first stage.
const ADDED: usize = 23;

/// Probabilities are wanted in finer steps than counts.
const FINE: f32 = 8.0;

/// How well words fit somebody's talk is told in coarser steps.
const COARSE: f32 = 0.35;

/// Turns to each side that are the scene of a turn.
const WIDE: usize = 30;

/// By distance, and no further: who speaks at even distances more than at odd ones has the turn.
const PARITY: [f32; 9] = [0.0, -0.8, 0.64, -0.512, 0.4096, -0.328, 0.262, -0.21, 0.168];

/// A probability that changes no sum.
const NEGLIGIBLE: f32 = 0.002;

/// Features of one candidate in the second stage.
pub(super) const WIDTH: usize = features::WIDTH + ADDED;

/// The rows of the candidates of turn `n` of a conversation.
pub(super) fn rows(conversation: &Conversation, n: usize) -> Vec<[u8; WIDTH]> {
    let candidates = &conversation.candidates[n];
    let own = &conversation.own[n];
    let marginal = |at: usize, entity: u32| {
        let states = &conversation.links[at].states;
        states.iter().position(|state| state.0 == entity).map_or(0.0, |state| conversation.marginals[at][state])
    };
    let at = |offset: isize, entity: u32| {
        n.checked_add_signed(offset).filter(|&at| at < conversation.links.len()).map_or(-1.0, |at| marginal(at, entity))
    };
    let fit = |entity: u32| {
        let states = &conversation.links[n].states;
        states.iter().position(|state| state.0 == entity).map_or(0.0, |state| conversation.fit[n][state])
    };
    let best_fit = conversation.fit[n].iter().copied().fold(0.0, f32::max);
    let chained: Vec<f32> = candidates.iter().map(|candidate| marginal(n, candidate.entity)).collect();
    let rank = |values: &[f32], at: usize| values.iter().filter(|&&value| value > values[at]).count() as f32;
    let top = |values: &[f32]| values.iter().copied().fold(0.0, f32::max);
    // How much of the turns around each candidate speaks.
    let mut scene = vec![0.0; candidates.len()];
    let mut share = scene.clone();
    let mut parity = scene.clone();
    for other in n.saturating_sub(WIDE)..(n + WIDE + 1).min(conversation.links.len()) {
        let distance = other.abs_diff(n);
        for (state, &p) in conversation.links[other].states.iter().zip(&conversation.marginals[other]) {
            if p < NEGLIGIBLE || distance == 0 {
                continue;
            }
            let Some(c) = candidates.iter().position(|candidate| candidate.entity == state.0) else { continue };
            scene[c] += p;
            if let Some(weight) = PARITY.get(distance) {
                share[c] += p;
                parity[c] += weight * p;
            }
        }
    }
    (0..candidates.len())
        .map(|c| {
            let entity = candidates[c].entity;
            let added: [f32; ADDED] = [
                FINE * own[c],
                rank(own, c),
                FINE * (top(own) - own[c]),
                FINE * chained[c],
                rank(&chained, c),
                FINE * (top(&chained) - chained[c]),
                FINE * top(&chained),
                FINE * at(-1, entity),
                FINE * at(-2, entity),
                FINE * at(-3, entity),
                FINE * at(-4, entity),
                FINE * at(1, entity),
                FINE * at(2, entity),
                FINE * at(3, entity),
                FINE * at(4, entity),
                2.0 * share[c],
                COARSE * (fit(entity) + voice::LIMIT),
                COARSE * (best_fit - fit(entity)),
                0.5 * scene[c],
                4.0 * parity[c],
                conversation.links[n].gap.min(6) as f32,
                conversation.links.get(n + 1).map_or(6.0, |link| link.gap.min(6) as f32),
                candidates.len() as f32,
            ];
            let mut row = [0; WIDTH];
            row[..features::WIDTH].copy_from_slice(&candidates[c].row);
            row[features::WIDTH..].copy_from_slice(&added.map(features::byte));
            row
        })
        .collect()
}
