//! The examples, run as a user runs them: what they print, where they print it, and how they end.
#![cfg(feature = "serde")]

mod program;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use program::{file, run, start};
use serde_json::{Value, json};
use whosaid::{Cue, Document, Entity, Mention, Paragraph, QuoteKind};

const TEXT: &str = "“The bridge stays shut,” Okafor said.\n";

/// A row of a table with single spaces.
fn squeeze(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

/// Holds for every example that reads one text.
mod every_reader_of_a_text {
    use super::*;

    const EXAMPLES: [&str; 6] = ["annotate", "attribute", "booknlp", "html", "network", "tei"];

    #[test]
    fn works_without_arguments_and_helps() {
        for example in EXAMPLES.into_iter().chain(["news"]) {
            assert!(run(example, &[], "").success().len() > 500, "{example}");
            for option in ["--help", "-h"] {
                let help = run(example, &[option], "").success();
                assert!(help.contains(&format!("Usage: {example} ")) && help.contains("  --help "), "{help}");
            }
        }
    }

    #[test]
    fn reads_a_file_and_standard_input() {
        for example in EXAMPLES {
            let file = file(&format!("{example}.txt"), TEXT);
            let output = run(example, &[&file], "").success();
            assert!(output.contains("Okafor"), "{output}");
            assert_eq!(run(example, &["-"], TEXT).success(), output);
        }
    }

    #[test]
    fn complains_in_one_line() {
        for example in EXAMPLES {
            let message = |args: &[&str], input: &[u8]| run(example, args, input).failure(2, example);
            assert_eq!(message(&["--nosuch"], b""), "unknown option \"--nosuch\"; --help tells how to call\n");
            assert_eq!(message(&["a", "b"], b""), "more than one file; --help tells how to call\n");
            assert!(message(&["no/such/file"], b"").starts_with("no/such/file: "));
            assert!(message(&["no/such\nfile"], b"").starts_with("no/such file: "));
            assert!(message(&[env!("CARGO_MANIFEST_DIR")], b"").starts_with(env!("CARGO_MANIFEST_DIR")));
            assert_eq!(message(&["-"], b"Yes\xff"), "standard input: not UTF-8 from byte 3 on\n");
        }
    }

    #[test]
    fn reads_what_is_odd() {
        let odd =
            "\u{0}\r\n\t“]]> & <q>‘\u{fffe}’ \u{1b}[2J \u{202e}” said <b>Ann</b>.\r\r\u{2028}“\n\n“‘“‘“ said ‘Bob’";
        for example in EXAMPLES {
            for text in ["", "\n \n", "“", odd] {
                run(example, &["-"], text).success();
            }
        }
    }

    #[test]
    fn ends_silently_when_nobody_reads_on() {
        for (example, args) in
            EXAMPLES.map(|example| (example, &["-"][..])).into_iter().chain([("attribute", &["-", "--json"][..])])
        {
            let mut child = start(example, args);
            drop(child.stdout.take());
            child.stdin.take().expect("it has an input").write_all(TEXT.as_bytes()).expect("it reads its input");
            let output = child.wait_with_output().expect("the example comes to an end");
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        }
    }
}

mod attribute {
    use super::*;

    #[test]
    fn reads_a_bundled_article() {
        let report = run("attribute", &[], "").success();
        assert!(report.lines().any(|line| line.starts_with("Ingrid Solvane — direct, “told”, ")), "{report}");
        assert!(report.lines().any(|line| line.contains("“said”")), "{report}");
        assert!(report.contains("In quotation marks, but nobody’s words\n    “Old Limper”  line 11\n"), "{report}");
        let (_, table) = report.split_once("\nSpeaker ").expect("the speakers come last");
        assert!(squeeze(table).starts_with("Gender Direct Mixed Indirect "), "{table}");
        assert!(table.lines().any(|line| squeeze(line).starts_with("Teodor Baska male ")), "{table}");
        assert!(report.lines().all(|line| line.chars().count() <= 100), "{report}");
        assert!(!report.contains('\x1b'), "no colours in a pipe");
    }

    #[test]
    fn reads_a_file_and_standard_input() {
        let expected = "\
Okafor — direct, “said”, # % sure, line 1
    “The bridge stays shut,”
    named by the reporting clause “Okafor said”

Speaker  Gender   Direct   Mixed  Indirect
Okafor   unknown       1       0         0
";
        for report in
            [run("attribute", &["-"], TEXT).success(), run("attribute", &[&file("shut.txt", TEXT)], "").success()]
        {
            let (before, rest) = report.split_once("“said”, ").expect("the cue is told");
            let (_, after) = rest.split_once(" % sure").expect("the confidence is told");
            assert_eq!(format!("{before}“said”, # % sure{after}"), expected);
        }
    }

    #[test]
    fn says_when_nobody_speaks() {
        assert_eq!(run("attribute", &["-"], "").success(), "Nobody is quoted.\n");
        assert_eq!(run("attribute", &["-"], "The bridge is old.").success(), "Nobody is quoted.\n");
    }

    #[test]
    fn marks_unknown_speakers() {
        let report = run("attribute", &["-"], "“It stays shut for the whole winter, I am afraid.”").success();
        assert!(report.starts_with("[unknown speaker] — direct, line 1\n"), "{report}");
        assert!(report.lines().any(|line| squeeze(line) == "[unknown speaker] 1 0 0"), "{report}");
    }

    #[test]
    fn shortens_what_is_long() {
        let text = format!("“{}the end,” Okafor said.", "We wait for the river. ".repeat(100));
        let (short, full) =
            (run("attribute", &["-"], &text).success(), run("attribute", &["-", "--full"], &text).success());
        assert!(short.contains(" […]\n") && !short.contains("the end"), "{short}");
        assert!(!full.contains("[…]") && full.contains("the end,”\n"), "{full}");
        assert!(full.lines().all(|line| line.chars().count() <= 100), "{full}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let report = run("attribute", &["-"], "“The bridge \x1b[2Jstays\tshut,” Okafor said.").success();
        assert!(report.contains("“The bridge \u{fffd}[2Jstays shut,”"), "{report}");
    }

    #[test]
    fn writes_json() {
        let json = run("attribute", &["--json", "-"], TEXT).success();
        let document: Document<'_> = serde_json::from_str(&json).expect("it can be read back");
        assert_eq!(document, Document::new(TEXT).expect("it is short"));
        assert!(json.starts_with("{\n  ") && json.ends_with("}\n"), "{json}");
    }
}

mod corpus {
    use super::*;

    fn line(id: &str, text: &str) -> String {
        json!({"id": id, "text": text}).to_string() + "\n"
    }

    #[test]
    fn writes_a_line_for_a_line() {
        let input = line("b", TEXT) + "\n" + &line("a", "No words.") + line("“c”", "“Why?” asked Lund.").trim_end();
        let from_file = run("corpus", &[&file("three.jsonl", &input)], "").success();
        assert_eq!(from_file, run("corpus", &[], &input).success());
        assert!(from_file.starts_with("{\"id\":\"b\","), "{from_file}");

        let documents = lines(&from_file);
        let ids: Vec<&Value> = documents.iter().map(|document| &document["id"]).collect();
        assert_eq!(ids, ["b", "a", "“c”"]);
        for (document, text) in documents.iter().zip([TEXT, "No words.", "“Why?” asked Lund."]) {
            assert_eq!(document.get("text"), None);
            let whole = serde_json::to_string(&Document::new(text).expect("it is short")).expect("it can be written");
            let whole: Value = serde_json::from_str(&whole).expect("it is JSON");
            assert_eq!((&document["quotes"], &document["entities"]), (&whole["quotes"], &whole["entities"]));
        }
    }

    #[test]
    fn reads_a_folder() {
        let folder = PathBuf::from(program::path("texts"));
        fs::create_dir_all(folder.join("folder.txt")).expect("the temporary folder can be written");
        for (name, text) in [("b.txt", TEXT.as_bytes()), ("a.txt", b""), ("c.txt", b"Yes\xff"), ("d.md", b"No.")] {
            fs::write(folder.join(name), text).expect("the temporary folder can be written");
        }
        let folder = folder.to_str().expect("the path is UTF-8");
        let outcome = run("corpus", &[folder], "");
        assert_eq!(outcome.status, Some(1));
        assert_eq!(outcome.stdout, run("corpus", &[], line("a", "") + &line("b", TEXT)).success());
        let complaints: Vec<&str> = outcome.stderr.lines().collect();
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].ends_with("c.txt: not UTF-8 from byte 3 on"), "{complaints:?}");
        assert!(complaints[1].contains("folder.txt: "), "{complaints:?}");

        assert!(run("corpus", &["--cast", folder], "").failure(2, "corpus").contains("no \"entities\" for --cast"));
        let empty = program::path("no-texts");
        fs::create_dir_all(&empty).expect("the temporary folder can be written");
        assert!(run("corpus", &[&empty], "").failure(2, "corpus").ends_with("no .txt file in this folder\n"));
    }

    /// More documents than are in memory at a time, of all lengths, and some that cannot be read.
    fn many() -> String {
        let texts = ["article", "budget", "ferry", "floods", "memoir", "scene"]
            .map(|name| fs::read_to_string(format!("examples/data/{name}.txt")).expect("it is part of the repository"));
        let sorts = texts.iter().map(String::as_str).chain(["", TEXT]);
        let documents = sorts.cycle().take(200).enumerate().map(|(number, text)| match number % 20 {
            7 => "{}\n".to_owned(),
            _ => line(&format!("document {number}"), text),
        });
        documents.collect()
    }

    #[test]
    fn threads_change_nothing() {
        let input = many();
        let [one, four] = ["1", "4"].map(|threads| run("corpus", &["--threads", threads], &input));
        assert_eq!((one.status, one.stdout.lines().count(), one.stderr.lines().count()), (Some(1), 190, 10));
        assert!(one.stdout == four.stdout, "the output depends on the number of threads");
        assert_eq!((one.status, one.stderr), (four.status, four.stderr));
    }

    #[test]
    fn ends_silently_when_nobody_reads_on() {
        let mut child = start("corpus", &["--threads", "2", &file("many.jsonl", many().replace("{}\n", ""))]);
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the example comes to an end");
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    }

    #[test]
    fn goes_on_after_a_malformed_line() {
        let bad: [&[u8]; 5] =
            [b"{\"id\": \"x\"\n", b"[]\n", b"{\"id\": 3, \"text\": \"\"}\n", b"{\"id\": \"x\"}\n", b"\xff\n"];
        let mut input = line("first", TEXT).into_bytes();
        input.extend(bad.concat());
        input.extend(line("last", TEXT).into_bytes());
        let outcome = run("corpus", &["-"], input);
        assert_eq!(outcome.status, Some(1));
        let ids: Vec<Value> = lines(&outcome.stdout).iter().map(|document| document["id"].clone()).collect();
        assert_eq!(ids, ["first", "last"]);
        let complaints: Vec<&str> = outcome.stderr.lines().collect();
        assert_eq!(complaints.len(), bad.len(), "{complaints:?}");
        for (number, complaint) in (2..).zip(complaints) {
            assert!(complaint.starts_with(&format!("corpus: line {number}: ")), "{complaint}");
        }
        assert!(outcome.stderr.contains("line 5: missing field `text` at column"), "{}", outcome.stderr);
    }

    #[test]
    fn takes_the_cast_of_a_line() {
        let people = json!([
            {"id": "O1", "aliases": ["Okafor", "The Boss", "O1"], "gender": "F"},
            {"id": "Mr. Lund", "aliases": ["the boss", "mr lund"], "gender": "M"},
            {"id": "somebody", "aliases": ["O1"]},
            {"id": "Mr Lund"},
        ]);
        let known = json!({"id": "known", "text": TEXT, "entities": people}).to_string() + "\n";
        let outcome = run("corpus", &["--cast"], known.clone() + &line("unknown", TEXT));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let speaker = |document: &Value| {
            let entity = document["quotes"][0]["speaker"]["entity"].as_u64().expect("somebody speaks");
            document["entities"][entity as usize].clone()
        };
        let documents = lines(&outcome.stdout);
        assert_eq!(speaker(&documents[0])["cast"], "O1");
        assert_eq!(speaker(&documents[0])["gender"], "female");
        assert_eq!(speaker(&documents[1])["cast"], Value::Null, "the cast is that of the line");
        let warnings: Vec<&str> = outcome.stderr.lines().collect();
        assert_eq!(
            warnings,
            [
                "corpus: line 1: alias \"The Boss\" of \"O1\" is left out: another has it too",
                "corpus: line 1: alias \"the boss\" of \"Mr. Lund\" is left out: another has it too",
                "corpus: line 1: alias \"O1\" of \"somebody\" is left out: another has it too",
                "corpus: line 1: \"Mr Lund\" is left out of the cast: another has the same id",
            ]
        );
        let documents = lines(&run("corpus", &[], &known).success());
        assert_eq!(speaker(&documents[0])["cast"], Value::Null, "nobody asked for the cast");
    }

    #[test]
    fn looks_at_entities_only_if_told() {
        let input = json!({"id": "x", "text": TEXT, "entities": "nonsense", "quotes": 7}).to_string();
        assert_eq!(run("corpus", &[], &input).success(), run("corpus", &[], line("x", TEXT)).success());
        assert!(run("corpus", &["--cast"], &input).failure(1, "corpus").starts_with("line 1: invalid type"));
    }

    #[test]
    fn helps() {
        assert!(run("corpus", &["--help"], "").success().contains("Usage: corpus [OPTIONS] [INPUT]"));
    }

    #[test]
    fn complains_in_one_line() {
        assert!(run("corpus", &["--casts"], "").failure(2, "corpus").contains("unknown option \"--casts\""));
        assert!(run("corpus", &["a", "b"], "").failure(2, "corpus").contains("more than one file"));
        assert!(run("corpus", &["--threads", "0"], "").failure(2, "corpus").contains("'0'"));
        assert!(run("corpus", &["no/such/file"], "").failure(2, "corpus").starts_with("no/such/file: "));
    }
}

mod html {
    use super::*;
    use roxmltree::{Node, ParsingOptions};

    const NESTED: &str = "\
<b>& “Tom said, ‘Run,’ and I ran,” said \"Ann\" & Co.

“This goes on

“and on,” she said. He added that it did.";

    /// Texts and their pages.
    static PAGES: LazyLock<[(&str, String); 4]> = LazyLock::new(|| {
        let article = include_str!("../examples/data/article.txt");
        let (scene, memoir) = (include_str!("../examples/data/scene.txt"), include_str!("../examples/data/memoir.txt"));
        [article, scene, memoir, NESTED].map(|text| (text, run("html", &["-"], text).success()))
    });

    fn for_each_page(look: impl Fn(&Document<'_>, Node<'_, '_>)) {
        for (text, page) in PAGES.iter() {
            // It is well-formed XML too.
            let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
            let page = roxmltree::Document::parse_with_options(page, options).expect("it is well formed");
            look(&Document::new(text).expect("it is short"), page.root_element());
        }
    }

    fn with_tag<'a, 'i>(node: Node<'a, 'i>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
        node.descendants().filter(move |node| node.has_tag_name(tag))
    }

    /// The text of an element without the names that the page adds to it.
    fn written(node: Node<'_, '_>) -> String {
        let added = |text: &Node<'_, '_>| text.ancestors().any(|around| around.has_tag_name("button"));
        node.descendants().filter(|node| node.is_text() && !added(node)).filter_map(|text| text.text()).collect()
    }

    #[test]
    fn shows_the_text_verbatim() {
        for_each_page(|document, page| {
            let main = with_tag(page, "main").next().expect("there is a text");
            let shown: Vec<String> = with_tag(main, "p").map(written).collect();
            let paragraphs: Vec<&str> = document.paragraphs().map(Paragraph::text).collect();
            assert_eq!(shown, paragraphs);
        });
    }

    #[test]
    fn every_quotation_has_its_speaker() {
        for_each_page(|document, page| {
            assert!(document.quotes().len() >= 4);
            for quote in document.quotes() {
                let of_quote = |node: &Node<'_, '_>| node.attribute("data-quote") == Some(&quote.index().to_string());
                let parts: Vec<_> = with_tag(page, "q").filter(of_quote).collect();
                // Parts that run over a paragraph's end are cut there.
                let shown: String = parts.iter().map(|&part| written(part)).collect();
                let words = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(words(&shown), words(&quote.content()));
                assert!(parts.iter().all(|part| part.attribute("class") == Some(quote.kind().as_str())));
                if quote.kind() == QuoteKind::None {
                    continue;
                }
                let button = parts[0].children().find(|node| node.has_tag_name("button")).expect("it has a label");
                let name = quote.speaker().map_or("unknown", |speaker| speaker.name());
                let said = button.attribute("aria-label").expect("it is read aloud");
                assert!(said.starts_with(name) && said.contains(quote.kind().as_str()), "{said}");
                let unsure = quote.speaker().is_none() || quote.confidence() < 0.6;
                assert_eq!(button.attribute("class") == Some("who unsure"), unsure, "{said}");
                for (class, words) in
                    [("cue", quote.cue().map(Cue::text)), ("source", quote.mention().map(Mention::text))]
                {
                    let marked: String = with_tag(page, "span")
                        .filter(of_quote)
                        .filter(|mark| mark.attribute("class") == Some(class))
                        .map(written)
                        .collect();
                    assert_eq!(marked, words.unwrap_or(""));
                }
            }
        });
    }

    #[test]
    fn counts_in_a_legend() {
        for_each_page(|document, page| {
            let table = with_tag(page, "tbody").next().expect("there is a legend");
            let count = |cell: Node<'_, '_>| cell.text().map_or(0, |text| text.parse().unwrap_or(0));
            let counted: usize = with_tag(table, "td").map(count).sum();
            assert_eq!(counted, document.quotes().filter(|quote| quote.kind() != QuoteKind::None).count());
            for speaker in document.speakers() {
                let row = with_tag(table, "tr").find(|row| {
                    with_tag(*row, "button")
                        .any(|name| name.attribute("data-speaker") == Some(&speaker.index().to_string()))
                });
                let cells: Vec<_> = row.into_iter().flat_map(|row| with_tag(row, "td")).collect();
                assert_eq!(cells.first().and_then(Node::text), Some(speaker.gender().as_str()));
                assert_eq!(cells.into_iter().map(count).sum::<usize>(), speaker.quotes().len());
            }
        });
    }

    #[test]
    fn needs_no_network() {
        let (_, page) = &PAGES[0];
        for way in ["http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(way), "{way}");
        }
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\""));
    }
}

