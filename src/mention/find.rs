//! Which noun phrases stand for somebody, and what each shows of him, her, it or them.

use super::name;
use super::{Phrase, PhraseKind, Reading};
use crate::document::Run;
use crate::kind::{Gender, MentionKind, Number, TokenKind};
use crate::lexicon::{Class, List, NameClass, Title};
use crate::model::Tag;
use crate::quotation::Quotation;
use crate::segment::flag;

/// Which of a conversation a pronoun points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    First,
    Second,
    Third,
}

/// What kind of thing a mention shows its entity to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Being {
    Person,
    /// A government, a company, a crowd.
    Group,
    Place,
    /// A report, a poll: speaks, but is no "he" or "she".
    Document,
    Unknown,
}

/// Words that stand for somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// With title and determiner.
    pub(crate) tokens: Run,
    /// With everything of the noun phrase that tells who is named: "the party's pollster Ada Lund".
    pub(crate) phrase: Run,
    pub(crate) head: u32,
    /// Of a name, the name proper: without titles.
    pub(crate) words: Run,
    pub(crate) kind: MentionKind,
    pub(crate) person: Person,
    pub(crate) being: Being,
    pub(crate) gender: Gender,
    pub(crate) number: Number,
    pub(crate) title: Option<Title>,
    /// "the", "this", "his": points at somebody known.
    pub(crate) definite: bool,
    /// A verb follows: the subject of a clause.
    pub(crate) subject: bool,
    /// "Okafor's", "his".
    pub(crate) possessive: bool,
    /// Stands in quotation marks.
    pub(crate) quoted: bool,
    /// Names the hearer of the words it stands in: “Well, Anna, …”.
    pub(crate) vocative: bool,
    /// The source of a report.
    pub(crate) source: bool,
    pub(crate) paragraph: u32,
}

impl Mention {
    /// "the man in the grey coat", with what tells him from other men.
    pub(crate) fn is_described(&self, reading: &Reading<'_>) -> bool {
        self.phrase.end > self.tokens.end && matches!(reading.text(self.tokens.end), "in" | "with")
    }

    /// "Okafor: …", the speaker of a transcript.
    pub(crate) fn is_label(&self, reading: &Reading<'_>) -> bool {
        let end = self.tokens.end;
        (end as usize) < reading.tags.len() && reading.text(end) == ":"
    }

    /// "the younger man", "the taller of the women": tells one from others who are there.
    pub(crate) fn compares(&self, reading: &Reading<'_>) -> bool {
        self.definite
            && reading.class(self.head).any(Class::GENERIC_PERSON)
            && (self.tokens.start..self.head).any(|at| reading.lists(List::Comparing, at))
    }

    /// "Mum", "Grandfather": a name for a relative of whoever says so.
    pub(crate) fn is_relative(&self, reading: &Reading<'_>) -> bool {
        self.kind == MentionKind::Name
            && self.tokens == self.words
            && self.tokens.end - self.tokens.start == 1
            && reading.class(self.head).any(Class::KIN)
    }

    /// Whether what looks like a name is a role with capitals: "the Railway Minister".
    pub(crate) fn is_office(&self, reading: &Reading<'_>) -> bool {
        let the = self.tokens.start.checked_sub(1).map_or("", |before| reading.text(before));
        self.kind == MentionKind::Name
            && matches!(the, "the" | "The")
            && reading.class(self.head).any(Class::TITLE.or(Class::PERSON_NOUN))
    }
}

/// All mentions of a text, in order, and for each phrase the mention that has its head (or `NONE`).
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) list: Vec<Mention>,
    of_phrase: Vec<u32>,
}

impl Mentions {
    const NONE: u32 = u32::MAX;

    /// The mention made by a phrase.
    pub(crate) fn of_phrase(&self, phrase: u32) -> Option<u32> {
        self.of_phrase.get(phrase as usize).copied().filter(|&mention| mention != Self::NONE)
    }
}

