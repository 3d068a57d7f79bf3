//! One document, of a file that may hold many.

use super::args::OneDocument;
use super::exit::{Result, Stop};
use super::input::{self, is_stdin, unreadable};
use super::say;
use crate::archive::{self, Place, RawDocument, ReadOptions, Unit};
use crate::pipeline::{self, Document, Failure};
use std::io::ErrorKind;
use std::path::Path;

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
    let place = place(&asked.file)?;
    if place.file.is_dir() {
        return Err(Stop::Refused(format!(
            "`{}` is a folder; name one file in it",
            place.file.display()
        )));
    }
    let inputs =
        input::inputs(std::slice::from_ref(&place.file), &asked.reading)?;
    let mut units = inputs.into_iter().flat_map(|i| i.units(options));
    let Some(unit) = units.find(|unit| place.holds(unit)) else {
        return Err(Stop::Refused(nothing(&place)));
    };
    if place.inside.is_none()
        && !is_stdin(&place.file)
        && let Some(next) = units.next()
    {
        say(&format!(
            "`{}` holds many documents; this is the first{}",
            place.file.display(),
            after(&place.file, &next)
        ));
    }
    Ok(unit)
}

/// How the next document is to be had.
fn after(file: &Path, next: &crate::Result<Unit>) -> String {
    let Ok(next) = next else { return String::new() };
    let inside = match (&next.member, next.record) {
        (Some(member), None) => member.clone(),
        (Some(member), Some(record)) => format!("{member}#{record}"),
        (None, Some(record)) => record.to_string(),
        (None, None) => return String::new(),
    };
    format!(", `{}#{inside}` is the next", file.display())
}

/// File and place in it; a file whose name really has a `#` comes first.
fn place(file: &Path) -> Result<Place> {
    if is_stdin(file) {
        return Ok(Place { file: file.to_owned(), inside: None });
    }
    Place::find(file).ok_or_else(|| {
        let error = file.metadata().err();
        let error = error.unwrap_or_else(|| ErrorKind::NotFound.into());
        let file = match file.to_str().and_then(|name| name.split_once('#')) {
            Some((file, _)) => Path::new(file),
            None => file,
        };
        unreadable(file, &error)
    })
}

fn nothing(place: &Place) -> String {
    let file = place.file.display();
    match &place.inside {
        Some(inside) if inside.parse::<u64>().is_ok() => format!(
            "`{file}` has no record {inside}: none begins at that byte or has that index; indices count from 0"
        ),
        Some(inside) => format!(
            "`{file}` has no member `{inside}`; give its name as `source.member` has it, or a byte offset or an index from 0, as `{file}#0`"
        ),
        None => format!(
            "`{file}` holds no document; name a text, an HTML page, JSON lines or an archive of these"
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
