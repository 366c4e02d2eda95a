//! What words in marks are: something said, or a title, a nickname, a word as a word; and where the words that a report
//! quotes begin and end.

use crate::document::Run;
use crate::lexicon::{Class, List};
use crate::mention::Reading;
use crate::model::Tag;
use crate::quotation::{Frame, Quotation};
use crate::report::Report;
use crate::segment::{flag, is_dash};

/// Whether the words of `quotation`, amid other words of its `frame`, are something said.
pub(super) fn is_speech(reading: Reading<'_>, quotation: &Quotation, frame: Frame) -> bool {
    let inner = quotation.inner;
    let words = || (inner.start..inner.end).filter(|&at| reading.token(at).is_word());
    let count = words().count();
    let Some(first) = words().next() else { return false };
    let ends = ends(reading, inner);
    let loud = ends && matches!(reading.text(inner.end - 1), "!" | "?");
    let capital = reading.token(first).has(flag::CAPITAL);
    // “But I—” is no title.
    if capital && is_dash(reading.text(inner.end - 1)) {
        return true;
    }
    let verb = (inner.start..inner.end).any(|at| reading.tag(at).is_finite());
    let title = is_title(reading, inner) || names_work(reading, quotation);
    let before = quotation.outer.start.checked_sub(1).filter(|&at| at >= frame.tokens.start);
    // A headline: Minister: ‘The Bridge Stays Shut’.
    let headline = verb && before.is_some_and(|at| reading.text(at) == ":");
    if title && !headline && !loud {
        return false;
    }
    let after = Some(quotation.outer.end).filter(|&at| at < frame.tokens.end);
    // “Welcome!” was painted on the gate.
    if after.is_some_and(|at| reading.class(at).any(Class::BE) && is_inscribed(reading, at + 1, frame)) {
        return false;
    }
    // “Tom”—she took his arm—“wait.” “I cannot” (he looked up) “stay.”
    let broken_off = before.is_none() && after.is_some_and(|at| is_dash(reading.text(at)) || reading.text(at) == "(");
    // “Oh, certainly,” was the answer.
    let told_of = ends && after.is_some_and(|at| reading.class(at).any(Class::BE) || is_tag(reading, at, frame));
    // An “Oh!” of surprise.
    let cry = ends && reading.class(first).any(Class::INTERJECTION);
    if broken_off || told_of || cry || before.is_some_and(|at| answers(reading, at, capital, loud)) {
        return true;
    }
    let introduced = before.is_none_or(|at| match reading.text(at) {
        "," | ":" => true,
        // No space shows that a sentence ends here.
        "." | "!" | "?" => quotation.parent.is_none(),
        mark => is_dash(mark),
    });
    let pronoun = words().any(|at| reading.class(at).any(Class::FIRST.or(Class::SECOND)));
    (capital && ends && (introduced || verb))
        || (capital && introduced && (verb || count >= 4))
        || (count >= 5 && verb)
        || (count >= 3 && pronoun && verb)
}

/// Whether the word at `at` tells that something stands on a thing.
fn is_inscribed(reading: Reading<'_>, at: u32, frame: Frame) -> bool {
    at < frame.tokens.end && reading.class(at).any(Class::INSCRIBED)
}

/// Whether words that stand alone are a heading: several in capitals, without the mark that ends a sentence.
pub(super) fn is_heading(reading: Reading<'_>, inner: Run) -> bool {
    let mut words = (inner.start..inner.end).map(|at| reading.token(at)).filter(|token| token.is_word());
    let capitals = words.clone().filter(|word| word.has(flag::ALL_CAPITALS)).count();
    capitals >= 3 && words.all(|word| word.has(flag::CAPITAL)) && !ends(reading, inner)
}

/// Whether a tag begins at `at`: thought Ada, she added.
fn is_tag(reading: Reading<'_>, at: u32, frame: Frame) -> bool {
    let says = |at: u32| {
        at < frame.tokens.end
            && reading.tag(at).is_finite()
            && reading.verb(at).is_some_and(|verb| verb.direct >= 2 && verb.clause > 0)
    };
    let over = |at: u32| at >= frame.tokens.end || !reading.token(at).is_word();
    says(at) || (reading.class(at).all(Class::PERSONAL.or(Class::SUBJECTIVE)) && says(at + 1) && over(at + 2))
}

