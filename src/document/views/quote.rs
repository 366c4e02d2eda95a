//! [`Quote`], and what stands beside it: its [`Cue`], and the [`Evidence`] for its speaker.

use std::fmt;

use super::{At, Entity, Mention, Sentence, debug_stretch, one_line};
use crate::document::{CueRecord, QuoteRecord};
use crate::kind::{MentionKind, QuoteKind, Rule};
use crate::span::Span;

/// Something said: a quotation, or speech reported without quotation marks.
///
/// A quotation interrupted by its reporting clause is one quote of two [parts](Quote::parts); so is one that runs over
/// several paragraphs, a part each. The parts hold their quotation marks.
///
/// ```
/// use whosaid::{Document, QuoteKind};
///
/// let document = Document::new("“The piers have moved,” said Okafor, “and they are still moving.”")?;
/// let quote = document.quotes().next().expect("something is quoted");
/// assert_eq!(quote.kind(), QuoteKind::Direct);
/// assert_eq!(quote.parts().len(), 2);
/// assert_eq!(quote.content(), "“The piers have moved,” “and they are still moving.”");
/// assert_eq!(quote.speaker().map(|entity| entity.name()), Some("Okafor"));
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quote<'d>(pub(in crate::document) At<'d>);

impl<'d> Quote<'d> {
    /// Its place among the quotations of the document, from 0.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// assert!(document.quotes().all(|quote| document.quote(quote.index()) == Some(quote)));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// Where it stands, in bytes: from the start of its first part to the end of its last, with whatever interrupts it.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.span().range(), 0..10);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        let parts = self.part_spans();
        parts[0].cover(parts[parts.len() - 1])
    }

    /// The text of its [span](Quote::span), verbatim: with its marks, and with whatever interrupts it.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“No,” said Okafor, “it stays shut.”")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.text(), document.text());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.text(self.span())
    }

    /// The stretches that hold what was said, with their quotation marks, in bytes; at least one.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“No,” said Okafor, “it stays shut.”")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// let parts: Vec<&str> = quote.parts().map(|part| &document.text()[part]).collect();
    /// assert_eq!(parts, ["“No,”", "“it stays shut.”"]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn parts(self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator + Clone {
        self.part_spans().iter().copied()
    }

    /// What was said: the texts of its parts, quotation marks included, joined by a space.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“No,” said Okafor, “it stays shut.”")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.content(), "“No,” “it stays shut.”");
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn content(self) -> String {
        self.parts().map(|part| self.0.text(part)).collect::<Vec<_>>().join(" ")
    }

    /// How much of what was said stands in quotation marks.
    ///
    /// ```
    /// use whosaid::{Document, QuoteKind};
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// assert!(document.quotes().all(|quote| quote.kind() == QuoteKind::Direct));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn kind(self) -> QuoteKind {
        self.record().kind
    }

    /// Who says it; none if nobody could be named.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.speaker().map(|entity| entity.name()), Some("Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn speaker(self) -> Option<Entity<'d>> {
        self.record().speaker.map(|index| Entity(self.0.to(index)))
    }

    /// To whom it is said, where the text tells.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Is it shut?” Hale asked Okafor.\n\n“Yes,” she said.")?;
    /// let asked = document.quotes().next().expect("something is quoted");
    /// assert_eq!(asked.addressee().map(|entity| entity.name()), Some("Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn addressee(self) -> Option<Entity<'d>> {
        self.record().addressee.map(|index| Entity(self.0.to(index)))
    }

    /// The words beside it that name its speaker (its source): “she” in “she said”.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.mention().map(|mention| mention.text()), Some("Okafor"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn mention(self) -> Option<Mention<'d>> {
        self.record().mention.map(|index| Mention(self.0.to(index)))
    }

    /// The words beside it that tell that something is said: “said” in “she said”.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.cue().map(|cue| cue.text()), Some("said"));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn cue(self) -> Option<Cue<'d>> {
        self.record().cue.map(|_| Cue(self))
    }

    /// Whether the text tells it as said: not as thought or planned, not denied, and not as merely possible. Words in
    /// quotation marks without a cue are said, unless they are of the kind [`QuoteKind::None`].
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("Okafor said that it stays shut. She did not say that it would be mended.")?;
    /// let said: Vec<bool> = document.quotes().map(|quote| quote.is_said()).collect();
    /// assert_eq!(said, [true, false]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_said(self) -> bool {
        let asserts = |cue: Cue<'_>| cue.is_speech() && !cue.is_negated() && !cue.is_possible();
        self.kind() != QuoteKind::None && self.cue().is_none_or(asserts)
    }

    /// The smallest quotation around this one; it has a lower index.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“He told me: ‘Never come back.’ So I left,” said Okafor.")?;
    /// let inner = document.quotes().nth(1).expect("there are two");
    /// assert_eq!(inner.text(), "‘Never come back.’");
    /// assert_eq!(inner.nested_in(), document.quote(0));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn nested_in(self) -> Option<Quote<'d>> {
        self.record().nested_in.map(|index| Quote(self.0.to(index)))
    }

    /// The sentence in which it begins.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The bridge is old. “It stays shut,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.sentence().map(|sentence| sentence.index()), Some(1));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn sentence(self) -> Option<Sentence<'d>> {
        self.0.doc.sentence_at(self.part_spans()[0].start())
    }

    /// How sure the answer is, `0.0..=1.0`: about the share of such answers that are right.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert!((0.5..=1.0).contains(&quote.confidence()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn confidence(self) -> f32 {
        self.record().confidence
    }

    /// Why this speaker: the rule that decided and the words that it went by.
    ///
    /// ```
    /// use whosaid::{Document, Rule};
    ///
    /// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.evidence().rule(), Rule::NamedTag);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn evidence(self) -> Evidence<'d> {
        Evidence(self)
    }

    pub(in crate::document) fn record(self) -> &'d QuoteRecord {
        &self.0.doc.layers.quotes[self.index()]
    }

    /// The parts as they are stored.
    pub(in crate::document) fn part_spans(self) -> &'d [Span] {
        &self.0.doc.layers.parts[self.record().parts.range()]
    }
}

