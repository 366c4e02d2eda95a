//! A text in the terminal with its quotations underlined, the speaker's name below, and the cue and the source marked.
//!
//! ```sh
//! cargo run --example annotate                   # a short news article that is built in
//! cargo run --example annotate -- chapter.txt | less -R
//! ```

use std::collections::BTreeSet;
use std::process::ExitCode;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use whosaid::{Document, Paragraph, Quote, QuoteKind, Span};

mod shared;
use shared::name;

const HELP: &str = "\
A text in the terminal with its quotations underlined, the speaker's name below, and the cue and the source marked.

Usage: annotate [FILE]

  FILE     a text in UTF-8, `-` for standard input; without it a short news article that is built in

Options:
  --help   print this

Paragraphs in which nobody is quoted are left out.
";

/// Columns for the text.
const WIDTH: usize = 92;

fn main() -> ExitCode {
    shared::run(HELP, |args, out| {
        let text = shared::text(args, shared::ARTICLE)?;
        let document = Document::new(&text)?;
        if document.quotes().all(|quote| quote.kind() == QuoteKind::None) {
            writeln!(out, "Nobody is quoted.")?;
        }
        let renderer = if shared::colours() { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        let mut quotes = document.quotes().filter(|quote| quote.kind() != QuoteKind::None).peekable();
        // Those that run on from an earlier paragraph.
        let mut open: Vec<Quote<'_>> = Vec::new();
        for paragraph in document.paragraphs() {
            let end = paragraph.span().end();
            open.extend(std::iter::from_fn(|| quotes.next_if(|quote| quote.span().start() < end)));
            // Two quotations may have one source.
            let marks: BTreeSet<_> = open.iter().flat_map(|&quote| marks(paragraph, quote)).collect();
            if !marks.is_empty() {
                let wrapped = wrap(paragraph.text());
                let annotations: Vec<_> = marks.into_iter().flat_map(|mark| annotations(&wrapped, mark)).collect();
                let snippet = Snippet::source(wrapped).line_numbering(false).fold(false).annotations(annotations);
                writeln!(out, "{}", renderer.render(&[Group::with_level(Level::INFO).element(snippet)]))?;
            }
            open.retain(|quote| quote.span().end() > end);
        }
        Ok(())
    })
}

/// A stretch of a paragraph and what is said of it; a quotation itself comes before its cue and source.
type Mark = (usize, usize, Role, String);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Said,
    Beside,
}

/// What is to be marked of a quotation in a paragraph.
fn marks(paragraph: Paragraph<'_>, quote: Quote<'_>) -> Vec<Mark> {
    let speaker = quote.speaker().map_or("[unknown speaker]".to_owned(), name);
    let facts = format!("{speaker} ({}, {:.0} %)", quote.kind(), 100.0 * quote.confidence());
    let parts = quote.parts().map(|part| (part, Role::Said, facts.clone()));
    let cue = quote.cue().map(|cue| (cue.span(), Role::Beside, "cue".to_owned()));
    let source = quote.mention().map(|mention| (mention.span(), Role::Beside, "source".to_owned()));
    let (start, end) = (paragraph.span().start(), paragraph.span().end());
    let within = |(span, role, label): (Span, Role, String)| {
        let (from, to) = (span.start().clamp(start, end) - start, span.end().clamp(start, end) - start);
        (from < to).then_some((from as usize, to as usize, role, label))
    };
    parts.chain(cue).chain(source).filter_map(within).collect()
}

/// A line under each line of a stretch, the last with the label.
fn annotations(text: &str, (start, end, role, label): Mark) -> Vec<Annotation<'static>> {
    let mut at = start;
    let mut annotations = Vec::new();
    for line in text[start..end].split_inclusive('\n') {
        let stretch = at..at + line.trim_end().len();
        at += line.len();
        let kind = if role == Role::Said { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (at == end).then(|| label.clone());
        annotations.push(kind.span(stretch).label(label));
    }
    annotations
}

/// Breaks long lines at their spaces: a line break for a space, so that everything stays where it is.
fn wrap(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        wrapped.push_str(if number > 0 { "\n" } else { "" });
        let mut columns = 0;
        for (number, word) in line.split(' ').enumerate() {
            let width = word.chars().count();
            if number > 0 {
                let fits = columns + 1 + width <= WIDTH;
                wrapped.push(if fits { ' ' } else { '\n' });
                columns = if fits { columns + 1 } else { 0 };
            }
            wrapped.push_str(word);
            columns += width;
        }
    }
    wrapped
}
