//! The content of a cue: what of the frame is what was said.

use super::REACH;
use super::cue::{Cue, Form};
use super::source::Found;
use super::units::Units;
use crate::document::Run;
use crate::lexicon::Class;
use crate::mention::PhraseKind;
use crate::model::Tag;
use crate::segment::flag;

/// By which pattern a content was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    /// “A,” she said.
    QuotationBefore,
    /// She said, “A.”
    QuotationAfter,
    /// She said: ¶ “A.”
    Introduction,
    /// The plan was “a farce,” she said.
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
    pub(super) fn is_sure(&self) -> bool {
        matches!(self.path, Path::QuotationBefore | Path::QuotationAfter | Path::Introduction)
    }
}

/// Ends that are tried for one beginning, beginnings that are tried for one cue on either side, and contents in all.
const ENDS: usize = 14;
const STARTS: usize = 4;
const MOST: usize = 64;

/// The quotation that `cue` is the tag of, if it is one: nothing about it is in doubt.
pub(super) fn sure(units: &Units<'_>, cue: &Cue, source: Option<&Found>) -> Option<Content> {
    if matches!(cue.form, Form::Preposition | Form::Colon) || cue.negated {
        return None;
    }
    let clause = Clause::new(units, cue, source);
    let quotation = clause.quotation_before().or_else(|| clause.introduction()).or_else(|| clause.quotation_after());
    quotation.filter(Content::is_sure)
}

/// All that `cue` may report.
pub(super) fn of(units: &Units<'_>, cue: &Cue, source: Option<&Found>) -> Vec<Content> {
    let clause = Clause::new(units, cue, source);
    if cue.form == Form::Preposition {
        return clause.of_preposition();
    }
    let mut out = Vec::new();
    if let Some(content) = clause.quotation_before().or_else(|| clause.quotation_after()) {
        clause.with_ends(content, &mut out);
    }
    clause.around(&mut out);
    clause.clause_after(&mut out);
    clause.subject(&mut out);
    clause.loose_before(&mut out);
    clause.loose_after(&mut out);
    out.truncate(MOST);
    out
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
}

impl<'a> Clause<'a> {
    fn new(units: &'a Units<'a>, cue: &'a Cue, source: Option<&'a Found>) -> Self {
        let start = source.filter(|found| !found.inverted).map_or(cue.group, |found| found.start.min(cue.group));
        let end = source.filter(|found| found.inverted).map_or(cue.end, |found| found.end.max(cue.end));
        let mut clause = Clause { units, cue, source, start, end, rest: end };
        clause.rest = clause.after_adverbials(end);
        clause
    }

    /// Nobody's words without somebody.
    fn has_source(&self) -> bool {
        self.source.is_some()
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

    /// Adds the content with every end that it may have.
    fn with_ends(&self, content: Content, out: &mut Vec<Content>) {
        out.push(content);
        // What stands before the clause ends at the clause.
        if content.start < self.start || content.path == Path::Cleft {
            return;
        }
        let units = self.units;
        // "With X saying …," ends where the main clause begins, at the latest.
        let last = if self.is_absolute() { content.end } else { units.len() };
        let limit = last.min(content.start + REACH);
        let cut = |at: usize| {
            units.is_comma(at)
                || units.is_dash(at)
                || units
                    .class(at)
                    .any(Class::COORDINATOR.or(Class::SUBORDINATOR).or(Class::PREPOSITION).or(Class::RELATIVE))
                || units.is_temporal(at)
                || units.is_relative(at)
                || units.ends_in_mark(at - 1)
                || units.is_end(at)
        };
        let mut ends: Vec<usize> = Vec::new();
        for at in content.start + 1..=limit {
            if at == units.len() || cut(at) {
                ends.push(at);
                if at < units.len() && units.is_end(at) {
                    break;
                }
            }
        }
        // The last ones: a content that breaks off early is rarer than one that goes on.
        for &end in ends.iter().rev().filter(|&&end| end != content.end).take(ENDS) {
            let mut runs = content.runs;
            let which = usize::from(content.path == Path::Around);
            runs[which] = units.run(content.start, end);
            out.push(Content { runs, end, natural: false, ..content });
        }
    }

    /// Behind the hearer ("told reporters"), the time and the place ("on Monday", "in a statement") at `at`.
    fn after_adverbials(&self, mut at: usize) -> usize {
        let units = self.units;
        if self.cue.verb.addressee
            && units.phrase(at).is_some()
            && !self.begins_clause(at)
            && (!self.is_object(at) || units.quotation(at + 1).is_some())
        {
            at += 1;
            while units.text(at) == "and" && units.phrase(at + 1).is_some() && !self.begins_clause(at + 1) {
                at += 2;
            }
        }
        let limit = units.len().min(at + 24);
        while at < limit {
            let preposition = matches!(units.tag(at), Some(Tag::Preposition | Tag::To))
                && !units.class(at).any(Class::THAT.or(Class::WHETHER))
                && units.text(at) != "if";
            if units.tag(at) == Some(Tag::Adverb) && !units.class(at).any(Class::NEGATION) {
                at += 1;
            } else if units.is_temporal(at) && !self.begins_clause(at) {
                at += 1;
            } else if preposition && units.phrase(at + 1).is_some() && !self.begins_clause(at + 1) {
                // Only if something follows that can be content; else the phrase is the content itself ("spoke of X").
                if self.cue.verb.clause == 0 && self.cue.verb.object > 0 && !units.is_temporal(at + 1) {
                    break;
                }
                at += 2;
            } else {
                break;
            }
        }
        at
    }

    /// Whether the phrase at `at` is the subject of a clause: a finite verb follows it and what is attached to it.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        let units = self.units;
        if units.phrase(at).is_none() {
            return false;
        }
        let mut next = at + 1;
        let limit = units.len().min(at + 14);
        while next < limit {
            let attached = (matches!(units.tag(next), Some(Tag::Preposition)) || units.text(next) == "and")
                && units.phrase(next + 1).is_some()
                && !units.class(next).any(Class::THAT);
            if attached {
                next += 2;
            } else if units.tag(next) == Some(Tag::Adverb) || units.class(next).any(Class::NEGATION) {
                next += 1;
            } else {
                break;
            }
        }
        units.is_finite(next) || units.class(next).any(Class::AUXILIARY)
    }

