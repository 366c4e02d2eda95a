//! What the examples have in common: how they are called, where their text comes from, and how they end.
#![allow(dead_code, reason = "no example needs all of it")]

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Termination};

use indicatif::{ProgressBar, ProgressStyle};
use pico_args::Arguments;
use whosaid::{Entity, Paragraph, QuoteKind};

/// A news article.
pub(crate) const ARTICLE: &str = include_str!("../data/article.txt");
/// A scene with several speakers.
pub(crate) const SCENE: &str = include_str!("../data/scene.txt");
/// A memory told in the first person, in single quotation marks.
pub(crate) const MEMOIR: &str = include_str!("../data/memoir.txt");

/// The kinds of what somebody says.
pub(crate) const KINDS: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

/// What keeps an example from its work. An `io::Error` is one of standard output; of a file it is a text with its name.
pub(crate) type Failure = Box<dyn Error>;

/// Runs an example with the arguments of the program and a buffered standard output.
///
/// A failure is told in one line on standard error, and the exit status is 2.
pub(crate) fn run<T: Termination>(
    help: &str,
    example: impl FnOnce(Arguments, &mut dyn Write) -> Result<T, Failure>,
) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut args = Arguments::from_env();
    let status = || {
        let status = if args.contains(["-h", "--help"]) {
            out.write_all(help.as_bytes())?;
            ExitCode::SUCCESS
        } else {
            example(args, &mut out)?.report()
        };
        out.flush()?;
        Ok::<_, Failure>(status)
    };
    let failure = match status() {
        Ok(status) => return status,
        Err(failure) => failure,
    };
    let message = match failure.downcast_ref::<io::Error>() {
        // Whoever reads the output, `head` or a pager, has seen enough.
        Some(error) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Some(error) => format!("standard output: {error}"),
        None if failure.is::<pico_args::Error>() => format!("{failure}; --help tells how to call"),
        None => failure.to_string(),
    };
    complain(&message);
    ExitCode::from(2)
}

/// Tells in one line on standard error what is wrong.
pub(crate) fn complain(message: &str) {
    eprintln!("{}: {}", env!("CARGO_BIN_NAME"), one_line(message));
}

/// The file that is named on the command line, when all options have been taken from it.
pub(crate) fn file(args: Arguments) -> Result<Option<OsString>, Failure> {
    let mut rest = args.finish();
    if let Some(option) = rest.iter().find(|arg| *arg != "-" && arg.as_encoded_bytes().starts_with(b"-")) {
        return Err(format!("unknown option \"{}\"; --help tells how to call", option.display()).into());
    }
    let file = rest.pop();
    if rest.is_empty() { Ok(file) } else { Err("more than one file; --help tells how to call".into()) }
}

/// The file that is named after an option.
pub(crate) fn option(args: &mut Arguments, name: &'static str) -> Result<Option<OsString>, Failure> {
    Ok(args.opt_value_from_os_str(name, |file| Ok::<_, Failure>(file.to_owned()))?)
}

/// What is wrong with a line of JSON: for `serde_json` every line is the first.
pub(crate) fn wrong_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// What is wrong with a file.
pub(crate) fn about(file: &OsStr, problem: &dyn fmt::Display) -> Failure {
    format!("{}: {problem}", title(file)).into()
}

/// The text of the file that is named on the command line; `bundled` if none is.
pub(crate) fn text(args: Arguments, bundled: &str) -> Result<String, Failure> {
    file(args)?.map_or(Ok(bundled.to_owned()), |file| read(&file))
}

/// The text of a file, or of standard input for `-`.
pub(crate) fn read(file: &OsStr) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes).map_err(|error| format!("{}: {error}", title(file)))?;
    String::from_utf8(bytes)
        .map_err(|error| format!("{}: not UTF-8 from byte {} on", title(file), error.utf8_error().valid_up_to()).into())
}

/// A file, or standard input for `-`.
pub(crate) fn open(file: &OsStr) -> Result<Box<dyn BufRead>, Failure> {
    if file == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(file) {
        Ok(opened) => Ok(Box::new(BufReader::new(opened))),
        Err(error) => Err(format!("{}: {error}", title(file)).into()),
    }
}

/// The lines of a file with their numbers from 1, without the blank ones.
pub(crate) fn lines(file: OsString) -> Result<impl Iterator<Item = Result<(usize, Vec<u8>), Failure>>, Failure> {
    let lines = (1..).zip(open(&file)?.split(b'\n'));
    Ok(lines.filter_map(move |(number, line)| match line {
        Ok(line) if line.trim_ascii().is_empty() => None,
        Ok(line) => Some(Ok((number, line))),
        Err(error) => Some(Err(format!("{}: {error}", title(&file)).into())),
    }))
}

