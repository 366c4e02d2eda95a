//! Reads many documents on all cores and writes who said what in them as JSON Lines, in the order of the input.
//!
//! ```sh
//! cargo run --release --example corpus -- texts.jsonl > quotes.jsonl
//! cargo run --release --example corpus -- articles/ > quotes.jsonl              # all .txt files of a folder
//! cargo run --release --example corpus -- --cast novels.jsonl > quotes.jsonl
//! ```
//!
//! A line is an object with the strings `id` and `text`; with `--cast` also `entities`, the people known to occur in it:
//! `{"id": "Emma Woodhouse", "aliases": ["Emma", "Miss Woodhouse"], "gender": "F"}`. Whatever else it has is not looked at.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::num::NonZeroU8;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::sync::mpsc::{self, Receiver};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use whosaid::Attributor;

#[path = "shared/cast.rs"]
mod cast;
mod shared;
use cast::Person;
use shared::Failure;

const HELP: &str = "\
Reads many documents on all cores and writes who said what in them as JSON Lines, in the order of the input.

Usage: corpus [OPTIONS] [INPUT]

  INPUT         lines of {\"id\": …, \"text\": …}, or a .txt file or a folder of them, with the name of the file
                as id; standard input without it or if it is `-`

Options:
  --cast        take each line's \"entities\" (\"id\", \"aliases\", \"gender\": F, M or U) as known people
  --threads N   read with N threads; without it with as many as there are cores
  --help        print this

A document that cannot be read is reported and left out, and the exit status is then 1.
";

/// How many documents are in memory for each thread: enough that none has to wait for a long one.
const WAITING: usize = 16;

/// One engine for all threads.
static ATTRIBUTOR: LazyLock<Attributor> = LazyLock::new(Attributor::new);

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let cast = args.contains("--cast");
        let threads = args.opt_value_from_str("--threads")?.map_or(0, |threads: NonZeroU8| threads.get().into());
        let input = shared::file(args)?.unwrap_or_else(|| "-".into());
        // For rayon 0 threads are as many as there are cores.
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;

        let progress = shared::progress(Some(&input));
        let mut status = ExitCode::SUCCESS;
        in_order(sources(input, cast)?, |Done { line, complaints, bytes }| {
            match line {
                Some(line) => out.write_all(&line)?,
                None => status = ExitCode::FAILURE,
            }
            for complaint in &complaints {
                progress.suspend(|| shared::complain(complaint));
            }
            progress.inc(bytes as u64);
            Ok(())
        })?;
        progress.finish_and_clear();
        Ok(status)
    })
}

/// A document that is still to be read.
enum Source {
    Line { number: usize, json: Vec<u8>, cast: bool },
    File(PathBuf),
}

/// The documents of a file of lines, or plain texts.
fn sources(input: OsString, cast: bool) -> Result<Box<dyn Iterator<Item = Result<Source, Failure>>>, Failure> {
    match shared::texts(&input)? {
        Some(_) if cast => Err(shared::about(&input, &"plain texts have no \"entities\" for --cast")),
        Some(files) => Ok(Box::new(files.into_iter().map(|file| Ok(Source::File(file))))),
        None => {
            let lines = shared::lines(input)?;
            Ok(Box::new(lines.map(move |line| line.map(|(number, json)| Source::Line { number, json, cast }))))
        }
    }
}

/// Reads the documents on all threads, and hands on what comes of them one by one, in the order of the input.
///
/// However large the corpus, only so many are in memory. A failure ends the program, and with it the threads.
fn in_order(
    sources: impl Iterator<Item = Result<Source, Failure>>,
    mut then: impl FnMut(Done) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut then = |next: Result<Receiver<Done>, Failure>| then(next?.recv()?);
    let mut waiting = VecDeque::new();
    let most = WAITING * rayon::current_num_threads();
    for source in sources {
        waiting.push_back(source.map(|source| {
            let (sender, receiver) = mpsc::channel();
            // Nobody receives it if the program is about to end.
            rayon::spawn(move || sender.send(source.read()).unwrap_or_default());
            receiver
        }));
        if waiting.len() == most {
            waiting.pop_front().map_or(Ok(()), &mut then)?;
        }
    }
    waiting.into_iter().try_for_each(then)
}

/// What came of a document.
struct Done {
    /// Its line of the output, if it could be read.
    line: Option<Vec<u8>>,
    complaints: Vec<String>,
    bytes: usize,
}

impl Source {
    fn read(self) -> Done {
        let mut complaints = Vec::new();
        let (line, bytes) = match self {
            Source::Line { number, json, cast } => {
                let mut complain = |message: &str| complaints.push(format!("line {number}: {message}"));
                let line = read_line(&json, cast, &mut complain).map_err(|message| complain(&message));
                (line.ok(), json.len())
            }
            Source::File(file) => match shared::read(file.as_os_str()) {
                Ok(text) => {
                    let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    let line = write(id, &text, &ATTRIBUTOR);
                    (line.map_err(|message| complaints.push(format!("{}: {message}", file.display()))).ok(), text.len())
                }
                Err(failure) => {
                    complaints.push(failure.to_string());
                    (None, 0)
                }
            },
        };
        Done { line, complaints, bytes }
    }
}

/// A line of the input.
#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

/// The same line as `--cast` sees it.
#[derive(Deserialize)]
struct Cast {
    #[serde(default)]
    entities: Vec<Person>,
}

/// A line of the output.
#[derive(Serialize)]
struct Output {
    id: String,
    #[serde(flatten)]
    document: Map<String, Value>,
}

/// Turns a line of the input into one of the output, or says what is wrong with it.
fn read_line(line: &[u8], cast: bool, warn: &mut impl FnMut(&str)) -> Result<Vec<u8>, String> {
    let Input { id, text } = parse(line)?;
    if !cast {
        return write(id, &text, &ATTRIBUTOR);
    }
    let Cast { entities } = parse(line)?;
    let attributor = Attributor::builder().cast(cast::members(&entities, warn)).build();
    write(id, &text, &attributor.map_err(|error| error.to_string())?)
}

fn write(id: String, text: &str, attributor: &Attributor) -> Result<Vec<u8>, String> {
    let document = attributor.attribute(text).map_err(|error| error.to_string())?;
    // By way of its text, in which a confidence of 0.9 is "0.9" and not what is next to it in 64 bits.
    let json = serde_json::to_vec(&document).map_err(|error| error.to_string())?;
    let mut document: Map<String, Value> = parse(&json)?;
    document.remove("text");
    let mut line = serde_json::to_vec(&Output { id, document }).map_err(|error| error.to_string())?;
    line.push(b'\n');
    Ok(line)
}

fn parse<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| shared::wrong_line(&error))
}
