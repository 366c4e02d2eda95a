//! [`Phrases`]: cues of several words.

use std::borrow::Cow;

use super::{VerbId, WordId};
use crate::span::Span;

/// The multi-word cues of the lexicon ("according to", "went on to say").
///
/// The first words are known by their ids, which every token has; the other words are compared where one is found,
/// whatever white space parts them: a line may end inside a phrase.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// By first word, and of these the longest phrase first.
    list: Vec<Phrase>,
    /// For each word the number of the first phrase that begins with it plus one, or 0.
    first: Vec<u16>,
}

#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) first: WordId,
    /// What follows the first word.
    pub(super) rest: Cow<'static, str>,
    pub(super) verb: VerbId,
}

/// White space between two words of a phrase is no longer than this many bytes.
const WIDEST_GAP: usize = 80;

/// One occurrence, in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhraseMatch {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) verb: VerbId,
}

impl Phrases {
    /// `words` is the number of words in the lexicon.
    pub(super) fn new(mut list: Vec<Phrase>, words: usize) -> Phrases {
        list.sort_by(|a, b| (a.first, b.rest.len(), &a.rest).cmp(&(b.first, a.rest.len(), &b.rest)));
        let mut first = vec![0; words];
        for (at, phrase) in list.iter().enumerate().rev() {
            first[usize::from(phrase.first.0)] = at as u16 + 1;
        }
        Phrases { list, first }
    }

    /// The occurrences in `text`, from left to right. `words` are its words and where they stand.
    pub(crate) fn find_iter(
        &self,
        text: &str,
        words: impl Iterator<Item = (WordId, Span)>,
    ) -> impl Iterator<Item = PhraseMatch> {
        let mut last = 0;
        words.filter_map(move |(word, span)| {
            let first = usize::from(self.first[usize::from(word.0)]).checked_sub(1)?;
            if span.start() < last {
                return None;
            }
            let at = span.end() as usize;
            // Most phrases are told by the first letter of what follows.
            let next = text.as_bytes()[at..].iter().take(WIDEST_GAP + 1).find(|byte| !byte.is_ascii_whitespace())?;
            let phrases = self.list[first..].iter().take_while(|phrase| phrase.first == word);
            let mut likely =
                phrases.filter(|phrase| phrase.rest.as_bytes().get(1).is_some_and(|c| c.eq_ignore_ascii_case(next)));
            let (end, verb) = likely.find_map(|phrase| Some((follow(text, at, &phrase.rest)?, phrase.verb)))?;
            last = end as u32;
            Some(PhraseMatch { start: span.start(), end: last, verb })
        })
    }
}

/// The end of the words of `rest` in `text`, if these stand at `at`.
fn follow(text: &str, mut at: usize, rest: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    for word in rest.split_ascii_whitespace() {
        let gap = bytes[at..].iter().take(WIDEST_GAP).take_while(|byte| byte.is_ascii_whitespace()).count();
        // An empty line parts paragraphs.
        if gap == 0 || text[at..at + gap].matches('\n').nth(1).is_some() {
            return None;
        }
        at += gap;
        if !bytes.get(at..at + word.len()).is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes())) {
            return None;
        }
        at += word.len();
    }
    let cut = text.get(at..)?.chars().next().is_some_and(char::is_alphanumeric);
    (!cut).then_some(at)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::segment::segment;

    #[test]
    fn the_longest_phrase_is_found_across_line_ends() {
        let lexicon = Lexicon::new(&["hem and haw".to_owned()]).unwrap();
        let found = |text: &str| -> Vec<String> {
            let tokens = segment(text, &lexicon).tokens;
            let words = tokens.iter().map(|token| (token.word, token.span()));
            let found = lexicon.phrases().find_iter(text, words);
            found.map(|found| text[found.start as usize..found.end as usize].to_owned()).collect()
        };
        assert_eq!(found("She Went on\r\n    to say it"), ["Went on\r\n    to say"]);
        assert_eq!(found("went on\n\nto say"), ["went on"]);
        assert_eq!(found("was quoted as sayings, underwent on"), [""; 0]);
        assert_eq!(found("was quoted as saying"), ["was quoted as saying"]);
        assert_eq!(found("He hems and haws, hems and haw"), ["hems and haw"]);
    }
}
