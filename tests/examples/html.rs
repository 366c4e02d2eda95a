//! `html`: the page is well formed and shows the text verbatim.

use std::sync::LazyLock;

use roxmltree::{Node, ParsingOptions};
use whosaid::{Cue, Document, Mention, Paragraph, QuoteKind};

use crate::program::run;
use crate::{ARTICLE, MEMOIR, SCENE};

const NESTED: &str = "\
<b>& “Tom said, ‘Run,’ and I ran,” said \"Ann\" & Co.

“This goes on

“and on,” she said. He added that it did.";

/// Texts and their pages.
static PAGES: LazyLock<[(&str, String); 4]> =
    LazyLock::new(|| [ARTICLE, SCENE, MEMOIR, NESTED].map(|text| (text, run("html", &["-"], text).success())));

fn for_each_page(look: impl Fn(&Document<'_>, Node<'_, '_>)) {
    for (text, page) in PAGES.iter() {
        // It is well-formed XML too.
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let page = roxmltree::Document::parse_with_options(page, options).expect("it is well formed");
        look(&Document::new(text).expect("it is short"), page.root_element());
    }
}

fn with_tag<'a, 'i>(node: Node<'a, 'i>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.has_tag_name(tag))
}

/// The text of an element without the names that the page adds to it.
fn written(node: Node<'_, '_>) -> String {
    let added = |text: &Node<'_, '_>| text.ancestors().any(|around| around.has_tag_name("button"));
    node.descendants().filter(|node| node.is_text() && !added(node)).filter_map(|text| text.text()).collect()
}

#[test]
fn shows_the_text_verbatim() {
    for_each_page(|document, page| {
        let main = with_tag(page, "main").next().expect("there is a text");
        let shown: Vec<String> = main.children().filter(Node::is_element).map(written).collect();
        let paragraphs: Vec<&str> = document.paragraphs().map(Paragraph::text).collect();
        assert_eq!(shown, paragraphs);
    });
}

#[test]
fn every_quotation_has_its_speaker() {
    for_each_page(|document, page| {
        assert!(document.quotes().len() >= 4);
        for quote in document.quotes() {
            let of_quote = |node: &Node<'_, '_>| node.attribute("data-quote") == Some(&quote.index().to_string());
            let parts: Vec<_> = with_tag(page, "q").filter(of_quote).collect();
            // Parts that run over a paragraph's end are cut there.
            let shown: String = parts.iter().map(|&part| written(part)).collect();
            let words = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(words(&shown), words(&quote.content()));
            assert!(parts.iter().all(|part| part.attribute("class") == Some(quote.kind().as_str())));
            assert!(parts.iter().all(|part| part.attribute("role") == Some("mark")));
            if quote.kind() == QuoteKind::None {
                continue;
            }
            let button = parts[0].children().find(|node| node.has_tag_name("button")).expect("it has a label");
            let name = quote.speaker().map_or("unknown", |speaker| speaker.name());
            let said = button.attribute("aria-label").expect("it is read aloud");
            assert!(said.starts_with(name) && said.contains(quote.kind().as_str()), "{said}");
            let why = quote.evidence().to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(button.attribute("aria-description"), Some(&*why));
            let unsure = quote.speaker().is_none() || quote.confidence() < 0.6;
            assert_eq!(button.attribute("class") == Some("who unsure"), unsure, "{said}");
            for (class, words) in [("cue", quote.cue().map(Cue::text)), ("source", quote.mention().map(Mention::text))]
            {
                let marked: String = with_tag(page, "span")
                    .filter(of_quote)
                    .filter(|mark| mark.attribute("class") == Some(class))
                    .map(written)
                    .collect();
                assert_eq!(marked, words.unwrap_or(""));
            }
        }
    });
}

#[test]
fn counts_in_a_legend() {
    for_each_page(|document, page| {
        let table = with_tag(page, "tbody").next().expect("there is a legend");
        let count = |cell: Node<'_, '_>| cell.text().map_or(0, |text| text.parse().unwrap_or(0));
        let counted: usize = with_tag(table, "td").map(count).sum();
        assert_eq!(counted, document.quotes().filter(|quote| quote.kind() != QuoteKind::None).count());
        for speaker in document.speakers() {
            let row = with_tag(table, "tr").find(|row| {
                with_tag(*row, "button")
                    .any(|name| name.attribute("data-speaker") == Some(&speaker.index().to_string()))
            });
            let cells: Vec<_> = row.into_iter().flat_map(|row| with_tag(row, "td")).collect();
            assert_eq!(cells.first().and_then(Node::text), Some(speaker.gender().as_str()));
            assert_eq!(cells.into_iter().map(count).sum::<usize>(), speaker.quotes().len());
        }
    });
}

#[test]
fn has_landmarks_and_headings() {
    let page = run("html", &["-"], "Chapter 1\n\n“No,” said Ann.\n\nCHAPTER II. Noon\n\n“Yes,” said Ann.").success();
    for start in [
        "<a class=\"skip\" href=\"#text\">",
        "<main id=\"text\">",
        "<aside aria-label=\"",
        "<table aria-label=\"",
        "<h2>Chapter 1</h2>",
        "<h2>CHAPTER II. Noon</h2>",
    ] {
        assert_eq!(page.matches(start).count(), 1, "{start}: {page}");
    }
}

#[test]
fn needs_no_network() {
    let (_, page) = &PAGES[0];
    for way in ["http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(way), "{way}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\""));
}
