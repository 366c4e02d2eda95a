//! [`Phrase`]: a noun phrase without what is attached to it.

use super::name;
use super::noun::tells;
use super::opener::Names;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};
use crate::model::Tag;
use crate::quotation::{Quotations, lets_tag_follow};
use crate::segment::{Segmentation, flag};

/// What the head of a noun phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    Name,
    Nominal,
    Pronoun,
}

/// A noun phrase: determiner, modifiers and head, nothing behind the head. "the mayor of Lund" is two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) tokens: Run,
    pub(crate) head: u32,
    pub(crate) kind: PhraseKind,
}

/// A quotation of at most this many tokens may stand inside a noun phrase: a “very constructive” meeting.
const SHORT_QUOTATION: u32 = 7;

/// Tokens of the longest stage direction behind the name of a speaker, with its brackets.
pub(crate) const LONGEST_ASIDE: u32 = 12;

/// Tokens of the longest noun phrase.
const LONGEST: u32 = 48;

/// All noun phrases, in text order. None reaches over the edge of a sentence or of a quotation that is not short.
pub(crate) fn phrases(
    text: &str,
    segmentation: &Segmentation,
    tags: &[Tag],
    quotations: &Quotations,
    lexicon: &Lexicon,
    names: &Names<'_>,
) -> Vec<Phrase> {
    let chunker = Chunker { text, segmentation, tags, quotations, lexicon, names };
    // A fourth of the tokens, as prose goes, with some to spare.
    let mut out = Vec::with_capacity(9 * segmentation.tokens.len() / 32);
    for sentence in &segmentation.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if chunker.is_outside(at, sentence.tokens.end) {
                at += 1;
                continue;
            }
            match chunker.phrase(at, sentence.tokens.end) {
                Some(phrase) => {
                    at = phrase.tokens.end;
                    out.push(phrase);
                }
                None => at += 1,
            }
        }
    }
    out.shrink_to_fit();
    out
}

/// What a token is in a noun phrase.
enum Part {
    /// Its head, unless another follows.
    Head,
    /// The genitive of "Okafor's former lawyer": the head is still to come.
    Owner,
    Other,
}

struct Chunker<'a> {
    text: &'a str,
    segmentation: &'a Segmentation,
    tags: &'a [Tag],
    quotations: &'a Quotations,
    lexicon: &'a Lexicon,
    names: &'a Names<'a>,
}

