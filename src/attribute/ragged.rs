//! [`Ragged`]: rows of different lengths, one behind the other.

use std::ops::Index;

/// A list of rows in one piece of memory.
#[derive(Clone, Debug)]
pub(super) struct Ragged<T> {
    items: Vec<T>,
    /// Of each row the item behind its last.
    ends: Vec<u32>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Ragged { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Ragged<T> {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        for item in row {
            // A fourth more at a time: what grows to twice its size takes three times the memory while it does.
            if self.items.len() == self.items.capacity() {
                self.items.reserve_exact(self.items.len() / 4 + 16);
            }
            self.items.push(item);
        }
        self.ends.push(self.items.len() as u32);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len()).map(|row| &self[row])
    }
}

impl<T: Copy> Ragged<T> {
    /// Keeps of the rows from `first` on only the items that `keep` holds for, which is asked in their order.
    pub(super) fn retain_from(&mut self, first: usize, mut keep: impl FnMut() -> bool) {
        let mut from = first.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let mut to = from;
        for end in &mut self.ends[first..] {
            while from < *end as usize {
                if keep() {
                    self.items[to] = self.items[from];
                    to += 1;
                }
                from += 1;
            }
            *end = to as u32;
        }
        self.items.truncate(to);
    }
}

impl<T> Index<usize> for Ragged<T> {
    type Output = [T];

    fn index(&self, row: usize) -> &[T] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[row] as usize]
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
