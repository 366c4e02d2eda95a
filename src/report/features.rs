//! What speaks for a cue, a source and a content: rows of small numbers for the forests of `model`.

use super::content::{Content, Path};
use super::cue::{Cue, Form};
use super::source::Found;
use super::units::{Units, rank};
use super::{Link, REACH, Report};
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, WordId};
use crate::mention::{PhraseKind, Reading};
use crate::model::{HIGHEST, Tag};
use crate::segment::flag;

/// Features of a possible cue, of one of its sources and of one of its contents.
pub(crate) const CUE_WIDTH: usize = 67;
pub(crate) const SOURCE_WIDTH: usize = 62;
pub(crate) const WIDTH: usize = 92;

/// Of the features of a source, those that are the same for all sources of one cue.
const SOURCE_COMMON: usize = 17;

/// Of the features of a content, those that differ between the contents of one cue.
const OWN: usize = 59;

/// How far a quotation is looked for from a cue.
const NEAR: usize = 12;

fn yes(condition: bool) -> u8 {
    u8::from(condition)
}

/// A count, as far as a byte goes.
fn count(count: usize) -> u8 {
    count.min(usize::from(HIGHEST)) as u8
}

/// Eight steps for each doubling of a count, up to some thirty thousand.
fn log(count: usize) -> u8 {
    let count = count.min((1 << 15) - 1) + 1;
    let octave = count.ilog2();
    (8 * octave) as u8 + ((count << 3 >> octave) & 7) as u8
}

/// A share in hundredths.
fn share(part: usize, whole: usize) -> u8 {
    (100 * part / whole.max(1)) as u8
}

/// The rank of the unit at `at`, 0 for none.
fn unit(units: &Units<'_>, at: Option<usize>) -> u8 {
    at.map_or(0, |at| units.rank(at))
}

/// The number of the small word at `at`, 0 for anything else.
fn small(units: &Units<'_>, at: Option<usize>) -> u8 {
    at.map_or(0, |at| units.small(at))
}

/// What the phrase at `at`, or the one behind a word there, is about: 1 time, 2 a document, 3 a place, 4 a person or body.
fn about(units: &Units<'_>, at: usize) -> u8 {
    let at = if units.phrase(at).is_some() { at } else { at + 1 };
    let Some((_, phrase)) = units.phrase(at) else { return 0 };
    let class = units.reading.class(phrase.head);
    match () {
        () if units.is_temporal(at) => 1,
        () if class.any(Class::DOCUMENT) => 2,
        () if class.any(Class::PLACE) => 3,
        () if class.any(Class::SPEAKER_NOUN) || phrase.kind != PhraseKind::Nominal => 4,
        () => 5,
    }
}

/// Per cent of the uses of the cue's form that are cues where such a word follows as does here.
fn followed(units: &Units<'_>, cue: &Cue) -> u8 {
    const CLAUSE: Class = Class::THAT.or(Class::WHETHER).or(Class::WH).or(Class::RELATIVE).or(Class::SUBJECTIVE);
    let reading = &units.reading;
    let [clause, preposition, mark, other] = reading.lexicon.entry(reading.token(cue.tokens.start).word).followed;
    let next = cue.tokens.end;
    if next >= units.frame.tokens.end || !matches!(reading.token(next).kind, TokenKind::Word | TokenKind::Number) {
        return mark;
    }
    match reading.tag(next) {
        _ if reading.class(next).any(CLAUSE) => clause,
        Tag::Preposition | Tag::To => preposition,
        _ => other,
    }
}

/// Of the uses of a form before such a word as follows here, the per cent that must be cues for one to be looked at in a
/// frame without quotations.
const FEW: u8 = 10;

/// Whether counts of the cue's form alone tell that it is hardly one here, as they do of a quarter of the verbs that only
/// may report.
pub(super) fn is_hardly(units: &Units<'_>, cue: &Cue) -> bool {
    let known = || units.reading.lexicon.entry(units.reading.token(cue.tokens.start).word).cue.is_some();
    !cue.verb.declared && cue.form != Form::Noun && followed(units, cue) < FEW && known()
}

