//! Calls of the allocator, bytes and peak for a megabyte of text, on each sort of text.
//!
//! `cargo bench --bench allocations` prints the table, the same each time. What grows is counted as if it were allocated
//! anew beside the old, so the peak is the worst that an allocator can make of it. The text is not counted. Files named
//! after `--` are measured too.

use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::Path;

use whosaid::Attributor;

mod texts;
use texts::{ARTICLE, MEGABYTE, MEMOIR, SCENE, repeated, without_quotations};

fn main() -> io::Result<()> {
    // `cargo bench -- --test` only asks whether all of it runs.
    let novel = if std::env::args().any(|argument| argument == "--test") { 10_000 } else { MEGABYTE };
    let mut texts = vec![
        ("article".to_owned(), ARTICLE.to_owned()),
        ("chapter".to_owned(), repeated(SCENE, novel / 50)),
        ("novel".to_owned(), repeated(SCENE, novel)),
        ("novel in the first person".to_owned(), repeated(MEMOIR, novel)),
        ("without quotations".to_owned(), without_quotations(novel)),
    ];
    for file in std::env::args().skip(1).filter(|argument| Path::new(argument).is_file()) {
        texts.push((file.clone(), fs::read_to_string(file)?));
    }

    let attributor = Attributor::new();
    let mut out = io::stdout().lock();
    let title = ["text", "KB", "calls/MB", "MB/MB", "peak, B/B", "result, B/B"];
    writeln!(
        out,
        "{:28} {:>8} {:>10} {:>8} {:>10} {:>11}",
        title[0], title[1], title[2], title[3], title[4], title[5]
    )?;
    for (name, text) in texts {
        let per_byte = |amount: u64| amount as f64 / text.len() as f64;
        let mut document = None;
        let info = allocation_counter::measure(|| document = Some(attributor.attribute(black_box(&text))));
        drop(document);
        writeln!(
            out,
            "{name:28} {:8} {:10.0} {:8.1} {:10.1} {:11.1}",
            text.len() / 1000,
            per_byte(info.count_total) * MEGABYTE as f64,
            per_byte(info.bytes_total),
            per_byte(info.bytes_max),
            per_byte(u64::try_from(info.bytes_current).unwrap_or_default()),
        )?;
    }
    Ok(())
}
