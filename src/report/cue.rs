//! Which words are cues, and what stands directly around them.

use super::units::{Unit, Units};
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, CueShape, List, Sequel, Verb, WordId};
use crate::mention::{Phrase, PhraseKind, Reading, saying};
use crate::model::Tag;
use crate::segment::flag;

/// A word or phrase that may report speech.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Units of the cue itself.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The first unit of the verb group: auxiliaries and adverbs before the cue.
    pub(super) group: usize,
    pub(super) tokens: Run,
    pub(super) verb: Verb,
    pub(super) form: Form,
    /// "would say", "may have said".
    pub(super) modal: bool,
    /// "did not say".
    pub(super) negated: bool,
}

/// The grammatical form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Finite,
    /// "saying".
    Participle,
    /// "to say".
    Infinitive,
    /// "was told", "is quoted as saying".
    Passive,
    Preposition,
    /// “…” — X
    Credit,
    /// X: …
    Label,
    /// X made this comment: “…”
    Colon,
    /// A verb that no table has, beside a quotation.
    Unknown,
    /// X's claim that …
    Noun,
}

/// The tag a quotation may get from a verb that is in no table.
const UNKNOWN: Verb = Verb {
    direct: 1,
    clause: 0,
    object: 0,
    addressee: false,
    speech: true,
    sequel: Sequel::Either,
    declared: false,
    shape: CueShape::Verb,
};

/// A verb that no table explains, but that has been a cue often enough in counted text.
const COUNTED: Verb = Verb { direct: 0, clause: 1, object: 1, ..UNKNOWN };

/// "The court heard that …": what somebody said there. The verb alone is rarely a cue, so that nothing learned of it counts.
const HEARING: Verb = Verb { clause: 3, declared: true, ..UNKNOWN };

/// The colon behind the name of a speaker.
pub(super) const LABEL: Verb = Verb { direct: 2, clause: 3, ..UNKNOWN };

/// Beginnings of verbs that tell that something was not said.
const DENYING: &[&str] = &["declin", "refus", "fail"];

/// Per cent of the uses of a form that must be cues for it to be looked at without any other reason.
const COUNTS: u8 = 4;

/// The cue of several words that begins at a token: how many they are.
fn phrase(units: &Units<'_>, token: u32) -> Option<(u32, Verb)> {
    let reading = units.reading;
    let parted = |&at: &u32| at == token || reading.token(at).has(flag::SPACE_BEFORE);
    let words = (token..units.frame.tokens.end).take_while(parted).map(|at| reading.text(at));
    let second = || reading.segmentation.tokens.get(token as usize + 1).map_or(WordId::UNKNOWN, |token| token.word);
    reading.lexicon.cue_phrase(reading.token(token).word, second, words)
}

/// The cue that begins at unit `at`, if one does.
pub(super) fn at(units: &Units<'_>, at: usize) -> Option<Cue> {
    match units.get(at)? {
        Unit::Phrase(_) => noun(units, at),
        Unit::Word(token) if !is_plain(&units.reading, token) => from(units, at, token),
        Unit::Word(_) | Unit::Quotation(_) => None,
    }
}

/// The cue that begins with the word or mark `token`, the unit at `at`.
fn from(units: &Units<'_>, at: usize, token: u32) -> Option<Cue> {
    let reading = &units.reading;
    let mark = |form: Form, verb: Verb| Cue {
        start: at,
        end: at + 1,
        group: at,
        tokens: Run::new(token, token + 1),
        verb,
        form,
        modal: false,
        negated: false,
    };
    if is_credit(units, at) {
        return Some(mark(Form::Credit, Verb { direct: 3, shape: CueShape::Credit, ..UNKNOWN }));
    }
    if is_label(units, at) {
        return Some(mark(Form::Label, LABEL));
    }
    if at > 0 && units.is_mark(at, &[":"]) && units.quotation(at + 1).is_some() && units.phrase(at - 1).is_some() {
        return Some(mark(Form::Colon, Verb { direct: 1, ..UNKNOWN }));
    }
    let (verb, end, tokens) = if let Some((count, verb)) = phrase(units, token) {
        // A noun phrase may begin with the last word of the cue and go on behind it.
        let tokens = Run::new(token, token + count);
        let mut end = at;
        while end < units.len() && units.tokens(end).start < tokens.end {
            end += 1;
        }
        (verb, end, tokens)
    } else {
        (word(units, at, token)?, at + 1, Run::new(token, token + 1))
    };
    let form = match verb.shape {
        CueShape::Preposition => Form::Preposition,
        CueShape::Credit => return None,
        CueShape::Verb if verb == UNKNOWN => Form::Unknown,
        CueShape::Verb => match reading.tag(token) {
            Tag::Gerund => Form::Participle,
            _ => Form::Finite,
        },
    };
    let mut cue = Cue { end, tokens, ..mark(form, verb) };
    read_group(units, &mut cue);
    Some(cue)
}

