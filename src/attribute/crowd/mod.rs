//! Who may speak a turn: those who are met in one walk over the mentions around it, with what is seen of each.

mod look;

use super::scene::Scene;
use crate::entity::{Entities, Entity};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, List};
use crate::mention::{Being, Mention, Mentions, Person, Reading};

/// Candidates of one turn.
pub(super) const CANDIDATES: usize = 14;

/// How many people are met before a turn to choose them from.
const MET: usize = 18;

/// How many of those may be walk-ons that are only spoken of.
const EXTRAS: usize = 4;

/// The share of sure speakers in the cast above which whoever is not in it hardly speaks.
const WHOLE: f32 = 0.8;

/// Distances by which candidates are ranked, as numbers that are compared all at once.
pub(super) type Keys = [i32; 4];

const _: () = assert!(CANDIDATES < 1 << 4, "the place of a candidate has four bits");

/// What of a candidate is counted in one walk over the mentions around a turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tally {
    pub(super) entity: u32,
    /// Tokens to the nearest mention: before in narration, before at all, before as a subject, after, after as a subject.
    pub(super) previous: u32,
    pub(super) previous_any: u32,
    pub(super) previous_subject: u32,
    pub(super) next: u32,
    pub(super) next_subject: u32,
    pub(super) near: u32,
    pub(super) around: u32,
    /// In the narration of the turn's own paragraphs: before, between and after its quotations.
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) before_subject: bool,
    pub(super) between_subject: bool,
    pub(super) after_subject: bool,
    pub(super) quoted: u32,
    /// How often it is called in the turn.
    pub(super) vocative: u32,
    pub(super) vocative_previous: bool,
    pub(super) vocative_earlier: bool,
    pub(super) vocative_next: bool,
    /// In the narration beside the turn before: acts there; is only spoken of there, as the hearer is.
    pub(super) acts_previous: bool,
    pub(super) told_previous: bool,
    /// How often it acts in the narration between the last turn and the paragraph of this one; is the first to act there,
    /// and the last.
    pub(super) acts_between: u32,
    pub(super) first_between: bool,
    pub(super) last_between: bool,
    /// Rank by the last narrative subjects before the turn: 1 for the last, 2 for the one before.
    pub(super) subject_rank: u32,
    /// The first to act in the last sentence of narration before the turn in which anybody does.
    pub(super) topic: bool,
    /// Is told to say something in the narration between the last turn and the paragraph of this one.
    pub(super) reported_between: bool,
    /// How often it acts in narration not long before, and after.
    pub(super) acts_around: u32,
    pub(super) acts_after: u32,
    /// How often it is called in words said not long before, and after; and how often it is spoken of there instead: those
    /// who are present are called.
    pub(super) called_around: u32,
    pub(super) called_after: u32,
    pub(super) spoken_of: u32,
    pub(super) spoken_of_after: u32,
    /// In the next turn: is spoken of in its words, and in the narration beside it.
    pub(super) spoken_of_next: u32,
    pub(super) told_next: bool,
    pub(super) beat: Option<u32>,
}

impl Tally {
    fn new(entity: u32) -> Tally {
        Tally {
            entity,
            previous: u32::MAX,
            previous_any: u32::MAX,
            previous_subject: u32::MAX,
            next: u32::MAX,
            next_subject: u32::MAX,
            near: 0,
            around: 0,
            before: 0,
            after: 0,
            before_subject: false,
            between_subject: false,
            after_subject: false,
            quoted: 0,
            vocative: 0,
            vocative_previous: false,
            vocative_earlier: false,
            vocative_next: false,
            acts_previous: false,
            told_previous: false,
            acts_between: 0,
            first_between: false,
            last_between: false,
            subject_rank: 0,
            topic: false,
            reported_between: false,
            acts_around: 0,
            acts_after: 0,
            called_around: 0,
            called_after: 0,
            spoken_of: 0,
            spoken_of_after: 0,
            spoken_of_next: 0,
            told_next: false,
            beat: None,
        }
    }

    /// Acts in the narration of the turn's own paragraphs.
    pub(super) fn acts(&self) -> bool {
        self.before_subject || self.after_subject || self.between_subject
    }

    /// The distances by which candidates are ranked, each with the place of the entity among those of all: of two at one
    /// distance the one that the text brought in first is before the other.
    fn keys(&self, place: usize) -> Keys {
        const LONGEST: u32 = (1 << 27) - 1;
        [self.previous, self.previous_any, self.previous_subject, self.next]
            .map(|distance| (distance.min(LONGEST) << 4 | place as u32).cast_signed())
    }
}

