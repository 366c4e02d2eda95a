//! Time and memory for a byte, on small texts and on large ones: what is read in linear time costs the same on both.
//!
//! Ordinary texts have 10 KB and 100 MB; texts that nobody writes 100 KB and 10 MB. Memory is the peak while the large text
//! is read, the text not counted; it is known on Linux alone.
//!
//! `cargo bench --bench growth` prints the tables. A name after `--` runs only the families that hold it.

use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

use whosaid::Attributor;

mod texts;
use texts::{ARTICLE, MEGABYTE, MEMOIR, SCENE, letters, renamed, repeated, without_quotations};

const ORDINARY_SIZES: [usize; 2] = [10_000, 100 * MEGABYTE];
const ODD_SIZES: [usize; 2] = [100_000, 10 * MEGABYTE];

/// Makes a text about as long as is asked for.
type Make = fn(usize) -> String;

/// Where those who speak do so in double marks.
const REPORT: &str = "Ada Lund said the bridge was shut. “It is shut,” Ada Lund said. Bo Falk said that it would open.\n\n\
     “It opens soon,” Bo Falk said. Ada Lund said it would not, and that the ferry would go.\n\n";

/// What the text may quote again.
const HEADLINE: &str = "“Oh oh oh oh oh oh oh now”: Lund waits\n\nAda Lund said the bridge was shut. Bo Falk said that it \
     would open.\n\n“It is shut,” Ada Lund said. “";

/// Ordinary texts by name.
const ORDINARY: &[(&str, Make)] = &[
    ("ordinary: news", |bytes| repeated(ARTICLE, bytes)),
    ("ordinary: news, always new people", |bytes| {
        let surnames = ["Solvane", "Baska", "Rowe-Castell", "Pell", "Whitlock", "Adeyemi"];
        renamed(ARTICLE, &surnames, bytes)
    }),
    ("ordinary: fiction", |bytes| repeated(SCENE, bytes)),
    ("ordinary: first person", |bytes| repeated(MEMOIR, bytes)),
    ("ordinary: without quotations", without_quotations),
];

/// Texts that nobody writes, by name: what stands once at their start, and what is repeated behind it.
const ODD: &[(&str, &str, &str)] = &[
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
    // Behind what a report begins with.
    ("crossheads", REPORT, "‘Go home now.’ "),
    ("a headline's words", HEADLINE, "oh "),
];

/// The argument that a process is given which measures the family behind it.
const ONLY: &str = "--only";

/// Texts of one sort.
struct Family {
    name: &'static str,
    /// The text, about as long as is asked for.
    text: Box<dyn Fn(usize) -> String>,
    sizes: [usize; 2],
}

fn families() -> Vec<Family> {
    let ordinary = ORDINARY.iter().map(|&(name, text)| Family { name, text: Box::new(text), sizes: ORDINARY_SIZES });
    let odd = ODD.iter().map(|&(name, head, unit)| Family {
        name,
        text: Box::new(|bytes| head.to_owned() + &unit.repeat(bytes / unit.len())),
        sizes: ODD_SIZES,
    });
    // Names that are all different, so that every one is an entity of its own.
    let names = |name, unit: fn(&str) -> String| Family {
        name,
        text: Box::new(move |bytes| {
            let mut text = String::with_capacity(bytes + 64);
            for number in 0.. {
                if text.len() >= bytes {
                    break;
                }
                text += &unit(&format!("Z{} Z{}", letters(number), letters(number + 7)));
            }
            text
        }),
        sizes: ODD_SIZES,
    };
    let said = names("different names", |name| format!("“Go,” said {name}. "));
    let called = names("a noun for many", |name| format!("{name} sat down.\n\n“Go home now,” said the man.\n\n"));
    ordinary.chain(odd).chain([said, called]).collect()
}

/// Nanoseconds for a byte of `text`, read as often as it takes to read so many bytes: the better of two times.
fn measure(attributor: &Attributor, text: &str, bytes: usize) -> f64 {
    let runs = (bytes / text.len()).max(1);
    let round = || {
        let start = clock();
        for _ in 0..runs {
            drop(black_box(attributor.attribute(black_box(text)).expect("the text is short")));
        }
        (clock() - start) / (runs * text.len()) as f64
    };
    round().min(round())
}

/// For how many nanoseconds this thread has had a processor, since what else the machine does is no part of it; but on Linux alone.
fn clock() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let on_processor = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = on_processor.and_then(|times| times.split(' ').next()?.parse().ok());
    nanoseconds.unwrap_or_else(|| START.elapsed().as_nanos() as f64)
}

/// The most that the process has held in memory so far, in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

impl Family {
    /// Measures the family on texts of two sizes and prints its line.
    fn print(&self, sizes: [usize; 2], bytes: usize) -> io::Result<()> {
        let attributor = Attributor::new();
        let before = measure(&attributor, &(self.text)(sizes[0]), bytes);
        let large = (self.text)(sizes[1]);
        let without = peak();
        let after = measure(&attributor, &large, bytes);
        let memory = peak().zip(without).map(|(peak, without)| (peak - without) as f64 / large.len() as f64);
        let memory = memory.map_or_else(|| "-".to_owned(), |memory| format!("{memory:.0}"));
        let times = after / before;
        writeln!(io::stdout(), "{:36} {before:12.0} {after:12.0} {times:6.2} {memory:>12}", self.name)
    }
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // One process for each family, since what a process once held it may keep.
    if let [only, wanted] = &arguments[..]
        && only == ONLY
    {
        return families()
            .iter()
            .filter(|family| family.name == wanted)
            .try_for_each(|family| family.print(family.sizes, 2 * MEGABYTE));
    }
    // `cargo bench -- --test` only asks whether all of it runs.
    let test = arguments.iter().any(|argument| argument == "--test");
    let parts: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let mut sizes = None;
    for family in families() {
        if !parts.is_empty() && !parts.iter().any(|part| family.name.contains(*part)) {
            continue;
        }
        if sizes.replace(family.sizes) != Some(family.sizes) {
            let [small, large] =
                family.sizes.map(|bytes| format!("{} KB, ns/B", bytes / 1000).replace("000 KB", " MB"));
            writeln!(io::stdout(), "{:36} {small:>12} {large:>12} {:>6} {:>12}", "family", "times", "memory, B/B")?;
        }
        if test {
            family.print([1_000, 10_000], 0)?;
            continue;
        }
        let status = Command::new(std::env::current_exe()?).args([ONLY, family.name]).status()?;
        if !status.success() {
            return Err(io::Error::other(format!("{}: {status}", family.name)));
        }
    }
    Ok(())
}
