//! People of two names that nothing but the talk of a text shows to be one.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Builder, NAMESAKES};
use crate::entity::agree;
use crate::entity::form::Form;
use crate::kind::Gender;
use crate::lexicon::{BuildWordHasher, Class};

/// So often somebody answers to a name that is hers.
const ANSWERS: u32 = 3;

/// So many are joined at most: each join walks over all forms, and no text has so many who are called by another name.
const JOINS: usize = 64;

impl<'a> Builder<'a> {
    /// "Miss Lund", who hardly speaks by that name, is the Anna who answers to it again and again.
    pub(super) fn join_called(&mut self, candidates: &mut [Vec<u32>]) {
        let surnames = self.surnames(candidates);
        let mut joined = 0;
        for answers in self.scenes.all_answers().chunk_by(|a, b| a.0 == b.0) {
            let at = answers[0].0;
            let form = &self.forms[at as usize];
            let [called] = candidates[at as usize][..] else { continue };
            // "Madam" is anybody.
            let bare_title = form.title.is_none() && form.class.any(Class::TITLE);
            if form.is_thing() || bare_title || 8 * form.sources > form.count {
                continue;
            }
            // Those who answer, how often, and how often they stand beside the one who is called.
            let mut speakers: Vec<(u32, u32, u32)> = Vec::new();
            for &(_, other, count) in answers {
                let [speaker] = candidates[other as usize][..] else { continue };
                let apart = self.scenes.apart(at, other);
                if let Some(known) = speakers.iter_mut().find(|(known, ..)| *known == speaker) {
                    *known = (speaker, known.1 + count, known.2 + apart);
                } else if speakers.len() < NAMESAKES {
                    speakers.push((speaker, count, apart));
                }
            }
            let weight = |&(_, count, apart): &(u32, u32, u32)| count.saturating_sub(2 * apart);
            speakers.sort_by_key(|speaker| (Reverse(weight(speaker)), speaker.0));
            let Some(best) = speakers.first() else { continue };
            let (speaker, answers) = (best.0, weight(best));
            let second = speakers.get(1).map_or(0, weight);
            let named = |entity: u32| surnames.get(&entity);
            let other_name = named(called).zip(named(speaker)).is_some_and(|(one, other)| one != other);
            let (one, other) = (&self.entities[called as usize], &self.entities[speaker as usize]);
            let firsts = [called, speaker].map(|entity| &self.firsts[entity as usize]);
            if speaker != called
                && answers >= ANSWERS
                && answers >= 2 * second
                && !other_name
                && self.may_be_one(firsts)
                && one.cast.is_none()
                && other.cast.is_none()
                && agree(one.gender, other.gender)
            {
                self.join(called, speaker, candidates);
                joined += 1;
                if joined == JOINS {
                    return;
                }
            }
        }
    }

    /// Whether two people may share a first name, or one of them has none.
    fn may_be_one(&self, [one, other]: [&Vec<(&str, u32)>; 2]) -> bool {
        one.is_empty()
            || other.is_empty()
            || one.iter().any(|(one, _)| other.iter().any(|(other, _)| self.first_names_agree(one, other)))
    }

    /// The surname of each entity that has one: "Lund" of "Mr. Lund" and "Ada Lund", but "Aunt Bea" has none.
    fn surnames(&self, candidates: &[Vec<u32>]) -> HashMap<u32, &'a str, BuildWordHasher> {
        let mut surnames = HashMap::default();
        let forms: &'a [Form] = self.forms;
        for (form, candidates) in forms.iter().zip(candidates) {
            let given = form.title.is_some_and(|title| title.given) && form.class.any(Class::GIVEN);
            let called = form.is_single() && (form.title.is_none() || given || form.is_kin());
            if let ([entity], false) = (&candidates[..], called) {
                surnames.entry(*entity).or_insert(form.last_word());
            }
        }
        surnames
    }

    /// Makes two entities one.
    fn join(&mut self, from: u32, to: u32, candidates: &mut [Vec<u32>]) {
        for list in candidates.iter_mut().filter(|list| list.contains(&from)) {
            list.retain(|&entity| entity != from && entity != to);
            list.push(to);
        }
        let joined = &mut self.entities[from as usize];
        // Nothing names it any more.
        joined.named = false;
        let from = joined.clone();
        let to = &mut self.entities[to as usize];
        if to.gender == Gender::Unknown {
            to.gender = from.gender;
            to.gender_evidence = from.gender_evidence;
        }
    }
}
