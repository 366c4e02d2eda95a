//! What speaks for a possible content of a cue: a row of small numbers for the forest of `model`.

use super::content::{Content, Path};
use super::cue::{Cue, Form};
use super::source::Found;
use super::units::Units;
use super::{Link, REACH};
use crate::kind::TokenKind;
use crate::lexicon::Class;
use crate::mention::PhraseKind;
use crate::model::Tag;
use crate::segment::flag;

/// Features of one possible report.
pub(crate) const WIDTH: usize = 62;

fn yes(condition: bool) -> f32 {
    if condition { 1.0 } else { 0.0 }
}

fn log(count: usize) -> f32 {
    (count as f32 + 1.0).ln()
}

/// The features of `content`. `others` is how many reports the frame has so far.
pub(super) fn row(
    units: &Units<'_>,
    cue: &Cue,
    source: Option<&Found>,
    content: &Content,
    others: usize,
) -> [f32; WIDTH] {
    let reading = &units.reading;
    let verb = cue.verb;
    let entry = reading.lexicon.entry(reading.token(cue.tokens.start).word);
    let path = |path: Path| yes(content.path == path);
    let form = |form: Form| yes(cue.form == form);
    let phrase = source.map(|found| &reading.phrases[found.source.phrase as usize]);
    let head = phrase.map_or(Class::NONE, |phrase| reading.class(phrase.head));
    let kind = |kind: PhraseKind| yes(phrase.is_some_and(|phrase| phrase.kind == kind));
    let (start, end) = (content.start, content.end);
    let inside = start..end.min(start + REACH);
    let rest = end..units.len().min(end + REACH);
    let finite = |range: std::ops::Range<usize>| range.filter(|&at| units.is_finite(at)).count().min(5) as f32;
    let reporting = |range: std::ops::Range<usize>| {
        range
            .filter(|&at| {
                units.word(at).is_some_and(|token| {
                    reading.tag(token).is_verb()
                        && reading.verb(token).is_some_and(|verb| verb.speech && verb.clause >= 2)
                })
            })
            .count()
            .min(4) as f32
    };
    let tokens: usize = content.runs.iter().map(|run| (run.end - run.start) as usize).sum();
    let quoted = content
        .runs
        .iter()
        .flat_map(|run| run.start..run.end)
        .take(8 * REACH)
        .filter(|&at| reading.quotations.inside(at, units.frame.inside).is_some())
        .count();
    let capitals = (units.frame.tokens.start..units.frame.tokens.end.min(units.frame.tokens.start + 60))
        .filter(|&at| reading.token(at).is_word())
        .fold((0, 0), |(capitals, words), at| {
            (capitals + usize::from(reading.token(at).has(flag::CAPITAL)), words + 1)
        });
    let first = |class: Class| yes(units.class(start).any(class));
    let last = |class: Class| yes(units.class(end).any(class));
    let behind = cue.end;
    let gap = start.abs_diff(behind);
    let before = cue.group.checked_sub(1);
    [
        path(Path::MixedBefore),
        path(Path::MixedAfter),
        path(Path::Fronted),
        path(Path::Around),
        path(Path::That),
        path(Path::Question),
        path(Path::Clause),
        path(Path::Object),
        path(Path::Cleft),
        path(Path::Preposition),
        f32::from(verb.direct),
        f32::from(verb.clause),
        f32::from(verb.object),
        yes(verb.addressee),
        entry.cue.map_or(-1.0, f32::from),
        entry.speech.map_or(-1.0, f32::from),
        yes(cue.end - cue.start > 1),
        form(Form::Participle),
        form(Form::Infinitive),
        form(Form::Passive),
        yes(cue.modal),
        (cue.start - cue.group) as f32,
        yes(units.tag(cue.start) == Some(Tag::Past)),
        yes(units.tag(cue.start) == Some(Tag::Present)),
        yes(source.is_none()),
        yes(source.is_some_and(|found| found.source.link == Link::Shared)),
        yes(source.is_some_and(|found| found.inverted)),
        yes(source.is_some_and(|found| found.source.antecedent.is_some())),
        kind(PhraseKind::Name),
        kind(PhraseKind::Nominal),
        kind(PhraseKind::Pronoun),
        yes(head.any(Class::SPEAKER_NOUN)),
        yes(head.any(Class::PERSON_NOUN.or(Class::PERSON_NOUNS))),
        yes(head.any(Class::FIRST.or(Class::SECOND))),
        yes(head.any(Class::NEUTER)),
        source.map_or(9.0, |found| log(cue.group.saturating_sub(found.end))),
        gap as f32,
        yes(units.phrase(start).is_some()),
        yes(units.phrase(start).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Pronoun)),
        yes(units.tag(start) == Some(Tag::To)),
        yes(units.tag(start) == Some(Tag::Gerund)),
        first(Class::PREPOSITION),
        yes(units.quotation(start).is_some()),
        log(end - start),
        log(tokens),
        finite(inside.clone()),
        reporting(inside),
        quoted as f32 / tokens.max(1) as f32,
        yes(end > 0 && units.quotation(end - 1).is_some()),
        yes(content.natural),
        yes(units.is_end(end)),
        yes(units.is_comma(end) || units.is_dash(end)),
        last(Class::COORDINATOR),
        last(Class::SUBORDINATOR),
        last(Class::PREPOSITION),
        log(rest.len()),
        finite(rest.clone()),
        yes(rest.clone().any(|at| units.quotation(at).is_some())),
        others as f32,
        log(cue.group),
        yes(before.is_some_and(|at| units.is_comma(at) || units.class(at).any(Class::COORDINATOR))),
        capitals.0 as f32 / capitals.1.max(1) as f32
            + yes(reading.token(units.frame.tokens.end - 1).kind == TokenKind::Word),
    ]
}
