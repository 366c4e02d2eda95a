//! Each stage by itself on a megabyte of news and of fiction, beside the work that no attributor can skip, measured in the
//! same run: clocks drift by a factor of two from run to run, ratios do not.
//!
//! `cargo bench --bench stages --features internals`. Throughput counts bytes of text. `limit …` are the limits: checking
//! UTF-8, counting quotation marks, finding reporting verbs with an automaton, and cutting words by the Unicode standard
//! with the crate for it, which the tokens of `segment` have to beat. `stage …` run in the order of their numbers, each on
//! the results of those before; together with putting the document together they are `pipeline`.

use std::hint::black_box;
use std::time::Duration;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput};
use unicode_segmentation::UnicodeSegmentation;
use whosaid::Attributor;
use whosaid::internals::Stages;

mod texts;
use texts::{ARTICLE, MEGABYTE, SCENE, repeated};

/// Reporting verbs with regular forms: with those of `IRREGULAR` some 300 forms.
const REGULAR: &str = "\
    accuse acknowledge add affirm agree allege announce answer argue ask assert assure bellow blurt boast caution chuckle \
    claim comment complain concede conclude confide confirm contend continue counter declare demand describe disclose \
    emphasize enquire estimate exclaim explain gasp grumble hint inform inquire insist interject joke lament maintain \
    mention moan mumble murmur mutter note observe predict promise propose protest recall remark remind repeat report \
    respond reveal roar scream shout snarl stammer suggest urge wail warn whisper wonder yell";
const IRREGULAR: &str = "say says said saying tell tells told telling speak speaks spoke speaking think thinks thought \
    thinking write writes wrote writing cry cries cried crying reply replies replied replying deny denies denied denying";

fn verb_forms() -> Vec<String> {
    let regular = REGULAR.split_whitespace().flat_map(|verb| {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let base = if verb == "agree" { verb } else { stem };
        [verb.to_owned(), format!("{verb}s"), format!("{stem}ed"), format!("{base}ing")]
    });
    regular.chain(IRREGULAR.split_whitespace().map(str::to_owned)).collect()
}

fn stages(criterion: &mut Criterion, name: &str, text: &str) {
    let attributor = Attributor::new();
    let stages = Stages::new(&attributor, text);
    let verbs = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(verb_forms())
        .expect("a few hundred short words fit");

    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut bench = |name: &str, run: &dyn Fn() -> usize| {
        group.bench_function(name, |bencher| bencher.iter(run));
    };
    bench("limit: UTF-8 check", &|| str::from_utf8(black_box(text.as_bytes())).map_or(0, str::len));
    // Every curly mark begins with 0xE2.
    bench("limit: quotation marks", &|| black_box(text).bytes().filter(|&byte| byte == b'"' || byte == 0xE2).count());
    bench("limit: verbs by DFA", &|| verbs.find_iter(black_box(text)).count());
    bench("limit: Unicode words", &|| black_box(text).unicode_word_indices().count());
    bench("stage 1: segment", &|| black_box(&stages).segment());
    bench("stage 2: quotations", &|| black_box(&stages).quotations());
    bench("stage 3: tags", &|| black_box(&stages).tags());
    bench("stage 4: phrases", &|| black_box(&stages).phrases());
    bench("stage 5: reports", &|| black_box(&stages).reports());
    bench("stage 6: mentions", &|| black_box(&stages).mentions());
    bench("stage 7: entities", &|| black_box(&stages).entities());
    bench("stage 8: attribution", &|| black_box(&stages).attribution());
    bench("pipeline", &|| attributor.attribute(black_box(text)).map_or(0, |document| document.quotes().len()));
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .configure_from_args();
    stages(&mut criterion, "news", &repeated(ARTICLE, MEGABYTE));
    stages(&mut criterion, "fiction", &repeated(SCENE, MEGABYTE));
    criterion.final_summary();
}
