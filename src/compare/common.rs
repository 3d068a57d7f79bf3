//! The text that the copies share: clauses of many announcements gathered by
//! likeness, in the order that most keep, and what each copy makes of them.

use super::Document;
use super::cluster::{Edge, Rule, group};
use super::diff::diff;
use super::model::{
    ChangeKind, Common, CommonClause, Copy, OwnClause, OwnPart, Substituted,
    Substitution,
};
use super::order::common_order;
use super::overlap::{Index, Rows};
use super::prepare::Prepared;
use super::similarity::alike;
use super::template::{masked, templates};

/// Least likeness of two clauses that may be copies of one.
const EDGE: f64 = 0.3;
/// Least mean likeness inside a group; one clause of a document in each.
const RULE: Rule = Rule { least: 0.3, exclusive: true };

/// Clauses of all documents, numbered through.
pub(super) struct Clauses {
    /// Item and clause in it, both from 0.
    pub list: Vec<(usize, usize)>,
    /// First clause of each item.
    pub first: Vec<usize>,
    edges: Vec<Edge>,
}

impl Clauses {
    /// All clauses, none compared yet.
    pub(super) fn new(prepared: &Prepared) -> Self {
        let mut out =
            Self { list: Vec::new(), first: Vec::new(), edges: Vec::new() };
        for (i, item) in prepared.items.iter().enumerate() {
            out.first.push(out.list.len());
            out.list.extend((0..item.clauses.len()).map(|c| (i, c)));
        }
        out
    }

    /// Compares the clauses of a document with those of all later ones.
    pub(super) fn compare(
        &mut self,
        prepared: &Prepared,
        index: &Index<'_>,
        rows: &Rows,
        document: usize,
    ) {
        let own = prepared.of[document].clone();
        let Some(from) = self.first.get(own.start) else { return };
        let to = self.first.get(own.end).copied().unwrap_or(self.list.len());
        for a in *from..to {
            let x = index.clause(self.list[a].0, self.list[a].1);
            for b in to..self.list.len() {
                let y = index.clause(self.list[b].0, self.list[b].1);
                let shared = rows.shared(x, y);
                if shared == 0.0 {
                    continue;
                }
                let weight = alike(shared, index.bag(x), index.bag(y));
                if weight >= EDGE {
                    self.edges.push(Edge { a, b, weight });
                }
            }
        }
    }
}

/// Gathers the shared text. Returns it with, for each clause, the index of
/// the shared clause that it is a copy of.
pub(super) fn common(
    documents: &[Document],
    prepared: &Prepared,
    clauses: &Clauses,
) -> (Common, Vec<Option<usize>>) {
    let document = |c: usize| prepared.items[clauses.list[c].0].document;
    let owners: Vec<usize> = (0..clauses.list.len()).map(document).collect();
    let mut groups = group(&owners, &clauses.edges, &RULE);
    groups.retain(|g| g.len() > 1);
    let groups = in_order(prepared, clauses, &owners, groups);
    let mut of = vec![None; clauses.list.len()];
    for (g, members) in groups.iter().enumerate() {
        for &c in members {
            of[c] = Some(g);
        }
    }
    let typical = typical(clauses, &groups, &of);
    let list: Vec<CommonClause> = groups
        .iter()
        .zip(&typical)
        .map(|(members, &t)| CommonClause {
            text: words_of(documents, prepared, clauses, t),
            support: members.len(),
            of: documents.len(),
            copies: members
                .iter()
                .map(|&c| Copy {
                    document: owners[c],
                    item: prepared.items[clauses.list[c].0].number,
                    clause: clauses.list[c].1 + 1,
                })
                .collect(),
        })
        .collect();
    let own = own_parts(documents, prepared, clauses, &list, &of);
    let templates = templates(documents);
    (Common { clauses: list, documents: own, templates }, of)
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
    owners: &[usize],
    mut groups: Vec<Vec<usize>>,
) -> Vec<Vec<usize>> {
    let start: Vec<usize> = prepared
        .of
        .iter()
        .map(|r| {
            clauses.first.get(r.start).copied().unwrap_or(clauses.list.len())
        })
        .collect();
    let end = |d: usize| start.get(d + 1).copied().unwrap_or(owners.len());
    let lengths: Vec<usize> =
        (0..start.len()).map(|d| end(d) - start[d]).collect();
    let positions: Vec<_> = groups
        .iter()
        .map(|g| g.iter().map(|&c| (owners[c], c - start[owners[c]])).collect())
        .collect();
    let order = common_order(&positions, &lengths);
    order.into_iter().map(|g| std::mem::take(&mut groups[g])).collect()
}

/// The member of each group that is nearest to all others; among equals the
/// one with the fewest words, for additions are local.
fn typical(
    clauses: &Clauses,
    groups: &[Vec<usize>],
    of: &[Option<usize>],
) -> Vec<usize> {
    let mut sums = vec![0.0; clauses.list.len()];
    for edge in &clauses.edges {
        if of[edge.a].is_some() && of[edge.a] == of[edge.b] {
            sums[edge.a] += edge.weight;
            sums[edge.b] += edge.weight;
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
