//! The genitive of plurals, which only a lone apostrophe shows: "the voters' anger".

use crate::kind::TokenKind;
use crate::model::Tag;
use crate::quotation::Quotations;
use crate::segment::{Segmentation, flag};

/// Tags the apostrophes behind plurals that are no quotation marks. To the tagger, which knows no quotations, all are marks.
pub(super) fn tag_genitives(text: &str, segmentation: &Segmentation, quotations: &Quotations, tags: &mut [Tag]) {
    for (at, tokens) in segmentation.tokens.windows(3).enumerate() {
        let [owner, mark, owned] = [tokens[0], tokens[1], tokens[2]];
        if mark.kind == TokenKind::QuoteMark
            && owner.is_word()
            && owned.is_word()
            && owned.has(flag::SPACE_BEFORE)
            && !mark.has(flag::SPACE_BEFORE)
            && matches!(&text[mark.span()], "'" | "’")
            && text[owner.span()].ends_with(['s', 'S'])
            && tags[at].is_noun()
            && !quotations.is_edge(at as u32 + 1)
        {
            tags[at + 1] = Tag::Genitive;
        }
    }
}
