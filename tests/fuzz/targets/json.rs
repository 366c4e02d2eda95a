//! Any JSON is read as a document or refused; what is read can be looked at and written; what is written comes back
//! equal. A text that is no JSON is attributed first, so that documents of the engine go the same way.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid::Document;

fuzz_target!(|input: &str| {
    let document = match serde_json::from_str::<Document<'_>>(input) {
        Ok(document) => document,
        Err(_) => Document::new(input).expect("the text is short"),
    };
    let json = serde_json::to_string(&document).expect("a document can be written");
    let back: Document<'_> = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(back, document);
    assert_eq!(serde_json::to_string(&back).expect("and written"), json);

    // No view of a document may panic, also not of one that somebody else made.
    for quote in document.quotes() {
        let _ = (quote.text(), quote.content(), quote.evidence().to_string(), quote.confidence());
        let _ = (quote.cue().map(|cue| cue.text()), quote.mention().map(|mention| mention.text()));
        let _ = (quote.speaker().map(|speaker| speaker.name()), quote.nested_in(), quote.addressee());
    }
    for entity in document.entities() {
        let _ = (entity.names(), entity.mentions().count(), entity.quotes().count());
    }
    let segments: String = document.segments().map(|segment| segment.text()).collect();
    assert_eq!(segments, document.text());
});
