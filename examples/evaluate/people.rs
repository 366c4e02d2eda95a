//! Which annotated person an entity of the library stands for: by its names, else by what else is known of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use whosaid::{Document, Entity, Mention, MentionKind, Quote, QuoteKind, Span};

use crate::cast::Letter;
use crate::gold::{Genre, Gold, GoldQuote};
use crate::spans::{self, Bytes, Cover, Overlaps};

const MALE: &[&str] = &[
    "mr",
    "sir",
    "lord",
    "master",
    "uncle",
    "father",
    "king",
    "prince",
    "monsieur",
    "herr",
    "signor",
    "don",
    "duke",
    "baron",
    "grandfather",
    "brother",
];
const FEMALE: &[&str] = &[
    "mrs",
    "miss",
    "ms",
    "lady",
    "mme",
    "mlle",
    "madame",
    "madam",
    "mademoiselle",
    "aunt",
    "mother",
    "queen",
    "princess",
    "frau",
    "fraulein",
    "signora",
    "signorina",
    "duchess",
    "baroness",
    "countess",
    "grandmother",
    "sister",
    "mistress",
    "dame",
];
const OTHER_TITLES: &[&str] = &[
    "dr",
    "doctor",
    "captain",
    "capt",
    "colonel",
    "col",
    "major",
    "general",
    "gen",
    "professor",
    "prof",
    "rev",
    "reverend",
    "inspector",
    "sergeant",
    "lieutenant",
    "admiral",
    "judge",
    "count",
    "cousin",
    "saint",
    "m",
    "old",
    "young",
    "poor",
    "dear",
    "little",
    "the",
    "honorable",
    "hon",
    "comrade",
    "detective",
    "constable",
    "squire",
    "esq",
];
const ME: &[&str] = &["i", "me", "my", "myself", "mine"];
const OTHER_PRONOUNS: &[&str] = &[
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "this",
    "these",
    "those",
];

/// Who is said to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who<'g> {
    /// An entity that is no annotated person.
    Unknown(usize),
    /// A mention without an entity that is no annotated person.
    Unresolved(Bytes),
    /// The annotated person with that id.
    Person(&'g str),
}

pub(crate) fn bytes(span: Span) -> Bytes {
    (span.start() as usize, span.end() as usize)
}

/// For each quote who is said to speak; `None` where nobody could be named.
pub(crate) fn speakers<'g>(
    gold: &'g Gold,
    document: &Document<'_>,
    quotes: &[Quote<'_>],
    cast: bool,
) -> Vec<Option<Who<'g>>> {
    let mut speaking: Vec<Vec<Mention<'_>>> = vec![Vec::new(); document.entities().len()];
    for quote in quotes {
        if let (Some(entity), Some(mention)) = (quote.speaker(), quote.mention()) {
            speaking[entity.index()].push(mention);
        }
    }
    let people = People::new(gold);
    let direct = quotes.iter().filter(|quote| quote.kind() == QuoteKind::Direct);
    let quoted = Cover::new(direct.flat_map(|quote| quote.parts()).map(bytes));
    let named: Vec<Option<&str>> = document
        .entities()
        .map(|entity| {
            if cast {
                return gold.entities.iter().map(|one| one.person.id.as_str()).find(|&id| entity.cast() == Some(id));
            }
            people.entity(entity, &speaking[entity.index()], &quoted)
        })
        .collect();
    let who = |quote: &Quote<'_>| {
        if let Some(entity) = quote.speaker() {
            return Some(named[entity.index()].map_or(Who::Unknown(entity.index()), Who::Person));
        }
        let mention = quote.mention()?;
        let person = if cast { None } else { people.by_place(mention).or_else(|| people.by_alias(mention.text())) };
        Some(person.map_or(Who::Unresolved(bytes(mention.span())), Who::Person))
    };
    quotes.iter().map(who).collect()
}

/// Whether a mention names the source of a quotation: it holds the head and is not much longer, or, where no head is
/// known, half of the shorter lies in the longer.
pub(crate) fn names_source(quote: &GoldQuote, mention: Bytes) -> bool {
    let (source, length) = (spans::size(&quote.source), mention.1 - mention.0);
    if length > 3 * source + 20 {
        return false;
    }
    let mut heads = quote.heads().peekable();
    if heads.peek().is_some() {
        return heads.any(|head| mention.0 <= head.0 && head.1 <= mention.1);
    }
    let mut words = quote.source.clone();
    words.sort_unstable();
    let shared = spans::common(&words, &[mention]);
    shared > 0 && 2 * shared >= source.min(length)
}

/// A name as names are compared.
fn key(name: &str) -> String {
    let name = name.replace(['’', '‘'], "'").replace('_', "").replace('.', " ").trim().to_lowercase();
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix('\'')).unwrap_or(&name);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_matches([' ', ',', ';', ':', '!', '?', '"', '\'', '-']).to_owned()
}

