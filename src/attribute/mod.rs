//! Quotations, reports and entities to speakers.
//!
//! First everything that is said becomes an [`Utterance`] ([`collect`]): the contents of reports, and the quotations that
//! no report claims, told apart into speech and mere words in marks. A report names its speaker, and so may the sentence
//! that leads up to the words from the paragraph before ([`lead`]), a name in a paragraph of its own behind them
//! ([`credit`]), or the words themselves ([`introduction`]). Whoever speaks the rest is decided for a whole conversation
//! at once ([`decode`]); in a report, a headline that names nobody has the speaker of the same words further on
//! ([`headline`]), and a crosshead has none. Whom they speak to is looked up ([`addressee`]), and then all is laid out as
//! the layers of a document ([`layout`]).

mod addressee;
mod chain;
mod collect;
mod credit;
mod crowd;
mod decode;
mod features;
mod headline;
mod introduction;
mod layout;
mod lead;
mod naming;
mod ragged;
mod scene;
mod second;
mod section;
mod situation;
mod speech;
#[cfg(feature = "internals")]
pub(crate) mod training;
mod turns;
mod voice;
mod woven;

use crate::document::Run;
use crate::entity::Entities;
use crate::kind::{QuoteKind, Rule};
use crate::lexicon::Class;
use crate::mention::{Mentions, Person, Reading};
use crate::model::Speakers;
use crate::quotation::Frame;
use crate::report::Report;

pub(crate) use layout::assemble;
use turns::Style;

/// Indirect speech in a story below this probability is none: reporting clauses were learned from news.
const LEAST_IN_STORY: f32 = 0.45;

/// What the caller asked for.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Kinds to report.
    pub(crate) kinds: Vec<QuoteKind>,
    /// Below this confidence a speaker is not named.
    pub(crate) threshold: f32,
}

impl Default for Options {
    fn default() -> Self {
        Options { kinds: QuoteKind::ALL.to_vec(), threshold: 0.0 }
    }
}

/// Something said, or words in marks that nobody says.
#[derive(Clone, Debug)]
pub(crate) struct Utterance {
    pub(crate) kind: QuoteKind,
    /// Stretches of tokens, in order, at least one.
    pub(crate) parts: Vec<Run>,
    /// By number.
    pub(crate) report: Option<u32>,
    pub(crate) paragraph: u32,
    /// The utterance around it.
    pub(crate) nested_in: Option<u32>,
    pub(crate) answer: Answer,
}

/// Who says it, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) speaker: Option<u32>,
    pub(crate) addressee: Option<u32>,
    /// The mention that names the speaker beside the words.
    pub(crate) mention: Option<u32>,
    pub(crate) rule: Rule,
    pub(crate) confidence: f32,
}

impl Answer {
    pub(crate) const NOBODY: Answer =
        Answer { speaker: None, addressee: None, mention: None, rule: Rule::Unattributed, confidence: 0.0 };
}

/// Of this many words a language can be told, and one in so many of them is a small one at least in English.
const LEAST_WORDS: usize = 20;
const ENGLISH: usize = 7;

/// Whether a text is not English: of ten English words four or five are articles, prepositions, verbs of saying and the
/// like. Words of other languages would be taken for names and verbs, and their bearers for speakers.
fn is_foreign(reading: Reading<'_>) -> bool {
    let small = Class::DETERMINER
        .or(Class::PREPOSITION)
        .or(Class::PERSONAL)
        .or(Class::AUXILIARY)
        .or(Class::COORDINATOR)
        .or(Class::SUBORDINATOR)
        .or(Class::INFINITIVE)
        .or(Class::REPORTING)
        .or(Class::INTERJECTION);
    let words = reading.segmentation.tokens.iter().filter(|token| token.is_word());
    let (count, known) = words.fold((0, 0), |(count, known), token| {
        (count + 1, known + usize::from(reading.lexicon.class(token.word).any(small)))
    });
    count >= LEAST_WORDS && ENGLISH * known < count
}

/// Everything said in a text, with its speakers.
pub(crate) fn decide(
    reading: Reading<'_>,
    frames: &[Frame],
    reports: &[Report],
    mentions: &Mentions,
    entities: &Entities,
    speakers: &Speakers,
    options: &Options,
) -> Vec<Utterance> {
    let mut utterances = collect::collect(reading, frames, reports);
    let style = decode::decide(reading, reports, mentions, entities, speakers, &mut utterances);
    for at in 0..utterances.len() {
        // Who is quoted inside a quotation as "I" is whoever speaks around it.
        let outer = utterances[at].nested_in.map(|outer| utterances[outer as usize].answer);
        let own = &mut utterances[at].answer;
        let first = own.mention.is_some_and(|mention| mentions.list[mention as usize].person == Person::First);
        if let Some(outer) = outer.filter(|outer| first && outer.speaker.is_some()) {
            own.speaker = outer.speaker;
            own.confidence = outer.confidence;
        }
    }
    for utterance in &mut utterances {
        utterance.answer.addressee = addressee::of(reading, reports, mentions, entities, utterance);
        // The words that name the speaker stand beside what is said, never in it.
        let inside = |mention: u32| {
            let words = mentions.list[mention as usize].phrase;
            utterance.parts.iter().any(|part| part.start < words.end && words.start < part.end)
        };
        utterance.answer.mention = utterance.answer.mention.filter(|&mention| !inside(mention));
        if utterance.answer.confidence < options.threshold {
            utterance.answer.speaker = None;
        }
    }
    if is_foreign(reading) {
        for utterance in &mut utterances {
            utterance.answer = Answer::NOBODY;
        }
    }
    let story = style == Style::Dialogue;
    if story {
        woven::unsay(reading, reports, &mut utterances);
    }
    let told = |utterance: &Utterance| utterance.report.is_some_and(|report| told_in_story(&reports[report as usize]));
    layout::keep(&mut utterances, |utterance| {
        options.kinds.contains(&utterance.kind) && (!story || utterance.kind != QuoteKind::Indirect || told(utterance))
    });
    utterances
}

/// Whether a report in a story tells what somebody says: what people think and do in it is the story itself.
fn told_in_story(report: &Report) -> bool {
    report.verb.says() && report.probability >= LEAST_IN_STORY
}
