//! Transcripts and interviews: paragraphs that begin with the name of their speaker and a colon.

use crate::document::Run;
use crate::kind::TokenKind;
use crate::mention::{LONGEST_ASIDE, PhraseKind, Reading};
use crate::segment::flag;

/// A paragraph with a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) paragraph: u32,
    /// The noun phrase before the colon, by number.
    pub(super) phrase: u32,
    /// The token that is the colon.
    pub(super) colon: u32,
    /// The rest of the paragraph.
    pub(super) content: Run,
}

/// Tokens before the colon, at most.
const LONGEST: u32 = 6;

/// And of a time before it.
const TIME: u32 = 10;

/// The labelled paragraphs of a transcript, in text order; none where the text is not one.
pub(super) fn labels(reading: Reading<'_>) -> Vec<Label> {
    let paragraphs = reading.segmentation.paragraphs.iter().enumerate();
    let mut labels: Vec<Label> = Vec::new();
    let mut phrase = 0;
    for (number, &paragraph) in paragraphs {
        let tokens = reading.segmentation.paragraph_tokens(paragraph);
        while reading.phrases.get(phrase).is_some_and(|phrase| phrase.tokens.start < tokens.start) {
            phrase += 1;
        }
        labels.extend(label(reading, number as u32, tokens, phrase));
    }
    let head = |label: &Label| reading.phrases[label.phrase as usize].head;
    let loud = |label: &Label| reading.token(head(label)).has(flag::ALL_CAPITALS);
    // Somebody speaks, somebody else does, and the first again.
    let turns = labels.iter().zip(labels.iter().skip(2));
    let style = turns.filter(|(a, b)| reading.text(head(a)) == reading.text(head(b))).map(|(a, _)| loud(a)).next();
    labels.retain(|label| style == Some(loud(label)));
    // "Lund: 547": a table of figures is no transcript.
    let speaks = |label: &&Label| (label.content.start..label.content.end).any(|at| reading.token(at).is_word());
    if 2 * labels.iter().filter(speaks).count() < labels.len() {
        labels.clear();
    }
    labels
}

/// The token behind the time at which the words were recorded, if `tokens` begin with one: `[00:12:40] Okafor: …`.
fn behind_time(reading: Reading<'_>, tokens: Run) -> u32 {
    let time = (tokens.start..tokens.end.min(tokens.start + TIME)).take_while(|&at| !reading.token(at).is_word());
    let times = time.clone().any(|at| reading.token(at).kind == TokenKind::Number);
    time.last().filter(|_| times).map_or(tokens.start, |last| last + 1)
}

/// The label at the start of a paragraph, whose first noun phrase is not before `phrase`.
fn label(reading: Reading<'_>, paragraph: u32, tokens: Run, phrase: usize) -> Option<Label> {
    // Each paragraph of a quoted transcript has its own mark.
    let start = tokens.start + u32::from(reading.token(tokens.start).kind == TokenKind::QuoteMark);
    let start = behind_time(reading, Run::new(start, tokens.end));
    let limit = tokens.end.min(start + LONGEST);
    let phrase = phrase + reading.phrases[phrase..].iter().take_while(|found| found.tokens.start < start).count();
    let found = reading.phrases.get(phrase).filter(|found| found.tokens.start == start && found.tokens.end < limit)?;
    // "OKAFOR (rising from her chair): …"
    let aside = (found.tokens.end..limit).find(|&at| reading.text(at) == "(");
    let behind = aside.and_then(|open| {
        let close = (open + 1..tokens.end.min(open + LONGEST_ASIDE)).find(|&at| reading.text(at) == ")")?;
        (close + 1 < tokens.end && reading.text(close + 1) == ":").then_some(close + 1)
    });
    let colon = match behind {
        Some(colon) => colon,
        None => (found.tokens.end..limit).find(|&at| reading.text(at) == ":")?,
    };
    let name = start..aside.filter(|_| behind.is_some()).unwrap_or(colon);
    let mut words = name.filter(|&at| reading.token(at).is_word());
    let capitals = words.all(|at| reading.token(at).has(flag::CAPITAL));
    (capitals && found.kind != PhraseKind::Pronoun && colon + 1 < tokens.end).then_some(Label {
        paragraph,
        phrase: phrase as u32,
        colon,
        content: Run::new(colon + 1, tokens.end),
    })
}
