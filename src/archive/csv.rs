//! Tables as text (CSV, TSV): the first line names the columns, each further
//! record is a document. Cut at the ends of records without reading them.

use super::encoding::{self, Bom};
use super::jsonl::Width;
use super::source::{Cut, Source, none, one};
use super::{Format, ReadOptions, Unit, fields, whole};
use crate::Result;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};
use std::io::{self, BufRead};
use std::sync::Arc;

/// What may part the cells of a record.
const DELIMITERS: [u8; 4] = *b",\t;|";

/// The columns of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Columns {
    names: Vec<String>,
    delimiter: u8,
}

/// Whether a text is a table whose first line names a column of texts.
pub(super) fn has_text_column(head: &[u8], options: &ReadOptions) -> bool {
    if encoding::bom(head).is_some_and(|bom| bom.width() != Width::One) {
        return false;
    }
    let head = &head[encoding::bom(head).map_or(0, |bom| bom.length)..];
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let delimiter = delimiter(&head[..end]);
    let names = names(&head[..end], delimiter);
    names.len() > 1 && fields::names_text(&names, options)
}

/// The delimiter that parts most cells of the first line.
fn delimiter(line: &[u8]) -> u8 {
    let cells = |delimiter: &u8| cells(line, *delimiter).map_or(0, |c| c.len());
    DELIMITERS.into_iter().rev().max_by_key(cells).unwrap_or(b',')
}

fn names(line: &[u8], delimiter: u8) -> Vec<String> {
    let name = |(i, cell): (usize, Vec<u8>)| {
        let name = String::from_utf8_lossy(&cell).trim().to_owned();
        if name.is_empty() { format!("column {}", i + 1) } else { name }
    };
    let cells = cells(line, delimiter).unwrap_or_default();
    cells.into_iter().enumerate().map(name).collect()
}

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// The cells of one record; `None` if a quote in it does not end.
fn cells(record: &[u8], delimiter: u8) -> Option<Vec<Vec<u8>>> {
    let mut reader = reader(delimiter);
    let mut out = vec![0; record.len() + 1];
    let mut ends = vec![0; record.len() + 2];
    let mut record = record.to_vec();
    record.push(b'\n');
    let (result, _, _, cells) =
        reader.read_record(&record, &mut out, &mut ends);
    if result != ReadRecordResult::Record {
        return None;
    }
    let mut from = 0;
    let cell = |end: &usize| {
        let cell = out[from..*end].to_vec();
        from = *end;
        cell
    };
    Some(ends[..cells].iter().map(cell).collect())
}

impl Columns {
    /// The record as an object, a string a cell.
    pub(super) fn object(
        &self,
        record: &str,
    ) -> std::result::Result<Map<String, Value>, String> {
        let cells = cells(record.as_bytes(), self.delimiter)
            .ok_or("a quotation mark in this row does not end")?;
        let (there, wanted) = (cells.len(), self.names.len());
        let surplus = cells.get(wanted..).unwrap_or_default();
        if there < wanted || surplus.iter().any(|cell| !cell.is_empty()) {
            return Err(format!(
                "the row has {there} cells, the first line names {wanted} \
                 columns; mend its quotation marks or remove it"
            ));
        }
        let cell = |(name, cell): (&String, Vec<u8>)| {
            let text = match String::from_utf8(cell) {
                Ok(text) => text,
                Err(e) => String::from_utf8_lossy(e.as_bytes()).into_owned(),
            };
            (name.clone(), Value::String(text))
        };
        Ok(self.names.iter().zip(cells).map(cell).collect())
    }
}