mod network {
    use super::*;

    const TALK: &str = "\
“Is it shut?” Ann asked Bob.

“It is shut,” said Bob.

“For how long?” asked Ann.

“Until May,” said Bob.
";

    #[test]
    fn counts_turns_and_what_is_told() {
        let csv = run("network", &["--format", "csv", "-"], TALK).success();
        assert_eq!(csv, "speaker,addressee,count,told,turns\nBob,Ann,2,0,2\nAnn,Bob,2,1,1\n");
        let csv = run("network", &["--format=csv", "--told", "-"], TALK).success();
        assert_eq!(csv, "speaker,addressee,count,told,turns\nAnn,Bob,1,1,0\n");
    }

    #[test]
    fn what_opens_a_conversation_is_said_to_whoever_answers() {
        let text = "“Shut the gate,” said Ann.\n\n“It is shut,” said Bob.\n";
        let csv = run("network", &["--format", "csv", "-"], text).success();
        assert_eq!(csv, "speaker,addressee,count,told,turns\nAnn,Bob,1,0,1\nBob,Ann,1,0,1\n");
        let apart = text.replace("\n\n", &"\n\nIt rained.".repeat(5)).replace(".“", ".\n\n“");
        let csv = run("network", &["--format", "csv", "-"], apart).success();
        assert_eq!(csv, "speaker,addressee,count,told,turns\n");
    }

