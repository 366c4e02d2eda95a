//! Who may speak a turn, and what speaks for and against each.
//!
//! A candidate's row of features goes to the forests of `model`. Every feature is a small number with a plain meaning;
//! what is absent is 0 or, for distances, [`FAR`].

use super::Utterance;
use super::turns::{Turn, paragraph_tokens};
use crate::document::Run;
use crate::entity::{Entities, agree};
use crate::kind::{Gender, Number};
use crate::lexicon::Class;
use crate::mention::{Mention, Mentions, Person, Reading};
use crate::model::HIGHEST;

/// Candidates of one turn.
pub(super) const CANDIDATES: usize = 14;

/// How many of them may be walk-ons that are only spoken of.
const EXTRAS: usize = 4;

/// Features of one candidate in the first stage.
pub(super) const WIDTH: usize = 77;

/// Turns to each side in which a candidate is looked for.
const AROUND: usize = 30;

/// For counts that go higher than a feature can tell in full.
const COARSE: f32 = 0.4;

/// The share of sure speakers in the cast above which whoever is not in it hardly speaks.
const WHOLE: f32 = 0.8;

/// The logarithm that stands for "not within the window".
const FAR: f32 = 9.0;

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
    vocative: bool,
    vocative_previous: bool,
    vocative_earlier: bool,
    vocative_next: bool,
    /// In the narration beside the turn before: acts there; is only spoken of there, as the hearer is.
    acts_previous: bool,
    told_previous: bool,
    /// Acts in the narration beside the next turn.
    acts_next: bool,
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
            vocative: false,
            vocative_previous: false,
            vocative_earlier: false,
            vocative_next: false,
            acts_previous: false,
            told_previous: false,
            acts_next: false,
            subject_rank: 0,
            beat: None,
            called: None,
        }
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
    values: [f32; 18],
    /// The turn, or the one before it, calls its hearer "sir" or "madam".
    sir: bool,
    sir_before: bool,
    madam_before: bool,
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
    pub(super) fn candidates(&self, at: usize) -> Vec<Candidate> {
        let turn = &self.turns[at];
        let mut tallies: Vec<Tally> = Vec::with_capacity(24);
        self.look_back(at, turn, &mut tallies);
        self.look_ahead(at, turn, &mut tallies);
        let mut speakers: Vec<u32> = Vec::new();
        for other in self.turns[..at].iter().rev().take(8).chain(self.turns[at + 1..].iter().take(5)) {
            if let Some(entity) = other.anchor.filter(|entity| !speakers.contains(entity)) {
                speakers.push(entity);
            }
        }
        for entity in speakers.into_iter().chain(turn.open_tag.and_then(|tag| tag.entity)) {
            tally(&mut tallies, entity);
        }
        // Who is spoken of in the turn and nowhere near it is hardly its speaker.
        let only_quoted = |tally: &Tally| {
            tally.quoted > 0
                && tally.previous_any == u32::MAX
                && tally.next == u32::MAX
                && tally.before + tally.after == 0
        };
        tallies.retain(|tally| self.may_speak(tally.entity) && !only_quoted(tally));
        // The nearest first; those who are far and speak nowhere near go.
        tallies.sort_by_key(|tally| {
            let here = tally.before + tally.after > 0;
            (self.is_extra(tally.entity) && !here, tally.previous_any.min(tally.next), tally.entity)
        });
        if tallies.len() > CANDIDATES {
            let nearest = tallies.split_off(CANDIDATES);
            for far in nearest {
                let speaks = self.turns[at.saturating_sub(4)..(at + 4).min(self.turns.len())]
                    .iter()
                    .any(|turn| turn.anchor == Some(far.entity));
                if speaks && let Some(slot) = tallies.iter_mut().rev().find(|tally| !self.speaks_near(at, tally.entity))
                {
                    *slot = far;
                }
            }
        }
        let context = self.context(at, turn);
        let wanted = turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender);
        let mut company: Vec<Company> = tallies.iter().map(|tally| self.company(tally.entity, wanted)).collect();
        self.look_around(at, &tallies, &mut company);
        (0..tallies.len())
            .map(|n| Candidate {
                entity: tallies[n].entity,
                row: self.row(at, turn, &tallies, &company, n, &context),
                beat: tallies[n].beat,
                vocative: tallies[n].called,
            })
            .collect()
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

    fn company(&self, entity: u32, wanted: Gender) -> Company {
        Company {
            agrees: agree(self.entities.get(entity).gender, wanted),
            near: false,
            since: AROUND as u8 + 1,
            until: AROUND as u8 + 1,
            spoken_before: 0,
            spoken_after: 0,
        }
    }

    /// Who surely speaks the turns before and after turn `at`.
    fn look_around(&self, at: usize, tallies: &[Tally], company: &mut [Company]) {
        let mut each = |turn: &Turn, note: &mut dyn FnMut(&mut Company)| {
            let n = turn.anchor.and_then(|anchor| tallies.iter().position(|tally| tally.entity == anchor));
            if let Some(n) = n {
                note(&mut company[n]);
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

    fn may_speak(&self, entity: u32) -> bool {
        self.entities.is_person(entity) || self.entities.get(entity).sources > 0
    }

    /// Somebody without a name of whom no tag says that he speaks: "the girls", "his friend".
    fn is_extra(&self, entity: u32) -> bool {
        let entity = self.entities.get(entity);
        let stranger = self.cast > WHOLE && entity.cast.is_none();
        !entity.narrator && entity.sources == 0 && (stranger || !entity.named)
    }

    /// The mentions before and in the turn.
    fn look_back(&self, at: usize, turn: &Turn, tallies: &mut Vec<Tally>) {
        let own = self.paragraphs(turn);
        let from = turn.open_tag.map_or(turn.tokens.start, |tag| self.mentions.list[tag.mention as usize].head);
        // A paragraph may be a whole book; what is far behind the turn says nothing of it.
        let end = self.first_mention_from(own.end.min(turn.tokens.end + AFTER));
        let mut subjects = 0;
        let (mut distinct, mut extras) = (0, 0);
        let previous = at.checked_sub(1).map(|at| &self.turns[at]);
        let beside = previous.map(|turn| self.paragraphs(turn)).filter(|beside| beside.end <= own.start);
        let earlier = at.checked_sub(2).map(|at| &self.turns[at]);
        for number in (0..end).rev().take(BEFORE_MENTIONS) {
            let mention = &self.mentions.list[number];
            if own.start > mention.head && own.start - mention.head > BEFORE {
                break;
            }
            let Some(entity) = self.entities.of_mention[number] else { continue };
            if mention.person == Person::Second || turn.open_tag.is_some_and(|tag| tag.mention == number as u32) {
                continue;
            }
            let known = tallies.iter().any(|tally| tally.entity == entity);
            if !known {
                if !self.may_speak(entity) {
                    continue;
                }
                let (count, limit) =
                    if self.is_extra(entity) { (&mut extras, EXTRAS) } else { (&mut distinct, CANDIDATES + 4) };
                if *count >= limit {
                    continue;
                }
                *count += 1;
            }
            let tally = tally(tallies, entity);
            if mention.head >= own.start {
                own_mention(turn, number, mention, tally);
            }
            if mention.head < from {
                let distance = from - mention.head;
                tally.previous_any = tally.previous_any.min(distance);
                if mention.quotation.is_none() {
                    tally.previous = tally.previous.min(distance);
                    if mention.subject {
                        tally.previous_subject = tally.previous_subject.min(distance);
                        if tally.subject_rank == 0 && subjects < 3 {
                            subjects += 1;
                            tally.subject_rank = subjects;
                        }
                    }
                }
                tally.near += u32::from(distance < 120);
                tally.around += 1;
            }
            if mention.quotation.is_none()
                && beside.is_some_and(|beside| beside.start <= mention.head && mention.head < beside.end)
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
                    tally.called = tally.called.or(Some(number as u32));
                } else if earlier
                    .is_some_and(|turn| turn.tokens.start <= mention.head && mention.head < turn.tokens.end)
                {
                    tally.vocative_earlier = true;
                }
            }
        }
    }

    /// The mentions after the turn.
    fn look_ahead(&self, at: usize, turn: &Turn, tallies: &mut Vec<Tally>) {
        let start = paragraph_tokens(self.reading, turn.last_paragraph).end;
        let next = self.turns.get(at + 1);
        let beside = next.map(|turn| self.paragraphs(turn));
        let first = self.first_mention_from(start);
        let mut distinct = 0;
        for (number, mention) in self.mentions.list.iter().enumerate().skip(first).take(AFTER_MENTIONS) {
            if mention.head - start > AFTER {
                break;
            }
            let Some(entity) = self.entities.of_mention[number] else { continue };
            if mention.person == Person::Second {
                continue;
            }
            let known = tallies.iter().any(|tally| tally.entity == entity);
            if !known && (distinct >= 4 || !self.may_speak(entity)) {
                continue;
            }
            distinct += usize::from(!known);
            let tally = tally(tallies, entity);
            let distance = mention.head - start + 1;
            if mention.quotation.is_none() {
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
    fn context(&self, at: usize, turn: &Turn) -> Context {
        let words = turn.tokens.end - turn.tokens.start;
        let last = |turn: &Turn| {
            let utterance = &self.utterances[turn.utterances[turn.utterances.len() - 1] as usize];
            let end = utterance.parts[utterance.parts.len() - 1].end;
            self.reading.text(end.saturating_sub(2).max(turn.tokens.start))
        };
        let has = |class: Class| {
            (turn.tokens.start..turn.tokens.end.min(turn.tokens.start + 60))
                .any(|at| self.reading.class(at).any(class) && self.reading.quotations.around(at).is_some())
        };
        let gap = |turn: Option<&Turn>| turn.map_or(6.0, |turn| turn.gap.min(6) as f32);
        let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
        let values = [
            flag(turn.open_tag.is_some()),
            flag(turn.open_tag.is_some_and(|tag| tag.nominal)),
            flag(turn.open_tag.is_some_and(|tag| tag.generic)),
            flag(turn.open_tag.is_some_and(|tag| tag.voice)),
            // "Then Ada turned to him, and said,"
            flag(
                turn.tokens.start > 0
                    && matches!(self.reading.text(turn.tokens.start - 1), "," | ":" | "—" | "--" | ",--" | ":--"),
            ),
            gap(Some(turn)),
            gap(self.turns.get(at + 1)),
            (words as f32).ln(),
            flag(last(turn) == "?"),
            flag(at > 0 && last(&self.turns[at - 1]) == "?"),
            flag(turn.bare),
            turn.utterances.len() as f32,
            flag(has(Class::SECOND)),
            flag(has(Class::FIRST)),
            flag(turn.open_tag.is_some_and(|tag| tag.number == Number::Plural)),
            flag(turn.last_paragraph > turn.paragraph),
            flag(at > 0 && self.turns[at - 1].anchor.is_some()),
            flag(self.turns.get(at + 1).is_some_and(|turn| turn.anchor.is_some())),
        ];
        let before = at.checked_sub(1).map(|at| &self.turns[at]);
        Context {
            values,
            sir: self.addressed_as(turn, Gender::Male),
            sir_before: before.is_some_and(|turn| self.addressed_as(turn, Gender::Male)),
            madam_before: before.is_some_and(|turn| self.addressed_as(turn, Gender::Female)),
        }
    }

    /// The features of candidate `n`.
    fn row(
        &self,
        at: usize,
        turn: &Turn,
        tallies: &[Tally],
        company: &[Company],
        n: usize,
        context: &Context,
    ) -> [u8; WIDTH] {
        let tally = &tallies[n];
        let entity = self.entities.get(tally.entity);
        let log = |distance: u32| if distance == u32::MAX { FAR } else { (distance as f32 + 1.0).ln() };
        let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
        let wanted = turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender);
        let own = &company[n];
        let agreeing = || tallies.iter().zip(company).filter(|(_, other)| other.agrees);
        // How many that agree are nearer.
        let rank = |key: fn(&Tally) -> u32| {
            let own = (key(tally), tally.entity);
            agreeing().filter(|(other, _)| (key(other), other.entity) < own).count() as f32
        };
        // 1: speaks there; -1: somebody else does; -0.5: somebody of another gender does.
        let neighbour = |offset: isize| {
            let Some(other) = at.checked_add_signed(offset).and_then(|at| self.turns.get(at)) else { return 0.0 };
            match (other.anchor, other.open_tag) {
                (Some(anchor), _) => {
                    if anchor == tally.entity {
                        1.0
                    } else {
                        -1.0
                    }
                }
                (None, Some(tag)) if !agree(tag.gender, entity.gender) => -0.5,
                (None, Some(tag)) if tag.entity == Some(tally.entity) => 0.7,
                _ => 0.0,
            }
        };
        let matched = match (wanted, entity.gender) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => 0.0,
            (a, b) if a == b => 1.0,
            _ => -2.0,
        };
        let gender = match entity.gender {
            Gender::Female => -1.0,
            Gender::Male => 1.0,
            Gender::Unknown => 0.0,
        };
        let own = [
            matched,
            flag(turn.open_tag.is_some_and(|tag| tag.entity == Some(tally.entity))),
            gender,
            flag(entity.narrator),
            if entity.cast.is_some() { self.cast } else { -self.cast },
            flag(entity.named),
            // A name where the tag has a noun: "her mother" may be Mrs. Lund.
            flag(entity.named && turn.open_tag.is_some_and(|tag| tag.nominal)),
            flag(entity.number == Number::Plural),
            log(tally.previous),
            log(tally.previous_any),
            log(tally.previous_subject),
            log(tally.next),
            log(tally.next_subject),
            rank(|tally| tally.previous),
            rank(|tally| tally.previous_any),
            rank(|tally| tally.previous_subject),
            rank(|tally| tally.next),
            COARSE * tally.near as f32,
            (tally.around as f32 + 1.0).ln(),
            tally.before as f32,
            tally.after as f32,
            flag(tally.before_subject),
            flag(tally.between_subject),
            flag(tally.after_subject),
            tally.quoted as f32,
            flag(tally.vocative),
            flag(tally.vocative_previous),
            flag(tally.vocative_earlier),
            flag(tally.vocative_next),
            tally.subject_rank as f32,
            neighbour(-1),
            neighbour(-2),
            neighbour(-3),
            neighbour(-4),
            neighbour(1),
            neighbour(2),
            neighbour(3),
            neighbour(4),
            COARSE * f32::from(own.since),
            COARSE * f32::from(own.until),
            f32::from(own.spoken_before),
            f32::from(own.spoken_after),
            (entity.mentions as f32 + 1.0).ln(),
            (entity.sources as f32 + 1.0).ln(),
            entity.sources as f32 / (entity.mentions as f32 + 1.0),
            tallies.len() as f32,
            agreeing().filter(|(other, _)| other.previous_any < 200).count() as f32,
            flag(tallies.iter().any(|other| other.entity != tally.entity && other.vocative_previous)),
            flag(tallies.iter().any(|other| {
                other.entity != tally.entity && (other.before_subject || other.after_subject || other.between_subject)
            })),
            flag(context.sir) * gender,
            flag(context.sir_before) * gender,
            flag(context.madam_before) * gender,
            flag(tally.vocative_previous && turn.gap == 0),
            flag(tally.previous_any == u32::MAX),
            flag(tally.acts_previous),
            flag(tally.told_previous),
            flag(tally.acts_next),
            COARSE * tally.behind.min(40) as f32,
            // Of those whom the tag can mean, how many others speak around the turn.
            agreeing().filter(|(other, company)| other.entity != tally.entity && company.near).count() as f32,
        ];
        let mut row = [0.0; WIDTH];
        row[..own.len()].copy_from_slice(&own);
        row[own.len()..].copy_from_slice(&context.values);
        row.map(byte)
    }

    /// Whether a turn calls its hearer "sir" or the like.
    fn addressed_as(&self, turn: &Turn, gender: Gender) -> bool {
        let words: &[&str] = match gender {
            Gender::Male => &["sir", "Sir"],
            _ => &["madam", "Madam", "ma'am", "ma’am", "Ma’am", "miss", "Miss"],
        };
        (turn.tokens.start..turn.tokens.end.min(turn.tokens.start + 80))
            .any(|at| words.contains(&self.reading.text(at)))
    }
}

/// Eighths from -2 to 13.9, as a forest takes a feature.
#[expect(clippy::cast_sign_loss, reason = "what is lower than -2 is as low as a feature can be")]
pub(super) fn byte(feature: f32) -> u8 {
    ((8.0 * feature + 16.0) as u8).min(HIGHEST)
}

fn tally(tallies: &mut Vec<Tally>, entity: u32) -> &mut Tally {
    let at = tallies.iter().position(|tally| tally.entity == entity).unwrap_or_else(|| {
        tallies.push(Tally::new(entity));
        tallies.len() - 1
    });
    &mut tallies[at]
}

/// A mention in the turn's own paragraphs.
fn own_mention(turn: &Turn, number: usize, mention: &Mention, tally: &mut Tally) {
    if mention.quotation.is_some() {
        if turn.tokens.start <= mention.head && mention.head < turn.tokens.end {
            tally.quoted += 1;
            tally.vocative |= mention.vocative;
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
        tally.beat = Some(number as u32);
    }
}
