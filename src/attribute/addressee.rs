//! Whom somebody speaks to: a name called in the words themselves, or the hearer that the reporting clause names.

use super::Utterance;
use crate::entity::Entities;
use crate::kind::{MentionKind, QuoteKind, TokenKind};
use crate::lexicon::Class;
use crate::mention::{Mentions, Reading};
use crate::model::Tag;
use crate::report::Report;

/// The hearer of an utterance whose speaker is decided.
pub(super) fn of(
    reading: Reading<'_>,
    reports: &[Report],
    mentions: &Mentions,
    entities: &Entities,
    utterance: &Utterance,
) -> Option<u32> {
    let other = |entity: Option<u32>| entity.filter(|_| entity != utterance.answer.speaker);
    let first = |token: u32| mentions.list.partition_point(|mention| mention.head < token);
    // Words in marks that are part of a sentence call nobody: "he is a “change agent,” she said."
    let direct = utterance.kind == QuoteKind::Direct;
    let called = utterance.parts.iter().filter(|_| direct).flat_map(|part| {
        let from = first(part.start);
        (from..mentions.list.len()).take_while(|&at| mentions.list[at].head < part.end)
    });
    // “Our drivers,” said X, “are tired”: a phrase that is set off by the tag alone calls nobody.
    let mut called = called.filter(|&at| {
        let mention = &mentions.list[at];
        mention.vocative
            && (mention.kind == MentionKind::Name || !mention.definite)
            && is_somebody(reading, mentions, entities, at)
    });
    if let Some(entity) = called.find_map(|at| other(entities.of_mention[at])) {
        return Some(entity);
    }
    // "told X", "said to X"
    let report = utterance.report.map(|report| &reports[report as usize])?;
    let behind = report.cue.end;
    let text = |token: u32| reading.tags.get(token as usize).map_or("", |_| reading.text(token));
    let start = match text(behind) {
        "to" => behind + 1,
        _ if report.verb.addressee => behind,
        _ => return None,
    };
    let told = (first(start)..mentions.list.len())
        .take_while(|&at| mentions.list[at].head < start + 8)
        .find(|&at| mentions.list[at].tokens.start == start && !mentions.list[at].source)
        // "promised the city would pay"
        .filter(|&at| reading.tags.get(mentions.list[at].tokens.end as usize) != Some(&Tag::Modal))?;
    // "told the Herald's Ada Lund"
    let owned = mentions.list.get(told + 1).filter(|next| next.tokens.start == mentions.list[told].tokens.end + 1);
    let told = told + usize::from(mentions.list[told].possessive && owned.is_some());
    other(entities.of_mention[told])
}

/// Whether the words called are somebody's. “What is it made of?” “Brass.” A word that is a whole sentence calls only who is
/// known for a person, and “young man” tells nothing of which.
fn is_somebody(reading: Reading<'_>, mentions: &Mentions, entities: &Entities, at: usize) -> bool {
    let mention = &mentions.list[at];
    let ends = |token: Option<u32>| {
        token.and_then(|token| reading.segmentation.tokens.get(token as usize)).is_none_or(|token| {
            token.kind == TokenKind::QuoteMark || matches!(&reading.text[token.span()], "." | "!" | "?" | "…")
        })
    };
    let whole = ends(mention.tokens.start.checked_sub(1)) && ends(Some(mention.tokens.end));
    let class = reading.class(mention.head);
    let anybody = whole || class.any(Class::GENERIC_PERSON);
    let known = entities.of_mention[at].is_some_and(|entity| entities.get(entity).mentions > 1);
    known || !anybody || mention.title.is_some() || class.any(Class::GIVEN)
}
