//! A query as the engine runs it.

use super::careful::Careful;
use super::query::{DocNumber, Field as Asked, Filter, Node, Value, Word};
use super::schema::{Fields, day};
use super::units::{Syllable, Unit, units, wordings};
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// What counts as found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mode {
    /// Only in headlines, campaigns, issuers and own symbols.
    pub(super) heads: bool,
    /// Marks that were typed must be there.
    pub(super) strict: bool,
    /// Of the words that are anywhere at all this share is enough.
    pub(super) share: Option<f32>,
}

impl Mode {
    /// Every word, as it was typed.
    pub(super) const STRICT: Self =
        Self { heads: false, strict: true, share: None };
    /// Every word, whatever its marks.
    pub(super) const LOOSE: Self = Self { strict: false, ..Self::STRICT };
}

/// Turns parts of a query into those of the engine.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) mode: Mode,
}

impl Compiler<'_> {
    pub(super) fn node(&self, node: &Node) -> Box<dyn Query> {
        match node {
            Node::All => Box::new(AllQuery),
            Node::And(parts) => self.all_of(parts),
            Node::Or(parts) => {
                any(parts.iter().map(|part| self.node(part)).collect())
            }
            Node::Not(_) => self.all_of(std::slice::from_ref(node)),
            Node::Words(typed) => self.words(typed),
            Node::Phrase(typed) => {
                self.phrase(typed, self.text(), self.mode.strict)
            }
            Node::Number(number) => self.number(number),
            Node::Filter(filter) => self.filter(filter),
        }
    }

    /// The field that words are looked up in.
    fn text(&self) -> Field {
        if self.mode.heads { self.fields.heads } else { self.fields.all }
    }

    fn all_of(&self, parts: &[Node]) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for part in parts {
            match part {
                // What is not wanted is not wanted anywhere.
                Node::Not(inner) => {
                    let mode = Mode { heads: false, share: None, ..self.mode };
                    let not = Compiler { mode, ..*self }.node(inner);
                    clauses
                        .push((Occur::MustNot, Box::new(Careful(not.into()))));
                }
                Node::Words(typed) if self.mode.share.is_none() => {
                    clauses.extend(
                        units(typed)
                            .iter()
                            .map(|unit| (Occur::Must, self.unit(unit))),
                    );
                }
                part => clauses.push((Occur::Must, self.node(part))),
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn words(&self, typed: &[Word]) -> Box<dyn Query> {
        let units = units(typed);
        let Some(share) = self.mode.share else {
            return all(units.iter().map(|unit| self.unit(unit)).collect());
        };
        let known: Vec<_> = units
            .iter()
            .filter(|unit| self.is_known(unit))
            .map(|unit| self.unit(unit))
            .collect();
        let least = least(known.len(), share);
        if least == known.len() {
            return all(known);
        }
        Box::new(BooleanQuery::union_with_minimum_required_clauses(
            known, least,
        ))
    }

    /// How many words of a query each hit has at least, with the words.
    pub(super) fn required(&self, node: &Node) -> (usize, usize) {
        let parts = match node {
            Node::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let share = self.mode.share.unwrap_or(1.0);
        let mut sum = (0, 0);
        for part in parts {
            if let Node::Words(typed) = part {
                let units = units(typed);
                let known: Vec<&Unit> =
                    units.iter().filter(|unit| self.is_known(unit)).collect();
                let least = least(known.len(), share);
                sum.0 += units.iter().map(|unit| unit.typed).sum::<usize>();
                let mut words: Vec<usize> =
                    known.iter().map(|unit| unit.typed).collect();
                words.sort_unstable();
                sum.1 += words.iter().take(least).sum::<usize>();
            }
        }
        sum
    }

    fn is_known(&self, unit: &Unit) -> bool {
        unit.terms(self.mode.strict).iter().any(|term| {
            let term = Term::from_field_text(self.fields.all, term);
            self.searcher.doc_freq(&term).unwrap_or(0) > 0
        })
    }

    pub(super) fn unit(&self, unit: &Unit) -> Box<dyn Query> {
        let terms = unit.terms(self.mode.strict).iter();
        any(terms.map(|t| frequent(self.text(), t)).collect())
    }

    fn phrase(
        &self,
        typed: &[Word],
        field: Field,
        strict: bool,
    ) -> Box<dyn Query> {
        let one = |words: Vec<Syllable>| -> Box<dyn Query> {
            let mut terms: Vec<Term> = words
                .iter()
                .map(|w| Term::from_field_text(field, w.term(strict)))
                .collect();
            match terms.len() {
                1 => Box::new(TermQuery::new(
                    terms.swap_remove(0),
                    IndexRecordOption::WithFreqs,
                )),
                _ => Box::new(PhraseQuery::new(terms)),
            }
        };
        any(wordings(typed).into_iter().map(one).collect())
    }

    fn number(&self, number: &DocNumber) -> Box<dyn Query> {
        let own = plain(self.fields.symbol, &number.key);
        if self.mode.heads {
            return own;
        }
        let words = units(&number.words);
        let words = words.iter().map(|unit| self.unit(unit)).collect();
        any(vec![own, plain(self.fields.cites, &number.key), all(words)])
    }

    fn filter(&self, filter: &Filter) -> Box<dyn Query> {
        let f = self.fields;
        match &filter.value {
            Value::Phrase(typed) => {
                let field = match filter.field {
                    Asked::Issuer => f.issuer,
                    Asked::Campaign => f.campaign,
                    Asked::Title => f.title,
                    _ => f.all,
                };
                self.phrase(typed, field, true)
            }
            Value::Province(names) => one_of(f.province, names),
            Value::Type(names) => one_of(f.type_name, names),
            Value::Number(number) => plain(f.symbol, &number.key),
            Value::Theme(id) => plain(f.theme, id),
            Value::Exact(value) => match filter.field {
                Asked::Level => plain(f.level, value),
                _ => plain(f.kind, value),
            },
            Value::Years(years) => range(
                f.year,
                years.from.map(i64::from),
                years.to.map(i64::from),
            ),
            // It begins before the period ends and ends after it begins.
            Value::Issued(period) => {
                let to = period.to.as_deref().and_then(day);
                let from = period.from.as_deref().and_then(day);
                all(vec![range(f.from, None, to), range(f.to, from, None)])
            }
        }
    }
}

/// The share of some words, one at least.
fn least(words: usize, share: f32) -> usize {
    ((words as f32 * share).ceil() as usize).clamp(words.min(1), words)
}

fn frequent(field: Field, term: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, term);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn plain(field: Field, term: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, term);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn one_of(field: Field, values: &[&str]) -> Box<dyn Query> {
    match values {
        [one] => plain(field, one),
        many => Box::new(TermSetQuery::new(
            many.iter().map(|value| Term::from_field_text(field, value)),
        )),
    }
}

fn range(field: Field, from: Option<i64>, to: Option<i64>) -> Box<dyn Query> {
    let bound = |value: Option<i64>| {
        value.map_or(Bound::Unbounded, |value| {
            Bound::Included(Term::from_field_i64(field, value))
        })
    };
    match (from, to) {
        // Every document that has the value.
        (None, None) => Box::new(RangeQuery::new(
            Bound::Included(Term::from_field_i64(field, i64::MIN)),
            Bound::Unbounded,
        )),
        _ => Box::new(RangeQuery::new(bound(from), bound(to))),
    }
}

fn all(mut parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.swap_remove(0),
        _ => Box::new(BooleanQuery::intersection(parts)),
    }
}

fn any(mut parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.swap_remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}
