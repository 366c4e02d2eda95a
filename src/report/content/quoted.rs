//! Contents in marks: what stands in quotation marks beside a reporting clause.

use super::{Clause, Content, Path};
use crate::document::Run;
use crate::lexicon::Class;
use crate::model::Tag;
use crate::report::Link;
use crate::report::cue::Form;
use crate::segment::flag;

impl Clause<'_> {
    /// The quotation right before the clause, with at most a comma between.
    fn before(&self) -> Option<usize> {
        let at = self.start.checked_sub(1)?;
        let at = if self.units.is_comma(at) || self.units.is_dash(at) { at.checked_sub(1)? } else { at };
        self.units.quotation(at).map(|_| at)
    }

    /// “A,” she said. · “A,” she said, “B.” · The plan was “a farce,” she said.
    pub(super) fn quotation_before(&self) -> Option<Content> {
        let units = self.units;
        let verb = self.cue.verb;
        let at = self.before()?;
        let quotation = units.quotation(at)?;
        // She said, “A,” adding, “B.”
        let goes_on = self.source.is_some_and(|found| found.source.link == Link::Shared);
        if self.cue.form == Form::Participle && goes_on {
            return None;
        }
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
        // “But I—” Ada sat down: words that break off may be followed by what is done.
        let broken = adjacent && units.quotation_ends_in(quotation, &["—", "--"]);
        let tagged = match verb.direct {
            _ if self.cue.form == Form::Credit => true,
            0 | 1 if broken => false,
            0 => comma && verb.clause >= 2,
            1 => comma || (loud && adjacent),
            _ => comma || loud || (adjacent && !units.quotation_ends_in(quotation, &["."])),
        };
        // A friend they called “Moss,” who laughed: “who” stands for what is before it.
        if !tagged || !self.has_source() || (self.cue.modal && !comma) || units.is_relative(self.start) {
            return None;
        }
        let tokens = units.tokens(at);
        let capital = inner.end > inner.start && self.opens_sentence(inner.start);
        // "As for complexity, “…,” she said": an adverbial is not hers.
        let adverbial =
            at >= 2 && units.is_comma(at - 1) && units.finite(0, at - 1) == 0 && units.quotations(0, at - 1) == 0;
        let introduced = at == 0
            || (adverbial && capital)
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
        // But asked if it was “a farce,” she said no.
        let participial = matches!(units.tag(self.content_start(at)), Some(Tag::Participle | Tag::Gerund | Tag::Past))
            && !units.reading.tag(inner.start).is_finite();
        let path = match () {
            () if first == tokens => Path::QuotationBefore,
            // What stands before the marks is hers too.
            () if comma && verb.direct >= 2 && verb.clause >= 2 && self.closes() && !participial => Path::ClauseBefore,
            () => Path::MixedBefore,
        };
        Some(Content { runs: [first, second], path, start: 0, end: at + 1, natural: true })
    }

    /// In what she called “A,” …: one's word for a thing, and no more than the word, however the sentence goes on.
    pub(super) fn name(&self) -> Option<Content> {
        let (units, verb) = (self.units, self.cue.verb);
        let what = self.start.checked_sub(1).filter(|&at| units.text(at).eq_ignore_ascii_case("what"))?;
        let named = verb.speech && verb.object > 0 && self.cue.start > what + 1;
        let at = self.end + usize::from(units.text(self.end) == "as");
        // In what she called a “strange” month the marks hold no more than a part.
        let whole = units.quotation(at).is_some() && (units.is_pause(at) || units.phrase(at + 1).is_none());
        (named && whole).then(|| self.content(Path::Name, at, at + 1))?
    }

    /// Whether the clause has a subject of its own and nothing that it might report follows.
    fn closes(&self) -> bool {
        let units = self.units;
        self.source.is_some_and(|found| found.source.link == Link::Subject)
            && (units.is_end(self.rest)
                || self.under_circumstances()
                || units.is_comma(self.rest) && self.breaks_off(self.rest + 1))
    }

    /// She said: ¶ “A.” – a frame that ends in a colon introduces what follows it.
    pub(super) fn introduction(&self) -> Option<Content> {
        let units = self.units;
        let last = units.len().checked_sub(1)?;
        let colon = units.is_mark(last, &[":"]);
        let introduces = colon && units.leads && self.rest == last;
        (introduces && self.cue.verb.direct >= 1 && self.has_source()).then_some(Content {
            runs: [Run::default(); 2],
            path: Path::Introduction,
            start: last,
            end: last,
            natural: true,
        })
    }

    /// She said, “A.” · He called it “a farce” that must end.
    pub(super) fn quotation_after(&self) -> Option<Content> {
        let units = self.units;
        let verb = self.cue.verb;
        let mut at = self.rest;
        let punctuated = units.is_comma(at) || units.is_mark(at, &[":"]) || units.is_dash(at);
        if punctuated {
            at += 1;
        }
        let that = units.class(at).any(Class::THAT);
        if that {
            at += 1;
        }
        // “A” may stand behind an adverbial set off by commas: She said, after a pause, “A.”
        if units.quotation(at).is_none() && punctuated && verb.direct >= 2 && !that {
            let found = (at..units.len().min(at + 16)).find(|&at| units.quotation(at).is_some())?;
            let plain = units.class(at).any(Class::SUBORDINATOR) && units.reporting(at, found) == 0
                || (at..found).all(|at| !units.is_finite(at) || units.class(at).any(Class::BE));
            let before = units.is_comma(found - 1) || units.is_mark(found - 1, &[":"]);
            if plain && before && self.opens_sentence(units.tokens(found).start + 1) {
                at = found;
            }
        }
        let quotation = units.quotation(at)?;
        if self.is_split(at) || verb.direct <= 1 && self.interrupts() {
            return None;
        }
        // "a painting called “…”", "the name means “…”": things are named, they do not speak.
        if !punctuated && (verb.direct < 3 || !verb.speech) && self.is_thing() {
            return None;
        }
        if !self.has_source() && !(punctuated && verb.direct >= 2) {
            return None;
        }
        let inner = units.reading.quotations.get(quotation).inner;
        // She warned “let them wait,” before she left: a comma in the marks, and words on how or when it was said.
        let goes_on = at + 1;
        let closes = units.is_pause(at)
            && verb.clause >= 2
            && (units.tag(goes_on) == Some(Tag::Gerund) || units.class(goes_on).any(Class::SUBORDINATOR))
            && (inner.start..inner.end).any(|at| units.reading.tag(at).is_verb());
        if closes && verb.direct >= 2 && !that && self.has_source() {
            return self.content(Path::QuotationAfter, at, at + 1);
        }
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

    /// Whether the clause tells when something was said by a verb before it: She said, when the story broke, “A.”
    fn interrupts(&self) -> bool {
        let units = self.units;
        self.start.checked_sub(2).is_some_and(|comma| {
            units.class(comma + 1).any(Class::SUBORDINATOR) && units.is_comma(comma) && units.reporting(0, comma) > 0
        })
    }

    /// Whether the quotation at `at` goes on with the clause that the tag breaks into: The plan, she said, “is a farce.”
    pub(super) fn is_split(&self, at: usize) -> bool {
        let units = self.units;
        let Some(comma) = self.start.checked_sub(1).filter(|&at| units.is_comma(at)) else { return false };
        let first = self.content_start(comma);
        at > 0
            && units.is_comma(at - 1)
            && units.phrase(first).is_some()
            && !units.is_temporal(first)
            && !(first..comma).any(|at| units.is_finite(at) || units.quotation(at).is_some())
            && units
                .quotation(at)
                .is_some_and(|quotation| !self.opens_sentence(units.reading.quotations.get(quotation).inner.start))
    }

    /// Whether the source is neither a person nor a body nor a document, as far as its noun shows.
    pub(super) fn is_thing(&self) -> bool {
        self.source.is_some_and(|found| found.is_thing(self.units))
    }

    /// Whether all longer words of a quotation have capitals, as those of a title have.
    pub(super) fn is_title(&self, quotation: u32) -> bool {
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
}
