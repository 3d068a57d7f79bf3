//! Which items of two announcements say the same.
//!
//! First one partner an item, by an assignment over the whole table, so that
//! no early hit takes the partner that another needs more. Then the items
//! that were split or merged: a clause whose best place in the other
//! announcement is an item that its own item is not yet linked to.

use super::overlap::{Index, Rows};
use super::prepare::Prepared;
use super::similarity::{alike, closeness};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use std::ops::Range;

/// Two items that say the same, in whole or in part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// Index among all items.
    pub a: usize,
    /// Index among all items.
    pub b: usize,
    /// Alikeness from 0 to 1, the measure that decided.
    pub score: f64,
    /// Closeness of the wordings from 0 to 1, for people.
    pub closeness: f64,
    /// Whether the order of the two announcements differs here.
    pub moved: bool,
}

/// Parameters of the alignment, measured on hand-made alignments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Least score of an assigned pair.
    pub assigned: f64,
    /// Least score of a further pair that a clause asks for.
    pub further: f64,
    /// Least alikeness of the clauses of a further pair.
    pub clause: f64,
}

/// An answering clause counts this much against the score of whole items.
const CLAUSE_SHARE: f64 = 0.75;

/// The limits in use.
pub(super) const LIMITS: Limits =
    Limits { assigned: 0.14, further: 0.19, clause: 0.14 };

/// Two documents to align: the weights that the nodes of the first share
/// with those of the second.
pub(super) struct Table<'p> {
    pub prepared: &'p Prepared,
    pub index: &'p Index<'p>,
    pub rows: &'p Rows,
}

/// Links the items of two documents, in order of the first, which must come
/// before the second.
pub(super) fn align(
    table: &Table<'_>,
    first: usize,
    second: usize,
    limits: &Limits,
) -> Vec<Pair> {
    let a = table.prepared.of[first].clone();
    let b = table.prepared.of[second].clone();
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let scores: Vec<Vec<f64>> = a
        .clone()
        .map(|x| {
            let x = table.index.item(x);
            b.clone().map(|y| table.alike(x, table.index.item(y))).collect()
        })
        .collect();
    let mut chosen = assign(&scores, limits.assigned);
    for (i, item) in a.clone().enumerate() {
        for j in table.asked(item, &b, |j| scores[i][j], limits) {
            chosen[i][j] = true;
        }
    }
    for (j, item) in b.clone().enumerate() {
        for i in table.asked(item, &a, |i| scores[i][j], limits) {
            chosen[i][j] = true;
        }
    }
    let mut out = Vec::new();
    for (i, row) in chosen.iter().enumerate() {
        for (j, _) in row.iter().enumerate().filter(|(_, on)| **on) {
            out.push(Pair {
                a: a.start + i,
                b: b.start + j,
                score: scores[i][j],
                closeness: table.closeness(a.start + i, b.start + j),
                moved: false,
            });
        }
    }
    mark_moved(&mut out);
    out
}

impl Table<'_> {
    fn shared(&self, x: usize, y: usize) -> f64 {
        self.rows.shared(x.min(y), x.max(y))
    }

    fn alike(&self, x: usize, y: usize) -> f64 {
        alike(self.shared(x, y), self.index.bag(x), self.index.bag(y))
    }

    fn closeness(&self, a: usize, b: usize) -> f64 {
        let (x, y) = (self.index.item(a), self.index.item(b));
        let shared = self.shared(x, y);
        closeness(shared, self.index.bag(x), self.index.bag(y))
    }

    /// Items of the other side that a clause of the item asks for: its best
    /// place there, if a clause of that place answers it.
    fn asked(
        &self,
        item: usize,
        others: &Range<usize>,
        score: impl Fn(usize) -> f64,
        limits: &Limits,
    ) -> Vec<usize> {
        let mut out = Vec::new();
        for c in 0..self.prepared.items[item].clauses.len() {
            let x = self.index.clause(item, c);
            let best = others.clone().enumerate().max_by(|&(k, p), &(l, q)| {
                let at = |item| self.shared(x, self.index.item(item));
                at(p).total_cmp(&at(q)).then(score(k).total_cmp(&score(l)))
            });
            let Some((k, place)) = best else { continue };
            let answer = (0..self.prepared.items[place].clauses.len())
                .map(|d| self.alike(x, self.index.clause(place, d)))
                .fold(0.0, f64::max);
            let enough = score(k).max(CLAUSE_SHARE * answer) >= limits.further;
            if enough && answer >= limits.clause {
                out.push(k);
            }
        }
        out
    }
}

/// The assignment with the greatest sum, without pairs under the limit.
fn assign(table: &[Vec<f64>], limit: f64) -> Vec<Vec<bool>> {
    let (n, m) = (table.len(), table[0].len());
    let flip = n > m;
    let at = |i: usize, j: usize| if flip { table[j][i] } else { table[i][j] };
    let (rows, columns) = (n.min(m), n.max(m));
    // Whole numbers for an exact optimum; among equals the nearest in order.
    let weights = Matrix::from_fn(rows, columns, |(i, j)| {
        let score = at(i, j);
        if score < limit {
            return 0i64;
        }
        let apart = (i * columns).abs_diff(j * rows) / rows.max(columns);
        (score * 1e9) as i64 * 1000 - apart.min(999) as i64
    });
    let (_, places) = kuhn_munkres(&weights);
    let mut chosen = vec![vec![false; m]; n];
    for (i, j) in places.into_iter().enumerate() {
        if at(i, j) >= limit {
            let (i, j) = if flip { (j, i) } else { (i, j) };
            chosen[i][j] = true;
        }
    }
    chosen
}

/// Pairs off the longest chain that keeps the order of both sides have moved.
fn mark_moved(pairs: &mut [Pair]) {
    let n = pairs.len();
    // Best sum of scores of a chain that ends at each pair, and the one before.
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(n);
    for k in 0..n {
        let before = (0..k)
            .filter(|&l| pairs[l].a <= pairs[k].a && pairs[l].b <= pairs[k].b)
            .max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
        let sum = before.map_or(0.0, |l| best[l].0) + 1.0;
        best.push((sum, before));
    }
    let last =
        (0..n).max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
    let mut kept = vec![false; n];
    let mut at = last;
    while let Some(k) = at {
        kept[k] = true;
        at = best[k].1;
    }
    for (pair, kept) in pairs.iter_mut().zip(kept) {
        pair.moved = !kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sum_wins_over_the_first_hit() {
        let table = [vec![0.9, 0.8], vec![0.85, 0.1]];
        assert_eq!(assign(&table, 0.2), [vec![false, true], vec![true, false]]);
        let tall = [vec![0.9], vec![0.95], vec![0.1]];
        assert_eq!(assign(&tall, 0.2), [vec![false], vec![true], vec![false]]);
        assert_eq!(assign(&[vec![0.1]], 0.2), [vec![false]]);
    }

    #[test]
    fn what_leaves_the_longest_chain_has_moved() {
        let pair =
            |a, b| Pair { a, b, score: 1.0, closeness: 1.0, moved: false };
        let mut pairs = [pair(0, 3), pair(1, 0), pair(2, 1), pair(3, 2)];
        mark_moved(&mut pairs);
        let moved: Vec<bool> = pairs.iter().map(|p| p.moved).collect();
        assert_eq!(moved, [true, false, false, false]);
    }
}
