//! Utterances to turns: the quotations of one paragraph that one speaker says.

use super::{Utterance, section};
use crate::document::Run;
use crate::entity::Entities;
use crate::kind::{Gender, MentionKind, Number, QuoteKind, Rule};
use crate::lexicon::{Class, Sequel};
use crate::mention::{Being, Mentions, Person, Reading};
use crate::model::Tag;
use crate::report::Report;

/// The quotations of one paragraph that go together.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// Numbers of its utterances, in order.
    pub(super) utterances: Vec<u32>,
    /// From the first to the last token of its quotations.
    pub(super) tokens: Run,
    pub(super) paragraph: u32,
    /// The last paragraph that it reaches.
    pub(super) last_paragraph: u32,
    /// The first token of its chapter or scene.
    pub(super) section: u32,
    /// Paragraphs without quotations since the turn before.
    pub(super) gap: u32,
    /// Its speaker, where a tag leaves no doubt: a name, the narrator's "I".
    pub(super) anchor: Option<u32>,
    /// A tag with "he", "she", "they" or a noun phrase, which may stand for somebody named.
    pub(super) open_tag: Option<OpenTag>,
    /// What the verb of the tag tells.
    pub(super) sequel: Sequel,
    /// Tokens of narration since the turn before.
    pub(super) told: u32,
    /// Nothing but quotations in the paragraph.
    pub(super) bare: bool,
    /// Calls its hearer "sir".
    pub(super) sir: bool,
}

/// "… she said", "… said the old man": the words of a tag that name nobody.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenTag {
    pub(super) mention: u32,
    /// Whom the walk over the text took it for.
    pub(super) entity: Option<u32>,
    pub(super) gender: Gender,
    pub(super) number: Number,
    /// A noun phrase and no pronoun.
    pub(super) nominal: bool,
    /// A noun for whatever is not known to be a person: "the letter", "her eyes".
    pub(super) thing: bool,
    /// A noun for a relative, where it is known by name whom that means.
    pub(super) relative: bool,
}

/// Tokens between a noun phrase and the name in apposition to it: "its head of policy,".
const ATTACHED: u32 = 10;

/// Tokens of a turn in which its hearer is looked for.
const OPENING: u32 = 80;

/// How a text treats paragraphs that only quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Turns of a conversation: the next is somebody else's.
    Dialogue,
    /// Excerpts from what somebody said: the next is the same speaker's.
    Excerpts,
}

impl Style {
    /// Dialogue leaves most turns without a tag; a report tags at least a third of them. It also tells what somebody says,
    /// and introduces whom it quotes: twice its indirect reports, and the turns whose tag has a name of several words, are
    /// together no fewer than its turns.
    pub(super) fn of(mentions: &Mentions, turns: &[Turn], utterances: &[Utterance], reports: &[Report]) -> Style {
        let untagged = turns.iter().filter(|turn| turn.anchor.is_none() && turn.open_tag.is_none()).count();
        // Novels tell what people think, and what they do to things; reports tell what they say.
        let says = |report: u32| {
            let verb = reports[report as usize].verb;
            verb.says() && verb.clause >= 2
        };
        let indirect = utterances
            .iter()
            .filter(|utterance| matches!(utterance.kind, QuoteKind::Indirect | QuoteKind::Mixed))
            .filter(|utterance| utterance.report.is_some_and(says))
            .count();
        let tags = || {
            let mention = |turn: &Turn| utterances[turn.utterances[0] as usize].answer.mention;
            turns.iter().filter_map(mention).map(|mention| &mentions.list[mention as usize])
        };
        // Whoever is quoted in a report is introduced, in a story known.
        let introduced = tags().filter(|it| it.kind == MentionKind::Name && it.words.end - it.words.start > 1);
        // One who has much to say fills paragraphs that only quote.
        let own = if 4 * untagged < turns.len() { turns.len() - untagged } else { turns.len() };
        let told = indirect > 0 && 2 * indirect + introduced.count() >= own;
        // “…,” I said: a story that its teller has a part in.
        let teller = 5 * untagged >= turns.len() && tags().any(|it| it.person == Person::First);
        if turns.is_empty() || (told && !teller && 3 * untagged < 2 * turns.len()) {
            Style::Excerpts
        } else {
            Style::Dialogue
        }
    }
}

