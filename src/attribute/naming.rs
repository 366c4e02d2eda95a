//! The name that an entity is told by: the fullest that the text gives, if it is one that the text goes by.

use crate::entity::Entities;
use crate::kind::MentionKind;
use crate::lexicon::{Class, TextMap};
use crate::mention::{Mention, Mentions, Reading};
use crate::segment::flag;

/// A form that is a mere one in so many is a slip: headings and openings of sentences run words together.
const RARE: u32 = 30;

/// And a name with no word of the usual one, if that is so many times as frequent, is what one or the other takes somebody
/// for.
const SELDOM: u32 = 8;

/// One way in which an entity is named.
#[derive(Clone, Copy, Debug)]
struct Form {
    count: u32,
    /// The mention that stands for it.
    first: u32,
}

/// For each entity a mention that has its fullest name: most words, titles only where there is no more than a surname.
pub(super) fn fullest(reading: Reading<'_>, mentions: &Mentions, entities: &Entities) -> Vec<Option<u32>> {
    let mut forms: TextMap<(u32, &str), Form> = TextMap::default();
    let mut totals = vec![0u32; entities.list.len()];
    let names = mentions.list.iter().enumerate().filter(|(_, mention)| mention.kind == MentionKind::Name);
    for ((at, mention), entity) in names.filter_map(|name| Some((name, entities.of_mention[name.0]?))) {
        let (first, last) = (reading.token(mention.tokens.start), reading.token(mention.tokens.end - 1));
        let form = &reading.text[first.start as usize..last.end as usize];
        let form = forms.entry((entity, form)).or_insert(Form { count: 0, first: at as u32 });
        form.count += 1;
        // "Of late, Prime Minister Lund": a name all the same.
        if mentions.list[form.first as usize].is_office(&reading) {
            form.first = at as u32;
        }
        totals[entity as usize] += 1;
    }
    let mut forms: Vec<(u32, Form)> = forms.into_iter().map(|((entity, _), form)| (entity, form)).collect();
    forms.sort_unstable_by_key(|&(entity, form)| (entity, form.first));
    let mut fullest = vec![None; entities.list.len()];
    for forms in forms.chunk_by(|a, b| a.0 == b.0) {
        let entity = forms[0].0 as usize;
        let mention = |form: &Form| &mentions.list[form.first as usize];
        let forms = forms.iter().map(|(_, form)| form);
        let usual = forms.clone().rev().max_by_key(|form| form.count);
        let score = |form: &&Form| {
            let foreign = usual.is_some_and(|usual| {
                SELDOM * form.count < usual.count && !are_one(&reading, mention(usual), mention(form))
            });
            if foreign { 0 } else { score(&reading, mention(form), form.count, totals[entity]) }
        };
        fullest[entity] = forms.rev().max_by_key(score).map(|form| form.first);
    }
    fullest
}

/// How much of a name a form is that is `count` of the `total` by which its bearer is named.
fn score(reading: &Reading<'_>, mention: &Mention, count: u32, total: u32) -> u32 {
    let words = mention.words.end - mention.words.start;
    let class = reading.class(mention.words.start);
    let given = class.any(Class::GIVEN) && !class.any(Class::CALENDAR);
    let slip = RARE * count < total && (words > 2 || words == 2 && count == 1 && !given);
    // Capitals throughout are a headline's, but for the labels of a transcript, and "the Prime Minister" is a role.
    let shouting = reading.token(mention.words.start).has(flag::ALL_CAPITALS) && !mention.is_label(reading);
    if shouting || slip || mention.is_office(reading) {
        return 1;
    }
    // Two words of the name proper beat a title and one.
    2 * words.min(4) + u32::from(words == 1 && mention.tokens != mention.words)
}

/// Whether a form has a word of the one that the text goes by: whoever is "Ada" on every page is not told by the "Nora Lund"
/// that somebody once calls her.
fn are_one(reading: &Reading<'_>, usual: &Mention, other: &Mention) -> bool {
    // "The Captain" and "Mother" may have any name, and so may what is called by its initials.
    let initials = reading.token(usual.head).has(flag::ALL_CAPITALS);
    if initials || usual.is_office(reading) || reading.class(usual.words.start).any(Class::TITLE.or(Class::KIN)) {
        return true;
    }
    let form = |at: u32| reading.text(at).trim_end_matches('.').to_lowercase();
    (usual.words.start..usual.words.end).map(form).any(|word| {
        (other.words.start..other.words.end).map(form).any(|other| reading.lexicon.same_given_name(&word, &other))
    })
}
