//! Narration that leads up to a quotation: "Then Ada got up, and said in a low voice," before words without a tag.
//!
//! Reporting clauses end where their sentence does. Fiction often ends a paragraph in the middle of one, with a comma, a
//! colon or a dash, and begins the next with the words: whoever acts last before the verb of saying speaks them. News does
//! the same with a statement: "the minister issued the following statement:". Where nobody leads up to the words, a credit
//! behind them ([`credit`]) may tell who speaks.

use super::{Answer, Utterance, credit};
use crate::entity::Entities;
use crate::kind::{MentionKind, QuoteKind, Rule};
use crate::lexicon::Class;
use crate::mention::{Mentions, Person, Reading};
use crate::segment::is_dash;

/// How far before the quotation the verb, and before that its subject, may stand.
const VERB: u32 = 14;
const SUBJECT: u32 = 40;

/// How sure a credit is.
const CREDIT: f32 = 0.95;

/// Gives the utterances that no report claims the speakers that the narration before them leads up to, or a credit behind
/// them names.
pub(super) fn lead(reading: Reading<'_>, mentions: &Mentions, entities: &Entities, utterances: &mut [Utterance]) {
    for utterance in utterances {
        if utterance.report.is_none() && utterance.nested_in.is_none() && utterance.kind == QuoteKind::Direct {
            if let Some(mention) = leader(reading, mentions, utterance.parts[0].start) {
                utterance.answer = answer(mentions, entities, mention);
            } else if let Some(mention) = credit::credited(reading, mentions, utterance) {
                let speaker = entities.of_mention[mention as usize];
                utterance.answer =
                    Answer { rule: Rule::Credit, speaker, confidence: CREDIT, ..answer(mentions, entities, mention) };
            }
        }
    }
}

fn answer(mentions: &Mentions, entities: &Entities, mention: u32) -> Answer {
    let (rule, confidence) = match mentions.list[mention as usize].kind {
        MentionKind::Name => (Rule::NamedTag, 0.85),
        MentionKind::Nominal => (Rule::NominalTag, 0.8),
        MentionKind::Pronoun => (Rule::PronounTag, 0.7),
    };
    let speaker = entities.of_mention[mention as usize];
    let confidence = if speaker.is_some() { confidence } else { 0.0 };
    Answer { speaker, mention: Some(mention), rule, confidence, ..Answer::NOBODY }
}

/// The mention that leads up to the quotation at `start`.
fn leader(reading: Reading<'_>, mentions: &Mentions, start: u32) -> Option<u32> {
    let introduces = |mark: &str| matches!(mark, "," | ":") || is_dash(mark);
    let mark = start.checked_sub(1).filter(|&mark| introduces(reading.text(mark)))?;
    // Back to the start of the sentence, at most so far.
    let goes_on = |&at: &u32| {
        reading.quotations.around(at).is_none() && !matches!(reading.text(at), "." | "!" | "?" | "…" | "...")
    };
    let first = (mark.saturating_sub(SUBJECT)..mark).rev().take_while(goes_on).last()?;
    let says = |at: u32| {
        let verb = reading.lexicon.entry(reading.token(at).word).verb.filter(|_| reading.tag(at).is_verb());
        verb.is_some_and(|verb| {
            let verb = reading.lexicon.verb(verb);
            verb.speech && verb.direct >= 1
        })
    };
    let before = first.max(mark.saturating_sub(VERB))..mark;
    // "She made this statement:", "He put it in a letter:": whatever the verb is, the words are hers.
    let said = Class::DOCUMENT.or(Class::SAYING);
    let told = reading.text(mark) == ":" && mark > first && reading.class(mark - 1).any(said);
    let verb = before.clone().rev().find(|&at| says(at));
    let verb = verb.or_else(|| before.rev().find(|&at| told && reading.tag(at).is_finite()))?;
    let end = mentions.list.partition_point(|mention| mention.head < verb);
    (0..end)
        .rev()
        .take_while(|&at| mentions.list[at].head >= first)
        .find(|&at| {
            let mention = &mentions.list[at];
            mention.subject && !mention.quoted && mention.person != Person::Second
        })
        .map(|at| at as u32)
}
