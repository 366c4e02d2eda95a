//! Makes the learned tables in `src/model/` from annotated texts, with the same bytes each time.
//!
//! ```sh
//! cargo run --release --features internals --example train -- CORPORA [tagger|reports|speakers] [--check] [--cross-validate] [--fingerprint]
//! ```
//!
//! `CORPORA` is the folder with the train files (`polnear-train.jsonl` …) and, in `silver/`, their machine-made tags.
//! Name tables to make only those, in this order, since each builds on the ones before; build again in between. With
//! `--check` nothing is written and the compiled-in tagger is measured on the dev files; with `--cross-validate` nothing
//! is written and the speaker tables are measured on train novels that they have not seen. Each table made is noted in
//! `src/model/FINGERPRINT`, with a hash of its bytes and the settings that made it; with `--fingerprint` the tables are
//! noted as they are, and none is made.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;
use whosaid::internals::{
    Dialogues, GoldMention, GoldQuote, GoldReport, ReportTexts, TaggedText, TaggedTexts, TaggedToken, settings,
};
use whosaid::{Gender, Member};

/// What is known of each table; `tests/tables.rs` compares.
const FINGERPRINT: &str = "src/model/FINGERPRINT";

fn main() -> Result<(), Box<dyn Error>> {
    let (options, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let [folder, tables @ ..] = &words[..] else {
        return Err(
            "usage: train CORPORA [tagger|reports|speakers] [--check] [--cross-validate] [--fingerprint]".into()
        );
    };
    let folder = Path::new(folder);
    let option = |name: &str| options.iter().any(|option| option == name);
    let wanted = |name: &str| tables.is_empty() || tables.iter().any(|table| table == name);
    let mut out = io::stdout();
    if option("--check") {
        for corpus in ["polnear", "litbank", "pdnc"] {
            let mut texts = TaggedTexts::default();
            read_tags(folder, &format!("{corpus}-dev"), &mut texts)?;
            let (agreement, tokens) = texts.tagger_agreement();
            writeln!(out, "{corpus}-dev: {:.2} % of {tokens} tags agree", 100.0 * agreement)?;
        }
        return Ok(());
    }
    if option("--cross-validate") {
        // LitBank has openings of the same novels, which would then be on both sides.
        let dialogues = read_dialogues(folder, &["pdnc-train.jsonl"])?;
        writeln!(out, "{:<40} with cast   without", "turns decided rightly, per cent")?;
        let found = dialogues.cross_validate();
        for (name, with, without) in &found {
            writeln!(out, "{name:<40} {:>9.1} {:>9.1}", 100.0 * with, 100.0 * without)?;
        }
        let mean = |of: fn(&(String, f64, f64)) -> f64| 100.0 * found.iter().map(of).sum::<f64>() / found.len() as f64;
        writeln!(out, "{:<40} {:>9.1} {:>9.1}", "mean of novels", mean(|row| row.1), mean(|row| row.2))?;
        return Ok(());
    }
    if option("--fingerprint") {
        for (name, _) in settings() {
            note(name, &fs::read(format!("src/model/{name}"))?)?;
        }
        return Ok(());
    }
    let mut write = |name: &str, bytes: &[u8]| -> io::Result<()> {
        fs::write(format!("src/model/{name}"), bytes)?;
        note(name, bytes)?;
        writeln!(out, "src/model/{name}: {} bytes", bytes.len())
    };
    if wanted("tagger") {
        let mut texts = TaggedTexts::default();
        for corpus in ["polnear", "litbank", "pdnc"] {
            read_tags(folder, &format!("{corpus}-train"), &mut texts)?;
        }
        write("tagger.bin", &texts.train_tagger())?;
    }
    if wanted("reports") {
        let tables = read_reports(&folder.join("polnear-train.jsonl"))?.train();
        write("cues.bin", &tables.cues)?;
        write("sources.bin", &tables.sources)?;
        write("contents.bin", &tables.contents)?;
    }
    if wanted("speakers") {
        let tables = read_dialogues(folder, &["pdnc-train.jsonl", "litbank-train.jsonl"])?.train();
        write("speakers-first.bin", &tables.first)?;
        write("speakers-second.bin", &tables.second)?;
        write("speakers-transitions.bin", &tables.transitions)?;
    }
    Ok(())
}

/// Notes size, hash and settings of a table in the fingerprint, and leaves what is noted of the others.
fn note(name: &str, bytes: &[u8]) -> io::Result<()> {
    let before = fs::read_to_string(FINGERPRINT).unwrap_or_default();
    let mut rows = vec!["# Written by examples/train.rs: table, bytes, their FNV-1a hash, settings.".to_owned()];
    for (table, settings) in settings() {
        if table == name {
            // FNV-1a with 64 bits.
            let hash = bytes
                .iter()
                .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            rows.push(format!("{table}\t{}\t{hash:016x}\t{settings}", bytes.len()));
        } else {
            rows.extend(before.lines().find(|row| row.split('\t').next() == Some(table)).map(str::to_owned));
        }
    }
    fs::write(FINGERPRINT, rows.join("\n") + "\n")
}

/// The lines of a JSON Lines file.
fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Value, Box<dyn Error>>>, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}

