//! [`Phrases`]: cues of several words, found by one automaton.

use std::borrow::Cow;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::VerbId;

/// The multi-word cues of the lexicon ("according to", "went on to say").
///
/// The automaton reads words rather than text, with one space between two, so that it is nothing to it how they are laid
/// out: a line may end inside a phrase. It is started where a word stands that begins a phrase, which the lexicon knows of
/// each word, and stops where no phrase goes on.
pub(crate) struct Phrases {
    automaton: NFA,
    verbs: Vec<VerbId>,
}

/// The bytes of a mark for a place where a word may be parted at the end of a line. No phrase has either of them.
const SOFT_HYPHEN: [u8; 2] = [0xc2, 0xad];

impl Phrases {
    pub(super) fn new(phrases: &[(Cow<'static, str>, VerbId)]) -> Phrases {
        // It is asked where a phrase may begin, and never searches for such a place.
        let automaton = NFA::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .prefilter(false)
            .build(phrases.iter().map(|(phrase, _)| &**phrase))
            .expect("a few hundred short phrases fit an automaton");
        Phrases { automaton, verbs: phrases.iter().map(|&(_, verb)| verb).collect() }
    }

    /// The longest phrase that `words` begin with: how many of them it has, and its cue.
    pub(crate) fn longest<'t>(&self, words: impl Iterator<Item = &'t str>) -> Option<(u32, VerbId)> {
        let automaton = &self.automaton;
        let mut state = automaton.start_state(Anchored::Yes).expect("such an automaton can be anchored");
        let (mut bytes, mut found) = (0, None);
        for (before, word) in (0..).zip(words) {
            let space = (before > 0).then_some(b' ');
            let letters = word.bytes().filter(|byte| !SOFT_HYPHEN.contains(byte));
            for byte in space.into_iter().chain(letters) {
                state = automaton.next_state(Anchored::Yes, state, byte.to_ascii_lowercase());
                bytes += 1;
            }
            if automaton.is_dead(state) {
                break;
            }
            if automaton.is_match(state) {
                // A state tells also of phrases that end here and began later; none of them is as long.
                let pattern = automaton.match_pattern(state, 0);
                if automaton.pattern_len(pattern) == bytes {
                    found = Some((before + 1, self.verbs[pattern.as_usize()]));
                }
            }
        }
        found
    }
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrases").field("phrases", &self.verbs.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found() {
        let phrases = ["went on", "was quoted as saying", "went on to say", "as saying"];
        let phrases = Phrases::new(&std::array::from_fn::<_, 4, _>(|n| (Cow::Borrowed(phrases[n]), VerbId(n as u16))));
        let found = |text: &str| phrases.longest(text.split(' ')).map(|(words, verb)| (words, verb.0));
        assert_eq!(found("Went on to say it"), Some((4, 2)));
        assert_eq!(found("went on to says"), Some((2, 0)));
        assert_eq!(found("went on"), Some((2, 0)));
        assert_eq!(found("was quoted as saying that"), Some((4, 1)));
        assert_eq!(found("was quoted as sayings"), None);
        assert_eq!(found("was quoted as"), None);
        assert_eq!(found("underwent on"), None);
        assert_eq!(found("was quot\u{ad}ed\u{ad} as say\u{ad}ing"), Some((4, 1)));
        assert_eq!(found(""), None);
    }
}
