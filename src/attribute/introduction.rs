//! Introductions: “I’m Ada,” “My name is Ada Lund”, or “Ada,” where somebody asked. Whoever says so has that name.

use super::{Answer, Utterance};
use crate::entity::{Entities, agree};
use crate::kind::{Gender, MentionKind, Number, QuoteKind, Rule};
use crate::mention::{Being, Mentions, Reading};

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
            .filter(|&at| mentions.list[at].introduces)
            .find_map(|at| entities.of_mention[at]);
        let tag = own.mention.map_or(Gender::Unknown, |mention| mentions.list[mention as usize].gender);
        let somebody = |&entity: &u32| {
            let entity = entities.get(entity);
            let one = entity.number == Number::Singular && !matches!(entity.being, Being::Group | Being::Place);
            entity.named && one && agree(entity.gender, tag)
        };
        if let Some(speaker) = introduced.filter(somebody) {
            *own = Answer { speaker: Some(speaker), rule: Rule::Introduction, confidence: SURE, ..*own };
        }
    }
}
