//! The script of an audiobook: every stretch of a book, with the voice that reads it.
//!
//! ```sh
//! cargo run --release --example audiobook                                        # a scene that is built in
//! cargo run --release --example audiobook -- --cast-out cast.json book.epub      # who speaks, to be corrected by hand
//! cargo run --release --example audiobook -- --cast cast.json book.epub > book.jsonl
//! cargo run --release --example audiobook -- --cast cast.json --speak minute.wav book.epub
//! ```

mod shared;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use pico_args::Arguments;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use rbook::Epub;
use rbook::epub::reader::LinearBehavior;
use serde::{Deserialize, Serialize};
use shared::Failure;
use whosaid::{Attributor, Document, Entity, Gender, Member, MentionKind, Quote, QuoteKind, Span};

const HELP: &str = "\
The script of an audiobook: every stretch of a book, with the voice that reads it. The stretches joined are the book.

Usage: audiobook [OPTIONS] [FILE]

  FILE               an EPUB (.epub) or a text in UTF-8, `-` for standard input; without it a scene that is built in

Options:
  --cast-out FILE    write the cast (JSON) and no script: correct names, aliases, gender and voices by hand
  --cast FILE        read such a cast
  --format FORMAT    `jsonl`, one stretch a line (default), or `ssml`
  --speak FILE.wav   let espeak-ng speak about a minute, from where somebody first speaks, and write no script
  --help             print this

A voice is `female-2`, that is the second voice of that gender (male, female, neutral) which the synthesiser has, or any
name that it knows.
";

/// Characters that are read aloud in about a minute.
const MINUTE: usize = 900;

fn main() -> ExitCode {
    shared::run(HELP, audiobook)
}

fn audiobook(mut args: Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let cast_out = shared::option(&mut args, "--cast-out")?;
    let known = shared::option(&mut args, "--cast")?;
    let speak = shared::option(&mut args, "--speak")?;
    let format = args.opt_value_from_str("--format")?.unwrap_or_else(|| "jsonl".to_owned());
    let write: fn(&[Line<'_>], &mut dyn Write) -> io::Result<()> = match format.as_str() {
        "jsonl" => jsonl,
        "ssml" => ssml,
        _ => return Err(format!("unknown format {format:?}; --help tells how to call").into()),
    };
    let mut book = Book::read(shared::file(args)?.as_deref())?;
    let mut cast = known.as_deref().map_or_else(|| Ok(Cast::default()), Cast::read)?;
    let wrong_cast = |error| shared::about(known.as_deref().unwrap_or_default(), &error);
    let attributor = Attributor::builder().cast(cast.members()).build().map_err(wrong_cast)?;
    let document = attributor.attribute(&book.text)?;
    if book.chapters.is_empty() {
        book.chapters = headings(&document);
    }
    let roles = cast.extend(&document);
    if let Some(file) = cast_out {
        let json = serde_json::to_string_pretty(&cast)? + "\n";
        return fs::write(&file, json).map_err(|error| shared::about(&file, &error));
    }
    let script = script(&document, &book.chapters, &cast, &roles);
    match speak {
        Some(file) => say(&script, &file),
        None => Ok(write(&script, out)?),
    }
}

/// A text, and where its chapters begin.
struct Book {
    text: String,
    chapters: Vec<u32>,
}

impl Book {
    fn read(file: Option<&OsStr>) -> Result<Book, Failure> {
        match file {
            None => Ok(Book { text: shared::SCENE.to_owned(), chapters: Vec::new() }),
            Some(file)
                if Path::new(file).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("epub")) =>
            {
                Book::from_epub(file)
            }
            Some(file) => Ok(Book { text: shared::read(file)?, chapters: Vec::new() }),
        }
    }

    /// Each page of the book that has text is a chapter, but for its table of contents.
    fn from_epub(file: &OsStr) -> Result<Book, Failure> {
        let mut book = Book { text: String::new(), chapters: Vec::new() };
        // What opening it would tell, in plainer words.
        fs::metadata(file).map_err(|error| shared::about(file, &error))?;
        let unreadable = |error| shared::about(file, &format_args!("not a readable EPUB: {}", root(&error)));
        let epub = Epub::open(file).map_err(unreadable)?;
        for page in epub.reader_builder().linear_behavior(LinearBehavior::LinearOnly).create() {
            let page = page.map_err(|error| unreadable(error.into()))?;
            let entry = page.manifest_entry();
            if entry.properties().has_property("nav") {
                continue;
            }
            let text = plain(page.content())
                .map_err(|error| shared::about(file, &format_args!("{}: {error}", entry.href().as_str())))?;
            if !text.is_empty() {
                book.chapters.push(book.text.len() as u32);
                book.text += &text;
            }
        }
        if book.text.is_empty() { Err(shared::about(file, &"no text in it")) } else { Ok(book) }
    }
}

/// What is at the bottom of an error, which tells more than what was made of it.
fn root(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}