    /// Whether the phrase at `at` is what was said rather than who was told: "promised a review", "told the truth".
    fn is_object(&self, at: usize) -> bool {
        let units = self.units;
        self.cue.verb.object >= 2
            && units.phrase(at).is_some_and(|(_, phrase)| {
                let class = units.reading.class(phrase.head);
                phrase.kind == PhraseKind::Nominal && !class.any(Class::SPEAKER_NOUN)
            })
            && !matches!(units.tag(at + 1), Some(Tag::To))
            && !units.class(at + 1).any(Class::THAT)
    }

    /// Whether the source is neither a person nor a body nor a document, as far as its noun shows.
    fn is_thing(&self) -> bool {
        let reading = &self.units.reading;
        self.source.is_some_and(|found| {
            let phrase = &reading.phrases[found.source.phrase as usize];
            phrase.kind == PhraseKind::Nominal && !reading.class(phrase.head).any(Class::SPEAKER_NOUN)
        })
    }

    /// The quotation right before the clause, with at most a comma between.
    fn before(&self) -> Option<usize> {
        let at = self.start.checked_sub(1)?;
        let at = if self.units.is_comma(at) || self.units.is_dash(at) { at.checked_sub(1)? } else { at };
        self.units.quotation(at).map(|_| at)
    }

    /// “A,” she said. · “A,” she said, “B.” · The plan was “a farce,” she said.
    fn quotation_before(&self) -> Option<Content> {
        let units = self.units;
        let verb = self.cue.verb;
        let at = self.before()?;
        let quotation = units.quotation(at)?;
        // In his book “The Long Way Up,” she said: a title in the run of the sentence is not what is said.
        let named = at > 0
            && (units.phrase(at - 1).is_some()
                || units.class(at - 1).any(Class::PREPOSITION)
                || units.tag(at - 1) == Some(Tag::Genitive));
        if named && self.is_title(quotation) {
            return None;
        }
        let inner = units.reading.quotations.get(quotation).inner;
        // A comma inside or outside the marks leaves no doubt; without it only core verbs go with a statement.
        let comma = units.quotation_ends_in(quotation, &[",", "—", "--", "…", "..."]) || at + 1 < self.start;
        let loud = units.quotation_ends_in(quotation, &["?", "!"]);
        let adjacent = at + 1 == self.start;
        let tagged = match verb.direct {
            _ if self.cue.form == Form::Credit => true,
            0 => comma && verb.clause >= 2,
            1 => comma || (loud && adjacent),
            _ => comma || loud || (adjacent && !units.quotation_ends_in(quotation, &["."])),
        };
        if !tagged || !self.has_source() || (self.cue.modal && !comma) {
            return None;
        }
        let tokens = units.tokens(at);
        let capital = inner.end > inner.start && self.opens_sentence(inner.start);
        // "As for complexity, “…,” she said": an adverbial is not hers.
        let adverbial = at >= 2
            && units.is_comma(at - 1)
            && !(0..at - 1).any(|at| units.is_finite(at) || units.quotation(at).is_some());
        let introduced = at == 0
            || adverbial
            || units.quotation(at - 1).is_some()
            || (capital && (units.is_comma(at - 1) || units.is_mark(at - 1, &[":", "."]) || units.is_dash(at - 1)));
        let first = if introduced || capital {
            tokens
        } else {
            Run::new(units.tokens(self.content_start(at)).start, tokens.end)
        };
        // The tag may be followed by the rest of the same quotation.
        let mut next = self.rest;
        let interrupts = units.is_comma(next) || units.is_dash(next) || units.is_mark(next, &[";", ":", "…", "..."]);
        if interrupts {
            next += 1;
        }
        let second = match units.quotation(next) {
            Some(_) if next <= self.rest + 1 && next > at && (interrupts || comma) => units.tokens(next),
            _ => Run::default(),
        };
        let path = if first == tokens { Path::QuotationBefore } else { Path::MixedBefore };
        Some(Content { runs: [first, second], path, start: 0, end: at + 1, natural: true })
    }

