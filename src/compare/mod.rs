//! Announcements side by side: what they share, what each added, dropped,
//! moved or reworded.
//!
//! [`compare`] is pure: records in, a [`Comparison`] out, the same for any
//! order of its arguments. [`crate::cli`] shows it as text and tables,
//! [`page()`] as a page.

mod align;
mod clause;
mod cluster;
mod common;
mod diff;
mod fields;
pub mod labels;
mod links;
mod locate;
mod model;
mod order;
mod overlap;
mod page;
mod prepare;
mod rare;
mod rows;
mod similarity;
mod template;
mod theme;
mod words;

pub use diff::diff;
pub use fields::FIELDS;
pub use model::*;
pub use page::page;
pub use theme::{all_themes, theme_named, themes_of};

use crate::record::{Item, Record};
use align::{LIMITS, Table, align};
use common::common;
use locate::Locator;
use overlap::Index;
use prepare::{Prepared, prepare};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A document to compare.
#[derive(Debug, Clone)]
pub struct Document {
    /// What was extracted from it.
    pub record: Record,
    /// The text as read, if it is at hand: evidence is quoted from it.
    pub text: Option<String>,
}

impl Document {
    /// The name of the issuer's province, which is masked when texts are
    /// compared.
    fn place(&self) -> Option<&str> {
        let issuer = self.record.issuer.as_ref()?;
        issuer.place.as_ref().map(|place| place.name.as_str())
    }

    fn items(&self) -> &[Item] {
        self.record.contents.as_ref().map_or(&[], |c| &c.items)
    }
}

/// Puts documents into the order in which they are compared: by issuer, date
/// of the act, id and path. Indices of a [`Comparison`] count in this order.
pub fn sort(documents: &mut [Document]) {
    documents.sort_by_cached_key(|document| {
        let record = &document.record;
        let issuer = record.issuer.as_ref();
        (
            issuer.is_none(),
            issuer.map(|i| (without_marks(&i.name), i.name.clone())),
            record.issued.as_ref().map(|d| d.value.clone()),
            record.id.clone(),
            record.source.path.clone(),
            record.source.record,
        )
    });
}

