//! `news`: sums, and people of many names.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::program::{file, run};
use crate::{TEXT, squeeze};

fn rows(csv: &str) -> Vec<&str> {
    csv.lines().collect()
}

#[test]
fn people_of_one_name_are_one_row() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("articles");
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    fs::write(folder.join("a.txt"), "“The bridge stays shut,” said Ada Okafor, and she left.")
        .expect("it can be written");
    fs::write(
        folder.join("b.txt"),
        "Ada Okafor said that it was shut.\n\nA spokesman said it was not.\n\n“No,” said John Lund.",
    )
    .expect("it can be written");
    fs::write(folder.join("c.md"), "“No,” said Nobody.").expect("it can be written");
    let csv = run("news", &["--format", "csv", &folder.to_string_lossy()], "").success();
    assert_eq!(
        rows(&csv),
        [
            "source,gender,articles,direct,mixed,indirect,share",
            "Ada Okafor,female,2,1,0,1,0.5000",
            "John Lund,male,1,1,0,0,0.2500",
            ",male,,0,0,1,0.2500",
        ]
    );
}

/// The rows of several articles without what they are of all.
fn sources(articles: &[&str]) -> Vec<String> {
    let lines: String = articles.iter().map(|text| json!({"text": text}).to_string() + "\n").collect();
    let csv = run("news", &["--format", "csv", "-"], lines).success();
    csv.lines().skip(1).map(|row| row.rsplit_once(',').expect("a row has fields").0.to_owned()).collect()
}

#[test]
fn names_that_belong_together_are_one_row() {
    let both = "President Ada Okafor left. “The bridge stays shut,” said President Okafor.";
    let title = "“It leaks,” said President Okafor.";
    assert_eq!(sources(&[both, title]), ["Ada Okafor,female,2,2,0,0"]);
    // Of two whom the title fits it is neither.
    let other = both.replace("Ada", "Ben");
    assert_eq!(sources(&[both, title, &other]).len(), 3);
}

#[test]
fn a_title_is_the_only_one_of_its_surname() {
    let full = "“The bridge stays shut,” said Ada Okafor.";
    let man = "“It is safe,” Ben Okafor said.";
    let mrs = "“It leaks,” said Mrs. Okafor.";
    let senator = "“It leaks,” said Senator Okafor.";
    assert_eq!(sources(&[full, mrs]), ["Ada Okafor,female,2,2,0,0"]);
    assert_eq!(sources(&[senator, mrs, full]), ["Ada Okafor,female,3,3,0,0"]);
    assert_eq!(sources(&[full, man, mrs]), ["Ada Okafor,female,2,2,0,0", "Ben Okafor,male,1,1,0,0"]);
    // A senator may be either, and nobody is made a woman by a surname.
    assert_eq!(sources(&[full, man, senator]).len(), 3);
    assert_eq!(sources(&[full, "“It is safe,” Mr. Okafor said.", senator]).len(), 3);
    assert_eq!(sources(&[man, mrs]).len(), 2);
    // A surname alone may be that of anybody, or no person’s.
    assert_eq!(sources(&[full, "“It leaks,” said Okafor."]).len(), 2);
    // An elder and a younger one are two.
    assert_eq!(sources(&["“No,” said Tom Lund.", "“Yes,” said Carl Lund Jr.", "“Perhaps,” said Mr. Lund."]).len(), 3);
}

#[test]
fn reads_a_single_article() {
    let csv = run("news", &["--format", "csv", &file("article.txt", TEXT)], "").success();
    assert_eq!(rows(&csv)[1..], ["Okafor,unknown,1,1,0,0,1.0000"]);
}

#[test]
fn adds_up() {
    let table = run("news", &[], "").success();
    assert!(table.lines().any(|row| squeeze(row).starts_with("Teodor Baska male 2 ")), "{table}");
    let csv = run("news", &["--format", "csv"], "").success();
    let sums = rows(&csv)[1..].iter().fold((0, 0.0), |(count, share), row| {
        let fields: Vec<_> = row.split(',').collect();
        let counts: usize = fields[3..6].iter().map(|count| count.parse::<usize>().expect("it is a count")).sum();
        (count + counts, share + fields[6].parse::<f64>().expect("it is a share"))
    });
    assert!(table.contains(&format!("4 articles, {} quotations; ", sums.0)), "{table}");
    assert!((sums.1 - 1.0).abs() < 0.01, "{csv}");

    let svg = run("news", &["--format", "svg"], "").success();
    let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
    let titles: Vec<_> =
        svg.descendants().filter(|node| node.has_tag_name("title")).filter_map(|node| node.text()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Teodor Baska, male: ")), "{titles:?}");
    assert_eq!(titles.len(), 1 + 3 + rows(&csv)[1..].iter().filter(|row| !row.starts_with(',')).count());
}

#[test]
fn passes_over_what_cannot_be_read() {
    let good = json!({"id": "a", "text": TEXT}).to_string();
    let input = format!("{good}\n{{\"id\": \"b\"}}\n\n{good}\n");
    let outcome = run("news", &["--format", "csv", "-"], &input);
    assert_eq!((outcome.status, outcome.stderr.lines().count()), (Some(1), 1), "{}", outcome.stderr);
    assert!(outcome.stderr.starts_with("news: line 2: missing field `text`"), "{}", outcome.stderr);
    assert_eq!(rows(&outcome.stdout)[1], "Okafor,unknown,2,2,0,0,1.0000");

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("spoilt");
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    fs::write(folder.join("a.txt"), b"\xff").expect("it can be written");
    fs::write(folder.join("b.txt"), TEXT).expect("it can be written");
    let outcome = run("news", &["--format", "csv", &folder.to_string_lossy()], "");
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.stderr.ends_with("a.txt: not UTF-8 from byte 0 on\n"), "{}", outcome.stderr);
    assert_eq!(rows(&outcome.stdout)[1], "Okafor,unknown,1,1,0,0,1.0000");
}

#[test]
fn complains_in_one_line() {
    let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("empty");
    fs::create_dir_all(&empty).expect("the temporary folder can be written");
    let message = |args: &[&str]| run("news", args, "").failure(2, "news");
    assert!(message(&[&empty.to_string_lossy()]).ends_with(": no .txt file in this folder\n"));
    assert_eq!(message(&["--format", "pdf"]), "unknown format \"pdf\"; --help tells how to call\n");
}
