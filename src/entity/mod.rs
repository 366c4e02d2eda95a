//! Mentions to entities: which of them stand for the same person or body.
//!
//! Names are clustered first, over the whole text ([`cluster`]): the forms of a name are few, however long the text. Then
//! one walk from left to right gives every mention its entity ([`resolve`]): ambiguous names, noun phrases and pronouns
//! go to whoever was last spoken of and agrees.

mod cluster;
mod family;
mod form;
mod gender;
mod resolve;
mod scene;
mod title;

use std::collections::HashMap;

use crate::document::Run;
use crate::error::{Error, Kind};
use crate::kind::{Gender, MentionKind, Number, TokenKind};
use crate::lexicon::List;
use crate::mention::{Being, Mention, Mentions, Reading};
use crate::segment::flag;

/// Somebody or some body that a text speaks of.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// Index of the mention that names it best.
    pub(crate) best: u32,
    pub(crate) gender: Gender,
    /// The mention that shows the gender.
    pub(crate) gender_evidence: Option<u32>,
    pub(crate) number: Number,
    pub(crate) being: Being,
    pub(crate) narrator: bool,
    /// Has a proper name.
    pub(crate) named: bool,
    /// Member of the caller's cast, by number.
    pub(crate) cast: Option<u32>,
    pub(crate) mentions: u32,
    /// How often it is the source of a report.
    pub(crate) sources: u32,
    /// The mention that brings in somebody without a name, and whether it does so as "a porter".
    pub(crate) first: u32,
    pub(crate) indefinite: bool,
    /// How often it acts in narration, or is called by name in speech.
    pub(crate) acts: u32,
}

impl Entity {
    /// Nobody in particular, of whom nothing is known.
    const UNKNOWN: Entity = Entity {
        best: u32::MAX,
        gender: Gender::Unknown,
        gender_evidence: None,
        number: Number::Singular,
        being: Being::Unknown,
        narrator: false,
        named: false,
        cast: None,
        mentions: 0,
        sources: 0,
        first: u32::MAX,
        indefinite: false,
        acts: 0,
    };
}

/// All entities, and for each mention its entity.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    pub(crate) of_mention: Vec<Option<u32>>,
}

impl Entities {
    pub(crate) fn get(&self, entity: u32) -> &Entity {
        &self.list[entity as usize]
    }

    /// Whether the entity can be "he" or "she" and take part in a conversation.
    pub(crate) fn is_person(&self, entity: u32) -> bool {
        let entity = self.get(entity);
        entity.number == Number::Singular
            && (entity.being == Being::Person
                || entity.gender != Gender::Unknown
                || (entity.being == Being::Unknown && entity.named && entity.sources + entity.acts > 0))
    }
}

/// A known person handed in by the caller: the forms of the name in lower case, without full stops.
#[derive(Clone, Debug)]
pub(crate) struct CastMember {
    pub(crate) aliases: Vec<String>,
    pub(crate) gender: Gender,
}

/// Makes the cast ready: every name and alias in the form that names of the text have in clusters.
///
/// # Errors
///
/// An alias that two members share, or an empty one.
pub(crate) fn cast_forms<'a, N: Iterator<Item = &'a str>>(
    members: impl Iterator<Item = (N, Gender)>,
) -> Result<Vec<CastMember>, Error> {
    let mut owner: HashMap<String, (usize, &str)> = HashMap::new();
    let mut out = Vec::new();
    for (number, (names, gender)) in members.enumerate() {
        let mut aliases = Vec::new();
        let mut main = None;
        for name in names {
            let name = name.trim();
            let main = *main.get_or_insert(name);
            let words = name.split_whitespace().map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
            let alias = words.collect::<Vec<_>>().join(" ").to_lowercase().replace('’', "'");
            // "the gardener's wife": an ending of the genitive is a word.
            let alias = alias.replace("'s ", " 's ").replace("s' ", "s ' ");
            let alias = without_article(&alias).to_owned();
            if alias.is_empty() {
                return Err(Kind::EmptyAlias(number).into());
            }
            match owner.get(&alias) {
                Some(&(other, first)) if other != number => {
                    return Err(
                        Kind::AliasTwice { alias: name.into(), first: first.into(), second: main.into() }.into()
                    );
                }
                Some(_) => continue,
                None => {}
            }
            owner.insert(alias.clone(), (number, main));
            aliases.push(alias);
        }
        out.push(CastMember { aliases, gender });
    }
    Ok(out)
}

