//! The matrix of announcements and themes, as a picture and as a table.

use super::markup::{short, two};
use crate::compare::model::Comparison;
use crate::escape::html;

/// Units of the picture for the names of the themes.
const MARGIN: usize = 230;
/// Height of a row.
const ROW: usize = 22;

/// Side of a column: wide while there is room.
fn column(documents: usize) -> usize {
    (760 / documents.max(1)).clamp(15, 90)
}

/// A column an announcement, a row a theme, a square for how many items.
pub(super) fn matrix(comparison: &Comparison) -> String {
    let themes = &comparison.themes;
    if themes.list.is_empty() {
        return format!(
            "<p class=\"absent\">{}</p>",
            two("Không nhận ra chủ đề.", "No theme was recognized.")
        );
    }
    let n = comparison.documents.len();
    let cell = column(n);
    let head = if n <= 6 { 26 } else { slanted(comparison) };
    let (width, height) =
        (MARGIN + n * cell + 40, head + themes.list.len() * ROW + 6);
    let mut out = format!(
        "<div class=\"picture\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Hình chủ đề\" data-vi-label=\"Hình chủ đề\" \
         data-en-label=\"Picture of themes\"><svg class=\"matrix\" role=\"img\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" aria-labelledby=\"matrix-title\">\
         <title id=\"matrix-title\">Chủ đề của từng văn bản, số mục nội dung; \
         bảng chữ ở ngay dưới. Themes of each announcement, items counted; \
         the same as a table below.</title>"
    );
    for (d, side) in comparison.documents.iter().enumerate() {
        let x = MARGIN + d * cell + cell / 2;
        let y = head - 8;
        let name = html(short(&side.name));
        out += &if n <= 6 {
            format!(
                "<text class=\"head\" x=\"{x}\" y=\"{y}\" \
                 text-anchor=\"middle\">{name}</text>"
            )
        } else {
            format!(
                "<text class=\"head\" transform=\"translate({x} {y}) \
                 rotate(-60)\">{name}</text>"
            )
        };
    }
    for (t, theme) in themes.list.iter().enumerate() {
        out += &row(comparison, t, theme, head + t * ROW, cell);
    }
    out += "</svg></div>";
    out + &table(comparison)
}

/// Height of the longest name, written aslant.
fn slanted(comparison: &Comparison) -> usize {
    let names = comparison.documents.iter().map(|side| short(&side.name));
    let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
    18 + longest.min(30) * 6
}

fn row(
    comparison: &Comparison,
    index: usize,
    theme: &crate::compare::Theme,
    y: usize,
    cell: usize,
) -> String {
    let mut out = String::new();
    let base = y + ROW / 2 + 4;
    let x = MARGIN - 10;
    for (class, lang, name) in
        [("vi", "vi", &theme.vi), ("en", "en", &theme.en)]
    {
        out += &format!(
            "<text class=\"{class} side\" lang=\"{lang}\" x=\"{x}\" \
             y=\"{base}\" text-anchor=\"end\">{}</text>",
            html(name)
        );
    }
    for (d, counts) in comparison.themes.matrix.iter().enumerate() {
        let (x, n) = (MARGIN + d * cell, counts[index]);
        let level = n.min(3);
        out += &format!(
            "<rect class=\"n{level}\" x=\"{}\" y=\"{}\" width=\"{}\" \
             height=\"{}\" rx=\"2\"/>",
            x + 1,
            y + 1,
            cell - 2,
            ROW - 2
        );
        if n > 0 {
            out += &format!(
                "<text class=\"t{level}\" x=\"{}\" y=\"{base}\" \
                 text-anchor=\"middle\">{n}</text>",
                x + cell / 2
            );
        }
    }
    out
}

/// The same counts as a table, for those who do not see the picture.
fn table(comparison: &Comparison) -> String {
    let themes = &comparison.themes;
    let mut out = format!(
        "<details><summary>{}</summary><div class=\"scroll\" tabindex=\"0\" \
         role=\"region\" aria-label=\"Bảng chủ đề\" \
         data-vi-label=\"Bảng chủ đề\" data-en-label=\"Table of themes\">\
         <table class=\"plain\"><thead><tr><th scope=\"col\">{}</th>",
        two("Xem dạng bảng", "As a table"),
        two("Văn bản", "Announcement")
    );
    for theme in &themes.list {
        out += &format!("<th scope=\"col\">{}</th>", two(&theme.vi, &theme.en));
    }
    out += "</tr></thead><tbody>";
    for (side, counts) in comparison.documents.iter().zip(&themes.matrix) {
        out += &format!("<tr><th scope=\"row\">{}</th>", html(&side.name));
        for n in counts {
            out += &format!("<td>{n}</td>");
        }
        out += "</tr>";
    }
    out + "</tbody></table></div></details>"
}
