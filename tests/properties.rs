//! What holds of every text, however odd: nothing panics, every span is a stretch of the text in its right place, and the
//! settings of the engine do no more than they say.
//!
//! The texts are made of what decides something (marks, names, cues, pronouns, breaks, odd characters), strung together
//! without sense, so that every rule meets what it does not expect; and some are arbitrary strings.

mod invariants;

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use whosaid::{Attributor, Document, Gender, Member, OffsetMap, Quote, QuoteKind, Span};

use invariants::{everything_holds, marks_nest, mentions_hold, quotations_hold, segments_tile};

/// What texts are made of.
const PIECES: &[&[&str]] = &[
    // Marks of quotation, of all styles, apostrophes and inch marks.
    &[
        "“",
        "”",
        "\"",
        "\"",
        "‘",
        "’",
        "'",
        "''",
        "``",
        "`",
        "«",
        "»",
        "‹",
        "›",
        "„",
        "‟",
        "‚",
        "「",
        "」",
        "『",
        "』",
        "“‘",
        "’”",
        "\"'",
        "'\"",
        "“”",
        "\"\"",
        "6' 2\"",
        "’90s",
        "th’",
        "’Tis",
        "—“",
        "”—",
        "'tis",
        "an’",
        "‘em",
        "6’ 2”",
        "'''",
        "“‘«",
        "»’”",
        "```",
        "`a`",
        "(\"a\")",
        "=\"a\"",
        "\n\n— ",
        "\n— ",
        "— ",
        "―",
    ],
    // Names and titles.
    &[
        "Ada",
        "Okafor",
        "Ada Okafor",
        "Mr.",
        "n",
        "né",
        "Mrs. Lund",
        "Dr. O’Neill",
        "Sir",
        "E. M. Tolland",
        "van der Meulen",
        "al-Khatib",
        "Łukasz Wójcik",
        "Veltra Energy",
        "Reuters",
        "OKAFOR:",
        "Kate",
        "Katherine Ames",
        "Prime Minister",
        "Ada’s",
        "St. Olave’s",
        "Ann Lowe",
    ],
    // Nouns that speak, pronouns.
    &[
        "the old man",
        "two engineers",
        "a spokeswoman",
        "officials",
        "her brother",
        "my father",
        "the director",
        "he",
        "she",
        "they",
        "it",
        "I",
        "we",
        "you",
        "who",
        "his",
        "her",
        "him",
        "me",
        "himself",
        "one of them",
    ],
    // Cues, and words that look like cues.
    &[
        "said",
        "says",
        "asked",
        "replied",
        "told",
        "according to",
        "went on to say",
        "added that",
        "saying",
        "was quoted as saying",
        "did not say",
        "denied",
        "whispered",
        "called",
        "shouted",
        "warned that",
        "in a statement",
        "told reporters",
        "thought",
        "announced",
        "shrugged",
        "nodded",
        "that said",
        "put in",
        "argued",
        "wrote",
        "said that",
        "say so",
    ],
    // The rest of sentences.
    &[
        "the bridge stays shut",
        "is",
        "was",
        "not",
        "that",
        "and",
        "but",
        "to",
        "of",
        "in",
        "on Friday",
        "if",
        "because",
        "U.S.",
        "p.m.",
        "3.5",
        "$1.2 million",
        "No. 7",
        "so-called",
        "never",
        "yes",
        "oh",
        "well",
        "very",
        "quietly",
        "(",
        ")",
        "[",
        "]",
    ],
    // Punctuation.
    &[",", ".", "?", "!", "…", "...", "—", "--", "-", ";", ":", ", ", ". ", ".”", ",”", "?’", ".\"", ",\""],
    // Breaks and spaces.
    &[
        " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n", "\t", "\n    ", "\u{a0}", "\u{2028}", "\u{2029}",
        "\u{85}", "\u{b}", "\r",
    ],
    // Odd characters.
    &[
        "\0",
        "\u{feff}",
        "\u{200b}",
        "\u{200d}",
        "\u{301}",
        "e\u{301}",
        "👩‍👧",
        "😀",
        "ß",
        "İ",
        "ǅ",
        "你好",
        "שלום",
        "\u{202e}",
        "\u{fffd}",
        "\u{10ffff}",
        "𝔸da",
        "ﬁ",
        "\u{ad}",
        "²",
        "ª",
        "＂",
        "；",
    ],
];

