//! Part-of-speech tags by a greedy averaged perceptron (Collins 2002).
//!
//! A word that hardly ever has another tag gets its own, from a table of what tags the frequent words have. For any other
//! its features are hashed into the rows of one table of small integers (the hashing trick, Weinberger et al. 2009), so a
//! tag costs a dozen row additions and no look-up of strings. Both tables are in `tagger.bin`, made by
//! `examples/train.rs`.

use super::tag::Tag;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};
use crate::segment::{Segmentation, Token, flag};

/// Places in the table of frequent words; a power of two.
const PLACES: usize = 1 << 13;
/// Rows of the table of weights; a power of two.
const ROWS: usize = 1 << 14;
const TAGS: usize = Tag::ALL.len();
const FEATURES: usize = 15;

/// Numbers in a row: one for each tag, and some for nothing, so that rows are whole words of memory.
const STRIDE: usize = TAGS.next_multiple_of(EIGHT);
const EIGHT: usize = 8;
type Rows = [[[u8; EIGHT]; STRIDE / EIGHT]; ROWS];

/// The places, four bytes each, and the rows.
static TABLES: &[u8] = include_bytes!("tagger.bin");

/// What of a word goes into features, computed once for each token.
#[derive(Clone, Copy, Default)]
struct Word {
    form: u32,
    suffix: u32,
    short_suffix: u32,
    prefix: u32,
    shape: u32,
}

