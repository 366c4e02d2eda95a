//! What each mark does where it stands: opens, closes, or is an apostrophe.

use super::{Family, Reader, family};
use crate::document::Run;
use crate::kind::TokenKind;
use crate::lexicon::{Lexicon, List};
use crate::segment::{flag, is_dash};

/// What a mark does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    Close,
    /// Closes what is open, else opens.
    Either,
    /// Opens if nothing of its like is open, else it is an apostrophe.
    Weak,
    Apostrophe,
}

/// Tokens between two single marks of which the second stands behind what may be a clipped word: more of them, and it is
/// an apostrophe.
const CLIPPED: u32 = 8;

/// Whether a word may have lost its end: an’, o’, th’, goin’, couldn’.
fn is_clipped(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.lists(List::Clipped, word) || (word.len() > 3 && word.ends_with("in")) || word.ends_with("dn")
}

impl Reader<'_> {
    /// The role of each mark of a paragraph.
    pub(super) fn roles(&self, run: Run, marks: &[u32]) -> Vec<Role> {
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
            "‘" if before && next.is_some_and(|next| !next.has(flag::SPACE_BEFORE)) && is_dash(next_text) => {
                Role::Open
            }
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