impl Chunker<'_> {
    fn class(&self, at: u32) -> Class {
        self.lexicon.class(self.segmentation.tokens[at as usize].word)
    }

    fn tag(&self, at: u32) -> Tag {
        self.tags[at as usize]
    }

    fn text(&self, at: u32) -> &str {
        &self.text[self.segmentation.tokens[at as usize].span()]
    }

    /// Whether it is clear at a glance that no phrase begins at `at`: verbs, small words and commas are half of a text.
    fn is_outside(&self, at: u32, limit: u32) -> bool {
        const PRONOUNS: Class =
            Class::PERSONAL.or(Class::INDEFINITE).or(Class::REFLEXIVE).or(Class::RELATIVE).or(Class::QUANTIFIER);
        let token = self.segmentation.tokens[at as usize];
        match self.tag(at) {
            Tag::Mark if token.kind == TokenKind::Punctuation => self.text(at) == ",",
            Tag::Mark => token.kind == TokenKind::QuoteMark,
            Tag::Modal
            | Tag::To
            | Tag::Past
            | Tag::Present
            | Tag::Base
            | Tag::Preposition
            | Tag::Coordinator
            | Tag::Genitive
            | Tag::Adverb => {
                // "van der Meulen" begins with a preposition to the tagger, and a sentence with a name that it takes for
                // something else.
                !token.has(flag::CAPITAL)
                    && !self.class(at).any(PRONOUNS)
                    && !(at + 1..limit.min(at + 3)).any(|at| self.tag(at) == Tag::Name)
            }
            _ => false,
        }
    }

    /// The noun phrase that begins at `start`, if one does.
    fn phrase(&self, start: u32, limit: u32) -> Option<Phrase> {
        let named = self.is_named(start);
        let single = || self.pronoun(start, limit).or_else(|| self.some(start, limit));
        if let Some(phrase) = self.label(start, limit).or_else(single) {
            return Some(phrase);
        }
        if self.tags_quotation(start) {
            return None;
        }
        // Nobody puts that much before a noun.
        let limit = limit.min(start + LONGEST);
        let (mut at, mut head) = self.extent(start, limit, named);
        // Where the phrase ends inside a quotation that began in it, it ends before that quotation.
        if let Some(cut) = head.and_then(|head| self.cut_by_quotation(start, head)) {
            at = cut;
            head = (start..cut).rev().find(|&at| self.tag(at).is_noun());
        }
        let head = match head {
            Some(head) => head,
            None if start + 1 < at && self.is_one_of_many(start, start + 1) => start + 1,
            // "these", "many", "the poor": a phrase without a noun, if it is one that a verb can follow.
            None => self.nounless(start, at)?,
        };
        // At the start of a sentence the tagger may not know a name that the rest of the text shows to be one.
        let name = self.segmentation.tokens[head as usize].has(flag::CAPITAL)
            && (self.tag(head) == Tag::Name
                || (head == start && (named || self.names.has(self.text(head))))
                || (head > start && self.is_surname(head)))
            && !(head == start && self.is_ordinary(head));
        let kind = if name && !self.is_one_of_many(start, head) { PhraseKind::Name } else { PhraseKind::Nominal };
        let mut end = head + 1;
        // Take in the closing mark of a quotation that began inside.
        if end < limit
            && self.segmentation.tokens[end as usize].kind == TokenKind::QuoteMark
            && let Some(quotation) = self.quotations.around(end)
        {
            let outer = self.quotations.get(quotation).outer;
            if outer.start >= start && outer.end == end + 1 && outer.end - outer.start <= SHORT_QUOTATION {
                end += 1;
            }
        }
        Some(Phrase { tokens: Run::new(start, end), head, kind })
    }

    /// The end of the phrase that begins at `start`, and its head, if it has one.
    #[inline]
    fn extent(&self, start: u32, limit: u32, named: bool) -> (u32, Option<u32>) {
        let mut head = None;
        let mut at = start;
        while at < limit && (at == start || !self.is_apart(at)) {
            let tag = if named && at == start { Tag::Name } else { self.tag(at) };
            match self.part(tag, at, start, head, limit) {
                Some(Part::Head) => head = Some(at),
                Some(Part::Owner) => head = None,
                Some(Part::Other) => {}
                // "Secretary of State Ada Lund": a title of several words before the name.
                None if head.is_some_and(|head| self.is_title(head, at, limit)) => {}
                None if self.joins_names(at, head, limit) => {}
                None => break,
            }
            at += 1;
        }
        (at, head)
    }

    /// What the token at `at`, with its tag, is in the phrase that begins at `start`; `None` if it is no part of it. `head`
    /// is the head of what stands before it.
    #[inline]
    fn part(&self, tag: Tag, at: u32, start: u32, head: Option<u32>, limit: u32) -> Option<Part> {
        let other = |is_part: bool| is_part.then_some(Part::Other);
        match tag {
            _ if head.is_some_and(|head| head + 1 == at) && self.is_surname(at) => Some(Part::Head),
            // A second determiner begins another phrase, except behind "all", "both", "half".
            Tag::Determiner | Tag::Possessive => {
                other(at == start || (at == start + 1 && self.class(start).any(Class::QUANTIFIER) && head.is_none()))
            }
            // "Mr. van der Lund", whatever the tagger takes the small words for.
            Tag::Noun if head.is_some_and(|head| self.tag(head) == Tag::Name) && self.joins_names(at, head, limit) => {
                Some(Part::Other)
            }
            // "told analysts | sales had fallen"
            Tag::Noun | Tag::Nouns if head.is_some_and(|head| head + 1 == at && self.are_told(start, head)) => None,
            Tag::Noun | Tag::Nouns => Some(Part::Head),
            // "Lund-based strategists": a part of a name that only modifies.
            Tag::Name if head.is_none() && self.is_compound(at) && self.noun_follows(at + 1, limit) => {
                Some(Part::Other)
            }
            Tag::Name => {
                // "the senator John Roe" is one phrase, "the talks Monday" is not.
                let calendar = |at: u32| self.class(at).any(Class::CALENDAR) && !self.class(at).any(Class::GIVEN);
                let same = |head: u32| calendar(head) == calendar(at) && !self.acts(start, head, at);
                head.is_none_or(same).then_some(Part::Head)
            }
            // Behind a head an adjective belongs to something else, a number may be an age.
            Tag::Number | Tag::Adjective => other(
                head.is_none_or(|head| self.tag(head) == Tag::Noun && self.noun_follows(at + 1, limit))
                    || head == Some(at.wrapping_sub(1))
                        && (self.describes(start, at, limit)
                            || self.is_numbered(at, limit)
                            || self.is_dated(start, at, limit)),
            ),
            Tag::Genitive => (head.is_some() && self.noun_follows(at + 1, limit)).then_some(Part::Owner),
            Tag::Participle | Tag::Gerund => {
                let modifies = (at > start || self.noun_follows(at + 1, limit.min(at + 2)))
                    && !self.follows_auxiliary(at)
                    && head.is_none()
                    && self.noun_follows(at + 1, limit)
                    && !(at == start && self.reports(at, limit));
                // "the ruling": a noun, whatever the tagger says.
                let noun = || tag == Tag::Gerund && at == start + 1 && self.tag(start) == Tag::Determiner;
                if modifies { Some(Part::Other) } else { noun().then_some(Part::Head) }
            }
            Tag::Adverb => other(
                at > start
                    && head.is_none()
                    && at + 1 < limit
                    && matches!(self.tag(at + 1), Tag::Adjective | Tag::Number | Tag::Participle),
            ),
            Tag::Mark => other(self.mark_inside(at, start, head, limit)),
            Tag::Coordinator => other(self.text(at) == "&" && head.is_some()),
            _ => None,
        }
    }

    /// "van der Meulen": small words between the parts of a name, or before its last.
    fn joins_names(&self, at: u32, head: Option<u32>, limit: u32) -> bool {
        head.is_none_or(|head| self.tag(head) == Tag::Name)
            && (at + 1..limit.min(at + 3)).any(|next| {
                self.tag(next) == Tag::Name && (at..next).all(|at| name::is_particle(self.lexicon, self.text(at)))
            })
            && self.text(at) != "of"
    }

    /// Whether a word in no table, which the tagger may take for anything at the start of a sentence, is a name elsewhere;
    /// or a word has a capital although no sentence begins with it: “…,” Will wrote. Or a given name speaks.
    fn is_named(&self, at: u32) -> bool {
        if !self.segmentation.tokens[at as usize].has(flag::CAPITAL) || self.tag(at).is_noun() {
            return false;
        }
        let class = self.class(at);
        let goes_on = at >= 2
            && self.segmentation.tokens[at as usize - 1].kind == TokenKind::QuoteMark
            && self.text(at - 2) == ","
            && self.quotations.around(at - 1).is_some_and(|before| self.quotations.get(before).outer.end == at)
            && (class.is_unknown() || class.any(Class::GIVEN) || self.tag(at) == Tag::Modal);
        goes_on || class.is_unknown() && self.names.has(self.text(at)) || class.any(Class::GIVEN) && self.speaks(at)
    }

    /// "Across the table | Ms. Hale smiled": whether somebody acts whose name begins at `at`, behind a phrase that a
    /// preposition opens the sentence with, and whose head tells of nobody.
    fn acts(&self, start: u32, head: u32, at: u32) -> bool {
        const LONGEST_NAME: u32 = 4;
        let opens = start >= 1
            && self.tag(start - 1) == Tag::Preposition
            && (start == 1 || self.tag(start - 2) == Tag::Mark)
            && head + 1 == at
            && matches!(self.tag(head), Tag::Noun | Tag::Nouns)
            && !self.class(head).any(Class::SPEAKER_NOUN.or(Class::TITLE));
        let end = self.tags.len().min((at + LONGEST_NAME) as usize);
        let verb = || self.tags[at as usize..end].iter().find(|tag| **tag != Tag::Name);
        opens && verb().is_some_and(|tag| tag.is_finite())
    }

    /// "Will later said": whether a reporting verb follows, or an adverb and a reporting verb.
    fn speaks(&self, at: u32) -> bool {
        let token = |at: u32| self.segmentation.tokens.get(at as usize);
        let adverb = token(at + 1).is_some() && self.tag(at + 1) == Tag::Adverb;
        let verb = at + 1 + u32::from(adverb);
        token(verb)
            .is_some_and(|token| !token.has(flag::CAPITAL) && self.lexicon.class(token.word).any(Class::REPORTING))
            && self.tag(verb).is_finite()
    }

    /// "Sign says open.": a capital that only the start of the sentence explains, of a noun for what has words on it.
    fn is_ordinary(&self, at: u32) -> bool {
        let opens = at == 0 || self.tag(at - 1) == Tag::Mark;
        opens && self.class(at).all(Class::INSCRIPTION) && !self.names.has(self.text(at))
    }

    /// "Joost Hendriks", "David French", "Mr. English": a word that nobody knows behind a given name, or one that is an
    /// adjective elsewhere and has no noun behind it, whatever the tagger says.
    fn is_surname(&self, at: u32) -> bool {
        let [before, token] = [at - 1, at].map(|at| self.segmentation.tokens[at as usize]);
        // Asked of all that stands behind a noun, and most of it has no capital.
        if !token.has(flag::CAPITAL) || !token.is_word() {
            return false;
        }
        let class = self.class(at);
        let named = self.tag(at - 1).is_noun() && self.class(at - 1).any(Class::GIVEN);
        let titled = before.has(flag::STOP) && self.class(at - 1).any(Class::TITLE);
        let next = (at as usize + 1 < self.tags.len()).then(|| self.tag(at + 1));
        let demonym = class.any(Class::DEMONYM) && !next.is_some_and(|tag| tag.is_noun() || tag == Tag::Adjective);
        named && class.is_unknown() || (named || titled) && demonym
    }

    /// "the Italian", "one Lund Democrat": whether the phrase from `start` to `head` tells what somebody is, whatever the
    /// capital.
    fn is_one_of_many(&self, start: u32, head: u32) -> bool {
        let first = self.class(start);
        let determined = matches!(self.tag(start), Tag::Determiner | Tag::Number) && head > start;
        let any = first.any(Class::INDEFINITE.or(Class::QUANTIFIER)) && self.class(head).any(Class::GENERIC_PERSON);
        // "the South Australian"
        let compass = head == start + 2 && matches!(self.text(start + 1), "North" | "South" | "East" | "West");
        determined
            && self.segmentation.tokens[head as usize].has(flag::CAPITAL)
            && self.tag(head) != Tag::Nouns
            && (any || (head == start + 1 || compass) && self.class(head).any(Class::DEMONYM))
            && !self.class(head).any(Class::GIVEN)
    }

    /// Whether wide space parts the token at `at` from the one before, as in the cells of a table.
    fn is_apart(&self, at: u32) -> bool {
        let [before, token] = [at - 1, at].map(|at| self.segmentation.tokens[at as usize]);
        let gap = &self.text[before.end as usize..token.start as usize];
        gap.len() > 1 && gap.chars().nth(1).is_some() && !gap.contains('\n')
    }

    /// Whether an "of" or an adjective stands at `at`, in a title that begins at `head` and has a name behind it: "Chief
    /// Executive Ada Lund".
    fn is_title(&self, head: u32, at: u32, limit: u32) -> bool {
        let capital = |at: u32| self.segmentation.tokens[at as usize].has(flag::CAPITAL);
        let named = |at: u32| at < limit && self.tag(at).is_noun() && capital(at);
        let last = match self.tag(at) {
            Tag::Adjective if capital(at) => at,
            _ if self.text(at) == "of" && named(at + 1) => at + 1,
            _ => return false,
        };
        if head + 1 != at || !named(head) || !named(last + 1) {
            return false;
        }
        let words: Vec<_> = (head..=last).map(|at| self.text(at).to_ascii_lowercase()).collect();
        self.lexicon.title(&words.join(" ")).is_some()
    }

    /// Where the quotation opens that has `head` inside it but not as its last word, if it opens behind `start`.
    fn cut_by_quotation(&self, start: u32, head: u32) -> Option<u32> {
        let quotation = self.quotations.get(self.quotations.around(head)?);
        let last = quotation.outer.end - 1 - u32::from(quotation.closed);
        (quotation.outer.start > start && head < last).then_some(quotation.outer.start)
    }

    /// "OKAFOR:", the name of a speaker in a transcript; to the tagger a word in capitals may be anything.
    fn label(&self, start: u32, limit: u32) -> Option<Phrase> {
        let loud = |at: u32| self.segmentation.tokens[at as usize].has(flag::ALL_CAPITALS);
        // Most words are none, as can be seen at once.
        if !loud(start) && self.segmentation.tokens[start as usize].kind != TokenKind::Punctuation {
            return None;
        }
        let end = (start..limit.min(start + 5)).find(|&at| !loud(at) && self.text(at) != ".")?;
        // "OKAFOR (rising from her chair):"
        let aside = || {
            let close = (end..limit.min(end + LONGEST_ASIDE)).find(|&at| self.text(at) == ")");
            close.is_some_and(|close| close + 1 < limit && self.text(close + 1) == ":")
        };
        let name = end > start && loud(end - 1) && (self.text(end) == ":" || self.text(end) == "(" && aside());
        name.then(|| Phrase { tokens: Run::new(start, end), head: end - 1, kind: PhraseKind::Name })
    }

    /// “…,” cautions the doctor: behind a quotation that ends like that a verb is no noun and modifies none, whatever the
    /// tagger says.
    fn tags_quotation(&self, at: u32) -> bool {
        let verb = || self.lexicon.entry(self.segmentation.tokens[at as usize].word).verb;
        at >= 2
            && matches!(self.tag(at), Tag::Nouns | Tag::Participle)
            && self.segmentation.tokens[at as usize - 1].kind == TokenKind::QuoteMark
            && lets_tag_follow(self.text(at - 2))
            && !self.segmentation.tokens[at as usize].has(flag::CAPITAL)
            && verb().is_some_and(|verb| self.lexicon.verb(verb).direct >= 2)
    }

    fn pronoun(&self, at: u32, limit: u32) -> Option<Phrase> {
        let class = self.class(at);
        let tag = self.tag(at);
        let pronoun = (class.any(Class::PERSONAL) && !matches!(tag, Tag::Possessive | Tag::Name))
            || (class.any(Class::INDEFINITE.or(Class::REFLEXIVE)) && !class.any(Class::DETERMINER.or(Class::QUANTIFIER)))
            || (class.any(Class::RELATIVE) && (class.any(Class::SUBJECTIVE) || self.is_subject(at, limit)))
            // "others said", "many say"
            || (class.any(Class::QUANTIFIER)
                && !class.any(Class::NEGATION)
                && at + 1 < limit
                && (self.tag(at + 1).is_finite() || self.tag(at + 1) == Tag::Modal));
        pronoun.then(|| Phrase { tokens: Run::new(at, at + 1), head: at, kind: PhraseKind::Pronoun })
    }

    /// Whether "which" at `at` is the subject of its clause: ", which said", unlike "in which he said".
    fn is_subject(&self, at: u32, limit: u32) -> bool {
        at > 0
            && self.tag(at - 1) != Tag::Preposition
            && self.text(at) == "which"
            && (at + 1..limit.min(at + 3))
                .map(|at| self.tag(at))
                .find(|&tag| tag != Tag::Adverb)
                .is_some_and(|tag| tag.is_finite() || tag == Tag::Modal)
    }

    /// "many of them", "some who left", said "another": a quantifier that no noun can follow.
    fn some(&self, at: u32, limit: u32) -> Option<Phrase> {
        let class = self.class(at);
        if !class.any(Class::QUANTIFIER) || class.any(Class::NEGATION) || at + 1 >= limit {
            return None;
        }
        let alone = match self.tag(at + 1) {
            Tag::Preposition | Tag::Pronoun => matches!(self.text(at + 1), "of" | "in" | "at" | "among" | "who"),
            Tag::Mark => self.text(at) == "another",
            _ => false,
        };
        alone.then(|| Phrase { tokens: Run::new(at, at + 1), head: at, kind: PhraseKind::Nominal })
    }

    /// Whether the gerund at `at` is a verb and no modifier of the noun behind it: "saying talks would go on", "telling
    /// reporters", unlike "calling cards".
    fn reports(&self, at: u32, limit: u32) -> bool {
        let verb = self.lexicon.entry(self.segmentation.tokens[at as usize].word).verb;
        verb.map(|verb| self.lexicon.verb(verb)).is_some_and(|verb| {
            let told = at + 1 < limit && self.class(at + 1).any(Class::SPEAKER_NOUN);
            verb.speech && verb.clause >= 2 || verb.addressee && told
        })
    }

    /// Whether the phrase from `start` to `head` is who is told something, and no plural that modifies what follows.
    fn are_told(&self, start: u32, head: u32) -> bool {
        self.tag(head) == Tag::Nouns
            && self.class(head).any(Class::PERSON_NOUNS)
            && start > 0
            && tells(self.text(start - 1))
    }

    /// Whether the adjective at `at` stands between the name that the phrase has so far and a noun for a person or body that
    /// the name modifies: "the Lund former mayor", "OPEC chief negotiator", unlike "in Lund senior officials".
    fn describes(&self, start: u32, at: u32, limit: u32) -> bool {
        let noun = at + 1;
        let name = self.class(at - 1);
        self.tag(at) == Tag::Adjective
            && self.tag(at - 1) == Tag::Name
            && noun < limit
            && self.tag(noun).is_noun()
            && self.class(noun).any(Class::SPEAKER_NOUN.or(Class::TITLE))
            && !name.any(Class::CALENDAR.or(Class::GIVEN))
            && (start + 1 < at || start == 0 || self.tag(start - 1) != Tag::Preposition)
    }

    /// "Radio 4's news": whether the number at `at` belongs to the name before it, and both to what follows.
    fn is_numbered(&self, at: u32, limit: u32) -> bool {
        self.tag(at) == Tag::Number
            && self.tag(at - 1) == Tag::Name
            && at + 2 < limit
            && self.tag(at + 1) == Tag::Genitive
            && self.noun_follows(at + 2, limit)
    }

    /// "a January 2016 study", "the Nov. 8 election": whether the number at `at` and the month before it tell of which.
    fn is_dated(&self, start: u32, at: u32, limit: u32) -> bool {
        self.tag(at) == Tag::Number
            && self.class(at - 1).any(Class::CALENDAR)
            && at - start == 2
            && matches!(self.tag(start), Tag::Determiner | Tag::Possessive)
            && at + 1 < limit
            && matches!(self.tag(at + 1), Tag::Noun | Tag::Nouns)
    }

    /// Whether a name is joined to a word in small letters: "Lund-based", "Swedish-led".
    fn is_compound(&self, at: u32) -> bool {
        let word = self.text(at);
        let joined = word.bytes().zip(word.bytes().skip(1)).any(|(a, b)| a == b'-' && b.is_ascii_lowercase());
        joined && self.segmentation.tokens[at as usize].has(flag::CAPITAL)
    }

    /// Whether a noun stands at `at` or behind modifiers there.
    fn noun_follows(&self, at: u32, limit: u32) -> bool {
        (at..limit.min(at + 5))
            .map(|at| self.tag(at))
            .find(|tag| !matches!(tag, Tag::Adjective | Tag::Number | Tag::Participle | Tag::Gerund | Tag::Adverb))
            .is_some_and(Tag::is_noun)
    }

    fn follows_auxiliary(&self, at: u32) -> bool {
        at > 0 && self.class(at - 1).any(Class::AUXILIARY.or(Class::INFINITIVE))
    }

    /// Whether a mark at `at` is part of the phrase: a hyphen-like mark in a name, an ampersand, a currency sign, a comma
    /// between adjectives, the marks of a short quotation.
    fn mark_inside(&self, at: u32, start: u32, head: Option<u32>, limit: u32) -> bool {
        let token = self.segmentation.tokens[at as usize];
        if token.kind == TokenKind::QuoteMark {
            return self.quotations.around(at).is_some_and(|quotation| {
                let outer = self.quotations.get(quotation).outer;
                at > start
                    && outer.start >= start
                    && outer.end <= limit
                    && outer.end - outer.start <= SHORT_QUOTATION
                    && (at + 1 == outer.end || !(outer.start + 1..outer.end - 1).any(|t| self.tag(t).is_finite()))
            });
        }
        match self.text(at) {
            "$" | "£" | "€" | "%" => true,
            "," => {
                head.is_none()
                    && at > start
                    && self.tag(at - 1) == Tag::Adjective
                    && at + 1 < limit
                    && self.tag(at + 1) == Tag::Adjective
                    // "The price was fair, Norwegian officials said."
                    && (self.tag(start) != Tag::Adjective
                        || !self.segmentation.tokens[at as usize + 1].has(flag::CAPITAL))
            }
            "&" => head == Some(at.wrapping_sub(1)) && at + 1 < limit && self.tag(at + 1).is_noun(),
            "/" => head == Some(at.wrapping_sub(1)) && !token.has(flag::SPACE_BEFORE),
            _ => false,
        }
    }

    /// The head of a phrase that has no noun: a bare determiner or quantifier, "the poor", "one".
    fn nounless(&self, start: u32, end: u32) -> Option<u32> {
        if end == start {
            return None;
        }
        let last = end - 1;
        let ok = match self.tag(last) {
            Tag::Adjective => end - start > 1 && self.tag(start) == Tag::Determiner,
            // "the" and "a" alone are what the tagger left of a phrase.
            Tag::Determiner => !["the", "a", "an"].iter().any(|article| self.text(last).eq_ignore_ascii_case(article)),
            Tag::Number => true,
            _ => false,
        };
        (ok && !self.class(last).any(Class::INDEFINITE) || self.tag(last) == Tag::Number).then_some(last)
    }
}
