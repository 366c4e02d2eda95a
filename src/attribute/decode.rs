//! Who speaks: reports name their speakers, and the rest of a conversation is decoded around them.
//!
//! In dialogue every turn without a sure tag has a dozen candidates. A first forest scores each by its own evidence; a
//! chain over the turns joins them, since speakers alternate; once that tells how everybody talks ([`super::voice`]), the
//! chain runs again; a second forest scores again with the chain's view of the neighbours, and its softmax is the
//! confidence. In excerpts, as news has them, a paragraph that only quotes goes on with the speaker before.

use super::chain::{self, Link, States};
use super::crowd::Crowd;
use super::features::{self, CONTEXT, Candidate};
use super::headline;
use super::introduction::introduce;
use super::lead::lead;
use super::ragged::Ragged;
use super::scene::{Scene, cast_share};
use super::second;
use super::situation;
use super::turns::{Style, Turn, turns};
use super::voice::{self, Address, Vocabulary, Voices, Word};
use super::{Answer, Utterance};
use crate::entity::Entities;
use crate::kind::{MentionKind, QuoteKind, Rule};
use crate::lexicon::{CueShape, List};
use crate::mention::{Mentions, Person, Reading};
use crate::model::{Chain, Forest, Heat, Memory, Speakers};
use crate::report::Link as SourceLink;
use crate::report::Report;

/// Paragraphs of narration that end a conversation, and turns after which one is cut, so that memory stays bounded.
const LONGEST_GAP: u32 = 12;
const LONGEST_CONVERSATION: usize = 500;

/// Turns whose candidates are scored together: enough of them for full batches, and few enough to be kept in memory.
const TURNS: usize = 64;

/// A candidate less likely than this by its own evidence does not speak.
const UNLIKELY: f32 = 0.005;

/// When a candidate is so far behind another by its own evidence that no more of it is asked for.
const HOPELESS: Heat = Heat { trees: 96, behind: 4.0 };

/// What speaks for whoever acts alone beside the words, as log odds, beside what the trees make of it: in the novels they
/// were made from such turns are one in thirty, and one in five in scenes of today (`tests/scenes`).
const BEAT: f32 = 2.0;

/// The same for the relative whom a tag means by the names of a family: such tags are few in novels too.
const RELATED: f32 = 2.0;

/// No more can be said for an answer without a name beside the words.
const SUREST: f32 = 0.97;

/// Nor for one that has no other to be compared with.
const ALONE: f32 = 0.5;

/// How far a noun is trusted in a story, where "the porter" may be somebody who has a name.
const NOUN: f32 = 0.7;

/// How far the words of a turn are trusted to tell who speaks it: each counts as if it stood by itself, which
/// says too much.
const HEARD: f32 = 0.15;

