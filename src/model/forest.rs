//! [`Forest`]: small decision trees, added up.
//!
//! All trees are complete and of one depth, so a tree is two flat arrays and evaluating it is a handful of comparisons
//! without a pointer. Gradient boosting (Friedman 2001) makes them; `internals::boost` has the training side.

/// A sum of decision trees over a row of features.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    depth: u32,
    /// `2^depth - 1` splits for each tree, in level order.
    splits: Vec<Split>,
    /// `2^depth` leaves for each tree.
    leaves: Vec<f32>,
}

/// Goes right when the feature is above the threshold. A node that splits nothing has an infinite threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) feature: u8,
    pub(crate) threshold: f32,
}

impl Forest {
    /// The sum of the leaves that the row falls into.
    #[inline]
    pub(crate) fn score(&self, row: &[f32]) -> f32 {
        let (splits, leaves) = ((1 << self.depth) - 1, 1 << self.depth);
        let mut sum = 0.0;
        for (splits, leaves) in self.splits.chunks_exact(splits).zip(self.leaves.chunks_exact(leaves)) {
            let mut node = 0;
            for _ in 0..self.depth {
                let Split { feature, threshold } = splits[node];
                node = 2 * node + 1 + usize::from(row[usize::from(feature)] > threshold);
            }
            sum += leaves[node - splits.len()];
        }
        sum
    }

    /// Reads a forest: depth and number of trees (one byte, two bytes), then for each tree its splits (feature as a byte,
    /// threshold as a 32-bit float) and leaves (32-bit floats), little-endian.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Forest> {
        let (&depth, rest) = bytes.split_first()?;
        let (trees, mut rest) = rest.split_first_chunk::<2>()?;
        let mut forest = Forest { depth: u32::from(depth), ..Forest::default() };
        for _ in 0..u16::from_le_bytes(*trees) {
            for _ in 0..(1 << depth) - 1 {
                let (&feature, after) = rest.split_first()?;
                let (threshold, after) = after.split_first_chunk::<4>()?;
                forest.splits.push(Split { feature, threshold: f32::from_le_bytes(*threshold) });
                rest = after;
            }
            for _ in 0..1 << depth {
                let (leaf, after) = rest.split_first_chunk::<4>()?;
                forest.leaves.push(f32::from_le_bytes(*leaf));
                rest = after;
            }
        }
        rest.is_empty().then_some(forest)
    }

    /// An empty forest of trees of the given depth.
    #[cfg(feature = "internals")]
    pub(crate) fn new(depth: u32) -> Forest {
        Forest { depth, ..Forest::default() }
    }

    /// Adds a tree.
    #[cfg(feature = "internals")]
    pub(crate) fn push(&mut self, splits: &[Split], leaves: &[f32]) {
        assert_eq!((splits.len() + 1, leaves.len()), (1 << self.depth, 1 << self.depth), "a complete tree");
        self.splits.extend_from_slice(splits);
        self.leaves.extend_from_slice(leaves);
    }

    /// The bytes that [`Forest::parse`] reads.
    #[cfg(feature = "internals")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let (splits, leaves) = ((1 << self.depth) - 1, 1 << self.depth);
        let mut out = vec![u8::try_from(self.depth).expect("trees are shallow")];
        let trees = u16::try_from(self.leaves.len() / leaves).expect("a few hundred trees");
        out.extend(trees.to_le_bytes());
        for (splits, leaves) in self.splits.chunks_exact(splits).zip(self.leaves.chunks_exact(leaves)) {
            for split in splits {
                out.push(split.feature);
                out.extend(split.threshold.to_le_bytes());
            }
            out.extend(leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_forest_is_refused() {
        assert!(Forest::parse(&[]).is_none());
        assert!(Forest::parse(&[1, 1, 0, 0]).is_none());
        let one = [&[1, 1, 0, 3][..], &0.5f32.to_le_bytes(), &(-1.0f32).to_le_bytes(), &2.0f32.to_le_bytes()].concat();
        let forest = Forest::parse(&one).unwrap();
        assert!(forest.score(&[0.0, 0.0, 0.0, 0.5]) < 0.0);
        assert!(forest.score(&[0.0, 0.0, 0.0, 0.6]) > 0.0);
    }
}