    #[test]
    fn the_formats_agree() {
        let csv = run("network", &["--format", "csv"], "").success();
        let graphml = run("network", &["--format", "graphml"], "").success();
        let graphml = roxmltree::Document::parse(&graphml).expect("it is well formed");
        let elements = |tag: &'static str| graphml.descendants().filter(move |node| node.has_tag_name(tag));
        let data = |node: roxmltree::Node<'_, '_>, key: &str| {
            let data = node.children().find(|data| data.attribute("key") == Some(key)).expect("it has the key");
            data.text().unwrap_or("").to_owned()
        };
        let name = |id: Option<&str>| {
            data(elements("node").find(|node| node.attribute("id") == id).expect("it is there"), "name")
        };
        let mut edges: Vec<String> = elements("edge")
            .map(|edge| {
                let (from, to) = (name(edge.attribute("source")), name(edge.attribute("target")));
                format!("{from},{to},{},{}", data(edge, "weight"), data(edge, "told"))
            })
            .collect();
        let mut rows: Vec<_> = csv.lines().skip(1).map(|row| row.rsplit_once(',').expect("it has fields").0).collect();
        edges.sort();
        rows.sort_unstable();
        assert_eq!(edges, rows);
        assert!(rows.iter().any(|row| row.starts_with("Edith Harrow,Tom Lacey,")), "{csv}");
    }

