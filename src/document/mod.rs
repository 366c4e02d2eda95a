//! [`Document`]: a text and everything found in it.
//!
//! The engine leaves flat layers of small records that point at each other by index ([`records`]). A document owns them
//! together with the text and hands out [`views`]: a reference to the document and an index, `Copy`, with the links that
//! a reader follows. Links that the records lack (an entity's quotations, the quotation at an offset) are indexed once,
//! in flat arrays too, so that every link costs a slice or a binary search and nothing is allocated on the way.

mod check;
#[cfg(feature = "serde")]
mod json;
mod offsets;
mod records;
#[cfg(test)]
mod tests;
mod views;

pub use offsets::OffsetMap;
pub use views::{Cue, Entity, Evidence, Mention, Paragraph, Quote, Segment, Sentence, Token};

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

pub(crate) use records::{CueRecord, EntityRecord, Layers, MentionRecord, QuoteRecord, Run};

use crate::attributor::default_engine;
use crate::error::Error;
use crate::kind::QuoteKind;
use crate::span::Span;
use views::{At, views};

/// A text and who said what in it.
///
/// A document borrows its text and never alters it: every span counts UTF-8 bytes of exactly the text that was given,
/// half-open, on character boundaries. ([`Document::offset_map`] converts to characters and UTF-16 units.) What was
/// found comes as small `Copy` views with links to each other: [`Quote`], [`Entity`], [`Mention`], [`Sentence`] and so
/// on. Two views are equal if they are the same thing in the same document.
///
/// Two documents are equal if their texts are, and the quotations, mentions and entities found in them.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
/// for quote in document.quotes() {
///     let speaker = quote.speaker().map_or("nobody known", |entity| entity.name());
///     assert_eq!(speaker, "Okafor");
///     assert_eq!(quote.text(), "“The bridge stays shut,”");
///     assert_eq!(quote.cue().map(|cue| cue.text()), Some("said"));
/// }
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone)]
pub struct Document<'t> {
    text: Cow<'t, str>,
    layers: Layers,
    /// All parts of all quotations in text order.
    parts: Vec<Part>,
    /// The quotations that each entity says.
    quotes_of: Groups,
    /// The mentions of each entity.
    mentions_of: Groups,
}