/// What of a candidate lies in the turns around.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    /// What it is ranked by.
    pub(super) keys: Keys,
    /// Its gender is that of the tag, or one of them is not known.
    pub(super) agrees: bool,
    /// Surely speaks near the turn.
    pub(super) near: bool,
    /// Turns to the last that it surely speaks before, and to the first after.
    pub(super) since: u8,
    pub(super) until: u8,
    /// How many of the turns shortly before it surely speaks, and of those around in the same chapter or scene.
    pub(super) spoken_before: u8,
    pub(super) spoken_here: u8,
}

/// Whether an entity may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Silent,
    /// Somebody without a name of whom no tag says that he speaks: "the girls", "his friend".
    Extra,
    Speaker,
}

/// A mention of somebody who may speak, in a row of such: a turn sees hundreds of them.
#[derive(Clone, Copy, Debug)]
struct Sighting {
    entity: u32,
    /// In the list of mentions.
    number: u32,
    head: u32,
    quoted: bool,
    subject: bool,
    vocative: bool,
    source: bool,
}

/// The entities of a text, and memory for those that are counted around one turn after another.
#[derive(Debug)]
pub(super) struct Crowd {
    roles: Vec<Role>,
    sightings: Vec<Sighting>,
    /// For each entity its place among the tallies plus one, or 0.
    places: Vec<u8>,
    pub(super) tallies: Vec<Tally>,
    pub(super) company: Vec<Company>,
    /// What candidates are ranked by, of each whom the tag can mean.
    pub(super) keys: Vec<Keys>,
}

