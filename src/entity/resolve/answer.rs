//! Roles of people who have a name, as nothing but the talk shows: “Basil!” · “Yes?” said the painter.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Walk;
use crate::entity::{agree, is_name};
use crate::kind::{MentionKind, Number};
use crate::lexicon::{BuildWordHasher, Class};
use crate::mention::{Being, Mention};

/// So often somebody answers to a name that is his.
const ANSWERS: u32 = 2;

/// How often whoever has a role answers to the name of somebody, and how often he calls him by it.
#[derive(Clone, Copy, Debug, Default)]
struct Talk {
    answers: u32,
    calls: u32,
}

impl Talk {
    /// What speaks for the two being one.
    fn weight(self) -> u32 {
        self.answers.saturating_sub(2 * self.calls)
    }
}

impl Walk<'_> {
    /// Finds those who are told by a role again and again and answer to one name where they are: it is theirs.
    pub(super) fn name_those_who_answer(&mut self) {
        let mut talks: HashMap<(u32, u32), Talk, BuildWordHasher> = HashMap::default();
        // The last paragraph in which somebody is called by name, and who is; that in which a role speaks, and whose it is.
        let mut called: Option<(u32, u32)> = None;
        let mut spoke: Option<(u32, u32)> = None;
        for (mention, entity) in self.mentions.list.iter().zip(&self.out.of_mention) {
            let Some(entity) = *entity else { continue };
            if mention.vocative && is_name(mention) {
                called = Some((mention.paragraph, entity));
            } else if mention.source && !mention.quoted && self.is_role(mention, entity) {
                spoke = Some((mention.paragraph, entity));
            } else {
                continue;
            }
            let (Some((there, name)), Some((here, role))) = (called, spoke) else { continue };
            let talk = match here.abs_diff(there) {
                0 => &mut talks.entry((role, name)).or_default().calls,
                1 => &mut talks.entry((role, name)).or_default().answers,
                _ => continue,
            };
            *talk += 1;
        }
        let mut talks: Vec<((u32, u32), Talk)> = talks.into_iter().collect();
        talks.sort_by_key(|&((role, name), talk)| (role, Reverse(talk.weight()), name));
        for names in talks.chunk_by(|a, b| a.0.0 == b.0.0) {
            let ((role, name), best) = names[0];
            let second = names.get(1).map_or(0, |(_, talk)| talk.weight());
            let (unnamed, named) = (self.out.get(role), self.out.get(name));
            // “Papa” may be somebody himself.
            let one = !self.turned_out.contains_key(&name)
                && named.named
                && agree(unnamed.gender, named.gender)
                && named.number == Number::Singular;
            if one && best.weight() >= ANSWERS && best.weight() >= 2 * second {
                self.turned_out.entry(role).or_insert(name);
            }
        }
    }

    /// Finds those who are told by a noun and say who they are: “I’m Ada,” said the girl.
    pub(super) fn name_those_who_say_it(&mut self) {
        // The paragraph in which narration first speaks of each; the last in which somebody says a name, and whose it is; the
        // last with a tag, and whom that means.
        let mut told = vec![u32::MAX; self.out.list.len()];
        let mut introduced: Option<(u32, u32)> = None;
        let mut spoke: Option<(u32, u32)> = None;
        for (mention, entity) in self.mentions.list.iter().zip(&self.out.of_mention) {
            let Some(entity) = *entity else { continue };
            if mention.introduces {
                introduced = Some((mention.paragraph, entity));
            } else if mention.quoted {
                continue;
            } else {
                let first = &mut told[entity as usize];
                *first = mention.paragraph.min(*first);
                if !mention.source {
                    continue;
                }
                spoke = Some((mention.paragraph, entity));
            }
            let (Some((there, name)), Some((here, somebody))) = (introduced, spoke) else { continue };
            let (unnamed, named) = (self.out.get(somebody), self.out.get(name));
            let new = named.named && named.number == Number::Singular && told[name as usize] >= there;
            let unknown = !unnamed.named && unnamed.cast.is_none() && unnamed.number == Number::Singular;
            let one = here == there && new && unknown && self.out.is_person(somebody);
            if one && agree(unnamed.gender, named.gender) && !matches!(named.being, Being::Group | Being::Place) {
                self.turned_out.entry(somebody).or_insert(name);
            }
        }
    }

    /// "The painter": a role by which a story tells somebody whom it does not name; a man may be anybody.
    fn is_role(&self, mention: &Mention, entity: u32) -> bool {
        let known = self.out.get(entity);
        mention.kind == MentionKind::Nominal
            && mention.definite
            && mention.being == Being::Person
            && mention.number == Number::Singular
            && !known.named
            && known.cast.is_none()
            && !self.reading.class(mention.head).any(Class::GENERIC_PERSON.or(Class::KIN))
    }
}
