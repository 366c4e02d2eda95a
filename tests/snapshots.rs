//! The texts of `examples/data`, attributed, as they are read by a person: a change of any rule shows as a readable
//! difference of `tests/snapshots/*.snap`.
//!
//! `INSTA_UPDATE=always cargo test --test snapshots` writes the files anew; read the difference before you commit it.

use std::fmt::Write as _;

use whosaid::{Document, Entity, Quote};

#[test]
fn article() {
    insta::assert_snapshot!(rendered(include_str!("../examples/data/article.txt")));
}

#[test]
fn scene() {
    insta::assert_snapshot!(rendered(include_str!("../examples/data/scene.txt")));
}

#[test]
fn memoir() {
    insta::assert_snapshot!(rendered(include_str!("../examples/data/memoir.txt")));
}

/// One block a quotation, then one line an entity.
fn rendered(text: &str) -> String {
    let document = Document::new(text).expect("the text is short");
    let mut out = String::new();
    for quote in document.quotes() {
        out += &block(quote);
    }
    out += "entities\n";
    for entity in document.entities() {
        out += &line(entity);
    }
    out
}

fn block(quote: Quote<'_>) -> String {
    let mut out = String::new();
    let speaker = quote.speaker().map_or("-".into(), |speaker| format!("{} ({})", speaker.name(), speaker.index()));
    let source = quote.mention().map_or("-".into(), |mention| on_one_line(mention.text()));
    let cue = quote.cue().map_or("-".into(), |cue| on_one_line(cue.text()));
    let mut write = |key: &str, value: &str| writeln!(out, "    {key:9} {value}").expect("a string takes all");
    write("speaker", &speaker);
    if let Some(addressee) = quote.addressee() {
        write("to", addressee.name());
    }
    write("source", &source);
    write("cue", &cue);
    write("rule", &format!("{} {:.2}", quote.evidence().rule(), quote.confidence()));
    write("content", &on_one_line(&quote.content()));
    let nested = quote.nested_in().map(|outer| format!(" in {}", outer.index())).unwrap_or_default();
    format!("{} {}{nested}\n{out}\n", quote.index(), quote.kind())
}

fn line(entity: Entity<'_>) -> String {
    let narrator = if entity.is_narrator() { ", narrator" } else { "" };
    format!(
        "{:3} {} [{}] {}, {}{narrator}: {} mentions, {} quotations\n",
        entity.index(),
        entity.name(),
        entity.names().join(" | "),
        entity.gender(),
        entity.number(),
        entity.mentions().len(),
        entity.quotes().len(),
    )
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
