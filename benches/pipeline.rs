//! The whole way from a text to its speakers: on each sort of text, on texts of growing size, and what an engine costs.
//!
//! `cargo bench --bench pipeline`. Throughput counts bytes of text. On `growth`, a text of any size should read as fast
//! as a small one: what drops there is not linear. For texts that nobody writes see `growth.rs`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput};
use whosaid::{Attributor, AttributorBuilder, Gender, Member};

mod texts;
use texts::{ARTICLE, MEGABYTE, MEMOIR, SCENE, repeated, without_quotations};

fn sorts(criterion: &mut Criterion) {
    let attributor = Attributor::new();
    let mut group = criterion.benchmark_group("pipeline");
    for (name, text) in [
        ("an article", ARTICLE.to_owned()),
        ("a chapter", repeated(SCENE, MEGABYTE / 50)),
        ("news", repeated(ARTICLE, MEGABYTE)),
        ("scene", repeated(SCENE, MEGABYTE)),
        ("memoir", repeated(MEMOIR, MEGABYTE)),
        ("without quotations", without_quotations(MEGABYTE)),
        ("nothing but marks", "\"".repeat(MEGABYTE)),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| attributor.attribute(black_box(&text)).map(drop)));
    }
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let attributor = Attributor::new();
    for (name, unit) in [("news", ARTICLE), ("scene", SCENE), ("marks", "\"")] {
        let mut group = criterion.benchmark_group(format!("growth/{name}"));
        // The large ones run once or twice a sample.
        group.sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(100));
        for (size, bytes) in [("10 KB", 10_000), ("100 KB", 100_000), ("1 MB", MEGABYTE), ("10 MB", 10 * MEGABYTE)] {
            let text = if name == "marks" { unit.repeat(bytes) } else { repeated(unit, bytes) };
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(|| attributor.attribute(black_box(&text)).map(drop));
            });
        }
        group.finish();
    }
}

fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("attributor");
    group.bench_function("default", |bencher| bencher.iter(Attributor::new));
    // As many as a long novel has.
    let cast: Vec<Member> = (0..100)
        .map(|number| Member::new(format!("Ada Lund{number}")).alias(format!("Lund{number}")).gender(Gender::Female))
        .collect();
    group.bench_function("with a cast of 100", |bencher| {
        bencher.iter_batched(
            || Attributor::builder().cast(cast.iter().cloned()),
            AttributorBuilder::build,
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    sorts(&mut criterion);
    growth(&mut criterion);
    engine(&mut criterion);
    criterion.final_summary();
}
