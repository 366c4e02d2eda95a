//! Verbs that the tagger takes for something else: “…,” Okafor answers; researchers report that …; Okafor reached for it.

use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon, Verb};
use crate::model::Tag;
use crate::quotation::Quotations;
use crate::segment::{Segmentation, Token, flag};

/// Words between a quotation and the verb of its tag, at most.
const FAR: usize = 8;

/// Words of the longest name before such a verb, and behind it to the end of its clause.
const NAME: usize = 4;
const CLAUSE: usize = 24;

/// Tags the verbs that the tagger takes for nouns or participles although only a verb makes a sentence of the words: where
/// the subject of a tag behind a quotation would have none, between a plural and “that”, behind a conjunction before an
/// article, and where somebody opens a clause that has no other.
pub(super) fn tag_verbs(
    text: &str,
    segmentation: &Segmentation,
    quotations: &Quotations,
    lexicon: &Lexicon,
    tags: &mut [Tag],
) {
    let tokens = &segmentation.tokens;
    let words = Words { text, tokens, lexicon };
    for at in 1..tokens.len() {
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

struct Words<'t> {
    text: &'t str,
    tokens: &'t [Token],
    lexicon: &'t Lexicon,
}

impl Words<'_> {
    fn text(&self, at: usize) -> &str {
        &self.text[self.tokens[at].span()]
    }

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
            && self.lexicon.class(self.tokens[at].word).is_unknown()
            && (matches!(tags.get(at + 1), Some(Tag::Determiner | Tag::Possessive)) || amounts(at + 1))
    }

    /// “Wait.” Okafor reached for the lamp. A headline has no full stop: "Okafor arrested".
    fn is_only_verb(&self, at: usize, tags: &[Tag]) -> bool {
        if tags[at - 1] != Tag::Name || !self.text(at).ends_with("ed") || self.tokens[at].has(flag::CAPITAL) {
            return false;
        }
        let start = (at.saturating_sub(NAME)..at).rev().take_while(|&at| tags[at] == Tag::Name).last();
        let opens = start.is_some_and(|start| {
            start == 0 || self.tokens[start - 1].kind == TokenKind::QuoteMark || self.is_end(start - 1)
        });
        let behind = at + 1..self.tokens.len().min(at + CLAUSE);
        let end = behind.clone().find(|&at| tags[at] == Tag::Mark);
        opens
            && end.is_some_and(|end| {
                matches!(self.text(end), "." | ",")
                    && !behind.take_while(|&at| at < end).any(|at| tags[at].is_finite() || tags[at] == Tag::Modal)
            })
            && self.tokens.get(at + 1).is_some_and(|_| self.text(at + 1) != "by")
    }

    /// Whether a sentence ends at `at`.
    fn is_end(&self, at: usize) -> bool {
        matches!(self.text(at), "." | "!" | "?")
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
            && self.lexicon.class(self.tokens[at - 1].word).any(Class::PERSON_NOUN)
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
                && matches!(self.text(mark - 1), "," | "?" | "!")
                && quotations.is_edge(mark as u32)
        })
    }
}
