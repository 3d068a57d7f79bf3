//! The promises that fuzzing tries to break, checked on its seeds and on
//! every input that once broke one.

#[path = "../promises/mod.rs"]
mod check;

use check::clock::timed;
use check::pieces::{TEXTS, text_of};
use std::fs;
use std::path::Path;
use vanban::extract::{Context, extract};
use vanban::text::Text;

/// Inputs of `tests/FOLDER/TARGET`, by name.
fn inputs(folder: &str, target: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    // A target that nothing has broken has no folder of regressions.
    let Ok(entries) = fs::read_dir(root.join(folder).join(target)) else {
        return Vec::new();
    };
    let mut inputs: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = fs::read(&path).expect("an input");
            (format!("{folder}/{target}/{name}"), bytes)
        })
        .collect();
    inputs.sort();
    inputs
}

/// Holds every input of a target against `promise`; names those that break
/// it.
fn replay(target: &str, promise: fn(&[u8], check::Watch)) {
    let seeds = inputs("seeds", target);
    assert!(seeds.len() >= 20, "the seeds of {target}");
    let mut broken = Vec::new();
    for (name, input) in seeds.into_iter().chain(inputs("regressions", target))
    {
        let hold = || promise(&input, |_, work| work());
        if std::panic::catch_unwind(hold).is_err() {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "broken by {broken:#?}");
}

#[test]
fn reading_keeps_its_promises() {
    replay("decode", check::decode);
}

#[test]
fn normalization_keeps_its_promises() {
    replay("normalize", check::normalize);
}

#[test]
fn extraction_keeps_its_promises() {
    replay("extract", check::extract);
}

/// Of `tests/promises/pieces.rs`: what once took the square of its length.
const ONCE_SQUARE: [&str; 12] = [
    "symbols",
    "symbols, unfilled",
    "symbols, bare",
    "dates listed",
    "dates to",
    "acts, lines",
    "acts, types",
    "campaigns",
    "campaigns, counted",
    "citations",
    "rows of cited papers",
    "launches",
];

#[test]
fn four_times_the_text_takes_about_four_times_as_long() {
    let took = |text: String| {
        let text = Text::new(text);
        let (record, time) = timed(|| extract(&text, &Context::default()));
        assert!(record.title.is_some());
        time.as_secs_f64()
    };
    for name in ONCE_SQUARE {
        let (_, piece) =
            TEXTS.iter().find(|(own, _)| *own == name).expect("the piece");
        // The tables are read by the first text.
        took(text_of(piece, 1_000));
        let (short, long) =
            (took(text_of(piece, 15_000)), took(text_of(piece, 60_000)));
        // The square would be 16 times; a fixed part counts for the rest.
        assert!(long < 9.0 * short + 0.1, "{name}: {short} s, {long} s");
    }
}
