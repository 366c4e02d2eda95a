//! The walks over the mentions and the turns around a turn, that count what is seen of everybody met.

use std::ops::Range;

use super::{Company, Crowd, EXTRAS, MET, Role, Sighting, Tally};
use crate::attribute::scene::Scene;
use crate::attribute::turns::{Turn, paragraph_tokens};
use crate::document::Run;
use crate::entity::agree;
use crate::kind::Gender;

/// Turns to each side in which a candidate is looked for.
const AROUND: usize = 30;

/// How many tokens, and mentions, before and after a turn are looked at.
const BEFORE: u32 = 1500;
const BEFORE_MENTIONS: usize = 260;
const AFTER: u32 = 300;
const AFTER_MENTIONS: usize = 60;

/// Tokens before a turn that are not long ago.
const LATELY: u32 = 400;

/// How many of those who last acted before a turn are ranked.
const RANKED: u32 = 3;

/// Tokens before a turn that are near it.
const NEAR: u32 = 120;

/// A walk back over the mentions before and in a turn: where these lie, and what was met so far.
struct Back<'t> {
    turn: &'t Turn,
    /// Where its paragraphs begin, and the token that distances are counted from.
    start: u32,
    from: u32,
    /// The words of the turn before, and of the one before that; the paragraphs of the first, where they are others.
    previous: Option<Run>,
    earlier: Option<Run>,
    beside: Option<Run>,
    /// The narration between the last turn and the paragraph of this one, and who acts in it first.
    between: Range<u32>,
    first_between: Option<u32>,
    /// How many have acted.
    subjects: u32,
    /// Who is called last in the turn before.
    called: Option<u32>,
    /// The first token of the sentence in which somebody last acts, and who acts in it first.
    topic: Option<(u32, u32)>,
}

impl<'t> Back<'t> {
    fn new(scene: &Scene<'_>, at: usize, turn: &'t Turn) -> Back<'t> {
        let start = scene.paragraphs(turn).start;
        let before = |back: usize| at.checked_sub(back).map(|at| &scene.turns[at]);
        let previous = before(1);
        Back {
            turn,
            start,
            from: scene.looks_from(turn),
            previous: previous.map(|turn| turn.tokens),
            earlier: before(2).map(|turn| turn.tokens),
            beside: previous.map(|turn| scene.paragraphs(turn)).filter(|beside| beside.end <= start),
            between: previous.map_or(0, |turn| turn.tokens.end)..start,
            first_between: None,
            subjects: 0,
            called: None,
            topic: None,
        }
    }

    /// Counts a mention.
    #[inline]
    fn note(&mut self, scene: &Scene<'_>, mention: Sighting, tally: &mut Tally) {
        if mention.head >= self.start {
            own_mention(self.turn, mention, tally);
        }
        let words = self.turn.tokens.start;
        if mention.quoted && mention.head < words && words - mention.head < LATELY {
            tally.called_around += u32::from(mention.vocative);
            tally.spoken_of += u32::from(!mention.vocative);
        }
        if mention.head < self.from {
            let distance = self.from - mention.head;
            tally.previous_any = tally.previous_any.min(distance);
            if !mention.quoted {
                tally.previous = tally.previous.min(distance);
                if mention.subject {
                    self.note_act(scene, mention, distance, tally);
                }
            }
            tally.near += u32::from(distance < NEAR);
            tally.around += 1;
        }
        if !mention.quoted && within(self.beside, mention.head) {
            tally.acts_previous |= mention.subject;
            tally.told_previous |= !mention.subject;
        }
        if mention.vocative && within(self.previous, mention.head) {
            // Of two who are called the last is to answer.
            tally.vocative_previous = *self.called.get_or_insert(mention.entity) == mention.entity;
        } else if mention.vocative && within(self.earlier, mention.head) {
            tally.vocative_earlier = true;
        }
    }

    /// Counts a mention of somebody who acts before the turn.
    #[inline]
    fn note_act(&mut self, scene: &Scene<'_>, mention: Sighting, distance: u32, tally: &mut Tally) {
        tally.previous_subject = tally.previous_subject.min(distance);
        tally.acts_around += u32::from(distance < LATELY);
        let sentence = self.topic.map_or_else(|| scene.sentence_start(mention.head), |(sentence, _)| sentence);
        if sentence <= mention.head {
            self.topic = Some((sentence, mention.entity));
        }
        if self.between.contains(&mention.head) {
            tally.acts_between += 1;
            tally.reported_between |= mention.source;
            tally.last_between |= self.first_between.is_none();
            self.first_between = Some(mention.entity);
        }
        if tally.subject_rank == 0 && self.subjects < RANKED {
            self.subjects += 1;
            tally.subject_rank = self.subjects;
        }
    }
}

impl Scene<'_> {
    /// The mentions before and in the turn.
    pub(super) fn look_back(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
        let mut back = Back::new(self, at, turn);
        // A paragraph may be a whole book; what is far behind the turn says nothing of it.
        let end = self.first_mention_from(self.paragraphs(turn).end.min(turn.tokens.end + AFTER));
        let (mut distinct, mut extras) = (0, 0);
        let tag = turn.open_tag.map(|tag| tag.mention);
        for at in (crowd.first_from(end.saturating_sub(BEFORE_MENTIONS))..crowd.first_from(end)).rev() {
            let mention = crowd.sightings[at];
            if back.start > mention.head && back.start - mention.head > BEFORE {
                break;
            }
            if tag == Some(mention.number) {
                continue;
            }
            if crowd.place(mention.entity).is_none() {
                let extra = crowd.roles[mention.entity as usize] == Role::Extra;
                let (count, limit) = if extra { (&mut extras, EXTRAS) } else { (&mut distinct, MET) };
                if *count >= limit {
                    continue;
                }
                *count += 1;
            }
            back.note(self, mention, crowd.tally(mention.entity));
        }
        if let Some((_, entity)) = back.topic {
            crowd.tally(entity).topic = true;
        }
        if let Some(entity) = back.first_between {
            crowd.tally(entity).first_between = true;
        }
    }

    /// The mentions after the turn.
    pub(super) fn look_ahead(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
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

    /// Who surely speaks the turns before and after turn `at`.
    pub(super) fn look_around(&self, at: usize, turn: &Turn, crowd: &mut Crowd) {
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
