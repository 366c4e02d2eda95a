//! Who may speak a turn, and what speaks for and against each.
//!
//! A candidate's row of features goes to the forests of `model`. Every feature is a small number with a plain meaning, told
//! in eighths from -2 to 13.9; what is absent is 0 or, for distances, [`FAR`]. A new one goes into the list in
//! [`Scene::row`] or, where it is the same for all candidates of a turn, into that in [`Scene::context`].

use super::Utterance;
use super::situation;
use super::turns::{Turn, paragraph_tokens};
use crate::document::Run;
use crate::entity::{Entities, Entity, agree};
use crate::kind::{Gender, Number};
use crate::lexicon::Class;
use crate::mention::{Mention, Mentions, Person, Reading};
use crate::model::HIGHEST;

/// Candidates of one turn.
pub(super) const CANDIDATES: usize = 14;

/// How many of them may be walk-ons that are only spoken of.
const EXTRAS: usize = 4;

/// Features of one candidate in the first stage.
pub(super) const WIDTH: usize = 88;

/// Turns to each side in which a candidate is looked for.
const AROUND: usize = 30;

/// The share of sure speakers in the cast above which whoever is not in it hardly speaks.
const WHOLE: f32 = 0.8;

/// The features that stand for "no" and "yes", and for 0 and 1.
const NO: u8 = 16;
const YES: u8 = 24;

/// The logarithm that stands for "not within the window".
const FAR: u8 = NO + 8 * 9;

/// Logarithms of small numbers plus one, as features.
const LOGARITHMS: [u8; 2048] = {
    // The eighth root of e: a number that many times as high has the next feature.
    const STEP: f64 = 1.133_148_453_066_826_3;
    let mut table = [0; 2048];
    let (mut feature, mut edge) = (NO, STEP);
    let mut number = 0;
    while number < table.len() {
        while (number + 1) as f64 >= edge {
            feature += 1;
            edge *= STEP;
        }
        table[number] = feature;
        number += 1;
    }
    table
};

/// Distances by which candidates are ranked.
const RANKED: usize = 4;

/// How many tokens, and mentions, before and after a turn are looked at.
const BEFORE: u32 = 1500;
const BEFORE_MENTIONS: usize = 260;
const AFTER: u32 = 300;
const AFTER_MENTIONS: usize = 60;

/// Somebody who may speak a turn, with the features that speak for it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) entity: u32,
    pub(super) row: [u8; WIDTH],
    /// The mention that a reader would point at.
    pub(super) beat: Option<u32>,
    pub(super) vocative: Option<u32>,
}

/// What of a candidate is counted in one walk over the mentions around a turn.
#[derive(Clone, Copy, Debug)]
struct Tally {
    entity: u32,
    /// Tokens to the nearest mention: before in narration, before at all, before as a subject, after, after as a subject.
    previous: u32,
    previous_any: u32,
    previous_subject: u32,
    next: u32,
    next_subject: u32,
    near: u32,
    around: u32,
    /// In the narration of the turn's own paragraphs: before, between and after its quotations.
    before: u32,
    after: u32,
    before_subject: bool,
    between_subject: bool,
    after_subject: bool,
    /// Tokens from the end of the turn to the first mention in the narration behind it.
    behind: u32,
    quoted: u32,
    /// How often it is called in the turn.
    vocative: u32,
    vocative_previous: bool,
    vocative_earlier: bool,
    vocative_next: bool,
    /// In the narration beside the turn before: acts there; is only spoken of there, as the hearer is.
    acts_previous: bool,
    told_previous: bool,
    /// Acts in the narration beside the next turn.
    acts_next: bool,
    /// How often it acts in the narration between the last turn and the paragraph of this one; is the first to act there,
    /// and the last.
    acts_between: u32,
    first_between: bool,
    last_between: bool,
    /// Rank by the last narrative subjects before the turn: 1 for the last, 2 for the one before.
    subject_rank: u32,
    beat: Option<u32>,
    called: Option<u32>,
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
            behind: u32::MAX,
            quoted: 0,
            vocative: 0,
            vocative_previous: false,
            vocative_earlier: false,
            vocative_next: false,
            acts_previous: false,
            told_previous: false,
            acts_next: false,
            acts_between: 0,
            first_between: false,
            last_between: false,
            subject_rank: 0,
            beat: None,
            called: None,
        }
    }

    /// Acts in the narration of the turn's own paragraphs.
    fn acts(&self) -> bool {
        self.before_subject || self.after_subject || self.between_subject
    }

    /// The distances by which candidates are ranked, each with the entity: of two at one distance the one that the text
    /// brought in first is before the other.
    fn keys(&self) -> [u64; RANKED] {
        [self.previous, self.previous_any, self.previous_subject, self.next]
            .map(|distance| u64::from(distance) << 32 | u64::from(self.entity))
    }
}

