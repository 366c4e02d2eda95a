//! Pairing the marks of one paragraph.

use std::cell::LazyCell;

use super::Quotation;
use super::tags::Tags;
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Lexicon, List};
use crate::segment::{Token, flag, is_dash};
use crate::span::Span;

/// Marks that can open and close the same quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
    Corner,
    WhiteCorner,
}

const FAMILIES: usize = 6;

/// What a mark does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// Closes what is open, else opens.
    Either,
    /// Opens if nothing of its like is open, else it is an apostrophe.
    Weak,
    Apostrophe,
}

/// What a text as a whole shows of its use of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Speech stands in single marks, as in British books.
    single: bool,
    /// Guillemets point inwards, »so«.
    inward: bool,
}

impl Style {
    /// The style of a text by all its `marks`.
    pub(super) fn of(text: &str, tokens: &[Token], marks: &[u32]) -> Style {
        let (mut double, mut single) = (0u32, 0u32);
        let (mut inward, mut outward) = (0u32, 0u32);
        for &at in marks {
            let at = at as usize;
            let token = tokens[at];
            let mark = &text[token.span()];
            let previous = at.checked_sub(1).map(|at| tokens[at]);
            // Only a mark behind punctuation, or one that opens a paragraph, is certainly no apostrophe.
            let closes = previous.is_some_and(|previous| {
                previous.kind == TokenKind::Punctuation
                    && !token.has(flag::SPACE_BEFORE)
                    && matches!(&text[previous.span()], "," | "." | "!" | "?" | "…" | "...")
            });
            match family(mark) {
                Family::Single if closes => single += 1,
                _ if closes => double += 1,
                _ => {}
            }
            let space_after = tokens.get(at + 1).is_none_or(|next| next.has(flag::SPACE_BEFORE));
            if matches!(mark, "«" | "»" | "‹" | "›") && token.has(flag::SPACE_BEFORE) && !space_after {
                if matches!(mark, "»" | "›") { inward += 1 } else { outward += 1 }
            }
        }
        Style { single: single > double, inward: inward > outward }
    }
}

fn family(mark: &str) -> Family {
    match mark {
        "‘" | "’" | "'" | "`" | "‚" | "‛" => Family::Single,
        "«" | "»" => Family::Guillemet,
        "‹" | "›" => Family::SingleGuillemet,
        "「" | "」" => Family::Corner,
        "『" | "』" => Family::WhiteCorner,
        _ => Family::Double,
    }
}

/// How many quotations can stand inside each other.
const DEEPEST: usize = 4;

/// Tokens between two single marks of which the second stands behind what may be a clipped word: more of them, and it is
/// an apostrophe.
const CLIPPED: u32 = 8;

/// Whether a word may have lost its end: an’, o’, th’, goin’, couldn’.
fn is_clipped(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.lists(List::Clipped, word) || (word.len() > 3 && word.ends_with("in")) || word.ends_with("dn")
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
    pub(super) style: Style,
    /// Stretches in which no mark is one of quotation.
    pub(super) code: &'a [Span],
}

struct Open {
    family: Family,
    /// Its place in the list.
    quotation: u32,
}

/// A tag inside words that were never closed.
#[derive(Clone, Copy)]
struct Tag {
    /// Where the words end before it.
    close: u32,
    start: u32,
    end: u32,
}

