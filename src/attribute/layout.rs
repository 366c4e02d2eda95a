//! Utterances, mentions and entities to the layers of a document.

use super::{Utterance, naming};
use crate::document::{CueRecord, EntityRecord, Layers, MentionRecord, QuoteRecord, Run};
use crate::entity::Entities;
use crate::kind::{Gender, MentionKind};
use crate::lexicon::CueShape;
use crate::mention::{Mention, Mentions, Reading};
use crate::report::Report;
use crate::span::Span;

/// Leaves out what is not to be kept, and puts right what refers to the rest.
pub(super) fn keep(utterances: &mut Vec<Utterance>, keeps: impl Fn(&Utterance) -> bool) {
    let kept: Vec<bool> = utterances.iter().map(keeps).collect();
    let mut count = 0;
    let place: Vec<Option<u32>> = kept
        .iter()
        .map(|&kept| {
            count += u32::from(kept);
            kept.then(|| count - 1)
        })
        .collect();
    let mut kept = kept.into_iter();
    utterances.retain(|_| kept.next() == Some(true));
    for utterance in utterances {
        utterance.nested_in = utterance.nested_in.and_then(|at| place[at as usize]);
    }
}

/// The layers of a document, without its segmentation.
///
/// Of the entities only those that have a name or say something are kept, and of the mentions those of kept entities and
/// those beside quotations.
pub(crate) fn assemble(
    reading: Reading<'_>,
    mentions: &Mentions,
    entities: &Entities,
    reports: &[Report],
    utterances: Vec<Utterance>,
    cast_name: impl Fn(u32) -> String,
) -> Layers {
    let of_mention = decided(entities, mentions, &utterances);
    let mut keep: Vec<bool> =
        entities.list.iter().map(|entity| entity.named && entity.best != u32::MAX || entity.narrator).collect();
    let mut beside = vec![false; mentions.list.len()];
    for answer in utterances.iter().map(|utterance| utterance.answer) {
        for entity in [answer.speaker, answer.addressee].into_iter().flatten() {
            keep[entity as usize] = true;
        }
        if let Some(mention) = answer.mention {
            beside[mention as usize] = true;
        }
    }
    let kept = |at: &usize| beside[*at] || of_mention[*at].is_some_and(|entity| keep[entity as usize]);
    let kept: Vec<usize> = (0..mentions.list.len()).filter(kept).collect();
    let entity_place = places(&keep);
    let mut layers = Layers::default();
    let placed =
        place_mentions(reading, mentions, kept, |at| of_mention[at].and_then(|entity| entity_place[entity as usize]));
    let best = naming::fullest(reading, mentions, entities);
    for (at, entity) in entities.list.iter().enumerate().filter(|(at, _)| keep[*at]) {
        let cast = entity.cast.map(&cast_name);
        let text = |mention: u32| shown(reading, &mentions.list[mention as usize]);
        layers.entities.push(EntityRecord {
            name: match (&cast, best[at]) {
                (Some(cast), None) => cast.clone(),
                (_, Some(name)) => text(name),
                (None, None) if entity.narrator => "I".to_owned(),
                (None, None) => text(entity.best),
            },
            gender: entity.gender,
            number: entity.number,
            gender_evidence: entity.gender_evidence.map(|mention| placed.spans[mention as usize]),
            narrator: entity.narrator,
            cast,
        });
    }
    for utterance in utterances {
        let start = layers.parts.len() as u32;
        layers.parts.extend(utterance.parts.iter().map(|&part| span_of(reading, part)));
        let answer = utterance.answer;
        let place = |entity: u32| entity_place[entity as usize];
        // A tag that turned out to be shared by two speakers names neither.
        let names = |mention: &u32| answer.speaker.is_none() || of_mention[*mention as usize] == answer.speaker;
        layers.quotes.push(QuoteRecord {
            kind: utterance.kind,
            parts: Run::new(start, layers.parts.len() as u32),
            cue: utterance.report.and_then(|report| cue(reading, &reports[report as usize])),
            mention: answer.mention.filter(names).map(|mention| placed.places[mention as usize]),
            speaker: answer.speaker.and_then(place),
            addressee: answer.addressee.and_then(place),
            nested_in: utterance.nested_in,
            rule: answer.rule,
            confidence: answer.confidence,
        });
    }
    layers.mentions = placed.records;
    layers
}

