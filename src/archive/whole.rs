//! A file that is one document: plain text or HTML.

use super::source::{Cut, Source, one};
use super::{Container, Format, Unit};
use crate::Result;
use serde_json::Map;
use std::io::Read;

pub(super) fn cut(source: Source<'_>, container: Container) -> Cut<'_> {
    one(read(source, container))
}

fn read(mut source: Source<'_>, container: Container) -> Result<Unit> {
    let mut bytes = Vec::new();
    let limit = source.options.max_bytes;
    let read = source.reader.by_ref().take(limit.saturating_add(1));
    let read = { read }.read_to_end(&mut bytes);
    if let Err(cause) = read {
        return Err(source.broken(cause));
    }
    if bytes.len() as u64 > limit {
        return Err(source.refused(too_long(limit)));
    }
    let format = match container {
        Container::Html => Format::Html,
        _ => Format::Text,
    };
    Ok(Unit {
        path: source.path,
        record: None,
        offset: None,
        length: None,
        format,
        encoding: None,
        url: None,
        bytes,
        fields: Map::new(),
    })
}

/// What is said of a document above the limit.
pub(super) fn too_long(limit: u64) -> String {
    format!(
        "the document is longer than {limit} bytes; raise --max-size or \
         split it"
    )
}
