//! The examples that write for other programs: scripts of audiobooks, TEI, tables, standoff files. What they write is read
//! as those programs read it.
#![cfg(feature = "serde")]

mod program;

use std::collections::{HashMap, HashSet};
use std::fs;

use program::{command, file, path, run};
use roxmltree::Node;
use serde_json::{Value, json};
use whosaid::{Document, Paragraph, QuoteKind};

const SCENE: &str = include_str!("../examples/data/scene.txt");
const ARTICLE: &str = include_str!("../examples/data/article.txt");
const MEMOIR: &str = include_str!("../examples/data/memoir.txt");

/// Marks that cross, paragraphs that a quotation runs over, characters that XML has names for or forbids.
const ODD: &str = "“One “two, he said “three\r\n\r\nfour” <b>&amp; five” ‘six “seven’ eight” \u{7} said\u{b}X.\n\n\
                   _“a_\n\n“b\n\n“c,” wrote Ann, “d\n\ne”_\n\n___\n\n \u{fffe} ]]> \"x\" 😀 “Why?” asked\rMrs. Lund.\n\n_";

/// An element with its attributes.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: HashMap<String, String>,
    /// Index of the element around it.
    parent: Option<usize>,
    /// All text in it.
    text: String,
}

impl Element {
    fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// Parses a document of XML, which has to be well formed, with a parser that has nothing to do with the writer.
fn parse(xml: &str) -> Vec<Element> {
    let parsed = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}:\n{xml}"));
    let nodes: Vec<Node<'_, '_>> = parsed.descendants().filter(Node::is_element).collect();
    let element = |node: &Node<'_, '_>| Element {
        name: node.tag_name().name().to_owned(),
        attributes: node.attributes().map(|known| (known.name().to_owned(), known.value().to_owned())).collect(),
        parent: nodes.iter().position(|other| Some(*other) == node.parent()),
        text: node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect(),
    };
    nodes.iter().map(element).collect()
}

/// A text without white space, with the characters that XML forbids replaced.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace() || *c == '\u{b}');
    letters.map(|c| if matches!(c, '\u{7}' | '\u{b}' | '\u{fffe}') { '\u{fffd}' } else { c }).collect()
}

mod audiobook {
    use super::*;
    use rbook::epub::{Epub, EpubChapter};

    const PEOPLE: &str = "“The gate is shut,” said Ada Marlow.\n\n“So it is,” Ben Hale replied.\n";

    /// The lines of a script that is told well.
    #[track_caller]
    fn script(args: &[&str], input: &str) -> Vec<Value> {
        let outcome = run("audiobook", args, input);
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        outcome.stdout.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
    }

    fn text(script: &[Value]) -> String {
        script.iter().map(|line| line["text"].as_str().expect("every line has a text")).collect()
    }

