//! A file that is one document: plain text or HTML.

use super::source::{Cut, Source, one};
use super::{Container, Format, Unit};
use crate::Result;
use std::io::{self, Read};

pub(super) fn cut(source: Source<'_>, container: Container) -> Cut<'_> {
    one(read(source, container))
}

fn read(mut source: Source<'_>, container: Container) -> Result<Unit> {
    let limit = source.options.max_bytes;
    let bytes = match up_to(&mut source.reader, limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(source.refused(too_long(limit))),
        Err(cause) => return Err(source.broken(cause)),
    };
    let format = match container {
        Container::Html => Format::Html,
        _ => Format::Text,
    };
    Ok(source.unit(format, bytes))
}

/// All bytes of a reader; `None` if there are more than `limit`.
pub(super) fn up_to(
    reader: impl Read,
    limit: u64,
) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// What is said of a document above the limit.
pub(super) fn too_long(limit: u64) -> String {
    format!(
        "the document is longer than {limit} bytes; raise --max-size or \
         split it"
    )
}
