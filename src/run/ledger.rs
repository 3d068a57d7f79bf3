//! What an unfinished run has promised: how far it is in its input, and how
//! long each of its files was then. Written whole, under another name, and
//! renamed, so that it is never half a ledger.

use super::writer;
use crate::error::{Error, Result};
use crate::pipeline::Stats;
use crate::report::Tally;
use crate::reposts::Mark;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The version of the ledger.
const SCHEMA: &str = "vanban.ledger/1";

/// What decides the bytes of the output, by a name for people.
pub type Request = BTreeMap<String, String>;

/// A ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    schema: String,
    /// What the run was asked.
    pub asked: Request,
    /// How far it is.
    pub state: State,
    /// The files of a run that is over, as they are and as they shall be.
    pub done: Option<Vec<(PathBuf, PathBuf)>>,
}

/// How far a run is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// Documents of the input that are done, in its order.
    pub documents: u64,
    /// Records written.
    pub written: u64,
    /// Documents that were left out by a condition or a sample.
    pub left_out: u64,
    /// What was counted.
    pub stats: Stats,
    /// What the report says.
    pub tally: Tally,
    /// How far the search for reposts is, if it was asked for.
    #[serde(default)]
    pub reposts: Option<Mark>,
    /// The outputs.
    pub outputs: Vec<writer::State>,
}

impl Ledger {
    /// The ledger of a run that begins.
    pub fn new(asked: Request) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            asked,
            state: State::default(),
            done: None,
        }
    }

    /// Reads the ledger of an interrupted run; `None` if there is none.
    pub fn read(file: &Path) -> Result<Option<Self>> {
        let unusable = |reason: String| {
            Error::Usage(format!(
                "the ledger `{}` cannot be used ({reason}); begin anew with --restart",
                file.display()
            ))
        };
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(unusable(e.to_string())),
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(ledger) if ledger.schema == SCHEMA => Ok(Some(ledger)),
            Ok(ledger) => Err(unusable(format!("it is {}", ledger.schema))),
            Err(error) => Err(unusable(error.to_string())),
        }
    }

    /// Writes it so that it outlasts a crash.
    pub fn write(&self, file: &Path) -> Result<()> {
        let failed = |cause| Error::Write { path: file.to_owned(), cause };
        self.write_plainly(file).map_err(failed)
    }

    fn write_plainly(&self, file: &Path) -> io::Result<()> {
        let new = file.with_extension("new");
        let mut out = File::create(&new)?;
        out.write_all(&serde_json::to_vec(self)?)?;
        out.sync_data()?;
        fs::rename(&new, file)?;
        sync_folder(file)
    }

    /// Refuses to go on with another request than the run was begun with.
    pub fn check(&self, asked: &Request) -> Result<()> {
        let mut names: Vec<&String> =
            self.asked.keys().chain(asked.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let value = |request: &Request, name: &str| {
            request.get(name).cloned().unwrap_or_else(|| "–".to_owned())
        };
        let other: Vec<String> = names
            .into_iter()
            .filter(|name| self.asked.get(*name) != asked.get(*name))
            .map(|name| {
                let (was, is) = (value(&self.asked, name), value(asked, name));
                format!("{name}: `{was}` then, `{is}` now")
            })
            .collect();
        if other.is_empty() {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "the interrupted run was asked something else ({}); ask the same, or begin anew with --restart",
            other.join("; ")
        )))
    }
}

/// Makes the names in the folder of `file` outlast a loss of power.
pub fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        // Not every system opens folders.
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("ledger");
        assert!(Ledger::read(&file).expect("no ledger").is_none());
        let asked = Request::from([("limit".into(), "3".into())]);
        let mut ledger = Ledger::new(asked.clone());
        ledger.state.documents = 7;
        ledger.write(&file).expect("written");
        let read = Ledger::read(&file).expect("read").expect("a ledger");
        assert_eq!(read.state.documents, 7);
        assert!(read.check(&asked).is_ok());
        let other = Request::from([("limit".into(), "4".into())]);
        let error = read.check(&other).expect_err("refused").to_string();
        assert!(error.contains("limit: `3` then, `4` now"), "{error}");
        fs::write(&file, "{").expect("written");
        assert!(Ledger::read(&file).is_err());
    }
}
