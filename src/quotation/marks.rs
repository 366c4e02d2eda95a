//! Pairing the marks of one paragraph.

use super::Quotation;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Class, Lexicon};
use crate::segment::{Segmentation, Token, flag};

/// Marks that can open and close the same quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
    Corner,
}

/// What a mark does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// A straight double mark: opens or closes by what is open.
    Either,
    Apostrophe,
}

/// What a text as a whole shows of its use of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Speech stands in single marks, as in British books.
    single: bool,
}

impl Style {
    pub(super) fn of(text: &str, segmentation: &Segmentation) -> Style {
        let (mut double, mut single) = (0u32, 0u32);
        let mut previous: Option<Token> = None;
        for &token in &segmentation.tokens {
            // Only a mark behind punctuation, or one that opens a paragraph, is certainly no apostrophe.
            if token.kind == TokenKind::QuoteMark {
                let closes = previous.is_some_and(|previous| {
                    previous.kind == TokenKind::Punctuation
                        && !token.has(flag::SPACE_BEFORE)
                        && matches!(&text[previous.span()], "," | "." | "!" | "?" | "…" | "...")
                });
                if closes {
                    match family(&text[token.span()]) {
                        Family::Single => single += 1,
                        _ => double += 1,
                    }
                }
            }
            previous = Some(token);
        }
        Style { single: single > double }
    }
}

fn family(mark: &str) -> Family {
    match mark {
        "‘" | "’" | "'" | "`" | "‚" | "‛" => Family::Single,
        "«" | "»" | "‹" | "›" => Family::Angle,
        "「" | "」" | "『" | "』" => Family::Corner,
        _ => Family::Double,
    }
}

/// How many quotations can stand inside each other.
const DEEPEST: usize = 4;

/// Words whose first letters an apostrophe stands for.
const ELIDED: [&str; 16] = [
    "tis", "twas", "twere", "twill", "twould", "em", "cause", "cos", "til", "till", "bout", "n", "neath", "gainst",
    "ere", "un",
];

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
    pub(super) style: Style,
}

struct Open {
    family: Family,
    /// Its place in the list.
    quotation: u32,
}

