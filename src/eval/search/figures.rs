//! What an engine's answers are worth, one by one and together.

use super::gain::DEPTH;
use super::{NOTHING, Query, TONE, ndcg};

/// An engine's answers to all queries of a set, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Name of the engine.
    pub engine: String,
    /// One answer a query.
    pub answers: Vec<Answer>,
}

/// The answer to one query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Ids, best first, as they came.
    pub hits: Vec<String>,
    /// Why there is no answer.
    pub error: Option<String>,
    /// nDCG@10; `None` where nothing is wanted.
    pub ndcg: Option<f64>,
    /// Whether the first hit has the highest grade that any document has;
    /// `None` where nothing is wanted.
    pub success: Option<bool>,
    /// Whether no forbidden document stands before one of the highest grade;
    /// `None` where none is forbidden.
    pub held: Option<bool>,
    /// Whether nothing was found where there is nothing; `None` elsewhere.
    pub empty: Option<bool>,
}

impl Answer {
    /// Compares what came with what is wanted.
    pub fn new(
        query: &Query,
        hits: Vec<String>,
        error: Option<String>,
    ) -> Self {
        let wanted = query.best() > 0;
        let first = hits.first().map_or(0, |hit| query.grade(hit));
        Self {
            ndcg: ndcg(query, &hits),
            success: wanted.then(|| first == query.best()),
            held: (!query.must_not.is_empty()).then(|| held(query, &hits)),
            empty: (query.trap == NOTHING).then_some(hits.is_empty()),
            hits,
            error,
        }
    }

    /// Whether a person would complain: the first hit is not the best, a
    /// forbidden document stands too far up, something was found where there
    /// is nothing.
    pub fn is_wrong(&self) -> bool {
        [self.success, self.held, self.empty].contains(&Some(false))
    }

    /// Whether both sides of a minimal pair are told apart: the right one
    /// first, all of it before the other.
    fn is_apart(&self) -> bool {
        self.success == Some(true) && self.held != Some(false)
    }
}

/// Whether all documents of the highest grade, or as many of them as there
/// are places, stand before the first forbidden one. A forbidden document
/// that does not come is no harm.
fn held(query: &Query, hits: &[String]) -> bool {
    let best = query.best();
    let all = query.judgments.values().filter(|g| **g == best).count();
    let forbidden = |hit: &String| query.must_not.contains(hit);
    match hits.iter().take(DEPTH).position(forbidden) {
        None => true,
        Some(place) => {
            let before = hits[..place].iter();
            before.filter(|hit| query.grade(hit) == best).count()
                >= all.min(DEPTH)
        }
    }
}

/// Means and counts over queries.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Queries for which something is wanted.
    pub queries: usize,
    /// Mean nDCG@10 over these; queries for which nothing is wanted have
    /// none and are counted in `empty` alone.
    pub ndcg: f64,
    /// Share of these with the best document first.
    pub success: f64,
    /// Minimal pairs asked, and how many of them were told apart.
    pub pairs: (usize, usize),
    /// Queries with forbidden documents, and how many of them held.
    pub held: (usize, usize),
    /// Queries for which there is nothing, and how many found nothing.
    pub empty: (usize, usize),
}

impl Report {
    /// The figures over the queries that are `counted`. `queries` are those
    /// that were asked.
    pub fn figures(
        &self,
        queries: &[Query],
        counted: impl Fn(&Query) -> bool,
    ) -> Figures {
        let mut out = Figures::default();
        let both = queries.iter().zip(&self.answers);
        for (query, answer) in both.filter(|(query, _)| counted(query)) {
            if let (Some(ndcg), Some(success)) = (answer.ndcg, answer.success) {
                out.queries += 1;
                out.ndcg += ndcg;
                out.success += f64::from(u8::from(success));
            }
            if query.trap == TONE {
                count(&mut out.pairs, answer.is_apart());
            }
            if let Some(held) = answer.held {
                count(&mut out.held, held);
            }
            if let Some(empty) = answer.empty {
                count(&mut out.empty, empty);
            }
        }
        if out.queries > 0 {
            out.ndcg /= out.queries as f64;
            out.success /= out.queries as f64;
        }
        out
    }
}

fn count((asked, right): &mut (usize, usize), is_right: bool) {
    *asked += 1;
    *right += usize::from(is_right);
}

#[cfg(test)]
mod tests {
    use super::super::gain::tests::{hits, query};
    use super::*;

    fn answer(names: &str) -> Answer {
        Answer::new(&query(TONE), hits(names), None)
    }

    #[test]
    fn the_first_hit_and_the_forbidden_one() {
        for (came, success, held) in [
            ("a b c", true, true),
            ("a x b", true, true),
            ("b a x", false, true),
            ("x a", false, false),
            ("b x a", false, false),
            ("", false, true),
        ] {
            let answer = answer(came);
            assert_eq!(answer.success, Some(success), "{came}");
            assert_eq!(answer.held, Some(held), "{came}");
            assert_eq!(answer.is_wrong(), !(success && held), "{came}");
        }
    }

    /// Where a query has more of the best than one, all of them count.
    #[test]
    fn a_forbidden_document_comes_after_all_of_the_best() {
        let mut query = query(TONE);
        query.judgments.insert("b".to_owned(), 3);
        let held = |came| Answer::new(&query, hits(came), None).held;
        assert_eq!(held("a b x"), Some(true));
        assert_eq!(held("a x b"), Some(false));
        assert_eq!(held("a x"), Some(false));
    }

    #[test]
    fn means_and_counts() {
        let mut nothing = query(NOTHING);
        nothing.judgments.clear();
        nothing.must_not.clear();
        let queries = [query(TONE), query("words"), nothing];
        let came = ["a b c", "x a", "z"];
        let answers = queries.iter().zip(came);
        let report = Report {
            engine: "by hand".to_owned(),
            answers: answers
                .map(|(q, came)| Answer::new(q, hits(came), None))
                .collect(),
        };
        let all = report.figures(&queries, |_| true);
        // (1 + 0.47020) / 2
        assert!((all.ndcg - 0.73510).abs() < 1e-4, "{}", all.ndcg);
        assert_eq!((all.queries, all.success), (2, 0.5));
        assert_eq!((all.pairs, all.held), ((1, 1), (2, 1)));
        assert_eq!(all.empty, (1, 0));
        let words = report.figures(&queries, |q| q.trap == "words");
        assert_eq!((words.queries, words.pairs), (1, (0, 0)));
    }
}
