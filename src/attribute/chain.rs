//! The turns of a conversation decoded together.
//!
//! A second-order chain: how likely a speaker is after the two before, given what the turns look like from outside
//! ([`super::situation`]); a conditional random field (Lafferty, `McCallum` and Pereira 2001). Forward-backward (Rabiner
//! 1989) over pairs of neighbouring turns gives each candidate of each turn its probability, which is calibrated since
//! what goes in is.

use crate::model::{Chain, RELATIONS};

/// What the chain knows of a turn: its likeliest candidates, and what it looks like from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// Entity and probability by its own evidence, at most `STATES`.
    pub(super) states: Vec<(u32, f32)>,
    /// Paragraphs without quotations before the turn.
    pub(super) gap: u32,
    /// The situations that hold, a bit for each.
    pub(super) situation: u32,
}

/// Candidates of a turn that take part in the chain.
pub(super) const STATES: usize = 6;

/// No probability is taken for less.
const LEAST: f32 = 1e-4;

/// 0: speaks on; 1: as two turns before; 2: somebody else.
fn relation(here: u32, one: u32, two: Option<u32>) -> usize {
    if here == one {
        0
    } else if Some(here) == two {
        1
    } else {
        2
    }
}

/// The probability of every state of every link.
pub(super) fn marginals(links: &[Link], chain: &Chain) -> Vec<Vec<f32>> {
    Trellis::new(links, chain, &[]).marginals()
}

/// A conversation in which all ways to give its turns speakers are weighed against each other.
#[derive(Debug)]
pub(super) struct Trellis<'a> {
    links: &'a [Link],
    /// By turn: the evidence for each state, and the weight of each relation.
    unary: Vec<Vec<f32>>,
    weights: Vec<[f32; RELATIONS]>,
    /// By turn the pairs (state here, state one before), by row of the state here: the weight of all that leads there,
    /// and of all that follows.
    forward: Vec<Vec<f32>>,
    backward: Vec<Vec<f32>>,
}

impl<'a> Trellis<'a> {
    /// `known` are the speakers of the turns where they are known for sure, or nothing at all.
    pub(super) fn new(links: &'a [Link], chain: &Chain, known: &[Option<u32>]) -> Self {
        let unary = |(at, link): (usize, &Link)| {
            let known = known.get(at).copied().flatten();
            let known = known.filter(|known| link.states.iter().any(|state| state.0 == *known));
            let evidence = |&(entity, p): &(u32, f32)| {
                if known.is_some_and(|known| known != entity) { 0.0 } else { p.max(LEAST) }
            };
            let states: Vec<f32> = link.states.iter().map(evidence).collect();
            // A turn without candidates takes part as one silent state.
            if states.is_empty() { vec![1.0] } else { states }
        };
        let weights = |link: &Link| {
            let mut sums = [0.0; RELATIONS];
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
            unary: links.iter().enumerate().map(unary).collect(),
            weights: links.iter().map(weights).collect(),
            forward: Vec::with_capacity(links.len()),
            backward: vec![Vec::new(); links.len()],
        };
        trellis.go_forward();
        trellis.go_backward();
        trellis
    }

    fn size(&self, at: usize) -> usize {
        self.unary[at].len()
    }

    /// The number of states of the turn before.
    fn rows(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(1, |at| self.size(at))
    }

    fn entity(&self, at: Option<usize>, state: usize) -> Option<u32> {
        at.and_then(|at| self.links[at].states.get(state)).map(|state| state.0)
    }

    /// How the states of turn `at` and the two before stand to each other, if there are two to compare.
    fn relation(&self, at: usize, here: usize, one: usize, two: usize) -> Option<usize> {
        let before = self.entity(at.checked_sub(1), one)?;
        Some(relation(self.entity(Some(at), here)?, before, self.entity(at.checked_sub(2), two)))
    }

    fn weight(&self, at: usize, here: usize, one: usize, two: usize) -> f32 {
        self.relation(at, here, one, two).map_or(1.0, |relation| self.weights[at][relation])
    }

    fn go_forward(&mut self) {
        for at in 0..self.links.len() {
            if at == 0 {
                self.forward.push(normal(self.unary[0].clone()));
                continue;
            }
            let rows = self.rows(at - 1);
            let mut row = Vec::with_capacity(self.size(at) * self.size(at - 1));
            for here in 0..self.size(at) {
                for one in 0..self.size(at - 1) {
                    let before = &self.forward[at - 1][one * rows..(one + 1) * rows];
                    let sum: f32 = before.iter().enumerate().map(|(two, p)| p * self.weight(at, here, one, two)).sum();
                    row.push(self.unary[at][here] * sum);
                }
            }
            self.forward.push(normal(row));
        }
    }

    fn go_backward(&mut self) {
        for at in (0..self.links.len()).rev() {
            let (size, rows) = (self.size(at), self.rows(at));
            let Some(next) = self.backward.get(at + 1) else {
                self.backward[at] = vec![1.0; size * rows];
                continue;
            };
            let mut row = Vec::with_capacity(size * rows);
            for here in 0..size {
                for one in 0..rows {
                    let follow = |then: usize| {
                        next[then * size + here] * self.unary[at + 1][then] * self.weight(at + 1, then, here, one)
                    };
                    row.push((0..self.size(at + 1)).map(follow).sum());
                }
            }
            self.backward[at] = normal(row);
        }
    }

    /// The probability of every state of every link.
    pub(super) fn marginals(&self) -> Vec<Vec<f32>> {
        (0..self.links.len())
            .map(|at| {
                let both =
                    self.forward[at].iter().zip(&self.backward[at]).map(|(forward, backward)| forward * backward);
                let products: Vec<f32> = both.collect();
                let sums = products.chunks(self.rows(at)).map(|row| row.iter().sum());
                let mut sums = normal(sums.collect());
                sums.truncate(self.links[at].states.len());
                sums
            })
            .collect()
    }

    /// How likely each relation is at turn `at`.
    #[cfg(feature = "internals")]
    pub(super) fn relations(&self, at: usize) -> [f32; RELATIONS] {
        let mut sums = [0.0; RELATIONS];
        let mut total = 0.0;
        if at == 0 {
            return sums;
        }
        let rows = self.rows(at - 1);
        for here in 0..self.size(at) {
            for one in 0..self.size(at - 1) {
                let both = self.unary[at][here] * self.backward[at][here * self.size(at - 1) + one];
                for two in 0..rows {
                    let p = self.forward[at - 1][one * rows + two] * self.weight(at, here, one, two) * both;
                    total += p;
                    if let Some(relation) = self.relation(at, here, one, two) {
                        sums[relation] += p;
                    }
                }
            }
        }
        if total > 0.0 { sums.map(|sum| sum / total) } else { [0.0; RELATIONS] }
    }
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
        let known = |entity| Link { states: vec![(entity, 1.0)], gap: 0, situation: 1 };
        let open = || Link { states: vec![(1, 0.5), (2, 0.5)], gap: 0, situation: 1 };
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
