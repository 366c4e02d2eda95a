//! Documents made of arbitrary layers: whatever the engine finds, the links must hold and no view may panic.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::kind::{Gender, MentionKind, Number, Rule, SegmentKind};
use crate::segment::segment;

/// A text, and layers built over it by hand.
struct Maker {
    text: &'static str,
    layers: Layers,
}

impl Maker {
    fn new(text: &'static str) -> Maker {
        let segmentation = segment(text, default_engine().lexicon());
        Maker { text, layers: Layers { segmentation, ..Layers::default() } }
    }

    /// Where `words` stand first.
    fn find(&self, words: &str) -> Span {
        let start = self.text.find(words).expect("the words stand in the text");
        Span::new(start as u32, (start + words.len()) as u32)
    }

    /// The same words as a cue of saying.
    fn cue(&self, words: &str) -> CueRecord {
        CueRecord { span: self.find(words), speech: true, ..CueRecord::default() }
    }

    fn entity(&mut self, name: &str) -> u32 {
        self.layers.entities.push(EntityRecord {
            name: name.to_owned(),
            gender: Gender::Unknown,
            number: Number::Singular,
            gender_evidence: None,
            narrator: false,
            cast: None,
        });
        self.layers.entities.len() as u32 - 1
    }

    fn mention(&mut self, words: &str, kind: MentionKind, entity: Option<u32>) -> u32 {
        self.layers.mentions.push(MentionRecord { span: self.find(words), kind, entity });
        self.layers.mentions.len() as u32 - 1
    }

    fn quote(&mut self, parts: &[&str], rule: Rule) -> &mut QuoteRecord {
        let start = self.layers.parts.len() as u32;
        for part in parts {
            self.layers.parts.push(self.find(part));
        }
        self.layers.quotes.push(QuoteRecord { parts: Run::new(start, start + parts.len() as u32), rule, ..PLAIN });
        self.layers.quotes.last_mut().expect("one was pushed")
    }

    fn document(self) -> Document<'static> {
        Document::assemble(self.text.into(), self.layers)
    }
}

const PLAIN: QuoteRecord = QuoteRecord {
    kind: QuoteKind::Direct,
    parts: Run::new(0, 1),
    cue: None,
    mention: None,
    speaker: None,
    addressee: None,
    nested_in: None,
    rule: Rule::Unattributed,
    confidence: 0.5,
};

/// A conversation with a pronoun, an interruption, a quotation in a quotation, and one that nobody could be named for.
fn scene() -> Document<'static> {
    let mut maker = Maker::new(
        "“Wait,” Ada\nOkafor said. “He cried, ‘The bridge!’ and ran,” she added, “as all did.”\n\nMrs. Okafor sighed. \
         “Truly?” they asked.",
    );
    let ada = maker.entity("Ada Okafor");
    let name = maker.mention("Ada\nOkafor", MentionKind::Name, Some(ada));
    let he = maker.mention("He", MentionKind::Pronoun, None);
    let she = maker.mention("she", MentionKind::Pronoun, Some(ada));
    maker.mention("Mrs. Okafor", MentionKind::Name, Some(ada));
    let they = maker.mention("they", MentionKind::Pronoun, None);
    let (said, added, cried, asked) = (maker.cue("said"), maker.cue("added"), maker.cue("cried"), maker.cue("asked"));
    let quote = maker.quote(&["“Wait,”"], Rule::NamedTag);
    (quote.cue, quote.mention, quote.speaker, quote.confidence) = (Some(said), Some(name), Some(ada), 0.1 + 0.2);
    let quote = maker.quote(&["“He cried, ‘The bridge!’ and ran,”", "“as all did.”"], Rule::PronounTag);
    (quote.cue, quote.mention, quote.speaker) = (Some(added), Some(she), Some(ada));
    let quote = maker.quote(&["‘The bridge!’"], Rule::PronounTag);
    (quote.cue, quote.mention, quote.nested_in, quote.addressee) = (Some(cried), Some(he), Some(1), Some(ada));
    let quote = maker.quote(&["“Truly?”"], Rule::PronounTag);
    (quote.cue, quote.mention) = (Some(asked), Some(they));
    maker.layers.entities[0].gender_evidence = Some(Span::new(0, 0).cover(maker.find("“Wait")));
    maker.layers.entities[0].cast = Some("ada".to_owned());
    maker.document()
}

