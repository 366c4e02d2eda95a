//! Contents without marks, by the patterns of reporting clauses.

use super::{Clause, Content, Path};
use crate::document::Run;
use crate::lexicon::Class;
use crate::mention::PhraseKind;
use crate::model::Tag;
use crate::report::cue::Form;
use crate::report::{Link, REACH};

/// Units of what is attached to the source that opens a sentence.
const ATTACHED: usize = 24;

impl Clause<'_> {
    /// The talks failed, two officials said. · The talks, two officials said, had failed.
    pub(super) fn around(&self, out: &mut Vec<Content>) {
        let units = self.units;
        if !self.has_source() {
            return;
        }
        let Some(comma) = self.start.checked_sub(1).filter(|&at| units.is_comma(at) || units.is_dash(at)) else {
            return;
        };
        let start = self.content_start(comma);
        if start >= comma || self.source.is_some_and(|found| found.source.link == Link::Shared) {
            return;
        }
        // "In Lund, the mayor said …" has no clause before the comma; words in marks may hold one.
        let has_verb = self.has_verb(start, comma) || units.quotations(start, comma) > 0;
        let first = units.run(start, comma);
        let goes_on = units.is_comma(self.rest) || units.is_dash(self.rest);
        let next = self.rest + 1;
        // "The talks failed, said X, a baker whose shop stands there."
        let apposed = || self.source.is_some_and(|found| found.inverted) && has_verb && self.is_apposed(next);
        let over = goes_on && (self.breaks_off(next) && !self.continues(next) || apposed());
        if units.is_end(self.rest) || self.under_circumstances() || over {
            if has_verb {
                out.extend(self.content(Path::Fronted, start, comma));
            }
        } else if goes_on {
            let end = self.content_end(next);
            if has_verb || self.is_split(next) || (next..units.len().min(next + REACH)).any(|at| units.is_finite(at)) {
                let runs = [first, units.run(next, end)];
                self.with_ends(Content { runs, path: Path::Around, start: next, end, natural: true }, out);
            }
        }
    }

    /// Whether what begins at `at` goes on with a clause before the tag: "The lake is dead, she said, because …", "…, she
    /// said, and has been for years".
    fn continues(&self, at: usize) -> bool {
        let units = self.units;
        if !units.class(at).any(Class::COORDINATOR) {
            return units.text(at) == "because";
        }
        let verb = (at + 1..units.len()).find(|&at| units.tag(at) != Some(Tag::Adverb));
        // "…, but don't ask" is no more of it.
        verb.is_some_and(|at| units.is_finite(at) && !self.is_reporting(at, 0) && units.text(at) != "do")
    }

    /// Whether the phrase at `at` tells who the one before is, and begins no clause: ", a baker whose shop stands there".
    fn is_apposed(&self, at: usize) -> bool {
        let units = self.units;
        units.phrase(at).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Nominal) && !units.begins_clause(at)
    }

    /// Whether a clause follows that tells when it was said: "…, she said on Monday as she left."
    pub(super) fn under_circumstances(&self) -> bool {
        let units = self.units;
        let subordinates = |at: usize| {
            units.class(at).any(Class::SUBORDINATOR)
                && !units.class(at).any(Class::WH.or(Class::WHETHER))
                && units.text(at) != "if"
                && units.phrase(at + 1).is_some()
        };
        (self.end..units.len().min(self.end + 8))
            .take_while(|&at| !units.is_finite(at) && !units.is_comma(at) && units.quotation(at).is_none())
            .any(subordinates)
            && !(self.end..units.len().min(self.end + REACH)).any(|at| units.class(at).any(Class::THAT))
    }

    /// Whether the content is a clause of its own before the tag of a verb that reports clauses: no other is left.
    pub(super) fn is_fronted(&self, content: &Content) -> bool {
        let units = self.units;
        content.path == Path::Fronted
            && self.cue.verb.speech
            && self.cue.verb.clause >= 2
            && self.cue.verb.direct >= 2
            && !units.class(content.start).any(Class::PREPOSITION.or(Class::SUBORDINATOR))
            && self.has_verb(content.start, content.end)
            && units.quotations(self.end, units.len()) == 0
    }

    /// Whether there is a finite verb from unit `start` to before unit `end`. What the tagger takes for a participle right
    /// behind the phrase that begins a clause may be one: "The storm struck at noon, …".
    fn has_verb(&self, start: usize, end: usize) -> bool {
        let units = self.units;
        units.finite(start, end) > 0
            || end > start + 1 && units.phrase(start).is_some() && units.tag(start + 1) == Some(Tag::Participle)
    }

    /// Whether what begins at `at` is no content any more: "…, adding that", "…, but".
    pub(super) fn breaks_off(&self, at: usize) -> bool {
        let units = self.units;
        units.opens_with_gerund(at)
            || units.class(at).any(Class::COORDINATOR.or(Class::SUBORDINATOR))
            || units.is_relative(at)
            || units.class(at).any(Class::RELATIVE)
            // "…, with rescuers saying"
            || (units.class(at).any(Class::WITH) && units.can_speak(at + 1) && units.tag(at + 2) == Some(Tag::Gerund))
    }

    /// She said (that) the talks had failed. · He called for calm.
    pub(super) fn clause_after(&self, out: &mut Vec<Content>) {
        let units = self.units;
        let verb = self.cue.verb;
        if self.cue.form == Form::Label {
            return self.add(Path::Label, self.cue.end, out);
        }
        if self.start > 0 && self.is_pseudo_cleft(self.start - 1) {
            out.extend(self.content_from(Path::Cleft, self.end + 1));
            return;
        }
        let mut add = |path: Path, start: usize| self.add(path, start, out);
        let at = self.rest;
        if let Some(that) = self.that(at) {
            return add(Path::That, that + 1);
        }
        let question = units.class(at).any(Class::WHETHER.or(Class::WH)) || units.text(at) == "if";
        if question && verb.clause >= 1 {
            return add(Path::Question, at);
        }
        // "told police on Tuesday | the car was stolen": nobody but the hearer stands before the time.
        if self.tells_somebody(at) {
            return add(Path::Clause, at);
        }
        if verb.clause >= 2 && units.phrase(at).is_some() {
            let end = self.content_end(at);
            // A participle may be a finite verb that the tagger did not know for one.
            if units.begins_clause(at)
                || (at..end).any(|at| units.tag(at).is_some_and(Tag::is_verb) || units.is_finite(at))
            {
                add(Path::Clause, at);
            }
        }
        // The time and place behind the cue may be part of an object; begin right behind the cue.
        let object = self.end;
        let begins = |at: usize| {
            units.phrase(at).is_some()
                || units.tag(at) == Some(Tag::To)
                || (units.tag(at) == Some(Tag::Preposition) && !units.is_temporal(at + 1))
                || units.tag(at) == Some(Tag::Gerund)
        };
        // "endorsed him" tells nothing.
        let pronoun = units.phrase(object).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Pronoun)
            && (units.is_end(object + 1) || units.is_comma(object + 1));
        if verb.object >= 1 && !pronoun {
            if begins(object) {
                add(Path::Object, object);
            }
            // "urged X | to do Y"
            if self.rest > object && begins(self.rest) && verb.addressee {
                add(Path::Object, self.rest);
            }
        }
    }

    /// The "that" of the clause that is told, at `at` or a little behind it.
    fn that(&self, at: usize) -> Option<usize> {
        let units = self.units;
        let verb = self.cue.verb;
        let that = |at: &usize| units.class(*at).any(Class::THAT);
        if that(&at) && verb.clause >= 1 {
            return Some(at);
        }
        let mut near = at..units.len().min(at + 8);
        // "said, however, that"
        if verb.clause >= 2 && units.is_comma(at) {
            return near.find(that).filter(|&that| units.is_comma(that - 1));
        }
        // "told anyone who would listen that"
        let told = verb.addressee && verb.clause >= 2 && at > self.end && units.is_relative(at);
        if told { near.take_while(|&at| !units.is_comma(at)).find(that) } else { None }
    }

    /// Whether the clause breaks into a relative clause, whose verb follows: "a letter that she said | was forged".
    pub(super) fn is_extracted(&self) -> bool {
        let units = self.units;
        let relative = |at: usize| {
            (units.class(at).any(Class::RELATIVE.or(Class::THAT)) || units.is_relative(at))
                && at > 0
                && (units.phrase(at - 1).is_some() || units.is_comma(at - 1))
        };
        let verb = self.cue.verb;
        verb.speech
            && verb.clause >= 2
            && self.source.is_some_and(|found| found.source.link == Link::Subject && !found.inverted)
            // What looks like a participle is a verb in the past.
            && (units.is_finite(self.end) || units.tag(self.end) == Some(Tag::Participle))
            && self.start.checked_sub(1).is_some_and(relative)
    }

    /// Whether the clause at `at` is what the verb says, with nothing but a hearer, a time or a place between: told police on
    /// Tuesday | the car was stolen, said in a statement | it was sorry.
    pub(super) fn tells_somebody(&self, at: usize) -> bool {
        let (units, verb) = (self.units, self.cue.verb);
        let told = verb.addressee && verb.object == 0;
        let stated = verb.direct == 3 && matches!(units.text(self.end), "at" | "during" | "in" | "on");
        let begins = |at: usize| units.begins_clause(at) || units.phrase(at).is_some() && self.is_predicate(at + 1);
        (told || stated) && verb.clause == 3 && at > self.end && begins(at)
    }

    /// The failure of the talks was announced. · He was accused of theft by the baker.
    pub(super) fn subject(&self, out: &mut Vec<Content>) {
        if self.cue.form != Form::Passive {
            return;
        }
        // What is said of whom follows.
        if matches!(self.units.text(self.cue.end), "of" | "for" | "with") {
            let agent = self.source.map(|found| found.start).filter(|&start| start > self.cue.end);
            out.extend(agent.and_then(|agent| self.content(Path::Object, self.cue.end, agent)));
            return;
        }
        let Some(last) = self.cue.group.checked_sub(1).filter(|&at| self.units.phrase(at).is_some()) else { return };
        let mut first = last;
        while first >= 2
            && self.units.tag(first - 1) == Some(Tag::Preposition)
            && self.units.phrase(first - 2).is_some()
            && last - first < 8
        {
            first -= 2;
        }
        out.extend(self.content(Path::Subject, first, self.cue.group));
    }

    /// Where the content begins in a sentence that opens with its source: behind the comma that closes what is attached
    /// to it, as in "According to the officer in charge that night, A".
    fn behind_source(&self) -> usize {
        let units = self.units;
        let closes = |at: usize| units.is_comma(at) && !units.is_relative(at + 1);
        if closes(self.end) {
            return self.end + 1;
        }
        let clause = |at: usize| units.begins_clause(at) || units.phrase(at).is_none() || units.is_relative(at + 1);
        let limit = units.len().min(self.end + ATTACHED);
        let comma = (self.end..limit).find(|&at| closes(at) && clause(at + 1));
        comma.map_or(self.end, |comma| comma + 1)
    }

    /// According to X, A. · A, according to X. · A, according to X, B.
    pub(super) fn of_preposition(&self, out: &mut Vec<Content>) {
        let units = self.units;
        if self.source.is_none() {
            return;
        }
        let cue = self.cue.start;
        if cue == 0 || (cue == 1 && units.class(0).any(Class::COORDINATOR)) {
            return self.add(Path::Preposition, self.behind_source(), out);
        }
        let comma = units.is_comma(cue - 1) || units.is_dash(cue - 1);
        let first_end = if comma { cue - 1 } else { cue };
        let start = self.content_start(first_end);
        let next = self.end + 1;
        let breaks_off = self.breaks_off(next) && !self.continues(next);
        let second = if units.is_comma(self.end) && !units.is_end(next) && !breaks_off {
            units.run(next, self.content_end(next))
        } else {
            Run::default()
        };
        let whole = units.run(start, first_end);
        if whole.end > whole.start {
            out.push(Content { runs: [whole, second], path: Path::Preposition, start, end: first_end, natural: comma });
        }
        // Without a comma it goes with the last clause only: "…, killing ten people according to X".
        let floor = first_end.saturating_sub(REACH.min(80));
        let last = (floor.max(start + 1)..first_end).rev().filter(|&at| {
            units.is_comma(at - 1)
                || units.class(at - 1).any(Class::COORDINATOR)
                || (units.tag(at) == Some(Tag::Gerund) && units.phrase(at - 1).is_none())
        });
        for at in last.take(4) {
            let natural = !comma && units.tag(at) == Some(Tag::Gerund);
            // "…, driving ten families out and killing two people according to X": no more than the last of them.
            if natural {
                out.clear();
            }
            out.extend(self.content(Path::Preposition, at, first_end).map(|content| Content { natural, ..content }));
            if natural {
                break;
            }
        }
    }
}
