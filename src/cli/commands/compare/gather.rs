//! The documents to compare: read and extracted now, or taken from records
//! made earlier.

use crate::archive::{self, ReadOptions};
use crate::cli::args::Compare;
use crate::cli::entries;
use crate::cli::exit::{Result, Stop};
use crate::cli::input::{self, is_stdin, unreadable};
use crate::cli::one::where_is;
use crate::cli::say;
use crate::compare::Document;
use crate::pipeline::{self, Options, Outcome};
use crate::record::{Kind, Record};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What is there to compare.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) documents: Vec<Document>,
    /// Documents that are no announcements.
    pub(super) left_out: usize,
    /// Documents that could not be read.
    pub(super) failures: usize,
}

/// Reads everything that is asked for. A document given twice counts once.
pub(super) fn gather(args: &Compare) -> Result<Gathered> {
    let mut out = Gathered::default();
    let mut to_read = Vec::new();
    for path in &args.paths {
        if holds_records(path)? {
            records(path, &mut out)?;
        } else {
            to_read.push(path.clone());
        }
    }
    if !to_read.is_empty() {
        read(args, &to_read, &mut out)?;
    }
    let mut seen = HashSet::new();
    out.documents.retain(|d| seen.insert(d.record.id.clone()));
    if !args.all {
        let before = out.documents.len();
        out.documents.retain(|d| d.record.kind == Kind::Announcement);
        out.left_out = before - out.documents.len();
    }
    Ok(out)
}

fn read(args: &Compare, paths: &[PathBuf], out: &mut Gathered) -> Result<()> {
    let mut options = Options {
        read: input::read_options(&args.reading)?,
        ..Options::default()
    };
    if let Some(threads) = args.threads {
        options.threads = threads;
    }
    let written = [&args.output, &args.html, &args.citations];
    options.skip = written.into_iter().flatten().cloned().collect();
    let inputs = input::inputs(paths, &args.reading)?;
    pipeline::run(
        inputs,
        &options,
        |outcome| outcome,
        |outcome, _| {
            match outcome {
                Outcome::Record(document) => out.documents.push(Document {
                    text: Some(document.text.raw().to_owned()),
                    record: document.record,
                }),
                Outcome::Failure(failure) => {
                    out.failures += 1;
                    if !args.quiet {
                        let place = where_is(&failure);
                        say(&format!("{place}: {}", failure.reason));
                    }
                }
            }
            ControlFlow::Continue(())
        },
    );
    Ok(())
}

/// Whether a file begins with a record of this program.
fn holds_records(path: &Path) -> Result<bool> {
    if is_stdin(path) || path.is_dir() {
        return Ok(false);
    }
    let start = File::open(path).and_then(|mut file| entries::start(&mut file));
    let start = start.map_err(|error| unreadable(path, &error))?;
    Ok(entries::holds_records(&start))
}

/// Takes records from a file of JSON lines or a JSON array, with the texts
/// they were made from where those are still there unchanged.
fn records(path: &Path, out: &mut Gathered) -> Result<()> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| unreadable(path, &error))?;
    let text = text.trim_start_matches('\u{feff}');
    let refused = |error: serde_json::Error| {
        Stop::Refused(format!(
            "`{}` holds no whole records: {error}; make them again with `vanban extract`",
            path.display()
        ))
    };
    let records: Vec<Record> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(refused)?
    } else {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(serde_json::from_str)
            .collect::<std::result::Result<_, _>>()
            .map_err(refused)?
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut texts = texts(&records, folder);
    out.documents.extend(
        records
            .into_iter()
            .enumerate()
            .map(|(i, record)| Document { record, text: texts.remove(&i) }),
    );
    Ok(())
}

/// The texts of records, by their index: each source file is opened once.
fn texts(records: &[Record], folder: &Path) -> BTreeMap<usize, String> {
    let mut by_source: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, record) in records.iter().enumerate() {
        let source = &record.source;
        let key = (source.path.as_str(), source.encoding.as_str());
        by_source.entry(key).or_default().push(i);
    }
    let mut out = BTreeMap::new();
    for ((path, encoding), wanted) in by_source {
        let places = [PathBuf::from(path), folder.join(path)];
        let Some(place) = places.iter().find(|p| p.is_file()) else {
            continue;
        };
        let options = ReadOptions {
            encoding: encoding.parse().ok(),
            ..ReadOptions::default()
        };
        for unit in archive::units(place, &options).flatten() {
            let fits = |i: &&usize| records[**i].source.record == unit.record;
            let here: Vec<usize> =
                wanted.iter().filter(fits).copied().collect();
            if here.is_empty() {
                continue;
            }
            let Ok(raw) = archive::decode(unit, &options) else { continue };
            for i in here {
                // A file that has changed since is no evidence.
                if records[i].source.sha256 == raw.sha256 {
                    out.insert(i, raw.text.clone());
                }
            }
        }
    }
    out
}
