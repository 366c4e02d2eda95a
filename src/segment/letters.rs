//! [`Letters`]: eight bytes of a text at once, by arithmetic on a number of 64 bits.

/// Each byte 1.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x80 * ONES;

/// The ASCII letters that eight bytes begin with, the first in the lowest byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) count: usize,
    /// The letters in lower case, and zeros behind them.
    pub(super) lower: u64,
    /// The highest bit of the byte of each capital.
    pub(super) capitals: u64,
}

impl Letters {
    /// The letters that stand at `at`, eight at most.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Letters {
        let bytes = match text.get(at..at + 8) {
            Some(bytes) => bytes.try_into().expect("eight bytes"),
            None => std::array::from_fn(|n| text.get(at + n).copied().unwrap_or(0)),
        };
        Letters::of(u64::from_le_bytes(bytes))
    }

    #[inline]
    fn of(bytes: u64) -> Letters {
        let lower = bytes | (0x20 * ONES);
        // Without their highest bits the bytes can be added to, and none carries over to the next.
        let seven = lower & !HIGH;
        let from_a = seven + u64::from(0x80 - b'a') * ONES;
        let behind_z = seven + u64::from(0x7f - b'z') * ONES;
        let letters = from_a & !behind_z & !bytes & HIGH;
        let others = (letters ^ HIGH) >> 7;
        // All bits below the first byte that is none.
        let kept = !others & others.wrapping_sub(1);
        let count = others.trailing_zeros() as usize / 8;
        Letters { count, lower: lower & kept, capitals: HIGH & !(bytes << 2) & kept }
    }

    /// Whether the first is a capital.
    #[inline]
    pub(super) fn capital(self) -> bool {
        self.capitals & 0x80 != 0
    }

    /// Whether all are capitals.
    #[inline]
    pub(super) fn all_capitals(self) -> bool {
        self.capitals.count_ones() as usize == self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=255u8 {
            for place in 0..8 {
                let mut bytes = *b"AbcDefGh";
                bytes[place] = byte;
                let count = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let mut lower = [0; 8];
                lower[..count].copy_from_slice(&bytes[..count]);
                let capital = |n: usize| n < count && bytes[n].is_ascii_uppercase();
                let found = Letters::at(&bytes, 0);
                assert_eq!(found.count, count, "{bytes:?}");
                assert_eq!(found.lower.to_le_bytes(), lower.to_ascii_lowercase().as_slice(), "{bytes:?}");
                assert_eq!(found.capital(), capital(0), "{bytes:?}");
                assert_eq!(found.all_capitals(), (0..count).all(capital), "{bytes:?}");
            }
        }
        assert_eq!(Letters::at(b"to", 1).lower, u64::from(b'o'));
        assert_eq!(Letters::at(b"to", 2).count, 0);
    }
}
