//! The source of a cue: the noun phrase that stands for whoever speaks.

use super::cue::{Cue, Form, hears, is_medium};
use super::units::Units;
use super::{Link, REACH, Report, Source};
use crate::lexicon::{Class, List};
use crate::mention::{Phrase, PhraseKind};
use crate::model::Tag;

/// A source and where it stands in the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) source: Source,
    /// Units of the source with what is attached to it; outside the verb group. Empty where it is shared.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Behind the cue: "said X".
    pub(super) inverted: bool,
}

impl Found {
    /// Whether the source is neither a person nor a body nor a document, as far as its noun shows.
    pub(super) fn is_thing(&self, units: &Units<'_>) -> bool {
        let phrase = &units.reading.phrases[self.source.phrase as usize];
        phrase.kind == PhraseKind::Nominal && !units.reading.class(phrase.head).any(Class::SPEAKER_NOUN)
    }
}

/// The source of `cue`. `before` are the reports found so far in the same frame.
pub(super) fn of(units: &Units<'_>, cue: &Cue, before: &[Report]) -> Option<Found> {
    if let Some(found) = heard(units, cue) {
        return Some(found);
    }
    match cue.form {
        Form::Preposition | Form::Credit => object(units, cue),
        Form::Colon => shared(units, cue, before),
        Form::Label => found(units, 0, 0, cue.start, Link::Subject),
        // The owner of the words stands in the phrase.
        Form::Noun => found(units, cue.start, cue.start, cue.start, Link::Subject),
        Form::Passive => agent(units, cue),
        Form::Infinitive => shared(units, cue, before),
        Form::Participle => {
            with_subject(units, cue).or_else(|| shared(units, cue, before)).or_else(|| main_subject(units, cue))
        }
        Form::Finite | Form::Unknown => {
            // “…” said X: only when nothing but the quotation stands before the verb.
            let after_quotation = cue.group.checked_sub(1).is_some_and(|at| {
                units.quotation(at).is_some() || (at > 0 && units.is_comma(at) && units.quotation(at - 1).is_some())
            });
            let after_dash = cue.group > 1 && units.is_dash(cue.group - 1) && units.quotation(cue.group - 2).is_some();
            if after_quotation || cue.group == 0 || after_dash {
                return inverted(units, cue).or_else(|| shared(units, cue, before));
            }
            subject(units, cue).or_else(|| inverted_at_end(units, cue)).or_else(|| shared(units, cue, before))
        }
    }
}

/// Units of a relative clause between the one who speaks and the words.
const CLAUSE: usize = 24;

/// Tokens of a quotation that is no sentence, with its marks.
const FEW: u32 = 5;

/// Phrases that are tried on the left and on the right of a cue.
const LEFT: usize = 7;
const RIGHT: usize = 3;

/// All that may be the source of `cue`, first what the patterns choose and last nobody.
pub(super) fn candidates(units: &Units<'_>, cue: &Cue, chosen: Option<Found>, tag: bool, out: &mut Vec<Option<Found>>) {
    out.clear();
    out.push(chosen);
    // "with X saying": nobody else can be meant.
    let joined = cue.form == Form::Participle
        && chosen.is_some_and(|found| found.source.link == Link::Subject && found.end == cue.group);
    // "The lake is dead, says X of the institute.": nobody else is left.
    let closing = |found: Found| {
        let clause = cue.group > 0 && units.is_comma(cue.group - 1) && units.finite(0, cue.group) > 0;
        cue.verb.clause >= 2 && found.inverted && units.is_end(found.end) && clause
    };
    if joined
        || chosen.is_some_and(closing)
        || heard(units, cue).is_some()
        || matches!(cue.form, Form::Preposition | Form::Credit | Form::Label | Form::Noun)
    {
        return;
    }
    // The subject of a passive is not the one who thinks.
    let passive = cue.form == Form::Passive && !cue.verb.speech;
    let floor = if passive { cue.group } else { cue.group.saturating_sub(60) };
    // What stands in brackets behind a name is no source: "X (R-Ohio) said".
    let mut brackets = false;
    let outside = |&at: &usize| {
        brackets = (brackets || units.is_mark(at, &[")"])) && !units.is_mark(at, &["("]);
        !brackets
    };
    let speaks = |&at: &usize| units.can_speak(at);
    let left = (floor..cue.group).rev().filter(outside).filter(speaks).take(LEFT).filter_map(|at| {
        if units.is_relative(at) {
            return relative(units, at, cue.group);
        }
        let apart = (at + 1..cue.group).any(|at| units.is_finite(at));
        let link = if apart { Link::Shared } else { Link::Subject };
        let found = found(units, at, at, cue.group, link)?;
        Some(if apart { Found { start: cue.group, ..found } } else { found })
    });
    let limit = units.len().min(cue.end + 12);
    let right = (cue.end..limit)
        .take_while(|&at| units.quotation(at).is_none() && !(at > cue.end && units.is_finite(at)))
        // "X said the talks had failed": who has a verb of its own is no subject of the one before.
        .filter(|&at| units.can_speak(at) && !units.is_relative(at) && !units.begins_clause(at))
        .take(RIGHT)
        .filter_map(|at| {
            let by = at > cue.end && units.text(at - 1).eq_ignore_ascii_case("by");
            let found = found(units, at, if by { at - 1 } else { at }, attachment_end(units, at), Link::Subject)?;
            Some(Found { inverted: true, ..found })
        });
    for found in left.chain(right) {
        if !out.iter().flatten().any(|other| other.source.phrase == found.source.phrase) {
            out.push(Some(found));
        }
    }
    if chosen.is_some() && !tag {
        out.push(None);
    }
}

