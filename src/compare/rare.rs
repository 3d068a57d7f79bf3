//! What stands in one announcement only, and what only a few lack.

use super::model::{Comparison, MissingHere, OnlyHere, Rare};
use super::prepare::{Bag, Prepared};

/// Entries kept of each list.
const KEPT: usize = 2000;

/// Ranks the items in no link, the clauses in no group, and the gaps.
pub(super) fn rare(prepared: &Prepared, comparison: &Comparison) -> Rare {
    let spread = document_counts(prepared);
    let mut only_here = Vec::new();
    for place in &comparison.alone {
        let side = &comparison.documents[place.document];
        let item = &side.items[place.item - 1];
        let index = prepared.of[place.document].start + place.item - 1;
        only_here.push(OnlyHere {
            document: place.document,
            item: place.item,
            clause: None,
            text: item.body().to_owned(),
            span: Some(item.span),
            rarity: rarity(&prepared.items[index].bag, &spread),
        });
    }
    for part in &comparison.common.documents {
        for own in &part.additions {
            let alone = comparison
                .alone
                .iter()
                .any(|p| p.document == part.document && p.item == own.item);
            if alone {
                continue;
            }
            let index = prepared.of[part.document].start + own.item - 1;
            let bag = &prepared.items[index].clauses[own.clause - 1].bag;
            only_here.push(OnlyHere {
                document: part.document,
                item: own.item,
                clause: Some(own.clause),
                text: own.text.clone(),
                span: own.span,
                rarity: rarity(bag, &spread),
            });
        }
    }
    only_here.sort_by(|x, y| {
        y.rarity
            .total_cmp(&x.rarity)
            .then(x.clause.is_some().cmp(&y.clause.is_some()))
            .then((x.document, x.item).cmp(&(y.document, y.item)))
    });
    only_here.truncate(KEPT);
    Rare { only_here, missing_here: missing(comparison) }
}

/// In how many documents each word stands.
fn document_counts(prepared: &Prepared) -> Vec<usize> {
    let mut last = vec![usize::MAX; prepared.weights.len()];
    let mut counts = vec![0; prepared.weights.len()];
    for item in &prepared.items {
        for &(word, _) in &item.bag.words {
            if last[word as usize] != item.document {
                last[word as usize] = item.document;
                counts[word as usize] += 1;
            }
        }
    }
    counts
}

/// Part of the weight of the words that no other document has.
fn rarity(bag: &Bag, counts: &[usize]) -> f64 {
    let own: f64 = bag
        .words
        .iter()
        .filter(|w| counts[w.0 as usize] <= 1)
        .map(|w| w.1)
        .sum();
    (own / bag.weight.max(1e-9) * 1000.0).round() / 1000.0
}

fn missing(comparison: &Comparison) -> Vec<MissingHere> {
    let of = comparison.documents.len();
    let mut out = Vec::new();
    for (index, row) in comparison.rows.iter().enumerate() {
        if row.support * 2 < of || row.support == of {
            continue;
        }
        let mut has = vec![false; of];
        for cell in &row.cells {
            has[cell.document] = true;
        }
        let typical = &comparison.documents[row.typical.document];
        for (document, _) in has.iter().enumerate().filter(|(_, has)| !**has) {
            let linked = comparison.documents[document].items.iter();
            if linked.clone().count() == 0 {
                continue;
            }
            out.push(MissingHere {
                document,
                row: index,
                support: row.support,
                of,
                text: typical.items[row.typical.item - 1].body().to_owned(),
            });
        }
    }
    out.sort_by_key(|m| (std::cmp::Reverse(m.support), m.row, m.document));
    out.truncate(KEPT);
    out
}
