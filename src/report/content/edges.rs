//! Where the words around a cue begin and end: adverbials, clauses, other reports.

use super::Clause;
use crate::lexicon::Class;
use crate::mention::PhraseKind;
use crate::model::Tag;
use crate::report::REACH;
use crate::report::cue::Form;

/// Units between a conjunction and the verb of its clause, at most.
const CLAUSE: usize = 24;

impl Clause<'_> {
    /// Behind the hearer ("told reporters"), the time and the place ("on Monday", "in a statement") at `at`.
    pub(super) fn after_adverbials(&self, mut at: usize) -> usize {
        let units = self.units;
        if self.cue.verb.addressee
            && units.phrase(at).is_some()
            && !self.units.begins_clause(at)
            && (!self.is_object(at) || units.quotation(at + 1).is_some())
        {
            at += 1;
            while units.text(at) == "and" && units.phrase(at + 1).is_some() && !self.units.begins_clause(at + 1) {
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
            } else if units.is_temporal(at) && !self.units.begins_clause(at) {
                at += 1;
            } else if preposition && units.phrase(at + 1).is_some() && !self.units.begins_clause(at + 1) {
                // Only if something follows that can be content; else the phrase is the content itself ("spoke of X").
                if self.cue.verb.clause == 0 && self.cue.verb.object > 0 && !units.is_temporal(at + 1) {
                    break;
                }
                at = self.behind_title(at + 2);
            } else {
                break;
            }
        }
        at
    }

    /// Behind a title at `at`, if the words go on behind it: on Lund's “Morning Hour” | that, on the show “Hour” | that.
    fn behind_title(&self, at: usize) -> usize {
        let units = self.units;
        let title = at + usize::from(units.tag(at) == Some(Tag::Genitive));
        let goes_on = |next: usize| units.class(next).any(Class::THAT) || units.is_temporal(next);
        let is_title = units.quotation(title).is_some_and(|quotation| self.is_title(quotation)) && goes_on(title + 1);
        if is_title { title + 1 } else { at }
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
            && !units.class(at + 1).any(Class::THAT.or(Class::WH).or(Class::WHETHER))
    }

    /// Where the narration that belongs to the content before unit `at` begins: the frame's start, behind a dateline or a
    /// conjunction, and no further back than is looked at.
    pub(super) fn content_start(&self, at: usize) -> usize {
        let units = self.units;
        if at > REACH {
            return at - REACH;
        }
        if let Some(dash) = units.dateline().filter(|&dash| dash < at) {
            return dash + 1;
        }
        // "But the plan …": the conjunction is the reporter's.
        usize::from(units.class(0).any(Class::COORDINATOR) && at > 1)
    }

    /// The unit behind the content that begins at `start`: the frame's end without its full stop, or the place where
    /// another report begins.
    pub(super) fn content_end(&self, start: usize) -> usize {
        let units = self.units;
        let limit = self.joined_verb(start).unwrap_or(units.len()).min(start + REACH).min(self.limit);
        let mut at = start;
        while at < limit && !units.is_end(at) {
            let comma = units.is_comma(at) || units.is_dash(at);
            let next = if comma { at + 1 } else { at };
            let parted = || comma || units.is_pause(at - 1) || units.class(at).any(Class::COORDINATOR);
            if at > start && parted() && (self.reports(next) || self.goes_on_with_another(start, at, next)) {
                return at;
            }
            if self.another_speaks(at) {
                return at;
            }
            if comma && units.verdict(next).is_some() {
                return at;
            }
            if comma && self.is_absolute() && units.begins_clause(next) {
                return at;
            }
            if at > start && self.is_pseudo_cleft(at) {
                return if units.class(at - 1).any(Class::PREPOSITION.or(Class::SUBORDINATOR)) { at - 1 } else { at };
            }
            at += 1;
        }
        at
    }

    /// The conjunction behind a phrase that begins at `start`, if a verb goes on with the clause of the cue there: called it
    /// “a farce” | and left.
    pub(super) fn joined_verb(&self, start: usize) -> Option<usize> {
        let units = self.units;
        let limit = units.len().min(start + REACH);
        // Said the plan “is a farce” and …: which may have another verb.
        let verb = (start..limit).find(|&at| units.is_finite(at) || units.is_end(at) || self.is_predicate(at))?;
        let before = (start..verb).rev().find(|&at| units.tag(at) != Some(Tag::Adverb))?;
        let joins = units.class(before).any(Class::COORDINATOR) && before > start && units.is_finite(verb);
        joins.then(|| if units.is_comma(before - 1) { before - 1 } else { before })
    }

    /// Whether the marks at `at` hold the verb of a clause that begins before them: the plan “is a farce”.
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        let reading = &self.units.reading;
        let first = self.units.quotation(at).map(|quotation| reading.quotations.get(quotation).inner.start);
        first.is_some_and(|first| reading.tag(first).is_finite())
    }

    /// Whether what somebody else says begins behind the semicolon at `at`: X said that A; Y said that B.
    pub(super) fn another_speaks(&self, at: usize) -> bool {
        let units = self.units;
        units.is_mark(at, &[";"]) && units.can_speak(at + 1) && units.reporting(at + 1, units.len().min(at + REACH)) > 0
    }

    /// "With X saying …, the talks went on": the content ends where the main clause begins.
    pub(super) fn is_absolute(&self) -> bool {
        self.cue.form == Form::Participle
            && self.source.is_some_and(|found| {
                found.start > 0
                    && (found.start.saturating_sub(40)..found.start).any(|at| self.units.class(at).any(Class::WITH))
            })
    }

    /// Whether "what X said was …" begins at `at`.
    pub(super) fn is_pseudo_cleft(&self, at: usize) -> bool {
        let units = self.units;
        // Nearly all words are told by what follows them, sooner than by their letters.
        units.can_speak(at + 1)
            && units.text(at).eq_ignore_ascii_case("what")
            && units
                .word(at + 2)
                .and_then(|token| units.reading.verb(token))
                .is_some_and(|verb| verb.speech && verb.clause == 3)
            && units.class(at + 3).any(Class::BE)
    }

    /// Whether the word at `at` is a verb that tags quotations at least so readily.
    pub(super) fn is_reporting(&self, at: usize, direct: u8) -> bool {
        let verb = self.units.word(at).and_then(|token| self.units.reading.verb(token));
        verb.is_some_and(|verb| verb.speech && verb.direct >= direct)
    }

    /// Whether the word at `at` is a verb of saying that reports clauses or phrases.
    fn tells(&self, at: usize) -> bool {
        let verb = self.units.word(at).and_then(|token| self.units.reading.verb(token));
        verb.is_some_and(|verb| verb.speech && verb.clause.max(verb.object) >= 2)
    }

    /// Whether another report of the same source begins at `at`, or a source: "adding that", "and said", "according to".
    fn reports(&self, mut at: usize) -> bool {
        let units = self.units;
        let joins = units.is_comma(at - 1);
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
        (self.is_reporting(at, 2) || joins && self.tells(at))
            && matches!(units.tag(at), Some(Tag::Gerund | Tag::Past | Tag::Present))
    }

    /// Whether a report with a subject of its own follows at `next` on the content from `start` to `at`: "but X said",
    /// "and X have said", "and X saying".
    fn goes_on_with_another(&self, start: usize, at: usize, next: usize) -> bool {
        let units = self.units;
        let joins = units.class(next).any(Class::COORDINATOR);
        // "…, while other voters said"
        let contrasts = next > at && matches!(units.text(next), "while" | "whereas" | "although" | "though");
        let mut subject = next + usize::from(joins || contrasts);
        if joins && units.is_comma(subject) {
            subject += 1;
        }
        while units.tag(subject) == Some(Tag::Adverb) {
            subject += 1;
        }
        if !units.can_speak(subject) || units.phrase(subject).is_none() || units.is_relative(subject) {
            return false;
        }
        // "and the mayor of Lund has also said"
        let mut first = subject + 1;
        while matches!(units.text(first), "of" | "for" | "from" | "at" | "in") && units.phrase(first + 1).is_some() {
            first += 2;
        }
        let mut verb = first;
        while units.tag(verb) == Some(Tag::Adverb) || units.class(verb).any(Class::HAVE) {
            verb += 1;
        }
        let saying = units.tag(subject + 1) == Some(Tag::Gerund);
        let finite = units.is_finite(first) || units.is_finite(verb);
        if !(saying || finite) || !(self.is_reporting(verb, 2) || (joins || contrasts) && self.tells(verb)) {
            return false;
        }
        // "When he came, X said", "because A and B agreed": a clause has to be over before another begins.
        let opens = |at: usize| units.class(at).any(Class::SUBORDINATOR.or(Class::THAT)) || units.is_relative(at);
        let clause = (start..at).rev().take(CLAUSE).find(|&at| opens(at)).unwrap_or(start);
        // "asked for a picture, and X said": or something that is no clause.
        let core = (joins || contrasts) && self.is_reporting(verb, 3);
        saying || core || units.finite(clause, at) > 0 || units.quotations(start, at) > 0
    }
}