/// The text of a page of XHTML, with a blank line after each paragraph.
fn plain(xhtml: &str) -> Result<String, quick_xml::Error> {
    let (mut text, mut line) = (String::new(), String::new());
    let mut reader = Reader::from_str(xhtml);
    loop {
        let event = reader.read_event()?;
        let end_of_line = match &event {
            Event::Start(tag) if matches!(tag.local_name().as_ref(), "head" | "script" | "style" | "svg") => {
                reader.read_to_end(tag.name())?;
                None
            }
            Event::Start(tag) | Event::Empty(tag) => line_end(tag.local_name().as_ref()),
            Event::End(tag) => line_end(tag.local_name().as_ref()),
            Event::Eof => Some("\n\n"),
            _ => None,
        };
        if let Some(end) = end_of_line {
            let words: Vec<&str> = line.split_whitespace().collect();
            text += &words.join(" ");
            line.clear();
            if end == "\n\n" {
                text.truncate(text.trim_end().len());
            }
            if !text.is_empty() {
                text += end;
            }
        }
        match event {
            Event::Text(piece) => line += &piece.html_content(),
            Event::CData(piece) => line += &piece.html_content(),
            Event::GeneralRef(name) => match name.resolve_char_ref()? {
                Some(character) => line.push(character),
                None => line += resolve_html5_entity(&name).unwrap_or("\u{fffd}"),
            },
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// What ends where an element of XHTML begins or ends: a line, a paragraph, or nothing.
fn line_end(tag: &str) -> Option<&'static str> {
    match tag {
        "br" => Some("\n"),
        "article" | "blockquote" | "body" | "dd" | "div" | "dt" | "figcaption" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "li" | "p" | "pre" | "section" | "td" | "th" => Some("\n\n"),
        _ => None,
    }
}

/// Where the chapters of a plain text begin: at its headings, or else at its start.
fn headings(document: &Document<'_>) -> Vec<u32> {
    let headings = document.paragraphs().filter(|&paragraph| shared::is_heading(paragraph));
    let mut chapters: Vec<u32> = headings.map(|paragraph| paragraph.span().start()).collect();
    if chapters.is_empty() {
        chapters.push(0);
    }
    chapters
}

/// Who speaks, and with what voice.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Cast {
    /// The voice for all that nobody else reads.
    narrator: String,
    characters: Vec<Character>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Character {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    gender: Gender,
    voice: String,
    /// How many direct quotations were found; for the reader, who sees which voices matter.
    #[serde(default)]
    quotations: usize,
}

impl Default for Cast {
    fn default() -> Cast {
        Cast { narrator: "neutral-1".to_owned(), characters: Vec::new() }
    }
}

impl Cast {
    fn read(file: &OsStr) -> Result<Cast, Failure> {
        serde_json::from_str(&shared::read(file)?).map_err(|error| shared::about(file, &error))
    }

    fn members(&self) -> Vec<Member> {
        let member = |character: &Character| {
            let member = Member::new(&character.name).gender(character.gender);
            character.aliases.iter().fold(member, Member::alias)
        };
        self.characters.iter().map(member).collect()
    }

    /// Adds whoever else speaks in the document; gives the character that each entity is. The narrator reads all others.
    ///
    /// No name stands twice, so that the cast can be read back: people whom the book calls the same share a voice.
    fn extend(&mut self, document: &Document<'_>) -> HashMap<usize, usize> {
        let mut owners = HashMap::new();
        for (role, character) in self.characters.iter_mut().enumerate() {
            owners.extend(character.aliases.iter().chain([&character.name]).map(|name| (shared::fold(name), role)));
            character.quotations = 0;
        }
        let mut roles = HashMap::new();
        let mut added = Vec::new();
        for speaker in document.speakers() {
            let quotations = speaker.quotes().filter(|quote| quote.kind() == QuoteKind::Direct).count();
            let nameless = speaker.mentions().all(|mention| mention.kind() == MentionKind::Pronoun);
            if quotations == 0 || speaker.cast().is_none() && (nameless || speaker.is_narrator()) {
                continue;
            }
            let name = shared::one_line(speaker.cast().unwrap_or(speaker.name()));
            let role = *owners.entry(shared::fold(&name)).or_insert(self.characters.len());
            if role == self.characters.len() {
                added.push((role, speaker));
                self.characters.push(Character::new(name, speaker.gender(), role + 2));
            }
            self.characters[role].quotations += quotations;
            roles.insert(speaker.index(), role);
        }
        for (role, speaker) in added {
            for alias in speaker.names() {
                if let Entry::Vacant(free) = owners.entry(shared::fold(&alias)) {
                    free.insert(role);
                    self.characters[role].aliases.push(alias.into_owned());
                }
            }
        }
        roles
    }
}

impl Character {
    fn new(name: String, gender: Gender, number: usize) -> Character {
        let kind = match gender {
            Gender::Female => "female",
            Gender::Male => "male",
            _ => "neutral",
        };
        Character { name, aliases: Vec::new(), gender, voice: format!("{kind}-{number}"), quotations: 0 }
    }
}

/// A stretch in one voice.
#[derive(Serialize)]
struct Line<'b> {
    chapter: usize,
    speaker: Option<&'b str>,
    voice: &'b str,
    text: &'b str,
}

/// The segments of the document, cut where a chapter begins.
fn script<'b>(
    document: &'b Document<'b>,
    chapters: &[u32],
    cast: &'b Cast,
    roles: &HashMap<usize, usize>,
) -> Vec<Line<'b>> {
    let mut starts = chapters.iter().copied().peekable();
    let mut chapter = 0;
    let mut lines = Vec::new();
    for segment in document.segments() {
        let speaker = segment.quote().and_then(Quote::speaker);
        let character = speaker.and_then(|speaker| roles.get(&speaker.index())).map(|&role| &cast.characters[role]);
        let mut push = |chapter, start, end| {
            if start < end {
                lines.push(Line {
                    chapter,
                    speaker: character.map(|character| &*character.name).or(speaker.map(Entity::name)),
                    voice: character.map_or(&cast.narrator, |character| &character.voice),
                    text: &document.text()[Span::new(start, end)],
                });
            }
        };
        let mut start = segment.span().start();
        while let Some(next) = starts.next_if(|&next| next < segment.span().end()) {
            push(chapter, start, next);
            start = next;
            chapter += 1;
        }
        push(chapter, start, segment.span().end());
    }
    lines
}