/// Pieces strung together, mostly with spaces between.
fn jumble() -> impl Strategy<Value = String> {
    let piece = select(PIECES).prop_flat_map(select);
    let space = prop_oneof![6 => Just(" "), 2 => Just(""), 1 => Just("\n\n"), 1 => Just("\n")];
    prop::collection::vec((piece, space), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| piece.to_owned() + space).collect())
}

/// Scenes that make sense up to a point: the rules come to work in them.
fn scene() -> impl Strategy<Value = String> {
    let marks = select(
        &[
            ("“", "”"),
            ("\"", "\""),
            ("‘", "’"),
            ("'", "'"),
            ("``", "''"),
            ("«", "»"),
            ("“", ""),
            ("", "”"),
            ("»", "«"),
            ("„", "“"),
            ("„", "”"),
            ("‚", "‘"),
            ("「", "」"),
            ("『", "』"),
            ("”", "”"),
            ("“", "\""),
            ("`", "'"),
            ("— ", ""),
            ("— ", " — "),
            ("\n     “", "”"),
        ][..],
    );
    let speaker =
        select(&["Ada Okafor", "Okafor", "Mrs. Lund", "the old man", "she", "he", "I", "they", "Kate", "two men"][..]);
    let cue = select(&["said", "asked", "replied", "told Ada", "whispered", "smiled", "added", "did not say"][..]);
    let words = select(
        &[
            "Where is the map, Ada?",
            "It isn’t mine,",
            "The boys' coats—",
            "Then Olga said, ‘Not today,’ and left.",
            "Yes.",
            "I never…",
            "He called it “very frank”,",
            "We left at dawn",
        ][..],
    );
    let form = 0..9usize;
    let line = (marks, speaker, cue, words, form).prop_map(|((open, close), speaker, cue, words, form)| match form {
        0 => format!("{open}{words}{close} {cue} {speaker}."),
        1 => format!("{open}{words}{close} {speaker} {cue}."),
        2 => format!("{speaker} {cue}, {open}{words}{close}"),
        3 => format!("{open}{words}{close}"),
        4 => format!("{open}{words}{close} {speaker} {cue}, {open}{words}{close}"),
        5 => format!("{open}{words}"),
        6 => format!("{speaker} {cue} that {words}"),
        7 => format!("According to {speaker}, the talks were {open}{words}{close}."),
        _ => format!("{speaker} crossed the room. {open}{words}{close} {speaker} {cue} nothing."),
    });
    let between = select(&["\n\n", " ", "\n", "\r\n\r\n"][..]);
    prop::collection::vec((line, between), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(line, between)| line + between).collect())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![5 => jumble(), 5 => scene(), 1 => any::<String>(), 1 => "[“”\"'‘’ \n.,a-cA-C]{0,80}"]
}

fn read(text: &str) -> Document<'_> {
    Document::new(text).expect("the text is shorter than 4 GiB")
}

