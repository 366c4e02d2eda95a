//! Which of the reports that claim the same words is kept.

use super::Report;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, CueShape};
use crate::mention::Reading;

/// Among the reports of one frame, those from `first` on, leaves no two near each other that claim the same words: the
/// outer one wins over one whose cue it reports, the likelier one over the other.
pub(super) fn settle(reading: Reading<'_>, reports: &mut Vec<Report>, first: usize) {
    if reports.len() - first < 2 {
        return;
    }
    let is_infinitive =
        |outer: Run, inner: Run| outer.end + 1 == inner.start && reading.class(outer.end).any(Class::INFINITIVE);
    let overlaps = |a: Run, b: Run| a.start < b.end && b.start < a.end;
    let claims = |report: &Report, run: Run| report.content.iter().any(|&mine| overlaps(mine, run));
    // "X said that A, according to Y": all before the comma is Y's, unless A is in marks.
    let encloses = |outer: &Report, inner: &Report| {
        let [said, told] = [outer.content[0], inner.content[0]];
        let is_mark = |at: u32| reading.token(at).kind == TokenKind::QuoteMark;
        outer.verb.shape == CueShape::Preposition
            && said.start <= inner.cue.start
            && told.start < said.end
            && (told.end == said.end || told.end > outer.cue.end)
            && said.end < outer.cue.start
            && !(is_mark(told.start) && is_mark(told.end - 1))
    };
    let mut kept: Vec<Report> = Vec::new();
    for report in reports.split_off(first) {
        kept.retain(|inner| !encloses(&report, inner));
        let clash = kept.iter().rposition(|other| {
            claims(other, report.cue)
                || claims(&report, other.cue)
                || report.content.iter().any(|&run| claims(other, run))
        });
        match clash {
            None => kept.push(report),
            // "declined to say how many": what is denied is what would have been said.
            Some(at) if kept[at].negated && is_infinitive(kept[at].cue, report.cue) => {
                kept[at].content = report.content;
            }
            Some(at) => {
                let outer = if claims(&report, kept[at].cue) { 1.25 } else { 1.0 };
                let inner = if claims(&kept[at], report.cue) { 1.25 } else { 1.0 };
                if report.probability * outer > kept[at].probability * inner {
                    kept[at] = report;
                }
            }
        }
        // A sentence with hundreds of cues is a list; only the last few can still clash.
        if kept.len() > 8 {
            reports.push(kept.remove(0));
        }
    }
    reports.extend(kept);
}
