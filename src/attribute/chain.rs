//! The turns of a conversation decoded together.
//!
//! A second-order chain: how likely a speaker is after the two before. Forward-backward (Rabiner 1989) over pairs of
//! neighbouring turns gives each candidate of each turn its probability, which is calibrated since what goes in is.

/// What the chain knows of a turn: its likeliest candidates, and the paragraphs without quotations before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// Entity and probability by its own evidence, at most `STATES`.
    pub(super) states: Vec<(u32, f32)>,
    pub(super) gap: u32,
}

/// Candidates of a turn that take part in the chain.
pub(super) const STATES: usize = 6;

/// How a speaker stands to those of the two turns before.
pub(super) const RELATIONS: usize = 3;

/// Gaps that are told apart: none, one, two or three, more.
pub(super) const GAPS: usize = 4;

/// Weights of transitions by gap and relation.
pub(super) type Transitions = [[f32; RELATIONS]; GAPS];

/// The class of a gap.
pub(super) fn gap_class(gap: u32) -> usize {
    match gap {
        0 => 0,
        1 => 1,
        2 | 3 => 2,
        _ => 3,
    }
}

/// 0: speaks on; 1: as two turns before; 2: somebody else.
pub(super) fn relation(here: u32, one: Option<u32>, two: Option<u32>) -> usize {
    if Some(here) == one {
        0
    } else if Some(here) == two {
        1
    } else {
        2
    }
}

/// The probability of every state of every link.
pub(super) fn marginals(links: &[Link], transitions: &Transitions) -> Vec<Vec<f32>> {
    let count = links.len();
    // A turn without candidates takes part as one silent state.
    let size = |at: usize| links[at].states.len().max(1);
    let entity = |at: usize, state: usize| links[at].states.get(state).map(|state| state.0);
    let unary = |at: usize, state: usize| links[at].states.get(state).map_or(1.0, |state| state.1.max(1e-4));
    let weight = |at: usize, here: usize, one: usize, two: Option<u32>| match entity(at, here) {
        Some(here) if entity(at - 1, one).is_some() => {
            transitions[gap_class(links[at].gap)][relation(here, entity(at - 1, one), two)]
        }
        _ => 1.0,
    };
    // The pairs (state here, state one before), by row of `here`.
    let mut forward: Vec<Vec<f32>> = Vec::with_capacity(count);
    for at in 0..count {
        if at == 0 {
            forward.push(normal((0..size(0)).map(|state| unary(0, state)).collect()));
            continue;
        }
        let rows = if at >= 2 { size(at - 2) } else { 1 };
        let mut row = Vec::with_capacity(size(at) * size(at - 1));
        for here in 0..size(at) {
            for one in 0..size(at - 1) {
                let sum: f32 = (0..rows)
                    .map(|two| {
                        let before = at.checked_sub(2).and_then(|at| entity(at, two));
                        forward[at - 1][one * rows + two] * weight(at, here, one, before)
                    })
                    .sum();
                row.push(unary(at, here) * sum);
            }
        }
        forward.push(normal(row));
    }
    let mut backward: Vec<Vec<f32>> = vec![Vec::new(); count];
    for at in (0..count).rev() {
        let rows = if at >= 1 { size(at - 1) } else { 1 };
        let Some(next) = backward.get(at + 1).filter(|next| !next.is_empty()) else {
            backward[at] = vec![1.0; size(at) * rows];
            continue;
        };
        let mut row = Vec::with_capacity(size(at) * rows);
        for here in 0..size(at) {
            for one in 0..rows {
                let before = at.checked_sub(1).and_then(|at| entity(at, one));
                row.push(
                    (0..size(at + 1))
                        .map(|then| {
                            next[then * size(at) + here] * unary(at + 1, then) * weight(at + 1, then, here, before)
                        })
                        .sum(),
                );
            }
        }
        backward[at] = normal(row);
    }
    (0..count)
        .map(|at| {
            let rows = if at >= 1 { size(at - 1) } else { 1 };
            let both = forward[at].iter().zip(&backward[at]).map(|(forward, backward)| forward * backward);
            let products: Vec<f32> = both.collect();
            let sums = products.chunks(rows).map(|row| row.iter().sum());
            let mut sums = normal(sums.collect());
            sums.truncate(links[at].states.len());
            sums
        })
        .collect()
}

/// Scaled to a sum of one.
fn normal(mut weights: Vec<f32>) -> Vec<f32> {
    let total: f32 = weights.iter().sum();
    let scale = if total > 0.0 { total.recip() } else { 0.0 };
    for weight in &mut weights {
        *weight *= scale;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_alternate_between_anchors() {
        let known = |entity| Link { states: vec![(entity, 1.0)], gap: 0 };
        let open = || Link { states: vec![(1, 0.5), (2, 0.5)], gap: 0 };
        let alternate = [[0.4, 1.8, 0.3]; GAPS];
        let found = marginals(&[known(1), known(2), open(), open(), known(1)], &alternate);
        assert!(found[2][0] > 0.8, "{found:?}");
        assert!(found[3][1] > 0.8, "{found:?}");
    }
}