/// The turns of a text, in order. The utterances have the answers that their reports give.
pub(super) fn turns(
    reading: Reading<'_>,
    mentions: &Mentions,
    entities: &Entities,
    reports: &[Report],
    utterances: &[Utterance],
) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let sections = section::starts(reading);
    let mut paragraph = 0;
    // Whether the last paragraph asked for is bare.
    let mut bare = (u32::MAX, false);
    for (number, utterance) in utterances.iter().enumerate() {
        let spoken = utterance.nested_in.is_none()
            && (utterance.kind == QuoteKind::Direct
                || (utterance.kind == QuoteKind::Mixed && utterance.report.is_some()));
        if !spoken {
            continue;
        }
        let last = utterance.parts[utterance.parts.len() - 1];
        paragraph = utterance.paragraph.max(paragraph);
        let last_paragraph = paragraph_of(reading, last.start, utterance.paragraph);
        let (anchor, open_tag) = tag(reading, mentions, entities, utterance);
        let tagged = anchor.is_some() || open_tag.is_some();
        // Two tags in one paragraph are two turns, unless they name the same.
        if let Some(turn) = turns.last_mut()
            && turn.last_paragraph == utterance.paragraph
            && (!tagged
                || (turn.anchor.is_none() && turn.open_tag.is_none())
                || (anchor.is_some() && turn.anchor == anchor))
        {
            turn.utterances.push(number as u32);
            turn.anchor = turn.anchor.or(anchor);
            turn.open_tag = turn.open_tag.or(open_tag);
            turn.tokens.end = turn.tokens.end.max(last.end);
            turn.last_paragraph = last_paragraph;
            continue;
        }
        if bare.0 != utterance.paragraph {
            bare = (utterance.paragraph, is_bare(reading, utterance.paragraph));
        }
        let gap = turns.last().map_or(u32::MAX, |turn| utterance.paragraph.saturating_sub(turn.last_paragraph + 1));
        let start = utterance.parts[0].start;
        let told = start.saturating_sub(turns.last().map_or(0, |turn| turn.tokens.end));
        let section = sections.partition_point(|&section| section <= start).checked_sub(1);
        turns.push(Turn {
            utterances: vec![number as u32],
            tokens: Run::new(start, last.end),
            section: section.map_or(0, |section| sections[section]),
            paragraph: utterance.paragraph,
            last_paragraph,
            gap,
            anchor,
            open_tag,
            sequel: utterance.report.map_or(Sequel::Either, |report| reports[report as usize].verb.sequel),
            told,
            bare: bare.1,
            sir: false,
        });
    }
    for turn in &mut turns {
        turn.sir = says_sir(reading, turn.tokens);
    }
    turns.shrink_to_fit();
    turns
}

/// Whether "sir" is among the first words of a turn, and no title as in “Sir Walter has gone”.
fn says_sir(reading: Reading<'_>, tokens: Run) -> bool {
    (tokens.start..tokens.end.min(tokens.start + OPENING))
        // Most words are told apart by their first letter.
        .filter(|&at| matches!(reading.text.as_bytes()[reading.token(at).start as usize], b's' | b'S'))
        .filter(|&at| matches!(reading.text(at), "sir" | "Sir"))
        .any(|at| at + 1 == tokens.end || reading.tag(at + 1) != Tag::Name)
}

