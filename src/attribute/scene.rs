//! Where a turn stands: the layers around it, and the ways from one to another.

use super::Utterance;
use super::turns::{Turn, paragraph_tokens};
use crate::document::Run;
use crate::entity::Entities;
use crate::mention::{Mentions, Reading};

/// The layers that candidates are found in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) mentions: &'a Mentions,
    pub(super) entities: &'a Entities,
    pub(super) utterances: &'a [Utterance],
    pub(super) turns: &'a [Turn],
    /// The share of the sure speakers who are in the cast that the caller handed in: near 1 where everybody is.
    pub(super) cast: f32,
}

/// The share of the sure speakers of a text who are in the caller's cast.
pub(super) fn cast_share(entities: &Entities, turns: &[Turn]) -> f32 {
    let sure = || turns.iter().filter_map(|turn| turn.anchor);
    let known = sure().filter(|&speaker| entities.get(speaker).cast.is_some()).count();
    known as f32 / sure().count().max(1) as f32
}

impl Scene<'_> {
    pub(super) fn first_mention_from(&self, token: u32) -> usize {
        self.mentions.list.partition_point(|mention| mention.head < token)
    }

    /// The mentions by which a turn calls somebody.
    pub(super) fn vocatives(&self, turn: &Turn) -> impl Iterator<Item = usize> {
        let list = &self.mentions.list;
        let end = turn.tokens.end;
        let first = self.first_mention_from(turn.tokens.start);
        (first..list.len()).take_while(move |&at| list[at].head < end).filter(|&at| list[at].vocative)
    }

    /// The paragraphs of a turn.
    pub(super) fn paragraphs(&self, turn: &Turn) -> Run {
        Run::new(
            paragraph_tokens(self.reading, turn.paragraph).start,
            paragraph_tokens(self.reading, turn.last_paragraph).end,
        )
    }

    /// The first token of the sentence that a token stands in.
    pub(super) fn sentence_start(&self, token: u32) -> u32 {
        let sentences = &self.reading.segmentation.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(at).map_or(token, |sentence| sentence.tokens.start)
    }

    /// The token from which distances to mentions before the turn are counted.
    pub(super) fn looks_from(&self, turn: &Turn) -> u32 {
        turn.open_tag.map_or(turn.tokens.start, |tag| self.mentions.list[tag.mention as usize].head)
    }
}