pub(super) fn cut<'r>(mut source: Source<'r>, head: &[u8]) -> Cut<'r> {
    let bom = encoding::bom(head);
    if bom.is_some_and(|bom| bom.width() != Width::One) {
        let reason = "a table in UTF-16 is not read; save it as CSV in UTF-8";
        return one(Err(source.refused(reason)));
    }
    let start = bom.map_or(0, |bom| bom.length);
    if let Err(cause) = source.skip(start) {
        return one(Err(source.broken(cause)));
    }
    let line = head[start..].split(|b| *b == b'\n').next().unwrap_or_default();
    let delimiter = delimiter(line);
    let mut rows = Rows {
        source,
        bom,
        columns: Arc::new(Columns { names: Vec::new(), delimiter }),
        reader: reader(delimiter),
        offset: start as u64,
        record: 0,
        done: false,
    };
    let first = match rows.row() {
        Ok(first) => first,
        Err(cause) => return one(Err(rows.source.broken(cause))),
    };
    let names = names(&first.bytes, delimiter);
    if !fields::names_text(&names, &rows.source.options) {
        if rows.source.found && rows.source.options.text_field.is_none() {
            let what = "table without a column of texts";
            rows.source.options.heard.passed_over(what);
            return none();
        }
        let reason = fields::no_column(&names, &rows.source.options);
        return one(Err(rows.source.refused(reason)));
    }
    rows.columns = Arc::new(Columns { names, delimiter });
    Box::new(rows)
}

struct Rows<'r> {
    source: Source<'r>,
    bom: Option<Bom>,
    columns: Arc<Columns>,
    reader: Reader,
    /// Where the next record begins.
    offset: u64,
    record: u64,
    done: bool,
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The bytes of a record.
struct Row {
    /// Empty if it is too long.
    bytes: Vec<u8>,
    length: u64,
    too_long: bool,
}

impl Rows<'_> {
    /// Reads to the end of a record; of one that is too long no byte is kept.
    fn row(&mut self) -> io::Result<Row> {
        let limit = self.source.options.max_bytes;
        let mut row = Row { bytes: Vec::new(), length: 0, too_long: false };
        let (mut out, mut ends) = ([0; 4 << 10], [0; 64]);
        loop {
            let buffer = self.source.reader.fill_buf()?;
            let at_end = buffer.is_empty();
            let (result, taken, ..) =
                self.reader.read_record(buffer, &mut out, &mut ends);
            row.length += taken as u64;
            row.too_long |= row.length > limit;
            match row.too_long {
                true => row.bytes = Vec::new(),
                false => row.bytes.extend_from_slice(&buffer[..taken]),
            }
            self.source.reader.consume(taken);
            let ended = match result {
                ReadRecordResult::Record | ReadRecordResult::End => true,
                _ => at_end && taken == 0,
            };
            if ended {
                self.offset += row.length;
                return Ok(row);
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let start = self.offset;
            let row = match self.row() {
                Ok(row) => row,
                Err(cause) => {
                    self.done = true;
                    let at = Some(start);
                    return Some(Err(self.source.broken_at(at, cause)));
                }
            };
            if row.length == 0 {
                self.done = true;
                return None;
            }
            // Blank lines before a record are read with it.
            let blank = row.bytes.iter().take_while(|b| is_break(b)).count();
            let start = start + blank as u64;
            let bytes = &row.bytes[blank..];
            let after = bytes.iter().rev().take_while(|b| is_break(b)).count();
            let bytes = bytes[..bytes.len() - after].to_vec();
            if bytes.is_empty() && !row.too_long {
                continue;
            }
            let record = self.record;
            self.record += 1;
            if row.too_long {
                let limit = self.source.options.max_bytes;
                let reason = format!(
                    "{}; perhaps a quotation mark in it does not end",
                    whole::too_long(limit)
                );
                let (record, start) = (Some(record), Some(start));
                return Some(Err(self.source.bad(record, start, reason)));
            }
            return Some(Ok(Unit {
                record: Some(record),
                offset: Some(start),
                length: Some(bytes.len() as u64),
                encoding: self.bom.map(|bom| bom.encoding),
                columns: Some(self.columns.clone()),
                ..self.source.unit(Format::Row, bytes)
            }));
        }
        None
    }
}