/// A name without its titles, and the gender that they state.
fn bare(key: &str) -> (String, Letter) {
    let mut words: Vec<&str> = key.split_whitespace().collect();
    let mut gender = Letter::U;
    while words.len() > 1 {
        let of_title = match words[0] {
            word if MALE.contains(&word) => Letter::M,
            word if FEMALE.contains(&word) => Letter::F,
            word if OTHER_TITLES.contains(&word) => Letter::U,
            _ => break,
        };
        if gender == Letter::U {
            gender = of_title;
        }
        words.remove(0);
    }
    (words.join(" "), gender)
}

fn unarticled(name: &str) -> &str {
    match name.split_once(char::is_whitespace) {
        Some((article, rest)) if ["the", "a", "an"].contains(&article.to_lowercase().as_str()) => rest.trim_start(),
        _ => name,
    }
}

/// The one thing, if there is just one.
fn only<T>(mut of: impl Iterator<Item = T>) -> Option<T> {
    of.next().filter(|_| of.next().is_none())
}

/// Who has most votes; of equals the first by the alphabet.
fn elect<'g>(votes: impl Iterator<Item = Option<&'g str>>) -> Option<&'g str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for vote in votes.flatten() {
        *counts.entry(vote).or_default() += 1;
    }
    let best = counts.into_iter().rev().max_by_key(|&(_, count)| count);
    best.map(|(id, _)| id)
}

/// An id, and the gender that a title beside the name states.
type Titled<'g> = (&'g str, Letter);

/// The annotated people of a document.
struct People<'g> {
    genders: HashMap<&'g str, Letter>,
    /// Who has an alias.
    exact: HashMap<String, BTreeSet<&'g str>>,
    /// Who has it but for titles.
    plain: HashMap<String, Vec<Titled<'g>>>,
    /// By each word of an alias the whole alias without titles, and who has it.
    parts: HashMap<String, Vec<(String, Titled<'g>)>>,
    mentions: Option<Overlaps<&'g str>>,
    narrator: Option<&'g str>,
    /// News only.
    sources: Option<Sources<'g>>,
}

/// What else tells speakers in news.
struct Sources<'g> {
    /// The quotations by the words that name their speakers.
    quotes: Overlaps<(&'g GoldQuote, &'g str)>,
    /// Who has an alias but for its article.
    nouns: HashMap<String, BTreeSet<&'g str>>,
    /// Those without aliases.
    nameless: BTreeSet<&'g str>,
}

impl<'g> Sources<'g> {
    /// The speaker of the quotation whose source it is, else who has that alias. Pronouns say nothing, but for
    /// somebody who has no names.
    fn by_source(&self, mention: Mention<'_>) -> Option<&'g str> {
        let (span, key) = (bytes(mention.span()), key(mention.text()));
        let pronoun = mention.kind() == MentionKind::Pronoun || ME.contains(&&*key) || OTHER_PRONOUNS.contains(&&*key);
        let near = self.quotes.with(span).map(|(_, named)| named);
        let near = near.filter(|(quote, id)| names_source(quote, span) && (!pronoun || self.nameless.contains(id)));
        let near = near.map(|(quote, id)| {
            let common = spans::common(&spans::union(quote.source.iter().copied()), &[span]);
            (spans::jaccard(common, spans::size(&quote.source), span.1 - span.0), id)
        });
        if let Some((_, id)) = near.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1))) {
            return Some(id);
        }
        if pronoun { None } else { only(self.nouns.get(unarticled(&key))?.iter().copied()) }
    }
}