/// The smallest texts that once went wrong.
#[test]
fn what_went_wrong_goes_right() {
    let texts = [
        "According to the old man, the talks were “Where is the map, Ada?”.\n\n“It isn’t mine,” whispered Okafor.\n\n\
         “Where is the map, Ada?”\n“Where is the map, Ada?”\n\n",
        "“Where is the map, Ada?” said Ada Okafor.\nshe said that Then Olga said, ‘Not today,’ and left.\n\n\
         “Where is the map, Ada?” Ada Okafor said, “Where is the map, Ada?”\n\n",
        "«Ja»«Ja», said Ada. »Nein«, said Ada. „Ja“, said Ben. 「Ja, said Ada. »Nein«, said Ada. „Ja“, said Ben. 「Ja」",
        "Ja», said Kate. »Nein Ada, the talks failed,\" she added. The talks were frank\".\n\n“Wh.\n",
        "«Ja», said Kate. «Nein», said A: “a“, said Olek.\n\nsaid$ A:",
        "“Nein,” said $ A: “ja,” said Olek.",
        "«Oui»( said K No, said AnnG 'Tir 6V'n' roall, 'r'oc~\0'n \"'kr\n\0o\0 — No, said AnnG 'Tis 2'n' roall, r''ock\"'n' roll, the boys' 7\u{fffd}90s.\n",
        "Mr.n",
        "Mr.né",
        "St.n'",
        "Dr.n”",
        "“Go,” said Dr.Nixon.",
        "$$$$$$$$!!!!!!!! a é.é’é·é.",
        "ng",
        "saying ",
        "h said\"\"?``",
        "r put''``",
        "l was saying“",
        "n\nsay「",
        "''「”warn ta",
        "the director E director hht",
        "''‘\".",
        "\"'\"c",
        "“,said L 'Y'",
        "“a?he replied,«",
        "“AAa\"a\n\n‘\".'\"\"\"",
        "I said tn Ola said‘t’",
        "According to he Ola said‘N,’",
        "“Wha”she told Ms L",
        "e told A,``\nAccording to he  \"I nev",
        "“Where is the map?” said Mrs. Lund.\n\n“Where?” said Ada Okafor.\n“Where?” whispered she.",
        "H o HeR.",
        "_\n—,said a.„We\n—a",
        "Ada Okafor was quoted as saying Ada``toldhimself not\n\n",
        "Theoman  According to Ada Okafor«Ouikafor«Oui»,“afkOkafalks ==:+sfrank\"=== According .\n\n\"We never ",
        "According to Okafor, the talks were “where”.\n\n‘He called it “very frank”,\n“Where?” said Okafor.\n\n",
        " said 1k\"dira,ap\n“Ctalls:n\nC:{\n“Ctalls\":t",
        "'y“,said Ol.k「い“ s“W”`t b",
    ];
    for text in texts {
        // Shown where the test fails.
        eprintln!("{text:?}");
        everything_holds(text);
    }
}

/// Reads memory that was never written, so that it costs time alone.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_text_over_4_gib_is_refused() {
    let text = String::from_utf8(vec![0; 1 << 32]).expect("zeros are characters");
    let error = Document::new(&text).expect_err("it is too long");
    assert!(error.is_text_too_long());
    assert!(error.to_string().contains("4294967296"), "{error}");
}

/// What can be told of a quotation without its document.
#[derive(Debug, PartialEq)]
struct Told<'d> {
    kind: QuoteKind,
    parts: Vec<Span>,
    speaker: Option<&'d str>,
    cue: Option<Span>,
}

fn told(quote: Quote<'_>) -> Told<'_> {
    Told {
        kind: quote.kind(),
        parts: quote.parts().collect(),
        speaker: quote.speaker().map(whosaid::Entity::name),
        cue: quote.cue().map(whosaid::Cue::span),
    }
}

/// An engine and its settings.
#[derive(Debug)]
struct Setup {
    attributor: Attributor,
    kinds: &'static [QuoteKind],
    threshold: f32,
}

/// Some engines, built once: to build one takes longer than to read a text.
fn setups() -> &'static [Setup] {
    static SETUPS: OnceLock<Vec<Setup>> = OnceLock::new();
    SETUPS.get_or_init(|| {
        let settings: [(&[QuoteKind], f32); 6] = [
            (QuoteKind::ALL, 0.0),
            (QuoteKind::ALL, 0.9),
            (&[QuoteKind::Direct], 0.0),
            (&[QuoteKind::Mixed, QuoteKind::Indirect], 0.5),
            (&[QuoteKind::None, QuoteKind::Direct], 1.0),
            (&[], 0.0),
        ];
        let build = |(kinds, threshold): (&'static [QuoteKind], f32)| {
            let builder = Attributor::builder().kinds(kinds.iter().copied()).threshold(threshold);
            Setup { attributor: builder.build().expect("the settings are sound"), kinds, threshold }
        };
        settings.map(build).into()
    })
}

