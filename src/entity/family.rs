//! Families: who is whose father, wife or aunt, as far as names tell.

use std::collections::HashMap;

use super::Entity;
use super::form::Form;
use crate::kind::Gender;
use crate::lexicon::{BuildWordHasher, Class, Lexicon, TextMap};

/// Who bears a surname: "Mr. Lund", "Mrs. Lund", "Miss Lund", and all of them with those who have a given name before it.
#[derive(Debug, Default)]
struct Family {
    master: Option<u32>,
    mistress: Option<u32>,
    miss: Option<u32>,
    members: Vec<Member>,
}

impl Family {
    /// "Mr. Lund", "Mrs. Lund".
    fn is_headed_by(&self, entity: u32) -> bool {
        self.master == Some(entity) || self.mistress == Some(entity)
    }
}

#[derive(Clone, Copy, Debug)]
struct Member {
    entity: u32,
    gender: Gender,
}

/// More are no family, but a text in which many have one name.
const LARGEST: usize = 16;

/// The families of a text, and whose family each entity belongs to.
#[derive(Debug, Default)]
pub(super) struct Families {
    list: Vec<Family>,
    of_entity: HashMap<u32, u32, BuildWordHasher>,
    /// "Mrs. Jan Lund" is the wife of Jan Lund, whoever else is a Mrs. Lund.
    wives: HashMap<u32, u32, BuildWordHasher>,
    husbands: HashMap<u32, u32, BuildWordHasher>,
    /// Who is called by a noun for relatives, by the plain noun: "Grandmother", "Aunt Bea"; nobody where two are.
    called: TextMap<String, Option<u32>>,
}

impl Families {
    pub(super) fn new(lexicon: &Lexicon, forms: &[Form], candidates: &[Vec<u32>], entities: &[Entity]) -> Families {
        let mut families = Families::default();
        let untitled = |form: &&Form| !form.is_single() && !form.is_married();
        let bearers: TextMap<&str, &[u32]> = forms
            .iter()
            .zip(candidates)
            .filter(|(form, _)| untitled(form))
            .map(|(form, candidates)| (form.words.as_str(), candidates.as_slice()))
            .collect();
        let mut by_name: TextMap<&str, u32> = TextMap::default();
        for (form, candidates) in forms.iter().zip(candidates) {
            let [entity] = candidates[..] else { continue };
            let noun = if form.title.is_some() { form.title_words() } else { form.words.as_str() };
            let noun = lexicon.plain_relative(noun);
            if matches!(noun, "aunt" | "uncle" | "cousin") || form.class.all(Class::KIN) && form.title.is_none() {
                let known = families.called.entry(noun.to_owned()).or_insert(Some(entity));
                *known = known.filter(|&known| known == entity);
            }
            if form.is_thing() || (form.is_single() && form.title.is_none()) {
                continue;
            }
            if form.is_married()
                && let Some(&[husband]) = bearers.get(form.words.as_str()).copied()
                && husband != entity
            {
                families.wives.insert(husband, entity);
                families.husbands.insert(entity, husband);
            }
            let family = *by_name.entry(form.last_word()).or_insert_with(|| {
                families.list.push(Family::default());
                families.list.len() as u32 - 1
            });
            families.of_entity.entry(entity).or_insert(family);
            let family = &mut families.list[family as usize];
            let known = family.members.iter().any(|member| member.entity == entity);
            if !form.is_single() && !form.is_married() && !known && family.members.len() < LARGEST {
                family.members.push(Member { entity, gender: entities[entity as usize].gender });
            }
            if form.is_single() {
                let slot = match form.whole.split(' ').next() {
                    Some("mr") => &mut family.master,
                    Some("mrs" | "lady" | "madame") => &mut family.mistress,
                    Some("miss") => &mut family.miss,
                    _ => continue,
                };
                slot.get_or_insert(entity);
            }
        }
        families
    }

    /// The relative of `owner` whom a plain noun means.
    pub(super) fn relative(&self, owner: u32, noun: &str) -> Option<u32> {
        self.by_surname(owner, noun).or_else(|| self.called(noun)).filter(|&found| found != owner)
    }

    /// The children of `owner`, or those who have the same parents, as far as a plain noun means them and their surname
    /// shows it.
    pub(super) fn relatives(&self, owner: u32, noun: &str) -> impl Iterator<Item = u32> {
        let wanted = match noun {
            "son" | "brother" => Some(Gender::Male),
            "daughter" | "sister" => Some(Gender::Female),
            _ => None,
        };
        let children = matches!(noun, "son" | "daughter");
        let family = self.family(owner).filter(|family| wanted.is_some() && family.is_headed_by(owner) == children);
        let members = family.into_iter().flat_map(|family| family.members.iter().map(move |member| (family, member)));
        members
            .filter(move |(family, member)| Some(member.gender) == wanted && !family.is_headed_by(member.entity))
            .map(|(_, member)| member.entity)
            .filter(move |&entity| entity != owner)
    }

    /// Whoever is called by a noun for which the plain one is `noun`.
    pub(super) fn called(&self, noun: &str) -> Option<u32> {
        self.called.get(noun).copied().flatten()
    }

    /// Who is called by a noun, where the surname of `owner` shows that it means somebody known by another name: “Papa,”
    /// where Miss Lund's father is Mr. Lund.
    pub(super) fn called_and_named(&self, owner: u32, noun: &str) -> Option<(u32, u32)> {
        let called = self.called(noun)?;
        let named = self.by_surname(owner, noun)?;
        (called != named && named != owner).then_some((called, named))
    }

    fn family(&self, entity: u32) -> Option<&Family> {
        self.of_entity.get(&entity).map(|&family| &self.list[family as usize])
    }

    fn by_surname(&self, owner: u32, noun: &str) -> Option<u32> {
        let family = self.family(owner)?;
        let (wife, husband) = (self.wives.get(&owner).copied(), self.husbands.get(&owner).copied());
        let parent = family.is_headed_by(owner);
        match noun {
            "husband" if husband.is_some() => husband,
            "wife" if wife.is_some() => wife,
            "husband" if family.mistress == Some(owner) => family.master,
            "wife" if family.master == Some(owner) => family.mistress,
            "father" if !parent => family.master,
            "mother" if !parent => family.mistress,
            // Without a Mrs. Lund the Miss Lund of Mr. Lund's house is no daughter.
            "sister" if family.master == Some(owner) && family.mistress.is_none() => family.miss,
            _ => None,
        }
    }
}
