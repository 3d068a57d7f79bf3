//! The field table of the page.

use super::markup::{both, evidence_why, two, value};
use crate::compare::labels::{NOT_STATED, field};
use crate::compare::model::{Cell, Comparison, FieldRow};
use crate::escape::html;
use crate::record::Status;

/// One column an announcement, one row a field.
pub(super) fn table(comparison: &Comparison) -> String {
    let mut out = open(comparison, "fields", COLUMN);
    out += &heads(comparison, &two("Trường", "Field"));
    out += "<tbody>";
    for row in &comparison.fields {
        out += &self::row(comparison, row);
    }
    out + "</tbody></table>"
}

/// Width of a column where there are many, in pixels.
const COLUMN: usize = 240;
/// Width of the first column, in pixels.
const FIRST: usize = 168;

/// Opens a table. Where there are many columns their widths are given, so
/// that a browser need not look at every cell before it shows the first.
pub(super) fn open(
    comparison: &Comparison,
    class: &str,
    column: usize,
) -> String {
    let n = comparison.documents.len();
    if n <= super::FEW {
        return format!("<table class=\"grid {class}\">");
    }
    let mut out = format!(
        "<table class=\"grid {class}\" width=\"{}\" \
         data-column-width=\"{column}\"><colgroup><col width=\"{FIRST}\">",
        FIRST + n * column
    );
    for d in 0..n {
        out += &format!("<col width=\"{column}\" data-c=\"{d}\">");
    }
    out + "</colgroup>"
}

/// The head of a table with one column an announcement.
pub(super) fn heads(comparison: &Comparison, corner: &str) -> String {
    let mut out =
        format!("<thead><tr><th scope=\"col\" class=\"corner\">{corner}</th>");
    for (d, side) in comparison.documents.iter().enumerate() {
        out += &format!(
            "<th scope=\"col\" data-c=\"{d}\">{}</th>",
            html(&side.name)
        );
    }
    out + "</tr></thead>"
}

fn row(comparison: &Comparison, row: &FieldRow) -> String {
    let mut out = String::from("<tr");
    if row.differs {
        out += " class=\"differs\"";
    }
    out += "><th scope=\"row\">";
    out += &both(field(&row.field));
    if row.differs {
        out +=
            &format!(" <span class=\"mark\">{}</span>", two("khác", "differs"));
    }
    out += "</th>";
    let of = comparison.documents.len();
    for (d, cell) in row.cells.iter().enumerate() {
        out += &format!("<td data-c=\"{d}\" data-name=\"");
        out += &html(&comparison.documents[d].name);
        out += "\">";
        out += &self::cell(&row.field, d, cell);
        if of > 2 && row.differs && cell.stated && cell.agrees > 1 {
            out += &format!(
                "<span class=\"agrees\">{}</span>",
                two(
                    &format!("{}/{of} giống", cell.agrees),
                    &format!("{} of {of}", cell.agrees)
                )
            );
        }
        out += "</td>";
    }
    out + "</tr>"
}

fn cell(name: &str, document: usize, cell: &Cell) -> String {
    if !cell.stated {
        return format!("<span class=\"absent\">{}</span>", both(NOT_STATED));
    }
    let mut out = String::new();
    for found in &cell.values {
        let span = found.evidence.as_ref().map(|e| e.span);
        out += "<div class=\"value\">";
        let inner = value(name, &found.value);
        let why = found.why.as_deref();
        out += &evidence_why("v", document, span, &inner, why);
        out += &status(found.status);
        out += "</div>";
    }
    out
}

fn status(status: Status) -> String {
    let (vi, en) = match status {
        Status::Stated => return String::new(),
        Status::Inferred => ("suy ra", "inferred"),
        Status::Conflicting => ("mâu thuẫn", "conflicting"),
        Status::Unfilled => ("để trống", "left blank"),
    };
    format!(" <span class=\"status\">{}</span>", two(vi, en))
}
