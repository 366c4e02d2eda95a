//! Nouns that the tagger takes for something else: “filings show”, “told parliament the bill was dead”.

use crate::lexicon::{Class, Lexicon};
use crate::model::Tag;
use crate::segment::{Segmentation, Token, flag};

/// Letters of the shortest word in "-ings" that is a noun: "brings" is a verb, "filings" is none.
const LONG: u32 = 7;

/// Tags the nouns that the tagger takes for verbs or adjectives although they can be nothing but nouns: plurals in "-ings",
/// an "author" in the past, and whoever is told something.
pub(super) fn tag_nouns(text: &str, segmentation: &Segmentation, lexicon: &Lexicon, tags: &mut [Tag]) {
    let tokens = &segmentation.tokens;
    for at in 1..tokens.len() {
        let mended = match tags[at] {
            Tag::Present if is_plural(text, tokens[at]) => Tag::Nouns,
            Tag::Past | Tag::Participle if is_person(text, lexicon, tokens[at]) => Tag::Noun,
            Tag::Adverb if is_between(lexicon, tokens, tags, at) => Tag::Noun,
            Tag::Adjective | Tag::Base if is_told(text, tokens, lexicon, tags, at) => Tag::Noun,
            _ => continue,
        };
        tags[at] = mended;
    }
}

fn is_plural(text: &str, token: Token) -> bool {
    let word = &text[token.span()];
    word.ends_with("ings") && token.end - token.start >= LONG && !matches!(word, "strings" | "springs")
}

/// "Says lead author X": a noun for a person is in no verb's past, but "the accused" is.
fn is_person(text: &str, lexicon: &Lexicon, token: Token) -> bool {
    lexicon.class(token.word).any(Class::PERSON_NOUN) && !text[token.span()].ends_with("ed")
}

/// "The state weather bureau", "a forecast from": no adverb stands between two nouns, or ends a phrase, unless it is one of
/// the small words.
fn is_between(lexicon: &Lexicon, tokens: &[Token], tags: &[Tag], at: usize) -> bool {
    let next = tags.get(at + 1);
    let inside = tags[at - 1] == Tag::Noun && matches!(next, Some(Tag::Noun | Tag::Nouns));
    let last = tags[at - 1] == Tag::Determiner && matches!(next, Some(Tag::Preposition | Tag::Mark) | None);
    let class = lexicon.class(tokens[at].word);
    (inside || last) && (class.is_unknown() || class.any(Class::REPORTING))
}

/// Whether whoever hears it stands right behind the verb.
pub(super) fn tells(word: &str) -> bool {
    matches!(word, "told" | "tells" | "tell" | "telling")
}

/// "Told parliament the bill …", "told staff on Monday that …": what follows begins something else, so this is all of
/// whoever is told.
fn is_told(text: &str, tokens: &[Token], lexicon: &Lexicon, tags: &[Tag], at: usize) -> bool {
    let Some(&next) = tokens.get(at + 1) else { return false };
    let class = lexicon.class(tokens[at].word);
    tells(&text[tokens[at - 1].span()])
        && tokens[at].is_word()
        && (class.is_unknown() || class.any(Class::SPEAKER_NOUN))
        && next.is_word()
        && !next.has(flag::CAPITAL)
        && matches!(tags[at + 1], Tag::Determiner | Tag::Possessive | Tag::Preposition | Tag::Pronoun)
}
