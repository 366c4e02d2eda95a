//! Reads documents as JSON Lines and writes who said what in them as JSON Lines, in the same order.
//!
//! ```sh
//! cargo run --release --example corpus -- texts.jsonl > quotes.jsonl
//! cargo run --release --example corpus -- --cast novels.jsonl > quotes.jsonl
//! ```
//!
//! A line is an object with the strings `id` and `text`; with `--cast` also `entities`, the people known to occur in it:
//! `{"id": "Emma Woodhouse", "aliases": ["Emma", "Miss Woodhouse"], "gender": "F"}`. Whatever else it has is not looked at.

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use whosaid::{Attributor, Gender, Member};

mod shared;
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

#[derive(Deserialize)]
struct Person {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    gender: Letter,
}

#[derive(Default, Deserialize)]
enum Letter {
    F,
    M,
    #[default]
    U,
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
        with_cast = Attributor::builder().cast(members(&entities, warn)).build().map_err(|error| error.to_string())?;
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

/// The people of a line as a cast. An alias that two of them share says nothing and is left out; an id stays with its owner.
fn members(people: &[Person], warn: &mut impl FnMut(&str)) -> Vec<Member> {
    let mut owners: HashMap<String, Option<usize>> = HashMap::new();
    for (number, person) in people.iter().enumerate() {
        for alias in &person.aliases {
            let owner = owners.entry(shared::fold(alias)).or_insert(Some(number));
            *owner = owner.filter(|&owner| owner == number);
        }
    }
    // Of two with one id the first keeps it.
    owners.extend(people.iter().enumerate().rev().map(|(number, person)| (shared::fold(&person.id), Some(number))));

    let mut cast = Vec::with_capacity(people.len());
    for (number, Person { id, aliases, gender }) in people.iter().enumerate() {
        let owned = |name: &str| owners[&shared::fold(name)] == Some(number);
        if !owned(id) {
            warn(&format!("{id:?} is left out of the cast: another has the same id"));
            continue;
        }
        let mut member = Member::new(id).gender(match gender {
            Letter::F => Gender::Female,
            Letter::M => Gender::Male,
            Letter::U => Gender::Unknown,
        });
        for alias in aliases {
            if owned(alias) {
                member = member.alias(alias);
            } else {
                warn(&format!("alias {alias:?} of {id:?} is left out: another has it too"));
            }
        }
        cast.push(member);
    }
    cast
}
