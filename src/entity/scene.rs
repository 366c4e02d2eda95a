//! Which names of a text stand together as two people, and which answer to each other: by who speaks, and who is called
//! by name, in paragraphs that follow each other.

use std::collections::HashMap;

use super::is_name;
use crate::lexicon::BuildWordHasher;
use crate::mention::{Mentions, Reading};

/// What the text shows of pairs of forms.
#[derive(Debug, Default)]
pub(super) struct Scenes {
    /// How often they speak in turn, one calls the other, or "and" joins them; the lower number first.
    apart: HashMap<(u32, u32), u32, BuildWordHasher>,
    /// How often the first is called, and the second is the next to speak, or has just spoken.
    answers: HashMap<(u32, u32), u32, BuildWordHasher>,
}

/// The name that is the source of the reports of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Speaker {
    #[default]
    Nobody,
    Name(u32),
    /// Several, or one by a pronoun.
    Others,
}

/// Who acts in a paragraph.
#[derive(Clone, Debug, Default)]
struct Turn {
    paragraph: u32,
    speaker: Speaker,
    called: Vec<u32>,
}

impl Scenes {
    pub(super) fn new(reading: &Reading<'_>, mentions: &Mentions, form_of: &[u32]) -> Scenes {
        let mut scenes = Scenes::default();
        let mut before = Turn::default();
        let mut turn = Turn::default();
        let mut last: Option<(u32, u32)> = None;
        for (at, mention) in mentions.list.iter().enumerate() {
            if mention.paragraph != turn.paragraph {
                scenes.end(&before, &turn);
                before = std::mem::take(&mut turn);
                turn.paragraph = mention.paragraph;
            }
            let Some(form) = form_of[at].checked_sub(1).filter(|_| is_name(mention)) else {
                if mention.source && !mention.quoted {
                    turn.speaker = Speaker::Others;
                }
                continue;
            };
            if !mention.quoted {
                // "Ada and Tom"
                if let Some((other, end)) = last
                    && mention.tokens.start == end + 1
                    && matches!(reading.text(end), "and" | "or" | "to" | "with")
                {
                    scenes.set_apart(form, other);
                }
                last = Some((form, mention.tokens.end));
                if mention.source {
                    let alone = matches!(turn.speaker, Speaker::Nobody) || turn.speaker == Speaker::Name(form);
                    turn.speaker = if alone { Speaker::Name(form) } else { Speaker::Others };
                }
            } else if mention.vocative && turn.called.len() < 4 {
                turn.called.push(form);
            }
        }
        scenes.end(&before, &turn);
        scenes
    }

    fn set_apart(&mut self, a: u32, b: u32) {
        if a != b {
            *self.apart.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }

    /// How often two forms stand beside each other as two people.
    pub(super) fn apart(&self, a: u32, b: u32) -> u32 {
        self.apart.get(&(a.min(b), a.max(b))).copied().unwrap_or(0)
    }

    /// How often `speaker` answers to the name `called`.
    pub(super) fn answers(&self, called: u32, speaker: u32) -> u32 {
        self.answers.get(&(called, speaker)).copied().unwrap_or(0)
    }

    /// Who answers to which name, and how often: called, speaker, count; in the order of the forms.
    pub(super) fn all_answers(&self) -> Vec<(u32, u32, u32)> {
        let mut list: Vec<_> =
            self.answers.iter().map(|(&(called, speaker), &count)| (called, speaker, count)).collect();
        list.sort_unstable();
        list
    }

    /// Counts what a turn shows together with the one before it.
    fn end(&mut self, previous: &Turn, turn: &Turn) {
        let near = previous.paragraph + 1 == turn.paragraph;
        if let Speaker::Name(now) = turn.speaker {
            for &called in &turn.called {
                self.set_apart(now, called);
            }
            if let Speaker::Name(then) = previous.speaker
                && near
            {
                self.set_apart(now, then);
            }
        }
        for (turn, other) in [(turn, previous), (previous, turn)] {
            if let Speaker::Name(now) = turn.speaker
                && near
            {
                for &called in other.called.iter().filter(|&&called| called != now) {
                    *self.answers.entry((called, now)).or_default() += 1;
                }
            }
        }
    }
}
