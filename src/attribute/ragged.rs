//! [`Ragged`]: rows of different lengths, one behind the other.

use std::ops::Index;

/// Rows that lie in one piece of memory. A longer list has more pieces: one that grew as a whole would take more than twice
/// its memory while it moved.
const ROWS: usize = 32;

/// A list of rows.
#[derive(Clone, Debug)]
pub(super) struct Ragged<T> {
    pieces: Vec<Vec<T>>,
    /// Of each row the item behind its last, in its piece.
    ends: Vec<u32>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Ragged { pieces: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Ragged<T> {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        let at = self.len() / ROWS;
        if at == self.pieces.len() {
            if let Some(full) = self.pieces.last_mut() {
                full.shrink_to_fit();
            }
            self.pieces.push(Vec::new());
        }
        self.pieces[at].extend(row);
        self.ends.push(self.pieces[at].len() as u32);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len()).map(|row| &self[row])
    }
}

/// The first item of a row in its piece.
fn start(row: usize, ends: &[u32]) -> usize {
    if row.is_multiple_of(ROWS) { 0 } else { ends[row - 1] as usize }
}

impl<T: Copy> Ragged<T> {
    /// Keeps of the rows from `first` on only the items that `keep` holds for, which is asked in their order.
    pub(super) fn retain_from(&mut self, first: usize, mut keep: impl FnMut() -> bool) {
        for at in first / ROWS..self.pieces.len() {
            let piece = &mut self.pieces[at];
            let rows = first.max(at * ROWS)..self.ends.len().min((at + 1) * ROWS);
            let mut from = start(rows.start, &self.ends);
            let mut to = from;
            for end in &mut self.ends[rows] {
                while from < *end as usize {
                    if keep() {
                        piece[to] = piece[from];
                        to += 1;
                    }
                    from += 1;
                }
                *end = to as u32;
            }
            piece.truncate(to);
            piece.shrink_to_fit();
        }
    }
}

impl<T> Index<usize> for Ragged<T> {
    type Output = [T];

    fn index(&self, row: usize) -> &[T] {
        &self.pieces[row / ROWS][start(row, &self.ends)..self.ends[row] as usize]
    }
}

impl<T, Row: IntoIterator<Item = T>> FromIterator<Row> for Ragged<T> {
    fn from_iter<Rows: IntoIterator<Item = Row>>(rows: Rows) -> Self {
        let mut all = Ragged::default();
        for row in rows {
            all.push(row);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_what_they_are_and_lose_what_is_not_kept() {
        let rows: Vec<Vec<usize>> = (0..3 * ROWS + 5).map(|n| (n..n + n % 4).collect()).collect();
        let mut ragged: Ragged<usize> = rows.iter().cloned().collect();
        assert_eq!(ragged.iter().collect::<Vec<_>>(), rows);
        let first = ROWS + 7;
        let mut items = rows[first..].iter().flatten();
        ragged.retain_from(first, || items.next().is_some_and(|item| item % 3 > 0));
        let left =
            |(n, row): (usize, &Vec<usize>)| row.iter().copied().filter(|item| n < first || item % 3 > 0).collect();
        let left: Vec<Vec<usize>> = rows.iter().enumerate().map(left).collect();
        assert_eq!(ragged.iter().collect::<Vec<_>>(), left);
        ragged.push([1, 2]);
        assert_eq!((ragged.len(), &ragged[rows.len()]), (rows.len() + 1, &[1, 2][..]));
    }
}