#[test]
fn views_link_to_each_other() {
    let document = scene();
    let quotes: Vec<Quote<'_>> = document.quotes().collect();
    let ada = document.entity(0).expect("she was made");
    assert_eq!(ada.quotes().collect::<Vec<_>>(), [quotes[0], quotes[1]]);
    assert_eq!(ada.mentions().map(Mention::text).collect::<Vec<_>>(), ["Ada\nOkafor", "she", "Mrs. Okafor"]);
    assert_eq!(ada.names(), ["Ada Okafor", "Mrs. Okafor"]);
    assert_eq!(document.speakers().collect::<Vec<_>>(), [ada]);
    assert_eq!(quotes[2].nested_in(), Some(quotes[1]));
    assert_eq!(quotes[2].addressee(), Some(ada));
    assert_eq!(quotes[1].content(), "“He cried, ‘The bridge!’ and ran,” “as all did.”");
    assert_eq!(quotes[1].text(), "“He cried, ‘The bridge!’ and ran,” she added, “as all did.”");
    let lines: HashMap<Entity<'_>, usize> = quotes.iter().filter_map(|quote| Some((quote.speaker()?, 1))).collect();
    assert_eq!(lines.len(), 1);
    let other = document.clone();
    assert_eq!(other, document);
    assert_ne!(other.quote(0), document.quote(0), "views of two documents differ");
}

#[test]
fn evidence_reads_as_words() {
    let document = scene();
    let evidence: Vec<String> = document.quotes().map(|quote| quote.evidence().to_string()).collect();
    assert_eq!(
        evidence,
        [
            "named by the reporting clause “Ada Okafor said”",
            "“she” is Ada Okafor, by the reporting clause “she added”",
            "nobody could be found for “He”, in the reporting clause “He cried”",
            "nobody could be found for “they”, in the reporting clause “they asked”",
        ]
    );

    let mut maker = Maker::new("“Wait,” Okafor, who had run, said. “Why?”");
    let okafor = maker.entity("Okafor");
    let name = maker.mention("Okafor", MentionKind::Name, Some(okafor));
    let said = maker.cue("said");
    let quote = maker.quote(&["“Wait,”"], Rule::NamedTag);
    (quote.cue, quote.mention, quote.speaker) = (Some(said), Some(name), Some(okafor));
    maker.quote(&["“Why?”"], Rule::Alternation).speaker = Some(okafor);
    let document = maker.document();
    let evidence: Vec<String> = document.quotes().map(|quote| quote.evidence().to_string()).collect();
    assert_eq!(evidence, ["named by the reporting clause “Okafor … said”", "turns alternate"]);
}

#[test]
fn debug_tells_what_it_is() {
    let document = scene();
    assert_eq!(
        format!("{:?}", document.quote(0).expect("there are four")),
        "Quote { index: 0, kind: Direct, parts: [0..11], text: \"“Wait,”\", speaker: Some(\"Ada Okafor\"), \
         rule: NamedTag, confidence: 0.3 }"
    );
    let shown = format!("{document:?}");
    assert!(shown.contains("quotes: 4, mentions: 5, entities: 1") && !shown.contains("Ada"), "{shown}");
}

#[test]
fn a_quotation_is_found_by_offset() {
    let document = scene();
    let at = |words: &str| {
        let start = document.text().find(words).expect("the words stand in the text");
        document.quote_at(start as u32).map(Quote::index)
    };
    assert_eq!(at("Wait"), Some(0));
    assert_eq!(at("said"), None);
    assert_eq!(at("cried"), Some(1));
    assert_eq!(at("bridge"), Some(2));
    assert_eq!(at("and ran"), Some(1));
    assert_eq!(at("she added"), None);
    assert_eq!(at("as all"), Some(1));
    assert_eq!(document.quote_at(u32::MAX), None);
}