/// The high bits are the well-mixed ones.
#[inline]
const fn mix(value: u64) -> u32 {
    (value.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

impl Word {
    #[inline]
    fn new(text: &[u8], token: Token) -> Word {
        let (start, end) = (token.start as usize, token.end as usize);
        let mut length = end - start;
        // The first and the last eight bytes of the form; zeros stand in for the bytes that a shorter one has not.
        let eight = |at: usize| text[at..].first_chunk().map(|&bytes| u64::from_le_bytes(bytes));
        let missing = 64 - 8 * length.min(8) as u32;
        let few = || text[start..end].iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        let first = eight(start).map_or_else(few, |bytes| bytes << missing >> missing);
        let last = match end.checked_sub(8).and_then(eight) {
            Some(bytes) => bytes >> missing << missing,
            None => first << missing,
        };
        // Capitals are as small letters; what that does to other characters is the same everywhere.
        let small = 0x2020_2020_2020_2020;
        let (mut first, mut last) = (first | small, last | small);
        match token.kind {
            TokenKind::Number => {
                // All figures are alike.
                let alike = |bytes: u64| bytes & !((bytes >> 4 & !(bytes >> 6) & 0x0101_0101_0101_0101) * 0x0f);
                (first, last) = (alike(first), alike(last));
            }
            // Of clitics the letters alone, whichever apostrophe stands before them or between them.
            TokenKind::Clitic => {
                let apostrophe = matches!((last >> 48) as u8, 0x27 | 0xb9);
                last &= if apostrophe { 0xff << 56 } else { 0xffff << 48 };
                (first, length) = (0, 0);
            }
            _ => {}
        }
        let (suffix, short_suffix) = ((last >> 40) as u32, (last >> 48) as u32);
        let shape = u32::from(token.flags & (flag::CAPITAL | flag::ALL_CAPITALS | flag::STOP | flag::HYPHEN))
            | (token.kind as u32) << 8;
        Word {
            form: mix(first ^ u64::from(mix(last ^ length as u64))),
            suffix,
            short_suffix,
            prefix: first as u32 & 0xffff,
            shape,
        }
    }

    /// The number under which the word stands in the table of frequent words; one with a capital is another word.
    #[inline]
    fn key(self) -> u32 {
        self.form ^ (self.shape & u32::from(flag::CAPITAL)).wrapping_mul(0x85eb_ca6b)
    }
}

/// A bit of the shape of a word with a capital: it is a frequent word without one.
const ORDINARY: u32 = 32;

/// What stands before and behind a sentence.
const NOBODY: Word = Word { form: 1, suffix: 1, short_suffix: 1, prefix: 1, shape: 1 };

/// Words to each side of one that its features look at.
const AROUND: usize = 2;

/// The rows of the features of the word at `at`; `words` has [`AROUND`] more on either side.
#[inline]
fn features(words: &[Word], at: usize, tag1: Tag, tag2: Tag) -> [usize; FEATURES] {
    let (tag1, tag2) = (tag1 as u32, tag2 as u32);
    let [before_previous, previous, here, next, after_next] = &words[at..=at + 2 * AROUND] else {
        unreachable!("five words")
    };
    let row = |template: u32, value: u32, other: u32| {
        let mixed = value.wrapping_add(other.wrapping_mul(0x85eb_ca6b)).wrapping_add(template << 27);
        let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x2c1b_3c6d + 2 * template);
        (mixed >> (u32::BITS - ROWS.trailing_zeros())) as usize
    };
    [
        row(0, here.form, here.shape),
        row(1, here.suffix, here.shape & 0xff),
        row(2, here.short_suffix, here.shape),
        row(3, here.prefix, here.shape),
        row(4, here.form, 0),
        row(5, here.form, tag1),
        row(6, tag2, tag1),
        row(7, previous.form, 0),
        row(8, next.form, 0),
        row(9, next.suffix, tag1),
        row(10, before_previous.form, 0),
        row(11, after_next.form, 0),
        row(12, here.shape << 1 | u32::from(at == 0), next.shape),
        row(13, here.suffix, tag1),
        row(14, here.short_suffix, tag1 << 8 | tag2),
    ]
}

/// A set of tags, one bit each.
type Allowed = u32;

const ANY: Allowed = (1 << TAGS) - 1;

const fn only(tags: &[Tag]) -> Allowed {
    let mut set = 0;
    let mut at = 0;
    while at < tags.len() {
        set |= 1 << tags[at] as u32;
        at += 1;
    }
    set
}

/// A place in the table of frequent words: the tags that one has, and behind them some bits of its number, to tell it
/// from the words that have the same place.
const CHECK: u32 = 32 - TAGS as u32;

const fn place(key: u32) -> (usize, u32) {
    ((key >> (u32::BITS - PLACES.trailing_zeros())) as usize, key & ((1 << CHECK) - 1))
}

/// The tags that the word of that number has, if it is a frequent one, else all.
#[inline]
fn known(table: &[u8], key: u32) -> Allowed {
    let (at, check) = place(key);
    let there = u32::from_le_bytes(*table[4 * at..].first_chunk().expect("the table is whole"));
    if there >> TAGS == check { there & ANY } else { ANY }
}

/// Tags of words that are all known; a word that the lexicon does not know as one of them is none.
const CLOSED: Allowed = only(&[
    Tag::Determiner,
    Tag::Pronoun,
    Tag::Possessive,
    Tag::Modal,
    Tag::To,
    Tag::Preposition,
    Tag::Coordinator,
    Tag::Wh,
    Tag::Genitive,
]);

/// Tags of a word that has a capital for its own sake.
const CAPITAL: Allowed = only(&[Tag::Name, Tag::Adjective, Tag::Noun, Tag::Nouns, Tag::Number]);

/// Classes of words that a capital may turn into no name.
const SMALL: Class = Class::DETERMINER
    .or(Class::QUANTIFIER)
    .or(Class::PERSONAL)
    .or(Class::POSSESSIVE_PRONOUN)
    .or(Class::AUXILIARY)
    .or(Class::PREPOSITION)
    .or(Class::COORDINATOR)
    .or(Class::SUBORDINATOR)
    .or(Class::WH)
    .or(Class::ADVERB)
    .or(Class::NEGATION)
    .or(Class::INDEFINITE)
    .or(Class::REFLEXIVE)
    .or(Class::FIRST)
    .or(Class::SECOND)
    .or(Class::INTERJECTION);

/// "a" and "an", and "the".
const ARTICLE: Class = Class::DETERMINER.or(Class::INDEFINITE);
const THE: Class = Class::DETERMINER.or(Class::DEFINITE);

/// Whether a sentence is written like a headline, where a capital means nothing.
fn is_headline(tokens: &[Token]) -> bool {
    let (words, capitals) = tokens
        .iter()
        .take(30)
        .filter(|token| token.is_word())
        .fold((0, 0), |(words, capitals), word| (words + 1, capitals + usize::from(word.has(flag::CAPITAL))));
    words >= 5 && 10 * capitals >= 7 * words
}

/// The tags that the token at `at` of a sentence can have, by all that is known of it; `words` are those of the sentence.
#[inline]
fn choice(
    text: &str,
    tokens: &[Token],
    words: &[Word],
    at: usize,
    lexicon: &Lexicon,
    headline: bool,
    table: &[u8],
) -> Allowed {
    let mut known = known(table, words[at + AROUND].key());
    // "flung" has the place of another word in the table, and with it tags that no verb has.
    let class = lexicon.class(tokens[at].word);
    if class.any(Class::REPORTING) && known & CLOSED != 0 && !class.any(SMALL) {
        known = ANY;
    }
    if known.is_power_of_two() && !tokens[at].has(flag::CAPITAL) {
        return known;
    }
    let allowed = allowed(text, tokens, at, lexicon, headline);
    if allowed & known == 0 { allowed } else { allowed & known }
}

/// The tags that the token at `at` of a sentence can have, by its form and what stands right beside it. Asked of few, and
/// kept apart so that the rest of [`choice`] is no call.
#[inline(never)]
fn allowed(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon, headline: bool) -> Allowed {
    let token = tokens[at];
    match token.kind {
        TokenKind::Punctuation | TokenKind::QuoteMark => return only(&[Tag::Mark]),
        TokenKind::Clitic => return ANY,
        TokenKind::Number => return only(&[Tag::Number, Tag::Noun, Tag::Nouns, Tag::Adjective, Tag::Name]),
        TokenKind::Word => {}
    }
    let class = lexicon.class(token.word);
    if class.any(SMALL) && !token.has(flag::STOP) {
        // "A:" in an interview is no article.
        let goes_on = tokens.get(at + 1).is_some_and(|next| next.kind != TokenKind::Punctuation);
        return match class {
            ARTICLE | THE if goes_on => only(&[Tag::Determiner]),
            Class::COORDINATOR => only(&[Tag::Coordinator]),
            _ if class.any(Class::SUBJECTIVE) && class.any(Class::THIRD) && !class.any(Class::OBJECTIVE) => {
                only(&[Tag::Pronoun])
            }
            _ => ANY,
        };
    }
    // "“Twenty.”" is nobody's name.
    if class.any(Class::NUMERAL) {
        return only(&[Tag::Number, Tag::Noun, Tag::Nouns]);
    }
    if !token.has(flag::CAPITAL) {
        if class.is_unknown() && text[token.span()].len() > 4 && text[token.span()].ends_with("ly") {
            return only(&[Tag::Adverb, Tag::Adjective]);
        }
        // A reporting verb in its past or -ing form is just that, however it looks to its neighbours.
        if class.any(Class::REPORTING) && text[token.span()].ends_with("ed") {
            return only(&[Tag::Past, Tag::Participle]);
        }
        if class.any(Class::REPORTING) && text[token.span()].ends_with("ing") {
            return only(&[Tag::Gerund]);
        }
        // What stands for somebody is a noun, whatever else it may be.
        let somebody = class.any(Class::SPEAKER_NOUN);
        let open = class.is_unknown() || somebody || class.any(Class::REPORTING);
        // "the interior ministry said"
        let next = tokens.get(at + 1).map_or(Class::NONE, |next| lexicon.class(next.word));
        let never = if somebody && next.any(Class::REPORTING) { only(&[Tag::Adjective]) } else { 0 };
        // “…,” said lead author Ada Lund
        let tag = at >= 2 && matches!(&text[tokens[at - 2].span()], "," | "\"" | "”" | "’" | "'" | "''");
        let modifies = tag && open && !somebody && next.any(Class::PERSON_NOUN);
        if modifies && lexicon.class(tokens[at - 1].word).any(Class::REPORTING) {
            return only(&[Tag::Adjective, Tag::Noun]);
        }
        return (ANY & !CLOSED | if open { 0 } else { CLOSED }) & !never;
    }
    // "Mr.", "J."
    if token.has(flag::STOP) && (class.any(Class::TITLE) || token.end - token.start == 2) {
        return only(&[Tag::Name]);
    }
    let form = &text[token.span()];
    // "Bech-Larsen", but not "Anglo-American"
    if token.has(flag::HYPHEN) && form.split('-').all(|part| part.starts_with(char::is_uppercase)) {
        let last = form.rsplit('-').next().unwrap_or(form).to_lowercase();
        let demonym = lexicon.class(lexicon.word(&last)).any(Class::DEMONYM);
        return if demonym { only(&[Tag::Name, Tag::Adjective]) } else { only(&[Tag::Name]) };
    }
    // Inside a sentence, or as a given name, a capital means something.
    let previous = at.checked_sub(1).map(|at| tokens[at]);
    let inside = previous.is_some_and(|previous| previous.is_word() || previous.kind == TokenKind::Number);
    let ordinary = class.any(Class::COMMON_WORD) && !(inside && class == Class::GIVEN.or(Class::COMMON_WORD));
    let given = class.any(Class::GIVEN) && !ordinary;
    if token.has(flag::ALL_CAPITALS) || !(inside || given) {
        // "Said Ellis: …" is no name, and "Okafor facetimed that" begins with nothing else.
        let reporting = |token: &Token| lexicon.class(token.word).any(Class::REPORTING) && !token.has(flag::CAPITAL);
        if class.is_unknown() && tokens.get(at + 1).is_some_and(reporting) {
            return only(&[Tag::Name, Tag::Noun, Tag::Nouns]);
        }
        // "Norrland Air cancelled": a word that no table has, before another with a capital.
        let goes_on = tokens.get(at + 1).is_some_and(|next| next.is_word() && next.has(flag::CAPITAL));
        if class.is_unknown() && goes_on && !headline && !is_adjectival(form) {
            return only(&[Tag::Name]);
        }
        // "Grandpa squinted."
        if class.all(Class::KIN) && !inside {
            return only(&[Tag::Name, Tag::Noun, Tag::Nouns]);
        }
        let verb = class.any(Class::REPORTING) && !class.any(Class::GIVEN) && !inside;
        // "Mum turns to me."
        let somebody = class.any(Class::SPEAKER_NOUN);
        let never = if verb { only(&[Tag::Name]) } else { 0 } | if somebody { only(&[Tag::Adverb]) } else { 0 };
        return ANY & !CLOSED & !never;
    }
    // “…,” stammered Alban
    let reporting = |token: Token| lexicon.class(token.word).any(Class::REPORTING) && !token.has(flag::CAPITAL);
    let tagged = || previous.is_some_and(reporting) && at >= 2 && tokens[at - 2].kind == TokenKind::QuoteMark;
    if given || class.is_unknown() && tagged() {
        return only(&[Tag::Name]);
    }
    // "Bridge Stays Shut, Mayor Says"
    if headline && class.any(Class::REPORTING) && form.ends_with('s') {
        return only(&[Tag::Present]);
    }
    // A word that no table has is a name.
    if class.is_unknown() && !is_adjectival(form) { only(&[Tag::Name]) } else { CAPITAL }
}

/// Whether a word ends like the adjective of a name, or in a plural.
fn is_adjectival(form: &str) -> bool {
    form.ends_with(['s', 'n', 'h', 'c', 't', 'e'])
}

/// The tags of all tokens.
pub(crate) fn tag(text: &str, segmentation: &Segmentation, lexicon: &Lexicon) -> Vec<Tag> {
    let (places, weights) = TABLES.split_at(4 * PLACES);
    let rows: &Rows = weights.as_chunks().0.as_chunks().0.first_chunk().expect("the compiled-in table is whole");
    let mut tags = vec![Tag::Mark; segmentation.tokens.len()];
    let mut words = Vec::new();
    for sentence in &segmentation.sentences {
        let tokens = &segmentation.tokens[sentence.tokens.range()];
        fill(text, tokens, places, &mut words);
        let headline = is_headline(tokens);
        let tags = &mut tags[sentence.tokens.range()];
        for at in 0..tokens.len() {
            let allowed = choice(text, tokens, &words, at, lexicon, headline, places);
            if allowed.is_power_of_two() {
                tags[at] = Tag::ALL[allowed.trailing_zeros() as usize];
                continue;
            }
            let (tag1, tag2) = before(tags, at);
            let scores = sums(rows, &features(&words, at, tag1, tag2));
            tags[at] = best(scores.as_flattened(), allowed);
        }
    }
    tags
}

/// The sums of the weights in `numbers` of the rows. A function by itself, since the compiler makes the best vectors of it
/// so.
#[inline(never)]
fn sums(rows: &Rows, numbers: &[usize; FEATURES]) -> [[u16; EIGHT]; STRIDE / EIGHT] {
    let mut sums = [[0; EIGHT]; STRIDE / EIGHT];
    for number in numbers {
        for (sums, weights) in sums.iter_mut().zip(&rows[number % ROWS]) {
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum += u16::from(weight);
            }
        }
    }
    sums
}

