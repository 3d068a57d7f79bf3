//! What of a document is compared.

use super::facts::Facts;
use super::shingles::shingles;
use super::sketch::Sketch;
use crate::record::{Record, Source};
use crate::text::Text;

/// The print of one document: all that is needed to find it again.
#[derive(Debug, Clone)]
pub struct Print {
    pub(super) id: String,
    pub(super) place: String,
    pub(super) shingles: Vec<u32>,
    pub(super) sketch: Sketch,
    pub(super) facts: Facts,
}

impl Print {
    /// The print of a document; the record must have its id and source.
    pub fn of(text: &Text, record: &Record) -> Self {
        Self::new(
            record.id.clone(),
            place(&record.source),
            shingles(text),
            Facts::of(record),
        )
    }

    pub(super) fn new(
        id: String,
        place: String,
        shingles: Vec<u32>,
        facts: Facts,
    ) -> Self {
        let sketch = Sketch::of(&shingles);
        Self { id, place, shingles, sketch, facts }
    }

    /// Bytes of memory that it takes.
    pub fn size(&self) -> usize {
        size_of::<Self>()
            + self.id.capacity()
            + self.place.capacity()
            + self.shingles.capacity() * size_of::<u32>()
    }

    /// Exact Jaccard similarity of the shingles of two documents; 0 if
    /// neither has any.
    pub fn similarity(&self, other: &Self) -> f64 {
        let (a, b) = (&self.shingles, &other.shingles);
        let common =
            super::shingles::common(a, b.iter().copied(), 0).unwrap_or(0);
        jaccard(common, a.len(), b.len())
    }
}

pub(super) fn jaccard(common: usize, a: usize, b: usize) -> f64 {
    match a + b - common {
        0 => 0.0,
        all => common as f64 / all as f64,
    }
}

/// Where a document is, as `vanban show` takes it.
fn place(source: &Source) -> String {
    match source.record {
        Some(record) => format!("{}#{record}", source.path),
        None => source.path.clone(),
    }
}
