//! What tells one document from all others before any work is done on it.

use crate::archive::Unit;
use crate::error::{Error, Result};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// What is known of a document before any work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its number in the run, from 0.
    pub number: u64,
    /// Stands for its place and its bytes: the same document at the same
    /// place has the same key in every run, and no other has it.
    pub key: u128,
    /// Stands for its bytes alone; 0 if there are none.
    pub content: u64,
    /// Bytes of input.
    pub bytes: usize,
    /// Path of the file it lies in, as given, with the member of an archive
    /// behind `#`.
    pub path: String,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
}

impl Ticket {
    pub(super) fn of(number: u64, unit: &Result<Unit>) -> Self {
        match unit {
            Ok(unit) => {
                let path = match &unit.member {
                    Some(member) => format!("{}#{member}", unit.path),
                    None => unit.path.clone(),
                };
                // Hashed apart: all at once is faster than piece by piece.
                let mut all = Vec::with_capacity(path.len() + 48);
                all.extend_from_slice(path.as_bytes());
                all.push(0);
                for part in [unit.record, unit.offset, unit.length] {
                    let part = part.unwrap_or(u64::MAX);
                    all.extend_from_slice(&part.to_le_bytes());
                }
                let content = xxh3_128(&unit.bytes);
                all.extend_from_slice(&content.to_le_bytes());
                Self {
                    number,
                    key: xxh3_128(&all),
                    content: content as u64,
                    bytes: unit.bytes.len(),
                    path,
                    record: unit.record,
                }
            }
            Err(error) => {
                let mut hash = Xxh3::new();
                hash.update(b"\xff");
                hash.update(error.to_string().as_bytes());
                let (path, record) = match error {
                    Error::Read { path, .. } | Error::Write { path, .. } => {
                        (path.to_string_lossy().into_owned(), None)
                    }
                    Error::Document { path, record, offset, .. } => {
                        let at = offset.unwrap_or(u64::MAX);
                        hash.update(&at.to_le_bytes());
                        (path.to_string_lossy().into_owned(), *record)
                    }
                    _ => (String::new(), None),
                };
                Self {
                    number,
                    key: hash.digest128(),
                    content: 0,
                    bytes: 0,
                    path,
                    record,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ReadOptions, units_from_reader};

    fn tickets(path: &str, lines: &str) -> Vec<Ticket> {
        let options = ReadOptions::default();
        let container = Some(crate::archive::Container::JsonLines);
        units_from_reader(path, lines.as_bytes(), container, &options)
            .enumerate()
            .map(|(i, unit)| Ticket::of(i as u64, &unit))
            .collect()
    }

    #[test]
    fn a_key_stands_for_place_and_bytes() {
        let both = "{\"text\":\"a\"}\n{\"text\":\"a\"}\n";
        let (here, there) = (tickets("a", both), tickets("b", both));
        assert_eq!(here[0].content, here[1].content);
        assert_eq!(here[0].content, there[0].content);
        assert_ne!(here[0].key, here[1].key);
        assert_ne!(here[0].key, there[0].key);
        assert_eq!(here, tickets("a", both));
        let other = tickets("a", "{\"text\":\"b\"}\n");
        assert_ne!(here[0].key, other[0].key);
    }
}
