//! From the key of a band to the members that have it.
//!
//! The entries gather in a table in memory. When it is full it becomes a
//! sorted run on the disk; eight runs of one level become one of the next.
//! Each run has a filter, so that mostly those are read that have the key.

use super::run::Run;
use super::table::Table;
use std::io::Result;
use std::path::PathBuf;

/// Runs of a level that are merged.
const FAN_IN: usize = 8;

/// The keys of all members.
pub(super) struct Index {
    folder: PathBuf,
    fresh: Table,
    /// Bytes of all.
    memory: usize,
    /// Bytes of the filters of all runs together.
    filter_bytes: usize,
    levels: Vec<Vec<Run>>,
}

impl Index {
    /// An empty index that keeps about `memory` bytes at most, and what is
    /// more in files in `folder`.
    pub(super) fn new(folder: PathBuf, memory: usize) -> Self {
        // The filter of a run takes a tenth of what the table took.
        let filter_bytes = memory / 8;
        Self {
            folder,
            fresh: Table::new(memory - filter_bytes),
            memory,
            filter_bytes,
            levels: Vec::new(),
        }
    }

    /// Adds a member to a key.
    pub(super) fn insert(&mut self, key: u32, member: u32) -> Result<()> {
        if self.fresh.is_full() {
            self.spill()?;
        }
        self.fresh.insert(key, member);
        Ok(())
    }

    /// Says of each member that has one of the keys which key it is.
    pub(super) fn find<const N: usize>(
        &mut self,
        keys: &[u32; N],
        mut found: impl FnMut(usize, u32),
    ) -> Result<()> {
        self.fresh.find(keys, &mut found);
        for run in self.levels.iter_mut().flatten() {
            for (i, key) in keys.iter().enumerate() {
                run.find(*key, |member| found(i, member))?;
            }
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        let (count, room) = (self.fresh.len(), self.room_for_filter());
        let sorted = self.fresh.drain().map(Ok);
        let mut run = Run::write(&self.folder, count, sorted, room)?;
        if self.levels.is_empty() {
            // From now on most is in the runs, and a search that a filter
            // does not end reads a page of each.
            self.filter_bytes = self.memory / 16 * 9;
            self.fresh.shrink(self.memory - self.filter_bytes);
        }
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(run);
            if self.levels[level].len() < FAN_IN {
                break;
            }
            let full = std::mem::take(&mut self.levels[level]);
            run = Run::merge(&self.folder, full, self.room_for_filter())?;
        }
        Ok(())
    }

    /// Bytes that the filter of a further run may take.
    fn room_for_filter(&self) -> usize {
        let runs = self.levels.iter().flatten();
        let taken: usize = runs.map(Run::filter_bytes).sum();
        self.filter_bytes.saturating_sub(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::mix;

    fn key(n: u32) -> u32 {
        mix(u64::from(n)) as u32
    }

    #[test]
    fn all_entries_are_found_in_memory_and_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut index = Index::new(folder.path().to_owned(), 16 << 10);
        let count = 60_000;
        for n in 0..count {
            index.insert(key(n % (count / 2)), n).expect("room");
        }
        assert!(index.levels.len() > 1);
        for n in 0..count / 2 {
            let mut found = Vec::new();
            index.find(&[key(n)], |_, m| found.push(m)).expect("read");
            found.sort_unstable();
            // Two numbers may have one key of 32 bits.
            assert!(found.contains(&n) && found.contains(&(n + count / 2)));
            assert!(found.len() <= 4);
        }
        let mut found = 0;
        for n in count..2 * count {
            index.find(&[key(n)], |_, _| found += 1).expect("read");
        }
        assert!(found < 100, "{found}");
    }

    #[test]
    fn little_stays_in_memory() {
        let mut index = Index::new(PathBuf::from("nowhere"), 1 << 20);
        for n in 0..1_000 {
            index.insert(key(n), 1).expect("no file is needed");
        }
        assert!(index.levels.is_empty());
    }
}