    /// Whether all longer words of a quotation have capitals, as those of a title have.
    fn is_title(&self, quotation: u32) -> bool {
        let reading = &self.units.reading;
        let inner = reading.quotations.get(quotation).inner;
        let mut words =
            (inner.start..inner.end.min(inner.start + 16)).map(|at| reading.token(at)).filter(|token| token.is_word());
        words.clone().count() > 1 && words.all(|word| word.has(flag::CAPITAL) || word.end - word.start <= 3)
    }

    /// Whether the token begins with a capital or is no word.
    fn opens_sentence(&self, token: u32) -> bool {
        let token = self.units.reading.segmentation.tokens.get(token as usize);
        token.is_some_and(|token| token.has(flag::CAPITAL) || !token.is_word())
    }

    /// Where the narration that belongs to the content before unit `at` begins: the frame's start, behind a dateline or a
    /// conjunction, and no further back than is looked at.
    fn content_start(&self, at: usize) -> usize {
        let units = self.units;
        if at > REACH {
            return at - REACH;
        }
        // "HALVERN, Oct 14 – The bridge …": where and when the report was filed.
        if units.reading.token(units.frame.tokens.start).has(flag::ALL_CAPITALS) {
            let dash = (1..at.min(9)).find(|&at| units.is_dash(at));
            if let Some(dash) = dash.filter(|&dash| !(0..dash).any(|at| units.is_finite(at))) {
                return dash + 1;
            }
        }
        // "But the plan …": the conjunction is the reporter's.
        usize::from(units.class(0).any(Class::COORDINATOR) && at > 1)
    }

    /// She said: ¶ “A.” – a frame that ends in a colon introduces what follows it.
    fn introduction(&self) -> Option<Content> {
        let units = self.units;
        let last = units.len().checked_sub(1)?;
        let colon = units.is_mark(last, &[":"]);
        (colon && self.rest == last && self.cue.verb.direct >= 1 && self.has_source()).then_some(Content {
            runs: [Run::default(); 2],
            path: Path::Introduction,
            start: last,
            end: last,
            natural: true,
        })
    }

    /// She said, “A.” · He called it “a farce” that must end.
    fn quotation_after(&self) -> Option<Content> {
        let units = self.units;
        let verb = self.cue.verb;
        let mut at = self.rest;
        let punctuated = units.is_comma(at) || units.is_mark(at, &[":"]) || units.is_dash(at);
        if punctuated {
            at += 1;
        }
        let that = units.class(at).any(Class::THAT) && units.phrase(at).is_none();
        if that {
            at += 1;
        }
        // “A” may stand behind an adverbial set off by commas: She said, after a pause, “A.”
        if units.quotation(at).is_none() && punctuated && verb.direct >= 2 && !that {
            let found = (at..units.len().min(at + 16)).find(|&at| units.quotation(at).is_some())?;
            let plain = (at..found).all(|at| !units.is_finite(at) || units.class(at).any(Class::BE));
            let before = units.is_comma(found - 1) || units.is_mark(found - 1, &[":"]);
            if plain && before && self.opens_sentence(units.tokens(found).start + 1) {
                at = found;
            }
        }
        let quotation = units.quotation(at)?;
        // "a painting called “…”", "the name means “…”": things are named, they do not speak.
        if !punctuated && (verb.direct < 3 || !verb.speech) && self.is_thing() {
            return None;
        }
        if !self.has_source() && !(punctuated && verb.direct >= 2) {
            return None;
        }
        let inner = units.reading.quotations.get(quotation).inner;
        let whole = !that && (punctuated || self.opens_sentence(inner.start));
        if whole && verb.direct >= 1 {
            let closed = units.quotation_ends_in(quotation, &[".", "!", "?", "…", "..."]);
            // Words go on behind marks that end in no full stop: “A” and that B.
            if closed || units.is_end(at + 1) || punctuated || verb.clause == 0 {
                return self.content(Path::QuotationAfter, at, at + 1);
            }
            return self.content_from(Path::MixedAfter, at);
        }
        if verb.direct == 0 && verb.object == 0 && verb.clause == 0 || !self.has_source() {
            return None;
        }
        self.content_from(Path::MixedAfter, at)
    }