/// Gives every utterance its answer, and tells what style of text that took.
pub(super) fn decide(
    reading: Reading<'_>,
    reports: &[Report],
    mentions: &Mentions,
    entities: &Entities,
    speakers: &Speakers,
    utterances: &mut [Utterance],
) -> Style {
    for utterance in utterances.iter_mut() {
        if let Some(report) = utterance.report {
            utterance.answer = reported(reading, mentions, entities, &reports[report as usize]);
        }
    }
    lead(reading, mentions, entities, utterances);
    introduce(reading, mentions, entities, utterances);
    let turns = turns(reading, mentions, entities, reports, utterances);
    let style = Style::of(mentions, &turns, utterances, reports);
    match style {
        Style::Excerpts => {
            excerpts(reading, mentions, entities, &turns, utterances);
            // What nobody is said to say inside somebody's words is part of them.
            for utterance in utterances.iter_mut().filter(|it| it.nested_in.is_some() && it.report.is_none()) {
                (utterance.kind, utterance.answer) = (QuoteKind::None, Answer::NOBODY);
            }
            headline::unsay_crossheads(reading, &turns, utterances);
            headline::name(reading, utterances);
        }
        Style::Dialogue => {
            for utterance in utterances.iter_mut().filter(|utterance| utterance.answer.rule == Rule::NominalTag) {
                utterance.answer.confidence *= NOUN;
            }
            let cast = cast_share(entities, &turns);
            let scene = Scene { reading, mentions, entities, utterances, turns: &turns, cast };
            let mut crowd = Crowd::new(reading, mentions, entities, cast);
            let mut vocabulary = Vocabulary::new();
            let all: Vec<(std::ops::Range<usize>, Conversation)> = conversations(&turns)
                .map(|range| {
                    let mut conversation = Conversation::of(range.len());
                    for start in range.clone().step_by(TURNS) {
                        conversation.gather(scene, start..range.end.min(start + TURNS), &mut crowd, &mut vocabulary);
                        conversation.score(&speakers.first);
                    }
                    conversation.join(&speakers.chain);
                    (range, conversation)
                })
                .collect();
            drop((crowd, vocabulary));
            let voices = Voices::learn(&all.iter().map(|(_, conversation)| conversation).collect::<Vec<_>>());
            for (range, mut conversation) in all {
                conversation.listen(&voices, &speakers.chain);
                let turns = &turns[range];
                for (turn, answer) in turns.iter().zip(decode(turns, &conversation, &speakers.second)) {
                    write(turn, answer, utterances);
                }
            }
        }
    }
    style
}

/// The answer that a report gives.
pub(super) fn reported(reading: Reading<'_>, mentions: &Mentions, entities: &Entities, report: &Report) -> Answer {
    let Some(source) = report.source else { return Answer::NOBODY };
    let Some(mention) = mentions.of_phrase(source.phrase) else { return Answer::NOBODY };
    let mention = owner(reading, mentions, mention).unwrap_or(mention);
    let speaker = entities.of_mention[mention as usize];
    let (rule, sure) = match (report.verb.shape, mentions.list[mention as usize].kind) {
        (CueShape::Preposition, _) => (Rule::AccordingTo, 0.9),
        (CueShape::Credit, _) => (Rule::Credit, 0.95),
        (_, MentionKind::Name) => (Rule::NamedTag, 0.97),
        (_, MentionKind::Nominal) => (Rule::NominalTag, 0.9),
        (_, MentionKind::Pronoun) if mentions.list[mention as usize].person == Person::First => {
            (Rule::PronounTag, 0.95)
        }
        (_, MentionKind::Pronoun) => (Rule::PronounTag, 0.8),
    };
    let shared = if source.link == SourceLink::Shared { 0.9 } else { 1.0 };
    let confidence = if speaker.is_some() { sure * report.probability * shared } else { 0.0 };
    Answer { speaker, mention: Some(mention), rule, confidence, ..Answer::NOBODY }
}

/// "Ada's voice said", "came her whisper": whose the voice is.
fn owner(reading: Reading<'_>, mentions: &Mentions, number: u32) -> Option<u32> {
    let voice = &mentions.list[number as usize];
    let owner = mentions.owner(number)?;
    let end = mentions.list[owner as usize].tokens.end;
    let behind = end + u32::from(reading.is_genitive(end));
    // "His mother's voice" is not his.
    let own = !(behind..voice.head).any(|at| reading.is_genitive(at));
    (voice.kind == MentionKind::Nominal && own && reading.lists(List::Manner, voice.head)).then_some(owner)
}

/// Runs of turns that belong together.
pub(super) fn conversations(turns: &[Turn]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = start;
        let longest = turns.len().min(first + LONGEST_CONVERSATION);
        // A chapter that opens with somebody's words may go on with a story told in the one before.
        let cut = |before: &Turn, turn: &Turn| turn.section != before.section && turn.tokens.start > turn.section + 1;
        let ends = |&at: &usize| turns[at].gap > LONGEST_GAP || cut(&turns[at - 1], &turns[at]);
        start = (first + 1..longest).find(ends).unwrap_or(longest);
        (start > first).then_some(first..start)
    })
}

