//! A reader that can go back a bounded way, to look again where a length was
//! wrong.

use std::io::{self, BufRead, Read};

/// Bytes asked of the reader at once.
const CHUNK: usize = 64 << 10;

/// Keeps what was read since [`Rewind::mark`], up to a limit.
pub(super) struct Rewind<R> {
    inner: R,
    kept: Vec<u8>,
    /// Next byte in `kept`.
    at: usize,
    /// Where `kept` begins in the stream.
    base: u64,
    /// First byte that must be kept.
    marked: u64,
    limit: usize,
    spent: bool,
    /// Why it is spent, if not because there is no more.
    failure: Option<io::Error>,
}

impl<R: Read> Rewind<R> {
    /// Goes back up to `limit` bytes.
    pub(super) fn new(inner: R, limit: usize) -> Self {
        Self {
            inner,
            kept: Vec::new(),
            at: 0,
            base: 0,
            marked: 0,
            limit,
            spent: false,
            failure: None,
        }
    }

    /// Where the next byte lies in the stream.
    pub(super) fn position(&self) -> u64 {
        self.base + self.at as u64
    }

    /// What is read from here on can be read again.
    pub(super) fn mark(&mut self) {
        self.marked = self.position();
    }

    /// Where it was marked last.
    pub(super) fn marked(&self) -> u64 {
        self.marked
    }

    /// Goes back to a byte, or as near to it as is kept.
    pub(super) fn rewind(&mut self, to: u64) {
        let to = to.clamp(self.base, self.position());
        self.at = usize::try_from(to - self.base).unwrap_or(self.at);
    }

    /// The next `wanted` bytes without taking them; fewer at the end, or if
    /// more than the limit would have to be kept. What was read before the
    /// reader failed is given first: see [`Rewind::sound`].
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.kept.len() - self.at < wanted && !self.spent {
            if self.kept.len() - self.at >= self.limit {
                break;
            }
            self.more();
        }
        if self.at == self.kept.len() {
            self.sound()?;
        }
        let end = self.kept.len().min(self.at + wanted);
        Ok(&self.kept[self.at..end])
    }

    /// Whether fewer bytes than were wanted mean the end: an error if the
    /// reader has failed behind what it gave.
    pub(super) fn sound(&mut self) -> io::Result<()> {
        let Some(failure) = self.failure.take() else { return Ok(()) };
        let again = io::Error::new(failure.kind(), failure.to_string());
        self.failure = Some(again);
        Err(failure)
    }

    /// Reads one chunk more.
    fn more(&mut self) {
        self.forget();
        let end = self.kept.len();
        self.kept.resize(end + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.kept[end..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.kept.truncate(end + read.as_ref().map_or(0, |read| *read));
        match read {
            Ok(read) => self.spent = read == 0,
            Err(cause) => {
                self.spent = true;
                self.failure = Some(cause);
            }
        }
    }

    /// Drops what need not be kept, now and then.
    fn forget(&mut self) {
        let mut free = usize::try_from(self.marked.saturating_sub(self.base))
            .unwrap_or(self.at)
            .min(self.at);
        if self.kept.len() - free > self.limit {
            free = self.at;
        }
        // Moving the rest must cost less than reading it did.
        if free >= CHUNK && free >= self.kept.len() / 2 {
            self.kept.drain(..free);
            self.at -= free;
            self.base += free as u64;
            if self.kept.capacity() > 8 * CHUNK.max(self.kept.len()) {
                self.kept.shrink_to(2 * CHUNK.max(self.kept.len()));
            }
        }
    }
}

impl<R: Read> Read for Rewind<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let read = there.len().min(buffer.len());
        buffer[..read].copy_from_slice(&there[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.kept.len() && !self.spent {
            self.more();
        }
        if self.at == self.kept.len() {
            self.sound()?;
        }
        Ok(&self.kept[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.kept.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_back_to_the_mark_and_forgets_what_lies_before() {
        let bytes: Vec<u8> =
            (0..1_000_000_u32).map(|n| (n % 251) as u8).collect();
        let mut reader = Rewind::new(&bytes[..], 300_000);
        for step in 0..9_u64 {
            let at = step * 100_000;
            assert_eq!(reader.position(), at);
            reader.mark();
            assert_eq!(reader.peek(10).unwrap(), &bytes[at as usize..][..10]);
            let mut first = vec![0; 100_000];
            reader.read_exact(&mut first).unwrap();
            reader.rewind(at + 1);
            let mut again = vec![0; 99_999];
            reader.read_exact(&mut again).unwrap();
            assert_eq!(first[1..], again);
            assert!(reader.kept.len() < 500_000, "{}", reader.kept.len());
        }
        // Nothing is kept beyond the limit.
        reader.rewind(0);
        assert!(reader.position() > 0);
        assert_eq!(reader.peek(2_000_000).unwrap().last(), bytes.last());
    }
}
