//! Program code in a text: between fences of three backticks on lines of their own, between two backticks in a line, and
//! in what is plainly an argument or a value (print("x"), class="x"). Its marks quote nobody.

use crate::span::Span;

/// Bytes of code between two marks in a line, at most.
const LONGEST: usize = 200;

/// The stretches of code in `text`, in order.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut found = fenced(text);
    arguments(text, &mut found);
    found.sort_unstable_by_key(|span| span.start());
    // What stands between fences is code already.
    found.dedup_by(|inner, outer| inner.start() < outer.end());
    found
}

/// What stands between two fences. One that is never closed fences nothing.
fn fenced(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"```").is_none() {
        return found;
    }
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let fence = line.trim().strip_prefix("```").is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric()));
        if fence {
            match open.take() {
                Some(start) => found.push(Span::new(start, (at + line.len()) as u32)),
                None => open = Some(at as u32),
            }
        }
        at += line.len();
    }
    found
}

/// Quoted arguments and values, and `words` between backticks.
fn arguments(text: &str, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    // Marks of a later line belong to something else.
    let end_of = |mark: u8, start: usize| {
        let line = bytes[start..].iter().take(LONGEST).position(|&byte| byte == mark || byte == b'\n')?;
        (bytes[start + line] == mark).then_some(start + line)
    };
    let mut behind = 0;
    for at in memchr::memchr3_iter(b'"', b'\'', b'`', bytes) {
        if at < behind {
            continue;
        }
        let mark = bytes[at];
        let code = match mark {
            b'"' | b'\'' if at > 1 => match bytes[at - 1] {
                b'=' => true,
                b'(' => bytes[at - 2].is_ascii_alphanumeric() || bytes[at - 2] == b'_',
                _ => false,
            },
            b'`' => {
                (at == 0 || bytes[at - 1] != b'`')
                    && bytes.get(at + 1).is_some_and(|&next| next != b'`' && !next.is_ascii_whitespace())
            }
            _ => false,
        };
        let end = if code { end_of(mark, at + 1) } else { None };
        // A backtick that an apostrophe closes is a mark of quotation: `so'.
        let end = end.filter(|&end| {
            mark != b'`' || (!bytes[end - 1].is_ascii_whitespace() && !bytes[at..end].windows(2).any(|w| w == b"' "))
        });
        if let Some(end) = end {
            found.push(Span::new(at as u32, end as u32 + 1));
            behind = end + 1;
        }
    }
}