impl Reader<'_> {
    /// Appends the quotations of the paragraph whose tokens are `run`, those in `marks` being marks. `open_before` tells
    /// that the paragraph before it left a quotation open.
    pub(super) fn pair(&self, run: Run, marks: &[u32], paragraph: u32, open_before: bool, out: &mut Vec<Quotation>) {
        if marks.is_empty() {
            return;
        }
        let roles = self.roles(run, marks);
        let nests = LazyCell::new(|| self.nests(marks, &roles));
        let first = out.len();
        let mut stack: Vec<Open> = Vec::new();
        let mut strays: Vec<u32> = Vec::new();
        // Every quotation was closed by its own mark.
        let mut whole = true;
        for (n, (&at, &role)) in marks.iter().zip(&roles).enumerate() {
            let family = family(self.mark(at));
            let open = stack.iter().rposition(|open| open.family == family);
            match (role, open) {
                (Role::Apostrophe, _) | (Role::Weak, Some(_)) => {}
                (Role::Close | Role::Either, Some(open)) => {
                    // What is left open inside: a single mark was an apostrophe after all, another quotation ends here.
                    for inner in stack.drain(open + 1..) {
                        whole = false;
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
                (Role::Open | Role::Either | Role::Weak, _) if stack.len() >= DEEPEST => {}
                (Role::Open | Role::Either | Role::Weak, _) => {
                    // An opener while its like is open: one of two levels in the same marks, or the mark before it was
                    // never closed. Then that ends here.
                    if !nests[n]
                        && let Some(open) = stack.pop_if(|open| open.family == family)
                    {
                        let quotation = &mut out[open.quotation as usize];
                        let tag = self.tag_after(Run::new(quotation.inner.start, at));
                        whole &= tag.is_none();
                        quotation.inner.end = tag.map_or(at, |tag| tag.close);
                        quotation.outer.end = tag.map_or(at, |tag| tag.start);
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
                        resumes: false,
                        displayed: false,
                    });
                }
                (Role::Close, None) => {
                    // The end of a speech whose opening mark is missing: it runs on from the paragraph before, or a tag
                    // shows that this is one.
                    let speech = open_before || self.told(at, run.end);
                    if speech && out.len() == first && family != Family::Single && at > run.start {
                        out.push(Quotation {
                            outer: Run::new(run.start, at + 1),
                            inner: Run::new(run.start, at),
                            paragraph,
                            parent: None,
                            closed: true,
                            continues: open_before,
                            resumes: false,
                            displayed: false,
                        });
                    }
                }
            }
        }
        if !(whole && stack.is_empty()) {
            self.settle(&stack, strays, run, first, out);
        }
    }

    /// For each mark whether it opens a quotation inside one of its like, and both are closed behind it.
    fn nests(&self, marks: &[u32], roles: &[Role]) -> Vec<bool> {
        let mut open: [Vec<usize>; FAMILIES] = Default::default();
        let mut around: Vec<Option<usize>> = vec![None; marks.len()];
        let mut closed = vec![false; marks.len()];
        for (n, (&at, &role)) in marks.iter().zip(roles).enumerate() {
            let open = &mut open[family(self.mark(at)) as usize];
            match (role, open.last().copied()) {
                (Role::Apostrophe, _) | (Role::Weak, Some(_)) | (Role::Close, None) => {}
                (Role::Close | Role::Either, Some(opener)) => {
                    closed[opener] = true;
                    open.pop();
                }
                (Role::Open | Role::Either | Role::Weak, outer) => {
                    around[n] = outer;
                    open.push(n);
                }
            }
        }
        (0..marks.len()).map(|n| closed[n] && around[n].is_some_and(|outer| closed[outer])).collect()
    }

    /// Deals with what was never closed: single marks were apostrophes unless the text speaks in them; a quotation runs
    /// to the end of the paragraph, or to a tag that plainly stands outside.
    fn settle(&self, stack: &[Open], strays: Vec<u32>, run: Run, first: usize, out: &mut Vec<Quotation>) {
        let mut dropped = strays;
        for open in stack {
            let quotation = out[open.quotation as usize];
            let next_opens = self.next_paragraph_opens(run.end, open.family);
            let speech = self.style.single && (next_opens || quotation.outer.start == run.start);
            let empty = quotation.inner.start >= quotation.inner.end;
            if empty || (open.family == Family::Single && !speech) {
                dropped.push(open.quotation);
            } else if let Some(tag) = self.tag_after(quotation.inner)
                // What goes on in the next paragraph does not end in its tag, unless that is plain: “I stay, said Ines.
                && (!next_opens || tag.end + 1 >= run.end || self.is_plain(tag, run.end))
            {
                let quotation = &mut out[open.quotation as usize];
                quotation.inner.end = tag.close;
                quotation.outer.end = tag.start;
                quotation.closed = true;
            }
        }
        dropped.sort_unstable();
        // Take the dropped ones out and renumber; what stood inside one now stands in what was around it, and nothing
        // reaches out of what is around it.
        let all = out.split_off(first);
        let mut places: Vec<Option<u32>> = Vec::with_capacity(all.len());
        for (n, &(mut quotation)) in all.iter().enumerate() {
            // What was left open inside another ends where that does, also where that is cut short before it begins.
            if let Some(around) = quotation.parent.map(|parent| all[parent as usize - first])
                && around.inner.end > quotation.outer.start
            {
                quotation.outer.end = quotation.outer.end.min(around.inner.end);
                quotation.inner.end = quotation.inner.end.min(around.inner.end);
            }
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

    /// The tag to which a quotation that was never closed gives way, and the end of that: after the comma of ", she said".
    fn tag_after(&self, inner: Run) -> Option<Tag> {
        let tags = Tags { text: self.text, tokens: self.tokens, lexicon: self.lexicon };
        (inner.start + 1..inner.end).find_map(|start| {
            // A single mark closes it by mistake: “I stay,’ said Ines. With a space behind it, it opens nothing.
            let before = start as usize - 1;
            let wrong = start > inner.start + 1
                && self.tokens[before].kind == TokenKind::QuoteMark
                && family(self.mark(start - 1)) == Family::Single
                && !self.tokens[before].has(flag::SPACE_BEFORE)
                && self.tokens[before + 1].has(flag::SPACE_BEFORE);
            let close = start - u32::from(wrong);
            let end = matches!(self.mark(close - 1), "," | "?" | "!").then(|| tags.at(start, inner.end))??;
            Some(Tag { close, start, end })
        })
    }

    /// Whether a tag is a verb with a name behind it, and ends its sentence.
    fn is_plain(&self, tag: Tag, end: u32) -> bool {
        let tags = Tags { text: self.text, tokens: self.tokens, lexicon: self.lexicon };
        tags.is_verb(tag.start) && tags.name(tag.start, end).is_some() && tag.end < end && self.mark(tag.end) == "."
    }

    /// Whether a mark behind a comma, a question or an exclamation mark is followed by a tag.
    fn told(&self, at: u32, end: u32) -> bool {
        let tags = Tags { text: self.text, tokens: self.tokens, lexicon: self.lexicon };
        at > 0 && matches!(self.mark(at - 1), "," | "?" | "!") && tags.at(at + 1, end).is_some()
    }

    /// The role of each mark of a paragraph.
    fn roles(&self, run: Run, marks: &[u32]) -> Vec<Role> {
        let none = self.no_quotation(marks, run);
        let straight = self.straight(marks, run, &none);
        let low = marks.iter().any(|&at| self.mark(at) == "‚");
        let mut roles: Vec<Role> = Vec::with_capacity(marks.len());
        for (n, &at) in marks.iter().enumerate() {
            let shown = self.shown(at, run);
            roles.push(match self.mark(at) {
                _ if none[n] => Role::Apostrophe,
                "\"" | "''" => straight[n],
                // Marks that some languages close with, and careless typists too.
                "“" if shown == Some(Role::Close) => Role::Either,
                "”" if shown == Some(Role::Open) => Role::Either,
                "“" | "„" | "‟" | "``" | "「" | "『" => Role::Open,
                "”" | "」" | "』" => Role::Close,
                mark @ ("«" | "»" | "‹" | "›") => {
                    let form = if matches!(mark, "«" | "‹") == self.style.inward { Role::Close } else { Role::Open };
                    shown.unwrap_or(form)
                }
                _ => self.single(at, run, low),
            });
        }
        self.plurals(marks, &mut roles);
        roles
    }

    /// What the white space around a mark shows, if it shows anything.
    fn shown(&self, at: u32, run: Run) -> Option<Role> {
        match (self.space_before(at, run), self.space_after(at, run)) {
            (true, false) => Some(Role::Open),
            (false, true) => Some(Role::Close),
            _ => None,
        }
    }

    /// The roles of straight double marks: by turns, unless the white space around them tells a better story, as where a
    /// mark is missing or one quotation holds another.
    fn straight(&self, marks: &[u32], run: Run, none: &[bool]) -> Vec<Role> {
        let straight = |n: usize| !none[n] && matches!(self.mark(marks[n]), "\"" | "''");
        let shown: Vec<Option<Role>> =
            (0..marks.len()).map(|n| if straight(n) { self.shown(marks[n], run) } else { None }).collect();
        // How often the marks contradict the one reading and the other.
        let (mut turns, mut spaces) = (0, 0);
        let (mut count, mut depth) = (0, 0);
        for n in (0..marks.len()).filter(|&n| straight(n)) {
            let turn = if count % 2 == 0 { Role::Open } else { Role::Close };
            turns += u32::from(shown[n].is_some_and(|shown| shown != turn));
            count += 1;
            match shown[n] {
                Some(Role::Open) => depth += 1,
                Some(_) if depth == 0 => spaces += 1,
                None if depth == 0 => depth += 1,
                _ => depth -= 1,
            }
        }
        spaces += depth;
        let even = count % 2 == 0
            && !(0..marks.len()).any(|n| !none[n] && matches!(self.mark(marks[n]), "“" | "”" | "``" | "„"));
        let by_turns = even && turns <= spaces;
        shown.into_iter().map(|shown| shown.filter(|_| !by_turns).unwrap_or(Role::Either)).collect()
    }

    /// Which marks stand for no quotation at all: in code, as a sign of ditto, or behind a figure while no straight
    /// quotation is open (24" wide, 8' 6").
    fn no_quotation(&self, marks: &[u32], run: Run) -> Vec<bool> {
        let mut open = false;
        let mut code = self.code.partition_point(|code| code.end() <= self.tokens[run.start as usize].start);
        let mut none = Vec::with_capacity(marks.len());
        for &at in marks {
            let token = self.tokens[at as usize];
            while self.code.get(code).is_some_and(|code| code.end() <= token.start) {
                code += 1;
            }
            let mark = self.mark(at);
            let in_code = self.code.get(code).is_some_and(|code| code.start() <= token.start);
            let measure = self.is_measure(at, run, open);
            none.push(in_code || measure || (mark == "\"" && self.is_ditto(at, run)));
            if mark == "\"" && !none.last().is_some_and(|&none| none) {
                open = !open;
            }
        }
        none
    }

    /// A mark right behind a figure: a straight one where none is `open`, and any after feet (6’ 2”).
    fn is_measure(&self, at: u32, run: Run, open: bool) -> bool {
        let figure = |at: u32| {
            at > run.start
                && !self.tokens[at as usize].has(flag::SPACE_BEFORE)
                && self.tokens[at as usize - 1].kind == TokenKind::Number
        };
        let feet = || at > run.start + 2 && matches!(self.mark(at - 2), "’" | "'") && figure(at - 2);
        match self.mark(at) {
            "\"" | "'" if !open => figure(at),
            "\"" | "”" => figure(at) && feet(),
            _ => false,
        }
    }

    /// A mark that stands alone in its column: the same as in the line above.
    fn is_ditto(&self, at: u32, run: Run) -> bool {
        let gap = |before: u32, after: u32| {
            &self.text[self.tokens[before as usize].end as usize..self.tokens[after as usize].start as usize]
        };
        let wide = |before: u32, after: u32| {
            let gap = gap(before, after);
            gap.len() > 1 || gap == "\t" || gap == "\n"
        };
        // A line may be a paragraph of its own; few would put so much room behind an opening mark.
        let before = if at > run.start { wide(at - 1, at) } else { at + 1 < run.end && gap(at, at + 1).len() > 3 };
        before && at + 1 < run.end && wide(at, at + 1)
    }

    fn space_before(&self, at: u32, run: Run) -> bool {
        // Several marks in a row open or close together.
        let mut first = at;
        while first > run.start.max(at.saturating_sub(3))
            && !self.tokens[first as usize].has(flag::SPACE_BEFORE)
            && self.tokens[first as usize - 1].kind == TokenKind::QuoteMark
        {
            first -= 1;
        }
        first == run.start
            || self.tokens[first as usize].has(flag::SPACE_BEFORE)
            || matches!(self.mark(first - 1), "(" | "[" | "/")
            || is_dash(self.mark(first - 1))
    }

    fn space_after(&self, at: u32, run: Run) -> bool {
        let mut last = at;
        while last + 1 < run.end.min(at + 4)
            && !self.tokens[last as usize + 1].has(flag::SPACE_BEFORE)
            && self.tokens[last as usize + 1].kind == TokenKind::QuoteMark
        {
            last += 1;
        }
        last + 1 >= run.end
            || self.tokens[last as usize + 1].has(flag::SPACE_BEFORE)
            || (self.tokens[last as usize + 1].kind == TokenKind::Punctuation
                && !matches!(self.mark(last + 1), "…" | "..." | "(" | "[" | "$" | "£" | "€" | "#"))
    }

    /// A single mark by its own surroundings. `low` tells that the paragraph opens with low marks.
    fn single(&self, at: u32, run: Run, low: bool) -> Role {
        let mark = self.mark(at);
        let before = self.space_before(at, run);
        let after = self.space_after(at, run);
        let next = self.tokens.get(at as usize + 1);
        let next_text = next.map_or("", |token| &self.text[token.span()]);
        let elided = self.lexicon.lists_in_any_case(List::Elided, next_text)
            || next.is_some_and(|token| token.kind == TokenKind::Number);
        match mark {
            "‘" if low && !before => Role::Close,
            // ‘90s and ‘tis, curled the wrong way by a word processor.
            "‘" if !after && elided && !self.is_followed_by_apostrophe(at) => Role::Weak,
            "‘" | "‚" | "‛" | "`" if !after && !(elided && next_text.eq_ignore_ascii_case("n")) => Role::Open,
            // ‘– which way was home.’
            "‘" if before && next.is_some_and(|next| !next.has(flag::SPACE_BEFORE)) && is_dash(next_text) => Role::Open,
            "'" if before && !after && !elided => Role::Open,
            "'" | "’" if before && !after => Role::Weak,
            "’" | "'" if (!before || self.is_broken_off(at, run)) && (after || self.closes_before(at)) => Role::Close,
            _ => Role::Apostrophe,
        }
    }

    /// "‘But I—’": the dash before the mark belongs to the words.
    fn is_broken_off(&self, at: u32, run: Run) -> bool {
        at > run.start && !self.tokens[at as usize].has(flag::SPACE_BEFORE) && is_dash(self.mark(at - 1))
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

    /// Whether a word follows the mark, maybe with an apostrophe of its own, or another closing mark behind a comma.
    fn goes_on(&self, at: u32) -> bool {
        let token = |n: u32| self.tokens.get((at + n) as usize);
        let mark = |n: u32| token(n).is_some_and(|token| token.kind == TokenKind::QuoteMark);
        let space = |n: u32| token(n).is_some_and(|token| token.has(flag::SPACE_BEFORE));
        let word = |n: u32| token(n).is_some_and(|token| token.is_word());
        word(1)
            || (mark(1) && space(1) && word(2) && !space(2))
            || (token(1).is_some_and(|token| token.kind == TokenKind::Punctuation) && !space(1) && mark(2) && !space(2))
    }

    /// Single marks that may be apostrophes, by what follows before the next opener: "the dogs’ bowls" closes nothing where
    /// a better closer follows, and "’tis" opens only where one does that stands behind punctuation.
    fn plurals(&self, marks: &[u32], roles: &mut [Role]) {
        let (mut closer_follows, mut sure) = (false, false);
        // The closer that the next opener would have, if it may be no more than the end of a clipped word.
        let mut clipped: Option<usize> = None;
        for n in (0..marks.len()).rev() {
            if family(self.mark(marks[n])) != Family::Single {
                continue;
            }
            match roles[n] {
                Role::Open => {
                    if let Some(closer) = clipped.filter(|&closer| marks[closer] - marks[n] > CLIPPED) {
                        roles[closer] = Role::Apostrophe;
                    }
                    (closer_follows, sure, clipped) = (false, false, None);
                }
                Role::Weak if sure => {}
                Role::Weak => roles[n] = Role::Apostrophe,
                Role::Close => {
                    let before = self.mark(marks[n] - 1);
                    let weak = before.ends_with(['s', 'o', 'n', 'h', 'f']) && !before.ends_with('.');
                    let goes_on = weak && self.goes_on(marks[n]);
                    if goes_on && closer_follows {
                        roles[n] = Role::Apostrophe;
                    } else {
                        closer_follows = true;
                        clipped = (goes_on && is_clipped(self.lexicon, before)).then_some(n);
                        sure |= self.tokens[marks[n] as usize - 1].kind == TokenKind::Punctuation;
                    }
                }
                Role::Either | Role::Apostrophe => {}
            }
        }
    }
}
