//! The fields of a record in words for a person.

use super::args::FieldName;
use super::layout::{fit, wrap_text};
use super::screen::harmless;
use crate::record::{
    Contents, DateValue, DocumentId, Issuer, Item, Record, Status, Words,
};
use serde::Serialize;

/// What stands where a field is not there.
pub(super) const NOT_STATED: &str = "not stated";

/// One row: the name of a field and its values, one a line.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) values: Vec<String>,
}

impl Row {
    /// Whether the document does not say it.
    pub(super) fn absent(&self) -> bool {
        self.values.is_empty()
    }

    /// Its values in lines of at most `width` columns. Of several values each
    /// hangs under its first line; of the contents, which the text holds in
    /// full, only the first line is given.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let hanging = if self.values.len() > 1 { "  " } else { "" };
        let mut lines = Vec::new();
        for value in &self.values {
            let plain = value.trim_start();
            let indent = &value[..value.len() - plain.len()];
            let room = width - indent.len() - hanging.len();
            let mut wrapped = match self.name {
                "contents" => vec![fit(&harmless(plain), room)],
                _ => wrap_text(&harmless(plain), room),
            }
            .into_iter();
            lines.extend(wrapped.next().map(|l| format!("{indent}{l}")));
            lines.extend(wrapped.map(|l| format!("{indent}{hanging}{l}")));
        }
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        lines
    }
}

/// All fields in the order of the record.
pub(super) fn rows(record: &Record) -> Vec<Row> {
    use FieldName::*;
    const SHOWN: [FieldName; 13] = [
        Kind, Title, Byline, Published, Issuer, Document, Issued, Campaign,
        Slogans, Contents, Dates, References, Signer,
    ];
    let mut rows: Vec<Row> =
        SHOWN.into_iter().map(|field| row(record, field)).collect();
    let notes = record
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.field, note.text))
        .collect();
    rows.push(Row { name: "notes", values: notes });
    rows
}

/// One field.
pub(super) fn row(record: &Record, field: FieldName) -> Row {
    let one = |value: Option<String>| value.into_iter().collect::<Vec<_>>();
    let values = match field {
        FieldName::Kind => vec![wire_name(&record.kind)],
        FieldName::Title => one(record.title.as_ref().map(words)),
        FieldName::Byline => one(record.byline.as_ref().map(words)),
        FieldName::Published => one(record.published.as_ref().map(date)),
        FieldName::Issuer => one(record.issuer.as_ref().map(issuer)),
        FieldName::Document => one(record.document.as_ref().map(document)),
        FieldName::Issued => one(record.issued.as_ref().map(date)),
        FieldName::Campaign => one(record.campaign.as_ref().map(words)),
        FieldName::Slogans => slogans(record),
        FieldName::Contents => {
            record.contents.as_ref().map_or_else(Vec::new, contents)
        }
        FieldName::Dates => dates(record),
        FieldName::References => references(record),
        FieldName::Signer => {
            one(record.signer.as_ref().map(|signer| match &signer.title {
                Some(title) => format!("{} ({title})", signer.name),
                None => signer.name.clone(),
            }))
        }
    };
    Row { name: field_name(field), values }
}

/// The name of a field, as in the record.
pub(super) fn field_name(field: FieldName) -> &'static str {
    match field {
        FieldName::Kind => "kind",
        FieldName::Title => "title",
        FieldName::Byline => "byline",
        FieldName::Published => "published",
        FieldName::Issuer => "issuer",
        FieldName::Document => "document",
        FieldName::Issued => "issued",
        FieldName::Campaign => "campaign",
        FieldName::Slogans => "slogans",
        FieldName::Contents => "contents",
        FieldName::Dates => "dates",
        FieldName::References => "references",
        FieldName::Signer => "signer",
    }
}

/// The name of an enumerated value, as in the record.
pub(super) fn wire_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A value, with its status if the words do not simply say it.
fn with_status(value: &str, status: Status, why: Option<&str>) -> String {
    match (status, why) {
        (Status::Stated, _) => value.to_owned(),
        (_, None) => format!("{value} ({})", wire_name(&status)),
        (_, Some(why)) => format!("{value} ({}: {why})", wire_name(&status)),
    }
}

fn words(words: &Words) -> String {
    with_status(&words.text, words.status, words.why.as_deref())
}

fn date(date: &DateValue) -> String {
    with_status(&date.value, date.status, date.why.as_deref())
}

fn issuer(issuer: &Issuer) -> String {
    let mut name = issuer.name.clone();
    if let Some(place) = &issuer.place
        && let Some(successor) = &place.successor
        && *successor != place.name
    {
        name += &format!(", since July 2025 in {successor}");
    }
    with_status(&name, issuer.status, issuer.why.as_deref())
}

fn document(document: &DocumentId) -> String {
    let parts = [&document.type_name, &document.symbol];
    let mut name: Vec<&str> =
        parts.into_iter().flatten().map(String::as_str).collect();
    if document.symbol.is_none() {
        name.push("without a number");
    }
    with_status(&name.join(" "), document.status, document.why.as_deref())
}

fn slogans(record: &Record) -> Vec<String> {
    let slogan = |s: &crate::record::Slogan| {
        format!("{} ({})", s.text, wire_name(&s.kind))
    };
    record.slogans.iter().map(slogan).collect()
}

fn contents(contents: &Contents) -> Vec<String> {
    fn list(items: &[Item], depth: usize, lines: &mut Vec<String>) {
        for (i, item) in items.iter().enumerate() {
            // What an item says of itself ends where its first sub-item
            // begins.
            let own = match item.items.first() {
                Some(sub) => item.text.split(&sub.text).next(),
                None => None,
            };
            let own = own.unwrap_or(&item.text).trim_end();
            let label = match item.label {
                Some(_) => String::new(),
                None => format!("({}) ", i + 1),
            };
            lines.push(format!("{}{label}{own}", "  ".repeat(depth)));
            list(&item.items, depth + 1, lines);
        }
    }
    let mut lines = Vec::new();
    list(&contents.items, 0, &mut lines);
    lines
}

fn dates(record: &Record) -> Vec<String> {
    let date = |d: &crate::record::DateMention| {
        let value = with_status(&d.value, d.status, d.why.as_deref());
        format!("{value} {}: {}", wire_name(&d.role), d.text)
    };
    record.dates.iter().map(date).collect()
}

fn references(record: &Record) -> Vec<String> {
    let reference = |r: &crate::record::Reference| {
        let symbol = r.symbol.as_deref().unwrap_or(&r.text);
        let mut line = match &r.type_name {
            Some(name) => format!("{name} {symbol}"),
            None => symbol.to_owned(),
        };
        for (word, part) in [("of", &r.issuer), ("of", &r.date)] {
            if let Some(part) = part {
                line += &format!(" {word} {part}");
            }
        }
        line
    };
    record.references.iter().map(reference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn what_can_be_explained_can_be_asked_for() {
        let asked: Vec<&str> = FieldName::value_variants()
            .iter()
            .map(|field| field_name(*field))
            .collect();
        assert_eq!(asked, crate::extract::FIELDS);
        for field in FieldName::value_variants() {
            let value = field.to_possible_value().expect("a value");
            assert_eq!(value.get_name(), field_name(*field));
        }
    }
}