    /// The voice that reads the line with the given words.
    #[track_caller]
    fn voice<'s>(script: &'s [Value], words: &str) -> &'s str {
        let line = script.iter().find(|line| line["text"].as_str().is_some_and(|text| text.contains(words)));
        line.and_then(|line| line["voice"].as_str()).expect("the words are in the script")
    }

    fn cast(json: &Value) -> String {
        // Each test has a thread, which has the name of the test.
        let name = std::thread::current().name().map_or(String::new(), |name| name.replace("::", "-"));
        file(&format!("{name}-cast.json"), json.to_string())
    }

    #[test]
    fn the_lines_are_the_book() {
        let lines = script(&[], "");
        assert_eq!(text(&lines), SCENE);
        let mut voices: HashMap<&str, HashSet<&str>> = HashMap::new();
        for line in &lines {
            let speaker = line["speaker"].as_str().unwrap_or("narrator");
            voices.entry(speaker).or_default().insert(line["voice"].as_str().expect("every line has a voice"));
        }
        assert!(voices.len() >= 4, "{voices:?}");
        assert!(voices.values().all(|voices| voices.len() == 1), "one for each: {voices:?}");
        assert_eq!(voices.values().flatten().collect::<HashSet<_>>().len(), voices.len(), "and no two the same");
        assert!(voice(&lines, "Till morning").starts_with("female-"));

        for odd in [ODD, "", " \n", "No words."] {
            assert_eq!(text(&script(&["-"], odd)), odd);
        }
    }

    #[test]
    fn the_narrator_of_a_story_reads_all_of_it() {
        let lines = script(&["-"], MEMOIR);
        let document = Document::new(MEMOIR).expect("it is short");
        let narrator = document.speakers().find(|speaker| speaker.is_narrator()).expect("it is told by somebody");
        let said = narrator.quotes().next().expect("he says something").parts().next().expect("it has a part");
        assert_eq!(voice(&lines, &MEMOIR[said]), "neutral-1");
    }

    #[test]
    fn an_epub_is_read_by_chapters() {
        let first = "<h1>I</h1><p>“The <em>gate</em> is\n  shut,”<br/>said Ada&nbsp;Marlow &#8212; twice &amp; aloud.</p>\
                     <style>p {}</style><!-- “No,” said Tom. --><div><p>Ben Hale nodded.</p></div>";
        let second = "<p>“It is shut,” she said.</p>";
        let book = path("two-chapters.epub");
        let epub = Epub::builder().identifier("two").title("The Gate").language("en").chapter([
            EpubChapter::new("One").xhtml_body(first),
            EpubChapter::new("Cover").xhtml_body("<p><img src=\"cover.png\" alt=\"\"/></p>"),
            EpubChapter::new("Two").xhtml_body(second),
        ]);
        epub.write().save(&book).expect("the temporary folder can be written");

        let lines = script(&[&book], "");
        let expected = "I\n\n“The gate is shut,”\nsaid Ada Marlow — twice & aloud.\n\nBen Hale nodded.\n\n\
                        “It is shut,” she said.\n\n";
        assert_eq!(text(&lines), expected);
        let found: Vec<_> = lines.iter().map(|line| (line["chapter"].as_u64(), line["speaker"].as_str())).collect();
        let (one, two, ada) = (Some(1), Some(2), Some("Ada Marlow"));
        assert_eq!(found, [(one, None), (one, ada), (one, None), (two, ada), (two, None)]);
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let text =
            "The Gate\n\nChapter 1\n\nIt rained.\n\nCHAPTER II. Noon\n\nIt rained. Chapter and verse were read out.\n";
        let outcome = run("audiobook", &["-"], text);
        let lines: Vec<Value> = outcome.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let found: Vec<_> = lines.iter().map(|line| (line["chapter"].as_u64(), line["text"].as_str())).collect();
        assert_eq!(
            found,
            [
                (Some(0), Some("The Gate\n\n")),
                (Some(1), Some("Chapter 1\n\nIt rained.\n\n")),
                (Some(2), Some("CHAPTER II. Noon\n\nIt rained. Chapter and verse were read out.\n")),
            ]
        );
        let progress: Vec<&str> = outcome.stderr.lines().collect();
        assert_eq!(progress.len(), 3);
        assert_eq!(progress[2], "chapter 2 of 2: 1 stretches, 1 voices: CHAPTER II. Noon");
    }

    #[test]
    fn the_cast_can_be_corrected() {
        let written = path("written-cast.json");
        assert_eq!(run("audiobook", &["--cast-out", &written, "-"], PEOPLE).success(), "");
        let mut known: Value = serde_json::from_str(&fs::read_to_string(&written).expect("it is there")).expect("JSON");
        let marlow =
            json!({"name": "Ada Marlow", "aliases": [], "gender": "female", "voice": "female-2", "quotations": 1});
        assert_eq!(known["characters"][0], marlow);
        assert_eq!(known["characters"][1]["name"], "Ben Hale");
        let same = script(&["--cast", &written, "-"], PEOPLE);
        assert_eq!(same, script(&["-"], PEOPLE));

        known["narrator"] = json!("male-9");
        known["characters"][0]["voice"] = json!("en-GB-Ada");
        known["characters"][0]["aliases"] = json!(["the engineer"]);
        known["characters"].as_array_mut().expect("a list").remove(1);
        let text = format!("{PEOPLE}\n“It leaks,” the engineer said.\n");
        let lines = script(&["--cast", &cast(&known), "-"], &text);
        assert_eq!((voice(&lines, "is shut"), voice(&lines, "It leaks")), ("en-GB-Ada", "en-GB-Ada"));
        assert_eq!((voice(&lines, "replied"), voice(&lines, "So it is")), ("male-9", "male-3"));
    }

    #[test]
    fn a_cast_that_is_written_can_be_read() {
        for (name, text) in [("scene", SCENE), ("article", ARTICLE), ("memoir", MEMOIR)] {
            let (text, written) = (file(&format!("{name}.txt"), text), path(&format!("{name}-cast.json")));
            run("audiobook", &["--cast-out", &written, &text], "").success();
            let again = path(&format!("{name}-again.json"));
            run("audiobook", &["--cast", &written, "--cast-out", &again, &text], "").success();
            let names = |file: &str| -> Vec<String> {
                let cast: Value = serde_json::from_str(&fs::read_to_string(file).expect("it is there")).expect("JSON");
                let characters = cast["characters"].as_array().expect("a list");
                characters.iter().map(|character| character["name"].to_string()).collect()
            };
            assert_eq!(names(&written), names(&again), "nobody is added");
        }
    }

    #[test]
    fn writes_ssml() {
        for text in [SCENE, ODD] {
            let outcome = run("audiobook", &["--format", "ssml", "-"], text);
            let elements = parse(&outcome.stdout);
            assert_eq!(elements[0].name, "speak");
            let spoken: String =
                elements.iter().filter(|element| element.name == "voice").map(|element| &*element.text).collect();
            let replaced = text.replace(['\u{7}', '\u{b}', '\u{fffe}'], "\u{fffd}");
            assert_eq!(spoken, replaced, "the voices speak the book and nothing else");
        }
        let known = json!({"narrator": "male-9", "characters": [
            {"name": "Ada Marlow", "gender": "female", "voice": "en-GB-\"Ada\""},
        ]});
        let outcome = run("audiobook", &["--format", "ssml", "--cast", &cast(&known), "-"], PEOPLE);
        let elements = parse(&outcome.stdout);
        let of = |words: &str| elements.iter().find(|element| element.name == "voice" && element.text.contains(words));
        assert_eq!(of("The gate").and_then(|voice| voice.get("name")), Some("en-GB-\"Ada\""));
        let narration = of("replied").expect("it is narrated");
        assert_eq!((narration.get("gender"), narration.get("variant")), (Some("male"), Some("9")));
    }

    #[cfg(unix)]
    #[test]
    fn speaks_where_something_can() {
        use std::os::unix::fs::PermissionsExt;

        // In place of a synthesiser, something that keeps what it is told to say.
        let folder = path("synthesiser");
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        let synthesiser = format!("{folder}/espeak-ng");
        fs::write(&synthesiser, "#!/bin/sh\nexec /bin/cat > \"$4\"\n").expect("the temporary folder can be written");
        fs::set_permissions(&synthesiser, fs::Permissions::from_mode(0o755)).expect("the file is ours");
        let sound = path("minute.wav");
        let book = format!("{} {PEOPLE} {}", "It rained. ".repeat(500), "It rained. ".repeat(500));
        let book = file("long.txt", book);
        let say = |folder: &str, sound: &str| {
            command("audiobook", &["--speak", sound, &book]).env("PATH", folder).output().expect("it can be run")
        };

        assert!(say(&folder, &sound).status.success());
        let elements = parse(&fs::read_to_string(&sound).expect("it was written"));
        let first = elements.iter().find(|element| element.name == "voice").expect("something is said");
        assert_eq!(first.text, "“The gate is shut,”");

        let silence = say("/nowhere", &sound);
        assert_eq!(silence.status.code(), Some(2));
        assert!(
            String::from_utf8_lossy(&silence.stderr)
                .ends_with("audiobook: espeak-ng is not installed, and nothing else can speak here\n")
        );
        let unwritable = say(&folder, "no/such/folder.wav");
        assert!(String::from_utf8_lossy(&unwritable.stderr).contains("no/such/folder.wav: "));
    }

    #[test]
    fn complains_in_one_line() {
        let complaint = |args: &[&str]| run("audiobook", args, PEOPLE).failure(2, "audiobook");
        assert!(complaint(&["no/such.epub"]).starts_with("no/such.epub: "));
        assert!(complaint(&["no/such.txt"]).starts_with("no/such.txt: "));
        let not_epub = file("not.epub", "“The gate is shut,” said Ada.");
        assert!(complaint(&[&not_epub]).starts_with(&not_epub));
        let broken = path("broken.epub");
        let epub = Epub::builder().title("Broken").chapter(EpubChapter::new("One").xhtml("<html><p>Yes</div></html>"));
        epub.write().save(&broken).expect("the temporary folder can be written");
        assert!(complaint(&[&broken]).starts_with(&broken));

        let not_json = file("not.json", "{\"narrator\": ");
        assert!(complaint(&["--cast", &not_json, "-"]).starts_with(&not_json));
        let unknown = file("unknown.json", r#"{"narrator": "male-1", "characters": [], "chorus": 1}"#);
        assert!(complaint(&["--cast", &unknown, "-"]).contains("unknown field `chorus`"));
        let person = json!({"name": "Ada", "aliases": ["Ben"], "gender": "female", "voice": "female-2"});
        let other = json!({"name": "Ben", "gender": "male", "voice": "male-2"});
        let twice = file("twice.json", json!({"narrator": "male-1", "characters": [person, other]}).to_string());
        assert!(complaint(&["--cast", &twice, "-"]).contains("belongs to two members of the cast"));
        assert!(complaint(&["--cast-out", "no/such/cast.json", "-"]).starts_with("no/such/cast.json: "));
        assert!(complaint(&["--format", "mp3", "-"]).starts_with("unknown format \"mp3\""));
        assert!(complaint(&["--voice", "-"]).contains("unknown option \"--voice\""));
    }
}