fn found(units: &Units<'_>, at: usize, start: usize, end: usize, link: Link) -> Option<Found> {
    let (phrase, _) = units.phrase(at)?;
    let source = Source { phrase, last: phrase, antecedent: None, link };
    Some(Found { source, start, end, inverted: false })
}

/// “…,” she heard X say: with all of that as the tag.
fn heard(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let hear = cue.group.checked_sub(2).filter(|&at| hears(units, at))?;
    let start = hear.checked_sub(1).filter(|&at| units.phrase(at).is_some()).unwrap_or(hear);
    found(units, hear + 1, start, cue.group, Link::Subject)
}

/// "according to X".
fn object(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let found = found(units, cue.end, cue.end, cue.end + 1, Link::Object)?;
    Some(Found { end: attachment_end(units, cue.end), inverted: true, ..found })
}

/// "it was announced by X", "was quoted by X as saying".
fn agent(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let by = (cue.end..units.len().min(cue.end + 4))
        .find(|&at| units.text(at).eq_ignore_ascii_case("by") && !is_medium(units, at + 1))?;
    let found = found(units, by + 1, by, by + 2, Link::Object)?;
    units.can_speak(by + 1).then_some(Found { end: attachment_end(units, by + 1), inverted: true, ..found })
}

/// The unit after the phrase at `at` and the prepositional phrases that belong to it: "the mayor of Lund".
fn attachment_end(units: &Units<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while matches!(units.text(end), "of" | "for" | "from" | "at" | "with") && units.phrase(end + 1).is_some() {
        end += 2;
    }
    // ", the mayor of Lund," or ", 54," in apposition, when it closes again.
    if units.is_comma(end)
        && units.phrase(end + 1).is_some()
        && let Some(close) = (end + 2..units.len().min(end + 12)).find(|&at| units.is_comma(at) || units.is_end(at))
        && !(end + 1..close).any(|at| units.is_finite(at) || units.quotation(at).is_some())
        && !units.tag(end + 2).is_some_and(Tag::is_verb)
    {
        end = close;
    }
    // Said X, who lives there, “…”
    if units.is_comma(end) && units.is_relative(end + 1) {
        let quotation = (end + 2..units.len().min(end + CLAUSE)).find(|&at| units.quotation(at).is_some());
        end = quotation.filter(|&at| units.is_comma(at - 1)).map_or(end, |at| at - 1);
    }
    end
}

/// The phrase behind the verb: “…,” said X.
fn inverted(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let mut at = cue.end;
    while units.tag(at) == Some(Tag::Adverb) {
        at += 1;
    }
    // “…,” said to me the old man: rare; “…,” said X to me: usual.
    if !units.can_speak(at) {
        return None;
    }
    // “…,” came a shout from Ada Lund
    let from = at + 2;
    if matches!(units.text(cue.start), "came" | "comes") && units.text(at + 1) == "from" && is_somebody(units, from) {
        at = from;
    }
    // “…,” asked him his friend
    let found = found(units, at, at, at + 1, Link::Subject)?;
    let end = joined_end(units, at);
    let last = units.phrase(end - 1).map_or(found.source.last, |(phrase, _)| phrase);
    Some(Found {
        source: Source { last, ..found.source },
        end: attachment_end(units, end - 1),
        inverted: true,
        ..found
    })
}