/// The `.txt` files of a folder, by name, or the one file that is named; none if it is a file of another sort.
pub(crate) fn texts(input: &OsStr) -> Result<Option<Vec<PathBuf>>, Failure> {
    let failure = |error: io::Error| about(input, &error);
    let is_text = |file: &Path| file.extension().is_some_and(|extension| extension == "txt");
    let path = Path::new(input);
    if is_text(path) && path.metadata().map_err(failure)?.is_file() {
        return Ok(Some(vec![path.to_owned()]));
    }
    if !path.is_dir() {
        return Ok(None);
    }
    let entries = fs::read_dir(path).map_err(failure)?;
    let mut files = entries.map(|entry| Ok(entry.map_err(failure)?.path())).collect::<Result<Vec<_>, Failure>>()?;
    files.retain(|file| is_text(file));
    files.sort();
    if files.is_empty() { Err(about(input, &"no .txt file in this folder")) } else { Ok(Some(files)) }
}

/// What a file is called in a message.
fn title(file: &OsStr) -> String {
    if file == "-" { "standard input".to_owned() } else { file.to_string_lossy().into_owned() }
}

/// Whether standard output is a terminal that may show colours.
pub(crate) fn colours() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether a paragraph is the heading of a chapter, like “CHAPTER IV. The Ferry”.
pub(crate) fn is_heading(paragraph: Paragraph<'_>) -> bool {
    let mut words = paragraph.text().split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("chapter"))
        && words.next().is_none_or(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
        && paragraph.span().len() < 80
}

/// What somebody is called.
pub(crate) fn name(entity: Entity<'_>) -> String {
    let narrator = if entity.is_narrator() { " (the narrator)" } else { "" };
    one_line(entity.name()) + narrator
}

/// `text` without line breaks, and without the control characters by which a text could move the cursor about.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(char::is_control, "\u{fffd}")
}

/// `text` for HTML and XML, as content or in an attribute; characters that XML forbids are replaced.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(character),
            // Parsers of XML make a line feed of a carriage return that stands by itself.
            '\r' => escaped.push_str("&#13;"),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A name as a cast compares it: two are the same but for case, full stops, the kind of apostrophe and “the” before them.
pub(crate) fn fold(name: &str) -> String {
    let words = name.split_whitespace().map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join(" ").to_lowercase().replace('’', "'");
    name.strip_prefix("the ").map_or(name.clone(), str::to_owned)
}

/// A name of no more than so many characters.
pub(crate) fn label(name: &str, characters: usize) -> String {
    shorten(name, characters, "…")
}

/// The words at the beginning of a text that fit into so many characters, and a mark where others are left out.
pub(crate) fn shorten(text: &str, characters: usize, omitted: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let words = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{words}{omitted}")
}

/// A field of a CSV table.
pub(crate) fn csv(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// A hue in degrees for somebody. Steps of the golden angle keep those of the first few far apart.
pub(crate) fn hue(rank: usize) -> usize {
    (250 + rank % 360 * 13751 / 100) % 360
}

/// The start of a picture: what it is, where it begins and how large it is, its styles and its ground.
pub(crate) fn start_svg(
    out: &mut dyn Write,
    title: &str,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) -> io::Result<()> {
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"{x:.0} {y:.0} {width:.0} {height:.0}\">\n\
         <title>{title}</title>\n\
         <style>\n{}</style>\n\
         <rect class=\"paper\" x=\"{x:.0}\" y=\"{y:.0}\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n",
        include_str!("../data/svg.css")
    )
}

/// Tells on a terminal how much of the input is done, in bytes.
pub(crate) fn progress(input: Option<&OsStr>) -> ProgressBar {
    // Where standard error is no terminal, nothing is shown.
    let (progress, template) = match input.and_then(size) {
        Some(bytes) => (ProgressBar::new(bytes), "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go"),
        None => (ProgressBar::no_length(), "{spinner} {bytes}, {bytes_per_sec}"),
    };
    progress.with_style(ProgressStyle::with_template(template).expect("the template is sound"))
}

/// The bytes of a file or of the texts of a folder; of a pipe nobody knows them.
fn size(input: &OsStr) -> Option<u64> {
    let files = texts(input).ok()?.unwrap_or_else(|| vec![input.into()]);
    let sizes = files.iter().map(|file| file.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len()));
    sizes.sum()
}
