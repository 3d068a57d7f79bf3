//! Tables for spreadsheets: one row a link, and one row a citation.

use crate::compare::{Comparison, Place, Side, SideItem};
use crate::text::{Raw, Span};
use crate::wire::{JOIN, safe_cell};

/// One row a link, both items in full.
pub(super) fn links(comparison: &Comparison) -> Vec<u8> {
    let mut sheet = Sheet::new(&[
        "a_document",
        "a_name",
        "a_path",
        "a_item",
        "b_document",
        "b_name",
        "b_path",
        "b_item",
        "score",
        "shape",
        "moved",
        "evidence",
        "a_text",
        "b_text",
    ]);
    for link in &comparison.links {
        let (a, x) = item(comparison, link.a);
        let (b, y) = item(comparison, link.b);
        let shape = serde_json::to_value(link.shape).unwrap_or_default();
        sheet.row(&[
            link.a.document.to_string(),
            a.name.clone(),
            a.path.clone(),
            link.a.item.to_string(),
            link.b.document.to_string(),
            b.name.clone(),
            b.path.clone(),
            link.b.item.to_string(),
            format!("{:.3}", link.score),
            shape.as_str().unwrap_or_default().to_owned(),
            link.moved.to_string(),
            link.evidence.join(JOIN),
            x.text.clone(),
            y.text.clone(),
        ]);
    }
    sheet.0
}

fn item(comparison: &Comparison, place: Place) -> (&Side, &SideItem) {
    let side = &comparison.documents[place.document];
    (side, &side.items[place.item - 1])
}

/// One row for each cell of the field table and each item: where the words
/// stand and what they are. `start` and `end` count code points of the text
/// as read.
pub(super) fn citations(comparison: &Comparison) -> Vec<u8> {
    let mut sheet = Sheet::new(&[
        "document", "name", "path", "record", "url", "field", "value",
        "status", "start", "end", "quote",
    ]);
    for (d, side) in comparison.documents.iter().enumerate() {
        for row in &comparison.fields {
            let cell = &row.cells[d];
            if !cell.stated {
                cite(&mut sheet, d, side, [&row.field, "", "not stated"], None);
            }
            for value in &cell.values {
                let status =
                    serde_json::to_value(value.status).unwrap_or_default();
                let status = status.as_str().unwrap_or_default();
                let evidence = value.evidence.as_ref();
                cite(
                    &mut sheet,
                    d,
                    side,
                    [&row.field, &value.value, status],
                    evidence.map(|e| (e.span, e.text.as_str())),
                );
            }
        }
        for (i, item) in side.items.iter().enumerate() {
            let number = (i + 1).to_string();
            let label = item.label.as_deref().unwrap_or(&number);
            cite(
                &mut sheet,
                d,
                side,
                ["item", label, "stated"],
                Some((item.span, &item.text)),
            );
        }
    }
    sheet.0
}

fn cite(
    sheet: &mut Sheet,
    document: usize,
    side: &Side,
    [field, value, status]: [&str; 3],
    evidence: Option<(Span<Raw>, &str)>,
) {
    let number = |n: Option<String>| n.unwrap_or_default();
    sheet.row(&[
        document.to_string(),
        side.name.clone(),
        side.path.clone(),
        number(side.record.map(|r| r.to_string())),
        number(side.url.clone()),
        field.to_owned(),
        value.to_owned(),
        status.to_owned(),
        number(evidence.map(|(span, _)| span.start.to_string())),
        number(evidence.map(|(span, _)| span.end.to_string())),
        number(evidence.map(|(_, quote)| quote.to_owned())),
    ]);
}

/// CSV under construction.
struct Sheet(Vec<u8>);

impl Sheet {
    fn new(columns: &[&str]) -> Self {
        let mut sheet = Self(Vec::new());
        sheet.write(columns);
        sheet
    }

    fn row(&mut self, cells: &[String]) {
        let safe: Vec<_> = cells.iter().map(|cell| safe_cell(cell)).collect();
        let safe: Vec<&str> = safe.iter().map(AsRef::as_ref).collect();
        self.write(&safe);
    }

    fn write(&mut self, cells: &[&str]) {
        let mut writer = csv::Writer::from_writer(&mut self.0);
        // Writing into memory does not fail.
        let _ = writer.write_record(cells);
        let _ = writer.flush();
    }
}
