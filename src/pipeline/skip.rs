//! Files that a run leaves out, as its own output from last time.

use crate::archive::Unit;
use crate::error::{Error, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The files, by name and by their one true path.
pub(super) struct Skip(Vec<(OsString, PathBuf)>);

impl Skip {
    /// Files that are not there need not be left out.
    pub(super) fn new(files: &[PathBuf]) -> Self {
        let there = files.iter().filter_map(|file| {
            let path = file.canonicalize().ok()?;
            Some((file.file_name()?.to_owned(), path))
        });
        Self(there.collect())
    }

    /// Whether a unit comes from one of the files.
    pub(super) fn holds(&self, unit: &Result<Unit>) -> bool {
        let path = match unit {
            _ if self.0.is_empty() => return false,
            Ok(unit) => Path::new(&unit.path),
            Err(Error::Read { path, .. } | Error::Document { path, .. }) => {
                path
            }
            Err(_) => return false,
        };
        // The name first: asking the system costs more.
        self.0.iter().any(|(name, file)| {
            path.file_name() == Some(name)
                && path.canonicalize().is_ok_and(|path| path == *file)
        })
    }
}
