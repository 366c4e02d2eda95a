//! What was learned from annotated texts: small tables of weights, and the code that evaluates them.
//!
//! `examples/train.rs` makes every table from the train files; nothing here is written by hand.

mod forest;
mod single;
mod speakers;
mod tag;
mod tagger;

#[cfg(feature = "internals")]
pub(crate) use forest::{DEPTH, Split, Tree};
pub(crate) use forest::{Forest, HIGHEST, Heat, Memory};
pub(crate) use single::Single;
pub(crate) use speakers::{Chain, RELATIONS, SITUATIONS, Speakers};
pub(crate) use tag::Tag;
pub(crate) use tagger::tag;
#[cfg(feature = "internals")]
pub(crate) use tagger::train;

/// All learned weights but the tagger's, which are read where they lie.
#[derive(Clone, Debug)]
pub(crate) struct Models {
    pub(crate) reports: Reports,
    pub(crate) speakers: Speakers,
}

/// The weights of reporting clauses; the features are those of `report`.
#[derive(Clone, Debug)]
pub(crate) struct Reports {
    /// Whether a word is a cue. What is asked of one depends on the one before.
    pub(crate) cues: Single,
    /// Which phrase is its source.
    pub(crate) sources: Forest,
    /// How well a stretch of words agrees with what it reports.
    pub(crate) contents: Forest,
}

impl Models {
    /// The compiled-in weights.
    pub(crate) fn built_in() -> Models {
        let forest = |bytes| Forest::parse(bytes).expect("the compiled-in forest is whole");
        let reports = Reports {
            cues: Single::from(&forest(include_bytes!("cues.bin"))),
            sources: forest(include_bytes!("sources.bin")),
            contents: forest(include_bytes!("contents.bin")),
        };
        Models { reports, speakers: Speakers::built_in() }
    }
}
