//! The cases of `tests/cases/*.txt`: short texts with all that is quoted in them, written by hand.
//!
//! How a case is written stands at the head of `tests/cases/marks.txt`. Set `WHOSAID_CASES` to the name of a file without
//! its extension (`WHOSAID_CASES=tags cargo test --test cases`) to run that file alone.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use whosaid::{Document, Quote, Segment};

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

/// However the lines of a text are set, what is said in it is the same.
#[test]
fn layout_makes_no_difference() {
    let mut differences = String::new();
    for path in files() {
        let file = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).expect("the cases can be read");
        for case in parse(&file, &source) {
            let plain = found(&case.text);
            for (layout, text) in layouts(&case.text) {
                let found = found(&text);
                if found != plain {
                    let found = found.join("\n  ");
                    writeln!(differences, "{}: {}, {layout}\n  {found}", case.place, case.title)
                        .expect("a string takes all");
                }
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

/// A text may break off anywhere: whatever looks at the next word finds none.
#[test]
fn texts_may_break_off() {
    for path in files() {
        let source = fs::read_to_string(&path).expect("the cases can be read");
        for case in parse("", &source) {
            let document = Document::new(&case.text).expect("a case is shorter than 4 GiB");
            let ends: Vec<u32> = document.tokens().map(|token| token.span().end()).collect();
            for &end in ends.iter().rev().skip(1).take(5) {
                let beginning = &case.text[..end as usize];
                // Shown where the test fails.
                eprintln!("{beginning:?}");
                let document = Document::new(beginning).expect("a case is shorter than 4 GiB");
                let told: String = document.segments().map(Segment::text).collect();
                assert_eq!(told, beginning);
            }
        }
    }
}

/// What is found in a text, a line for each quotation, with plain spaces.
fn found(text: &str) -> Vec<String> {
    let document = Document::new(text).expect("a case is shorter than 4 GiB");
    document.quotes().map(|quote| Line::of(quote).to_string().replace('\u{a0}', " ")).collect()
}

/// A text set in other ways, each with its name.
fn layouts(text: &str) -> Vec<(&'static str, String)> {
    let mut layouts = vec![
        ("lines end in CR LF", text.replace('\n', "\r\n")),
        ("lines end in spaces", text.replace('\n', "  \n")),
        ("a byte-order mark at the start", format!("\u{feff}{text}")),
        ("form feeds before paragraphs", text.replace("\n\n", "\n\n\u{c}")),
        ("form feeds in blank lines", text.replace("\n\n", "\n\u{c}\n")),
    ];
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    // Tables, verses and code stand as they are.
    if paragraphs.iter().all(|paragraph| !paragraph.contains('\n') && !paragraph.contains("  ")) {
        let set = |indent: &str, between: &str| indent.to_owned() + &paragraphs.join(&(between.to_owned() + indent));
        let wrapped = paragraphs.iter().map(|paragraph| wrap(paragraph)).collect::<Vec<_>>().join("\n\n");
        layouts.extend([
            ("wrapped, lines end in CR LF", wrapped.replace('\n', "\r\n")),
            ("wrapped", wrapped),
            ("a line for each paragraph", set("", "\n")),
            ("paragraphs indented, no blank lines", set("  ", "\n")),
            ("paragraphs indented", set("    ", "\n\n")),
            ("paragraphs indented by a tab", set("\t", "\n\n")),
            ("three blank lines", set("", "\n\n\n\n")),
            ("no-break spaces between words", unbroken(text)),
        ]);
    }
    layouts
}

/// A paragraph in lines of seventy-two characters.
fn wrap(paragraph: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 72 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

/// A text with no-break spaces where a space stands between two letters.
fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic());
    let space = |at: usize| letters[at] == ' ' && at > 0 && letter(at - 1) && letter(at + 1);
    (0..letters.len()).map(|at| if space(at) { '\u{a0}' } else { letters[at] }).collect()
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