/// What of a candidate lies in the turns around.
#[derive(Clone, Copy, Debug)]
struct Company {
    /// Its gender is that of the tag, or one of them is not known.
    agrees: bool,
    /// Surely speaks near the turn.
    near: bool,
    /// Turns to the last that it surely speaks before, and to the first after.
    since: u8,
    until: u8,
    /// How many of the turns near by it surely speaks.
    spoken_before: u8,
    spoken_after: u8,
}

/// What is the same for all candidates of a turn.
struct Context {
    values: [u8; 20],
    /// How often whoever the noun of the tag seems to mean is mentioned, as a logarithm.
    tagged: u8,
    /// Somebody acts in the narration between the last turn and the paragraph of this one.
    acted: bool,
    /// The turn, or the one before it, calls its hearer "sir" or "madam".
    sir: bool,
    sir_before: bool,
    madam_before: bool,
    /// The gender of the tag.
    wanted: Gender,
    /// Of those whom the tag can mean, how many were mentioned not long before, and how many speak around the turn.
    recent: u32,
    near: u32,
    /// How many are called by name in the turn before, and how many act beside the turn.
    called: u32,
    acting: u32,
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
}

/// The entities of a text, and memory for those that are counted around one turn after another.
#[derive(Debug)]
pub(super) struct Crowd {
    roles: Vec<Role>,
    sightings: Vec<Sighting>,
    /// For each entity its place among the tallies plus one, or 0.
    places: Vec<u8>,
    tallies: Vec<Tally>,
    company: Vec<Company>,
    /// What candidates are ranked by, of each whom the tag can mean.
    keys: Vec<[u64; RANKED]>,
}