/// A conversation on its way through the stages. All rows are those of its turns.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversation {
    /// Those who may speak; none where an anchor says who does.
    pub(super) candidates: Ragged<Candidate>,
    /// Features that are the same for all candidates of a turn.
    pub(super) contexts: Vec<[u8; CONTEXT]>,
    pub(super) anchors: Vec<Option<u32>>,
    /// For each candidate its probability by its own evidence.
    pub(super) own: Ragged<f32>,
    pub(super) links: Vec<Link>,
    pub(super) marginals: Ragged<f32>,
    /// How long each turn is: the logarithm of its tokens.
    pub(super) lengths: Vec<f32>,
    /// The words of each turn, and how well they fit each state of it.
    pub(super) words: Ragged<Word>,
    pub(super) fit: Ragged<f32>,
    /// The noun of the tag of each turn, by its hash, and for each state the share of what is so tagged that is its own.
    pub(super) nouns: Vec<Option<u32>>,
    pub(super) called: Ragged<f32>,
    /// The word by which each turn calls somebody, by its hash, and how well those of a turn and its neighbours fit each
    /// state of it.
    pub(super) calls: Vec<Option<u32>>,
    pub(super) address: Ragged<Address>,
}

impl Conversation {
    /// Memory for so many turns.
    pub(super) fn of(turns: usize) -> Conversation {
        Conversation {
            contexts: Vec::with_capacity(turns),
            anchors: Vec::with_capacity(turns),
            links: Vec::with_capacity(turns),
            lengths: Vec::with_capacity(turns),
            nouns: Vec::with_capacity(turns),
            calls: Vec::with_capacity(turns),
            ..Conversation::default()
        }
    }

    /// Adds the turns in `range`, with their candidates.
    pub(super) fn gather(
        &mut self,
        scene: Scene<'_>,
        range: std::ops::Range<usize>,
        crowd: &mut Crowd,
        vocabulary: &mut Vocabulary,
    ) {
        for at in range {
            let Turn { anchor, tokens, .. } = scene.turns[at];
            let context = match anchor {
                Some(_) => {
                    self.candidates.push([]);
                    [0; CONTEXT]
                }
                None => scene.candidates(at, crowd, &mut self.candidates),
            };
            self.contexts.push(context);
            self.anchors.push(anchor);
            self.links.push(Link { states: States::default(), situation: situation::of(scene, at) });
            self.lengths.push(((tokens.end - tokens.start) as f32).ln());
            self.words.push(vocabulary.words(scene.reading, tokens));
            let noun = scene.turns[at].open_tag.filter(|tag| tag.nominal);
            self.nouns.push(noun.map(|tag| voice::noun(scene.reading, scene.mentions, tag.mention)));
            let call = scene.vocatives(&scene.turns[at]).next();
            self.calls.push(call.map(|at| voice::noun(scene.reading, scene.mentions, at as u32)));
        }
    }

    /// The features of the candidates of turn `n` in the first stage.
    pub(super) fn rows(&self, n: usize) -> impl Iterator<Item = [u8; features::WIDTH]> + Clone {
        self.candidates[n].iter().map(move |candidate| candidate.row(&self.contexts[n]))
    }

