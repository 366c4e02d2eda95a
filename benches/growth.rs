//! Time and memory for a byte on texts that nobody writes, at 100 KB and at 10 MB: what is read in linear time costs the
//! same at both. Memory is the peak while the large text is read, the text not counted; it is known on Linux alone.
//!
//! `cargo bench --bench growth` prints the table. A name after `--` runs only the families that hold it.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

use whosaid::Attributor;

const SMALL: usize = 100_000;
const LARGE: usize = 10_000_000;

/// Texts by name: what stands once at their start, and what is repeated behind it.
const FAMILIES: &[(&str, &str, &str)] = &[
    // Marks.
    ("opening marks", "", "“"),
    ("straight marks", "", "\""),
    ("single marks", "", "'"),
    ("closing marks", "", "”"),
    ("marks by turns", "", "“a” ‘b’ "),
    ("crossing marks", "", "“a ‘b” c’ "),
    ("deep nesting", "", "“‘«‹„‚「『"),
    ("unclosed paragraphs", "", "“a\n\n"),
    ("unclosed, with commas", "", "“a, b, c, "),
    ("weak apostrophes", "", "'tis o' "),
    ("apostrophes in words", "", "é’"),
    ("figures and marks", "", "6' 2\" "),
    ("backticks", "", "`a "),
    ("fences", "", "```\n"),
    ("arguments", "", "f(\"a=\""),
    ("dash dialogue", "", "— a, said Ada, I b, \n\n"),
    ("dashes", "", "— a — said he — I, "),
    // Words.
    ("one token", "", "a"),
    ("one wide token", "", "é"),
    ("one hyphened token", "", "a-"),
    ("soft hyphens", "", "a\u{ad}"),
    ("one-word paragraphs", "", "word\n\n"),
    ("one-word lines", "", "word\n"),
    ("names", "", "Ada "),
    ("said", "", "said "),
    ("pronouns", "", "he "),
    ("adjectives", "", "good "),
    ("full stops", "", "."),
    ("exclamations", "", "!"),
    ("abbreviations", "", "Mr. "),
    ("currency", "", "$"),
    ("commas", "", ", "),
    ("brackets", "", "(a "),
    ("white space", "", " \n\t"),
    // Clauses.
    ("reported in one sentence", "", "the talks failed, he said, "),
    ("according to", "", "…, according to Ada, "),
    ("told to tell", "", "he said that she said that "),
    ("tags", "", "said, “a”, "),
    ("untagged dialogue", "", "“a b,”\n\n"),
    ("dialogue in one paragraph", "", "“Go,” said Ada. “No,” said Bob. "),
    ("nested and tagged", "", "‘a «b» c’ d said. "),
    ("said that in marks", "", "“he said that ‘a’, "),
    // The same behind an opening mark, so that what can nest does.
    ("reported in one sentence, in marks", "“", "the talks failed, he said, "),
    ("according to, in marks", "“", "…, according to Ada, "),
    ("told to tell, in marks", "“", "he said that she said that "),
    ("tags, in marks", "“", "said, “a”, "),
    ("dialogue in one paragraph, in marks", "“", "“Go,” said Ada. “No,” said Bob. "),
    ("nested and tagged, in marks", "“", "‘a «b» c’ d said. "),
    ("said that in marks, in marks", "“", "“he said that ‘a’, "),
    ("adjectives, in marks", "“", "good "),
    ("said, in marks", "“", "said "),
    ("names, in marks", "“", "Ada "),
];

const NAMES: &str = "different names";

/// The argument that a process is given which measures the family behind it.
const ONLY: &str = "--only";

/// Names that are all different, so that every one is an entity of its own.
fn different_names(bytes: usize) -> String {
    let letters = |mut n: usize| {
        let mut word = String::from("Z");
        while n > 0 {
            word.push(char::from(b'a' + (n % 26) as u8));
            n /= 26;
        }
        word
    };
    let mut text = String::with_capacity(bytes + 64);
    for n in 0.. {
        if text.len() >= bytes {
            break;
        }
        write!(text, "“Go,” said {} {}. ", letters(n), letters(n + 7)).expect("a string takes all");
    }
    text
}

/// The shorter of several runs, for what else the machine does is no part of it.
fn measure(attributor: &Attributor, text: &str) -> Duration {
    let runs = if text.len() > SMALL * 2 { 2 } else { 20 };
    let once = || {
        let start = Instant::now();
        drop(black_box(attributor.attribute(black_box(text)).expect("the text is short")));
        start.elapsed()
    };
    (0..runs).map(|_| once()).min().expect("several runs")
}

/// The most that the process has held in memory so far, in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Measures a family and prints its line.
fn family(name: &str, repeated: Option<(&str, &str)>, sizes: [usize; 2]) -> io::Result<()> {
    let attributor = Attributor::new();
    let text = |bytes: usize| match repeated {
        Some((head, unit)) => head.to_owned() + &unit.repeat(bytes / unit.len()),
        None => different_names(bytes),
    };
    let per_byte = |text: &str| measure(&attributor, text).as_nanos() as f64 / text.len() as f64;
    let before = per_byte(&text(sizes[0]));
    let large = text(sizes[1]);
    let without = peak();
    let after = per_byte(&large);
    let memory = peak().zip(without).map(|(peak, without)| (peak - without) as f64 / large.len() as f64);
    let memory = memory.map_or_else(|| "-".to_owned(), |memory| format!("{memory:.0}"));
    writeln!(io::stdout(), "{name:36} {before:12.0} {after:12.0} {:6.2} {memory:>12}", after / before)
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let families = || FAMILIES.iter().map(|&(name, head, unit)| (name, Some((head, unit)))).chain([(NAMES, None)]);
    // One process for each family, since what a process once held it may keep.
    if let [only, wanted] = &arguments[..]
        && only == ONLY
    {
        return families()
            .filter(|(name, _)| name == wanted)
            .try_for_each(|(name, unit)| family(name, unit, [SMALL, LARGE]));
    }
    let title = ["family", "100 KB, ns/B", "10 MB, ns/B", "times", "memory, B/B"];
    writeln!(io::stdout(), "{:36} {:>12} {:>12} {:>6} {:>12}", title[0], title[1], title[2], title[3], title[4])?;
    // `cargo bench -- --test` only asks whether all of it runs.
    if arguments.iter().any(|argument| argument == "--test") {
        return families().try_for_each(|(name, unit)| family(name, unit, [1_000, 10_000]));
    }
    let parts: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    for (name, _) in families().filter(|(name, _)| parts.is_empty() || parts.iter().any(|part| name.contains(*part))) {
        let status = Command::new(std::env::current_exe()?).args([ONLY, name]).status()?;
        if !status.success() {
            return Err(io::Error::other(format!("{name}: {status}")));
        }
    }
    Ok(())
}
