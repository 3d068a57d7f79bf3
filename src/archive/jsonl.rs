//! JSON lines: one object a line.

use super::encoding::{self, Bom};
use super::source::{Cut, Source, one};
use super::{Encoding, Format, Unit, whole};
use crate::Result;
use std::io::{self, BufRead};

pub(super) fn cut<'r>(mut source: Source<'r>, head: &[u8]) -> Cut<'r> {
    let bom = encoding::bom(head);
    let skipped = bom.map_or(0, |bom| bom.length);
    if let Err(cause) = source.skip(skipped) {
        return one(Err(source.broken(cause)));
    }
    let offset = skipped as u64;
    Box::new(Lines { source, bom, offset, record: 0, done: false })
}

struct Lines<'r> {
    source: Source<'r>,
    bom: Option<Bom>,
    /// Where the next line begins.
    offset: u64,
    record: u64,
    done: bool,
}

impl Iterator for Lines<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let limit = self.source.options.max_bytes;
            let wide = self.bom.map_or(Width::One, |bom| bom.width());
            let line = match read_line(&mut self.source.reader, limit, wide) {
                Ok(line) => line,
                Err(cause) => {
                    self.done = true;
                    let at = Some(self.offset);
                    return Some(Err(self.source.broken_at(at, cause)));
                }
            };
            let start = self.offset;
            self.offset += line.length;
            if line.length == 0 {
                self.done = true;
            } else if let Some(item) = self.item(line, start) {
                return Some(item);
            }
        }
        None
    }
}

impl Lines<'_> {
    /// The document of a line; `None` for a blank one.
    fn item(&mut self, mut line: Line, start: u64) -> Option<Result<Unit>> {
        if line.bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0)
            && !line.too_long
        {
            return None;
        }
        let record = self.record;
        self.record += 1;
        if line.too_long {
            let reason = whole::too_long(self.source.options.max_bytes);
            let (record, start) = (Some(record), Some(start));
            return Some(Err(self.source.bad(record, start, reason)));
        }
        if self.bom.is_none_or(|bom| bom.width() == Width::One) {
            while line.bytes.last().is_some_and(u8::is_ascii_whitespace) {
                line.bytes.pop();
            }
        }
        let length = line.bytes.len() as u64;
        Some(Ok(Unit {
            record: Some(record),
            offset: Some(start),
            length: Some(length),
            encoding: self.bom.map(|bom| bom.encoding),
            ..self.source.unit(Format::Json, line.bytes)
        }))
    }
}

/// How many bytes a line break has, and on which side its zero stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    One,
    TwoLittle,
    TwoBig,
}

impl Bom {
    pub(super) fn width(self) -> Width {
        match self.encoding {
            Encoding::Utf16Le => Width::TwoLittle,
            Encoding::Utf16Be => Width::TwoBig,
            _ => Width::One,
        }
    }
}

struct Line {
    /// The line with its break; only its beginning if it is too long.
    bytes: Vec<u8>,
    /// Bytes of the line in the file.
    length: u64,
    too_long: bool,
}

/// Reads one line; of a line above `limit` the bytes are passed over without
/// being kept, so that memory stays bounded.
fn read_line(
    reader: &mut dyn BufRead,
    limit: u64,
    width: Width,
) -> io::Result<Line> {
    let mut line = Line { bytes: Vec::new(), length: 0, too_long: false };
    let mut previous = 0xff;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if buffer.is_empty() {
            return Ok(line);
        }
        let end = line_end(buffer, line.length, previous, width);
        let taken = end.unwrap_or(buffer.len());
        previous = buffer[taken - 1];
        line.length += taken as u64;
        line.too_long |= line.length > limit.saturating_add(2);
        if line.too_long {
            line.bytes = Vec::new();
        } else {
            line.bytes.extend_from_slice(&buffer[..taken]);
        }
        reader.consume(taken);
        if end.is_some() {
            return Ok(line);
        }
    }
}

/// Where in the buffer the line ends, its break included. `before` is how
/// much of the line was read earlier, `previous` its last byte.
fn line_end(
    buffer: &[u8],
    before: u64,
    previous: u8,
    width: Width,
) -> Option<usize> {
    if width == Width::One {
        return memchr::memchr(b'\n', buffer).map(|i| i + 1);
    }
    // Lines begin at even distances from the mark, so parity tells whether a
    // pair is one unit.
    memchr::memchr2_iter(b'\n', 0, buffer).find_map(|i| {
        let second = (before + i as u64) % 2 == 1;
        let first = if i == 0 { previous } else { buffer[i - 1] };
        let pair = (first, buffer[i]);
        let wanted =
            if width == Width::TwoLittle { (b'\n', 0) } else { (0, b'\n') };
        (second && pair == wanted).then_some(i + 1)
    })
}
