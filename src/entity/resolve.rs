//! One walk over the mentions, from left to right, that gives each its entity.

use std::collections::HashMap;

use super::cluster::Clusters;
use super::{Entities, Entity, agree};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::{BuildWordHasher, Class};
use crate::mention::{Being, Mention, Mentions, Person, Reading};

/// How many entities are kept in mind for pronouns.
const MEMORY: usize = 14;

/// How many tokens back an antecedent may lie.
const WINDOW: u32 = 260;

/// How many who have one role are kept in mind.
const HOLDERS: usize = 8;

/// Nouns for people who are told apart by no name: "the spokesman" is hardly somebody already named.
const NEWCOMERS: [&str; 33] = [
    "adviser",
    "advisor",
    "aide",
    "attorney",
    "boy",
    "child",
    "correspondent",
    "employee",
    "girl",
    "host",
    "interviewer",
    "investigator",
    "lawyer",
    "man",
    "moderator",
    "narrator",
    "neighbor",
    "neighbour",
    "official",
    "organizer",
    "owner",
    "person",
    "pilot",
    "reporter",
    "resident",
    "source",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "voter",
    "witness",
    "woman",
    "worker",
];

/// Paragraphs among which a byline stands.
const BYLINE: u32 = 6;

/// Tokens that may be attached to a noun phrase before the name in apposition to it.
const ATTACHED: u32 = 10;

/// Nouns other than titles for people in the public eye: they need no adjective to be somebody already named.
const PUBLIC: [&str; 16] = [
    "activist",
    "billionaire",
    "businessman",
    "candidate",
    "developer",
    "front-runner",
    "frontrunner",
    "incumbent",
    "lawmaker",
    "leader",
    "mogul",
    "nominee",
    "politician",
    "singer",
    "star",
    "tycoon",
];

/// Narration in the first person: this share of the tokens outside quotations is "I", "me" or "my".
const NARRATOR_SHARE: f64 = 0.006;

/// Gives every mention its entity.
pub(crate) fn resolve(reading: Reading<'_>, mentions: &Mentions, clusters: Clusters) -> Entities {
    let is_report = is_report(reading, mentions);
    let mut walk = Walk {
        reading,
        mentions,
        out: Entities { list: clusters.entities.clone(), of_mention: vec![None; mentions.list.len()] },
        clusters,
        recent: Vec::with_capacity(MEMORY + 1),
        by_head: HashMap::default(),
        by_words: HashMap::default(),
        by_role: HashMap::default(),
        kin: HashMap::default(),
        renamed: HashMap::default(),
        narrator: None,
        last_source: None,
        reports: is_report,
        weights: if is_report { &IN_REPORTS } else { &IN_STORIES },
    };
    walk.learn_places();
    walk.learn_genders();
    walk.find_narrator();
    for at in 0..mentions.list.len() {
        let entity = walk.entity_of(at);
        walk.out.of_mention[at] = entity;
        if let Some(entity) = entity {
            walk.note(at, entity);
        }
    }
    for &office in walk.renamed.keys() {
        let entity = &mut walk.out.list[office as usize];
        if entity.mentions == 0 {
            entity.best = u32::MAX;
        }
    }
    walk.out
}

/// Whether a text reports more than it tells a story: a sentence that has a source and no quotation comes on three
/// quotations at most.
fn is_report(reading: Reading<'_>, mentions: &Mentions) -> bool {
    let quotations = reading.quotations.list.iter().filter(|quotation| quotation.parent.is_none());
    let mut marks = quotations.clone().map(|quotation| quotation.outer).peekable();
    let mut sentences = reading.segmentation.sentences.iter().peekable();
    let told = mentions.list.iter().filter(|mention| {
        while sentences.next_if(|sentence| sentence.tokens.end <= mention.tokens.start).is_some() {}
        let Some(sentence) = sentences.peek().filter(|_| mention.source && mention.quotation.is_none()) else {
            return false;
        };
        while marks.next_if(|marks| marks.end <= sentence.tokens.start).is_some() {}
        marks.peek().is_none_or(|marks| marks.start >= sentence.tokens.end)
    });
    let (told, quoted) = (told.count(), quotations.count());
    3 * told > quoted
}

/// An entity as last spoken of.
#[derive(Clone, Copy, Debug)]
struct Recent {
    entity: u32,
    token: u32,
    paragraph: u32,
    /// How much it stands out at its last mention.
    weight: f32,
    source: bool,
}

