//! [`Forest`]: small decision trees, added up.
//!
//! The trees are symmetric, as those of `CatBoost` are (Prokhorenkova et al. 2018): all nodes of a level ask the same
//! question, so a tree is six questions and a table of 64 answers. A feature is a number of seven bits, and eight rows
//! are asked at a time, a byte of a 64-bit word each: adding to a byte what a value above the threshold needs to reach
//! 128 leaves the answer in its highest bit. Gradient boosting (Friedman 2001) makes the trees; `internals::boost` has
//! the training side.

/// Questions that a tree asks.
pub(crate) const DEPTH: usize = 6;

/// The highest value of a feature.
pub(crate) const HIGHEST: u8 = 127;

/// Rows that are evaluated at a time.
const LANES: usize = 8;

/// One in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// Trees that choose the rows which the rest are asked about, where only the best row is wanted.
const CHOOSING: usize = 80;

/// A sum of decision trees over a row of features.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    trees: Vec<Tree>,
}

#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) splits: [Split; DEPTH],
    /// By the answers, the first of them as the lowest bit.
    pub(crate) leaves: [f32; 1 << DEPTH],
}

/// Asks whether a feature is above the threshold, which is at most [`HIGHEST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) feature: u8,
    pub(crate) threshold: u8,
}

impl Forest {
    /// The sum of the leaves that each of `rows` falls into, in place of what `scores` held.
    pub(crate) fn score<'r, const WIDTH: usize>(
        &self,
        rows: impl IntoIterator<Item = &'r [u8; WIDTH]>,
        scores: &mut Vec<f32>,
    ) {
        scores.clear();
        score(&self.trees, rows.into_iter(), scores);
    }

    /// The number of the row with the highest sum, and that sum. The first trees choose a few of the rows, and only about
    /// these the rest are asked. `scores` is memory for it.
    pub(crate) fn best<'r, const WIDTH: usize>(
        &self,
        rows: impl IntoIterator<Item = &'r [u8; WIDTH], IntoIter: Clone>,
        scores: &mut Vec<f32>,
    ) -> Option<(usize, f32)> {
        let (first, rest) = self.trees.split_at(self.trees.len().min(CHOOSING));
        let rows = rows.into_iter();
        scores.clear();
        score(first, rows.clone(), scores);
        let number = scores.len();
        if number > LANES {
            let mut order = scores.clone();
            let (_, &mut least, _) = order.select_nth_unstable_by(LANES - 1, |a, b| b.total_cmp(a));
            for score in scores.iter_mut().filter(|score| **score < least) {
                *score = f32::MIN;
            }
        }
        let chosen = rows.zip(scores.clone()).filter(|(_, score)| *score > f32::MIN).map(|(row, _)| row);
        score(rest, chosen, scores);
        let (sums, more) = scores.split_at(number);
        let sums = sums.iter().enumerate().filter(|(_, sum)| **sum > f32::MIN).zip(more);
        sums.map(|((at, sum), more)| (at, sum + more)).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }

    /// The sum for one row.
    pub(crate) fn score_one<const WIDTH: usize>(&self, row: &[u8; WIDTH]) -> f32 {
        // As long as a feature can tell, so that none needs to be checked.
        let mut values = [0; 1 << u8::BITS];
        values[..WIDTH].copy_from_slice(row);
        let leaf = |tree: &Tree| {
            let mut leaf = 0;
            for (level, split) in tree.splits.iter().enumerate() {
                leaf |= usize::from(values[usize::from(split.feature)] > split.threshold) << level;
            }
            tree.leaves[leaf % (1 << DEPTH)]
        };
        self.trees.iter().map(leaf).sum()
    }

    /// Reads a forest: for each tree its splits (feature and threshold, a byte each) and leaves (32-bit floats,
    /// little-endian).
    pub(crate) fn parse(bytes: &[u8]) -> Option<Forest> {
        const SPLITS: usize = 2 * DEPTH;
        let trees = bytes.chunks_exact(SPLITS + (4 << DEPTH));
        let whole = trees.remainder().is_empty();
        let low = |bytes: &[u8]| bytes[..SPLITS].chunks_exact(2).all(|split| split[1] <= HIGHEST);
        let tree = |bytes: &[u8]| {
            let (splits, leaves) = bytes.split_at(SPLITS);
            Tree {
                splits: std::array::from_fn(|at| Split { feature: splits[2 * at], threshold: splits[2 * at + 1] }),
                leaves: std::array::from_fn(|at| {
                    f32::from_le_bytes([leaves[4 * at], leaves[4 * at + 1], leaves[4 * at + 2], leaves[4 * at + 3]])
                }),
            }
        };
        (whole && trees.clone().all(low)).then(|| Forest { trees: trees.map(tree).collect() })
    }

    /// Adds a tree.
    #[cfg(feature = "internals")]
    pub(crate) fn push(&mut self, tree: Tree) {
        self.trees.push(tree);
    }

    /// The bytes that [`Forest::parse`] reads.
    #[cfg(feature = "internals")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for tree in &self.trees {
            out.extend(tree.splits.iter().flat_map(|split| [split.feature, split.threshold]));
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
        out
    }
}

