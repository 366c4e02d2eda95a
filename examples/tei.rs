//! A text as TEI P5: its people in the header, and every quotation as an element that tells who says it and to whom.
//!
//! ```sh
//! cargo run --release --example tei                                              # a scene that is built in
//! cargo run --release --example tei -- --title "The Ferry" chapter.txt > chapter.xml
//! ```

mod shared;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Write};
use std::process::ExitCode;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use whosaid::{Document, Entity, Gender, Number, Quote, QuoteKind, Span};

const HELP: &str = "\
A text as TEI P5: its people in the header, and every quotation as an element that tells who says it and to whom.

Usage: tei [OPTIONS] [FILE]

  FILE             a text in UTF-8, `-` for standard input; without it a scene that is built in

Options:
  --title TITLE    title of the text for the header
  --help           print this

What is said is `said`: direct=\"true\" in quotation marks, direct=\"false\" if it is reported in other words (some of
which may stand in marks). `cert` is how sure the speaker is. Words in marks that nobody says are `q`.
";

/// Cues of what is said in writing.
const WRITTEN: [&str; 6] = ["tweeted", "tweets", "write", "writes", "written", "wrote"];

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let title: Option<String> = args.opt_value_from_str("--title")?;
        let text = shared::text(args, shared::SCENE)?;
        let document = Document::new(&text)?;
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n")?;
        header(&document, title.as_deref().unwrap_or("Untitled"), out)?;
        out.write_all(b"\n<text xml:lang=\"en\">\n<body>\n")?;
        body(&document, out)?;
        Ok(out.write_all(b"</body>\n</text>\n</TEI>\n")?)
    })
}

