//! From the key of a band to the members that have it.
//!
//! New entries gather in a table in memory. When it is full it becomes a
//! sorted run on the disk; eight runs of one level become one of the next. A
//! filter knows of most keys that no run has them, and each run has one of
//! its own, so that only those are read that have the key.

use super::filter::Filter;
use super::run::{Entry, Run};
use hashbrown::HashTable;
use std::io::Result;
use std::path::PathBuf;

/// Runs of a level that are merged.
const FAN_IN: usize = 8;

/// The keys of all members.
pub(super) struct Index {
    folder: PathBuf,
    fresh: HashTable<Entry>,
    /// Entries that the table may hold.
    room: usize,
    filter: Filter,
    /// Bytes of the filter of all runs, and of their own together.
    filter_bytes: (usize, usize),
    levels: Vec<Vec<Run>>,
}

impl Index {
    /// An empty index that keeps about `memory` bytes at most, and what is
    /// more in files in `folder`.
    pub(super) fn new(folder: PathBuf, memory: usize) -> Self {
        // The table takes 17 bytes an entry and is sorted outside of itself,
        // at 16: it is the largest power of two that leaves a half to the
        // filter, filled to seven eighths.
        let half = memory / 2;
        let slots = (half / 33).max(64);
        let slots = 1_usize << slots.ilog2();
        Self {
            folder,
            fresh: HashTable::new(),
            room: slots / 8 * 7,
            filter: Filter::new(0),
            filter_bytes: ((memory - half) / 8 * 5, (memory - half) / 8 * 3),
            levels: Vec::new(),
        }
    }

    /// Adds a member to a key.
    pub(super) fn insert(&mut self, key: u64, member: u32) -> Result<()> {
        if self.fresh.len() == self.room {
            self.spill()?;
        }
        self.fresh.insert_unique(key, (key, member), |entry| entry.0);
        Ok(())
    }

    /// Adds the members of a key to `found`.
    pub(super) fn find(
        &mut self,
        key: u64,
        found: &mut Vec<u32>,
    ) -> Result<()> {
        let fresh = self.fresh.iter_hash(key);
        found.extend(fresh.filter(|e| e.0 == key).map(|e| e.1));
        if !self.levels.is_empty() && self.filter.may_hold(key) {
            for run in self.levels.iter_mut().flatten() {
                run.find(key, found)?;
            }
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        if self.levels.is_empty() {
            self.levels.push(Vec::new());
            self.filter = Filter::new(self.filter_bytes.0);
        }
        let mut entries: Vec<Entry> = self.fresh.drain().collect();
        entries.sort_unstable();
        for (key, _) in &entries {
            self.filter.insert(*key);
        }
        let (count, room) = (entries.len(), self.room_for_filter());
        let sorted = entries.into_iter().map(Ok);
        let mut run = Run::write(&self.folder, count, sorted, room)?;
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
        self.filter_bytes.1.saturating_sub(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::mix;

    #[test]
    fn all_entries_are_found_in_memory_and_on_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut index = Index::new(folder.path().to_owned(), 16 << 10);
        let count = 60_000;
        for n in 0..count {
            index.insert(mix(u64::from(n % (count / 2))), n).expect("room");
        }
        assert!(index.levels.len() > 2);
        for n in 0..count / 2 {
            let mut found = Vec::new();
            index.find(mix(u64::from(n)), &mut found).expect("read");
            found.sort_unstable();
            assert_eq!(found, [n, n + count / 2]);
        }
        let mut found = Vec::new();
        for n in count..2 * count {
            index.find(mix(u64::from(n)), &mut found).expect("read");
        }
        assert!(found.is_empty());
    }

    #[test]
    fn little_stays_in_memory() {
        let mut index = Index::new(PathBuf::from("nowhere"), 1 << 20);
        for n in 0..1_000 {
            index.insert(mix(n), 1).expect("no file is needed");
        }
        assert!(index.levels.is_empty());
    }
}
