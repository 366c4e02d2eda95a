//! What, beside the texts and the features, decides the bytes of each learned table.

use super::boost::{BINS, Objective, Settings};
use super::{reports, speakers};
use crate::attribute::training::{FIRST, SECOND, STEPS};
use crate::model::{DEPTH, RELATIONS, SITUATIONS, train::SHAPE};
use crate::report::{CUE_WIDTH, SOURCE_WIDTH, WIDTH};

/// Passes of the tagger over its texts. More gain nothing on the dev files.
pub(super) const EPOCHS: u32 = 6;

/// The files in `src/model/` in the order in which they are made, each with the settings that it is made with now.
pub fn settings() -> [(&'static str, String); 7] {
    let forest = |objective: Objective, width: usize, settings: Settings| {
        let Settings { trees, rate, least, damping, groups, features } = settings;
        // Only a forest that does not see everything each time tells how much it sees.
        let share = if groups < 1.0 { format!(", groups {groups}, asked {features}") } else { String::new() };
        format!(
            "trees {trees}, depth {DEPTH}, rate {rate}, least {least}, damping {damping}, bins {BINS}, features {width}{share}, {objective:?}"
        )
    };
    let (places, rows, tags, features) = SHAPE;
    [
        ("tagger.bin", format!("epochs {EPOCHS}, places {places}, rows {rows}, tags {tags}, features {features}")),
        ("cues.bin", forest(Objective::Binary, CUE_WIDTH, reports::CUES)),
        ("sources.bin", forest(Objective::Ranking, SOURCE_WIDTH, reports::SOURCES)),
        ("contents.bin", forest(Objective::Binary, WIDTH, reports::CONTENTS)),
        ("speakers-first.bin", forest(Objective::Ranking, FIRST, speakers::FIRST_STAGE)),
        ("speakers-second.bin", forest(Objective::Ranking, SECOND, speakers::SECOND_STAGE)),
        (
            "speakers-transitions.bin",
            format!("situations {SITUATIONS}, relations {RELATIONS}, steps {STEPS}, folds {}", speakers::FOLDS),
        ),
    ]
}