/// Finds the mentions: every name and pronoun, every phrase whose head is a noun for persons or groups, and the sources
/// of reports, told by `is_source` for each phrase.
pub(crate) fn find(reading: Reading<'_>, is_source: &[bool]) -> Mentions {
    let mut out = Mentions {
        // Two thirds of the phrases, as prose goes, with some to spare.
        list: Vec::with_capacity(3 * reading.phrases.len() / 4),
        of_phrase: vec![Mentions::NONE; reading.phrases.len()],
    };
    let mut paragraph = 0;
    for (n, phrase) in reading.phrases.iter().enumerate() {
        let start = reading.token(phrase.tokens.start).start;
        while reading.segmentation.paragraphs[paragraph].span.end() <= start {
            paragraph += 1;
        }
        // "England" in "the Bank of England" is no mention of its own.
        let inside = out.list.last().is_some_and(|last| last.tokens.end > phrase.tokens.start);
        if inside && !is_source[n] {
            continue;
        }
        let finder = Finder {
            reading,
            phrase,
            next: reading.phrases.get(n + 1),
            source: is_source[n],
            paragraph: paragraph as u32,
        };
        let before = out.list.len();
        finder.possessive(&mut out.list);
        finder.modifying_names(&mut out.list);
        if is_source[n] && saying(&reading, phrase).is_some() {
            if out.list[before..].last().is_none_or(|last| !last.possessive) {
                out.list.extend(finder.owner());
            }
            if let Some(last) = out.list[before..].last_mut() {
                last.source = true;
                out.of_phrase[n] = out.list.len() as u32 - 1;
            }
        } else if let Some(mention) = finder.mention() {
            out.of_phrase[n] = out.list.len() as u32;
            out.list.push(mention);
        }
    }
    out.list.shrink_to_fit();
    out
}

/// "the minister's claim that": the token before the genitive, or the pronoun, where the phrase is somebody's words and
/// a clause follows that tells them.
pub(crate) fn saying(reading: &Reading<'_>, phrase: &Phrase) -> Option<u32> {
    let Phrase { tokens, head, .. } = *phrase;
    let next = tokens.end;
    if phrase.kind != PhraseKind::Nominal
        || next as usize + 1 >= reading.tags.len()
        || reading.text(next) != "that"
        || !reading.class(head).any(Class::SAYING)
        || reading.tag(next + 1).is_verb()
        || reading.tag(next + 1) == Tag::Modal
    {
        return None;
    }
    if reading.class(tokens.start).all(Class::POSSESSIVE_PRONOUN.or(Class::THIRD)) {
        return Some(tokens.start);
    }
    let genitive = (tokens.start + 1..head).rev().find(|&at| reading.tag(at) == Tag::Genitive)?;
    Some(genitive - 1)
}

/// Words of the longest name that opens a headline.
const LONGEST_OPENING: u32 = 4;

/// Letters of the longest word that a headline leaves small.
const LONGEST_SMALL: u32 = 4;

/// How many endearing words are looked at before a name: "my dear old Anna".
const ENDEARING: usize = 4;

struct Finder<'a> {
    reading: Reading<'a>,
    phrase: &'a Phrase,
    /// The phrase behind it.
    next: Option<&'a Phrase>,
    source: bool,
    paragraph: u32,
}

