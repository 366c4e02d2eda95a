//! How somebody talks: the words that sure speakers use more than others do.
//!
//! A count of words for each speaker of a text, and for a doubtful turn how much likelier its words are in the mouth of
//! each candidate than in anybody's (naive Bayes, smoothed towards the whole text).

use super::decode::Conversation;
use super::ragged::Ragged;
use crate::document::Run;
use crate::lexicon::{Class, List};
use crate::mention::{Mentions, Reading};

/// A turn whose likeliest speaker is at least this likely is taken as that one's.
const SURE: f32 = 0.85;

/// Words of a turn that are looked at.
const WORDS: usize = 150;

/// So many words of the whole text are added to those of each speaker.
const SMOOTHING: f32 = 400.0;

/// The largest score, and the negative of the smallest.
pub(super) const LIMIT: f32 = 20.0;

/// Words are told apart by so many bits of their hash, which bounds the tables whatever the text.
const BITS: u32 = 13;

/// A number that no word has.
const UNKNOWN: u16 = u16::MAX;

/// Speakers who are listened to: those with the most sure turns.
const SPEAKERS: usize = 40;

/// A word by its number, and how often a turn has it.
pub(super) type Word = (u16, u16);

/// The words of a text, numbered from 0 as they are met, so that a short text has short tables.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// By hash.
    numbers: Vec<u16>,
    count: u16,
    /// Memory for the hashes of a turn.
    hashes: Vec<u16>,
}

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        Vocabulary { numbers: vec![UNKNOWN; 1 << BITS], count: 0, hashes: Vec::new() }
    }

    /// The words of a turn.
    pub(super) fn words(&mut self, reading: Reading<'_>, tokens: Run) -> impl Iterator<Item = Word> {
        let Vocabulary { numbers, count, hashes } = self;
        let words = (tokens.start..tokens.end)
            .filter(|&at| reading.token(at).is_word() && reading.quotations.around(at).is_some())
            .take(WORDS);
        hashes.clear();
        hashes.extend(words.map(|at| (hash(reading.text(at)) >> (32 - BITS)) as u16));
        hashes.sort_unstable();
        hashes.chunk_by(|a, b| a == b).map(|same| {
            let number = &mut numbers[usize::from(same[0])];
            if *number == UNKNOWN {
                *number = *count;
                *count += 1;
            }
            (*number, same.len() as u16)
        })
    }
}

fn hash(word: &str) -> u32 {
    let letters = word.bytes().map(|byte| u32::from(byte.to_ascii_lowercase()));
    letters.fold(0x811c_9dc5_u32, |hash, letter| (hash ^ letter).wrapping_mul(0x0100_0193)).wrapping_mul(0x9e37_79b9)
}

/// The noun that a mention is, by its hash: "the old painter" and "the painter" have the same, but not "the old lady" and
/// "the young lady".
pub(super) fn noun(reading: Reading<'_>, mentions: &Mentions, mention: u32) -> u32 {
    let mention = &mentions.list[mention as usize];
    let generic = reading.class(mention.head).any(Class::GENERIC_PERSON);
    let age = (mention.tokens.start..mention.head).find(|&at| generic && reading.lists(List::Age, at));
    hash(reading.text(mention.head)) ^ age.map_or(0, |age| hash(reading.text(age)))
}

/// The words of the speakers of a text.
#[derive(Debug)]
pub(super) struct Voices {
    list: Vec<Voice>,
    all: Voice,
    /// Whom the nouns of tags mean.
    nouns: Uses,
    /// Who is called by the words of address, and who calls others so.
    called: Uses,
    callers: Uses,
}

/// How often each word is used of each speaker, as the chain has it.
#[derive(Debug)]
struct Uses {
    /// By hash of the word and speaker, in that order.
    list: Vec<(u32, u32, f32)>,
    /// In all, by hash of the word.
    totals: Vec<(u32, f32)>,
}

