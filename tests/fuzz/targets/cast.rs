//! Any cast and reporting verbs, and a text: the lines up to an empty one are the settings, one a line.
//!
//! `name = alias = alias` adds a member, `+verb` a reporting verb, `?0.5` sets the threshold. What is no valid setting is
//! refused with an error that says why; with the others the text is read as any other.
#![no_main]

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use whosaid::{Attributor, Error, Gender, Member};

#[path = "../../invariants/mod.rs"]
#[allow(dead_code, reason = "not all of it holds with any settings")]
mod invariants;

thread_local! {
    /// Engines by their settings: to build one takes far longer than to read a text.
    static ENGINES: RefCell<HashMap<String, Rc<Result<Attributor, Error>>>> = RefCell::default();
}

fn engine(settings: &str) -> Rc<Result<Attributor, Error>> {
    ENGINES.with_borrow_mut(|engines| {
        if engines.len() > 100 {
            engines.clear();
        }
        Rc::clone(engines.entry(settings.to_owned()).or_insert_with(|| Rc::new(build(settings))))
    })
}

fn build(settings: &str) -> Result<Attributor, Error> {
    let mut builder = Attributor::builder();
    for line in settings.lines() {
        builder = if let Some(verb) = line.strip_prefix('+') {
            builder.reporting_verbs([verb])
        } else if let Some(threshold) = line.strip_prefix('?') {
            builder.threshold(threshold.parse().unwrap_or(0.5))
        } else {
            let mut names = line.split('=').map(str::trim);
            let member = Member::new(names.next().unwrap_or_default()).gender(Gender::Female);
            builder.cast([names.fold(member, Member::alias)])
        };
    }
    builder.build()
}

fuzz_target!(|input: &str| {
    let (settings, text) = input.split_once("\n\n").unwrap_or((input, ""));
    match engine(settings).as_ref() {
        Ok(attributor) => {
            let document = attributor.attribute(text).expect("the text is short");
            invariants::segmentation_holds(&document);
            invariants::quotations_hold(&document);
            invariants::marks_nest(&document);
            invariants::mentions_hold(&document);
            invariants::segments_tile(&document);
        }
        Err(error) => {
            assert!(error.is_cast() || error.is_setting());
            assert!(!error.to_string().is_empty());
        }
    }
});
