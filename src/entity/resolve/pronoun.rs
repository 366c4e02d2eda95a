//! Pronouns: who was last spoken of, agrees, and stands out most.

use super::Walk;
use crate::entity::{Entity, agree};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, List};
use crate::mention::{Being, Mention, Person};

/// How many entities are kept in mind for pronouns.
pub(super) const MEMORY: usize = 14;

/// How many tokens back an antecedent may lie.
const WINDOW: u32 = 260;

/// An entity as last spoken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recent {
    pub(super) entity: u32,
    pub(super) token: u32,
    pub(super) paragraph: u32,
    /// How much it stands out at its last mention.
    pub(super) weight: f32,
    pub(super) source: bool,
}

/// What makes an entity stand out for a pronoun after its mention.
#[derive(Debug)]
pub(super) struct Weights {
    pub(super) subject: f32,
    pub(super) source: f32,
    /// A pronoun keeps to the matter in hand.
    pub(super) pronoun: f32,
    pub(super) quoted: f32,
    pub(super) located: f32,
    /// The last source of all.
    pub(super) last_source: f32,
    pub(super) named: f32,
    /// Each of the first twenty mentions.
    pub(super) mention: f32,
    pub(super) same_gender: f32,
    pub(super) no_gender: f32,
    /// A noun for a person of either gender, in the paragraph of the pronoun.
    pub(super) stranger: f32,
    /// Known for what a noun phrase tells of somebody.
    pub(super) role: f32,
    /// What a mention loses by each token and each paragraph that follows.
    pub(super) token: f32,
    pub(super) paragraph: f32,
    /// In the paragraph of the pronoun.
    pub(super) here: f32,
}

/// Fitted to pronouns of training texts of news.
pub(super) const IN_REPORTS: Weights = Weights {
    subject: 1.2,
    source: 0.9,
    pronoun: 0.3,
    quoted: -2.0,
    located: -2.0,
    last_source: 0.4,
    named: 0.9,
    mention: 0.045,
    same_gender: 1.4,
    no_gender: -1.2,
    stranger: 0.0,
    role: 2.0,
    token: 0.025,
    paragraph: 0.8,
    here: 0.0,
};

/// Fitted to pronouns in tags of training novels: there the speaker before is not the one who speaks now, and scenes go
/// on over many paragraphs; `here` to those in the narration of training texts too.
pub(super) const IN_STORIES: Weights = Weights {
    subject: 0.6,
    source: 0.3,
    pronoun: 0.0,
    quoted: -3.0,
    located: -2.0,
    last_source: 0.0,
    named: 1.05,
    mention: 0.05,
    same_gender: 1.0,
    no_gender: -2.0,
    stranger: 1.5,
    role: 2.0,
    token: 0.025,
    paragraph: 0.15,
    here: 1.0,
};

impl Recent {
    /// What is left of the weight at `mention`.
    pub(super) fn weight_at(&self, mention: &Mention, weights: &Weights) -> f32 {
        let tokens = mention.tokens.start.saturating_sub(self.token);
        let paragraphs = mention.paragraph - self.paragraph;
        self.weight - weights.token * tokens as f32 - weights.paragraph * paragraphs as f32
    }
}

