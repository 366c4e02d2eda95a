//! Blocks that are set in from the margin of a text whose paragraphs are not.

use crate::segment::Segmentation;
use crate::span::Span;

/// Spaces that set a line in.
const INDENT: usize = 2;

/// How far back the start of a line is looked for: no line is set in further.
const LINE: usize = 100;

/// Whether a text sets blocks in.
pub(super) struct Display {
    used: bool,
}

impl Display {
    pub(super) fn of(text: &str, segmentation: &Segmentation) -> Display {
        let paragraphs = &segmentation.paragraphs;
        let indented = paragraphs.iter().filter(|paragraph| indent(text, paragraph.span.start()) >= INDENT).count();
        Display { used: indented > 0 && 5 * indented < paragraphs.len() }
    }

    /// Whether a paragraph is such a block: its first line is set in, and so is the second, if it has one.
    pub(super) fn holds(&self, text: &str, paragraph: Span) -> bool {
        let second = || text[paragraph].split('\n').nth(1);
        self.used
            && indent(text, paragraph.start()) >= INDENT
            && second()
                .is_none_or(|line| line.len() >= INDENT && line.as_bytes()[..INDENT].iter().all(|&byte| byte == b' '))
    }
}

/// The spaces before `start`, as far as they count; none where something else stands before them in the line.
fn indent(text: &str, start: u32) -> usize {
    let before = &text.as_bytes()[..start as usize];
    let spaces = before.iter().rev().take(INDENT).take_while(|&&byte| byte == b' ').count();
    let line = before.iter().rev().take(LINE).find(|&&byte| byte != b' ').is_none_or(|byte| b"\n\x0c".contains(byte));
    if line { spaces } else { 0 }
}
