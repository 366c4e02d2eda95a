//! The features of the second stage: those of the first, and what the chain made of the neighbours.

use super::crowd::CANDIDATES;
use super::decode::Conversation;
use super::features;
use super::voice;

/// Features that are added to those of the first stage.
const ADDED: usize = 29;

/// Probabilities are wanted in finer steps than counts.
const FINE: f32 = 8.0;

/// The logarithm of a length.
const LENGTH: f32 = 4.0;

/// How well words fit somebody's talk is told in coarser steps.
const COARSE: f32 = 0.35;

/// Turns to each side of which each has a feature of its own.
const BESIDE: usize = 4;

/// Turns to each side that are the scene of a turn.
const WIDE: usize = 30;

/// By distance, and no further: who speaks at even distances more than at odd ones has the turn.
const PARITY: [f32; 9] = [0.0, -0.8, 0.64, -0.512, 0.4096, -0.328, 0.262, -0.21, 0.168];

/// The logarithm of the tokens that make a turn a long one.
const LONG: f32 = 4.5;

/// Turns around that are too little to tell how long somebody speaks at a time.
const HARDLY: f32 = 0.5;

/// A probability that changes no sum.
const NEGLIGIBLE: f32 = 0.002;

/// Features of one candidate in the second stage.
pub(super) const WIDTH: usize = features::WIDTH + ADDED;

/// The rows of the candidates of turn `n` of a conversation. A new feature goes into the list at the end.
pub(super) fn rows(conversation: &Conversation, n: usize) -> Vec<[u8; WIDTH]> {
    let candidates = &conversation.candidates[n];
    let own = &conversation.own[n];
    let links = &conversation.links;
    let mut entities = [u32::MAX; CANDIDATES];
    for (slot, candidate) in entities.iter_mut().zip(candidates) {
        *slot = candidate.entity;
    }
    // By candidate: what the chain makes of it in this turn and in those beside, -1 where there is none; how well the words
    // of the turn, and the noun of its tag, fit it; how much of the turns around it speaks.
    let mut chained = [0.0; CANDIDATES];
    let mut before = [[-1.0; CANDIDATES]; BESIDE];
    let mut after = [[-1.0; CANDIDATES]; BESIDE];
    let mut fit = [0.0; CANDIDATES];
    let mut called = [0.0; CANDIDATES];
    let mut scene = [0.0; CANDIDATES];
    let mut share = [0.0; CANDIDATES];
    let mut parity = [0.0; CANDIDATES];
    // How long it speaks at a time: whoever tells a story goes on with it.
    let mut length = [0.0; CANDIDATES];
    // Who speaks the nearest long turn, before and after; -1 where there is none.
    let mut told = [[-1.0; CANDIDATES]; 2];
    let long = |other: &usize| conversation.lengths[*other] >= LONG;
    let last_long = (n.saturating_sub(WIDE)..n).rev().find(long);
    let next_long = (n + 1..(n + WIDE + 1).min(links.len())).find(long);
    for other in n.saturating_sub(WIDE)..(n + WIDE + 1).min(links.len()) {
        let distance = other.abs_diff(n);
        let side = if other < n { &mut before } else { &mut after };
        let mut beside = distance.checked_sub(1).and_then(|at| side.get_mut(at));
        if let Some(beside) = &mut beside {
            beside.fill(0.0);
        }
        let mut told = match Some(other) {
            nearest if nearest == last_long => Some(&mut told[0]),
            nearest if nearest == next_long => Some(&mut told[1]),
            _ => None,
        };
        if let Some(told) = &mut told {
            told.fill(0.0);
        }
        for (state, &(entity, _)) in links[other].states.iter().enumerate() {
            let p = conversation.marginals[other][state];
            if p < NEGLIGIBLE && distance > 0 {
                continue;
            }
            let Some(c) = entities.iter().position(|&candidate| candidate == entity) else { continue };
            if distance == 0 {
                chained[c] = p;
                fit[c] = conversation.fit[n][state];
                called[c] = conversation.called[n].get(state).copied().unwrap_or(0.0);
                continue;
            }
            if let Some(beside) = &mut beside {
                beside[c] = p;
            }
            if let Some(told) = &mut told {
                told[c] = p;
            }
            scene[c] += p;
            length[c] += p * conversation.lengths[other];
            if let Some(weight) = PARITY.get(distance) {
                share[c] += p;
                parity[c] += weight * p;
            }
        }
    }
    let chained = &chained[..candidates.len()];
    for (length, &scene) in length.iter_mut().zip(&scene) {
        *length /= scene.max(HARDLY);
    }
    let best_called = conversation.called[n].iter().copied().fold(0.0, f32::max);
    let best_fit = conversation.fit[n].iter().copied().fold(0.0, f32::max);
    let rank = |values: &[f32], at: usize| values.iter().filter(|&&value| value > values[at]).count() as f32;
    let top = |values: &[f32]| values.iter().copied().fold(0.0, f32::max);
    let (top_own, top_chained, longest) = (top(own), top(chained), top(&length));
    let features = |c: usize| -> [f32; ADDED] {
        [
            FINE * own[c],
            rank(own, c),
            FINE * (top_own - own[c]),
            FINE * chained[c],
            rank(chained, c),
            FINE * (top_chained - chained[c]),
            FINE * top_chained,
            FINE * before[0][c],
            FINE * before[1][c],
            FINE * before[2][c],
            FINE * before[3][c],
            FINE * after[0][c],
            FINE * after[1][c],
            FINE * after[2][c],
            FINE * after[3][c],
            2.0 * share[c],
            COARSE * (fit[c] + voice::LIMIT),
            COARSE * (best_fit - fit[c]),
            0.5 * scene[c],
            4.0 * parity[c],
            links[n].gap.min(6) as f32,
            links.get(n + 1).map_or(6.0, |link| link.gap.min(6) as f32),
            candidates.len() as f32,
            FINE * called[c],
            FINE * (best_called - called[c]),
            LENGTH * length[c],
            LENGTH * (longest - length[c]),
            FINE * told[0][c],
            FINE * told[1][c],
        ]
    };
    candidates
        .iter()
        .enumerate()
        .map(|(c, candidate)| {
            let mut row = [0; WIDTH];
            row[..features::WIDTH].copy_from_slice(&candidate.row(&conversation.contexts[n]));
            row[features::WIDTH..].copy_from_slice(&features(c).map(features::byte));
            row
        })
        .collect()
}
