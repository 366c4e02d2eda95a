//! Runs the examples as a user runs them.
//!
//! They are the binaries that `cargo test` builds beside the tests. (`cargo test --test examples` does not build them: run
//! `cargo build --examples` before.)

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

/// What a program did.
pub(crate) struct Outcome {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// The output of a program that had nothing to complain of.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (Some(0), ""), "{}", self.stdout);
        self.stdout
    }

    /// The complaint of a program that did nothing else: one line with the name of the program.
    #[track_caller]
    pub(crate) fn failure(self, status: i32, program: &str) -> String {
        assert_eq!((self.status, self.stdout.as_str()), (Some(status), ""), "{}", self.stderr);
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        let message = self.stderr.strip_prefix(program).and_then(|rest| rest.strip_prefix(": "));
        message.unwrap_or_else(|| panic!("{} does not say where it comes from", self.stderr)).to_owned()
    }
}

/// The call of an example.
pub(crate) fn command(example: &str, args: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the test knows where it is");
    let profile = test.parent().and_then(Path::parent).expect("tests are in target/PROFILE/deps");
    let program = profile.join("examples").join(example).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{} is not built: run `cargo build --examples`", program.display());
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn start(example: &str, args: &[&str]) -> Child {
    command(example, args).spawn().expect("the example can be run")
}

/// Runs an example with `input` on its standard input.
pub(crate) fn run(example: &str, args: &[&str], input: impl AsRef<[u8]> + Send) -> Outcome {
    let mut child = start(example, args);
    let mut stdin = child.stdin.take().expect("it has an input");
    let output = thread::scope(|scope| {
        scope.spawn(move || match stdin.write_all(input.as_ref()) {
            // Not every call reads its input.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
            _ => {}
        });
        child.wait_with_output().expect("the example comes to an end")
    });
    let utf8 = |bytes| String::from_utf8(bytes).expect("an example writes UTF-8");
    Outcome { status: output.status.code(), stdout: utf8(output.stdout), stderr: utf8(output.stderr) }
}

/// Where a test keeps a file of its own.
pub(crate) fn path(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    path.into_os_string().into_string().expect("the path is UTF-8")
}

/// A file of its own for a test.
pub(crate) fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = path(name);
    fs::write(&path, content).expect("the temporary folder can be written");
    path
}
