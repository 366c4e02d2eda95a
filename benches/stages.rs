//! Each stage by itself on a megabyte of news and of fiction, beside the work that no attributor can skip, measured in the
//! same run: clocks drift by a factor of two from run to run, ratios do not.
//!
//! `cargo bench --bench stages --features internals`. Throughput counts bytes of text. `limit …` are the limits: checking
//! UTF-8, counting quotation marks, cutting tokens with a table of byte classes and nothing more, finding reporting verbs
//! with an automaton; the four of them together are what nobody can skip, `limit: all four`. Cutting words by the Unicode
//! standard with the crate for it is what one would take at first. `stage …` run in the order of their numbers, each on
//! the results of those before; together with putting the document together they are `pipeline`. At the end stand the
//! shares: how many per cent of the speed of a limit is reached, the two timed in turns.
//!
//! The texts are copies of our own, and so the processor learns where their words end; on texts that do not repeat the
//! limits are two to five times slower. The variables `NEWS` and `FICTION` name files to measure instead.

use std::hint::black_box;
use std::time::{Duration, Instant};

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

/// The text of the file that the variable names, else copies of `text`, each a run of paragraphs of its own, about a
/// megabyte of them.
fn megabyte(variable: &str, text: &str) -> String {
    if let Some(file) = std::env::var_os(variable) {
        return std::fs::read_to_string(file).expect("a file of UTF-8");
    }
    repeated(text, MEGABYTE)
}

/// A token of the least that a tokeniser can do: where it is, and whether it is a word.
type Piece = (u32, u32, bool);

/// Cuts words, with apostrophes and figures in them, and marks, into a list of its own. What is not ASCII counts as a
/// letter.
fn cut(text: &str) -> usize {
    #[derive(Clone, Copy, PartialEq)]
    enum Byte {
        Space,
        Word,
        Apostrophe,
        Mark,
    }
    const BYTES: [Byte; 256] = {
        let mut table = [Byte::Mark; 256];
        let mut byte = 0;
        while byte < 256 {
            let b = byte as u8;
            if b <= b' ' {
                table[byte] = Byte::Space;
            } else if b.is_ascii_alphanumeric() || b >= 0x80 {
                table[byte] = Byte::Word;
            } else if b == b'\'' {
                table[byte] = Byte::Apostrophe;
            }
            byte += 1;
        }
        table
    };
    let class = |at: usize| text.as_bytes().get(at).map_or(Byte::Space, |&byte| BYTES[usize::from(byte)]);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        match class(at) {
            Byte::Space => {
                at += 1;
                continue;
            }
            Byte::Word => {
                while class(at) == Byte::Word || (class(at) == Byte::Apostrophe && class(at + 1) == Byte::Word) {
                    at += 1;
                }
            }
            Byte::Apostrophe | Byte::Mark => at += 1,
        }
        pieces.push((start as u32, at as u32, class(start) == Byte::Word));
    }
    // Nobody reads them, and still they are to be written.
    black_box(pieces).len()
}

/// Every curly mark begins with 0xE2.
fn marks(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'"' || byte == 0xE2).count()
}

/// What no attributor can skip.
fn least(text: &str, verbs: &AhoCorasick) -> usize {
    str::from_utf8(text.as_bytes()).map_or(0, str::len) + marks(text) + cut(text) + verbs.find_iter(text).count()
}

fn automaton() -> AhoCorasick {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(verb_forms())
        .expect("a few hundred short words fit")
}

/// How many per cent of the speed of `limit` `work` has, by the best of several runs in turns. The faster one is run as
/// often as fills the time of the other, so that what else the machine does disturbs both alike.
fn share(limit: &mut dyn FnMut() -> usize, work: &mut dyn FnMut() -> usize) -> f64 {
    let time = |run: &mut dyn FnMut() -> usize, times: u32| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(run());
        }
        start.elapsed().as_secs_f64() / f64::from(times)
    };
    let (mut times, once) = (1, time(work, 1));
    while times < 1000 && time(limit, times) * f64::from(times) < once {
        times *= 2;
    }
    let best =
        (0..12).fold((f64::MAX, f64::MAX), |best, _| (best.0.min(time(limit, times)), best.1.min(time(work, 1))));
    100.0 * best.0 / best.1
}

#[expect(clippy::print_stdout, reason = "the shares are the result")]
fn shares(name: &str, text: &str) {
    let attributor = Attributor::new();
    let stages = Stages::new(&attributor, text);
    let verbs = automaton();
    let mut pipeline = || attributor.attribute(black_box(text)).map_or(0, |document| document.quotes().len());
    let whole = share(&mut || least(black_box(text), &verbs), &mut pipeline);
    let segment = share(&mut || cut(black_box(text)), &mut || black_box(&stages).segment());
    println!(
        "{name}: pipeline {whole:.1} % of the four limits together, segmentation {segment:.0} % of the least tokeniser"
    );
}

fn stages(criterion: &mut Criterion, name: &str, text: &str) {
    let attributor = Attributor::new();
    let stages = Stages::new(&attributor, text);
    let verbs = automaton();
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut bench = |name: &str, run: &dyn Fn() -> usize| {
        group.bench_function(name, |bencher| bencher.iter(run));
    };
    bench("limit: UTF-8 check", &|| str::from_utf8(black_box(text.as_bytes())).map_or(0, str::len));
    bench("limit: quotation marks", &|| marks(black_box(text)));
    bench("limit: tokens", &|| cut(black_box(text)));
    bench("limit: verbs by DFA", &|| verbs.find_iter(black_box(text)).count());
    bench("limit: all four", &|| least(black_box(text), &verbs));
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
    let texts = [("news", megabyte("NEWS", ARTICLE)), ("fiction", megabyte("FICTION", SCENE))];
    for (name, text) in &texts {
        stages(&mut criterion, name, text);
    }
    // A run that only tests that everything runs times nothing.
    if !std::env::args().any(|word| word == "--test") {
        for (name, text) in &texts {
            shares(name, text);
        }
    }
    criterion.final_summary();
}
