//! nDCG@10: how much of what is wanted stands how far up.
//!
//! A document of grade g at place i (from 1) is worth `(2^g − 1) / log2(i + 1)`;
//! the sum over the first [`DEPTH`] places is divided by that of the best
//! order. Cumulated gain with a discount, and its ratio to the ideal: Järvelin
//! and Kekäläinen, “Cumulated gain-based evaluation of IR techniques”, ACM
//! TOIS 20 (2002). The gain `2^g − 1` and the discount `log2(i + 1)` for every
//! place: Burges et al., “Learning to rank using gradient descent” (ICML
//! 2005), which is what evaluation tools compute today.

use super::Query;
use std::collections::HashSet;

/// Places that count.
pub const DEPTH: usize = 10;

/// nDCG of the first [`DEPTH`] hits, from 0 to 1; `None` if nothing is wanted.
/// A document that comes twice counts where it comes first.
pub fn ndcg(query: &Query, hits: &[String]) -> Option<f64> {
    let mut ideal: Vec<u8> = query.judgments.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = dcg(ideal.into_iter());
    if ideal == 0.0 {
        return None;
    }
    let mut seen = HashSet::new();
    let grades = hits
        .iter()
        .map(|hit| if seen.insert(hit) { query.grade(hit) } else { 0 });
    Some(dcg(grades) / ideal)
}

fn dcg(grades: impl Iterator<Item = u8>) -> f64 {
    grades
        .take(DEPTH)
        .zip(2_u32..)
        .map(|(grade, i)| (f64::from(grade).exp2() - 1.0) / f64::from(i).log2())
        .sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A query for which `a` has grade 3, `b` 2 and `c` 1, and `x` must not
    /// come first.
    pub(in crate::eval::search) fn query(trap: &str) -> Query {
        let wanted = [("a", 3), ("b", 2), ("c", 1)];
        Query {
            id: format!("{trap}-1"),
            trap: trap.to_owned(),
            query: "đê".to_owned(),
            need: String::new(),
            judgments: wanted.map(|(d, g)| (d.to_owned(), g)).into(),
            must_not: vec!["x".to_owned()],
        }
    }

    pub(in crate::eval::search) fn hits(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    fn close(found: Option<f64>, wanted: f64) {
        let found = found.expect("a figure");
        assert!((found - wanted).abs() < 1e-4, "{found}, not {wanted}");
    }

    /// Best: 7/1 + 3/1.58496 + 1/2 = 9.39279.
    #[test]
    fn figures_worked_by_hand() {
        let query = query("tone");
        close(ndcg(&query, &hits("a b c")), 1.0);
        close(ndcg(&query, &hits("a b c x y")), 1.0);
        // 1/1 + 3/1.58496 + 7/2 = 6.39279
        close(ndcg(&query, &hits("c b a")), 0.68061);
        // 7/1.58496 = 4.41651
        close(ndcg(&query, &hits("x a")), 0.47020);
        // 7 alone
        close(ndcg(&query, &hits("a")), 0.74525);
        // The second `a` is worth nothing: 7 + 3/2 = 8.5
        close(ndcg(&query, &hits("a a b")), 0.90495);
        close(ndcg(&query, &[]), 0.0);
        // Place 11 is not looked at.
        close(ndcg(&query, &hits("1 2 3 4 5 6 7 8 9 10 a")), 0.0);
    }

    #[test]
    fn nothing_wanted_is_no_figure() {
        let mut query = query("nothing");
        query.judgments.clear();
        assert_eq!(ndcg(&query, &hits("a")), None);
    }

    /// Twelve documents of grade 3: the best order fills ten places.
    #[test]
    fn the_best_order_is_cut_too() {
        let mut query = query("words");
        query.judgments = (0..12).map(|i| (format!("d{i}"), 3)).collect();
        let found: Vec<String> = (2..12).map(|i| format!("d{i}")).collect();
        close(ndcg(&query, &found), 1.0);
    }
}
