//! `evaluate`: the measures, counted by hand.

use serde_json::json;

use crate::program::run;
use crate::squeeze;

const NEWS: &str =
    "“The bridge stays shut,” Okafor said. “It is far too old,” Lind said.\n\nThe rain fell all night.\n";

/// Three annotated quotations: one as it is, one that gives another speaker, one where there is none.
fn gold(genre: &str) -> String {
    let at = |words: &str| {
        let start = NEWS.find(words).expect("the text has it");
        [start, start + words.len()]
    };
    let quote = |id: &str, words: &str, how: &str| {
        json!({
            "id": id, "kind": "direct", "spans": [at(words)], "how": how, "speaker": "Okafor", "speech": true,
            "source": [at("Okafor")], "source_head": at("Okafor"), "cue": [],
        })
    };
    let quotes = [
        quote("Q1", "The bridge stays shut", "explicit"),
        quote("Q2", "It is far too old", "explicit"),
        quote("Q3", "The rain fell all night", "implicit"),
    ];
    let entity = |name: &str| json!({"id": name, "aliases": [name], "gender": "U"});
    let entities = [entity("Okafor"), entity("Lind")];
    json!({"id": "a", "genre": genre, "text": NEWS, "entities": entities, "quotes": quotes}).to_string()
}

fn has(table: &str, row: &str) {
    assert!(table.lines().any(|line| squeeze(line) == row), "{row}\n{table}");
}

/// How many answers are in each tenth of confidence.
fn answers(table: &str) -> usize {
    let rows = table.lines().filter(|line| line.contains(" % ") && line.contains(" to "));
    rows.map(|row| squeeze(row).split(' ').nth(4).and_then(|count| count.parse::<usize>().ok()).expect("a count")).sum()
}

#[test]
fn counts_as_one_does_by_hand() {
    let news = run("evaluate", &["-"], gold("news")).success();
    // Two of two found contents are right, of three; one of the two names the right source.
    for row in ["direct", "speech", "everything"] {
        has(&news, &format!("{row} 100.0 66.7 80.0 50.0 33.3 40.0 3 2"));
    }
    has(&news, "mixed – – – – – – 0 0");
    has(&news, "direct and mixed 33.3 50.0 66.7 3");
    assert_eq!(answers(&news), 2);

    for args in [&["-"][..], &["--cast", "-"]] {
        let fiction = run("evaluate", args, gold("fiction")).success();
        has(&fiction, "exact spans 100.0 66.7 80.0 3 2");
        has(&fiction, "all 33.3 50.0 66.7 3");
        has(&fiction, "explicit 50.0 50.0 100.0 2");
        has(&fiction, "implicit 0.0 – 0.0 1");
        assert!(fiction.contains("100 %: 33.3\n"), "{fiction}");
        assert_eq!(answers(&fiction), 2);
    }
}

#[test]
fn measures_bundled_texts() {
    let tables = run("evaluate", &[], "").success();
    let gold = run("evaluate", &["examples/data/gold.jsonl"], "").success();
    assert_eq!(tables, gold);
    let (news, fiction) = tables.split_once("Fiction, documents: 1\n").expect("both are there");
    assert!(news.starts_with("News, documents: 1\n"), "{news}");
    // One direct and one mixed quotation, four indirect ones, one of them no speech.
    for (row, count) in [("direct", 1), ("mixed", 1), ("indirect speech", 3), ("speech", 5), ("everything", 6)] {
        let found =
            news.lines().find(|line| line.starts_with(&format!("{row}  ")) || line.starts_with(&format!("{row} 1")));
        let found = squeeze(found.unwrap_or_else(|| panic!("{row}\n{news}")));
        assert_eq!(found.rsplit(' ').nth(1), Some(count.to_string().as_str()), "{found}");
    }
    for (row, count) in [("all", 5), ("explicit", 2), ("anaphoric", 2), ("implicit", 1)] {
        let found = fiction.lines().map(squeeze).find(|line| line.starts_with(&format!("{row} ")));
        assert!(found.is_some_and(|found| found.ends_with(&format!(" {count}"))), "{row}\n{fiction}");
    }
}

#[test]
fn complains_in_one_line() {
    let message = |input: &str| run("evaluate", &["-"], input).failure(2, "evaluate");
    assert_eq!(message("\n"), "no document to measure on\n");
    assert!(message("{\"id\": \"a\"}").starts_with("line 1: missing field "));
    let beyond = gold("news").replacen("[[3,24]]", "[[3,2400]]", 1);
    assert!(message(&beyond).starts_with("line 1: document \"a\", quote \"Q1\": [3, 2400] is no stretch"));
}
