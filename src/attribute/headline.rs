//! Headlines that quote: “We lost everything”: village counts the cost. Who says it is told where the text quotes it again.

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

/// Gives the quotations of the headline that nobody is named for the speaker whom the text names for the same words.
pub(super) fn name(reading: Reading<'_>, utterances: &mut [Utterance]) {
    let open = |utterance: &Utterance| {
        utterance.kind == QuoteKind::Direct && utterance.nested_in.is_none() && utterance.answer.speaker.is_none()
    };
    let headline = utterances.iter().take_while(|utterance| utterance.paragraph < PARAGRAPHS);
    let open: Vec<usize> = headline.enumerate().filter(|(_, it)| open(it)).map(|(at, _)| at).take(MOST).collect();
    for at in open {
        let wanted = words(reading, &utterances[at]);
        if !(LEAST..=MOST_WORDS).contains(&wanted.len()) {
            continue;
        }
        let same = |(one, other): (&&str, &&str)| {
            one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
        };
        let said = utterances[at + 1..]
            .iter()
            .filter(|other| other.answer.speaker.is_some() && other.kind != QuoteKind::Indirect)
            .find(|other| {
                let words = words(reading, other);
                words.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(same))
            });
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
fn words<'t>(reading: Reading<'t>, utterance: &Utterance) -> Vec<&'t str> {
    let tokens = utterance.parts.iter().flat_map(|part| part.start..part.end);
    tokens.filter(|&at| reading.token(at).is_word()).map(|at| reading.text(at)).collect()
}
