//! The text that the copies share: clauses of many announcements gathered by
//! likeness, in the order that most keep, and what each copy makes of them.

use super::Document;
use super::cluster::{Edge, Rule, group};
use super::diff::diff;
use super::links::place;
use super::model::{
    ChangeKind, Common, CommonClause, Copy, OwnClause, OwnPart, Place,
    Substituted, Substitution,
};
use super::order::common_order;
use super::overlap::each_row;
use super::prepare::{Bag, Prepared};
use super::similarity::alike;
use super::template::{masked, templates};
use std::collections::HashMap;

/// Least likeness of two clauses that may be copies of one.
const EDGE: f64 = 0.3;
/// Least mean likeness inside a group; one clause of a document in each.
const RULE: Rule = Rule { least: 0.3, exclusive: true };

/// Clauses of all documents, numbered through.
struct Clauses {
    /// Item and clause in it, both from 0.
    list: Vec<(usize, usize)>,
    /// First clause of each item.
    first: Vec<usize>,
    /// Document of each clause.
    owners: Vec<usize>,
}

impl Clauses {
    fn new(prepared: &Prepared) -> Self {
        let mut out =
            Self { list: Vec::new(), first: Vec::new(), owners: Vec::new() };
        for (i, item) in prepared.items.iter().enumerate() {
            out.first.push(out.list.len());
            out.list.extend((0..item.clauses.len()).map(|c| (i, c)));
            out.owners.resize(out.list.len(), item.document);
        }
        out
    }

    fn bag<'p>(&self, prepared: &'p Prepared, clause: usize) -> &'p Bag {
        let (item, c) = self.list[clause];
        &prepared.items[item].clauses[c].bag
    }
}

/// Gathers the shared text. Returns it with, for each clause of each item,
/// the index of the shared clause that it is a copy of.
pub(super) fn common(
    documents: &[Document],
    prepared: &Prepared,
) -> (Common, Vec<(Place, usize, Option<usize>)>) {
    let clauses = Clauses::new(prepared);
    let wordings = wordings(prepared, &clauses);
    let edges = edges(prepared, &clauses, &wordings);
    let owners: Vec<Vec<usize>> = wordings
        .iter()
        .map(|w| w.iter().map(|&c| clauses.owners[c]).collect())
        .collect();
    let mut groups = group(&owners, &edges, &RULE);
    groups.retain(|g| g.iter().map(|&w| wordings[w].len()).sum::<usize>() > 1);
    let groups = in_order(prepared, &clauses, &wordings, groups);
    let mut of = vec![None; clauses.list.len()];
    let mut group_of = vec![None; wordings.len()];
    for (g, members) in groups.iter().enumerate() {
        for &w in members {
            group_of[w] = Some(g);
            for &c in &wordings[w] {
                of[c] = Some(g);
            }
        }
    }
    let text = |c: usize| words_of(documents, prepared, &clauses, c);
    let typical = typical(&wordings, &edges, &groups, &group_of);
    let list: Vec<CommonClause> = groups
        .iter()
        .zip(&typical)
        .map(|(members, &w)| {
            let mut copies: Vec<usize> =
                members.iter().flat_map(|&w| wordings[w].clone()).collect();
            copies.sort_unstable();
            CommonClause {
                text: most_frequent(wordings[w].iter().map(|&c| text(c))),
                support: copies.len(),
                of: documents.len(),
                copies: copies
                    .into_iter()
                    .map(|c| copy(prepared, &clauses, c))
                    .collect(),
            }
        })
        .collect();
    let own = own_parts(documents, prepared, &clauses, &list, &of);
    let templates = templates(documents);
    let places = clauses
        .list
        .iter()
        .zip(of)
        .map(|(&(item, c), of)| (place(&prepared.items[item]), c, of));
    let places = places.collect();
    (Common { clauses: list, documents: own, templates }, places)
}

fn copy(prepared: &Prepared, clauses: &Clauses, clause: usize) -> Copy {
    let (item, c) = clauses.list[clause];
    let place = place(&prepared.items[item]);
    Copy { document: place.document, item: place.item, clause: c + 1 }
}

/// Clauses with the same words in the same rows, gathered: copies mostly
/// repeat one another, and what is the same needs no comparing. A document
/// that says the same twice has its second saying in a wording of its own.
fn wordings(prepared: &Prepared, clauses: &Clauses) -> Vec<Vec<usize>> {
    let mut known: HashMap<(Vec<u32>, usize), usize> = HashMap::new();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for c in 0..clauses.list.len() {
        let bag = clauses.bag(prepared, c);
        let features = bag.words.iter().chain(&bag.pairs);
        let mut key = (features.map(|f| f.0).collect(), 0);
        loop {
            let next = out.len();
            let wording = *known.entry(key.clone()).or_insert(next);
            if wording == next {
                out.push(Vec::new());
            }
            let again = |&d: &usize| clauses.owners[d] == clauses.owners[c];
            if !out[wording].last().is_some_and(again) {
                out[wording].push(c);
                break;
            }
            key.1 += 1;
        }
    }
    out
}

