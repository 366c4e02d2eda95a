//! Noun phrases: "the mayor", "her mother", "a spokesman, Colonel Brand".

use super::Walk;
use crate::document::Run;
use crate::entity::{Entity, agree, without_article, words_of};
use crate::kind::{Gender, MentionKind, Number};
use crate::lexicon::Class;
use crate::mention::{Being, Mention, is_age};
use crate::model::Tag;

/// Tokens that may be attached to a noun phrase before the name in apposition to it.
const ATTACHED: u32 = 10;

/// How many who have one role are kept in mind.
const HOLDERS: usize = 8;

/// Paragraphs back to the last mention of somebody whom a noun means without more ado.
pub(super) const NEAR: u32 = 3;

impl Walk<'_> {
    /// The mention before the phrase at `at`, which may be whom that tells of: not "her" in "her mother".
    fn before(&self, at: usize) -> Option<usize> {
        let Some(owner) = self.mentions.owner(at as u32) else { return at.checked_sub(1) };
        let before = owner.checked_sub(1)? as usize;
        // "When she saw Ada, her mother said": Ada is not her own mother.
        let mark = |at: u32| self.reading.tags.get(at as usize).is_none_or(|&tag| tag == Tag::Mark);
        let other = self.out.of_mention[owner as usize] != self.out.of_mention[before];
        (other && mark(self.mention(at).tokens.end)).then_some(before)
    }

    /// The entity of the name that ends right before a comma before mention `at`, if `at` stands in apposition to it.
    fn apposed_to(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let before = self.before(at)?;
        let other = self.mention(before);
        let gap = mention.tokens.start.checked_sub(other.tokens.end)?;
        let comma = gap == 1 && self.reading.text(other.tokens.end) == ",";
        // "At a rally in Lund, the mayor said"
        let person = other.kind == MentionKind::Name && !other.possessive && !self.is_located(other);
        (comma && person && other.paragraph == mention.paragraph).then(|| self.out.of_mention[before])?
    }

    /// The person who is, or became, what the noun phrase at `at` says.
    fn said_to_be(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let before = self.before(at)?;
        let other = self.mention(before);
        let verb = mention.tokens.start.checked_sub(1).filter(|&verb| verb == other.tokens.end)?;
        let is = matches!(self.reading.text(verb), "is" | "was" | "became" | "becomes" | "remains");
        let entity = self.out.of_mention[before].filter(|_| is && other.kind == MentionKind::Name && other.subject)?;
        let known = self.out.get(entity);
        (known.number == Number::Singular && !matches!(known.being, Being::Group | Being::Place)).then_some(entity)
    }

    /// The person whose name the words behind the phrase at `at` tell: "a narrow man called Pruitt", "a gentleman by the
    /// name of Pruitt".
    fn called(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let name = self.mentions.list.get(at + 1)?;
        let between = mention.tokens.end..name.tokens.start;
        let words = || between.clone().map(|at| self.reading.text(at));
        let told = match between.len() {
            1 => words().all(|verb| matches!(verb, "called" | "named")),
            4 => words().eq(["by", "the", "name", "of"]),
            _ => false,
        };
        let person = name.kind == MentionKind::Name && !matches!(name.being, Being::Group | Being::Place);
        let singular = mention.being == Being::Person && mention.number == Number::Singular;
        match self.clusters.candidates(at + 1) {
            [entity] if told && person && singular && agree(self.out.get(*entity).gender, mention.gender) => {
                Some(*entity)
            }
            _ => None,
        }
    }

    /// The same of the phrase in apposition to the one at `at`: "the judge, a narrow man called Pruitt,".
    fn apposed_is_called(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let next = self.mentions.list.get(at + 1)?;
        let comma = next.tokens.start == mention.tokens.end + 1 && self.reading.text(mention.tokens.end) == ",";
        let indefinite = next.kind == MentionKind::Nominal && !next.definite;
        if comma && indefinite && mention.being == Being::Person { self.called(at + 1) } else { None }
    }

    /// The person whose name stands in apposition behind the noun phrase at `at`, and behind what is attached to it: "a
    /// spokesman for the army, Colonel Sarraf,".
    pub(super) fn named_by(&self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let text = |at: u32| self.reading.tags.get(at as usize).map_or("", |_| self.reading.text(at));
        let attached = matches!(text(mention.tokens.end), "of" | "for" | "from" | "at" | "in" | "on");
        let limit = mention.tokens.end + if attached { ATTACHED } else { 1 };
        let limit = limit.min(self.reading.tags.len() as u32);
        let comma = (mention.tokens.end..limit).find(|&at| text(at) == "," || self.reading.tag(at).is_finite())?;
        let others = self.mentions.list.iter().enumerate().skip(at + 1);
        let (behind, name) = others.take(ATTACHED as usize).find(|(_, name)| name.tokens.start > comma)?;
        let set_off = text(comma) == ","
            && name.phrase.start == comma + 1
            && matches!(text(name.tokens.end), "," | "." | ";" | "!" | "?" | "");
        // "the mayors of Lund, Malmö, and Ystad" have no names here.
        let whole = !attached || name.title.is_some() || name.words.end - name.words.start > 1;
        // "its head of policy, Priya Nair,": a noun that is not always a person asks for a name that is one.
        let around = |mention: &Mention| self.reading.quotations.around(mention.tokens.start);
        let person = name.kind == MentionKind::Name
            && match mention.being {
                Being::Person => !matches!(name.being, Being::Group | Being::Place),
                Being::Group => name.being == Being::Group || name.being == Being::Unknown && !attached,
                _ => name.being == Being::Person,
            }
            && name.number == mention.number
            && around(name) == around(mention);
        match self.clusters.candidates(behind) {
            [entity] if set_off && whole && person && agree(self.out.get(*entity).gender, mention.gender) => {
                Some(*entity)
            }
            _ => None,
        }
    }

    /// Whoever the noun phrase `mention` was found to mean is what it says, by its head and as a whole.
    fn has_roles(&mut self, mention: &Mention, entity: u32) {
        self.has_role(&self.reading.text(mention.head).to_lowercase(), entity);
        self.has_role(&words_of(&self.reading, mention.tokens), entity);
    }

    pub(super) fn nominal(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        if let Some(entity) = self.told(at) {
            self.learn_kin(at, Some(mention.head), entity);
            return entity;
        }
        if let Some(entity) = self.related(at) {
            return entity;
        }
        if mention.is_described(&self.reading) {
            return self.described(at);
        }
        let head = self.reading.text(mention.head);
        let words = words_of(&self.reading, mention.tokens);
        if let Some(member) = self.clusters.member(&words) {
            self.by_head.insert(head, member);
            return member;
        }
        if let Some(entity) = self.known(mention, head, &words) {
            return entity;
        }
        let entity = self.new_entity(at);
        self.by_head.insert(head, entity);
        let key = self.key(&words).to_owned();
        self.by_words.insert(key, entity);
        entity
    }

    /// The bearer of the name beside the noun phrase at `at`, who is what it says from here on.
    fn told(&mut self, at: usize) -> Option<u32> {
        let mention = self.mention(at);
        let agrees = |entity: &u32| agree(self.out.get(*entity).gender, mention.gender);
        let person = mention.number == Number::Singular && mention.being == Being::Person;
        let body = |entity: u32| matches!(self.out.get(entity).being, Being::Group | Being::Place);
        // "Hana Kimura, the director"
        let apposed = if person { self.apposed_to(at).filter(agrees) } else { None };
        if let Some(entity) = apposed.filter(|&entity| !body(entity)) {
            self.has_roles(mention, entity);
            let known = &mut self.out.list[entity as usize];
            if known.gender == Gender::Unknown && mention.gender != Gender::Unknown {
                known.gender = mention.gender;
                known.gender_evidence = Some(at as u32);
            }
            known.being = Being::Person;
            return Some(entity);
        }
        // "Hana Kimura became director", "a man called Okafor", "the director, a woman named Kimura,"
        let said = if person { self.said_to_be(at).filter(agrees) } else { None };
        if let Some(entity) = said.or_else(|| self.called(at)).or_else(|| self.apposed_is_called(at)) {
            self.has_roles(mention, entity);
            return Some(entity);
        }
        // "its director, Hana Kimura,"
        if !matches!(mention.being, Being::Person | Being::Group | Being::Unknown) {
            return None;
        }
        let entity = self.named_by(at)?;
        self.turns_out(mention, entity);
        self.has_roles(mention, entity);
        Some(entity)
    }

    /// Who was called by the same `words`, has the role that they tell, or was last called by their noun.
    fn known(&self, mention: &Mention, head: &str, words: &str) -> Option<u32> {
        let repeats = mention.number == Number::Plural && mention.tokens.end - mention.tokens.start == 1;
        if !mention.definite && !repeats {
            return None;
        }
        let owned = self.reading.class(mention.tokens.start).any(Class::POSSESSIVE_PRONOUN);
        let same = self.by_words.get(self.key(words)).copied();
        let role = mention.definite && !owned;
        let single = role && mention.number == Number::Singular;
        let spoke = |entity: &u32| self.out.get(*entity).sources > 0;
        same.filter(|same| !(single && self.reports) || spoke(same))
            .or_else(|| if single { self.officeholder(mention, words, head) } else { None })
            .or(same)
            .or_else(|| if role { self.by_head.get(head).copied() } else { None })
            .or_else(|| if single && !self.reports { self.titled(mention) } else { None })
    }

    /// "The owner, Ada Lund,": she is whom "its owner" meant shortly before, and whom "the owner" means from here on.
    fn turns_out(&mut self, mention: &Mention, entity: u32) {
        let bare = mention.tokens.end - mention.tokens.start == 2 && self.reading.text(mention.tokens.end) == ",";
        if !(self.reports && mention.definite && bare) {
            return;
        }
        let key = self.key(&words_of(&self.reading, mention.tokens)).to_owned();
        self.by_words.insert(key, entity);
        let head = self.reading.text(mention.head);
        let Some(before) = self.by_head.insert(head, entity).filter(|&before| before != entity) else { return };
        let mut recent = self.recent.iter().rev();
        let near = recent.any(|recent| recent.entity == before && mention.paragraph - recent.paragraph <= NEAR);
        let earlier = self.out.get(before);
        let same =
            !earlier.named && earlier.number == Number::Singular && agree(earlier.gender, self.out.get(entity).gender);
        if near && same {
            self.turned_out.entry(before).or_insert(entity);
        }
    }

    /// "the man in the grey coat": whoever is so described, and nobody else; from then on he is "the man in the coat" and
    /// "the man" too.
    fn described(&mut self, at: usize) -> u32 {
        let mention = self.mention(at);
        let words = words_of(&self.reading, mention.phrase);
        let key = |plain: bool| {
            let word = |&at: &u32| {
                !matches!(self.reading.text(at), "a" | "A" | "an" | "An" | "the" | "The")
                    && !(plain && self.reading.tag(at) == Tag::Adjective)
            };
            let words = (mention.phrase.start..mention.phrase.end).filter(word).map(|at| self.reading.text(at));
            words.collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let (whole, plain) = (key(false), key(true));
        let known = self.clusters.member(&words).or_else(|| self.by_words.get(&whole).copied());
        let entity = known.unwrap_or_else(|| self.new_entity(at));
        self.by_words.insert(whole, entity);
        self.by_words.entry(plain).or_insert(entity);
        self.by_head.insert(self.reading.text(mention.head), entity);
        entity
    }

    /// In a report "a senior official" is "the senior official" from then on; in a story "an old man" may be one of many.
    fn key<'w>(&self, words: &'w str) -> &'w str {
        let indefinite = words.strip_prefix("a ").or_else(|| words.strip_prefix("an "));
        if self.reports { indefinite.unwrap_or_else(|| without_article(words)) } else { words }
    }

    pub(super) fn has_role(&mut self, role: &str, entity: u32) {
        let role = without_article(role);
        let holders = self.by_role.entry(role.to_owned()).or_default();
        holders.retain(|&holder| holder != entity);
        if holders.len() == HOLDERS {
            holders.remove(0);
        }
        holders.push(entity);
    }

    /// "the senator": whoever is known for one, in a report the one who stands out most; and there, if nobody is, whoever
    /// stands out most of all.
    pub(super) fn officeholder(&self, mention: &Mention, words: &str, head: &str) -> Option<u32> {
        let head = head.to_lowercase();
        // "the charity's director" is not whoever directs something else.
        let owned = (mention.tokens.start..mention.tokens.end).any(|at| self.reading.tag(at) == Tag::Genitive);
        let by_head = || self.by_role.get(&head).filter(|_| !owned);
        let holders = self.by_role.get(without_article(words)).or_else(by_head).map_or(&[][..], Vec::as_slice);
        let agrees = |entity: u32| agree(self.out.get(entity).gender, mention.gender);
        // "the engineer" may be anybody, "the Lund engineer" and "the candidate" are known already.
        let bare = mention.kind == MentionKind::Nominal && mention.tokens.end - mention.tokens.start == 2;
        let class = self.reading.class(mention.head);
        // "the Lund senator" is one of the senators, if there are any; "the finance minister" is nobody who is no minister.
        let held = bare || class.any(Class::TITLE);
        let office = !bare && self.reading.lexicon.title(without_article(words)).is_some();
        let aged = is_age(&head);
        let unnamed = self.by_head.get(head.as_str()).is_some_and(|&entity| self.out.get(entity).sources > 0);
        // "the Italian": one of those named.
        let known = (mention.being == Being::Person || class.any(Class::DEMONYM.or(Class::GENERIC_PERSON)))
            && (mention.source || mention.subject && !mention.quoted)
            && !unnamed
            && (!bare || aged || class.any(Class::PUBLIC.or(Class::TITLE).or(Class::DEMONYM)))
            && !class.any(Class::NEWCOMER)
            // "the minister's secretary" is another than the minister.
            && !owned;
        let mut best: Option<(f32, u32)> = None;
        for recent in self.recent.iter().filter(|_| self.reports) {
            let entity = self.out.get(recent.entity);
            let holds = holders.contains(&recent.entity);
            let near = mention.paragraph - recent.paragraph <= NEAR;
            let possible = holds
                || known
                    && near
                    && (!held || holders.is_empty())
                    && !office
                    && entity.named
                    && !entity.narrator
                    && self.out.is_person(recent.entity);
            let weight = if aged && !holds {
                // Whose age was not told is whoever was named last.
                -(mention.tokens.start.saturating_sub(recent.token) as f32)
            } else {
                recent.weight_at(mention, self.weights)
                    + self.weights.mention * entity.mentions.min(20) as f32
                    + if holds { self.weights.role } else { 0.0 }
                    + if self.last_source == Some(recent.entity) { self.weights.last_source } else { 0.0 }
            };
            if possible && agrees(recent.entity) && best.is_none_or(|(highest, _)| weight >= highest) {
                best = Some((weight, recent.entity));
            }
        }
        best.map(|(_, entity)| entity).or_else(|| holders.iter().rev().copied().find(|&holder| agrees(holder)))
    }

    /// Lieutenant Lund is not "the private".
    fn has_other_rank(&self, entity: &Entity, mention: &Mention) -> bool {
        let Some(best) = self.mentions.list.get(entity.best as usize) else { return false };
        let head = self.reading.text(mention.head);
        let rank = self.reading.lexicon.title(head).is_some_and(|title| title.military);
        let title = words_of(&self.reading, Run::new(best.tokens.start, best.words.start));
        let same = |word: &str| self.reading.lexicon.title_noun(word) == head;
        rank && best.title.is_some_and(|title| title.military) && !title.split(' ').any(same)
    }

    /// "the senator" in a story, of whom no name said so: the last who spoke and agrees.
    fn titled(&self, mention: &Mention) -> Option<u32> {
        let title = self.reading.class(mention.head).any(Class::TITLE);
        if !mention.source || !title || mention.number != Number::Singular {
            return None;
        }
        self.recent
            .iter()
            .rev()
            .find(|recent| {
                let entity = self.out.get(recent.entity);
                recent.source
                    && entity.named
                    && mention.paragraph - recent.paragraph <= NEAR
                    && agree(entity.gender, mention.gender)
                    && self.out.is_person(recent.entity)
                    && !self.has_other_rank(entity, mention)
            })
            .map(|recent| recent.entity)
    }
}
