//! Who may speak a turn: those who are met in one walk over the mentions around it, with what is seen of each.

use super::scene::Scene;
use super::turns::{Turn, paragraph_tokens};
use crate::document::Run;
use crate::entity::{Entities, Entity, agree};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, List};
use crate::mention::{Being, Mention, Mentions, Person, Reading};

/// Candidates of one turn.
pub(super) const CANDIDATES: usize = 14;

/// How many people are met before a turn to choose them from.
const MET: usize = 18;

/// How many of those may be walk-ons that are only spoken of.
const EXTRAS: usize = 4;

/// Turns to each side in which a candidate is looked for.
const AROUND: usize = 30;

/// The share of sure speakers in the cast above which whoever is not in it hardly speaks.
const WHOLE: f32 = 0.8;

/// Distances by which candidates are ranked, as numbers that are compared all at once.
pub(super) type Keys = [i32; 4];

const _: () = assert!(CANDIDATES < 1 << 4, "the place of a candidate has four bits");

/// How many tokens, and mentions, before and after a turn are looked at.
const BEFORE: u32 = 1500;
const BEFORE_MENTIONS: usize = 260;
const AFTER: u32 = 300;
const AFTER_MENTIONS: usize = 60;

/// Tokens before a turn that are not long ago.
const LATELY: u32 = 400;

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

    /// Who surely speaks the turns before and after turn `at`.
    fn look_around(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
        let wanted = turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender);
        let Crowd { places, tallies, company, keys, .. } = crowd;
        company.clear();
        let place = |entity: u32| tallies.iter().filter(|other| other.entity < entity).count();
        company.extend(tallies.iter().map(|tally| Company {
            keys: tally.keys(place(tally.entity)),
            agrees: agree(self.entities.get(tally.entity).gender, wanted),
            near: false,
            since: AROUND as u8 + 1,
            until: AROUND as u8 + 1,
            spoken_before: 0,
            spoken_here: 0,
        }));
        keys.clear();
        keys.extend(company.iter().filter(|company| company.agrees).map(|company| company.keys));
        let mut each = |turn: &Turn, note: &mut dyn FnMut(&mut Company)| {
            let place = turn.anchor.and_then(|anchor| places[anchor as usize].checked_sub(1));
            if let Some(place) = place {
                note(&mut company[usize::from(place)]);
            }
        };
        let section = turn.section;
        for (distance, turn) in self.turns[..at].iter().rev().take(AROUND).enumerate() {
            each(turn, &mut |candidate| {
                candidate.spoken_here += u8::from(turn.section == section);
                candidate.since = candidate.since.min(distance as u8);
                candidate.spoken_before += u8::from(distance < 10);
                candidate.near |= distance < 8;
            });
        }
        for (distance, turn) in self.turns[at + 1..].iter().take(AROUND).enumerate() {
            each(turn, &mut |candidate| {
                candidate.spoken_here += u8::from(turn.section == section);
                candidate.until = candidate.until.min(distance as u8);
                candidate.near |= distance < 5;
            });
        }
    }

    /// The mentions before and in the turn.
    fn look_back(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
        let own = self.paragraphs(turn);
        let from = self.looks_from(turn);
        // A paragraph may be a whole book; what is far behind the turn says nothing of it.
        let end = self.first_mention_from(own.end.min(turn.tokens.end + AFTER));
        let mut subjects = 0;
        let (mut distinct, mut extras) = (0, 0);
        let previous = at.checked_sub(1).map(|at| &self.turns[at]);
        let beside = previous.map(|turn| self.paragraphs(turn)).filter(|beside| beside.end <= own.start);
        let earlier = at.checked_sub(2).map(|at| &self.turns[at]);
        let between = previous.map_or(0, |turn| turn.tokens.end)..own.start;
        let mut first_between = None;
        let tag = turn.open_tag.map(|tag| tag.mention);
        let mut called = None;
        // The first token of the sentence in which somebody last acts, and who acts in it first.
        let mut topic: Option<(u32, u32)> = None;
        for at in (crowd.first_from(end.saturating_sub(BEFORE_MENTIONS))..crowd.first_from(end)).rev() {
            let mention = crowd.sightings[at];
            let entity = mention.entity;
            if own.start > mention.head && own.start - mention.head > BEFORE {
                break;
            }
            if tag == Some(mention.number) {
                continue;
            }
            if crowd.place(entity).is_none() {
                let extra = crowd.roles[entity as usize] == Role::Extra;
                let (count, limit) = if extra { (&mut extras, EXTRAS) } else { (&mut distinct, MET) };
                if *count >= limit {
                    continue;
                }
                *count += 1;
            }
            let tally = crowd.tally(entity);
            if mention.head >= own.start {
                own_mention(turn, mention, tally);
            }
            if mention.quoted && mention.head < turn.tokens.start && turn.tokens.start - mention.head < LATELY {
                tally.called_around += u32::from(mention.vocative);
                tally.spoken_of += u32::from(!mention.vocative);
            }
            if mention.head < from {
                let distance = from - mention.head;
                tally.previous_any = tally.previous_any.min(distance);
                if !mention.quoted {
                    tally.previous = tally.previous.min(distance);
                    if mention.subject {
                        tally.previous_subject = tally.previous_subject.min(distance);
                        tally.acts_around += u32::from(distance < LATELY);
                        let sentence =
                            topic.map_or_else(|| self.sentence_start(mention.head), |(sentence, _)| sentence);
                        if sentence <= mention.head {
                            topic = Some((sentence, entity));
                        }
                        if between.contains(&mention.head) {
                            tally.acts_between += 1;
                            tally.reported_between |= mention.source;
                            tally.last_between |= first_between.is_none();
                            first_between = Some(entity);
                        }
                        if tally.subject_rank == 0 && subjects < 3 {
                            subjects += 1;
                            tally.subject_rank = subjects;
                        }
                    }
                }
                tally.near += u32::from(distance < 120);
                tally.around += 1;
            }
            if !mention.quoted && within(beside, mention.head) {
                if mention.subject {
                    tally.acts_previous = true;
                } else {
                    tally.told_previous = true;
                }
            }
            if mention.vocative {
                if within(previous.map(|turn| turn.tokens), mention.head) {
                    // Of two who are called the last is to answer.
                    tally.vocative_previous = *called.get_or_insert(entity) == entity;
                } else if within(earlier.map(|turn| turn.tokens), mention.head) {
                    tally.vocative_earlier = true;
                }
            }
        }
        if let Some((_, entity)) = topic {
            crowd.tally(entity).topic = true;
        }
        if let Some(entity) = first_between {
            crowd.tally(entity).first_between = true;
        }
    }

    /// The mentions after the turn.
    fn look_ahead(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
        let start = paragraph_tokens(self.reading, turn.last_paragraph).end;
        let next = self.turns.get(at + 1);
        let beside = next.map(|turn| self.paragraphs(turn));
        let words = next.map(|turn| turn.tokens);
        let first = self.first_mention_from(start);
        let mut distinct = 0;
        for at in crowd.first_from(first)..crowd.first_from(first + AFTER_MENTIONS) {
            let mention = crowd.sightings[at];
            if mention.head - start > AFTER {
                break;
            }
            let known = crowd.place(mention.entity).is_some();
            if !known && distinct >= 4 {
                continue;
            }
            distinct += usize::from(!known);
            let tally = crowd.tally(mention.entity);
            let distance = mention.head - start + 1;
            let said_next = within(words, mention.head);
            if !mention.quoted {
                tally.next = tally.next.min(distance);
                tally.told_next |= !mention.subject && within(beside, mention.head);
                if mention.subject {
                    tally.next_subject = tally.next_subject.min(distance);
                    tally.acts_after += 1;
                }
            } else if mention.vocative {
                tally.called_after += 1;
            } else {
                tally.spoken_of_after += 1;
                tally.spoken_of_next += u32::from(said_next);
            }
            tally.vocative_next |= mention.vocative && said_next;
        }
    }
}

fn within(run: Option<Run>, token: u32) -> bool {
    run.is_some_and(|run| run.start <= token && token < run.end)
}

/// A mention in the turn's own paragraphs.
fn own_mention(turn: &Turn, mention: Sighting, tally: &mut Tally) {
    if mention.quoted {
        if turn.tokens.start <= mention.head && mention.head < turn.tokens.end {
            tally.quoted += 1;
            tally.vocative += u32::from(mention.vocative);
        }
        return;
    }
    if mention.head < turn.tokens.start {
        tally.before += 1;
        tally.before_subject |= mention.subject;
    } else if mention.head < turn.tokens.end {
        tally.before += 1;
        tally.between_subject |= mention.subject;
    } else {
        tally.after += 1;
        tally.after_subject |= mention.subject;
    }
    if mention.subject {
        tally.beat = Some(mention.number);
    }
}
