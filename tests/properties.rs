//! What holds of every text, however odd: nothing panics, every span is a stretch of the text in its right place, and the
//! settings of the engine do no more than they say.
//!
//! The texts are made of what decides something (marks, names, cues, pronouns, breaks, odd characters), strung together
//! without sense, so that every rule meets what it does not expect; and some are arbitrary strings.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestCaseError};
use whosaid::{Attributor, Document, Gender, Member, OffsetMap, Quote, QuoteKind, SegmentKind, Span};

/// What texts are made of.
const PIECES: &[&[&str]] = &[
    // Marks of quotation, of all styles, apostrophes and inch marks.
    &[
        "“", "”", "\"", "\"", "‘", "’", "'", "''", "``", "`", "«", "»", "‹", "›", "„", "‟", "‚", "「", "」", "『",
        "』", "“‘", "’”", "\"'", "'\"", "“”", "\"\"", "6' 2\"", "’90s", "th’", "’Tis", "—“", "”—",
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
    let marks =
        select(&[("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'"), ("``", "''"), ("«", "»"), ("“", ""), ("", "”")][..]);
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

type Check = Result<(), TestCaseError>;

/// Whether `spans` are stretches of `text`, not empty, one after the other, with nothing but what `between` takes
/// between them and, inside `outer`, before and after them.
fn tiles(text: &str, outer: Span, spans: impl Iterator<Item = Span>, between: impl Fn(char) -> bool) -> Check {
    let mut done = outer.start();
    let gap = |start: u32, end: u32| {
        prop_assert!(start <= end && end <= outer.end(), "{start}..{end} in {outer}");
        let gap = text.get(start as usize..end as usize);
        prop_assert!(gap.is_some_and(|gap| gap.chars().all(&between)), "between the pieces of {outer}: {gap:?}");
        Ok(())
    };
    for span in spans {
        prop_assert!(!span.is_empty() && text.get(span.range()).is_some(), "{span} of {}", text.len());
        gap(done, span.start())?;
        done = span.end();
    }
    gap(done, outer.end())
}

/// What no token holds: white space, control characters, marks without width, and the underscores around italics.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '_' || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}')
}

fn segmentation_holds(document: &Document<'_>) -> Check {
    let text = document.text();
    let all = Span::new(0, text.len() as u32);
    tiles(text, all, document.paragraphs().map(whosaid::Paragraph::span), is_blank)?;
    tiles(text, all, document.tokens().map(whosaid::Token::span), is_blank)?;
    for paragraph in document.paragraphs() {
        tiles(text, paragraph.span(), paragraph.sentences().map(whosaid::Sentence::span), is_blank)?;
        for sentence in paragraph.sentences() {
            prop_assert_eq!(sentence.paragraph(), paragraph);
            tiles(text, sentence.span(), sentence.tokens().map(whosaid::Token::span), is_blank)?;
            prop_assert!(sentence.tokens().all(|token| token.sentence() == sentence));
        }
    }
    prop_assert!(document.paragraphs().flat_map(whosaid::Paragraph::sentences).eq(document.sentences()));
    prop_assert!(document.sentences().flat_map(whosaid::Sentence::tokens).eq(document.tokens()));
    Ok(())
}

fn quotations_hold(document: &Document<'_>) -> Check {
    let text = document.text();
    let stretch = |span: Span| {
        prop_assert!(!span.is_empty() && text.get(span.range()).is_some(), "{span} of {}", text.len());
        Ok(())
    };
    let starts: Vec<u32> = document.quotes().map(|quote| quote.span().start()).collect();
    prop_assert!(starts.is_sorted(), "quotations in text order: {starts:?}");
    for quote in document.quotes() {
        let parts: Vec<Span> = quote.parts().collect();
        prop_assert!(!parts.is_empty());
        parts.iter().try_for_each(|&part| stretch(part))?;
        prop_assert!(parts.is_sorted_by(|a, b| a.end() <= b.start()), "parts in order: {quote:?}");
        if let Some(outer) = quote.nested_in() {
            prop_assert!(outer.index() < quote.index());
            let inside = |part: Span| outer.parts().any(|around| around.contains_span(part));
            prop_assert!(parts.iter().all(|&part| inside(part)), "{quote:?} inside {outer:?}");
        }
        if let Some(cue) = quote.cue() {
            stretch(cue.span())?;
            prop_assert!(parts.iter().all(|part| !part.overlaps(cue.span())), "cue {cue:?} inside {quote:?}");
        }
        if let Some(mention) = quote.mention() {
            prop_assert!(
                parts.iter().all(|part| !part.overlaps(mention.span())),
                "source {mention:?} inside {quote:?}"
            );
            if let (Some(entity), Some(speaker)) = (mention.entity(), quote.speaker()) {
                prop_assert_eq!(entity, speaker, "the source names somebody else: {:?}", quote);
            }
        }
        prop_assert!((0.0..=1.0).contains(&quote.confidence()), "{quote:?}");
        prop_assert!(quote.kind() != QuoteKind::None || quote.speaker().is_none(), "{quote:?}");
        prop_assert!(quote.addressee().is_none() || quote.addressee() != quote.speaker(), "{quote:?}");
        prop_assert!(!quote.evidence().to_string().is_empty());
    }
    Ok(())
}

/// Direct quotations and words in marks overlap only if one is nested in the other.
fn marks_nest(document: &Document<'_>) -> Check {
    let marked = |quote: &Quote<'_>| matches!(quote.kind(), QuoteKind::Direct | QuoteKind::None);
    let mut parts: Vec<Span> = document.quotes().filter(marked).flat_map(whosaid::Quote::parts).collect();
    parts.sort_by_key(|part| (part.start(), std::cmp::Reverse(part.end())));
    let mut open: Vec<Span> = Vec::new();
    for part in parts {
        while open.last().is_some_and(|outer| outer.end() <= part.start()) {
            open.pop();
        }
        prop_assert!(
            open.last().is_none_or(|outer| outer.contains_span(part) && *outer != part),
            "{part} crosses {open:?}"
        );
        open.push(part);
    }
    Ok(())
}

fn mentions_hold(document: &Document<'_>) -> Check {
    let text = document.text();
    let spans: Vec<Span> = document.mentions().map(whosaid::Mention::span).collect();
    prop_assert!(spans.iter().all(|span| !span.is_empty() && text.get(span.range()).is_some()));
    let order = |span: &Span| (span.start(), std::cmp::Reverse(span.end()));
    prop_assert!(spans.is_sorted_by(|a, b| order(a) < order(b)), "mentions in text order: {spans:?}");
    for entity in document.entities() {
        prop_assert!(!entity.name().trim().is_empty(), "{entity:?}");
        prop_assert!(entity.mentions().all(|mention| mention.entity() == Some(entity)));
        prop_assert!(entity.mentions().len() > 0, "{entity:?} is named nowhere");
        if let Some(evidence) = entity.gender_evidence() {
            prop_assert!(!evidence.is_empty() && text.get(evidence.range()).is_some());
            prop_assert!(entity.gender() != Gender::Unknown, "{entity:?}");
        }
    }
    prop_assert!(document.entities().filter(|entity| entity.is_narrator()).count() <= 1, "two narrators");
    Ok(())
}

fn segments_tile(document: &Document<'_>) -> Check {
    let mut end = 0;
    for segment in document.segments() {
        prop_assert_eq!(segment.span().start(), end);
        prop_assert!(!segment.span().is_empty());
        prop_assert_eq!(segment.kind() == SegmentKind::Quote, segment.quote().is_some());
        end = segment.span().end();
    }
    prop_assert_eq!(end as usize, document.text().len());
    prop_assert_eq!(document.segments().map(whosaid::Segment::text).collect::<String>(), document.text());
    Ok(())
}

fn everything_holds(text: &str) -> Check {
    let document = read(text);
    prop_assert_eq!(document.text(), text);
    segmentation_holds(&document)?;
    quotations_hold(&document)?;
    marks_nest(&document)?;
    mentions_hold(&document)?;
    segments_tile(&document)
}

/// The smallest texts that once went wrong.
#[test]
fn what_went_wrong_goes_right() {
    let texts = [
        "According to the old man, the talks were “Where is the map, Ada?”.\n\n“It isn’t mine,” whispered Okafor.\n\n\
         “Where is the map, Ada?”\n“Where is the map, Ada?”\n\n",
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
        "Ada Okafor was quoted as saying Ada``toldhimself not\n\n",
        "According to Okafor, the talks were “where”.\n\n‘He called it “very frank”,\n“Where?” said Okafor.\n\n",
    ];
    for text in texts {
        if let Err(error) = everything_holds(text) {
            panic!("{text:?}: {error}");
        }
    }
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
        everything_holds(&text)?;
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
        quotations_hold(&some)?;
        mentions_hold(&some)?;
        segments_tile(&some)?;
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
        quotations_hold(&document)?;
        marks_nest(&document)?;
        mentions_hold(&document)?;
        segments_tile(&document)?;
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