/// Whether nothing but “and” or “or” joins two quotations: shouting “Up!” or “Down!”
pub(super) fn are_coordinated(reading: Reading<'_>, one: &Quotation, other: &Quotation) -> bool {
    let between = one.outer.end..other.outer.start;
    one.parent == other.parent
        && !between.is_empty()
        && between.len() <= 2
        && between.into_iter().all(|at| reading.class(at).any(Class::COORDINATOR) || reading.text(at) == ",")
}

/// Whether the words are written as a title is: all the longer ones are capitals.
fn is_title(reading: Reading<'_>, inner: Run) -> bool {
    let words = || (inner.start..inner.end).map(|at| reading.token(at)).filter(|token| token.is_word());
    words().all(|word| word.has(flag::CAPITAL) || word.end - word.start <= 3)
        && words().filter(|word| word.has(flag::CAPITAL)).count() >= 2
}

/// Whether the words in marks are the name of the work before them: “her first film, “Shipwreck,””.
fn names_work(reading: Reading<'_>, quotation: &Quotation) -> bool {
    let Some(before) = quotation.outer.start.checked_sub(2) else { return false };
    let noun = if reading.text(before + 1) == "," { before } else { before + 1 };
    let words =
        || (quotation.inner.start..quotation.inner.end).map(|at| reading.token(at)).filter(|token| token.is_word());
    reading.class(noun).any(Class::WORK)
        && words().next().is_some_and(|first| first.has(flag::CAPITAL))
        && words().all(|word| word.has(flag::CAPITAL) || word.end - word.start <= 3)
}

/// Whether nobody says what `report` quotes: it stands on a sign, or it is what somebody is called, what somebody sang or
/// the titles of what somebody wrote.
pub(super) fn is_unsaid(
    reading: Reading<'_>,
    report: &Report,
    quotations: impl Iterator<Item = Quotation> + Clone,
) -> bool {
    let head = |phrase: u32| reading.phrases[phrase as usize].head;
    if report.source.is_some_and(|source| reading.class(head(source.phrase)).any(Class::INSCRIPTION)) {
        return true;
    }
    // Perhaps behind others: wrote “Winter” and “Summer”.
    let listed =
        |at: u32| reading.quotations.around(at).is_some() || matches!(reading.tag(at), Tag::Mark | Tag::Coordinator);
    let behind = quotations.clone().next().is_some_and(|first| {
        let start = first.outer.start;
        report.cue.end == start
            || report.cue.end < start
                && reading.quotations.around(report.cue.end).is_some()
                && (report.cue.end..start).all(listed)
    });
    // A friend called “Maudie”, three books labelled “Diary”.
    let loud = quotations.clone().any(|quotation| matches!(reading.text(quotation.inner.end - 1), "!" | "?"));
    let participle = reading.tag(report.cue.start) == Tag::Participle;
    let auxiliary = report.cue.start > 0 && reading.class(report.cue.start - 1).any(Class::AUXILIARY.or(Class::ADVERB));
    if report.verb.clause == 0 && participle && !auxiliary && behind && !loud {
        return true;
    }
    if quotations.clone().all(|quotation| names_work(reading, &quotation)) {
        return true;
    }
    let titles = quotations.clone().all(|quotation| {
        let inner = quotation.inner;
        let said = |at: u32| matches!(reading.text(at), "!" | "?") || reading.tag(at).is_finite();
        is_title(reading, inner) && !(inner.start..inner.end).any(said)
    });
    // The labels and verbs of headlines, in which everything is written so.
    let cue = reading.token(report.cue.start);
    let running = cue.is_word() && !cue.has(flag::CAPITAL);
    let writes = reading.lists(List::Writing, report.cue.end - 1);
    titles && running && behind && (report.verb.direct < 3 || writes || quotations.count() > 1)
}

/// Whether the word at `at` is a verb that has the quotation behind it for what is said: they chanted “No more!”, he said
/// “Morning” and went on.
fn answers(reading: Reading<'_>, at: u32, capital: bool, loud: bool) -> bool {
    let verb = reading.lexicon.entry(reading.token(at).word).verb.map(|verb| reading.lexicon.verb(verb));
    let in_use = reading.tag(at).is_finite() || reading.text(at).ends_with("ing");
    in_use && verb.is_some_and(|verb| (loud && verb.direct >= 2) || (capital && verb.direct == 3))
}