fn header(document: &Document<'_>, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut people: Vec<Entity<'_>> =
        document.quotes().flat_map(|quote| [quote.speaker(), quote.addressee()]).flatten().collect();
    people.sort_by_key(|entity| entity.index());
    people.dedup();
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.create_element("teiHeader").write_inner_content(|xml| {
        xml.create_element("fileDesc").write_inner_content(|xml| {
            xml.create_element("titleStmt").write_inner_content(|xml| element(xml, "title", title))?;
            let publication = "Not published; made from a plain text.";
            xml.create_element("publicationStmt").write_inner_content(|xml| element(xml, "p", publication))?;
            let source = "A plain text; a program found the quotations and who says them.";
            xml.create_element("sourceDesc").write_inner_content(|xml| element(xml, "p", source))?;
            Ok(())
        })?;
        xml.create_element("encodingDesc").write_inner_content(|xml| {
            xml.create_element("appInfo").write_inner_content(|xml| {
                let application = [("ident", env!("CARGO_PKG_NAME")), ("version", env!("CARGO_PKG_VERSION"))];
                let xml = xml.create_element("application").with_attributes(application);
                xml.write_inner_content(|xml| element(xml, "label", env!("CARGO_PKG_NAME")))?;
                Ok(())
            })?;
            Ok(())
        })?;
        if people.is_empty() {
            return Ok(());
        }
        xml.create_element("profileDesc").write_inner_content(|xml| {
            xml.create_element("particDesc").write_inner_content(|xml| {
                xml.create_element("listPerson")
                    .write_inner_content(|xml| people.iter().try_for_each(|&entity| person(xml, entity)))?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

type Xml<'o> = Writer<&'o mut dyn Write>;

fn element(xml: &mut Xml<'_>, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::from_escaped(shared::escape(text)))?;
    Ok(())
}

fn person(xml: &mut Xml<'_>, entity: Entity<'_>) -> io::Result<()> {
    let id = person_id(entity);
    let sex = match entity.gender() {
        Gender::Female => "F",
        Gender::Male => "M",
        _ => "U",
    };
    let one = entity.number() == Number::Singular;
    let mut person = xml.create_element(if one { "person" } else { "personGrp" });
    person = person.with_attributes([("xml:id", &*id), ("sex", sex)]);
    if entity.is_narrator() {
        person = person.with_attribute(("role", "narrator"));
    }
    let name = shared::one_line(entity.name());
    let names = entity.names();
    person.write_inner_content(|xml| {
        if names.is_empty() {
            return element(xml, "note", &name);
        }
        element(xml, "persName", &name)?;
        names.iter().filter(|other| **other != name).try_for_each(|other| element(xml, "persName", other))
    })?;
    Ok(())
}

fn person_id(entity: Entity<'_>) -> String {
    format!("person-{}", entity.index() + 1)
}

/// A stretch of a quotation that can be an element: in one paragraph, and inside or outside any other, never across.
struct Piece<'d> {
    span: Span,
    quote: Quote<'d>,
    /// Its place among the pieces of its quotation, from 0.
    number: usize,
}

/// The paragraphs, with what stands around them and is in no token: `_`, which stands for italics.
fn paragraphs(document: &Document<'_>) -> Vec<Span> {
    let text = document.text();
    let mut done = 0;
    let mut paragraphs = Vec::new();
    let ends = document.paragraphs().skip(1).map(|next| next.span().start() as usize).chain([text.len()]);
    for (paragraph, limit) in document.paragraphs().zip(ends) {
        let start = text.len() - text[done..].trim_start().len();
        let end = paragraph.span().end() as usize;
        done = text[end..limit].find(char::is_whitespace).map_or(limit, |space| end + space);
        paragraphs.push(Span::new(start as u32, done as u32));
    }
    let rest = text.len() - text[done..].trim_start().len();
    if rest < text.len() || paragraphs.is_empty() {
        paragraphs.push(Span::new(rest as u32, text.len() as u32));
    }
    paragraphs
}

/// All pieces of all quotations, in text order, outer ones before those inside them; and how many each quotation has.
fn pieces<'d>(document: &'d Document<'d>, paragraphs: &[Span]) -> (Vec<Piece<'d>>, Vec<usize>) {
    let mut waiting = BinaryHeap::new();
    for quote in document.quotes() {
        for part in quote.parts() {
            let first = paragraphs.partition_point(|paragraph| paragraph.end() <= part.start());
            for paragraph in paragraphs[first..].iter().take_while(|paragraph| paragraph.start() < part.end()) {
                let (start, end) = (part.start().max(paragraph.start()), part.end().min(paragraph.end()));
                waiting.push(Reverse((start, Reverse(end), quote.index())));
            }
        }
    }
    let mut pieces: Vec<Piece<'d>> = Vec::with_capacity(waiting.len());
    let mut counts = vec![0; document.quotes().len()];
    let mut open: Vec<u32> = Vec::new();
    while let Some(Reverse((start, Reverse(mut end), index))) = waiting.pop() {
        while open.pop_if(|outer| *outer <= start).is_some() {}
        // What reaches beyond the quotation around it goes on after it.
        if let Some(&outer) = open.last().filter(|&&outer| outer < end) {
            waiting.push(Reverse((outer, Reverse(end), index)));
            end = outer;
        }
        open.push(end);
        let quote = document.quote(index).expect("the index is that of a quotation");
        pieces.push(Piece { span: Span::new(start, end), quote, number: counts[index] });
        counts[index] += 1;
    }
    (pieces, counts)
}

fn body(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new(out);
    let paragraphs = paragraphs(document);
    let (pieces, counts) = pieces(document, &paragraphs);
    let mut pieces = pieces.iter().peekable();
    for paragraph in paragraphs {
        let end = paragraph.end();
        let mut done = paragraph.start();
        let mut open: Vec<&Piece<'_>> = Vec::new();
        let mut write_until = |xml: &mut Writer<_>, offset| {
            let text = shared::escape(&document.text()[Span::new(done, offset)]);
            done = offset;
            xml.write_event(Event::Text(BytesText::from_escaped(text)))
        };
        xml.write_event(Event::Start(BytesStart::new("p")))?;
        loop {
            let next = pieces.next_if(|piece| piece.span.start() < end);
            let until = next.map_or(end, |piece| piece.span.start());
            while let Some(piece) = open.pop_if(|piece| piece.span.end() <= until) {
                write_until(&mut xml, piece.span.end())?;
                xml.write_event(Event::End(BytesEnd::new(name(piece.quote))))?;
            }
            write_until(&mut xml, until)?;
            let Some(piece) = next else { break };
            xml.write_event(Event::Start(start_tag(piece, counts[piece.quote.index()])))?;
            open.push(piece);
        }
        xml.write_event(Event::End(BytesEnd::new("p")))?;
        xml.get_mut().write_all(b"\n")?;
    }
    Ok(())
}

fn name(quote: Quote<'_>) -> &'static str {
    if quote.kind() == QuoteKind::None { "q" } else { "said" }
}

/// The start tag of a piece of a quotation that has `count` of them, which point at each other.
fn start_tag(piece: &Piece<'_>, count: usize) -> BytesStart<'static> {
    let quote = piece.quote;
    let id = |number| match number {
        0 => format!("quote-{}", quote.index() + 1),
        _ => format!("quote-{}.{}", quote.index() + 1, number + 1),
    };
    let mut tag = BytesStart::new(name(quote));
    let mut attribute = |name: &str, value: &str| tag.push_attribute((name, value));
    attribute("xml:id", &id(piece.number));
    if piece.number > 0 {
        attribute("prev", &format!("#{}", id(piece.number - 1)));
    }
    if piece.number + 1 < count {
        attribute("next", &format!("#{}", id(piece.number + 1)));
    }
    if quote.kind() == QuoteKind::None {
        return tag;
    }
    if let Some(speaker) = quote.speaker() {
        attribute("who", &format!("#{}", person_id(speaker)));
        attribute("cert", &format!("{:.2}", quote.confidence()));
    }
    if let Some(addressee) = quote.addressee() {
        attribute("toWhom", &format!("#{}", person_id(addressee)));
    }
    attribute("direct", if quote.kind() == QuoteKind::Direct { "true" } else { "false" });
    let aloud = quote.cue().map_or("unknown", |cue| {
        let written = cue.text().split_whitespace().any(|word| WRITTEN.contains(&&*word.to_lowercase()));
        if cue.is_speech() && !written { "true" } else { "false" }
    });
    attribute("aloud", aloud);
    tag
}
