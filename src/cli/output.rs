//! Where records go: standard output as they come, or a file that appears
//! when it is whole.

use super::exit::{Result, Stop};
use crate::wire::AtomicFile;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};

/// An open output.
pub(super) enum Output {
    Stdout(BufWriter<Stdout>),
    File(AtomicFile, PathBuf),
}

impl Output {
    /// Opens a file, or standard output for `None`.
    pub(super) fn open(path: Option<&Path>) -> Result<Self> {
        match path {
            None => Ok(Self::Stdout(BufWriter::with_capacity(
                64 << 10,
                io::stdout(),
            ))),
            Some(path) => match AtomicFile::create(path) {
                Ok(file) => Ok(Self::File(file, path.to_owned())),
                Err(error) => Err(Stop::writing(&name(Some(path)), &error)),
            },
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match self {
            Self::Stdout(out) => out.write_all(bytes).and_then(|()| {
                // A person is waiting, a program is not.
                if out.get_ref().is_terminal() { out.flush() } else { Ok(()) }
            }),
            Self::File(out, _) => out.write_all(bytes),
        };
        written.map_err(|error| self.stop(&error))
    }

    /// Writes the rest and gives a file its name.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => {
                out.flush().map_err(|e| Stop::writing(&name(None), &e))
            }
            Self::File(file, path) => {
                file.commit().map_err(|e| Stop::writing(&name(Some(&path)), &e))
            }
        }
    }

    fn stop(&self, error: &io::Error) -> Stop {
        Stop::writing(
            &match self {
                Self::Stdout(_) => name(None),
                Self::File(_, path) => name(Some(path)),
            },
            error,
        )
    }
}

fn name(path: Option<&Path>) -> String {
    path.map_or_else(
        || "to standard output".to_owned(),
        |path| format!("`{}`", path.display()),
    )
}
