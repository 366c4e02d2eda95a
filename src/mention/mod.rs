//! Tokens to mentions: the words that stand for somebody.
//!
//! First every noun phrase is found ([`phrase`]), as a flat run of tokens with a head and without attachments: that is
//! all a reporting clause needs of grammar. Then, when the reports are known, the phrases that stand for a person or
//! body are told apart ([`find`]): names with their titles ([`name`]), noun phrases with a noun for persons or groups as
//! head, pronouns, and whatever is the source of a report.

mod find;
mod genitive;
mod name;
mod phrase;
mod reading;

pub(crate) use find::{Being, Mention, Mentions, Person, find, is_age, saying};
pub(crate) use genitive::tag_genitives;
pub(crate) use name::is_particle;
pub(crate) use phrase::{Phrase, PhraseKind, phrases};
pub(crate) use reading::Reading;
