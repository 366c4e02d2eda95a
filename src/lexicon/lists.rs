//! [`List`]: short lists of words that single rules ask for by their letters.
//!
//! A [`Class`](super::Class) tells how a word is used, wherever it stands. What only one rule wants to know of a few words
//! is in a list: most of them are in no other table, and to all other rules they are words like any.

use super::WordMap;

macro_rules! lists {
    ($($(#[$doc:meta])+ $name:ident)+) => {
        /// A list of `data/word-lists.tsv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum List {
            $($(#[$doc])+ $name),+
        }

        /// The lists by name, for reading the table.
        const NAMED: &[(&str, List)] = &[$((stringify!($name), List::$name)),+];
    };
}

lists! {
    /// By which whoever hears it is called, without a name: “Yes, sir.”
    Address
    /// Tells one bearer of a surname from another: "old Mr. Lund".
    Age
    /// Opens an answer: “Certainly”.
    Answering
    /// Adjectives with a capital before the name of a body that are no part of it: "Former Lund Council".
    Apart
    /// Prepositions that stand between a noun phrase and what belongs to it: "the mayor of Lund".
    Attaching
    /// Stands before "call me" where that tells a name: “They call me Ada.”
    Calling
    /// What may have lost its end: an’, o’, th’.
    Clipped
    /// Tells one from others who are there: "the younger man".
    Comparing
    /// Titles that are no name without one: "Mr. and Mrs. Lund".
    Courtesy
    /// Who hears witnesses.
    Court
    /// Words whose first letters an apostrophe stands for, and endings that a space parts from their word ("he 's").
    Elided
    /// What is said before the name of whom one loves or pities: "my dear old Anna".
    Endearing
    /// What a hyphen adds to a name out of respect or love: "Hana-san".
    Honorific
    /// Opens a speech that goes on with what was said before: “But”.
    Joining
    /// Prepositions that stand before the names of places.
    Locating
    /// How somebody says something: "in a low voice".
    Manner
    /// By what words reach somebody: "by telephone".
    Medium
    /// Stands in the number of a chapter: "Twelve", "The Twelfth".
    Numbering
    /// What is somebody's, at the start of a sentence: “Yours, I hope.”
    Owned
    /// Joins the parts of a name: "van", "of".
    Particle
    /// What stands behind a surname and is no part of it: "Jr".
    PostNominal
    /// Participles that are prepositions: (including the dog).
    Prepositional
    /// Titles of relatives, in and out of religious orders: "Aunt Bea".
    Relative
    /// Opens a sentence before a name and is no part of it: "Poor Anna!"
    Salutation
    /// By which somebody of rank is called, behind "your": “Your Honor”.
    Style
    /// Titles of a married woman.
    Wife
    /// What is done with titles as well as with letters.
    Writing
}

// Each has a bit of its own.
const _: () = assert!(NAMED.len() <= u32::BITS as usize);

/// The words of all lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// For each word a bit for each list that it is in.
    of_word: WordMap<u32>,
}

/// Letters of the longest word in a list, in bytes.
const LONGEST: usize = 16;

impl Lists {
    /// Adds `word` to the list called `list`.
    pub(super) fn add(&mut self, list: &str, word: &'static str) {
        assert!(word.len() <= LONGEST, "{word:?} is too long for a list");
        let list = NAMED.iter().find(|(name, _)| *name == list).unwrap_or_else(|| panic!("no list {list:?}")).1;
        *self.of_word.entry(word.into()).or_default() |= 1 << list as u32;
    }

    pub(super) fn has(&self, list: List, word: &str) -> bool {
        self.of_word.get(word).is_some_and(|lists| lists >> list as u32 & 1 == 1)
    }

    /// The same for a word in capitals or small letters.
    pub(super) fn has_in_any_case(&self, list: List, word: &str) -> bool {
        let mut letters = [0; LONGEST];
        let Some(letters) = letters.get_mut(..word.len()) else { return false };
        letters.copy_from_slice(word.as_bytes());
        letters.make_ascii_lowercase();
        str::from_utf8(letters).is_ok_and(|word| self.has(list, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_lists_that_it_was_added_to() {
        let mut lists = Lists::default();
        lists.add("Age", "old");
        lists.add("Wife", "old");
        assert!(lists.has(List::Age, "old") && lists.has(List::Wife, "old"));
        assert!(!lists.has(List::Court, "old") && !lists.has(List::Age, "Old"));
        assert!(lists.has_in_any_case(List::Age, "OLD"));
        assert!(!lists.has_in_any_case(List::Age, "old and longer than all words"));
    }
}