/// What makes an entity stand out for a pronoun after its mention.
#[derive(Debug)]
struct Weights {
    subject: f32,
    source: f32,
    /// A pronoun keeps to the matter in hand.
    pronoun: f32,
    quoted: f32,
    located: f32,
    /// The last source of all.
    last_source: f32,
    named: f32,
    /// Each of the first twenty mentions.
    mention: f32,
    same_gender: f32,
    no_gender: f32,
    /// Known for what a noun phrase tells of somebody.
    role: f32,
    /// What a mention loses by each token and each paragraph that follows.
    token: f32,
    paragraph: f32,
}

/// Fitted to pronouns of training texts of news.
const IN_REPORTS: Weights = Weights {
    subject: 1.2,
    source: 0.9,
    pronoun: 0.3,
    quoted: -2.0,
    located: -2.0,
    last_source: 0.4,
    named: 0.9,
    mention: 0.045,
    same_gender: 1.4,
    no_gender: -1.2,
    role: 2.0,
    token: 0.025,
    paragraph: 0.8,
};

/// Fitted to pronouns in tags of training novels: there the speaker before is not the one who speaks now, and scenes go
/// on over many paragraphs.
const IN_STORIES: Weights = Weights {
    subject: 0.6,
    source: 0.3,
    pronoun: 0.0,
    quoted: -3.0,
    located: -2.0,
    last_source: 0.0,
    named: 1.2,
    mention: 0.05,
    same_gender: 1.0,
    no_gender: -2.0,
    role: 2.0,
    token: 0.025,
    paragraph: 0.15,
};

impl Recent {
    /// What is left of the weight at `mention`.
    fn weight_at(&self, mention: &Mention, weights: &Weights) -> f32 {
        let tokens = mention.tokens.start.saturating_sub(self.token);
        let paragraphs = mention.paragraph - self.paragraph;
        self.weight - weights.token * tokens as f32 - weights.paragraph * paragraphs as f32
    }
}

struct Walk<'a> {
    reading: Reading<'a>,
    mentions: &'a Mentions,
    clusters: Clusters,
    out: Entities,
    /// The last to be spoken of, the latest at the end.
    recent: Vec<Recent>,
    /// The last entity named by a noun, by that noun.
    by_head: HashMap<&'a str, u32>,
    by_words: HashMap<String, u32>,
    /// Who is "the mayor": by titles and appositions.
    by_role: HashMap<String, Vec<u32>>,
    kin: HashMap<(u32, &'a str), u32>,
    /// Whose role a name was found to be.
    renamed: HashMap<u32, u32, BuildWordHasher>,
    narrator: Option<u32>,
    /// The last entity that was the source of a report.
    last_source: Option<u32>,
    /// Whether the text is a report.
    reports: bool,
    weights: &'static Weights,
}