    /// Scores the candidates of the turns that are not scored yet, and forgets those that hardly have anything for them.
    pub(super) fn score(&mut self, first: &Forest) {
        let new = self.own.len();
        let (mut scores, mut likeliest) = (Vec::new(), Vec::new());
        let rows = (new..self.links.len()).flat_map(|n| self.rows(n));
        let sizes = (new..self.links.len()).map(|n| self.candidates[n].len());
        first.contest(HOPELESS, rows, sizes, &mut Memory::default(), &mut scores);
        let mut rest = &mut scores[..];
        for n in new..self.links.len() {
            let candidates = &self.candidates[n];
            let Some(own) = rest.split_off_mut(..candidates.len()) else { break };
            softmax(weigh_rare(own, candidates));
            likeliest.clear();
            match self.anchors[n] {
                Some(anchor) => likeliest.push((anchor, 1.0)),
                None => likeliest.extend(candidates.iter().map(|candidate| candidate.entity).zip(own.iter().copied())),
            }
            likeliest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            self.links[n].states = States::new(likeliest.iter().copied());
            self.own.push(own.iter().copied().filter(|&p| p >= UNLIKELY));
        }
        let mut scores = scores.iter();
        self.candidates.retain_from(new, || scores.next().is_none_or(|&p| p >= UNLIKELY));
    }

    /// Runs the chain over the scored candidates.
    pub(super) fn join(&mut self, chain: &Chain) {
        self.marginals = chain::marginals(self.links.iter().copied(), chain);
    }

    /// Compares the words of the turns with what their candidates say elsewhere in the text, and runs the chain again with
    /// what that tells: words that fit one of two speakers tell who says all the turns between which they alternate.
    pub(super) fn listen(&mut self, voices: &Voices, chain: &Chain) {
        let mut fit = Ragged::default();
        let mut called = Ragged::default();
        let mut address = Ragged::default();
        for n in 0..self.links.len() {
            if self.anchors[n].is_some() {
                fit.push([]);
            } else {
                voices.scores(self, n, &mut fit);
            }
            voices.called(self, n, &mut called);
            voices.address(self, n, &mut address);
        }
        (self.fit, self.called, self.address) = (fit, called, address);
        self.marginals = chain::marginals(self.heard(), chain);
    }

    /// The links with what the words of the turns tell.
    pub(super) fn heard(&self) -> impl Iterator<Item = Link> {
        self.links.iter().zip(self.fit.iter()).map(|(&link, fit)| {
            let mut heard = link;
            heard.states.weigh(fit.iter().map(|fit| (HEARD * fit).exp()));
            heard
        })
    }
}

/// The answers for the turns of a conversation.
fn decode(turns: &[Turn], conversation: &Conversation, second: &Forest) -> Vec<Option<Answer>> {
    // There is nobody to choose from where an anchor tells who speaks.
    let open = (0..turns.len()).filter(|&n| !conversation.candidates[n].is_empty());
    let rows = open.flat_map(|n| second::rows(conversation, n));
    let mut scores = Vec::new();
    second.score(rows, &mut Memory::default(), &mut scores);
    let mut rest = &mut scores[..];
    let answer = |(n, turn): (usize, &Turn)| {
        let candidates = &conversation.candidates[n];
        let probabilities = rest.split_off_mut(..candidates.len())?;
        softmax(weigh_rare(probabilities, candidates));
        let best = |best, n| if probabilities[n] > probabilities[best] { n } else { best };
        let best = (0..candidates.len()).fold(0, best);
        Some(explain(conversation, turn, n, candidates.get(best)?, probabilities[best]))
    };
    turns.iter().enumerate().map(answer).collect()
}

/// The answer with the evidence that a reader would give for it.
fn explain(conversation: &Conversation, turn: &Turn, n: usize, candidate: &Candidate, confidence: f32) -> Answer {
    let likeliest = |n: usize| {
        let states = &conversation.links[n].states;
        let best =
            conversation.marginals[n].iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(state, _)| state);
        best.map(|state| states[state].0)
    };
    let spoke = |back: usize| n.checked_sub(back).and_then(likeliest) == Some(candidate.entity);
    let (rule, mention) = if let Some(tag) = turn.open_tag {
        (if tag.nominal { Rule::NominalTag } else { Rule::PronounTag }, Some(tag.mention))
    } else if candidate.beat.is_some() {
        (Rule::Beat, candidate.beat)
    } else if candidate.vocative {
        (Rule::Vocative, None)
    } else if spoke(2) && !spoke(1) {
        (Rule::Alternation, None)
    } else {
        (Rule::Recency, None)
    };
    // Whoever is the only one in sight may still not be the one.
    let alone = conversation.links[n].states.len() == 1 && turn.open_tag.is_none();
    let confidence = confidence.min(if alone { ALONE } else { SUREST });
    Answer { speaker: Some(candidate.entity), mention, rule, confidence, ..Answer::NOBODY }
}

