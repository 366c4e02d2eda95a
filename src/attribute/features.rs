//! What speaks for and against each of those who may speak a turn.
//!
//! A candidate's row of features goes to the forests of `model`. Every feature is a small number with a plain meaning, told
//! in eighths from -2 to 13.9; what is absent is 0 or, for distances, [`FAR`]. A new one goes into the list in
//! [`Scene::features`]; where it is the same for all candidates of a turn, into that in [`Scene::context`]; and where it is
//! as high as the text is long, into that in [`Scene::shared`].

use super::crowd::{Company, Crowd, Keys, Tally};
use super::ragged::Ragged;
use super::scene::Scene;
use super::situation;
use super::turns::Turn;
use crate::entity::agree;
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, Sequel};
use crate::mention::{Being, Person};
use crate::model::HIGHEST;

/// Features of one candidate in the first stage.
pub(super) const WIDTH: usize = 96;

/// Those of them that are the same for all candidates of a turn, and those of each.
pub(super) const CONTEXT: usize = 18;
const OWN: usize = WIDTH - CONTEXT;

/// Those of its own that are shares of what all candidates have.
const SHARED: usize = 7;

/// What is added to a whole before shares of it are taken.
const LITTLE: u32 = 4;

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

/// Somebody who may speak a turn, with the features that speak for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) entity: u32,
    features: [u8; OWN],
    /// The mention that a reader would point at.
    pub(super) beat: Option<u32>,
    /// Is called by name in the turn before.
    pub(super) vocative: bool,
    /// Acts beside the words by name, by a noun or as "I", and nobody else does: “Wait.” Ada put down the lamp.
    pub(super) alone: bool,
    /// Is the relative whom the tag seems to mean: "said her mother".
    pub(super) related: bool,
}

impl Candidate {
    /// All features of the first stage.
    pub(super) fn row(&self, context: &[u8; CONTEXT]) -> [u8; WIDTH] {
        let mut row = [0; WIDTH];
        row[..OWN].copy_from_slice(&self.features);
        row[OWN..].copy_from_slice(context);
        row
    }
}

/// What is the same for all candidates of a turn.
struct Context {
    values: [u8; CONTEXT],
    /// How often whoever the noun of the tag seems to mean is mentioned, as a logarithm.
    tagged: u8,
    /// Somebody acts in the narration between the last turn and the paragraph of this one.
    acted: bool,
    /// The turn, the one before it or the next calls its hearer "sir".
    sir: bool,
    sir_before: bool,
    sir_next: bool,
    /// The gender of the tag.
    wanted: Gender,
    /// Of those whom the tag can mean, how many were mentioned not long before, and how many speak around the turn.
    recent: u32,
    near: u32,
    /// How many are called by name in the turn before, and how many act beside the turn.
    called: u32,
    acting: u32,
    /// What those whom the tag can mean have together of all that is [`Scene::shared`].
    totals: [u32; SHARED],
}