fn fill(text: &str, tokens: &[Token], table: &[u8], words: &mut Vec<Word>) {
    words.clear();
    words.extend([NOBODY; AROUND]);
    words.extend(tokens.iter().map(|&token| {
        let word = Word::new(text.as_bytes(), token);
        let ordinary = token.has(flag::CAPITAL) && known(table, word.form) != ANY;
        Word { shape: word.shape | if ordinary { ORDINARY } else { 0 }, ..word }
    }));
    words.extend([NOBODY; AROUND]);
}

fn before(tags: &[Tag], at: usize) -> (Tag, Tag) {
    let tag = |n: usize| at.checked_sub(n).map_or(Tag::Mark, |at| tags[at]);
    (tag(1), tag(2))
}

/// The allowed tag with the highest score.
fn best<Score: Copy + Ord>(scores: &[Score], allowed: Allowed) -> Tag {
    let mut left = allowed;
    let mut best = left.trailing_zeros() as usize;
    while left != 0 {
        let tag = left.trailing_zeros() as usize;
        if scores[tag] > scores[best] {
            best = tag;
        }
        left &= left - 1;
    }
    Tag::ALL[best]
}

/// Learning the table.
#[cfg(feature = "internals")]
pub(crate) mod train {
    use crate::segment::Sentence;

