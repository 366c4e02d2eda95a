//! Shares, and what confidences are worth.

/// A share of a count; none of nothing.
pub(crate) fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// What was found against what there is to find.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) right_predicted: usize,
    pub(crate) predicted: usize,
    pub(crate) right_gold: usize,
    pub(crate) gold: usize,
}

impl Found {
    /// Precision, recall and F1.
    pub(crate) fn shares(self) -> [Option<f64>; 3] {
        let recall = share(self.right_gold, self.gold);
        // Who finds nothing where there is something has found it wrongly.
        let precision = share(self.right_predicted, self.predicted).or(recall.map(|_| 0.0));
        let f1 = precision.zip(recall).map(|(p, r)| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 });
        [precision, recall, f1]
    }
}

/// How many quotations there are with a speaker, how many got one, and how many the right one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Attributed {
    pub(crate) quotes: usize,
    pub(crate) named: usize,
    pub(crate) right: usize,
}

impl Attributed {
    pub(crate) fn add(&mut self, named: bool, right: bool) {
        self.quotes += 1;
        self.named += usize::from(named);
        self.right += usize::from(right);
    }
}

/// Answers with their confidence, and whether they are right.
#[derive(Default)]
pub(crate) struct Answers(Vec<(f32, bool)>);

impl Answers {
    pub(crate) fn push(&mut self, confidence: f32, right: bool) {
        self.0.push((confidence, right));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The share right of the surest `percent` of `total` questions. Those without an answer come last, as wrong; equals
    /// count as if in random order.
    pub(crate) fn surest(&self, percent: usize, total: usize) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let wanted = (total * percent) as f64 / 100.0;
        let (mut left, mut right) = (wanted, 0.0);
        for equals in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            let taken = left.min(equals.len() as f64);
            right += taken * equals.iter().filter(|answer| answer.1).count() as f64 / equals.len() as f64;
            left -= taken;
        }
        (total > 0).then(|| right / wanted)
    }

    /// For each tenth of confidence how many answers there are, their mean confidence, and how many are right.
    pub(crate) fn tenths(&self) -> [(usize, f64, usize); 10] {
        let mut tenths = [(0, 0.0, 0); 10];
        for &(confidence, right) in &self.0 {
            let at = (1..10).take_while(|&n| confidence >= n as f32 / 10.0).count();
            let tenth = &mut tenths[at];
            tenth.0 += 1;
            tenth.1 += f64::from(confidence);
            tenth.2 += usize::from(right);
        }
        for (count, sum, _) in &mut tenths {
            *sum /= (*count).max(1) as f64;
        }
        tenths
    }
}
