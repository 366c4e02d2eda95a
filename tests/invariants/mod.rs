//! What holds of every document, whatever its text. The property tests and the fuzz targets ask the same.

use whosaid::{Document, Gender, Quote, QuoteKind, SegmentKind, Span};

/// Whether `spans` are stretches of `text`, not empty, one after the other, with nothing but what `between` takes
/// between them and, inside `outer`, before and after them.
fn tiles(text: &str, outer: Span, spans: impl Iterator<Item = Span>, between: impl Fn(char) -> bool) {
    let mut done = outer.start();
    let gap = |start: u32, end: u32| {
        assert!(start <= end && end <= outer.end(), "{start}..{end} in {outer}");
        let gap = text.get(start as usize..end as usize);
        assert!(gap.is_some_and(|gap| gap.chars().all(&between)), "between the pieces of {outer}: {gap:?}");
    };
    for span in spans {
        assert!(!span.is_empty() && text.get(span.range()).is_some(), "{span} of {}", text.len());
        gap(done, span.start());
        done = span.end();
    }
    gap(done, outer.end());
}

/// What no token holds: white space, control characters, marks without width, and the underscores around italics.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '_' || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}')
}

pub(crate) fn segmentation_holds(document: &Document<'_>) {
    let text = document.text();
    let all = Span::new(0, text.len() as u32);
    tiles(text, all, document.paragraphs().map(whosaid::Paragraph::span), is_blank);
    tiles(text, all, document.tokens().map(whosaid::Token::span), is_blank);
    for paragraph in document.paragraphs() {
        tiles(text, paragraph.span(), paragraph.sentences().map(whosaid::Sentence::span), is_blank);
        for sentence in paragraph.sentences() {
            assert_eq!(sentence.paragraph(), paragraph);
            tiles(text, sentence.span(), sentence.tokens().map(whosaid::Token::span), is_blank);
            assert!(sentence.tokens().all(|token| token.sentence() == sentence));
        }
    }
    assert!(document.paragraphs().flat_map(whosaid::Paragraph::sentences).eq(document.sentences()));
    assert!(document.sentences().flat_map(whosaid::Sentence::tokens).eq(document.tokens()));
}

pub(crate) fn quotations_hold(document: &Document<'_>) {
    let text = document.text();
    let stretch = |span: Span| {
        assert!(!span.is_empty() && text.get(span.range()).is_some(), "{span} of {}", text.len());
    };
    let starts: Vec<u32> = document.quotes().map(|quote| quote.span().start()).collect();
    assert!(starts.is_sorted(), "quotations in text order: {starts:?}");
    for quote in document.quotes() {
        let parts: Vec<Span> = quote.parts().collect();
        assert!(!parts.is_empty());
        for &part in &parts {
            stretch(part);
        }
        assert!(parts.is_sorted_by(|a, b| a.end() <= b.start()), "parts in order: {quote:?}");
        if let Some(outer) = quote.nested_in() {
            assert!(outer.index() < quote.index());
            let inside = |part: Span| outer.parts().any(|around| around.contains_span(part));
            assert!(parts.iter().all(|&part| inside(part)), "{quote:?} inside {outer:?}");
        }
        if let Some(cue) = quote.cue() {
            stretch(cue.span());
            assert!(parts.iter().all(|part| !part.overlaps(cue.span())), "cue {cue:?} inside {quote:?}");
        }
        if let Some(mention) = quote.mention() {
            assert!(parts.iter().all(|part| !part.overlaps(mention.span())), "source {mention:?} inside {quote:?}");
            if let (Some(entity), Some(speaker)) = (mention.entity(), quote.speaker()) {
                assert_eq!(entity, speaker, "the source names somebody else: {quote:?}");
            }
        }
        assert!((0.0..=1.0).contains(&quote.confidence()), "{quote:?}");
        assert!(quote.kind() != QuoteKind::None || quote.speaker().is_none(), "{quote:?}");
        assert!(quote.addressee().is_none() || quote.addressee() != quote.speaker(), "{quote:?}");
        assert!(!quote.evidence().to_string().is_empty());
    }
}

/// Direct quotations and words in marks overlap only if one is nested in the other.
pub(crate) fn marks_nest(document: &Document<'_>) {
    let marked = |quote: &Quote<'_>| matches!(quote.kind(), QuoteKind::Direct | QuoteKind::None);
    let mut parts: Vec<Span> = document.quotes().filter(marked).flat_map(whosaid::Quote::parts).collect();
    parts.sort_by_key(|part| (part.start(), std::cmp::Reverse(part.end())));
    let mut open: Vec<Span> = Vec::new();
    for part in parts {
        while open.last().is_some_and(|outer| outer.end() <= part.start()) {
            open.pop();
        }
        assert!(open.last().is_none_or(|outer| outer.contains_span(part) && *outer != part), "{part} crosses {open:?}");
        open.push(part);
    }
}

pub(crate) fn mentions_hold(document: &Document<'_>) {
    let text = document.text();
    let spans: Vec<Span> = document.mentions().map(whosaid::Mention::span).collect();
    assert!(spans.iter().all(|span| !span.is_empty() && text.get(span.range()).is_some()));
    let order = |span: &Span| (span.start(), std::cmp::Reverse(span.end()));
    assert!(spans.is_sorted_by(|a, b| order(a) < order(b)), "mentions in text order: {spans:?}");
    for entity in document.entities() {
        assert!(!entity.name().trim().is_empty(), "{entity:?}");
        assert!(entity.mentions().all(|mention| mention.entity() == Some(entity)));
        assert!(entity.mentions().len() > 0, "{entity:?} is named nowhere");
        if let Some(evidence) = entity.gender_evidence() {
            assert!(!evidence.is_empty() && text.get(evidence.range()).is_some());
            assert!(entity.gender() != Gender::Unknown, "{entity:?}");
        }
    }
    assert!(document.entities().filter(|entity| entity.is_narrator()).count() <= 1, "two narrators");
}

pub(crate) fn segments_tile(document: &Document<'_>) {
    let mut end = 0;
    for segment in document.segments() {
        assert_eq!(segment.span().start(), end);
        assert!(!segment.span().is_empty());
        assert_eq!(segment.kind() == SegmentKind::Quote, segment.quote().is_some());
        end = segment.span().end();
    }
    assert_eq!(end as usize, document.text().len());
    assert_eq!(document.segments().map(whosaid::Segment::text).collect::<String>(), document.text());
}

/// All of it, for a text that is read with the default settings.
pub(crate) fn everything_holds(text: &str) {
    let document = Document::new(text).expect("the text is shorter than 4 GiB");
    assert_eq!(document.text(), text);
    segmentation_holds(&document);
    quotations_hold(&document);
    marks_nest(&document);
    mentions_hold(&document);
    segments_tile(&document);
}