impl Uses {
    fn new(mut list: Vec<(u32, u32, f32)>) -> Uses {
        list.sort_by_key(|&(word, speaker, _)| (word, speaker));
        list.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0.0 };
            same
        });
        let sum = |same: &[(u32, u32, f32)]| (same[0].0, same.iter().map(|entry| entry.2).sum());
        Uses { totals: list.chunk_by(|a, b| a.0 == b.0).map(sum).collect(), list }
    }

    /// Of all uses of a word the share of one speaker, without the `own` uses of the turn in question, of the speaker and
    /// of all.
    fn share(&self, word: u32, speaker: u32, own: (f32, f32)) -> f32 {
        let all = self.totals.binary_search_by_key(&word, |total| total.0).map_or(0.0, |at| self.totals[at].1);
        let known = self.list.binary_search_by_key(&(word, speaker), |entry| (entry.0, entry.1));
        let known = known.map_or(0.0, |at| self.list[at].2);
        ((known - own.0) / (all - own.1 + 0.5)).max(0.0)
    }
}

/// How well words of address fit a speaker: those that others say to whoever speaks the turn, before it and after it, and
/// those of the turn itself, said by the speaker or to him.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Address {
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) says: f32,
    pub(super) hears: f32,
}

/// How often each word is used.
#[derive(Debug)]
struct Voice {
    speaker: u32,
    words: Vec<u32>,
    total: u32,
    /// How much likelier each word is than in anybody's mouth, as a logarithm.
    weights: Vec<f32>,
}

impl Voice {
    fn new(speaker: u32, words: usize) -> Voice {
        Voice { speaker, words: vec![0; words], total: 0, weights: Vec::new() }
    }

    fn add(&mut self, words: &[Word]) {
        for &(word, count) in words {
            self.words[usize::from(word)] += u32::from(count);
            self.total += u32::from(count);
        }
    }
}

impl Voices {
    /// Counts the words of the sure turns; the chain has run over `conversations`.
    pub(super) fn learn(conversations: &[&Conversation]) -> Voices {
        let turns =
            || conversations.iter().flat_map(|it| (0..it.words.len()).map(move |n| (sure(it, n), &it.words[n])));
        let mut speakers: Vec<u32> = turns().filter_map(|(speaker, _)| speaker).collect();
        speakers.sort_unstable();
        let mut counts: Vec<(usize, u32)> =
            speakers.chunk_by(|a, b| a == b).map(|turns| (turns.len(), turns[0])).collect();
        counts.sort_unstable_by_key(|&(count, speaker)| (std::cmp::Reverse(count), speaker));
        counts.truncate(SPEAKERS);
        let known = turns().flat_map(|(_, words)| words).map(|&(word, _)| usize::from(word) + 1).max().unwrap_or(0);
        let mut voices = Voices {
            list: counts.into_iter().map(|(_, speaker)| Voice::new(speaker, known)).collect(),
            all: Voice::new(u32::MAX, known),
            nouns: Uses::new(uses(conversations, |it, n| it.nouns[n])),
            callers: Uses::new(uses(conversations, |it, n| it.calls[n])),
            called: {
                let before = uses(conversations, |it, n| it.calls.get(n + 1).copied().flatten());
                let after = uses(conversations, |it, n| n.checked_sub(1).and_then(|n| it.calls[n]));
                Uses::new(before.into_iter().chain(after).collect())
            },
        };
        for (speaker, words) in turns() {
            voices.all.add(words);
            if let Some(voice) = voices.list.iter_mut().find(|voice| Some(voice.speaker) == speaker) {
                voice.add(words);
            }
        }
        for voice in &mut voices.list {
            voice.weights = vec![weight(0, voice.total, &voices.all, 0); known];
        }
        for (speaker, words) in turns() {
            let Some(voice) = voices.list.iter_mut().find(|voice| Some(voice.speaker) == speaker) else { continue };
            for &(word, _) in words {
                let word = usize::from(word);
                voice.weights[word] = weight(voice.words[word], voice.total, &voices.all, word);
            }
        }
        voices
    }

