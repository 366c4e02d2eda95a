//! Words that open a sentence and are no names: "Presently Ada came", "Silly Owen!", “Brass.”
//!
//! At the start of a sentence a capital means nothing, and to the tagger such a word may be the first half of a name, or
//! all of one. The rest of the text tells: who goes by the second word alone elsewhere, while the first is written small
//! there, has no second name; and a word that is a whole sentence calls somebody only if it is a name elsewhere. A word
//! before a verb, "Harcombe hadn't moved", is a name if it is one elsewhere and never written small. What has
//! “it” or “him” behind it is an order.

use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon, TextMap};
use crate::model::Tag;
use crate::segment::{Segmentation, Token, flag};

/// What a word that opens a sentence may stand before as part of the name: "Farmer Hale", "Lake Vattern", "Rose Hale".
const NAMING: Class = Class::SPEAKER_NOUN
    .or(Class::TITLE)
    .or(Class::KIN)
    .or(Class::GIVEN)
    .or(Class::PLACE)
    .or(Class::PLACE_SUFFIX)
    .or(Class::ORGANISATION)
    .or(Class::DEMONYM)
    .or(Class::CALENDAR);

/// The words that are names where a capital means something: inside a sentence.
#[derive(Debug)]
pub(crate) struct Names<'t> {
    /// Each with whether it is a name by itself somewhere: "saw Ada come", unlike "the Council" and "Owen Price".
    words: TextMap<&'t str, bool>,
}

impl<'t> Names<'t> {
    pub(super) fn new(text: &'t str, segmentation: &Segmentation, tags: &[Tag]) -> Names<'t> {
        let tokens = &segmentation.tokens;
        let mut words = TextMap::default();
        for at in 1..tokens.len() {
            if tags[at] == Tag::Name && tokens[at - 1].is_word() && is_capital(tokens[at]) {
                let goes_on = tokens.get(at + 1).is_some_and(|next| next.is_word() && next.has(flag::CAPITAL));
                let begins = !tokens[at - 1].has(flag::CAPITAL)
                    && !matches!(tags[at - 1], Tag::Determiner | Tag::Possessive | Tag::Adjective);
                *words.entry(&text[tokens[at].span()]).or_default() |= begins && !goes_on;
            }
        }
        Names { words }
    }

    /// Whether `word` is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Whether it is a name by itself.
    fn alone(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|alone| *alone)
    }
}

fn is_capital(token: Token) -> bool {
    token.has(flag::CAPITAL) && !token.has(flag::ALL_CAPITALS)
}

/// Tags such words as what they are.
pub(super) fn tag_openers(
    text: &str,
    segmentation: &Segmentation,
    lexicon: &Lexicon,
    names: &Names<'_>,
    tags: &mut [Tag],
) {
    let tokens = &segmentation.tokens;
    let form = |at: usize| &text[tokens[at].span()];
    let named = |at: usize| {
        tags[at] == Tag::Name
            && is_capital(tokens[at])
            && (lexicon.class(tokens[at].word).any(Class::GIVEN) || names.alone(form(at)))
    };
    let mut openers = Vec::new();
    let mut answers = Vec::new();
    let mut orders = Vec::new();
    let mut subjects = Vec::new();
    for sentence in &segmentation.sentences {
        let mut words = sentence.tokens.range().filter(|&at| tokens[at].is_word());
        let Some(first) = words.next() else { continue };
        let verb = |next: &Token| {
            let past = matches!(tags[first + 1], Tag::Past | Tag::Participle) && !next.has(flag::CAPITAL);
            past || lexicon.class(next.word).any(Class::AUXILIARY)
        };
        if tags[first] != Tag::Name
            && is_capital(tokens[first])
            && lexicon.class(tokens[first].word).is_unknown()
            && tokens.get(first + 1).is_some_and(verb)
        {
            subjects.push(first);
        }
        let doubtful = tags[first] == Tag::Name
            && is_capital(tokens[first])
            && !lexicon.class(tokens[first].word).any(NAMING)
            && !names.has(form(first));
        if !doubtful {
            continue;
        }
        let second = words.next();
        // “Agreed,” said Ada: alone in its marks, as if it were a sentence.
        let ends = second.unwrap_or(first + 2);
        let alone = tokens[first + 1..ends.min(tokens.len())].iter().any(|token| token.kind == TokenKind::QuoteMark);
        let Some(second) = second.filter(|_| !alone) else {
            answers.push(first);
            continue;
        };
        // “Strap it.”
        if second == first + 1 && lexicon.class(tokens[second].word).all(Class::PERSONAL.or(Class::OBJECTIVE)) {
            orders.push(first);
            continue;
        }
        // "Former Hale advisers" is all one phrase.
        let behind = sentence.tokens.range().find(|&at| at > first && tags[at] != Tag::Name);
        if second == first + 1 && named(second) && !behind.is_some_and(|at| tags[at].is_noun()) {
            openers.push(first);
        }
    }
    let doubtful = openers.iter().chain(&subjects);
    let mut small: TextMap<String, bool> = doubtful.map(|&at| (form(at).to_lowercase(), false)).collect();
    // Most words are none of these, as their lengths and first letters tell.
    let mut lengths = [0u32; 1 << u8::BITS];
    for word in small.keys() {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << (word.len() % 32);
    }
    for token in tokens.iter().filter(|token| token.is_word() && !token.has(flag::CAPITAL)) {
        let word = &text[token.span()];
        if lengths[usize::from(word.as_bytes()[0])] >> (word.len() % 32) & 1 == 1
            && let Some(seen) = small.get_mut(word)
        {
            *seen = true;
        }
    }
    let mut elsewhere: TextMap<&str, bool> = subjects.iter().map(|&at| (form(at), false)).collect();
    if !elsewhere.is_empty() {
        for at in (0..tokens.len()).filter(|&at| tags[at] == Tag::Name) {
            if let Some(seen) = elsewhere.get_mut(form(at)) {
                *seen = true;
            }
        }
    }
    let is_small = |at: usize| small.get(&form(at).to_lowercase()).is_some_and(|seen| *seen);
    for at in subjects {
        if elsewhere.get(form(at)).is_some_and(|seen| *seen) && !is_small(at) {
            tags[at] = Tag::Name;
        }
    }
    let adverb = |at: usize| lexicon.class(tokens[at].word).is_unknown() && form(at).ends_with("ly");
    for at in openers {
        if adverb(at) || is_small(at) {
            tags[at] = Tag::Adverb;
        }
    }
    for at in answers {
        tags[at] = Tag::Noun;
    }
    for at in orders {
        tags[at] = Tag::Base;
    }
}
