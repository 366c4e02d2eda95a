//! Tokens to mentions: the words that stand for somebody.
//!
//! First every noun phrase is found ([`phrase`]), as a flat run of tokens with a head and without attachments: that is
//! all a reporting clause needs of grammar. Then, when the reports are known, the phrases that stand for a person or
//! body are told apart ([`find`]): names with their titles ([`name`]), noun phrases with a noun for persons or groups as
//! head, pronouns, and whatever is the source of a report.

mod find;
mod genitive;
mod name;
mod noun;
mod opener;
mod phrase;
mod reading;
mod verb;

use crate::lexicon::Lexicon;
use crate::model::Tag;
use crate::quotation::Quotations;
use crate::segment::Segmentation;

pub(crate) use find::{Being, Mention, Mentions, Person, find, is_age, saying};
pub(crate) use name::is_particle;
pub(crate) use opener::Names;
pub(crate) use phrase::{Phrase, PhraseKind, phrases};
pub(crate) use reading::Reading;

/// Mends tags by what the tagger, which knows no more than a sentence, cannot see. Gives the words that the text shows to
/// be names.
pub(crate) fn mend_tags<'t>(
    text: &'t str,
    segmentation: &Segmentation,
    quotations: &Quotations,
    lexicon: &Lexicon,
    tags: &mut [Tag],
) -> Names<'t> {
    genitive::tag_genitives(text, segmentation, quotations, tags);
    noun::tag_nouns(text, segmentation, lexicon, tags);
    let names = Names::new(text, segmentation, tags);
    opener::tag_openers(text, segmentation, lexicon, &names, tags);
    verb::tag_verbs(text, segmentation, quotations, lexicon, tags);
    names
}
