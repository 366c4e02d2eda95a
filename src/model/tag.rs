//! [`Tag`]: the part of speech of a token in its sentence.

/// Parts of speech, those of the Penn Treebank with the distinctions left out that no rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Tag {
    /// DT, PDT
    Determiner,
    /// PRP, EX
    Pronoun,
    /// PRP$
    Possessive,
    /// NN
    Noun,
    /// NNS
    Nouns,
    /// NNP, NNPS
    Name,
    /// CD
    Number,
    /// JJ, JJR, JJS
    Adjective,
    /// RB, RBR, RBS, RP
    Adverb,
    /// VBD
    Past,
    /// VBZ, VBP
    Present,
    /// VB
    Base,
    /// VBN
    Participle,
    /// VBG
    Gerund,
    /// MD
    Modal,
    /// TO
    To,
    /// IN
    Preposition,
    /// CC
    Coordinator,
    /// WDT, WP, WP$, WRB
    Wh,
    /// POS
    Genitive,
    /// UH, FW
    Interjection,
    /// All punctuation and symbols.
    Mark,
}

impl Tag {
    pub(crate) const ALL: [Tag; 22] = [
        Tag::Determiner,
        Tag::Pronoun,
        Tag::Possessive,
        Tag::Noun,
        Tag::Nouns,
        Tag::Name,
        Tag::Number,
        Tag::Adjective,
        Tag::Adverb,
        Tag::Past,
        Tag::Present,
        Tag::Base,
        Tag::Participle,
        Tag::Gerund,
        Tag::Modal,
        Tag::To,
        Tag::Preposition,
        Tag::Coordinator,
        Tag::Wh,
        Tag::Genitive,
        Tag::Interjection,
        Tag::Mark,
    ];

    /// The tag for a Penn Treebank one.
    #[cfg(feature = "internals")]
    pub(crate) fn from_penn(tag: &str) -> Tag {
        match tag {
            "DT" | "PDT" => Tag::Determiner,
            "PRP" | "EX" => Tag::Pronoun,
            "PRP$" => Tag::Possessive,
            "NN" => Tag::Noun,
            "NNS" => Tag::Nouns,
            "NNP" | "NNPS" => Tag::Name,
            "CD" => Tag::Number,
            "JJ" | "JJR" | "JJS" | "AFX" => Tag::Adjective,
            "RB" | "RBR" | "RBS" | "RP" => Tag::Adverb,
            "VBD" => Tag::Past,
            "VBZ" | "VBP" => Tag::Present,
            "VB" => Tag::Base,
            "VBN" => Tag::Participle,
            "VBG" => Tag::Gerund,
            "MD" => Tag::Modal,
            "TO" => Tag::To,
            "IN" => Tag::Preposition,
            "CC" => Tag::Coordinator,
            "WDT" | "WP" | "WP$" | "WRB" => Tag::Wh,
            "POS" => Tag::Genitive,
            "UH" | "FW" | "ADD" | "XX" => Tag::Interjection,
            _ => Tag::Mark,
        }
    }

    /// VBD or VBZ/VBP: a verb that makes a clause by itself.
    pub(crate) fn is_finite(self) -> bool {
        matches!(self, Tag::Past | Tag::Present | Tag::Modal)
    }

    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Tag::Past | Tag::Present | Tag::Base | Tag::Participle | Tag::Gerund)
    }

    pub(crate) fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Name)
    }
}
