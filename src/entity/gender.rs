//! Genders that the whole text shows, before anything is resolved.

use super::Entity;
use super::form::Form;
use crate::kind::{Gender, MentionKind};
use crate::lexicon::Class;
use crate::mention::{Being, Mention, Mentions, Reading};

/// What the pronouns say that follow a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes {
    female: u32,
    male: u32,
    /// The mention that is the first of them.
    evidence: u32,
}

impl Votes {
    /// What at least `least` votes say, and not half as many against it.
    fn gender(self, least: u32) -> Gender {
        if self.female + self.male < least {
            Gender::Unknown
        } else if self.female > 2 * self.male {
            Gender::Female
        } else if self.male > 2 * self.female {
            Gender::Male
        } else {
            Gender::Unknown
        }
    }
}

/// Genders of names that neither title nor given name tell: by the pronoun that follows the name as a subject, with
/// nobody else named in between.
pub(super) fn vote(reading: &Reading<'_>, mentions: &Mentions, form_of: &[u32], forms: &mut [Form], reports: bool) {
    let mut last: Option<(u32, u32)> = None;
    let mut paragraph = 0;
    for (at, mention) in mentions.list.iter().enumerate() {
        if mention.quoted {
            continue;
        }
        // “…,” said Ada. ¶ “…,” he said: in a story somebody else speaks then.
        if mention.paragraph != paragraph && !reports {
            last = None;
        }
        paragraph = mention.paragraph;
        match mention.kind {
            MentionKind::Name if !matches!(mention.being, Being::Group | Being::Place) => {
                // "Ada told Brandt that she": behind whoever is no subject one pronoun in three means another.
                // Nor does what the speaker of a transcript says tell of the speaker: "OKAFOR: She left."
                let tells = (mention.subject || mention.source)
                    && !mention.is_label(reading)
                    && (reports || !is_inserted(reading, mention));
                let form = form_of[at].checked_sub(1).filter(|_| tells);
                last = form.map(|form| (form, mention.tokens.end));
            }
            MentionKind::Nominal if mention.being == Being::Person => last = None,
            MentionKind::Pronoun if mention.gender != Gender::Unknown => {
                // "Ada looked at him": he is somebody else, and may be whom the next pronoun means.
                if let Some((form, _)) = last.take().filter(|(_, end)| {
                    may_point_back(reading, mention) && mention.tokens.start.saturating_sub(*end) < 30
                }) {
                    let votes = &mut forms[form as usize].votes;
                    if votes.female + votes.male == 0 {
                        votes.evidence = at as u32;
                    }
                    if mention.gender == Gender::Female {
                        votes.female += 1;
                    } else {
                        votes.male += 1;
                    }
                }
            }
            _ => {}
        }
    }
    for form in forms.iter_mut().filter(|form| form.gender == Gender::Unknown) {
        form.gender = form.votes.gender(2);
        if form.gender != Gender::Unknown {
            form.gender_evidence = form.votes.evidence;
        }
    }
}

/// "It was not, Ada thought, his face": whether two commas hold nothing but a name and its verb, so that what goes on behind
/// them tells of somebody else.
fn is_inserted(reading: &Reading<'_>, mention: &Mention) -> bool {
    let comma = |at: u32| reading.tags.get(at as usize).is_some() && reading.text(at) == ",";
    mention.tokens.start > 0 && comma(mention.tokens.start - 1) && comma(mention.tokens.end + 1)
}

/// Whether a pronoun may stand for the subject of its own clause, or is a subject itself. Of what one looks at that is as
/// often somebody else's: "Lund looked at his hands".
fn may_point_back(reading: &Reading<'_>, mention: &Mention) -> bool {
    let class = reading.class(mention.head);
    let before = mention.tokens.start.checked_sub(1).map_or("", |before| reading.text(before));
    mention.possessive && !matches!(before, "at" | "toward" | "towards")
        || class.any(Class::SUBJECTIVE.or(Class::REFLEXIVE)) && !class.any(Class::OBJECTIVE)
}

/// What the votes for all the forms of a name show of its bearer.
pub(super) fn settle(entities: &mut [Entity], mentions: &Mentions, forms: &[Form], candidates: &[Vec<u32>]) {
    let mut votes = vec![Votes::default(); entities.len()];
    for (form, candidates) in forms.iter().zip(candidates) {
        let [entity] = candidates[..] else { continue };
        let all = &mut votes[entity as usize];
        if all.female + all.male == 0 {
            all.evidence = form.votes.evidence;
        }
        all.female += form.votes.female;
        all.male += form.votes.male;
    }
    for (entity, votes) in entities.iter_mut().zip(votes) {
        // A title decides; a given name may mislead, but it takes more to say so.
        let titled = entity.gender_evidence.is_some_and(|at| mentions.list[at as usize].title.is_some());
        let shown = votes.gender(if entity.gender == Gender::Unknown { 1 } else { 5 });
        if !titled
            && entity.cast.is_none()
            && !matches!(entity.being, Being::Group | Being::Place)
            && shown != Gender::Unknown
        {
            entity.gender = shown;
            entity.gender_evidence = Some(votes.evidence);
        }
    }
}
