//! Bytes to raw documents: what lies on disk, recognized, decoded, opened.

use serde_json::{Map, Value};
use std::ops::Range;

/// One document as read from an archive, before any extraction.
#[derive(Debug, Clone, Default)]
pub struct RawDocument {
    /// Path as given.
    pub path: String,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
    /// Byte offset inside the container.
    pub offset: Option<u64>,
    /// Byte length inside the container.
    pub length: Option<u64>,
    /// Address it was fetched from, if the container says.
    pub url: Option<String>,
    /// Headline, if the container's metadata gives one apart from the text.
    pub title: Option<String>,
    /// Publication date as the container's metadata writes it.
    pub date: Option<String>,
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub sha256: String,
    /// Encoding that the bytes were read in (`utf-8`, `tcvn3`, …).
    pub encoding: String,
    /// The text as read: decoded, HTML reduced to text.
    pub text: String,
    /// For HTML: which bytes of the archived page each paragraph came from.
    pub blocks: Vec<Block>,
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
