//! Any text is read, and everything has its place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../invariants/mod.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::everything_holds(text));
