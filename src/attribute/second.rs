//! The features of the second stage: those of the first, and what the chain made of the neighbours.

use super::crowd::CANDIDATES;
use super::decode::Conversation;
use super::features;
use super::voice::{self, Address};

/// Features that are added to those of the first stage.
const ADDED: usize = 36;

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
pub(super) fn rows(conversation: &Conversation, n: usize) -> impl ExactSizeIterator<Item = [u8; WIDTH]> {
    let candidates = &conversation.candidates[n];
    let own = &conversation.own[n];
    let links = &conversation.links;
    let mut entities = [u32::MAX; CANDIDATES.next_multiple_of(4)];
    for (slot, candidate) in entities.iter_mut().zip(candidates) {
        *slot = candidate.entity;
    }
    // All are compared at once, since nobody could predict where one stands.
    let place = |entity: u32| {
        let is = |(&candidate, place)| if candidate == entity { place } else { 0 };
        let place = entities.iter().zip(1u32..).map(is).fold(0, |found, place| found | place);
        (place as usize).checked_sub(1)
    };
    // By candidate what the chain makes of it in some other turn, -1 where there is no such turn.
    let view = |other: Option<usize>| {
        let Some(other) = other else { return [-1.0; CANDIDATES] };
        let mut view = [0.0; CANDIDATES];
        for (&(entity, _), &p) in links[other].states.iter().zip(&conversation.marginals[other]) {
            if let Some(c) = place(entity) {
                view[c] = p;
            }
        }
        view
    };
    let before: [_; BESIDE] = std::array::from_fn(|back| view(n.checked_sub(back + 1)));
    let after: [_; BESIDE] =
        std::array::from_fn(|ahead| view(Some(n + ahead + 1).filter(|&other| other < links.len())));
    let (low, high) = (n.saturating_sub(WIDE), (n + WIDE + 1).min(links.len()));
    // Who speaks the nearest long turns.
    let long = |other: &usize| conversation.lengths[*other] >= LONG;
    let told = [view((low..n).rev().find(long)), view((n + 1..high).find(long))];
    // By candidate: what the chain makes of it in this turn; how well the words of the turn, and the noun of its tag, fit.
    let mut chained = [0.0; CANDIDATES];
    let mut fit = [0.0; CANDIDATES];
    let mut called = [0.0; CANDIDATES];
    let mut address = [Address::default(); CANDIDATES];
    for (state, &(entity, _)) in links[n].states.iter().enumerate() {
        if let Some(c) = place(entity) {
            chained[c] = conversation.marginals[n][state];
            fit[c] = conversation.fit[n][state];
            called[c] = conversation.called[n].get(state).copied().unwrap_or(0.0);
            address[c] = conversation.address[n].get(state).copied().unwrap_or_default();
        }
    }
    // How much of the turns around it speaks, far and near, and more of those at even distances; the same as to its own
    // evidence alone, and as to how well the words fit it.
    let mut scene = [0.0; CANDIDATES];
    let mut share = [0.0; CANDIDATES];
    let mut parity = [0.0; CANDIDATES];
    let mut own_parity = [0.0; CANDIDATES];
    let mut fit_parity = [0.0; CANDIDATES];
    // How long it speaks at a time: whoever tells a story goes on with it.
    let mut length = [0.0; CANDIDATES];
    for other in (low..high).filter(|&other| other != n) {
        let near = PARITY.get(other.abs_diff(n));
        let (marginals, fits) = (&conversation.marginals[other], &conversation.fit[other]);
        for (state, (&(entity, single), &p)) in links[other].states.iter().zip(marginals).enumerate() {
            if p < NEGLIGIBLE && near.is_none() {
                continue;
            }
            let Some(c) = place(entity) else { continue };
            scene[c] += p;
            length[c] += p * conversation.lengths[other];
            let Some(weight) = near else { continue };
            share[c] += p;
            parity[c] += weight * p;
            own_parity[c] += weight * single;
            fit_parity[c] += weight * fits.get(state).unwrap_or(&0.0);
        }
    }
    let number = candidates.len();
    for (length, &scene) in length.iter_mut().zip(&scene) {
        *length /= scene.max(HARDLY);
    }
    let rank = |values: &[f32], at: usize| values.iter().filter(|&&value| value > values[at]).count() as f32;
    let top = |values: &[f32]| values.iter().copied().fold(0.0, f32::max);
    let (top_own, top_chained, longest) = (top(own), top(&chained[..number]), top(&length));
    let (best_called, best_fit) = (top(&conversation.called[n]), top(&conversation.fit[n]));
    let heard = address.map(|address| address.before + address.after);
    let best_heard = top(&heard);
    let total = |values: &[f32]| values.iter().sum::<f32>().max(HARDLY);
    let (total_scene, total_share) = (total(&scene), total(&share));
    // 1 where one alone speaks around the turn, a half where two do.
    let few: f32 = share.iter().map(|share| (share / total_share).powi(2)).sum();
    let features = move |c: usize| -> [f32; ADDED] {
        [
            FINE * own[c],
            rank(own, c),
            FINE * (top_own - own[c]),
            FINE * chained[c],
            rank(&chained[..number], c),
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
            FINE * called[c],
            FINE * (best_called - called[c]),
            LENGTH * length[c],
            LENGTH * (longest - length[c]),
            FINE * told[0][c],
            FINE * told[1][c],
            FINE * scene[c] / total_scene,
            FINE * few,
            FINE * share[c] / total_share,
            COARSE * (fit_parity[c] + voice::LIMIT),
            4.0 * own_parity[c],
            FINE * address[c].before,
            FINE * address[c].after,
            FINE * (best_heard - heard[c]),
            FINE * address[c].says,
            FINE * address[c].hears,
        ]
    };
    let context = &conversation.contexts[n];
    candidates.iter().enumerate().map(move |(c, candidate)| {
        let mut row = [0; WIDTH];
        row[..features::WIDTH].copy_from_slice(&candidate.row(context));
        row[features::WIDTH..].copy_from_slice(&features(c).map(features::byte));
        row
    })
}
