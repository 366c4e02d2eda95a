//! One walk over the mentions, from left to right, that gives each its entity.

use std::collections::HashMap;

use super::cluster::Clusters;
use super::{Entities, Entity, agree};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{BuildWordHasher, Class};
use crate::mention::{Being, Mention, Mentions, Person, Reading};

/// How many entities are kept in mind for pronouns.
const MEMORY: usize = 14;

/// How many tokens back an antecedent may lie.
const WINDOW: u32 = 260;

/// Narration in the first person: this share of the tokens outside quotations is "I", "me" or "my".
const NARRATOR_SHARE: f64 = 0.006;

/// Gives every mention its entity.
pub(crate) fn resolve(reading: Reading<'_>, mentions: &Mentions, clusters: Clusters) -> Entities {
    let mut walk = Walk {
        reading,
        mentions,
        out: Entities { list: clusters.entities.clone(), of_mention: vec![None; mentions.list.len()] },
        clusters,
        recent: Vec::with_capacity(MEMORY + 1),
        by_head: HashMap::default(),
        by_words: HashMap::default(),
        by_role: HashMap::default(),
        kin: HashMap::default(),
        narrator: None,
    };
    walk.learn_places();
    walk.learn_genders();
    walk.find_narrator();
    for at in 0..mentions.list.len() {
        let entity = walk.entity_of(at);
        walk.out.of_mention[at] = entity;
        if let Some(entity) = entity {
            walk.note(at, entity);
        }
    }
    walk.out
}

/// An entity as last spoken of.
#[derive(Clone, Copy, Debug)]
struct Recent {
    entity: u32,
    token: u32,
    paragraph: u32,
    subject: bool,
    source: bool,
    quoted: bool,
}

struct Walk<'a> {
    reading: Reading<'a>,
    mentions: &'a Mentions,
    clusters: Clusters,
    out: Entities,
    /// The last to be spoken of, the latest at the end.
    recent: Vec<Recent>,
    /// The last entity named by a noun, by that noun.
    by_head: HashMap<&'a str, u32>,
    by_words: HashMap<String, u32>,
    /// Who is "the mayor": by titles and appositions.
    by_role: HashMap<String, u32>,
    kin: HashMap<(u32, &'a str), u32>,
    narrator: Option<u32>,
}