impl<'g> People<'g> {
    fn new(gold: &'g Gold) -> People<'g> {
        let mut exact: HashMap<String, BTreeSet<&str>> = HashMap::new();
        let mut plain: HashMap<String, Vec<Titled<'_>>> = HashMap::new();
        let mut parts: HashMap<String, Vec<(String, Titled<'_>)>> = HashMap::new();
        let people = || gold.entities.iter().map(|entity| (entity, entity.person.id.as_str()));
        let aliases = || people().flat_map(|(entity, id)| entity.person.aliases.iter().map(move |alias| (alias, id)));
        for (alias, id) in aliases() {
            let key = key(alias);
            let (name, title) = bare(&key);
            exact.entry(key).or_default().insert(id);
            for word in name.split(' ') {
                parts.entry(word.to_owned()).or_default().push((name.clone(), (id, title)));
            }
            plain.entry(name).or_default().push((id, title));
        }
        let mentions: Vec<_> =
            people().flat_map(|(entity, id)| entity.mentions().map(move |mention| (mention, id))).collect();
        let sources = (gold.genre == Genre::News).then(|| {
            let mut nouns: HashMap<String, BTreeSet<&str>> = HashMap::new();
            for (alias, id) in aliases() {
                nouns.entry(unarticled(&key(alias)).to_owned()).or_default().insert(id);
            }
            let quotes = gold.quotes.iter().filter_map(|quote| Some((quote, quote.sure_speaker()?)));
            let quotes = quotes.flat_map(|named| {
                named.0.heads().chain(named.0.source.iter().copied()).map(move |words| (words, named))
            });
            let nameless = people().filter(|(entity, _)| entity.person.aliases.is_empty()).map(|(_, id)| id).collect();
            Sources { quotes: Overlaps::new(quotes.collect()), nouns, nameless }
        });
        People {
            genders: people().map(|(entity, id)| (id, entity.person.gender)).collect(),
            exact,
            plain,
            parts,
            mentions: (!mentions.is_empty()).then(|| Overlaps::new(mentions)),
            narrator: people().find(|(entity, _)| entity.narrator).map(|(_, id)| id),
            sources,
        }
    }

    /// By the alias itself; else without titles; else by some of its words. A name that fits several says nothing.
    fn by_alias(&self, name: &str) -> Option<&'g str> {
        let key = key(name);
        if let Some(found) = self.exact.get(&key) {
            return only(found.iter().copied());
        }
        let (name, title) = bare(&key);
        let agrees = |&(id, other): &Titled<'_>| {
            let genders = [title, other, self.genders[id]];
            !(genders.contains(&Letter::M) && genders.contains(&Letter::F))
        };
        let ids = |found: &mut dyn Iterator<Item = Titled<'g>>| -> BTreeSet<&'g str> {
            found.filter(agrees).map(|(id, _)| id).collect()
        };
        let whole = ids(&mut self.plain.get(&name).into_iter().flatten().copied());
        if !whole.is_empty() {
            return only(whole.into_iter());
        }
        let words: BTreeSet<&str> = name.split_whitespace().collect();
        let longer = self.parts.get(words.first().copied().unwrap_or_default()).into_iter().flatten();
        let longer = longer.filter(|(alias, _)| words.iter().all(|word| alias.split(' ').any(|other| other == *word)));
        only(ids(&mut longer.map(|&(_, titled)| titled)).into_iter())
    }

    fn by_first_name(&self, name: &str) -> Option<&'g str> {
        let (name, _) = bare(&key(name));
        let (first, _) = name.split_once(' ')?;
        only(self.exact.get(first)?.iter().copied())
    }

    /// Where the annotation has mentions: whose mention it mostly is.
    fn by_place(&self, mention: Mention<'_>) -> Option<&'g str> {
        let span = bytes(mention.span());
        let near = self.mentions.as_ref()?.with(span).map(|(other, id)| {
            let common = spans::overlap(span, other);
            (spans::jaccard(common, span.1 - span.0, other.1 - other.0), id)
        });
        let best = near.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        best.filter(|&(jaccard, _)| jaccard >= 0.5).map(|(_, id)| id)
    }

    /// `speaking` are the mentions beside its quotations; `quoted` is all that stands in quotation marks.
    fn entity(&self, entity: Entity<'_>, speaking: &[Mention<'_>], quoted: &Cover) -> Option<&'g str> {
        let all = || speaking.iter().copied().chain(entity.mentions());
        let of_kind = |kind| entity.mentions().filter(move |mention| mention.kind() == kind);
        let names = || of_kind(MentionKind::Name);
        if let Some(id) = elect(names().map(|mention| self.by_alias(mention.text()))) {
            return Some(id);
        }
        if let Some(sources) = &self.sources {
            let once: BTreeMap<Bytes, Mention<'_>> = all().map(|mention| (bytes(mention.span()), mention)).collect();
            return elect(once.into_values().map(|mention| sources.by_source(mention)));
        }
        let nominals = of_kind(MentionKind::Nominal).map(Mention::text).chain([entity.name()]);
        elect(all().map(|mention| self.by_place(mention)))
            .or_else(|| elect(nominals.map(|text| self.by_alias(unarticled(text)).or_else(|| self.by_alias(text)))))
            .or_else(|| elect(names().map(|mention| self.by_first_name(mention.text()))))
            .or_else(|| self.narrator.filter(|_| entity.is_narrator() || is_first_person(entity, quoted)))
    }
}

/// Whether it has no name, and most of it outside quotations is "I" or "me" or "my".
fn is_first_person(entity: Entity<'_>, quoted: &Cover) -> bool {
    let told: Vec<Mention<'_>> = entity.mentions().filter(|mention| quoted.bytes(bytes(mention.span())) == 0).collect();
    let first = told.iter().filter(|mention| ME.contains(&&*key(mention.text()))).count();
    entity.names().is_empty() && first >= 3 && 2 * first > told.len()
}
