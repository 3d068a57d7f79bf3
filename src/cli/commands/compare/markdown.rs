//! A comparison as Markdown: tables, lists, words added in bold and words
//! dropped struck through.

use super::list::{names, say, share, short, values};
use crate::compare::labels::{self, Language};
use crate::compare::{Change, ChangeKind, Comparison, Place, Row, RowCell};
use std::fmt::Write;

/// Up to this many announcements stand in columns.
const COLUMNS: usize = 6;

/// The whole comparison.
pub(super) fn render(comparison: &Comparison, language: Language) -> String {
    let title = say(language, "So sánh văn bản", "Announcements compared");
    let mut out = format!("# {title}\n\n");
    for (d, side) in comparison.documents.iter().enumerate() {
        let place = side.url.as_deref().unwrap_or(&side.path);
        let _ = writeln!(
            out,
            "{}. {} — {}",
            d + 1,
            escape(&side.name),
            escape(place)
        );
    }
    fields(&mut out, comparison, language);
    contents(&mut out, comparison, language);
    alone(&mut out, comparison, language);
    common(&mut out, comparison, language);
    themes(&mut out, comparison, language);
    missing(&mut out, comparison, language);
    out
}

fn heading(out: &mut String, language: Language, vi: &str, en: &str) {
    let _ = write!(out, "\n## {}\n\n", say(language, vi, en));
}

/// A table row of cells that are already escaped.
fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {cell} |");
    }
    out.push('\n');
}

fn head(out: &mut String, cells: Vec<String>) {
    let n = cells.len();
    row(out, cells);
    row(out, vec!["---".to_owned(); n]);
}

fn fields(out: &mut String, comparison: &Comparison, language: Language) {
    heading(out, language, "Trường thông tin", "Fields");
    let label = |field: &str, differs: bool| {
        let name = labels::field(field).of(language);
        if differs { format!("{name} ≠") } else { name.to_owned() }
    };
    let cell = |f: usize, d: usize| {
        let row = &comparison.fields[f];
        let lines = values(row, &row.cells[d], language);
        let lines: Vec<String> = lines.iter().map(|l| escape(l)).collect();
        lines.join("<br>")
    };
    let sides = &comparison.documents;
    let (fields, documents) = (comparison.fields.len(), sides.len());
    if documents <= COLUMNS {
        let mut cells = vec![String::new()];
        cells.extend(sides.iter().map(|s| escape(&s.name)));
        head(out, cells);
        for f in 0..fields {
            let field = &comparison.fields[f];
            let mut cells = vec![label(&field.field, field.differs)];
            cells.extend((0..documents).map(|d| cell(f, d)));
            row(out, cells);
        }
    } else {
        let cells = comparison.fields.iter();
        head(out, cells.map(|f| label(&f.field, f.differs)).collect());
        for d in 0..documents {
            row(out, (0..fields).map(|f| cell(f, d)));
        }
    }
}

fn contents(out: &mut String, comparison: &Comparison, language: Language) {
    heading(out, language, "Nội dung đối chiếu", "Contents aligned");
    let of = comparison.documents.len();
    for (r, row) in comparison.rows.iter().enumerate() {
        if row.support < 2 {
            continue;
        }
        let _ = write!(
            out,
            "### {}. {}\n\n",
            r + 1,
            share(row.support, of, language)
        );
        let words = text(comparison, row.typical);
        let _ = writeln!(
            out,
            "- {}: {}",
            item_name(comparison, row, row.typical.document, language),
            escape(words)
        );
        for cell in &row.cells {
            if cell.document != row.typical.document {
                cell_line(out, comparison, row, cell, language);
            }
        }
        out.push('\n');
    }
}

fn cell_line(
    out: &mut String,
    comparison: &Comparison,
    row: &Row,
    cell: &RowCell,
    language: Language,
) {
    let mut name = item_name(comparison, row, cell.document, language);
    if cell.moved {
        let moved = say(language, "khác thứ tự", "moved");
        let _ = write!(name, " ({moved})");
    }
    let _ = writeln!(out, "- {name}: {}", changes(&cell.diff));
}

fn item_name(
    comparison: &Comparison,
    row: &Row,
    document: usize,
    language: Language,
) -> String {
    let items = row
        .cells
        .iter()
        .find(|cell| cell.document == document)
        .map(|cell| cell.items.as_slice())
        .unwrap_or_default();
    let items: Vec<String> = items.iter().map(usize::to_string).collect();
    format!(
        "**{}**, {} {}",
        escape(short(&comparison.documents[document].name)),
        say(language, "mục", "item"),
        items.join(", ")
    )
}