impl Reader<'_> {
    /// Appends the quotations of the paragraph whose tokens are `run`. `open_before` tells that the paragraph before it
    /// left a quotation open.
    pub(super) fn pair(&self, run: Run, paragraph: u32, open_before: bool, out: &mut Vec<Quotation>) {
        let marks: Vec<u32> =
            (run.start..run.end).filter(|&at| self.tokens[at as usize].kind == TokenKind::QuoteMark).collect();
        if marks.is_empty() {
            return;
        }
        let roles = self.roles(run, &marks);
        let first = out.len();
        let mut stack: Vec<Open> = Vec::new();
        let mut strays: Vec<u32> = Vec::new();
        for (&at, &role) in marks.iter().zip(&roles) {
            let family = family(self.mark(at));
            let open = stack.iter().rposition(|open| open.family == family);
            match (role, open) {
                (Role::Apostrophe, _) => {}
                (Role::Close | Role::Either, Some(open)) => {
                    // What is left open inside: a single mark was an apostrophe after all, another quotation ends here.
                    for inner in stack.drain(open + 1..) {
                        if inner.family == Family::Single {
                            strays.push(inner.quotation);
                        }
                    }
                    let quotation = &mut out[stack.pop().expect("just found").quotation as usize];
                    quotation.inner.end = at;
                    quotation.outer.end = at + 1;
                    quotation.closed = true;
                }
                // Nobody nests deeper; a text that seems to is made of stray marks.
                (Role::Open | Role::Either, _) if stack.len() >= DEEPEST => {}
                (Role::Open | Role::Either, _) => {
                    if let Some(open) = stack.pop_if(|open| open.family == family) {
                        // An opener while its like is open: the mark before it was never closed. It ends here.
                        let quotation = &mut out[open.quotation as usize];
                        quotation.inner.end = at;
                        quotation.outer.end = at;
                        quotation.closed = true;
                    }
                    let parent = stack.last().map(|open| open.quotation);
                    stack.push(Open { family, quotation: out.len() as u32 });
                    out.push(Quotation {
                        outer: Run::new(at, run.end),
                        inner: Run::new(at + 1, run.end),
                        paragraph,
                        parent,
                        closed: false,
                        continues: open_before && at == run.start,
                    });
                }
                (Role::Close, None) => {
                    // The end of a speech that runs on from the paragraph before without a mark to re-open it.
                    if open_before && out.len() == first && family != Family::Single {
                        out.push(Quotation {
                            outer: Run::new(run.start, at + 1),
                            inner: Run::new(run.start, at),
                            paragraph,
                            parent: None,
                            closed: true,
                            continues: true,
                        });
                    }
                }
            }
        }
        self.settle(&stack, strays, run, first, out);
    }

    /// Deals with what was never closed: single marks were apostrophes unless the text speaks in them; a quotation runs
    /// to the end of the paragraph, or to a tag that plainly stands outside.
    fn settle(&self, stack: &[Open], strays: Vec<u32>, run: Run, first: usize, out: &mut Vec<Quotation>) {
        let mut dropped = strays;
        for open in stack {
            let quotation = out[open.quotation as usize];
            let next_opens = self.next_paragraph_opens(run.end, open.family);
            if open.family == Family::Single && !(self.style.single && next_opens) {
                dropped.push(open.quotation);
            } else if !next_opens && let Some(end) = self.tag_after(quotation.inner) {
                let quotation = &mut out[open.quotation as usize];
                quotation.inner.end = end;
                quotation.outer.end = end;
                quotation.closed = true;
            }
        }
        dropped.sort_unstable();
        // Take the dropped ones out and renumber; what stood inside one now stands in what was around it, and nothing
        // reaches out of what is around it.
        let all = out.split_off(first);
        let mut places: Vec<Option<u32>> = Vec::with_capacity(all.len());
        for (n, &(mut quotation)) in all.iter().enumerate() {
            let mut parent = quotation.parent.and_then(|parent| places[parent as usize - first]);
            // What was cut short holds nothing behind the cut.
            while let Some(around) =
                parent.map(|parent| out[parent as usize]).filter(|p| p.inner.end <= quotation.outer.start)
            {
                parent = around.parent;
            }
            if let Some(around) = parent.map(|parent| out[parent as usize]) {
                quotation.outer.end = quotation.outer.end.min(around.inner.end);
                quotation.inner.end = quotation.inner.end.min(around.inner.end);
            }
            if dropped.binary_search(&((first + n) as u32)).is_ok() {
                places.push(parent);
            } else {
                places.push(Some(out.len() as u32));
                out.push(Quotation { parent, ..quotation });
            }
        }
    }

    fn mark(&self, at: u32) -> &str {
        &self.text[self.tokens[at as usize].span()]
    }

    fn next_paragraph_opens(&self, end: u32, wanted: Family) -> bool {
        self.tokens
            .get(end as usize)
            .is_some_and(|token| token.kind == TokenKind::QuoteMark && family(&self.text[token.span()]) == wanted)
    }

    /// Where a quotation that was never closed gives way to its tag: after the comma of ", she said".
    fn tag_after(&self, inner: Run) -> Option<u32> {
        (inner.start + 1..inner.end.saturating_sub(1)).find(|&at| {
            let direct = |at: u32| {
                let token = self.tokens[at as usize];
                self.lexicon.entry(token.word).verb.is_some_and(|verb| self.lexicon.verb(verb).direct == 3)
            };
            let subject = |at: u32| {
                let token = self.tokens[at as usize];
                token.has(flag::CAPITAL)
                    || self.lexicon.class(token.word).all(Class::PERSONAL.or(Class::THIRD).or(Class::SUBJECTIVE))
            };
            matches!(self.mark(at - 1), "," | "?" | "!")
                && ((subject(at) && direct(at + 1)) || (direct(at) && subject(at + 1)))
        })
    }

    /// The role of each mark of a paragraph.
    fn roles(&self, run: Run, marks: &[u32]) -> Vec<Role> {
        // Where straight double marks are even in number they alternate, whatever the spaces around them say.
        let inches = self.inches(marks, run);
        let straight = |at: u32| matches!(self.mark(at), "\"" | "''") && inches.binary_search(&at).is_err();
        let even = marks.iter().filter(|&&at| straight(at)).count() % 2 == 0
            && !marks.iter().any(|&at| matches!(self.mark(at), "“" | "”" | "``" | "„"));
        let mut roles: Vec<Role> = marks
            .iter()
            .map(|&at| {
                let mark = self.mark(at);
                match mark {
                    _ if inches.binary_search(&at).is_ok() => Role::Apostrophe,
                    "“" | "„" | "‟" | "``" | "«" | "‹" | "「" | "『" => Role::Open,
                    "”" | "»" | "›" | "」" | "』" => Role::Close,
                    "\"" | "''" if even => Role::Either,
                    "\"" | "''" => match (self.space_before(at, run), self.space_after(at, run)) {
                        (true, false) => Role::Open,
                        (false, true) => Role::Close,
                        _ => Role::Either,
                    },
                    _ => self.single(at, run),
                }
            })
            .collect();
        self.plurals(marks, &mut roles);
        roles
    }

    /// Straight marks right behind a figure while no straight quotation is open: 24" wide, 8' 6".
    fn inches(&self, marks: &[u32], run: Run) -> Vec<u32> {
        let mut open = false;
        let mut found = Vec::new();
        for &at in marks.iter().filter(|&&at| matches!(self.mark(at), "\"" | "'")) {
            let figure = at > run.start
                && !self.tokens[at as usize].has(flag::SPACE_BEFORE)
                && self.tokens[at as usize - 1].kind == TokenKind::Number;
            if figure && !open {
                found.push(at);
            } else if self.mark(at) == "\"" {
                open = !open;
            }
        }
        found
    }

    fn space_before(&self, at: u32, run: Run) -> bool {
        at == run.start
            || self.tokens[at as usize].has(flag::SPACE_BEFORE)
            || matches!(self.mark(at - 1), "(" | "[" | "—" | "--" | "–" | "“" | "\"")
    }

    fn space_after(&self, at: u32, run: Run) -> bool {
        at + 1 >= run.end
            || self.tokens[at as usize + 1].has(flag::SPACE_BEFORE)
            || self.tokens[at as usize + 1].kind == TokenKind::Punctuation
    }

    /// A single mark by its own surroundings.
    fn single(&self, at: u32, run: Run) -> Role {
        let mark = self.mark(at);
        let before = self.space_before(at, run);
        let after = self.space_after(at, run);
        let next = self.tokens.get(at as usize + 1);
        let next_text = next.map_or("", |token| &self.text[token.span()]);
        let elided = ELIDED.iter().any(|word| next_text.eq_ignore_ascii_case(word))
            || next.is_some_and(|token| token.kind == TokenKind::Number);
        match mark {
            "‘" | "‚" | "‛" | "`" if !after && !(elided && self.is_followed_by_apostrophe(at)) => Role::Open,
            "'" if before && !after && !elided => Role::Open,
            "’" | "'" if !before && (after || self.closes_before(at)) => Role::Close,
            _ => Role::Apostrophe,
        }
    }

    /// "‘n’": the mark and the next belong to one word.
    fn is_followed_by_apostrophe(&self, at: u32) -> bool {
        self.tokens.get(at as usize + 2).is_some_and(|token| matches!(&self.text[token.span()], "’" | "'"))
            && !self.tokens[at as usize + 2].has(flag::SPACE_BEFORE)
    }

    /// A single mark directly before another closing mark or a dash: “… ‘so he said’” and ‘so he said’—.
    fn closes_before(&self, at: u32) -> bool {
        self.tokens.get(at as usize + 1).is_some_and(|token| token.kind == TokenKind::QuoteMark)
    }

    /// "the dogs’ bowls": a single mark behind a letter is an apostrophe when a better closer follows before the next
    /// opener.
    fn plurals(&self, marks: &[u32], roles: &mut [Role]) {
        let mut closer_follows = false;
        for n in (0..marks.len()).rev() {
            if family(self.mark(marks[n])) != Family::Single {
                continue;
            }
            match roles[n] {
                Role::Open => closer_follows = false,
                Role::Close => {
                    let before = self.mark(marks[n] - 1);
                    let weak = before.ends_with(['s', 'o', 'n', 'h', 'f']) && !before.ends_with('.');
                    let goes_on = self.tokens.get(marks[n] as usize + 1).is_some_and(|token| token.is_word());
                    if weak && goes_on && closer_follows {
                        roles[n] = Role::Apostrophe;
                    } else {
                        closer_follows = true;
                    }
                }
                Role::Either | Role::Apostrophe => {}
            }
        }
    }
}
