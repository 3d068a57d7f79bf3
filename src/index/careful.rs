//! What is excluded, without a trap of the engine.
//!
//! To leave documents out, tantivy 0.27 asks a scorer for documents that it
//! may already have passed (`exclude.rs`), and that of a phrase cannot be
//! asked so. This wrapper answers such questions itself.

use std::sync::Arc;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query that may be excluded.
#[derive(Debug, Clone)]
pub(super) struct Careful(pub(super) Arc<dyn Query>);

impl Query for Careful {
    fn weight(
        &self,
        scoring: EnableScoring,
    ) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(CarefulWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct CarefulWeight(Box<dyn Weight>);

impl Weight for CarefulWeight {
    fn scorer(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(CarefulScorer(self.0.scorer(reader, boost)?)))
    }

    fn explain(
        &self,
        reader: &SegmentReader,
        doc: DocId,
    ) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}

/// Asks only for what lies ahead: `seek_danger` as every [`DocSet`] has it.
struct CarefulScorer(Box<dyn Scorer>);

impl DocSet for CarefulScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for CarefulScorer {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
