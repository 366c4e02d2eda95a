//! [`Attributor`]: the engine. [`Attributor::attribute`] shows the whole way from a text to its speakers.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use crate::attribute;
use crate::document::{Document, Layers};
use crate::entity::{self, CastMember};
use crate::error::{Error, Kind};
use crate::kind::{Gender, QuoteKind};
use crate::lexicon::Lexicon;
use crate::mention::{self, Reading};
use crate::model::{self, Models};
use crate::quotation;
use crate::report;
use crate::segment;

/// The engine that reads texts: built once, then shared by reference between threads.
///
/// [`Document::new`] uses a default one. Build your own to hand in what you know of the texts.
///
/// ```
/// use whosaid::{Attributor, Gender, Member, QuoteKind};
///
/// let attributor = Attributor::builder()
///     .cast([Member::new("Ada Okafor").alias("the boss").gender(Gender::Female)])
///     .reporting_verbs(["facetime"])
///     .kinds([QuoteKind::Direct])
///     .threshold(0.5)
///     .build()?;
/// let document = attributor.attribute("“Come now,” Okafor facetimed.")?;
/// let quote = document.quotes().next().expect("there is one");
/// assert_eq!(quote.speaker().and_then(|speaker| speaker.cast()), Some("Ada Okafor"));
/// # Ok::<(), whosaid::Error>(())
/// ```
pub struct Attributor {
    lexicon: Lexicon,
    cast: Vec<Member>,
    /// The cast as the clustering of names takes it.
    cast_forms: Vec<CastMember>,
    models: Models,
    options: attribute::Options,
}

impl Attributor {
    /// The engine with its default settings.
    ///
    /// # Panics
    ///
    /// Never: the built-in tables are read by every test.
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let attributor = Attributor::new();
    /// for text in ["“Yes,” said Ann.", "“No,” said Tom."] {
    ///     assert_eq!(attributor.attribute(text)?.quotes().len(), 1);
    /// }
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn new() -> Self {
        Attributor::builder().build().expect("the default settings are sound")
    }

    /// Settings for an engine; see [`AttributorBuilder`].
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let careful = Attributor::builder().threshold(0.8).build()?;
    /// assert_eq!(careful.attribute("“Yes,” said Ann.")?.speakers().len(), 1);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn builder() -> AttributorBuilder {
        AttributorBuilder::default()
    }

    /// Reads `text`: finds what is quoted in it, and who speaks.
    ///
    /// Takes time in proportion to the length of the text, whatever stands in it.
    ///
    /// # Errors
    ///
    /// [`Error::is_text_too_long`] for a text over 4 GiB.
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let attributor = Attributor::new();
    /// let document = attributor.attribute("The bridge stays shut, two engineers said.")?;
    /// assert_eq!(document.quotes().next().and_then(|quote| quote.speaker()).map(|speaker| speaker.name()), Some("two engineers"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn attribute<'t>(&self, text: &'t str) -> Result<Document<'t>, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Kind::TextTooLong(text.len()).into());
        }
        let lexicon = &self.lexicon;
        let segmentation = segment::segment(text, lexicon);
        let quotations = quotation::find(text, &segmentation, lexicon);
        let frames = quotation::frames(&segmentation, &quotations);
        let mut tags = model::tag(text, &segmentation, lexicon);
        let names = mention::mend_tags(text, &segmentation, &quotations, lexicon, &mut tags);
        let phrases = mention::phrases(text, &segmentation, &tags, &quotations, lexicon, &names);
        let reading = Reading {
            text,
            segmentation: &segmentation,
            tags: &tags,
            quotations: &quotations,
            phrases: &phrases,
            lexicon,
        };
        let reports = report::find(reading, &frames, report::Forests::new(&self.models.reports));
        let mentions = mention::find(reading, &report::sources(&reports, phrases.len()));
        let entities = entity::find(reading, &mentions, &self.cast_forms);
        let found =
            attribute::decide(reading, &frames, &reports, &mentions, &entities, &self.models.speakers, &self.options);
        let cast = |member: u32| self.cast[member as usize].name.clone();
        let layers = attribute::assemble(reading, &mentions, &entities, &reports, found, cast);
        Ok(Document::assemble(Cow::Borrowed(text), Layers { segmentation, ..layers }))
    }

    /// The learned weights, for the project's own tools.
    #[cfg(feature = "internals")]
    pub(crate) fn models(&self) -> &Models {
        &self.models
    }

    /// The cast, for the project's own tools.
    #[cfg(feature = "internals")]
    pub(crate) fn cast_forms(&self) -> &[CastMember] {
        &self.cast_forms
    }

    /// The tables, for reading documents back.
    #[cfg_attr(
        not(feature = "serde"),
        allow(dead_code, reason = "only reading a document back segments without an engine")
    )]
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

