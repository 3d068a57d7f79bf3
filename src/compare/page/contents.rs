//! The aligned contents of the page.

use super::fields::{heads, open};
use super::markup::{Shown, changes, evidence, short, two};
use crate::compare::model::{Change, ChangeKind, Comparison, Row, RowCell};
use crate::escape::html;

/// Width of a column where there are many, in pixels.
const COLUMN: usize = 304;

/// Options of the filter by theme.
pub(super) fn theme_options(comparison: &Comparison) -> String {
    let mut out = String::new();
    for theme in &comparison.themes.list {
        // An option holds text only: the script swaps the languages.
        out += &format!(
            "<option value=\"{}\" data-vi=\"{}\" data-en=\"{}\">{}</option>",
            html(&theme.id),
            html(&theme.vi),
            html(&theme.en),
            html(&theme.vi)
        );
    }
    out
}

/// Checkboxes to choose columns.
pub(super) fn chooser(comparison: &Comparison) -> String {
    let mut out = String::new();
    for (d, side) in comparison.documents.iter().enumerate() {
        out += &format!(
            "<label><input type=\"checkbox\" data-column=\"{d}\" checked> {}\
             </label>",
            html(&side.name)
        );
    }
    out
}

/// One column an announcement, one row for items that say the same.
pub(super) fn table(comparison: &Comparison) -> String {
    let mut out = open(comparison, "contents", COLUMN);
    out += &heads(comparison, &two("Nội dung", "Content"));
    out += "<tbody>";
    for (r, row) in comparison.rows.iter().enumerate() {
        out += &self::row(comparison, r, row);
    }
    out + "</tbody></table>"
}

/// Whether all announcements have the row in the same words, punctuation
/// aside.
fn same(comparison: &Comparison, row: &Row) -> bool {
    row.support == comparison.documents.len()
        && row.cells.iter().all(|cell| {
            let changed = |c: &Change| c.kind != ChangeKind::Same;
            !cell.diff.iter().any(|c| changed(c) && !c.minor)
        })
}

fn row(comparison: &Comparison, index: usize, row: &Row) -> String {
    let of = comparison.documents.len();
    let mut out = format!(
        "<tr data-themes=\"{}\" data-support=\"{}\"{}>",
        html(&row.themes.join(" ")),
        row.support,
        if same(comparison, row) { " data-same" } else { "" }
    );
    out += &format!(
        "<th scope=\"row\"><span class=\"number\">{}</span>",
        index + 1
    );
    out += &support(comparison, row);
    for theme in &row.themes {
        let found = comparison.themes.list.iter().find(|t| t.id == *theme);
        if let Some(theme) = found {
            out += &format!(
                "<span class=\"theme\">{}</span>",
                two(&theme.vi, &theme.en)
            );
        }
    }
    out += "</th>";
    let mut cells = row.cells.iter().peekable();
    for d in 0..of {
        let name = html(&comparison.documents[d].name);
        match cells.next_if(|cell| cell.document == d) {
            Some(cell) => {
                out += &format!("<td data-c=\"{d}\" data-name=\"{name}\">");
                out += &self::cell(comparison, row, cell);
            }
            None => {
                out += &format!(
                    "<td data-c=\"{d}\" data-name=\"{name}\" class=\"empty\">\
                     <span class=\"absent\">{}</span>",
                    two("không có", "absent")
                );
            }
        }
        out += "</td>";
    }
    out + "</tr>"
}

fn support(comparison: &Comparison, row: &Row) -> String {
    let of = comparison.documents.len();
    if row.support == 1 {
        let only = short(&comparison.documents[row.typical.document].name);
        return format!(
            "<span class=\"support only\">{}</span>",
            two(&format!("chỉ có ở {only}"), &format!("only in {only}"))
        );
    }
    format!(
        "<span class=\"support\">{}</span>",
        two(
            &format!("{} / {of} văn bản", row.support),
            &format!("{} of {of}", row.support)
        )
    )
}

fn cell(comparison: &Comparison, row: &Row, cell: &RowCell) -> String {
    let side = &comparison.documents[cell.document];
    let mut out = String::from("<div class=\"cell-head\">");
    for &item in &cell.items {
        let span = side.items[item - 1].span;
        let label = two(&format!("Mục {item}"), &format!("Item {item}"));
        out += &evidence("source", cell.document, Some(span), &label);
    }
    if cell.moved {
        out += &badge("↕", "khác thứ tự", "moved");
    }
    if cell.items.len() > 1 {
        out += &badge("⑂", "tách", "split");
    }
    let two_sided = comparison.documents.len() == 2;
    let reworded = reworded(&cell.diff);
    if reworded {
        out += &badge("✎", "viết lại", "reworded");
    }
    let typical = row.typical.document == cell.document;
    if typical && !two_sided && row.support > 1 {
        out += &badge("◎", "gần các bản khác nhất", "nearest to all");
    }
    out += if reworded && !two_sided {
        "</div><p class=\"words reworded\">"
    } else {
        "</div><p class=\"words\">"
    };
    let diff = match (two_sided, typical) {
        // The difference of the second cell, seen from the first.
        (true, true) => row.cells.iter().find(|c| !c.diff.is_empty()),
        _ => Some(cell),
    };
    let shown = match (two_sided, typical) {
        (true, true) => Shown::First,
        (true, false) => Shown::Second,
        // Too little is left to tell what was dropped for what.
        (false, _) if reworded => Shown::Second,
        (false, _) => Shown::Both,
    };
    match diff {
        Some(from) if !from.diff.is_empty() => {
            out += &changes(&from.diff, shown);
        }
        _ => {
            for &item in &cell.items {
                out += &html(side.items[item - 1].body());
                out.push(' ');
            }
        }
    }
    out + "</p>"
}

/// Below this part of the letters being the same, an item is reworded.
const REWORDED: f64 = 0.5;

fn reworded(diff: &[Change]) -> bool {
    let letters = |kept: fn(&Change) -> bool| {
        let kept = diff.iter().filter(|c| kept(c));
        kept.map(|c| c.a.len().max(c.b.len())).sum::<usize>() as f64
    };
    let same = letters(|c| c.minor || c.kind == ChangeKind::Same);
    !diff.is_empty() && same < REWORDED * letters(|_| true)
}

fn badge(sign: &str, vi: &str, en: &str) -> String {
    format!(
        "<span class=\"badge\"><span aria-hidden=\"true\">{sign}</span> {}</span>",
        two(vi, en)
    )
}
