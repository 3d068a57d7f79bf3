//! Parquet tables, a row a document.

use super::source::{Cut, Source, none, one};
use super::{Format, Unit, fields, whole};
use crate::Result;
use ::parquet::errors::Result as Read;
use ::parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use ::parquet::file::serialized_reader::ReadOptionsBuilder;
use ::parquet::record::{Field, Row, reader::RowIter};
use serde_json::{Map, Value};
use std::fs::File;

pub(super) fn cut(mut source: Source<'_>) -> Cut<'_> {
    // Its directory stands at its end: from a stream it must fit in memory.
    if let Some(path) = source.file.clone() {
        return match File::open(&path) {
            Ok(file) => opened(source, move || file.try_clone().ok()),
            Err(cause) => one(Err(source.broken(cause))),
        };
    }
    let limit = source.options.max_bytes;
    match whole::up_to(&mut source.reader, limit) {
        Ok(Some(bytes)) => {
            let bytes = bytes::Bytes::from(bytes);
            opened(source, move || Some(bytes.clone()))
        }
        Ok(None) => one(Err(source.refused(
            "a Parquet file of this size can be read from a file only, not \
             from a stream or inside another container; unpack it first",
        ))),
        Err(cause) => one(Err(source.broken(cause))),
    }
}

/// Opens a table; `again` gives its bytes as often as asked.
fn opened<'r, R: ChunkReader + 'static>(
    source: Source<'r>,
    again: impl Fn() -> Option<R> + Send + 'r,
) -> Cut<'r> {
    let lost =
        || ::parquet::errors::ParquetError::General("it is gone".to_owned());
    let open = move |group: Option<usize>| {
        let bytes = again().ok_or_else(lost)?;
        let only = ReadOptionsBuilder::new();
        let only = match group {
            Some(wanted) => {
                only.with_predicate(Box::new(move |_, index| index == wanted))
            }
            None => only,
        };
        SerializedFileReader::new_with_options(bytes, only.build())
    };
    let (groups, names) = match open(None) {
        Ok(file) => (counts(&file), names(&file)),
        Err(cause) => return one(Err(source.refused(damaged(&cause)))),
    };
    if !fields::names_text(&names, &source.options) {
        if source.found && source.options.text_field.is_none() {
            let what = "table without a column of texts";
            source.options.heard.passed_over(what);
            return none();
        }
        let reason = fields::no_column(&names, &source.options);
        return one(Err(source.refused(reason)));
    }
    let group =
        move |index| Ok(RowIter::from_file_into(Box::new(open(Some(index))?)));
    Box::new(Rows {
        source,
        groups,
        group: Box::new(group),
        next: 0,
        first: 0,
        rows: None,
        record: 0,
    })
}

fn counts<R: ChunkReader + 'static>(
    file: &SerializedFileReader<R>,
) -> Vec<u64> {
    let groups = file.metadata().row_groups().iter();
    groups.map(|g| u64::try_from(g.num_rows()).unwrap_or(0)).collect()
}

fn names<R: ChunkReader + 'static>(
    file: &SerializedFileReader<R>,
) -> Vec<String> {
    let schema = file.metadata().file_metadata().schema();
    schema.get_fields().iter().map(|f| f.name().to_owned()).collect()
}

fn damaged(cause: &impl std::fmt::Display) -> String {
    format!("the Parquet file is damaged ({cause}); fetch it again")
}

struct Rows<'r> {
    source: Source<'r>,
    /// Rows of each row group.
    groups: Vec<u64>,
    /// Opens a row group.
    group: Box<dyn Fn(usize) -> Read<RowIter<'static>> + Send + 'r>,
    next: usize,
    /// Index of the first row of the open group.
    first: u64,
    rows: Option<RowIter<'static>>,
    record: u64,
}

impl Iterator for Rows<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(rows) = &mut self.rows else {
                if self.next == self.groups.len() {
                    return None;
                }
                match (self.group)(self.next) {
                    Ok(rows) => self.rows = Some(rows),
                    Err(cause) => return Some(self.lost(&cause)),
                }
                continue;
            };
            match rows.next() {
                Some(Ok(row)) => return Some(self.unit(&row)),
                Some(Err(cause)) => return Some(self.lost(&cause)),
                None => self.end_group(),
            }
        }
    }
}

impl Rows<'_> {
    fn end_group(&mut self) {
        self.first += self.groups[self.next];
        self.record = self.first;
        self.next += 1;
        self.rows = None;
    }

    /// The rest of a row group cannot be read; the next one may be sound.
    fn lost(&mut self, cause: &impl std::fmt::Display) -> Result<Unit> {
        let record = self.record;
        let left = (self.first + self.groups[self.next]).saturating_sub(record);
        self.end_group();
        let reason = format!(
            "row group {} is damaged from here on ({cause}); {left} rows are \
             lost, reading went on with the next group",
            self.next - 1
        );
        Err(self.source.bad(Some(record), None, reason))
    }

    fn unit(&mut self, row: &Row) -> Result<Unit> {
        let record = Some(self.record);
        self.record += 1;
        let object: Map<String, Value> = row
            .get_column_iter()
            .map(|(name, field)| (name.clone(), value(field)))
            .collect();
        let limit = self.source.options.max_bytes;
        let bytes = Value::Object(object).to_string().into_bytes();
        if bytes.len() as u64 > limit {
            return Err(self.source.bad(record, None, whole::too_long(limit)));
        }
        let unit = self.source.unit(Format::Json, bytes);
        Ok(Unit { record, offset: None, length: None, ..unit })
    }
}

/// A cell. Bytes that are a text are one, whatever the schema calls them.
fn value(field: &Field) -> Value {
    match field {
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => Value::String(text.to_owned()),
            Err(_) => field.to_json_value(),
        },
        _ => field.to_json_value(),
    }
}
