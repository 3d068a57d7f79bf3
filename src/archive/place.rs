//! A document by its place: `FILE`, or `FILE#…` for one inside a file.

use super::Unit;
use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// Where one document is to be found.
///
/// Behind `#` stands a byte offset or an index (`crawl.warc.gz#1234`; the
/// record that begins at that byte, or else the one with that index), one of
/// them by name (`tin.jsonl#record=4`, `tin.jsonl#offset=1234`), the name of
/// a member (`tin.zip#2021/a.html`), or a member and a place in it
/// (`tin.zip#tin.jsonl#4`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// What stands behind `#`.
    pub inside: Option<String>,
}

impl Place {
    /// Takes a place apart: the longest part that is a file, and the rest.
    /// `None` if no part is one.
    pub fn find(place: &Path) -> Option<Self> {
        let whole = |file: &Path| Self { file: file.to_owned(), inside: None };
        if place.exists() {
            return Some(whole(place));
        }
        let name = place.to_str()?;
        let parts = name.rmatch_indices('#').map(|(at, _)| name.split_at(at));
        let mut parts = parts.filter(|(file, _)| !file.is_empty());
        parts.find(|(file, _)| Path::new(file).exists()).map(|(file, rest)| {
            Self { inside: Some(rest[1..].to_owned()), ..whole(file.as_ref()) }
        })
    }

    /// Whether a document, or the failure of one, lies at this place.
    pub fn holds(&self, unit: &Result<Unit>) -> bool {
        let Some(wanted) = &self.inside else { return true };
        match unit {
            Ok(unit) => matches(
                wanted,
                unit.member.as_deref(),
                unit.record,
                unit.offset,
            ),
            Err(Error::Document { path, record, offset, .. }) => {
                let path = path.to_string_lossy();
                let file = self.file.to_string_lossy();
                let member = path.strip_prefix(&*file);
                let member = member.and_then(|m| m.strip_prefix('#'));
                // An archive that cannot be opened holds nothing.
                (member.is_none() && record.is_none() && offset.is_none())
                    || matches(wanted, member, *record, *offset)
            }
            Err(_) => true,
        }
    }
}

fn matches(
    wanted: &str,
    member: Option<&str>,
    record: Option<u64>,
    offset: Option<u64>,
) -> bool {
    let wanted = match member {
        None => wanted,
        Some(member) => match wanted.strip_prefix(member) {
            Some("") => return true,
            Some(rest) => match rest.strip_prefix('#') {
                Some(rest) => rest,
                None => return false,
            },
            None => return false,
        },
    };
    let number = |text: &str| text.parse::<u64>().ok();
    match wanted.split_once('=') {
        Some(("record", index)) => record.is_some() && record == number(index),
        Some(("offset", at)) => offset.is_some() && offset == number(at),
        Some(_) => false,
        None => {
            let number = number(wanted);
            number.is_some() && (number == offset || number == record)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_offset_or_else_an_index() {
        assert!(matches("0", None, Some(0), Some(0)));
        assert!(matches("77", None, Some(3), Some(77)));
        assert!(matches("3", None, Some(3), Some(77)));
        assert!(!matches("4", None, Some(3), Some(77)));
        assert!(!matches("3", None, None, None));
        assert!(matches("record=3", None, Some(3), Some(77)));
        assert!(!matches("record=77", None, Some(3), Some(77)));
        assert!(matches("offset=77", None, Some(3), Some(77)));
        assert!(!matches("offset=3", None, Some(3), Some(77)));
        assert!(!matches("record=x", None, None, None));
    }

    #[test]
    fn members_come_first() {
        let member = Some("a/b.jsonl");
        assert!(matches("a/b.jsonl", member, Some(3), Some(77)));
        assert!(matches("a/b.jsonl#3", member, Some(3), Some(77)));
        assert!(!matches("a/b.jsonl#4", member, Some(3), Some(77)));
        assert!(!matches("3", member, Some(3), Some(77)));
        assert!(!matches("a/b.json", member, None, None));
        assert!(matches("a#b", Some("a#b"), None, None));
    }
}