fn text<'v>(value: &'v Value, field: &str) -> Result<&'v str, String> {
    value[field].as_str().ok_or_else(|| format!("no {field} in {:.80}", value.to_string()))
}

/// Adds the texts of one file with their tags.
fn read_tags(folder: &Path, name: &str, texts: &mut TaggedTexts) -> Result<(), Box<dyn Error>> {
    let mut by_id = HashMap::new();
    for document in lines(&folder.join(format!("{name}.jsonl")))? {
        let document = document?;
        by_id.insert(text(&document, "id")?.to_owned(), text(&document, "text")?.to_owned());
    }
    let tags = GzDecoder::new(File::open(folder.join(format!("silver/{name}.tsv.gz")))?);
    let mut current: Option<TaggedText> = None;
    for line in BufReader::new(tags).lines() {
        let line = line?;
        if let Some(id) = line.strip_prefix("# ") {
            texts.extend(current.take());
            let text = by_id.get(id).ok_or_else(|| format!("{name}: tags for the unknown document {id}"))?;
            current = Some(TaggedText::new(text));
        } else if !line.is_empty() {
            let mut fields = line.split('\t');
            let mut next = || fields.next().ok_or_else(|| format!("{name}: short line {line:?}"));
            let (start, end, tag) = (next()?.parse()?, next()?.parse()?, next()?);
            current.as_mut().ok_or("tags before the first document")?.push(TaggedToken { start, end, tag });
        }
    }
    texts.extend(current);
    Ok(())
}

/// Reads annotated news.
fn read_reports(path: &Path) -> Result<ReportTexts, Box<dyn Error>> {
    let spans = |value: &Value| -> Result<Vec<(u32, u32)>, serde_json::Error> {
        if value.is_null() { Ok(Vec::new()) } else { serde_json::from_value(value.clone()) }
    };
    let mut reports = ReportTexts::default();
    for document in lines(path)? {
        let document = document?;
        let mut gold = Vec::new();
        for quote in document["quotes"].as_array().into_iter().flatten() {
            let mut heads = spans(&quote["source_alt"])?;
            heads.extend(serde_json::from_value::<Option<(u32, u32)>>(quote["source_head"].clone())?);
            gold.push(GoldReport {
                content: spans(&quote["spans"])?,
                heads,
                sourced: !spans(&quote["source"])?.is_empty(),
                cue: spans(&quote["cue"])?,
            });
        }
        reports.push(text(&document, "text")?, gold, spans(&document["ignore"])?);
    }
    Ok(reports)
}

/// Reads annotated novels and openings of novels.
fn read_dialogues(folder: &Path, files: &[&str]) -> Result<Dialogues, Box<dyn Error>> {
    let mut dialogues = Dialogues::default();
    for corpus in files {
        for document in lines(&folder.join(corpus))? {
            let document = document?;
            let mut quotes = Vec::new();
            for quote in document["quotes"].as_array().into_iter().flatten() {
                let Some(speaker) = quote["speaker"].as_str() else { continue };
                let spans: Vec<(u32, u32)> = serde_json::from_value(quote["spans"].clone())?;
                quotes.push(GoldQuote { spans, speaker: speaker.to_owned() });
            }
            let mut mentions = Vec::new();
            for entity in document["entities"].as_array().into_iter().flatten() {
                for mention in entity["mentions"].as_array().into_iter().flatten() {
                    let (start, end, _): (u32, u32, String) = serde_json::from_value(mention.clone())?;
                    mentions.push(GoldMention { start, end, id: text(entity, "id")?.to_owned() });
                }
            }
            mentions.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
            let (id, body) = (text(&document, "id")?, text(&document, "text")?);
            dialogues.push(id, body, &members(&document)?, &quotes, &mentions);
        }
    }
    Ok(dialogues)
}

/// The annotated cast, without the aliases that several share.
fn members(document: &Value) -> Result<Vec<Member>, Box<dyn Error>> {
    // As a cast folds its names.
    let normal = |name: &str| {
        let name = name.replace('.', "").to_lowercase();
        name.trim().strip_prefix("the ").unwrap_or(name.trim()).to_owned()
    };
    let entities = document["entities"].as_array().map_or(&[][..], Vec::as_slice);
    let mut taken: HashSet<String> = HashSet::new();
    let mut known = Vec::new();
    for entity in entities {
        if taken.insert(normal(text(entity, "id")?)) {
            known.push(entity);
        }
    }
    let mut members = Vec::new();
    for entity in known {
        let gender = match entity["gender"].as_str() {
            Some("F") => Gender::Female,
            Some("M") => Gender::Male,
            _ => Gender::Unknown,
        };
        let mut member = Member::new(text(entity, "id")?).gender(gender);
        for alias in entity["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !normal(alias).is_empty() && taken.insert(normal(alias)) {
                member = member.alias(alias);
            }
        }
        members.push(member);
    }
    Ok(members)
}