impl fmt::Debug for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quote")
            .field("index", &self.index())
            .field("kind", &self.kind())
            .field("parts", &self.part_spans())
            .field("text", &self.text())
            .field("speaker", &self.speaker().map(Entity::name))
            .field("rule", &self.record().rule)
            .field("confidence", &self.confidence())
            .finish()
    }
}

/// The words that tell that something is said: `said`, `according to`, `went on to say`.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“Yes,” said Okafor.")?;
/// let quote = document.quotes().next().expect("something is quoted");
/// let cue = quote.cue().expect("a reporting verb stands beside it");
/// assert_eq!((cue.text(), cue.span().range()), ("said", 11..15));
/// # Ok::<(), whosaid::Error>(())
/// ```
// Only of a quote that has a cue.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cue<'d>(Quote<'d>);

impl<'d> Cue<'d> {
    /// Where it stands, in bytes of the document's text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let cue = document.quotes().find_map(|quote| quote.cue()).expect("there is a reporting verb");
    /// assert_eq!(cue.span().range(), 11..15);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn span(self) -> Span {
        self.record().span
    }

    /// Its text.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("According to Okafor, it stays shut. She went on to say that it leaks.")?;
    /// let cues: Vec<&str> = document.quotes().filter_map(|quote| quote.cue()).map(|cue| cue.text()).collect();
    /// assert_eq!(cues, ["According to", "went on to say"]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn text(self) -> &'d str {
        self.0.0.text(self.span())
    }

    /// Whether it is a cue of saying, as against thinking, wanting, planning or feeling.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The mayor said that the bridge is safe. The engineers believe that it will fall.")?;
    /// let speech: Vec<bool> = document.quotes().filter_map(|quote| quote.cue()).map(|cue| cue.is_speech()).collect();
    /// assert_eq!(speech, [true, false]);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_speech(self) -> bool {
        self.record().speech
    }

    /// Whether the words before it deny that anything was said: “did not say”.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The mayor did not say that the bridge is safe.")?;
    /// assert!(document.quotes().filter_map(|quote| quote.cue()).all(|cue| cue.is_negated()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_negated(self) -> bool {
        self.record().negated
    }

    /// Whether a modal verb leaves open that it was said: “may say”, “would have said”.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("The mayor might say that the bridge is safe.")?;
    /// assert!(document.quotes().filter_map(|quote| quote.cue()).all(|cue| cue.is_possible()));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn is_possible(self) -> bool {
        self.record().possible
    }

    fn record(self) -> CueRecord {
        self.0.record().cue.unwrap_or_default()
    }

    /// What it reports.
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.cue().map(|cue| cue.quote()), Some(quote));
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn quote(self) -> Quote<'d> {
        self.0
    }
}

