//! The texts that the benchmarks read.
#![allow(dead_code, reason = "no benchmark needs all of it")]

pub(crate) const ARTICLE: &str = include_str!("../../examples/data/article.txt");
pub(crate) const SCENE: &str = include_str!("../../examples/data/scene.txt");
pub(crate) const MEMOIR: &str = include_str!("../../examples/data/memoir.txt");

pub(crate) const MEGABYTE: usize = 1_000_000;

/// Copies of `text`, each a run of paragraphs of its own, cut where a copy ends: `bytes` long or a little longer.
pub(crate) fn repeated(text: &str, bytes: usize) -> String {
    let copy = text.trim_end().to_owned() + "\n\n";
    copy.repeat(bytes.div_ceil(copy.len()))
}

/// The same, but that the people whose surnames are given have others in every copy.
pub(crate) fn renamed(text: &str, surnames: &[&str], bytes: usize) -> String {
    let mut all = String::with_capacity(bytes + 2 * text.len());
    for copy in 0.. {
        if all.len() >= bytes {
            break;
        }
        let named = surnames
            .iter()
            .fold(text.trim_end().to_owned(), |text, name| text.replace(name, &format!("{name}{}", letters(copy))));
        all += &named;
        all += "\n\n";
    }
    all
}

/// A number in letters, and no other number in the same.
pub(crate) fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters
}

/// The lines of the article and the scene in which no quotation mark stands, apostrophes included.
pub(crate) fn without_quotations(bytes: usize) -> String {
    let narration = ARTICLE.lines().chain(SCENE.lines()).filter(|line| !line.contains(['“', '”', '‘', '’']));
    repeated(&narration.collect::<Vec<_>>().join("\n"), bytes)
}
