//! Headlines and crossheads: words in marks that nobody says there.
//!
//! A headline may quote: “We lost everything”: village counts the cost. Who says it is told where the text quotes it again.

use super::turns::Turn;
use super::{Answer, Utterance};
use crate::kind::{QuoteKind, Rule};
use crate::mention::Reading;

/// Paragraphs in which a headline stands, and quotations in it that are looked at.
const PARAGRAPHS: u32 = 2;
const MOST: usize = 4;

/// Fewer words may be anybody's, and more are no headline.
const LEAST: usize = 3;
const MOST_WORDS: usize = 24;

/// How sure it is that the same words are the same speaker's.
const SAME: f32 = 0.9;

/// Crossheads are said by nobody: a paragraph that is nothing but words in single marks, where those who speak do so in
/// double ones.
pub(super) fn unsay_crossheads(reading: Reading<'_>, turns: &[Turn], utterances: &mut [Utterance]) {
    let single = |utterance: &Utterance| matches!(reading.text(utterance.parts[0].start), "'" | "‘");
    let outermost = |utterance: &Utterance| utterance.nested_in.is_none() && utterance.kind == QuoteKind::Direct;
    let tagged = || utterances.iter().filter(|utterance| outermost(utterance) && utterance.report.is_some());
    if tagged().count() <= 4 * tagged().filter(|utterance| single(utterance)).count() {
        return;
    }
    for turn in turns.iter().filter(|turn| turn.bare) {
        let [number] = turn.utterances[..] else { continue };
        let utterance = &mut utterances[number as usize];
        if utterance.report.is_none() && outermost(utterance) && single(utterance) && utterance.parts.len() == 1 {
            (utterance.kind, utterance.answer) = (QuoteKind::None, Answer::NOBODY);
        }
    }
}

/// Gives the quotations of the headline that nobody is named for the speaker whom the text names for the same words.
pub(super) fn name(reading: Reading<'_>, utterances: &mut [Utterance]) {
    let guessed = |answer: Answer| {
        answer.speaker.is_none() || matches!(answer.rule, Rule::Beat | Rule::Continuation | Rule::Recency)
    };
    let open = |utterance: &Utterance| {
        utterance.kind == QuoteKind::Direct && utterance.nested_in.is_none() && guessed(utterance.answer)
    };
    let headline = utterances.iter().take_while(|utterance| utterance.paragraph < PARAGRAPHS);
    let open: Vec<usize> = headline.enumerate().filter(|(_, it)| open(it)).map(|(at, _)| at).take(MOST).collect();
    for at in open {
        let wanted: Vec<&str> = words(reading, &utterances[at]).take(MOST_WORDS + 1).collect();
        if !(LEAST..=MOST_WORDS).contains(&wanted.len()) {
            continue;
        }
        let restarts = restarts(&wanted);
        let said = utterances[at + 1..]
            .iter()
            .filter(|other| !guessed(other.answer) && other.kind != QuoteKind::Indirect)
            .find(|other| holds(words(reading, other), &wanted, &restarts));
        if let Some(said) = said.map(|said| said.answer) {
            utterances[at].answer = Answer {
                speaker: said.speaker,
                rule: Rule::Repetition,
                confidence: SAME * said.confidence,
                ..Answer::NOBODY
            };
        }
    }
}

/// The words of an utterance.
fn words<'t>(reading: Reading<'t>, utterance: &Utterance) -> impl Iterator<Item = &'t str> {
    let tokens = utterance.parts.iter().flat_map(|part| part.start..part.end);
    tokens.filter(move |&at| reading.token(at).is_word()).map(move |at| reading.text(at))
}

fn same(one: &str, other: &str) -> bool {
    let lower = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<String>();
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other)
}

/// For each number of words how many of them at most both begin and end them: where a search goes on that found so many
/// and then another (Knuth, Morris and Pratt 1977).
fn restarts(wanted: &[&str]) -> Vec<usize> {
    let mut restarts = vec![0; wanted.len()];
    let mut found = 0;
    for at in 1..wanted.len() {
        while found > 0 && !same(wanted[found], wanted[at]) {
            found = restarts[found - 1];
        }
        found += usize::from(same(wanted[found], wanted[at]));
        restarts[at] = found;
    }
    restarts
}

/// Whether the wanted words stand among `words`, one behind the other.
fn holds<'t>(words: impl Iterator<Item = &'t str>, wanted: &[&str], restarts: &[usize]) -> bool {
    let mut found = 0;
    for word in words {
        while found > 0 && !same(wanted[found], word) {
            found = restarts[found - 1];
        }
        found += usize::from(same(wanted[found], word));
        if found == wanted.len() {
            return true;
        }
    }
    false
}
