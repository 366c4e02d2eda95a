//! What the examples write as XML, read by a parser that has nothing to do with the writers.

use std::collections::HashMap;

use roxmltree::Node;

/// Marks that cross, paragraphs that a quotation runs over, characters that XML has names for or forbids.
pub(crate) const ODD: &str = "“One “two, he said “three\r\n\r\nfour” <b>&amp; five” ‘six “seven’ eight” \u{7} said\u{b}X.\n\n\
                   _“a_\n\n“b\n\n“c,” wrote Ann, “d\n\ne”_\n\n___\n\n \u{fffe} ]]> \"x\" 😀 “Why?” asked\rMrs. Lund.\n\n_";

/// An element with its attributes.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: HashMap<String, String>,
    /// Index of the element around it.
    pub(crate) parent: Option<usize>,
    /// All text in it.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// Parses a document of XML, which has to be well formed, with a parser that has nothing to do with the writer.
pub(crate) fn parse(xml: &str) -> Vec<Element> {
    let parsed = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let nodes: Vec<Node<'_, '_>> = parsed.descendants().filter(Node::is_element).collect();
    let element = |node: &Node<'_, '_>| Element {
        name: node.tag_name().name().to_owned(),
        attributes: node.attributes().map(|known| (known.name().to_owned(), known.value().to_owned())).collect(),
        parent: nodes.iter().position(|other| Some(*other) == node.parent()),
        text: node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect(),
    };
    nodes.iter().map(element).collect()
}

/// A text without white space, with the characters that XML forbids replaced.
pub(crate) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace() || *c == '\u{b}');
    letters.map(|c| if matches!(c, '\u{7}' | '\u{b}' | '\u{fffe}') { '\u{fffd}' } else { c }).collect()
}
