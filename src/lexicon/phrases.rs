//! [`Phrases`]: cues of several words, found by one automaton in one pass.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::VerbId;

/// The multi-word cues of the lexicon ("according to", "went on to say").
///
/// The automaton finds their first words, which are few, so it is small and soon built; the other words are compared
/// where one is found, whatever white space parts them: a line may end inside a phrase.
pub(crate) struct Phrases {
    first_words: AhoCorasick,
    /// For each first word the phrases that begin with it, the longest first: what follows the word, and the cue.
    rests: Vec<Vec<(Cow<'static, str>, VerbId)>>,
}

/// Marks where a word may be parted at the end of a line; no letter of it.
const SOFT_HYPHEN: &str = "\u{ad}";

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
    pub(super) fn new(mut phrases: Vec<(Cow<'static, str>, VerbId)>) -> Phrases {
        let first_word = |phrase: &str| phrase.find(' ').unwrap_or(phrase.len());
        // By first word, and of these the longest phrase first.
        phrases.sort_by(|(a, _), (b, _)| {
            a[..first_word(a)].cmp(&b[..first_word(b)]).then(b.len().cmp(&a.len())).then(a.cmp(b))
        });
        let mut words: Vec<String> = Vec::new();
        let mut rests: Vec<Vec<(Cow<'static, str>, VerbId)>> = Vec::new();
        for (phrase, verb) in phrases {
            let (word, rest) = phrase.split_at(first_word(&phrase));
            if words.last().is_none_or(|last| last != word) {
                words.push(word.to_owned());
                rests.push(Vec::new());
            }
            let rest = match &phrase {
                Cow::Borrowed(phrase) => Cow::Borrowed(&phrase[word.len()..]),
                Cow::Owned(_) => Cow::Owned(rest.to_owned()),
            };
            rests.last_mut().expect("a word was pushed").push((rest, verb));
        }
        // The automatic choice would be an NFA, several times slower.
        let first_words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .expect("a few hundred short words fit an automaton");
        Phrases { first_words, rests }
    }

    /// The occurrences in `text`, from left to right, that begin and end at the edge of a word.
    pub(crate) fn find(&self, text: &str) -> Vec<PhraseMatch> {
        if memchr::memmem::find(text.as_bytes(), SOFT_HYPHEN.as_bytes()).is_none() {
            return self.find_iter(text).collect();
        }
        // Read without them, and told where it stands with them; a word begins behind one.
        let hyphens: Vec<usize> = text.match_indices(SOFT_HYPHEN).map(|(at, _)| at).collect();
        let mut before = 0;
        let mut place = |at: u32, begins: bool| {
            let place = |before: usize| at as usize + before * SOFT_HYPHEN.len();
            while hyphens.get(before).is_some_and(|&hyphen| hyphen < place(before) + usize::from(begins)) {
                before += 1;
            }
            place(before) as u32
        };
        let plain = text.replace(SOFT_HYPHEN, "");
        let found = self.find_iter(&plain);
        found
            .map(|found| PhraseMatch { start: place(found.start, true), end: place(found.end, false), ..found })
            .collect()
    }

    fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = PhraseMatch> + 'a {
        let mut last = 0;
        self.first_words.find_iter(text).filter_map(move |word| {
            let cut = text[..word.start()].chars().next_back().is_some_and(char::is_alphanumeric);
            if cut || word.start() < last {
                return None;
            }
            // Most phrases are told by the first letter of what follows.
            let next = text.as_bytes().get(word.end() + gap(text, word.end()));
            let likely = |rest: &str| {
                let first = rest.trim_ascii_start().as_bytes().first();
                first.is_none_or(|first| next.is_some_and(|next| next.eq_ignore_ascii_case(first)))
            };
            let mut rests = self.rests[word.pattern().as_usize()].iter().filter(|(rest, _)| likely(rest));
            let (end, verb) = rests.find_map(|(rest, verb)| Some((follow(text, word.end(), rest)?, *verb)))?;
            last = end;
            Some(PhraseMatch { start: word.start() as u32, end: end as u32, verb })
        })
    }
}

/// The bytes of white space at `at`, no-break spaces among it, as far as they count.
fn gap(text: &str, at: usize) -> usize {
    let spaces = text[at..].char_indices().take_while(|&(offset, c)| offset < WIDEST_GAP && c.is_whitespace());
    spaces.last().map_or(0, |(offset, c)| offset + c.len_utf8())
}

/// The end of the words of `rest` in `text`, if these stand at `at`.
fn follow(text: &str, mut at: usize, rest: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    for word in rest.split_ascii_whitespace() {
        let gap = gap(text, at);
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

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrases").field("first_words", &self.rests.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_across_line_ends() {
        let phrase = |form: &'static str, verb: u16| (Cow::Borrowed(form), VerbId(verb));
        let phrases =
            Phrases::new(vec![phrase("went on", 0), phrase("was quoted as saying", 1), phrase("went on to say", 2)]);
        let found = |text: &str| -> Vec<(String, u16)> {
            let found = phrases.find(text).into_iter();
            found.map(|found| (text[found.start as usize..found.end as usize].to_owned(), found.verb.0)).collect()
        };
        assert_eq!(found("She Went on\r\n    to say it"), [("Went on\r\n    to say".to_owned(), 2)]);
        assert_eq!(found("was quoted\u{a0}as\u{a0}\nsaying"), [("was quoted\u{a0}as\u{a0}\nsaying".to_owned(), 1)]);
        assert_eq!(found("went on\n\nto say"), [("went on".to_owned(), 0)]);
        assert_eq!(found("was quoted as sayings, underwent on"), []);
        assert_eq!(found("was quoted as saying"), [("was quoted as saying".to_owned(), 1)]);
        assert_eq!(
            found("\u{ad}was quot\u{ad}ed\u{ad} as say\u{ad}ing"),
            [("was quot\u{ad}ed\u{ad} as say\u{ad}ing".to_owned(), 1)]
        );
    }
}
