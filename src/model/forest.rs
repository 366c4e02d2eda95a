//! [`Forest`]: small decision trees, added up.
//!
//! The trees are symmetric, as those of `CatBoost` are (Prokhorenkova et al. 2018): all nodes of a level ask the same
//! question, so a tree is six questions and a table of 64 answers. A feature is a number of seven bits, and sixteen rows
//! are asked at a time, a byte each: the questions of a tree are six comparisons of vectors, and only the answers are
//! looked up row by row. Gradient boosting (Friedman 2001) makes the trees; `internals::boost` has the training side.

use std::borrow::Borrow;

/// Questions that a tree asks.
pub(crate) const DEPTH: usize = 6;

/// The highest value of a feature.
pub(crate) const HIGHEST: u8 = 127;

/// Rows that are evaluated at a time.
const LANES: usize = 16;

/// Rows whose answers are added up at a time: as many sums as fit in registers. Half of them where no more are left.
const GROUP: usize = 8;
const HALF: usize = GROUP / 2;

/// Trees whose questions are asked before their answers are looked up. Both are loops of their own: together no compiler
/// makes vectors of the first.
const BLOCK: usize = 16;

/// Trees that choose the rows which the rest are asked about, where only the best row is wanted, and how many rows.
const CHOOSING: usize = 80;
const CHOSEN: usize = 8;

/// A number for each row.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Lanes([i8; LANES]);

/// Rows feature by feature: for as many features as a byte can tell, so that no look-up needs to be checked.
type Columns = [Lanes; 1 << u8::BITS];

/// Memory for the rows that are asked about.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    columns: Columns,
    /// Which rows all trees are asked about.
    open: Vec<bool>,
}

impl Default for Memory {
    fn default() -> Self {
        Memory { columns: [Lanes([0; LANES]); 1 << u8::BITS], open: Vec::new() }
    }
}

/// How soon rows that are candidates for one question are told apart: who is that far behind the best after so many trees
/// does not win, and is asked no more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heat {
    pub(crate) trees: usize,
    pub(crate) behind: f32,
}

/// Makes columns of sixteen rows: four perfect shuffles, each of which takes a value of the first half and one of the
/// second in turns, as a dealer does with cards.
fn transpose<const WIDTH: usize>(rows: &mut [[u8; WIDTH]; LANES], spare: &mut [[u8; WIDTH]; LANES]) {
    fn shuffle(from: &[u8], to: &mut [u8]) {
        let (first, second) = from.split_at(from.len() / 2);
        for ((pair, &one), &other) in to.as_chunks_mut::<2>().0.iter_mut().zip(first).zip(second) {
            *pair = [one, other];
        }
    }
    for _ in 0..LANES.ilog2() / 2 {
        shuffle(rows.as_flattened(), spare.as_flattened_mut());
        shuffle(spare.as_flattened(), rows.as_flattened_mut());
    }
}

/// A sum of decision trees over a row of features.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest {
    trees: Vec<Wide>,
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

/// A tree as it is evaluated.
#[derive(Clone, Debug)]
struct Wide {
    thresholds: [Lanes; DEPTH],
    leaves: [f32; 1 << DEPTH],
    features: [u8; DEPTH],
}

impl From<Tree> for Wide {
    fn from(Tree { splits, leaves }: Tree) -> Wide {
        Wide {
            thresholds: splits.map(|split| Lanes([split.threshold.cast_signed(); LANES])),
            leaves,
            features: splits.map(|split| split.feature),
        }
    }
}

impl Forest {
    /// The sum of the leaves that each of `rows` falls into, in place of what `scores` held. Few rows take as long as
    /// sixteen.
    pub(crate) fn score<const WIDTH: usize>(
        &self,
        rows: impl IntoIterator<Item: Borrow<[u8; WIDTH]>>,
        memory: &mut Memory,
        scores: &mut Vec<f32>,
    ) {
        scores.clear();
        score(&self.trees, rows.into_iter(), &mut memory.columns, scores);
    }

