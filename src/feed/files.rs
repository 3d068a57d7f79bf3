//! Bulk data in a folder: settings first, then files of at most the size of
//! a request. Each appears when it is whole.

use super::batch::{Batch, Item};
use super::dialect::Dialect;
use super::send::Rejection;
use crate::Result;
use crate::error::Error;
use crate::wire::{AtomicFile, Entry};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file with the commands that load the others.
pub const SCRIPT: &str = "load.sh";

/// A folder that is written.
pub struct Files {
    dialect: Box<dyn Dialect>,
    folder: PathBuf,
    batch: Batch,
    limit: usize,
    written: Written,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Documents.
    pub documents: u64,
    /// Documents that are larger than a request may be.
    pub rejected: u64,
    /// Files of data.
    pub files: usize,
}

impl Files {
    /// Begins: makes the folder and writes the settings. A folder with files
    /// of an earlier run is refused, so that none of them is left among the
    /// new ones.
    pub fn create(
        dialect: Box<dyn Dialect>,
        folder: &Path,
        limit: usize,
    ) -> Result<Self> {
        let failed = |cause| Error::Write { path: folder.to_owned(), cause };
        fs::create_dir_all(folder).map_err(failed)?;
        if fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(Error::Usage(format!(
                "`{}` is not empty; name a new folder, so that no file of an earlier run is loaded with this one",
                folder.display()
            )));
        }
        for file in dialect.setup() {
            write(&folder.join(&file.name), &file.bytes)?;
        }
        let script = format!(
            "#!/bin/sh\nset -eu\ncd \"$(dirname \"$0\")\"\n{}\n",
            dialect.commands()
        );
        write(&folder.join(SCRIPT), script.as_bytes())?;
        let batch = Batch::new(dialect.frame(), limit);
        let folder = folder.to_owned();
        let written = Written::default();
        Ok(Self { dialect, folder, batch, limit, written })
    }

    /// Adds an entry; says so if it is too large to be sent at all.
    pub fn push(&mut self, entry: &Entry) -> Result<Option<Rejection>> {
        let item = self.dialect.item(entry);
        if !self.batch.fits(&item) {
            self.written.rejected += 1;
            return Ok(Some(Rejection::too_large(&item, self.limit)));
        }
        self.written.documents += 1;
        if let Some(full) = self.batch.push(item) {
            self.write(&full)?;
        }
        Ok(None)
    }

    /// Writes the rest.
    pub fn finish(mut self) -> Result<Written> {
        if let Some(rest) = self.batch.take() {
            self.write(&rest)?;
        }
        Ok(self.written)
    }

    fn write(&mut self, items: &[Item]) -> Result<()> {
        let name = self.dialect.data_name(self.written.files);
        self.written.files += 1;
        write(&self.folder.join(name), &self.batch.frame().body(items))
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || -> io::Result<()> {
        let mut file = AtomicFile::create(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().map_err(|cause| Error::Write { path: path.to_owned(), cause })
}
