//! `audiobook`: scripts are the book, casts come back, chapters are found.

use std::collections::{HashMap, HashSet};
use std::fs;

use rbook::epub::{Epub, EpubChapter};
use serde_json::{Value, json};
use whosaid::Document;

use crate::program::{command, file, path, run};
use crate::xml::{ODD, parse};
use crate::{ARTICLE, MEMOIR, SCENE};

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
    assert_eq!(progress[2], "chapter 2 of 2, “CHAPTER II. Noon”: stretches: 1, voices: 1");
}

#[test]
fn the_cast_can_be_corrected() {
    let written = path("written-cast.json");
    assert_eq!(run("audiobook", &["--cast-out", &written, "-"], PEOPLE).success(), "");
    let mut known: Value = serde_json::from_str(&fs::read_to_string(&written).expect("it is there")).expect("JSON");
    let marlow = json!({"name": "Ada Marlow", "aliases": [], "gender": "female", "voice": "female-2", "quotations": 1});
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
    fs::write(&synthesiser, "#!/bin/sh\nexec /bin/cat > /dev/null\n").expect("the temporary folder can be written");
    let silent = say(&folder, &sound);
    assert_eq!(silent.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&silent.stderr).ends_with(&format!("{sound}: espeak-ng could not write to it\n")));
}

#[test]
fn complains_in_one_line() {
    let complaint = |args: &[&str]| run("audiobook", args, PEOPLE).failure(2, "audiobook");
    assert!(complaint(&["no/such.epub"]).starts_with("no/such.epub: "));
    let not_epub = file("not.epub", "“The gate is shut,” said Ada.");
    assert!(complaint(&[&not_epub]).starts_with(&format!("{not_epub}: not a readable EPUB: ")));
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
    assert!(complaint(&["--cast", &twice, "-"]).starts_with(&format!("{twice}: alias \"Ben\" belongs to two members")));
    assert!(complaint(&["--speak", "no/such/folder.wav", "-"]).starts_with("no/such/folder.wav: "));
    assert!(complaint(&["--cast-out", "no/such/cast.json", "-"]).starts_with("no/such/cast.json: "));
    assert!(complaint(&["--format", "mp3", "-"]).starts_with("unknown format \"mp3\""));
}
