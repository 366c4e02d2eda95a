//! What must hold of layers so that no view of them can panic: every span is a stretch of the text, every index has its
//! record. The engine sees to it (debug builds check it); a document read back is checked always.

use super::Layers;
use crate::error::{Error, Kind};
use crate::span::Span;

/// Checks `layers` against their text.
pub(super) fn check(text: &str, layers: &Layers) -> Result<(), Error> {
    if u32::try_from(text.len()).is_err() {
        return Err(Kind::TextTooLong(text.len()).into());
    }
    let stretch = |what, span: Span| match text.get(span.range()) {
        Some(_) => Ok(()),
        None => Err(Error::from(Kind::SpanOutside { what, span, len: text.len() })),
    };
    for (before, quote) in layers.quotes.iter().enumerate() {
        let spans = layers.parts.get(quote.parts.range()).unwrap_or_default();
        link("quote", "span", Some(0), spans.len())?;
        for &span in spans {
            stretch("span of a quote", span)?;
        }
        quote.cue.map_or(Ok(()), |cue| stretch("cue", cue.span))?;
        link("quote", "mention", quote.mention, layers.mentions.len())?;
        link("speaker", "entity", quote.speaker, layers.entities.len())?;
        link("addressee", "entity", quote.addressee, layers.entities.len())?;
        // An outer quotation stands before those inside it, so following the links comes to an end.
        link("nested_in", "earlier quote", quote.nested_in, before)?;
    }
    for mention in &layers.mentions {
        stretch("mention", mention.span)?;
        link("mention", "entity", mention.entity, layers.entities.len())?;
    }
    for evidence in layers.entities.iter().filter_map(|entity| entity.gender_evidence) {
        stretch("gender evidence", evidence)?;
    }
    Ok(())
}

fn link(what: &'static str, kind: &'static str, index: Option<u32>, count: usize) -> Result<(), Error> {
    match index.map(|index| index as usize) {
        Some(index) if index >= count => Err(Kind::NoSuch { what, kind, index, count }.into()),
        _ => Ok(()),
    }
}
