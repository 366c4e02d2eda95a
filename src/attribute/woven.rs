//! Words in marks that a story weaves into its own sentences.
//!
//! News quotes in part (the talks were “very constructive”), a story hardly ever. What it only calls, thinks or mentions so
//! is said by nobody; what somebody's clause or cry holds is (she said that it “looked like rain”, a chorus of “no!”).

use super::{Utterance, collect, speech, told_in_story};
use crate::document::Run;
use crate::kind::QuoteKind;
use crate::lexicon::Class;
use crate::mention::Reading;
use crate::model::Tag;
use crate::quotation::Quotation;
use crate::report::Report;
use crate::segment::flag;

/// A story quotes in part hardly more often than once beside so many whole quotations.
const PARTS_IN_STORY: usize = 20;

/// Leaves of what a story has woven into its sentences only the words in marks, said by nobody.
pub(super) fn unsay(reading: Reading<'_>, reports: &[Report], utterances: &mut [Utterance]) {
    let count = |kind: QuoteKind| utterances.iter().filter(|utterance| utterance.kind == kind).count();
    if PARTS_IN_STORY * count(QuoteKind::Mixed) >= count(QuoteKind::Direct) {
        return;
    }
    for utterance in utterances.iter_mut().filter(|utterance| is_woven(reading, utterance)) {
        let report = utterance.report.map(|report| &reports[report as usize]);
        if let Some(words) = report.and_then(|report| tagged(reading, report, utterance)) {
            utterance.kind = QuoteKind::Direct;
            utterance.parts = words;
        } else if !holds(reading, report, utterance) {
            collect::unsay(reading, utterance);
        }
    }
}

/// Whether the words run on from those before them: quoted in part, or in small letters behind a word.
fn is_woven(reading: Reading<'_>, utterance: &Utterance) -> bool {
    match (utterance.kind, &utterance.parts[..]) {
        (QuoteKind::Mixed, _) => true,
        (QuoteKind::Direct, &[part]) => {
            let list = &reading.quotations.list;
            let at = list.partition_point(|quotation| quotation.outer.start < part.start);
            list.get(at).is_some_and(|quotation| quotation.outer == part && runs_on(reading, at))
        }
        _ => false,
    }
}

/// Whether a quotation goes on with the narrator's sentence, and with no quotation of somebody whom a gesture interrupts.
fn runs_on(reading: Reading<'_>, number: usize) -> bool {
    let quotation = &reading.quotations.list[number];
    let Run { start, end } = quotation.inner;
    let first = (start..end).map(|at| reading.token(at)).find(|token| token.is_word());
    let small = first.is_some_and(|word| !word.has(flag::CAPITAL));
    let loud = start < end && matches!(reading.text(end - 1), "!" | "?");
    let behind_word = quotation.outer.start.checked_sub(1).is_some_and(|at| reading.token(at).is_word());
    let before = number.checked_sub(1).map(|before| reading.quotations.list[before]);
    let interrupted = before.is_some_and(|before| {
        let mut between = before.outer.end..quotation.outer.start;
        let ended = before.inner.end > 0 && reading.text(before.inner.end - 1) == ".";
        let ended = ended || between.any(|at| matches!(reading.text(at), "." | "!" | "?"));
        before.paragraph == quotation.paragraph && !ended
    });
    small && !loud && behind_word && quotation.parent.is_none() && !interrupted && !quotation.continues
}

/// The quotations that are all that is said of what a story seems to quote in part: the door, “so heavy,” said Ada.
fn tagged(reading: Reading<'_>, report: &Report, utterance: &Utterance) -> Option<Vec<Run>> {
    let &[part] = &utterance.parts[..] else { return None };
    if utterance.kind != QuoteKind::Mixed || report.verb.direct < 2 || report.cue.start < part.end {
        return None;
    }
    let list = &reading.quotations.list;
    let first = list.partition_point(|quotation| quotation.outer.start < part.start);
    let inside = list[first..].iter().take_while(|quotation| quotation.outer.end <= part.end);
    let inside: Vec<Quotation> = inside.filter(|quotation| quotation.parent == report.inside).copied().collect();
    let (first, last) = (inside.first()?, inside.last()?);
    let coordinated = inside.windows(2).all(|pair| speech::are_coordinated(reading, &pair[0], &pair[1]));
    let mark = |at: u32| !reading.token(at).is_word();
    let apart = first.outer.start > part.start && mark(first.outer.start - 1);
    let tagged = last.outer.end == part.end && mark(last.inner.end - 1);
    (coordinated && apart && tagged).then(|| inside.iter().map(|quotation| quotation.outer).collect())
}

/// Whether the words are told as somebody's: a clause of what is reported, or the very answer (said “yes”).
fn holds(reading: Reading<'_>, report: Option<&Report>, utterance: &Utterance) -> bool {
    let verb = |at: u32| reading.tag(at).is_finite() || reading.tag(at) == Tag::Base;
    let clause = utterance.parts.iter().any(|part| (part.start..part.end).any(verb));
    if utterance.kind == QuoteKind::Mixed {
        return clause && report.is_some_and(|report| report.verb.clause > 0 && told_in_story(report));
    }
    let answer = report
        .is_some_and(|report| report.verb.clause > 0 && report.verb.says() && (clause || report.verb.direct >= 2));
    // Her first remark was that “of course it must be declined.”
    let reported = clause && reading.class(utterance.parts[0].start - 1).any(Class::THAT);
    answer || reported
}
