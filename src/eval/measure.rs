//! One record against its gold, and all of them together.

use super::Field;
use super::gold::{GoldDocument, Mention, OneOrMany, Wording};
use super::loose;
use super::tally::{Figures, Tally};
use serde_json::Value;
use std::collections::HashMap;

/// Least overlap (intersection over union) of two spans that mean the same
/// item or slogan.
const SAME_ITEM: f64 = 0.8;
/// The same for dates, whose value is compared besides.
const SAME_DATE: f64 = 0.5;

/// The figures of a whole folder.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Documents with gold.
    pub documents: usize,
    /// Of these, without a record.
    pub missing: usize,
    /// Spans with a text beside them.
    pub spans: usize,
    /// Of these, whose slice of the document is that text.
    pub sliced: usize,
    tallies: [Tally; Field::ALL.len()],
}

impl Scores {
    /// Counts and mistakes of a field.
    pub fn field(&self, field: Field) -> &Tally {
        &self.tallies[field as usize]
    }

    fn field_mut(&mut self, field: Field) -> &mut Tally {
        &mut self.tallies[field as usize]
    }

    /// Mean F1 of the fields.
    pub fn macro_f1(&self) -> f64 {
        let figures = self.tallies.iter().map(Tally::figures);
        figures.map(|Figures { f1, .. }| f1).sum::<f64>()
            / self.tallies.len() as f64
    }
}

/// Scores records, found by the name of their document.
pub fn score(
    golds: &[GoldDocument],
    records: &HashMap<String, Value>,
) -> Scores {
    let mut scores = Scores::default();
    for document in golds {
        scores.documents += 1;
        let record = records.get(&document.name);
        scores.missing += usize::from(record.is_none());
        let page = Page::new(document, record.unwrap_or(&Value::Null));
        page.single_values(&mut scores);
        page.lists(&mut scores);
        page.slices(&mut scores);
    }
    scores
}

/// A document beside its record.
struct Page<'d> {
    name: &'d str,
    letters: Vec<char>,
    document: &'d GoldDocument,
    record: &'d Value,
}

impl<'d> Page<'d> {
    fn new(document: &'d GoldDocument, record: &'d Value) -> Self {
        let letters = document.text.chars().collect();
        Self { name: &document.name, letters, document, record }
    }

