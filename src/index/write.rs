//! Entries into the index.
//!
//! An entry replaces the one with its id; one that is there unchanged is
//! passed over. What was committed stays, whatever happens to the program:
//! a commit is one file that gets its name when all else is on the disk.

use super::folder::Index;
use super::schema::{self, column};
use crate::wire::Entry;
use crate::{Error, Result};
use rustc_hash::FxHashMap as HashMap;
use std::num::NonZeroUsize;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, IndexWriter, Searcher, TERMINATED, TantivyError, Term};

/// How an index is written.
#[derive(Debug, Clone, Copy)]
pub struct WriteOptions {
    /// Threads that work at once.
    pub threads: NonZeroUsize,
    /// MiB of memory for what is not yet on the disk, for all threads.
    pub memory: usize,
    /// Entries from one commit to the next.
    pub commit_every: usize,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism()
                .unwrap_or(NonZeroUsize::MIN),
            memory: 256,
            commit_every: 100_000,
        }
    }
}

/// Least MiB for a thread, and most.
const LEAST: usize = 16;
const MOST: usize = 2048;

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Its id was not there before.
    New,
    /// It replaces one with its id.
    Replaced,
    /// It was there, and is the same.
    Unchanged,
}

/// The one writer of an index. What was added since the last commit is lost
/// if it is dropped without [`Writer::finish`].
pub struct Writer {
    index: Index,
    writer: IndexWriter,
    before: Searcher,
    /// Hashes by id of what was added since the last commit.
    fresh: HashMap<String, u64>,
    commit_every: usize,
}

impl Index {
    /// The writer; there is one at a time, in all programs together.
    pub fn writer(&self, options: &WriteOptions) -> Result<Writer> {
        let threads = options.threads.get().min(8);
        let threads = threads.min((options.memory / LEAST).max(1));
        let each = (options.memory / threads).clamp(LEAST, MOST) << 20;
        let writer = self
            .inner
            .writer_with_num_threads(threads, each * threads)
            .map_err(|error| self.refused(&error))?;
        Ok(Writer {
            before: self.searcher_now()?,
            index: self.clone(),
            writer,
            fresh: HashMap::default(),
            commit_every: options.commit_every.max(1),
        })
    }

    fn refused(&self, error: &TantivyError) -> Error {
        let reason = match error {
            TantivyError::LockFailure(..) => format!(
                "another vanban is writing to `{}`; wait until it is done",
                self.path.display()
            ),
            other => other.to_string(),
        };
        Error::Index { path: self.path.to_path_buf(), reason }
    }

    fn searcher_now(&self) -> Result<Searcher> {
        let reader = self
            .inner
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(8)
            .try_into()
            .map_err(|error: TantivyError| self.failed(&error))?;
        Ok(reader.searcher())
    }
}

impl Writer {
    /// Adds an entry, or puts it in the place of the one with its id.
    pub fn add(&mut self, entry: &Entry) -> Result<Added> {
        let (json, hash) = schema::stored(entry);
        let before = match self.fresh.get(&entry.id) {
            Some(hash) => Some(*hash),
            None => self.committed(&entry.id)?,
        };
        if before == Some(hash) {
            return Ok(Added::Unchanged);
        }
        if before.is_some() {
            let id = Term::from_field_text(self.index.fields.id, &entry.id);
            self.writer.delete_term(id);
        }
        let document = schema::document(&self.index.fields, entry, &json, hash);
        self.writer.add_document(document).map_err(|e| self.failed(&e))?;
        self.fresh.insert(entry.id.clone(), hash);
        if self.fresh.len() >= self.commit_every {
            self.commit()?;
        }
        Ok(match before {
            Some(_) => Added::Replaced,
            None => Added::New,
        })
    }

    /// Makes everything that was added so far lasting.
    pub fn commit(&mut self) -> Result<()> {
        self.writer.commit().map_err(|error| self.failed(&error))?;
        self.fresh.clear();
        self.before = self.index.searcher_now()?;
        Ok(())
    }

    /// Commits, and waits until parts that are being merged are.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        let Self { index, writer, .. } = self;
        writer.wait_merging_threads().map_err(|error| index.failed(&error))
    }

    /// The hash of what was committed under an id.
    fn committed(&self, id: &str) -> Result<Option<u64>> {
        let term = Term::from_field_text(self.index.fields.id, id);
        for segment in self.before.segment_readers() {
            let found = || -> tantivy::Result<Option<u64>> {
                let ids = segment.inverted_index(self.index.fields.id)?;
                let option = IndexRecordOption::Basic;
                let Some(mut docs) = ids.read_postings(&term, option)? else {
                    return Ok(None);
                };
                let hashes = segment.fast_fields().u64(column::HASH)?;
                while docs.doc() != TERMINATED {
                    if !segment.is_deleted(docs.doc()) {
                        return Ok(hashes.first(docs.doc()));
                    }
                    docs.advance();
                }
                Ok(None)
            };
            if let Some(hash) = found().map_err(|e| self.failed(&e))? {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }

    /// What went wrong; a full disk shows in many ways.
    fn failed(&self, error: &TantivyError) -> Error {
        let reason = format!(
            "cannot be written: {error}; what was committed before is kept, the same command goes on"
        );
        Error::Index { path: self.index.path.to_path_buf(), reason }
    }
}