    #[test]
    fn names_do_not_cover_each_other() {
        let svg = run("network", &[], "").success();
        assert_eq!(svg, run("network", &[], "").success(), "the same text makes the same picture");
        let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
        let number = |node: &roxmltree::Node<'_, '_>, name: &str| {
            node.attribute(name).and_then(|value| value.parse::<f64>().ok())
        };
        let names: Vec<_> = svg
            .descendants()
            .filter(|node| node.has_tag_name("text") && node.attribute("class").is_none())
            .map(|node| {
                let characters: usize = node
                    .descendants()
                    .filter_map(|node| node.text().filter(|_| node.is_text()))
                    .map(|text| text.chars().count())
                    .sum();
                (
                    number(&node, "x").expect("it has a place"),
                    number(&node, "y").expect("it has a place"),
                    characters as f64,
                )
            })
            .collect();
        assert!(names.len() >= 4);
        for (index, (x, y, length)) in names.iter().enumerate() {
            for (other_x, other_y, other_length) in &names[..index] {
                assert!((y - other_y).abs() > 16.0 || (x - other_x).abs() > 4.0 * (length + other_length));
            }
        }
    }

    #[test]
    fn a_timeline_has_a_bar_for_each_part() {
        let text = include_str!("../examples/data/scene.txt");
        let svg = run("network", &["--timeline"], "").success();
        let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
        let bars = svg.descendants().filter(|node| node.has_tag_name("rect") && node.attribute("class").is_none());
        let document = Document::new(text).expect("it is short");
        let parts = document.speakers().flat_map(Entity::quotes).map(|quote| quote.parts().len());
        assert_eq!(bars.count(), parts.sum::<usize>());
        for speaker in document.speakers() {
            assert!(svg.descendants().any(|node| node.text().is_some_and(|text| text.trim() == speaker.name())));
        }
    }