    /// The same for rows that are candidates for some questions, so many for each. Who loses the `heat` keeps the sum of
    /// that, and so does who is left alone.
    pub(crate) fn contest<const WIDTH: usize>(
        &self,
        heat: Heat,
        rows: impl IntoIterator<Item: Borrow<[u8; WIDTH]>, IntoIter: Clone>,
        questions: impl IntoIterator<Item = usize>,
        memory: &mut Memory,
        scores: &mut Vec<f32>,
    ) {
        let (first, rest) = self.trees.split_at(self.trees.len().min(heat.trees));
        let rows = rows.into_iter();
        scores.clear();
        score(first, rows.clone(), &mut memory.columns, scores);
        memory.open.clear();
        let mut left = &scores[..];
        for candidates in questions {
            let Some(own) = left.split_off(..candidates) else { break };
            let least = own.iter().copied().fold(f32::MIN, f32::max) - heat.behind;
            let alone = own.iter().filter(|&&score| score >= least).count() < 2;
            memory.open.extend(own.iter().map(|&score| score >= least && !alone));
        }
        go_on(rest, rows, memory, scores);
    }

    /// The number of the row with the highest sum, and that sum. The first trees choose a few of the rows, and only about
    /// these the rest are asked. `memory` and `scores` are memory for it.
    pub(crate) fn best<const WIDTH: usize>(
        &self,
        rows: impl IntoIterator<Item: Borrow<[u8; WIDTH]>, IntoIter: ExactSizeIterator + Clone>,
        memory: &mut Memory,
        scores: &mut Vec<f32>,
    ) -> Option<(usize, f32)> {
        let rows = rows.into_iter();
        let choosing = if rows.len() > CHOSEN { CHOOSING } else { usize::MAX };
        let (first, rest) = self.trees.split_at(self.trees.len().min(choosing));
        scores.clear();
        score(first, rows.clone(), &mut memory.columns, scores);
        let mut least = f32::MIN;
        if scores.len() > CHOSEN {
            let mut order = scores.clone();
            least = *order.select_nth_unstable_by(CHOSEN - 1, |a, b| b.total_cmp(a)).1;
        }
        memory.open.clear();
        memory.open.extend(scores.iter().map(|&score| score >= least));
        go_on(rest, rows, memory, scores);
        let chosen = scores.iter().copied().enumerate().zip(&memory.open).filter(|(_, open)| **open);
        chosen.map(|(best, _)| best).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
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
            let (leaves, _) = leaves.as_chunks();
            Tree {
                splits: std::array::from_fn(|at| Split { feature: splits[2 * at], threshold: splits[2 * at + 1] }),
                leaves: std::array::from_fn(|at| f32::from_le_bytes(leaves[at])),
            }
        };
        (whole && trees.clone().all(low)).then(|| Forest { trees: trees.map(tree).map(Wide::from).collect() })
    }

    /// The trees, each with its splits.
    pub(super) fn trees(&self) -> impl ExactSizeIterator<Item = Tree> {
        self.trees.iter().map(|tree| Tree {
            splits: std::array::from_fn(|at| Split {
                feature: tree.features[at],
                threshold: tree.thresholds[at].0[0].cast_unsigned(),
            }),
            leaves: tree.leaves,
        })
    }

    /// Adds a tree.
    #[cfg(feature = "internals")]
    pub(crate) fn push(&mut self, tree: Tree) {
        self.trees.push(tree.into());
    }

    /// The bytes that [`Forest::parse`] reads.
    #[cfg(feature = "internals")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for tree in self.trees() {
            out.extend(tree.splits.iter().flat_map(|split| [split.feature, split.threshold]));
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
        out
    }
}

/// Appends what `trees` say of each of `rows`.
fn score<const WIDTH: usize>(
    trees: &[Wide],
    mut rows: impl Iterator<Item: Borrow<[u8; WIDTH]>>,
    columns: &mut Columns,
    scores: &mut Vec<f32>,
) {
    let (mut batch, mut spare) = ([[0; WIDTH]; LANES], [[0; WIDTH]; LANES]);
    loop {
        let mut count = 0;
        for (place, row) in batch.iter_mut().zip(rows.by_ref()) {
            *place = *row.borrow();
            count += 1;
        }
        if count == 0 {
            return;
        }
        transpose(&mut batch, &mut spare);
        // What is above the highest value is as good as that.
        for (column, values) in columns.iter_mut().zip(batch.as_flattened().as_chunks().0) {
            column.0 = values.map(|value| value.min(HIGHEST).cast_signed());
        }
        scores.extend_from_slice(&sums(trees, columns, count)[..count]);
        if count < LANES {
            return;
        }
    }
}