impl<'t> Document<'t> {
    /// Reads `text` with the default engine: finds what is quoted in it, and who speaks.
    ///
    /// Use an [`Attributor`](crate::Attributor) to hand in a cast, more reporting verbs or a threshold.
    ///
    /// # Errors
    ///
    /// [`Error::is_text_too_long`] for a text over 4 GiB. Any other text is valid, however odd.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert_eq!(document.quotes().len(), 1);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn new(text: &'t str) -> Result<Self, Error> {
        default_engine().attribute(text)
    }

    /// Puts a text and the layers found in it together, and indexes the links that the layers lack.
    ///
    /// Takes linear time, but for sorting the parts of quotations, which come in order or nearly so.
    pub(crate) fn assemble(text: Cow<'t, str>, layers: Layers) -> Self {
        debug_assert_eq!(check::check(&text, &layers), Ok(()));
        debug_assert!(
            layers.mentions.is_sorted_by(|a, b| text_order(a.span) < text_order(b.span)),
            "mentions stand in text order, one for a span"
        );
        debug_assert!(
            layers.quotes.iter().try_fold(0, |end, q| (q.parts.start == end).then_some(q.parts.end)).is_some(),
            "parts stand in the order of their quotations"
        );
        Document {
            parts: Part::in_text_order(&layers),
            quotes_of: Groups::new(layers.quotes.iter().map(|quote| quote.speaker), layers.entities.len()),
            mentions_of: Groups::new(layers.mentions.iter().map(|mention| mention.entity), layers.entities.len()),
            text,
            layers,
        }
    }

    /// The same document with a text of its own, free of the lifetime of the borrowed one.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// fn read(path: &str) -> Result<Document<'static>, Box<dyn std::error::Error>> {
    ///     let text = std::fs::read_to_string(path)?;
    ///     Ok(Document::new(&text)?.into_owned())
    /// }
    /// # assert!(read("").is_err());
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        let Document { text, layers, parts, quotes_of, mentions_of } = self;
        Document { text: Cow::Owned(text.into_owned()), layers, parts, quotes_of, mentions_of }
    }

    /// The whole text, as it was given.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// assert_eq!(document.text(), "“Yes,” said Okafor.");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Is it shut?”\n\n“It stays shut,” said Okafor.")?;
    /// assert_eq!(document.paragraphs().count(), 2);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn paragraphs(&self) -> impl ExactSizeIterator<Item = Paragraph<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.segmentation.paragraphs.len() as u32, Paragraph)
    }

    /// The sentences of all paragraphs, in text order.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. It stays shut.")?;
    /// let sentences: Vec<&str> = document.sentences().map(|sentence| sentence.text().trim_end()).collect();
    /// assert_eq!(sentences, ["The bridge is old.", "It stays shut."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Sentence<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.segmentation.sentences.len() as u32, Sentence)
    }

    /// The words, numbers and marks of all sentences, in text order.
    ///
    /// In none of them are white space, ASCII control characters, zero-width marks (spaces, joiners, direction marks, the
    /// byte order mark), the soft hyphen, and `_`, which stands for italics in plain-text books. One of these inside a word
    /// parts it in two.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It stays shut.")?;
    /// let tokens: Vec<&str> = document.tokens().map(|token| token.text()).collect();
    /// assert_eq!(tokens, ["It", "stays", "shut", "."]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.segmentation.tokens.len() as u32, Token)
    }

    /// The quotations and pieces of reported speech, in the order in which they begin; an outer one stands before those
    /// inside it.
    ///
    /// Among them are words in quotation marks that nobody says ([`QuoteKind::None`]): titles, scare quotes.
    ///
    /// ```
    /// use whosaid::{Document, QuoteKind};
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// let direct = document.quotes().filter(|quote| quote.kind() == QuoteKind::Direct);
    /// assert_eq!(direct.count(), 1);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = Quote<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.quotes.len() as u32, Quote)
    }

    /// The words that name somebody, in text order; of two that begin together the longer comes first.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert!(document.mentions().any(|mention| mention.text() == "Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = Mention<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.mentions.len() as u32, Mention)
    }

    /// The people and organisations that the text names.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert!(document.entities().any(|entity| entity.name() == "Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> + DoubleEndedIterator + Clone {
        views(self, 0..self.layers.entities.len() as u32, Entity)
    }

    /// The entities that say something: those with most quotations first, equals in the order of their index.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// let okafor = document.speakers().next().expect("somebody speaks");
    /// assert_eq!((okafor.name(), okafor.quotes().len()), ("Okafor", 1));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = Entity<'_>> + DoubleEndedIterator + Clone {
        let mut speakers: Vec<_> = self.entities().filter(|entity| entity.quotes().len() > 0).collect();
        speakers.sort_by_key(|entity| Reverse(entity.quotes().len()));
        speakers.into_iter()
    }

    /// The text as it is read aloud: narration and direct quotations by turns.
    ///
    /// The segments tile the text: each begins where the one before ends, none is empty, and their texts joined are the
    /// text, for every text. A quote segment is one [part](Quote::parts) of a direct quotation, with its marks; a
    /// quotation inside a direct quotation belongs to the segment of the outer one. Mixed and indirect speech is
    /// narration.
    ///
    /// Each call lists them anew, in linear time.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// let parts: Vec<_> = document.segments().map(|segment| (segment.kind().as_str(), segment.text())).collect();
    /// assert_eq!(parts, [("quote", "“The bridge stays shut,”"), ("narration", " Okafor said.")]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn segments(&self) -> impl ExactSizeIterator<Item = Segment<'_>> + DoubleEndedIterator + Clone {
        let mut segments = Vec::new();
        let mut done = 0;
        let mut push = |span: Span, quote| {
            if !span.is_empty() {
                segments.push(Segment { at: self.at(segments.len()), span, quote });
            }
        };
        for part in &self.parts {
            let direct = self.layers.quotes[part.quote as usize].kind == QuoteKind::Direct;
            // A part that begins inside the one before is nested in it.
            if direct && part.span.start() >= done && !part.span.is_empty() {
                push(Span::new(done, part.span.start()), None);
                push(part.span, Some(part.quote));
                done = part.span.end();
            }
        }
        push(Span::new(done, self.text.len() as u32), None);
        segments.into_iter()
    }

    /// The quotation with the given [index](Quote::index).
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert_eq!(document.quote(0), document.quotes().next());
    /// assert_eq!(document.quote(1), None);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quote(&self, index: usize) -> Option<Quote<'_>> {
        (index < self.layers.quotes.len()).then(|| Quote(self.at(index)))
    }

    /// The mention with the given [index](Mention::index).
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert_eq!(document.mention(0).map(|mention| mention.text()), Some("Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn mention(&self, index: usize) -> Option<Mention<'_>> {
        (index < self.layers.mentions.len()).then(|| Mention(self.at(index)))
    }

    /// The entity with the given [index](Entity::index).
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert_eq!(document.entity(0), document.entities().next());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn entity(&self, index: usize) -> Option<Entity<'_>> {
        (index < self.layers.entities.len()).then(|| Entity(self.at(index)))
    }

    /// The token that holds the byte at `offset`; none in white space, in the other characters that [no token
    /// holds](Document::tokens), and after the end.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("It stays shut.")?;
    /// assert_eq!(document.token_at(4).map(|token| token.text()), Some("stays"));
    /// assert_eq!(document.token_at(99), None);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn token_at(&self, offset: u32) -> Option<Token<'_>> {
        let next = self.layers.segmentation.tokens.partition_point(|token| token.start <= offset);
        Some(Token(self.at(next.checked_sub(1)?))).filter(|token| token.span().contains(offset))
    }

    /// The sentence that holds the byte at `offset`; none between sentences and after the end.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. It stays shut.")?;
    /// let sentence = document.sentence_at(22).expect("a word stands there");
    /// assert!(sentence.text().starts_with("It stays"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentence_at(&self, offset: u32) -> Option<Sentence<'_>> {
        let next = self.layers.segmentation.sentences.partition_point(|sentence| sentence.span.start() <= offset);
        Some(Sentence(self.at(next.checked_sub(1)?))).filter(|sentence| sentence.span().contains(offset))
    }

    /// The innermost quotation with a part that holds the byte at `offset`.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert_eq!(document.quote_at(5), document.quote(0));
    /// assert_eq!(document.quote_at(document.text().len() as u32 - 1), None);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quote_at(&self, offset: u32) -> Option<Quote<'_>> {
        let next = self.parts.partition_point(|part| part.span.start() <= offset);
        let mut candidate = next.checked_sub(1).map(|last| &self.parts[last]);
        while let Some(part) = candidate {
            if part.span.contains(offset) {
                return Some(Quote(self.at(part.quote as usize)));
            }
            candidate = part.around.map(|outer| &self.parts[outer as usize]);
        }
        None
    }

    /// Converts byte offsets of this text to offsets in characters and in UTF-16 units.
    ///
    /// Takes one pass over the text; keep the map for all conversions.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let offsets = document.offset_map();
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!((quote.span().range(), offsets.chars(quote.span())), (0..10, 0..6));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn offset_map(&self) -> OffsetMap<'_> {
        OffsetMap::new(&self.text)
    }

    fn at(&self, index: usize) -> At<'_> {
        At { doc: self, index: index as u32 }
    }
}

