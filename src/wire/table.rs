//! One row a document, for spreadsheets.
//!
//! A cell never starts a formula: if its first character could ([`safe_cell`]),
//! an apostrophe stands before it, which spreadsheets read as “this is text”.
//! Lists stand in one cell, joined by [`JOIN`]. An empty cell means that the
//! field is not there. Evidence and rules are in the JSON formats only.

use crate::record::{DateValue, Level, Record, Repost, SloganKind, Words};
use serde::Serialize;
use std::borrow::Cow;

/// UTF-8 of the byte order mark, by which Excel knows UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Stands between the members of a list.
pub const JOIN: &str = " | ";

/// One column: its name and its values; a list has many.
type Column = (&'static str, fn(&Record) -> Cell);

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// One value, empty if the field is not there.
    One(String),
    /// The members of a list.
    Many(Vec<String>),
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::One(value)
    }
}

impl Cell {
    fn text(self) -> String {
        match self {
            Self::One(value) => value,
            Self::Many(values) => values.join(JOIN),
        }
    }
}

/// The values of a record in the column `name`, as a table shows them; none
/// if the field is not there. `None` if there is no such column.
pub fn values(record: &Record, name: &str) -> Option<Vec<String>> {
    let (_, value) = COLUMNS.iter().find(|(column, _)| *column == name)?;
    Some(match value(record) {
        Cell::One(value) if value.is_empty() => Vec::new(),
        Cell::One(value) => vec![value],
        Cell::Many(values) => values,
    })
}

/// The columns in their order.
pub const COLUMNS: &[Column] = &[
    ("id", |r| r.id.clone().into()),
    ("path", |r| r.source.path.clone().into()),
    ("record", |r| shown(r.source.record).into()),
    ("offset", |r| shown(r.source.offset).into()),
    ("url", |r| shown(r.source.url.as_ref()).into()),
    ("encoding", |r| r.source.encoding.clone().into()),
    ("kind", |r| word(&r.kind).into()),
    ("title", |r| words(r.title.as_ref()).into()),
    ("byline", |r| words(r.byline.as_ref()).into()),
    ("published", |r| date(r.published.as_ref()).into()),
    ("published_status", |r| {
        r.published
            .as_ref()
            .map_or_else(String::new, |d| word(&d.status))
            .into()
    }),
    ("issuer", |r| issuer(r, |i| i.name.clone()).into()),
    ("issuer_body", |r| issuer(r, |i| i.body.clone()).into()),
    ("issuer_level", |r| issuer(r, |i| level(i.level)).into()),
    ("place_code", |r| place(r, |p| p.code.clone()).into()),
    ("place", |r| place(r, |p| p.name.clone()).into()),
    ("place_successor", |r| place(r, |p| shown(p.successor.as_ref())).into()),
    ("issuer_status", |r| issuer(r, |i| word(&i.status)).into()),
    ("type", |r| document(r, |d| shown(d.type_name.as_ref())).into()),
    ("code", |r| document(r, |d| shown(d.code.as_ref())).into()),
    ("symbol", |r| document(r, |d| shown(d.symbol.as_ref())).into()),
    ("number", |r| document(r, |d| shown(d.number.as_ref())).into()),
    ("year", |r| document(r, |d| shown(d.year)).into()),
    ("document_status", |r| document(r, |d| word(&d.status)).into()),
    ("issued", |r| date(r.issued.as_ref()).into()),
    ("issued_status", |r| {
        r.issued.as_ref().map_or_else(String::new, |d| word(&d.status)).into()
    }),
    ("campaign", |r| words(r.campaign.as_ref()).into()),
    ("slogans", |r| {
        joined(&r.slogans, |s| match s.kind {
            SloganKind::Other => s.text.clone(),
            kind => format!("{}: {}", word(&kind), s.text),
        })
    }),
    ("contents", |r| {
        r.contents.as_ref().map_or(Cell::Many(Vec::new()), |contents| {
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
        r.signer.as_ref().map_or_else(String::new, |s| s.name.clone()).into()
    }),
    ("signer_title", |r| {
        shown(r.signer.as_ref().and_then(|s| s.title.as_ref())).into()
    }),
    ("notes", |r| {
        joined(&r.notes, |note| format!("{}: {}", note.field, note.text))
    }),
    ("repost_cluster", |r| repost(r, |p| p.cluster.clone()).into()),
    ("repost_first", |r| repost(r, |p| p.first.clone()).into()),
    ("repost_similarity", |r| repost(r, |p| shown(p.similarity)).into()),
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

fn joined<T>(list: &[T], show: impl Fn(&T) -> String) -> Cell {
    Cell::Many(list.iter().map(show).collect())
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
    csv_line(COLUMNS.iter().map(|(_, value)| {
        Cow::Owned(safe_cell(&value(record).text()).into_owned())
    }))
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
    fn a_list_has_its_members_as_values() {
        use crate::extract::{Context, extract};
        let text = "Ngày 16/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số 24/KH-UBND; đến ngày 20/9/2021 tổng kết.";
        let record =
            extract(&crate::text::Text::new(text), &Context::default());
        let of = |name: &str| values(&record, name);
        assert_eq!(of("code"), Some(vec!["KH".into()]));
        assert_eq!(of("dates").map(|dates| dates.len()), Some(2));
        assert_eq!(of("url"), Some(Vec::new()));
        assert_eq!(of("no such"), None);
    }

    #[test]
    fn columns_have_distinct_names() {
        let mut names: Vec<_> = COLUMNS.iter().map(|(n, _)| n).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
