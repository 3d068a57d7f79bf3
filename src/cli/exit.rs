//! How the program ends.

use crate::Error;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// An end that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done.
    Done,
    /// 1: done, but some documents are in error or figures are too low.
    WithErrors,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::WithErrors => 1,
        })
    }
}

/// Why the program stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// What was asked cannot be done, and the remedy; exit code 2.
    Refused(String),
    /// The same in several lines, each harmless to a terminal.
    RefusedInLines(String),
    /// Whoever read the output has seen enough; exit code 0.
    BrokenPipe,
}

/// Result of a command.
pub(super) type Result<T> = std::result::Result<T, Stop>;

impl Stop {
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(message.into())
    }

    /// The error of writing to `place`.
    pub(super) fn writing(place: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Refused(format!("cannot write {place}: {}", plain(error)))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::writing("the output", &error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Write { path, cause } if path == Path::new("-") => {
                Self::writing("to standard output", &cause)
            }
            Error::Write { path, cause } => {
                Self::writing(&format!("`{}`", path.display()), &cause)
            }
            Error::Read { path, cause } => Self::Refused(format!(
                "cannot read `{}`: {}",
                path.display(),
                plain(&cause)
            )),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// What the system said, with the remedy where one is known.
pub(super) fn plain(error: &io::Error) -> String {
    use io::ErrorKind::*;
    let remedy = match error.kind() {
        NotFound => "there is no such file or folder; check the spelling",
        PermissionDenied => "permission denied; check who may use it",
        IsADirectory => "it is a folder; name a file in it",
        StorageFull => "the disk is full; make room or write elsewhere",
        ReadOnlyFilesystem => "the disk is read-only; write elsewhere",
        _ => return error.to_string(),
    };
    remedy.to_owned()
}
