//! [`Error`]: what a caller can get wrong.
//!
//! One opaque type for the whole crate, with predicates. Text itself is never an error, however odd: only what stands
//! around it can be (a text too long for 32-bit offsets, a contradictory cast, a span outside its text).

use crate::span::Span;

/// What went wrong. Ask with the `is_…` methods; the message names the offending value.
///
/// ```
/// use whosaid::{Attributor, Member};
///
/// let cast = [Member::new("Anna Ruiz").alias("Ann"), Member::new("Ann Lowe").alias("Ann")];
/// let error = Attributor::builder().cast(cast).build().unwrap_err();
/// assert!(error.is_cast());
/// assert_eq!(error.to_string(), r#"alias "Ann" belongs to two members of the cast: "Anna Ruiz" and "Ann Lowe""#);
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Kind {
    #[error("text of {0} bytes is longer than the 4 GiB that 32-bit offsets reach")]
    TextTooLong(usize),
    #[error("alias {alias:?} belongs to two members of the cast: {first:?} and {second:?}")]
    AliasTwice { alias: String, first: String, second: String },
    #[error("member {0} of the cast has an empty name or alias")]
    EmptyAlias(usize),
    #[error("reporting verb {0:?} is not made of words")]
    NotAVerb(String),
    #[error("{0} reporting verbs are more than the {MOST_VERBS} that can be added")]
    TooManyVerbs(usize),
    #[error("threshold {0} is not between 0 and 1")]
    Threshold(f32),
    #[error("unknown {what} {word:?}")]
    UnknownWord { what: &'static str, word: String },
    #[error("{what} {span} is not a stretch of the text of {len} bytes")]
    SpanOutside { what: &'static str, span: Span, len: usize },
    #[error("{start}..{end} is no range of the text, which has {count} {unit}")]
    RangeOutside { unit: &'static str, start: usize, end: usize, count: usize },
    #[error("UTF-16 unit {0} is the second half of a character")]
    InsideCharacter(usize),
    #[error("{what} refers to {kind} {index}, of which there are {count}")]
    NoSuch { what: &'static str, kind: &'static str, index: usize, count: usize },
}

/// As many reporting verbs as a caller can add.
pub(crate) const MOST_VERBS: usize = 4096;

impl Error {
    /// The text is longer than 32-bit offsets reach (4 GiB).
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// fn read(text: &str) -> Result<(), whosaid::Error> {
    ///     match Document::new(text) {
    ///         Ok(document) => println!("{} quotations", document.quotes().len()),
    ///         Err(error) if error.is_text_too_long() => println!("cut it in pieces"),
    ///         Err(error) => return Err(error),
    ///     }
    ///     Ok(())
    /// }
    /// # read("“Yes,” said Ann.")?;
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_text_too_long(&self) -> bool {
        matches!(self.0, Kind::TextTooLong(_))
    }

    /// The cast contradicts itself: an alias given twice, or an empty one.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// let error = Attributor::builder().cast([Member::new("")]).build().unwrap_err();
    /// assert!(error.is_cast());
    /// ```
    pub fn is_cast(&self) -> bool {
        matches!(self.0, Kind::AliasTwice { .. } | Kind::EmptyAlias(_))
    }

    /// A setting of the builder has no meaning: an extra verb without letters, thousands of them, a threshold outside
    /// `0..=1`.
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let error = Attributor::builder().reporting_verbs(["!"]).build().unwrap_err();
    /// assert!(error.is_setting());
    /// ```
    pub fn is_setting(&self) -> bool {
        matches!(self.0, Kind::NotAVerb(_) | Kind::TooManyVerbs(_) | Kind::Threshold(_))
    }

    /// Offsets in characters or UTF-16 units reach out of their text, or into a character.
    ///
    /// ```
    /// use whosaid::OffsetMap;
    ///
    /// let error = OffsetMap::new("“Yes”").span_of_chars(2..8).unwrap_err();
    /// assert!(error.is_offset());
    /// assert_eq!(error.to_string(), "2..8 is no range of the text, which has 5 characters");
    /// ```
    pub fn is_offset(&self) -> bool {
        matches!(self.0, Kind::RangeOutside { .. } | Kind::InsideCharacter(_))
    }

    /// A word is none of a vocabulary: no [`Gender`](crate::Gender) is called so, no [`QuoteKind`](crate::QuoteKind).
    ///
    /// ```
    /// use whosaid::Gender;
    ///
    /// assert_eq!("female".parse(), Ok(Gender::Female));
    /// let error = "Female".parse::<Gender>().unwrap_err();
    /// assert!(error.is_unknown_word());
    /// assert_eq!(error.to_string(), r#"unknown Gender "Female""#);
    /// ```
    pub fn is_unknown_word(&self) -> bool {
        matches!(self.0, Kind::UnknownWord { .. })
    }
}