    /// The talks failed, two officials said. · The talks, two officials said, had failed.
    fn around(&self, out: &mut Vec<Content>) {
        let units = self.units;
        if !self.has_source() {
            return;
        }
        let Some(comma) = self.start.checked_sub(1).filter(|&at| units.is_comma(at) || units.is_dash(at)) else {
            return;
        };
        let start = self.content_start(comma);
        if start >= comma || self.source.is_some_and(|found| found.source.link == super::Link::Shared) {
            return;
        }
        // "In Lund, the mayor said …" has no clause before the comma.
        let has_verb = (start..comma).any(|at| units.is_finite(at));
        let first = units.run(start, comma);
        let goes_on = units.is_comma(self.rest) || units.is_dash(self.rest);
        if units.is_end(self.rest) || (goes_on && self.breaks_off(self.rest + 1)) {
            if has_verb {
                out.extend(self.content(Path::Fronted, start, comma));
            }
        } else if goes_on {
            let begin = self.rest + 1;
            let end = self.content_end(begin);
            if has_verb || (begin..units.len().min(begin + REACH)).any(|at| units.is_finite(at)) {
                let runs = [first, units.run(begin, end)];
                self.with_ends(Content { runs, path: Path::Around, start: begin, end, natural: true }, out);
            }
        }
    }

    /// Whether what begins at `at` is no more content: "…, adding that", "…, but".
    fn breaks_off(&self, at: usize) -> bool {
        let units = self.units;
        units.tag(at) == Some(Tag::Gerund)
            || units.class(at).any(Class::COORDINATOR.or(Class::SUBORDINATOR))
            || units.is_relative(at)
    }