impl fmt::Debug for Attributor {
    /// What the caller set, not the tables.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attributor")
            .field("cast", &self.cast)
            .field("kinds", &self.options.kinds)
            .field("threshold", &self.options.threshold)
            .finish_non_exhaustive()
    }
}

impl Default for Attributor {
    fn default() -> Self {
        Attributor::new()
    }
}

/// The engine behind [`Document::new`], built at its first use.
pub(crate) fn default_engine() -> &'static Attributor {
    static ENGINE: OnceLock<Attributor> = OnceLock::new();
    ENGINE.get_or_init(Attributor::new)
}

/// Somebody whom the caller knows to occur in the texts.
///
/// ```
/// use whosaid::{Gender, Member};
///
/// let member = Member::new("Ada Okafor").alias("Addie").alias("the boss").gender(Gender::Female);
/// assert_eq!(member.name(), "Ada Okafor");
/// assert_eq!(member.aliases(), ["Addie", "the boss"]);
/// ```
///
/// With the feature `serde` a cast can be kept in a file; only the name has to be there.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// # use whosaid::Member;
/// let member: Member = serde_json::from_str(r#"{"name": "Ada Okafor", "gender": "female"}"#)?;
/// assert_eq!(serde_json::to_value(&member)?["gender"], "female");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    name: String,
    #[cfg_attr(feature = "serde", serde(default))]
    aliases: Vec<String>,
    #[cfg_attr(feature = "serde", serde(default = "unknown_gender"))]
    gender: Gender,
}

#[cfg(feature = "serde")]
fn unknown_gender() -> Gender {
    Gender::Unknown
}

impl Member {
    /// Somebody called `name`, which is also the name that [`Entity::cast`](crate::Entity::cast) gives back.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// let attributor = Attributor::builder().cast([Member::new("Ada Okafor")]).build()?;
    /// let document = attributor.attribute("“Come now,” said Okafor.")?;
    /// assert_eq!(document.speakers().next().and_then(|speaker| speaker.cast()), Some("Ada Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn new(name: impl Into<String>) -> Self {
        Member { name: name.into(), aliases: Vec::new(), gender: Gender::Unknown }
    }

    /// Adds another name that the texts may use: a nickname, a married name, a title, a noun phrase.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// let member = Member::new("Ada Okafor").alias("the boss");
    /// let attributor = Attributor::builder().cast([member]).build()?;
    /// let document = attributor.attribute("“Come now,” said the boss.")?;
    /// assert_eq!(document.speakers().next().and_then(|speaker| speaker.cast()), Some("Ada Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Sets the gender; unknown by default, and then told by the text.
    ///
    /// ```
    /// use whosaid::{Attributor, Gender, Member};
    ///
    /// let member = Member::new("Robin Okafor").gender(Gender::Female);
    /// let attributor = Attributor::builder().cast([member]).build()?;
    /// let document = attributor.attribute("“Come now,” said Robin.")?;
    /// assert_eq!(document.speakers().next().map(|speaker| speaker.gender()), Some(Gender::Female));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn gender(mut self, gender: Gender) -> Self {
        self.gender = gender;
        self
    }

    /// The name given to [`Member::new`].
    ///
    /// ```
    /// use whosaid::Member;
    ///
    /// assert_eq!(Member::new("Ada Okafor").name(), "Ada Okafor");
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The other names, in the order given.
    ///
    /// ```
    /// use whosaid::Member;
    ///
    /// assert_eq!(Member::new("Ada Okafor").alias("Addie").alias("the boss").aliases(), ["Addie", "the boss"]);
    /// ```
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }
}

