//! What every item and clause shares with every later one, by an inverted
//! index: the work grows with what is shared, not with the texts.

use super::prepare::{Bag, Prepared};
use std::ops::Range;

/// Items and clauses of all documents, numbered document by document: first
/// the items of a document, then their clauses.
pub(super) struct Index<'p> {
    bags: Vec<&'p Bag>,
    /// Nodes of each document.
    documents: Vec<Range<usize>>,
    /// Node of each item.
    items: Vec<usize>,
    /// First clause node of each item.
    clauses: Vec<usize>,
    /// Word id to the nodes that hold it, ascending.
    words: Vec<Vec<u32>>,
    /// Word pair id to the nodes that hold it, ascending.
    pairs: Vec<Vec<u32>>,
}

impl<'p> Index<'p> {
    /// Indexes everything.
    pub(super) fn new(prepared: &'p Prepared) -> Self {
        let mut out = Self {
            bags: Vec::new(),
            documents: Vec::new(),
            items: Vec::new(),
            clauses: Vec::new(),
            words: Vec::new(),
            pairs: Vec::new(),
        };
        for range in &prepared.of {
            let first = out.bags.len();
            for item in &prepared.items[range.clone()] {
                out.items.push(out.bags.len());
                out.bags.push(&item.bag);
            }
            for item in &prepared.items[range.clone()] {
                out.clauses.push(out.bags.len());
                out.bags.extend(item.clauses.iter().map(|c| &c.bag));
            }
            out.documents.push(first..out.bags.len());
        }
        for (node, bag) in out.bags.iter().enumerate() {
            post(&mut out.words, &bag.words, node);
            post(&mut out.pairs, &bag.pairs, node);
        }
        out
    }

    /// Node of an item.
    pub(super) fn item(&self, item: usize) -> usize {
        self.items[item]
    }

    /// Node of a clause of an item, both counted from 0.
    pub(super) fn clause(&self, item: usize, clause: usize) -> usize {
        self.clauses[item] + clause
    }

    /// Bag of a node.
    pub(super) fn bag(&self, node: usize) -> &'p Bag {
        self.bags[node]
    }

    /// Shared weights of all nodes of a document with all later nodes.
    pub(super) fn rows(&self, document: usize) -> Rows {
        let nodes = self.documents[document].clone();
        let (from, to) = (nodes.end, self.bags.len());
        let rows = nodes
            .clone()
            .map(|n| row(self.bags[n], &self.words, &self.pairs, from, to))
            .collect();
        Rows { first: nodes.start, after: nodes.end, rows }
    }
}

/// Shared weights of each bag with all later ones: `visit` gets the number of
/// a bag and a row whose entry `k` is for the bag `k + 1` places behind it.
pub(super) fn each_row(bags: &[&Bag], mut visit: impl FnMut(usize, &[f64])) {
    let (mut words, mut pairs) = (Vec::new(), Vec::new());
    for (node, bag) in bags.iter().enumerate() {
        post(&mut words, &bag.words, node);
        post(&mut pairs, &bag.pairs, node);
    }
    for (node, bag) in bags.iter().enumerate() {
        let row = row(bag, &words, &pairs, node + 1, bags.len());
        visit(node, &row);
    }
}

/// Shared weights of a bag with the nodes `from..to`.
fn row(
    bag: &Bag,
    words: &[Vec<u32>],
    pairs: &[Vec<u32>],
    from: usize,
    to: usize,
) -> Vec<f64> {
    let mut row = vec![0.0; to.saturating_sub(from)];
    for (features, lists) in [(&bag.words, words), (&bag.pairs, pairs)] {
        for &(feature, weight) in features {
            let list = &lists[feature as usize];
            let later = list.partition_point(|&n| (n as usize) < from);
            for &n in &list[later..] {
                row[n as usize - from] += weight;
            }
        }
    }
    row
}

fn post(lists: &mut Vec<Vec<u32>>, features: &[(u32, f64)], node: usize) {
    for &(feature, _) in features {
        let feature = feature as usize;
        if feature >= lists.len() {
            lists.resize_with(feature + 1, Vec::new);
        }
        lists[feature].push(node as u32);
    }
}

/// Shared weights of the nodes of one document with all later nodes.
pub(super) struct Rows {
    first: usize,
    after: usize,
    rows: Vec<Vec<f64>>,
}

impl Rows {
    /// Weight that node `x` of the document and the later node `y` share.
    pub(super) fn shared(&self, x: usize, y: usize) -> f64 {
        self.rows[x - self.first][y - self.after]
    }
}
