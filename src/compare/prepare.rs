//! The documents made ready: items cut into clauses and words, every word
//! weighed by how much it tells one item from another.

use super::Document;
use super::clause::clauses;
use super::similarity::sizes;
use super::words::{Class, Token, base_weight, words};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Two words in a row tell more than apart; this much of their mean weight
/// is added when both texts have them together.
const PAIR_SHARE: f64 = 0.5;
/// A word below this weight does not make a pair.
const PAIR_WEIGHT: f64 = 0.12;
/// Least part of its weight that a word keeps which every item repeats.
const LEAST_SPREAD: f64 = 0.08;
/// Part of its weight that a word keeps which names the campaign itself: it
/// tells what all items are about, not what one says.
const CAMPAIGN_FACTOR: f64 = 0.4;

/// Weighted features, sorted by id: a bag that is fast to intersect.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    /// Words.
    pub words: Vec<(u32, f64)>,
    /// Words in a row.
    pub pairs: Vec<(u32, f64)>,
    /// Sum of the weights of the words.
    pub weight: f64,
    /// The weight as it counts for the smaller and the larger of two bags.
    pub sizes: (f64, f64),
}

impl Bag {
    /// Sum of the weights of the words in a row.
    pub(super) fn row_weight(&self) -> f64 {
        self.pairs.iter().map(|p| p.1).sum()
    }
}

/// A clause of an item.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// Bytes of the item's text.
    pub bytes: Range<usize>,
    /// Tokens of the item that lie inside.
    pub tokens: Range<usize>,
    pub bag: Bag,
}

/// A top-level item of an announcement.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Index of its document.
    pub document: usize,
    /// Place among its contents, from 1.
    pub number: usize,
    /// The item's normalized text.
    pub text: String,
    pub tokens: Vec<Token>,
    /// Word id of each token; marks have none.
    pub ids: Vec<Option<u32>>,
    pub clauses: Vec<Clause>,
    pub bag: Bag,
    /// First byte behind the label.
    body: usize,
}

impl Item {
    /// The words without the label.
    pub(super) fn body(&self) -> &str {
        &self.text[self.body..]
    }

    /// The words of a clause.
    pub(super) fn clause(&self, clause: usize) -> &str {
        &self.text[self.clauses[clause].bytes.clone()]
    }
}

/// All items of all documents.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub items: Vec<Item>,
    /// Items of each document.
    pub of: Vec<Range<usize>>,
    /// Weight of each word id.
    pub weights: Vec<f64>,
    /// Key of each word id.
    pub keys: Vec<String>,
}

/// Cuts and weighs every item.
pub(super) fn prepare(documents: &[Document]) -> Prepared {
    let mut out = Prepared::default();
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut base = Vec::new();
    for (d, document) in documents.iter().enumerate() {
        let first = out.items.len();
        let place = document.place();
        for (i, item) in document.items().iter().enumerate() {
            let tokens = words(&item.text, place);
            let ids = tokens
                .iter()
                .map(|token| {
                    if token.class == Class::Mark {
                        return None;
                    }
                    let next = ids.len() as u32;
                    let id = *ids.entry(token.key.clone()).or_insert(next);
                    if id == next {
                        base.push(base_weight(&token.key, token.class));
                        out.keys.push(token.key.clone());
                    }
                    Some(id)
                })
                .collect();
            let clauses: Vec<Clause> = clauses(item)
                .into_iter()
                .map(|bytes| Clause {
                    tokens: within(&tokens, &bytes),
                    bytes,
                    bag: Bag::default(),
                })
                .collect();
            out.items.push(Item {
                document: d,
                number: i + 1,
                text: item.text.clone(),
                tokens,
                ids,
                body: clauses.first().map_or(0, |c| c.bytes.start),
                clauses,
                bag: Bag::default(),
            });
        }
        out.of.push(first..out.items.len());
    }
    lower_campaign(documents, &ids, &mut base);
    out.weights = spread(&out, &base);
    fill_bags(&mut out);
    out
}