/// Settings for an [`Attributor`].
///
/// ```
/// use whosaid::Attributor;
///
/// let attributor = Attributor::builder().threshold(0.8).build()?;
/// let error = Attributor::builder().threshold(8.0).build().unwrap_err();
/// assert!(error.is_setting());
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AttributorBuilder {
    cast: Vec<Member>,
    reporting_verbs: Vec<String>,
    options: attribute::Options,
}

impl AttributorBuilder {
    /// Adds people who are known to occur in the texts: names and aliases are tied to them, and an entity that is one of
    /// them says so by [`Entity::cast`](crate::Entity::cast). Others are still found. Default: nobody.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// let attributor = Attributor::builder().cast([Member::new("Ada Okafor").alias("the boss")]).build()?;
    /// let document = attributor.attribute("“Come now,” said the boss.")?;
    /// assert_eq!(document.speakers().next().and_then(|speaker| speaker.cast()), Some("Ada Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn cast(mut self, cast: impl IntoIterator<Item = Member>) -> Self {
        self.cast.extend(cast);
        self
    }

    /// Adds reporting verbs in their base form ("facetime", "check in"); their regular inflections are added by
    /// themselves. Irregular forms are given as verbs of their own. Default: none but the built-in ones.
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let attributor = Attributor::builder().reporting_verbs(["livestream"]).build()?;
    /// let document = attributor.attribute("Captain Price livestreamed that the harbour was shut.")?;
    /// assert_eq!(document.quotes().next().map(|quote| quote.content()), Some("the harbour was shut".to_owned()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn reporting_verbs<S: Into<String>>(mut self, verbs: impl IntoIterator<Item = S>) -> Self {
        self.reporting_verbs.extend(verbs.into_iter().map(Into::into));
        self
    }

    /// Which kinds of quotation to report, in place of those set before. Default: all, also [`QuoteKind::None`].
    ///
    /// ```
    /// use whosaid::{Attributor, QuoteKind};
    ///
    /// let attributor = Attributor::builder().kinds([QuoteKind::Direct]).build()?;
    /// let document = attributor.attribute("“It leaks,” said Price. Brand said that it did not.")?;
    /// assert_eq!(document.quotes().map(|quote| quote.text()).collect::<Vec<_>>(), ["“It leaks,”"]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = QuoteKind>) -> Self {
        self.options.kinds = kinds.into_iter().collect();
        self
    }

    /// The confidence, from 0 to 1, below which a quotation is left without a speaker. Default: 0, always the best guess.
    ///
    /// ```
    /// use whosaid::Attributor;
    ///
    /// let attributor = Attributor::builder().threshold(1.0).build()?;
    /// let document = attributor.attribute("Tom and Anna came.\n\n“Somebody was here.”")?;
    /// assert!(document.quotes().all(|quote| quote.speaker().is_none()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    #[must_use]
    pub fn threshold(mut self, threshold: f32) -> Self {
        self.options.threshold = threshold;
        self
    }

    /// Builds the engine: reads the tables and makes the automata, which takes a few milliseconds.
    ///
    /// # Errors
    ///
    /// [`Error::is_cast`] if two members of the cast share a name or alias, or one is empty; [`Error::is_setting`] if a
    /// reporting verb is not made of letters or the threshold is not between 0 and 1.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// assert!(Attributor::builder().build().is_ok());
    /// let cast = [Member::new("Ada Okafor").alias("the boss"), Member::new("Ben Hale").alias("the boss")];
    /// assert!(Attributor::builder().cast(cast).build().unwrap_err().is_cast());
    /// ```
    pub fn build(self) -> Result<Attributor, Error> {
        let AttributorBuilder { cast, reporting_verbs, options } = self;
        if !(0.0..=1.0).contains(&options.threshold) {
            return Err(Kind::Threshold(options.threshold).into());
        }
        let lexicon = Lexicon::new(&reporting_verbs)?;
        let cast_forms =
            entity::cast_forms(cast.iter().map(|member| {
                (std::iter::once(&member.name).chain(&member.aliases).map(String::as_str), member.gender)
            }))?;
        Ok(Attributor { lexicon, cast, cast_forms, models: Models::built_in(), options })
    }
}
