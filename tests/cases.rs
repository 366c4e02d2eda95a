//! The cases of `tests/cases/*.txt`: short texts with all that is quoted in them, written by hand.
//!
//! How a case is written stands at the head of `tests/cases/marks.txt`. Set `WHOSAID_CASES` to the name of a file without
//! its extension (`WHOSAID_CASES=tags cargo test --test cases`) to run that file alone.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use whosaid::{Document, Quote};

#[test]
fn cases() {
    let only = std::env::var("WHOSAID_CASES").ok();
    let mut report = String::new();
    let mut summary = String::new();
    let (mut run, mut wrong) = (0, 0);
    for path in files() {
        let file = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|only| *only != file) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("the cases can be read");
        let cases = parse(&file, &source);
        let open = cases.iter().filter(|case| case.open).count();
        let failures: Vec<String> = cases.iter().filter_map(Case::failure).collect();
        run += cases.len();
        wrong += failures.len();
        report.extend(failures.iter().map(String::as_str));
        writeln!(summary, "{file:16} {:3} cases, {open:3} open, {:3} wrong", cases.len(), failures.len())
            .expect("a string takes all");
    }
    assert!(run > 0, "no cases: is WHOSAID_CASES the name of a file in tests/cases?");
    assert!(wrong == 0, "\n{report}{summary}{wrong} of {run} cases are wrong");
}

/// The cue, and what it says about the report: “say (negated)”, “hope (thought)”.
fn cue_of(cue: whosaid::Cue<'_>) -> String {
    let marks = [("thought", !cue.is_speech()), ("negated", cue.is_negated()), ("possible", cue.is_possible())];
    let marks: Vec<&str> = marks.into_iter().filter_map(|(mark, holds)| holds.then_some(mark)).collect();
    let text = on_one_line(cue.text());
    if marks.is_empty() { text } else { format!("{text} ({})", marks.join(", ")) }
}

/// All files of cases, sorted by name.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = fs::read_dir(&folder).expect("tests/cases is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

/// One case of a file.
struct Case<'s> {
    /// File and line of its title.
    place: String,
    title: &'s str,
    /// Whether the library is known to get it wrong.
    open: bool,
    text: String,
    expected: Vec<Line>,
}

/// Reads a file of cases: whatever stands before the first title is a comment.
fn parse<'s>(file: &str, source: &'s str) -> Vec<Case<'s>> {
    let lines: Vec<&str> = source.lines().collect();
    let titles: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("== ")).collect();
    let ends = titles.iter().copied().skip(1).chain([lines.len()]);
    titles
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let place = format!("{file}.txt:{}", start + 1);
            let title = lines[start]["== ".len()..].trim();
            let body = &lines[start + 1..end];
            let rule = body.iter().position(|line| *line == "--").unwrap_or_else(|| panic!("{place}: no line `--`"));
            let expected: Vec<&str> = body[rule + 1..].iter().copied().filter(|line| !line.trim().is_empty()).collect();
            let expected = match expected[..] {
                [] => panic!("{place}: no quotation, nor the line `nothing`"),
                ["nothing"] => Vec::new(),
                _ => expected
                    .into_iter()
                    .map(|line| Line::parse(line).unwrap_or_else(|| panic!("{place}: {line}")))
                    .collect(),
            };
            let open = title.ends_with("[open]");
            Case { place, title, open, text: body[..rule].join("\n"), expected }
        })
        .collect()
}

impl Case<'_> {
    /// What to tell if the case does not go as it should.
    fn failure(&self) -> Option<String> {
        let document = Document::new(&self.text).expect("a case is shorter than 4 GiB");
        let found: Vec<Line> = document.quotes().map(Line::of).collect();
        let head = format!("{}: {}\n", self.place, self.title);
        match (found == self.expected, self.open) {
            (true, false) | (false, true) => None,
            (true, true) => Some(head + "  is right now: remove the mark [open]\n\n"),
            (false, false) => Some(head + &self.comparison(&found)),
        }
    }

    /// The text, then the quotations expected and found, with `!` before each that has no like on the other side.
    fn comparison(&self, found: &[Line]) -> String {
        let mut out = String::new();
        for line in self.text.lines() {
            out = out + "  > " + line + "\n";
        }
        for (side, lines, others) in [("expected", &self.expected[..], found), ("found", found, &self.expected[..])] {
            for line in lines {
                let mark = if others.contains(line) { ' ' } else { '!' };
                writeln!(out, "  {side:8} {mark} {line}").expect("a string takes all");
            }
            if lines.is_empty() {
                writeln!(out, "  {side:8} ! nothing").expect("a string takes all");
            }
        }
        out + "\n"
    }
}

/// A quotation as a case tells it.
#[derive(PartialEq)]
struct Line {
    kind: String,
    /// The parts, each trimmed.
    content: Vec<String>,
    speaker: String,
    cue: String,
}

impl Line {
    fn parse(line: &str) -> Option<Line> {
        let (kind, rest) = line.split_once(" | ")?;
        let (rest, cue) = rest.rsplit_once(" | ")?;
        let (content, speaker) = rest.rsplit_once(" | ")?;
        let content = content.split(" … ").map(trim).collect();
        Some(Line { kind: kind.trim().into(), content, speaker: speaker.trim().into(), cue: cue.trim().into() })
    }

    fn of(quote: Quote<'_>) -> Line {
        let start = quote.span().start() as usize;
        let parts = quote.parts().map(|part| &quote.text()[part.start() as usize - start..part.end() as usize - start]);
        Line {
            kind: quote.kind().to_string(),
            content: parts.map(|part| trim(&on_one_line(part))).collect(),
            speaker: quote.speaker().map_or("-", |speaker| speaker.name()).into(),
            cue: quote.cue().map_or_else(|| "-".into(), cue_of),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {} | {}", self.kind, self.content.join(" … "), self.speaker, self.cue)
    }
}

/// Leaves letters and digits at both ends.
fn trim(part: &str) -> String {
    part.trim_matches(|c: char| !c.is_alphanumeric()).into()
}

/// Writes a paragraph break as ` ¶ ` and all other white space as one space.
fn on_one_line(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join(" ¶ ")
}
