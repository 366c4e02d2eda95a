//! Which noun phrases stand for somebody, and what each shows of him, her, it or them.

mod introduction;
mod names;

use super::{Being, Mention, Mentions, Person, Phrase, PhraseKind, Reading};
use crate::document::Run;
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, List};
use crate::model::Tag;

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
            possessive: self.reading.is_genitive(tokens.end),
            quoted: self.reading.quotations.around(tokens.start).is_some(),
            vocative: false,
            introduces: false,
            source: false,
            paragraph: self.paragraph,
        }
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
        // "A man in running shorts", but not "said the man in clipped syllables", "the man with his eyes on the road".
        let own = |at: u32| self.reading.class(at).any(Class::POSSESSIVE_PRONOUN);
        let worn = || !self.source && !own(first) && self.reading.tag(thing.head) == Tag::Nouns;
        self.reading.class(self.phrase.head).all(Class::PERSON_NOUN.or(Class::GENERIC_PERSON))
            && article(start)
            && (article(first) && (the(first) || !the(start) && !self.source) || worn())
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
        let before = start <= inner.start || edge(start - 1) || reading.class(start - 1).any(Class::INTERJECTION);
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
            PhraseKind::Name => self.named()?,
            PhraseKind::Nominal => self.nominal()?,
        };
        mention.source = self.source;
        Some(mention)
    }

    /// The mention that a phrase with a noun as head makes, if its noun is one for persons or bodies, or it is a source.
    fn nominal(&self) -> Option<Mention> {
        let (reading, phrase) = (&self.reading, self.phrase);
        let class = reading.class(phrase.head);
        if !self.source && (!class.any(Class::SPEAKER_NOUN) || self.is_compared()) {
            return None;
        }
        let known_singular = class.any(Class::PERSON_NOUN) && !class.any(Class::PERSON_NOUNS);
        let plural = reading.tag(phrase.head) == Tag::Nouns && !known_singular || class.any(Class::PLURAL);
        let person = class.any(Class::PERSON_NOUN.or(Class::PERSON_NOUNS).or(Class::DEMONYM));
        let being = if person || is_age(reading.text(phrase.head)) {
            Being::Person
        } else if class.any(Class::GROUP_NOUN.or(Class::GROUP_NOUNS)) {
            Being::Group
        } else if class.any(Class::DOCUMENT) {
            Being::Document
        } else {
            Being::Unknown
        };
        let gender = reading.lexicon.entry(reading.token(phrase.head).word).gender;
        let first = reading.class(phrase.tokens.start);
        Some(Mention {
            phrase: self.with_whole(),
            being,
            gender: if being == Being::Person { gender } else { Gender::Unknown },
            number: if plural { Number::Plural } else { Number::Singular },
            definite: first.any(Class::DEFINITE.or(Class::POSSESSIVE_PRONOUN)),
            // “A friend,” says who is there, and calls nobody; nor does “No comment.”
            vocative: being == Being::Person
                && !first.any(Class::DEFINITE.or(Class::INDEFINITE))
                && self.is_vocative(phrase.tokens),
            ..self.new_mention(phrase.tokens, phrase.head, MentionKind::Nominal)
        })
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
