//! What the project's own tools need of the engine's inside: `examples/train.rs` makes the learned tables with it,
//! `benches/stages.rs` times the stages one by one. Behind the feature `internals`, and no part of the stable API.

mod boost;
mod reports;
mod settings;
mod speakers;

pub use reports::{GoldReport, ReportTables, ReportTexts};
pub use settings::settings;
pub use speakers::{Dialogues, GoldMention, GoldQuote, SpeakerTables};

use crate::attribute::{self, training::Dialogue};
use crate::attributor::{Attributor, Member};
use crate::entity::{self, Entities};
use crate::kind::MentionKind;
use crate::lexicon::Lexicon;
use crate::mention::{self, Mentions, Names, Phrase, Reading};
use crate::model::{self, Models, Tag, train::Example};
use crate::quotation::{self, Frame, Quotations};
use crate::report::{self, Report};
use crate::segment::{Segmentation, segment};
use crate::span::Span;
use std::collections::HashMap;

/// One text with the result of every stage, so that each can be run again by itself. Every method runs one stage anew
/// and gives back how many records it made.
#[derive(Debug)]
pub struct Stages<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    models: &'a Models,
    segmentation: Segmentation,
    quotations: Quotations,
    frames: Vec<Frame>,
    tags: Vec<Tag>,
    names: Names<'a>,
    phrases: Vec<Phrase>,
    reports: Vec<Report>,
    mentions: Mentions,
    entities: Entities,
}

impl<'a> Stages<'a> {
    /// Runs all stages on `text`, which must be shorter than 4 GiB.
    pub fn new(attributor: &'a Attributor, text: &'a str) -> Self {
        let lexicon = attributor.lexicon();
        let segmentation = segment(text, lexicon);
        let quotations = quotation::find(text, &segmentation, lexicon);
        let frames = quotation::frames(&segmentation, &quotations);
        let mut tags = model::tag(text, &segmentation, lexicon);
        let names = mention::mend_tags(text, &segmentation, &quotations, lexicon, &mut tags);
        let phrases = mention::phrases(text, &segmentation, &tags, &quotations, lexicon, &names);
        let (reports, mentions, entities) = (Vec::new(), Mentions::default(), Entities::default());
        let mut stages = Stages {
            text,
            lexicon,
            models: attributor.models(),
            segmentation,
            quotations,
            frames,
            tags,
            names,
            phrases,
            reports,
            mentions,
            entities,
        };
        stages.reports = report::find(stages.reading(), &stages.frames, report::Forests::new(&stages.models.reports));
        stages.mentions = mention::find(stages.reading(), &report::sources(&stages.reports, stages.phrases.len()));
        stages.entities = entity::find(stages.reading(), &stages.mentions, attributor.cast_forms());
        stages
    }

    /// For each entity the id of the annotated person that it is: told by the cast itself, else by its names and noun
    /// phrases, as aliases or where the annotation has mentions of that person.
    fn characters<'m>(&self, members: &'m [Member], annotated: &'m [GoldMention]) -> Vec<Option<&'m str>> {
        let normal = |name: &str| {
            let words = name.split_whitespace().map(|word| word.trim_end_matches('.'));
            let name = words.collect::<Vec<_>>().join(" ").to_lowercase();
            name.strip_prefix("the ").map_or(name.clone(), str::to_owned)
        };
        let mut by_alias: HashMap<String, &'m str> = HashMap::new();
        for member in members {
            for name in std::iter::once(member.name()).chain(member.aliases().iter().map(String::as_str)) {
                by_alias.insert(normal(name), member.name());
            }
        }
        let mut votes: Vec<HashMap<&'m str, usize>> = vec![HashMap::new(); self.entities.list.len()];
        for (mention, entity) in self.mentions.list.iter().zip(&self.entities.of_mention) {
            if let Some(entity) = entity.filter(|_| mention.kind != MentionKind::Pronoun) {
                let start = self.segmentation.tokens[mention.tokens.start as usize].start;
                let end = self.segmentation.tokens[mention.tokens.end as usize - 1].end;
                let head = self.segmentation.tokens[mention.head as usize];
                let gold =
                    annotated.binary_search_by_key(&start, |mention| mention.start).ok().map(|at| &annotated[at]);
                let gold =
                    gold.filter(|gold| gold.end >= head.end && gold.end <= end + 40).map(|gold| gold.id.as_str());
                let alias = by_alias.get(&normal(&self.text[start as usize..end as usize])).copied();
                if let Some(id) = alias.or(gold) {
                    *votes[entity as usize].entry(id).or_default() += 1;
                }
            }
        }
        self.entities
            .list
            .iter()
            .zip(votes)
            .map(|(entity, votes)| match entity.cast {
                Some(member) => Some(members[member as usize].name()),
                None => votes.into_iter().max_by_key(|&(id, count)| (count, id)).map(|(id, _)| id),
            })
            .collect()
    }

    /// The conversations of the text, with the entities that `gold` says may be speaking.
    fn dialogue(&self, gold: impl Fn(Span) -> Vec<u32>) -> Dialogue {
        Dialogue::new(self.reading(), &self.frames, &self.reports, &self.mentions, &self.entities, gold)
    }

