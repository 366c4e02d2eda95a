//! [`Phrases`]: cues of several words, found by one automaton in one pass.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::VerbId;

/// The multi-word cues of the lexicon ("according to", "went on to say").
///
/// Words of a phrase may be parted by a line end as well as by a space: each phrase is in the automaton once for every
/// place where a line may break.
pub(crate) struct Phrases {
    automaton: AhoCorasick,
    verbs: Vec<VerbId>,
}

/// One occurrence, in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhraseMatch {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) verb: VerbId,
}

impl Phrases {
    pub(super) fn new(phrases: Vec<(Cow<'static, str>, VerbId)>) -> Phrases {
        let mut patterns = Vec::with_capacity(4 * phrases.len());
        let mut verbs = Vec::with_capacity(patterns.capacity());
        for (form, verb) in phrases {
            for (gap, _) in form.match_indices(' ') {
                for line_end in ["\n", "\r\n"] {
                    patterns.push(Cow::Owned(format!("{}{line_end}{}", &form[..gap], &form[gap + 1..])));
                    verbs.push(verb);
                }
            }
            patterns.push(form);
            verbs.push(verb);
        }
        // The automatic choice would be an NFA, several times slower; the patterns are few and short, so the DFA is small.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(patterns.iter().map(|pattern| pattern.as_bytes()))
            .expect("a few hundred short patterns fit an automaton");
        Phrases { automaton, verbs }
    }

    /// The occurrences in `text`, from left to right, that begin and end at the edge of a word.
    pub(crate) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = PhraseMatch> + 'a {
        self.automaton.find_iter(text).filter_map(move |found| {
            let cut = text[..found.start()].chars().next_back().is_some_and(char::is_alphanumeric)
                || text[found.end()..].chars().next().is_some_and(char::is_alphanumeric);
            (!cut).then(|| PhraseMatch {
                start: found.start() as u32,
                end: found.end() as u32,
                verb: self.verbs[found.pattern().as_usize()],
            })
        })
    }
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrases").field("patterns", &self.verbs.len()).finish_non_exhaustive()
    }
}
