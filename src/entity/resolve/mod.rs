//! One walk over the mentions, from left to right, that gives each its entity.

mod answer;
mod kin;
mod narrator;
mod nominal;
mod pronoun;

use std::collections::HashMap;

use super::cluster::Clusters;
use super::{Entities, Entity, agree, words_of};
use crate::document::Run;
use crate::kind::{Gender, MentionKind, Number, TokenKind};
use crate::lexicon::{BuildWordHasher, Class, TextMap};
use crate::mention::{Mention, Mentions, Reading};
use kin::Kin;
use pronoun::{IN_REPORTS, IN_STORIES, MEMORY, Recent, Weights};

/// Gives every mention its entity.
pub(crate) fn resolve(reading: Reading<'_>, mentions: &Mentions, clusters: Clusters, reports: bool) -> Entities {
    let mut walk = Walk {
        reading,
        mentions,
        out: Entities { list: clusters.entities.clone(), of_mention: vec![None; mentions.list.len()] },
        clusters,
        recent: Vec::with_capacity(MEMORY + 1),
        by_head: TextMap::default(),
        by_words: TextMap::default(),
        by_role: TextMap::default(),
        kin: Kin::default(),
        relatives: HashMap::default(),
        renamed: HashMap::default(),
        turned_out: HashMap::default(),
        narrator: None,
        last_source: None,
        reports,
        weights: if reports { &IN_REPORTS } else { &IN_STORIES },
    };
    walk.find_narrator();
    for at in 0..mentions.list.len() {
        let entity = walk.entity_of(at);
        walk.out.of_mention[at] = entity;
        if let Some(entity) = entity {
            walk.note(at, entity);
        }
    }
    if !reports {
        walk.name_relatives();
        walk.name_those_who_say_it();
        walk.name_those_who_answer();
    }
    walk.name_those_who_turned_out();
    // A role in capitals, or a letter before an answer, is whoever has it.
    for entity in walk.out.list.iter_mut().filter(|entity| entity.mentions == 0) {
        entity.best = u32::MAX;
    }
    walk.out
}

struct Walk<'a> {
    reading: Reading<'a>,
    mentions: &'a Mentions,
    clusters: Clusters,
    out: Entities,
    /// The last to be spoken of, the latest at the end.
    recent: Vec<Recent>,
    /// The last entity named by a noun, by that noun.
    by_head: TextMap<&'a str, u32>,
    by_words: TextMap<String, u32>,
    /// Who is "the mayor": by titles and appositions.
    by_role: TextMap<String, Vec<u32>>,
    kin: Kin<'a>,
    /// How often a noun by which somebody is called means somebody with a name: “Papa!”, Miss Lund's father.
    relatives: HashMap<(u32, u32), u32, BuildWordHasher>,
    /// Whose role a name was found to be.
    renamed: HashMap<u32, u32, BuildWordHasher>,
    /// Whose name stood only further on, by whom a noun meant before.
    turned_out: HashMap<u32, u32, BuildWordHasher>,
    narrator: Option<u32>,
    /// The last entity that was the source of a report.
    last_source: Option<u32>,
    /// Whether the text is a report.
    reports: bool,
    weights: &'static Weights,
}

impl<'a> Walk<'a> {
    /// Gives the mentions of those whose name stood only further on to whoever has it.
    fn name_those_who_turned_out(&mut self) {
        if self.turned_out.is_empty() {
            return;
        }
        for entity in self.out.of_mention.iter_mut().flatten() {
            *entity = self.turned_out.get(entity).copied().unwrap_or(*entity);
        }
        for (&before, &named) in &self.turned_out {
            let earlier = &mut self.out.list[before as usize];
            let counts = [&mut earlier.mentions, &mut earlier.sources, &mut earlier.acts].map(std::mem::take);
            let named = &mut self.out.list[named as usize];
            let sums = [&mut named.mentions, &mut named.sources, &mut named.acts];
            sums.into_iter().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }

    fn mention(&self, at: usize) -> &'a Mention {
        &self.mentions.list[at]
    }

    fn new_entity(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        self.out.list.push(Entity {
            best: at as u32,
            gender: mention.gender,
            gender_evidence: (mention.gender != Gender::Unknown).then_some(at as u32),
            number: mention.number,
            being: mention.being,
            first: at as u32,
            indefinite: mention.kind == MentionKind::Nominal && !mention.definite,
            ..Entity::UNKNOWN
        });
        self.out.list.len() as u32 - 1
    }

    fn entity_of(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        if let Some(entity) = self.letter(at) {
            return Some(entity);
        }
        match mention.kind {
            MentionKind::Name => self.name(at),
            MentionKind::Nominal => Some(self.nominal(at)),
            MentionKind::Pronoun => self.pronoun(at),
        }
    }