/// The classes of a phrase's head that tell who or what it is.
fn head(units: &Units<'_>, source: Option<&Found>) -> Class {
    source.map_or(Class::NONE, |found| units.reading.class(units.reading.phrases[found.source.phrase as usize].head))
}

/// The share of words with a capital in fiftieths, and more than that where the frame ends in a word: headlines.
pub(super) fn capitals(reading: &Reading<'_>, frame: Run) -> u8 {
    let (capitals, words): (usize, usize) = (frame.start..frame.end.min(frame.start + 60))
        .filter(|&at| reading.token(at).is_word())
        .fold((0, 0), |(capitals, words), at| {
            (capitals + usize::from(reading.token(at).has(flag::CAPITAL)), words + 1)
        });
    share(capitals, words) / 2 + 60 * yes(reading.token(frame.end - 1).kind == TokenKind::Word)
}

/// The features of a possible cue; `source` is what the patterns choose, `others` how many reports the frame has so far.
pub(super) fn cue_row(units: &Units<'_>, cue: &Cue, source: Option<&Found>, others: usize) -> [u8; CUE_WIDTH] {
    let reading = &units.reading;
    let verb = cue.verb;
    let entry = reading.lexicon.entry(reading.token(cue.tokens.start).word);
    let form = |form: Form| yes(cue.form == form);
    let tag = |tag: Tag| yes(units.tag(cue.start) == Some(tag));
    let head = head(units, source);
    let kind =
        |kind: PhraseKind| yes(source.is_some_and(|found| reading.phrases[found.source.phrase as usize].kind == kind));
    let next = units.class(cue.end);
    let limit = units.len().min(cue.end + NEAR);
    let after = (cue.end..limit).find(|&at| units.quotation(at).is_some());
    let before = (cue.group.saturating_sub(NEAR)..cue.group).rev().find(|&at| units.quotation(at).is_some());
    let size = |at: Option<usize>| at.map_or(0, |at| log((units.tokens(at).end - units.tokens(at).start) as usize));
    let reach = units.len().min(cue.end + REACH);
    let finite = |range: std::ops::Range<usize>| units.finite(range.start, range.end).min(5) as u8;
    let previous = cue.group.checked_sub(1);
    let following = units.text(cue.end);
    let follows = |words: &[&str]| yes(words.iter().any(|word| following.eq_ignore_ascii_case(word)));
    [
        verb.direct,
        verb.clause,
        verb.object,
        yes(verb.addressee),
        yes(verb.speech),
        yes(verb.declared),
        entry.cue.map_or(0, |share| share.saturating_add(1)),
        entry.speech.map_or(0, |share| share.saturating_add(1)),
        count(cue.end - cue.start),
        form(Form::Participle),
        form(Form::Infinitive),
        form(Form::Passive),
        form(Form::Preposition),
        form(Form::Label) + 2 * form(Form::Colon),
        form(Form::Unknown),
        yes(cue.modal),
        yes(cue.negated),
        count(cue.start - cue.group),
        tag(Tag::Past),
        tag(Tag::Present),
        tag(Tag::Base),
        tag(Tag::Participle),
        unit(units, previous),
        unit(units, previous.and_then(|at| at.checked_sub(1))),
        unit(units, Some(cue.end)),
        unit(units, Some(cue.end + 1)),
        unit(units, Some(cue.end + 2)),
        yes(next.any(Class::THAT)),
        yes(next.any(Class::WHETHER.or(Class::WH))),
        yes(next.any(Class::PREPOSITION)),
        follows(&["of", "about"]),
        follows(&["for"]),
        follows(&["as"]),
        follows(&["by"]),
        follows(&["on", "in", "at"]),
        follows(&["with", "from"]),
        yes(units.is_temporal(cue.end)),
        yes((cue.end..limit).any(|at| units.class(at).any(Class::THAT))),
        yes(previous.is_some_and(|at| units.class(at).any(Class::COORDINATOR))),
        yes(previous.is_some_and(|at| units.class(at).any(Class::SUBORDINATOR.or(Class::THAT).or(Class::WH)))),
        yes(previous.is_some_and(|at| units.class(at).any(Class::PREPOSITION))),
        yes(previous.is_none()),
        count(after.map_or(NEAR, |at| at - cue.end)),
        size(after),
        count(before.map_or(NEAR, |at| cue.group - at)),
        size(before),
        yes(units.is_end(cue.end)),
        log(reach - cue.end),
        log(cue.group),
        finite(cue.end..reach),
        finite(cue.group.saturating_sub(REACH)..cue.group),
        yes(source.is_none()),
        yes(source.is_some_and(|found| found.source.link == Link::Shared)),
        yes(source.is_some_and(|found| found.inverted)),
        kind(PhraseKind::Name),
        kind(PhraseKind::Pronoun),
        yes(head.any(Class::SPEAKER_NOUN)),
        yes(head.any(Class::FIRST.or(Class::SECOND))),
        yes(head.any(Class::NEUTER)),
        count(others),
        units.capitals(),
        yes(units.is_mark(units.len() - 1, &["?"]))
            + 2 * yes((cue.group.saturating_sub(8)..cue.group)
                .map(|at| units.text(at))
                .any(|text| ["if", "when", "before", "after"].iter().any(|w| text.eq_ignore_ascii_case(w)))),
        small(units, Some(cue.end)),
        small(units, previous),
        about(units, cue.end),
        cue.group.checked_sub(1).map_or(0, |at| about(units, at)),
        followed(units, cue),
    ]
}

