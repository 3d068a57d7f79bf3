//! Positions in a text, typed by their frame so that the two kinds never mix.
//!
//! Vietnamese text is read once and kept; what is matched is a normalized
//! copy. A [`Span<Raw>`] counts Unicode code points of the text as read, a
//! [`Span<Norm>`] counts bytes of the normalized text. Only
//! [`OffsetMap`](super::OffsetMap) converts one into the other.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// Frame of the text as read; the unit is the Unicode code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Raw;

/// Frame of the normalized text; the unit is the UTF-8 byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Norm;

/// A half-open range `[start, end)` in the frame `F`.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span<F> {
    /// First position inside.
    pub start: usize,
    /// First position behind.
    pub end: usize,
    frame: PhantomData<F>,
}

impl<F> Clone for Span<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Span<F> {}

impl<F> Span<F> {
    /// The span `[start, end)`; a reversed pair becomes the empty span at
    /// `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start), frame: PhantomData }
    }

    /// Length in the unit of the frame.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one position.
    pub fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(&self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span as a plain range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Span<Norm> {
    /// The words of the span.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }
}

impl<F> From<Range<usize>> for Span<F> {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl<F> fmt::Debug for Span<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl serde::Serialize for Span<Raw> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(s)
    }
}

impl<'de> serde::Deserialize<'de> for Span<Raw> {
    fn deserialize<D: serde::Deserializer<'de>>(
        d: D,
    ) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(d)?;
        Ok(Self::new(start, end))
    }
}

impl schemars::JsonSchema for Span<Raw> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Half-open range [start, end) in Unicode code points of the text as read.",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 2
        })
    }
}
