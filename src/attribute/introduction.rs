//! Introductions: “I’m Ada,” “My name is Ada Lund.” Whoever says so has that name.

use super::{Answer, Utterance};
use crate::entity::Entities;
use crate::kind::{MentionKind, Number, QuoteKind, Rule};
use crate::lexicon::Class;
use crate::mention::{Being, Mention, Mentions, Reading};
use crate::model::Tag;

/// Tokens of an utterance in which somebody introduces himself.
const OPENING: u32 = 40;

/// How sure an introduction is.
const SURE: f32 = 0.9;

/// Gives utterances that no name beside them claims, and in which somebody says who he is, that speaker.
pub(super) fn introduce(reading: Reading<'_>, mentions: &Mentions, entities: &Entities, utterances: &mut [Utterance]) {
    for utterance in utterances {
        let own = &mut utterance.answer;
        let named = own.mention.is_some_and(|mention| mentions.list[mention as usize].kind == MentionKind::Name);
        if named || utterance.nested_in.is_some() || utterance.kind != QuoteKind::Direct {
            continue;
        }
        let start = utterance.parts[0].start;
        let end = utterance.parts[utterance.parts.len() - 1].end.min(start + OPENING);
        let around = reading.quotations.around(start);
        let first = mentions.list.partition_point(|mention| mention.tokens.start < start);
        let inside = (first..mentions.list.len()).take_while(|&at| mentions.list[at].tokens.end <= end);
        let introduced = inside
            .filter(|&at| reading.quotations.around(mentions.list[at].tokens.start) == around)
            .filter(|&at| is_introduction(reading, &mentions.list[at]))
            .find_map(|at| entities.of_mention[at]);
        let somebody = |&entity: &u32| {
            let entity = entities.get(entity);
            entity.named && entity.number == Number::Singular && !matches!(entity.being, Being::Group | Being::Place)
        };
        if let Some(speaker) = introduced.filter(somebody) {
            *own = Answer { speaker: Some(speaker), rule: Rule::Introduction, confidence: SURE, ..*own };
        }
    }
}

/// Whether "I am", "my name is", "call me" or "everybody calls me" stands before a name, and nothing of the clause behind
/// it.
fn is_introduction(reading: Reading<'_>, mention: &Mention) -> bool {
    let word = |back: u32| mention.tokens.start.checked_sub(back).map_or("", |at| reading.text(at));
    let is = matches!(word(1), "is" | "'s" | "’s");
    let before = match word(2) {
        "I" => matches!(word(1), "am" | "'m" | "’m"),
        "name" => is && matches!(word(3), "my" | "My"),
        "call" | "Call" | "calls" => word(1) == "me" && !matches!(word(3), "n't" | "n’t" | "not" | "never"),
        _ => false,
    };
    let end = mention.tokens.end;
    before
        && mention.kind == MentionKind::Name
        && !mention.possessive
        && !reading.class(mention.head).any(Class::DEMONYM)
        && reading.tags.get(end as usize).is_none_or(|&tag| tag == Tag::Mark)
}