/// Lower case without tone and vowel marks, đ as d: sorts names as a
/// Vietnamese reader expects, near enough.
fn without_marks(name: &str) -> String {
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Compares documents. They are sorted first, see [`sort`].
pub fn compare(documents: &mut [Document]) -> Comparison {
    sort(documents);
    let documents = &*documents;
    let prepared = prepare(documents);
    let mut links = all_links(&prepared, documents.len());
    let (mut rows, row_of) = rows::rows(&prepared, &links);
    drop_lonely(&prepared, &mut links, &rows, &row_of);
    let themes = theme::themes(&prepared);
    label_rows(&mut rows, &themes);
    let (common, common_of) = common(documents, &prepared);
    let mut out = Comparison {
        schema: SCHEMA.to_owned(),
        documents: sides(documents, &prepared, &links, &row_of),
        fields: fields::fields(documents),
        alone: alone(&prepared, &links),
        links,
        rows,
        themes,
        common,
        rare: Rare { only_here: Vec::new(), missing_here: Vec::new() },
    };
    for (place, clause, common) in common_of {
        out.documents[place.document].items[place.item - 1].clauses[clause]
            .common = common;
    }
    for part in &mut out.common.documents {
        let side = &out.documents[part.document];
        for own in &mut part.additions {
            own.span = side.items[own.item - 1].clauses[own.clause - 1].span;
        }
    }
    out.rare = rare::rare(&prepared, &out);
    out
}

fn all_links(prepared: &Prepared, documents: usize) -> Vec<Link> {
    let index = Index::new(prepared);
    let mut out = Vec::new();
    for first in 0..documents {
        let rows = index.rows(first);
        let table = Table { prepared, index: &index, rows: &rows };
        for second in first + 1..documents {
            let pairs = align(&table, first, second, &LIMITS);
            out.extend(links::links(prepared, &pairs));
        }
    }
    out
}

/// A weak link to an item that no other copy of its partner answers is a
/// chance likeness: where at least this many documents share the partner's
/// row, a link below [`CHANCE`] from an item outside every row is dropped.
const WITNESSES: usize = 3;
/// See [`WITNESSES`].
const CHANCE: f64 = 0.2;

fn drop_lonely(
    prepared: &Prepared,
    links: &mut Vec<Link>,
    rows: &[Row],
    row_of: &[usize],
) {
    let support = |place: &Place| {
        let item = prepared.of[place.document].start + place.item - 1;
        rows[row_of[item]].support
    };
    links.retain(|link| {
        let (a, b) = (support(&link.a), support(&link.b));
        link.score >= CHANCE || a.min(b) > 1 || a.max(b) < WITNESSES
    });
}

fn alone(prepared: &Prepared, links: &[Link]) -> Vec<Place> {
    let mut linked: Vec<Place> =
        links.iter().flat_map(|l| [l.a, l.b]).collect();
    linked.sort_unstable();
    linked.dedup();
    prepared
        .items
        .iter()
        .map(links::place)
        .filter(|place| linked.binary_search(place).is_err())
        .collect()
}

/// Gives each row the themes that at least half of its items have.
fn label_rows(rows: &mut [Row], themes: &Themes) {
    let mut of: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for label in &themes.labels {
        let place = (label.document, label.item);
        of.entry(place).or_default().push(&label.theme);
    }
    for row in rows {
        let (mut counts, mut items) = (BTreeMap::new(), 0);
        for cell in &row.cells {
            for &item in &cell.items {
                items += 1;
                for &theme in
                    of.get(&(cell.document, item)).into_iter().flatten()
                {
                    *counts.entry(theme).or_insert(0) += 1;
                }
            }
        }
        let common =
            |id: &str| counts.get(id).is_some_and(|&n: &usize| n * 2 >= items);
        let ids = themes.list.iter().map(|t| t.id.as_str());
        row.themes = ids.filter(|id| common(id)).map(str::to_owned).collect();
    }
}

fn sides(
    documents: &[Document],
    prepared: &Prepared,
    links: &[Link],
    row_of: &[usize],
) -> Vec<Side> {
    let mut linked = vec![0; prepared.items.len()];
    let mut last = vec![usize::MAX; prepared.items.len()];
    // Links come sorted by the pair of documents: count each once.
    for link in links {
        for (own, other) in [(link.a, link.b), (link.b, link.a)] {
            let item = prepared.of[own.document].start + own.item - 1;
            if last[item] != other.document {
                last[item] = other.document;
                linked[item] += 1;
            }
        }
    }
    let names = names(documents);
    documents
        .iter()
        .zip(names)
        .enumerate()
        .map(|(d, (document, name))| {
            let record = &document.record;
            let first = prepared.of[d].start;
            Side {
                path: record.source.path.clone(),
                record: record.source.record,
                id: record.id.clone(),
                issuer: record.issuer.as_ref().map(|i| i.name.clone()),
                name,
                url: record.source.url.clone(),
                title: record.title.as_ref().map(|t| t.text.clone()),
                issued: record.issued.as_ref().map(|d| d.value.clone()),
                items: document
                    .items()
                    .iter()
                    .enumerate()
                    .map(|(i, item)| SideItem {
                        row: row_of[first + i],
                        linked_to: linked[first + i],
                        ..side_item(document, item, &prepared.items[first + i])
                    })
                    .collect(),
            }
        })
        .collect()
}

fn side_item(
    document: &Document,
    item: &Item,
    prepared: &prepare::Item,
) -> SideItem {
    let locator =
        document.text.as_deref().and_then(|raw| Locator::new(raw, item));
    SideItem {
        label: item.label.clone(),
        text: item.text.clone(),
        span: item.span,
        clauses: prepared
            .clauses
            .iter()
            .map(|clause| SideClause {
                text: item.text[clause.bytes.clone()].to_owned(),
                span: locator
                    .as_ref()
                    .and_then(|l| l.span(&item.text, &clause.bytes)),
                common: None,
            })
            .collect(),
        row: 0,
        linked_to: 0,
    }
}

/// Column heads: the issuer, with the number or date of the act, or the path,
/// where the issuer alone would not tell two apart.
fn names(documents: &[Document]) -> Vec<String> {
    let base = |d: &Document| match &d.record.issuer {
        Some(issuer) => issuer.name.clone(),
        None => {
            let path = d.record.source.path.as_str();
            path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
        }
    };
    let mut out: Vec<String> = documents.iter().map(base).collect();
    let again = |names: &[String], i: usize| {
        names.iter().filter(|n| **n == names[i]).count() > 1
    };
    let shared: Vec<bool> = (0..out.len()).map(|i| again(&out, i)).collect();
    for (i, document) in documents.iter().enumerate() {
        if shared[i] {
            let record = &document.record;
            let act = record.document.as_ref().and_then(|d| d.symbol.clone());
            let date = record.issued.as_ref().map(|d| d.value.clone());
            if let Some(mark) = act.or(date) {
                out[i] = format!("{} ({mark})", out[i]);
            }
        }
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for name in &mut out {
        let n = seen.entry(name.clone()).or_default();
        *n += 1;
        if *n > 1 {
            *name = format!("{name} [{n}]");
        }
    }
    out
}
