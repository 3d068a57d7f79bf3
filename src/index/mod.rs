//! Our own search: a query is read ([`query`]), the index answers
//! ([`Answer`]).

mod analyzer;
mod answer;
mod collect;
mod compile;
mod folder;
mod meanings;
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