    #[test]
    fn complains_in_one_line() {
        let message = |args: &[&str]| run("network", args, "").failure(2, "network");
        assert_eq!(message(&["--format", "png"]), "unknown format \"png\"; --help tells how to call\n");
        assert_eq!(message(&["--timeline", "--format", "csv"]), "a timeline has one format, SVG\n");
        assert!(message(&["--format"]).ends_with("; --help tells how to call\n"));
    }
}

mod news {
    use super::*;

    fn rows(csv: &str) -> Vec<&str> {
        csv.lines().collect()
    }

    #[test]
    fn people_of_one_name_are_one_row() {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("articles");
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        fs::write(folder.join("a.txt"), "“The bridge stays shut,” said Ada Okafor, and she left.")
            .expect("it can be written");
        fs::write(
            folder.join("b.txt"),
            "Ada Okafor said that it was shut.\n\nA spokesman said it was not.\n\n“No,” said John Lund.",
        )
        .expect("it can be written");
        fs::write(folder.join("c.md"), "“No,” said Nobody.").expect("it can be written");
        let csv = run("news", &["--format", "csv", &folder.to_string_lossy()], "").success();
        assert_eq!(
            rows(&csv),
            [
                "source,gender,articles,direct,mixed,indirect,share",
                "Ada Okafor,female,2,1,0,1,0.5000",
                "John Lund,male,1,1,0,0,0.2500",
                ",male,,0,0,1,0.2500",
            ]
        );
    }