/// Whether the phrase at `at` stands for a person or body, and not for where a voice may come from.
fn is_somebody(units: &Units<'_>, at: usize) -> bool {
    units.phrase(at).is_some_and(|(_, phrase)| {
        let class = units.reading.class(phrase.head);
        class.any(Class::SPEAKER_NOUN) || phrase.kind == PhraseKind::Name && !class.any(Class::PLACE)
    })
}

/// "…, said X." at the end of a frame whose content stands before without marks.
fn inverted_at_end(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let found = inverted(units, cue)?;
    let comma_before = cue.group > 0 && units.is_comma(cue.group - 1);
    (comma_before && (units.is_end(found.end) || units.is_comma(found.end))).then_some(found)
}

/// With the phrase before it that tells who it is: "a spokesman for the council, X, said".
pub(super) fn introduced(units: &Units<'_>, found: Found) -> Found {
    let Some(last) = found.start.checked_sub(2).filter(|_| !found.inverted && found.start < found.end) else {
        return found;
    };
    let named = units.phrase(found.start).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Name);
    if !named || !units.is_comma(last + 1) {
        return found;
    }
    let first = attached_to(units, last);
    let tells = |(_, phrase): (u32, &Phrase)| {
        phrase.kind == PhraseKind::Nominal && units.reading.class(phrase.head).any(Class::PERSON_NOUN)
    };
    let apart = first == 0 || units.is_comma(first - 1) || units.quotation(first - 1).is_some();
    if apart && units.phrase(first).is_some_and(tells) { Found { start: first, ..found } } else { found }
}

/// The unit after "X and Y" where the phrase at `at` begins it.
fn joined_end(units: &Units<'_>, at: usize) -> usize {
    if units.tag(at + 1) == Some(Tag::Coordinator) && units.text(at + 1) == "and" && units.can_speak(at + 2) {
        at + 3
    } else {
        at + 1
    }
}

/// The subject before the verb group.
fn subject(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let end = cue.group;
    let mut at = end.checked_sub(1)?;
    at = before_parenthesis(units, at)?;
    if let Some((_, phrase)) = units.phrase(at) {
        if phrase.kind == PhraseKind::Pronoun && units.reading.class(phrase.head).any(Class::RELATIVE) {
            return relative(units, at, end);
        }
        return direct_subject(units, at, end);
    }
    if units.is_comma(at) || units.is_dash(at) {
        return set_off_subject(units, at, end);
    }
    None
}

/// The unit before the parenthesis that ends at `at`, or `at` itself: "X (R-Ohio) said".
fn before_parenthesis(units: &Units<'_>, at: usize) -> Option<usize> {
    if !units.is_mark(at, &[")"]) {
        return Some(at);
    }
    let open = (at.saturating_sub(12)..at).rev().find(|&at| units.is_mark(at, &["("]))?;
    open.checked_sub(1)
}

/// "X, who said": the pronoun is the source, X what it stands for.
fn relative(units: &Units<'_>, at: usize, end: usize) -> Option<Found> {
    let mut found = found(units, at, at, end, Link::Subject)?;
    let mut before = at.checked_sub(1)?;
    if units.is_comma(before) {
        before = before.checked_sub(1)?;
    }
    // Past what is attached: "the mayor of Lund, who said".
    let noun = attached_to(units, before);
    found.source.antecedent = units.phrase(noun).map(|(phrase, _)| phrase);
    Some(found)
}

/// The first phrase of "the mayor of Lund", given its last.
fn attached_to(units: &Units<'_>, mut at: usize) -> usize {
    while at >= 2
        && units.phrase(at).is_some()
        && units.phrase(at - 2).is_some()
        && units.reading.lexicon.lists(List::Attaching, units.text(at - 1))
    {
        at -= 2;
    }
    at
}

