//! The content of a cue: what of the frame is what was said.
//!
//! A quotation with its tag is sure ([`sure`]). Else everything that may be the content is gathered, for the forest to
//! choose from ([`of`]): what patterns find with marks ([`quoted`]) and without ([`clauses`]), and what begins and ends
//! where a content may ([`loose`]).

mod clauses;
mod edges;
mod loose;
mod quoted;

use super::cue::{Cue, Form};
use super::source::{Found, main_clause};
use super::units::Units;
use crate::document::Run;
use crate::lexicon::Class;
use crate::mention::PhraseKind;
use crate::model::Tag;

/// By which pattern a content was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    /// “A,” she said.
    QuotationBefore,
    /// She said, “A.”
    QuotationAfter,
    /// She said: ¶ “A.”
    Introduction,
    /// What she called “A”
    Name,
    /// The plan was “a farce,” she said.
    ClauseBefore,
    /// The plan was “a farce” she remembered.
    MixedBefore,
    /// She called it “a farce” that must end.
    MixedAfter,
    /// The talks failed, she said.
    Fronted,
    /// The talks, she said, failed.
    Around,
    /// She said that the talks failed.
    That,
    /// She asked whether the talks failed.
    Question,
    /// She said the talks failed.
    Clause,
    /// She called for talks.
    Object,
    /// What she said was a farce.
    Cleft,
    /// According to her, the talks failed.
    Preposition,
    /// Okafor: The talks failed.
    Label,
    /// The failure of the talks was announced.
    Subject,
    /// No pattern; it begins and ends where contents may.
    Loose,
}

/// What a cue may report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    pub(super) runs: [Run; 2],
    pub(super) path: Path,
    /// Units of the stretch whose end is in question: behind the cue, or before it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The end that the pattern itself would choose.
    pub(super) natural: bool,
}

impl Content {
    /// Whether some of it stands in marks.
    pub(super) fn quotes(&self, units: &Units<'_>) -> bool {
        self.runs.iter().any(|&run| units.quoted(run) > 0)
    }

    /// A quotation with its tag: nothing about it is in doubt.
    fn is_sure(&self) -> bool {
        use Path::{ClauseBefore, Introduction, Name, QuotationAfter, QuotationBefore};
        matches!(self.path, QuotationBefore | ClauseBefore | QuotationAfter | Introduction | Name)
    }
}

/// Ends that are tried for one beginning, beginnings that are tried for one cue on either side, and contents in all.
const ENDS: usize = 14;
const STARTS: usize = 4;
const MOST: usize = 24;

/// The quotation that `cue` is the tag of, if it is one: nothing about it is in doubt.
pub(super) fn sure(units: &Units<'_>, cue: &Cue, source: Option<&Found>) -> Option<Content> {
    if matches!(cue.form, Form::Preposition | Form::Colon) || cue.negated {
        return None;
    }
    let clause = Clause::new(units, cue, source);
    let quotation = clause.name().or_else(|| clause.quotation_before()).or_else(|| clause.introduction());
    let quotation = quotation.or_else(|| clause.quotation_after());
    quotation.filter(Content::is_sure)
}

/// All that `cue` may report, in place of what `out` held.
pub(super) fn of(units: &Units<'_>, cue: &Cue, source: Option<&Found>, out: &mut Vec<Content>) {
    out.clear();
    let clause = Clause::new(units, cue, source);
    if cue.form == Form::Preposition {
        return clause.of_preposition(out);
    }
    if let Some(content) = clause.quotation_before().or_else(|| clause.quotation_after()) {
        clause.with_ends(content, out);
    }
    clause.around(out);
    if out.iter().any(|content| clause.is_fronted(content)) {
        return clause.loose_before(out);
    }
    if clause.is_extracted() {
        return clause.add(Path::Clause, clause.end, out);
    }
    clause.clause_after(out);
    clause.subject(out);
    clause.loose_before(out);
    clause.loose_after(out);
    out.retain(|content| !clause.is_hollow(content));
    out.truncate(MOST);
}