/// The chapters of a script one after the other; progress is told on standard error.
fn by_chapter<'s, 'b>(script: &'s [Line<'b>]) -> impl Iterator<Item = &'s [Line<'b>]> {
    let last = script.last().map_or(0, |line| line.chapter);
    script.chunk_by(|a, b| a.chapter == b.chapter).inspect(move |lines| {
        let voices: HashSet<&str> = lines.iter().map(|line| line.voice).collect();
        let heading = lines.iter().flat_map(|line| line.text.lines()).find(|line| !line.trim().is_empty());
        let heading = shared::label(&shared::one_line(heading.unwrap_or_default()), 40);
        let (chapter, stretches, voices) = (lines[0].chapter, lines.len(), voices.len());
        eprintln!("chapter {chapter} of {last}, “{heading}”: stretches: {stretches}, voices: {voices}");
    })
}

/// Writes the script as JSON Lines.
fn jsonl(script: &[Line<'_>], out: &mut dyn Write) -> io::Result<()> {
    for line in by_chapter(script).flatten() {
        serde_json::to_writer(&mut *out, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the script as the Speech Synthesis Markup Language: the text of the book is that of the elements `voice`.
fn ssml(script: &[Line<'_>], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    let speak = [("version", "1.1"), ("xmlns", "http://www.w3.org/2001/10/synthesis"), ("xml:lang", "en")];
    let mut xml = Writer::new(&mut *out);
    xml.create_element("speak").with_attributes(speak).write_inner_content(|xml| {
        xml.get_mut().write_all(b"\n")?;
        for lines in by_chapter(script) {
            let chapter = format!("chapter-{}", lines[0].chapter);
            xml.create_element("mark").with_attribute(("name", &*chapter)).write_empty()?;
            xml.get_mut().write_all(b"\n")?;
            for line in lines {
                let mut voice = BytesStart::new("voice");
                match line.voice.split_once('-') {
                    Some((gender @ ("female" | "male" | "neutral"), number)) => {
                        voice.extend_attributes([("gender", gender), ("variant", number)]);
                    }
                    _ => voice.push_attribute(("name", line.voice)),
                }
                xml.write_event(Event::Start(voice.borrow()))?;
                xml.write_event(Event::Text(BytesText::from_escaped(shared::escape(line.text))))?;
                xml.write_event(Event::End(voice.to_end()))?;
                xml.get_mut().write_all(b"\n")?;
            }
        }
        Ok(())
    })?;
    out.write_all(b"\n")
}

/// Has espeak-ng speak about a minute of the script.
fn say(script: &[Line<'_>], file: &OsStr) -> Result<(), Failure> {
    let first = script.iter().position(|line| line.speaker.is_some()).unwrap_or_default();
    let mut characters = 0;
    let minute = script[first..].iter().take_while(|line| {
        let room = characters < MINUTE;
        characters += line.text.len();
        room
    });
    fs::write(file, "").map_err(|error| shared::about(file, &error))?;
    let mut markup = Vec::new();
    ssml(&script[first..first + minute.count()], &mut markup)?;
    let mut espeak = Command::new("espeak-ng");
    espeak.args(["-m", "--stdin", "-w"]).arg(file).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = espeak.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => "espeak-ng is not installed, and nothing else can speak here".to_owned(),
        _ => format!("espeak-ng: {error}"),
    })?;
    let fed = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(&markup));
    let status = child.wait().and_then(|status| fed.map(|()| status)).map_err(|error| format!("espeak-ng: {error}"))?;
    if !status.success() {
        return Err(format!("espeak-ng: {status}").into());
    }
    // It does not fail if it cannot write.
    let written = fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0);
    if written { Ok(()) } else { Err(shared::about(file, &"espeak-ng could not write to it")) }
}
