//! The annotated documents, one a line.

use serde::Deserialize;

use crate::cast::Person;
use crate::shared;
use crate::spans::Bytes;

/// A document and what its annotators found in it. Offsets are bytes.
#[derive(Deserialize)]
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) genre: Genre,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) entities: Vec<Speaker>,
    pub(crate) quotes: Vec<GoldQuote>,
    /// What was not annotated.
    #[serde(default)]
    ignore: Vec<Bytes>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Genre {
    News,
    Fiction,
}

/// Somebody who can speak.
#[derive(Deserialize)]
pub(crate) struct Speaker {
    #[serde(flatten)]
    pub(crate) person: Person,
    #[serde(default)]
    pub(crate) narrator: bool,
    #[serde(default)]
    mentions: Vec<(usize, usize, String)>,
}

#[derive(Deserialize)]
pub(crate) struct GoldQuote {
    id: String,
    pub(crate) kind: Kind,
    pub(crate) spans: Vec<Bytes>,
    /// How the speaker is given.
    pub(crate) how: Option<How>,
    /// The id of an entity.
    pub(crate) speaker: Option<String>,
    /// The cue is one of saying.
    #[serde(default)]
    speech: Option<bool>,
    /// The words that name the speaker.
    #[serde(default)]
    pub(crate) source: Vec<Bytes>,
    source_head: Option<Bytes>,
    /// Other words that name the same speaker.
    #[serde(default)]
    source_alt: Vec<Bytes>,
    /// The annotation looks wrong.
    #[serde(default)]
    doubtful: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Direct,
    Mixed,
    Indirect,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum How {
    Explicit,
    Anaphoric,
    Implicit,
}

impl Gold {
    /// Reads a line; the error says what is wrong with it.
    pub(crate) fn read(line: &[u8]) -> Result<Gold, String> {
        let gold: Gold = serde_json::from_slice(line).map_err(|error| shared::wrong_line(&error))?;
        let check = |what: &str, span: Bytes| match gold.text.get(span.0..span.1) {
            Some(part) if !part.is_empty() => Ok(()),
            _ => Err(format!("document {:?}, {what}: [{}, {}] is no stretch of the text", gold.id, span.0, span.1)),
        };
        for quote in &gold.quotes {
            if quote.spans.is_empty() {
                return Err(format!("document {:?}, quote {:?}: no spans", gold.id, quote.id));
            }
            let spans = quote.spans.iter().chain(&quote.source).chain(&quote.source_head).chain(&quote.source_alt);
            spans.copied().try_for_each(|span| check(&format!("quote {:?}", quote.id), span))?;
        }
        gold.ignore.iter().try_for_each(|&span| check("\"ignore\"", span))?;
        for speaker in &gold.entities {
            speaker.mentions().try_for_each(|span| check(&format!("entity {:?}", speaker.person.id), span))?;
        }
        Ok(gold)
    }

    pub(crate) fn ignored(&self) -> impl Iterator<Item = Bytes> {
        self.ignore.iter().copied()
    }
}

impl Speaker {
    pub(crate) fn mentions(&self) -> impl Iterator<Item = Bytes> {
        self.mentions.iter().map(|&(start, end, _)| (start, end))
    }
}

impl GoldQuote {
    pub(crate) fn is_speech(&self) -> bool {
        self.speech == Some(true)
    }

    /// The speaker, if the annotation can be believed.
    pub(crate) fn sure_speaker(&self) -> Option<&str> {
        self.speaker.as_deref().filter(|_| !self.doubtful)
    }

    /// The words of which a mention of the source must hold one; none if they are not known.
    pub(crate) fn heads(&self) -> impl Iterator<Item = Bytes> {
        let alt = self.source_head.is_some().then_some(&self.source_alt);
        self.source_head.into_iter().chain(alt.into_iter().flatten().copied())
    }
}
