//! [`Single`]: a forest for rows that come one at a time.
//!
//! All questions about a feature are answered by its value alone. So the answers are written down for each range of values,
//! as the bits that they have in the numbers of the leaves, a byte for each tree: the leaves that a row falls into are what
//! its features say, or-ed, and no question is asked.

use super::forest::{DEPTH, Forest, HIGHEST, Split, Tree};

/// Trees whose leaves are found together: as many as fit in registers.
const BLOCK: usize = 64;

/// A sum of decision trees over a row of features.
#[derive(Clone, Debug)]
pub(crate) struct Single {
    /// By feature and value the number of its answers; 0 where none is yes.
    numbers: Vec<[u16; HIGHEST as usize + 1]>,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
struct Block {
    /// By number the answers, by tree the bits of the number of its leaf.
    answers: Vec<[u8; BLOCK]>,
    /// Of at most as many trees.
    leaves: Vec<[f32; 1 << DEPTH]>,
}

impl From<&Forest> for Single {
    fn from(forest: &Forest) -> Single {
        let trees: Vec<Tree> = forest.trees().collect();
        let block = |trees: &[Tree]| Block {
            answers: vec![[0; BLOCK]],
            leaves: trees.iter().map(|tree| tree.leaves).collect(),
        };
        let mut blocks: Vec<Block> = trees.chunks(BLOCK).map(block).collect();
        let splits = |(at, tree): (usize, &Tree)| tree.splits.map(|split| (split, at)).into_iter().enumerate();
        let mut splits: Vec<(usize, (Split, usize))> = trees.iter().enumerate().flat_map(splits).collect();
        splits.sort_unstable_by_key(|&(_, (split, _))| (split.feature, split.threshold));
        let width = splits.last().map_or(0, |(_, (split, _))| usize::from(split.feature) + 1);
        let mut numbers = vec![[0; HIGHEST as usize + 1]; width];
        let mut count = 0;
        for same in splits.chunk_by(|(_, (a, _)), (_, (b, _))| a == b) {
            let (_, (Split { feature, threshold }, _)) = same[0];
            let above = &mut numbers[usize::from(feature)][usize::from(threshold) + 1..];
            // What no value is above is never answered with yes.
            let Some(&below) = above.first() else { continue };
            count += 1;
            above.fill(count);
            for block in &mut blocks {
                block.answers.push(block.answers[usize::from(below)]);
            }
            for &(level, (_, tree)) in same {
                blocks[tree / BLOCK].answers[usize::from(count)][tree % BLOCK] |= 1 << level;
            }
        }
        Single { numbers, blocks }
    }
}

impl Single {
    /// The sum of the leaves that `row` falls into.
    pub(crate) fn score<const WIDTH: usize>(&self, row: &[u8; WIDTH]) -> f32 {
        let mut told = [0; WIDTH];
        let mut count = 0;
        for (numbers, &value) in self.numbers.iter().zip(row) {
            let number = numbers[usize::from(value.min(HIGHEST))];
            told[count] = usize::from(number);
            count += usize::from(number > 0);
        }
        let mut sum = 0.0;
        for block in &self.blocks {
            let mut found = [0; BLOCK];
            for &number in &told[..count] {
                for (leaf, bits) in found.iter_mut().zip(&block.answers[number]) {
                    *leaf |= bits;
                }
            }
            for (leaves, leaf) in block.leaves.iter().zip(found) {
                sum += leaves[usize::from(leaf) % (1 << DEPTH)];
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::super::Memory;
    use super::*;

    #[test]
    fn a_row_is_scored_as_among_others() {
        // Any questions will do, as long as many trees ask them.
        let number = |at: u32| (at.wrapping_mul(0x9e37_79b9) >> 7) as u8;
        let tree = |at: u32| {
            let splits = (0..2 * DEPTH as u32).map(move |n| number(100 * at + n));
            let splits = splits.enumerate().map(|(n, byte)| if n % 2 == 0 { byte % 9 } else { byte % 128 });
            splits.chain((0..1 << DEPTH).flat_map(move |leaf| f32::from(number(64 * at + leaf)).to_le_bytes()))
        };
        let forest = Forest::parse(&(0..150).flat_map(tree).collect::<Vec<_>>()).unwrap();
        let rows: Vec<[u8; 9]> = (0..40).map(|row| std::array::from_fn(|n| number(50 * row + n as u32))).collect();
        let mut scores = Vec::new();
        forest.score(rows.iter().copied(), &mut Memory::default(), &mut scores);
        let single = Single::from(&forest);
        assert_eq!(rows.iter().map(|row| single.score(row)).collect::<Vec<_>>(), scores);
        assert!(scores.iter().any(|score| score.to_bits() != scores[0].to_bits()));
    }
}