impl Finder<'_> {
    fn new_mention(&self, tokens: Run, head: u32, kind: MentionKind) -> Mention {
        Mention {
            tokens,
            phrase: tokens,
            head,
            words: tokens,
            kind,
            person: Person::Third,
            being: Being::Unknown,
            gender: Gender::Unknown,
            number: Number::Singular,
            title: None,
            definite: false,
            subject: self.is_subject(tokens),
            possessive: self.genitive_follows(tokens.end),
            quoted: self.reading.quotations.around(tokens.start).is_some(),
            vocative: false,
            source: false,
            paragraph: self.paragraph,
        }
    }

    fn genitive_follows(&self, at: u32) -> bool {
        (at as usize) < self.reading.tags.len() && self.reading.tag(at) == Tag::Genitive
    }

    /// Whether a verb follows, past adverbs, and no preposition stands before.
    fn is_subject(&self, tokens: Run) -> bool {
        let reading = &self.reading;
        let limit = (reading.tags.len() as u32).min(tokens.end + 4);
        let verb = (tokens.end..limit).find(|&at| reading.tag(at) != Tag::Adverb);
        let after_preposition = tokens.start > 0
            && matches!(reading.tag(tokens.start - 1), Tag::Preposition | Tag::To)
            && !reading.class(tokens.start - 1).any(Class::SUBORDINATOR.or(Class::THAT));
        !after_preposition && (verb.is_some_and(|at| reading.tag(at).is_finite()) || self.is_set_off(tokens))
    }

    /// "John Roe, the head of the union, said": the verb follows what is set off by commas, at the start of a sentence.
    fn is_set_off(&self, tokens: Run) -> bool {
        let reading = &self.reading;
        let opens = tokens.start == 0 || reading.tag(tokens.start - 1) == Tag::Mark;
        let comma = |at: u32| reading.text(at) == ",";
        let limit = (reading.tags.len() as u32).min(tokens.end + 16);
        // "John Roe of the union, its head, said"
        let attached = tokens.end < limit && matches!(reading.text(tokens.end), "of" | "from" | "(");
        let first = (tokens.end..limit.min(tokens.end + if attached { 5 } else { 1 })).find(|&at| comma(at));
        let Some(first) = first.filter(|_| opens) else { return false };
        let mut commas = (first + 1..limit.max(1) - 1).filter(|&at| comma(at)).take(2);
        commas.any(|at| reading.tag(at + 1).is_finite())
    }

    /// "his" in "his mother" stands for somebody too.
    fn possessive(&self, out: &mut Vec<Mention>) {
        let at = self.phrase.tokens.start;
        let class = self.reading.class(at);
        // "HER" as a heading is a name, if anything.
        let alone = self.phrase.kind == PhraseKind::Pronoun || self.phrase.head == at;
        if alone || !class.any(Class::POSSESSIVE_PRONOUN) {
            return;
        }
        let mention = self.new_mention(Run::new(at, at + 1), at, MentionKind::Pronoun);
        out.push(Mention { subject: false, possessive: true, ..pronoun(mention, class) });
    }

    /// "the minister" in "the minister's claim that".
    fn owner(&self) -> Option<Mention> {
        let head = saying(&self.reading, self.phrase)?;
        let tokens = Run::new(self.phrase.tokens.start, head + 1);
        let owner = Phrase { tokens, head, kind: PhraseKind::Nominal };
        let mention = Finder { phrase: &owner, ..*self }.mention()?;
        Some(Mention { possessive: true, ..mention })
    }

    /// Names before the head: "Okafor" in "Okafor's spokesman", "Lund" in "the Lund campaign".
    fn modifying_names(&self, out: &mut Vec<Mention>) {
        if self.phrase.kind == PhraseKind::Pronoun {
            return;
        }
        let head_run = self.head_run();
        let mut at = self.phrase.tokens.start;
        while at < head_run.start {
            let named = |at: u32| self.reading.tag(at) == Tag::Name && name::is_capital(&self.reading, at);
            if named(at) {
                let start = at;
                while at < head_run.start && named(at) {
                    at += 1;
                }
                // "Her" before a name is there already.
                if at - start > 1 || !self.reading.class(start).any(Class::POSSESSIVE_PRONOUN) {
                    self.name(Run::new(start, at), out);
                }
            }
            at += 1;
        }
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

    fn name(&self, mut run: Run, out: &mut Vec<Mention>) {
        // "Till Elizabeth", "When Ruiz": a small word that is a capital only at the start of its sentence.
        let small = Class::PREPOSITION
            .or(Class::SUBORDINATOR)
            .or(Class::COORDINATOR)
            .or(Class::ADVERB)
            .or(Class::DETERMINER)
            .or(Class::WH)
            .or(Class::INTERJECTION)
            .or(Class::PERSONAL);
        while run.end - run.start > 1
            && self.reading.class(run.start).any(small)
            && !self.reading.class(run.start).any(Class::GIVEN.or(Class::TITLE))
        {
            run.start += 1;
        }
        // "Poor Anna!", "Dear Mr. Lund": no part of the name, whatever opens the sentence.
        if run.end - run.start > 1
            && self.reading.lists(List::Salutation, run.start)
            && self.reading.class(run.start + 1).any(Class::GIVEN.or(Class::TITLE))
        {
            run.start += 1;
        }
        // "Forecaster Nils Aker": a noun that is a capital only because it opens the sentence.
        let opens = run.start == 0 || self.reading.tag(run.start - 1) == Tag::Mark;
        let class = self.reading.class(run.start);
        if opens
            && run.end - run.start > 2
            && class.any(Class::PERSON_NOUN)
            && !class.any(Class::GIVEN.or(Class::TITLE).or(Class::ORGANISATION))
        {
            run.start += 1;
        }
        // "Nordlys Buys Rival Brightwater Air": the start of a headline is no name, however few of its words are verbs to
        // the tagger.
        if run.end - run.start > LONGEST_OPENING && self.opens_headline(run) {
            return;
        }
        let name = name::read(&self.reading, run);
        // A month, a day, an interjection is no name unless a title or another word says so.
        let class = self.reading.class(run.start);
        if run.end - run.start == 1
            && class.any(Class::CALENDAR.or(Class::INTERJECTION).or(Class::STATE_ABBREVIATION))
            && !class.any(Class::GIVEN)
        {
            return;
        }
        // “Yes, sir.” “Thank you, Your Honor.”: whoever hears it.
        let your = || run.start > 0 && self.reading.class(run.start - 1).any(Class::POSSESSIVE_PRONOUN);
        if run.end - run.start == 1
            && self.reading.quotations.around(run.start).is_some()
            && (self.reading.lists(List::Address, run.start) || self.reading.lists(List::Style, run.start) && your())
        {
            return;
        }
        // "(R-Ohio)", "(I-Vt.)": a party and a state.
        if run.end - run.start == 1 && self.reading.text(run.start).as_bytes().get(1) == Some(&b'-') {
            return;
        }
        let mut mention = self.new_mention(name.tokens, run.end - 1, MentionKind::Name);
        mention.words = name.words;
        mention.title = name.title;
        mention.gender = name.gender;
        mention.being = match (name.title, name.class) {
            (Some(_), _) => Being::Person,
            (None, Some(NameClass::Place)) => Being::Place,
            (None, Some(NameClass::Organisation)) => Being::Group,
            (None, None) if name.given => Being::Person,
            (None, None) => Being::Unknown,
        };
        // “Hospital. I can smell it.”
        let somewhere = matches!(mention.being, Being::Group | Being::Place) && !class.any(Class::GIVEN);
        mention.vocative = !somewhere && self.is_vocative(name.tokens);
        mention.definite = true;
        out.push(mention);
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

    /// The tokens of the phrase with the whole that it is a part of, "many of her voters", "two of the men", or with what
    /// somebody without a name is told by, "the man in the grey coat".
    fn with_whole(&self) -> Run {
        let Phrase { tokens, head, .. } = *self.phrase;
        let part = self.reading.class(head).any(Class::QUANTIFIER) || self.reading.tag(head) == Tag::Number;
        let whole = self.next.filter(|next| {
            next.tokens.start == tokens.end + 1
                && match self.reading.text(tokens.end) {
                    "of" | "at" | "among" => part,
                    "in" => part || self.is_told_by(next),
                    "with" => self.is_told_by(next),
                    _ => false,
                }
        });
        Run::new(tokens.start, whole.map_or(tokens.end, |whole| whole.tokens.end))
    }

    /// "like a man who has lost a bet": nobody is there.
    fn is_compared(&self) -> bool {
        let Phrase { tokens, .. } = *self.phrase;
        let before = tokens.start.checked_sub(1).map_or("", |before| self.reading.text(before));
        let first = self.reading.class(tokens.start);
        matches!(before, "as" | "like" | "Like") && first.any(Class::DETERMINER) && !first.any(Class::DEFINITE)
    }

    /// Whether `thing` is what somebody has on or about him, behind "in" or "with": "the man in the grey coat", but not "said
    /// the man in a low voice".
    fn is_told_by(&self, thing: &Phrase) -> bool {
        let article = |at: u32| self.reading.class(at).any(Class::DETERMINER);
        let the = |at: u32| self.reading.class(at).any(Class::DEFINITE);
        let (start, first) = (self.phrase.tokens.start, thing.tokens.start);
        self.reading.class(self.phrase.head).all(Class::PERSON_NOUN.or(Class::GENERIC_PERSON))
            && article(start)
            && article(first)
            && (the(first) || !the(start) && !self.source)
            && thing.kind == PhraseKind::Nominal
            && thing.head > first
            && !self.reading.class(thing.head).any(Class::SPEAKER_NOUN.or(Class::TEMPORAL))
            && !self.reading.lists(List::Manner, thing.head)
    }

    /// Whether commas or the edges of the quotation set the words off, with what is said of whom one loves or pities: “Well,
    /// Anna, …”, “Poor old Anna, …”, “…, my dearest Anna.”
    fn is_vocative(&self, tokens: Run) -> bool {
        let reading = &self.reading;
        let Some(quotation) = reading.quotations.around(tokens.start) else { return false };
        let inner = reading.quotations.get(quotation).inner;
        let edge = |at: u32| matches!(reading.text(at), "," | "." | "!" | "?" | "—" | "--" | ";" | "…" | "..." | "-");
        let endearing = |&at: &u32| reading.lexicon.lists_in_any_case(List::Endearing, reading.text(at));
        let start = (inner.start..tokens.start).rev().take(ENDEARING).take_while(endearing).last();
        let start = start.unwrap_or(tokens.start);
        let before = start <= inner.start
            || edge(start - 1)
            || reading.class(start - 1).any(Class::INTERJECTION)
            || matches!(reading.text(start - 1), "Oh" | "oh" | "O" | "Yes" | "No" | "Well");
        before && (tokens.end >= inner.end || edge(tokens.end))
    }

    fn mention(&self) -> Option<Mention> {
        let reading = &self.reading;
        let phrase = self.phrase;
        let class = reading.class(phrase.head);
        let mut mention = match phrase.kind {
            PhraseKind::Pronoun => {
                let mention = self.new_mention(phrase.tokens, phrase.head, MentionKind::Pronoun);
                if !class.any(Class::PERSONAL.or(Class::RELATIVE)) && !self.source {
                    return None;
                }
                pronoun(mention, class)
            }
            PhraseKind::Name => {
                let mut names = Vec::new();
                self.name(Run::new(self.head_run().start, self.attached_end()), &mut names);
                let name = names.pop()?;
                Mention { head: phrase.head, phrase: self.with_office(&name), ..name }
            }
            PhraseKind::Nominal => {
                if !self.source && (!class.any(Class::SPEAKER_NOUN) || self.is_compared()) {
                    return None;
                }
                let mut mention = self.new_mention(phrase.tokens, phrase.head, MentionKind::Nominal);
                let known_singular = class.any(Class::PERSON_NOUN) && !class.any(Class::PERSON_NOUNS);
                let plural = reading.tag(phrase.head) == Tag::Nouns && !known_singular || class.any(Class::PLURAL);
                mention.number = if plural { Number::Plural } else { Number::Singular };
                let person = class.any(Class::PERSON_NOUN.or(Class::PERSON_NOUNS).or(Class::DEMONYM));
                mention.being = if person || is_age(reading.text(phrase.head)) {
                    Being::Person
                } else if class.any(Class::GROUP_NOUN.or(Class::GROUP_NOUNS)) {
                    Being::Group
                } else if class.any(Class::DOCUMENT) {
                    Being::Document
                } else {
                    Being::Unknown
                };
                if mention.being == Being::Person {
                    mention.gender = reading.lexicon.entry(reading.token(phrase.head).word).gender;
                }
                let first = reading.class(phrase.tokens.start);
                mention.definite = first.any(Class::DEFINITE.or(Class::POSSESSIVE_PRONOUN));
                // “A friend,” says who is there, and calls nobody; nor does “No comment.”
                mention.vocative = mention.being == Being::Person
                    && !first.any(Class::DEFINITE.or(Class::INDEFINITE))
                    && self.is_vocative(phrase.tokens);
                mention.phrase = self.with_whole();
                mention
            }
        };
        mention.source = self.source;
        Some(mention)
    }
}

/// "the 24-year-old"
pub(crate) fn is_age(word: &str) -> bool {
    word.ends_with("-year-old")
}

fn pronoun(mention: Mention, class: Class) -> Mention {
    let person = if class.any(Class::FIRST) {
        Person::First
    } else if class.any(Class::SECOND) {
        Person::Second
    } else {
        Person::Third
    };
    let gender = match (class.any(Class::FEMALE), class.any(Class::MALE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    };
    let number = if class.any(Class::PLURAL) { Number::Plural } else { Number::Singular };
    let being = if class.any(Class::NEUTER) {
        Being::Group
    } else if gender == Gender::Unknown && person == Person::Third {
        Being::Unknown
    } else {
        Being::Person
    };
    Mention { person, gender, number, being, definite: true, ..mention }
}
