//! Holds for every example: without arguments, with a file, with nonsense, and when nobody reads on.

use std::io::Write;
use std::process::{Output, Stdio};

use crate::program::{command, file, path, run, start};
use crate::{SCENE, TEXT};

/// Those that read one text and only write to standard output.
const READERS: [&str; 6] = ["annotate", "attribute", "booknlp", "html", "network", "tei"];
const EXAMPLES: [&str; 10] =
    ["annotate", "attribute", "audiobook", "booknlp", "corpus", "evaluate", "html", "network", "news", "tei"];

#[test]
fn work_without_arguments() {
    for example in EXAMPLES {
        // For `corpus` that is standard input.
        let input = if example == "corpus" {
            "{\"id\": \"a\", \"text\": \"“No,” said Ann. “Never,” Bob answered.\"}"
        } else {
            ""
        };
        let outcome = run(example, &[], input);
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        assert!(outcome.stdout.len() > 500, "{example}: {}", outcome.stdout);
        let progress = outcome.stderr.lines().all(|line| example == "audiobook" && line.starts_with("chapter "));
        assert!(progress, "{}", outcome.stderr);
    }
}

#[test]
fn help() {
    for example in EXAMPLES {
        for option in ["--help", "-h"] {
            let help = run(example, &[option], "").success();
            assert!(help.contains(&format!("Usage: {example} ")) && help.contains("  --help "), "{help}");
            assert!(help.lines().all(|line| line.chars().count() <= 120), "{help}");
        }
    }
}

#[test]
fn read_a_file_and_standard_input() {
    for example in READERS {
        let file = file(&format!("{example}.txt"), TEXT);
        let output = run(example, &[&file], "").success();
        assert!(output.contains("Okafor"), "{output}");
        assert_eq!(run(example, &["-"], TEXT).success(), output);
    }
}

#[test]
fn complain_in_one_line() {
    let folder = path("no-texts-here");
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    for example in EXAMPLES {
        let message = |args: &[&str]| run(example, args, "").failure(2, example);
        assert_eq!(message(&["--nosuch"]), "unknown option \"--nosuch\"; --help tells how to call\n");
        assert_eq!(message(&["a", "b"]), "more than one file; --help tells how to call\n");
        for missing in ["no/such/file", "no/such.txt"] {
            assert!(message(&[missing]).starts_with(&format!("{missing}: ")));
        }
        assert!(message(&["no/such\nfile"]).starts_with("no/such file: "));
        assert!(message(&[&folder]).starts_with(&format!("{folder}: ")));
    }
    for example in READERS.into_iter().chain(["audiobook"]) {
        let message = run(example, &["-"], b"Yes\xff").failure(2, example);
        assert_eq!(message, "standard input: not UTF-8 from byte 3 on\n");
    }
}

#[test]
fn read_what_is_odd() {
    let odd = "\u{0}\r\n\t“]]> & <q>‘\u{fffe}’ \u{1b}[2J \u{202e}” said <b>Ann</b>.\r\r\u{2028}“\n\n“‘“‘“ said ‘Bob’";
    for example in READERS {
        for text in ["", "\n \n", "“", odd] {
            run(example, &["-"], text).success();
        }
    }
}

/// Calls that write something, with their inputs.
fn calls() -> impl Iterator<Item = (&'static str, &'static [&'static str], String)> {
    let line = serde_json::json!({"id": "a", "text": SCENE}).to_string();
    let texts = READERS.into_iter().chain(["audiobook"]).map(|example| (example, &["-"][..], SCENE.to_owned()));
    let others = [
        ("attribute", &["-", "--json"][..], SCENE.to_owned()),
        ("corpus", &["-"][..], line.clone()),
        ("evaluate", &[][..], String::new()),
        ("news", &["-"][..], line),
    ];
    texts.chain(others)
}

#[test]
fn end_silently_when_nobody_reads_on() {
    for (example, args, input) in calls() {
        let mut child = start(example, args);
        drop(child.stdout.take());
        // A program that has ended reads no more.
        let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
        let Output { status, stderr, .. } = child.wait_with_output().expect("the example comes to an end");
        let stderr = String::from_utf8_lossy(&stderr);
        assert!(status.success(), "{example}: {stderr}");
        assert!(stderr.lines().all(|line| line.starts_with("chapter ")), "{example}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn complain_when_the_output_cannot_be_written() {
    for (example, args, input) in calls() {
        let full = std::fs::File::create("/dev/full").expect("Linux has it");
        let mut child = command(example, args).stdout(Stdio::from(full)).spawn().expect("the example can be run");
        let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
        let Output { status, stderr, .. } = child.wait_with_output().expect("the example comes to an end");
        let stderr = String::from_utf8_lossy(&stderr);
        let last = stderr.lines().last().unwrap_or_default();
        assert_eq!(status.code(), Some(2), "{example}: {stderr}");
        assert!(last.starts_with(&format!("{example}: standard output: ")), "{stderr}");
    }
}