impl Crowd {
    /// `cast` is the share of the sure speakers who are in the caller's cast.
    pub(super) fn new(mentions: &Mentions, entities: &Entities, cast: f32) -> Crowd {
        let role = |(number, entity): (usize, &Entity)| match () {
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
                quoted: mention.quotation.is_some(),
                subject: mention.subject,
                vocative: mention.vocative,
            })
        };
        let sightings = mentions.list.iter().zip(&entities.of_mention).enumerate().filter_map(sighting).collect();
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
    fn first_mention_from(&self, token: u32) -> usize {
        self.mentions.list.partition_point(|mention| mention.head < token)
    }

    /// Those who may speak turn `at`, each with its features.
    pub(super) fn candidates(&self, at: usize, crowd: &mut Crowd) -> Vec<Candidate> {
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
        let context = self.context(at, turn, crowd);
        let candidate = |n: usize| Candidate {
            entity: crowd.tallies[n].entity,
            row: self.row(at, turn, crowd, n, &context),
            beat: crowd.tallies[n].beat,
            vocative: crowd.tallies[n].called,
        };
        (0..crowd.tallies.len()).map(candidate).collect()
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
        let may = |tally: &Tally| !only_quoted(tally) && !teller(tally);
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

    /// The paragraphs of a turn.
    fn paragraphs(&self, turn: &Turn) -> Run {
        Run::new(
            paragraph_tokens(self.reading, turn.paragraph).start,
            paragraph_tokens(self.reading, turn.last_paragraph).end,
        )
    }

    fn speaks_near(&self, at: usize, entity: u32) -> bool {
        self.turns[at.saturating_sub(8)..(at + 6).min(self.turns.len())].iter().any(|turn| turn.anchor == Some(entity))
    }

    /// Who surely speaks the turns before and after turn `at`.
    fn look_around(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
        let wanted = turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender);
        let Crowd { places, tallies, company, keys, .. } = crowd;
        company.clear();
        company.extend(tallies.iter().map(|tally| Company {
            agrees: agree(self.entities.get(tally.entity).gender, wanted),
            near: false,
            since: AROUND as u8 + 1,
            until: AROUND as u8 + 1,
            spoken_before: 0,
            spoken_after: 0,
        }));
        keys.clear();
        keys.extend(tallies.iter().zip(&*company).filter(|(_, company)| company.agrees).map(|(tally, _)| tally.keys()));
        let mut each = |turn: &Turn, note: &mut dyn FnMut(&mut Company)| {
            let place = turn.anchor.and_then(|anchor| places[anchor as usize].checked_sub(1));
            if let Some(place) = place {
                note(&mut company[usize::from(place)]);
            }
        };
        for (distance, turn) in self.turns[..at].iter().rev().take(AROUND).enumerate() {
            each(turn, &mut |candidate| {
                candidate.since = candidate.since.min(distance as u8);
                candidate.spoken_before += u8::from(distance < 10);
                candidate.near |= distance < 8;
            });
        }
        for (distance, turn) in self.turns[at + 1..].iter().take(AROUND).enumerate() {
            each(turn, &mut |candidate| {
                candidate.until = candidate.until.min(distance as u8);
                candidate.spoken_after += u8::from(distance < 8);
                candidate.near |= distance < 5;
            });
        }
    }

    /// The token from which distances to mentions before the turn are counted.
    fn looks_from(&self, turn: &Turn) -> u32 {
        turn.open_tag.map_or(turn.tokens.start, |tag| self.mentions.list[tag.mention as usize].head)
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
                let (count, limit) = if extra { (&mut extras, EXTRAS) } else { (&mut distinct, CANDIDATES + 4) };
                if *count >= limit {
                    continue;
                }
                *count += 1;
            }
            let tally = crowd.tally(entity);
            if mention.head >= own.start {
                own_mention(turn, mention, &self.mentions.list[mention.number as usize], tally);
            }
            if mention.head < from {
                let distance = from - mention.head;
                tally.previous_any = tally.previous_any.min(distance);
                if !mention.quoted {
                    tally.previous = tally.previous.min(distance);
                    if mention.subject {
                        tally.previous_subject = tally.previous_subject.min(distance);
                        if between.contains(&mention.head) {
                            tally.acts_between += 1;
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
            if !mention.quoted && beside.is_some_and(|beside| beside.start <= mention.head && mention.head < beside.end)
            {
                if mention.subject {
                    tally.acts_previous = true;
                } else {
                    tally.told_previous = true;
                }
            }
            if mention.vocative {
                if previous.is_some_and(|turn| turn.tokens.start <= mention.head && mention.head < turn.tokens.end) {
                    tally.vocative_previous = true;
                    tally.called = tally.called.or(Some(mention.number));
                } else if earlier
                    .is_some_and(|turn| turn.tokens.start <= mention.head && mention.head < turn.tokens.end)
                {
                    tally.vocative_earlier = true;
                }
            }
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
            if !mention.quoted {
                tally.next = tally.next.min(distance);
                if mention.subject {
                    tally.next_subject = tally.next_subject.min(distance);
                    tally.acts_next |=
                        beside.is_some_and(|beside| beside.start <= mention.head && mention.head < beside.end);
                }
            }
            if mention.vocative
                && next.is_some_and(|turn| turn.tokens.start <= mention.head && mention.head < turn.tokens.end)
            {
                tally.vocative_next = true;
            }
        }
    }

    /// What is the same for all candidates of a turn.
    fn context(&self, at: usize, turn: &Turn, crowd: &Crowd) -> Context {
        let words = turn.tokens.end - turn.tokens.start;
        let before = at.checked_sub(1).map(|at| &self.turns[at]);
        let (mut first, mut second) = (false, false);
        for token in turn.tokens.start..turn.tokens.end.min(turn.tokens.start + 60) {
            let class = self.reading.class(token);
            if class.any(Class::FIRST.or(Class::SECOND)) && self.reading.quotations.around(token).is_some() {
                first |= class.any(Class::FIRST);
                second |= class.any(Class::SECOND);
            }
        }
        let gap = |turn: Option<&Turn>| count(turn.map_or(6, |turn| turn.gap.min(6)));
        let values = [
            yes(turn.open_tag.is_some()),
            yes(turn.open_tag.is_some_and(|tag| tag.nominal)),
            yes(turn.open_tag.is_some_and(|tag| tag.generic)),
            yes(turn.open_tag.is_some_and(|tag| tag.voice)),
            yes(situation::led_up_to(*self, turn)),
            gap(Some(turn)),
            gap(self.turns.get(at + 1)),
            log(words.saturating_sub(1)),
            yes(situation::asks(*self, turn)),
            yes(before.is_some_and(|turn| situation::asks(*self, turn))),
            yes(turn.bare),
            count(turn.utterances.len() as u32),
            yes(second),
            yes(first),
            yes(turn.open_tag.is_some_and(|tag| tag.number == Number::Plural)),
            yes(turn.last_paragraph > turn.paragraph),
            yes(at > 0 && self.turns[at - 1].anchor.is_some()),
            yes(before.is_some_and(|turn| turn.section == self.turns[at].section)),
            log(turn.tokens.start - turn.section),
            yes(self.turns.get(at + 1).is_some_and(|turn| turn.anchor.is_some())),
        ];
        let (sir, _) = self.calls(turn);
        let (sir_before, madam_before) = before.map_or((false, false), |turn| self.calls(turn));
        let tagged = turn.open_tag.filter(|tag| tag.nominal).and_then(|tag| tag.entity);
        let mut context = Context {
            values,
            tagged: log(tagged.map_or(0, |entity| self.entities.get(entity).mentions)),
            sir,
            sir_before,
            madam_before,
            wanted: turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender),
            recent: 0,
            near: 0,
            called: 0,
            acting: 0,
            acted: false,
        };
        for (tally, company) in crowd.tallies.iter().zip(&crowd.company) {
            context.recent += u32::from(company.agrees && tally.previous_any < 200);
            context.near += u32::from(company.agrees && company.near);
            context.called += u32::from(tally.vocative_previous);
            context.acting += u32::from(tally.acts());
            context.acted |= tally.last_between;
        }
        context
    }

    /// The features of candidate `n`.
    fn row(&self, at: usize, turn: &Turn, crowd: &Crowd, n: usize, context: &Context) -> [u8; WIDTH] {
        let (tally, company) = (&crowd.tallies[n], &crowd.company[n]);
        let entity = self.entities.get(tally.entity);
        let from = self.looks_from(turn);
        // How many that agree are nearer.
        let mut ranks = [0; RANKED];
        let keys = tally.keys();
        for others in &crowd.keys {
            for (rank, (other, own)) in ranks.iter_mut().zip(others.iter().zip(&keys)) {
                *rank += u32::from(other < own);
            }
        }
        // 1: speaks there; -1: somebody else does; -0.5: somebody of another gender does; 0.6: may be meant there.
        let neighbour = |offset: isize| {
            let other = at.checked_add_signed(offset).and_then(|at| self.turns.get(at));
            let Some(other) = other.filter(|other| other.section == turn.section) else { return NO };
            match (other.anchor, other.open_tag) {
                (Some(anchor), _) if anchor == tally.entity => YES,
                (Some(_), _) => NO - 8,
                (None, Some(tag)) if !agree(tag.gender, entity.gender) => NO - 4,
                (None, Some(tag)) if tag.entity == Some(tally.entity) => NO + 5,
                _ => NO,
            }
        };
        let matched = match (context.wanted, entity.gender) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => NO,
            (a, b) if a == b => YES,
            _ => 0,
        };
        let gender = match entity.gender {
            Gender::Female => NO - 8,
            Gender::Male => YES,
            Gender::Unknown => NO,
        };
        let gender_if = |called: bool| if called { gender } else { NO };
        let own = [
            matched,
            yes(turn.open_tag.is_some_and(|tag| tag.entity == Some(tally.entity))),
            gender,
            yes(entity.narrator),
            byte(if entity.cast.is_some() { self.cast } else { -self.cast }),
            yes(entity.named),
            // A name where the tag has a noun: "her mother" may be Mrs. Lund.
            yes(entity.named && turn.open_tag.is_some_and(|tag| tag.nominal)),
            yes(entity.number == Number::Plural),
            distance(tally.previous),
            distance(tally.previous_any),
            distance(tally.previous_subject),
            distance(tally.next),
            distance(tally.next_subject),
            count(ranks[0]),
            count(ranks[1]),
            count(ranks[2]),
            count(ranks[3]),
            coarse(tally.near),
            log(tally.around),
            count(tally.before),
            count(tally.after),
            yes(tally.before_subject),
            yes(tally.between_subject),
            yes(tally.after_subject),
            count(tally.quoted),
            count(tally.vocative),
            yes(tally.vocative_previous),
            yes(tally.vocative_earlier),
            yes(tally.vocative_next),
            count(tally.subject_rank),
            neighbour(-1),
            neighbour(-2),
            neighbour(-3),
            neighbour(-4),
            neighbour(1),
            neighbour(2),
            neighbour(3),
            neighbour(4),
            coarse(u32::from(company.since)),
            coarse(u32::from(company.until)),
            count(u32::from(company.spoken_before)),
            count(u32::from(company.spoken_after)),
            log(entity.mentions),
            log(entity.sources),
            byte(entity.sources as f32 / (entity.mentions as f32 + 1.0)),
            count(crowd.tallies.len() as u32),
            count(context.recent),
            yes(context.called > u32::from(tally.vocative_previous)),
            yes(context.acting > u32::from(tally.acts())),
            gender_if(context.sir),
            gender_if(context.sir_before),
            gender_if(context.madam_before),
            yes(tally.vocative_previous && turn.gap == 0),
            yes(tally.previous_any == u32::MAX),
            yes(tally.acts_previous),
            yes(tally.told_previous),
            yes(tally.acts_next),
            coarse(tally.behind.min(40)),
            // Of those whom the tag can mean, how many others speak around the turn.
            count(context.near - u32::from(company.agrees && company.near)),
            count(tally.acts_between),
            yes(tally.first_between),
            yes(tally.last_between),
            context.tagged,
            // "A doctor came in": he is somebody by himself.
            yes(entity.indefinite),
            yes(turn.open_tag.is_some_and(|tag| entity.first == tag.mention)),
            yes(context.acted && !tally.last_between),
            // In the chapter or scene of the turn: spoken of before it at all, and as somebody who acts.
            yes(from.saturating_sub(turn.section) > tally.previous_any),
            yes(from.saturating_sub(turn.section) > tally.previous_subject),
        ];
        let mut row = [0; WIDTH];
        row[..own.len()].copy_from_slice(&own);
        row[own.len()..].copy_from_slice(&context.values);
        row
    }

    /// Whether a turn calls its hearer "sir" and "madam" or the like.
    fn calls(&self, turn: &Turn) -> (bool, bool) {
        let (mut sir, mut madam) = (false, false);
        for token in turn.tokens.start..turn.tokens.end.min(turn.tokens.start + 80) {
            // Most words are told apart by their first letter.
            let first = self.reading.text.as_bytes()[self.reading.token(token).start as usize];
            if !matches!(first, b's' | b'S' | b'm' | b'M') {
                continue;
            }
            match self.reading.text(token) {
                "sir" | "Sir" => sir = true,
                "madam" | "Madam" | "ma'am" | "ma’am" | "Ma’am" | "miss" | "Miss" => madam = true,
                _ => {}
            }
        }
        (sir, madam)
    }
}

