//! Measures the library on annotated documents: what it finds, whom it names, and what its confidence is worth.
//!
//! ```sh
//! cargo run --release --example evaluate
//! cargo run --release --example evaluate -- gold.jsonl
//! cargo run --release --example evaluate -- --cast novels.jsonl
//! ```
//!
//! A line is a document: `id`, `genre` (`news` or `fiction`), `text`, `entities` (the people, with `aliases` and
//! `gender`) and `quotes`, each with `kind`, `spans`, `speaker`, `how` the speaker is given, and, in news, the `source`
//! (the words that name the speaker) and whether it is `speech`. Offsets are bytes. `examples/data/gold.jsonl` shows it.

use std::io::{self, Write};

use whosaid::Attributor;

#[path = "../shared/cast.rs"]
mod cast;
mod fiction;
mod gold;
mod measures;
mod news;
mod people;
#[path = "../shared/mod.rs"]
mod shared;
mod spans;

use fiction::Fiction;
use gold::{Genre, Gold};
use measures::{Answers, Attributed, Found, share};
use news::News;
use shared::Failure;

const HELP: &str = "\
Measures the library on annotated documents: what it finds, whom it names, and what its confidence is worth.

Usage: evaluate [OPTIONS] [FILE]

  FILE     annotated documents as JSON Lines, in the form of examples/data/gold.jsonl, which is read if no file
           is named; `-` for standard input

Options:
  --cast   tell the library each document's \"entities\" as known people
  --help   print this

News. A quotation is found if what was found and what is annotated have at least half of their bytes in common
(content). It is right if the words that name its source agree too (joint). Precision of a kind counts what was given
that kind, recall what has it.

Fiction. A direct quotation is found if its bounds are right, but for marks and white space. A speaker is right if
the entity stands for the annotated person.
";

/// Our own texts and annotations.
const BUNDLED: &str = include_str!("../data/gold.jsonl");

fn main() -> std::process::ExitCode {
    shared::run(HELP, |mut args, out| {
        let cast = args.contains("--cast");
        let file = shared::file(args)?;
        let progress = shared::progress(file.as_deref());
        let (mut news, mut fiction) = (News::default(), Fiction::default());
        let default = Attributor::new();
        let mut add = |line: &[u8]| -> Result<(), String> {
            let gold = Gold::read(line)?;
            let with_cast;
            let attributor = if cast {
                // Names that several share are nobody's fault, and nothing to complain of.
                let members = cast::members(gold.entities.iter().map(|entity| &entity.person), &mut |_| ());
                with_cast = Attributor::builder().cast(members).build().map_err(|error| error.to_string())?;
                &with_cast
            } else {
                &default
            };
            let document = attributor.attribute(&gold.text).map_err(|error| error.to_string())?;
            match gold.genre {
                Genre::News => news.add(&gold, &document, cast),
                Genre::Fiction => fiction.add(&gold, &document, cast),
            }
            progress.inc(line.len() as u64);
            Ok(())
        };
        if let Some(file) = file {
            for line in shared::lines(file)? {
                let (number, line) = line?;
                add(&line).map_err(|error| format!("line {number}: {error}"))?;
            }
        } else {
            BUNDLED.lines().try_for_each(|line| add(line.as_bytes()))?;
        }
        progress.finish_and_clear();
        if news.documents + fiction.documents == 0 {
            return Err("no document to measure on".into());
        }
        if news.documents > 0 {
            print_news(out, &news)?;
        }
        if news.documents > 0 && fiction.documents > 0 {
            writeln!(out)?;
        }
        if fiction.documents > 0 {
            print_fiction(out, &fiction)?;
        }
        Ok::<_, Failure>(())
    })
}

fn print_news(out: &mut dyn Write, news: &News) -> io::Result<()> {
    writeln!(out, "News, documents: {}\n", news.documents)?;
    writeln!(out, "{:16}{:^30}{:^30}", "", "content", "joint")?;
    let shares = "precision    recall        F1";
    writeln!(out, "{:16} {shares} {shares}      gold     found", "")?;
    for (name, row) in [
        ("direct", &news.direct),
        ("mixed", &news.mixed),
        ("indirect speech", &news.indirect_speech),
        ("speech", &news.speech),
        ("indirect", &news.indirect),
        ("everything", &news.everything),
    ] {
        write!(out, "{name:16}")?;
        for share in [row.content, row.joint].into_iter().flat_map(Found::shares) {
            write!(out, "{:>10}", percent(share))?;
        }
        writeln!(out, "{:>10}{:>10}", row.content.gold, row.content.predicted)?;
    }
    if news.said.quotes + news.quoted.quotes > 0 {
        print_speakers(out, &[("direct and mixed", news.quoted), ("all speech", news.said)])?;
    }
    print_answers(out, "Joint precision", &news.answers, news.answers.len())
}

fn print_fiction(out: &mut dyn Write, fiction: &Fiction) -> io::Result<()> {
    writeln!(out, "Fiction, documents: {}\n", fiction.documents)?;
    writeln!(out, "{:16} precision    recall        F1      gold     found", "")?;
    let [precision, recall, f1] = fiction.spans.shares().map(percent);
    let Found { gold, predicted, .. } = fiction.spans;
    writeln!(out, "{:16}{precision:>10}{recall:>10}{f1:>10}{gold:>10}{predicted:>10}", "exact spans")?;
    print_speakers(
        out,
        &[
            ("all", fiction.all),
            ("explicit", fiction.explicit),
            ("anaphoric", fiction.anaphoric),
            ("implicit", fiction.implicit),
        ],
    )?;
    print_answers(out, "Accuracy", &fiction.answers, fiction.all.quotes)
}

fn print_speakers(out: &mut dyn Write, rows: &[(&str, Attributed)]) -> io::Result<()> {
    writeln!(out, "\n{:16}  accuracy precision  coverage    quotes", "Speakers")?;
    for &(name, Attributed { quotes, named, right }) in rows.iter().filter(|row| row.1.quotes > 0) {
        let [accuracy, precision, coverage] =
            [share(right, quotes), share(right, named), share(named, quotes)].map(percent);
        writeln!(out, "{name:16}{accuracy:>10}{precision:>10}{coverage:>10}{quotes:>10}")?;
    }
    Ok(())
}

/// What the confidence is worth: of the surest answers to `total` questions, and by tenths.
fn print_answers(out: &mut dyn Write, measure: &str, answers: &Answers, total: usize) -> io::Result<()> {
    write!(out, "\n{measure} of the surest")?;
    for level in [50, 70, 80, 90, 100] {
        write!(out, "   {level} %: {}", percent(answers.surest(level, total)))?;
    }
    writeln!(out, "\n\n{:16}   answers      mean     right", "Confidence")?;
    for (n, (count, mean, right)) in answers.tenths().into_iter().enumerate() {
        let mean = percent((count > 0).then_some(mean));
        let right = percent(share(right, count));
        writeln!(out, "{:16}{count:>10}{mean:>10}{right:>10}", format!("{} to {} %", 10 * n, 10 * (n + 1)))?;
    }
    Ok(())
}

fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1}", 100.0 * share))
}