/// The verb of a cue that is the single word `token`, the unit at `at`, if it is one.
fn word(units: &Units<'_>, at: usize, token: u32) -> Option<Verb> {
    let reading = &units.reading;
    let tag = reading.tag(token);
    // "That said, …" says nothing.
    if at == 1 && reading.class(units.tokens(0).start).any(Class::THAT) && units.is_comma(2) {
        return None;
    }
    match reading.verb(token) {
        // “…”—she pointed—“…” is something done, not a tag.
        Some(verb) if verb.direct <= 1 && between_dashes(units, at) => None,
        Some(_) if hears(units, at) => None,
        Some(_) if is_told_in_court(units, at) => Some(HEARING),
        Some(verb) if tag.is_verb() => Some(verb),
        // A noun to the tagger, but nothing else it could be: “…,” Ruiz remarks.
        Some(verb) if (verb.direct == 3 || verb.direct == 2 && tag == Tag::Nouns) && beside_quotation(units, at) => {
            Some(verb)
        }
        None if (tag == Tag::Past || ends_in_ed(reading, token))
            && !reading.class(token).any(Class::AUXILIARY)
            && beside_quotation(units, at) =>
        {
            Some(UNKNOWN)
        }
        _ => {
            let entry = reading.lexicon.entry(reading.token(token).word);
            let counts =
                tag.is_verb() && !entry.class.any(Class::AUXILIARY) && entry.cue.is_some_and(|share| share >= COUNTS);
            counts.then(|| Verb { speech: entry.speech.is_some_and(|share| share >= 50), ..COUNTED })
        }
    }
}

/// Whether nothing but a look at a word is needed to see that no cue begins with it, as with most.
fn is_plain(reading: &Reading<'_>, token: u32) -> bool {
    let known = || reading.lexicon.entry(reading.token(token).word).may_report();
    reading.token(token).kind != TokenKind::Punctuation
        && !known()
        && reading.tag(token) != Tag::Past
        && !ends_in_ed(reading, token)
}

/// “…,” she heard Ada say: these are Ada's words, and the verb behind her tells them.
pub(super) fn hears(units: &Units<'_>, at: usize) -> bool {
    let says = || units.word(at + 2).and_then(|token| units.reading.verb(token)).is_some_and(|verb| verb.direct >= 2);
    matches!(units.text(at), "hear" | "hears" | "heard" | "overhear" | "overheard")
        && units.phrase(at + 1).is_some()
        && says()
}

/// Whether the verb at `at` is that of "the court heard": by which reporters tell what was said before it.
fn is_told_in_court(units: &Units<'_>, at: usize) -> bool {
    let court = |(_, phrase): (u32, &Phrase)| {
        units.reading.lexicon.lists_in_any_case(List::Court, units.reading.text(phrase.head))
    };
    // "The inquest in Lund heard"
    let sits = |at: usize| at >= 2 && units.text(at - 1) == "in" && units.phrase(at - 2).is_some_and(court);
    matches!(units.text(at), "hears" | "heard") && at > 0 && (units.phrase(at - 1).is_some_and(court) || sits(at - 1))
}

/// Asked of nearly every word, and so of the bytes.
fn ends_in_ed(reading: &Reading<'_>, token: u32) -> bool {
    reading.text.as_bytes()[..reading.token(token).end as usize].ends_with(b"ed")
}

/// "X's claim that …": the noun reports what the clause behind it tells.
fn noun(units: &Units<'_>, at: usize) -> Option<Cue> {
    let (_, phrase) = units.phrase(at)?;
    saying(&units.reading, phrase)?;
    // Where it is the subject of the sentence, the verb of the sentence would be taken for the clause's.
    if units.finite(0, at) == 0 && !(at > 0 && units.tag(at - 1) == Some(Tag::Preposition)) {
        return None;
    }
    Some(Cue {
        start: at,
        end: at + 1,
        group: at,
        tokens: Run::new(phrase.head, phrase.head + 1),
        verb: Verb { direct: 0, clause: 3, ..UNKNOWN },
        form: Form::Noun,
        modal: false,
        negated: false,
    })
}