/// The reporting clause: from the source to the cue, whichever comes first.
struct Clause<'a> {
    units: &'a Units<'a>,
    cue: &'a Cue,
    source: Option<&'a Found>,
    /// Its first unit, and the one behind source and cue.
    start: usize,
    end: usize,
    /// The unit behind the hearer, the time and the place that follow the cue.
    rest: usize,
    /// Where all that may be content is over: the frame, or the clause before the main one.
    limit: usize,
}

impl<'a> Clause<'a> {
    fn new(units: &'a Units<'a>, cue: &'a Cue, source: Option<&'a Found>) -> Self {
        let start = source.filter(|found| !found.inverted).map_or(cue.group, |found| found.start.min(cue.group));
        let end = source.filter(|found| found.inverted).map_or(cue.end, |found| found.end.max(cue.end));
        let main = main_clause(units, cue).map(|at| if units.is_comma(at - 1) { at - 1 } else { at });
        let limit = main.unwrap_or(units.len());
        let mut clause = Clause { units, cue, source, start, end, rest: end, limit };
        clause.rest = clause.after_adverbials(end);
        clause
    }

    /// Nobody's words without somebody.
    fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// "My sister calls on Sundays", "she wrote it down", "she asked; it was her part": when, what is done with a thing, or
    /// another clause, and nothing that is said.
    fn is_hollow(&self, content: &Content) -> bool {
        let Content { start, end, runs, .. } = *content;
        let units = self.units;
        let timed = || (start..end).all(|at| units.is_temporal(at));
        let moved = || {
            let pronoun = units.phrase(start).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Pronoun);
            end - start == 2 && pronoun && matches!(units.tag(start + 1), Some(Tag::Adverb | Tag::Preposition))
        };
        units.is_mark(start, &[";"]) || runs[1].end == 0 && (timed() || moved())
    }

    /// The content that is the units from `start` to `end`.
    fn content(&self, path: Path, start: usize, end: usize) -> Option<Content> {
        let run = self.units.run(start, end);
        (run.end > run.start).then_some(Content { runs: [run, Run::default()], path, start, end, natural: true })
    }

    /// The content that begins at `start` and goes on as far as it may.
    fn content_from(&self, path: Path, start: usize) -> Option<Content> {
        self.content(path, start, self.content_end(start))
    }

    /// Adds what begins at `start`, with every end that it may have.
    fn add(&self, path: Path, start: usize, out: &mut Vec<Content>) {
        if let Some(content) = self.content_from(path, start) {
            self.with_ends(content, out);
        }
    }

    /// Adds the content with every end that it may have.
    fn with_ends(&self, content: Content, out: &mut Vec<Content>) {
        out.push(content);
        // What stands before the clause ends at the clause.
        if content.start < self.start || content.path == Path::Cleft {
            return;
        }
        let units = self.units;
        // Nothing goes on behind the place where something else begins.
        let last = match content.path {
            Path::QuotationAfter => self.content_end(content.start).max(content.end),
            _ => content.end,
        };
        let parts = |at: usize| units.is_comma(at) || units.is_dash(at);
        let cut = |at: usize| {
            parts(at)
                || units.is_mark(at, &[";"])
                || units
                    .class(at)
                    .any(Class::COORDINATOR.or(Class::SUBORDINATOR).or(Class::PREPOSITION).or(Class::RELATIVE))
                || units.is_temporal(at)
                || units.is_relative(at)
                || units.ends_in_mark(at - 1)
                || units.is_end(at)
        };
        let ends = (content.start + 1..=last).rev();
        let ends = ends.filter(|&at| at == units.len() || cut(at) && !parts(at - 1));
        // The last ones: a content that breaks off early is rarer than one that goes on.
        for end in ends.filter(|&end| end != content.end).take(ENDS) {
            let mut runs = content.runs;
            let which = usize::from(content.path == Path::Around);
            runs[which] = units.run(content.start, end);
            out.push(Content { runs, end, natural: false, ..content });
        }
    }
}