    /// Appends how well turn `n` fits the talk of each of its states, in the order of the states.
    pub(super) fn scores(&self, conversation: &Conversation, n: usize, out: &mut Ragged<f32>) {
        let words = &conversation.words[n];
        let own = sure(conversation, n);
        let size: u32 = words.iter().map(|word| u32::from(word.1)).sum();
        let score = |speaker: u32| {
            let Some(voice) = self.list.iter().find(|voice| voice.speaker == speaker) else { return 0.0 };
            let weigh = |&(word, count): &Word| {
                let word = usize::from(word);
                // What the turn itself was counted for says nothing.
                f32::from(count)
                    * if own == Some(speaker) {
                        weight(voice.words[word] - u32::from(count), voice.total - size, &self.all, word)
                    } else {
                        voice.weights[word]
                    }
            };
            words.iter().map(weigh).sum::<f32>().clamp(-LIMIT, LIMIT)
        };
        out.push(conversation.links[n].states.iter().map(|state| score(state.0)));
    }

    /// Appends, of the other turns whose tags have the noun that the tag of turn `n` has, the share of each of its states,
    /// or nothing without such a tag.
    pub(super) fn called(&self, conversation: &Conversation, n: usize, out: &mut Ragged<f32>) {
        let Some(noun) = conversation.nouns[n] else { return out.push([]) };
        let total = conversation.marginals[n].iter().sum::<f32>();
        let states = conversation.links[n].states.iter().zip(&conversation.marginals[n]);
        out.push(states.map(|(state, &p)| self.nouns.share(noun, state.0, (p, total))));
    }

    /// Appends how well the words of address in turn `n` and beside it fit each of its states, or nothing where there are
    /// none.
    pub(super) fn address(&self, conversation: &Conversation, n: usize, out: &mut Ragged<Address>) {
        let calls = |n: Option<usize>| n.and_then(|n| conversation.calls.get(n).copied().flatten());
        let (before, own, after) = (calls(n.checked_sub(1)), calls(Some(n)), calls(Some(n + 1)));
        if before.or(own).or(after).is_none() {
            return out.push([]);
        }
        let total = conversation.marginals[n].iter().sum::<f32>();
        let times = if before == after { 2.0 } else { 1.0 };
        let states = conversation.links[n].states.iter().zip(&conversation.marginals[n]);
        out.push(states.map(|(state, &p)| {
            let heard = |word| self.called.share(word, state.0, (times * p, times * total));
            Address {
                before: before.map_or(0.0, heard),
                after: after.map_or(0.0, heard),
                says: own.map_or(0.0, |word| self.callers.share(word, state.0, (p, total))),
                hears: own.map_or(0.0, |word| self.called.share(word, state.0, (0.0, 0.0))),
            }
        }));
    }
}

/// Each speaker whom the chain has for a turn that has a word, with the probability.
fn uses(conversations: &[&Conversation], word: impl Fn(&Conversation, usize) -> Option<u32>) -> Vec<(u32, u32, f32)> {
    let mut all = Vec::new();
    for conversation in conversations {
        for (n, link) in conversation.links.iter().enumerate() {
            let Some(word) = word(conversation, n) else { continue };
            let states = link.states.iter().zip(&conversation.marginals[n]);
            all.extend(states.map(|(state, &p)| (word, state.0, p)));
        }
    }
    all
}

/// How much likelier a word is for somebody of whose `total` words it is `known` ones than it is for `all`, as a
/// logarithm.
fn weight(known: u32, total: u32, all: &Voice, word: usize) -> f32 {
    if known == 0 {
        return (SMOOTHING / (total as f32 + SMOOTHING)).ln();
    }
    let expected = all.words[word] as f32 / all.total as f32;
    ((known as f32 + SMOOTHING * expected) / ((total as f32 + SMOOTHING) * expected)).ln()
}

/// The speaker of a turn, where there is little doubt.
fn sure(conversation: &Conversation, n: usize) -> Option<u32> {
    let states = conversation.links[n].states.iter().zip(&conversation.marginals[n]);
    states.filter(|(_, p)| **p >= SURE).map(|(state, _)| state.0).next()
}
