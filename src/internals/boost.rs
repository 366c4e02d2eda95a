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
    /// The share of the groups that a tree learns from, and of the features that a level may ask of: drawn anew each
    /// time, which keeps a forest from learning its texts by heart (Friedman 2002), and saves time.
    pub(crate) groups: f64,
    pub(crate) features: f64,
}

impl Settings {
    /// What most forests are made with.
    pub(crate) const PLAIN: Settings =
        Settings { trees: 100, rate: 0.1, least: 8.0, damping: 1.0, groups: 1.0, features: 1.0 };
}

/// Rows with a smaller second derivative teach a tree nothing: they are settled.
const SETTLED: f64 = 1e-3;

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
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..settings.trees {
        gradients(rows, objective, &scores, &mut gradient);
        let mut lesson = Lesson::default();
        for group in 0..rows.groups.len() {
            if random.next() < settings.groups {
                let open = rows.group(group).filter(|&row| gradient[row].1 >= SETTLED);
                lesson.rows.extend(open.map(|row| row as u32));
            }
        }
        lesson.gradient.extend(lesson.rows.iter().map(|&row| gradient[row as usize]));
        lesson.leaf.resize(lesson.rows.len(), 0);
        // A question that nothing is above tells nothing.
        let mut splits = [Split { feature: 0, threshold: HIGHEST }; DEPTH];
        for level in 0..DEPTH {
            let mut asked: Vec<usize> = (0..rows.width).collect();
            asked.retain(|_| random.next() < settings.features);
            let Some((feature, bin)) = best_split(rows.len(), &asked, &edges, &bins, &lesson, 1 << level, settings)
            else {
                continue;
            };
            let column = &bins[feature * rows.len()..(feature + 1) * rows.len()];
            for (leaf, &row) in lesson.leaf.iter_mut().zip(&lesson.rows) {
                *leaf |= u8::from(usize::from(column[row as usize]) > bin) << level;
            }
            splits[level] = Split { feature: feature as u8, threshold: edges[feature][bin] };
        }
        let mut sums = [(0.0, 0.0); 1 << DEPTH];
        for (&leaf, (g, h)) in lesson.leaf.iter().zip(&lesson.gradient) {
            let sum: &mut (f64, f64) = &mut sums[usize::from(leaf)];
            sum.0 += g;
            sum.1 += h;
        }
        let leaves = sums.map(|(g, h)| -(g / (h + settings.damping)) as f32 * settings.rate);
        for (score, values) in scores.iter_mut().zip(rows.values.chunks_exact(rows.width)) {
            let mut leaf = 0;
            for (level, split) in splits.iter().enumerate() {
                leaf |= usize::from(values[usize::from(split.feature)] > split.threshold) << level;
            }
            *score += leaves[leaf];
        }
        forest.push(Tree { splits, leaves });
    }
    forest
}

/// The rows that one tree is learned from.
#[derive(Debug, Default)]
struct Lesson {
    rows: Vec<u32>,
    /// First and second derivative of each.
    gradient: Vec<(f64, f64)>,
    /// The leaf of each so far.
    leaf: Vec<u8>,
}

/// Numbers from 0 to 1, the same each time (`SplitMix64`, Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
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

/// Of the features `asked` for, the one and the bin that part the leaves so far best, taken together, if any does.
fn best_split(
    count: usize,
    asked: &[usize],
    edges: &[Vec<u8>],
    bins: &[u8],
    lesson: &Lesson,
    leaves: usize,
    settings: Settings,
) -> Option<(usize, usize)> {
    let Settings { least, damping, .. } = settings;
    let weight = |g: f64, h: f64| g * g / (h + damping);
    let mut best = (1e-6, None);
    let mut histogram = vec![[(0.0f64, 0.0f64); BINS]; leaves];
    for &feature in asked {
        let edges = &edges[feature];
        if edges.is_empty() {
            continue;
        }
        histogram.fill([(0.0, 0.0); BINS]);
        let column = &bins[feature * count..(feature + 1) * count];
        for ((&row, &leaf), &(g, h)) in lesson.rows.iter().zip(&lesson.leaf).zip(&lesson.gradient) {
            let cell = &mut histogram[usize::from(leaf)][usize::from(column[row as usize])];
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
