//! Rows: items of all documents that say the same, in their common order.

use super::cluster::{Edge, Rule, group};
use super::diff::diff;
use super::links::place;
use super::model::{Link, Row, RowCell};
use super::order::common_order;
use super::prepare::Prepared;
use std::collections::BTreeMap;

/// How alike the items of a row must be on the average.
const RULE: Rule = Rule { least: 0.15, exclusive: false };

/// Rows and, for each item, the index of its row.
pub(super) fn rows(
    prepared: &Prepared,
    links: &[Link],
) -> (Vec<Row>, Vec<usize>) {
    let node =
        |p: &super::model::Place| prepared.of[p.document].start + p.item - 1;
    let edges: Vec<Edge> = links
        .iter()
        .map(|l| Edge { a: node(&l.a), b: node(&l.b), weight: l.score })
        .collect();
    let owners: Vec<Vec<usize>> =
        prepared.items.iter().map(|i| vec![i.document]).collect();
    let groups = group(&owners, &edges, &RULE);
    let order = ordered(prepared, &groups);
    let mut sums = vec![0.0; prepared.items.len()];
    let mut row_of = vec![0; prepared.items.len()];
    for (row, &g) in order.iter().enumerate() {
        for &item in &groups[g] {
            row_of[item] = row;
        }
    }
    for edge in &edges {
        if row_of[edge.a] == row_of[edge.b] {
            sums[edge.a] += edge.weight;
            sums[edge.b] += edge.weight;
        }
    }
    let mut out: Vec<Row> =
        order.iter().map(|&g| row(prepared, &groups[g], &sums)).collect();
    mark_moved(&mut out, prepared.of.len());
    (out, row_of)
}

/// Groups of several documents in common order, then those of one.
fn ordered(prepared: &Prepared, groups: &[Vec<usize>]) -> Vec<usize> {
    let support = |g: &[usize]| {
        let mut owners: Vec<usize> =
            g.iter().map(|&i| prepared.items[i].document).collect();
        owners.dedup();
        owners.len()
    };
    let (shared, own): (Vec<usize>, Vec<usize>) =
        (0..groups.len()).partition(|&g| support(&groups[g]) > 1);
    let positions: Vec<_> = shared
        .iter()
        .map(|&g| {
            let items = groups[g].iter().map(|&i| &prepared.items[i]);
            let mut first: BTreeMap<usize, usize> = BTreeMap::new();
            for item in items {
                first.entry(item.document).or_insert(item.number - 1);
            }
            first.into_iter().collect()
        })
        .collect();
    let lengths: Vec<usize> =
        prepared.of.iter().map(ExactSizeIterator::len).collect();
    let order = common_order(&positions, &lengths);
    order.into_iter().map(|k| shared[k]).chain(own).collect()
}

fn row(prepared: &Prepared, group: &[usize], sums: &[f64]) -> Row {
    let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &i in group {
        cells.entry(prepared.items[i].document).or_default().push(i);
    }
    let first = *cells.keys().next().unwrap_or(&0);
    let of_first = |i: &&usize| prepared.items[**i].document == first;
    // With two documents neither wording is more typical: the first leads.
    let candidates: Vec<&usize> = if prepared.of.len() == 2 {
        group.iter().filter(of_first).collect()
    } else {
        group.iter().collect()
    };
    let typical = candidates
        .into_iter()
        .copied()
        .max_by(|&x, &y| sums[x].total_cmp(&sums[y]).then(y.cmp(&x)))
        .unwrap_or(0);
    let leading = prepared.items[typical].document;
    let words = |items: &[usize]| {
        let texts: Vec<&str> =
            items.iter().map(|&i| prepared.items[i].body()).collect();
        texts.join(" ")
    };
    let typical_words = words(&cells[&leading]);
    let support = cells.len();
    let cells = cells
        .into_iter()
        .map(|(document, items)| RowCell {
            document,
            diff: if document == leading {
                Vec::new()
            } else {
                diff(&typical_words, &words(&items))
            },
            items: items.iter().map(|&i| prepared.items[i].number).collect(),
            moved: false,
        })
        .collect();
    Row {
        support,
        typical: place(&prepared.items[typical]),
        cells,
        themes: Vec::new(),
    }
}

/// Marks the items that leave the common order: those off the longest chain
/// of rows and items that both ascend.
fn mark_moved(rows: &mut [Row], documents: usize) {
    for document in 0..documents {
        let mut cells: Vec<(usize, usize, usize)> = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            if row.support < 2 {
                continue;
            }
            for (c, cell) in row.cells.iter().enumerate() {
                if cell.document == document {
                    cells.push((r, c, cell.items[0]));
                }
            }
        }
        let items: Vec<usize> = cells.iter().map(|c| c.2).collect();
        for (&(r, c, _), kept) in cells.iter().zip(longest_ascent(&items)) {
            rows[r].cells[c].moved = !kept;
        }
    }
}

/// Which elements lie on the longest ascending chain.
fn longest_ascent(values: &[usize]) -> Vec<bool> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (k, value) in values.iter().enumerate() {
        let before = (0..k)
            .filter(|&l| values[l] <= *value)
            .max_by(|&x, &y| best[x].0.cmp(&best[y].0).then(y.cmp(&x)));
        best.push((before.map_or(1, |l| best[l].0 + 1), before));
    }
    let mut kept = vec![false; values.len()];
    let mut at = (0..values.len())
        .max_by(|&x, &y| best[x].0.cmp(&best[y].0).then(y.cmp(&x)));
    while let Some(k) = at {
        kept[k] = true;
        at = best[k].1;
    }
    kept
}
