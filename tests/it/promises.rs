//! The promises that fuzzing tries to break, checked on its seeds and on
//! every input that once broke one.

#[path = "../promises/mod.rs"]
mod check;

use std::fs;
use std::path::Path;

/// Inputs of `tests/FOLDER/TARGET`, by name.
fn inputs(folder: &str, target: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut inputs: Vec<_> = fs::read_dir(root.join(folder).join(target))
        .expect("a folder of inputs")
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
