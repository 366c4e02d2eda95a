//! The learned weights that decide who speaks a turn of a conversation.

use super::Forest;

/// Two forests and the chain between them; `attribute` says what their features are.
#[derive(Clone, Debug)]
pub(crate) struct Speakers {
    /// Scores a candidate by its own evidence.
    pub(crate) first: Forest,
    /// Scores it again, knowing what the chain made of its neighbours.
    pub(crate) second: Forest,
    /// Weights of transitions, by gap and relation to the speakers of the two turns before.
    pub(crate) transitions: [[f32; 3]; 4],
}

impl Speakers {
    /// The compiled-in weights.
    pub(crate) fn built_in() -> Speakers {
        let forest = |bytes| Forest::parse(bytes).expect("the compiled-in forests are whole");
        let mut transitions = [[1.0; 3]; 4];
        let numbers = include_bytes!("speakers-transitions.bin").chunks_exact(4);
        for (slot, bytes) in transitions.iter_mut().flatten().zip(numbers) {
            *slot = f32::from_le_bytes(bytes.try_into().expect("chunks of four bytes"));
        }
        Speakers {
            first: forest(include_bytes!("speakers-first.bin")),
            second: forest(include_bytes!("speakers-second.bin")),
            transitions,
        }
    }
}
