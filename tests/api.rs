//! What callers rely on: traits and sizes of the public types, the words that things print as, the errors for what a caller
//! can get wrong, and that every setting of the builder does what it says.

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::str::FromStr;
use std::thread;

use whosaid::{
    Attributor, AttributorBuilder, Cue, Document, Entity, Error, Evidence, Gender, Member, Mention, MentionKind,
    Number, OffsetMap, Paragraph, Quote, QuoteKind, Rule, Segment, SegmentKind, Sentence, Span, Token, TokenKind,
};

const SCENE: &str = "Ada Okafor came to the bridge. “Wait,” she said. “It stays shut.”\n\n“He called it ‘very frank’,” \
    said Mr. Hale.\n\nOkafor said the bridge was “a disgrace”. Two engineers said it would open in June. The “garden” was a tub.\n";

#[test]
fn all_types_can_go_anywhere() {
    fn any<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Clone>() {}
    fn view<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Copy + Eq + Hash>() {}
    fn word<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Copy + Ord + Hash + Display + FromStr>() {}
    fn span<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Copy + Ord + Hash + Display>() {}
    fn engine<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug + Default>() {}
    fn key<T: Eq + Hash>() {}
    engine::<Attributor>();
    engine::<AttributorBuilder>();
    any::<AttributorBuilder>();
    any::<Document<'_>>();
    any::<Error>();
    any::<Member>();
    key::<Member>();
    any::<OffsetMap<'_>>();
    view::<Cue<'_>>();
    view::<Entity<'_>>();
    view::<Evidence<'_>>();
    view::<Mention<'_>>();
    view::<Paragraph<'_>>();
    view::<Quote<'_>>();
    view::<Segment<'_>>();
    view::<Sentence<'_>>();
    view::<Token<'_>>();
    word::<Gender>();
    word::<MentionKind>();
    word::<Number>();
    word::<QuoteKind>();
    word::<Rule>();
    word::<SegmentKind>();
    span::<Span>();
    word::<TokenKind>();
}

#[test]
fn debug_output_can_be_read() {
    let cast = [Member::new("Ada Okafor").alias("the boss").gender(Gender::Female)];
    let attributor = Attributor::builder().cast(cast).threshold(0.5).build().expect("the settings are sound");
    let shown = format!("{attributor:?}");
    assert!(shown.contains("Ada Okafor") && shown.contains("threshold: 0.5"), "{shown}");
    assert!(shown.len() < 400, "what the caller set, not the tables: {shown}");
}

#[test]
fn words_can_be_read_back() {
    assert_eq!("named-tag".parse(), Ok(Rule::NamedTag));
    assert_eq!("Named-Tag".parse::<Rule>().unwrap_err().to_string(), "unknown Rule \"Named-Tag\"");
    let error = "loud".parse::<QuoteKind>().unwrap_err();
    assert_eq!(told(&error), (vec!["unknown word"], "unknown QuoteKind \"loud\"".to_owned()));
}