/// The same texts in every run, so that a change answers for what it does and for nothing else. To search further set
/// `PROPTEST_CASES`, to search elsewhere `PROPTEST_RNG_SEED`.
fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    let rng_seed = match config.rng_seed {
        RngSeed::Random => RngSeed::Fixed(0),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    // A text that fails belongs in the list above, where a reader sees it, not in a file of seeds.
    ProptestConfig { rng_seed, failure_persistence: None, ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn everything_has_its_place(text in texts()) {
        everything_holds(&text);
    }

    #[test]
    fn the_same_text_gives_the_same_result(text in texts()) {
        let first = read(&text);
        prop_assert_eq!(&first, &read(&text));
        let other = setups().iter().find(|setup| setup.threshold == 0.0 && setup.kinds == QuoteKind::ALL);
        let other = &other.expect("one has the default settings").attributor;
        prop_assert_eq!(&first, &other.attribute(&text).expect("the text is short"));
        prop_assert_eq!(&first, &read(&text).into_owned());
    }

    #[test]
    fn settings_do_no_more_than_they_say(text in texts(), setup in 0..setups().len()) {
        let Setup { attributor, kinds, threshold } = &setups()[setup];
        let (all, some) = (read(&text), attributor.attribute(&text).expect("the text is short"));
        let wanted: Vec<_> = all
            .quotes()
            .filter(|quote| kinds.contains(&quote.kind()))
            .map(|quote| {
                let sure = quote.confidence() >= *threshold;
                Told { speaker: quote.speaker().filter(|_| sure).map(whosaid::Entity::name), ..told(quote) }
            })
            .collect();
        prop_assert_eq!(some.quotes().map(told).collect::<Vec<_>>(), wanted);
        quotations_hold(&some);
        mentions_hold(&some);
        segments_tile(&some);
    }

    #[test]
    fn a_cast_does_no_harm(text in texts()) {
        static ENGINE: OnceLock<Attributor> = OnceLock::new();
        let engine = ENGINE.get_or_init(|| {
            let cast = [
                Member::new("Ada Okafor").alias("Ada").alias("the old man").gender(Gender::Female),
                Member::new("Kate").gender(Gender::Male),
                Member::new("Nobody at All").alias("👩‍👧"),
            ];
            Attributor::builder().cast(cast).reporting_verbs(["shut", "leave"]).build().expect("the cast is sound")
        });
        let document = engine.attribute(&text).expect("the text is short");
        quotations_hold(&document);
        marks_nest(&document);
        mentions_hold(&document);
        segments_tile(&document);
        let mut members: Vec<&str> = document.entities().filter_map(whosaid::Entity::cast).collect();
        let count = members.len();
        members.sort_unstable();
        members.dedup();
        prop_assert_eq!(members.len(), count, "one member is two entities");
    }

    #[test]
    fn offsets_agree_with_a_count(text in texts()) {
        let map = OffsetMap::new(&text);
        for (chars, (offset, _)) in text.char_indices().enumerate().chain([(text.chars().count(), (text.len(), ' '))]) {
            let before = Span::new(0, offset as u32);
            prop_assert_eq!(map.chars(before), 0..chars);
            prop_assert_eq!(map.utf16(before), 0..text[..offset].encode_utf16().count());
        }
        let document = read(&text);
        for quote in document.quotes() {
            let chars: String = text.chars().skip(map.chars(quote.span()).start).take(map.chars(quote.span()).len()).collect();
            prop_assert_eq!(chars, quote.text());
        }
    }
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_comes_back_equal(text in texts()) {
        let document = read(&text);
        let json = serde_json::to_string(&document).expect("a document can be written");
        let back: Document<'_> = serde_json::from_str(&json).expect("it can be read");
        prop_assert_eq!(&back, &document);
        prop_assert_eq!(serde_json::to_string(&back).expect("and written"), json);
    }
}
