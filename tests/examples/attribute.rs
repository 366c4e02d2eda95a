//! `attribute`: the report that a person reads.

use whosaid::Document;

use crate::program::{file, run};
use crate::{TEXT, squeeze};

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
    for report in [run("attribute", &["-"], TEXT).success(), run("attribute", &[&file("shut.txt", TEXT)], "").success()]
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
