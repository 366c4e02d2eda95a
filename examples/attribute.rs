//! Who says what in a text: every quotation with its speaker and how that is known, then the speakers with their counts.
//!
//! ```sh
//! cargo run --example attribute                   # a short news article that is built in
//! cargo run --example attribute -- chapter.txt
//! curl -s https://example.org/article.txt | cargo run --example attribute -- -
//! ```

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::process::ExitCode;

use whosaid::{Document, Entity, Quote, QuoteKind};

const HELP: &str = "\
Who says what in a text: every quotation with its speaker and how that is known, then the speakers with their counts.

Usage: attribute [OPTIONS] [FILE]

  FILE     a text in UTF-8, `-` for standard input; without it a short news article that is built in

Options:
  --full   show long quotations whole
  --json   print the document as JSON instead
  --help   print this
";

const ARTICLE: &str = include_str!("data/article.txt");

/// Columns for a line of output.
const WIDTH: usize = 100;
const INDENT: &str = "    ";
/// Characters of a quotation that are shown unless all are asked for: about three lines.
const SHOWN: usize = 3 * (WIDTH - INDENT.len()) - 20;
const UNKNOWN: &str = "[unknown speaker]";

fn main() -> ExitCode {
    let options = match Options::from_args(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(message) => return fail(2, &format!("{message}; --help tells how to call")),
    };
    let text = match options.text() {
        Ok(text) => text,
        Err(message) => return fail(1, &message),
    };
    let document = match Document::new(&text) {
        Ok(document) => document,
        Err(error) => return fail(1, &error.to_string()),
    };
    match write(&mut BufWriter::new(io::stdout().lock()), &options, &document) {
        // Whoever reads the output, `head` or a pager, has seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(1, &format!("standard output: {error}")),
        _ => ExitCode::SUCCESS,
    }
}

fn fail(status: u8, message: &str) -> ExitCode {
    eprintln!("attribute: {message}");
    ExitCode::from(status)
}

/// What the command line asks for.
#[derive(Default)]
struct Options {
    file: Option<OsString>,
    full: bool,
    json: bool,
    help: bool,
}

impl Options {
    fn from_args(args: impl Iterator<Item = OsString>) -> Result<Options, String> {
        let mut options = Options::default();
        for arg in args {
            match arg.to_str() {
                Some("--full") => options.full = true,
                Some("--json") => options.json = true,
                Some("--help" | "-h") => options.help = true,
                Some(option) if option.starts_with('-') && option != "-" => {
                    return Err(format!("unknown option {option:?}"));
                }
                _ if options.file.is_some() => return Err("more than one file".to_owned()),
                _ => options.file = Some(arg),
            }
        }
        Ok(options)
    }

