//! The turns of a conversation decoded together.
//!
//! A second-order chain: how likely a speaker is after the two before, given what the turns look like from outside
//! ([`super::situation`]); a conditional random field (Lafferty, `McCallum` and Pereira 2001). Forward-backward (Rabiner
//! 1989) over pairs of neighbouring turns gives each candidate of each turn its probability, which is calibrated since
//! what goes in is.

use std::ops::Deref;

use super::ragged::Ragged;
use crate::model::{Chain, RELATIONS};

/// What the chain knows of a turn: its likeliest candidates, and what it looks like from outside.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Link {
    pub(super) states: States,
    /// The situations that hold, a bit for each.
    pub(super) situation: u64,
}

/// Candidates of a turn that take part in the chain.
pub(super) const STATES: usize = 6;

/// The likeliest candidates of a turn, each an entity and its probability by its own evidence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct States {
    list: [(u32, f32); STATES],
    count: u8,
}

impl States {
    /// The first [`STATES`] of those given.
    pub(super) fn new(candidates: impl IntoIterator<Item = (u32, f32)>) -> States {
        let mut states = States::default();
        for (state, candidate) in states.list.iter_mut().zip(candidates) {
            *state = candidate;
            states.count += 1;
        }
        states
    }

    /// Multiplies the probabilities by `weights`, and makes a whole of them again.
    pub(super) fn weigh(&mut self, weights: impl IntoIterator<Item = f32>) {
        let states = &mut self.list[..usize::from(self.count)];
        for (state, weight) in states.iter_mut().zip(weights) {
            state.1 *= weight;
        }
        let total: f32 = states.iter().map(|state| state.1).sum();
        for state in states {
            state.1 /= total;
        }
    }
}

impl Deref for States {
    type Target = [(u32, f32)];

    fn deref(&self) -> &[(u32, f32)] {
        &self.list[..usize::from(self.count)]
    }
}

/// No probability is taken for less.
const LEAST: f32 = 1e-4;

/// Nobody, where states are told by entity.
const NOBODY: u32 = u32::MAX;

/// The relations: the speaker speaks on, is that of two turns before, is somebody else; and that of a silent state, which
/// weighs nothing.
const ON: usize = 0;
const AGAIN: usize = 1;
const OTHER: usize = 2;
const SILENT: usize = RELATIONS;

fn relation(here: u32, one: u32, two: u32) -> usize {
    match () {
        () if here == NOBODY || one == NOBODY => SILENT,
        () if here == one => ON,
        () if here == two => AGAIN,
        () => OTHER,
    }
}

/// For each state of a turn the state of another turn that stands for the same person, if one does.
fn places(states: [u32; STATES], others: [u32; STATES]) -> [Option<usize>; STATES] {
    states.map(|state| others.iter().position(|&other| other == state && state != NOBODY))
}

/// The probability of every state of every link.
pub(super) fn marginals(links: impl Iterator<Item = Link>, chain: &Chain) -> Ragged<f32> {
    Trellis::new(links, chain, &[]).marginals()
}

/// A number for each pair of a state here and one of the turn before, 0 where there is no such state.
type Pairs = [[f32; STATES]; STATES];

/// A conversation in which all ways to give its turns speakers are weighed against each other.
#[derive(Debug)]
pub(super) struct Trellis {
    steps: Vec<Step>,
    /// By turn the weight of all that leads to a pair of states.
    forward: Vec<Pairs>,
}

/// A turn of it.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// How many states there are; whom each stands for, and the evidence for it.
    states: u8,
    entities: [u32; STATES],
    unary: [f32; STATES],
    /// The weight of each relation.
    weights: [f32; RELATIONS + 1],
}

impl Step {
    fn new(link: &Link, chain: &Chain, known: Option<u32>) -> Step {
        let states = &link.states;
        let known = known.filter(|known| states.iter().any(|state| state.0 == *known));
        let mut unary = [0.0; STATES];
        // A turn without candidates takes part as one silent state.
        unary[0] = 1.0;
        for (evidence, &(entity, p)) in unary.iter_mut().zip(&**states) {
            *evidence = if known.is_some_and(|known| known != entity) { 0.0 } else { p.max(LEAST) };
        }
        let mut sums = [0.0; RELATIONS + 1];
        for (_, row) in chain.weights.iter().enumerate().filter(|(at, _)| link.situation >> at & 1 == 1) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        Step {
            states: states.len() as u8,
            entities: std::array::from_fn(|at| states.get(at).map_or(NOBODY, |state| state.0)),
            unary,
            weights: sums.map(f32::exp),
        }
    }

    /// The number of states, the silent one counted.
    fn size(&self) -> usize {
        usize::from(self.states).max(1)
    }
}

impl Trellis {
    /// `known` are the speakers of the turns where they are known for sure, or nothing at all.
    pub(super) fn new(links: impl Iterator<Item = Link>, chain: &Chain, known: &[Option<u32>]) -> Self {
        let step = |(at, link): (usize, Link)| Step::new(&link, chain, known.get(at).copied().flatten());
        let steps: Vec<Step> = links.enumerate().map(step).collect();
        let mut trellis = Trellis { forward: vec![Pairs::default(); steps.len()], steps };
        trellis.go_forward();
        trellis
    }

    /// The number of states of the turn before.
    fn rows(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(1, |at| self.steps[at].size())
    }

    /// Whom the states of the turn `back` turns before `at` stand for.
    fn before(&self, at: usize, back: usize) -> [u32; STATES] {
        at.checked_sub(back).map_or([NOBODY; STATES], |at| self.steps[at].entities)
    }