#[test]
fn small_types_are_small() {
    assert_eq!(size_of::<Span>(), 8);
    assert_eq!(size_of::<QuoteKind>(), 1);
    assert_eq!(size_of::<Rule>(), 1);
    assert_eq!(size_of::<Quote<'_>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Entity<'_>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Token<'_>>(), 2 * size_of::<usize>());
}

#[test]
fn vocabularies_print_as_their_json() {
    fn words<T: Copy + Display>(all: &[T]) -> String {
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
    assert_eq!(words(TokenKind::ALL), "word clitic number quote-mark punctuation");
    assert_eq!(words(QuoteKind::ALL), "direct mixed indirect none");
    assert_eq!(words(MentionKind::ALL), "name nominal pronoun");
    assert_eq!(words(Gender::ALL), "female male unknown");
    assert_eq!(words(Number::ALL), "singular plural");
    assert_eq!(words(SegmentKind::ALL), "narration quote");
    assert!(Rule::ALL.iter().all(|rule| rule.to_string() == rule.as_str()));
    assert_eq!(
        (format!("{:>8}|", QuoteKind::Mixed), format!("{:?}", QuoteKind::Mixed)),
        ("   mixed|".into(), "Mixed".into())
    );
}

#[test]
fn spans_print_as_ranges() {
    let span = Span::new(3, 9);
    assert_eq!((span.to_string(), format!("{span:?}")), ("3..9".into(), "3..9".into()));
    assert_eq!(&"“No,” said Ada."[span], "No,”");
    assert_eq!(std::ops::Range::<usize>::from(span), 3..9);
}

#[test]
#[should_panic(expected = "a span starts no later than it ends")]
fn a_span_does_not_end_before_it_starts() {
    let _ = Span::new(9, 3);
}

fn refused(builder: AttributorBuilder) -> Error {
    builder.build().expect_err("the settings are wrong")
}

/// The predicates of an error that hold, and its message.
fn told(error: &Error) -> (Vec<&'static str>, String) {
    let predicates = [
        ("cast", error.is_cast()),
        ("setting", error.is_setting()),
        ("too long", error.is_text_too_long()),
        ("unknown word", error.is_unknown_word()),
        ("offset", error.is_offset()),
    ];
    (predicates.into_iter().filter_map(|(name, holds)| holds.then_some(name)).collect(), error.to_string())
}

#[test]
fn a_cast_may_not_contradict_itself() {
    let cast = |members: &[Member]| told(&refused(Attributor::builder().cast(members.iter().cloned())));
    let twice = [Member::new("Anna Ruiz").alias("Ann"), Member::new("Ann Lowe").alias("Ann")];
    let message = r#"alias "Ann" belongs to two members of the cast: "Anna Ruiz" and "Ann Lowe""#;
    assert_eq!(cast(&twice), (vec!["cast"], message.into()));
    let name_and_alias = [Member::new("Ann"), Member::new("Ann Lowe").alias("Ann")];
    let message = r#"alias "Ann" belongs to two members of the cast: "Ann" and "Ann Lowe""#;
    assert_eq!(cast(&name_and_alias), (vec!["cast"], message.into()));
    for (members, message) in [
        ([Member::new("Ann"), Member::new("")], "member 1 of the cast has an empty name or alias"),
        ([Member::new("Ann").alias(" \n"), Member::new("Ben")], "member 0 of the cast has an empty name or alias"),
    ] {
        assert_eq!(cast(&members), (vec!["cast"], message.into()));
    }
    let own = Member::new("Ann").alias("Ann").alias("Annie").alias("Annie");
    assert!(Attributor::builder().cast([own]).build().is_ok(), "to repeat oneself is no contradiction");
}

#[test]
fn a_reporting_verb_is_made_of_words() {
    for (verb, message) in [
        ("", r#"reporting verb "" is not made of words"#),
        ("42", r#"reporting verb "42" is not made of words"#),
        (" ", r#"reporting verb " " is not made of words"#),
        ("say!", r#"reporting verb "say!" is not made of words"#),
    ] {
        let error = refused(Attributor::builder().reporting_verbs([verb]));
        assert_eq!(told(&error), (vec!["setting"], message.into()));
    }
    for verb in ["facetime", "check in", "re-tweet", "say"] {
        assert!(Attributor::builder().reporting_verbs([verb]).build().is_ok(), "{verb}");
    }
}

#[test]
fn a_threshold_lies_between_0_and_1() {
    for (threshold, message) in [
        (-0.1, "threshold -0.1 is not between 0 and 1"),
        (1.5, "threshold 1.5 is not between 0 and 1"),
        (f32::NAN, "threshold NaN is not between 0 and 1"),
        (f32::INFINITY, "threshold inf is not between 0 and 1"),
    ] {
        let error = refused(Attributor::builder().threshold(threshold));
        assert_eq!(told(&error), (vec!["setting"], message.into()));
        assert!(error.source().is_none(), "the message says all");
    }
    for threshold in [0.0, 0.5, 1.0] {
        assert!(Attributor::builder().threshold(threshold).build().is_ok());
    }
}

#[test]
fn kinds_are_those_asked_for() {
    let all = Document::new(SCENE).expect("it is short");
    for kind in QuoteKind::ALL {
        assert!(all.quotes().any(|quote| quote.kind() == *kind), "the scene has no quotation of kind {kind}");
        let engine = Attributor::builder().kinds([*kind]).build().expect("it is a kind");
        let document = engine.attribute(SCENE).expect("it is short");
        assert!(document.quotes().all(|quote| quote.kind() == *kind));
        assert_eq!(document.quotes().len(), all.quotes().filter(|quote| quote.kind() == *kind).count());
    }
    let engine = Attributor::builder().kinds([]).build().expect("nothing can be asked for");
    let document = engine.attribute(SCENE).expect("it is short");
    assert_eq!((document.quotes().len(), document.segments().len()), (0, 1));
}

#[test]
fn below_the_threshold_nobody_speaks() {
    let all = Document::new(SCENE).expect("it is short");
    for threshold in [0.0, 0.5, 0.9, 0.99, 1.0] {
        let engine = Attributor::builder().threshold(threshold).build().expect("it is between 0 and 1");
        let document = engine.attribute(SCENE).expect("it is short");
        let speakers = document.quotes().map(|quote| quote.speaker().map(whosaid::Entity::name));
        let sure = all
            .quotes()
            .map(|quote| quote.speaker().filter(|_| quote.confidence() >= threshold).map(whosaid::Entity::name));
        assert!(speakers.eq(sure), "{threshold}");
    }
}

#[test]
fn a_verb_of_the_callers_reports() {
    let text = "Okafor facetimed that the bridge was shut. “We check in,” checked in Hale.";
    let found = |document: &Document<'_>| -> Vec<String> {
        document.quotes().filter_map(whosaid::Quote::cue).map(|cue| cue.text().to_owned()).collect()
    };
    let without = Document::new(text).expect("it is short");
    assert!(!found(&without).contains(&"facetimed".to_owned()), "{without:?}");
    let engine = Attributor::builder().reporting_verbs(["facetime", "check in"]).build().expect("they are verbs");
    assert_eq!(found(&engine.attribute(text).expect("it is short")), ["facetimed", "checked in"]);
    for (verb, form) in [("facetime", "facetimes"), ("vlog", "vlogged"), ("retry", "retried")] {
        let engine = Attributor::builder().reporting_verbs([verb]).build().expect("it is a verb");
        let text = format!("“Come now,” {form} Okafor.");
        let document = engine.attribute(&text).expect("it is short");
        assert_eq!(found(&document), [form], "a form of {verb}");
    }
}

#[test]
fn a_cast_is_found_by_every_alias() {
    let cast = [
        Member::new("Ada Okafor").alias("Addie").alias("the boss").gender(Gender::Female),
        Member::new("Benjamin Hale").alias("Ben").gender(Gender::Male),
        Member::new("Nobody").alias("Odysseus"),
    ];
    let engine = Attributor::builder().cast(cast).build().expect("the cast is sound");
    let text =
        "“Come,” said Ben. “Why?” asked Addie.\n\n“Go,” the boss said.\n\n“No,” said Benjamin Hale. “Yes,” said Zoë.";
    let document = engine.attribute(text).expect("it is short");
    let members: Vec<_> = document.quotes().map(|quote| quote.speaker().and_then(whosaid::Entity::cast)).collect();
    let (ada, ben) = (Some("Ada Okafor"), Some("Benjamin Hale"));
    assert_eq!(members, [ben, ada, ada, ben, None]);
    let ada = document.entities().find(|entity| entity.cast() == ada).expect("she speaks");
    assert_eq!((ada.gender(), ada.gender_evidence()), (Gender::Female, None), "the caller tells it, no words do");
    assert!(document.entities().all(|entity| entity.cast() != Some("Nobody")), "who is not in the text is no entity");
}

#[test]
fn a_first_name_in_the_cast_may_be_anothers_too() {
    let cast = [Member::new("Ada Lund").alias("Ada"), Member::new("Ada Brandt")];
    let engine = Attributor::builder().cast(cast).build().expect("the cast is sound");
    let speaker = |text: &str| {
        let document = engine.attribute(text).expect("it is short");
        document.quotes().next().and_then(|quote| quote.speaker()?.cast().map(str::to_owned))
    };
    let told = |who: &str| format!("{who} had come in from the yard.\n\n“The well is dry,” said Ada.");
    assert_eq!(speaker(&told("Ada Brandt")).as_deref(), Some("Ada Brandt"), "who was named in full last");
    assert_eq!(speaker(&told("Ada Lund")).as_deref(), Some("Ada Lund"));
    assert_eq!(speaker(&told("The cat")).as_deref(), Some("Ada Lund"), "who is called so in the cast");
}

#[test]
fn a_cast_may_name_people_by_nouns() {
    let cast = [
        Member::new("A Lady With The Parasol"),
        Member::new("His Valet"),
        Member::new("Ada Lund"),
        Member::new("Ada's Sister"),
        Member::new("The Ferryman"),
    ];
    let engine = Attributor::builder().cast(cast).build().expect("the cast is sound");
    for (tag, member) in [
        ("said the lady with the parasol", "A Lady With The Parasol"),
        ("said the valet", "His Valet"),
        ("said his valet", "His Valet"),
        ("said Ada’s sister", "Ada's Sister"),
        ("said Ada", "Ada Lund"),
        ("said the ferryman", "The Ferryman"),
    ] {
        let text = format!("It had rained since noon.\n\n“The ferry is late,” {tag}.");
        let document = engine.attribute(&text).expect("it is short");
        let speaker = document.quotes().next().and_then(whosaid::Quote::speaker).expect("the tag names somebody");
        assert_eq!(speaker.cast(), Some(member), "{tag}");
    }
}

#[test]
fn one_engine_serves_many_threads() {
    let engine = Attributor::new();
    let texts: Vec<String> = (1..=8).map(|times| SCENE.repeat(times)).collect();
    let alone: Vec<Document<'_>> = texts.iter().map(|text| engine.attribute(text).expect("it is short")).collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (text, alone) in texts.iter().zip(&alone) {
                    assert_eq!(&engine.attribute(text).expect("it is short"), alone);
                }
            });
        }
    });
}

