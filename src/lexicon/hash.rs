//! Fast hashes for short words.
//!
//! Every word of a text is looked up once, so the keyed default of the standard library costs more than the rest of the
//! look-up. Where the keys are those of our own tables, or numbers, the hash has no key; the multiply-and-rotate step is
//! that of Firefox's and rustc's hasher. A map whose keys are words of a text has one with a key drawn at random, which no
//! text can be made to collide by; its step, a product folded upon itself, is that of wyhash.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

pub(crate) type BuildWordHasher = BuildHasherDefault<WordHasher>;

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    #[inline]
    fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(SEED);
    }
}

impl Hasher for WordHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().expect("chunks of eight bytes")));
        }
        let mut last = [0; 8];
        last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        self.mix(u64::from_le_bytes(last));
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn finish(&self) -> u64 {
        // The high bits are the well-mixed ones; tables index by the low ones.
        self.0.rotate_left(26)
    }
}

/// A map whose keys are words of a text.
pub(crate) type TextMap<K, V> = HashMap<K, V, BuildTextHasher>;

/// The key of a hash, drawn anew for each map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BuildTextHasher {
    start: u64,
    factor: u64,
}

impl Default for BuildTextHasher {
    fn default() -> Self {
        let random = RandomState::new();
        // An odd factor loses nothing.
        BuildTextHasher { start: random.hash_one(0), factor: random.hash_one(1) | 1 }
    }
}

impl BuildHasher for BuildTextHasher {
    type Hasher = TextHasher;

    #[inline]
    fn build_hasher(&self) -> TextHasher {
        TextHasher { state: self.start, factor: self.factor }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct TextHasher {
    state: u64,
    factor: u64,
}

impl TextHasher {
    #[inline]
    fn mix(&mut self, value: u64) {
        let product = u128::from(self.state ^ value) * u128::from(self.factor);
        self.state = product as u64 ^ (product >> u64::BITS) as u64;
    }
}

impl Hasher for TextHasher {
    #[inline]
    fn write(&mut self, mut bytes: &[u8]) {
        self.state = self.state.wrapping_add(bytes.len() as u64);
        while let Some((eight, rest)) = bytes.split_first_chunk() {
            self.mix(u64::from_le_bytes(*eight));
            bytes = rest;
        }
        // Two halves, which may overlap; fewer than four bytes one by one.
        let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        self.mix(match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => half(first) << 32 | half(last),
            _ => bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
        });
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text_have_hashes_of_their_own_in_each_map() {
        let long = "abcdefghijklmnopqrstuvwx";
        let words = || (0..=long.len()).flat_map(|n| [&long[..n], &long[n..]]).chain(["\0", "\0\0", "a\0"]);
        let [one, other] = [(); 2].map(|()| BuildTextHasher::default());
        let mut hashes: Vec<u64> = words().flat_map(|word| [one.hash_one(word), other.hash_one(word)]).collect();
        hashes.sort_unstable();
        hashes.dedup();
        // The empty word and the whole one are there twice.
        assert_eq!(hashes.len(), 2 * (words().count() - 2));
        assert_eq!(one.hash_one("Lund"), one.hash_one(String::from("Lund")));
    }
}
