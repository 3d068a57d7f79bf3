//! The ids as numbers, by which ties are broken.

use super::schema::column;
use std::sync::OnceLock;
use tantivy::columnar::Column;
use tantivy::{SegmentOrdinal, SegmentReader};

/// The ids as numbers, by segment; opened when first asked for, because that
/// costs more than many a search.
#[derive(Debug, Default)]
pub(super) struct Orders(Vec<OnceLock<Column<u64>>>);

impl Orders {
    /// Of an index with so many segments.
    pub(super) fn new(segments: usize) -> Self {
        Self((0..segments).map(|_| OnceLock::new()).collect())
    }

    /// The column of a segment.
    pub(super) fn of(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Column<u64>> {
        let open = || reader.fast_fields().u64(column::ORDER);
        let Some(kept) = self.0.get(segment as usize) else { return open() };
        match kept.get() {
            Some(column) => Ok(column.clone()),
            None => {
                let column = open()?;
                Ok(kept.get_or_init(|| column).clone())
            }
        }
    }
}