/// Who is called by name in a speech hears it, and so does whoever is told; words that are part of a sentence call nobody.
#[test]
fn whoever_is_called_or_told_hears_it() {
    let hearers = |text: &str| {
        let document = Document::new(text).expect("a short text");
        let hearers: Vec<Option<String>> =
            document.quotes().map(|quote| quote.addressee().map(|hearer| hearer.name().to_owned())).collect();
        hearers
    };
    assert_eq!(hearers("Tom Hale came in. “Sit down, Tom,” said Ada."), [Some("Tom Hale".to_owned())]);
    assert_eq!(hearers("Tom Hale came in. He told Ada Lund that it was late."), [Some("Ada Lund".to_owned())]);
    assert_eq!(hearers("Hale is a “change agent,” Ada Lund said. “Morning, all,” said Tom."), [None, None]);
}

#[test]
fn a_text_without_words_is_a_document() {
    for text in ["", " ", "\n", " \n\n\t \r\n", "\u{a0}\u{2003}", "\u{feff}", "\0"] {
        let document = Document::new(text).expect("any text is valid");
        assert_eq!(document.text(), text);
        assert_eq!(
            (document.quotes().len(), document.mentions().len(), document.entities().len()),
            (0, 0, 0),
            "{text:?}"
        );
        assert_eq!((document.tokens().len(), document.sentences().len()), (0, 0), "{text:?}");
        assert_eq!(document.segments().map(whosaid::Segment::text).collect::<String>(), text);
        assert_eq!((document.speakers().len(), document.quote(0), document.entity(0)), (0, None, None));
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn documents_have_the_fields_that_the_scorer_reads() {
        let text = "“No,” said Ada Okafor, “it stays shut.” Then she went.";
        let document = Document::new(text).expect("it is short");
        let json = serde_json::to_value(&document).expect("it can be written");
        let quote = &json["quotes"][0];
        assert_eq!(quote["kind"], "direct");
        assert_eq!(quote["spans"], json!([{"start": 0, "end": 9}, {"start": 27, "end": 47}]));
        assert_eq!(quote["cue"], json!({"start": 10, "end": 14, "speech": true, "negated": false, "possible": false}));
        assert_eq!(quote["speaker"]["entity"], 0);
        assert_eq!(quote["speaker"]["mention"]["start"], 15);
        assert_eq!(quote["speaker"]["mention"]["end"], 25);
        assert!(quote["confidence"].as_f64().is_some_and(|confidence| (0.0..=1.0).contains(&confidence)));
        let entity = &json["entities"][0];
        assert_eq!((&entity["name"], &entity["narrator"]), (&json!("Ada Okafor"), &json!(false)));
        assert_eq!(entity["mentions"][0], json!({"start": 15, "end": 25, "kind": "name"}));
    }

    #[test]
    fn what_is_not_known_is_null() {
        let document = Document::new("“No.”").expect("it is short");
        let json = serde_json::to_value(&document).expect("it can be written");
        assert_eq!((&json["quotes"][0]["speaker"], &json["quotes"][0]["cue"]), (&Value::Null, &Value::Null));
        assert_eq!(json["entities"], json!([]));
    }

    #[test]
    fn documents_come_back_equal() {
        for text in ["", SCENE, "\0“‘\n\n’", "“Où ?” said Zoë 👩‍👧."] {
            let document = Document::new(text).expect("it is short");
            let json = serde_json::to_string(&document).expect("it can be written");
            let back: Document<'static> = serde_json::from_str(&json).expect("it can be read");
            assert_eq!(back, document);
            assert_eq!(serde_json::to_string(&back).expect("and written"), json);
        }
    }

    #[test]
    fn a_document_that_points_outside_its_text_is_refused() {
        let document = Document::new(SCENE).expect("it is short");
        let mut json = serde_json::to_value(&document).expect("it can be written");
        json["text"] = json!("short");
        let error = serde_json::from_value::<Document<'_>>(json).expect_err("the spans lie outside");
        assert!(error.to_string().contains("is not a stretch of the text of 5 bytes"), "{error}");
    }

    #[test]
    fn a_span_that_ends_inside_a_character_is_refused() {
        let document = Document::new("“Où ?” said Zoë.").expect("it is short");
        let mut json = serde_json::to_value(&document).expect("it can be written");
        json["quotes"][0]["spans"][0]["start"] = json!(1);
        let error = serde_json::from_value::<Document<'_>>(json).expect_err("byte 1 is inside the mark");
        assert!(error.to_string().contains("1..11"), "{error}");
    }

    #[test]
    fn spans_and_kinds_come_back_equal() {
        let span: Span = serde_json::from_value(json!({"start": 3, "end": 9})).expect("it is a span");
        assert_eq!(span, Span::new(3, 9));
        assert!(serde_json::from_value::<Span>(json!({"start": 9, "end": 3})).is_err());
        for kind in QuoteKind::ALL {
            let json = serde_json::to_value(kind).expect("it can be written");
            assert_eq!(json, kind.as_str());
            assert_eq!(serde_json::from_value::<QuoteKind>(json).ok(), Some(*kind));
        }
    }
}