/// Adds what `trees` say of the rows that are still open.
fn go_on<const WIDTH: usize>(
    trees: &[Wide],
    rows: impl Iterator<Item: Borrow<[u8; WIDTH]>>,
    Memory { columns, open }: &mut Memory,
    scores: &mut Vec<f32>,
) {
    let number = scores.len();
    let rows = rows.zip(&*open).filter(|(_, open)| **open).map(|(row, _)| row);
    score(trees, rows, columns, scores);
    let (sums, more) = scores.split_at_mut(number);
    let sums = sums.iter_mut().zip(&*open).filter(|(_, open)| **open);
    for ((sum, _), more) in sums.zip(more) {
        *sum += *more;
    }
    scores.truncate(number);
}

/// The sums for the first `count` rows; what is said of others means nothing.
fn sums(trees: &[Wide], columns: &Columns, count: usize) -> [f32; LANES] {
    let mut sums = [0.0; LANES];
    let mut block = [[0; LANES]; BLOCK];
    for trees in trees.chunks(BLOCK) {
        ask(trees, columns, &mut block);
        match count {
            0..=HALF => add::<0, HALF>(trees, &block, &mut sums),
            _ => add::<0, GROUP>(trees, &block, &mut sums),
        }
        match count.saturating_sub(GROUP) {
            0 => {}
            1..=HALF => add::<GROUP, HALF>(trees, &block, &mut sums),
            _ => add::<GROUP, GROUP>(trees, &block, &mut sums),
        }
    }
    sums
}

/// Adds what the leaves in `block` say of `COUNT` rows from `FIRST` on.
fn add<const FIRST: usize, const COUNT: usize>(trees: &[Wide], block: &[[u8; LANES]; BLOCK], sums: &mut [f32; LANES]) {
    let mut own: [f32; COUNT] = std::array::from_fn(|row| sums[FIRST + row]);
    for (tree, leaves) in trees.iter().zip(block) {
        for (row, sum) in own.iter_mut().enumerate() {
            *sum += tree.leaves[usize::from(leaves[FIRST + row]) % (1 << DEPTH)];
        }
    }
    sums[FIRST..FIRST + COUNT].copy_from_slice(&own);
}

/// The leaf of each of `trees` that each row falls into.
#[inline(never)]
fn ask(trees: &[Wide], columns: &Columns, block: &mut [[u8; LANES]; BLOCK]) {
    for (tree, out) in trees.iter().zip(block) {
        let mut leaves = [0; LANES];
        for (&feature, threshold) in tree.features.iter().zip(&tree.thresholds).rev() {
            let values = &columns[usize::from(feature)];
            for ((leaf, value), threshold) in leaves.iter_mut().zip(values.0).zip(threshold.0) {
                *leaf = 2 * *leaf + u8::from(value > threshold);
            }
        }
        *out = leaves;
    }
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
    fn rows_are_scored_many_at_a_time() {
        let forest = Forest::parse(&bytes().repeat(2)).unwrap();
        let rows: Vec<[u8; 4]> = (0..40).map(|n| [9, 9, 9, n]).collect();
        let (mut memory, mut scores) = (Memory::default(), Vec::new());
        forest.score(rows.iter().copied(), &mut memory, &mut scores);
        let expected: Vec<f32> = (0..40).map(|n| if n > 7 { 2.0 } else { 0.0 }).collect();
        assert_eq!(scores, expected);
        assert_eq!(forest.best(rows.iter().copied(), &mut memory, &mut scores), Some((8, 2.0)));
        assert_eq!(forest.best(rows[..3].iter().copied(), &mut memory, &mut scores), Some((0, 0.0)));
        assert_eq!(forest.best([[0; 4]; 0], &mut memory, &mut scores), None);
    }

    #[test]
    fn who_is_far_behind_is_asked_no_more() {
        let forest = Forest::parse(&bytes().repeat(3)).unwrap();
        let rows = [9, 9, 0, 9, 0, 0].map(|value| [0, 0, 0, value]);
        let heat = Heat { trees: 2, behind: 1.0 };
        let (mut memory, mut scores) = (Memory::default(), Vec::new());
        // Of the first three one has lost, of the next two one has won, and the last has nobody beside it.
        forest.contest(heat, rows.iter(), [3, 2, 1], &mut memory, &mut scores);
        assert_eq!(scores, [3.0, 3.0, 0.0, 2.0, 0.0, 0.0]);
        forest.contest(Heat { behind: 9.0, ..heat }, rows.iter(), [3, 2, 1], &mut memory, &mut scores);
        assert_eq!(scores, [3.0, 3.0, 0.0, 3.0, 0.0, 0.0]);
    }
}
