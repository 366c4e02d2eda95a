//! What a turn looks like from outside, as far as it tells how its speaker follows those before.
//!
//! A question wants an answer from somebody else, a gap in the talk lets the same one go on, and where only two speak they
//! take turns. [`super::chain`] has a learned weight for each of these.

use super::scene::Scene;
use super::turns::{Turn, paragraph_tokens};
use crate::model::SITUATIONS;

/// Turns to each side whose sure speakers are counted.
const AROUND: usize = 8;

/// Words of a long turn at least, and of a short one at most.
const LONG: u32 = 80;
const SHORT: u32 = 7;

/// The situations of turn `at`, a bit for each.
pub(super) fn of(scene: Scene<'_>, at: usize) -> u32 {
    let turn = &scene.turns[at];
    let before = |back: usize| at.checked_sub(back).map(|at| &scene.turns[at]);
    let one = before(1);
    let mut speakers: Vec<u32> = Vec::new();
    let around = &scene.turns[at.saturating_sub(AROUND)..(at + AROUND + 1).min(scene.turns.len())];
    for speaker in around.iter().filter_map(|turn| turn.anchor) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    let holds: [bool; SITUATIONS] = [
        turn.gap == 0,
        turn.gap == 1,
        matches!(turn.gap, 2 | 3),
        turn.gap > 3,
        one.is_some_and(|turn| asks(scene, turn)),
        asks(scene, turn),
        turn.open_tag.is_some_and(|tag| !tag.nominal),
        turn.open_tag.is_some_and(|tag| tag.nominal),
        turn.bare,
        one.is_some_and(|turn| turn.bare),
        one.is_some_and(|turn| turn.anchor.is_some()),
        before(2).is_some_and(|turn| turn.anchor.is_some()),
        one.is_some_and(|turn| turn.open_tag.is_some()),
        turn.tokens.start > paragraph_tokens(scene.reading, turn.paragraph).start,
        one.is_some_and(|one| one.last_paragraph == turn.paragraph),
        speakers.len() < 2,
        speakers.len() == 2,
        speakers.len() == 3,
        one.is_some_and(|turn| calls(scene, turn)),
        calls(scene, turn),
        words(turn) >= LONG,
        words(turn) <= SHORT,
        one.is_some_and(|turn| words(turn) >= LONG),
        led_up_to(scene, turn),
        scene.turns.get(at + 1).is_some_and(|turn| turn.anchor.is_some()),
    ];
    holds.iter().enumerate().fold(0, |bits, (at, holds)| bits | u32::from(*holds) << at)
}

fn words(turn: &Turn) -> u32 {
    turn.tokens.end - turn.tokens.start
}

/// Whether the last words of a turn are a question.
pub(super) fn asks(scene: Scene<'_>, turn: &Turn) -> bool {
    let utterance = &scene.utterances[turn.utterances[turn.utterances.len() - 1] as usize];
    let end = utterance.parts[utterance.parts.len() - 1].end;
    scene.reading.text(end.saturating_sub(2).max(turn.tokens.start)) == "?"
}

/// Whether a turn calls somebody by name.
fn calls(scene: Scene<'_>, turn: &Turn) -> bool {
    let list = &scene.mentions.list;
    let first = list.partition_point(|mention| mention.head < turn.tokens.start);
    list[first..].iter().take_while(|mention| mention.head < turn.tokens.end).any(|mention| mention.vocative)
}

/// "Then Ada turned to him, and said,"
pub(super) fn led_up_to(scene: Scene<'_>, turn: &Turn) -> bool {
    let before = turn.tokens.start.checked_sub(1).map(|at| scene.reading.text(at));
    before.is_some_and(|mark| matches!(mark, "," | ":" | "—" | "--" | ",--" | ":--"))
}
