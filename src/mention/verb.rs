//! Verbs that look like something else: “…,” Okafor answers; researchers report that …, killing at least ten; Okafor
//! reached for the lamp.

use super::words::Words;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Verb};
use crate::model::Tag;
use crate::quotation::{Quotations, lets_tag_follow};
use crate::segment::flag;

/// Words between a quotation and the verb of its tag, at most.
const FAR: usize = 8;

/// Words of the longest name that opens a clause, and from the verb behind it to the end of the clause.
const NAME: usize = 4;
const CLAUSE: usize = 24;

/// Tags the verbs that the tagger takes for nouns or participles although only a verb makes a sentence of the words: where
/// the subject of a tag behind a quotation would have none, between a plural and “that”, behind a conjunction before an
/// article, and where somebody opens a clause that has no other.
pub(super) fn tag_verbs(words: &Words<'_>, quotations: &Quotations, tags: &mut [Tag]) {
    for at in 1..words.tokens.len() {
        if tags[at] == Tag::Noun && words.acts(at, tags) {
            tags[at] = Tag::Gerund;
        } else if tags[at] == Tag::Participle && words.is_only_verb(at, tags) {
            tags[at] = Tag::Past;
        } else if tags[at].is_noun()
            && let Some(verb) = words.verb(at)
            && (words.tells(at, verb, tags)
                || words.agrees(at, verb, tags)
                || words.closes_tag(at, verb, tags, quotations))
        {
            tags[at] = Tag::Present;
        }
    }
}

impl Words<'_> {
    /// The verb of saying that the small word at `at` may be.
    fn verb(&self, at: usize) -> Option<Verb> {
        let token = self.tokens[at];
        let verb = self.lexicon.entry(token.word).verb.filter(|_| !token.has(flag::CAPITAL))?;
        Some(self.lexicon.verb(verb)).filter(|verb| verb.speech)
    }

    /// ", and killing at least ten": no noun in "ing" has a determiner or "at least" behind it.
    fn acts(&self, at: usize, tags: &[Tag]) -> bool {
        let amounts = |at: usize| {
            at + 1 < self.tokens.len() && self.text(at) == "at" && matches!(self.text(at + 1), "least" | "most")
        };
        (tags[at - 1] == Tag::Coordinator || self.text(at - 1) == ",")
            && self.text(at).ends_with("ing")
            && self.class(at).is_unknown()
            && (matches!(tags.get(at + 1), Some(Tag::Determiner | Tag::Possessive)) || amounts(at + 1))
    }

    /// “Wait.” Okafor reached for the lamp. But a headline has no full stop: "Okafor arrested".
    fn is_only_verb(&self, at: usize, tags: &[Tag]) -> bool {
        if tags[at - 1] != Tag::Name || !self.text(at).ends_with("ed") || self.tokens[at].has(flag::CAPITAL) {
            return false;
        }
        let name = (at.saturating_sub(NAME)..at).rev().take_while(|&at| tags[at] == Tag::Name).last();
        let opens = name.is_some_and(|name| {
            let before = name.checked_sub(1);
            before.is_none_or(|before| {
                self.tokens[before].kind == TokenKind::QuoteMark || matches!(self.text(before), "." | "!" | "?")
            })
        });
        let behind = at + 1..self.tokens.len().min(at + CLAUSE);
        let end = behind.clone().find(|&at| tags[at] == Tag::Mark);
        opens
            && end.is_some_and(|end| {
                matches!(self.text(end), "." | ",")
                    && self.text(at + 1) != "by"
                    && !(at + 1..end).any(|at| tags[at].is_finite())
            })
    }

    /// "Researchers report that …", "scientists in Lund claim that …": no noun has a plural right before it.
    fn tells(&self, at: usize, verb: Verb, tags: &[Tag]) -> bool {
        let that = || self.tokens.get(at + 1).is_some_and(|next| self.lexicon.class(next.word).any(Class::THAT));
        // "The lake is dead, researchers report in a journal."
        let closes = || at >= 2 && tags[at - 1] == Tag::Nouns && self.text(at - 2) == "," && self.is_over(at, tags);
        let placed = || at >= 3 && tags[at - 1] == Tag::Name && matches!(self.text(at - 2), "in" | "at" | "from");
        verb.clause >= 2
            && tags[at] == Tag::Noun
            && (tags[at - 1] == Tag::Nouns || placed() && tags[at - 3] == Tag::Nouns)
            && (that() || closes())
    }

    /// "A spokesperson confirms flights are late": behind one person a verb in "s" is likelier than a plural. But "member
    /// states" are countries.
    fn agrees(&self, at: usize, verb: Verb, tags: &[Tag]) -> bool {
        verb.clause == 3
            && verb.direct >= 2
            && tags[at - 1] == Tag::Noun
            && self.text(at).ends_with('s')
            && !self.text(at).ends_with("ss")
            && self.text(at) != "states"
            && self.class(at - 1).any(Class::PERSON_NOUN)
    }

    /// Whether no noun goes on behind the word at `at`.
    fn is_over(&self, at: usize, tags: &[Tag]) -> bool {
        self.tokens.get(at + 1).is_none_or(|next| {
            next.kind == TokenKind::Punctuation || matches!(tags[at + 1], Tag::Preposition | Tag::Adverb)
        })
    }

    /// “…,” Okafor answers. · “…,” the two write in a letter.
    fn closes_tag(&self, at: usize, verb: Verb, tags: &[Tag], quotations: &Quotations) -> bool {
        let singular = self.text(at).ends_with('s');
        let agrees = match tags[at - 1] {
            Tag::Name => true,
            Tag::Noun => singular,
            Tag::Nouns | Tag::Number => !singular,
            _ => false,
        };
        if !agrees || !self.is_over(at, tags) || verb.direct < 2 {
            return false;
        }
        // Behind the closing mark nothing but the subject.
        let subject = |&at: &usize| {
            use Tag::{Adjective, Determiner, Genitive, Name, Noun, Nouns, Number, Possessive};
            matches!(tags[at], Adjective | Determiner | Genitive | Name | Noun | Nouns | Number | Possessive)
        };
        let mark = (at.saturating_sub(FAR)..at).rev().find(|at| !subject(at));
        mark.is_some_and(|mark| {
            mark > 0
                && self.tokens[mark].kind == TokenKind::QuoteMark
                && lets_tag_follow(self.text(mark - 1))
                && quotations.is_edge(mark as u32)
        })
    }
}
