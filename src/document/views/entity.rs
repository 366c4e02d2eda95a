//! [`Entity`], who speaks and is spoken of, and [`Mention`], the words that name one.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use super::{At, Quote, Sentence, listed, one_line};
use crate::document::{EntityRecord, MentionRecord};
use crate::kind::{Gender, MentionKind, Number};
use crate::span::Span;

/// Words that name somebody: a name, a noun phrase or a pronoun.
///
/// ```
/// use whosaid::{Document, MentionKind};
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let quote = document.quotes().next().expect("something is quoted");
/// let mention = quote.mention().expect("somebody is named");
/// assert_eq!((mention.text(), mention.span().range()), ("Okafor", 16..22));
/// assert_eq!(mention.kind(), MentionKind::Name);
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mention<'d>(pub(in crate::document) At<'d>);

impl<'d> Mention<'d> {
    /// Its place among the mentions of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// assert!(document.mentions().all(|mention| document.mention(mention.index()) == Some(mention)));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// Where it stands, in bytes of the document's text: with titles, and with what the noun phrase says before a name, as
    /// in "the party's pollster Ada Lund".
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let mention = document.mentions().next().expect("somebody is named");
    /// assert_eq!(&document.text()[mention.span()], "Okafor");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor. She nodded.")?;
    /// let texts: Vec<&str> = document.mentions().map(|mention| mention.text()).collect();
    /// assert_eq!(texts, ["Okafor", "She"]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.text(self.span())
    }

    /// How it names: by a name, a common noun or a pronoun.
    ///
    /// ```
    /// use whosaid::{Document, MentionKind};
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let names = document.mentions().filter(|mention| mention.kind() == MentionKind::Name);
    /// assert_eq!(names.count(), 1);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn kind(self) -> MentionKind {
        self.record().kind
    }

    /// Whom it names; none for a pronoun that could not be resolved.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// let mention = quote.mention().expect("somebody is named");
    /// assert_eq!(mention.entity(), quote.speaker());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn entity(self) -> Option<Entity<'d>> {
        self.record().entity.map(|index| Entity(self.0.to(index)))
    }

    /// The sentence in which it begins.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// assert!(document.mentions().all(|mention| mention.sentence().is_some()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentence(self) -> Option<Sentence<'d>> {
        self.0.doc.sentence_at(self.span().start())
    }

    fn record(self) -> MentionRecord {
        self.0.doc.layers.mentions[self.index()]
    }
}

impl fmt::Debug for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mention")
            .field("span", &self.span())
            .field("text", &self.text())
            .field("kind", &self.kind())
            .field("entity", &self.entity().map(Entity::name))
            .finish()
    }
}

/// A person or organisation that the text names.
///
/// An entity is equal only to itself, so it can be compared and be the key of a map; its [index](Entity::index) is the
/// stable id to keep outside.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
/// let okafor = document.speakers().next().expect("somebody speaks");
/// assert_eq!(okafor.name(), "Okafor");
/// assert_eq!(okafor.quotes().len(), 1);
/// assert!(okafor.mentions().any(|mention| mention.text() == "Okafor"));
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entity<'d>(pub(in crate::document) At<'d>);

impl<'d> Entity<'d> {
    /// Its place among the entities of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// assert!(document.entities().all(|entity| document.entity(entity.index()) == Some(entity)));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// The fullest name in the text; without one the first noun phrase, and without that the pronoun.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.name(), "Okafor");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn name(self) -> &'d str {
        &self.record().name
    }

    /// The different names by which the text calls it, the most frequent first, equals as they first stand; no nouns and
    /// no pronouns. A name broken over two lines has a space there.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Ada Okafor came in. “Yes,” said Okafor. “No,” Okafor added, and she left.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.names(), ["Okafor", "Ada Okafor"]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn names(self) -> Vec<Cow<'d, str>> {
        let mut forms: BTreeMap<Cow<'d, str>, (Reverse<u32>, usize)> = BTreeMap::new();
        for mention in self.mentions().filter(|mention| mention.kind() == MentionKind::Name) {
            let (count, _first) = forms.entry(one_line(mention.text())).or_insert((Reverse(0), mention.index()));
            count.0 += 1;
        }
        let mut names: Vec<_> = forms.into_iter().collect();
        names.sort_by_key(|&(_, rank)| rank);
        names.into_iter().map(|(name, _)| name).collect()
    }

    /// Its gender, as the words of the text show it.
    ///
    /// ```
    /// use whosaid::{Document, Gender};
    ///
    /// let document = Document::new("“Yes,” said Mrs. Okafor.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.gender(), Gender::Female);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn gender(self) -> Gender {
        self.record().gender
    }

    /// The words that show the gender, in bytes: a title, a given name, a noun or a pronoun. None where nothing does, or
    /// where the caller's cast tells it.
    ///
    /// ```
    /// use whosaid::{Document, Gender};
    ///
    /// let document = Document::new("“Yes,” said Okafor, and she left.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.gender(), Gender::Female);
    /// assert_eq!(okafor.gender_evidence().map(|words| &document.text()[words]), Some("she"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn gender_evidence(self) -> Option<Span> {
        self.record().gender_evidence
    }

    /// Whether it is one or several.
    ///
    /// ```
    /// use whosaid::{Document, Number};
    ///
    /// let document = Document::new("“Yes,” said two engineers.")?;
    /// let engineers = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(engineers.number(), Number::Plural);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn number(self) -> Number {
        self.record().number
    }

    /// Whether it tells the story, as “I”.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("I had come by the last train. “Is it shut?” I asked.")?;
    /// let speaker = document.speakers().next().expect("somebody speaks");
    /// assert!(speaker.is_narrator());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_narrator(self) -> bool {
        self.record().narrator
    }

    /// The name of the member of the caller's cast that it is.
    ///
    /// ```
    /// use whosaid::{Attributor, Member};
    ///
    /// let attributor = Attributor::builder().cast([Member::new("Ada Okafor").alias("Addie")]).build()?;
    /// let document = attributor.attribute("“Yes,” said Addie. “No,” said Lund.")?;
    /// let cast: Vec<_> = document.speakers().map(|speaker| speaker.cast()).collect();
    /// assert_eq!(cast, [Some("Ada Okafor"), None]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn cast(self) -> Option<&'d str> {
        self.record().cast.as_deref()
    }

    /// All words that name it, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.mentions().next().map(|mention| mention.text()), Some("Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn mentions(self) -> impl ExactSizeIterator<Item = Mention<'d>> + DoubleEndedIterator + Clone {
        listed(self.0.doc, self.0.doc.mentions_of.of(self.0.index), Mention)
    }

    /// All that it says, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!(okafor.quotes().next(), document.quote(0));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quotes(self) -> impl ExactSizeIterator<Item = Quote<'d>> + DoubleEndedIterator + Clone {
        listed(self.0.doc, self.0.doc.quotes_of.of(self.0.index), Quote)
    }

    fn record(self) -> &'d EntityRecord {
        &self.0.doc.layers.entities[self.index()]
    }
}

impl fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entity")
            .field("index", &self.index())
            .field("name", &self.name())
            .field("gender", &self.gender())
            .field("number", &self.number())
            .field("mentions", &self.mentions().len())
            .field("quotes", &self.quotes().len())
            .finish()
    }
}
