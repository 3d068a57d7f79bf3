//! Search against a relevance set: what comes first, and what should.
//!
//! A [`Set`] holds queries and, for each, which documents are wanted and how
//! much. Any engine behind [`Engine`] answers them; [`measure`] compares. The
//! figures are worked out by hand in the tests of this folder. The engines
//! themselves are our index ([`Own`]), the same asked without marks, and
//! servers beside it ([`baseline`]).

pub mod baseline;
mod figures;
mod gain;
mod own;
mod set;

pub use figures::{Answer, Figures, Report};
pub use gain::{DEPTH, ndcg};
pub use own::{Own, WithoutMarks};
pub use set::{BadSet, NOTHING, Query, Set, TONE, WITH_OPERATORS};

/// Whatever answers a query with the ids of documents, best first.
pub trait Engine {
    /// What it is called in tables.
    fn name(&self) -> &str;

    /// The best `limit` documents for what a person typed, or why there is no
    /// answer.
    fn search(
        &mut self,
        query: &str,
        limit: usize,
    ) -> Result<Vec<String>, String>;
}

/// Asks every query of the set.
pub fn measure(set: &Set, engine: &mut dyn Engine) -> Report {
    let answers = set
        .queries
        .iter()
        .map(|query| match engine.search(&query.query, DEPTH) {
            Ok(hits) => Answer::new(query, hits, None),
            Err(error) => Answer::new(query, Vec::new(), Some(error)),
        })
        .collect();
    Report { engine: engine.name().to_owned(), answers }
}
