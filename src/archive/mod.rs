//! Bytes to raw documents: what lies on disk, recognized, decoded, opened.
//!
//! Two halves. [`units`] is sequential and cheap: it walks folders, recognizes
//! what each file is and cuts it into one [`Unit`] of raw bytes a document.
//! [`decode()`] is costly and independent for every unit: encoding, JSON, HTML
//! to text. A pipeline runs the second half on as many threads as it likes;
//! [`open`] simply does one after the other.
//!
//! A container format is one file beside this one with a `cut` function, and
//! one line in `source`.
//!
//! ```
//! use vanban::archive::{ReadOptions, open_reader};
//!
//! let options = ReadOptions::default();
//! let lines = "{\"text\": \"Ngày 1/10, UBND tỉnh ban hành Kế hoạch.\"}\n";
//! let documents: Vec<_> =
//!     open_reader("stdin", lines.as_bytes(), None, &options).collect();
//! let first = documents[0].as_ref().unwrap();
//! assert_eq!(first.text, "Ngày 1/10, UBND tỉnh ban hành Kế hoạch.");
//! assert_eq!(first.record, Some(0));
//! ```

mod csv;
mod decode;
mod encoding;
mod fields;
mod glance;
mod heard;
mod html;
mod http;
mod json;
mod jsonl;
mod parquet;
mod place;
mod recognize;
mod rewind;
mod source;
mod tar;
mod unpack;
mod walk;
mod warc;
mod whole;
mod zip;

#[cfg(test)]
mod container_tests;
#[cfg(test)]
mod tests;

pub use csv::Columns;
pub use decode::decode;
pub use encoding::Encoding;
pub use heard::Heard;
pub use http::Coding;
pub use place::Place;
pub use recognize::Container;

use crate::Result;
use serde_json::{Map, Value};
use std::io::BufRead;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// One document as read from an archive, before any extraction.
#[derive(Debug, Clone, Default)]
pub struct RawDocument {
    /// Path as given.
    pub path: String,
    /// Where inside the file, for members of archives: their names, joined by
    /// `#`.
    pub member: Option<String>,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
    /// Byte offset inside the container.
    pub offset: Option<u64>,
    /// Byte length inside the container.
    pub length: Option<u64>,
    /// Address it was fetched from, if the container or the page says.
    pub url: Option<String>,
    /// Headline, if metadata gives one apart from the text.
    pub title: Option<String>,
    /// Publication date as the metadata writes it.
    pub date: Option<String>,
    /// SHA-256 of the raw bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Encoding that the bytes were read in (`utf-8`, `tcvn3`, …).
    pub encoding: String,
    /// The text as read: decoded, HTML reduced to text.
    pub text: String,
    /// For HTML: which bytes of the archived page each paragraph came from.
    pub blocks: Vec<Block>,
    /// For HTML: where the headline stands in the text, in code points.
    pub headline: Option<Range<usize>>,
    /// Other columns of the container, if asked for.
    pub fields: Map<String, Value>,
    /// What was doubtful while reading, in plain words.
    pub notes: Vec<String>,
}

/// A paragraph of the text and its bytes in the page as archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Code points of [`RawDocument::text`].
    pub text: Range<usize>,
    /// Bytes of the page as archived.
    pub bytes: Range<usize>,
}

/// The raw bytes of one document and where they lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Path as given.
    pub path: String,
    /// Where inside the file, for members of archives: their names, joined by
    /// `#`.
    pub member: Option<String>,
    /// Index inside a container, from 0; `None` for a file that is one
    /// document.
    pub record: Option<u64>,
    /// Byte offset inside the container.
    pub offset: Option<u64>,
    /// Byte length inside the container.
    pub length: Option<u64>,
    /// What the bytes are.
    pub format: Format,
    /// Encoding that the container states, if it does.
    pub encoding: Option<Encoding>,
    /// Address that the container states, if it does.
    pub url: Option<String>,
    /// The document as archived.
    pub bytes: Vec<u8>,
    /// What was done to the bytes on their way over the network, in the order
    /// in which it is undone.
    pub codings: Vec<Coding>,
    /// The columns, if the document is a row of a table.
    pub columns: Option<Arc<Columns>>,
    /// Other columns of the container, if asked for.
    pub fields: Map<String, Value>,
    /// What was doubtful on the way to the bytes.
    pub notes: Vec<String>,
}

