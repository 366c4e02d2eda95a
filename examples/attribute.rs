//! Who says what in a text: every quotation with its speaker and how that is known, then the speakers with their counts.
//!
//! ```sh
//! cargo run --example attribute                   # a short news article that is built in
//! cargo run --example attribute -- chapter.txt
//! curl -s https://example.org/article.txt | cargo run --example attribute -- -
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use whosaid::{Document, Quote, QuoteKind};

mod shared;
use shared::{KINDS, label, name, one_line, shorten};

const HELP: &str = "\
Who says what in a text: every quotation with its speaker and how that is known, then the speakers with their counts.

Usage: attribute [OPTIONS] [FILE]

  FILE     a text in UTF-8, `-` for standard input; without it a short news article that is built in

Options:
  --full   show long quotations whole
  --json   print the document as JSON instead
  --help   print this
";

/// Columns for a line of output.
const WIDTH: usize = 100;
const INDENT: &str = "    ";
/// Characters of a quotation that are shown unless all are asked for: about three lines.
const SHOWN: usize = 3 * (WIDTH - INDENT.len()) - 20;
const OMITTED: &str = " […]";
const UNKNOWN: &str = "[unknown speaker]";

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let (json, full) = (args.contains("--json"), args.contains("--full"));
        let text = shared::text(args, shared::ARTICLE)?;
        let document = Document::new(&text)?;
        if json {
            serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            let style = Style { colour: shared::colours() };
            Report { document: &document, style, shown: if full { usize::MAX } else { SHOWN } }.write(out)?;
        }
        Ok(())
    })
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
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
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
                writeln!(out, "{INDENT}{}  line {line}", shorten(&one_line(&quote.content()), WIDTH / 2, OMITTED))?;
            }
            writeln!(out)?;
        }
        self.write_speakers(out)
    }

    fn write_quote(&self, out: &mut dyn Write, line: usize, quote: Quote<'d>) -> io::Result<()> {
        let mut facts = vec![quote.kind().to_string()];
        facts.extend(quote.cue().map(|cue| format!("“{}”", one_line(cue.text()))));
        if let Some(cue) = quote.cue() {
            let notes =
                [("not said", cue.is_negated()), ("perhaps said", cue.is_possible()), ("in thought", !cue.is_speech())];
            facts.extend(notes.into_iter().filter(|note| note.1).map(|note| note.0.to_owned()));
        }
        facts.extend(quote.speaker().map(|_| format!("{:.0} % sure", 100.0 * quote.confidence())));
        facts.extend(quote.addressee().map(|addressee| format!("to {}", name(addressee))));
        facts.extend(quote.nested_in().map(|_| "inside another quotation".to_owned()));
        facts.push(format!("line {line}"));
        let speaker =
            quote.speaker().map_or_else(|| self.style.warning(UNKNOWN), |entity| self.style.bold(&name(entity)));
        writeln!(out, "{speaker} — {}", facts.join(", "))?;

        // A quotation interrupted by "she said" has two parts.
        let parts: Vec<String> = quote.parts().map(|part| one_line(&self.document.text()[part])).collect();
        for line in wrap(&shorten(&parts.join(" … "), self.shown, OMITTED)) {
            writeln!(out, "{INDENT}{line}")?;
        }
        for line in wrap(&one_line(&quote.evidence().to_string())) {
            writeln!(out, "{INDENT}{}", self.style.dim(&line))?;
        }
        writeln!(out)
    }

    /// A table of those who say something, those who say most first; what is thought or denied is not counted.
    fn write_speakers(&self, out: &mut dyn Write) -> io::Result<()> {
        let counts = |quotes: &[Quote<'_>]| {
            KINDS.map(|kind| quotes.iter().filter(|quote| quote.is_said() && quote.kind() == kind).count())
        };
        let speakers = self.document.speakers().map(|speaker| {
            (label(&name(speaker), WIDTH / 2), speaker.gender().as_str(), counts(&speaker.quotes().collect::<Vec<_>>()))
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
