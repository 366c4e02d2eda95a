//! `corpus`: many documents in, a line for each out.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use whosaid::Document;

use crate::program::{file, path, run, start};
use crate::{TEXT, lines};

fn line(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string() + "\n"
}

#[test]
fn writes_a_line_for_a_line() {
    let input = line("b", TEXT) + "\n" + &line("a", "No words.") + line("“c”", "“Why?” asked Lund.").trim_end();
    let from_file = run("corpus", &[&file("three.jsonl", &input)], "").success();
    assert_eq!(from_file, run("corpus", &[], &input).success());
    assert!(from_file.starts_with("{\"id\":\"b\","), "{from_file}");

    let documents = lines(&from_file);
    let ids: Vec<&Value> = documents.iter().map(|document| &document["id"]).collect();
    assert_eq!(ids, ["b", "a", "“c”"]);
    for (document, text) in documents.iter().zip([TEXT, "No words.", "“Why?” asked Lund."]) {
        assert_eq!(document.get("text"), None);
        let whole = serde_json::to_string(&Document::new(text).expect("it is short")).expect("it can be written");
        let whole: Value = serde_json::from_str(&whole).expect("it is JSON");
        assert_eq!((&document["quotes"], &document["entities"]), (&whole["quotes"], &whole["entities"]));
    }
}

#[test]
fn reads_a_folder() {
    let folder = PathBuf::from(path("texts"));
    fs::create_dir_all(folder.join("folder.txt")).expect("the temporary folder can be written");
    for (name, text) in [("b.txt", TEXT.as_bytes()), ("a.txt", b""), ("c.txt", b"Yes\xff"), ("d.md", b"No.")] {
        fs::write(folder.join(name), text).expect("the temporary folder can be written");
    }
    let one = folder.join("b.txt");
    let one = run("corpus", &[one.to_str().expect("the path is UTF-8")], "").success();
    assert_eq!(one, run("corpus", &[], line("b", TEXT)).success(), "a text is read like a folder with one");
    let folder = folder.to_str().expect("the path is UTF-8");
    let outcome = run("corpus", &[folder], "");
    assert_eq!(outcome.status, Some(1));
    assert_eq!(outcome.stdout, run("corpus", &[], line("a", "") + &line("b", TEXT)).success());
    let complaints: Vec<&str> = outcome.stderr.lines().collect();
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(complaints[0].ends_with("c.txt: not UTF-8 from byte 3 on"), "{complaints:?}");
    assert!(complaints[1].contains("folder.txt: "), "{complaints:?}");

    assert!(run("corpus", &["--cast", folder], "").failure(2, "corpus").contains("no \"entities\" for --cast"));
    let empty = path("no-texts");
    fs::create_dir_all(&empty).expect("the temporary folder can be written");
    assert!(run("corpus", &[&empty], "").failure(2, "corpus").ends_with("no .txt file in this folder\n"));
}

/// More documents than are in memory at a time, of all lengths, and some that cannot be read.
fn many() -> String {
    let texts = ["article", "budget", "ferry", "floods", "memoir", "scene"]
        .map(|name| fs::read_to_string(format!("examples/data/{name}.txt")).expect("it is part of the repository"));
    let sorts = texts.iter().map(String::as_str).chain(["", TEXT]);
    let documents = sorts.cycle().take(200).enumerate().map(|(number, text)| match number % 20 {
        7 => "{}\n".to_owned(),
        _ => line(&format!("document {number}"), text),
    });
    documents.collect()
}

#[test]
fn threads_change_nothing() {
    let input = many();
    let [one, four] = ["1", "4"].map(|threads| run("corpus", &["--threads", threads], &input));
    assert_eq!((one.status, one.stdout.lines().count(), one.stderr.lines().count()), (Some(1), 190, 10));
    assert!(one.stdout == four.stdout, "the output depends on the number of threads");
    assert_eq!((one.status, one.stderr), (four.status, four.stderr));
}

#[test]
fn ends_silently_when_nobody_reads_on() {
    let mut child = start("corpus", &["--threads", "2", &file("many.jsonl", many().replace("{}\n", ""))]);
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the example comes to an end");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn goes_on_after_a_malformed_line() {
    let bad: [&[u8]; 5] =
        [b"{\"id\": \"x\"\n", b"[]\n", b"{\"id\": 3, \"text\": \"\"}\n", b"{\"id\": \"x\"}\n", b"\xff\n"];
    let mut input = line("first", TEXT).into_bytes();
    input.extend(bad.concat());
    input.extend(line("last", TEXT).into_bytes());
    let outcome = run("corpus", &["-"], input);
    assert_eq!(outcome.status, Some(1));
    let ids: Vec<Value> = lines(&outcome.stdout).iter().map(|document| document["id"].clone()).collect();
    assert_eq!(ids, ["first", "last"]);
    let complaints: Vec<&str> = outcome.stderr.lines().collect();
    assert_eq!(complaints.len(), bad.len(), "{complaints:?}");
    for (number, complaint) in (2..).zip(complaints) {
        assert!(complaint.starts_with(&format!("corpus: line {number}: ")), "{complaint}");
    }
    assert!(outcome.stderr.contains("line 5: missing field `text` at column"), "{}", outcome.stderr);
}

#[test]
fn takes_the_cast_of_a_line() {
    let people = json!([
        {"id": "O1", "aliases": ["Okafor", "The Boss", "O1"], "gender": "F"},
        {"id": "Mr. Lund", "aliases": ["the boss", "mr lund"], "gender": "M"},
        {"id": "somebody", "aliases": ["O1"]},
        {"id": "Mr Lund"},
    ]);
    let known = json!({"id": "known", "text": TEXT, "entities": people}).to_string() + "\n";
    let outcome = run("corpus", &["--cast"], known.clone() + &line("unknown", TEXT));
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let speaker = |document: &Value| {
        let entity = document["quotes"][0]["speaker"]["entity"].as_u64().expect("somebody speaks");
        document["entities"][entity as usize].clone()
    };
    let documents = lines(&outcome.stdout);
    assert_eq!(speaker(&documents[0])["cast"], "O1");
    assert_eq!(speaker(&documents[0])["gender"], "female");
    assert_eq!(speaker(&documents[1])["cast"], Value::Null, "the cast is that of the line");
    let warnings: Vec<&str> = outcome.stderr.lines().collect();
    assert_eq!(
        warnings,
        [
            "corpus: line 1: alias \"The Boss\" of \"O1\" is left out: another has it too",
            "corpus: line 1: alias \"the boss\" of \"Mr. Lund\" is left out: another has it too",
            "corpus: line 1: alias \"O1\" of \"somebody\" is left out: another has it too",
            "corpus: line 1: \"Mr Lund\" is left out of the cast: another has the same id",
        ]
    );
    let documents = lines(&run("corpus", &[], &known).success());
    assert_eq!(speaker(&documents[0])["cast"], Value::Null, "nobody asked for the cast");
}

#[test]
fn looks_at_entities_only_if_told() {
    let input = json!({"id": "x", "text": TEXT, "entities": "nonsense", "quotes": 7}).to_string();
    assert_eq!(run("corpus", &[], &input).success(), run("corpus", &[], line("x", TEXT)).success());
    assert!(run("corpus", &["--cast"], &input).failure(1, "corpus").starts_with("line 1: invalid type"));
}

#[test]
fn complains_in_one_line() {
    assert!(run("corpus", &["--threads", "0"], "").failure(2, "corpus").contains("'0'"));
}
