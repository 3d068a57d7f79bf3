//! The members in an append-only file whose end is kept in memory.
//!
//! A member begins at a block of 64 bytes, and is found by that. It has a head
//! of fixed size, of which only the facts of the cluster change, in place;
//! then its id, the place of its document and its shingles.

use super::facts::{self, Facts};
use super::print::Print;
use super::read_at::read_at;
use std::fs::File;
use std::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;
use xxhash_rust::xxh3::xxh3_64;

const BLOCK: usize = 64;
/// Bytes of a head.
const HEAD: usize = FIXED + facts::BYTES;
/// Bytes of the part of a head that never changes.
const FIXED: usize = 24 + facts::BYTES;
/// Bytes that are read at once: most members whole.
const GLANCE: usize = 2 << 10;
/// Longest id and longest place that are kept, in bytes.
const LONGEST_NAME: usize = 32 << 10;

/// The head of a member.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Bytes of the whole member, in blocks.
    blocks: u32,
    /// Shingles that it has.
    pub(super) shingles: u32,
    /// Check sum of what follows the head.
    sum: u64,
    /// Bytes of its id.
    id: u32,
    /// Bytes of its place.
    place: u32,
    facts: Facts,
    /// What the members of the cluster say, at its first.
    pub(super) cluster: Facts,
}

impl Head {
    fn to_bytes(&self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        bytes[..4].copy_from_slice(&self.blocks.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.shingles.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.sum.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.id.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.place.to_le_bytes());
        bytes[24..FIXED].copy_from_slice(&self.facts.to_bytes());
        bytes[FIXED..].copy_from_slice(&self.cluster.to_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; HEAD]) -> Self {
        let four = |at| u32::from_le_bytes(cut(bytes, at));
        Self {
            blocks: four(0),
            shingles: four(4),
            sum: u64::from_le_bytes(cut(bytes, 8)),
            id: four(16),
            place: four(20),
            facts: Facts::from_bytes(&cut(bytes, 24)),
            cluster: Facts::from_bytes(&cut(bytes, FIXED)),
        }
    }

    fn bytes(&self) -> usize {
        self.blocks as usize * BLOCK
    }

    fn names(&self) -> usize {
        self.id as usize + self.place as usize
    }
}

/// A part of bytes, as an array.
fn cut<const N: usize>(bytes: &[u8; HEAD], at: usize) -> [u8; N] {
    std::array::from_fn(|i| bytes[at + i])
}

/// A member as it was read, in bytes.
#[derive(Default)]
pub(super) struct Member {
    bytes: Vec<u8>,
}

/// All members.
pub(super) struct Store {
    folder: PathBuf,
    file: Option<File>,
    /// Bytes in the file.
    written: u64,
    /// What follows them.
    tail: Vec<u8>,
    /// Longest tail, in bytes.
    longest_tail: usize,
}

impl Store {
    /// An empty store, which begins a file in `folder` when more than
    /// `memory` bytes have come together.
    pub(super) fn new(folder: PathBuf, memory: usize) -> Self {
        Self {
            folder,
            file: None,
            written: 0,
            tail: Vec::new(),
            longest_tail: memory,
        }
    }

    /// A store in a file that stays, with what is in it.
    pub(super) fn in_file(file: File, memory: usize) -> Result<Self> {
        let written = file.metadata()?.len();
        let mut store = Self::new(PathBuf::new(), memory);
        (store.file, store.written) = (Some(file), written);
        Ok(store)
    }

    /// Adds a member and gives the block where it begins. Its cluster says
    /// what it says until its head tells otherwise.
    pub(super) fn append(&mut self, print: &Print) -> Result<u32> {
        let at = self.end();
        let block = u32::try_from(at / BLOCK as u64).map_err(|_| {
            Error::new(ErrorKind::FileTooLarge, "too many members (256 GiB)")
        })?;
        let (id, place) = (shortened(&print.id), shortened(&print.place));
        let begin = self.tail.len();
        let names = id.len() + place.len();
        let end = begin + HEAD + names + print.shingles.len() * 4;
        self.tail.resize(begin + HEAD, 0);
        self.tail.extend_from_slice(id.as_bytes());
        self.tail.extend_from_slice(place.as_bytes());
        self.tail.resize(end, 0);
        let shingles = &mut self.tail[begin + HEAD + names..];
        let (fours, _) = shingles.as_chunks_mut::<4>();
        for (four, shingle) in fours.iter_mut().zip(&print.shingles) {
            *four = shingle.to_le_bytes();
        }
        let head = Head {
            blocks: (end - begin).div_ceil(BLOCK) as u32,
            shingles: print.shingles.len() as u32,
            sum: xxh3_64(&self.tail[begin + HEAD..]),
            id: id.len() as u32,
            place: place.len() as u32,
            facts: print.facts,
            cluster: print.facts,
        };
        self.tail[begin..][..HEAD].copy_from_slice(&head.to_bytes());
        self.tail.resize(begin + head.bytes(), 0);
        if self.tail.len() > self.longest_tail {
            self.flush()?;
        }
        Ok(block)
    }

    /// The byte at which a member begins.
    pub(super) fn place(block: u32) -> u64 {
        u64::from(block) * BLOCK as u64
    }