    #[test]
    fn adds_up() {
        let table = run("news", &[], "").success();
        assert!(table.lines().any(|row| squeeze(row).starts_with("Teodor Baska male 2 ")), "{table}");
        let csv = run("news", &["--format", "csv"], "").success();
        let sums = rows(&csv)[1..].iter().fold((0, 0.0), |(count, share), row| {
            let fields: Vec<_> = row.split(',').collect();
            let counts: usize = fields[3..6].iter().map(|count| count.parse::<usize>().expect("it is a count")).sum();
            (count + counts, share + fields[6].parse::<f64>().expect("it is a share"))
        });
        assert!(table.contains(&format!("4 articles, {} quotations; ", sums.0)), "{table}");
        assert!((sums.1 - 1.0).abs() < 0.01, "{csv}");

        let svg = run("news", &["--format", "svg"], "").success();
        let svg = roxmltree::Document::parse(&svg).expect("it is well formed");
        let titles: Vec<_> =
            svg.descendants().filter(|node| node.has_tag_name("title")).filter_map(|node| node.text()).collect();
        assert!(titles.iter().any(|title| title.starts_with("Teodor Baska, male: ")), "{titles:?}");
        assert_eq!(titles.len(), 1 + 3 + rows(&csv)[1..].iter().filter(|row| !row.starts_with(',')).count());
    }

