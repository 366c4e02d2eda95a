//! What a turn looks like from outside, as far as it tells how its speaker follows those before.
//!
//! A question wants an answer from somebody else, a gap in the talk lets the same one go on, and where only two speak they
//! take turns. [`super::chain`] has a learned weight for each of these.

use super::scene::Scene;
use super::turns::{Turn, paragraph_tokens};
use crate::lexicon::{Class, List, Sequel};
use crate::model::SITUATIONS;
use crate::segment::is_dash;

/// Turns to each side whose sure speakers are counted.
const AROUND: usize = 8;

/// Words of a long turn at least, and of a short one at most.
const LONG: u32 = 80;
const SHORT: u32 = 7;

/// Tokens of narration between two turns, and a little, some and much of it.
const LITTLE: u32 = 12;
const SOME: u32 = 40;
const MUCH: u32 = 120;

const _: () = assert!(SITUATIONS <= u64::BITS as usize, "a situation has a bit");

/// Bytes of a word that is worth taking up, and in how many of the first and last tokens of turns it is looked for.
const LONG_WORD: u32 = 5;
const FIRST: u32 = 10;
const LAST: u32 = 25;

/// The situations of turn `at`, a bit for each.
pub(super) fn of(scene: Scene<'_>, at: usize) -> u64 {
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
        answers(scene, turn),
        joins(scene, turn),
        one.is_some_and(|turn| breaks_off(scene, turn)),
        echoes(scene, at),
        one.is_some_and(|one| same_tag(turn, one)),
        before(2).is_some_and(|two| same_tag(turn, two)),
        one.is_some_and(|one| call_the_same(scene, turn, one)),
        before(2).is_some_and(|two| call_the_same(scene, turn, two)),
        turn.sequel == Sequel::More,
        turn.sequel == Sequel::Answer,
        turn.told > LITTLE,
        turn.told > SOME,
        turn.told > MUCH,
    ];
    holds.iter().enumerate().fold(0, |bits, (at, holds)| bits | u64::from(*holds) << at)
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
    scene.vocatives(turn).next().is_some()
}

/// The first word said in a turn.
fn first_word(scene: Scene<'_>, turn: &Turn) -> Option<u32> {
    (turn.tokens.start..turn.tokens.end).find(|&at| scene.reading.token(at).is_word())
}

/// Whether a turn begins as an answer does: "Yes", "Oh", "Indeed".
fn answers(scene: Scene<'_>, turn: &Turn) -> bool {
    first_word(scene, turn)
        .is_some_and(|at| scene.reading.class(at).any(Class::INTERJECTION) || scene.reading.lists(List::Answering, at))
}

/// Whether a turn begins with a word that joins it to what was said before: "And", "But".
fn joins(scene: Scene<'_>, turn: &Turn) -> bool {
    first_word(scene, turn).is_some_and(|at| scene.reading.lists(List::Joining, at))
}

/// Whether the last words of a turn break off.
fn breaks_off(scene: Scene<'_>, turn: &Turn) -> bool {
    let utterance = &scene.utterances[turn.utterances[turn.utterances.len() - 1] as usize];
    let end = utterance.parts[utterance.parts.len() - 1].end;
    let mark = scene.reading.text(end.saturating_sub(2).max(turn.tokens.start));
    matches!(mark, "-" | "..." | "…") || is_dash(mark)
}

/// Whether a turn takes up, in its first words, a longer word from the last ones of the turn before: “Ten o’clock?”
fn echoes(scene: Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| scene.turns[at].tokens) else { return false };
    let own = scene.turns[at].tokens;
    let long = |&at: &u32| scene.reading.token(at).span().len() >= LONG_WORD;
    let mut first = (own.start..own.end.min(own.start + FIRST)).filter(long);
    let last = || (before.end.saturating_sub(LAST).max(before.start)..before.end).filter(long);
    let text = |at| scene.reading.text(at);
    first.any(|here| last().any(|there| text(there).eq_ignore_ascii_case(text(here))))
}

/// Whether the tags of two turns have one pronoun.
fn same_tag(turn: &Turn, other: &Turn) -> bool {
    let (Some(own), Some(other)) = (turn.open_tag, other.open_tag) else { return false };
    !own.nominal && !other.nominal && own.gender == other.gender && own.number == other.number
}

/// Whom a turn calls by name first.
fn called(scene: Scene<'_>, turn: &Turn) -> Option<u32> {
    scene.vocatives(turn).next().and_then(|at| scene.entities.of_mention[at])
}

fn call_the_same(scene: Scene<'_>, turn: &Turn, other: &Turn) -> bool {
    called(scene, turn).is_some_and(|somebody| called(scene, other) == Some(somebody))
}

/// "Then Ada turned to him, and said,"
pub(super) fn led_up_to(scene: Scene<'_>, turn: &Turn) -> bool {
    let before = turn.tokens.start.checked_sub(1).map(|at| scene.reading.text(at));
    before.is_some_and(|mark| matches!(mark, "," | ":" | ",--" | ":--") || is_dash(mark))
}
