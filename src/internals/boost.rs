//! Gradient boosting of symmetric trees over features of seven bits, deterministic to the last bit.

use crate::model::{DEPTH, Forest, HIGHEST, Split, Tree};

/// What to learn from: rows of features in groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) width: usize,
    pub(crate) values: Vec<u8>,
    /// 1 for what is right, 0 for what is wrong.
    pub(crate) labels: Vec<f32>,
    /// The first row of each group; candidates for one question are a group.
    pub(crate) groups: Vec<usize>,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.labels.len()
    }

    /// The rows of a group.
    pub(crate) fn group(&self, group: usize) -> std::ops::Range<usize> {
        self.groups[group]..self.groups.get(group + 1).copied().unwrap_or(self.len())
    }
}

/// What the sum of the trees means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Objective {
    /// One of a group is right: softmax over the group.
    Ranking,
    /// Each row by itself is right or wrong: logistic.
    Binary,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) trees: u32,
    pub(crate) rate: f32,
    /// Smallest sum of second derivatives on either side of a split that counts.
    pub(crate) least: f64,
    /// What is added to the sum of second derivatives of a leaf, so that a small one says little.
    pub(crate) damping: f64,
}

pub(super) const BINS: usize = 64;

/// Learns a forest.
pub(crate) fn boost(rows: &Rows, objective: Objective, settings: Settings) -> Forest {
    let edges = edges(rows);
    // Column by column, so that a histogram walks one array.
    let mut bins = vec![0u8; rows.len() * rows.width];
    for (feature, edges) in edges.iter().enumerate() {
        let bin_of: Vec<u8> = (0..=255).map(|value| edges.partition_point(|&edge| value > edge) as u8).collect();
        for row in 0..rows.len() {
            bins[feature * rows.len() + row] = bin_of[usize::from(rows.values[row * rows.width + feature])];
        }
    }
    let mut forest = Forest::default();
    let mut scores = vec![0.0f32; rows.len()];
    let mut gradient = vec![(0.0f64, 0.0f64); rows.len()];
    let mut leaf = vec![0u8; rows.len()];
    for _ in 0..settings.trees {
        gradients(rows, objective, &scores, &mut gradient);
        // A question that nothing is above tells nothing.
        let mut splits = [Split { feature: 0, threshold: HIGHEST }; DEPTH];
        leaf.fill(0);
        for level in 0..DEPTH {
            let Some((feature, bin)) = best_split(rows, &edges, &bins, &gradient, &leaf, 1 << level, settings) else {
                break;
            };
            let column = &bins[feature * rows.len()..(feature + 1) * rows.len()];
            for (leaf, &value) in leaf.iter_mut().zip(column) {
                *leaf |= u8::from(usize::from(value) > bin) << level;
            }
            splits[level] = Split { feature: feature as u8, threshold: edges[feature][bin] };
        }
        let mut sums = [(0.0, 0.0); 1 << DEPTH];
        for (&leaf, (g, h)) in leaf.iter().zip(&gradient) {
            let sum: &mut (f64, f64) = &mut sums[usize::from(leaf)];
            sum.0 += g;
            sum.1 += h;
        }
        let leaves = sums.map(|(g, h)| -(g / (h + settings.damping)) as f32 * settings.rate);
        for (score, &leaf) in scores.iter_mut().zip(&leaf) {
            *score += leaves[usize::from(leaf)];
        }
        forest.push(Tree { splits, leaves });
    }
    forest
}

/// Up to `BINS - 1` values that part each feature's values into about equal shares.
fn edges(rows: &Rows) -> Vec<Vec<u8>> {
    (0..rows.width)
        .map(|feature| {
            let step = (rows.len() / 50_000).max(1);
            let mut values: Vec<u8> =
                (0..rows.len()).step_by(step).map(|row| rows.values[row * rows.width + feature].min(HIGHEST)).collect();
            values.sort_unstable();
            let mut edges: Vec<u8> =
                (1..BINS).map(|bin| values[(values.len() * bin / BINS).min(values.len() - 1)]).collect();
            edges.dedup();
            // Nothing lies above the highest value.
            if edges.last() == values.last() {
                edges.pop();
            }
            edges
        })
        .collect()
}

fn gradients(rows: &Rows, objective: Objective, scores: &[f32], out: &mut [(f64, f64)]) {
    match objective {
        Objective::Binary => {
            for ((score, label), out) in scores.iter().zip(&rows.labels).zip(out) {
                let p = 1.0 / (1.0 + (-f64::from(*score)).exp());
                *out = (p - f64::from(*label), p * (1.0 - p));
            }
        }
        Objective::Ranking => {
            for group in 0..rows.groups.len() {
                let range = rows.group(group);
                let highest = scores[range.clone()].iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let total: f64 = scores[range.clone()].iter().map(|score| f64::from(score - highest).exp()).sum();
                for row in range {
                    let p = f64::from(scores[row] - highest).exp() / total;
                    out[row] = (p - f64::from(rows.labels[row]), p * (1.0 - p));
                }
            }
        }
    }
}

/// The feature and bin that part the leaves so far best, taken together, if any does.
fn best_split(
    rows: &Rows,
    edges: &[Vec<u8>],
    bins: &[u8],
    gradient: &[(f64, f64)],
    leaf: &[u8],
    leaves: usize,
    settings: Settings,
) -> Option<(usize, usize)> {
    let Settings { least, damping, .. } = settings;
    let weight = |g: f64, h: f64| g * g / (h + damping);
    let mut best = (1e-6, None);
    let mut histogram = vec![[(0.0f64, 0.0f64); BINS]; leaves];
    for (feature, edges) in edges.iter().enumerate() {
        if edges.is_empty() {
            continue;
        }
        histogram.fill([(0.0, 0.0); BINS]);
        let column = &bins[feature * rows.len()..(feature + 1) * rows.len()];
        for ((&bin, &leaf), &(g, h)) in column.iter().zip(leaf).zip(gradient) {
            let cell = &mut histogram[usize::from(leaf)][usize::from(bin)];
            cell.0 += g;
            cell.1 += h;
        }
        let mut gains = [0.0; BINS];
        for cells in &histogram {
            let (g, h) = cells.iter().fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
            let (mut left_g, mut left_h) = (0.0, 0.0);
            for (gain, cell) in gains.iter_mut().zip(cells).take(edges.len()) {
                left_g += cell.0;
                left_h += cell.1;
                let (right_g, right_h) = (g - left_g, h - left_h);
                if left_h >= least && right_h >= least {
                    *gain += weight(left_g, left_h) + weight(right_g, right_h) - weight(g, h);
                }
            }
        }
        for (bin, &gain) in gains.iter().enumerate() {
            if gain > best.0 {
                best = (gain, Some((feature, bin)));
            }
        }
    }
    best.1
}