/// Mentions in the order of the text.
struct Placed {
    records: Vec<MentionRecord>,
    /// For each mention, kept or not, its bytes, and the number of its record.
    spans: Vec<Span>,
    places: Vec<u32>,
}

/// The mentions `kept`, one for each span; `entity` tells whom each means. Phrases are found from left to right, and what
/// stands inside one is found before it.
fn place_mentions(
    reading: Reading<'_>,
    mentions: &Mentions,
    kept: Vec<usize>,
    entity: impl Fn(usize) -> Option<u32>,
) -> Placed {
    let mut order = kept;
    let mut spans: Vec<Span> = mentions.list.iter().map(|mention| span_of(reading, mention.phrase)).collect();
    let sort = |order: &mut [usize], spans: &[Span]| {
        order.sort_by_cached_key(|&at| (spans[at].start(), std::cmp::Reverse(spans[at].end())));
    };
    sort(&mut order, &spans);
    // Two whose phrase is the same are told apart by their own words.
    let same: Vec<usize> =
        order.windows(2).filter(|pair| spans[pair[0]] == spans[pair[1]]).flatten().copied().collect();
    if !same.is_empty() {
        for at in same {
            spans[at] = span_of(reading, mentions.list[at].tokens);
        }
        sort(&mut order, &spans);
    }
    let mut placed = Placed { records: Vec::new(), spans, places: vec![0; mentions.list.len()] };
    for at in order {
        let record = MentionRecord { span: placed.spans[at], kind: mentions.list[at].kind, entity: entity(at) };
        if placed.records.last().is_none_or(|last| last.span != record.span) {
            placed.records.push(record);
        }
        placed.places[at] = placed.records.len() as u32 - 1;
    }
    placed
}

fn span_of(reading: Reading<'_>, tokens: Run) -> Span {
    Span::new(reading.token(tokens.start).start, reading.token(tokens.end - 1).end)
}

/// A name as it is shown. One of two words needs no title, but for "Mrs. Jan Lund", which is her husband's.
fn shown(reading: Reading<'_>, mention: &Mention) -> String {
    let first = reading.lexicon.entry(reading.token(mention.words.start).word).gender;
    let wife = mention.gender == Gender::Female && first != Gender::Female;
    let husbands = wife && (first == Gender::Male || matches!(reading.text(mention.tokens.start), "Mrs." | "Mrs"));
    let short = mention.words.end - mention.words.start > 1 && !husbands;
    let tokens = match mention.kind {
        MentionKind::Name if short => mention.words,
        MentionKind::Name => mention.tokens,
        _ => mention.phrase,
    };
    reading.text[span_of(reading, tokens)].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of saying. The dash before a credit is none.
fn cue(reading: Reading<'_>, report: &Report) -> Option<CueRecord> {
    (report.verb.shape != CueShape::Credit).then(|| CueRecord {
        span: span_of(reading, report.cue),
        speech: report.verb.speech,
        negated: report.negated,
        possible: report.modal,
    })
}

/// The entity of each mention, where a pronoun or noun phrase in a tag stands for whoever was found to speak. Somebody who
/// speaks or is spoken to elsewhere keeps the last words that name him.
fn decided(entities: &Entities, mentions: &Mentions, utterances: &[Utterance]) -> Vec<Option<u32>> {
    let mut of_mention = entities.of_mention.clone();
    let mut named = vec![0u32; entities.list.len()];
    for entity in of_mention.iter().flatten() {
        named[*entity as usize] += 1;
    }
    let mut wanted = vec![false; entities.list.len()];
    for answer in utterances.iter().map(|utterance| utterance.answer) {
        for entity in [answer.speaker, answer.addressee].into_iter().flatten() {
            wanted[entity as usize] = true;
        }
    }
    for answer in utterances.iter().map(|utterance| utterance.answer) {
        let (Some(mention), Some(speaker)) = (answer.mention, answer.speaker) else { continue };
        if mentions.list[mention as usize].kind == MentionKind::Name {
            continue;
        }
        let slot = &mut of_mention[mention as usize];
        if slot.is_some_and(|old| old != speaker && wanted[old as usize] && named[old as usize] == 1) {
            continue;
        }
        if let Some(old) = slot.replace(speaker) {
            named[old as usize] -= 1;
        }
        named[speaker as usize] += 1;
    }
    of_mention
}

/// For what is kept its place among the kept.
fn places(keep: &[bool]) -> Vec<Option<u32>> {
    let mut next = 0;
    keep.iter()
        .map(|&keep| {
            keep.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}