    fn at(&self, path: &[&str]) -> &'d Value {
        path.iter().fold(self.record, |value, key| &value[key])
    }

    fn text_at(&self, path: &[&str]) -> Option<&'d str> {
        self.at(path).as_str()
    }

    fn list_at(&self, path: &[&str]) -> &'d [Value] {
        self.at(path).as_array().map_or(&[], Vec::as_slice)
    }

    fn slice(&self, [start, end]: [usize; 2]) -> String {
        let end = end.min(self.letters.len());
        self.letters[start.min(end)..end].iter().collect()
    }

    fn single_values(&self, scores: &mut Scores) {
        let gold = &self.document.gold;
        let mut book =
            |field,
             wanted: Option<&OneOrMany>,
             got,
             same: &dyn Fn(&str, &str) -> bool| {
                scores.field_mut(field).one(
                    self.name,
                    wanted.map(|w| w.values().join(" | ")),
                    wanted.is_some_and(OneOrMany::allows_none),
                    got,
                    |got| {
                        wanted.is_some_and(|w| {
                            w.values().iter().any(|right| same(right, got))
                        })
                    },
                );
            };
        let equal = |right: &str, got: &str| right == got;
        let alike =
            |right: &str, got: &str| loose::text(right) == loose::text(got);
        let one = |value: &String| OneOrMany::One(value.clone());
        let many = |values: Vec<String>| {
            (!values.is_empty()).then_some(OneOrMany::Many(values))
        };
        let kind = one(&gold.kind);
        book(Field::Kind, Some(&kind), self.text_at(&["kind"]), &equal);
        let title = gold.title.map(|span| OneOrMany::One(self.slice(span)));
        let got = self.text_at(&["title", "text"]);
        book(Field::Title, title.as_ref(), got, &alike);
        let got = self.text_at(&["published", "value"]);
        book(Field::Published, gold.published.as_ref(), got, &equal);
        if gold.kind != "announcement" {
            return;
        }
        let names =
            gold.issuer.as_ref().map(|i| OneOrMany::Many(i.names.clone()));
        let got = self.text_at(&["issuer", "name"]);
        book(Field::Issuer, names.as_ref(), got, &|right, got| {
            loose::body(right) == loose::body(got)
        });
        let got = self.text_at(&["document", "code"]);
        book(Field::Type, gold.type_code.as_ref(), got, &equal);
        let symbol = gold.symbol.as_ref().map(one);
        let got = self.text_at(&["document", "symbol"]);
        book(Field::Symbol, symbol.as_ref(), got, &|right, got| {
            loose::symbol(right) == loose::symbol(got)
        });
        let issued = many(gold.issued.clone());
        let got = self.text_at(&["issued", "value"]);
        book(Field::Issued, issued.as_ref(), got, &equal);
        let names = gold.campaign.iter().map(|wording| match wording {
            Wording::Words(words) => words.clone(),
            Wording::Span(span) => self.slice(*span),
        });
        let names = many(names.collect());
        let got = self.text_at(&["campaign", "text"]);
        book(Field::Campaign, names.as_ref(), got, &alike);
    }

    fn lists(&self, scores: &mut Scores) {
        let gold = &self.document.gold;
        let optional = &gold.optional;
        let wanted = |m: &Mention| self.quoted(m.span);
        let got = |v: &&Value| {
            span(v).map_or_else(String::new, |span| self.quoted(span))
        };
        let overlap = |least: f64| {
            move |right: &Mention, value: &&Value| {
                span(value).is_some_and(|s| overlap(right.span, s) >= least)
            }
        };
        scores.field_mut(Field::Slogans).many(
            self.name,
            (&gold.slogans, &optional.slogans),
            &self.list_at(&["slogans"]).iter().collect::<Vec<_>>(),
            overlap(SAME_ITEM),
            (wanted, got),
        );
        scores.field_mut(Field::Dates).many(
            self.name,
            (&gold.dates, &optional.dates),
            &self.list_at(&["dates"]).iter().collect::<Vec<_>>(),
            |right, value| {
                let given = value["value"].as_str();
                overlap(SAME_DATE)(right, value)
                    && right.value.as_ref().is_none_or(|values| {
                        values.values().iter().any(|v| Some(&**v) == given)
                    })
            },
            (
                |m: &Mention| {
                    let value =
                        m.value.as_ref().map(|v| v.values().join(" | "));
                    format!("{} = {}", wanted(m), value.unwrap_or_default())
                },
                |v: &&Value| {
                    let value = v["value"].as_str().unwrap_or_default();
                    format!("{} = {value}", got(v))
                },
            ),
        );
        if gold.kind != "announcement" {
            return;
        }
        scores.field_mut(Field::Contents).many(
            self.name,
            (&gold.contents, &optional.contents),
            &self.list_at(&["contents", "items"]).iter().collect::<Vec<_>>(),
            overlap(SAME_ITEM),
            (wanted, got),
        );
        let symbols = self.list_at(&["references"]).iter();
        let symbols = symbols.filter_map(|r| r["symbol"].as_str());
        scores.field_mut(Field::References).many(
            self.name,
            (&gold.references, &optional.references),
            &symbols.filter(|s| !s.is_empty()).collect::<Vec<_>>(),
            |right, given| loose::symbol(right) == loose::symbol(given),
            (String::clone, |given: &&str| (*given).to_owned()),
        );
    }

    /// Counts spans whose slice of the document is the text beside them.
    fn slices(&self, scores: &mut Scores) {
        const SINGLE: [&str; 6] =
            ["title", "published", "issuer", "issued", "campaign", "document"];
        const LISTS: [&[&str]; 4] =
            [&["slogans"], &["dates"], &["contents", "items"], &["references"]];
        let single = SINGLE.iter().map(|field| self.at(&[field]));
        let lists = LISTS.iter().flat_map(|path| self.list_at(path));
        for value in single.chain(lists) {
            let (Some(span), Some(text)) =
                (span(value), value["text"].as_str())
            else {
                continue;
            };
            if !text.is_empty() {
                let slice = loose::text(&self.slice(span));
                scores.spans += 1;
                scores.sliced += usize::from(slice == loose::text(text));
            }
        }
    }

    fn quoted(&self, span: [usize; 2]) -> String {
        format!("“{}”", self.slice(span))
    }
}

/// The span of a value, if it has one.
fn span(value: &Value) -> Option<[usize; 2]> {
    let span = value["span"].as_array()?;
    let place = |i: usize| Some(span.get(i)?.as_i64()?.max(0) as usize);
    Some([place(0)?, place(1)?])
}

/// Intersection over union.
fn overlap(a: [usize; 2], b: [usize; 2]) -> f64 {
    let (start, end) = (a[0].max(b[0]), a[1].min(b[1]));
    if end <= start {
        return 0.0;
    }
    (end - start) as f64 / (a[1].max(b[1]) - a[0].min(b[0])) as f64
}