/// What the possible sources of one cue have in common; `chosen` is that of the patterns. The rest of the row is left for
/// each by itself.
pub(super) fn source_common(
    units: &Units<'_>,
    cue: &Cue,
    chosen: Option<&Found>,
    before: &[Report],
) -> [u8; SOURCE_WIDTH] {
    let form = |form: Form| yes(cue.form == form);
    let common: [u8; SOURCE_COMMON] = [
        form(Form::Participle),
        form(Form::Infinitive),
        form(Form::Passive),
        cue.verb.direct,
        cue.verb.object,
        yes(cue.verb.addressee),
        yes(cue.modal),
        unit(units, cue.group.checked_sub(1)),
        unit(units, Some(cue.end)),
        yes(units.is_end(cue.end)),
        yes(units.class(cue.end).any(Class::THAT)),
        yes(cue.group.checked_sub(1).is_some_and(|at| units.class(at).any(Class::COORDINATOR))),
        yes(chosen.is_none()),
        yes(chosen.is_some_and(|found| found.inverted)),
        yes(chosen.is_some_and(|found| found.source.link == Link::Shared)),
        log(cue.group),
        yes(before.is_empty()),
    ];
    let mut row = [0; SOURCE_WIDTH];
    row[..SOURCE_COMMON].copy_from_slice(&common);
    row
}

