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
pub(super) fn marginals(links: &[Link], chain: &Chain) -> Ragged<f32> {
    Trellis::new(links, chain, &[]).marginals()
}

/// A number for each pair of a state here and one of the turn before, 0 where there is no such state.
type Pairs = [[f32; STATES]; STATES];

/// A conversation in which all ways to give its turns speakers are weighed against each other.
#[derive(Debug)]
pub(super) struct Trellis<'a> {
    links: &'a [Link],
    /// By turn: whom each state stands for, the evidence for it, and the weight of each relation.
    entities: Vec<[u32; STATES]>,
    unary: Vec<[f32; STATES]>,
    weights: Vec<[f32; RELATIONS + 1]>,
    /// By turn the weight of all that leads to a pair of states, and of all that follows.
    forward: Vec<Pairs>,
    backward: Vec<Pairs>,
}

impl<'a> Trellis<'a> {
    /// `known` are the speakers of the turns where they are known for sure, or nothing at all.
    pub(super) fn new(links: &'a [Link], chain: &Chain, known: &[Option<u32>]) -> Self {
        let entities = |link: &Link| std::array::from_fn(|at| link.states.get(at).map_or(NOBODY, |state| state.0));
        let unary = |(at, link): (usize, &Link)| {
            let known = known.get(at).copied().flatten();
            let known = known.filter(|known| link.states.iter().any(|state| state.0 == *known));
            let mut unary = [0.0; STATES];
            // A turn without candidates takes part as one silent state.
            unary[0] = 1.0;
            for (evidence, &(entity, p)) in unary.iter_mut().zip(&*link.states) {
                *evidence = if known.is_some_and(|known| known != entity) { 0.0 } else { p.max(LEAST) };
            }
            unary
        };
        let weights = |link: &Link| {
            let mut sums = [0.0; RELATIONS + 1];
            let rows = chain.weights.iter().enumerate().filter(|(at, _)| link.situation >> at & 1 == 1);
            for (_, row) in rows {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += weight;
                }
            }
            sums.map(f32::exp)
        };
        let mut trellis = Trellis {
            links,
            entities: links.iter().map(entities).collect(),
            unary: links.iter().enumerate().map(unary).collect(),
            weights: links.iter().map(weights).collect(),
            forward: vec![Pairs::default(); links.len()],
            backward: vec![[[1.0; STATES]; STATES]; links.len()],
        };
        trellis.go_forward();
        trellis.go_backward();
        trellis
    }

    /// The number of states of turn `at`.
    fn size(&self, at: usize) -> usize {
        self.links[at].states.len().max(1)
    }

    /// The number of states of the turn before.
    fn rows(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(1, |at| self.size(at))
    }

    /// Whom the states of the turn `back` turns before `at` stand for.
    fn before(&self, at: usize, back: usize) -> [u32; STATES] {
        at.checked_sub(back).map_or([NOBODY; STATES], |at| self.entities[at])
    }

    fn go_forward(&mut self) {
        let Some(unary) = self.unary.first() else { return };
        for (row, p) in self.forward[0].iter_mut().zip(unary) {
            row[0] = *p;
        }
        normalise(&mut self.forward[0]);
        for at in 1..self.links.len() {
            let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
            let weights = self.weights[at];
            let totals = self.forward[at - 1].map(|row| row.iter().sum::<f32>());
            let as_two = places(self.entities[at], two_before);
            let mut pairs = Pairs::default();
            for here in 0..self.size(at) {
                for one in 0..self.size(at - 1) {
                    let sum = match relation(self.entities[at][here], one_before[one], NOBODY) {
                        // Of all states two turns before, at most one is this speaker.
                        OTHER => {
                            let again = as_two[here].map_or(0.0, |two| self.forward[at - 1][one][two]);
                            weights[AGAIN] * again + weights[OTHER] * (totals[one] - again).max(0.0)
                        }
                        relation => weights[relation] * totals[one],
                    };
                    pairs[here][one] = self.unary[at][here] * sum;
                }
            }
            normalise(&mut pairs);
            self.forward[at] = pairs;
        }
    }

    fn go_backward(&mut self) {
        for at in (1..self.links.len()).rev() {
            let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
            let weights = self.weights[at];
            let (as_one, as_two) = (places(one_before, self.entities[at]), places(two_before, self.entities[at]));
            let mut pairs = Pairs::default();
            for one in 0..self.size(at - 1) {
                let follow: [f32; STATES] =
                    std::array::from_fn(|here| self.backward[at][here][one] * self.unary[at][here]);
                let total: f32 = follow.iter().sum();
                let silent = one_before[one] == NOBODY || self.entities[at][0] == NOBODY;
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
            self.backward[at - 1] = pairs;
        }
    }

    /// The probability of every state of every link.
    pub(super) fn marginals(&self) -> Ragged<f32> {
        let marginals = |((link, forward), backward): ((&Link, &Pairs), &Pairs)| {
            let sum = |at: usize| -> f32 {
                forward[at].iter().zip(&backward[at]).map(|(forward, backward)| forward * backward).sum()
            };
            let sums: [f32; STATES] = std::array::from_fn(sum);
            let scale = scale(sums.iter().sum());
            sums.map(|sum| sum * scale).into_iter().take(link.states.len())
        };
        self.links.iter().zip(&self.forward).zip(&self.backward).map(marginals).collect()
    }

    /// How likely each relation is at turn `at`.
    #[cfg(feature = "internals")]
    pub(super) fn relations(&self, at: usize) -> [f32; RELATIONS] {
        let mut sums = [0.0; RELATIONS];
        let mut total = 0.0;
        if at == 0 {
            return sums;
        }
        let (one_before, two_before) = (self.before(at, 1), self.before(at, 2));
        for here in 0..self.size(at) {
            let entity = self.entities[at][here];
            for one in 0..self.size(at - 1) {
                let both = self.unary[at][here] * self.backward[at][here][one];
                for two in 0..self.rows(at - 1) {
                    let relation = relation(entity, one_before[one], two_before[two]);
                    let p = self.forward[at - 1][one][two] * self.weights[at][relation] * both;
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
        let found = marginals(&links, &alternate);
        assert!(found[2][0] > 0.8, "{found:?}");
        assert!(found[3][1] > 0.8, "{found:?}");
        let found = Trellis::new(&links, &alternate, &[None, None, Some(2), None, None]).marginals();
        assert_eq!(found[2], [0.0, 1.0]);
    }
}
