//! Our own search: a query is read ([`query`]), the index answers
//! ([`Answer`]).
//!
//! ```
//! use vanban::index::query::Query;
//! use vanban::index::{Index, SearchOptions, WriteOptions};
//! use vanban::wire::Entry;
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().join("index");
//! let index = Index::create(&folder)?;
//! let mut writer = index.writer(&WriteOptions::default())?;
//! writer.add(&Entry {
//!     id: "1".into(),
//!     title: Some("Ủy ban nhân dân tỉnh Vĩnh Phúc phát động thi đua".into()),
//!     ..Entry::default()
//! })?;
//! writer.finish()?;
//!
//! let searcher = Index::open(&folder)?.searcher()?;
//! let query = Query::parse("ubnd vinh phuc").expect("a query");
//! let answer = searcher.search(&query, &SearchOptions::default())?;
//! assert_eq!(answer.total, 1);
//! assert_eq!(answer.hits[0].id, "1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod analyzer;
mod answer;
mod careful;
mod collect;
mod compile;
mod folder;
mod meanings;
mod orders;
#[doc(hidden)]
pub mod plain;
pub mod query;
mod rank;
mod schema;
mod search;
mod similar;
mod snippet;
mod suggest;
#[cfg(test)]
mod tests;
mod units;
mod write;

pub use answer::{
    Answer, Bucket, Facets, Hit, HitSource, Relaxed, SEARCH_SCHEMA,
    SearchOptions, Slip, Snippet, Sort, Suggestion, answer_schema,
};
pub use folder::Index;
pub use search::{MOST_HITS, Searcher};
pub use write::{Added, WriteOptions, Writer};
