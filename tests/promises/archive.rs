//! Reading: units that lie where they say, documents with words, blocks in
//! range, plain errors.

use std::ops::Range;
use vanban::archive::{Container, Encoding, RawDocument, ReadOptions, Unit};
use vanban::{Error, Result};

/// What the first two bytes of an input choose: `@0` is the usual way.
pub struct Choice {
    /// Stands for the path.
    pub name: &'static str,
    /// What the bytes are said to be.
    pub container: Option<Container>,
    /// How they are read.
    pub options: ReadOptions,
    /// Go on to the record.
    pub whole: bool,
}

impl Choice {
    /// Takes the choice off an input.
    pub fn take(input: &[u8]) -> (Self, &[u8]) {
        let [first, second, rest @ ..] = input else {
            return Self::take(b"@0");
        };
        let (name, container) = match first & 7 {
            0 => ("stdin", None),
            1 => ("stdin", Some(Container::Text)),
            2 => ("stdin", Some(Container::Html)),
            3 => ("stdin", Some(Container::JsonLines)),
            4 => ("stdin", Some(Container::Json)),
            5 => ("tin.html", None),
            6 => ("tin.json", None),
            _ => ("tin.txt", None),
        };
        let bit = |i: u8| first >> i & 1 == 1;
        let encoding = usize::from(second & 15).checked_sub(1);
        let mut options = ReadOptions {
            encoding: encoding.and_then(|i| Encoding::ALL.get(i)).copied(),
            fast_html: bit(3),
            keep_fields: bit(3),
            ..ReadOptions::default()
        };
        if bit(5) {
            options.max_bytes = 1_000;
        }
        (Self { name, container, options, whole: bit(4) }, rest)
    }
}

/// Units are numbered and lie where they say.
pub fn units_hold(units: &[Result<Unit>], bytes: &[u8], longest: u64) {
    let mut next = 0;
    for unit in units {
        let unit = match unit {
            Ok(unit) => unit,
            Err(error) => {
                next += refused(error, next);
                continue;
            }
        };
        assert!(unit.bytes.len() as u64 <= longest);
        if let Some(record) = unit.record {
            assert_eq!(record, next, "records are counted");
            next += 1;
        }
        if let (Some(offset), Some(length)) = (unit.offset, unit.length) {
            let end = offset + length;
            assert!(end <= bytes.len() as u64, "{offset}+{length}");
        }
    }
}

/// An error names its place and says something; returns how many records it
/// stands for.
fn refused(error: &Error, next: u64) -> u64 {
    let Error::Document { path, record, reason, .. } = error else {
        panic!("{error}")
    };
    assert!(!path.as_os_str().is_empty() && !reason.is_empty());
    if let Some(record) = record {
        assert_eq!(*record, next, "records are counted");
    }
    u64::from(record.is_some())
}

/// What is promised of one document, or of its error.
pub fn document_holds(document: &Result<RawDocument>, length: usize) {
    let document = match document {
        Ok(document) => document,
        Err(Error::Document { reason, .. }) => {
            assert!(!reason.is_empty());
            return;
        }
        Err(error) => panic!("{error}"),
    };
    assert!(!document.text.trim().is_empty(), "a document without words");
    assert_eq!(document.sha256.len(), 64);
    assert!(!document.encoding.is_empty());
    let count = document.text.chars().count();
    let within = |range: &Range<usize>, all: usize| {
        assert!(range.start <= range.end && range.end <= all, "{range:?}");
    };
    let mut at = 0;
    for block in &document.blocks {
        within(&block.text, count);
        within(&block.bytes, length);
        assert!(block.text.start >= at, "blocks follow each other");
        at = block.text.end;
    }
    if let Some(headline) = &document.headline {
        within(headline, count);
        assert!(!headline.is_empty());
    }
}
