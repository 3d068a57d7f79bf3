//! The same fields indexed by tantivy alone, with its default tokenizer: what
//! the cost of our own is measured against.

use super::schema;
use crate::wire::Entry;
use std::path::Path;
use tantivy::IndexWriter;

/// Indexes entries on one thread, with `memory` MiB.
pub fn index(
    folder: &Path,
    entries: &[Entry],
    memory: usize,
) -> tantivy::Result<u64> {
    let (schema, fields) = schema::schema_with("default", "default");
    let index = tantivy::Index::create_in_dir(folder, schema)?;
    let mut writer: IndexWriter =
        index.writer_with_num_threads(1, memory << 20)?;
    for entry in entries {
        let (json, hash) = schema::stored(entry);
        let document = schema::document(&fields, entry, &json, hash);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(index.reader()?.searcher().num_docs())
}
