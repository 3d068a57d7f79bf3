//! What holds for any input at all: the promises that fuzzing tries to break
//! and that `cargo test` checks on the seeds and on everything fuzzing found.
//!
//! Each function takes the bytes of one input and panics if a promise is
//! broken. An input for `decode` or `extract` begins with bytes that choose
//! the options ([`archive::Choice`], [`record::Choice`]), so that they are
//! fuzzed too.

pub mod archive;
pub mod clock;
pub mod pieces;
pub mod record;
pub mod text;

use vanban::archive::{decode as decode_unit, units_from_reader};
use vanban::extract::{FIELDS, explain, extract as extract_record};
use vanban::pipeline;
use vanban::text::{
    Norm, Span, Text, normalize as normalized, one_line, sentences,
};

/// Runs the work under test; whoever fuzzes measures its time.
pub type Watch = fn(&str, &mut dyn FnMut());

/// The promises of normalization, for any text.
pub fn normalize(input: &[u8], watch: Watch) {
    let raw = String::from_utf8_lossy(input);
    let text = run(watch, "normalize", || Text::new(&*raw));
    text::hold(&text);
}

/// The promises of extraction, for any text.
pub fn extract(input: &[u8], watch: Watch) {
    let (choice, rest) = record::Choice::take(input);
    let raw = String::from_utf8_lossy(rest);
    let text = run(watch, "normalize", || Text::new(&*raw));
    let context = choice.context(&raw);
    let record = run(watch, "extract", || extract_record(&text, &context));
    record::hold(text.raw(), &record);
    if choice.twice {
        assert_eq!(record, extract_record(&text, &context), "same record");
    }
    if choice.explained {
        for field in FIELDS {
            let steps = explain(&text, &context, field);
            assert!(!steps.is_empty(), "{field}");
            for span in steps.iter().filter_map(|step| step.span) {
                assert!(text.norm().get(span.range()).is_some(), "{field}");
            }
        }
    }
}

/// The promises of reading, for any bytes.
pub fn decode(input: &[u8], watch: Watch) {
    let (choice, bytes) = archive::Choice::take(input);
    let mut units = Vec::new();
    watch("cut", &mut || {
        units = units_from_reader(
            choice.name,
            bytes,
            choice.container,
            &choice.options,
        )
        .collect();
    });
    assert!(units.len() <= bytes.len() + 1);
    archive::units_hold(&units, bytes, choice.options.max_bytes);
    for unit in units {
        let unit = match unit {
            Ok(unit) => unit,
            // Its error was looked at above.
            Err(_) => continue,
        };
        let decoded =
            run(watch, "decode", || decode_unit(unit.clone(), &choice.options));
        archive::document_holds(&decoded, unit.bytes.len());
        if !choice.whole {
            continue;
        }
        let opened = run(watch, "open", || {
            pipeline::open(Ok(unit.clone()), &choice.options)
        });
        match (decoded, opened) {
            (Ok(raw), Ok(document)) => {
                assert_eq!(raw.text, document.text.raw());
                record::hold(document.text.raw(), &document.record);
            }
            (Err(_), Err(failure)) => {
                assert!(!failure.reason.contains("itself failed"));
            }
            (decoded, opened) => panic!("{decoded:?} but {opened:?}"),
        }
    }
}

fn run<T>(watch: Watch, name: &str, work: impl Fn() -> T) -> T {
    let mut result = None;
    watch(name, &mut || result = Some(work()));
    result.expect("the work is done")
}