impl<'a> Walk<'a> {
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
            narrator: false,
            named: false,
            cast: None,
            mentions: 0,
            sources: 0,
            first: at as u32,
            indefinite: mention.kind == MentionKind::Nominal && !mention.definite,
            acts: 0,
        });
        self.out.list.len() as u32 - 1
    }

    /// Names of which nothing else is known, and which stand behind "in" or "at" again and again: places.
    fn learn_places(&mut self) {
        let mut uses: HashMap<u32, (u32, u32), BuildWordHasher> = HashMap::default();
        for (at, mention) in self.mentions.list.iter().enumerate() {
            let [entity] = *self.clusters.candidates(at) else { continue };
            let known = &self.out.list[entity as usize];
            if known.being != Being::Unknown || known.gender != Gender::Unknown || known.cast.is_some() {
                continue;
            }
            let before = mention.tokens.start.checked_sub(1).map_or("", |before| self.reading.text(before));
            let uses = uses.entry(entity).or_default();
            uses.0 += 1;
            uses.1 += u32::from(matches!(before, "in" | "In" | "at" | "At" | "near" | "into" | "through" | "from"));
        }
        for (entity, (all, places)) in uses {
            if places >= 3 && 3 * places >= all {
                self.out.list[entity as usize].being = Being::Place;
            }
        }
    }

    /// Genders of names that neither title nor given name tell: by the pronoun that follows the name as a subject, with
    /// nobody else named in between.
    fn learn_genders(&mut self) {
        let mut votes: HashMap<u32, (u32, u32, u32), BuildWordHasher> = HashMap::default();
        let mut last: Option<(u32, u32)> = None;
        for (at, mention) in self.mentions.list.iter().enumerate() {
            if mention.quotation.is_some() {
                continue;
            }
            match mention.kind {
                MentionKind::Name if !matches!(mention.being, Being::Group | Being::Place) => {
                    last = match self.clusters.candidates(at) {
                        [entity] => Some((*entity, mention.tokens.end)),
                        _ => None,
                    };
                }
                MentionKind::Nominal if mention.being == Being::Person => last = None,
                MentionKind::Pronoun if mention.gender != Gender::Unknown => {
                    // "Ada looked at him": he is somebody else, and may be whom the next pronoun means.
                    if let Some((entity, _)) = last.take().filter(|(_, end)| {
                        self.may_point_back(mention) && mention.tokens.start.saturating_sub(*end) < 30
                    }) {
                        let vote = votes.entry(entity).or_insert((0, 0, at as u32));
                        if mention.gender == Gender::Female {
                            vote.0 += 1;
                        } else {
                            vote.1 += 1;
                        }
                    }
                }
                _ => {}
            }
        }
        for (entity, (female, male, evidence)) in votes {
            let entity = &mut self.out.list[entity as usize];
            // A title decides; a given name may mislead, but it takes more to say so.
            let titled = entity.gender_evidence.is_some_and(|at| self.mentions.list[at as usize].title.is_some());
            let least = if entity.gender == Gender::Unknown { 1 } else { 5 };
            if titled
                || entity.cast.is_some()
                || matches!(entity.being, Being::Group | Being::Place)
                || female + male < least
            {
                continue;
            }
            if female > 3 * male {
                entity.gender = Gender::Female;
            } else if male > 3 * female {
                entity.gender = Gender::Male;
            } else {
                continue;
            }
            entity.gender_evidence = Some(evidence);
        }
    }

    /// Whether a pronoun may stand for the subject of its own clause, or is a subject itself.
    fn may_point_back(&self, mention: &Mention) -> bool {
        let class = self.reading.class(mention.head);
        mention.possessive || class.any(Class::SUBJECTIVE.or(Class::REFLEXIVE)) && !class.any(Class::OBJECTIVE)
    }

    /// Whether the narration says "I", and an entity for whoever does.
    fn find_narrator(&mut self) {
        let first_person = |mention: &&Mention| {
            mention.person == Person::First && mention.number == Number::Singular && mention.quotation.is_none()
        };
        let count = self.mentions.list.iter().filter(first_person).count();
        let outside =
            (0..self.reading.tags.len() as u32).filter(|&at| self.reading.quotations.around(at).is_none()).count();
        let speaks = self.mentions.list.iter().any(|mention| first_person(&mention) && mention.source);
        let often = (count as f64) >= NARRATOR_SHARE * outside as f64;
        if !speaks && (count < 4 || !often) {
            return;
        }
        if let Some(at) = self.mentions.list.iter().position(|mention| first_person(&mention)) {
            // One "I said" that is misread makes nobody the narrator of a whole novel.
            let entity = match self.introduction().or_else(|| self.narrators_name().filter(|_| often)) {
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
                && mention.quotation.is_none()
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
        let speaks =
            |mention: &&Mention| mention.source && mention.person == Person::First && mention.quotation.is_none();
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
                entry.quoted += u32::from(mention.quotation.is_some());
                entry.sources += u32::from(mention.source);
                if mention.vocative {
                    let near = speaking.partition_point(|&paragraph| paragraph + 2 < mention.paragraph);
                    let answered = speaking[near..]
                        .iter()
                        .take_while(|&&paragraph| paragraph <= mention.paragraph + 2)
                        .any(|&paragraph| paragraph != mention.paragraph);
                    entry.answered += u32::from(answered);
                }
            }
        }
        uses.into_iter()
            .filter(|(entity, uses)| {
                let being = self.out.list[*entity as usize].being;
                uses.answered >= 1
                    && !matches!(being, Being::Group | Being::Place)
                    && 10 * uses.quoted >= 7 * uses.all
                    && 20 * uses.sources <= uses.all
            })
            .max_by_key(|(entity, uses)| (uses.answered, std::cmp::Reverse(*entity)))
            .map(|(entity, _)| entity)
    }

    fn entity_of(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        match mention.kind {
            MentionKind::Name => self.name(at),
            MentionKind::Nominal => Some(self.nominal(at)),
            MentionKind::Pronoun => self.pronoun(at),
        }
    }

    /// Remembers that `entity` was spoken of at mention `at`.
    fn note(&mut self, at: usize, entity: u32) {
        let mention = self.mention(at);
        let known = &mut self.out.list[entity as usize];
        known.mentions += 1;
        // "the director" names somebody better than "director" in "became director".
        if mention.source && known.sources == 0 && !known.named && mention.kind == MentionKind::Nominal {
            known.best = at as u32;
        }
        known.sources += u32::from(mention.source);
        known.acts += u32::from(mention.vocative || (mention.subject && mention.quotation.is_none()));
        let old = self.recent.iter().position(|recent| recent.entity == entity).map(|old| self.recent.remove(old));
        // A possessive or a name inside a quotation does not take the place of a subject just before.
        let same_sentence = old.filter(|old| mention.tokens.start.saturating_sub(old.token) < 12);
        self.recent.push(Recent {
            entity,
            token: mention.tokens.start,
            paragraph: mention.paragraph,
            subject: mention.subject || same_sentence.is_some_and(|old| old.subject),
            source: mention.source || same_sentence.is_some_and(|old| old.source),
            quoted: mention.quotation.is_some() && same_sentence.is_none_or(|old| old.quoted),
        });
        if self.recent.len() > MEMORY {
            self.recent.remove(0);
        }
    }

    fn name(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let candidates = self.clusters.candidates(at);
        let entity = match candidates {
            [] => return None,
            [entity] => *entity,
            _ => {
                let latest = self.recent.iter().rev().find(|recent| candidates.contains(&recent.entity));
                let most = || candidates.iter().copied().max_by_key(|&entity| self.out.list[entity as usize].mentions);
                latest.map(|recent| recent.entity).or_else(most)?
            }
        };
        // "Mayor Lund": she is "the mayor" from here on.
        if mention.title.is_some() && mention.words.start > mention.tokens.start {
            let title =
                super::words_of(&self.reading, crate::document::Run::new(mention.tokens.start, mention.words.start));
            self.by_role.insert(title, entity);
        } else if mention.title.is_some() && mention.tokens.start > 0 {
            let title = self.reading.text(mention.tokens.start - 1).to_lowercase();
            self.by_role.insert(title, entity);
        }
        Some(entity)
    }

    /// The entity of the name that ends right before a comma before mention `at`, if `at` stands in apposition to it.
    fn apposed_to(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let before = at.checked_sub(1)?;
        let other = self.mention(before);
        let gap = mention.tokens.start.checked_sub(other.tokens.end)?;
        let comma = gap == 1 && self.reading.text(other.tokens.end) == ",";
        (comma && other.kind == MentionKind::Name && other.paragraph == mention.paragraph && !other.possessive)
            .then(|| self.out.of_mention[before])?
    }

    /// The person whose name stands in apposition behind the noun phrase at `at`.
    fn named_by(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let name = self.mentions.list.get(at + 1)?;
        let text = |at: u32| self.reading.tags.get(at as usize).map_or("", |_| self.reading.text(at));
        let set_off = name.tokens.start == mention.tokens.end + 1
            && text(mention.tokens.end) == ","
            && matches!(text(name.tokens.end), "," | "." | ";" | "!" | "?" | "");
        let person = name.kind == MentionKind::Name
            && !matches!(name.being, Being::Group | Being::Place)
            && name.number == mention.number
            && name.quotation == mention.quotation;
        match self.clusters.candidates(at + 1) {
            [entity] if set_off && person && agree(self.out.get(*entity).gender, mention.gender) => Some(*entity),
            _ => None,
        }
    }

    fn nominal(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        let head = self.reading.text(mention.head);
        let class = self.reading.class(mention.head);
        // "Hana Kimura, the director": a role of hers.
        if mention.number == Number::Singular
            && mention.being == Being::Person
            && let Some(entity) = self.apposed_to(at)
            && agree(self.out.get(entity).gender, mention.gender)
            && !matches!(self.out.get(entity).being, Being::Group | Being::Place)
        {
            self.by_role.insert(head.to_lowercase(), entity);
            let known = &mut self.out.list[entity as usize];
            if known.gender == Gender::Unknown && mention.gender != Gender::Unknown {
                known.gender = mention.gender;
                known.gender_evidence = Some(at as u32);
            }
            known.being = Being::Person;
            return entity;
        }
        // "its director, Hana Kimura,": whoever the name behind it names.
        if mention.being == Being::Person
            && let Some(entity) = self.named_by(at)
        {
            self.by_role.insert(head.to_lowercase(), entity);
            return entity;
        }
        // "her mother": by whose mother it is.
        let first = self.reading.class(mention.tokens.start);
        if class.any(Class::KIN) && (first.any(Class::POSSESSIVE_PRONOUN) || self.owned(at)) {
            let owner = at.checked_sub(1).and_then(|before| self.out.of_mention[before]);
            if let Some(owner) = owner {
                if let Some(&entity) = self.kin.get(&(owner, head)) {
                    return entity;
                }
                let entity = self.clusters.relative(owner, head).unwrap_or_else(|| self.new_entity(at));
                self.kin.insert((owner, head), entity);
                return entity;
            }
        }
        let words = super::words_of(&self.reading, mention.tokens);
        if mention.definite
            && let Some(member) = self.clusters.member(&words)
        {
            return member;
        }
        let repeats = mention.number == Number::Plural && mention.tokens.end - mention.tokens.start == 1;
        if (mention.definite || repeats)
            && let Some(&entity) = self.by_words.get(&words)
        {
            return entity;
        }
        if mention.definite && !first.any(Class::POSSESSIVE_PRONOUN) {
            let role = self.by_role.get(&head.to_lowercase()).copied();
            if mention.number == Number::Singular
                && let Some(entity) = role.filter(|&entity| agree(self.out.get(entity).gender, mention.gender))
            {
                return entity;
            }
            if let Some(&entity) = self.by_head.get(head) {
                return entity;
            }
            if let Some(entity) = self.officeholder(mention, class) {
                return entity;
            }
        }
        let entity = self.new_entity(at);
        self.by_head.insert(head, entity);
        self.by_words.insert(words, entity);
        entity
    }

    /// "Ada's mother": whether the mention before is a name in the genitive that belongs to the phrase at `at`.
    fn owned(&self, at: usize) -> bool {
        let mention = self.mention(at);
        at.checked_sub(1).map(|before| self.mention(before)).is_some_and(|before| {
            before.possessive && before.tokens.start >= mention.tokens.start && before.tokens.end < mention.tokens.end
        })
    }

    /// "the senator", of whom no name said so: the last who spoke and agrees.
    fn officeholder(&self, mention: &Mention, class: Class) -> Option<u32> {
        if !mention.source || !class.any(Class::TITLE) || mention.number != Number::Singular {
            return None;
        }
        self.recent
            .iter()
            .rev()
            .find(|recent| {
                let entity = self.out.get(recent.entity);
                recent.source
                    && entity.named
                    && mention.paragraph - recent.paragraph <= 3
                    && agree(entity.gender, mention.gender)
                    && self.out.is_person(recent.entity)
            })
            .map(|recent| recent.entity)
    }

    fn pronoun(&mut self, at: usize) -> Option<u32> {
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
            Person::First if mention.quotation.is_none() && mention.number == Number::Singular => self.narrator,
            Person::First | Person::Second => None,
            // Inside a quotation the world is the speaker's.
            Person::Third if mention.quotation.is_some() => None,
            Person::Third => self.antecedent(at),
        }
    }

    /// Whom "he", "she", "they" or "it" stands for: of those last spoken of the best that agrees.
    fn antecedent(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let score = |recent: &Recent| -> Option<f32> {
            let entity = self.out.get(recent.entity);
            let distance = mention.tokens.start.saturating_sub(recent.token);
            if distance > WINDOW {
                return None;
            }
            let mut score = -(distance as f32) / 40.0 - 0.15 * (mention.paragraph - recent.paragraph) as f32;
            match (mention.number, mention.gender) {
                (Number::Plural, _) => {
                    let plural = entity.number == Number::Plural;
                    if !plural && entity.being != Being::Group || entity.narrator {
                        return None;
                    }
                    score += if plural { 1.5 } else { 0.0 };
                }
                (Number::Singular, Gender::Unknown) => {
                    let body = matches!(entity.being, Being::Group | Being::Document | Being::Place);
                    let unknown = entity.being == Being::Unknown && entity.gender == Gender::Unknown && entity.named;
                    if entity.number == Number::Plural && !entity.named || !(body || unknown) {
                        return None;
                    }
                    score += if entity.being == Being::Place { -0.5 } else { 0.5 };
                }
                (Number::Singular, gender) => {
                    if entity.number == Number::Plural
                        || matches!(entity.being, Being::Group | Being::Document | Being::Place)
                        || !agree(entity.gender, gender)
                        || entity.narrator
                    {
                        return None;
                    }
                    score += if entity.gender == gender { 1.0 } else { -2.0 };
                    score += if entity.named { 1.2 } else { 0.0 };
                }
            }
            score += if recent.subject { 0.6 } else { 0.0 };
            score += if recent.source { 0.3 } else { 0.0 };
            score -= if recent.quoted { 3.0 } else { 0.0 };
            score += (entity.mentions.min(20) as f32) / 20.0;
            Some(score)
        };
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().rev() {
            if let Some(score) = score(recent)
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
}