/// The features of one of the possible sources of a cue, the one at `rank` among them, into the row that has what is
/// common to all.
pub(super) fn source_own(
    units: &Units<'_>,
    cue: &Cue,
    source: Option<&Found>,
    rank: usize,
    chosen: Option<&Found>,
    before: &[Report],
    row: &mut [u8; SOURCE_WIDTH],
) {
    let reading = &units.reading;
    let Some(found) = source else {
        row[SOURCE_COMMON] = 1;
        return;
    };
    let phrase = &reading.phrases[found.source.phrase as usize];
    let head = reading.class(phrase.head);
    // Where it stands among the units.
    let at = units.find(phrase.tokens.start);
    let right = at >= cue.end;
    let between = if right { cue.end..at } else { at + 1..cue.group.max(at + 1) };
    let between = between.start..between.end.min(between.start + REACH);
    let number = |of: &dyn Fn(usize) -> bool| between.clone().filter(|&at| of(at)).count().min(9) as u8;
    let previous = at.checked_sub(1);
    let before_class = previous.map_or(Class::NONE, |at| units.class(at));
    let first = reading.class(phrase.tokens.start);
    // None of those further back has its source here.
    let spoke = |report: &Report| report.source.is_some_and(|other| other.phrase == found.source.phrase);
    let chosen_at = chosen.map(|found| units.find(reading.phrases[found.source.phrase as usize].tokens.start));
    // A phrase with a finite verb behind it begins a clause of its own.
    let subject = |at: usize| units.phrase(at).is_some() && (units.is_finite(at + 1) || units.is_finite(at + 2));
    let subjects = |range: std::ops::Range<usize>| range.filter(|&at| subject(at)).count().min(5) as u8;
    let own = [
        0,
        yes(rank == 0),
        count(rank),
        yes(right),
        count(between.len()),
        number(&|at| units.phrase(at).is_some()),
        units.finite(between.start, between.end).min(9) as u8,
        units.commas(between.start, between.end).min(9) as u8,
        units.quotations(between.start, between.end).min(9) as u8,
        number(&|at| units.class(at).any(Class::COORDINATOR)),
        number(&|at| units.class(at).any(Class::SUBORDINATOR.or(Class::THAT).or(Class::WHETHER))),
        number(&|at| units.is_relative(at)),
        yes(phrase.kind == PhraseKind::Name),
        yes(phrase.kind == PhraseKind::Nominal),
        yes(phrase.kind == PhraseKind::Pronoun),
        yes(head.any(Class::SPEAKER_NOUN)),
        yes(head.any(Class::PERSON_NOUN.or(Class::PERSON_NOUNS))),
        yes(head.any(Class::FIRST.or(Class::SECOND))),
        yes(head.any(Class::NEUTER)),
        yes(head.any(Class::RELATIVE)),
        yes(head.any(Class::OBJECTIVE) && !head.any(Class::SUBJECTIVE)),
        yes(head.any(Class::PLACE.or(Class::ORGANISATION).or(Class::DEMONYM))),
        yes(first.any(Class::DEFINITE)) + 2 * yes(first.any(Class::INDEFINITE)),
        unit(units, previous),
        yes(before_class.any(Class::PREPOSITION)),
        yes(before_class.any(Class::SUBORDINATOR.or(Class::THAT))),
        yes(before_class.any(Class::WITH)),
        yes(previous.is_some_and(|at| units.text(at).eq_ignore_ascii_case("by"))),
        yes(previous.is_some_and(|at| matches!(units.text(at), "of" | "for"))),
        yes(previous.is_none()),
        unit(units, Some(at + 1)),
        unit(units, Some(at + 2)),
        yes(before.iter().rev().take(REACH).any(spoke)),
        log((phrase.tokens.end - phrase.tokens.start) as usize),
        yes(reading.token(phrase.head).has(flag::CAPITAL)),
        yes(phrase.kind == PhraseKind::Nominal && reading.token(phrase.head).word == WordId::UNKNOWN),
        yes(found.source.antecedent.is_some()),
        unit(units, previous.and_then(|at| at.checked_sub(1))),
        unit(units, Some(at + 3)),
        subjects(between.clone()),
        yes(subject(at)),
        // Where the one that the patterns choose stands: before this one, behind it, nowhere.
        chosen_at.map_or(0, |chosen| count((at + 20).saturating_sub(chosen).clamp(8, 32))),
        yes(between.end > between.start && units.is_comma(between.end - 1)),
        yes(first.any(Class::POSSESSIVE_PRONOUN)),
        small(units, Some(at + 1)),
    ];
    row[SOURCE_COMMON..].copy_from_slice(&own);
}

