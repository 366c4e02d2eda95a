//! [`Class`]: what is known of a word without its context, as a set of bits.

/// A set of word classes. A word may be in several ("May": month, given name, modal); rules and the tagger choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(u64);

macro_rules! classes {
    ($($name:ident)+) => {
        classes!(@ 0u32; $($name)+);

        /// The constants by name, for reading word lists.
        pub(super) const NAMED: &[(&str, Class)] = &[$((stringify!($name), Class::$name)),+];
    };
    (@ $bit:expr; $($name:ident)+) => {
        impl Class {
            classes!(@@ $bit; $($name)+);
        }
    };
    (@@ $bit:expr; $name:ident $($rest:ident)*) => {
        pub(crate) const $name: Class = Class(1 << $bit);
        classes!(@@ $bit + 1; $($rest)*);
    };
    (@@ $bit:expr;) => {};
}

classes! {
    // closed classes, from closed-class.tsv
    DETERMINER DEFINITE INDEFINITE QUANTIFIER PERSONAL REFLEXIVE POSSESSIVE_PRONOUN
    FIRST SECOND THIRD FEMALE MALE NEUTER PLURAL SUBJECTIVE OBJECTIVE
    BE HAVE DO MODAL INFINITIVE NEGATION
    PREPOSITION COORDINATOR SUBORDINATOR THAT WHETHER WH RELATIVE WITH ADVERB EXISTENTIAL TEMPORAL NUMERAL PLACE_SUFFIX
    // open classes, each from the table of that name
    GIVEN COMMON_WORD TITLE PERSON_NOUN PERSON_NOUNS KIN GENERIC_PERSON
    GROUP_NOUN GROUP_NOUNS DOCUMENT INSCRIPTION PLACE DEMONYM STATE_ABBREVIATION
    ORGANISATION ORGANISATION_SUFFIX CALENDAR INTERJECTION ABBREVIATION ABBREVIATION_BEFORE
    REPORTING
    // from open-class.tsv
    WORK INSCRIBED SAYING NEWCOMER PUBLIC HEADING RECORDING
}

impl Class {
    pub(crate) const NONE: Class = Class(0);
    /// Nouns for somebody or some body that can speak.
    pub(crate) const SPEAKER_NOUN: Class = Class(
        Class::PERSON_NOUN.0 | Class::PERSON_NOUNS.0 | Class::GROUP_NOUN.0 | Class::GROUP_NOUNS.0 | Class::DOCUMENT.0,
    );
    /// Forms of "be", "have" and "do", and modal verbs.
    pub(crate) const AUXILIARY: Class = Class(Class::BE.0 | Class::HAVE.0 | Class::DO.0 | Class::MODAL.0);

    /// What a rule asks for tells nothing of how a word is used.
    const TOPICS: Class = Class(
        Class::WORK.0
            | Class::INSCRIBED.0
            | Class::SAYING.0
            | Class::NEWCOMER.0
            | Class::PUBLIC.0
            | Class::HEADING.0
            | Class::RECORDING.0,
    );

    /// Whether no table tells how the word is used: it may be a name.
    #[inline]
    pub(crate) const fn is_unknown(self) -> bool {
        self.0 & !Class::TOPICS.0 == 0
    }

    #[inline]
    pub(crate) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether the two sets share a class.
    #[inline]
    pub(crate) const fn any(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of `other` is in the set.
    #[inline]
    pub(crate) const fn all(self, other: Class) -> bool {
        self.0 & other.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_bit_of_its_own() {
        let all = NAMED.iter().fold(Class::NONE, |set, (name, class)| {
            assert!(!set.any(*class), "{name} shares a bit");
            set.or(*class)
        });
        assert_eq!(all.0.count_ones() as usize, NAMED.len());
    }
}
