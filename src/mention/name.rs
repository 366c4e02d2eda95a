//! The parts of a proper name: titles before it, the words that are the name, what they show of its bearer.

use super::Reading;
use crate::document::Run;
use crate::kind::Gender;
use crate::lexicon::{Class, Entry, Lexicon, List, NameClass, Title};
use crate::model::Tag;
use crate::segment::flag;

/// A proper name in the text: "Prime Minister Ada Lund" has the title "prime minister" and the words "Ada Lund".
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// All tokens, titles included.
    pub(super) tokens: Run,
    /// The name proper. A title that stands alone is its own name.
    pub(super) words: Run,
    /// The last title before the name proper.
    pub(super) title: Option<Title>,
    pub(super) class: Option<NameClass>,
    /// By the title, else by the given name.
    pub(super) gender: Gender,
    /// Begins with a given name.
    pub(super) given: bool,
}

/// Whether the token at `at` can be part of a name that goes on behind it: a name, a particle, or another word with a
/// capital that nothing but the name explains ("the Invisible Man", but not "Former President" or "Israeli officials").
pub(super) fn joins(reading: &Reading<'_>, at: u32) -> bool {
    let token = reading.token(at);
    if is_particle(reading.lexicon, reading.text(at)) || reading.text(at) == "&" {
        // "Joost ten Broek", but "by ten Joost was there".
        return !reading.class(at).any(Class::NUMERAL) || at > 0 && reading.tag(at - 1) == Tag::Name;
    }
    match reading.tag(at) {
        Tag::Name => is_capital(reading, at),
        Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::Participle | Tag::Gerund => {
            token.has(flag::CAPITAL)
                && at > 0
                && reading.tag(at - 1) != Tag::Mark
                && !reading.class(at).any(Class::DEMONYM)
        }
        _ => false,
    }
}

/// Whether the token at `at` is written like a name: whatever the tagger says, none begins with a small letter.
pub(super) fn is_capital(reading: &Reading<'_>, at: u32) -> bool {
    reading.token(at).has(flag::CAPITAL)
}

/// Whether `word` joins the parts of a name: "van", "de", "of".
pub(crate) fn is_particle(lexicon: &Lexicon, word: &str) -> bool {
    // Most words are longer than the longest particle.
    word.len() <= 3 && lexicon.lists(List::Particle, word)
}

/// Reads the name whose tokens are `run`.
pub(super) fn read(reading: &Reading<'_>, run: Run) -> Name {
    let lower = |run: Run| {
        let bytes = reading.token(run.end - 1).end - reading.token(run.start).start;
        let mut form = String::with_capacity(bytes as usize);
        for at in run.start..run.end {
            if !form.is_empty() {
                form.push(' ');
            }
            form.push_str(reading.text(at).trim_end_matches('.'));
        }
        form.make_ascii_lowercase();
        form
    };
    let class = reading.lexicon.name_class(&lower(run)).or_else(|| {
        let organisation = (run.start..run.end).any(|at| {
            reading.class(at).any(Class::ORGANISATION_SUFFIX) && !reading.class(at).any(Class::GIVEN.or(Class::TITLE))
        });
        organisation.then_some(NameClass::Organisation)
    });
    // "Tallow Street"
    let street = run.end - run.start > 1 && reading.class(run.end - 1).any(Class::PLACE_SUFFIX);
    let class = class.or(street.then_some(NameClass::Place));
    let mut name = Name { tokens: run, words: run, title: None, class, gender: Gender::Unknown, given: false };
    if class.is_none() || run.end - run.start > 1 {
        strip_titles(reading, run, &lower, &mut name);
    }
    if name.title.is_none() && name.class.is_some() {
        return name;
    }
    name.class = name.class.filter(|_| name.title.is_none());
    let first = given_part(reading, name.words.start);
    // "Will" opens a sentence as a verb, and is a name inside it.
    let inside =
        run.start > 0 && reading.token(run.start - 1).is_word() && first.class == Class::GIVEN.or(Class::COMMON_WORD);
    name.given = first.class.any(Class::GIVEN)
        && (!first.class.any(Class::COMMON_WORD) || name.words.end - name.words.start > 1 || inside);
    name.gender = name.title.map_or(Gender::Unknown, |title| title.gender);
    if name.gender == Gender::Unknown && name.given && !(name.words.end - name.words.start == 1 && name.title.is_some())
    {
        name.gender = first.gender;
    }
    // "Mother", "Granny": a noun in place of a name.
    if name.title.is_none() && name.words.end - name.words.start == 1 && first.class.all(Class::KIN) && !name.given {
        name.gender = first.gender;
    }
    // A title in small letters: "president Ada Lund", "spokeswoman Ada Lund".
    if name.title.is_none() && run.start > 0 && reading.tag(run.start - 1) == Tag::Noun {
        let before = reading.lexicon.entry(reading.token(run.start - 1).word);
        if before.class.any(Class::TITLE.or(Class::PERSON_NOUN)) {
            name.title = reading.lexicon.title(&lower(Run::new(run.start - 1, run.start)));
            if before.gender != Gender::Unknown {
                name.gender = before.gender;
            }
            if name.class.is_none() {
                name.given = true;
            }
        }
    }
    name
}

/// What is known of the word at `at`, or of the first part of "Mary-Ann".
fn given_part<'r>(reading: &Reading<'r>, at: u32) -> &'r Entry {
    let token = reading.token(at);
    let first = reading.lexicon.entry(token.word);
    let part = || {
        let (part, rest) = reading.text(at).split_once('-')?;
        let part = reading.lexicon.entry(reading.lexicon.word(&part.to_lowercase()));
        let given = part.class.any(Class::GIVEN) && !part.class.any(Class::COMMON_WORD);
        (given && rest.starts_with(char::is_uppercase)).then_some(part)
    };
    if token.has(flag::HYPHEN) && first.class.is_unknown() { part().unwrap_or(first) } else { first }
}

/// Moves the start of the name proper behind its last title, and that of the name to where its titles begin: what stands
/// before them is no part of it ("FBI Director James Comey", "Miss Lund Miss Brandt").
fn strip_titles(reading: &Reading<'_>, run: Run, lower: &impl Fn(Run) -> String, name: &mut Name) {
    let mut at = run.start;
    while at + 1 < run.end {
        // The longest title that begins here and leaves a word for the name.
        // "M. Roe" is Monsieur Roe, "E. M. Roe" is not.
        if at > run.start && matches!(reading.text(at).as_bytes(), [_] | [_, b'.']) {
            at += 1;
            continue;
        }
        let longest = (at + 1..run.end.min(at + 4))
            .rev()
            .filter(|&end| end > at + 1 || reading.class(at).any(Class::TITLE))
            .find_map(|end| reading.lexicon.title(&lower(Run::new(at, end))).map(|title| (end, title)));
        match longest {
            // "Dean Martin", "Earl Warren": a given name unless a full stop marks a title.
            Some((end, _))
                if end == at + 1
                    && at == run.start
                    && reading.class(at).all(Class::GIVEN)
                    && !reading.token(at).has(flag::STOP)
                    && reading.lexicon.entry(reading.token(at).word).frequency >= 3 =>
            {
                return;
            }
            Some((end, title)) => {
                if at != name.words.start {
                    name.tokens.start = at;
                }
                name.title = Some(title);
                name.words.start = end;
                at = end;
            }
            None => at += 1,
        }
    }
}