    use super::{
        Allowed, FEATURES, Lexicon, PLACES, ROWS, STRIDE, Segmentation, TAGS, Tag, Word, before, best, choice,
        features, fill, is_headline, place,
    };
    use std::collections::HashMap;

    /// Places of frequent words, rows, tags and features.
    pub(crate) const SHAPE: (usize, usize, usize, usize) = (PLACES, ROWS, TAGS, FEATURES);

    /// A text with the right tag of each token; `None` where it is not known.
    pub(crate) struct Example {
        pub(crate) text: String,
        pub(crate) segmentation: Segmentation,
        pub(crate) tags: Vec<Option<Tag>>,
    }

    /// A word that occurs less often may have tags that nobody has seen.
    const FREQUENT: u32 = 20;
    /// A tag that a frequent word has less often than once in this many times is a mistake.
    const RARE: u32 = 200;

    /// The table of the tags of frequent words.
    fn frequent(examples: &[Example]) -> Vec<u8> {
        let mut counts: HashMap<u32, [u32; TAGS]> = HashMap::new();
        for Example { text, segmentation, tags } in examples {
            for (&token, tag) in segmentation.tokens.iter().zip(tags) {
                if let Some(tag) = tag {
                    counts.entry(Word::new(text.as_bytes(), token).key()).or_default()[*tag as usize] += 1;
                }
            }
        }
        let mut words: Vec<(u32, u32, Allowed)> = counts
            .into_iter()
            .map(|(key, counts)| {
                let all = counts.iter().sum();
                (all, key, (0..TAGS).filter(|&tag| counts[tag] * RARE > all).fold(0, |set, tag| set | 1 << tag))
            })
            .filter(|&(all, ..)| all >= FREQUENT)
            .collect();
        // The most frequent of those that have the same place takes it.
        words.sort_unstable();
        let mut table = vec![0; 4 * PLACES];
        for (_, key, tags) in words {
            let (at, check) = place(key);
            table[4 * at..4 * at + 4].copy_from_slice(&(check << TAGS | tags).to_le_bytes());
        }
        table
    }

