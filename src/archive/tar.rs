//! Tar archives, member by member as they stand.

use super::recognize;
use super::rewind::Rewind;
use super::source::{self, Cut, Source};
use super::{Unit, walk};
use crate::Result;
use ::tar::{Header, PaxExtensions};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

const BLOCK: usize = 512;
/// Longest name or description of a member.
const DESCRIPTION: u64 = 1 << 20;

pub(super) fn cut(mut source: Source<'_>) -> Cut<'_> {
    let reader = Rewind::new(source.take_reader(), 256 << 10);
    let stream = Arc::new(Mutex::new(Stream { reader, left: 0 }));
    Box::new(Members { source, stream, open: None, record: 0, done: false })
}

/// The archive, and what is left of the open member.
struct Stream<'r> {
    reader: Rewind<Box<dyn BufRead + Send + 'r>>,
    left: u64,
}

/// The open member.
struct Member<'r>(Arc<Mutex<Stream<'r>>>);

impl Read for Member<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if stream.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        stream.reader.mark();
        let most = usize::try_from(stream.left).unwrap_or(buffer.len());
        let most = most.min(buffer.len());
        let read = stream.reader.read(&mut buffer[..most])?;
        if read == 0 {
            stream.left = 0;
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the tar archive ends inside this member; it was cut off, \
                 fetch it again",
            ));
        }
        stream.left -= read as u64;
        Ok(read)
    }
}

struct Members<'r> {
    source: Source<'r>,
    stream: Arc<Mutex<Stream<'r>>>,
    /// The documents of the open member.
    open: Option<Cut<'r>>,
    record: u64,
    done: bool,
}

impl<'r> Iterator for Members<'r> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(item) = open.next() {
                    return Some(item);
                }
                self.open = None;
            }
            if self.done {
                return None;
            }
            match self.member() {
                Ok(Step::Open(member)) => {
                    self.open = Some(source::cut(*member));
                }
                Ok(Step::Pass) => {}
                Ok(Step::Bad(offset, reason)) => {
                    let error = self.source.bad(None, Some(offset), reason);
                    return Some(Err(error));
                }
                Ok(Step::End) => self.done = true,
                Err(cause) => {
                    self.done = true;
                    return Some(Err(self.source.broken(cause)));
                }
            }
        }
    }
}

/// What the next header leads to.
enum Step<'r> {
    Open(Box<Source<'r>>),
    Pass,
    Bad(u64, String),
    End,
}

/// What goes before a member, for the member.
#[derive(Default)]
struct Description {
    name: Option<String>,
    size: Option<u64>,
}

impl<'r> Members<'r> {
    fn member(&mut self) -> io::Result<Step<'r>> {
        let mut described = Description::default();
        loop {
            let mut stream =
                self.stream.lock().unwrap_or_else(PoisonError::into_inner);
            stream.end_member(self.record > 0)?;
            let start = stream.reader.position();
            let block = stream.reader.peek(BLOCK)?;
            if block.len() < BLOCK {
                stream.reader.sound()?;
                return Ok(Step::End);
            }
            if block.iter().all(|b| *b == 0) {
                return Ok(Step::End);
            }
            if !recognize::is_tar(block) {
                let reason = stream.resynchronize()?;
                return Ok(Step::Bad(start, reason));
            }
            let header = Header::from_byte_slice(block).clone();
            stream.reader.consume(BLOCK);
            self.record += 1;
            let kind = header.entry_type();
            let size = header.entry_size()?;
            if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
                stream.left = padded(size);
                described.read(&mut stream, kind.is_gnu_longname(), size)?;
                continue;
            }
            let size = described.size.unwrap_or(size);
            let name = described.name.unwrap_or_else(|| {
                String::from_utf8_lossy(&header.path_bytes()).into_owned()
            });
            stream.left = size;
            if kind.is_gnu_sparse() {
                let reason = format!(
                    "the member {name:?} is a sparse file, which is not \
                     read; unpack it first"
                );
                return Ok(Step::Bad(start, reason));
            }
            let file = kind.is_file() || kind.is_contiguous();
            let gold = walk::is_gold(name.as_ref());
            if !file || gold || walk::is_hidden(&name) {
                return Ok(Step::Pass);
            }
            let place = (stream.reader.position(), size);
            drop(stream);
            let reader =
                BufReader::with_capacity(64 << 10, Member(self.stream.clone()));
            let mut member = self.source.inside(&name, Box::new(reader));
            member.place = Some(place);
            return Ok(Step::Open(Box::new(member)));
        }
    }
}

/// With the blanks up to the next block.
fn padded(size: u64) -> u64 {
    size.next_multiple_of(BLOCK as u64)
}

impl Stream<'_> {
    /// Goes to the end of the open member, and of its last block.
    fn end_member(&mut self, padding: bool) -> io::Result<()> {
        while self.left > 0 {
            self.reader.mark();
            let there = self.reader.fill_buf()?.len();
            if there == 0 {
                self.left = 0;
                break;
            }
            let passed = usize::try_from(self.left).unwrap_or(there).min(there);
            self.reader.consume(passed);
            self.left -= passed as u64;
        }
        let end = self.reader.position();
        let gap = end.next_multiple_of(BLOCK as u64) - end;
        if padding && gap > 0 {
            let gap = gap as usize;
            let there = self.reader.peek(gap)?.len();
            self.reader.consume(there);
        }
        Ok(())
    }

    /// Goes to the next sound header, or to the end.
    fn resynchronize(&mut self) -> io::Result<String> {
        loop {
            self.reader.consume(BLOCK);
            self.reader.mark();
            let block = self.reader.peek(BLOCK)?;
            if block.len() < BLOCK {
                let rest = block.len();
                self.reader.consume(rest);
                return Ok("no tar header stands here; the rest of the \
                           archive cannot be read, fetch it again"
                    .to_owned());
            }
            if recognize::is_tar(block) {
                return Ok(format!(
                    "no tar header stands here; reading went on at byte {}",
                    self.reader.position()
                ));
            }
        }
    }
}

impl Description {
    /// Reads a long name or the lines of a pax header.
    fn read(
        &mut self,
        stream: &mut Stream<'_>,
        is_name: bool,
        size: u64,
    ) -> io::Result<()> {
        if size > DESCRIPTION {
            return Ok(());
        }
        let mut bytes = Vec::new();
        stream.reader.by_ref().take(size).read_to_end(&mut bytes)?;
        stream.left -= bytes.len() as u64;
        if is_name {
            while bytes.last() == Some(&0) {
                bytes.pop();
            }
            self.name = Some(String::from_utf8_lossy(&bytes).into_owned());
            return Ok(());
        }
        for line in PaxExtensions::new(&bytes).flatten() {
            match line.key_bytes() {
                b"path" => {
                    let name = String::from_utf8_lossy(line.value_bytes());
                    self.name = Some(name.into_owned());
                }
                b"size" => {
                    self.size = line.value().ok().and_then(|v| v.parse().ok());
                }
                _ => {}
            }
        }
        Ok(())
    }
}