/// The phrase right before the verb, or the one it is attached to, or both of a pair.
fn direct_subject(units: &Units<'_>, at: usize, end: usize) -> Option<Found> {
    let at = before_all(units, at);
    let first = apposed_to(units, who_clause(units, reduced(units, attached_to(units, at))));
    // "At a rally in Ohio Trump said" never gets here with "Ohio Trump"; "in a statement" before a comma neither.
    let preposition_before = first > 0
        && units.tag(first - 1) == Some(Tag::Preposition)
        && !units.class(first - 1).any(Class::SUBORDINATOR.or(Class::THAT).or(Class::WITH));
    if preposition_before && first == at && first >= 2 {
        // "a man of Lund said" is attached already; what is left is "by X said", a fronted adverbial.
        return None;
    }
    if !units.can_speak(first) {
        return None;
    }
    if units.phrase(first).is_some_and(|(_, phrase)| units.is_nobody(phrase)) {
        return None;
    }
    let mut found = found(units, first, first, end, Link::Subject)?;
    // ", current and former officials said": what is joined is two adjectives.
    if let Some(adjective) = first.checked_sub(2)
        && units.text(first - 1) == "and"
        && units.tag(adjective) == Some(Tag::Adjective)
        && (adjective == 0 || units.is_comma(adjective - 1) || units.quotation(adjective - 1).is_some())
    {
        found.start = adjective;
    }
    Some(with_other(units, first, found))
}

/// The source at `at`, and with it the one before "and": "X and Y said", "X (D-Ohio) and Y said".
fn with_other(units: &Units<'_>, at: usize, mut found: Found) -> Found {
    let other = at.checked_sub(2).filter(|&before| units.text(before + 1) == "and");
    let other = other.and_then(|before| before_parenthesis(units, before));
    if let Some(other) = other.filter(|&other| units.can_speak(other))
        && (other == 0
            || units.is_comma(other - 1)
            || units.quotation(other - 1).is_some()
            || units.class(other - 1).any(Class::SUBORDINATOR.or(Class::THAT).or(Class::COORDINATOR)))
        && let Some((phrase, _)) = units.phrase(other)
    {
        found.source.phrase = phrase;
        found.start = other;
    }
    found
}

/// The phrase that an adjective or participle goes on behind, where the phrase at `at` ends it: "two officials familiar with
/// the talks said", "a note found in the house said".
fn reduced(units: &Units<'_>, at: usize) -> usize {
    let over = |at: usize| {
        units.is_comma(at)
            || units.is_dash(at)
            || units.is_finite(at)
            || units.quotation(at).is_some()
            || units.class(at).any(Class::COORDINATOR.or(Class::SUBORDINATOR).or(Class::THAT))
    };
    let before = (at.saturating_sub(CLAUSE)..at).rev().find(|&at| over(at));
    let start = before.map_or(at.saturating_sub(CLAUSE), |before| before + 1);
    // Behind a verb it is an object.
    let subject = start < at && before.is_none_or(|before| !units.is_finite(before)) && units.can_speak(start);
    let modified = matches!(units.tag(start + 1), Some(Tag::Adjective | Tag::Participle | Tag::Gerund))
        && units.tag(at.wrapping_sub(1)) == Some(Tag::Preposition);
    if subject && modified && !units.is_relative(start) { start } else { at }
}

/// The name before `at` in “…,” Ada Lund, an aide who was there said: an apposition that no second comma closes.
fn apposed_to(units: &Units<'_>, at: usize) -> usize {
    let kind = |at: usize| units.phrase(at).map(|(_, phrase)| phrase.kind);
    let name = at.checked_sub(2).filter(|&name| {
        units.is_comma(name + 1)
            && kind(name) == Some(PhraseKind::Name)
            && kind(at) == Some(PhraseKind::Nominal)
            && name.checked_sub(1).is_some_and(|before| units.quotation(before).is_some())
    });
    name.filter(|&name| units.can_speak(name)).unwrap_or(at)
}

/// The phrase before "all" in "X, Y and Z all said", or `at` itself.
fn before_all(units: &Units<'_>, at: usize) -> usize {
    let each = |(_, phrase): (u32, &Phrase)| matches!(units.reading.text(phrase.head), "all" | "both" | "each");
    let before = at.checked_sub(1).filter(|_| units.phrase(at).is_some_and(each));
    before.and_then(|at| before_parenthesis(units, at)).filter(|&at| units.can_speak(at)).unwrap_or(at)
}