    fn reading(&self) -> Reading<'_> {
        Reading {
            text: self.text,
            segmentation: &self.segmentation,
            tags: &self.tags,
            quotations: &self.quotations,
            phrases: &self.phrases,
            lexicon: self.lexicon,
        }
    }

    /// Paragraphs, sentences and tokens; gives the number of tokens.
    pub fn segment(&self) -> usize {
        segment(self.text, self.lexicon).tokens.len()
    }

    /// Quotations, and the frames around them.
    pub fn quotations(&self) -> usize {
        let quotations = quotation::find(self.text, &self.segmentation, self.lexicon);
        quotation::frames(&self.segmentation, &quotations).len() + quotations.list.len()
    }

    /// Part-of-speech tags.
    pub fn tags(&self) -> usize {
        model::tag(self.text, &self.segmentation, self.lexicon).len()
    }

    /// Noun phrases.
    pub fn phrases(&self) -> usize {
        mention::phrases(self.text, &self.segmentation, &self.tags, &self.quotations, self.lexicon, &self.names).len()
    }

    /// Reporting clauses.
    pub fn reports(&self) -> usize {
        report::find(self.reading(), &self.frames, report::Forests::new(&self.models.reports)).len()
    }

    /// Mentions.
    pub fn mentions(&self) -> usize {
        mention::find(self.reading(), &report::sources(&self.reports, self.phrases.len())).list.len()
    }

    /// Entities.
    pub fn entities(&self) -> usize {
        entity::find(self.reading(), &self.mentions, &[]).list.len()
    }

    /// Utterances with their speakers.
    pub fn attribution(&self) -> usize {
        let options = attribute::Options::default();
        attribute::decide(
            self.reading(),
            &self.frames,
            &self.reports,
            &self.mentions,
            &self.entities,
            &self.models.speakers,
            &options,
        )
        .len()
    }
}

/// A token of an annotated text: its bytes and its Penn Treebank tag.
#[derive(Clone, Copy, Debug)]
pub struct TaggedToken<'a> {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Penn Treebank tag.
    pub tag: &'a str,
}

/// Texts with tags, made ready for the tagger.
#[derive(Default)]
pub struct TaggedTexts(Vec<Example>);

impl std::fmt::Debug for TaggedTexts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TaggedTexts({})", self.0.len())
    }
}

/// One text whose tokens get their tags in order. Our tokens take the tag of the last annotated one inside them.
pub struct TaggedText {
    example: Example,
    /// The token that waits for its (next) tag.
    at: usize,
}

impl std::fmt::Debug for TaggedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TaggedText({} tokens)", self.example.tags.len())
    }
}

impl TaggedText {
    /// Segments `text`.
    ///
    /// # Panics
    ///
    /// Panics if the built-in tables cannot be read, which no text can cause.
    pub fn new(text: &str) -> Self {
        let lexicon = Lexicon::new(&[]).expect("the built-in tables are sound");
        let segmentation = segment(text, &lexicon);
        let tags = vec![None; segmentation.tokens.len()];
        TaggedText { example: Example { text: text.to_owned(), segmentation, tags }, at: 0 }
    }

    /// Takes the next annotated token.
    pub fn push(&mut self, piece: TaggedToken<'_>) {
        let tokens = &self.example.segmentation.tokens;
        while tokens.get(self.at).is_some_and(|token| token.end < piece.end) {
            self.at += 1;
        }
        if tokens.get(self.at).is_some_and(|token| token.start <= piece.start) {
            let slot = &mut self.example.tags[self.at];
            *slot = Some(match (*slot, Tag::from_penn(piece.tag)) {
                // "long-running": a compound modifies.
                (Some(_), Tag::Participle | Tag::Gerund) => Tag::Adjective,
                (_, tag) => tag,
            });
        }
    }
}

impl Extend<TaggedText> for TaggedTexts {
    fn extend<T: IntoIterator<Item = TaggedText>>(&mut self, texts: T) {
        self.0.extend(texts.into_iter().map(|text| text.example));
    }
}

impl TaggedTexts {
    /// Learns the tagger's table, the bytes of `src/model/tagger.bin`.
    ///
    /// # Panics
    ///
    /// Panics if the built-in tables cannot be read, which no text can cause.
    pub fn train_tagger(&self) -> Vec<u8> {
        let lexicon = Lexicon::new(&[]).expect("the built-in tables are sound");
        model::train::train(&self.0, settings::EPOCHS, &lexicon)
    }

    /// The share of tokens on which the compiled-in tagger agrees with the annotation, and how many were compared.
    ///
    /// # Panics
    ///
    /// Panics if the built-in tables cannot be read, which no text can cause.
    pub fn tagger_agreement(&self) -> (f64, usize) {
        let lexicon = Lexicon::new(&[]).expect("the built-in tables are sound");
        let (mut right, mut all) = (0, 0);
        for Example { text, segmentation, tags } in &self.0 {
            for (found, gold) in model::tag(text, segmentation, &lexicon).iter().zip(tags) {
                if let Some(gold) = gold {
                    all += 1;
                    right += usize::from(found == gold);
                }
            }
        }
        (right as f64 / all.max(1) as f64, all)
    }
}
