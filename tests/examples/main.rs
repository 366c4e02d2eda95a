//! The examples, run as a user runs them: what they print, where they print it, and how they end.
#![cfg(feature = "serde")]

mod annotate;
mod attribute;
mod audiobook;
mod booknlp;
mod corpus;
mod evaluate;
mod every;
mod html;
mod network;
mod news;
mod program;
mod tei;
mod xml;

use serde_json::Value;

const TEXT: &str = "“The bridge stays shut,” Okafor said.\n";
const ARTICLE: &str = include_str!("../../examples/data/article.txt");
const MEMOIR: &str = include_str!("../../examples/data/memoir.txt");
const SCENE: &str = include_str!("../../examples/data/scene.txt");

/// A row of a table with single spaces.
fn squeeze(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// JSON Lines.
fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}
