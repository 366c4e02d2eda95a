//! Words that open a sentence, which are names or are not: "Presently Ada came", "Silly Owen!", “Brass.”
//!
//! At the start of a sentence a capital means nothing, and to the tagger such a word may be the first half of a name, or
//! all of one. The rest of the text tells: who goes by the second word alone elsewhere, while the first is written small
//! there, has no second name; and a word that is a whole sentence calls somebody only if it is a name elsewhere. A noun
//! before an auxiliary, "Harcombe hadn't moved", is a name if it is one elsewhere and never written small. What has
//! a pronoun or a determiner behind it is an order or an adverb.

use super::words::Words;
use crate::kind::TokenKind;
use crate::lexicon::{Class, TextMap};
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
    pub(super) fn new(text: &'t str, tokens: &[Token], tags: &[Tag]) -> Names<'t> {
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

/// So much shows that a word that opens sentences is a name.
const SHOWN: u32 = 4;

/// Tags such words as what they are.
pub(super) fn tag_openers(words: &Words<'_>, segmentation: &Segmentation, names: &Names<'_>, tags: &mut [Tag]) {
    let openers = words.openers(segmentation, names, tags);
    let small = words.seen_small(openers.before_names.iter().chain(&openers.subjects));
    let shown = words.shown_as_names(&openers.subjects, tags);
    let is_small = |at: usize| small.get(&words.text(at).to_lowercase()).is_some_and(|seen| *seen);
    let is_name = |at: usize| shown.get(words.text(at)).is_some_and(|shown| *shown >= SHOWN) && !is_small(at);
    for &at in openers.subjects.iter().filter(|&&at| is_name(at)) {
        tags[at] = Tag::Name;
    }
    for at in openers.before_names {
        if words.is_adverb(at) || is_small(at) {
            tags[at] = Tag::Adverb;
        }
    }
    for at in openers.answers {
        tags[at] = if is_name(at) { Tag::Name } else { Tag::Noun };
    }
    for at in openers.orders {
        tags[at] = Tag::Base;
    }
}

/// The first words of sentences whose tags are in doubt, by what they may be.
#[derive(Default)]
struct Openers {
    /// "Presently Ada came"
    before_names: Vec<usize>,
    /// “Brass.”
    answers: Vec<usize>,
    /// “Strap it.” “Kicks some.” “Only I can't.”
    orders: Vec<usize>,
    /// "Harcombe hadn't moved", no name to the tagger.
    subjects: Vec<usize>,
}

impl<'t> Words<'t> {
    fn is_adverb(&self, at: usize) -> bool {
        self.class(at).is_unknown() && self.text(at).ends_with("ly")
    }

    /// Whether somebody goes by the word at `at` alone.
    fn is_named(&self, at: usize, names: &Names<'_>, tags: &[Tag]) -> bool {
        tags[at] == Tag::Name
            && is_capital(self.tokens[at])
            && (self.class(at).any(Class::GIVEN) || names.alone(self.text(at)))
    }

    fn openers(&self, segmentation: &Segmentation, names: &Names<'_>, tags: &[Tag]) -> Openers {
        let tokens = self.tokens;
        let mut openers = Openers::default();
        for sentence in &segmentation.sentences {
            let mut words = sentence.tokens.range().filter(|&at| tokens[at].is_word());
            let Some(first) = words.next() else { continue };
            let verb = |next: &Token| {
                let past = matches!(tags[first + 1], Tag::Past | Tag::Participle) && !next.has(flag::CAPITAL);
                past || self.lexicon.class(next.word).any(Class::AUXILIARY)
            };
            if tags[first] != Tag::Name {
                if is_capital(tokens[first])
                    && self.class(first).is_unknown()
                    && tokens.get(first + 1).is_some_and(verb)
                {
                    openers.subjects.push(first);
                }
                continue;
            }
            if !is_capital(tokens[first]) || self.class(first).any(NAMING) || names.has(self.text(first)) {
                continue;
            }
            let second = words.next();
            // “Agreed,” said Ada: alone in its marks, as if it were a sentence.
            let ends = second.unwrap_or(first + 2);
            let alone =
                tokens[first + 1..ends.min(tokens.len())].iter().any(|token| token.kind == TokenKind::QuoteMark);
            let Some(second) = second.filter(|_| !alone) else {
                openers.answers.push(first);
                continue;
            };
            if second != first + 1 {
                continue;
            }
            // "Attila the Hun" is a name.
            let another = matches!(tags[second], Tag::Determiner | Tag::Possessive)
                && !tokens.get(second + 1).is_some_and(|next| next.has(flag::CAPITAL));
            if another || self.class(second).any(Class::PERSONAL) {
                openers.orders.push(first);
                continue;
            }
            // "Former Hale advisers" is all one phrase.
            let behind = sentence.tokens.range().find(|&at| at > first && tags[at] != Tag::Name);
            if self.is_named(second, names, tags) && !behind.is_some_and(|at| tags[at].is_noun()) {
                openers.before_names.push(first);
            }
        }
        openers
    }

    /// For each of the words at `places`, in small letters, whether the text has it so.
    fn seen_small<'p>(&self, places: impl Iterator<Item = &'p usize>) -> TextMap<String, bool> {
        let mut small: TextMap<String, bool> = places.map(|&at| (self.text(at).to_lowercase(), false)).collect();
        // Most words are none of these, as their lengths and first letters tell.
        let mut lengths = [0u32; 1 << u8::BITS];
        for word in small.keys() {
            lengths[usize::from(word.as_bytes()[0])] |= 1 << (word.len() % 32);
        }
        for token in self.tokens.iter().filter(|token| token.is_word() && !token.has(flag::CAPITAL)) {
            let word = &self.text[token.span()];
            if lengths[usize::from(word.as_bytes()[0])] >> (word.len() % 32) & 1 == 1
                && let Some(seen) = small.get_mut(word)
            {
                *seen = true;
            }
        }
        small
    }

    /// For each of the words at `places` how much shows that it is a name: that it is one somewhere, or that it acts right
    /// behind what is said, and acts again.
    fn shown_as_names(&self, places: &[usize], tags: &[Tag]) -> TextMap<&'t str, u32> {
        let mut names: TextMap<&str, u32> = TextMap::default();
        for &at in places {
            let behind = at > 0 && self.tokens[at - 1].kind == TokenKind::QuoteMark;
            *names.entry(self.text(at)).or_default() += if behind { SHOWN - 1 } else { 1 };
        }
        if !names.is_empty() {
            for at in (0..self.tokens.len()).filter(|&at| tags[at] == Tag::Name) {
                if let Some(shown) = names.get_mut(self.text(at)) {
                    *shown += SHOWN;
                }
            }
        }
        names
    }
}
