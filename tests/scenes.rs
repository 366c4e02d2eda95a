//! Scenes of contemporary fiction in many manners, `tests/scenes/*.txt`, with the speaker of every quotation.
//!
//! All were written for this project, by somebody who did not know how the library works. They are longer than cases, and
//! nobody expects all of them to be right: the test holds the share of quotations whose speaker is found.
//! `cargo test --release --test scenes -- --nocapture` prints it scene by scene, and what is wrong.
//!
//! A scene begins with a line for each speaker: `@`, the name that stands for him here, and behind bars others by which the
//! text names him. Behind the closing mark of what somebody says stands the speaker in braces; `{-}` is behind what is said
//! by nobody, as a title. They are taken out before the text is read. The narrator is `I`.

use std::fs;
use std::path::Path;

use whosaid::{Document, Entity, Quote, QuoteKind};

/// Of all quotations the share, in percent, whose speaker is found.
const FLOOR: f64 = 81.5;

/// How many scenes have nothing wrong in them.
const WHOLE: usize = 14;

/// Bytes of a closing mark, at most.
const MARK: u32 = 3;

#[test]
fn speakers_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenes");
    let files = fs::read_dir(folder).expect("the scenes can be read");
    let mut paths: Vec<_> = files.map(|file| file.expect("a scene can be read").path()).collect();
    paths.sort();
    let (mut right, mut all, mut whole) = (0, 0, 0);
    for path in paths {
        let scene = Scene::parse(&fs::read_to_string(&path).expect("a scene is text"));
        let document = Document::new(&scene.text).expect("a scene is shorter than 4 GiB");
        let wrong: Vec<String> = scene.marks.iter().filter_map(|mark| scene.error(&document, mark)).collect();
        let name = path.file_stem().expect("a file has a name").to_string_lossy();
        eprintln!("{name:12} {:3} of {:3}", scene.marks.len() - wrong.len(), scene.marks.len());
        right += scene.marks.len() - wrong.len();
        all += scene.marks.len();
        whole += usize::from(wrong.is_empty());
        for wrong in wrong {
            eprintln!("    {wrong}");
        }
    }
    let share = 100.0 * right as f64 / all as f64;
    eprintln!("{right} of {all} = {share:.1} %, and all of {whole} scenes");
    assert!(share >= FLOOR, "the speakers of {share:.1} % are found, no longer of {FLOOR} %");
    assert!(whole >= WHOLE, "{whole} scenes have nothing wrong in them, no longer {WHOLE}");
}

struct Scene {
    /// Names of each speaker, in small letters and without an article, the first as the marks have it.
    speakers: Vec<Vec<String>>,
    text: String,
    marks: Vec<Mark>,
}

/// What stands in braces, and the byte of the text that it stood behind.
struct Mark {
    speaker: String,
    end: u32,
}

impl Scene {
    fn parse(source: &str) -> Scene {
        let (speakers, body): (Vec<&str>, Vec<&str>) = source.lines().partition(|line| line.starts_with('@'));
        let names = |line: &str| line.trim_start_matches('@').split('|').map(plain).collect();
        let body = body.join("\n");
        let mut pieces = body.trim_start().split('{');
        let mut text = pieces.next().expect("a split has a first piece").to_owned();
        let mut marks = Vec::new();
        for piece in pieces {
            let (speaker, rest) = piece.split_once('}').expect("a brace is closed");
            if speaker != "-" {
                marks.push(Mark { speaker: plain(speaker), end: text.len() as u32 });
            }
            text.push_str(rest);
        }
        Scene { speakers: speakers.into_iter().map(names).collect(), text, marks }
    }

    /// What is wrong with what the library says of the words before a mark, if anything is.
    fn error(&self, document: &Document<'_>, mark: &Mark) -> Option<String> {
        let quote = quote_before(document, mark.end);
        let speaker = quote.and_then(Quote::speaker);
        let names = self.speakers.iter().find(|names| names[0] == mark.speaker).expect("speakers stand at the head");
        if speaker.is_some_and(|speaker| is_one_of(speaker, names)) {
            return None;
        }
        let words = &self.text[..mark.end as usize];
        let start = words.char_indices().rev().take(40).last().map_or(0, |(at, _)| at);
        let answer = speaker.map_or("nobody", Entity::name);
        Some(format!("{}: {answer}, not {}", words[start..].replace('\n', " "), mark.speaker))
    }
}

/// The innermost quotation that ends at `end`, or has it inside where a paragraph ends in the middle of a speech.
fn quote_before<'d>(document: &'d Document<'_>, end: u32) -> Option<Quote<'d>> {
    let distance = |quote: &Quote<'d>| {
        let spans = quote.parts();
        let near = spans.filter(|span| span.start() < end && end <= span.end() + MARK);
        near.map(|span| (span.end().abs_diff(end), span.end() - span.start())).min()
    };
    let spoken = document.quotes().filter(|quote| quote.kind() != QuoteKind::None);
    spoken.filter_map(|quote| Some((distance(&quote)?, quote))).min_by_key(|found| found.0).map(|found| found.1)
}

/// Whether the library calls somebody by one of `names`.
fn is_one_of(speaker: Entity<'_>, names: &[String]) -> bool {
    let is = |name: &str| names.contains(&plain(name));
    (speaker.is_narrator() && names[0] == "i") || is(speaker.name()) || speaker.names().iter().any(|name| is(name))
}

/// A name in small letters and without an article.
fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase().replace('’', "'");
    ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name).to_owned()
}
