//! Gold announcements as documents, for tests: the fields that a person
//! marked, put into a record without any extraction.

use super::Document;
use crate::extract::{Context, extract};
use crate::record::*;
use crate::text::{Raw, Span, Text, normalize, one_line};
use serde_json::Value;
use std::path::Path;

fn span(value: &Value) -> Option<Span<Raw>> {
    let pair = value.as_array()?;
    let at = |i: usize| pair[i].as_u64().map(|n| n as usize);
    Some(Span::new(at(0)?, at(1)?))
}

/// Reads `NAME.txt` and `NAME.gold.json`.
pub(super) fn read(folder: &Path, name: &str) -> Document {
    let raw = std::fs::read_to_string(folder.join(format!("{name}.txt")))
        .expect("gold text");
    let gold: Value = serde_json::from_str(
        &std::fs::read_to_string(folder.join(format!("{name}.gold.json")))
            .expect("gold"),
    )
    .expect("gold is JSON");
    document(name, &raw, &gold)
}

fn first(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get(0)?.as_str())
}

/// A record with what the gold says.
pub(super) fn document(name: &str, raw: &str, gold: &Value) -> Document {
    let text = Text::new(raw);
    let mut record = extract(&Text::new(""), &Context::default());
    record.source.path = format!("{name}.txt");
    record.id = name.to_owned();
    record.kind = Kind::Announcement;
    let cut = |span: Span<Raw>| one_line(&normalize(text.raw_slice(span)));
    if let Some(issuer) = gold["issuer"].as_object() {
        let name = first(&issuer["names"]).unwrap_or_default().to_owned();
        let place = name
            .split_once("tỉnh ")
            .or_else(|| name.split_once("thành phố "))
            .map(|(_, place)| place.to_owned());
        record.issuer = Some(Issuer {
            name,
            body: "UBND".into(),
            level: Some(Level::Province),
            place: place.map(|name| Place {
                code: String::new(),
                name,
                list: "63".into(),
                successor: None,
            }),
            text: span(&issuer["span"]).map(cut).unwrap_or_default(),
            span: span(&issuer["span"]),
            status: Status::Stated,
            rule: "gold".into(),
            why: None,
            others: Vec::new(),
        });
    }
    record.campaign = first(&gold["campaign"]).map(|name| Words {
        text: one_line(&normalize(name)),
        span: None,
        status: Status::Stated,
        rule: "gold".into(),
        why: None,
        others: Vec::new(),
    });
    let items: Vec<Item> = gold["contents"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let span = span(&item["span"])?;
            Some(Item {
                label: item["label"].as_str().map(str::to_owned),
                text: cut(span),
                span,
                items: Vec::new(),
            })
        })
        .collect();
    if !items.is_empty() {
        record.contents =
            Some(Contents { lead: None, items, rule: "gold".into() });
    }
    Document { record, text: Some(raw.to_owned()) }
}

/// One set with its gold links.
pub(super) struct Set {
    /// Documents in the order of `names`.
    pub documents: Vec<Document>,
    /// `(document, item, document, item)`, items from 1, documents ascending.
    pub links: Vec<(usize, usize, usize, usize)>,
}

/// Reads an alignment file and the documents beside it.
pub(super) fn set(path: &Path) -> Set {
    let json: Value = serde_json::from_str(
        &std::fs::read_to_string(path).expect("alignment"),
    )
    .expect("alignment is JSON");
    let folder = path.parent().expect("a folder");
    let mut names: Vec<String> =
        json["files"].as_object().expect("files").keys().cloned().collect();
    names.sort();
    let place = |v: &Value| {
        names.iter().position(|n| Some(n.as_str()) == v.as_str()).expect("name")
    };
    let mut links = Vec::new();
    for pair in json["pairs"].as_array().expect("pairs") {
        let (a, b) = (place(&pair["a"]), place(&pair["b"]));
        for link in pair["aligned"].as_array().expect("aligned") {
            let at = |i: usize| link[i].as_u64().expect("item") as usize;
            links.push(if a < b {
                (a, at(0), b, at(1))
            } else {
                (b, at(1), a, at(0))
            });
        }
    }
    let documents = names.iter().map(|name| read(folder, name)).collect();
    Set { documents, links }
}

/// The corpus of the project.
pub(super) fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

/// Compares a set and scores its links.
pub(super) fn score(set: &Set) -> Score {
    let mut documents = set.documents.clone();
    let comparison = super::compare(&mut documents);
    let place = |d: usize| {
        let id = &comparison.documents[d].id;
        set.documents.iter().position(|x| x.record.id == *id).expect("id")
    };
    let found: Vec<_> = comparison
        .links
        .iter()
        .map(|l| (place(l.a.document), l.a.item, place(l.b.document), l.b.item))
        .map(|(a, i, b, j)| if a < b { (a, i, b, j) } else { (b, j, a, i) })
        .collect();
    Score::of(&set.links, &found)
}

/// Links found against links wanted.
#[derive(Debug)]
pub(super) struct Score {
    pub right: usize,
    pub extra: Vec<(usize, usize, usize, usize)>,
    pub missed: Vec<(usize, usize, usize, usize)>,
}

impl Score {
    pub(super) fn of(
        wanted: &[(usize, usize, usize, usize)],
        found: &[(usize, usize, usize, usize)],
    ) -> Self {
        let extra: Vec<_> =
            found.iter().filter(|l| !wanted.contains(l)).copied().collect();
        let missed =
            wanted.iter().filter(|l| !found.contains(l)).copied().collect();
        Self { right: found.len() - extra.len(), extra, missed }
    }

    pub(super) fn f1(&self) -> f64 {
        let right = 2.0 * self.right as f64;
        right / (right + (self.extra.len() + self.missed.len()) as f64)
    }
}

/// Sets outside the project: `VANBAN_ALIGNMENT` names their alignment files,
/// separated by `:`.
#[test]
#[ignore = "needs VANBAN_ALIGNMENT"]
fn other_sets_are_aligned() {
    let paths = std::env::var("VANBAN_ALIGNMENT").expect("VANBAN_ALIGNMENT");
    for path in paths.split(':') {
        let set = set(Path::new(path));
        let (whole, apart) = (score(&set), two_by_two(&set));
        assert!(whole.f1() >= 0.95, "{path}: {:.4} {whole:?}", whole.f1());
        assert!(apart >= 0.93, "{path}: pair by pair {apart:.4}");
    }
}

/// F1 where every pair of documents is compared alone, so that no other copy
/// helps to weigh the words.
pub(super) fn two_by_two(set: &Set) -> f64 {
    let (mut right, mut wrong) = (0, 0);
    for a in 0..set.documents.len() {
        for b in a + 1..set.documents.len() {
            let links = set.links.iter().filter(|l| l.0 == a && l.2 == b);
            let two = Set {
                documents: vec![
                    set.documents[a].clone(),
                    set.documents[b].clone(),
                ],
                links: links.map(|l| (0, l.1, 1, l.3)).collect(),
            };
            let score = score(&two);
            right += 2 * score.right;
            wrong += score.extra.len() + score.missed.len();
        }
    }
    right as f64 / (right + wrong) as f64
}
