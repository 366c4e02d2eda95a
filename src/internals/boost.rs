//! Gradient boosting of small trees over binned features, deterministic to the last bit.

use crate::model::{Forest, Split};

/// What to learn from: rows of features in groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) width: usize,
    pub(crate) values: Vec<f32>,
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
    pub(crate) depth: u32,
    pub(crate) rate: f32,
    /// Smallest sum of second derivatives in a leaf.
    pub(crate) least: f64,
}

pub(super) const BINS: usize = 64;

/// Learns a forest.
pub(crate) fn boost(rows: &Rows, objective: Objective, settings: Settings) -> Forest {
    let edges = edges(rows);
    // Column by column, so that a histogram walks one array.
    let mut bins = vec![0u8; rows.len() * rows.width];
    for feature in 0..rows.width {
        for row in 0..rows.len() {
            let value = rows.values[row * rows.width + feature];
            bins[feature * rows.len() + row] = edges[feature].partition_point(|&edge| value > edge) as u8;
        }
    }
    let mut forest = Forest::new(settings.depth);
    let mut scores = vec![0.0f32; rows.len()];
    let mut gradient = vec![(0.0f64, 0.0f64); rows.len()];
    let mut node = vec![0u32; rows.len()];
    for _ in 0..settings.trees {
        gradients(rows, objective, &scores, &mut gradient);
        let mut splits = Vec::with_capacity((1 << settings.depth) - 1);
        node.fill(0);
        for level in 0..settings.depth {
            let found = best_splits(rows, &edges, &bins, &gradient, &node, 1 << level, settings.least);
            for (row, node) in node.iter_mut().enumerate() {
                let (feature, bin) = found[*node as usize].unwrap_or((0, BINS));
                *node = 2 * *node + u32::from(usize::from(bins[feature * rows.len() + row]) > bin);
            }
            splits.extend(found.iter().map(|split| match *split {
                Some((feature, bin)) => Split { feature: feature as u8, threshold: edges[feature][bin] },
                None => Split { feature: 0, threshold: f32::INFINITY },
            }));
        }
        let mut sums = vec![(0.0, 0.0); 1 << settings.depth];
        for (node, (g, h)) in node.iter().zip(&gradient) {
            let sum: &mut (f64, f64) = &mut sums[*node as usize];
            sum.0 += g;
            sum.1 += h;
        }
        let leaves: Vec<f32> = sums.iter().map(|(g, h)| -(*g / (*h + 1.0)) as f32 * settings.rate).collect();
        for (score, node) in scores.iter_mut().zip(&node) {
            *score += leaves[*node as usize];
        }
        forest.push(&splits, &leaves);
    }
    forest
}

/// Up to `BINS - 1` values that part each feature's values into about equal shares.
fn edges(rows: &Rows) -> Vec<Vec<f32>> {
    (0..rows.width)
        .map(|feature| {
            let step = (rows.len() / 50_000).max(1);
            let mut values: Vec<f32> =
                (0..rows.len()).step_by(step).map(|row| rows.values[row * rows.width + feature]).collect();
            values.sort_unstable_by(f32::total_cmp);
            let mut edges: Vec<f32> =
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

/// For each node of a level the feature and bin that part it best, if any does.
fn best_splits(
    rows: &Rows,
    edges: &[Vec<f32>],
    bins: &[u8],
    gradient: &[(f64, f64)],
    node: &[u32],
    nodes: usize,
    least: f64,
) -> Vec<Option<(usize, usize)>> {
    let mut best: Vec<(f64, Option<(usize, usize)>)> = vec![(1e-6, None); nodes];
    let mut histogram = vec![(0.0f64, 0.0f64); nodes * BINS];
    for feature in 0..rows.width {
        if edges[feature].is_empty() {
            continue;
        }
        histogram.fill((0.0, 0.0));
        let column = &bins[feature * rows.len()..(feature + 1) * rows.len()];
        for ((&bin, &node), &(g, h)) in column.iter().zip(node).zip(gradient) {
            let cell = &mut histogram[node as usize * BINS + usize::from(bin)];
            cell.0 += g;
            cell.1 += h;
        }
        for (node, best) in best.iter_mut().enumerate() {
            let cells = &histogram[node * BINS..(node + 1) * BINS];
            let (g, h) = cells.iter().fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
            let (mut left_g, mut left_h) = (0.0, 0.0);
            for bin in 0..edges[feature].len() {
                left_g += cells[bin].0;
                left_h += cells[bin].1;
                let (right_g, right_h) = (g - left_g, h - left_h);
                if left_h < least || right_h < least {
                    continue;
                }
                let gain = left_g * left_g / (left_h + 1.0) + right_g * right_g / (right_h + 1.0) - g * g / (h + 1.0);
                if gain > best.0 {
                    *best = (gain, Some((feature, bin)));
                }
            }
        }
    }
    best.into_iter().map(|(_, split)| split).collect()
}
