//! Nouns that the tagger takes for something else: “filings show”, “told parliament the bill was dead”.

use super::words::Words;
use crate::lexicon::Class;
use crate::model::Tag;
use crate::segment::flag;

/// Letters of the shortest word in "-ings" that is a noun: "brings" is a verb, "filings" is none.
const LONG: usize = 7;

/// Tags the nouns that the tagger takes for verbs or adjectives although they can be nothing but nouns: plurals in "-ings",
/// an "author" in the past, and whoever is told something.
pub(super) fn tag_nouns(words: &Words<'_>, tags: &mut [Tag]) {
    for at in 1..words.tokens.len() {
        let mended = match tags[at] {
            Tag::Present if is_plural(words.text(at)) => Tag::Nouns,
            Tag::Past | Tag::Participle if is_person(words, at) => Tag::Noun,
            Tag::Adverb if is_between(words, tags, at) => Tag::Noun,
            Tag::Adjective | Tag::Base if is_told(words, tags, at) => Tag::Noun,
            _ => continue,
        };
        tags[at] = mended;
    }
}

fn is_plural(word: &str) -> bool {
    word.ends_with("ings") && word.len() >= LONG && !matches!(word, "strings" | "springs")
}

/// "Says lead author X": a noun for a person is in no verb's past, but "the accused" is.
fn is_person(words: &Words<'_>, at: usize) -> bool {
    words.class(at).any(Class::PERSON_NOUN) && !words.text(at).ends_with("ed")
}

/// "The state weather bureau", "a forecast from": no adverb stands between two nouns, or ends a phrase, unless it is one of
/// the small words.
fn is_between(words: &Words<'_>, tags: &[Tag], at: usize) -> bool {
    let next = tags.get(at + 1);
    let inside = tags[at - 1] == Tag::Noun && matches!(next, Some(Tag::Noun | Tag::Nouns));
    let last = tags[at - 1] == Tag::Determiner && matches!(next, Some(Tag::Preposition | Tag::Mark) | None);
    let class = words.class(at);
    (inside || last) && (class.is_unknown() || class.any(Class::REPORTING))
}

/// Whether whoever hears it stands right behind the verb.
pub(super) fn tells(word: &str) -> bool {
    matches!(word, "told" | "tells" | "tell" | "telling")
}

/// "Told parliament the bill …", "told staff on Monday that …": what follows begins something else, so this is all of
/// whoever is told.
fn is_told(words: &Words<'_>, tags: &[Tag], at: usize) -> bool {
    let Some(&next) = words.tokens.get(at + 1) else { return false };
    let class = words.class(at);
    tells(words.text(at - 1))
        && words.tokens[at].is_word()
        && (class.is_unknown() || class.any(Class::SPEAKER_NOUN))
        && next.is_word()
        && !next.has(flag::CAPITAL)
        && matches!(tags[at + 1], Tag::Determiner | Tag::Possessive | Tag::Preposition | Tag::Pronoun)
}
