//! Reads documents as JSON Lines and writes who said what in them as JSON Lines, in the same order.
//!
//! ```sh
//! cargo run --release --example corpus -- texts.jsonl > quotes.jsonl
//! cargo run --release --example corpus -- --cast novels.jsonl > quotes.jsonl
//! ```
//!
//! A line is an object with the strings `id` and `text`; with `--cast` also `entities`, the people known to occur in it:
//! `{"id": "Emma Woodhouse", "aliases": ["Emma", "Miss Woodhouse"], "gender": "F"}`. Whatever else it has is not looked at.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use whosaid::Attributor;

#[path = "shared/cast.rs"]
mod cast;
mod shared;
use cast::Person;
use shared::{Failure, Progress};

const HELP: &str = "\
Reads documents as JSON Lines and writes who said what in them as JSON Lines, in the same order.

Usage: corpus [OPTIONS] [FILE]

  FILE     lines of {\"id\": …, \"text\": …}; standard input without it or if it is `-`

Options:
  --cast   take each line's \"entities\" (\"id\", \"aliases\", \"gender\": F, M or U) as known people
  --help   print this

A line that cannot be read is reported and left out, and the exit status is then 1.
";

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

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let cast = args.contains("--cast");
        let file = shared::file(args)?.unwrap_or_else(|| "-".into());
        let all_read = run(shared::lines(file)?, out, cast)?;
        Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Gives whether all lines could be read.
fn run(
    input: impl Iterator<Item = Result<(usize, Vec<u8>), Failure>>,
    out: &mut dyn Write,
    cast: bool,
) -> Result<bool, Failure> {
    let default = Attributor::new();
    let mut progress = Progress::new();
    let mut all_read = true;
    for line in input {
        let (number, line) = line?;
        let mut complain = |message: &str| {
            progress.clear();
            shared::complain(&format!("line {number}: {message}"));
        };
        match read(&line, &default, cast, &mut complain) {
            Ok(output) => {
                serde_json::to_writer(&mut *out, &output).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Err(message) => {
                complain(&message);
                all_read = false;
            }
        }
        progress.add(line.len());
    }
    progress.clear();
    Ok(all_read)
}

/// Turns a line of the input into one of the output, or says what is wrong with it.
fn read(line: &[u8], default: &Attributor, cast: bool, warn: &mut impl FnMut(&str)) -> Result<Output, String> {
    let input: Input = parse(line)?;
    let with_cast;
    let attributor = if cast {
        let Cast { entities } = parse(line)?;
        with_cast =
            Attributor::builder().cast(cast::members(&entities, warn)).build().map_err(|error| error.to_string())?;
        &with_cast
    } else {
        default
    };
    let document = attributor.attribute(&input.text).map_err(|error| error.to_string())?;
    // By way of its text, in which a confidence of 0.9 is "0.9" and not what is next to it in 64 bits.
    let json = serde_json::to_vec(&document).map_err(|error| error.to_string())?;
    let mut document: Map<String, Value> = parse(&json)?;
    document.remove("text");
    Ok(Output { id: input.id, document })
}

fn parse<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, String> {
    // For serde_json every line is the first.
    serde_json::from_slice(line).map_err(|error| error.to_string().replace(" at line 1 column ", " at column "))
}
