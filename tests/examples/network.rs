//! `network`: the counts, and pictures in which everything can be read.

use whosaid::{Document, Entity};

use crate::SCENE;
use crate::program::run;

const TALK: &str = "\
“Is it shut?” Ann asked Bob.

“It is shut,” said Bob.

“For how long?” asked Ann.

“Until May,” said Bob.
";

#[test]
fn counts_turns_and_what_is_told() {
    let csv = run("network", &["--format", "csv", "-"], TALK).success();
    assert_eq!(csv, "speaker,addressee,count,told,turns\nBob,Ann,2,0,2\nAnn,Bob,2,1,1\n");
    let csv = run("network", &["--format=csv", "--told", "-"], TALK).success();
    assert_eq!(csv, "speaker,addressee,count,told,turns\nAnn,Bob,1,1,0\n");
}

#[test]
fn what_opens_a_conversation_is_said_to_whoever_answers() {
    let text = "“Shut the gate,” said Ann.\n\n“It is shut,” said Bob.\n";
    let csv = run("network", &["--format", "csv", "-"], text).success();
    assert_eq!(csv, "speaker,addressee,count,told,turns\nAnn,Bob,1,0,1\nBob,Ann,1,0,1\n");
    let apart = text.replace("\n\n", &"\n\nIt rained.".repeat(5)).replace(".“", ".\n\n“");
    let csv = run("network", &["--format", "csv", "-"], apart).success();
    assert_eq!(csv, "speaker,addressee,count,told,turns\n");
}

#[test]
fn the_formats_agree() {
    let csv = run("network", &["--format", "csv"], "").success();
    let graphml = run("network", &["--format", "graphml"], "").success();
    let graphml = roxmltree::Document::parse(&graphml).expect("it is well formed");
    let elements = |tag: &'static str| graphml.descendants().filter(move |node| node.has_tag_name(tag));
    let data = |node: roxmltree::Node<'_, '_>, key: &str| {
        let data = node.children().find(|data| data.attribute("key") == Some(key)).expect("it has the key");
        data.text().unwrap_or("").to_owned()
    };
    let name =
        |id: Option<&str>| data(elements("node").find(|node| node.attribute("id") == id).expect("it is there"), "name");
    let mut edges: Vec<String> = elements("edge")
        .map(|edge| {
            let (from, to) = (name(edge.attribute("source")), name(edge.attribute("target")));
            format!("{from},{to},{},{}", data(edge, "weight"), data(edge, "told"))
        })
        .collect();
    let mut rows: Vec<_> = csv.lines().skip(1).map(|row| row.rsplit_once(',').expect("it has fields").0).collect();
    edges.sort();
    rows.sort_unstable();
    assert_eq!(edges, rows);
    assert!(rows.iter().any(|row| row.starts_with("Edith Harrow,Tom Lacey,")), "{csv}");
}

#[test]
fn names_do_not_cover_each_other() {
    let svg = run("network", &[], "").success();
    assert_eq!(svg, run("network", &[], "").success(), "the same text makes the same picture");
    let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
    let number =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).and_then(|value| value.parse::<f64>().ok());
    // The middle of each, half its width and half its height.
    let place = |node: roxmltree::Node<'_, '_>| {
        let text: String = node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
        let (width, height) = if node.attribute("class").is_some() { (3.0, 5.0) } else { (4.0, 8.0) };
        let [x, y] = ["x", "y"].map(|name| number(&node, name).expect("it has a place"));
        (x, y, width * text.chars().count() as f64, height)
    };
    let texts: Vec<_> = svg.descendants().filter(|node| node.has_tag_name("text")).map(place).collect();
    assert!(texts.len() >= 4 + 6, "names and counts");
    for (index, (x, y, width, height)) in texts.iter().enumerate() {
        for (other_x, other_y, other_width, other_height) in &texts[..index] {
            let apart = (y - other_y).abs() > height + other_height || (x - other_x).abs() > width + other_width;
            assert!(apart, "({x}, {y}) and ({other_x}, {other_y})");
        }
    }
}

#[test]
fn a_timeline_has_a_bar_for_each_part() {
    let svg = run("network", &["--timeline"], "").success();
    let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
    let bars = svg.descendants().filter(|node| node.has_tag_name("rect") && node.attribute("class").is_none());
    let document = Document::new(SCENE).expect("it is short");
    let parts = document.speakers().flat_map(Entity::quotes).map(|quote| quote.parts().len());
    assert_eq!(bars.count(), parts.sum::<usize>());
    for speaker in document.speakers() {
        assert!(svg.descendants().any(|node| node.text().is_some_and(|text| text.trim() == speaker.name())));
    }
}

#[test]
fn complains_in_one_line() {
    let message = |args: &[&str]| run("network", args, "").failure(2, "network");
    assert_eq!(message(&["--format", "png"]), "unknown format \"png\"; --help tells how to call\n");
    assert_eq!(message(&["--timeline", "--format", "csv"]), "a timeline has one format, SVG\n");
    assert!(message(&["--format"]).ends_with("; --help tells how to call\n"));
}
