//! `annotate`: labels in the terminal.

use whosaid::{Document, QuoteKind};

use crate::program::run;
use crate::{ARTICLE, TEXT};

#[test]
fn marks_quotation_cue_and_source() {
    let view = run("annotate", &["-"], TEXT).success();
    let lines: Vec<&str> =
        view.lines().map(|line| line.trim_start_matches(['╭', '╰', '▸', '╴', '│', ' ']).trim_end()).collect();
    assert_eq!(lines[1], "“The bridge stays shut,” Okafor said.");
    assert!(lines[2].starts_with("┯━━━━━━━━━━━━━━━━━━━━━━━ ┬───── ──── cue"), "{view}");
    assert!(lines.contains(&"source"), "{view}");
    assert!(lines.last().is_some_and(|line| line.starts_with("Okafor (direct, ")), "{view}");
}

#[test]
fn every_quotation_is_labelled() {
    let document = Document::new(ARTICLE).expect("it is short");
    let view = run("annotate", &[], "").success();
    for quote in document.quotes().filter(|quote| quote.kind() != QuoteKind::None) {
        let name = quote.speaker().map_or("[unknown speaker]", |speaker| speaker.name());
        let label = format!("{name} ({}, {:.0} %)", quote.kind(), 100.0 * quote.confidence());
        assert!(view.contains(&label), "{label}\n{view}");
    }
    assert!(!view.contains("Old Limper"), "nobody is quoted there");
    assert!(!view.contains('\x1b'), "no colours in a pipe");
}

#[test]
fn says_when_nobody_speaks() {
    assert_eq!(run("annotate", &["-"], "The bridge is old.").success(), "Nobody is quoted.\n");
}
