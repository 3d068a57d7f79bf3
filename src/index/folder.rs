//! The folder of an index: what stands in it, and whose it is.

use super::meanings;
use super::schema::{self, Fields};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::MmapDirectory;

/// Version of the index; an index of another is made again.
const FORMAT: &str = "vanban.index/1";

/// Name of the file that says what the index is.
const STAMP: &str = "vanban-index.json";

/// Documents from which on several threads search at once.
const MANY: u64 = 50_000;

/// What the index is.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
struct Stamp {
    format: String,
    /// Of the tables of wordings, whose meanings are indexed.
    tables: String,
}

impl Stamp {
    fn now() -> Self {
        let tables = meanings::all().stamp();
        Self { format: FORMAT.to_owned(), tables: format!("{tables:016x}") }
    }
}

/// An index: entries that can be searched.
#[derive(Clone)]
pub struct Index {
    pub(super) inner: tantivy::Index,
    pub(super) fields: Fields,
    pub(super) path: Arc<Path>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "Index({})", self.path.display())
    }
}

impl Index {
    /// An index that lives in memory, for tests and small things.
    pub fn in_memory() -> Self {
        let (schema, fields) = schema::schema();
        let inner = tantivy::Index::create_in_ram(schema);
        schema::register(&inner);
        Self { inner, fields, path: Path::new("memory").into() }
    }

    /// The index in a folder, to search it.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let path = folder.as_ref();
        let failed = |reason: &str| Error::Index {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        if !path.is_dir() {
            return Err(failed(
                "there is no such folder; make an index with `vanban index RECORDS --index DIR`",
            ));
        }
        check(path)?;
        if !path.join("meta.json").is_file() {
            return Err(failed(
                "the index was never finished; make it with `vanban index RECORDS --index DIR`",
            ));
        }
        Self::at(path)
    }

    /// The index in a folder, which is made if there is none, to write to it.
    pub fn create(folder: impl AsRef<Path>) -> Result<Self> {
        let path = folder.as_ref();
        let write = |cause| Error::Write { path: path.to_owned(), cause };
        fs::create_dir_all(path).map_err(write)?;
        if path.join(STAMP).is_file() {
            check(path)?;
        } else {
            let mut inside = fs::read_dir(path).map_err(write)?;
            if inside.any(|e| e.is_ok_and(|e| !is_draft(&e.path()))) {
                return Err(Error::Index {
                    path: path.to_owned(),
                    reason: "the folder holds other things; name a new folder for the index".to_owned(),
                });
            }
            stamp(path).map_err(write)?;
        }
        Self::at(path)
    }

    fn at(path: &Path) -> Result<Self> {
        let damaged = |error: tantivy::TantivyError| Error::Index {
            path: path.to_owned(),
            reason: format!(
                "the index cannot be opened ({error}); remove the folder and make it again"
            ),
        };
        let (schema, fields) = schema::schema();
        let directory =
            MmapDirectory::open(path).map_err(|e| damaged(e.into()))?;
        let inner = tantivy::Index::open_or_create(directory, schema)
            .map_err(damaged)?;
        schema::register(&inner);
        Ok(Self { inner, fields, path: path.into() })
    }

    /// How many documents there are, as last committed.
    pub fn len(&self) -> Result<u64> {
        let metas = self.inner.searchable_segment_metas();
        let metas = metas.map_err(|error| self.failed(&error))?;
        Ok(metas.iter().map(|meta| u64::from(meta.num_docs())).sum())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Lets several threads search a large index at once.
    pub(super) fn spread(&mut self) -> Result<()> {
        if self.len()? >= MANY {
            let threads = std::thread::available_parallelism()
                .map_or(1, std::num::NonZero::get);
            self.inner
                .set_multithread_executor(threads.min(4))
                .map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    pub(super) fn failed(&self, error: &tantivy::TantivyError) -> Error {
        Error::Index {
            path: self.path.to_path_buf(),
            reason: error.to_string(),
        }
    }
}

/// Whether the program may have left the file when it was killed.
fn is_draft(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        name.to_string_lossy().starts_with(&format!(".{STAMP}"))
    })
}

/// Whether the folder holds an index of this version.
fn check(path: &Path) -> Result<()> {
    let failed =
        |reason: String| Err(Error::Index { path: path.to_owned(), reason });
    let Ok(bytes) = fs::read(path.join(STAMP)) else {
        return failed(
            "this is no index; make one with `vanban index RECORDS --index DIR`"
                .to_owned(),
        );
    };
    let (now, then) = (Stamp::now(), serde_json::from_slice::<Stamp>(&bytes));
    match then {
        Ok(then) if then == now => Ok(()),
        Ok(then) if then.format == now.format => failed(
            "the index was made with other tables of abbreviations; remove the folder and make it again"
                .to_owned(),
        ),
        Ok(then) => failed(format!(
            "the index is {:?}, this program reads {:?}; remove the folder and make it again",
            then.format, now.format
        )),
        Err(_) => failed(format!(
            "`{STAMP}` in it is damaged; remove the folder and make the index again"
        )),
    }
}

/// Says what the folder is; the file is there whole or not at all.
fn stamp(path: &Path) -> std::io::Result<()> {
    let draft: PathBuf = path.join(format!(".{STAMP}.tmp"));
    let mut file = fs::File::create(&draft)?;
    let stamp = serde_json::to_vec(&Stamp::now())?;
    file.write_all(&stamp)?;
    file.sync_all()?;
    fs::rename(&draft, path.join(STAMP))
}
