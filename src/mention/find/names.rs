//! Names in a noun phrase: where they begin and end, and what looks like one and is none.

use super::Finder;
use crate::document::Run;
use crate::kind::{MentionKind, TokenKind};
use crate::lexicon::{Class, List, NameClass};
use crate::mention::{Being, Mention, Phrase, PhraseKind, name};
use crate::model::Tag;
use crate::quotation::Quotation;
use crate::segment::flag;

/// Words of the longest name that opens a headline.
const LONGEST_OPENING: u32 = 4;

/// Letters of the longest word that a headline leaves small.
const LONGEST_SMALL: u32 = 4;

/// Small words that may open a sentence before a name.
const SMALL: Class = Class::PREPOSITION
    .or(Class::SUBORDINATOR)
    .or(Class::COORDINATOR)
    .or(Class::ADVERB)
    .or(Class::DETERMINER)
    .or(Class::WH)
    .or(Class::INTERJECTION)
    .or(Class::PERSONAL);

impl Finder<'_> {
    /// Names before the head: "Okafor" in "Okafor's spokesman", "Lund" in "the Lund campaign".
    pub(super) fn modifying_names(&self, out: &mut Vec<Mention>) {
        if self.phrase.kind == PhraseKind::Pronoun {
            return;
        }
        let head_run = self.head_run();
        let mut at = self.phrase.tokens.start;
        while at < head_run.start {
            let named = |at: u32| self.reading.tag(at) == Tag::Name && name::is_capital(&self.reading, at);
            if named(at) {
                let start = at;
                // "Mrs. van der Lund's"
                let joins = |at: u32| name::is_particle(self.reading.lexicon, self.reading.text(at));
                let goes_on = |at: u32| {
                    named(at) || joins(at) && (at + 1..head_run.start).find(|&at| !joins(at)).is_some_and(named)
                };
                while at < head_run.start && goes_on(at) {
                    at += 1;
                }
                // "Her" before a name is there already.
                if at - start > 1 || !self.reading.class(start).any(Class::POSSESSIVE_PRONOUN) {
                    out.extend(self.name(Run::new(start, at)));
                }
            }
            at += 1;
        }
    }

    /// The mention that the name of the phrase makes, if it is the name of somebody or something.
    pub(super) fn named(&self) -> Option<Mention> {
        let name = self.name(Run::new(self.head_run().start, self.attached_end()))?;
        Some(Mention { head: self.phrase.head, phrase: self.with_office(&name), ..name })
    }

    /// The mention that the words of `run` make, which look like a name.
    fn name(&self, run: Run) -> Option<Mention> {
        let run = self.behind_opener(run);
        let words = run.end - run.start;
        // "Nordlys Buys Rival Brightwater Air": the start of a headline is no name, however few of its words are verbs to
        // the tagger.
        if words > LONGEST_OPENING && self.opens_headline(run) || words == 1 && self.is_no_name(run.start) {
            return None;
        }
        let name = name::read(&self.reading, run);
        let being = match (name.title, name.class) {
            (Some(_), _) => Being::Person,
            (None, Some(NameClass::Place)) => Being::Place,
            (None, Some(NameClass::Organisation)) => Being::Group,
            (None, None) if name.given => Being::Person,
            (None, None) => Being::Unknown,
        };
        // “Hospital. I can smell it.”
        let given = self.reading.class(run.start).any(Class::GIVEN);
        let somewhere = matches!(being, Being::Group | Being::Place) && !given;
        let introduces = !somewhere && self.introduces(name.tokens);
        Some(Mention {
            words: name.words,
            title: name.title,
            gender: name.gender,
            being,
            vocative: !somewhere && !introduces && self.is_vocative(name.tokens),
            introduces,
            definite: true,
            ..self.new_mention(name.tokens, run.end - 1, MentionKind::Name)
        })
    }

    /// "Poor Reynolds": none of these words begins the name of a place or a body.
    fn is_pitied(&self, at: u32) -> bool {
        matches!(self.reading.text(at), "Poor" | "Dear" | "Dearest")
    }

    /// The part of `run` behind words that stand before a name and are none of it.
    fn behind_opener(&self, mut run: Run) -> Run {
        let class = |at: u32| self.reading.class(at);
        // "Till Elizabeth", "When Ruiz": a small word that is a capital only at the start of its sentence.
        while run.end - run.start > 1
            && class(run.start).any(SMALL)
            && !class(run.start).any(Class::GIVEN.or(Class::TITLE))
        {
            run.start += 1;
        }
        // "Poor Anna!", "Dear Mr. Lund": no part of the name, whatever opens the sentence.
        if run.end - run.start > 1
            && self.reading.lists(List::Salutation, run.start)
            && (class(run.start + 1).any(Class::GIVEN.or(Class::TITLE)) || self.is_pitied(run.start))
        {
            run.start += 1;
        }
        // "Forecaster Nils Aker": a noun that is a capital only because it opens the sentence.
        let opens = run.start == 0 || self.reading.tag(run.start - 1) == Tag::Mark;
        if opens
            && run.end - run.start > 2
            && class(run.start).any(Class::PERSON_NOUN)
            && !class(run.start).any(Class::GIVEN.or(Class::TITLE).or(Class::ORGANISATION))
        {
            run.start += 1;
        }
        run
    }

    /// Whether a single word that looks like a name is none.
    fn is_no_name(&self, at: u32) -> bool {
        let reading = &self.reading;
        // A month, a day, an interjection, unless a title or another word says so.
        let class = reading.class(at);
        let common = class.any(Class::CALENDAR.or(Class::INTERJECTION).or(Class::STATE_ABBREVIATION));
        // “Yes, sir.” “Thank you, Your Honor.”: whoever hears it.
        let your = || at > 0 && reading.class(at - 1).any(Class::POSSESSIVE_PRONOUN);
        let address = || reading.lists(List::Address, at) || reading.lists(List::Style, at) && your();
        // "(R-Ohio)", "(I-Vt.)": a party and a state.
        let state = || reading.text(at).as_bytes().get(1) == Some(&b'-');
        // “Yours, I hope.” “Morning, Sheriff.”
        let opens = || {
            let quotation = reading.quotations.around(at).map(|around| reading.quotations.get(around));
            quotation.is_some_and(|quotation| quotation.inner.start == at)
        };
        let opener = || (class.any(Class::TEMPORAL) || reading.lists(List::Owned, at)) && opens();
        // "Mr. and Mrs. Lund"
        let half = || reading.lists(List::Courtesy, at);
        (common || opener()) && !class.any(Class::GIVEN)
            || half()
            || reading.quotations.around(at).is_some() && address()
            || state()
    }

    /// The tokens of the name that the head ends, or the head alone.
    fn head_run(&self) -> Run {
        let head = self.phrase.head;
        if self.phrase.kind != PhraseKind::Name {
            return Run::new(head, head + 1);
        }
        let mut start = head;
        while start > self.phrase.tokens.start {
            start = match self.nickname(start - 1) {
                Some(opening) => opening,
                None if name::joins(&self.reading, start - 1) || self.names_members(start - 1) => start - 1,
                None => break,
            };
        }
        // "Constable Roth", whatever the tagger takes the first word of a sentence for.
        if start > self.phrase.tokens.start
            && self.reading.class(start - 1).any(Class::TITLE)
            && name::is_capital(&self.reading, start - 1)
        {
            start -= 1;
        }
        // "Baltic Freight Alliance": at the start of a sentence the capital tells nothing, but the kind of name does.
        if start == self.phrase.tokens.start + 1
            && start < head
            && self.reading.class(head).any(Class::ORGANISATION_SUFFIX)
            && self.reading.tag(start - 1) == Tag::Adjective
            && (self.reading.class(start - 1).is_unknown() || self.reading.class(start - 1) == Class::PLACE)
            && name::is_capital(&self.reading, start - 1)
            && !self.reading.lists(List::Apart, start - 1)
        {
            start -= 1;
        }
        // A name may begin with a particle, but not with "of".
        while !name::is_capital(&self.reading, start) && self.reading.text(start) == "of" && start < head {
            start += 1;
        }
        Run::new(start, head + 1)
    }

    /// The opening mark of a nickname inside a name whose closing mark is at `at`: "Ada “Bunny” Lund".
    fn nickname(&self, at: u32) -> Option<u32> {
        let reading = &self.reading;
        if reading.token(at).kind != TokenKind::QuoteMark {
            return None;
        }
        let Quotation { outer, inner, .. } = *reading.quotations.get(reading.quotations.around(at)?);
        let named = |at: u32| reading.tag(at).is_noun() && name::is_capital(reading, at);
        let inside = outer.end == at + 1 && outer.start > self.phrase.tokens.start;
        (inside && named(outer.start - 1) && (inner.start..inner.end).all(named)).then_some(outer.start)
    }

    /// Whether the apostrophe at `at` is part of a body's name: "the Motorists' Club".
    fn names_members(&self, at: u32) -> bool {
        let reading = &self.reading;
        let plural = || reading.tag(at) == Tag::Genitive && matches!(reading.text(at), "'" | "’");
        let body = Class::ORGANISATION_SUFFIX.or(Class::GROUP_NOUN);
        at > self.phrase.tokens.start
            && plural()
            && reading.class(self.phrase.head).any(body)
            && name::is_capital(reading, at - 1)
            && !reading.class(at - 1).any(Class::DEMONYM.or(Class::GIVEN))
    }

    /// The end of a body's name that goes on behind its head: "the Ministry of Food", "the Institute for Transport".
    fn attached_end(&self) -> u32 {
        let Phrase { head, .. } = *self.phrase;
        let reading = &self.reading;
        let count = reading.tags.len() as u32;
        let body = Class::ORGANISATION_SUFFIX.or(Class::GROUP_NOUN);
        if head + 2 >= count
            || !reading.class(head).any(body)
            || !matches!(reading.text(head + 1), "of" | "for" | "on")
            || reading.class(head + 2).any(Class::CALENDAR)
        {
            return head + 1;
        }
        let start = head + 2 + u32::from(reading.text(head + 2) == "the");
        let named = |at: &u32| *at < count && reading.tag(*at).is_noun() && name::is_capital(reading, *at);
        let end = (start..count.min(start + 4)).take_while(named).last();
        end.map_or(head + 1, |last| last + 1)
    }

    /// Whether `run` opens a paragraph in which no long word begins with a small letter.
    fn opens_headline(&self, run: Run) -> bool {
        let paragraph = self.reading.segmentation.paragraphs[self.paragraph as usize];
        let tokens = self.reading.segmentation.paragraph_tokens(paragraph);
        let small = |at: u32| {
            let token = self.reading.token(at);
            token.is_word() && token.end - token.start > LONGEST_SMALL && !token.has(flag::CAPITAL)
        };
        tokens.start == run.start && !(run.end..tokens.end).any(small)
    }

    /// The tokens of `name` with what its phrase says of its bearer right before it: "former pollster Ada Lund", "the
    /// patients' group Nordlys".
    fn with_office(&self, name: &Mention) -> Run {
        let reading = &self.reading;
        let start = self.phrase.tokens.start;
        let Some(noun) = name.tokens.start.checked_sub(1).filter(|&noun| noun >= start) else { return name.tokens };
        let tells = matches!(reading.tag(noun), Tag::Noun | Tag::Nouns)
            && !reading.class(noun).any(Class::TEMPORAL)
            && (name.being == Being::Person || reading.class(noun).any(Class::SPEAKER_NOUN.or(Class::TITLE)));
        Run::new(if tells { start } else { name.tokens.start }, name.tokens.end)
    }
}