impl fmt::Debug for Document<'_> {
    /// Counts, not the text: a document in a log should not be a novel.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.text.len())
            .field("paragraphs", &self.paragraphs().len())
            .field("sentences", &self.sentences().len())
            .field("tokens", &self.tokens().len())
            .field("quotes", &self.quotes().len())
            .field("mentions", &self.mentions().len())
            .field("entities", &self.entities().len())
            .finish()
    }
}

/// The segmentation follows from the text, and its word ids depend on which reporting verbs an engine was given: it is
/// not compared.
impl PartialEq for Document<'_> {
    fn eq(&self, other: &Document<'_>) -> bool {
        self.text == other.text
            && self.layers.quotes == other.layers.quotes
            && self.layers.parts == other.layers.parts
            && self.layers.mentions == other.layers.mentions
            && self.layers.entities == other.layers.entities
    }
}

/// The order in which spans are told: as they begin, the longer first.
fn text_order(span: Span) -> (u32, Reverse<u32>) {
    (span.start(), Reverse(span.end()))
}

/// One part of a quotation, among all parts in text order.
#[derive(Clone, Copy)]
struct Part {
    span: Span,
    quote: u32,
    /// The last part before this one that had not ended where this one begins. Whatever else holds an offset after that
    /// is met by following these.
    around: Option<u32>,
}

impl Part {
    fn in_text_order(layers: &Layers) -> Vec<Part> {
        let mut parts = Vec::with_capacity(layers.parts.len());
        for (quote, record) in layers.quotes.iter().enumerate() {
            let spans = &layers.parts[record.parts.range()];
            parts.extend(spans.iter().map(|&span| Part { span, quote: quote as u32, around: None }));
        }
        // Stable: of two equal spans the outer quotation stays before the inner.
        parts.sort_by_key(|part| text_order(part.span));
        let mut open: Vec<u32> = Vec::new();
        for index in 0..parts.len() {
            let start = parts[index].span.start();
            while open.pop_if(|&mut outer| parts[outer as usize].span.end() <= start).is_some() {}
            parts[index].around = open.last().copied();
            open.push(index as u32);
        }
        parts
    }
}

/// Indices grouped by the entity that owns them, in two flat arrays.
#[derive(Clone)]
struct Groups {
    /// Where each owner's members start, and where the last one's end.
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Groups {
    /// Groups `0..` by the owners given in that order, of which there are `count`: a counting sort.
    fn new(owners: impl Iterator<Item = Option<u32>> + Clone, count: usize) -> Groups {
        let mut starts = vec![0; count + 1];
        for owner in owners.clone().flatten() {
            starts[owner as usize + 1] += 1;
        }
        for owner in 0..count {
            starts[owner + 1] += starts[owner];
        }
        let mut next = starts.clone();
        let mut members = vec![0; starts[count] as usize];
        for (member, owner) in owners.enumerate() {
            if let Some(owner) = owner {
                let place = &mut next[owner as usize];
                members[*place as usize] = member as u32;
                *place += 1;
            }
        }
        Groups { starts, members }
    }

    fn of(&self, owner: u32) -> &[u32] {
        let owner = owner as usize;
        &self.members[self.starts[owner] as usize..self.starts[owner + 1] as usize]
    }
}
