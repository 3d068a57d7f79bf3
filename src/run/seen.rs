//! What a run has seen, one entry a document in the order of the input: its
//! key, what became of it, and where its line stands. An interrupted run is
//! checked against it, and a later run takes over from it what has not
//! changed.

use super::ledger::Request;
use super::writer::reopen;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of an entry.
pub const ENTRY: usize = 32;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Left out by a condition or the sample.
    LeftOut,
    /// A record was written.
    Record,
    /// An error was reported.
    Failure,
}

/// One document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// [`Ticket::key`](crate::pipeline::Ticket::key).
    pub key: u128,
    /// What became of it.
    pub fate: Fate,
    /// Length of its line in the records or the errors.
    pub length: u32,
    /// Stands for the bytes of that line.
    pub check: u64,
}

impl Entry {
    /// The entry of a document that was written as `line`.
    pub fn new(key: u128, fate: Fate, line: &[u8]) -> Self {
        let length = u32::try_from(line.len()).unwrap_or(0);
        Self { key, fate, length, check: xxh3_64(line) }
    }

    fn bytes(&self) -> [u8; ENTRY] {
        let mut out = [0; ENTRY];
        out[..16].copy_from_slice(&self.key.to_le_bytes());
        out[16..24].copy_from_slice(&self.check.to_le_bytes());
        out[24..28].copy_from_slice(&self.length.to_le_bytes());
        out[28] = self.fate as u8;
        out
    }

    fn parse(bytes: &[u8; ENTRY]) -> Option<Self> {
        let part = |from: usize, to: usize| &bytes[from..to];
        let fate = match bytes[28] {
            0 => Fate::LeftOut,
            1 => Fate::Record,
            2 => Fate::Failure,
            _ => return None,
        };
        Some(Self {
            key: u128::from_le_bytes(part(0, 16).try_into().ok()?),
            check: u64::from_le_bytes(part(16, 24).try_into().ok()?),
            length: u32::from_le_bytes(part(24, 28).try_into().ok()?),
            fate,
        })
    }
}

/// The next entry; `None` at the end, or where the last one is torn.
fn next(reader: &mut impl Read) -> Option<Entry> {
    let mut bytes = [0; ENTRY];
    reader.read_exact(&mut bytes).ok()?;
    Entry::parse(&bytes)
}

/// The entries of a run that goes on.
pub struct Log {
    out: BufWriter<File>,
    /// Those of the part that was done before, still to be met again.
    before: Option<BufReader<File>>,
}

impl Log {
    /// Begins with what was asked, on a line of its own.
    pub fn begin(file: &Path, asked: &Request) -> io::Result<Self> {
        let mut out = BufWriter::new(File::create(file)?);
        serde_json::to_writer(&mut out, asked)?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(Self { out, before: None })
    }

    /// Goes on behind the first `documents` entries.
    pub fn resume(file: &Path, documents: u64) -> io::Result<Self> {
        let mut before = BufReader::with_capacity(64 << 10, File::open(file)?);
        let mut head = Vec::new();
        before.read_until(b'\n', &mut head)?;
        let length = head.len() as u64 + documents * ENTRY as u64;
        let out = BufWriter::new(reopen(file, length)?);
        Ok(Self { out, before: Some(before) })
    }

    /// Whether the next document that was done before is this one.
    pub fn meets(&mut self, key: u128) -> bool {
        let entry = self.before.as_mut().and_then(next);
        entry.is_some_and(|entry| entry.key == key)
    }

    /// Adds a document.
    pub fn add(&mut self, entry: &Entry) -> io::Result<()> {
        self.out.write_all(&entry.bytes())
    }

    /// Sees to it that the entries so far outlast a crash.
    pub fn sync(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_data()
    }
}

/// Entries that are looked at ahead of the last document found.
const WINDOW: usize = 1 << 16;

