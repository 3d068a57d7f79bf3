//! The documents of an error file, to be done again alone.

use crate::error::{Error, Result};
use crate::pipeline::Ticket;
use crate::wire::ErrorRecord;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The documents that are to be done again.
#[derive(Debug, Default)]
pub struct Retry {
    /// Files in their order.
    paths: Vec<PathBuf>,
    /// The same, to be looked up.
    files: HashSet<String>,
    /// Indices by file; `None` is the whole file.
    records: HashMap<String, Option<HashSet<u64>>>,
}

impl Retry {
    /// Reads the error file of an earlier run.
    pub fn read(file: &Path) -> Result<Self> {
        let failed = |cause| Error::Read { path: file.to_owned(), cause };
        let lines = BufReader::new(File::open(file).map_err(failed)?).lines();
        let mut retry = Self::default();
        for (i, line) in lines.enumerate() {
            let line = line.map_err(failed)?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<ErrorRecord>(&line) {
                Ok(error) => retry.add(error),
                Err(error) => {
                    return Err(Error::Usage(format!(
                        "`{}`, line {}: no error record ({error}); give a file written by --errors",
                        file.display(),
                        i + 1
                    )));
                }
            }
        }
        if retry.records.contains_key("-") {
            return Err(Error::Usage(
                "some documents came from standard input, which cannot be read again; save it as a file and name that".to_owned(),
            ));
        }
        Ok(retry)
    }

    fn add(&mut self, error: ErrorRecord) {
        let file = file_of(&error.path);
        if self.files.insert(file.to_string_lossy().into_owned()) {
            self.paths.push(file);
        }
        let known = self
            .records
            .entry(error.path)
            .or_insert_with(|| Some(HashSet::new()));
        match (known, error.record) {
            (Some(records), Some(record)) => {
                records.insert(record);
            }
            // The file itself could not be read.
            (known, _) => *known = None,
        }
    }

    /// The files that hold them, each once.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Whether a document is one of them.
    pub fn wants(&self, ticket: &Ticket) -> bool {
        match self.records.get(&ticket.path) {
            Some(Some(records)) => {
                ticket.record.is_none_or(|record| records.contains(&record))
            }
            Some(None) => true,
            // What lies in a folder that could not be listed, but not the
            // other members of an archive.
            None => {
                let file = file_of(&ticket.path);
                !self.files.contains(&*file.to_string_lossy())
            }
        }
    }
}

/// The file of a place: what stands before a `#` may be a file, and what
/// stands behind it the name of a member.
fn file_of(place: &str) -> PathBuf {
    if !Path::new(place).exists() {
        let files = place.match_indices('#').map(|(at, _)| &place[..at]);
        for file in files {
            if Path::new(file).is_file() {
                return PathBuf::from(file);
            }
        }
    }
    PathBuf::from(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_failed_is_wanted() {
        let mut retry = Retry::default();
        for (path, record) in
            [("a.jsonl", Some(3)), ("a.jsonl", Some(5)), ("b.txt", None)]
        {
            retry.add(ErrorRecord::new(path, record, None, "r"));
        }
        assert_eq!(retry.paths().len(), 2);
        let wants = |path: &str, record| {
            retry.wants(&Ticket {
                number: 0,
                key: 0,
                content: 0,
                bytes: 0,
                path: path.into(),
                record,
            })
        };
        assert!(wants("a.jsonl", Some(3)) && !wants("a.jsonl", Some(4)));
        assert!(wants("b.txt", None) && wants("folder/c.txt", None));
    }

    #[test]
    fn a_member_lies_in_its_archive() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a#b.zip");
        std::fs::write(&path, "").expect("written");
        let name = path.to_string_lossy().into_owned();
        assert_eq!(file_of(&name), path);
        assert_eq!(file_of(&format!("{name}#tin/c.txt")), path);
        assert_eq!(file_of("gone#1"), Path::new("gone#1"));
    }
}