#[test]
fn every_public_type_is_shared_between_threads() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    shared::<Document<'_>>();
    shared::<(Paragraph<'_>, Sentence<'_>, Token<'_>, Quote<'_>, Mention<'_>, Entity<'_>, Segment<'_>)>();
    shared::<(Cue<'_>, Evidence<'_>, OffsetMap<'_>)>();
}

#[test]
fn an_empty_text_is_a_document() {
    let document = Document::assemble("".into(), Layers::default());
    assert_eq!(document.segments().len(), 0);
    assert_eq!((document.token_at(0), document.sentence_at(0), document.quote_at(0)), (None, None, None));
    assert_eq!(document.offset_map().chars(Span::default()), 0..0);
}

/// Texts that need every kind of character, and cross several checkpoints of an offset map.
fn texts() -> impl Strategy<Value = String> {
    let short = "[a-c “”‘’é😀.\n]{0,40}";
    prop_oneof![short, (short, 0..60usize).prop_map(|(text, times)| text.repeat(times))]
}

/// Draws from a fixed row of numbers, over and over.
struct Dice(std::iter::Cycle<std::vec::IntoIter<u32>>);

impl Dice {
    fn new(row: Vec<u32>) -> Dice {
        Dice(row.into_iter().cycle())
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0.next().expect("the row is not empty") as usize % bound
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    fn maybe(&mut self, count: usize) -> Option<u32> {
        self.below(count + 1).checked_sub(1).map(|index| index as u32)
    }

    /// A stretch of `text`, maybe empty.
    fn span(&mut self, text: &str) -> Span {
        let mut cut = || {
            let offset = self.below(text.len() + 1);
            (0..=offset).rfind(|&offset| text.is_char_boundary(offset)).unwrap_or(0) as u32
        };
        let (a, b) = (cut(), cut());
        Span::new(a.min(b), a.max(b))
    }
}

/// Layers that hold together and make no other sense: parts overlap, cross and are empty.
fn arbitrary_layers(text: &str, row: Vec<u32>) -> Layers {
    let dice = &mut Dice::new(row);
    let (quotes, mentions, entities) = (dice.below(12), dice.below(12), dice.below(5));
    let mut layers = Layers { segmentation: segment(text, default_engine().lexicon()), ..Layers::default() };
    for index in 0..entities {
        layers.entities.push(EntityRecord {
            name: format!("Nº {index}"),
            gender: dice.one_of(Gender::ALL),
            number: dice.one_of(Number::ALL),
            gender_evidence: dice.maybe(1).map(|_| dice.span(text)),
            narrator: dice.below(2) == 0,
            cast: dice.maybe(1).map(|_| format!("№ {index}")),
        });
    }
    for _ in 0..mentions {
        let (span, kind) = (dice.span(text), dice.one_of(MentionKind::ALL));
        layers.mentions.push(MentionRecord { span, kind, entity: dice.maybe(entities) });
    }
    layers.mentions.sort_by_key(|mention| text_order(mention.span));
    layers.mentions.dedup_by_key(|mention| mention.span);
    for index in 0..quotes {
        let start = layers.parts.len() as u32;
        for _ in 0..=dice.below(3) {
            layers.parts.push(dice.span(text));
        }
        layers.quotes.push(QuoteRecord {
            kind: dice.one_of(QuoteKind::ALL),
            parts: Run::new(start, layers.parts.len() as u32),
            cue: dice.maybe(1).map(|_| CueRecord {
                span: dice.span(text),
                speech: dice.below(2) == 0,
                negated: dice.below(2) == 0,
                possible: dice.below(2) == 0,
            }),
            mention: dice.maybe(layers.mentions.len()),
            speaker: dice.maybe(entities),
            addressee: dice.maybe(entities),
            nested_in: dice.maybe(index),
            rule: dice.one_of(Rule::ALL),
            confidence: f32::from_bits(dice.below(1 + 1.0f32.to_bits() as usize) as u32),
        });
    }
    layers
}

fn documents() -> impl Strategy<Value = Document<'static>> {
    (texts(), prop::collection::vec(any::<u32>(), 97)).prop_map(|(text, row)| {
        let layers = arbitrary_layers(&text, row);
        Document::assemble(text.into(), layers)
    })
}

proptest! {
    #[test]
    fn segments_tile_the_text(document in documents()) {
        let segments: Vec<Segment<'_>> = document.segments().collect();
        prop_assert_eq!(segments.iter().map(|segment| segment.text()).collect::<String>(), document.text());
        let mut end = 0;
        for (index, segment) in segments.iter().enumerate() {
            prop_assert_eq!((segment.index(), segment.span().start()), (index, end));
            prop_assert!(!segment.span().is_empty());
            if let Some(quote) = segment.quote() {
                prop_assert!(quote.kind() == QuoteKind::Direct && quote.parts().any(|part| part == segment.span()));
            }
            end = segment.span().end();
        }
        let narrations = segments.iter().map(|segment| segment.kind() == SegmentKind::Narration).collect::<Vec<_>>();
        prop_assert!(narrations.windows(2).all(|pair| pair != [true, true]), "two narrations meet");
    }

    #[test]
    fn quote_at_finds_the_innermost(document in documents()) {
        for offset in 0..=document.text().len() as u32 {
            let innermost = document
                .quotes()
                .flat_map(|quote| quote.parts().map(move |part| (part, quote)))
                .filter(|(part, _)| part.contains(offset))
                .max_by_key(|(part, _)| text_order(*part));
            prop_assert_eq!(document.quote_at(offset), innermost.map(|(_, quote)| quote));
        }
    }

    #[test]
    fn lookups_by_offset_agree_with_a_search(document in documents()) {
        for offset in 0..=document.text().len() as u32 {
            let token = document.tokens().find(|token| token.span().contains(offset));
            prop_assert_eq!(document.token_at(offset), token);
            let sentence = document.sentences().find(|sentence| sentence.span().contains(offset));
            prop_assert_eq!(document.sentence_at(offset), sentence);
        }
        for token in document.tokens() {
            prop_assert!(token.sentence().tokens().any(|other| other == token));
            prop_assert!(token.sentence().paragraph().sentences().any(|sentence| sentence == token.sentence()));
        }
    }

    #[test]
    fn entities_own_what_names_them(document in documents()) {
        for entity in document.entities() {
            let quotes: Vec<_> = document.quotes().filter(|quote| quote.speaker() == Some(entity)).collect();
            prop_assert_eq!(entity.quotes().collect::<Vec<_>>(), quotes);
            let mentions: Vec<_> = document.mentions().filter(|mention| mention.entity() == Some(entity)).collect();
            prop_assert_eq!(entity.mentions().collect::<Vec<_>>(), mentions);
        }
        let said: Vec<usize> = document.speakers().map(|speaker| speaker.quotes().len()).collect();
        prop_assert!(said.is_sorted_by(|a, b| a >= b) && !said.contains(&0));
    }

    #[test]
    fn every_view_can_be_shown(document in documents()) {
        let shown = format!(
            "{:?}{:?}{:?}{:?}",
            document.quotes().map(|quote| (quote, quote.cue(), quote.evidence(), quote.content())).collect::<Vec<_>>(),
            document.mentions().map(|mention| (mention, mention.sentence())).collect::<Vec<_>>(),
            document.entities().map(|entity| (entity, entity.names())).collect::<Vec<_>>(),
            document.segments().collect::<Vec<_>>(),
        );
        prop_assert!(!shown.is_empty());
    }

    #[test]
    fn offsets_are_exact(text in texts()) {
        let map = OffsetMap::new(&text);
        for (chars, offset) in (0..).zip(text.char_indices().map(|(offset, _)| offset).chain([text.len()])) {
            let span = Span::new(0, offset as u32);
            prop_assert_eq!(map.chars(span), 0..chars);
            prop_assert_eq!(map.utf16(span), 0..text[..offset].encode_utf16().count());
            prop_assert_eq!(map.span_of_chars(map.chars(span)), Ok(span));
            prop_assert_eq!(map.span_of_utf16(map.utf16(span)), Ok(span));
        }
        let units = text.encode_utf16().count();
        for inside in (0..).zip(text.encode_utf16()).filter(|(_, unit)| (0xDC00..0xE000).contains(unit)).map(|(at, _)| at) {
            prop_assert!(map.span_of_utf16(inside..units).is_err_and(|error| error.is_offset()));
        }
        prop_assert!(map.span_of_chars(0..units + 1).is_err_and(|error| error.is_offset()));
        prop_assert!(map.span_of_utf16(0..units + 1).is_err_and(|error| error.is_offset()));
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::*;
    use serde_json::{Value, json};

    fn read(json: &Value) -> Result<Document<'static>, String> {
        serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_contract_of_the_evaluation_is_kept() {
        let json = serde_json::to_value(scene()).expect("a document can be written");
        assert_eq!(
            json["quotes"][1],
            json!({
                "kind": "direct",
                "spans": [{"start": 29, "end": 71}, {"start": 83, "end": 100}],
                "cue": {"start": 76, "end": 81, "speech": true, "negated": false, "possible": false},
                "speaker": {
                    "entity": 0,
                    "name": "Ada Okafor",
                    "mention": {"start": 72, "end": 75, "kind": "pronoun"},
                },
                "addressee": null,
                "nested_in": null,
                "confidence": 0.5,
                "rule": "pronoun-tag",
            })
        );
        assert_eq!(json["quotes"][3]["speaker"]["entity"], Value::Null);
        assert_eq!(json["entities"][0]["mentions"].as_array().map(Vec::len), Some(3));
        assert_eq!(json["entities"][0]["cast"], "ada");
        assert_eq!(json["entities"][0]["narrator"], false);
        assert_eq!(json.get("unresolved"), None, "both stand with their quotations");
    }

    #[test]
    fn views_are_flat_rows() {
        let document = scene();
        assert_eq!(
            serde_json::to_value(document.quote(1)).expect("a quote can be written"),
            json!({
                "kind": "direct",
                "text": "“He cried, ‘The bridge!’ and ran,” “as all did.”",
                "spans": [{"start": 29, "end": 71}, {"start": 83, "end": 100}],
                "speaker": "Ada Okafor",
                "entity": 0,
                "mention": "she",
                "cue": "added",
                "addressee": null,
                "nested_in": null,
                "confidence": 0.5,
                "rule": "pronoun-tag",
            })
        );
        let mention = document.mentions().next();
        let row =
            json!({"start": 12, "end": 22, "text": "Ada\nOkafor", "kind": "name", "entity": 0, "name": "Ada Okafor"});
        assert_eq!(serde_json::to_value(mention).expect("a mention can be written"), row);
        let cue = document.quote(0).and_then(Quote::cue);
        let row = json!({"start": 23, "end": 27, "text": "said", "speech": true, "negated": false, "possible": false});
        assert_eq!(serde_json::to_value(cue).expect("a cue can be written"), row);
        let segment = document.segments().next();
        let row =
            json!({"start": 0, "end": 11, "text": "“Wait,”", "kind": "quote", "quote": 0, "speaker": "Ada Okafor"});
        assert_eq!(serde_json::to_value(segment).expect("a segment can be written"), row);
    }

    #[test]
    fn what_points_nowhere_is_refused() {
        let good = serde_json::to_value(scene()).expect("a document can be written");
        let refused = |pointer: &str, value: Value| {
            let mut json = good.clone();
            *json.pointer_mut(pointer).expect("the field is there") = value;
            read(&json).expect_err(pointer)
        };
        let bytes = scene().text().len();
        for (pointer, value, message) in [
            ("/quotes/0/speaker/entity", json!(1), "speaker refers to entity 1, of which there are 1"),
            ("/quotes/0/addressee", json!(7), "addressee refers to entity 7, of which there are 1"),
            ("/quotes/1/nested_in", json!(1), "nested_in refers to earlier quote 1, of which there are 1"),
            ("/quotes/1/spans", json!([]), "quote refers to span 0, of which there are 0"),
            ("/quotes/0/confidence", json!(1.5), "confidence 1.5 is not between 0 and 1"),
            ("/quotes/0/kind", json!("loud"), "unknown QuoteKind \"loud\""),
            (
                "/quotes/0/cue",
                json!({"start": 9, "end": 3, "speech": true, "negated": false, "possible": false}),
                "span 9..3 ends before it starts",
            ),
            (
                "/quotes/0/cue",
                json!({"start": 0, "end": 1, "speech": true, "negated": false, "possible": false}),
                "cue 0..1 is not a stretch of the text of {} bytes",
            ),
            ("/quotes/0/spans/0/end", json!(999), "span of a quote 0..999 is not a stretch of the text of {} bytes"),
            ("/entities/0/mentions/0/start", json!(1), "mention 1..22 is not a stretch of the text of {} bytes"),
            (
                "/entities/0/gender_evidence/end",
                json!(1),
                "gender evidence 0..1 is not a stretch of the text of {} bytes",
            ),
        ] {
            let error = refused(pointer, value);
            assert!(error.contains(&message.replace("{}", &bytes.to_string())), "{pointer}: {error}");
        }
    }

    #[test]
    fn a_source_that_no_entity_lists_names_nobody() {
        let mut json = serde_json::to_value(scene()).expect("a document can be written");
        json["entities"][0]["mentions"] = json!([]);
        let document = read(&json).expect("it holds together");
        assert_eq!(document.mentions().map(Mention::text).collect::<Vec<_>>(), ["Ada\nOkafor", "He", "she", "they"]);
        assert!(document.mentions().all(|mention| mention.entity().is_none()));
    }

    /// Fields of a document, with values that are wrong in every way.
    fn spoilt() -> impl Strategy<Value = Value> {
        let number =
            prop_oneof![any::<u32>().prop_map(Value::from), (0..130u32).prop_map(Value::from), Just(json!(-1))];
        let odd =
            prop_oneof![Just(Value::Null), Just(json!([])), Just(json!({})), Just(json!("“é")), Just(json!(1e300))];
        prop_oneof![4 => number, 1 => odd]
    }

    /// Replaces the `index`-th value of a tree.
    fn replace(tree: &mut Value, index: &mut usize, new: &Value) {
        if *index == 0 {
            *tree = new.clone();
        }
        *index = index.wrapping_sub(1);
        match tree {
            Value::Array(values) => values.iter_mut().for_each(|value| replace(value, index, new)),
            Value::Object(fields) => fields.values_mut().for_each(|value| replace(value, index, new)),
            _ => {}
        }
    }

    proptest! {
        #[test]
        fn a_document_comes_back_equal(document in documents()) {
            let text = serde_json::to_string(&document).expect("a document can be written");
            let back: Document<'_> = serde_json::from_str(&text).expect("it can be read");
            prop_assert_eq!(&back, &document);
            prop_assert!(back.tokens().map(Token::span).eq(document.tokens().map(Token::span)));
            prop_assert_eq!(serde_json::to_string(&back).expect("and written"), text);
        }

        #[test]
        fn spoilt_json_is_read_or_refused(
            document in documents(),
            changes in prop::collection::vec((0..200usize, spoilt()), 1..4),
        ) {
            let mut json = serde_json::to_value(&document).expect("a document can be written");
            for (mut index, new) in changes {
                replace(&mut json, &mut index, &new);
            }
            if let Ok(document) = read(&json) {
                let segments: String = document.segments().map(Segment::text).collect();
                prop_assert_eq!(segments, document.text());
                let shown = format!("{:?}", document.quotes().map(Quote::evidence).collect::<Vec<_>>());
                prop_assert!(shown.starts_with('['));
                prop_assert_eq!(read(&serde_json::to_value(&document).expect("it can be written")), Ok(document));
            }
        }
    }
}
