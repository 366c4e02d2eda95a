//! The guide: pages for reading, with code to run.
//!
//! - [How it decides](how_it_decides): the stages from a text to its speakers, with a worked example
//! - [Accuracy and how it is measured](accuracy)
//! - [Fiction](fiction): whole books, conversations, the narrator, a cast
//! - [News](news): indirect speech, sources without names, who is quoted by gender
//! - [Limits](limits), and how a program can notice them
//! - [Coming from BookNLP, CoreNLP or textacy](coming_from)
//!
//! The pages are the files in `docs`.

#[doc = include_str!("../docs/how-it-decides.md")]
pub mod how_it_decides {}

#[doc = include_str!("../docs/accuracy.md")]
pub mod accuracy {}

#[doc = include_str!("../docs/fiction.md")]
pub mod fiction {}

#[doc = include_str!("../docs/news.md")]
pub mod news {}

#[doc = include_str!("../docs/limits.md")]
pub mod limits {}

#[doc = include_str!("../docs/coming-from.md")]
pub mod coming_from {}
