//! Our own search: a query is read ([`query`]), the index answers
//! ([`Answer`]).

mod answer;
pub mod query;

pub use answer::{
    Answer, Bucket, Facets, Hit, HitSource, Relaxed, SEARCH_SCHEMA,
    SearchOptions, Slip, Snippet, Sort, Suggestion,
};