/// Appends what `trees` say of each of `rows`.
fn score<'r, const WIDTH: usize>(
    trees: &[Tree],
    mut rows: impl Iterator<Item = &'r [u8; WIDTH]>,
    scores: &mut Vec<f32>,
) {
    loop {
        let mut columns = [0; WIDTH];
        let mut count = 0;
        for row in rows.by_ref().take(LANES) {
            for (column, &value) in columns.iter_mut().zip(row) {
                *column |= u64::from(value.min(HIGHEST)) << (8 * count);
            }
            count += 1;
        }
        if count > 0 {
            scores.extend_from_slice(&sums(trees, &columns)[..count]);
        }
        if count < LANES {
            return;
        }
    }
}

/// The sums for as many rows as there are lanes, given feature by feature.
fn sums<const WIDTH: usize>(trees: &[Tree], columns: &[u64; WIDTH]) -> [f32; LANES] {
    let mut sums = [0.0; LANES];
    for tree in trees {
        let mut leaves = 0u64;
        for (level, split) in tree.splits.iter().enumerate() {
            let above = columns[usize::from(split.feature)] + ONES * u64::from(HIGHEST - split.threshold);
            leaves |= (above >> 7 & ONES) << level;
        }
        for (sum, leaf) in sums.iter_mut().zip(leaves.to_le_bytes()) {
            *sum += tree.leaves[usize::from(leaf) % (1 << DEPTH)];
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks of feature 3 whether it is above 7, and no more.
    fn bytes() -> Vec<u8> {
        let mut bytes = vec![3, 7];
        bytes.extend([0, HIGHEST].repeat(DEPTH - 1));
        bytes.extend((0u8..1 << DEPTH).flat_map(|leaf| f32::from(leaf).to_le_bytes()));
        bytes
    }

    #[test]
    fn what_is_no_forest_is_refused() {
        assert!(Forest::parse(&bytes()[1..]).is_none());
        let mut high = bytes();
        high[1] = HIGHEST + 1;
        assert!(Forest::parse(&high).is_none());
        assert!(Forest::parse(&bytes()).is_some());
    }

    #[test]
    fn rows_are_scored_alike_one_by_one_and_together() {
        let forest = Forest::parse(&bytes().repeat(2)).unwrap();
        let rows: Vec<[u8; 4]> = (0..40).map(|n| [9, 9, 9, n]).collect();
        let mut scores = Vec::new();
        forest.score(&rows, &mut scores);
        let expected: Vec<f32> = (0..40).map(|n| if n > 7 { 2.0 } else { 0.0 }).collect();
        assert_eq!(scores, expected);
        assert_eq!(rows.iter().map(|row| forest.score_one(row)).collect::<Vec<_>>(), expected);
        assert_eq!(forest.best(&rows, &mut scores), Some((8, 2.0)));
        assert_eq!(forest.best(&rows[..3], &mut scores), Some((0, 0.0)));
        assert_eq!(forest.best(&[[0; 4]; 0], &mut scores), None);
    }
}
