//! News: is what was said found, in its right extent, with the words that name its source?

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use whosaid::{Document, Quote, QuoteKind};

use crate::gold::{Gold, GoldQuote, Kind};
use crate::measures::{Answers, Attributed, Found};
use crate::people::{Who, bytes, names_source, speakers};
use crate::spans::{Bytes, Cover, Overlaps, common, jaccard, overlap, size, tidy, union};

#[derive(Default)]
pub(crate) struct News {
    pub(crate) documents: usize,
    pub(crate) direct: Row,
    pub(crate) mixed: Row,
    pub(crate) indirect_speech: Row,
    pub(crate) speech: Row,
    pub(crate) indirect: Row,
    pub(crate) everything: Row,
    /// Speakers of direct and mixed quotations.
    pub(crate) quoted: Attributed,
    /// Speakers of all that is said.
    pub(crate) said: Attributed,
    /// Content and source.
    pub(crate) answers: Answers,
}

/// What was found of one kind.
#[derive(Default)]
pub(crate) struct Row {
    /// The content overlaps.
    pub(crate) content: Found,
    /// The content overlaps, and the source is right.
    pub(crate) joint: Found,
}

impl Row {
    fn gold(&mut self, found: bool, right: bool) {
        self.content.gold += 1;
        self.content.right_gold += usize::from(found);
        self.joint.gold += 1;
        self.joint.right_gold += usize::from(right);
    }

    fn predicted(&mut self, found: bool, right: bool) {
        self.content.predicted += 1;
        self.content.right_predicted += usize::from(found);
        self.joint.predicted += 1;
        self.joint.right_predicted += usize::from(right);
    }
}

/// A quotation of the library.
struct Predicted<'d, 'g> {
    quote: Quote<'d>,
    content: Vec<Bytes>,
    who: Option<Who<'g>>,
}

impl Predicted<'_, '_> {
    fn has_speaker_of(&self, other: &Self) -> bool {
        let (a, b) = (self.quote, other.quote);
        let nobody = |quote: Quote<'_>| quote.speaker().is_none() && quote.mention().is_none();
        a.speaker().is_some() && a.speaker() == b.speaker()
            || a.mention().is_some() && a.mention() == b.mention()
            || nobody(a) && nobody(b)
    }
}

impl News {
    pub(crate) fn add(&mut self, gold: &Gold, document: &Document<'_>, cast: bool) {
        self.documents += 1;
        let text = &gold.text;
        let quotes: Vec<Quote<'_>> = document.quotes().filter(|quote| quote.kind() != QuoteKind::None).collect();
        let speakers = speakers(gold, document, &quotes, cast);
        let predicted: Vec<Predicted<'_, '_>> = quotes
            .into_iter()
            .zip(speakers)
            .map(|(quote, who)| {
                // Who is only mentioned is not known.
                let who = who.filter(|_| quote.speaker().is_some());
                Predicted { quote, content: tidy(text, quote.parts().map(bytes)), who }
            })
            .collect();
        let contents: Vec<Vec<Bytes>> =
            gold.quotes.iter().map(|quote| tidy(text, quote.spans.iter().copied())).collect();
        let mut matches = matched(&contents, &predicted);
        let mut used = HashSet::new();
        for (at, quote) in gold.quotes.iter().enumerate() {
            let mut group = matches.remove(&at).unwrap_or_default();
            group.sort_by_key(|&n| (std::cmp::Reverse(size(&predicted[n].content)), n));
            used.extend(group.iter().copied());
            let group: Vec<&Predicted<'_, '_>> = group.into_iter().map(|n| &predicted[n]).collect();
            self.add_quote(quote, &group, !gold.entities.is_empty());
        }
        let ignored = Cover::new(gold.ignored());
        for (_, other) in predicted.iter().enumerate().filter(|(n, _)| !used.contains(n)) {
            let covered: usize = other.content.iter().map(|&span| ignored.bytes(span)).sum();
            if 2 * covered < size(&other.content) {
                self.add_predicted(other.quote, false, false);
                self.answers.push(other.quote.confidence(), false);
            }
        }
    }