    fn name(&mut self, at: usize) -> Option<u32> {
        if let Some(holder) = self.office(at) {
            return Some(holder);
        }
        let mention = self.mention(at);
        let candidates = self.clusters.candidates(at);
        let entity = match candidates {
            [] => return None,
            [entity] => *entity,
            _ => {
                let latest = self.recent.iter().rev().find(|recent| candidates.contains(&recent.entity));
                // Of two as often spoken of it is the first, who is better known by the name.
                let count = |&entity: &u32| self.out.list[entity as usize].mentions;
                let most = || candidates.iter().rev().copied().max_by_key(count);
                latest.map(|recent| recent.entity).or_else(most)?
            }
        };
        self.learn_roles(mention, entity);
        self.learn_kin(at, mention.words.start.checked_sub(1), entity);
        Some(entity)
    }

    /// "The Railway Minister, Mr. Subramaniam,": whose role a report means by what looks like a name.
    fn office(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        if !self.reports || !mention.is_office(&self.reading) {
            return None;
        }
        let [office] = *self.clusters.candidates(at) else { return None };
        if let Some(entity) = self.named_by(at).filter(|&entity| entity != office) {
            self.renamed.insert(office, entity);
            return Some(entity);
        }
        let words = words_of(&self.reading, mention.tokens);
        // "the Portland Democrat": one of those named.
        if self.reading.class(mention.head).any(Class::GENERIC_PERSON)
            && let Some(entity) = self.officeholder(mention, &words, self.reading.text(mention.head))
        {
            return Some(entity);
        }
        let holder = || self.by_role.get(&words).and_then(|holders| holders.last());
        let entity = self.renamed.get(&office).or_else(holder).copied().filter(|&entity| entity != office)?;
        self.renamed.insert(office, entity);
        Some(entity)
    }

    /// Takes over what the words at a name tell of its bearer: what she is called by from here on.
    fn learn_roles(&mut self, mention: &Mention, entity: u32) {
        // "Ada Lund, 24,": she is "the 24-year-old".
        if let Some(age) = self.age_behind(mention) {
            self.has_role(&format!("{age}-year-old"), entity);
        }
        // "Mayor Lund": she is "the mayor"; but "Lady Lund" is not "the lady" alone.
        let title = mention.title.is_some_and(|title| !title.honorific) && !self.is_generic_title(mention);
        if title && mention.words.start > mention.tokens.start {
            let title = words_of(&self.reading, Run::new(mention.tokens.start, mention.words.start));
            self.has_role(&title, entity);
            // "Prime Minister Lund" is "the minister", "Sen. Lund" is "the senator".
            let last = title.rsplit(' ').next().unwrap_or(&title);
            let noun = self.reading.lexicon.title_noun(last);
            self.was_called(mention, noun, entity);
            self.has_role(last, entity);
            // "Detective Sergeant Lund" is "the detective" too.
            let titles = title.split(' ').filter(|word| self.reading.lexicon.title(word).is_some());
            for word in titles {
                self.has_role(self.reading.lexicon.title_noun(word), entity);
            }
            for other in self.reading.lexicon.other_title_nouns(noun) {
                self.has_role(other, entity);
            }
        } else if mention.tokens.start > 0 && (title || self.reports && self.is_called(mention)) {
            let title = self.reading.text(mention.tokens.start - 1).to_lowercase();
            self.has_role(&title, entity);
        }
    }

    /// "Lieutenant Lund turned.", where a story spoke of "the lieutenant" shortly before and of no Lund: that was he.
    fn was_called(&mut self, mention: &Mention, noun: &str, entity: u32) {
        if self.reports || self.out.get(entity).mentions > 0 {
            return;
        }
        let Some(&before) = self.by_head.get(noun) else { return };
        let earlier = self.out.get(before);
        let mut recent = self.recent.iter().rev();
        let near =
            recent.any(|recent| recent.entity == before && mention.paragraph - recent.paragraph <= nominal::NEAR);
        let definite = !earlier.named && !earlier.indefinite && earlier.number == Number::Singular;
        if near && definite && agree(earlier.gender, self.out.get(entity).gender) {
            self.turned_out.entry(before).or_insert(entity);
        }
    }

    /// The age between commas behind a name.
    fn age_behind(&self, mention: &Mention) -> Option<&'a str> {
        let end = mention.tokens.end;
        let reading = &self.reading;
        let known = (end as usize) + 1 < reading.tags.len() && reading.text(end) == ",";
        let age = Some(end + 1).filter(|&at| known && reading.token(at).kind == TokenKind::Number)?;
        let plain = reading.text(age).len() <= 3 && reading.text(age).bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| reading.text(age))
    }

    /// "striker Ada Lund": a noun for a person right before a name of several words.
    fn is_called(&self, mention: &Mention) -> bool {
        let noun = mention.tokens.start - 1;
        noun >= mention.phrase.start
            && mention.title.is_none()
            && mention.words.end - mention.words.start > 1
            && self.reading.class(noun).any(Class::PERSON_NOUN)
    }

    /// "Lady Lund": a title that is a noun for anybody.
    fn is_generic_title(&self, mention: &Mention) -> bool {
        mention.words.start > mention.tokens.start
            && self.reading.class(mention.words.start - 1).any(Class::GENERIC_PERSON)
    }
}
