//! A fast hash for short words.
//!
//! Every word of a text is looked up once, so the keyed default of the standard library costs more than the rest of the
//! look-up. The keys are those of our own tables and numbers; a map whose keys are words of a text has the
//! standard library's hash, which nobody can make collide on purpose. The multiply-and-rotate step is that of Firefox's and rustc's hasher.

use std::hash::{BuildHasherDefault, Hasher};

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
