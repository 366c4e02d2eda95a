//! Contents that no pattern finds: whatever begins and ends where contents may.

use super::{Clause, Content, MOST, Path, STARTS};
use crate::lexicon::Class;
use crate::model::Tag;

impl Clause<'_> {
    /// What ends right before the clause and begins where a clause or phrase may.
    pub(super) fn loose_before(&self, out: &mut Vec<Content>) {
        let units = self.units;
        let Some(last) = self.start.checked_sub(1) else { return };
        let end = if units.is_comma(last) || units.is_dash(last) { last } else { self.start };
        let floor = self.content_start(end);
        let begins = |at: usize| {
            at == floor
                || units.is_comma(at - 1)
                || units.is_dash(at - 1)
                || units.class(at - 1).any(Class::COORDINATOR.or(Class::THAT))
                || units.class(at).any(Class::SUBORDINATOR)
                || units.quotation(at).is_some()
        };
        let starts = (floor..end).rev().filter(|&at| begins(at)).take(STARTS).chain([floor]);
        for start in starts {
            let content = self.content(Path::Loose, start, end);
            out.extend(content.filter(|new| !out.iter().any(|old| old.runs == new.runs)));
        }
    }

    /// What begins behind the clause where a clause or phrase may.
    pub(super) fn loose_after(&self, out: &mut Vec<Content>) {
        let units = self.units;
        let begins = |at: usize| {
            at == self.end
                || at == self.rest
                || units.is_comma(at - 1)
                || units.is_mark(at - 1, &[":"])
                || units.class(at - 1).any(Class::THAT)
                || (units.class(at).any(Class::PREPOSITION.or(Class::WH).or(Class::WHETHER)) && units.text(at) != "of")
                || units.tag(at) == Some(Tag::To)
                || units.quotation(at).is_some()
        };
        // "wrote in a letter to X that …", "asked X whether …" leave no choice.
        let told = |content: &Content| content.path == Path::Clause && self.tells_somebody(content.start);
        if out.iter().any(|content| matches!(content.path, Path::That | Path::Question) || told(content)) {
            return;
        }
        let limit = units.len().min(self.end + 22);
        let mut starts = 0;
        // "that" belongs to the clause of the cue.
        let that = |at: usize| units.class(at).any(Class::THAT);
        // ", as if to nobody": how it is said.
        let manner = |at: usize| units.text(at) == "as" && units.is_comma(at - 1);
        // "had been promised and had not come": another verb.
        let joined = |at: usize| units.class(at).any(Class::COORDINATOR);
        let starts_at = |at: usize| {
            !units.is_end(at) && !units.is_comma(at) && !that(at) && begins(at) && !manner(at) && !joined(at)
        };
        for start in (self.end..limit).filter(|&at| starts_at(at)) {
            if out.iter().any(|content| content.start == start && content.end > self.cue.start) {
                continue;
            }
            starts += 1;
            if starts > STARTS || out.len() >= MOST {
                break;
            }
            if let Some(content) = self.content_from(Path::Loose, start).filter(|content| self.may_report(content)) {
                self.with_ends(content, out);
            }
        }
    }

    /// Whether the verb can report a content of that kind at all: a clause, a phrase, or words in marks.
    fn may_report(&self, content: &Content) -> bool {
        let units = self.units;
        let verb = self.cue.verb;
        // "a painting called “…” in the cellar": things are named, they do not speak.
        if units.quotation(content.start).is_some() && (verb.direct < 3 || !verb.speech) && self.is_thing() {
            return false;
        }
        let clause = || (content.start..content.end).any(|at| units.is_finite(at) || units.tag(at) == Some(Tag::To));
        verb.object >= 1 || content.quotes(units) || (verb.clause >= 1 && clause())
    }
}
