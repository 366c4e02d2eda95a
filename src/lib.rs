//! Reads English news and fiction and tells **who said what**.
//!
//! `whosaid` finds what is quoted in a text, with or without quotation marks, and links it to the person or organisation
//! that said it. It goes by reporting verbs, names, noun phrases, pronouns and the run of a conversation. Everything it
//! knows is compiled in: there is no model to download, and nothing is read from disk or network.
//!
//! ```
//! use whosaid::Document;
//!
//! let text = "“The ice decides, not us,” said Marta Lindqvist. She added that two ships were stuck.";
//! let document = Document::new(text)?;
//! let mut said = Vec::new();
//! for quote in document.quotes() {
//!     let speaker = quote.speaker().map_or("somebody", |speaker| speaker.name());
//!     said.push(format!("{speaker}: {}", quote.content()));
//! }
//! assert_eq!(said, [
//!     "Marta Lindqvist: “The ice decides, not us,”",
//!     "Marta Lindqvist: two ships were stuck",
//! ]);
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Overview
//!
//! - [`Document`] is a text and everything found in it. Most programs need only [`Document::new`].
//! - [`Quote`] is something said. It has a [kind](QuoteKind) (direct, mixed, indirect, or words in quotation marks that
//!   nobody says), one or more parts, a speaker, a [`Cue`] (“said”), a confidence, and [`Evidence`] that a person can read.
//! - [`Entity`] is a person or organisation. It has names, a [`Gender`] and the words that show it, and knows its
//!   [mentions](Mention) and quotations.
//! - [`Segment`] is a stretch in one voice, narration or quotation. The segments of a document are its whole text.
//! - [`Paragraph`], [`Sentence`] and [`Token`] are the text cut into pieces.
//! - [`Span`] is where something stands: two byte offsets, half-open, on character boundaries. [`OffsetMap`] converts them
//!   to characters and to UTF-16 units.
//! - [`Attributor`] is the engine, for programs that know more than the text says. It takes a cast of [members](Member),
//!   more reporting verbs, and a confidence below which a quotation is left without a speaker.
//! - [`Error`] is what a caller can get wrong. A text is never an error, however odd, unless it is longer than 4 GiB.
//!
//! Quotes, entities and the other views are small and `Copy`: a reference to the document and an index. They link to each
//! other. The text itself is never changed.
//!
//! The [guide] tells more: [how it decides](guide::how_it_decides), [how accurate it is](guide::accuracy), what to know
//! about [fiction](guide::fiction) and [news](guide::news), its [limits](guide::limits), and [coming from other
//! tools](guide::coming_from).
//!
//! # Example: all that is said in a text
//!
//! A quotation interrupted by its reporting clause is one quote of two parts. [`Quote::kind`] tells how much of it stands
//! in quotation marks: all (direct), some (mixed) or nothing (indirect).
//!
//! ```
//! use whosaid::{Document, QuoteKind};
//!
//! let document = Document::new(
//!     "“The survey,” said Ada Marlow, “is a fairy tale.” She said that the tunnel leaked. \
//!      Marlow called the delay “a disgrace”.",
//! )?;
//! let quotes: Vec<_> = document.quotes().map(|quote| (quote.kind(), quote.content())).collect();
//! assert_eq!(quotes, [
//!     (QuoteKind::Direct, "“The survey,” “is a fairy tale.”".to_owned()),
//!     (QuoteKind::Indirect, "the tunnel leaked".to_owned()),
//!     (QuoteKind::Mixed, "the delay “a disgrace”".to_owned()),
//! ]);
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: why this speaker
//!
//! ```
//! use whosaid::{Document, Rule};
//!
//! let document = Document::new("Marta Lindqvist shut the gate. “The ice decides,” she said.")?;
//! let quote = document.quotes().next().expect("something is quoted");
//! assert_eq!(quote.evidence().rule(), Rule::PronounTag);
//! let why = quote.evidence().to_string();
//! assert_eq!(why, "“she” is Marta Lindqvist, by the reporting clause “she said”");
//! assert!((0.0..=1.0).contains(&quote.confidence()));
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: the speakers and their gender
//!
//! The different names of a person are one [`Entity`]. The gender is what the words of the text show, and
//! [`Entity::gender_evidence`] gives those words. Where nothing shows it, it is [`Gender::Unknown`].
//!
//! ```
//! use whosaid::{Document, Gender};
//!
//! let text = "“The survey is finished,” said Ada Marlow. Professor Hale said he had not seen it. \
//!             “Read it,” Marlow told him.";
//! let document = Document::new(text)?;
//! let marlow = document.speakers().next().expect("somebody speaks");
//! assert_eq!((marlow.name(), marlow.gender()), ("Ada Marlow", Gender::Female));
//! assert_eq!(marlow.quotes().len(), 2);
//! assert_eq!(marlow.names(), ["Ada Marlow", "Marlow"]);
//!
//! let hale = document.speakers().nth(1).expect("two speak");
//! assert_eq!((hale.name(), hale.gender()), ("Professor Hale", Gender::Male));
//! assert_eq!(hale.gender_evidence().map(|words| &text[words]), Some("he"));
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: rather nobody than the wrong one
//!
//! By default every quotation gets the best guess, with a [confidence](Quote::confidence). With a threshold, unsure ones
//! are left without a speaker.
//!
//! ```
//! use whosaid::{Attributor, Document};
//!
//! let text = "“Shut the gate,” said Ines.\n\n\
//!             Tom and Anna came over the bridge with Ben.\n\n\
//!             “Somebody was here.”";
//! let guessed = Document::new(text)?;
//! assert!(guessed.quotes().all(|quote| quote.speaker().is_some()));
//!
//! let careful = Attributor::builder().threshold(0.9).build()?;
//! let document = careful.attribute(text)?;
//! let speakers = document.quotes().map(|quote| quote.speaker().map(|speaker| speaker.name()));
//! assert!(speakers.eq([Some("Ines"), None]));
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: a cast
//!
//! If you know the people of a text, hand them in: which names belong together, and what gender they have. Other people
//! are still found.
//!
//! ```
//! use whosaid::{Attributor, Gender, Member};
//!
//! let attributor = Attributor::builder()
//!     .cast([
//!         Member::new("Elizabeth Carrow").alias("Bess").alias("the duchess").gender(Gender::Female),
//!         Member::new("Thomas Quill").alias("the gardener").gender(Gender::Male),
//!     ])
//!     .build()?;
//! let text = "“The roses are late,” said the gardener.\n\n“So are you,” Bess replied.";
//! let document = attributor.attribute(text)?;
//! let cast = document.quotes().map(|quote| quote.speaker().and_then(|speaker| speaker.cast()));
//! assert!(cast.eq([Some("Thomas Quill"), Some("Elizabeth Carrow")]));
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: reporting verbs of your own
//!
//! Beside a direct quotation nearly any verb will do. Speech without quotation marks is only found with verbs that are
//! known to report; add those that your texts use.
//!
//! ```
//! use whosaid::{Attributor, Document};
//!
//! let text = "Captain Price livestreamed that the harbour was shut.";
//! assert_eq!(Document::new(text)?.quotes().len(), 0);
//!
//! let attributor = Attributor::builder().reporting_verbs(["livestream"]).build()?;
//! let document = attributor.attribute(text)?;
//! let quote = document.quotes().next().expect("the verb is known now");
//! assert_eq!(quote.cue().map(|cue| cue.text()), Some("livestreamed"));
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: a voice for every character
//!
//! [`Document::segments`] gives the text as it is read aloud: narration and direct quotations, with nothing left out.
//!
//! ```
//! use whosaid::Document;
//!
//! let document = Document::new("“Stay,” said Ines, “or go.”")?;
//! let mut script = Vec::new();
//! for segment in document.segments() {
//!     let voice = match segment.quote() {
//!         Some(quote) => quote.speaker().map_or("somebody", |speaker| speaker.name()),
//!         None => "narrator",
//!     };
//!     script.push((voice, segment.text()));
//! }
//! assert_eq!(script, [("Ines", "“Stay,”"), ("narrator", " said Ines, "), ("Ines", "“or go.”")]);
//! # Ok::<(), whosaid::Error>(())
//! ```
//!
//! # Example: JSON
//!
//! With the feature `serde`, every result can be written and a document can be read back. A document is one object with
//! `text`, `quotes` and `entities`. A quote by itself is a flat record, ready for a table.
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use whosaid::Document;
//!
//! let document = Document::new("“The gate is shut,” said Ines.")?;
//! let row = serde_json::to_value(document.quotes().next())?;
//! assert_eq!((row["speaker"].as_str(), row["cue"].as_str()), (Some("Ines"), Some("said")));
//!
//! let json = serde_json::to_string(&document)?;
//! let back: Document = serde_json::from_str(&json)?;
//! assert_eq!(back, document);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: many texts at once
//!
//! Build an [`Attributor`] once, which takes a few milliseconds, and share it by reference. The crate starts no threads
//! itself and works with any thread pool. The same text always gets the same answer.
//!
//! ```
//! use std::thread;
//! use whosaid::Attributor;
//!
//! let attributor = Attributor::new();
//! let texts = ["“Shut the gate,” said Ines.", "“It is shut,” Tom answered."];
//! let speakers: Vec<String> = thread::scope(|scope| {
//!     let readers = texts.map(|text| {
//!         let attributor = &attributor;
//!         scope.spawn(move || {
//!             let document = attributor.attribute(text).expect("the text is short");
//!             document.speakers().map(|speaker| speaker.name().to_owned()).collect::<Vec<_>>()
//!         })
//!     });
//!     readers.into_iter().flat_map(|reader| reader.join().expect("no text panics")).collect()
//! });
//! assert_eq!(speakers, ["Ines", "Tom"]);
//! ```
//!
//! # Crate features
//!
//! - **serde** (on by default): `Serialize` for all results, and `Deserialize` for [`Document`], [`Span`], [`Member`] and
//!   the small vocabularies. Without it there are fewer crates to build.
//! - **internals**: for the project's own training program and benchmarks. It promises no stability and is not for users.
//!
//! The crate needs the standard library and Rust 1.88.
//!
//! # Limits
//!
//! - English only.
//! - It learned from American political news of 2015 and 2016 and from novels published before 1935. Nobody has measured how
//!   well it reads anything else.
//! - Somebody who is never named (“the old man”, “her sister”) is harder to follow than somebody with a name.
//! - Whether words in quotation marks are said, or are a title or a scare quote, is a judgement, and at times a wrong one.
//! - A confidence is an estimate. Use it to rank answers and to set a threshold; it promises nothing about a single answer.
//! - Plays and transcripts are read if a colon follows the speaker's name, and not otherwise.
//!
//! [More on limits](guide::limits)

#![cfg_attr(docsrs, feature(doc_cfg))]

mod attribute;
mod attributor;
mod document;
mod entity;
mod error;
// Pages of documentation: nothing of it is compiled into a program.
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;
mod kind;
mod lexicon;
mod mention;
mod model;
mod quotation;
mod report;
mod segment;
mod span;

pub use attributor::{Attributor, AttributorBuilder, Member};
pub use document::{Cue, Document, Entity, Evidence, Mention, OffsetMap, Paragraph, Quote, Segment, Sentence, Token};
pub use error::Error;
pub use kind::{Gender, MentionKind, Number, QuoteKind, Rule, SegmentKind, TokenKind};
pub use span::Span;

/// The code of the README, run with the other examples of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
