//! A JSON array of objects, one object, or objects one after the other, cut
//! at the braces without being parsed.

use super::encoding;
use super::source::{Cut, Source, one};
use super::{Format, Unit, fields, jsonl, whole};
use crate::Result;
use serde_json::Value;

pub(super) fn cut<'r>(mut source: Source<'r>, head: &[u8]) -> Cut<'r> {
    let bom = encoding::bom(head);
    if bom.is_some_and(|bom| bom.width() != jsonl::Width::One) {
        let reason = "JSON in UTF-16 can be read as JSON lines only; convert \
                      it to UTF-8 first";
        return one(Err(source.refused(reason)));
    }
    let skipped = bom.map_or(0, |bom| bom.length);
    if let Err(cause) = source.skip(skipped) {
        return one(Err(source.broken(cause)));
    }
    let offset = skipped as u64;
    Box::new(Objects { source, offset, record: 0, done: false })
}

struct Objects<'r> {
    source: Source<'r>,
    /// Where the next byte of the reader lies.
    offset: u64,
    record: u64,
    done: bool,
}

/// How the search for the next object ended.
enum Found {
    Object { start: u64, bytes: Vec<u8> },
    TooLong { start: u64 },
    Unfinished { start: u64 },
    Stray { start: u64 },
    End,
}

impl Iterator for Objects<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let found = match self.find() {
                Ok(found) => found,
                Err(cause) => {
                    self.done = true;
                    let at = Some(self.offset);
                    return Some(Err(self.source.broken_at(at, cause)));
                }
            };
            let limit = self.source.options.max_bytes;
            match found {
                Found::End => self.done = true,
                Found::Object { start, bytes } => {
                    if let Some(unit) = self.unit(start, bytes) {
                        return Some(Ok(unit));
                    }
                }
                Found::TooLong { start } => {
                    return Some(self.bad(start, whole::too_long(limit)));
                }
                Found::Unfinished { start } => {
                    self.done = true;
                    let reason = "the file ends inside this object; it was \
                                  cut off, fetch it again";
                    return Some(self.bad(start, reason.to_owned()));
                }
                Found::Stray { start } => {
                    self.done = true;
                    let reason = format!(
                        "no JSON object begins at byte {start}; objects must \
                         stand in one array or one after the other"
                    );
                    return Some(self.bad(start, reason));
                }
            }
        }
        None
    }
}

impl Objects<'_> {
    fn bad(&mut self, start: u64, reason: String) -> Result<Unit> {
        let record = Some(self.record);
        self.record += 1;
        Err(self.source.bad(record, Some(start), reason))
    }

    /// The document of an object. A folder's JSON files are often settings or
    /// descriptions of their neighbours: found there, an object without a text
    /// is no document.
    fn unit(&mut self, start: u64, bytes: Vec<u8>) -> Option<Unit> {
        if self.source.found
            && let Ok(Value::Object(object)) = serde_json::from_slice(&bytes)
            && !fields::has_text(&object, &self.source.options)
        {
            return None;
        }
        let record = self.record;
        self.record += 1;
        let length = bytes.len() as u64;
        Some(Unit {
            record: Some(record),
            offset: Some(start),
            length: Some(length),
            ..self.source.unit(Format::Json, bytes)
        })
    }

    fn find(&mut self) -> std::io::Result<Found> {
        let mut scan = Scan::default();
        let limit = self.source.options.max_bytes;
        loop {
            let buffer = self.source.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(scan.at_end());
            }
            let (taken, found) = scan.feed(buffer, self.offset, limit);
            self.source.reader.consume(taken);
            self.offset += taken as u64;
            if let Some(found) = found {
                return Ok(found);
            }
        }
    }
}

#[derive(Default)]
struct Scan {
    start: Option<u64>,
    bytes: Vec<u8>,
    too_long: bool,
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    fn at_end(self) -> Found {
        match self.start {
            Some(start) => Found::Unfinished { start },
            None => Found::End,
        }
    }

    /// Takes what it can of the buffer; `offset` is where it begins.
    fn feed(
        &mut self,
        buffer: &[u8],
        offset: u64,
        limit: u64,
    ) -> (usize, Option<Found>) {
        let mut from = 0;
        if self.start.is_none() {
            let blank = |b: &u8| {
                b.is_ascii_whitespace() || matches!(b, b'[' | b',' | b']')
            };
            let Some(i) = buffer.iter().position(|b| !blank(b)) else {
                return (buffer.len(), None);
            };
            let start = offset + i as u64;
            if buffer[i] != b'{' {
                return (i, Some(Found::Stray { start }));
            }
            self.start = Some(start);
            from = i;
        }
        let end = self.object_end(&buffer[from..]).map(|n| from + n);
        let taken = end.unwrap_or(buffer.len());
        let length = (self.bytes.len() + taken - from) as u64;
        if self.too_long || length > limit {
            self.too_long = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(&buffer[from..taken]);
        }
        let start = self.start.unwrap_or(offset);
        let found = end.map(|_| match self.too_long {
            true => Found::TooLong { start },
            false => {
                Found::Object { start, bytes: std::mem::take(&mut self.bytes) }
            }
        });
        (taken, found)
    }

    /// Bytes up to and with the brace that closes the object.
    fn object_end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (i, &b) in bytes.iter().enumerate() {
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                match b {
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
            } else {
                match b {
                    b'"' => self.in_string = true,
                    b'{' => self.depth += 1,
                    b'}' => {
                        self.depth -= 1;
                        if self.depth == 0 {
                            return Some(i + 1);
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }
}
