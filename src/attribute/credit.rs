//! Credits: a name behind a dash in a paragraph of its own, below the words. “…” ¶ — Ada Lund, a baker

use super::Utterance;
use super::turns::{paragraph_of, paragraph_tokens};
use crate::kind::MentionKind;
use crate::mention::{Mentions, Reading};
use crate::model::Tag;
use crate::segment::is_dash;

/// Tokens of a credit, at most.
const LONGEST: u32 = 16;

/// Tokens between the words and their credit, at most: marks that close.
const BETWEEN: u32 = 2;

/// The name that the paragraph behind an utterance credits with it.
pub(super) fn credited(reading: Reading<'_>, mentions: &Mentions, utterance: &Utterance) -> Option<u32> {
    let last = utterance.parts[utterance.parts.len() - 1];
    let paragraph = paragraph_of(reading, last.end.checked_sub(1)?, utterance.paragraph) + 1;
    if paragraph as usize >= reading.segmentation.paragraphs.len() {
        return None;
    }
    let tokens = paragraph_tokens(reading, paragraph);
    let dash = reading.text(tokens.start) == "-" || is_dash(reading.text(tokens.start));
    if !dash || tokens.end - tokens.start > LONGEST || tokens.start.checked_sub(last.end)? > BETWEEN {
        return None;
    }
    let closes = (last.end..tokens.start).all(|at| reading.tag(at) == Tag::Mark);
    let first = mentions.list.partition_point(|mention| mention.head <= tokens.start);
    let inside = mentions.list[first..].iter().take_while(|mention| mention.head < tokens.end);
    let (at, mention) = (first..).zip(inside).find(|(_, mention)| mention.phrase.start == tokens.start + 1)?;
    let ends = mention.tokens.end >= tokens.end || matches!(reading.text(mention.tokens.end), "," | "." | "(" | "of");
    let told = || (mention.tokens.end..tokens.end).any(|at| reading.tag(at).is_finite());
    (closes && mention.kind == MentionKind::Name && ends && !told()).then_some(at as u32)
}