impl Scene<'_> {
    /// Appends those who may speak turn `at`, each with its features; returns the features that they share.
    pub(super) fn candidates(&self, at: usize, crowd: &mut Crowd, out: &mut Ragged<Candidate>) -> [u8; CONTEXT] {
        let turn = &self.turns[at];
        self.meet(at, crowd);
        let context = self.context(at, turn, crowd);
        let acting = crowd.tallies.iter().filter(|tally| tally.acts()).count();
        let named = |beat: u32| {
            let mention = &self.mentions.list[beat as usize];
            match mention.kind {
                MentionKind::Name => true,
                MentionKind::Nominal => mention.being == Being::Person,
                MentionKind::Pronoun => mention.person == Person::First,
            }
        };
        let alone =
            |tally: &Tally| turn.open_tag.is_none() && acting == 1 && tally.acts() && tally.beat.is_some_and(named);
        let relative = turn.open_tag.filter(|tag| tag.relative).and_then(|tag| tag.entity);
        let candidate = |n: usize| Candidate {
            entity: crowd.tallies[n].entity,
            features: self.features(at, turn, crowd, n, &context),
            beat: crowd.tallies[n].beat,
            vocative: crowd.tallies[n].vocative_previous,
            alone: alone(&crowd.tallies[n]),
            related: relative == Some(crowd.tallies[n].entity),
        };
        out.push((0..crowd.tallies.len()).map(candidate));
        context.values
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
        let next = self.turns.get(at + 1);
        let sequel = |turn: Option<&Turn>| match turn.map(|turn| turn.sequel) {
            Some(Sequel::More) => YES,
            Some(Sequel::Answer) => NO - 8,
            Some(Sequel::Either) | None => NO,
        };
        let gap = |turn: Option<&Turn>| count(turn.map_or(6, |turn| turn.gap.min(6)));
        let values = [
            yes(turn.open_tag.is_some()),
            yes(turn.open_tag.is_some_and(|tag| tag.nominal)),
            yes(situation::led_up_to(*self, turn)),
            gap(Some(turn)),
            gap(self.turns.get(at + 1)),
            log(words.saturating_sub(1)),
            yes(situation::asks(*self, turn)),
            yes(before.is_some_and(|turn| situation::asks(*self, turn))),
            yes(turn.bare),
            yes(second),
            yes(first),
            log(turn.tokens.start - turn.section),
            yes(self.turns.get(at + 1).is_some_and(|turn| turn.anchor.is_some())),
            yes(turn.open_tag.is_some_and(|tag| tag.thing)),
            sequel(Some(turn)),
            sequel(next),
            log(turn.told),
            log(next.map_or(0, |turn| turn.told)),
        ];
        let tagged = turn.open_tag.filter(|tag| tag.nominal).and_then(|tag| tag.entity);
        let mut context = Context {
            values,
            tagged: log(tagged.map_or(0, |entity| self.entities.get(entity).mentions)),
            sir: turn.sir,
            sir_before: before.is_some_and(|turn| turn.sir),
            sir_next: self.turns.get(at + 1).is_some_and(|turn| turn.sir),
            wanted: turn.open_tag.map_or(Gender::Unknown, |tag| tag.gender),
            recent: 0,
            near: 0,
            called: 0,
            acting: 0,
            acted: false,
            totals: [0; SHARED],
        };
        for (tally, company) in crowd.tallies.iter().zip(&crowd.company) {
            context.recent += u32::from(company.agrees && tally.previous_any < 200);
            context.near += u32::from(company.agrees && company.near);
            context.called += u32::from(tally.vocative_previous);
            context.acting += u32::from(tally.acts());
            context.acted |= tally.last_between;
            if company.agrees {
                for (total, own) in context.totals.iter_mut().zip(self.shared(tally, *company)) {
                    *total += own;
                }
            }
        }
        context
    }

    /// The features of candidate `n` alone.
    fn features(&self, at: usize, turn: &Turn, crowd: &Crowd, n: usize, context: &Context) -> [u8; OWN] {
        let (tally, company) = (&crowd.tallies[n], &crowd.company[n]);
        let entity = self.entities.get(tally.entity);
        let from = self.looks_from(turn);
        // How many that agree are nearer.
        let mut ranks = Keys::default();
        for others in &crowd.keys {
            for ((rank, other), own) in ranks.iter_mut().zip(others).zip(&company.keys) {
                *rank += i32::from(other < own);
            }
        }
        let ranks = ranks.map(i32::cast_unsigned);
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
            log(entity.mentions),
            log(entity.sources),
            byte(entity.sources as f32 / (entity.mentions as f32 + 1.0)),
            count(context.recent),
            yes(context.called > u32::from(tally.vocative_previous)),
            yes(context.acting > u32::from(tally.acts())),
            gender_if(context.sir),
            gender_if(context.sir_before),
            yes(tally.vocative_previous && turn.gap == 0),
            yes(tally.acts_previous),
            yes(tally.told_previous),
            // Of those whom the tag can mean, how many others speak around the turn.
            count(context.near - u32::from(company.agrees && company.near)),
            count(tally.acts_between),
            yes(tally.first_between),
            yes(tally.last_between),
            context.tagged,
            // "A doctor came in": he is somebody by himself.
            yes(entity.indefinite),
            yes(context.acted && !tally.last_between),
            // In the chapter or scene of the turn: spoken of before it at all, and as somebody who acts.
            yes(from.saturating_sub(turn.section) > tally.previous_any),
            yes(from.saturating_sub(turn.section) > tally.previous_subject),
            yes(tally.told_next),
            gender_if(context.sir_next),
            count(tally.spoken_of),
            count(tally.spoken_of_next),
            count(tally.called_around),
            yes(tally.topic),
            count(tally.spoken_of_after),
            count(tally.called_after),
            count(tally.acts_around),
            count(tally.acts_after),
            yes(tally.reported_between),
            coarse(u32::from(company.spoken_here)),
        ];
        let mut features = [0; OWN];
        let (of_own, of_shares) = features.split_at_mut(own.len());
        of_own.copy_from_slice(&own);
        for ((feature, own), total) in of_shares.iter_mut().zip(self.shared(tally, *company)).zip(context.totals) {
            *feature = share(own, total);
        }
        features
    }

    /// What is also told as a share of what all have of it, since it is as high as the text is long or many are about.
    fn shared(&self, tally: &Tally, company: Company) -> [u32; SHARED] {
        let entity = self.entities.get(tally.entity);
        [
            entity.sources,
            entity.mentions,
            tally.around,
            tally.near,
            tally.acts_around,
            tally.called_around,
            u32::from(company.spoken_here),
        ]
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

/// The share that `own` is of `all`, and less where `all` is little: a share of next to nothing tells nothing.
fn share(own: u32, all: u32) -> u8 {
    byte(8.0 * own as f32 / (all + LITTLE) as f32)
}

/// The logarithm of a distance plus one.
fn distance(tokens: u32) -> u8 {
    if tokens == u32::MAX { FAR } else { log(tokens) }
}
