//! Who says "I": the narrator of a story, the author of a column, the writer of a letter.

use std::collections::HashMap;

use super::Walk;
use crate::kind::{MentionKind, Number};
use crate::lexicon::BuildWordHasher;
use crate::mention::{Being, Mention, Person};

/// Paragraphs among which a byline stands.
const BYLINE: u32 = 6;

/// Narration in the first person: this share of the tokens outside quotations is "I", "me" or "my".
const NARRATOR_SHARE: f64 = 0.006;

impl Walk<'_> {
    /// Whether the narration says "I", and an entity for whoever does.
    pub(super) fn find_narrator(&mut self) {
        let first_person = |mention: &&Mention| {
            mention.person == Person::First && mention.number == Number::Singular && !mention.quoted
        };
        let count = self.mentions.list.iter().filter(first_person).count();
        let outside = self.reading.quotations.outside();
        let speaks = self.mentions.list.iter().any(|mention| first_person(&mention) && mention.source);
        let often = (count as f64) >= NARRATOR_SHARE * outside as f64;
        if !speaks && (count < 4 || !often) {
            return;
        }
        if let Some(at) = self.mentions.list.iter().position(|mention| first_person(&mention)) {
            // One "I said" that is misread makes nobody the narrator of a whole novel.
            let teller = self.narrators_name().filter(|_| often);
            let entity = match self.introduction().or_else(|| self.signature()).or(teller) {
                Some(entity) => entity,
                None => self.new_entity(at),
            };
            let narrator = &mut self.out.list[entity as usize];
            narrator.narrator = true;
            narrator.being = Being::Person;
            self.narrator = Some(entity);
        }
    }

    /// "My name is Ada Lund": the name that the narrator gives.
    fn introduction(&self) -> Option<u32> {
        let text = |at: u32| self.reading.tags.get(at as usize).map_or("", |_| self.reading.text(at));
        (1..self.mentions.list.len()).find_map(|at| {
            let mention = self.mention(at);
            let start = mention.tokens.start;
            let named = mention.kind == MentionKind::Name
                && !mention.quoted
                && start >= 3
                && matches!(text(start - 1), "is" | "was")
                && text(start - 2) == "name"
                && matches!(text(start - 3), "My" | "my");
            match self.clusters.candidates(at) {
                [entity] if named => Some(*entity),
                _ => None,
            }
        })
    }

    /// Who signs a column: "By Ada Lund" at its head, or "Ada Lund is a poet." as its end, of nobody spoken of before. The
    /// author of a story is not who tells it.
    fn signature(&self) -> Option<u32> {
        if !self.reports {
            return None;
        }
        let last = self.reading.segmentation.paragraphs.len() as u32 - 1;
        let named = |mention: &&(usize, &Mention)| mention.1.kind == MentionKind::Name && !mention.1.quoted;
        let opens = |token: u32, paragraph: u32| {
            let paragraph = self.reading.segmentation.paragraphs[paragraph as usize];
            self.reading.segmentation.paragraph_tokens(paragraph).start == token
        };
        let signs = |(_, mention): &(usize, &Mention)| {
            let start = mention.tokens.start;
            let by = start > 0 && matches!(self.reading.text(start - 1), "By" | "by" | "BY");
            by && mention.paragraph < BYLINE && opens(start - 1, mention.paragraph)
        };
        let ends = |(_, mention): &(usize, &Mention)| {
            let is = self.reading.tags.get(mention.tokens.end as usize).is_some_and(|tag| tag.is_finite());
            is && mention.paragraph == last && opens(mention.tokens.start, last)
        };
        let mentions = self.mentions.list.iter().enumerate();
        let byline = mentions
            .clone()
            .take_while(|(_, mention)| mention.paragraph < BYLINE)
            .find(|mention| named(&mention) && signs(mention));
        let end = mentions
            .rev()
            .take_while(|(_, mention)| mention.paragraph == last)
            .find(|mention| named(&mention) && ends(mention));
        let entity = |at: usize| match *self.clusters.candidates(at) {
            [entity] if self.out.get(entity).being != Being::Group => Some(entity),
            _ => None,
        };
        let only = |entity: &u32| {
            let mut before = self.mentions.list.iter().enumerate().take_while(|(_, mention)| mention.paragraph < last);
            !before.any(|(at, _)| self.clusters.candidates(at).contains(entity))
        };
        byline.and_then(|(at, _)| entity(at)).or_else(|| end.and_then(|(at, _)| entity(at)).filter(only))
    }

    /// The name that others call the narrator by: spoken in address right before or after the narrator speaks, and hardly
    /// ever the subject of narration.
    fn narrators_name(&self) -> Option<u32> {
        #[derive(Default)]
        struct Uses {
            answered: u32,
            quoted: u32,
            all: u32,
            sources: u32,
        }
        let speaks = |mention: &&Mention| mention.source && mention.person == Person::First && !mention.quoted;
        let mut speaking: Vec<u32> =
            self.mentions.list.iter().filter(speaks).map(|mention| mention.paragraph).collect();
        speaking.dedup();
        let mut uses: HashMap<u32, Uses, BuildWordHasher> = HashMap::default();
        for (at, mention) in self.mentions.list.iter().enumerate() {
            if mention.kind != MentionKind::Name {
                continue;
            }
            for &entity in self.clusters.candidates(at) {
                let entry = uses.entry(entity).or_default();
                entry.all += 1;
                entry.quoted += u32::from(mention.quoted);
                entry.sources += u32::from(mention.source);
                if mention.vocative {
                    // Whoever answers the narrator's own words calls the narrator, and so does who asks what the narrator
                    // answers; a turn further off somebody else may be called.
                    let near = speaking.partition_point(|&paragraph| paragraph + 2 < mention.paragraph);
                    let near = speaking[near..].iter().take_while(|&&paragraph| paragraph <= mention.paragraph + 2);
                    let weight = |&paragraph: &u32| match i64::from(mention.paragraph) - i64::from(paragraph) {
                        0 => 0,
                        1 => 2,
                        -1 if self.asks(mention.paragraph) => 2,
                        _ => 1,
                    };
                    entry.answered += near.map(weight).max().unwrap_or(0);
                }
            }
        }
        uses.into_iter()
            .filter(|(entity, uses)| {
                let being = self.out.list[*entity as usize].being;
                uses.answered >= 2
                    && !matches!(being, Being::Group | Being::Place)
                    && 10 * uses.quoted >= 7 * uses.all
                    && 20 * uses.sources <= uses.all
            })
            .max_by_key(|(entity, uses)| (uses.answered, std::cmp::Reverse(*entity)))
            .map(|(entity, _)| entity)
    }

    /// Whether a paragraph ends in a question.
    fn asks(&self, paragraph: u32) -> bool {
        let paragraph = self.reading.segmentation.paragraphs[paragraph as usize];
        let tokens = self.reading.segmentation.paragraph_tokens(paragraph);
        (tokens.start..tokens.end).rev().take(2).any(|at| self.reading.text(at) == "?")
    }

    /// "Q:" and "A:": the questions of an interview are nobody's who has a name, the answers are those of whom it is with.
    pub(super) fn letter(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        // Most mentions are none, and their letters need not be looked at.
        if !mention.source {
            return None;
        }
        let head = mention.head;
        let letter = self.reading.text(head);
        let label = matches!(letter, "Q" | "A")
            && (head as usize + 1) < self.reading.tags.len()
            && self.reading.text(head + 1) == ":";
        if !label {
            return None;
        }
        if let Some(&entity) = self.by_words.get(letter) {
            return Some(entity);
        }
        let named = (0..self.out.list.len() as u32).filter(|&entity| {
            let known = self.out.get(entity);
            letter == "A" && known.named && known.mentions > 0 && self.out.is_person(entity)
        });
        let most = named.max_by_key(|&entity| (self.out.get(entity).mentions, std::cmp::Reverse(entity)));
        let entity = most.unwrap_or_else(|| self.new_entity(at));
        self.by_words.insert(letter.to_owned(), entity);
        Some(entity)
    }
}