impl fmt::Debug for Cue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_stretch(f, "Cue", self.span(), self.text())
    }
}

/// Why a [`Quote`] has the speaker that it has. Prints as words that a person can read.
///
/// ```
/// use whosaid::Document;
///
/// let document = Document::new("“The bridge stays shut,” Okafor said.")?;
/// let quote = document.quotes().next().expect("something is quoted");
/// assert_eq!(quote.evidence().to_string(), "named by the reporting clause “Okafor said”");
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Evidence<'d>(Quote<'d>);

impl<'d> Evidence<'d> {
    /// The rule that decided.
    ///
    /// ```
    /// use whosaid::{Document, Rule};
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.evidence().rule(), Rule::NamedTag);
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn rule(self) -> Rule {
        self.0.record().rule
    }

    /// The words beside the quotation that name its speaker; the same as [`Quote::mention`].
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.evidence().mention(), quote.mention());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn mention(self) -> Option<Mention<'d>> {
        self.0.mention()
    }

    /// The words that tell that something is said; the same as [`Quote::cue`].
    ///
    /// ```
    /// use whosaid::Document;
    ///
    /// let document = Document::new("“Yes,” said Okafor.")?;
    /// let quote = document.quotes().next().expect("something is quoted");
    /// assert_eq!(quote.evidence().cue(), quote.cue());
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn cue(self) -> Option<Cue<'d>> {
        self.0.cue()
    }

    /// The words that the rule went by, in text order and on one line: `Okafor … said`.
    fn words(self) -> Option<String> {
        let text = |span| one_line(self.0.0.text(span));
        let (source, cue) = (self.mention().map(Mention::span), self.cue().map(Cue::span));
        let (Some(source), Some(cue)) = (source, cue) else {
            return source.or(cue).map(|span| text(span).into_owned());
        };
        let (first, second) = (source.min(cue), source.max(cue));
        let apart = first.end() < second.start() && {
            let between = self.0.0.text(Span::new(first.end(), second.start()));
            !between.trim().is_empty()
        };
        Some(if apart {
            format!("{} … {}", text(first), text(second))
        } else {
            text(first.cover(second)).into_owned()
        })
    }

    /// Tells that words beside the quotation name the speaker; `place` says what words they are.
    fn named_by(self, f: &mut fmt::Formatter<'_>, place: &str) -> fmt::Result {
        let pronoun = self.mention().map(|mention| (mention, one_line(mention.text())));
        match (pronoun, self.0.speaker()) {
            (Some((_, source)), None) => write!(f, "nobody could be found for “{source}”, in {place}")?,
            (Some((mention, source)), Some(speaker))
                if mention.kind() != MentionKind::Name && source != speaker.name() =>
            {
                write!(f, "“{source}” is {}, by {place}", speaker.name())?;
            }
            _ => write!(f, "named by {place}")?,
        }
        self.words().map_or(Ok(()), |words| write!(f, " “{words}”"))
    }
}

impl fmt::Display for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule() {
            Rule::NamedTag | Rule::PronounTag | Rule::NominalTag => self.named_by(f, "the reporting clause"),
            Rule::AccordingTo => self.named_by(f, "the words"),
            Rule::Credit => self.named_by(f, "the credit"),
            Rule::Beat => self.named_by(f, "the action of"),
            Rule::SameParagraph => f.write_str("the speaker named before goes on in the same paragraph"),
            Rule::Continuation => f.write_str("a paragraph that only quotes continues the speaker before"),
            Rule::Repetition => f.write_str("the text quotes the same words again, and names their speaker"),
            Rule::Introduction => f.write_str("the speaker says who it is"),
            Rule::Vocative => f.write_str("addressed by name in the words before or after"),
            Rule::Alternation => f.write_str("turns alternate"),
            Rule::Recency => f.write_str("mentioned last"),
            Rule::Unattributed if self.0.kind() == QuoteKind::None => f.write_str("words that nobody says here"),
            Rule::Unattributed => f.write_str("nobody could be named"),
        }
    }
}

impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({:?}: {self})", self.rule())
    }
}
