//! `tei`: read as a program reads it.

use std::collections::HashSet;

use whosaid::{Document, Paragraph};

use crate::program::run;
use crate::xml::{Element, ODD, letters, parse};
use crate::{ARTICLE, MEMOIR, SCENE};

#[track_caller]
fn tei(text: &str) -> Vec<Element> {
    parse(&run("tei", &["-"], text).success())
}

fn named<'e>(elements: &'e [Element], name: &str) -> impl Iterator<Item = &'e Element> {
    elements.iter().filter(move |element| element.name == name)
}

#[test]
fn the_body_is_the_text() {
    for text in [SCENE, ARTICLE, MEMOIR, ODD, "", "_", "No words."] {
        let elements = tei(text);
        let body = named(&elements, "body").next().expect("there is a body");
        assert_eq!(letters(&body.text), letters(text));
        assert!(named(&elements, "p").count() > 0, "a body must not be empty");
    }
    let (document, elements) = (Document::new(SCENE).expect("it is short"), tei(SCENE));
    let body = elements.iter().position(|element| element.name == "body");
    let paragraphs = named(&elements, "p").filter(|paragraph| paragraph.parent == body);
    let expected: Vec<&str> = document.paragraphs().map(Paragraph::text).collect();
    assert_eq!(paragraphs.map(|paragraph| &*paragraph.text).collect::<Vec<_>>(), expected);
}

#[test]
fn everything_said_is_an_element() {
    for text in [SCENE, ARTICLE, MEMOIR, ODD] {
        let (document, elements) = (Document::new(text).expect("it is short"), tei(text));
        let ids: HashSet<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
        assert_eq!(ids.len(), elements.iter().filter(|element| element.get("id").is_some()).count());
        for element in &elements {
            for pointer in ["who", "toWhom", "next", "prev"] {
                let id = element.get(pointer).map(|id| id.strip_prefix('#').expect("it points into the file"));
                assert!(id.is_none_or(|id| ids.contains(id)), "{element:?}");
            }
        }
        for quote in document.quotes() {
            let mut said = String::new();
            let mut next = Some(format!("#quote-{}", quote.index() + 1));
            while let Some(pointer) = next {
                let piece = elements.iter().find(|element| element.get("id") == Some(&pointer[1..]));
                let piece = piece.expect("every quotation is there");
                said += &piece.text;
                next = piece.get("next").map(str::to_owned);
                if let Some(speaker) = quote.speaker() {
                    let person = format!("#person-{}", speaker.index() + 1);
                    assert_eq!(piece.get("who"), Some(&*person));
                }
            }
            assert_eq!(letters(&said), letters(&quote.content()), "the pieces are the quotation");
        }
    }
}

#[test]
fn attributes_tell_what_is_known() {
    let text = "“Stay,” said Mrs. Lund, “or go.” She called it “a mistake”.\n\nAnn wrote that “Old Limper” was \
                shut.\n\n“Did he say ‘never’?” asked two engineers.";
    let elements = tei(text);
    let said: Vec<&Element> = named(&elements, "said").collect();
    let lund = elements.iter().find(|element| element.name == "person" && element.text.contains("Mrs. Lund"));
    let lund = lund.expect("she is listed");
    assert_eq!(lund.get("sex"), Some("F"));
    let who = lund.get("id").map(|id| format!("#{id}"));
    let first = |words: &str| *said.iter().find(|said| said.text.starts_with(words)).expect("it is said");
    let (stay, go) = (first("“Stay"), first("“or go"));
    assert_eq!((stay.get("who"), go.get("who")), (who.as_deref(), who.as_deref()));
    assert_eq!((stay.get("direct"), stay.get("aloud")), (Some("true"), Some("true")));
    assert_eq!((stay.get("next"), go.get("prev")), (Some("#quote-1.2"), Some("#quote-1")));
    assert_eq!((stay.get("prev"), go.get("next")), (None, None));
    let wrote = said.iter().find(|said| said.text.ends_with("was shut")).expect("it is reported");
    assert_eq!((wrote.get("direct"), wrote.get("aloud")), (Some("false"), Some("false")));
    assert!(named(&elements, "personGrp").any(|group| group.text.contains("two engineers")));
}

#[test]
fn a_quotation_in_another_is_inside_it() {
    let elements = tei("“He told me: ‘Never come back.’ So I left,” said Ann.");
    let inner = elements.iter().find(|element| element.text == "‘Never come back.’").expect("it is an element");
    let outer = &elements[inner.parent.expect("it is not the root")];
    assert_eq!((&*outer.name, &*outer.text), ("said", "“He told me: ‘Never come back.’ So I left,”"));
}

#[test]
fn has_a_title() {
    let elements = parse(&run("tei", &["--title", "Gates & <Bridges>"], "").success());
    assert_eq!(named(&elements, "title").next().map(|title| &*title.text), Some("Gates & <Bridges>"));
    let parts = ["teiHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "listPerson", "text", "body"];
    for part in parts {
        assert_eq!(named(&elements, part).count(), 1, "{part}");
    }
}
