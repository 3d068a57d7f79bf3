//! The one error of the library.

use std::path::PathBuf;

/// Why an archive, a document or an output could not be handled. Each message
/// names the place and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be opened or read.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// An output could not be written.
    #[error("cannot write {path}: {cause}")]
    Write {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A document inside an archive could not be turned into text.
    #[error("{path}{}: {reason}", record.map(|r| format!(", record {r}")).unwrap_or_default())]
    Document {
        /// The container's path as given.
        path: PathBuf,
        /// Index inside the container.
        record: Option<u64>,
        /// Byte offset inside the container.
        offset: Option<u64>,
        /// What is wrong and what to do about it, in plain words.
        reason: String,
    },
    /// An index could not be opened, searched or written.
    #[error("{path}: {reason}")]
    Index {
        /// The folder as given.
        path: PathBuf,
        /// What is wrong and what to do about it, in plain words.
        reason: String,
    },
    /// A request that makes no sense, with the remedy.
    #[error("{0}")]
    Usage(String),
}

/// Result with the library's error.
pub type Result<T> = std::result::Result<T, Error>;
