//! Lines to paragraphs.
//!
//! Blank lines always part paragraphs. Whether a single line end does too depends on the text: in hard-wrapped prose a
//! line ends because the next word would not have fitted, in web articles and chat logs because the paragraph is over.
//! The lines themselves tell which: [`Layout::of`] asks how often the first word of the next line would have fitted.

use crate::span::Span;

/// How many lines are looked at to find the layout; a text does not change it half-way.
const SAMPLE: usize = 5_000;

/// Lines longer than this are not hard-wrapped, whatever else is true of them.
const WIDEST_WRAP: usize = 132;

/// What a sentence or a quotation ends with.
const ENDINGS: [char; 8] = ['.', '!', '?', '"', '”', '’', '\'', '…'];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A line is a paragraph.
    Unwrapped,
    /// Lines up to this width belong together until a blank or an indented one.
    Wrapped(usize),
}

impl Layout {
    /// The layout of a text by its first `lines`.
    fn of(text: &str, lines: &[Line]) -> Layout {
        let mut widths = Vec::new();
        // Pairs of lines with no blank one between: the width of the first with the next line's first word.
        let mut pairs = Vec::new();
        let mut previous: Option<(Line, usize)> = None;
        // Those of them where the first ends a sentence, and where the second goes on with one.
        let (mut sentences, mut running) = (0, 0);
        for &line in lines {
            if line.blank {
                previous = None;
                continue;
            }
            let body = &text[line.span];
            let width = width(body, WIDEST_WRAP + 2);
            if let Some((before, before_width)) = previous {
                let small = body.trim_start().starts_with(char::is_lowercase);
                sentences += usize::from(before.ends_sentence && !small);
                running += usize::from(small && !before.ends_sentence);
                let word = body.split_whitespace().next().unwrap_or_default();
                pairs.push(before_width + 1 + self::width(word, 40));
            }
            widths.push(width);
            previous = Some((line, width));
        }
        widths.sort_unstable();
        // The few longest lines may be a title or a table.
        let Some(&width) = widths.get(widths.len().saturating_sub(1 + widths.len() / 50)) else {
            return Layout::Unwrapped;
        };
        let full = pairs.iter().filter(|&&with_next| with_next + 2 > width).count().max(running);
        // Wrapped lines end anywhere; lines that all end a sentence are paragraphs.
        let whole = 5 * sentences > 4 * pairs.len();
        if pairs.is_empty() || width > WIDEST_WRAP || 5 * full < 3 * pairs.len() || whole {
            Layout::Unwrapped
        } else {
            Layout::Wrapped(width)
        }
    }
}

/// The characters of `line`, as far as `most`.
fn width(line: &str, most: usize) -> usize {
    if line.is_ascii() { line.len().min(most) } else { line.chars().take(most).count() }
}

/// The stretches of `text` that are one paragraph each, in order. Blank stretches between them belong to none.
pub(super) fn spans(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = Lines::of(text);
    let sample: Vec<Line> = rest.by_ref().take(SAMPLE).collect();
    let layout = Layout::of(text, &sample);
    let mut lines = sample.into_iter().chain(rest).peekable();
    std::iter::from_fn(move || {
        let mut line = lines.find(|line| !line.blank)?;
        let mut span = line.span;
        while let Layout::Wrapped(width) = layout {
            let Some(next) = lines.next_if(|next| !next.blank && !starts_paragraph(*next, line, width)) else { break };
            span = span.cover(next.span);
            line = next;
        }
        Some(span)
    })
}

/// Whether `line` begins a paragraph, although no blank line stands before it.
fn starts_paragraph(line: Line, before: Line, width: usize) -> bool {
    let short = before.span.len() as usize + 1 < width / 2;
    (line.indent >= 2 && before.indent < line.indent) || (short && before.ends_sentence && line.opens)
}

#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    blank: bool,
    /// Width of the white space at its start, a tab counting four.
    indent: usize,
    /// Its last mark ends a sentence or a quotation.
    ends_sentence: bool,
    /// Begins with a capital letter or a quotation mark.
    opens: bool,
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
    ends: memchr::Memchr<'t>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Lines { text, at: 0, ends: memchr::memchr_iter(b'\n', text.as_bytes()) }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        let end = self.ends.next().unwrap_or(self.text.len());
        let rest = self.text.get(start..end).filter(|_| start < self.text.len())?;
        self.at = end + 1;
        let line = rest.trim_end();
        let body = line.trim_start();
        Some(Line {
            span: Span::new(start as u32, (start + line.len()) as u32),
            blank: body.is_empty(),
            indent: line[..line.len() - body.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
            // Behind “…,” comes a tag.
            ends_sentence: line.ends_with(ENDINGS) && !line.trim_end_matches(ENDINGS).ends_with(','),
            opens: body.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„')),
        })
    }
}