/// Extends the cue over the auxiliaries and adverbs before it, and reads from them what form it has.
fn read_group(units: &Units<'_>, cue: &mut Cue) {
    if cue.form == Form::Preposition {
        return;
    }
    let tag = units.tag(cue.start).unwrap_or(Tag::Mark);
    let mut be = false;
    let mut have = false;
    let mut infinitive = false;
    while let Some(before) = cue.group.checked_sub(1) {
        let class = units.class(before);
        match units.tag(before) {
            _ if class.any(Class::NEGATION) => cue.negated = true,
            Some(Tag::To) => infinitive = true,
            Some(Tag::Adverb) => {}
            Some(Tag::Modal) => cue.modal = true,
            Some(verb) if verb.is_verb() && class.any(Class::AUXILIARY) => {
                be |= class.any(Class::BE);
                have |= class.any(Class::HAVE);
            }
            _ => break,
        }
        cue.group = before;
        if infinitive {
            break;
        }
    }
    // "declined to say": the verb itself denies it, and what hangs on it.
    let denies = |at: usize| {
        let verb = units.text(at);
        DENYING.iter().any(|stem| verb.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
    };
    cue.negated |= denies(cue.start) || (infinitive && cue.group > 0 && denies(cue.group - 1));
    let past = matches!(tag, Tag::Participle | Tag::Past);
    // "the plan offered by X": a participle, whatever the tagger says.
    let by = units.text(cue.end).eq_ignore_ascii_case("by")
        && !is_medium(units, cue.end + 1)
        // "he said by telephone"
        && !cue.group.checked_sub(1).and_then(|at| units.phrase(at)).is_some_and(|(_, phrase)| {
            let class = units.reading.class(phrase.head);
            class.any(Class::SUBJECTIVE) && !class.any(Class::OBJECTIVE.or(Class::RELATIVE))
        });
    // "a knot known as the running bowline"
    let named = tag == Tag::Participle && units.text(cue.end).eq_ignore_ascii_case("as");
    let passive = if have { be && units.class(cue.start - 1).any(Class::BE) } else { be || by || named };
    cue.form = match cue.form {
        Form::Finite | Form::Participle | Form::Unknown if infinitive => Form::Infinitive,
        Form::Finite if passive && past => Form::Passive,
        // "is saying", "have been asking"
        Form::Participle if be => Form::Finite,
        form => form,
    };
}

/// "by telephone": by which means something was said, and by nobody.
pub(super) fn is_medium(units: &Units<'_>, at: usize) -> bool {
    units.phrase(at).is_some_and(|(_, phrase)| {
        let alone = phrase.tokens.end - phrase.tokens.start == 1;
        alone && units.reading.lists(List::Medium, phrase.head)
    })
}

/// Whether the colon at `at` parts the name of a speaker from what is said, at the start of a frame: "Okafor: No."
fn is_label(units: &Units<'_>, at: usize) -> bool {
    units.is_mark(at, &[":"])
        && (1..=6).contains(&at)
        && units.phrase(0).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Name)
        && !(1..at).any(|at| units.is_finite(at) || units.quotation(at).is_some())
}

/// Whether the dash at `at` parts a quotation from the name of its author, with nothing else in the frame.
fn is_credit(units: &Units<'_>, at: usize) -> bool {
    units.is_dash(at)
        && at == 1
        && units.quotation(0).is_some()
        && units.phrase(2).is_some_and(|(_, phrase)| phrase.kind == PhraseKind::Name)
        && (units.is_end(3) || units.is_comma(3) || units.is_mark(3, &["("]))
        && !(3..units.len()).any(|at| units.is_finite(at) || units.quotation(at).is_some())
}

/// Whether a dash stands between the verb's clause and the quotation before it.
fn between_dashes(units: &Units<'_>, at: usize) -> bool {
    at >= 3 && units.phrase(at - 1).is_some() && units.is_dash(at - 2) && units.quotation(at - 3).is_some()
}

/// Whether a quotation stands next to the verb at `at`, or on the other side of its subject.
fn beside_quotation(units: &Units<'_>, at: usize) -> bool {
    if units.quotations(0, units.len()) == 0 {
        return false;
    }
    let quotation = |at: Option<usize>| at.is_some_and(|at| units.quotation(at).is_some());
    let tag_before = |at: usize| {
        units.quotation(at).is_some_and(|q| units.quotation_ends_in(q, &[",", "?", "!", "—", "--", "…", "..."]))
    };
    // “…,” X grunted · “…,” grunted X
    (at >= 2 && units.phrase(at - 1).is_some() && tag_before(at - 2))
        || (at >= 1 && tag_before(at - 1) && units.phrase(at + 1).is_some())
        // X grunted, “…”
        || (at >= 1
            && units.phrase(at - 1).is_some()
            && (units.is_comma(at + 1) || units.is_mark(at + 1, &[":"]))
            && quotation(Some(at + 2)))
}