fn lower_campaign(
    documents: &[Document],
    ids: &HashMap<String, u32>,
    base: &mut [f64],
) {
    let mut named: Vec<u32> = documents
        .iter()
        .filter_map(|d| Some((d.record.campaign.as_ref()?, d.place())))
        .flat_map(|(campaign, place)| words(&campaign.text, place))
        .filter_map(|token| ids.get(&token.key).copied())
        .collect();
    named.sort_unstable();
    named.dedup();
    for id in named {
        base[id as usize] *= CAMPAIGN_FACTOR;
    }
}

fn within(tokens: &[Token], bytes: &Range<usize>) -> Range<usize> {
    let start = tokens.partition_point(|t| t.bytes.start < bytes.start);
    let end = tokens.partition_point(|t| t.bytes.end <= bytes.end);
    start..end.max(start)
}

/// The base weights, lowered for words that many items of one document
/// repeat: those cannot tell its items apart.
fn spread(prepared: &Prepared, base: &[f64]) -> Vec<f64> {
    // Per word: documents that have it, their items, items that have it.
    let mut counts = vec![(0.0f64, 0.0f64, 0.0f64); base.len()];
    for range in &prepared.of {
        let items = &prepared.items[range.clone()];
        let mut here: BTreeMap<u32, usize> = BTreeMap::new();
        for item in items {
            let mut ids: Vec<u32> =
                item.ids.iter().flatten().copied().collect();
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                *here.entry(id).or_default() += 1;
            }
        }
        for (id, n) in here {
            let count = &mut counts[id as usize];
            count.0 += 1.0;
            count.1 += items.len() as f64;
            count.2 += n as f64;
        }
    }
    base.iter()
        .zip(counts)
        .map(|(weight, (documents, items, with))| {
            if documents == 0.0 {
                return *weight;
            }
            let (with, items) = (with / documents, items / documents);
            let spread = 1.0 - with.ln() / (items + 1.0).ln();
            weight * spread.clamp(LEAST_SPREAD, 1.0)
        })
        .collect()
}

fn fill_bags(prepared: &mut Prepared) {
    let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
    let weights = std::mem::take(&mut prepared.weights);
    for item in &mut prepared.items {
        let whole: Vec<Range<usize>> =
            item.clauses.iter().map(|c| c.tokens.clone()).collect();
        item.bag = bag(&item.ids, &whole, &weights, &mut pairs);
        for clause in &mut item.clauses {
            let tokens = clause.tokens.clone();
            clause.bag = bag(
                &item.ids,
                std::slice::from_ref(&tokens),
                &weights,
                &mut pairs,
            );
        }
    }
    prepared.weights = weights;
}

fn bag(
    ids: &[Option<u32>],
    ranges: &[Range<usize>],
    weights: &[f64],
    names: &mut HashMap<(u32, u32), u32>,
) -> Bag {
    let (mut words, mut pairs) = (Vec::new(), Vec::new());
    for range in ranges {
        let mut last: Option<u32> = None;
        for &id in ids[range.clone()].iter().flatten() {
            let weight = weights[id as usize];
            words.push((id, weight));
            if weight < PAIR_WEIGHT {
                continue;
            }
            if let Some(before) = last {
                let next = names.len() as u32;
                let name = *names.entry((before, id)).or_insert(next);
                let mean = (weights[before as usize] + weight) / 2.0;
                pairs.push((name, PAIR_SHARE * mean));
            }
            last = Some(id);
        }
    }
    for bag in [&mut words, &mut pairs] {
        bag.sort_unstable_by_key(|f| f.0);
        bag.dedup_by_key(|f| f.0);
    }
    let weight = words.iter().map(|f| f.1).sum();
    Bag { words, pairs, weight, sizes: sizes(weight) }
}
