//! A web archive whose records stand one after the other in one stream.

use super::record::{self, At, Head, Judged, LONGEST_HEAD};
use crate::Result;
use crate::archive::rewind::Rewind;
use crate::archive::source::{Cut, Source};
use crate::archive::{Unit, whole};
use std::io::{self, BufRead};

/// Bytes looked through at once for the next record.
const STEP: usize = 256 << 10;

/// Line breaks after a record, and the first word of the next.
const TAIL: usize = 16;

pub(in crate::archive) fn cut(mut source: Source<'_>) -> Cut<'_> {
    let limit = limit(&source);
    let reader = Rewind::new(source.take_reader(), limit);
    Box::new(Records { source, reader, record: 0, done: false })
}

/// Longest record that is held in memory.
pub(super) fn limit(source: &Source<'_>) -> usize {
    let longest = usize::try_from(source.options.max_bytes);
    // Room for both heads.
    longest.unwrap_or(usize::MAX).saturating_add(2 * LONGEST_HEAD).max(4 * STEP)
}

struct Records<'r> {
    source: Source<'r>,
    reader: Rewind<Box<dyn BufRead + Send + 'r>>,
    record: u64,
    done: bool,
}

/// How the length of a record is wrong.
const LENGTH: &str = "the Content-Length of this record is wrong";

impl Iterator for Records<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(Some(Judged::Document(unit))) => return Some(Ok(*unit)),
                Ok(Some(Judged::PassedOver(what))) => {
                    self.source.options.heard.passed_over(&what);
                }
                Ok(Some(Judged::Bad(reason))) => {
                    let (record, start) =
                        (self.record - 1, self.reader.marked());
                    let error =
                        self.source.bad(Some(record), Some(start), reason);
                    return Some(Err(error));
                }
                Ok(None) => self.done = true,
                Err(cause) => {
                    self.done = true;
                    let at = Some(self.reader.marked());
                    return Some(Err(self.source.broken_at(at, cause)));
                }
            }
        }
        None
    }
}

impl Records<'_> {
    /// The next record; `None` at the end.
    fn step(&mut self) -> io::Result<Option<Judged>> {
        loop {
            let breaks = record::breaks(self.reader.fill_buf()?);
            if breaks == 0 {
                break;
            }
            self.reader.consume(breaks);
        }
        self.reader.mark();
        let start = self.reader.position();
        let bytes = self.reader.peek(LONGEST_HEAD)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let head = Head::read(bytes);
        if head.is_err() && bytes.len() < LONGEST_HEAD {
            self.reader.sound()?;
        }
        self.record += 1;
        let head = match head {
            Ok(head) => head,
            Err(reason) => {
                self.reader.consume(1);
                self.resynchronize()?;
                let reason = format!("{reason}; reading went on {}", self.on());
                return Ok(Some(Judged::Bad(reason)));
            }
        };
        let at = At {
            record: self.record - 1,
            offset: start,
            length: Some(head.total()),
        };
        let held = usize::try_from(head.total()).ok();
        match held.filter(|total| *total <= limit(&self.source)) {
            Some(total) => self.held(&head, total, at).map(Some),
            None => self.too_long(&head, at).map(Some),
        }
    }

    /// A record that memory can hold: judged if its length is right.
    fn held(
        &mut self,
        head: &Head,
        total: usize,
        at: At,
    ) -> io::Result<Judged> {
        let bytes = self.reader.peek(total + TAIL)?;
        if let Some(tail) = bytes.get(total..)
            && let block = &bytes[head.length..total]
            && let Some(end) = record::End::of(block, tail)
        {
            let judged = end.note(head.judge(&self.source, block, at));
            self.reader.consume(total);
            return Ok(judged);
        }
        let ended = bytes.len() < total;
        let next = record::next_head(bytes, head.length);
        match next {
            None if ended => {
                let there = bytes.len();
                self.reader.sound()?;
                self.reader.consume(there);
                Ok(Judged::Bad(
                    "the file ends inside this record; it was cut off, fetch \
                     it again"
                        .to_owned(),
                ))
            }
            _ => {
                self.reader.consume(head.length);
                self.resynchronize()?;
                Ok(Judged::Bad(format!(
                    "{LENGTH}: it says {}; reading went on {}",
                    head.block,
                    self.on()
                )))
            }
        }
    }

    /// A record that is not held: passed over, unless another one begins
    /// before its end.
    fn too_long(&mut self, head: &Head, at: At) -> io::Result<Judged> {
        let first = self.reader.peek(2 * LONGEST_HEAD)?;
        let judged = head.judge(&self.source, &first[head.length..], at);
        self.reader.consume(head.length);
        let end = at.offset.saturating_add(head.total());
        self.resynchronize_until(end)?;
        let stopped = self.reader.position();
        let more = !self.reader.fill_buf()?.is_empty();
        if stopped < end {
            let reason = match more {
                true => format!(
                    "{LENGTH}: it says {}; reading went on {}",
                    head.block,
                    self.on()
                ),
                false => "the file ends inside this record; it was cut off, \
                          or its Content-Length is wrong"
                    .to_owned(),
            };
            return Ok(Judged::Bad(reason));
        }
        Ok(match judged {
            Judged::Document(_) => {
                Judged::Bad(whole::too_long(self.source.options.max_bytes))
            }
            other => other,
        })
    }

    /// Goes to the next record, or to the end.
    fn resynchronize(&mut self) -> io::Result<()> {
        self.resynchronize_until(u64::MAX)
    }

    fn resynchronize_until(&mut self, end: u64) -> io::Result<()> {
        loop {
            let left = end.saturating_sub(self.reader.position());
            let step = usize::try_from(left).unwrap_or(STEP).min(STEP);
            if step == 0 {
                return Ok(());
            }
            let bytes = self.reader.peek(STEP)?;
            let short = bytes.len() < STEP;
            let found = record::next_head(bytes, 0).filter(|at| *at < step);
            let passed = match found {
                Some(at) => at,
                // A head may begin in the last bytes.
                None if short || step < STEP => step.min(bytes.len()),
                None => step - LINE,
            };
            self.reader.consume(passed);
            if found.is_some() || short || passed == left as usize {
                return Ok(());
            }
        }
    }

    /// Where reading went on, for a message.
    fn on(&self) -> String {
        format!("at byte {}", self.reader.position())
    }
}

/// Bytes in which the beginning of a record shows.
const LINE: usize = 128;