impl Crowd {
    /// `cast` is the share of the sure speakers who are in the caller's cast.
    pub(super) fn new(reading: Reading<'_>, mentions: &Mentions, entities: &Entities, cast: f32) -> Crowd {
        // “My brother,” says who he is, and brings nobody into the scene.
        let mut present = vec![false; entities.list.len()];
        for (mention, entity) in mentions.list.iter().zip(&entities.of_mention) {
            if let Some(entity) = entity.filter(|_| !mention.quoted && mention.kind != MentionKind::Pronoun) {
                present[entity as usize] = true;
            }
        }
        // Nor does “Mum”.
        let relative = |entity: &Entity| {
            entity.named
                && entity.cast.is_none()
                && mentions.list.get(entity.best as usize).is_some_and(|best| best.is_relative(&reading))
        };
        // "The younger man" is one of those who are there.
        let compared = |entity: &Entity| {
            let first = mentions.list.get(entity.first as usize);
            let compares = |first: &Mention| {
                first.compares(&reading) && (entity.sources == 0 || reading.lists(List::Comparing, first.head))
            };
            !entity.named && first.is_some_and(compares)
        };
        let role = |(number, entity): (usize, &Entity)| match () {
            () if compared(entity) => Role::Silent,
            // What a letter says is told by its tag.
            () if entity.being == Being::Document && !entity.named => Role::Silent,
            () if !entity.narrator && !present[number] && (!entity.named || relative(entity)) => Role::Silent,
            () if !entities.is_person(number as u32) && entity.sources == 0 => Role::Silent,
            () if entity.narrator || entity.sources > 0 => Role::Speaker,
            () if !entity.named || (cast > WHOLE && entity.cast.is_none()) => Role::Extra,
            () => Role::Speaker,
        };
        let roles: Vec<Role> = entities.list.iter().enumerate().map(role).collect();
        let sighting = |(number, (mention, entity)): (usize, (&Mention, &Option<u32>))| {
            let entity = entity.filter(|_| mention.person != Person::Second)?;
            (roles[entity as usize] != Role::Silent).then_some(Sighting {
                entity,
                number: number as u32,
                head: mention.head,
                quoted: mention.quoted,
                subject: mention.subject,
                vocative: mention.vocative,
                source: mention.source,
            })
        };
        let sightings = mentions.list.iter().zip(&entities.of_mention).enumerate().filter_map(sighting);
        let mut sightings: Vec<Sighting> = sightings.collect();
        sightings.shrink_to_fit();
        Crowd {
            roles,
            sightings,
            places: vec![0; entities.list.len()],
            tallies: Vec::new(),
            company: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// The number of the first sighting at or after a mention.
    fn first_from(&self, mention: usize) -> usize {
        self.sightings.partition_point(|sighting| (sighting.number as usize) < mention)
    }

    fn place(&self, entity: u32) -> Option<usize> {
        self.places[entity as usize].checked_sub(1).map(usize::from)
    }

    /// The tally of an entity, a new one if it has none.
    fn tally(&mut self, entity: u32) -> &mut Tally {
        let place = self.place(entity).unwrap_or_else(|| {
            self.tallies.push(Tally::new(entity));
            self.places[entity as usize] = self.tallies.len() as u8;
            self.tallies.len() - 1
        });
        &mut self.tallies[place]
    }

    /// Takes their places from all that have one.
    fn clear_places(&mut self) {
        for tally in &self.tallies {
            self.places[tally.entity as usize] = 0;
        }
    }
}

impl Scene<'_> {
    /// Meets those who may speak turn `at`: the crowd has a tally of each then, and its company.
    pub(super) fn meet(&self, at: usize, crowd: &mut Crowd) {
        let turn = &self.turns[at];
        crowd.tallies.clear();
        self.look_back(at, turn, crowd);
        self.look_ahead(at, turn, crowd);
        for other in self.turns[..at].iter().rev().take(8).chain(self.turns[at + 1..].iter().take(5)) {
            if let Some(entity) = other.anchor {
                crowd.tally(entity);
            }
        }
        if let Some(entity) = turn.open_tag.and_then(|tag| tag.entity) {
            crowd.tally(entity);
        }
        crowd.clear_places();
        self.choose(at, crowd);
        for (place, tally) in crowd.tallies.iter().enumerate() {
            crowd.places[tally.entity as usize] = place as u8 + 1;
        }
        self.look_around(at, turn, crowd);
        crowd.clear_places();
    }

    /// Leaves only those who are likely to speak turn `at`, the nearest first.
    fn choose(&self, at: usize, crowd: &mut Crowd) {
        let Crowd { roles, tallies, .. } = crowd;
        // Who is spoken of in the turn and nowhere near it is hardly its speaker.
        let only_quoted = |tally: &Tally| {
            tally.quoted > 0
                && tally.previous_any == u32::MAX
                && tally.next == u32::MAX
                && tally.before + tally.after == 0
        };
        // Whoever tells the story is "I" in it, never "she" or "he".
        let told = self.turns[at].open_tag.is_some_and(|tag| !tag.nominal);
        let teller = |tally: &Tally| told && self.entities.get(tally.entity).narrator;
        // Nor is anybody "it" of whom the text shows a gender, where that seems to be a creature.
        let neuter = self.turns[at].open_tag.is_some_and(|tag| {
            let head = self.mentions.list[tag.mention as usize].head;
            !tag.nominal
                && self.reading.class(head).any(Class::NEUTER)
                && tag.entity.is_some_and(|entity| self.entities.get(entity).being == Being::Person)
        });
        let gendered = |tally: &Tally| neuter && self.entities.get(tally.entity).gender != Gender::Unknown;
        // "They" are several, where the text has several in sight.
        let several = |entity: u32| self.entities.get(entity).number == Number::Plural;
        let plural = self.turns[at]
            .open_tag
            .is_some_and(|tag| !tag.nominal && tag.number == Number::Plural && tag.entity.is_some_and(several));
        let alone = |tally: &Tally| plural && !several(tally.entity);
        let may = |tally: &Tally| !only_quoted(tally) && !teller(tally) && !gendered(tally) && !alone(tally);
        tallies.retain(|tally| roles[tally.entity as usize] != Role::Silent && may(tally));
        tallies.sort_by_cached_key(|tally| {
            let here = tally.before + tally.after > 0;
            let extra = roles[tally.entity as usize] == Role::Extra;
            (extra && !here, tally.previous_any.min(tally.next), tally.entity)
        });
        // Those who are far and speak nowhere near go.
        for far in CANDIDATES..tallies.len() {
            let entity = Some(tallies[far].entity);
            let mut around = self.turns[at.saturating_sub(4)..(at + 4).min(self.turns.len())].iter();
            if around.any(|turn| turn.anchor == entity)
                && let Some(slot) = (0..CANDIDATES).rev().find(|&slot| !self.speaks_near(at, tallies[slot].entity))
            {
                tallies[slot] = tallies[far];
            }
        }
        tallies.truncate(CANDIDATES);
    }

    fn speaks_near(&self, at: usize, entity: u32) -> bool {
        self.turns[at.saturating_sub(8)..(at + 6).min(self.turns.len())].iter().any(|turn| turn.anchor == Some(entity))
    }
}