    /// Learns the tables by `epochs` passes over the examples, in a fixed pseudo-random order of sentences.
    pub(crate) fn train(examples: &[Example], epochs: u32, lexicon: &Lexicon) -> Vec<u8> {
        let places = frequent(examples);
        let mut weights = vec![0i32; ROWS * TAGS];
        // Sum of each weight over all steps, by the usual trick of adding `step * change`.
        let mut weighted = vec![0i64; ROWS * TAGS];
        let mut step = 1i64;
        let mut order: Vec<(usize, Sentence)> = examples
            .iter()
            .enumerate()
            .flat_map(|(n, example)| example.segmentation.sentences.iter().map(move |&sentence| (n, sentence)))
            .collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        let mut words = Vec::new();
        let mut tags = Vec::new();
        for _ in 0..epochs {
            for at in (1..order.len()).rev() {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(at, (random >> 33) as usize % (at + 1));
            }
            for &(n, sentence) in &order {
                let Example { text, segmentation, tags: gold } = &examples[n];
                let tokens = &segmentation.tokens[sentence.tokens.range()];
                let gold = &gold[sentence.tokens.range()];
                fill(text, tokens, &places, &mut words);
                let headline = is_headline(tokens);
                tags.clear();
                for at in 0..tokens.len() {
                    let allowed = choice(text, tokens, &words, at, lexicon, headline, &places);
                    if allowed.is_power_of_two() {
                        tags.push(Tag::ALL[allowed.trailing_zeros() as usize]);
                        continue;
                    }
                    let (tag1, tag2) = before(&tags, at);
                    let rows: [usize; FEATURES] = features(&words, at, tag1, tag2);
                    let mut scores = [0i32; TAGS];
                    for row in rows {
                        for (score, weight) in scores.iter_mut().zip(&weights[row * TAGS..]) {
                            *score += weight;
                        }
                    }
                    let guess = best(&scores, allowed);
                    tags.push(guess);
                    // What the form rules out cannot be learned.
                    let known = gold[at].filter(|&right| right != guess && allowed & (1 << right as u32) != 0);
                    if let Some(right) = known {
                        for row in rows {
                            for (tag, change) in [(right, 1), (guess, -1)] {
                                weights[row * TAGS + tag as usize] += change;
                                weighted[row * TAGS + tag as usize] += step * i64::from(change);
                            }
                        }
                    }
                    step += 1;
                }
            }
        }
        // Averages, scaled so that all but the largest few fit a signed byte, and raised by 128: the sums of a word's rows
        // are raised by the same for all its tags.
        let average = |at: usize| f64::from(weights[at]) - weighted[at] as f64 / step as f64;
        let mut sizes: Vec<f64> = (0..weights.len()).map(|at| average(at).abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        let largest = sizes[sizes.len() - 1 - sizes.len() / 2_000].max(1e-9);
        let byte =
            |at: usize| ((average(at) / largest * 127.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned() ^ 0x80;
        let row = |row: usize| (0..STRIDE).map(move |tag| (tag < TAGS).then_some(row * TAGS + tag));
        let rows = (0..ROWS).flat_map(row).map(|at| at.map_or(0, byte));
        places.into_iter().chain(rows).collect()
    }
}