/// What the contents of one cue have in common; the first [`OWN`] features are left for each by itself.
pub(super) fn common(units: &Units<'_>, cue: &Cue, source: Option<&Found>, others: usize) -> [u8; WIDTH] {
    let reading = &units.reading;
    let verb = cue.verb;
    let entry = reading.lexicon.entry(reading.token(cue.tokens.start).word);
    let form = |form: Form| yes(cue.form == form);
    let phrase = source.map(|found| &reading.phrases[found.source.phrase as usize]);
    let head = head(units, source);
    let kind = |kind: PhraseKind| yes(phrase.is_some_and(|phrase| phrase.kind == kind));
    let before = cue.group.checked_sub(1);
    let common = [
        verb.direct,
        verb.clause,
        verb.object,
        yes(verb.addressee),
        entry.cue.map_or(0, |share| share.saturating_add(1)),
        entry.speech.map_or(0, |share| share.saturating_add(1)),
        yes(cue.end - cue.start > 1),
        form(Form::Participle),
        form(Form::Infinitive),
        form(Form::Passive),
        yes(cue.modal),
        count(cue.start - cue.group),
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
        source.map_or(HIGHEST, |found| log(cue.group.saturating_sub(found.end))),
        count(others),
        log(cue.group),
        yes(before.is_some_and(|at| units.is_comma(at) || units.class(at).any(Class::COORDINATOR))),
        units.capitals(),
        yes(cue.negated),
        yes(verb.speech),
        small(units, Some(cue.end)),
    ];
    let mut row = [0; WIDTH];
    row[OWN..].copy_from_slice(&common);
    row
}

/// The features of `content`, into the row that has what is [`common`] to all.
pub(super) fn own(units: &Units<'_>, cue: &Cue, content: &Content, row: &mut [u8; WIDTH]) {
    let path = |path: Path| yes(content.path == path);
    let (start, end) = (content.start, content.end);
    let near = end.min(start + REACH);
    let (length, far) = (units.len(), units.len().min(end + REACH));
    let tokens: usize = content.runs.iter().map(|run| (run.end - run.start) as usize).sum();
    let quoted = content.runs.iter().map(|&run| units.quoted(run)).sum();
    let first = |class: Class| yes(units.class(start).any(class));
    let last = |class: Class| yes(units.class(end).any(class));
    let last_before = end.checked_sub(1).map_or(Class::NONE, |at| units.class(at));
    let own: [u8; OWN] = [
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
        path(Path::Loose),
        path(Path::Subject),
        path(Path::Label),
        yes(content.natural),
        count(start.abs_diff(cue.end)),
        yes(start == cue.end),
        yes(start < cue.start && start == 0),
        log(start),
        yes(units.phrase(start).is_some()),
        yes(units.rank(start) == rank::PRONOUN),
        yes(units.tag(start) == Some(Tag::To)),
        yes(units.tag(start) == Some(Tag::Gerund)),
        first(Class::PREPOSITION),
        yes(units.quotation(start).is_some()),
        yes(start > 0 && units.class(start - 1).any(Class::THAT)),
        unit(units, start.checked_sub(1)),
        unit(units, Some(start)),
        unit(units, Some(start + 1)),
        small(units, start.checked_sub(1)),
        small(units, Some(start)),
        log(end - start),
        log(tokens),
        units.finite(start, near).min(5) as u8,
        units.reporting(start, near).min(4) as u8,
        units.commas(start, near).min(6) as u8,
        share(quoted, tokens),
        share(end - start, length - start),
        yes(end > 0 && units.quotation(end - 1).is_some()) + 2 * yes(end > 0 && units.is_pause(end - 1)),
        yes(units.is_end(end)),
        yes(units.is_comma(end) || units.is_dash(end)),
        yes(units.is_temporal(end)),
        last(Class::COORDINATOR),
        last(Class::SUBORDINATOR),
        last(Class::PREPOSITION),
        yes(last_before.any(Class::PREPOSITION.or(Class::COORDINATOR).or(Class::DETERMINER))),
        unit(units, end.checked_sub(1)),
        unit(units, Some(end)),
        unit(units, Some(end + 1)),
        small(units, Some(end)),
        small(units, Some(end + 1)),
        about(units, end),
        about(units, end + 1),
        yes(units.is_finite(end + 1) || units.is_finite(end + 2)),
        log(far.saturating_sub(end)),
        units.finite(end, far).min(5) as u8,
        units.commas(end, far).min(6) as u8,
        yes(units.quotations(end, far) > 0),
        // “A farce,” he added; said it was “a farce,” adding: a comma that stands in the marks.
        units.pauses(start, end.max(start + 1) - 1).min(3) as u8,
        units.reporting(end, end + 3).min(2) as u8,
    ];
    row[..OWN].copy_from_slice(&own);
}
