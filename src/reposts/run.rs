//! A sorted run of entries in a file of its own.
//!
//! The first key of each page is kept in memory, and a filter of all keys, so
//! that a search reads one page if the key is there and mostly none if not.

use super::filter::Filter;
use super::read_at::read_at;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Seek, Write};
use std::path::Path;

/// A key and the member that has it.
pub(super) type Entry = (u32, u32);

/// Bytes of an entry.
const SIZE: usize = 8;
/// Entries of a page, at least: a kilobyte.
const PAGE: usize = 128;
/// Pages of a run, about, at most: of larger runs the pages are larger.
const PAGES: usize = 1 << 16;
/// Buffer of each file that is read or written from end to end.
const BUFFER: usize = 64 << 10;

/// A sorted run, gone when it is dropped.
pub(super) struct Run {
    file: File,
    entries: usize,
    /// Entries of a page.
    page: usize,
    /// The first key of each page.
    firsts: Vec<u32>,
    /// Knows of most keys that they are not here, if there was room for it.
    filter: Option<Filter>,
    /// Room for a page.
    bytes: Vec<u8>,
}

impl Run {
    /// Writes so many entries, which are sorted, to a new file in `folder`;
    /// its filter takes at most `room` bytes.
    pub(super) fn write(
        folder: &Path,
        entries: usize,
        sorted: impl Iterator<Item = Result<Entry>>,
        room: usize,
    ) -> Result<Self> {
        let mut out =
            BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder)?);
        let page = PAGE.max(entries.div_ceil(PAGES));
        let mut firsts = Vec::with_capacity(entries.div_ceil(page));
        // With less than four bits a key it would hold back too little.
        let mut filter =
            (room >= entries / 2).then(|| Filter::new(room.min(entries)));
        for (i, entry) in sorted.enumerate() {
            let (key, member) = entry?;
            out.write_all(&key.to_le_bytes())?;
            out.write_all(&member.to_le_bytes())?;
            if i % page == 0 {
                firsts.push(key);
            }
            if let Some(filter) = &mut filter {
                filter.insert(key);
            }
        }
        let file = out.into_inner().map_err(|e| e.into_error())?;
        Ok(Self { file, entries, page, firsts, filter, bytes: Vec::new() })
    }

    /// Bytes of the filter.
    pub(super) fn filter_bytes(&self) -> usize {
        self.filter.as_ref().map_or(0, Filter::bytes)
    }

    /// One run of many.
    pub(super) fn merge(
        folder: &Path,
        runs: Vec<Self>,
        room: usize,
    ) -> Result<Self> {
        let entries = runs.iter().map(|run| run.entries).sum();
        let mut sources = Vec::with_capacity(runs.len());
        let mut least = BinaryHeap::with_capacity(runs.len());
        for run in runs {
            let mut source = run.read_all()?;
            if let Some(first) = source.next() {
                least.push(Reverse((first?, sources.len())));
            }
            sources.push(source);
        }
        let merged = std::iter::from_fn(|| {
            let mut top = least.peek_mut()?;
            let Reverse((entry, from)) = *top;
            match sources[from].next() {
                Some(Ok(next)) => *top = Reverse((next, from)),
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    PeekMut::pop(top);
                }
            }
            Some(Ok(entry))
        });
        Self::write(folder, entries, merged, room)
    }

    fn read_all(mut self) -> Result<impl Iterator<Item = Result<Entry>>> {
        self.file.rewind()?;
        let mut source = BufReader::with_capacity(BUFFER, self.file);
        Ok((0..self.entries).map(move |_| {
            let mut bytes = [0; SIZE];
            source.read_exact(&mut bytes)?;
            Ok(entry(&bytes))
        }))
    }

    /// Says which members have a key.
    pub(super) fn find(
        &mut self,
        key: u32,
        mut found: impl FnMut(u32),
    ) -> Result<()> {
        if self.filter.as_ref().is_some_and(|filter| !filter.may_hold(key)) {
            return Ok(());
        }
        // The page before the first one that begins with the key may end
        // with it.
        let from = self.firsts.partition_point(|first| *first < key);
        let mut page = from.saturating_sub(1);
        while self.firsts.get(page).is_some_and(|first| *first <= key) {
            let entries = self.page(page)?;
            let from = entries.partition_point(|bytes| entry(bytes).0 < key);
            let here = entries[from..].iter().map(entry);
            here.take_while(|e| e.0 == key).for_each(|e| found(e.1));
            page += 1;
        }
        Ok(())
    }

    fn page(&mut self, at: usize) -> Result<&[[u8; SIZE]]> {
        let first = at * self.page;
        let count = self.page.min(self.entries - first);
        self.bytes.resize(count * SIZE, 0);
        read_at(&mut self.file, (first * SIZE) as u64, &mut self.bytes)?;
        Ok(self.bytes.as_chunks().0)
    }
}

fn entry(bytes: &[u8; SIZE]) -> Entry {
    let [a, b, c, d, member @ ..] = *bytes;
    (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes(member))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::mix;

    fn key(n: u32) -> u32 {
        mix(u64::from(n)) as u32
    }

    /// With a filter and without.
    fn runs(folder: &Path, mut entries: Vec<Entry>) -> [Run; 2] {
        entries.sort_unstable();
        [usize::MAX, 0].map(|room| {
            let sorted = entries.iter().copied().map(Ok);
            Run::write(folder, entries.len(), sorted, room).expect("written")
        })
    }

    fn find(run: &mut Run, key: u32) -> Vec<u32> {
        let mut found = Vec::new();
        run.find(key, |member| found.push(member)).expect("read");
        found.sort_unstable();
        found
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        for count in [0, 1, 127, 128, 129, 20_000] {
            let entries = (0..count).map(|n| (key(n), n)).collect();
            for mut run in runs(folder.path(), entries) {
                for n in 0..count {
                    assert_eq!(find(&mut run, key(n)), [n]);
                }
                for n in count..count + 500 {
                    assert!(find(&mut run, key(n)).is_empty());
                }
                for key in [1, u32::MAX] {
                    assert!(find(&mut run, key).is_empty());
                }
            }
        }
    }

    #[test]
    fn a_key_of_many_members_may_stand_on_many_pages() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut entries: Vec<Entry> = (0..5_000).map(|n| (key(n), 0)).collect();
        let often = key(77);
        entries.extend((1..2_000).map(|member| (often, member)));
        for mut run in runs(folder.path(), entries) {
            assert_eq!(find(&mut run, often), (0..2_000).collect::<Vec<_>>());
            assert_eq!(find(&mut run, key(78)), [0]);
        }
    }

    #[test]
    fn keys_that_are_no_hashes_are_found_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let entries = (0..10_000).map(|n| (n * n, n));
        for mut run in runs(folder.path(), entries.collect()) {
            for n in 0..10_000 {
                assert_eq!(find(&mut run, n * n), [n]);
            }
            assert!(find(&mut run, 2).is_empty());
        }
    }

    #[test]
    fn merged_runs_hold_what_each_held() {
        let folder = tempfile::tempdir().expect("a folder");
        let both = (0..2).flat_map(|r| {
            let entries = (0..1_000).map(|n| (key(n), r)).collect();
            runs(folder.path(), entries)
        });
        let both = both.collect();
        let mut run = Run::merge(folder.path(), both, 4 << 10).expect("merged");
        assert!(run.filter_bytes() > 0);
        for n in 0..1_000 {
            assert_eq!(find(&mut run, key(n)), [0, 0, 1, 1]);
        }
    }
}