/// The entries of an earlier run, met in about the same order: new documents
/// may stand between them, and up to [`WINDOW`] may be gone at one place.
pub struct Memory {
    entries: BufReader<File>,
    window: HashMap<u128, (u64, Place)>,
    order: VecDeque<u128>,
    /// Number of the entry at the front of `order`.
    front: u64,
    /// Where the next line of the records and of the errors begins.
    records: u64,
    errors: u64,
}

/// Where the line of a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The entry.
    pub entry: Entry,
    /// Where its line begins in the file that its fate names.
    pub offset: u64,
}

impl Memory {
    /// Opens what an earlier run has seen; gives what it was asked too.
    pub fn open(file: &Path) -> io::Result<(Self, Request)> {
        let mut entries = BufReader::with_capacity(64 << 10, File::open(file)?);
        let mut head = Vec::new();
        entries.read_until(b'\n', &mut head)?;
        let asked = serde_json::from_slice(&head)?;
        let memory = Self {
            entries,
            window: HashMap::new(),
            order: VecDeque::new(),
            front: 0,
            records: 0,
            errors: 0,
        };
        Ok((memory, asked))
    }

    /// Looks for a document.
    pub fn find(&mut self, key: u128) -> Option<Place> {
        while !self.window.contains_key(&key) {
            if self.order.len() >= WINDOW || !self.read() {
                return None;
            }
        }
        let (number, place) = *self.window.get(&key)?;
        // Threads ask in nearly the order of the input: keep a few behind.
        while self.front + (WINDOW as u64 / 4) < number {
            let Some(old) = self.order.pop_front() else { break };
            self.window.remove(&old);
            self.front += 1;
        }
        Some(place)
    }

    fn read(&mut self) -> bool {
        let Some(entry) = next(&mut self.entries) else { return false };
        let at = match entry.fate {
            Fate::Failure => &mut self.errors,
            _ => &mut self.records,
        };
        let offset = *at;
        *at += u64::from(entry.length);
        let number = self.front + self.order.len() as u64;
        self.order.push_back(entry.key);
        self.window.insert(entry.key, (number, Place { entry, offset }));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(entries: &[Entry]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let asked = Request::from([("a".into(), "b".into())]);
        let mut log = Log::begin(file.path(), &asked).expect("begun");
        for entry in entries {
            log.add(entry).expect("added");
        }
        log.sync().expect("synced");
        file
    }

    fn entries(count: u128) -> Vec<Entry> {
        let line = |n| vec![b'x'; n as usize % 7 + 1];
        (0..count).map(|n| Entry::new(n, Fate::Record, &line(n))).collect()
    }

    #[test]
    fn a_run_that_goes_on_meets_what_was_done() {
        let file = log(&entries(5));
        let mut log = Log::resume(file.path(), 3).expect("resumed");
        assert!(log.meets(0) && log.meets(1));
        assert!(!log.meets(7));
        log.add(&Entry::new(9, Fate::LeftOut, b"")).expect("added");
        log.sync().expect("synced");
        let (mut memory, asked) = Memory::open(file.path()).expect("opened");
        assert_eq!(asked["a"], "b");
        assert!(memory.find(9).is_some() && memory.find(2).is_some());
        assert!(memory.find(3).is_none(), "cut off");
    }

    #[test]
    fn documents_are_found_though_others_came_or_went() {
        let all = entries(200_000);
        let file = log(&all);
        let (mut memory, _) = Memory::open(file.path()).expect("opened");
        let mut offset = 0;
        for (n, entry) in all.iter().enumerate() {
            if n % 5 == 0 && !(1_000..40_000).contains(&n) {
                // A new document before it.
                assert!(memory.find(1_000_000 + n as u128).is_none());
                let place = memory.find(entry.key).expect("found");
                assert_eq!(place, Place { entry: *entry, offset });
            }
            offset += u64::from(entry.length);
        }
        assert!(memory.order.len() <= WINDOW);
    }
}