    /// Bytes of all members.
    pub(super) fn end(&self) -> u64 {
        self.written + self.tail.len() as u64
    }

    /// Writes to the file what is still in memory.
    pub(super) fn flush(&mut self) -> Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.folder)?),
        };
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.tail)?;
        self.written += self.tail.len() as u64;
        self.tail.clear();
        Ok(())
    }

    /// As [`flush`](Self::flush), down to the disk.
    pub(super) fn sync(&mut self) -> Result<()> {
        self.flush()?;
        self.file.as_ref().map_or(Ok(()), File::sync_data)
    }

    /// Forgets all members from this byte on.
    pub(super) fn cut(&mut self, end: u64) -> Result<()> {
        self.flush()?;
        self.written = end;
        self.file.as_ref().map_or(Ok(()), |file| file.set_len(end))
    }

    /// The head of a member.
    pub(super) fn head(&mut self, block: u32) -> Result<Head> {
        let mut bytes = [0; HEAD];
        self.read(Self::place(block), &mut bytes)?;
        Ok(Head::from_bytes(&bytes))
    }

    /// Changes what the cluster of a member says.
    pub(super) fn set(&mut self, block: u32, head: &Head) -> Result<()> {
        let at = Self::place(block) + FIXED as u64;
        let bytes = &head.to_bytes()[FIXED..];
        if at >= self.written {
            let at = (at - self.written) as usize;
            self.tail[at..at + bytes.len()].copy_from_slice(bytes);
            return Ok(());
        }
        let Some(file) = &mut self.file else { return Err(beyond()) };
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    /// Reads the beginning of a member: its head, and often all of it.
    pub(super) fn glance(
        &mut self,
        block: u32,
        member: &mut Member,
    ) -> Result<Head> {
        let at = Self::place(block);
        let there = self.end().saturating_sub(at).min(GLANCE as u64);
        member.bytes.resize((there as usize).max(HEAD), 0);
        self.read(at, &mut member.bytes)?;
        let Some(head) = member.bytes.first_chunk() else {
            return Err(beyond());
        };
        Ok(Head::from_bytes(head))
    }

    /// Reads what a glance left out.
    pub(super) fn rest(
        &mut self,
        block: u32,
        head: &Head,
        member: &mut Member,
    ) -> Result<()> {
        let seen = member.bytes.len();
        if seen >= head.bytes() {
            return Ok(());
        }
        let at = Self::place(block);
        if at + head.bytes() as u64 > self.end() {
            return Err(beyond());
        }
        member.bytes.resize(head.bytes(), 0);
        self.read(at + seen as u64, &mut member.bytes[seen..])
    }

    /// A member as it was when it was taken in, and so it stands again, with
    /// the block of the next one; nothing if it is not whole.
    pub(super) fn member(
        &mut self,
        block: u32,
    ) -> Result<Option<(Print, u32)>> {
        let at = Self::place(block);
        if at + HEAD as u64 > self.end() {
            return Ok(None);
        }
        let mut member = Member::default();
        let head = self.glance(block, &mut member)?;
        let end = at + head.bytes() as u64;
        let least = HEAD + head.names() + head.shingles as usize * 4;
        if end > self.end() || least > head.bytes() {
            return Ok(None);
        }
        self.rest(block, &head, &mut member)?;
        if xxh3_64(&member.bytes[HEAD..least]) != head.sum {
            return Ok(None);
        }
        let (id, place) = member.names(&head);
        let shingles = member.shingles(&head).collect();
        let print = Print::new(id, place, shingles, head.facts);
        let next = block + head.blocks;
        if head.cluster != head.facts {
            self.set(block, &Head { cluster: head.facts, ..head })?;
        }
        Ok(Some((print, next)))
    }

    fn read(&mut self, at: u64, bytes: &mut [u8]) -> Result<()> {
        let on_disk = self.written.saturating_sub(at).min(bytes.len() as u64);
        let (from_file, from_tail) = bytes.split_at_mut(on_disk as usize);
        if !from_file.is_empty() {
            let Some(file) = &mut self.file else { return Err(beyond()) };
            read_at(file, at, from_file)?;
        }
        if !from_tail.is_empty() {
            let start = (at + on_disk - self.written) as usize;
            let tail = self.tail.get(start..start + from_tail.len());
            from_tail.copy_from_slice(tail.ok_or_else(beyond)?);
        }
        Ok(())
    }
}

impl Member {
    /// Id and place; the member must have been read whole.
    pub(super) fn names(&self, head: &Head) -> (String, String) {
        let names = &self.bytes[HEAD..HEAD + head.names()];
        let (id, place) = names.split_at(head.id as usize);
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        (text(id), text(place))
    }

    /// Its shingles; the member must have been read whole.
    pub(super) fn shingles(
        &self,
        head: &Head,
    ) -> impl ExactSizeIterator<Item = u32> {
        let bytes = &self.bytes[HEAD + head.names()..];
        let (fours, _) = bytes.as_chunks::<4>();
        fours[..head.shingles as usize].iter().map(|b| u32::from_le_bytes(*b))
    }
}

fn beyond() -> Error {
    Error::new(ErrorKind::UnexpectedEof, "a member is not where it was")
}

fn shortened(name: &str) -> &str {
    let mut end = name.len().min(LONGEST_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