/// What the bytes of one document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// An HTML page or fragment.
    Html,
    /// One JSON object with the text in a field.
    Json,
    /// One row of a table with the text in a column.
    Row,
}

/// How archives are read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Encoding to read in, whatever the bytes look like.
    pub encoding: Option<Encoding>,
    /// Column of the text; by default the first that a table of usual names
    /// knows. A dot goes into an object: `article.body`.
    pub text_field: Option<String>,
    /// Column of the headline.
    pub title_field: Option<String>,
    /// Column of the publication date.
    pub date_field: Option<String>,
    /// Column of the address.
    pub url_field: Option<String>,
    /// Keep the other columns in [`RawDocument::fields`].
    pub keep_fields: bool,
    /// Whoever makes a record of a page keeps [`RawDocument::blocks`] too.
    pub keep_blocks: bool,
    /// Longest document, in bytes; longer ones are reported, not read.
    pub max_bytes: u64,
    /// How many times its size something packed may unpack to; what goes
    /// further is reported, not read.
    pub max_ratio: u64,
    /// How deep containers may lie in each other.
    pub max_depth: u32,
    /// Reduce HTML by the quick linear pass alone.
    pub fast_html: bool,
    /// What is heard of the archives while they are read; clones share it.
    pub heard: Arc<Heard>,
}

/// Longest document that is read unless asked otherwise: 32 MiB.
pub const MAX_BYTES: u64 = 32 << 20;

/// How many times its size something packed may unpack to, unless asked
/// otherwise. Small pieces are let through whatever they unpack to.
pub const MAX_RATIO: u64 = 1_000;

/// How deep containers may lie in each other unless asked otherwise.
pub const MAX_DEPTH: u32 = 6;

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            encoding: None,
            text_field: None,
            title_field: None,
            date_field: None,
            url_field: None,
            keep_fields: false,
            keep_blocks: false,
            max_bytes: MAX_BYTES,
            max_ratio: MAX_RATIO,
            max_depth: MAX_DEPTH,
            fast_html: false,
            heard: Arc::default(),
        }
    }
}

/// Documents of a file or folder, in order; a document that cannot be read is
/// an error item and the rest goes on.
pub fn open(
    path: impl AsRef<Path>,
    options: &ReadOptions,
) -> Documents<'static> {
    Documents { units: units(path, options), options: options.clone() }
}

/// Documents of a stream such as standard input; `name` stands for its path.
pub fn open_reader<'r>(
    name: &str,
    reader: impl BufRead + Send + 'r,
    container: Option<Container>,
    options: &ReadOptions,
) -> Documents<'r> {
    let units = units_from_reader(name, reader, container, options);
    Documents { units, options: options.clone() }
}

/// The documents of an archive, in order, each decoded when it is asked for.
pub struct Documents<'r> {
    units: Units<'r>,
    options: ReadOptions,
}

impl Iterator for Documents<'_> {
    type Item = Result<RawDocument>;

    fn next(&mut self) -> Option<Self::Item> {
        let unit = self.units.next()?;
        Some(unit.and_then(|unit| decode(unit, &self.options)))
    }
}

/// Raw documents of a file or folder, in order: folders recursively, names
/// sorted by their bytes.
pub fn units(path: impl AsRef<Path>, options: &ReadOptions) -> Units<'static> {
    Units(walk::cut(path.as_ref(), options))
}

/// Raw documents of a stream; without `container` its content decides.
pub fn units_from_reader<'r>(
    name: &str,
    reader: impl BufRead + Send + 'r,
    container: Option<Container>,
    options: &ReadOptions,
) -> Units<'r> {
    let source =
        source::Source::new(name, Box::new(reader), container, options);
    Units(source::cut(source))
}

/// The raw documents of an archive, in order.
pub struct Units<'r>(source::Cut<'r>);

impl Iterator for Units<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}