fn edges(
    prepared: &Prepared,
    clauses: &Clauses,
    wordings: &[Vec<usize>],
) -> Vec<Edge> {
    let bags: Vec<&Bag> =
        wordings.iter().map(|w| clauses.bag(prepared, w[0])).collect();
    let mut out = Vec::new();
    each_row(&bags, |a, row| {
        for (k, &shared) in row.iter().enumerate() {
            let b = a + 1 + k;
            if shared > 0.0 {
                let weight = alike(shared, bags[a], bags[b]);
                if weight >= EDGE {
                    out.push(Edge { a, b, weight });
                }
            }
        }
    });
    out
}

/// The words of a clause with the own province as a slot.
fn words_of(
    documents: &[Document],
    prepared: &Prepared,
    clauses: &Clauses,
    clause: usize,
) -> String {
    let (item, c) = clauses.list[clause];
    let item = &prepared.items[item];
    masked(item.clause(c), documents[item.document].place())
}

fn in_order(
    prepared: &Prepared,
    clauses: &Clauses,
    wordings: &[Vec<usize>],
    mut groups: Vec<Vec<usize>>,
) -> Vec<Vec<usize>> {
    let end = clauses.list.len();
    let start: Vec<usize> = prepared
        .of
        .iter()
        .map(|r| clauses.first.get(r.start).copied().unwrap_or(end))
        .collect();
    let lengths: Vec<usize> = (0..start.len())
        .map(|d| start.get(d + 1).copied().unwrap_or(end) - start[d])
        .collect();
    let positions: Vec<_> = groups
        .iter()
        .map(|g| {
            let copies = g.iter().flat_map(|&w| &wordings[w]);
            copies
                .map(|&c| (clauses.owners[c], c - start[clauses.owners[c]]))
                .collect()
        })
        .collect();
    let order = common_order(&positions, &lengths);
    order.into_iter().map(|g| std::mem::take(&mut groups[g])).collect()
}

/// The wording of each group that is nearest to all copies; among equals the
/// one that comes first.
fn typical(
    wordings: &[Vec<usize>],
    edges: &[Edge],
    groups: &[Vec<usize>],
    of: &[Option<usize>],
) -> Vec<usize> {
    let mut sums: Vec<f64> =
        wordings.iter().map(|w| w.len() as f64 - 1.0).collect();
    for edge in edges {
        if of[edge.a].is_some() && of[edge.a] == of[edge.b] {
            sums[edge.a] += edge.weight * wordings[edge.b].len() as f64;
            sums[edge.b] += edge.weight * wordings[edge.a].len() as f64;
        }
    }
    groups
        .iter()
        .map(|members| {
            let best = members
                .iter()
                .copied()
                .max_by(|&x, &y| sums[x].total_cmp(&sums[y]).then(y.cmp(&x)));
            best.unwrap_or(0)
        })
        .collect()
}

/// The text that occurs most; among equals the first.
fn most_frequent(texts: impl Iterator<Item = String>) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for text in texts {
        match counts.iter_mut().find(|(t, _)| *t == text) {
            Some((_, n)) => *n += 1,
            None => counts.push((text, 1)),
        }
    }
    let best = counts.into_iter().rev().max_by_key(|(_, n)| *n);
    best.map(|(text, _)| text).unwrap_or_default()
}

fn own_parts(
    documents: &[Document],
    prepared: &Prepared,
    clauses: &Clauses,
    list: &[CommonClause],
    of: &[Option<usize>],
) -> Vec<OwnPart> {
    let mut out: Vec<OwnPart> = (0..documents.len())
        .map(|document| OwnPart {
            document,
            additions: Vec::new(),
            omissions: Vec::new(),
            substitutions: Vec::new(),
        })
        .collect();
    for (c, &(i, k)) in clauses.list.iter().enumerate() {
        let item = &prepared.items[i];
        let part = &mut out[item.document];
        let Some(g) = of[c] else {
            part.additions.push(OwnClause {
                item: item.number,
                clause: k + 1,
                text: item.clause(k).to_owned(),
                span: None,
            });
            continue;
        };
        let here = words_of(documents, prepared, clauses, c);
        part.substitutions.extend(substitutions(
            g,
            item.number,
            &list[g].text,
            &here,
        ));
    }
    for (g, clause) in list.iter().enumerate() {
        if clause.support * 2 < documents.len() {
            continue;
        }
        let mut has = vec![false; documents.len()];
        for copy in &clause.copies {
            has[copy.document] = true;
        }
        for part in out.iter_mut().filter(|p| !has[p.document]) {
            part.omissions.push(g);
        }
    }
    out
}

/// Words in place of shared ones, punctuation and case aside.
fn substitutions(
    common: usize,
    item: usize,
    shared: &str,
    here: &str,
) -> Vec<Substitution> {
    if shared == here {
        return Vec::new();
    }
    diff(shared, here)
        .into_iter()
        .filter(|c| c.kind != ChangeKind::Same && !c.minor)
        .map(|c| {
            let bare =
                |s: &str| s.trim_matches([' ', ',', ';', '.', ':']).to_owned();
            let (shared, here) = (bare(&c.a), bare(&c.b));
            let what = what(if here.is_empty() { &shared } else { &here });
            Substitution { common, item, what, shared, here }
        })
        .collect()
}

/// A number if it holds a digit, a name if every word of it is capitalized.
fn what(words: &str) -> Substituted {
    if words.chars().any(|c| c.is_ascii_digit()) {
        return Substituted::Number;
    }
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    if words.split_whitespace().all(capital) {
        Substituted::Name
    } else {
        Substituted::Words
    }
}