/// A noun phrase without its definite article: "the waiter" and "waiter" are one alias.
fn without_article(words: &str) -> &str {
    words.strip_prefix("the ").unwrap_or(words)
}

/// Two genders agree unless both are known and differ.
pub(crate) fn agree(a: Gender, b: Gender) -> bool {
    a == b || a == Gender::Unknown || b == Gender::Unknown
}

/// The words at `tokens` in lower case, without full stops and quotation marks, parted by single spaces.
fn words_of(reading: &Reading<'_>, tokens: Run) -> String {
    let mut form = String::new();
    write_words_of(reading, tokens, &mut form);
    form
}

/// The same in place of what `form` held.
fn write_words_of(reading: &Reading<'_>, tokens: Run, form: &mut String) {
    form.clear();
    if tokens.end > tokens.start {
        form.reserve((reading.token(tokens.end - 1).end - reading.token(tokens.start).start) as usize);
    }
    let words = (tokens.start..tokens.end).filter(|&at| reading.token(at).kind != TokenKind::QuoteMark);
    for at in words {
        if !form.is_empty() {
            form.push(' ');
        }
        let word = without_honorific(reading, at).trim_end_matches('.');
        if word.is_ascii() {
            let start = form.len();
            form.push_str(word);
            form[start..].make_ascii_lowercase();
            continue;
        }
        for letter in word.chars() {
            match letter {
                '’' => form.push('\''),
                _ => form.extend(letter.to_lowercase()),
            }
        }
    }
}

/// The word at `at` without what respect or love adds to a name: "Hana" for "Hana-san".
fn without_honorific<'a>(reading: &Reading<'a>, at: u32) -> &'a str {
    let word = reading.text(at);
    if !reading.token(at).has(flag::HYPHEN) {
        return word;
    }
    let name = word.rsplit_once('-').filter(|(_, last)| reading.lexicon.lists(List::Honorific, last));
    name.map_or(word, |(name, _)| name)
}

/// The mentions and entities of a text.
pub(crate) fn find(reading: Reading<'_>, mentions: &Mentions, cast: &[CastMember]) -> Entities {
    let reports = is_report(reading, mentions);
    let clusters = cluster::cluster(reading, mentions, cast, reports);
    resolve::resolve(reading, mentions, clusters, reports)
}

/// Whether a mention is a proper name.
fn is_name(mention: &Mention) -> bool {
    mention.kind == MentionKind::Name
}

/// Whether a text reports more than it tells a story: a sentence that has a source and no quotation comes on three
/// quotations at most.
fn is_report(reading: Reading<'_>, mentions: &Mentions) -> bool {
    let quotations = reading.quotations.list.iter().filter(|quotation| quotation.parent.is_none());
    let mut marks = quotations.clone().map(|quotation| quotation.outer).peekable();
    let mut sentences = reading.segmentation.sentences.iter().peekable();
    let told = mentions.list.iter().filter(|mention| {
        while sentences.next_if(|sentence| sentence.tokens.end <= mention.tokens.start).is_some() {}
        let Some(sentence) = sentences.peek().filter(|_| mention.source && !mention.quoted) else {
            return false;
        };
        while marks.next_if(|marks| marks.end <= sentence.tokens.start).is_some() {}
        marks.peek().is_none_or(|marks| marks.start >= sentence.tokens.end)
    });
    let (told, quoted) = (told.count(), quotations.count());
    told > 0 && 3 * told >= quoted
}