/// A number between -2 and 13.9 as a forest takes a feature: in eighths.
#[expect(clippy::cast_sign_loss, reason = "what is lower than -2 is as low as a feature can be")]
pub(super) fn byte(number: f32) -> u8 {
    ((8.0 * number + 16.0) as u8).min(HIGHEST)
}

fn yes(condition: bool) -> u8 {
    if condition { YES } else { NO }
}

fn count(count: u32) -> u8 {
    (u32::from(NO) + 8 * count.min(32)).min(u32::from(HIGHEST)) as u8
}

/// A count that goes higher than a feature can tell in full: two fifths of it.
fn coarse(count: u32) -> u8 {
    (u32::from(NO) + 16 * count.min(64) / 5).min(u32::from(HIGHEST)) as u8
}

/// The logarithm of a count plus one.
fn log(count: u32) -> u8 {
    LOGARITHMS.get(count as usize).copied().unwrap_or_else(|| byte((count as f32 + 1.0).ln()))
}

/// The logarithm of a distance plus one.
fn distance(tokens: u32) -> u8 {
    if tokens == u32::MAX { FAR } else { log(tokens) }
}

/// A mention in the turn's own paragraphs.
fn own_mention(turn: &Turn, sighting: Sighting, mention: &Mention, tally: &mut Tally) {
    if sighting.quoted {
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
        tally.behind = tally.behind.min(mention.tokens.start.saturating_sub(turn.tokens.end) + 1);
    }
    if mention.subject {
        tally.beat = Some(sighting.number);
    }
}
