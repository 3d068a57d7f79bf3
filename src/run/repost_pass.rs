//! Reposts on the way from the record to the outputs: a print is made where
//! the record is rendered, on any thread; its cluster is found and added
//! where it is written, in the order of the input.
//!
//! In a run that can be resumed, the members lie in the folder of the ledger,
//! which says how many of them its documents have left.

use crate::error::{Error, Result};
use crate::reposts::{Mark, Options, Print, Reposts};
use crate::wire::Format;
use std::path::{Path, PathBuf};

/// What is done about reposts.
#[derive(Debug, Clone)]
pub struct Reposting {
    /// Whether records name their cluster.
    pub mark: bool,
    /// Whether reposts are left out.
    pub dedupe: bool,
    /// Memory, and the folder for the rest. They do not change the records.
    pub options: Options,
}

/// What tells this from other requests.
impl std::fmt::Display for Reposting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (self.mark, self.dedupe) {
            (true, false) => "marked",
            (false, true) => "left out",
            (true, true) => "marked and left out",
            (false, false) => "looked for",
        })
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reposted {
    /// Records that were looked at.
    pub records: u64,
    /// Of these, reposts.
    pub reposts: u64,
}

impl From<Mark> for Reposted {
    fn from(mark: Mark) -> Self {
        Self { records: mark.documents, reposts: mark.reposts }
    }
}

/// The clusters of a run.
pub(super) struct Pass {
    asked: Reposting,
    reposts: Reposts,
    /// Where the members lie, if the run can be resumed.
    file: Option<PathBuf>,
}

impl Pass {
    /// Begins, or goes on behind `mark`.
    pub(super) fn open(
        asked: Reposting,
        file: Option<PathBuf>,
        mark: Option<Mark>,
    ) -> Result<Self> {
        let options = asked.options.clone();
        let reposts = match (&file, mark) {
            (Some(file), Some(mark)) => Reposts::resume(file, mark, options)
                .map_err(|error| unusable(file, error)),
            (Some(file), None) => Reposts::create(file, options),
            (None, _) => Ok(Reposts::new(options)),
        }?;
        Ok(Self { asked, reposts, file })
    }

    /// Adds the cluster to a record, as rendered in each format; says whether
    /// to write it.
    pub(super) fn settle<'l>(
        &mut self,
        print: &Print,
        lines: impl Iterator<Item = (Format, &'l mut Vec<u8>)>,
    ) -> Result<bool> {
        let repost =
            self.reposts.take(print).map_err(|error| self.failed(error))?;
        if self.asked.dedupe && repost.similarity.is_some() {
            return Ok(false);
        }
        if self.asked.mark {
            for (format, line) in lines {
                format.add_repost(line, &repost);
            }
        }
        Ok(true)
    }

    /// Makes what was found outlast a crash.
    pub(super) fn sync(&mut self) -> Result<Mark> {
        self.reposts.sync().map_err(|error| self.failed(error))
    }

    /// How far it is.
    pub(super) fn mark(&self) -> Mark {
        self.reposts.mark()
    }

    fn failed(&self, error: Error) -> Error {
        let Error::Write { path, cause } = error else { return error };
        let folder = match (&self.file, &self.asked.options.folder) {
            (Some(_), Some(folder)) => format!(" or `{}`", folder.display()),
            (Some(_), None) => {
                format!(" or `{}`", tempfile::env::temp_dir().display())
            }
            (None, _) => String::new(),
        };
        Error::Usage(format!(
            "cannot keep the reposts in `{}`{folder}: {cause}; make room there, name another folder with --temp-dir, or keep more in memory with --repost-memory",
            path.display()
        ))
    }
}

fn unusable(file: &Path, error: Error) -> Error {
    let reason = match error {
        Error::Write { cause, .. } => cause.to_string(),
        _ => "it is not what the run left".to_owned(),
    };
    Error::Usage(format!(
        "the reposts of the interrupted run in `{}` cannot be used ({reason}); begin anew with --restart",
        file.display()
    ))
}