    /// She said (that) the talks had failed. · He called for calm.
    fn clause_after(&self, out: &mut Vec<Content>) {
        let units = self.units;
        let verb = self.cue.verb;
        if self.cue.form == Form::Label {
            if let Some(content) = self.content_from(Path::Label, self.cue.end) {
                self.with_ends(content, out);
            }
            return;
        }
        if self.start > 0 && self.is_pseudo_cleft(self.start - 1) {
            out.extend(self.content_from(Path::Cleft, self.end + 1));
            return;
        }
        let mut add = |path: Path, start: usize| {
            if let Some(content) = self.content_from(path, start) {
                self.with_ends(content, out);
            }
        };
        let that = |at: usize| units.class(at).any(Class::THAT) && units.phrase(at).is_none();
        let at = self.rest;
        if that(at) && verb.clause >= 1 {
            return add(Path::That, at + 1);
        }
        // "said, however, that"
        if verb.clause >= 2 && units.is_comma(at) {
            let found = (at..units.len().min(at + 8)).find(|&at| that(at));
            if let Some(found) = found.filter(|&that| units.is_comma(that - 1)) {
                return add(Path::That, found + 1);
            }
        }
        let question = units.class(at).any(Class::WHETHER.or(Class::WH)) || units.text(at) == "if";
        if question && verb.clause >= 1 {
            return add(Path::Question, at);
        }
        if verb.clause >= 2 && units.phrase(at).is_some() {
            let end = self.content_end(at);
            // A participle may be a finite verb that the tagger did not know for one.
            if self.begins_clause(at)
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

    /// The failure of the talks was announced.
    fn subject(&self, out: &mut Vec<Content>) {
        if self.cue.form != Form::Passive {
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

    /// What ends right before the clause and begins where a clause or phrase may.
    fn loose_before(&self, out: &mut Vec<Content>) {
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
    fn loose_after(&self, out: &mut Vec<Content>) {
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
        // "wrote in a letter to X that …" leaves no choice.
        if out.iter().any(|content| content.path == Path::That) {
            return;
        }
        let limit = units.len().min(self.end + 22);
        let mut starts = 0;
        // "that" belongs to the clause of the cue.
        let that = |at: usize| units.class(at).any(Class::THAT) && units.phrase(at).is_none();
        let starts_at = |at: usize| !units.is_end(at) && !units.is_comma(at) && !that(at) && begins(at);
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
        let clause = || (content.start..content.end).any(|at| units.is_finite(at) || units.tag(at) == Some(Tag::To));
        verb.object >= 1 || content.quotes(units) || (verb.clause >= 1 && clause())
    }

    /// According to X, A. · A, according to X. · A, according to X, B.
    fn of_preposition(&self) -> Vec<Content> {
        let units = self.units;
        let mut out = Vec::new();
        if self.source.is_none() {
            return out;
        }
        let cue = self.cue.start;
        if cue == 0 || (cue == 1 && units.class(0).any(Class::COORDINATOR)) {
            let at = if units.is_comma(self.end) { self.end + 1 } else { self.end };
            if let Some(content) = self.content_from(Path::Preposition, at) {
                self.with_ends(content, &mut out);
            }
            return out;
        }
        let comma = units.is_comma(cue - 1) || units.is_dash(cue - 1);
        let first_end = if comma { cue - 1 } else { cue };
        let start = self.content_start(first_end);
        let second = if units.is_comma(self.end) && !units.is_end(self.end + 1) && !self.breaks_off(self.end + 1) {
            units.run(self.end + 1, self.content_end(self.end + 1))
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
        out
    }

    /// The unit behind the content that begins at `start`: the frame's end without its full stop, or the place where
    /// another report begins.
    fn content_end(&self, start: usize) -> usize {
        let units = self.units;
        let limit = units.len().min(start + REACH);
        let mut at = start;
        while at < limit && !units.is_end(at) {
            let comma = units.is_comma(at) || units.is_dash(at);
            let next = if comma { at + 1 } else { at };
            if at > start && (comma || units.class(at).any(Class::COORDINATOR)) && self.reports(next) {
                return at;
            }
            if comma && self.is_absolute() && (self.begins_clause(next) || units.class(next).any(Class::EXISTENTIAL)) {
                return at;
            }
            if at > start && self.is_pseudo_cleft(at) {
                return if units.class(at - 1).any(Class::PREPOSITION.or(Class::SUBORDINATOR)) { at - 1 } else { at };
            }
            at += 1;
        }
        at
    }

    /// "With X saying …, the talks went on": the content ends where the main clause begins.
    fn is_absolute(&self) -> bool {
        self.cue.form == Form::Participle
            && self.source.is_some_and(|found| {
                found.start > 0
                    && (found.start.saturating_sub(40)..found.start).any(|at| self.units.class(at).any(Class::WITH))
            })
    }

    /// Whether "what X said was …" begins at `at`.
    fn is_pseudo_cleft(&self, at: usize) -> bool {
        let units = self.units;
        units.text(at).eq_ignore_ascii_case("what")
            && units.can_speak(at + 1)
            && units
                .word(at + 2)
                .and_then(|token| units.reading.verb(token))
                .is_some_and(|verb| verb.speech && verb.clause == 3)
            && units.class(at + 3).any(Class::BE)
    }

    /// Whether another report begins at `at`: "adding that", "and said", "but X said", "according to".
    fn reports(&self, mut at: usize) -> bool {
        let units = self.units;
        if units.class(at).any(Class::COORDINATOR) {
            at += 1;
            if units.is_comma(at) {
                at += 1;
            }
        }
        while units.tag(at) == Some(Tag::Adverb) {
            at += 1;
        }
        if units.text(at).eq_ignore_ascii_case("according") {
            return true;
        }
        let reporting = |at: usize| {
            units
                .word(at)
                .and_then(|token| units.reading.verb(token))
                .is_some_and(|verb| verb.speech && verb.direct >= 2)
        };
        if reporting(at) && matches!(units.tag(at), Some(Tag::Gerund | Tag::Past | Tag::Present)) {
            return true;
        }
        // "but X said", "and X saying": with a subject of its own.
        units.phrase(at).is_some()
            && units.can_speak(at)
            && (units.is_finite(at + 1) || units.tag(at + 1) == Some(Tag::Gerund))
            && reporting(at + 1)
    }
}
