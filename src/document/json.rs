//! Documents as JSON, or any other format of serde.
//!
//! What is written and what is read are the same few structs, so the two cannot part ways. The form is the contract of
//! the evaluation (`text`, `quotes`, `entities`), read by people and programs that have never seen this crate; hence
//! mentions stand with the entity that they name, and those that name none where they are used. Reading puts them back
//! into text order, cuts the text anew, and trusts nothing: every span and index is checked.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Cue, Document, Entity, Mention, Paragraph, Quote, Segment, Sentence, Token, check, text_order};
use super::{CueRecord, EntityRecord, Layers, MentionRecord, QuoteRecord, Run};
use crate::attributor::default_engine;
use crate::kind::{Gender, MentionKind, Number, QuoteKind, Rule, SegmentKind, TokenKind};
use crate::segment::segment;
use crate::span::Span;

/// A map of `text`, `quotes` and `entities`; offsets are bytes of `text`, half-open, `{"start": 0, "end": 10}`.
///
/// A quote has `kind`, `spans`, `cue` (where it stands, and whether it is one of `speech`, `negated`, merely `possible`),
/// `speaker` (an `entity`, its `name`, and the `mention` beside the quotation; null if
/// nobody could be named), `addressee` (an entity), `nested_in` (a quote), `confidence` and `rule`. An entity has `name`,
/// `gender`, `number`, `gender_evidence`, `narrator`, `cast` and all its `mentions`, each with `start`, `end` and `kind`.
/// Entities and quotes are referred to by their index. If there are mentions that neither an entity nor a quotation
/// owns, they stand in `unresolved`.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let json = serde_json::to_value(&document)?;
/// assert_eq!(json["quotes"][0]["spans"][0]["end"], 10);
/// assert_eq!(json["quotes"][0]["speaker"]["name"], "Okafor");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DocumentForm::from(self).serialize(serializer)
    }
}

/// The document owns its text, so that it can be read from anything, for any lifetime: JSON escapes every line break, so
/// a text could hardly ever be borrowed from it.
///
/// A span that is not a stretch of the text, an index without its record, and a confidence outside `0..=1` are errors of
/// the deserialiser.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let json = serde_json::to_string(&document)?;
/// let back: Document = serde_json::from_str(&json)?;
/// assert_eq!(back, document);
///
/// let broken = json.replace("“Yes,”", "“”");
/// assert!(serde_json::from_str::<Document>(&broken).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<'de> Deserialize<'de> for Document<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = DocumentForm::deserialize(deserializer)?;
        for quote in &form.quotes {
            if !(0.0..=1.0).contains(&quote.confidence) {
                return Err(D::Error::custom(format!("confidence {} is not between 0 and 1", quote.confidence)));
            }
        }
        let (text, mut layers) = form.into_layers();
        check::check(&text, &layers).map_err(D::Error::custom)?;
        layers.segmentation = segment(&text, default_engine().lexicon());
        Ok(Document::assemble(text, layers))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Document")]
struct DocumentForm<'a> {
    text: Cow<'a, str>,
    quotes: Vec<QuoteForm<'a>>,
    entities: Vec<EntityForm<'a>>,
    /// Mentions without an entity that belong to no quotation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unresolved: Vec<MentionForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Quote")]
struct QuoteForm<'a> {
    kind: QuoteKind,
    spans: Cow<'a, [Span]>,
    cue: Option<CueForm>,
    /// None only if there is neither an entity nor a mention.
    speaker: Option<SpeakerForm<'a>>,
    addressee: Option<u32>,
    nested_in: Option<u32>,
    confidence: f32,
    rule: Rule,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Cue")]
struct CueForm {
    #[serde(flatten)]
    span: Span,
    speech: bool,
    negated: bool,
    possible: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Speaker")]
struct SpeakerForm<'a> {
    entity: Option<u32>,
    /// For the reader's eye; the entity has it.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    mention: Option<MentionForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Entity")]
struct EntityForm<'a> {
    name: Cow<'a, str>,
    gender: Gender,
    number: Number,
    gender_evidence: Option<Span>,
    narrator: bool,
    cast: Option<Cow<'a, str>>,
    mentions: Vec<MentionForm>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename = "Mention")]
