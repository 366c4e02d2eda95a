//! [`Words`]: from word forms to their ids.
//!
//! Every word of a text is looked up once. A form of up to eight bytes is a number of 64 bits, one of up to sixteen a
//! number of 128, so that a look-up is one multiplication and mostly one comparison.

use super::{WordId, WordMap};

/// Bytes of a form that is one number of 64 bits.
pub(crate) const SHORT: usize = 8;
/// Bytes of a form that is one number of 128 bits.
pub(crate) const MIDDLE: usize = 16;

/// The ids of all forms, each in the table for its length.
#[derive(Debug)]
pub(super) struct Words {
    short: Table<u64>,
    middle: Table<u128>,
    long: WordMap<WordId>,
}

impl Words {
    pub(super) fn new(words: WordMap<WordId>) -> Words {
        let (mut short, mut middle, mut long) = (Vec::new(), Vec::new(), WordMap::default());
        for (form, id) in words {
            if form.len() <= SHORT {
                short.push((u64::from_le_bytes(padded(&form)), id));
            } else if form.len() <= MIDDLE {
                middle.push((u128::from_le_bytes(padded(&form)), id));
            } else {
                long.insert(form, id);
            }
        }
        Words { short: Table::new(&short), middle: Table::new(&middle), long }
    }

    #[inline]
    pub(super) fn get(&self, form: &str) -> WordId {
        if form.len() <= SHORT {
            self.short(u64::from_le_bytes(padded(form)))
        } else if form.len() <= MIDDLE {
            self.middle(u128::from_le_bytes(padded(form)))
        } else {
            self.long.get(form).copied().unwrap_or(WordId::UNKNOWN)
        }
    }

    /// The word whose bytes are `form`, the first the lowest, and zeros behind them.
    #[inline]
    pub(super) fn short(&self, form: u64) -> WordId {
        self.short.get(form)
    }

    /// The same for words of more than [`SHORT`] bytes.
    #[inline]
    pub(super) fn middle(&self, form: u128) -> WordId {
        self.middle.get(form)
    }
}

/// The bytes of `form` and zeros behind them.
#[inline]
fn padded<const N: usize>(form: &str) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..form.len()].copy_from_slice(form.as_bytes());
    bytes
}

/// An open-addressed table, at most a third of it in use, so that most look-ups end where they begin.
#[derive(Debug)]
struct Table<K> {
    /// A free place has the key zero, which no form has, and the id of what is not known.
    slots: Vec<(K, WordId)>,
    /// How far a hash is shifted to be a place.
    shift: u32,
}

trait Key: Copy + Default + Eq {
    /// The high bits are the well-mixed ones.
    fn hash(self) -> u64;
}

impl Key for u64 {
    #[inline]
    fn hash(self) -> u64 {
        self.wrapping_mul(MIX)
    }
}

impl Key for u128 {
    #[inline]
    fn hash(self) -> u64 {
        ((self as u64).wrapping_mul(MIX).rotate_left(29) ^ (self >> 64) as u64).wrapping_mul(MIX)
    }
}

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl<K: Key> Table<K> {
    fn new(words: &[(K, WordId)]) -> Table<K> {
        let size = (3 * words.len()).next_power_of_two().max(2);
        let slots = vec![(K::default(), WordId::UNKNOWN); size];
        let mut table = Table { slots, shift: 64 - size.trailing_zeros() };
        for &(key, id) in words {
            let place = table.place(key);
            table.slots[place] = (key, id);
        }
        table
    }

    /// Where `key` stands, or the free place where it would stand.
    #[inline]
    fn place(&self, key: K) -> usize {
        let mut at = (key.hash() >> self.shift) as usize;
        while self.slots[at].0 != key && self.slots[at].0 != K::default() {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    #[inline]
    fn get(&self, key: K) -> WordId {
        self.slots[self.place(key)].1
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn every_form_has_its_id_whatever_its_length() {
        let forms: Vec<String> =
            (1..600).map(|n| "abcdefghijklmnopqrs"[..=(n % 19)].to_owned() + &n.to_string()).collect();
        let ids = || (1..).map(WordId);
        let words = Words::new(forms.iter().cloned().map(Cow::Owned).zip(ids()).collect());
        for (form, id) in forms.iter().zip(ids()) {
            assert_eq!(words.get(form), id, "{form}");
            assert_eq!(words.get(&form[1..]), WordId::UNKNOWN, "{form}");
        }
        assert_eq!(words.get(""), WordId::UNKNOWN);
    }
}