mod tei {
    use super::*;

    #[track_caller]
    fn tei(text: &str) -> Vec<Element> {
        parse(&run("tei", &["-"], text).success())
    }

    fn named<'e>(elements: &'e [Element], name: &str) -> impl Iterator<Item = &'e Element> {
        elements.iter().filter(move |element| element.name == name)
    }

    #[test]
    fn the_body_is_the_text() {
        for text in [SCENE, ARTICLE, MEMOIR, ODD, "", "_", "No words."] {
            let elements = tei(text);
            let body = named(&elements, "body").next().expect("there is a body");
            assert_eq!(letters(&body.text), letters(text));
            assert!(named(&elements, "p").count() > 0, "a body must not be empty");
        }
        let (document, elements) = (Document::new(SCENE).expect("it is short"), tei(SCENE));
        let body = elements.iter().position(|element| element.name == "body");
        let paragraphs = named(&elements, "p").filter(|paragraph| paragraph.parent == body);
        let expected: Vec<&str> = document.paragraphs().map(Paragraph::text).collect();
        assert_eq!(paragraphs.map(|paragraph| &*paragraph.text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn everything_said_is_an_element() {
        for text in [SCENE, ARTICLE, MEMOIR, ODD] {
            let (document, elements) = (Document::new(text).expect("it is short"), tei(text));
            let ids: HashSet<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
            assert_eq!(ids.len(), elements.iter().filter(|element| element.get("id").is_some()).count());
            for element in &elements {
                for pointer in ["who", "toWhom", "next", "prev"] {
                    let id = element.get(pointer).map(|id| id.strip_prefix('#').expect("it points into the file"));
                    assert!(id.is_none_or(|id| ids.contains(id)), "{element:?}");
                }
            }
            for quote in document.quotes() {
                let mut said = String::new();
                let mut next = Some(format!("#quote-{}", quote.index() + 1));
                while let Some(pointer) = next {
                    let piece = elements.iter().find(|element| element.get("id") == Some(&pointer[1..]));
                    let piece = piece.expect("every quotation is there");
                    said += &piece.text;
                    next = piece.get("next").map(str::to_owned);
                    if let Some(speaker) = quote.speaker() {
                        let person = format!("#person-{}", speaker.index() + 1);
                        assert_eq!(piece.get("who"), Some(&*person));
                    }
                }
                assert_eq!(letters(&said), letters(&quote.content()), "the pieces are the quotation");
            }
        }
    }

    #[test]
    fn attributes_tell_what_is_known() {
        let text = "“Stay,” said Mrs. Lund, “or go.” She called it “a mistake”.\n\nAnn wrote that “Old Limper” was \
                    shut.\n\n“Did he say ‘never’?” asked two engineers.";
        let elements = tei(text);
        let said: Vec<&Element> = named(&elements, "said").collect();
        let lund = elements.iter().find(|element| element.name == "person" && element.text.contains("Mrs. Lund"));
        let lund = lund.expect("she is listed");
        assert_eq!(lund.get("sex"), Some("F"));
        let who = lund.get("id").map(|id| format!("#{id}"));
        let first = |words: &str| *said.iter().find(|said| said.text.starts_with(words)).expect("it is said");
        let (stay, go) = (first("“Stay"), first("“or go"));
        assert_eq!((stay.get("who"), go.get("who")), (who.as_deref(), who.as_deref()));
        assert_eq!((stay.get("direct"), stay.get("aloud")), (Some("true"), Some("true")));
        assert_eq!((stay.get("next"), go.get("prev")), (Some("#quote-1.2"), Some("#quote-1")));
        assert_eq!((stay.get("prev"), go.get("next")), (None, None));
        let wrote = said.iter().find(|said| said.text.ends_with("was shut")).expect("it is reported");
        assert_eq!((wrote.get("direct"), wrote.get("aloud")), (Some("false"), Some("false")));
        assert!(named(&elements, "personGrp").any(|group| group.text.contains("two engineers")));
    }

    #[test]
    fn a_quotation_in_another_is_inside_it() {
        let elements = tei("“He told me: ‘Never come back.’ So I left,” said Ann.");
        let inner = elements.iter().find(|element| element.text == "‘Never come back.’").expect("it is an element");
        let outer = &elements[inner.parent.expect("it is not the root")];
        assert_eq!((&*outer.name, &*outer.text), ("said", "“He told me: ‘Never come back.’ So I left,”"));
    }

    #[test]
    fn has_a_title() {
        let elements = parse(&run("tei", &["--title", "Gates & <Bridges>"], "").success());
        assert_eq!(named(&elements, "title").next().map(|title| &*title.text), Some("Gates & <Bridges>"));
        let parts =
            ["teiHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "listPerson", "text", "body"];
        for part in parts {
            assert_eq!(named(&elements, part).count(), 1, "{part}");
        }
    }

    #[test]
    fn complains_in_one_line() {
        assert!(run("tei", &["no/such.txt"], "").failure(2, "tei").starts_with("no/such.txt: "));
        assert!(run("tei", &["-"], b"Yes\xff").failure(2, "tei").starts_with("standard input: not UTF-8"));
        assert!(run("tei", &["--name", "x"], "").failure(2, "tei").contains("unknown option \"--name\""));
    }
}

mod booknlp {
    use super::*;

    /// The files that are written for a text: tokens, entities, quotes, standoff, text.
    fn files(name: &str, text: &str) -> [String; 5] {
        let prefix = path(name);
        assert_eq!(run("booknlp", &["--out", &prefix, "-"], text).success(), "");
        ["tokens", "entities", "quotes", "ann", "txt"]
            .map(|extension| fs::read_to_string(format!("{prefix}.{extension}")).expect("it was written"))
    }

    /// The rows of a table, by column.
    fn rows(table: &str) -> Vec<HashMap<&str, &str>> {
        let mut lines = table.split_terminator('\n').map(|line| line.split('\t').collect::<Vec<_>>());
        let head = lines.next().expect("it has a head");
        let row = |row: Vec<_>| {
            assert_eq!(row.len(), head.len(), "{row:?}");
            head.iter().copied().zip(row).collect()
        };
        lines.map(row).collect()
    }

    fn number(row: &HashMap<&str, &str>, column: &str) -> usize {
        row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is a number"))
    }

    #[test]
    fn tables_agree_with_each_other_and_the_text() {
        for (name, text) in [("scene", SCENE), ("article", ARTICLE), ("memoir", MEMOIR), ("odd", ODD)] {
            let [tokens, entities, quotes, _, kept] = files(&format!("tables-{name}"), text);
            assert_eq!(kept, text);
            let document = Document::new(text).expect("it is short");
            let characters: Vec<char> = text.chars().collect();
            let tokens = rows(&tokens);
            assert_eq!(tokens.len(), document.tokens().len());
            for (index, token) in tokens.iter().enumerate() {
                assert_eq!(number(token, "token_ID_within_document"), index);
                let range = number(token, "byte_onset")..number(token, "byte_offset");
                assert_eq!(characters[range].iter().collect::<String>(), token["word"]);
            }
            let words = |first: usize, last: usize| -> String {
                tokens[first..=last].iter().map(|token| token["word"]).collect::<Vec<_>>().join(" ")
            };
            let mentions: HashSet<(usize, usize, &str)> = rows(&entities)
                .iter()
                .map(|row| {
                    let (first, last) = (number(row, "start_token"), number(row, "end_token"));
                    assert_eq!(words(first, last), row["text"]);
                    assert!(["PROP", "NOM", "PRON"].contains(&row["prop"]));
                    (first, last, row["COREF"])
                })
                .collect();
            let quotes = rows(&quotes);
            let parts = document.quotes().filter(|quote| quote.kind() == QuoteKind::Direct);
            assert_eq!(quotes.len(), parts.map(|quote| quote.parts().len()).sum::<usize>());
            for row in &quotes {
                assert_eq!(words(number(row, "quote_start"), number(row, "quote_end")), row["quote"]);
                if row["char_id"] != "None" {
                    let mention = (number(row, "mention_start"), number(row, "mention_end"), row["char_id"]);
                    assert!(mentions.contains(&mention), "the mention is one of the speaker: {row:?}");
                    assert_eq!(words(mention.0, mention.1), row["mention_phrase"]);
                }
            }
        }
    }

    #[test]
    fn prints_the_quotations() {
        let table = run("booknlp", &["-"], "“Stay,” said Ada Marlow, “or go.”\n\n“No.”\n").success();
        let found: Vec<_> = rows(&table)
            .iter()
            .map(|row| (row["quote_start"].to_owned(), row["quote_end"].to_owned(), row["mention_phrase"].to_owned()))
            .collect();
        let row = |start: &str, end: &str| (start.to_owned(), end.to_owned(), "Ada Marlow".to_owned());
        assert_eq!(found[..2], [row("0", "3"), row("8", "12")]);
        assert!(rows(&run("booknlp", &[], "").success()).len() > 40, "without a text it reads a scene");
    }

    #[test]
    fn standoff_points_at_the_text() {
        for (name, text) in [("scene", SCENE), ("article", ARTICLE), ("memoir", MEMOIR), ("odd", ODD)] {
            let [.., ann, kept] = files(&format!("standoff-{name}"), text);
            let characters: Vec<char> = kept.chars().collect();
            let mut ids = HashSet::new();
            for line in ann.split_terminator('\n') {
                let (id, rest) = line.split_once('\t').expect("every line has an id");
                if id.starts_with('T') {
                    let (kind, said) = rest.split_once('\t').expect("its text comes last");
                    let (_, offsets) = kind.split_once(' ').expect("its offsets come second");
                    let stretch = |offsets: &str| -> String {
                        let (start, end) = offsets.split_once(' ').expect("a start and an end");
                        let range = start.parse().expect("a number")..end.parse().expect("a number");
                        characters[range].iter().collect()
                    };
                    assert_eq!(offsets.split(';').map(stretch).collect::<Vec<_>>().join(" "), said);
                    assert!(ids.insert(id), "{id} stands twice");
                }
            }
            let referred = |word: &&str| word.starts_with('T') && word[1..].chars().all(|c| c.is_ascii_digit());
            for line in ann.split_terminator('\n').filter(|line| line.starts_with(['R', '*', '#'])) {
                let (_, rest) = line.split_once('\t').expect("every line has an id");
                let rest = rest.split('\t').next().expect("it has a beginning");
                assert!(rest.split([' ', ':']).filter(referred).all(|id| ids.contains(id)), "{line}");
            }
        }
        let [.., ann, _] = files("standoff-short", "“Stay,”\nsaid Ada\nMarlow.\n");
        assert!(ann.contains("Name 13 16;17 23\tAda Marlow\n"), "{ann}");
        assert!(ann.contains("Direct 0 7\t“Stay,”\n"), "{ann}");
        assert!(ann.contains("SaidBy Arg1:T"), "{ann}");
    }

    #[test]
    fn complains_in_one_line() {
        assert!(run("booknlp", &["no/such.txt"], "").failure(2, "booknlp").starts_with("no/such.txt: "));
        let unwritable = run("booknlp", &["--out", "no/such/folder"], "").failure(2, "booknlp");
        assert!(unwritable.starts_with("no/such/folder.tokens: "), "{unwritable}");
    }
}

#[test]
fn all_help() {
    for example in ["audiobook", "tei", "booknlp"] {
        let help = run(example, &["--help"], "").success();
        assert!(help.contains(&format!("Usage: {example} [OPTIONS] [FILE]")), "{help}");
    }
}
