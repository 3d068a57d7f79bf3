//! What a server has acknowledged, so that an interrupted run goes on there.

use crate::Result;
use crate::error::Error;
use crate::wire::AtomicFile;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// The version of the ledger.
const SCHEMA: &str = "vanban.feed/1";

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    schema: String,
    /// System, address and index.
    asked: Vec<String>,
    /// Documents, from the first on, that were taken or refused for good.
    pub acknowledged: u64,
    /// Of them, those that were refused.
    pub rejected: u64,
    /// Bytes of the file of refused documents.
    pub errors: u64,
    /// What tells these documents from others.
    digest: String,
}

/// The ledger of a run, and the file where it lies.
#[derive(Debug)]
pub struct Checkpoint {
    file: Option<PathBuf>,
    /// As it stood when the run began.
    begun: Ledger,
    asked: Vec<String>,
    seen: u64,
    digest: Digest,
}

/// A number for all documents so far.
#[derive(Clone)]
struct Digest(Xxh3);

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({})", self.hex())
    }
}

impl Digest {
    fn hex(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}

impl Ledger {
    fn new(asked: Vec<String>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            asked,
            acknowledged: 0,
            rejected: 0,
            errors: 0,
            digest: Digest(Xxh3::new()).hex(),
        }
    }
}

impl Checkpoint {
    /// A run that is asked for `asked`. With a `file`, it goes on where the
    /// one that left the file ended, unless it is told to `restart`.
    pub fn open(
        file: Option<&Path>,
        restart: bool,
        asked: Vec<String>,
    ) -> Result<Self> {
        let begun = match file {
            Some(file) if !restart => read(file, &asked)?,
            _ => None,
        };
        Ok(Self {
            file: file.map(Path::to_owned),
            begun: begun.unwrap_or_else(|| Ledger::new(asked.clone())),
            asked,
            seen: 0,
            digest: Digest(Xxh3::new()),
        })
    }

    /// What the run that it goes on with had done.
    pub fn begun(&self) -> &Ledger {
        &self.begun
    }

    /// Counts a document; whether it was acknowledged before.
    pub(super) fn passes(&mut self, bytes: &[u8]) -> Result<bool> {
        if self.file.is_none() {
            return Ok(false);
        }
        self.digest.0.update(bytes);
        self.seen += 1;
        if self.seen == self.begun.acknowledged
            && self.digest.hex() != self.begun.digest
        {
            return Err(self.changed("are not the same as then"));
        }
        Ok(self.seen <= self.begun.acknowledged)
    }

    /// The digest of all documents counted so far.
    pub(super) fn mark(&self) -> Option<Mark> {
        self.file.is_some().then(|| Mark(self.digest.hex()))
    }

    /// Writes down that `acknowledged` documents are done.
    pub(super) fn write(
        &self,
        acknowledged: u64,
        rejected: u64,
        errors: u64,
        mark: &Mark,
    ) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let ledger = Ledger {
            acknowledged,
            rejected,
            errors,
            digest: mark.0.clone(),
            ..Ledger::new(self.asked.clone())
        };
        let write = || -> io::Result<()> {
            let mut out = AtomicFile::create(file)?;
            out.write_all(&serde_json::to_vec(&ledger)?)?;
            out.write_all(b"\n")?;
            out.commit()
        };
        write().map_err(|cause| Error::Write { path: file.clone(), cause })
    }

    /// The run is over: refuses an input that ended too early, and takes the
    /// file away.
    pub(super) fn finish(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if self.seen < self.begun.acknowledged {
            return Err(self.changed("are fewer than then"));
        }
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::Write { path: file.clone(), cause: error })
            }
            _ => Ok(()),
        }
    }

    fn changed(&self, how: &str) -> Error {
        Error::Usage(format!(
            "the interrupted run had sent {} documents, and the first {} of this input {how}; give the same input, or begin anew with --restart (what was sent stays, and is written over by id)",
            self.begun.acknowledged, self.begun.acknowledged
        ))
    }
}

/// How far the digest was at a document.
#[derive(Debug, Clone)]
pub(super) struct Mark(String);

fn read(file: &Path, asked: &[String]) -> Result<Option<Ledger>> {
    let unusable = |reason: String| {
        Error::Usage(format!(
            "the checkpoint `{}` cannot be used ({reason}); begin anew with --restart",
            file.display()
        ))
    };
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unusable(e.to_string())),
    };
    let ledger: Ledger = serde_json::from_slice(&bytes)
        .map_err(|error| unusable(error.to_string()))?;
    if ledger.schema != SCHEMA {
        return Err(unusable(format!("it is {}", ledger.schema)));
    }
    if ledger.asked != asked {
        return Err(unusable(format!(
            "it is of another run: {} then, {} now",
            ledger.asked.join(" "),
            asked.join(" ")
        )));
    }
    Ok(Some(ledger))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Vec<String> {
        vec!["groonga".into(), "http://localhost".into(), "tin".into()]
    }

    #[test]
    fn a_run_goes_on_behind_what_was_acknowledged() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("feed.state");
        let open = |restart| Checkpoint::open(Some(&file), restart, asked());
        let mut first = open(false).expect("begun");
        assert!(!first.passes(b"a").expect("new"));
        assert!(!first.passes(b"b").expect("new"));
        let mark = first.mark().expect("a mark");
        first.write(2, 1, 7, &mark).expect("written");

        let mut second = open(false).expect("resumed");
        assert_eq!(second.begun().acknowledged, 2);
        assert!(second.passes(b"a").expect("known"));
        assert!(second.passes(b"b").expect("known"));
        assert!(!second.passes(b"c").expect("new"));
        second.finish().expect("done");
        assert!(!file.exists());
    }

    #[test]
    fn another_input_or_another_request_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("feed.state");
        let open = |asked| Checkpoint::open(Some(&file), false, asked);
        let mut first = open(asked()).expect("begun");
        first.passes(b"a").expect("new");
        let mark = first.mark().expect("a mark");
        first.write(1, 0, 0, &mark).expect("written");

        let mut other = open(asked()).expect("resumed");
        let error = other.passes(b"z").expect_err("refused").to_string();
        assert!(error.contains("not the same as then"), "{error}");
        let shorter = open(asked()).expect("resumed");
        assert!(shorter.finish().is_err());
        assert!(open(vec!["postgres".into()]).is_err());
        let anew = Checkpoint::open(Some(&file), true, vec!["x".into()]);
        assert_eq!(anew.expect("anew").begun().acknowledged, 0);
    }
}
