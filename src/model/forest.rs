//! [`Forest`]: small decision trees, added up.
//!
//! The trees are symmetric, as those of CatBoost are (Prokhorenkova et al. 2018): all nodes of a level ask the same
//! question, so a tree is six questions and a table of 64 answers. The questions are about single bytes, and eight rows
//! are asked at a time; nothing in it branches, and what it costs does not depend on what the rows hold. Gradient
//! boosting (Friedman 2001) makes the trees; `internals::boost` has the training side.

/// Questions that a tree asks.
pub(crate) const DEPTH: usize = 6;

/// Rows that are evaluated at a time.
const LANES: usize = 8;

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

/// Asks whether a feature is above the threshold.
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
        let mut rows = rows.into_iter();
        loop {
            let mut columns = [[0; LANES]; WIDTH];
            let mut count = 0;
            for row in rows.by_ref().take(LANES) {
                for (column, &value) in columns.iter_mut().zip(row) {
                    column[count] = value;
                }
                count += 1;
            }
            scores.extend_from_slice(&self.sums(&columns)[..count]);
            if count < LANES {
                return;
            }
        }
    }

    /// The sums for as many rows as there are lanes, given feature by feature.
    fn sums<const WIDTH: usize>(&self, columns: &[[u8; LANES]; WIDTH]) -> [f32; LANES] {
        let mut sums = [0.0; LANES];
        for tree in &self.trees {
            let mut leaf = [0u8; LANES];
            for (level, split) in tree.splits.iter().enumerate() {
                let column = &columns[usize::from(split.feature)];
                for lane in 0..LANES {
                    leaf[lane] |= u8::from(column[lane] > split.threshold) << level;
                }
            }
            for lane in 0..LANES {
                sums[lane] += tree.leaves[usize::from(leaf[lane]) % (1 << DEPTH)];
            }
        }
        sums
    }

    /// The sum for one row.
    pub(crate) fn score_one<const WIDTH: usize>(&self, row: &[u8; WIDTH]) -> f32 {
        let leaf = |tree: &Tree| {
            let bit = |(level, split): (usize, &Split)| {
                usize::from(row[usize::from(split.feature)] > split.threshold) << level
            };
            tree.leaves[tree.splits.iter().enumerate().map(bit).sum::<usize>() % (1 << DEPTH)]
        };
        self.trees.iter().map(leaf).sum()
    }

    /// Reads a forest: for each tree its splits (feature and threshold, a byte each) and leaves (32-bit floats,
    /// little-endian).
    pub(crate) fn parse(bytes: &[u8]) -> Option<Forest> {
        const SPLITS: usize = 2 * DEPTH;
        let trees = bytes.chunks_exact(SPLITS + (4 << DEPTH));
        let whole = trees.remainder().is_empty();
        let tree = |bytes: &[u8]| {
            let (splits, leaves) = bytes.split_at(SPLITS);
            Tree {
                splits: std::array::from_fn(|at| Split { feature: splits[2 * at], threshold: splits[2 * at + 1] }),
                leaves: std::array::from_fn(|at| {
                    f32::from_le_bytes([leaves[4 * at], leaves[4 * at + 1], leaves[4 * at + 2], leaves[4 * at + 3]])
                }),
            }
        };
        whole.then(|| Forest { trees: trees.map(tree).collect() })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks of feature 3 whether it is above 7, and no more.
    fn bytes() -> Vec<u8> {
        let mut bytes = vec![3, 7];
        bytes.extend([0, 255].repeat(DEPTH - 1));
        bytes.extend((0u8..1 << DEPTH).flat_map(|leaf| f32::from(leaf).to_le_bytes()));
        bytes
    }

    #[test]
    fn what_is_no_forest_is_refused() {
        assert!(Forest::parse(&bytes()[1..]).is_none());
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
    }
}