    #[test]
    fn passes_over_what_cannot_be_read() {
        let good = json!({"id": "a", "text": TEXT}).to_string();
        let input = format!("{good}\n{{\"id\": \"b\"}}\n\n{good}\n");
        let outcome = run("news", &["--format", "csv", "-"], &input);
        assert_eq!((outcome.status, outcome.stderr.lines().count()), (Some(1), 1), "{}", outcome.stderr);
        assert!(outcome.stderr.starts_with("news: line 2: missing field `text`"), "{}", outcome.stderr);
        assert_eq!(rows(&outcome.stdout)[1], "Okafor,unknown,2,2,0,0,1.0000");

        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("spoilt");
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        fs::write(folder.join("a.txt"), b"\xff").expect("it can be written");
        fs::write(folder.join("b.txt"), TEXT).expect("it can be written");
        let outcome = run("news", &["--format", "csv", &folder.to_string_lossy()], "");
        assert_eq!(outcome.status, Some(1));
        assert!(outcome.stderr.ends_with("a.txt: not UTF-8 from byte 0 on\n"), "{}", outcome.stderr);
        assert_eq!(rows(&outcome.stdout)[1], "Okafor,unknown,1,1,0,0,1.0000");
    }

    #[test]
    fn complains_in_one_line() {
        let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("empty");
        fs::create_dir_all(&empty).expect("the temporary folder can be written");
        let message = |args: &[&str]| run("news", args, "").failure(2, "news");
        assert!(message(&[&empty.to_string_lossy()]).ends_with(": no .txt file in this folder\n"));
        assert!(message(&["no/such/folder"]).starts_with("no/such/folder: "));
        assert_eq!(message(&["--format", "pdf"]), "unknown format \"pdf\"; --help tells how to call\n");
    }
}

mod annotate {
    use super::*;

    #[test]
    fn marks_quotation_cue_and_source() {
        let view = run("annotate", &["-"], TEXT).success();
        let lines: Vec<&str> =
            view.lines().map(|line| line.trim_start_matches(['╭', '╰', '▸', '╴', '│', ' ']).trim_end()).collect();
        assert_eq!(lines[1], "“The bridge stays shut,” Okafor said.");
        assert!(lines[2].starts_with("┯━━━━━━━━━━━━━━━━━━━━━━━ ┬───── ──── cue"), "{view}");
        assert!(lines.contains(&"source"), "{view}");
        assert!(lines.last().is_some_and(|line| line.starts_with("Okafor (direct, ")), "{view}");
    }

    #[test]
    fn every_quotation_is_labelled() {
        let text = include_str!("../examples/data/article.txt");
        let document = Document::new(text).expect("it is short");
        let view = run("annotate", &[], "").success();
        for quote in document.quotes().filter(|quote| quote.kind() != QuoteKind::None) {
            let name = quote.speaker().map_or("[unknown speaker]", |speaker| speaker.name());
            let label = format!("{name} ({}, {:.0} %)", quote.kind(), 100.0 * quote.confidence());
            assert!(view.contains(&label), "{label}\n{view}");
        }
        assert!(!view.contains("Old Limper"), "nobody is quoted there");
        assert!(!view.contains('\x1b'), "no colours in a pipe");
    }

    #[test]
    fn says_when_nobody_speaks() {
        assert_eq!(run("annotate", &["-"], "The bridge is old.").success(), "Nobody is quoted.\n");
    }
}

mod evaluate {
    use super::*;

    const NEWS: &str =
        "“The bridge stays shut,” Okafor said. “It is far too old,” Lind said.\n\nThe rain fell all night.\n";

