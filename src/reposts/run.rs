//! A sorted run of entries in a file of its own.
//!
//! Keys are hashes, so where a key stands is known almost exactly from its
//! value: a search reads two or three pages and needs no index in memory.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// A key and the member that has it.
pub(super) type Entry = (u64, u32);

/// Bytes of an entry.
const SIZE: usize = 12;
/// Entries of a page.
const PAGE: u64 = 340;
/// Buffer of each file that is read or written from end to end.
const BUFFER: usize = 64 << 10;

/// A sorted run, gone when it is dropped.
pub(super) struct Run {
    file: File,
    entries: u64,
}

impl Run {
    /// Writes entries, which are sorted, to a new file in `folder`.
    pub(super) fn write(
        folder: &Path,
        sorted: impl Iterator<Item = Result<Entry>>,
    ) -> Result<Self> {
        let mut out =
            BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder)?);
        let mut entries = 0;
        for entry in sorted {
            let (key, member) = entry?;
            out.write_all(&key.to_le_bytes())?;
            out.write_all(&member.to_le_bytes())?;
            entries += 1;
        }
        let file = out.into_inner().map_err(|e| e.into_error())?;
        Ok(Self { file, entries })
    }

    /// One run of many.
    pub(super) fn merge(folder: &Path, runs: Vec<Self>) -> Result<Self> {
        let mut sources = Vec::with_capacity(runs.len());
        for run in runs {
            let mut source = run.read_all()?;
            let next = source.next().transpose()?;
            sources.push((next, source));
        }
        let merged = std::iter::from_fn(|| {
            let least = sources
                .iter_mut()
                .filter(|(next, _)| next.is_some())
                .min_by_key(|(next, _)| *next)?;
            let entry = least.0?;
            match least.1.next().transpose() {
                Ok(next) => least.0 = next,
                Err(error) => return Some(Err(error)),
            }
            Some(Ok(entry))
        });
        Self::write(folder, merged)
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

    /// Adds the members that have a key.
    pub(super) fn find(
        &mut self,
        key: u64,
        found: &mut Vec<u32>,
    ) -> Result<()> {
        let pages = self.entries.div_ceil(PAGE);
        // The key can stand in these pages only, and these are the keys
        // around them.
        let (mut low, mut high) = (0, pages);
        let (mut below, mut above) = (0, u64::MAX);
        let mut page = Vec::new();
        let mut tries = 0;
        while low < high {
            let at = if tries < 4 {
                let part = u128::from(key - below) * u128::from(high - low)
                    / (u128::from(above - below) + 1);
                low + part as u64
            } else {
                low.midpoint(high)
            };
            tries += 1;
            self.page(at, &mut page)?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else {
                break;
            };
            if key < first.0 {
                (high, above) = (at, first.0);
            } else if key > last.0 {
                (low, below) = (at + 1, last.0);
            } else {
                return self.collect(key, at, page, pages, found);
            }
        }
        Ok(())
    }

    /// Takes the members of a key from a page, and from those beside it if
    /// they may hold it too.
    fn collect(
        &mut self,
        key: u64,
        at: u64,
        mut page: Vec<Entry>,
        pages: u64,
        found: &mut Vec<u32>,
    ) -> Result<()> {
        let take = |page: &[Entry], found: &mut Vec<u32>| {
            let from = page.partition_point(|entry| entry.0 < key);
            let has = page[from..].iter().take_while(|entry| entry.0 == key);
            found.extend(has.map(|entry| entry.1));
        };
        take(&page, found);
        let mut before = at;
        let starts = page.first().is_some_and(|entry| entry.0 == key);
        let ends = page.last().is_some_and(|entry| entry.0 == key);
        let mut go_on = starts;
        while go_on && before > 0 {
            before -= 1;
            self.page(before, &mut page)?;
            take(&page, found);
            go_on = page.first().is_some_and(|entry| entry.0 == key);
        }
        let mut behind = at + 1;
        let mut go_on = ends;
        while go_on && behind < pages {
            self.page(behind, &mut page)?;
            take(&page, found);
            go_on = page.last().is_some_and(|entry| entry.0 == key);
            behind += 1;
        }
        Ok(())
    }

    fn page(&mut self, at: u64, page: &mut Vec<Entry>) -> Result<()> {
        let first = at * PAGE;
        let count = PAGE.min(self.entries - first) as usize;
        let mut bytes = [0; PAGE as usize * SIZE];
        let bytes = &mut bytes[..count * SIZE];
        self.file.seek(SeekFrom::Start(first * SIZE as u64))?;
        self.file.read_exact(bytes)?;
        page.clear();
        page.extend(bytes.as_chunks::<SIZE>().0.iter().map(entry));
        Ok(())
    }
}

fn entry(bytes: &[u8; SIZE]) -> Entry {
    let [a, b, c, d, e, f, g, h, member @ ..] = *bytes;
    let key = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
    (key, u32::from_le_bytes(member))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::mix;

    fn run(folder: &Path, mut entries: Vec<Entry>) -> Run {
        entries.sort_unstable();
        Run::write(folder, entries.into_iter().map(Ok)).expect("written")
    }

    fn find(run: &mut Run, key: u64) -> Vec<u32> {
        let mut found = Vec::new();
        run.find(key, &mut found).expect("read");
        found.sort_unstable();
        found
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        for count in [0, 1, 339, 340, 341, 20_000] {
            let entries = (0..count).map(|n| (mix(u64::from(n)), n)).collect();
            let mut run = run(folder.path(), entries);
            for n in 0..count {
                assert_eq!(find(&mut run, mix(u64::from(n))), [n]);
            }
            for n in count..count + 500 {
                assert!(find(&mut run, mix(u64::from(n))).is_empty());
            }
            for key in [1, u64::MAX] {
                assert!(find(&mut run, key).is_empty());
            }
        }
    }

    #[test]
    fn a_key_of_many_members_may_stand_on_many_pages() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut entries: Vec<Entry> = (0..5_000).map(|n| (mix(n), 0)).collect();
        let key = mix(77);
        entries.extend((1..2_000).map(|member| (key, member)));
        let mut run = run(folder.path(), entries);
        assert_eq!(find(&mut run, key), (0..2_000).collect::<Vec<_>>());
        assert_eq!(find(&mut run, mix(78)), [0]);
    }

    #[test]
    fn keys_that_are_no_hashes_are_found_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let entries = (0..10_000).map(|n| (u64::from(n) * n as u64, n));
        let mut run = run(folder.path(), entries.collect());
        for n in 0..10_000 {
            assert_eq!(find(&mut run, u64::from(n) * u64::from(n)), [n]);
        }
        assert!(find(&mut run, 2).is_empty());
    }

    #[test]
    fn merged_runs_hold_what_each_held() {
        let folder = tempfile::tempdir().expect("a folder");
        let runs = (0..4).map(|r| {
            let entries = (0..1_000).map(|n| (mix(n), r)).collect();
            run(folder.path(), entries)
        });
        let runs = runs.collect();
        let mut run = Run::merge(folder.path(), runs).expect("merged");
        for n in 0..1_000 {
            assert_eq!(find(&mut run, mix(n)), [0, 1, 2, 3]);
        }
    }
}
