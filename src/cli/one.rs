//! One document, of a file that may hold many.

use super::args::OneDocument;
use super::exit::{Result, Stop};
use super::input::{self, is_stdin, unreadable};
use super::say;
use crate::archive::{self, RawDocument, ReadOptions, Unit};
use crate::pipeline::{self, Document, Failure};
use std::path::{Path, PathBuf};

/// Reads and extracts the document that is asked for.
pub(super) fn open(asked: &OneDocument) -> Result<Document> {
    let options = input::read_options(&asked.reading)?;
    let unit = unit(asked, &options)?;
    pipeline::open(unit, &options).map_err(stop)
}

/// Reads the document that is asked for, and no more.
pub(super) fn read(asked: &OneDocument) -> Result<RawDocument> {
    let options = input::read_options(&asked.reading)?;
    let unit = unit(asked, &options)?;
    unit.and_then(|unit| archive::decode(unit, &options))
        .map_err(|error| stop(error.into()))
}

fn stop(failure: Failure) -> Stop {
    Stop::Refused(format!("{}: {}", where_is(&failure), failure.reason))
}

/// The bytes of the document that is asked for.
fn unit(
    asked: &OneDocument,
    options: &ReadOptions,
) -> Result<crate::Result<Unit>> {
    let (path, record) = place(&asked.file)?;
    if path.is_dir() {
        return Err(Stop::Refused(format!(
            "`{}` is a folder; name one file in it",
            path.display()
        )));
    }
    let inputs = input::inputs(std::slice::from_ref(&path), &asked.reading)?;
    let mut units = inputs.into_iter().flat_map(|i| i.units(options));
    let unit = match record {
        None => units.next(),
        Some(index) => units.find(|unit| match unit {
            Ok(unit) => unit.record == Some(index),
            Err(crate::Error::Document { record, .. }) => {
                *record == Some(index)
            }
            Err(_) => true,
        }),
    };
    let Some(unit) = unit else {
        return Err(Stop::Refused(nothing(&path, record)));
    };
    if record.is_none() && !is_stdin(&path) && units.next().is_some() {
        say(&format!(
            "`{0}` holds many documents; this is the first, `{0}#1` is the next",
            path.display()
        ));
    }
    Ok(unit)
}

/// Path and index of `FILE#N`; a file whose name really ends so comes first.
fn place(file: &Path) -> Result<(PathBuf, Option<u64>)> {
    if is_stdin(file) {
        return Ok((file.to_owned(), None));
    }
    let error = match file.metadata() {
        Ok(_) => return Ok((file.to_owned(), None)),
        Err(error) => error,
    };
    let Some((path, index)) =
        file.to_str().and_then(|name| name.rsplit_once('#'))
    else {
        return Err(unreadable(file, &error));
    };
    match (index.parse(), Path::new(path).metadata()) {
        (Ok(index), Ok(_)) => Ok((path.into(), Some(index))),
        (Ok(_), Err(error)) => Err(unreadable(Path::new(path), &error)),
        (Err(_), Ok(_)) => Err(Stop::Refused(format!(
            "`{index}` is no index of a record; give a number from 0, as `{path}#0`"
        ))),
        (Err(_), Err(_)) => Err(unreadable(file, &error)),
    }
}

fn nothing(path: &Path, record: Option<u64>) -> String {
    match record {
        Some(index) => format!(
            "`{}` has no record {index}; records count from 0",
            path.display()
        ),
        None => format!(
            "`{}` holds no document; name a text, an HTML page or JSON lines",
            path.display()
        ),
    }
}

/// The place of a failed document, for a message.
pub(super) fn where_is(failure: &Failure) -> String {
    let path = match failure.path.as_str() {
        "" => "the input",
        input::STDIN => "standard input",
        path => path,
    };
    match (failure.record, failure.offset) {
        (Some(record), Some(offset)) => {
            format!("{path}, record {record} at byte {offset}")
        }
        (Some(record), None) => format!("{path}, record {record}"),
        (None, Some(offset)) => format!("{path}, byte {offset}"),
        (None, None) => path.to_owned(),
    }
}
