//! What the genre writes: tables of words, names and codes, a small reader
//! for them, and the matchers built on them.
//!
//! A table is a `.tsv` beside its module: one header line, sorted by the key
//! that its `# key:` line states (none where the order means something), the
//! last column says where the row comes from. Matchers work on lower-cased
//! normalized text, whose byte offsets are those of the normalized text, and
//! are built once.

pub mod bodies;
pub mod boilerplate;
pub mod continuations;
pub mod document_types;
pub mod fold;
pub mod level;
pub mod neighbours;
pub mod patterns;
pub mod phrases;
pub mod places;
mod required;
#[cfg(test)]
mod rules;
pub mod scan;
pub mod sectors;
pub mod symbol_key;
pub mod symbol_orgs;
pub mod synonyms;
pub mod table;
pub mod word_edges;
pub mod word_lists;
mod words;

pub use level::{Level, PlaceKind};
pub use word_edges::word_edges;