struct MentionForm {
    #[serde(flatten)]
    span: Span,
    kind: MentionKind,
}

impl MentionForm {
    fn record(self, entity: Option<u32>) -> MentionRecord {
        MentionRecord { span: self.span, kind: self.kind, entity }
    }
}

impl From<Mention<'_>> for MentionForm {
    fn from(mention: Mention<'_>) -> Self {
        MentionForm { span: mention.span(), kind: mention.kind() }
    }
}

impl<'d> From<Entity<'d>> for EntityForm<'d> {
    fn from(entity: Entity<'d>) -> Self {
        EntityForm {
            name: entity.name().into(),
            gender: entity.gender(),
            number: entity.number(),
            gender_evidence: entity.gender_evidence(),
            narrator: entity.is_narrator(),
            cast: entity.cast().map(Cow::from),
            mentions: entity.mentions().map(MentionForm::from).collect(),
        }
    }
}

impl From<CueRecord> for CueForm {
    fn from(CueRecord { span, speech, negated, possible }: CueRecord) -> Self {
        CueForm { span, speech, negated, possible }
    }
}

impl CueForm {
    fn into_record(self) -> CueRecord {
        let CueForm { span, speech, negated, possible } = self;
        CueRecord { span, speech, negated, possible }
    }
}

impl<'d> From<Quote<'d>> for QuoteForm<'d> {
    fn from(quote: Quote<'d>) -> Self {
        let record = quote.record();
        let speaker = SpeakerForm {
            entity: record.speaker,
            name: quote.speaker().map(Entity::name),
            mention: quote.mention().map(MentionForm::from),
        };
        QuoteForm {
            kind: record.kind,
            spans: quote.part_spans().into(),
            cue: record.cue.map(CueForm::from),
            speaker: (speaker.entity.is_some() || speaker.mention.is_some()).then_some(speaker),
            addressee: record.addressee,
            nested_in: record.nested_in,
            confidence: record.confidence,
            rule: record.rule,
        }
    }
}

impl<'d> From<&'d Document<'_>> for DocumentForm<'d> {
    fn from(document: &'d Document<'_>) -> Self {
        let mut elsewhere: Vec<bool> = document.mentions().map(|mention| mention.entity().is_some()).collect();
        for mention in document.quotes().filter_map(Quote::mention) {
            elsewhere[mention.index()] = true;
        }
        DocumentForm {
            text: document.text().into(),
            quotes: document.quotes().map(QuoteForm::from).collect(),
            entities: document.entities().map(EntityForm::from).collect(),
            unresolved: document.mentions().filter(|mention| !elsewhere[mention.index()]).map(Into::into).collect(),
        }
    }
}

impl DocumentForm<'_> {
    /// The text and its layers, all but the segmentation; nothing is checked yet.
    fn into_layers(self) -> (Cow<'static, str>, Layers) {
        let mentions = self.mentions();
        let mut layers = Layers::default();
        for quote in self.quotes {
            let start = layers.parts.len() as u32;
            layers.parts.extend_from_slice(&quote.spans);
            let (speaker, source) = quote.speaker.map_or((None, None), |speaker| (speaker.entity, speaker.mention));
            let place = |source: MentionForm| {
                let found = mentions.binary_search_by_key(&text_order(source.span), |mention| text_order(mention.span));
                found.ok().map(|index| index as u32)
            };
            layers.quotes.push(QuoteRecord {
                kind: quote.kind,
                parts: Run::new(start, layers.parts.len() as u32),
                cue: quote.cue.map(CueForm::into_record),
                mention: source.and_then(place),
                speaker,
                addressee: quote.addressee,
                nested_in: quote.nested_in,
                rule: quote.rule,
                confidence: quote.confidence,
            });
        }
        layers.entities = self.entities.into_iter().map(EntityForm::into_record).collect();
        layers.mentions = mentions;
        (Cow::Owned(self.text.into_owned()), layers)
    }

    /// All mentions in text order, one for a span. One that no entity lists names nobody known.
    fn mentions(&self) -> Vec<MentionRecord> {
        let mut mentions = Vec::new();
        for (index, entity) in self.entities.iter().enumerate() {
            mentions.extend(entity.mentions.iter().map(|mention| mention.record(Some(index as u32))));
        }
        let sources = self.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.mention);
        mentions.extend(self.unresolved.iter().copied().chain(sources).map(|mention| mention.record(None)));
        // Stable: of the mentions with one span the first stays, and that is one that an entity lists.
        mentions.sort_by_key(|mention| text_order(mention.span));
        mentions.dedup_by_key(|mention| mention.span);
        mentions
    }
}

