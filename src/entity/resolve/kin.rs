//! Relatives: whom "her mother" means, by what the text tells of families.

use std::cmp::Reverse;

use super::Walk;
use super::nominal::NEAR;
use crate::entity::{agree, words_of};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{Class, TextMap};
use crate::model::Tag;

/// How many of one kind somebody has: sons, cousins.
const MOST: usize = 6;

/// How much less somebody with a relative may stand out for "her" than somebody without.
const MARGIN: f32 = 3.0;

/// Who is what to whom, as far as the text has told.
#[derive(Debug, Default)]
pub(super) struct Kin<'a> {
    /// The relatives of somebody, by that one and the plain noun for them; the last told of at the end.
    known: TextMap<(u32, &'a str), Vec<u32>>,
}

impl<'a> Kin<'a> {
    fn add(&mut self, owner: u32, noun: &'a str, entity: u32) {
        let known = self.known.entry((owner, noun)).or_default();
        known.retain(|&known| known != entity);
        if known.len() == MOST {
            known.remove(0);
        }
        known.push(entity);
    }

    fn told(&self, owner: u32, noun: &'a str) -> &[u32] {
        self.known.get(&(owner, noun)).map_or(&[], Vec::as_slice)
    }

    /// Whether the text tells that `entity` is something else to `owner` than a brother or a sister.
    fn is_other(&self, owner: u32, entity: u32) -> bool {
        let others: [&'static str; 6] = ["husband", "wife", "father", "mother", "son", "daughter"];
        others.iter().any(|noun| self.told(owner, noun).contains(&entity))
    }

    /// All who are a relative of `owner`, by a plain noun: those told of, and those of whom it follows, since brothers and
    /// sisters have one mother.
    fn all(&self, owner: u32, noun: &'a str) -> impl Iterator<Item = u32> {
        let (through, theirs): (&[&'static str], &'a str) = match noun {
            "mother" | "father" | "grandmother" | "grandfather" | "aunt" | "uncle" => (&["brother", "sister"], noun),
            "son" => (&["daughter", "son"], "brother"),
            "daughter" => (&["son", "daughter"], "sister"),
            _ => (&[], noun),
        };
        let between = through.iter().flat_map(move |through| self.told(owner, through));
        let follows = between.flat_map(move |&between| self.told(between, theirs));
        follows.chain(self.told(owner, noun)).copied().filter(move |&entity| entity != owner)
    }
}

impl<'a> Walk<'a> {
    /// "My uncle Tom", "her brother, Tom,": he is "my uncle" and "her brother" from here on, and she is his sister. `noun` is
    /// the token before or beside the words at `at` that may tell a relative.
    pub(super) fn learn_kin(&mut self, at: usize, noun: Option<u32>, entity: u32) {
        let Some(noun) = noun.filter(|&noun| self.reading.class(noun).any(Class::KIN)) else { return };
        let Some(before) = at.checked_sub(1) else { return };
        let owner = self.mention(before);
        let behind = owner.tokens.end + u32::from(self.reading.is_genitive(owner.tokens.end));
        let beside = behind <= noun && (behind..noun).all(|at| self.reading.tag(at) == Tag::Adjective);
        if let Some(owner) = self.out.of_mention[before].filter(|_| owner.possessive && beside) {
            self.are_kin(owner, self.plain(noun), entity);
        }
    }

    fn plain(&self, noun: u32) -> &'a str {
        self.reading.lexicon.plain_relative(self.reading.text(noun))
    }

    /// Notes what `entity` is to `owner`, and the other way round.
    fn are_kin(&mut self, owner: u32, noun: &'a str, entity: u32) {
        if owner == entity || self.out.get(owner).number == Number::Plural {
            return;
        }
        self.kin.add(owner, noun, entity);
        let Some([man, woman]) = self.reading.lexicon.kinship(noun) else { return };
        let gender = self.out.get(owner).gender;
        if gender != Gender::Female {
            self.kin.add(entity, man, owner);
        }
        if gender != Gender::Male && woman != man {
            self.kin.add(entity, woman, owner);
        }
    }

    /// "her mother": whoever that is to the one spoken of before.
    pub(super) fn related(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        if !self.reading.class(mention.head).any(Class::KIN) {
            return None;
        }
        let noun = self.plain(mention.head);
        let before = self.mentions.owner(at as u32)? as usize;
        let Some(owner) = self.out.of_mention[before] else {
            // Whoever "her" is: “Mum!”
            return self.clusters.called(noun);
        };
        if let Some(relative) = self.clusters.called_and_named(owner, noun) {
            *self.relatives.entry(relative).or_default() += 1;
        }
        let (owner, entity) = match self.relative(at, owner, noun) {
            Some(entity) => (owner, entity),
            None => match self.somebody_with(at, before, owner, noun) {
                Some((other, entity)) => {
                    self.change(before, owner, other);
                    (other, entity)
                }
                None => (owner, self.new_entity(at)),
            },
        };
        self.are_kin(owner, noun, entity);
        self.by_head.insert(self.reading.text(mention.head), entity);
        Some(entity)
    }

    /// Lets the mention at `at`, a pronoun, stand for another, and takes back what it showed of the one before.
    fn change(&mut self, at: usize, old: u32, new: u32) {
        self.out.of_mention[at] = Some(new);
        let known = &mut self.out.list[old as usize];
        known.mentions = known.mentions.saturating_sub(1);
        if known.gender_evidence == Some(at as u32) {
            known.gender = Gender::Unknown;
            known.gender_evidence = None;
        }
        self.out.list[new as usize].mentions += 1;
    }

    /// "Said her daughter" in a story: of those whom "her", the mention `pronoun`, may mean as well as `owner` the one that
    /// has a daughter, and whom that is.
    fn somebody_with(&self, at: usize, pronoun: usize, owner: u32, noun: &'a str) -> Option<(u32, u32)> {
        let pronoun = self.mention(pronoun);
        if self.reports || pronoun.kind != MentionKind::Pronoun {
            return None;
        }
        let score = |entity| self.recent.iter().find(|it| it.entity == entity).and_then(|it| self.score(pronoun, it));
        let least = score(owner).unwrap_or(f32::MIN) - MARGIN;
        let near = self.recent.iter().rev().take_while(|recent| pronoun.paragraph - recent.paragraph <= NEAR);
        let scored = near.filter_map(|recent| {
            let score = self.score(pronoun, recent).filter(|&score| score >= least)?;
            Some((score, (recent.entity, self.relative(at, recent.entity, noun)?)))
        });
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, found)| found)
    }

    /// Who is known to be a relative of `owner`, by the mention `at`.
    fn relative(&self, at: usize, owner: u32, noun: &'a str) -> Option<u32> {
        let gender = self.mention(at).gender;
        let fits = |entity: &u32| agree(self.out.get(*entity).gender, gender);
        let named = |entity: &u32| self.out.get(*entity).named;
        let told: Vec<u32> = self.kin.all(owner, noun).filter(fits).collect();
        let other = |entity: &u32| self.reports || self.kin.is_other(owner, *entity);
        let family = self.clusters.relatives(owner, noun).filter(|entity| fits(entity) && !other(entity));
        let known: Vec<u32> = told.iter().copied().chain(family).filter(named).collect();
        // Of several sisters the one last spoken of.
        let mut latest = self.recent.iter().rev().map(|recent| recent.entity);
        latest
            .find(|entity| known.contains(entity))
            .or_else(|| told.iter().rev().copied().find(named))
            .or(if let [only] = known[..] { Some(only) } else { None })
            .or_else(|| self.clusters.member(&words_of(&self.reading, self.mention(at).tokens)))
            .or_else(|| self.clusters.relative(owner, noun))
            .or_else(|| told.last().copied())
    }

    /// “Papa” is Mr. Lund, where "her father" is he again and again, and hardly anybody else.
    pub(super) fn name_relatives(&mut self) {
        let mut relatives: Vec<((u32, u32), u32)> = self.relatives.drain().collect();
        relatives.sort_by_key(|&((called, named), count)| (called, Reverse(count), named));
        for fathers in relatives.chunk_by(|a, b| a.0.0 == b.0.0) {
            let ((called, named), count) = fathers[0];
            let second = fathers.get(1).map_or(0, |other| other.1);
            let agrees = agree(self.out.get(called).gender, self.out.get(named).gender);
            if agrees && self.out.get(called).cast.is_none() && count >= 3 && count >= 5 * second {
                self.turned_out.entry(called).or_insert(named);
            }
        }
    }
}
