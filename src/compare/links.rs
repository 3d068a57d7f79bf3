//! Links of the data shape: which items say the same, and in which words.

use super::align::Pair;
use super::model::{Link, Place, Shape};
use super::prepare::{Item, Prepared};
use std::collections::BTreeMap;

/// Phrases of evidence kept for a link.
const PHRASES: usize = 5;
/// A word below this weight neither begins nor ends a phrase.
const TELLING: f64 = 0.12;

/// The place of an item.
pub(super) fn place(item: &Item) -> Place {
    Place { document: item.document, item: item.number }
}

/// Links of one pair of documents.
pub(super) fn links(prepared: &Prepared, pairs: &[Pair]) -> Vec<Link> {
    let mut of_a: BTreeMap<usize, usize> = BTreeMap::new();
    let mut of_b: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in pairs {
        *of_a.entry(pair.a).or_default() += 1;
        *of_b.entry(pair.b).or_default() += 1;
    }
    let mut stamps = vec![usize::MAX; prepared.weights.len()];
    pairs
        .iter()
        .map(|pair| {
            let (a, b) = (&prepared.items[pair.a], &prepared.items[pair.b]);
            Link {
                a: place(a),
                b: place(b),
                score: (pair.closeness * 1000.0).round() / 1000.0,
                shape: match (of_a[&pair.a] > 1, of_b[&pair.b] > 1) {
                    (false, false) => Shape::One,
                    (true, false) => Shape::Split,
                    (false, true) => Shape::Merged,
                    (true, true) => Shape::Mixed,
                },
                moved: pair.moved,
                evidence: evidence(prepared, a, pair.b, &mut stamps),
            }
        })
        .collect()
}

/// The phrases of `a` whose words `b` has too, the weightiest first.
/// `stamps` remembers for each word the last item that was asked for it.
fn evidence(
    prepared: &Prepared,
    a: &Item,
    b: usize,
    stamps: &mut [usize],
) -> Vec<String> {
    for &(word, _) in &prepared.items[b].bag.words {
        stamps[word as usize] = b;
    }
    let has = |id: u32| stamps[id as usize] == b;
    let weight = |id: u32| prepared.weights[id as usize];
    let mut phrases: Vec<(f64, usize, usize)> = Vec::new();
    let mut open: Option<(f64, usize, usize)> = None;
    for clause in &a.clauses {
        for t in clause.tokens.clone() {
            match a.ids[t] {
                Some(id) if has(id) && weight(id) >= TELLING => {
                    let (sum, first, _) = open.unwrap_or((0.0, t, t));
                    open = Some((sum + weight(id), first, t));
                }
                Some(id) if has(id) => {}
                _ => phrases.extend(open.take()),
            }
        }
        phrases.extend(open.take());
    }
    phrases.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    let mut out: Vec<String> = Vec::new();
    for (_, first, last) in phrases {
        let bytes = a.tokens[first].bytes.start..a.tokens[last].bytes.end;
        let words = &a.text[bytes];
        if !out.iter().any(|known| known == words) {
            out.push(words.to_owned());
        }
        if out.len() == PHRASES {
            break;
        }
    }
    out
}