    /// Counts an annotated quotation and the predictions that are it, the largest first.
    fn add_quote(&mut self, quote: &GoldQuote, group: &[&Predicted<'_, '_>], with_speakers: bool) {
        let found = !group.is_empty();
        let right = found && is_source_right(quote, group);
        let mut rows = vec![&mut self.everything];
        rows.push(match quote.kind {
            Kind::Direct => &mut self.direct,
            Kind::Mixed => &mut self.mixed,
            Kind::Indirect => &mut self.indirect,
        });
        if quote.is_speech() {
            rows.push(&mut self.speech);
            if quote.kind == Kind::Indirect {
                rows.push(&mut self.indirect_speech);
            }
        }
        for row in rows {
            row.gold(found, right);
        }
        if let Some(largest) = group.first() {
            self.add_predicted(largest.quote, true, right);
            let confidence = group.iter().map(|one| one.quote.confidence()).fold(0.0, f32::max);
            self.answers.push(confidence, right);
        }
        if let Some(speaker) = quote.sure_speaker().filter(|_| with_speakers) {
            let who = group.iter().find_map(|one| one.who);
            let right = who == Some(Who::Person(speaker));
            if quote.kind != Kind::Indirect {
                self.quoted.add(who.is_some(), right);
            }
            if quote.is_speech() {
                self.said.add(who.is_some(), right);
            }
        }
    }

    /// Counts a prediction. Of those that are matched with nothing, nobody knows whether they are speech.
    fn add_predicted(&mut self, quote: Quote<'_>, found: bool, right: bool) {
        let own = match quote.kind() {
            QuoteKind::Direct => vec![&mut self.direct],
            QuoteKind::Mixed => vec![&mut self.mixed],
            _ => vec![&mut self.indirect, &mut self.indirect_speech],
        };
        for row in own.into_iter().chain([&mut self.speech, &mut self.everything]) {
            row.predicted(found, right);
        }
    }
}

/// Whether one of them names the source; if there is none, whether none names one.
fn is_source_right(quote: &GoldQuote, group: &[&Predicted<'_, '_>]) -> bool {
    let mut mentions = group.iter().filter_map(|one| one.quote.mention());
    if quote.source.is_empty() {
        return mentions.next().is_none();
    }
    mentions.any(|mention| names_source(quote, bytes(mention.span())))
}

/// For each annotated quotation the predictions that are it: one to one, the best overlap first; then those of the same
/// speaker that lie in it too.
fn matched(gold: &[Vec<Bytes>], predicted: &[Predicted<'_, '_>]) -> HashMap<usize, Vec<usize>> {
    let parts = predicted.iter().enumerate().flat_map(|(n, one)| one.content.iter().map(move |&span| (span, n)));
    let parts = Overlaps::new(parts.collect());
    let mut pairs = Vec::new();
    // For each annotated quotation the predictions that lie mostly inside, with the bytes in common.
    let mut inside: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); gold.len()];
    for (at, content) in gold.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &span in content {
            for (part, n) in parts.with(span) {
                *shared.entry(n).or_default() += overlap(span, part);
            }
        }
        for (n, bytes) in shared {
            let length = size(&predicted[n].content);
            if 2 * bytes >= length {
                inside[at].insert(n, bytes);
            }
            let jaccard = jaccard(bytes, size(content), length);
            if jaccard >= 0.5 {
                pairs.push((jaccard, at, n));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut matches: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut order = Vec::new();
    for (_, at, n) in pairs {
        if !matches.contains_key(&at) && used.insert(n) {
            matches.insert(at, vec![n]);
            order.push((at, n));
        }
    }
    // The other parts of a quotation that its largest part has found.
    for (at, first) in order {
        for &n in inside[at].keys() {
            if !used.contains(&n) && predicted[n].has_speaker_of(&predicted[first]) {
                used.insert(n);
                matches.entry(at).or_default().push(n);
            }
        }
    }
    // Quotations no part of which is large enough by itself.
    for (at, content) in gold.iter().enumerate() {
        if matches.contains_key(&at) {
            continue;
        }
        let left = || inside[at].iter().filter(|(n, _)| !used.contains(n));
        let mut first: Vec<(usize, usize)> = left().map(|(&n, &bytes)| (n, bytes)).collect();
        first.sort_by_key(|&(n, bytes)| (std::cmp::Reverse(bytes), n));
        let mut best: Option<(f64, Vec<usize>)> = None;
        for (first, _) in first {
            let others = left().map(|(&n, _)| n).filter(|&n| n != first);
            let others = others.filter(|&n| predicted[n].has_speaker_of(&predicted[first]));
            let group: Vec<usize> = std::iter::once(first).chain(others).collect();
            let all = union(group.iter().flat_map(|&n| predicted[n].content.iter().copied()));
            let jaccard = jaccard(common(content, &all), size(content), size(&all));
            if jaccard >= 0.5 && best.as_ref().is_none_or(|best| jaccard > best.0) {
                best = Some((jaccard, group));
            }
        }
        if let Some((_, group)) = best {
            used.extend(&group);
            matches.insert(at, group);
        }
    }
    matches
}