/// Writes the answer of a turn to its utterances; those with a tag of their own keep theirs.
fn write(turn: &Turn, answer: Option<Answer>, utterances: &mut [Utterance]) {
    let sure = turn.utterances.iter().map(|&number| utterances[number as usize].answer.confidence).fold(0.0, f32::max);
    for &number in &turn.utterances {
        let own = &mut utterances[number as usize].answer;
        match (turn.anchor, answer) {
            (Some(anchor), _) if own.speaker.is_none() && own.mention.is_none() => {
                *own = Answer {
                    speaker: Some(anchor),
                    rule: Rule::SameParagraph,
                    confidence: 0.85 * sure,
                    ..Answer::NOBODY
                };
            }
            (None, Some(answer)) => {
                // The words of a tag are the mention of its own utterance only.
                let tagged = turn.open_tag.is_some();
                let mention = if tagged { own.mention } else { answer.mention };
                let rule = if tagged && mention.is_none() { Rule::SameParagraph } else { answer.rule };
                *own = Answer { mention, rule, ..answer };
            }
            _ => {}
        }
    }
}

/// In excerpts a paragraph that only quotes goes on with the speaker before; elsewhere who acts beside the words speaks.
fn excerpts(
    reading: Reading<'_>,
    mentions: &Mentions,
    entities: &Entities,
    turns: &[Turn],
    utterances: &mut [Utterance],
) {
    let cast = cast_share(entities, turns);
    let mut crowd = Crowd::new(reading, mentions, entities, cast);
    let mut before: Option<u32> = None;
    for (at, turn) in turns.iter().enumerate() {
        let speaker = turn.anchor.or(turn.open_tag.and_then(|tag| tag.entity));
        if speaker.is_some() {
            write(&Turn { anchor: speaker, ..turn.clone() }, None, utterances);
            before = speaker;
            continue;
        }
        let scene = Scene { reading, mentions, entities, utterances, turns, cast };
        scene.meet(at, &mut crowd);
        let beat = crowd.tallies.iter().find(|tally| tally.beat.is_some());
        let answer = match (beat, before) {
            (Some(beat), _) if !turn.bare => Some(Answer {
                speaker: Some(beat.entity),
                mention: beat.beat,
                rule: Rule::Beat,
                confidence: 0.5,
                ..Answer::NOBODY
            }),
            (_, Some(speaker)) if turn.bare && turn.gap <= 1 => Some(Answer {
                speaker: Some(speaker),
                rule: Rule::Continuation,
                confidence: if turn.gap == 0 { 0.85 } else { 0.6 },
                ..Answer::NOBODY
            }),
            (_, Some(speaker)) if turn.gap == 0 => {
                Some(Answer { speaker: Some(speaker), rule: Rule::Recency, confidence: 0.4, ..Answer::NOBODY })
            }
            _ => None,
        };
        write(turn, answer, utterances);
        before = answer.and_then(|answer| answer.speaker).or(before);
    }
}

/// Adds to the scores what the trees know too little of.
pub(super) fn weigh_rare<'s>(scores: &'s mut [f32], candidates: &[Candidate]) -> &'s mut [f32] {
    for (score, candidate) in scores.iter_mut().zip(candidates) {
        *score += if candidate.alone { BEAT } else { 0.0 };
        *score += if candidate.related { RELATED } else { 0.0 };
    }
    scores
}

/// Makes probabilities of scores.
pub(super) fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
    }
    let total: f32 = scores.iter().sum();
    for score in scores {
        *score /= total;
    }
}
