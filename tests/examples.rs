//! The examples, run as a user runs them: what they print, where they print it, and how they end.
#![cfg(feature = "serde")]

mod program;

use std::io::Write;

use program::{file, run, start};
use serde_json::{Value, json};
use whosaid::Document;

const TEXT: &str = "“The bridge stays shut,” Okafor said.\n";

/// A row of a table with single spaces.
fn squeeze(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

mod attribute {
    use super::*;

    #[test]
    fn reads_a_bundled_article() {
        let report = run("attribute", &[], "").success();
        assert!(report.lines().any(|line| line.starts_with("Ingrid Solvane — direct, “told”, ")), "{report}");
        assert!(report.lines().any(|line| line.contains("“said”")), "{report}");
        assert!(report.contains("In quotation marks, but nobody’s words\n    “Old Limper”  line 11\n"), "{report}");
        let (_, table) = report.split_once("\nSpeaker ").expect("the speakers come last");
        assert!(squeeze(table).starts_with("Gender Direct Mixed Indirect "), "{table}");
        assert!(table.lines().any(|line| squeeze(line).starts_with("Teodor Baska male ")), "{table}");
        assert!(report.lines().all(|line| line.chars().count() <= 100), "{report}");
        assert!(!report.contains('\x1b'), "no colours in a pipe");
    }

    #[test]
    fn reads_a_file_and_standard_input() {
        let expected = "\
Okafor — direct, “said”, # % sure, line 1
    “The bridge stays shut,”
    named by the reporting clause “Okafor said”

Speaker  Gender   Direct   Mixed  Indirect
Okafor   unknown       1       0         0
";
        for report in
            [run("attribute", &["-"], TEXT).success(), run("attribute", &[&file("shut.txt", TEXT)], "").success()]
        {
            let (before, rest) = report.split_once("“said”, ").expect("the cue is told");
            let (_, after) = rest.split_once(" % sure").expect("the confidence is told");
            assert_eq!(format!("{before}“said”, # % sure{after}"), expected);
        }
    }

    #[test]
    fn says_when_nobody_speaks() {
        assert_eq!(run("attribute", &["-"], "").success(), "Nobody is quoted.\n");
        assert_eq!(run("attribute", &["-"], "The bridge is old.").success(), "Nobody is quoted.\n");
    }

    #[test]
    fn marks_unknown_speakers() {
        let report = run("attribute", &["-"], "“It stays shut for the whole winter, I am afraid.”").success();
        assert!(report.starts_with("[unknown speaker] — direct, line 1\n"), "{report}");
        assert!(report.lines().any(|line| squeeze(line) == "[unknown speaker] 1 0 0"), "{report}");
    }

    #[test]
    fn shortens_what_is_long() {
        let text = format!("“{}the end,” Okafor said.", "We wait for the river. ".repeat(100));
        let (short, full) =
            (run("attribute", &["-"], &text).success(), run("attribute", &["-", "--full"], &text).success());
        assert!(short.contains(" […]\n") && !short.contains("the end"), "{short}");
        assert!(!full.contains("[…]") && full.contains("the end,”\n"), "{full}");
        assert!(full.lines().all(|line| line.chars().count() <= 100), "{full}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let report = run("attribute", &["-"], "“The bridge \x1b[2Jstays\tshut,” Okafor said.").success();
        assert!(report.contains("“The bridge \u{fffd}[2Jstays shut,”"), "{report}");
    }

    #[test]
    fn writes_json() {
        let json = run("attribute", &["--json", "-"], TEXT).success();
        let document: Document<'_> = serde_json::from_str(&json).expect("it can be read back");
        assert_eq!(document, Document::new(TEXT).expect("it is short"));
        assert!(json.starts_with("{\n  ") && json.ends_with("}\n"), "{json}");
    }

    #[test]
    fn helps() {
        for option in ["--help", "-h"] {
            assert!(run("attribute", &[option], "").success().contains("Usage: attribute [OPTIONS] [FILE]"));
        }
    }

    #[test]
    fn complains_in_one_line() {
        assert!(run("attribute", &["--jsno"], "").failure(2, "attribute").contains("unknown option \"--jsno\""));
        assert!(run("attribute", &["a", "b"], "").failure(2, "attribute").contains("more than one file"));
        assert!(run("attribute", &["no/such/file"], "").failure(2, "attribute").starts_with("no/such/file: "));
        let message = "standard input: not UTF-8 from byte 3 on\n";
        assert_eq!(run("attribute", &["-"], b"Yes\xff").failure(2, "attribute"), message);
    }

    #[test]
    fn ends_silently_when_nobody_reads_on() {
        for args in [&["-"][..], &["-", "--json"]] {
            let mut child = start("attribute", args);
            drop(child.stdout.take());
            child.stdin.take().expect("it has an input").write_all(TEXT.as_bytes()).expect("it reads its input");
            let output = child.wait_with_output().expect("the example comes to an end");
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        }
    }
}

mod corpus {
    use super::*;

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
    fn helps() {
        assert!(run("corpus", &["--help"], "").success().contains("Usage: corpus [OPTIONS] [FILE]"));
    }

    #[test]
    fn complains_in_one_line() {
        assert!(run("corpus", &["--casts"], "").failure(2, "corpus").contains("unknown option \"--casts\""));
        assert!(run("corpus", &["a", "b"], "").failure(2, "corpus").contains("more than one file"));
        assert!(run("corpus", &["no/such/file"], "").failure(2, "corpus").starts_with("no/such/file: "));
    }
}
