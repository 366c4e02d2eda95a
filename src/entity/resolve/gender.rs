//! Genders that the whole text shows, before anything is resolved.

use std::collections::HashMap;

use super::Walk;
use crate::kind::{Gender, MentionKind};
use crate::lexicon::{BuildWordHasher, Class};
use crate::mention::{Being, Mention};

impl Walk<'_> {
    /// Genders of names that neither title nor given name tell: by the pronoun that follows the name as a subject, with
    /// nobody else named in between.
    pub(super) fn learn_genders(&mut self) {
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
}
