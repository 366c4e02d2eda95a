//! `booknlp`: tables and standoff files, read as other programs read them.

use std::collections::{HashMap, HashSet};
use std::fs;

use whosaid::{Document, QuoteKind};

use crate::program::{path, run};
use crate::xml::ODD;
use crate::{ARTICLE, MEMOIR, SCENE};

/// The files that are written for a text: tokens, entities, quotes, standoff, text.
fn files(name: &str, text: &str) -> [String; 5] {
    let prefix = path(name);
    assert_eq!(run("booknlp", &["--out", &prefix, "-"], text).success(), "");
    ["tokens", "entities", "quotes", "ann", "txt"]
        .map(|extension| fs::read_to_string(format!("{prefix}.{extension}")).expect("it was written"))
}

/// The rows of a table, by column.
fn rows(table: &str) -> Vec<HashMap<&str, &str>> {
    let mut lines = table.split_terminator('\n').map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().expect("it has a head");
    let row = |row: Vec<_>| {
        assert_eq!(row.len(), head.len(), "{row:?}");
        head.iter().copied().zip(row).collect()
    };
    lines.map(row).collect()
}

fn number(row: &HashMap<&str, &str>, column: &str) -> usize {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is a number"))
}

#[test]
fn tables_agree_with_each_other_and_the_text() {
    for (name, text) in [("scene", SCENE), ("article", ARTICLE), ("memoir", MEMOIR), ("odd", ODD)] {
        let [tokens, entities, quotes, _, kept] = files(&format!("tables-{name}"), text);
        assert_eq!(kept, text);
        let document = Document::new(text).expect("it is short");
        let characters: Vec<char> = text.chars().collect();
        let tokens = rows(&tokens);
        assert_eq!(tokens.len(), document.tokens().len());
        for (index, token) in tokens.iter().enumerate() {
            assert_eq!(number(token, "token_ID_within_document"), index);
            let range = number(token, "byte_onset")..number(token, "byte_offset");
            assert_eq!(characters[range].iter().collect::<String>(), token["word"]);
        }
        let words = |first: usize, last: usize| -> String {
            tokens[first..=last].iter().map(|token| token["word"]).collect::<Vec<_>>().join(" ")
        };
        let mentions: HashSet<(usize, usize, &str)> = rows(&entities)
            .iter()
            .map(|row| {
                let (first, last) = (number(row, "start_token"), number(row, "end_token"));
                assert_eq!(words(first, last), row["text"]);
                assert!(["PROP", "NOM", "PRON"].contains(&row["prop"]));
                (first, last, row["COREF"])
            })
            .collect();
        let quotes = rows(&quotes);
        let parts = document.quotes().filter(|quote| quote.kind() == QuoteKind::Direct);
        assert_eq!(quotes.len(), parts.map(|quote| quote.parts().len()).sum::<usize>());
        for row in &quotes {
            assert_eq!(words(number(row, "quote_start"), number(row, "quote_end")), row["quote"]);
            if row["char_id"] != "None" {
                let mention = (number(row, "mention_start"), number(row, "mention_end"), row["char_id"]);
                assert!(mentions.contains(&mention), "the mention is one of the speaker: {row:?}");
                assert_eq!(words(mention.0, mention.1), row["mention_phrase"]);
            }
        }
    }
}

#[test]
fn prints_the_quotations() {
    let table = run("booknlp", &["-"], "“Stay,” said Ada Marlow, “or go.”\n\n“No.”\n").success();
    let found: Vec<_> = rows(&table)
        .iter()
        .map(|row| (row["quote_start"].to_owned(), row["quote_end"].to_owned(), row["mention_phrase"].to_owned()))
        .collect();
    let row = |start: &str, end: &str| (start.to_owned(), end.to_owned(), "Ada Marlow".to_owned());
    assert_eq!(found[..2], [row("0", "3"), row("8", "12")]);
    assert!(rows(&run("booknlp", &[], "").success()).len() > 40, "without a text it reads a scene");
}

#[test]
fn standoff_points_at_the_text() {
    for (name, text) in [("scene", SCENE), ("article", ARTICLE), ("memoir", MEMOIR), ("odd", ODD)] {
        let [.., ann, kept] = files(&format!("standoff-{name}"), text);
        let characters: Vec<char> = kept.chars().collect();
        let mut ids = HashSet::new();
        for line in ann.split_terminator('\n') {
            let (id, rest) = line.split_once('\t').expect("every line has an id");
            if id.starts_with('T') {
                let (kind, said) = rest.split_once('\t').expect("its text comes last");
                let (_, offsets) = kind.split_once(' ').expect("its offsets come second");
                let stretch = |offsets: &str| -> String {
                    let (start, end) = offsets.split_once(' ').expect("a start and an end");
                    let range = start.parse().expect("a number")..end.parse().expect("a number");
                    characters[range].iter().collect()
                };
                assert_eq!(offsets.split(';').map(stretch).collect::<Vec<_>>().join(" "), said);
                assert!(ids.insert(id), "{id} stands twice");
            }
        }
        let referred = |word: &&str| word.starts_with('T') && word[1..].chars().all(|c| c.is_ascii_digit());
        for line in ann.split_terminator('\n').filter(|line| line.starts_with(['R', '*', '#'])) {
            let (_, rest) = line.split_once('\t').expect("every line has an id");
            let rest = rest.split('\t').next().expect("it has a beginning");
            assert!(rest.split([' ', ':']).filter(referred).all(|id| ids.contains(id)), "{line}");
        }
    }
    let [.., ann, _] = files("standoff-short", "“Stay,”\nsaid Ada\nMarlow.\n");
    assert!(ann.contains("Name 13 16;17 23\tAda Marlow\n"), "{ann}");
    assert!(ann.contains("Direct 0 7\t“Stay,”\n"), "{ann}");
    assert!(ann.contains("SaidBy Arg1:T"), "{ann}");
}

#[test]
fn complains_in_one_line() {
    let unwritable = run("booknlp", &["--out", "no/such/folder"], "").failure(2, "booknlp");
    assert!(unwritable.starts_with("no/such/folder.tokens: "), "{unwritable}");
}