    /// Three annotated quotations: one as it is, one that gives another speaker, one where there is none.
    fn gold(genre: &str) -> String {
        let at = |words: &str| {
            let start = NEWS.find(words).expect("the text has it");
            [start, start + words.len()]
        };
        let quote = |id: &str, words: &str, how: &str| {
            json!({
                "id": id, "kind": "direct", "spans": [at(words)], "how": how, "speaker": "Okafor", "speech": true,
                "source": [at("Okafor")], "source_head": at("Okafor"), "cue": [],
            })
        };
        let quotes = [
            quote("Q1", "The bridge stays shut", "explicit"),
            quote("Q2", "It is far too old", "explicit"),
            quote("Q3", "The rain fell all night", "implicit"),
        ];
        let entity = |name: &str| json!({"id": name, "aliases": [name], "gender": "U"});
        let entities = [entity("Okafor"), entity("Lind")];
        json!({"id": "a", "genre": genre, "text": NEWS, "entities": entities, "quotes": quotes}).to_string()
    }

    fn has(table: &str, row: &str) {
        assert!(table.lines().any(|line| squeeze(line) == row), "{row}\n{table}");
    }

    /// How many answers are in each tenth of confidence.
    fn answers(table: &str) -> usize {
        let rows = table.lines().filter(|line| line.contains(" % ") && line.contains(" to "));
        rows.map(|row| squeeze(row).split(' ').nth(4).and_then(|count| count.parse::<usize>().ok()).expect("a count"))
            .sum()
    }

    #[test]
    fn counts_as_one_does_by_hand() {
        let news = run("evaluate", &["-"], gold("news")).success();
        // Two of two found contents are right, of three; one of the two names the right source.
        for row in ["direct", "speech", "everything"] {
            has(&news, &format!("{row} 100.0 66.7 80.0 50.0 33.3 40.0 3 2"));
        }
        has(&news, "mixed – – – – – – 0 0");
        has(&news, "direct and mixed 33.3 50.0 66.7 3");
        assert_eq!(answers(&news), 2);

        for args in [&["-"][..], &["--cast", "-"]] {
            let fiction = run("evaluate", args, gold("fiction")).success();
            has(&fiction, "exact spans 100.0 66.7 80.0 3 2");
            has(&fiction, "all 33.3 50.0 66.7 3");
            has(&fiction, "explicit 50.0 50.0 100.0 2");
            has(&fiction, "implicit 0.0 – 0.0 1");
            assert!(fiction.contains("100 %: 33.3\n"), "{fiction}");
            assert_eq!(answers(&fiction), 2);
        }
    }

    #[test]
    fn measures_bundled_texts() {
        let tables = run("evaluate", &[], "").success();
        let gold = run("evaluate", &["examples/data/gold.jsonl"], "").success();
        assert_eq!(tables, gold);
        let (news, fiction) = tables.split_once("Fiction, documents: 1\n").expect("both are there");
        assert!(news.starts_with("News, documents: 1\n"), "{news}");
        // One direct and one mixed quotation, four indirect ones, one of them no speech.
        for (row, count) in [("direct", 1), ("mixed", 1), ("indirect speech", 3), ("speech", 5), ("everything", 6)] {
            let found = news
                .lines()
                .find(|line| line.starts_with(&format!("{row}  ")) || line.starts_with(&format!("{row} 1")));
            let found = squeeze(found.unwrap_or_else(|| panic!("{row}\n{news}")));
            assert_eq!(found.rsplit(' ').nth(1), Some(count.to_string().as_str()), "{found}");
        }
        for (row, count) in [("all", 5), ("explicit", 2), ("anaphoric", 2), ("implicit", 1)] {
            let found = fiction.lines().map(squeeze).find(|line| line.starts_with(&format!("{row} ")));
            assert!(found.is_some_and(|found| found.ends_with(&format!(" {count}"))), "{row}\n{fiction}");
        }
    }

    #[test]
    fn helps_and_complains_in_one_line() {
        assert!(run("evaluate", &["--help"], "").success().contains("Usage: evaluate "));
        let message = |input: &str| run("evaluate", &["-"], input).failure(2, "evaluate");
        assert_eq!(message("\n"), "no document to measure on\n");
        assert!(message("{\"id\": \"a\"}").starts_with("line 1: missing field "));
        let beyond = gold("news").replacen("[[3,24]]", "[[3,2400]]", 1);
        assert!(message(&beyond).starts_with("line 1: document \"a\", quote \"Q1\": [3, 2400] is no stretch"));
        let message = |args: &[&str]| run("evaluate", args, "").failure(2, "evaluate");
        assert!(message(&["no/such/file"]).starts_with("no/such/file: "));
        assert_eq!(message(&["--nosuch"]), "unknown option \"--nosuch\"; --help tells how to call\n");
    }
}