/// What the tag of an utterance says of its speaker.
fn tag(
    reading: Reading<'_>,
    mentions: &Mentions,
    entities: &Entities,
    utterance: &Utterance,
) -> (Option<u32>, Option<OpenTag>) {
    let answer = utterance.answer;
    let Some(number) = answer.mention else { return (answer.speaker, None) };
    let mention = &mentions.list[number as usize];
    // "her mother", "the old man", "the doctor" and "a voice" may be somebody spoken of before; "the porter" is himself,
    // "the doctor" out of nowhere or after "a doctor" too, and so is "the mayor" of whom the text says that she is Ada
    // Lund. Of "the lad", an alias that a caller gives one of the cast, a story may speak of another. What a thing is said
    // to say, as "her eyes", somebody says.
    let (first, head) = (reading.class(mention.tokens.start), reading.class(mention.head));
    let noun = mention.kind == MentionKind::Nominal;
    // "A voice" is always somebody's, and "the other" always somebody, of whom the text speaks otherwise.
    let voice = noun && (matches!(reading.text(mention.head), "voice" | "voices") || mention.compares(&reading));
    let generic = noun
        && !mention.is_described(&reading)
        // "My mother said": who tells the story has but one.
        && !(first.any(Class::FIRST) && head.any(Class::KIN))
        && (first.any(Class::POSSESSIVE_PRONOUN)
            || (first.any(Class::DEFINITE) && head.any(Class::GENERIC_PERSON.or(Class::QUANTIFIER).or(Class::KIN))));
    let known = answer.speaker.is_some_and(|speaker| {
        let speaker = entities.get(speaker);
        (speaker.named && speaker.cast.is_none())
            || speaker.indefinite
            || speaker.first == number
            || !head.any(Class::TITLE)
    });
    let thing = noun && mention.being != Being::Person;
    let nominal = voice || generic || thing || (noun && mention.definite && !known);
    let third = mention.kind == MentionKind::Pronoun && mention.person == Person::Third;
    let sure = answer.speaker.is_some_and(|speaker| entities.get(speaker).narrator);
    // "its director, Hana Kimura", "its head of policy, Hana Kimura": the name stands beside it.
    let named = mentions.list.get(number as usize + 1).is_some_and(|name| {
        name.kind == MentionKind::Name
            && name.tokens.start > mention.tokens.end
            && name.tokens.start <= mention.tokens.end + ATTACHED
            && reading.text(name.tokens.start - 1) == ","
            && answer.speaker.is_some()
            && entities.of_mention[number as usize + 1] == answer.speaker
    });
    // "According to the harbour office": whoever is so called, and nobody else. “I’m Ada,” she said: the pronoun tells less.
    let called = matches!(answer.rule, Rule::AccordingTo | Rule::Credit | Rule::Introduction);
    if called || (!third && (!nominal || sure || named)) {
        return (answer.speaker, None);
    }
    let tag = OpenTag {
        mention: number,
        entity: answer.speaker.filter(|_| !voice),
        gender: mention.gender,
        number: mention.number,
        nominal,
        thing,
        relative: noun && head.any(Class::KIN) && answer.speaker.is_some_and(|speaker| entities.get(speaker).named),
    };
    (None, Some(tag))
}

/// The paragraph of a token, at or after paragraph `from`.
pub(super) fn paragraph_of(reading: Reading<'_>, token: u32, from: u32) -> u32 {
    let start = reading.token(token).start;
    let paragraphs = &reading.segmentation.paragraphs[from as usize..];
    from + paragraphs.partition_point(|paragraph| paragraph.span.end() <= start) as u32
}

/// The tokens of a paragraph.
pub(super) fn paragraph_tokens(reading: Reading<'_>, paragraph: u32) -> Run {
    reading.segmentation.paragraph_tokens(reading.segmentation.paragraphs[paragraph as usize])
}

/// Whether the paragraph holds nothing but quotations.
fn is_bare(reading: Reading<'_>, paragraph: u32) -> bool {
    let tokens = paragraph_tokens(reading, paragraph);
    (tokens.start..tokens.end).all(|at| reading.quotations.around(at).is_some() || reading.tag(at) == Tag::Mark)
}
