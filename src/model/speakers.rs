//! The learned weights that decide who speaks a turn of a conversation.

use super::Forest;

/// How a speaker may stand to those of the two turns before: speaks on, speaks again, is somebody else.
pub(crate) const RELATIONS: usize = 3;

/// What may hold of a turn and bears on how its speaker follows those before.
pub(crate) const SITUATIONS: usize = 38;

/// The chain over the turns of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chain {
    /// What each situation adds to the logarithm of the weight of each relation.
    pub(crate) weights: [[f32; RELATIONS]; SITUATIONS],
}

impl Chain {
    /// Turns that have nothing to do with each other.
    pub(crate) const NONE: Chain = Chain { weights: [[0.0; RELATIONS]; SITUATIONS] };

    /// Reads the numbers that [`Chain::to_bytes`] gives.
    fn parse(bytes: &[u8]) -> Option<Chain> {
        let mut numbers = bytes.chunks_exact(4).filter_map(|bytes| bytes.try_into().ok()).map(f32::from_le_bytes);
        let mut chain = Chain::NONE;
        for slot in chain.weights.iter_mut().flatten() {
            *slot = numbers.next()?;
        }
        numbers.next().is_none().then_some(chain)
    }

    /// The weights, as 32-bit floats, little-endian.
    #[cfg(feature = "internals")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.weights.iter().flatten().flat_map(|number| number.to_le_bytes()).collect()
    }
}

/// Two forests and the chain between them; `attribute` says what their features are.
#[derive(Clone, Debug)]
pub(crate) struct Speakers {
    /// Scores a candidate by its own evidence.
    pub(crate) first: Forest,
    /// Scores it again, knowing what the chain made of its neighbours.
    pub(crate) second: Forest,
    pub(crate) chain: Chain,
}

impl Speakers {
    /// The compiled-in weights.
    pub(crate) fn built_in() -> Speakers {
        let forest = |bytes| Forest::parse(bytes).expect("the compiled-in forests are whole");
        Speakers {
            first: forest(include_bytes!("speakers-first.bin")),
            second: forest(include_bytes!("speakers-second.bin")),
            chain: Chain::parse(include_bytes!("speakers-transitions.bin")).expect("the compiled-in chain is whole"),
        }
    }
}