    /// Reads the text, or says why it cannot be read.
    fn text(&self) -> Result<String, String> {
        let Some(file) = self.file.as_ref().filter(|_| !self.help) else {
            return Ok(ARTICLE.to_owned());
        };
        let (name, bytes) = if file == "-" {
            let mut bytes = Vec::new();
            ("standard input".into(), io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
        } else {
            (file.to_string_lossy(), fs::read(file))
        };
        let bytes = bytes.map_err(|error| format!("{name}: {error}"))?;
        String::from_utf8(bytes)
            .map_err(|error| format!("{name}: not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
    }
}

fn write(out: &mut impl Write, options: &Options, document: &Document<'_>) -> io::Result<()> {
    if options.help {
        out.write_all(HELP.as_bytes())?;
    } else if options.json {
        serde_json::to_writer_pretty(&mut *out, document)?;
        writeln!(out)?;
    } else {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let style = Style { colour: io::stdout().is_terminal() && !no_colour };
        Report { document, style, shown: if options.full { usize::MAX } else { SHOWN } }.write(out)?;
    }
    out.flush()
}

/// A document in the form in which a person likes to read it.
struct Report<'d> {
    document: &'d Document<'d>,
    style: Style,
    /// Characters to show of each quotation.
    shown: usize,
}

impl<'d> Report<'d> {
    /// Every quotation that somebody says, in text order; then those that are nobody's words; then the speakers.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut nobodys = Vec::new();
        let (mut line, mut counted) = (1, 0);
        for quote in self.document.quotes() {
            let start = quote.span().start() as usize;
            line += self.document.text()[counted..start].matches('\n').count();
            counted = start;
            if quote.kind() == QuoteKind::None {
                nobodys.push((line, quote));
            } else {
                self.write_quote(out, line, quote)?;
            }
        }
        if !nobodys.is_empty() {
            writeln!(out, "{}", self.style.bold("In quotation marks, but nobody’s words"))?;
            for (line, quote) in nobodys {
                writeln!(out, "{INDENT}{}  line {line}", shorten(&one_line(&quote.content()), WIDTH / 2))?;
            }
            writeln!(out)?;
        }
        self.write_speakers(out)
    }

    fn write_quote(&self, out: &mut impl Write, line: usize, quote: Quote<'d>) -> io::Result<()> {
        let mut facts = vec![quote.kind().to_string()];
        facts.extend(quote.cue().map(|cue| format!("“{}”", one_line(cue.text()))));
        facts.extend(quote.speaker().map(|_| format!("{:.0} % sure", 100.0 * quote.confidence())));
        facts.extend(quote.addressee().map(|addressee| format!("to {}", name(addressee))));
        facts.extend(quote.nested_in().map(|_| "inside another quotation".to_owned()));
        facts.push(format!("line {line}"));
        let speaker =
            quote.speaker().map_or_else(|| self.style.warning(UNKNOWN), |entity| self.style.bold(&name(entity)));
        writeln!(out, "{speaker} — {}", facts.join(", "))?;

        // A quotation interrupted by "she said" has two parts.
        let parts: Vec<String> = quote.parts().map(|part| one_line(&self.document.text()[part])).collect();
        for line in wrap(&shorten(&parts.join(" … "), self.shown)) {
            writeln!(out, "{INDENT}{line}")?;
        }
        for line in wrap(&one_line(&quote.evidence().to_string())) {
            writeln!(out, "{INDENT}{}", self.style.dim(&line))?;
        }
        writeln!(out)
    }

    /// A table of those who say something, those who say most first.
    fn write_speakers(&self, out: &mut impl Write) -> io::Result<()> {
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
        let counts =
            |quotes: &[Quote<'_>]| kinds.map(|kind| quotes.iter().filter(|quote| quote.kind() == kind).count());
        let speakers = self.document.speakers().map(|speaker| {
            (
                shorten(&name(speaker), WIDTH / 2),
                speaker.gender().as_str(),
                counts(&speaker.quotes().collect::<Vec<_>>()),
            )
        });
        let unknown: Vec<_> = self.document.quotes().filter(|quote| quote.speaker().is_none()).collect();
        let rows: Vec<_> =
            speakers.chain([(UNKNOWN.to_owned(), "", counts(&unknown))]).filter(|row| row.2 != [0; 3]).collect();
        if rows.is_empty() {
            return writeln!(out, "Nobody is quoted.");
        }
        let width = rows.iter().map(|(name, ..)| name.chars().count()).fold("Speaker".len(), usize::max);
        let head = format!("{:width$}  {:7}  {:>6}  {:>6}  {:>8}", "Speaker", "Gender", "Direct", "Mixed", "Indirect");
        writeln!(out, "{}", self.style.bold(&head))?;
        for (name, gender, [direct, mixed, indirect]) in rows {
            writeln!(out, "{name:width$}  {gender:7}  {direct:>6}  {mixed:>6}  {indirect:>8}")?;
        }
        Ok(())
    }
}

fn name(entity: Entity<'_>) -> String {
    let narrator = if entity.is_narrator() { " (the narrator)" } else { "" };
    one_line(entity.name()) + narrator
}

/// `text` without line breaks, and without the control characters by which a text could move the cursor about.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "\u{fffd}")
}

/// The words at the beginning of `text` that fit into so many characters.
fn shorten(text: &str, characters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let words = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{words} […]")
}

/// Breaks a text at its spaces into lines that fit behind the indent.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut columns) = (String::new(), 0);
    for word in text.split(' ') {
        let width = word.chars().count();
        if columns > 0 && columns + 1 + width > WIDTH - INDENT.len() {
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
        if columns > 0 {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += width;
    }
    lines.push(line);
    lines
}

/// Bold and dim type on a terminal, plain text elsewhere.
#[derive(Clone, Copy)]
struct Style {
    colour: bool,
}

impl Style {
    fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    fn warning(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
