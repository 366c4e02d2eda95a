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

/// A turn as the chain takes it: who may speak it and how likely. A turn without candidates takes part as one silent state.
struct Step<'a> {
    states: &'a [(u32, f32)],
    transitions: &'a [f32; RELATIONS],
}

impl Step<'_> {
    fn size(&self) -> usize {
        self.states.len().max(1)
    }

    fn entity(&self, state: usize) -> Option<u32> {
        self.states.get(state).map(|state| state.0)
    }

    fn own(&self, state: usize) -> f32 {
        self.states.get(state).map_or(1.0, |state| state.1.max(1e-4))
    }

    /// How state `here` follows on `one` and, before that, `two`.
    fn weight(&self, here: usize, one: Option<u32>, two: Option<u32>) -> f32 {
        match self.entity(here) {
            Some(here) if one.is_some() => self.transitions[relation(here, one, two)],
            _ => 1.0,
        }
    }
}

/// The probability of every state of every link.
pub(super) fn marginals(links: &[Link], transitions: &Transitions) -> Vec<Vec<f32>> {
    let nobody = Step { states: &[], transitions: &transitions[0] };
    let steps: Vec<Step<'_>> = links
        .iter()
        .map(|link| Step { states: &link.states, transitions: &transitions[gap_class(link.gap)] })
        .collect();
    let before = |at: usize, back: usize| at.checked_sub(back).map_or(&nobody, |at| &steps[at]);
    // The pairs (state here, state one before), by row of `here`, of all links one after the other.
    let mut starts = Vec::with_capacity(steps.len() + 1);
    let mut count = 0;
    for (at, step) in steps.iter().enumerate() {
        starts.push(count);
        count += step.size() * before(at, 1).size();
    }
    starts.push(count);
    let pairs = |at: usize| starts[at]..starts[at + 1];
    let mut forward = vec![0.0; count];
    for (at, step) in steps.iter().enumerate() {
        let (one, two) = (before(at, 1), before(at, 2));
        let (done, rest) = forward.split_at_mut(starts[at]);
        let mut slots = rest.iter_mut();
        for here in 0..step.size() {
            for last in 0..one.size() {
                let sum = match at.checked_sub(1) {
                    None => 1.0,
                    Some(at) => {
                        let row = &done[pairs(at)][last * two.size()..(last + 1) * two.size()];
                        let last = one.entity(last);
                        let each = row.iter().enumerate().map(|(n, p)| p * step.weight(here, last, two.entity(n)));
                        each.sum()
                    }
                };
                *slots.next().expect("as many as pairs") = step.own(here) * sum;
            }
        }
        normal(&mut forward[pairs(at)]);
    }
    let mut backward = vec![1.0; count];
    for (at, step) in steps.iter().enumerate().rev() {
        let Some(then) = steps.get(at + 1) else { continue };
        let one = before(at, 1);
        let (rest, done) = backward.split_at_mut(starts[at + 1]);
        let mut slots = rest[starts[at]..].iter_mut();
        for here in 0..step.size() {
            for last in 0..one.size() {
                let (entity, last) = (step.entity(here), one.entity(last));
                let each = (0..then.size())
                    .map(|next| done[next * step.size() + here] * then.own(next) * then.weight(next, entity, last));
                *slots.next().expect("as many as pairs") = each.sum();
            }
        }
        normal(&mut backward[pairs(at)]);
    }
    (0..steps.len())
        .map(|at| {
            let both =
                forward[pairs(at)].iter().zip(&backward[pairs(at)]).map(|(forward, backward)| forward * backward);
            let products: Vec<f32> = both.collect();
            let sums = products.chunks(before(at, 1).size()).map(|row| row.iter().sum());
            let mut sums: Vec<f32> = sums.collect();
            normal(&mut sums);
            sums.truncate(steps[at].states.len());
            sums
        })
        .collect()
}

/// Scales to a sum of one.
fn normal(weights: &mut [f32]) {
    let total: f32 = weights.iter().sum();
    let scale = if total > 0.0 { total.recip() } else { 0.0 };
    for weight in weights {
        *weight *= scale;
    }
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