    fn go_forward(&mut self) {
        let Some(first) = self.steps.first() else { return };
        for (row, p) in self.forward[0].iter_mut().zip(first.unary) {
            row[0] = p;
        }
        normalise(&mut self.forward[0]);
        for at in 1..self.steps.len() {
            let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
            let Step { entities, unary, weights, .. } = self.steps[at];
            let totals = self.forward[at - 1].map(|row| row.iter().sum::<f32>());
            let as_two = places(entities, two_before);
            let mut pairs = Pairs::default();
            for here in 0..self.steps[at].size() {
                for one in 0..self.rows(at) {
                    let sum = match relation(entities[here], one_before[one], NOBODY) {
                        // Of all states two turns before, at most one is this speaker.
                        OTHER => {
                            let again = as_two[here].map_or(0.0, |two| self.forward[at - 1][one][two]);
                            weights[AGAIN] * again + weights[OTHER] * (totals[one] - again).max(0.0)
                        }
                        relation => weights[relation] * totals[one],
                    };
                    pairs[here][one] = unary[here] * sum;
                }
            }
            normalise(&mut pairs);
            self.forward[at] = pairs;
        }
    }

    /// Calls `each` with every turn, the last first, and with the weight of all that follows a pair of its states.
    fn go_backward(&self, mut each: impl FnMut(usize, &Pairs)) {
        let mut after = [[1.0; STATES]; STATES];
        for at in (0..self.steps.len()).rev() {
            each(at, &after);
            if at > 0 {
                after = self.step_back(at, &after);
            }
        }
    }

    /// The weight of all that follows a pair of states of turn `at - 1`, from that of all that follows one of turn `at`.
    fn step_back(&self, at: usize, after: &Pairs) -> Pairs {
        let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
        let Step { entities, unary, weights, .. } = self.steps[at];
        let (as_one, as_two) = (places(one_before, entities), places(two_before, entities));
        let mut pairs = Pairs::default();
        for one in 0..self.rows(at) {
            let follow: [f32; STATES] = std::array::from_fn(|here| after[here][one] * unary[here]);
            let total: f32 = follow.iter().sum();
            let silent = one_before[one] == NOBODY || entities[0] == NOBODY;
            let on = as_one[one].map_or(0.0, |here| follow[here]);
            for two in 0..self.rows(at - 1) {
                // Whoever spoke both turns before speaks on.
                let again = as_two[two].filter(|&here| as_one[one] != Some(here)).map_or(0.0, |here| follow[here]);
                let other = (total - on - again).max(0.0);
                pairs[one][two] = if silent {
                    weights[SILENT] * total
                } else {
                    weights[ON] * on + weights[AGAIN] * again + weights[OTHER] * other
                };
            }
        }
        normalise(&mut pairs);
        pairs
    }

    /// The probability of every state of every link.
    pub(super) fn marginals(&self) -> Ragged<f32> {
        let mut marginals = vec![[0.0; STATES]; self.steps.len()];
        self.go_backward(|at, after| {
            let both = self.forward[at].iter().zip(after);
            for (sum, (before, after)) in marginals[at].iter_mut().zip(both) {
                *sum = before.iter().zip(after).map(|(before, after)| before * after).sum();
            }
            let scale = scale(marginals[at].iter().sum());
            marginals[at] = marginals[at].map(|sum| sum * scale);
        });
        self.steps.iter().zip(marginals).map(|(step, row)| row.into_iter().take(step.states.into())).collect()
    }

    /// How likely each relation is at every turn.
    #[cfg(feature = "internals")]
    pub(super) fn relations(&self) -> Vec<[f32; RELATIONS]> {
        let mut relations = vec![[0.0; RELATIONS]; self.steps.len()];
        self.go_backward(|at, after| {
            if at > 0 {
                relations[at] = self.relations_at(at, after);
            }
        });
        relations
    }

    #[cfg(feature = "internals")]
    fn relations_at(&self, at: usize, after: &Pairs) -> [f32; RELATIONS] {
        let mut sums = [0.0; RELATIONS];
        let mut total = 0.0;
        let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
        let Step { entities, unary, weights, .. } = self.steps[at];
        for here in 0..self.steps[at].size() {
            for one in 0..self.rows(at) {
                let both = unary[here] * after[here][one];
                for two in 0..self.rows(at - 1) {
                    let relation = relation(entities[here], one_before[one], two_before[two]);
                    let p = self.forward[at - 1][one][two] * weights[relation] * both;
                    total += p;
                    if let Some(sum) = sums.get_mut(relation) {
                        *sum += p;
                    }
                }
            }
        }
        if total > 0.0 { sums.map(|sum| sum / total) } else { [0.0; RELATIONS] }
    }
}

/// Scales to a sum of one.
fn normalise(pairs: &mut Pairs) {
    let scale = scale(pairs.as_flattened().iter().sum());
    for weight in pairs.as_flattened_mut() {
        *weight *= scale;
    }
}

/// By what numbers with that sum are to be multiplied so that it is one.
fn scale(total: f32) -> f32 {
    if total > 0.0 { total.recip() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_alternate_between_anchors() {
        let known = |entity| Link { states: States::new([(entity, 1.0)]), situation: 1 };
        let open = || Link { states: States::new([(1, 0.5), (2, 0.5)]), situation: 1 };
        let mut alternate = Chain::NONE;
        alternate.weights[0] = [-0.9, 0.6, -1.2];
        let links = [known(1), known(2), open(), open(), known(1)];
        let found = marginals(links.iter().copied(), &alternate);
        assert!(found[2][0] > 0.8, "{found:?}");
        assert!(found[3][1] > 0.8, "{found:?}");
        let found = Trellis::new(links.iter().copied(), &alternate, &[None, None, Some(2), None, None]).marginals();
        assert_eq!(found[2], [0.0, 1.0]);
    }
}
