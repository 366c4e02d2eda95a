//! What was learned from annotated texts: small tables of weights, and the code that evaluates them.
//!
//! `examples/train.rs` makes every table from the train files; nothing here is written by hand.

mod forest;
mod speakers;
mod tag;
mod tagger;

pub(crate) use forest::Forest;
#[cfg(feature = "internals")]
pub(crate) use forest::Split;
pub(crate) use speakers::Speakers;
pub(crate) use tag::Tag;
pub(crate) use tagger::tag;
#[cfg(feature = "internals")]
pub(crate) use tagger::train;

/// All learned weights but the tagger's, which are read where they lie.
#[derive(Clone, Debug)]
pub(crate) struct Models {
    /// Whether a possible content is what a cue reports; features in `report`.
    pub(crate) reports: Forest,
    pub(crate) speakers: Speakers,
}

impl Models {
    /// The compiled-in weights.
    pub(crate) fn built_in() -> Models {
        let reports = Forest::parse(include_bytes!("reports.bin")).expect("the compiled-in forest is whole");
        Models { reports, speakers: Speakers::built_in() }
    }
}