/// What of `run`, the content of `report`, is said in these words: all of it, or a quotation in it that is whole by
/// itself, without what stands around it: she said to the boy, “You must go”; he said “No” and left.
pub(super) fn quoted(reading: Reading<'_>, report: &Report, frame: Frame, run: Run) -> Run {
    let list = &reading.quotations.list;
    let first = list.partition_point(|quotation| quotation.outer.start < run.start);
    let inside = list[first..].iter().take_while(|quotation| quotation.outer.end <= run.end);
    let Some(quotation) = inside.into_iter().find(|quotation| quotation.parent == report.inside) else { return run };
    let Run { start, end } = quotation.outer;
    let word = (quotation.inner.start..quotation.inner.end).find(|&at| reading.token(at).is_word());
    let Some(word) = word else { return run };
    if is_answer(reading, report, run, quotation) {
        return quotation.outer;
    }
    let earlier = first.checked_sub(1).map(|before| list[before]);
    let goes_on =
        earlier.is_some_and(|before| before.outer.start >= frame.tokens.start && before.parent == report.inside);
    let introduced =
        start == run.start || matches!(reading.text(start - 1), "," | ":" | ";") || is_dash(reading.text(start - 1));
    let closed = ends(reading, quotation.inner);
    let sentence = closed && (quotation.inner.start..quotation.inner.end).any(|at| reading.tag(at).is_finite());
    // “I” begins no sentence by its capital.
    let begins = reading.token(word).has(flag::CAPITAL) && (introduced || !reading.class(word).any(Class::FIRST));
    // Remarked with a smile that “the well had been dry for years.”
    let clause = sentence && start > run.start + 1 && reading.class(start - 1).any(Class::THAT);
    if !(begins && (introduced || sentence) || goes_on && introduced || clause)
        || !is_speech(reading, quotation, frame)
        || claims(reading, Run::new(run.start, start))
    {
        return run;
    }
    // “It is over,” and that nobody was to blame. “I blame nobody” for the delay.
    let reported = (end..run.end.min(end + 3)).any(|at| reading.class(at).any(Class::THAT));
    let cut = closed
        || reading.class(word).any(Class::INTERJECTION)
        || matches!(reading.text(end.min(run.end - 1)), "," | ";")
        || is_dash(reading.text(end.min(run.end - 1)));
    Run::new(start, if reported || !cut { run.end } else { end })
}

/// Whether a quotation is all that a verb of saying before it has for its content, whatever is told behind it: said “Ten”
/// without looking up, stammered a “No” and fled.
fn is_answer(reading: Reading<'_>, report: &Report, run: Run, quotation: &Quotation) -> bool {
    let Run { start, end } = quotation.outer;
    let first = (quotation.inner.start..quotation.inner.end).find(|&at| reading.token(at).is_word());
    let capital = first.is_some_and(|at| reading.token(at).has(flag::CAPITAL)) && !is_title(reading, quotation.inner);
    let indefinite = || {
        reading.class(run.start).any(Class::INDEFINITE)
            && (run.start + 1..start).all(|at| reading.tag(at) == Tag::Adjective)
    };
    let behind = matches!(
        reading.tag(end.min(run.end - 1)),
        Tag::Mark | Tag::Preposition | Tag::To | Tag::Adverb | Tag::Coordinator | Tag::Wh
    );
    let says = report.verb.direct >= 2 && report.verb.clause > 0 || report.verb.direct == 3;
    says && capital && report.cue.end == run.start && behind && (start == run.start || indefinite())
}

/// Whether words that stand before a quotation claim something themselves: “the plan was”, unlike “to him, as they sat
/// at table,” and “was”.
fn claims(reading: Reading<'_>, words: Run) -> bool {
    let clause = Class::SUBORDINATOR.or(Class::RELATIVE).or(Class::WH).or(Class::THAT);
    let verb = (words.start + 1..words.end).find(|&at| reading.tag(at).is_finite());
    verb.is_some_and(|verb| !(words.start + 1..verb).any(|at| reading.class(at).any(clause)))
}

/// Whether the words end as a sentence, or a clause with its tag, does.
fn ends(reading: Reading<'_>, inner: Run) -> bool {
    let ends = |mark: &str| matches!(mark, "." | "!" | "?" | "," | "…" | "...") || is_dash(mark);
    inner.end > inner.start && ends(reading.text(inner.end - 1))
}
