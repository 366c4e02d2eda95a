//! The small closed vocabularies in which results are told: kinds of token, quotation and mention, gender, number, and
//! the rule that decided. Every one prints as the lower-case word that its JSON carries.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Kind};

/// Declares a `Copy` enum whose variants each have one lower-case name, used by `Display`, `FromStr` and JSON.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// All values, in the order of their declaration.
            ///
            /// ```
            #[doc = concat!("use whosaid::", stringify!($name), ";")]
            ///
            #[doc = concat!("assert!(", stringify!($name), "::ALL.iter().all(|value| value.as_str().parse() == Ok(*value)));")]
            /// ```
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name used in print and in JSON.
            ///
            /// ```
            #[doc = concat!("use whosaid::", stringify!($name), ";")]
            ///
            #[doc = concat!("for value in ", stringify!($name), "::ALL {")]
            ///     assert_eq!(value.to_string(), value.as_str());
            /// }
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = Error;

            /// The value with exactly this name; [`Error::is_unknown_word`] if there is none.
            fn from_str(word: &str) -> Result<Self, Error> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == word)
                    .ok_or_else(|| Kind::UnknownWord { what: stringify!($name), word: word.to_owned() }.into())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(<D::Error as serde::de::Error>::custom)
            }
        }
    };
}

vocabulary! {
    /// What a token is.
    TokenKind {
        /// Letters, with the apostrophes, hyphens and full stops that belong to them: `don`, `O'Neill`, `Mr.`, `well-known`.
        Word => "word",
        /// The part of a contraction after its word: `'s`, `n't`, `’ll`.
        Clitic => "clitic",
        /// Digits, with the points, commas and letters that belong to them: `2.3`, `1990s`, `54-year-old`.
        Number => "number",
        /// A mark that opens or closes quotations, or a single mark that may be an apostrophe.
        QuoteMark => "quote-mark",
        /// Any other punctuation mark or symbol.
        Punctuation => "punctuation",
    }
}

vocabulary! {
    /// How much of what was said stands in quotation marks.
    QuoteKind {
        /// All of it.
        Direct => "direct",
        /// Some of it: `he called the talks “very constructive”`.
        Mixed => "mixed",
        /// None of it: `she said the bridge would stay shut`.
        Indirect => "indirect",
        /// Words in quotation marks that nobody says here: a title, a scare quote, a word as a word.
        None => "none",
    }
}

vocabulary! {
    /// How a mention names its entity.
    MentionKind {
        /// By name: `Okafor`, `Prime Minister Ada Lund`, `Reuters`.
        Name => "name",
        /// By a common noun: `two engineers`, `the old man`.
        Nominal => "nominal",
        /// By a pronoun: `she`, `they`, `who`.
        Pronoun => "pronoun",
    }
}

vocabulary! {
    /// Gender as the text's words show it.
    Gender {
        /// `she`, `Mrs.`, `Anna`, `the waitress`.
        Female => "female",
        /// `he`, `Mr.`, `John`, `the waiter`.
        Male => "male",
        /// Nothing in the text tells, or its signs contradict each other.
        Unknown => "unknown",
    }
}

vocabulary! {
    /// Whether an entity is one or several.
    Number {
        /// One person or organisation.
        Singular => "singular",
        /// Several: `two engineers`, `the Democrats`.
        Plural => "plural",
    }
}

vocabulary! {
    /// The rule that gave a quotation its speaker.
    Rule {
        /// A reporting clause names the speaker: `said Okafor`.
        NamedTag => "named-tag",
        /// A reporting clause has a pronoun, resolved to the speaker: `she said`.
        PronounTag => "pronoun-tag",
        /// A reporting clause has a noun phrase: `two engineers said`.
        NominalTag => "nominal-tag",
        /// `according to X`, `in the words of X`.
        AccordingTo => "according-to",
        /// A name behind a dash after the words, beside them or in a paragraph of its own: `“…” — Ada Okafor`.
        Credit => "credit",
        /// The reporting clause of the sentence before runs on: `“A,” she said. “B.”`
        SameParagraph => "same-paragraph",
        /// A paragraph that is only a quotation, after one of the same speaker.
        Continuation => "continuation",
        /// A headline quotes what the text quotes again, with its speaker.
        Repetition => "repetition",
        /// The speaker says who it is: `“I’m Ada Okafor.”`
        Introduction => "introduction",
        /// The speaker does something beside the words: `Okafor shrugged. “Perhaps.”`
        Beat => "beat",
        /// Named as the hearer of the words before, or by the words after.
        Vocative => "vocative",
        /// Turns of a conversation alternate.
        Alternation => "alternation",
        /// Nothing nearer than having been mentioned last.
        Recency => "recency",
        /// No rule: nobody could be named.
        Unattributed => "unattributed",
    }
}

vocabulary! {
    /// Who speaks in a stretch of text.
    SegmentKind {
        /// The text itself.
        Narration => "narration",
        /// Somebody quoted.
        Quote => "quote",
    }
}
