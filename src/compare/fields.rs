//! The field table: what each announcement says about itself.

use super::Document;
use super::model::{Cell, CellValue, FieldRow};
use super::template::masked;
use crate::record::{DateMention, DateRole, DateValue, Evidence, Status};
use crate::text::normalize;
use std::collections::BTreeMap;

/// The fields, in the order of the table.
pub const FIELDS: [&str; 11] = [
    "issuer",
    "number",
    "type",
    "issued",
    "published",
    "campaign",
    "effective",
    "end",
    "slogans",
    "contents",
    "references",
];

/// One row a field.
pub(super) fn fields(documents: &[Document]) -> Vec<FieldRow> {
    FIELDS
        .iter()
        .map(|field| {
            let values: Vec<Vec<CellValue>> =
                documents.iter().map(|d| values(field, d)).collect();
            row(field, documents, values)
        })
        .collect()
}

fn row(
    field: &str,
    documents: &[Document],
    values: Vec<Vec<CellValue>>,
) -> FieldRow {
    let keys: Vec<Vec<String>> = values
        .iter()
        .zip(documents)
        .map(|(values, document)| {
            let mut keys: Vec<String> =
                values.iter().map(|v| key(&v.value, document)).collect();
            keys.sort();
            keys
        })
        .collect();
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for key in &keys {
        *counts.entry(key).or_default() += 1;
    }
    let differs = counts.len() > 1;
    let cells = values
        .into_iter()
        .zip(&keys)
        .map(|(values, key)| Cell {
            stated: !values.is_empty(),
            values,
            agrees: counts[key.as_slice()],
        })
        .collect();
    FieldRow { field: field.to_owned(), differs, cells }
}

/// What a value is compared by: letters and digits, the own province masked.
fn key(value: &str, document: &Document) -> String {
    masked(&normalize(value), document.place())
        .chars()
        .filter(|c| c.is_alphanumeric() || "{}-/".contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

fn values(field: &str, document: &Document) -> Vec<CellValue> {
    let record = &document.record;
    match field {
        "issuer" => {
            let issuer = record.issuer.iter();
            issuer
                .map(|i| CellValue {
                    value: i.name.clone(),
                    evidence: i.span.map(|span| evidence(&i.text, span)),
                    status: i.status,
                    why: i.why.clone(),
                })
                .collect()
        }
        "number" => act(document, |d| d.symbol.clone()),
        "type" => act(document, |d| d.type_name.clone().or(d.code.clone())),
        "issued" => date(record.issued.as_ref()),
        "published" => date(record.published.as_ref()),
        "campaign" => {
            let campaign = record.campaign.iter();
            campaign
                .map(|c| CellValue {
                    value: c.text.clone(),
                    evidence: c.span.map(|span| evidence(&c.text, span)),
                    status: c.status,
                    why: c.why.clone(),
                })
                .collect()
        }
        "effective" => period(document, true),
        "end" => period(document, false),
        "slogans" => slogans(document),
        "contents" => contents(document),
        _ => references(document),
    }
}

/// Each slogan once, in whatever case and punctuation it returns.
fn slogans(document: &Document) -> Vec<CellValue> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for slogan in &document.record.slogans {
        let key = key(&slogan.text, document);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        out.push(CellValue {
            value: slogan.text.clone(),
            evidence: Some(evidence(&slogan.text, slogan.span)),
            status: slogan.status,
            why: None,
        });
    }
    out
}

fn evidence(text: &str, span: crate::text::Span<crate::text::Raw>) -> Evidence {
    Evidence { text: text.to_owned(), span }
}

fn act(
    document: &Document,
    value: impl Fn(&crate::record::DocumentId) -> Option<String>,
) -> Vec<CellValue> {
    let Some(act) = &document.record.document else { return Vec::new() };
    let Some(value) = value(act) else { return Vec::new() };
    let text = act.text.clone().unwrap_or_else(|| value.clone());
    vec![CellValue {
        value,
        evidence: act.span.map(|span| evidence(&text, span)),
        status: act.status,
        why: act.why.clone(),
    }]
}

fn date(date: Option<&DateValue>) -> Vec<CellValue> {
    let Some(date) = date else { return Vec::new() };
    let text = date.text.as_deref().unwrap_or(&date.value);
    vec![CellValue {
        value: date.value.clone(),
        evidence: date.span.map(|span| evidence(text, span)),
        status: date.status,
        why: date.why.clone(),
    }]
}

/// Dates from which the act, or what it launches, runs; or those on which it
/// ends. A range gives its own side.
fn period(document: &Document, start: bool) -> Vec<CellValue> {
    let mut out: Vec<CellValue> = Vec::new();
    for mention in &document.record.dates {
        let Some(value) = side(mention, start) else { continue };
        if out.iter().any(|v| v.value == value) {
            continue;
        }
        out.push(CellValue {
            value,
            evidence: Some(evidence(&mention.text, mention.span)),
            status: mention.status,
            why: mention.why.clone(),
        });
    }
    out
}

fn side(mention: &DateMention, start: bool) -> Option<String> {
    let runs = matches!(
        mention.role,
        DateRole::Effective | DateRole::Start | DateRole::End
    );
    match mention.value.split_once('/') {
        Some((from, to)) if runs => {
            Some(if start { from } else { to }.to_owned())
        }
        None if runs && start == (mention.role != DateRole::End) => {
            Some(mention.value.clone())
        }
        _ => None,
    }
}

fn contents(document: &Document) -> Vec<CellValue> {
    let Some(contents) = &document.record.contents else { return Vec::new() };
    let (Some(first), Some(last)) =
        (contents.items.first(), contents.items.last())
    else {
        return Vec::new();
    };
    let span = first.span.cover(last.span);
    let text = match &contents.lead {
        Some(lead) => lead.clone(),
        None => evidence(&first.text, span),
    };
    vec![CellValue {
        value: contents.items.len().to_string(),
        evidence: Some(text),
        status: Status::Stated,
        why: None,
    }]
}

fn references(document: &Document) -> Vec<CellValue> {
    let mut out: Vec<CellValue> = Vec::new();
    for reference in &document.record.references {
        let symbol = reference.symbol.as_ref().unwrap_or(&reference.text);
        let value = match &reference.type_name {
            Some(kind) => format!("{kind} {symbol}"),
            None => symbol.clone(),
        };
        if out.iter().any(|v| v.value == value) {
            continue;
        }
        out.push(CellValue {
            value,
            evidence: Some(evidence(&reference.text, reference.span)),
            status: reference.status,
            why: None,
        });
    }
    out
}
