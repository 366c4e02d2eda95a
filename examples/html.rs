//! A page to read a text by: every quotation in the colour of its speaker, with a legend, in one file without network.
//!
//! ```sh
//! cargo run --example html > page.html                   # a short news article that is built in
//! cargo run --example html -- chapter.txt > page.html
//! ```

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::process::ExitCode;

use whosaid::{Document, Entity, Paragraph, Quote, QuoteKind, Span};

mod shared;
use shared::{KINDS, escape, hue, label, name, one_line};

const HELP: &str = "\
A page to read a text by: every quotation in the colour of its speaker, with a legend, in one file without network.

Usage: html [FILE] > page.html

  FILE     a text in UTF-8, `-` for standard input; without it a short news article that is built in

Options:
  --help   print this
";

const STYLE: &str = include_str!("data/html.css");
const SCRIPT: &str = include_str!("data/html.js");

const UNKNOWN: &str = "unknown";
/// Answers less sure than this are marked.
const UNSURE: f32 = 0.6;
/// Characters of a name that are shown before a quotation.
const LABEL: usize = 24;

fn main() -> ExitCode {
    shared::run(HELP, |args, out| {
        let text = shared::text(args, shared::ARTICLE)?;
        let document = Document::new(&text)?;
        let ranks = document.speakers().enumerate().map(|(rank, speaker)| (speaker.index(), rank)).collect();
        Page { document: &document, ranks }.write(out)?;
        Ok(())
    })
}

struct Page<'d> {
    document: &'d Document<'d>,
    /// The place of each speaker among those who say most.
    ranks: HashMap<usize, usize>,
}

/// A stretch of a paragraph that stands in an element of its own.
#[derive(Clone, Copy)]
struct Mark<'d> {
    span: Span,
    role: Role,
    quote: Quote<'d>,
}

/// What a stretch is to its quotation.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Said,
    Cue,
    Source,
}