impl Walk<'_> {
    pub(super) fn pronoun(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let class = self.reading.class(mention.head);
        if class.any(Class::RELATIVE) {
            // "X, who": whoever was named right before.
            let before = at.checked_sub(1)?;
            let near = mention.tokens.start.checked_sub(self.mention(before).tokens.end)? <= 12;
            return near.then(|| self.out.of_mention[before])?;
        }
        if class.any(Class::INDEFINITE.or(Class::QUANTIFIER)) {
            let entity = self.new_entity(at);
            if class.any(Class::QUANTIFIER) {
                self.out.list[entity as usize].number = Number::Plural;
            }
            return Some(entity);
        }
        match mention.person {
            Person::First if !mention.quoted && mention.number == Number::Singular => self.narrator,
            Person::First | Person::Second => None,
            // Inside a quotation the world is the speaker's.
            Person::Third if mention.quoted => None,
            Person::Third => self.antecedent(at),
        }
    }

    /// Whom "he", "she", "they" or "it" stands for: of those last spoken of the best that agrees.
    fn antecedent(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().rev() {
            if let Some(score) = self.score(mention, recent)
                && best.is_none_or(|(highest, _)| score > highest)
            {
                best = Some((score, recent.entity));
            }
        }
        let (_, entity) = best?;
        let known = &mut self.out.list[entity as usize];
        if known.gender == Gender::Unknown && mention.gender != Gender::Unknown && (known.named || known.sources > 0) {
            known.gender = mention.gender;
            known.gender_evidence = Some(at as u32);
        }
        Some(entity)
    }

    /// How well `recent` goes with a pronoun; `None` if it cannot be meant.
    pub(super) fn score(&self, mention: &Mention, recent: &Recent) -> Option<f32> {
        let entity = self.out.get(recent.entity);
        let distance = mention.tokens.start.saturating_sub(recent.token);
        if distance > WINDOW || self.is_only_quoted(mention, entity) {
            return None;
        }
        let mut score = self.agreeing(recent.weight_at(mention, self.weights), mention, entity)?;
        score += if recent.paragraph == mention.paragraph { self.weights.here } else { 0.0 };
        // "The visitor moved on. He …": a noun that tells no gender tells little against either.
        let stranger = entity.being == Being::Person && entity.gender == Gender::Unknown && !entity.named;
        let here = stranger && mention.gender != Gender::Unknown && recent.paragraph == mention.paragraph;
        score += if here { self.weights.stranger } else { 0.0 };
        score += self.weights.mention * entity.mentions.min(20) as f32;
        score += if self.last_source == Some(recent.entity) { self.weights.last_source } else { 0.0 };
        Some(score)
    }

    /// “The members will come,” they said: whoever is only spoken of in marks does not speak there, and “my brother” is
    /// nobody's to tell of.
    fn is_only_quoted(&self, mention: &Mention, entity: &Entity) -> bool {
        if entity.named || entity.cast.is_some() {
            return false;
        }
        let first = self.mention(entity.first as usize);
        let once = (self.reports || mention.number == Number::Plural) && mention.source && entity.mentions == 1;
        first.quoted && (once || self.reading.class(first.tokens.start).any(Class::FIRST.or(Class::SECOND)))
    }

    /// The `score` of an entity with what its number, gender and kind add to it; `None` if they do not go with the pronoun.
    fn agreeing(&self, score: f32, mention: &Mention, entity: &Entity) -> Option<f32> {
        let body = || matches!(entity.being, Being::Group | Being::Document | Being::Place);
        match (mention.number, mention.gender) {
            (Number::Plural, _) => {
                let plural = entity.number == Number::Plural;
                if !plural && entity.being != Being::Group || entity.narrator {
                    return None;
                }
                // What "they said" is no resolution's, if a council can have said it.
                let silent = mention.source && entity.being == Being::Document && entity.sources == 0;
                Some(match (silent, plural) {
                    (true, _) => score - 1.5,
                    (false, true) => score + 1.5,
                    (false, false) => score,
                })
            }
            (Number::Singular, Gender::Unknown) => {
                // Whoever acts or speaks in a story is no "it" by name.
                let unknown = entity.being == Being::Unknown
                    && entity.gender == Gender::Unknown
                    && entity.named
                    && (self.reports || entity.sources + entity.acts == 0);
                // "It" may be the dragon.
                let creature = || {
                    let kind = Class::PERSON_NOUN.or(Class::NEUTER);
                    !entity.named
                        && entity.cast.is_none()
                        && entity.gender == Gender::Unknown
                        && self.reading.class(self.mention(entity.first as usize).head).all(kind)
                };
                if entity.number == Number::Plural && !entity.named || !(body() || unknown || creature()) {
                    return None;
                }
                Some(score + if entity.being == Being::Place { -0.5 } else { 0.5 })
            }
            (Number::Singular, gender) => {
                if entity.number == Number::Plural || body() || !agree(entity.gender, gender) || entity.narrator {
                    return None;
                }
                let same = entity.gender == gender;
                let score = score + if same { self.weights.same_gender } else { self.weights.no_gender };
                Some(score + if entity.named { self.weights.named } else { 0.0 })
            }
        }
    }

    /// "in Madurai", "at Ainstable", but not "in Lund's face": a name for somewhere, unless it is known for a person's.
    pub(super) fn is_located(&self, mention: &Mention) -> bool {
        mention.kind == MentionKind::Name
            && mention.being == Being::Unknown
            && !mention.possessive
            && mention.tokens.start > 0
            && self.reading.lists(List::Locating, mention.tokens.start - 1)
    }

    /// Remembers that `entity` was spoken of at mention `at`.
    pub(super) fn note(&mut self, at: usize, entity: u32) {
        let mention = self.mention(at);
        let known = &mut self.out.list[entity as usize];
        known.mentions += 1;
        // "the director" names somebody better than "director" in "became director".
        if mention.source && known.sources == 0 && !known.named && mention.kind == MentionKind::Nominal {
            known.best = at as u32;
        }
        // Of a story's "it says" hardly anybody is the speaker.
        let thing = !self.reports && mention.kind == MentionKind::Pronoun && mention.being == Being::Group;
        known.sources += u32::from(mention.source && !thing);
        known.acts += u32::from(mention.vocative || (mention.subject && !mention.quoted));
        let old = self.recent.iter().position(|recent| recent.entity == entity).map(|old| self.recent.remove(old));
        // “Don't, Mum.” She smiled: what the speaker calls a relative is no name that narration goes back to.
        if old.is_none() && mention.quoted && mention.is_relative(&self.reading) {
            return;
        }
        if mention.source {
            self.last_source = Some(entity);
        }
        // "She thanked Ada, who left": in its clause, not in the sentence.
        let relative = self.reading.class(mention.head).any(Class::RELATIVE);
        let shown = [
            (mention.subject && !relative, self.weights.subject),
            (mention.source, self.weights.source),
            (mention.kind == MentionKind::Pronoun, self.weights.pronoun),
            (mention.quoted, self.weights.quoted),
            (self.is_located(mention), self.weights.located),
        ];
        let weight = shown.into_iter().filter_map(|(shown, weight)| shown.then_some(weight)).sum();
        self.recent.push(Recent {
            entity,
            token: mention.tokens.start,
            paragraph: mention.paragraph,
            // A possessive or a name inside a quotation does not take away what a subject just before has.
            weight: old.map_or(weight, |old| old.weight_at(mention, self.weights).max(weight)),
            source: mention.source
                || old.is_some_and(|old| old.source && mention.tokens.start.saturating_sub(old.token) < 12),
        });
        if self.recent.len() > MEMORY {
            self.recent.remove(0);
        }
    }
}