/// The phrase that a relative clause without commas belongs to, where the phrase at `at` stands at the clause's end: "two
/// engineers who took part said".
fn who_clause(units: &Units<'_>, at: usize) -> usize {
    let floor = at.saturating_sub(14);
    let who = (floor..at)
        .rev()
        .take_while(|&at| !units.is_comma(at) && units.quotation(at).is_none())
        .find(|&at| units.is_relative(at));
    match who {
        Some(who) if who > 0 && units.can_speak(who - 1) && (who + 1..at).any(|at| units.is_finite(at)) => {
            attached_to(units, who - 1)
        }
        _ => at,
    }
}

/// The subject before something set off by commas or dashes: "X, the mayor of Lund, said", "X, who did not say how, said",
/// "X, in a statement, said". `comma` is the one right before the verb.
fn set_off_subject(units: &Units<'_>, comma: usize, end: usize) -> Option<Found> {
    // "X (R-Ohio), said", whatever the comma is for.
    let bracketed = before_parenthesis(units, comma.checked_sub(1)?);
    let bracketed = bracketed.filter(|&at| at + 1 < comma && units.can_speak(at));
    if let Some(at) = bracketed.filter(|&at| at == 0 || units.is_comma(at - 1)) {
        return found(units, at, at, end, Link::Subject);
    }
    let floor = comma.saturating_sub(REACH.min(60));
    let dateline = units.dateline();
    let mut best = None;
    let mut close = comma;
    // Leftwards from comma to comma, as long as what lies between is an apposition, a relative clause or an adverbial.
    for at in (floor..comma).rev() {
        // "X, wearing a “Vote” badge, said": a few words in marks are part of what is set off.
        let few = units.tokens(at).end - units.tokens(at).start <= FEW && !units.is_pause(at);
        if units.quotation(at).is_some() && !(few && !units.is_comma(at + 1)) {
            break;
        }
        if !(units.is_comma(at) || units.is_dash(at)) {
            continue;
        }
        // "LUND – Mayor Ada Aker, opening the bridge, said": the town says nothing.
        if dateline == Some(at) {
            break;
        }
        if !is_set_off(units, at + 1, close) {
            break;
        }
        if let Some(noun) = at.checked_sub(1).and_then(|at| before_parenthesis(units, at))
            && units.can_speak(noun)
        {
            best = Some(who_clause(units, reduced(units, attached_to(units, noun))));
        }
        close = at;
    }
    let at = best.or(bracketed)?;
    let found = found(units, at, at, end, Link::Subject)?;
    Some(if units.is_relative(at + 2) && units.is_comma(at + 1) { with_other(units, at, found) } else { found })
}

/// Whether the units from `start` to `end` add to a phrase before them and are no clause of their own.
fn is_set_off(units: &Units<'_>, start: usize, end: usize) -> bool {
    // "speaking on condition that they were not named"
    if units.is_relative(start) || units.class(start).any(Class::WH) || units.tag(start) == Some(Tag::Gerund) {
        return true;
    }
    // "a baker whose shop stands there" is a phrase with a clause of its own.
    let relative = (start..end).find(|&at| units.is_relative(at) || units.class(at).any(Class::RELATIVE));
    let clause = (start + 1..relative.unwrap_or(end)).any(|at| {
        // "a group allied with the mayor", "the bridge built by Lund": a participle, whatever the tagger says.
        let participle = units.tag(at) == Some(Tag::Past) && matches!(units.text(at + 1), "by" | "with");
        units.is_finite(at) && !participle && units.phrase(at - 1).is_some() && !units.is_relative(at - 1)
    });
    !clause && end > start && !units.class(start).any(Class::COORDINATOR)
}

/// "with X saying", "footage of X saying".
fn with_subject(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    let at = cue.group.checked_sub(1)?;
    if !units.can_speak(at) {
        return None;
    }
    // "footage of Ada Lund saying"; of an idea of hers something else may be said.
    let noun = at.checked_sub(2).filter(|_| units.text(at - 1) == "of").and_then(|noun| units.phrase(noun));
    let recording = noun.is_some_and(|(_, noun)| units.reading.class(noun.head).any(Class::RECORDING));
    let named = units.phrase(at).is_some_and(|(_, phrase)| {
        let other = Class::PLACE.or(Class::ORGANISATION).or(Class::DEMONYM);
        phrase.kind == PhraseKind::Name && !units.reading.class(phrase.head).any(other)
    });
    if recording && named {
        return found(units, at, at, cue.group, Link::Subject);
    }
    let first = attached_to(units, at);
    let with = first > 0
        && (units.class(first - 1).any(Class::WITH)
            || (units.class(first - 1).any(Class::COORDINATOR) || units.is_comma(first - 1))
                && (first.saturating_sub(40)..first - 1).any(|at| units.class(at).any(Class::WITH)));
    with.then(|| found(units, first, first, cue.group, Link::Subject))?
}

