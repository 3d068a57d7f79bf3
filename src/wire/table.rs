//! One row a document, for spreadsheets.
//!
//! A cell never starts a formula: if its first character could ([`safe_cell`]),
//! an apostrophe stands before it, which spreadsheets read as “this is text”.
//! Lists stand in one cell, joined by [`JOIN`]. An empty cell means that the
//! field is not there. Evidence and rules are in the JSON formats only.

use crate::record::{DateValue, Level, Record, Repost, SloganKind, Words};
use serde::Serialize;
use std::borrow::Cow;

/// Stands between the members of a list.
pub const JOIN: &str = " | ";

/// One column: its name and its value.
type Column = (&'static str, fn(&Record) -> String);

/// The columns in their order.
pub const COLUMNS: &[Column] = &[
    ("id", |r| r.id.clone()),
    ("path", |r| r.source.path.clone()),
    ("record", |r| shown(r.source.record)),
    ("offset", |r| shown(r.source.offset)),
    ("url", |r| shown(r.source.url.as_ref())),
    ("encoding", |r| r.source.encoding.clone()),
    ("kind", |r| word(&r.kind)),
    ("title", |r| words(r.title.as_ref())),
    ("byline", |r| words(r.byline.as_ref())),
    ("published", |r| date(r.published.as_ref())),
    ("published_status", |r| {
        r.published.as_ref().map_or_else(String::new, |d| word(&d.status))
    }),
    ("issuer", |r| issuer(r, |i| i.name.clone())),
    ("issuer_body", |r| issuer(r, |i| i.body.clone())),
    ("issuer_level", |r| issuer(r, |i| level(i.level))),
    ("place_code", |r| place(r, |p| p.code.clone())),
    ("place", |r| place(r, |p| p.name.clone())),
    ("place_successor", |r| place(r, |p| shown(p.successor.as_ref()))),
    ("issuer_status", |r| issuer(r, |i| word(&i.status))),
    ("type", |r| document(r, |d| shown(d.type_name.as_ref()))),
    ("code", |r| document(r, |d| shown(d.code.as_ref()))),
    ("symbol", |r| document(r, |d| shown(d.symbol.as_ref()))),
    ("number", |r| document(r, |d| shown(d.number.as_ref()))),
    ("year", |r| document(r, |d| shown(d.year))),
    ("document_status", |r| document(r, |d| word(&d.status))),
    ("issued", |r| date(r.issued.as_ref())),
    ("issued_status", |r| {
        r.issued.as_ref().map_or_else(String::new, |d| word(&d.status))
    }),
    ("campaign", |r| words(r.campaign.as_ref())),
    ("slogans", |r| {
        joined(&r.slogans, |s| match s.kind {
            SloganKind::Other => s.text.clone(),
            kind => format!("{}: {}", word(&kind), s.text),
        })
    }),
    ("contents", |r| {
        r.contents.as_ref().map_or_else(String::new, |contents| {
            joined(&contents.items, |item| item.text.clone())
        })
    }),
    ("dates", |r| {
        joined(&r.dates, |d| format!("{} {}", d.value, word(&d.role)))
    }),
    ("references", |r| {
        joined(&r.references, |reference| {
            reference.symbol.clone().unwrap_or_else(|| reference.text.clone())
        })
    }),
    ("signer", |r| {
        r.signer.as_ref().map_or_else(String::new, |s| s.name.clone())
    }),
    ("signer_title", |r| {
        shown(r.signer.as_ref().and_then(|s| s.title.as_ref()))
    }),
    ("notes", |r| {
        joined(&r.notes, |note| format!("{}: {}", note.field, note.text))
    }),
    ("repost_cluster", |r| repost(r, |p| p.cluster.clone())),
    ("repost_first", |r| repost(r, |p| p.first.clone())),
    ("repost_similarity", |r| repost(r, |p| shown(p.similarity))),
];

/// How many of the columns, the last ones, are about reposts.
const ABOUT_REPOSTS: usize = 3;

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// The wire name of an enumerated value.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn words(value: Option<&Words>) -> String {
    value.map_or_else(String::new, |w| w.text.clone())
}

fn date(value: Option<&DateValue>) -> String {
    value.map_or_else(String::new, |d| d.value.clone())
}

fn level(value: Option<Level>) -> String {
    value.map_or_else(String::new, |l| word(&l))
}

fn issuer(
    record: &Record,
    value: fn(&crate::record::Issuer) -> String,
) -> String {
    record.issuer.as_ref().map_or_else(String::new, value)
}

fn place(
    record: &Record,
    value: fn(&crate::record::Place) -> String,
) -> String {
    record
        .issuer
        .as_ref()
        .and_then(|issuer| issuer.place.as_ref())
        .map_or_else(String::new, value)
}

fn document(
    record: &Record,
    value: fn(&crate::record::DocumentId) -> String,
) -> String {
    record.document.as_ref().map_or_else(String::new, value)
}

fn repost(record: &Record, value: fn(&Repost) -> String) -> String {
    record.repost.as_ref().map_or_else(String::new, value)
}

fn joined<T>(list: &[T], show: impl Fn(&T) -> String) -> String {
    list.iter().map(show).collect::<Vec<_>>().join(JOIN)
}

/// A cell that no spreadsheet takes for a formula: before a leading `=`,
/// `+`, `-`, `@` (also in full width), tab or line break stands an
/// apostrophe.
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    const STARTS: &[char] =
        &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(STARTS) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The line of column names.
pub(super) fn head() -> Vec<u8> {
    csv_line(COLUMNS.iter().map(|(name, _)| Cow::Borrowed(*name)))
}

/// The row of a record.
pub(super) fn row(record: &Record) -> Vec<u8> {
    csv_line(
        COLUMNS.iter().map(|(_, value)| {
            Cow::Owned(safe_cell(&value(record)).into_owned())
        }),
    )
}

/// Fills the last columns of a row, which are empty.
pub(super) fn add_repost(row: &mut Vec<u8>, repost: &Repost) {
    let cells = [
        repost.cluster.clone(),
        repost.first.clone(),
        shown(repost.similarity),
    ];
    let cells: [String; ABOUT_REPOSTS] = cells;
    row.truncate(row.len().saturating_sub(ABOUT_REPOSTS - 1 + "\r\n".len()));
    row.extend(csv_line(
        cells.iter().map(|cell| Cow::Owned(safe_cell(cell).into_owned())),
    ));
}

fn csv_line<'c>(cells: impl Iterator<Item = Cow<'c, str>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for cell in cells {
        // Writing to memory cannot fail.
        let _ = writer.write_field(cell.as_bytes());
    }
    let _ = writer.write_record(None::<&[u8]>);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_could_be_a_formula_gets_an_apostrophe() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("+84 24", "'+84 24"),
            ("- Tăng cường xét nghiệm", "'- Tăng cường xét nghiệm"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("Kế hoạch = tốt", "Kế hoạch = tốt"),
            ("240/KH-UBND", "240/KH-UBND"),
            ("", ""),
        ] {
            assert_eq!(safe_cell(cell), safe);
        }
    }

    #[test]
    fn cells_with_quotes_and_breaks_stay_one_cell() {
        let cells = ["một", "hai \"ba\"", "bốn\nnăm", ""];
        let line = csv_line(cells.into_iter().map(Cow::Borrowed));
        assert_eq!(line, "một,\"hai \"\"ba\"\"\",\"bốn\nnăm\",\r\n".as_bytes());
    }

    #[test]
    fn columns_have_distinct_names() {
        let mut names: Vec<_> = COLUMNS.iter().map(|(n, _)| n).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
