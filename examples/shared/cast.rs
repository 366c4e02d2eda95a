//! The people of an annotated document, and what a cast makes of them.

use std::collections::HashMap;

use serde::Deserialize;
use whosaid::{Gender, Member};

use crate::shared::fold;

/// Somebody who is known to occur in a text.
#[derive(Deserialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) gender: Letter,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Letter {
    F,
    M,
    #[default]
    U,
}

/// The people of a line as a cast. An alias that two of them share says nothing and is left out; an id stays with its owner.
pub(crate) fn members<'p>(people: impl IntoIterator<Item = &'p Person>, warn: &mut impl FnMut(&str)) -> Vec<Member> {
    let people: Vec<&Person> = people.into_iter().collect();
    let mut owners: HashMap<String, Option<usize>> = HashMap::new();
    for (number, person) in people.iter().enumerate() {
        for alias in &person.aliases {
            let owner = owners.entry(fold(alias)).or_insert(Some(number));
            *owner = owner.filter(|&owner| owner == number);
        }
    }
    // Of two with one id the first keeps it.
    owners.extend(people.iter().enumerate().rev().map(|(number, person)| (fold(&person.id), Some(number))));

    let mut cast = Vec::with_capacity(people.len());
    for (number, Person { id, aliases, gender }) in people.iter().enumerate() {
        let owned = |name: &str| owners[&fold(name)] == Some(number);
        if !owned(id) {
            warn(&format!("{id:?} is left out of the cast: another has the same id"));
            continue;
        }
        let mut member = Member::new(id).gender(match gender {
            Letter::F => Gender::Female,
            Letter::M => Gender::Male,
            Letter::U => Gender::Unknown,
        });
        for alias in aliases {
            if owned(alias) {
                member = member.alias(alias);
            } else {
                warn(&format!("alias {alias:?} of {id:?} is left out: another has it too"));
            }
        }
        cast.push(member);
    }
    cast
}