/// The subject of the clause that the cue goes on with: "X nodded and said", "X spoke on Monday, saying", "X went to say".
fn shared(units: &Units<'_>, cue: &Cue, before: &[Report]) -> Option<Found> {
    let at = cue.group.checked_sub(1)?;
    let goes_on = units.class(at).any(Class::COORDINATOR)
        || units.is_comma(at)
        || units.is_dash(at)
        || matches!(cue.form, Form::Infinitive | Form::Participle | Form::Colon)
        || units.tag(at) == Some(Tag::Adverb);
    if !goes_on {
        return None;
    }
    let nothing = |source: Source| Found {
        source: Source { link: Link::Shared, ..source },
        start: cue.group,
        end: cue.group,
        inverted: false,
    };
    // The last one who spoke in this sentence, else the subject of the nearest verb before.
    if let Some(source) = before.iter().rev().take(8).find_map(|report| report.source) {
        return Some(nothing(source));
    }
    let floor = at.saturating_sub(REACH.min(60));
    // What the tagger takes for a participle behind a subject is a verb in the past.
    let is_verb = |verb: usize| {
        verb > 0 && (units.is_finite(verb) || (units.tag(verb) == Some(Tag::Participle) && units.can_speak(verb - 1)))
    };
    (floor..at).rev().filter(|&verb| is_verb(verb)).find_map(|verb| {
        let subject = subject_at(units, verb);
        if let Some(subject) = subject.filter(|&at| units.can_speak(at) && !units.is_relative(at)) {
            let (phrase, _) = units.phrase(attached_to(units, subject))?;
            return Some(nothing(Source { phrase, last: phrase, antecedent: None, link: Link::Shared }));
        }
        // "X, a doctor, nodded and said"
        let set_off = units.is_comma(verb - 1).then(|| set_off_subject(units, verb - 1, verb)).flatten()?;
        Some(nothing(set_off.source))
    })
}

/// The subject of the main clause behind a participle that opens the sentence: "Citing the cost, X closed the line".
fn main_subject(units: &Units<'_>, cue: &Cue) -> Option<Found> {
    // "Writing for the majority, X said": tells nothing by itself.
    if cue.verb.clause == 3 && matches!(units.text(cue.end), "at" | "for" | "from" | "to" | "with") {
        return None;
    }
    let at = main_clause(units, cue).filter(|&at| units.can_speak(at))?;
    found(units, at, cue.group, cue.group, Link::Shared)
}

/// Where the main clause begins in a sentence that the clause of the cue opens: "Citing the cost, X closed the line",
/// "After warning of floods, X left".
pub(super) fn main_clause(units: &Units<'_>, cue: &Cue) -> Option<usize> {
    let opens = match cue.group {
        0 => true,
        1 => units.class(0).any(Class::SUBORDINATOR.or(Class::PREPOSITION).or(Class::COORDINATOR)),
        _ => false,
    };
    // "Asked about the cost, X left": whoever asked is not told.
    let asked = cue.verb.addressee && matches!(units.tag(cue.start), Some(Tag::Participle | Tag::Past));
    if !opens || !(cue.form == Form::Participle || asked) {
        return None;
    }
    (cue.end + 1..units.len().min(cue.end + REACH)).find(|&at| {
        (units.is_comma(at - 1) || units.is_pause(at - 1)) && !units.is_relative(at) && units.begins_clause(at)
    })
}

/// The phrase right before the verb at `verb`, past adverbs and auxiliaries.
fn subject_at(units: &Units<'_>, verb: usize) -> Option<usize> {
    let mut at = verb.checked_sub(1)?;
    while units.tag(at).is_some_and(|tag| tag == Tag::Adverb || tag == Tag::Modal)
        || units.class(at).any(Class::AUXILIARY)
    {
        at = at.checked_sub(1)?;
    }
    units.phrase(at).is_some().then_some(at)
}