impl<'a> Walk<'a> {
    fn mention(&self, at: usize) -> &'a Mention {
        &self.mentions.list[at]
    }

    fn new_entity(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        self.out.list.push(Entity {
            best: at as u32,
            gender: mention.gender,
            gender_evidence: (mention.gender != Gender::Unknown).then_some(at as u32),
            number: mention.number,
            being: mention.being,
            narrator: false,
            named: false,
            cast: None,
            mentions: 0,
            sources: 0,
            first: at as u32,
            indefinite: mention.kind == MentionKind::Nominal && !mention.definite,
            acts: 0,
        });
        self.out.list.len() as u32 - 1
    }

    /// Names of which nothing else is known, and which stand behind "in" or "at" again and again: places.
    fn learn_places(&mut self) {
        let mut uses: HashMap<u32, (u32, u32), BuildWordHasher> = HashMap::default();
        for (at, mention) in self.mentions.list.iter().enumerate() {
            let [entity] = *self.clusters.candidates(at) else { continue };
            let known = &self.out.list[entity as usize];
            if known.being != Being::Unknown || known.gender != Gender::Unknown || known.cast.is_some() {
                continue;
            }
            let before = mention.tokens.start.checked_sub(1).map_or("", |before| self.reading.text(before));
            let uses = uses.entry(entity).or_default();
            uses.0 += 1;
            uses.1 += u32::from(matches!(before, "in" | "In" | "at" | "At" | "near" | "into" | "through" | "from"));
        }
        for (entity, (all, places)) in uses {
            if places >= 3 && 3 * places >= all {
                self.out.list[entity as usize].being = Being::Place;
            }
        }
    }

    /// Genders of names that neither title nor given name tell: by the pronoun that follows the name as a subject, with
    /// nobody else named in between.
    fn learn_genders(&mut self) {
        let mut votes: HashMap<u32, (u32, u32, u32), BuildWordHasher> = HashMap::default();
        let mut last: Option<(u32, u32)> = None;
        for (at, mention) in self.mentions.list.iter().enumerate() {
            if mention.quotation.is_some() {
                continue;
            }
            match mention.kind {
                MentionKind::Name if !matches!(mention.being, Being::Group | Being::Place) => {
                    last = match self.clusters.candidates(at) {
                        [entity] => Some((*entity, mention.tokens.end)),
                        _ => None,
                    };
                }
                MentionKind::Nominal if mention.being == Being::Person => last = None,
                MentionKind::Pronoun if mention.gender != Gender::Unknown => {
                    // "Ada looked at him": he is somebody else, and may be whom the next pronoun means.
                    if let Some((entity, _)) = last.take().filter(|(_, end)| {
                        self.may_point_back(mention) && mention.tokens.start.saturating_sub(*end) < 30
                    }) {
                        let vote = votes.entry(entity).or_insert((0, 0, at as u32));
                        if mention.gender == Gender::Female {
                            vote.0 += 1;
                        } else {
                            vote.1 += 1;
                        }
                    }
                }
                _ => {}
            }
        }
        for (entity, (female, male, evidence)) in votes {
            let entity = &mut self.out.list[entity as usize];
            // A title decides; a given name may mislead, but it takes more to say so.
            let titled = entity.gender_evidence.is_some_and(|at| self.mentions.list[at as usize].title.is_some());
            let least = if entity.gender == Gender::Unknown { 1 } else { 5 };
            if titled
                || entity.cast.is_some()
                || matches!(entity.being, Being::Group | Being::Place)
                || female + male < least
            {
                continue;
            }
            if female > 3 * male {
                entity.gender = Gender::Female;
            } else if male > 3 * female {
                entity.gender = Gender::Male;
            } else {
                continue;
            }
            entity.gender_evidence = Some(evidence);
        }
    }

    /// Whether a pronoun may stand for the subject of its own clause, or is a subject itself.
    fn may_point_back(&self, mention: &Mention) -> bool {
        let class = self.reading.class(mention.head);
        mention.possessive || class.any(Class::SUBJECTIVE.or(Class::REFLEXIVE)) && !class.any(Class::OBJECTIVE)
    }

    /// Whether the narration says "I", and an entity for whoever does.
    fn find_narrator(&mut self) {
        let first_person = |mention: &&Mention| {
            mention.person == Person::First && mention.number == Number::Singular && mention.quotation.is_none()
        };
        let count = self.mentions.list.iter().filter(first_person).count();
        let outside =
            (0..self.reading.tags.len() as u32).filter(|&at| self.reading.quotations.around(at).is_none()).count();
        let speaks = self.mentions.list.iter().any(|mention| first_person(&mention) && mention.source);
        let often = (count as f64) >= NARRATOR_SHARE * outside as f64;
        if !speaks && (count < 4 || !often) {
            return;
        }
        if let Some(at) = self.mentions.list.iter().position(|mention| first_person(&mention)) {
            // One "I said" that is misread makes nobody the narrator of a whole novel.
            let teller = self.narrators_name().filter(|_| often);
            let entity = match self.introduction().or_else(|| self.signature()).or(teller) {
                Some(entity) => entity,
                None => self.new_entity(at),
            };
            let narrator = &mut self.out.list[entity as usize];
            narrator.narrator = true;
            narrator.being = Being::Person;
            self.narrator = Some(entity);
        }
    }

    /// "My name is Ada Lund": the name that the narrator gives.
    fn introduction(&self) -> Option<u32> {
        let text = |at: u32| self.reading.tags.get(at as usize).map_or("", |_| self.reading.text(at));
        (1..self.mentions.list.len()).find_map(|at| {
            let mention = self.mention(at);
            let start = mention.tokens.start;
            let named = mention.kind == MentionKind::Name
                && mention.quotation.is_none()
                && start >= 3
                && matches!(text(start - 1), "is" | "was")
                && text(start - 2) == "name"
                && matches!(text(start - 3), "My" | "my");
            match self.clusters.candidates(at) {
                [entity] if named => Some(*entity),
                _ => None,
            }
        })
    }

    /// Who signs a column: "By Ada Lund" at its head, or "Ada Lund is a poet." as its end, of nobody spoken of before. The
    /// author of a story is not who tells it.
    fn signature(&self) -> Option<u32> {
        if !self.reports {
            return None;
        }
        let last = self.reading.segmentation.paragraphs.len() as u32 - 1;
        let named = |mention: &&(usize, &Mention)| mention.1.kind == MentionKind::Name && mention.1.quotation.is_none();
        let opens = |token: u32, paragraph: u32| {
            let paragraph = self.reading.segmentation.paragraphs[paragraph as usize];
            self.reading.segmentation.paragraph_tokens(paragraph).start == token
        };
        let signs = |(_, mention): &(usize, &Mention)| {
            let start = mention.tokens.start;
            let by = start > 0 && matches!(self.reading.text(start - 1), "By" | "by" | "BY");
            by && mention.paragraph < BYLINE && opens(start - 1, mention.paragraph)
        };
        let ends = |(_, mention): &(usize, &Mention)| {
            let is = self.reading.tags.get(mention.tokens.end as usize).is_some_and(|tag| tag.is_finite());
            is && mention.paragraph == last && opens(mention.tokens.start, last)
        };
        let mentions = self.mentions.list.iter().enumerate();
        let byline = mentions
            .clone()
            .take_while(|(_, mention)| mention.paragraph < BYLINE)
            .find(|mention| named(&mention) && signs(mention));
        let end = mentions
            .rev()
            .take_while(|(_, mention)| mention.paragraph == last)
            .find(|mention| named(&mention) && ends(mention));
        let entity = |at: usize| match *self.clusters.candidates(at) {
            [entity] if self.out.get(entity).being != Being::Group => Some(entity),
            _ => None,
        };
        let only = |entity: &u32| {
            let mut before = self.mentions.list.iter().enumerate().take_while(|(_, mention)| mention.paragraph < last);
            !before.any(|(at, _)| self.clusters.candidates(at).contains(entity))
        };
        byline.and_then(|(at, _)| entity(at)).or_else(|| end.and_then(|(at, _)| entity(at)).filter(only))
    }

    /// The name that others call the narrator by: spoken in address right before or after the narrator speaks, and hardly
    /// ever the subject of narration.
    fn narrators_name(&self) -> Option<u32> {
        #[derive(Default)]
        struct Uses {
            answered: u32,
            quoted: u32,
            all: u32,
            sources: u32,
        }
        let speaks =
            |mention: &&Mention| mention.source && mention.person == Person::First && mention.quotation.is_none();
        let mut speaking: Vec<u32> =
            self.mentions.list.iter().filter(speaks).map(|mention| mention.paragraph).collect();
        speaking.dedup();
        let mut uses: HashMap<u32, Uses, BuildWordHasher> = HashMap::default();
        for (at, mention) in self.mentions.list.iter().enumerate() {
            if mention.kind != MentionKind::Name {
                continue;
            }
            for &entity in self.clusters.candidates(at) {
                let entry = uses.entry(entity).or_default();
                entry.all += 1;
                entry.quoted += u32::from(mention.quotation.is_some());
                entry.sources += u32::from(mention.source);
                if mention.vocative {
                    let near = speaking.partition_point(|&paragraph| paragraph + 2 < mention.paragraph);
                    let answered = speaking[near..]
                        .iter()
                        .take_while(|&&paragraph| paragraph <= mention.paragraph + 2)
                        .any(|&paragraph| paragraph != mention.paragraph);
                    entry.answered += u32::from(answered);
                }
            }
        }
        uses.into_iter()
            .filter(|(entity, uses)| {
                let being = self.out.list[*entity as usize].being;
                uses.answered >= 1
                    && !matches!(being, Being::Group | Being::Place)
                    && 10 * uses.quoted >= 7 * uses.all
                    && 20 * uses.sources <= uses.all
            })
            .max_by_key(|(entity, uses)| (uses.answered, std::cmp::Reverse(*entity)))
            .map(|(entity, _)| entity)
    }

    fn entity_of(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        if let Some(entity) = self.letter(at) {
            return Some(entity);
        }
        match mention.kind {
            MentionKind::Name => self.name(at),
            MentionKind::Nominal => Some(self.nominal(at)),
            MentionKind::Pronoun => self.pronoun(at),
        }
    }

    /// "Q:" and "A:": the questions of an interview are nobody's who has a name, the answers are those of whom it is with.
    fn letter(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let head = mention.head;
        let letter = self.reading.text(head);
        let label = mention.source
            && matches!(letter, "Q" | "A")
            && (head as usize + 1) < self.reading.tags.len()
            && self.reading.text(head + 1) == ":";
        if !label {
            return None;
        }
        if let Some(&entity) = self.by_words.get(letter) {
            return Some(entity);
        }
        let named = (0..self.out.list.len() as u32).filter(|&entity| {
            let known = self.out.get(entity);
            letter == "A" && known.named && known.mentions > 0 && self.out.is_person(entity)
        });
        let most = named.max_by_key(|&entity| (self.out.get(entity).mentions, std::cmp::Reverse(entity)));
        let entity = most.unwrap_or_else(|| self.new_entity(at));
        self.by_words.insert(letter.to_owned(), entity);
        Some(entity)
    }

    /// Remembers that `entity` was spoken of at mention `at`.
    fn note(&mut self, at: usize, entity: u32) {
        let mention = self.mention(at);
        let known = &mut self.out.list[entity as usize];
        known.mentions += 1;
        // "the director" names somebody better than "director" in "became director".
        if mention.source && known.sources == 0 && !known.named && mention.kind == MentionKind::Nominal {
            known.best = at as u32;
        }
        known.sources += u32::from(mention.source);
        known.acts += u32::from(mention.vocative || (mention.subject && mention.quotation.is_none()));
        let old = self.recent.iter().position(|recent| recent.entity == entity).map(|old| self.recent.remove(old));
        if mention.source {
            self.last_source = Some(entity);
        }
        let shown = [
            (mention.subject, self.weights.subject),
            (mention.source, self.weights.source),
            (mention.kind == MentionKind::Pronoun, self.weights.pronoun),
            (mention.quotation.is_some(), self.weights.quoted),
            (self.is_located(mention), self.weights.located),
        ];
        let weight = shown.into_iter().filter_map(|(shown, weight)| shown.then_some(weight)).sum();
        self.recent.push(Recent {
            entity,
            token: mention.tokens.start,
            paragraph: mention.paragraph,
            // A possessive or a name inside a quotation does not take away what a subject just before has.
            weight: old.map_or(weight, |old| old.weight_at(mention, self.weights).max(weight)),
            source: mention.source
                || old.is_some_and(|old| old.source && mention.tokens.start.saturating_sub(old.token) < 12),
        });
        if self.recent.len() > MEMORY {
            self.recent.remove(0);
        }
    }

    /// "in Madurai", "at Ainstable": a name for somewhere, unless it is known for a person's.
    fn is_located(&self, mention: &Mention) -> bool {
        mention.kind == MentionKind::Name
            && mention.being == Being::Unknown
            && mention.tokens.start > 0
            && matches!(
                self.reading.text(mention.tokens.start - 1),
                "in" | "In" | "at" | "At" | "near" | "Near" | "outside" | "Outside" | "across" | "Across"
            )
    }

    fn name(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        // "The Railway Minister, Mr. Subramaniam,": a role in capitals.
        if mention.is_office(&self.reading)
            && let [office] = *self.clusters.candidates(at)
        {
            if let Some(entity) = self.named_by(at).filter(|&entity| entity != office) {
                self.renamed.insert(office, entity);
                return Some(entity);
            }
            let words = super::words_of(&self.reading, mention.tokens);
            let holder = || self.by_role.get(&words).and_then(|holders| holders.last());
            if let Some(entity) = self.renamed.get(&office).or_else(holder).copied().filter(|&entity| entity != office)
            {
                self.renamed.insert(office, entity);
                return Some(entity);
            }
        }
        let candidates = self.clusters.candidates(at);
        let entity = match candidates {
            [] => return None,
            [entity] => *entity,
            _ => {
                let latest = self.recent.iter().rev().find(|recent| candidates.contains(&recent.entity));
                let most = || candidates.iter().copied().max_by_key(|&entity| self.out.list[entity as usize].mentions);
                latest.map(|recent| recent.entity).or_else(most)?
            }
        };
        // "Mayor Lund": she is "the mayor" from here on.
        let title = mention.title.is_some_and(|title| !title.honorific);
        if title && mention.words.start > mention.tokens.start {
            let title =
                super::words_of(&self.reading, crate::document::Run::new(mention.tokens.start, mention.words.start));
            self.has_role(&title, entity);
        } else if title && mention.tokens.start > 0 {
            let title = self.reading.text(mention.tokens.start - 1).to_lowercase();
            self.has_role(&title, entity);
        }
        Some(entity)
    }

    /// The entity of the name that ends right before a comma before mention `at`, if `at` stands in apposition to it.
    fn apposed_to(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let before = at.checked_sub(1)?;
        let other = self.mention(before);
        let gap = mention.tokens.start.checked_sub(other.tokens.end)?;
        let comma = gap == 1 && self.reading.text(other.tokens.end) == ",";
        (comma && other.kind == MentionKind::Name && other.paragraph == mention.paragraph && !other.possessive)
            .then(|| self.out.of_mention[before])?
    }

    /// The person who is, or became, what the noun phrase at `at` says.
    fn said_to_be(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let before = at.checked_sub(1)?;
        let other = self.mention(before);
        let verb = mention.tokens.start.checked_sub(1).filter(|&verb| verb == other.tokens.end)?;
        let is = matches!(self.reading.text(verb), "is" | "was" | "became" | "becomes" | "remains");
        let entity = self.out.of_mention[before].filter(|_| is && other.kind == MentionKind::Name && other.subject)?;
        let known = self.out.get(entity);
        (known.number == Number::Singular && !matches!(known.being, Being::Group | Being::Place)).then_some(entity)
    }

    /// The person whose name stands in apposition behind the noun phrase at `at`, and behind what is attached to it: "a
    /// spokesman for the army, Colonel Sarraf,".
    fn named_by(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let text = |at: u32| self.reading.tags.get(at as usize).map_or("", |_| self.reading.text(at));
        let attached = matches!(text(mention.tokens.end), "of" | "for" | "from" | "at" | "in" | "on");
        let limit = mention.tokens.end + if attached { ATTACHED } else { 1 };
        let limit = limit.min(self.reading.tags.len() as u32);
        let comma = (mention.tokens.end..limit).find(|&at| text(at) == "," || self.reading.tag(at).is_finite())?;
        let others = self.mentions.list.iter().enumerate().skip(at + 1);
        let (behind, name) = others.take(ATTACHED as usize).find(|(_, name)| name.tokens.start > comma)?;
        let set_off = text(comma) == ","
            && name.tokens.start == comma + 1
            && matches!(text(name.tokens.end), "," | "." | ";" | "!" | "?" | "");
        // "the mayors of Lund, Malmö, and Ystad" have no names here.
        let whole = !attached || name.title.is_some() || name.words.end - name.words.start > 1;
        let person = name.kind == MentionKind::Name
            && !matches!(name.being, Being::Group | Being::Place)
            && name.number == mention.number
            && name.quotation == mention.quotation;
        match self.clusters.candidates(behind) {
            [entity] if set_off && whole && person && agree(self.out.get(*entity).gender, mention.gender) => {
                Some(*entity)
            }
            _ => None,
        }
    }

    fn nominal(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        let head = self.reading.text(mention.head);
        let class = self.reading.class(mention.head);
        // "Hana Kimura, the director": a role of hers.
        if mention.number == Number::Singular
            && mention.being == Being::Person
            && let Some(entity) = self.apposed_to(at)
            && agree(self.out.get(entity).gender, mention.gender)
            && !matches!(self.out.get(entity).being, Being::Group | Being::Place)
        {
            self.has_role(&head.to_lowercase(), entity);
            self.has_role(&super::words_of(&self.reading, mention.tokens), entity);
            let known = &mut self.out.list[entity as usize];
            if known.gender == Gender::Unknown && mention.gender != Gender::Unknown {
                known.gender = mention.gender;
                known.gender_evidence = Some(at as u32);
            }
            known.being = Being::Person;
            return entity;
        }
        // "Hana Kimura became director": the same.
        if mention.number == Number::Singular
            && mention.being == Being::Person
            && let Some(entity) = self.said_to_be(at)
            && agree(self.out.get(entity).gender, mention.gender)
        {
            self.has_role(&head.to_lowercase(), entity);
            self.has_role(&super::words_of(&self.reading, mention.tokens), entity);
            return entity;
        }
        // "its director, Hana Kimura,": whoever the name behind it names.
        if mention.being == Being::Person
            && let Some(entity) = self.named_by(at)
        {
            self.has_role(&head.to_lowercase(), entity);
            self.has_role(&super::words_of(&self.reading, mention.tokens), entity);
            return entity;
        }
        // "her mother": by whose mother it is.
        let first = self.reading.class(mention.tokens.start);
        if class.any(Class::KIN) && (first.any(Class::POSSESSIVE_PRONOUN) || self.owned(at)) {
            let owner = at.checked_sub(1).and_then(|before| self.out.of_mention[before]);
            if let Some(owner) = owner {
                if let Some(&entity) = self.kin.get(&(owner, head)) {
                    return entity;
                }
                let entity = self.clusters.relative(owner, head).unwrap_or_else(|| self.new_entity(at));
                self.kin.insert((owner, head), entity);
                return entity;
            }
        }
        let words = super::words_of(&self.reading, mention.tokens);
        if mention.definite
            && let Some(member) = self.clusters.member(&words)
        {
            return member;
        }
        let repeats = mention.number == Number::Plural && mention.tokens.end - mention.tokens.start == 1;
        if mention.definite || repeats {
            let same = self.by_words.get(self.key(&words)).copied();
            let role = mention.definite && !first.any(Class::POSSESSIVE_PRONOUN);
            let single = role && mention.number == Number::Singular;
            let spoke = |entity: &u32| self.out.get(*entity).sources > 0;
            let found = same
                .filter(|same| !(single && self.reports) || spoke(same))
                .or_else(|| if single { self.officeholder(mention, &words, head) } else { None })
                .or(same)
                .or_else(|| if role { self.by_head.get(head).copied() } else { None });
            let found = found.or_else(|| if single && !self.reports { self.titled(mention, class) } else { None });
            if let Some(entity) = found {
                return entity;
            }
        }
        let entity = self.new_entity(at);
        self.by_head.insert(head, entity);
        let key = self.key(&words).to_owned();
        self.by_words.insert(key, entity);
        entity
    }

    /// "Ada's mother": whether the mention before is a name in the genitive that belongs to the phrase at `at`.
    fn owned(&self, at: usize) -> bool {
        let mention = self.mention(at);
        at.checked_sub(1).map(|before| self.mention(before)).is_some_and(|before| {
            before.possessive && before.tokens.start >= mention.tokens.start && before.tokens.end < mention.tokens.end
        })
    }

    /// In a report "a senior official" is "the senior official" from then on; in a story "an old man" may be one of many.
    fn key<'w>(&self, words: &'w str) -> &'w str {
        let indefinite = words.strip_prefix("a ").or_else(|| words.strip_prefix("an "));
        if self.reports { indefinite.unwrap_or_else(|| super::without_article(words)) } else { words }
    }

    fn has_role(&mut self, role: &str, entity: u32) {
        let role = super::without_article(role);
        let holders = self.by_role.entry(role.to_owned()).or_default();
        holders.retain(|&holder| holder != entity);
        if holders.len() == HOLDERS {
            holders.remove(0);
        }
        holders.push(entity);
    }

    /// "the senator": whoever is known for one, in a report the one who stands out most; and there, if nobody is, whoever
    /// stands out most of all.
    fn officeholder(&self, mention: &Mention, words: &str, head: &str) -> Option<u32> {
        let head = head.to_lowercase();
        let holders = self.by_role.get(super::without_article(words)).or_else(|| self.by_role.get(&head));
        let holders = holders.map_or(&[][..], Vec::as_slice);
        let agrees = |entity: u32| agree(self.out.get(entity).gender, mention.gender);
        // "the engineer" may be anybody, "the Lund engineer" and "the candidate" are known already.
        let bare = mention.tokens.end - mention.tokens.start == 2;
        let titled = self.reading.class(mention.head).any(Class::TITLE);
        let unnamed = self.by_head.get(head.as_str()).is_some_and(|&entity| self.out.get(entity).sources > 0);
        let known = mention.being == Being::Person
            && (mention.source || mention.subject && mention.quotation.is_none())
            && !unnamed
            && (!bare || PUBLIC.binary_search(&head.as_str()).is_ok() || titled)
            && NEWCOMERS.binary_search(&head.as_str()).is_err();
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().filter(|_| self.reports) {
            let entity = self.out.get(recent.entity);
            let holds = holders.contains(&recent.entity);
            let near = mention.paragraph - recent.paragraph <= 3;
            let possible = holds
                || known
                    && near
                    && (!bare || holders.is_empty())
                    && entity.named
                    && !entity.narrator
                    && self.out.is_person(recent.entity);
            let weight = recent.weight_at(mention, self.weights)
                + self.weights.mention * entity.mentions.min(20) as f32
                + if holds { self.weights.role } else { 0.0 }
                + if self.last_source == Some(recent.entity) { self.weights.last_source } else { 0.0 };
            if possible && agrees(recent.entity) && best.is_none_or(|(highest, _)| weight >= highest) {
                best = Some((weight, recent.entity));
            }
        }
        best.map(|(_, entity)| entity).or_else(|| holders.iter().rev().copied().find(|&holder| agrees(holder)))
    }

    /// "the senator" in a story, of whom no name said so: the last who spoke and agrees.
    fn titled(&self, mention: &Mention, class: Class) -> Option<u32> {
        if !mention.source || !class.any(Class::TITLE) || mention.number != Number::Singular {
            return None;
        }
        self.recent
            .iter()
            .rev()
            .find(|recent| {
                let entity = self.out.get(recent.entity);
                recent.source
                    && entity.named
                    && mention.paragraph - recent.paragraph <= 3
                    && agree(entity.gender, mention.gender)
                    && self.out.is_person(recent.entity)
            })
            .map(|recent| recent.entity)
    }

    fn pronoun(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let class = self.reading.class(mention.head);
        if class.any(Class::RELATIVE) {
            // "X, who": whoever was named right before.
            let before = at.checked_sub(1)?;
            let near = mention.tokens.start.checked_sub(self.mention(before).tokens.end)? <= 12;
            return near.then(|| self.out.of_mention[before])?;
        }
        if class.any(Class::INDEFINITE.or(Class::QUANTIFIER)) {
            let entity = self.new_entity(at);
            if class.any(Class::QUANTIFIER) {
                self.out.list[entity as usize].number = Number::Plural;
            }
            return Some(entity);
        }
        match mention.person {
            Person::First if mention.quotation.is_none() && mention.number == Number::Singular => self.narrator,
            Person::First | Person::Second => None,
            // Inside a quotation the world is the speaker's.
            Person::Third if mention.quotation.is_some() => None,
            Person::Third => self.antecedent(at),
        }
    }

    /// Whom "he", "she", "they" or "it" stands for: of those last spoken of the best that agrees.
    fn antecedent(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let score = |recent: &Recent| -> Option<f32> {
            let entity = self.out.get(recent.entity);
            let distance = mention.tokens.start.saturating_sub(recent.token);
            if distance > WINDOW {
                return None;
            }
            let mut score = recent.weight_at(mention, self.weights);
            match (mention.number, mention.gender) {
                (Number::Plural, _) => {
                    let plural = entity.number == Number::Plural;
                    if !plural && entity.being != Being::Group || entity.narrator {
                        return None;
                    }
                    score += if plural { 1.5 } else { 0.0 };
                }
                (Number::Singular, Gender::Unknown) => {
                    let body = matches!(entity.being, Being::Group | Being::Document | Being::Place);
                    let unknown = entity.being == Being::Unknown && entity.gender == Gender::Unknown && entity.named;
                    if entity.number == Number::Plural && !entity.named || !(body || unknown) {
                        return None;
                    }
                    score += if entity.being == Being::Place { -0.5 } else { 0.5 };
                }
                (Number::Singular, gender) => {
                    if entity.number == Number::Plural
                        || matches!(entity.being, Being::Group | Being::Document | Being::Place)
                        || !agree(entity.gender, gender)
                        || entity.narrator
                    {
                        return None;
                    }
                    score += if entity.gender == gender { self.weights.same_gender } else { self.weights.no_gender };
                    score += if entity.named { self.weights.named } else { 0.0 };
                }
            }
            score += self.weights.mention * entity.mentions.min(20) as f32;
            score += if self.last_source == Some(recent.entity) { self.weights.last_source } else { 0.0 };
            Some(score)
        };
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().rev() {
            if let Some(score) = score(recent)
                && best.is_none_or(|(highest, _)| score > highest)
            {
                best = Some((score, recent.entity));
            }
        }
        let (_, entity) = best?;
        let known = &mut self.out.list[entity as usize];
        if known.gender == Gender::Unknown && mention.gender != Gender::Unknown && (known.named || known.sources > 0) {
            known.gender = mention.gender;
            known.gender_evidence = Some(at as u32);
        }
        Some(entity)
    }
}