impl<'d> Page<'d> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<!DOCTYPE html>\n\
             <html lang=\"en\">\n\
             <head>\n\
             <meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n\
             <title>Who says what</title>\n\
             <style>\n{STYLE}</style>\n\
             </head>\n\
             <body>\n\
             <a class=\"skip\" href=\"#text\">To the text</a>\n"
        )?;
        self.write_legend(out)?;
        writeln!(out, "<main id=\"text\">")?;
        for (paragraph, marks) in self.document.paragraphs().zip(self.marks()) {
            let tag = if shared::is_heading(paragraph) { "h2" } else { "p" };
            write!(out, "<{tag}>")?;
            self.write_marked(out, paragraph.span(), marks)?;
            writeln!(out, "</{tag}>")?;
        }
        write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
    }

    /// The speakers with their counts, what the styles mean, and room for what is known of the quotation in hand.
    fn write_legend(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<aside aria-label=\"Speakers\">\n\
             <h1>Who says what</h1>\n\
             <div class=\"card\"><div id=\"note\"><p>Point at a quotation or tap it to see why it has its speaker; \
             choose a speaker to see all that they say. <span class=\"keys\">Tab goes to the next quotation, \
             Escape to the speakers and back.</span></p></div></div>\n\
             <div class=\"legend\">\n\
             <table aria-label=\"How often each speaker is quoted\">\n\
             <thead><tr><th scope=\"col\">Speaker</th><th scope=\"col\">Gender</th>"
        )?;
        for kind in KINDS {
            write!(out, "<th scope=\"col\"><q class=\"{kind}\">{kind}</q></th>")?;
        }
        writeln!(out, "</tr></thead>\n<tbody>")?;
        for speaker in self.document.speakers() {
            self.write_row(out, Some(speaker), speaker.quotes())?;
        }
        self.write_row(out, None, self.document.quotes().filter(|quote| quote.speaker().is_none()))?;
        write!(
            out,
            "</tbody>\n\
             </table>\n\
             <p><span class=\"who unsure\">Name</span> less than {:.0} % sure; \
             <q class=\"none\">underlined with dots</q>: in quotation marks, but nobody’s words.</p>\n\
             </div>\n\
             </aside>\n",
            100.0 * UNSURE
        )
    }

    /// A row of the legend, if there is something to count.
    fn write_row(
        &self,
        out: &mut dyn Write,
        speaker: Option<Entity<'d>>,
        quotes: impl Iterator<Item = Quote<'d>>,
    ) -> io::Result<()> {
        let said: Vec<_> = quotes.map(Quote::kind).collect();
        let counts = KINDS.map(|kind| said.iter().filter(|&&other| other == kind).count());
        if counts == [0; 3] {
            return Ok(());
        }
        write!(
            out,
            "<tr><th scope=\"row\"><button type=\"button\" class=\"who\" data-speaker=\"{}\" aria-pressed=\"false\"{}>\
             {}</button></th><td>{}</td>",
            id(speaker),
            self.colour(speaker),
            escape(&speaker.map_or(UNKNOWN.to_owned(), name)),
            speaker.map_or("–", |speaker| speaker.gender().as_str()),
        )?;
        for count in counts {
            write!(out, "<td>{}</td>", if count == 0 { "–".to_owned() } else { count.to_string() })?;
        }
        writeln!(out, "</tr>")
    }

    /// The colour of a speaker, as an attribute.
    fn colour(&self, speaker: Option<Entity<'d>>) -> String {
        speaker.map_or(String::new(), |speaker| format!(" style=\"--hue:{}\"", hue(self.ranks[&speaker.index()])))
    }

    /// Everything to be marked, paragraph by paragraph.
    fn marks(&self) -> Vec<Vec<Mark<'d>>> {
        let paragraphs: Vec<Span> = self.document.paragraphs().map(Paragraph::span).collect();
        let mut marks = vec![Vec::new(); paragraphs.len()];
        for quote in self.document.quotes() {
            let said = quote.parts().map(|part| (part, Role::Said));
            let told = Some(quote).filter(|quote| quote.kind() != QuoteKind::None);
            let cue = told.and_then(Quote::cue).map(|cue| (cue.span(), Role::Cue));
            let source = told.and_then(Quote::mention).map(|mention| (mention.span(), Role::Source));
            for (span, role) in said.chain(cue).chain(source) {
                let first = paragraphs.partition_point(|paragraph| paragraph.end() <= span.start());
                let touched = (first..).zip(&paragraphs[first..]);
                for (index, paragraph) in touched.take_while(|(_, paragraph)| paragraph.start() < span.end()) {
                    let span = Span::new(span.start().max(paragraph.start()), span.end().min(paragraph.end()));
                    marks[index].push(Mark { span, role, quote });
                }
            }
        }
        marks
    }

    /// Elements nest, and marks need not: one that crosses the end of another is cut in two there.
    fn write_marked(&self, out: &mut dyn Write, paragraph: Span, mut marks: Vec<Mark<'d>>) -> io::Result<()> {
        // The next one is the last.
        let order = |mark: &Mark<'_>| (Reverse(mark.span.start()), mark.span.end());
        marks.sort_by_key(order);
        let (mut at, mut open, mut labelled) = (paragraph.start(), Vec::<Mark<'_>>::new(), HashSet::new());
        loop {
            let next = marks.pop();
            let until = next.map_or(paragraph.end(), |mark| mark.span.start());
            while let Some(mark) = open.pop_if(|mark| mark.span.end() <= until) {
                self.write_text(out, Span::new(at, mark.span.end()))?;
                write!(out, "</{}>", mark.tag())?;
                at = mark.span.end();
            }
            self.write_text(out, Span::new(at, until))?;
            at = until;
            let Some(mut mark) = next else {
                return Ok(());
            };
            let (start, end) = (mark.span.start(), mark.span.end());
            if let Some(around) = open.last().map(|mark| mark.span.end()).filter(|&around| around < end) {
                let rest = Mark { span: Span::new(around, end), ..mark };
                marks.insert(marks.partition_point(|mark| order(mark) < order(&rest)), rest);
                mark.span = Span::new(start, around);
            }
            self.write_start(out, mark, mark.role == Role::Said && labelled.insert(mark.quote.index()))?;
            open.push(mark);
        }
    }

    fn write_text(&self, out: &mut dyn Write, span: Span) -> io::Result<()> {
        out.write_all(escape(&self.document.text()[span]).as_bytes())
    }

    /// The start of a marked stretch, with a button that names the speaker where the quotation begins in a paragraph.
    fn write_start(&self, out: &mut dyn Write, mark: Mark<'d>, labelled: bool) -> io::Result<()> {
        let (quote, index) = (mark.quote, mark.quote.index());
        let (kind, speaker) = (quote.kind(), quote.speaker());
        let class = match mark.role {
            Role::Said => kind.as_str(),
            Role::Cue => "cue",
            Role::Source => "source",
        };
        write!(out, "<{} class=\"{class}\" data-quote=\"{index}\"{}", mark.tag(), self.colour(speaker))?;
        if mark.role != Role::Said {
            return write!(out, ">");
        }
        // A screen reader can tell where such an element begins and ends.
        write!(out, " role=\"mark\"")?;
        if kind == QuoteKind::None {
            return write!(out, " title=\"in quotation marks, but nobody’s words\">");
        }
        write!(out, " data-speaker=\"{}\">", id(speaker))?;
        if !labelled {
            return Ok(());
        }
        let who = speaker.map_or(UNKNOWN.to_owned(), name);
        let unsure = speaker.is_none() || quote.confidence() < UNSURE;
        let mut facts = vec![kind.to_string()];
        facts.extend(quote.cue().map(|cue| format!("“{}”", one_line(cue.text()))));
        facts.extend(quote.addressee().map(|addressee| format!("to {}", name(addressee))));
        facts.extend(speaker.map(|_| format!("{:.0} % sure", 100.0 * quote.confidence())));
        let facts = escape(&facts.join(", "));
        write!(
            out,
            "<button type=\"button\" class=\"who{}\" aria-label=\"{}: {facts}\" data-who=\"{}\" data-facts=\"{facts}\" \
             aria-description=\"{}\">{}</button>",
            if unsure { " unsure" } else { "" },
            escape(&who),
            escape(&who),
            escape(&one_line(&quote.evidence().to_string())),
            escape(&label(&speaker.map_or(UNKNOWN.to_owned(), |speaker| one_line(speaker.name())), LABEL)),
        )
    }
}

impl Mark<'_> {
    fn tag(&self) -> &'static str {
        if self.role == Role::Said { "q" } else { "span" }
    }
}

/// What the page calls a speaker.
fn id(speaker: Option<Entity<'_>>) -> String {
    speaker.map_or("none".to_owned(), |speaker| speaker.index().to_string())
}