impl EntityForm<'_> {
    fn into_record(self) -> EntityRecord {
        EntityRecord {
            name: self.name.into_owned(),
            gender: self.gender,
            number: self.number,
            gender_evidence: self.gender_evidence,
            narrator: self.narrator,
            cast: self.cast.map(Cow::into_owned),
        }
    }
}

/// One flat record a quotation: what was said, who said it, and how it is known. Names and cues are texts, `entity` is
/// an index into the document's entities.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let row = serde_json::to_value(document.quotes().next())?;
/// assert_eq!(row["text"], "“Yes,”");
/// assert_eq!(row["speaker"], "Okafor");
/// assert_eq!(row["cue"], "said");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Quote<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "Quote")]
        struct Row<'d> {
            kind: QuoteKind,
            text: String,
            spans: &'d [Span],
            speaker: Option<&'d str>,
            entity: Option<u32>,
            mention: Option<&'d str>,
            cue: Option<&'d str>,
            addressee: Option<&'d str>,
            nested_in: Option<u32>,
            confidence: f32,
            rule: Rule,
        }
        let record = self.record();
        Row {
            kind: record.kind,
            text: self.content(),
            spans: self.part_spans(),
            speaker: self.speaker().map(Entity::name),
            entity: record.speaker,
            mention: self.mention().map(Mention::text),
            cue: self.cue().map(Cue::text),
            addressee: self.addressee().map(Entity::name),
            nested_in: record.nested_in,
            confidence: record.confidence,
            rule: record.rule,
        }
        .serialize(serializer)
    }
}

/// As it stands in the JSON of its document.
impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EntityForm::from(*self).serialize(serializer)
    }
}

/// A stretch of text as a flat record: `start` and `end` in bytes, `text`, and what is known of it.
#[derive(Serialize)]
struct Piece<'d, K> {
    #[serde(flatten)]
    span: Span,
    text: &'d str,
    #[serde(flatten)]
    known: K,
}

impl Serialize for Mention<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Known<'d> {
            kind: MentionKind,
            entity: Option<usize>,
            name: Option<&'d str>,
        }
        let entity = self.entity();
        let known = Known { kind: self.kind(), entity: entity.map(Entity::index), name: entity.map(Entity::name) };
        Piece { span: self.span(), text: self.text(), known }.serialize(serializer)
    }
}

/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let row = serde_json::to_value(document.segments().next())?;
/// assert_eq!((row["kind"].as_str(), row["speaker"].as_str()), (Some("quote"), Some("Okafor")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Segment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Known<'d> {
            kind: SegmentKind,
            quote: Option<usize>,
            speaker: Option<&'d str>,
        }
        let quote = self.quote();
        let speaker = quote.and_then(Quote::speaker).map(Entity::name);
        let known = Known { kind: self.kind(), quote: quote.map(Quote::index), speaker };
        Piece { span: self.span(), text: self.text(), known }.serialize(serializer)
    }
}

impl Serialize for Token<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Known {
            kind: TokenKind,
        }
        Piece { span: self.span(), text: self.text(), known: Known { kind: self.kind() } }.serialize(serializer)
    }
}

impl Serialize for Sentence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Piece { span: self.span(), text: self.text(), known: () }.serialize(serializer)
    }
}

impl Serialize for Paragraph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Piece { span: self.span(), text: self.text(), known: () }.serialize(serializer)
    }
}

impl Serialize for Cue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Known {
            speech: bool,
            negated: bool,
            possible: bool,
        }
        let known = Known { speech: self.is_speech(), negated: self.is_negated(), possible: self.is_possible() };
        Piece { span: self.span(), text: self.text(), known }.serialize(serializer)
    }
}