fn text(comparison: &Comparison, place: Place) -> &str {
    comparison.documents[place.document].items[place.item - 1].body()
}

/// A difference with marks; punctuation and case are let be.
fn changes(changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes {
        if change.minor || change.kind == ChangeKind::Same {
            out.push_str(&escape(&change.b));
            continue;
        }
        marked(&mut out, &change.a, "~~");
        marked(&mut out, &change.b, "**");
    }
    one_line(&out)
}

fn marked(out: &mut String, words: &str, mark: &str) {
    let bare = words.trim();
    if bare.is_empty() {
        return;
    }
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    let _ = write!(out, "{mark}{}{mark} ", escape(bare));
}

fn alone(out: &mut String, comparison: &Comparison, language: Language) {
    if comparison.rare.only_here.is_empty() {
        return;
    }
    heading(out, language, "Chỉ có ở một văn bản", "Only in one");
    for found in &comparison.rare.only_here {
        let what = match found.clause {
            None => say(language, "mục", "item"),
            Some(_) => say(language, "mệnh đề, mục", "clause, item"),
        };
        let _ = writeln!(
            out,
            "- **{}**, {what} {}: {}",
            escape(short(&comparison.documents[found.document].name)),
            found.item,
            escape(&found.text)
        );
    }
}

fn common(out: &mut String, comparison: &Comparison, language: Language) {
    let shared = &comparison.common;
    if shared.clauses.is_empty() && shared.templates.is_empty() {
        return;
    }
    heading(
        out,
        language,
        "Phần văn bản chung của các bản",
        "The text that the copies share",
    );
    let note = say(
        language,
        "Dựng lại từ các bản; không cơ quan nào ban hành nguyên văn như thế này.",
        "Rebuilt from the copies; nobody issued it in this form.",
    );
    let _ = write!(out, "{note}\n\n");
    let of = comparison.documents.len();
    for template in &shared.templates {
        let _ = writeln!(
            out,
            "- {}: “{}”",
            share(template.support, of, language),
            escape(&template.text)
        );
    }
    out.push('\n');
    for clause in &shared.clauses {
        let _ = writeln!(
            out,
            "1. ({}) {}",
            share(clause.support, of, language),
            escape(&clause.text)
        );
    }
}

fn themes(out: &mut String, comparison: &Comparison, language: Language) {
    let themes = &comparison.themes;
    if themes.list.is_empty() {
        return;
    }
    heading(out, language, "Chủ đề", "Themes");
    let mut cells = vec![String::new()];
    cells.extend(
        themes.list.iter().map(|t| say(language, &t.vi, &t.en).to_owned()),
    );
    head(out, cells);
    for (side, counts) in comparison.documents.iter().zip(&themes.matrix) {
        let mut cells = vec![escape(&side.name)];
        cells.extend(counts.iter().map(|n| match n {
            0 => String::new(),
            n => n.to_string(),
        }));
        row(out, cells);
    }
}

fn missing(out: &mut String, comparison: &Comparison, language: Language) {
    let mut rows: Vec<usize> =
        comparison.rare.missing_here.iter().map(|m| m.row).collect();
    rows.dedup();
    if rows.is_empty() {
        return;
    }
    heading(out, language, "Thiếu ở một số văn bản", "Missing in some");
    for r in rows {
        let of_row: Vec<usize> = comparison
            .rare
            .missing_here
            .iter()
            .filter(|m| m.row == r)
            .map(|m| m.document)
            .collect();
        let _ = writeln!(
            out,
            "- {} {}: {}",
            say(language, "nội dung", "content"),
            r + 1,
            escape(&names(comparison, &of_row, language))
        );
    }
}

/// Text that Markdown cannot take for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn one_line(text: &str) -> String {
    let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in [" ,", " ;", " ."] {
        out = out.replace(mark, &mark[1..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_do_not_become_markup() {
        assert_eq!(
            escape("a|b <script>*x*_y_ [l](u)"),
            "a\\|b &lt;script&gt;\\*x\\*\\_y\\_ \\[l\\](u)"
        );
    }

    #[test]
    fn changes_are_marked_and_small_ones_are_not() {
        let diff = crate::compare::diff(
            "chăm sóc sức khỏe Nhân dân",
            "chăm lo sức khỏe nhân dân vùng cao",
        );
        assert_eq!(
            changes(&diff),
            "~~chăm sóc~~ **chăm lo** sức khỏe nhân dân **vùng cao**"
        );
    }
}
