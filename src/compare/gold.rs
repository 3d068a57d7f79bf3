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
    let json: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("alignment"))
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

/// True, false and missed links of the alignment of a set.
pub(super) fn score(set: &Set, limits: &super::align::Limits) -> Score {
    let prepared = super::prepare::prepare(&set.documents);
    let index = super::overlap::Index::new(&prepared);
    let mut found = Vec::new();
    for a in 0..set.documents.len() {
        let rows = index.rows(a);
        let table = super::align::Table {
            prepared: &prepared,
            index: &index,
            rows: &rows,
        };
        for b in a + 1..set.documents.len() {
            for pair in super::align::align(&table, a, b, limits) {
                let (x, y) = (&prepared.items[pair.a], &prepared.items[pair.b]);
                found.push((a, x.number, b, y.number));
            }
        }
    }
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

mod explore {
    use super::*;
    use crate::compare::align::Limits;

    #[test]
    #[ignore = "prints scores"]
    fn sweep() {
        let sets: Vec<Set> = std::env::var("ALIGNMENT")
            .expect("ALIGNMENT")
            .split(':')
            .map(|p| set(Path::new(p)))
            .collect();
        for assigned in [0.11, 0.13, 0.15, 0.17] {
            for further in [0.11, 0.13, 0.15, 0.17, 0.19] {
                for clause in [0.13, 0.16, 0.2, 0.25] {
                    let limits = Limits { assigned, further, clause };
                    let scores: Vec<String> = sets
                        .iter()
                        .map(|s| format!("{:.4}", score(s, &limits).f1()))
                        .collect();
                    eprintln!("ROW {assigned} {further} {clause} {}", scores.join(" "));
                }
            }
        }
        for s in &sets {
            let (mut right, mut wrong) = (0, 0);
            for a in 0..s.documents.len() {
                for b in a + 1..s.documents.len() {
                    let two = Set {
                        documents: vec![
                            s.documents[a].clone(),
                            s.documents[b].clone(),
                        ],
                        links: s
                            .links
                            .iter()
                            .filter(|l| l.0 == a && l.2 == b)
                            .map(|l| (0, l.1, 1, l.3))
                            .collect(),
                    };
                    let score = score(&two, &crate::compare::align::LIMITS);
                    right += score.right;
                    wrong += score.extra.len() + score.missed.len();
                }
            }
            eprintln!("F1 two by two {:.4}", 2.0 * right as f64 / (2.0 * right as f64 + wrong as f64));
            let score = score(s, &crate::compare::align::LIMITS);
            eprintln!("F1 {:.4} {score:?}", score.f1());
        }
    }
}
