//! The formats of a run's output.

use super::{json, table};
use crate::record::Record;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// One JSON array.
    Json,
    /// A table with one row a document.
    Csv,
}

impl Format {
    /// One record, without what stands around it.
    pub fn render(self, record: &Record) -> Vec<u8> {
        match self {
            Self::Ndjson => json::line(record),
            Self::Json => json::compact(record),
            Self::Csv => table::row(record),
        }
    }

    /// What stands before the first record.
    pub fn head(self) -> Vec<u8> {
        match self {
            Self::Ndjson => Vec::new(),
            Self::Json => b"[".to_vec(),
            Self::Csv => table::head(),
        }
    }

    /// What stands before a record; `first` if none came before it.
    pub fn between(self, first: bool) -> &'static [u8] {
        match (self, first) {
            (Self::Json, true) => b"\n",
            (Self::Json, false) => b",\n",
            _ => b"",
        }
    }

    /// What stands after the last record.
    pub fn tail(self, empty: bool) -> &'static [u8] {
        match (self, empty) {
            (Self::Json, true) => b"]\n",
            (Self::Json, false) => b"\n]\n",
            _ => b"",
        }
    }
}
