//! The parts of the terminal table that are lists, for many announcements.

use super::list::{names, say, values};
use super::screen_table::{Table, name_cells, styled};
use crate::compare::labels;
use crate::compare::{FieldRow, Row};

/// Up to this many announcements, each one's own words are listed.
const EACH: usize = 8;
/// Entries of a list before the rest is counted.
const LISTED: usize = 30;

/// Up to this many announcements are listed with their sources.
const SOURCES: usize = 40;

/// The announcements and where they come from.
pub(super) fn sources(table: &mut Table<'_>) {
    table.heading("Văn bản", "Announcements");
    for (d, side) in table.comparison.documents.iter().enumerate() {
        if d == SOURCES {
            let rest = table.of() - SOURCES;
            let words = table.say("văn bản nữa", "more");
            table.lines.push(format!("… {rest} {words}"));
            break;
        }
        let place = side.url.as_ref().unwrap_or(&side.path);
        let number = format!("{:>3}  ", d + 1);
        table.paragraph(&number, &format!("{} — {place}", side.name));
    }
}

/// Each field with its values and who says them.
pub(super) fn fields(table: &mut Table<'_>) {
    table.heading("Trường thông tin", "Fields");
    for row in table.comparison.fields.iter().filter(|r| r.field != "issuer") {
        let name = labels::field(&row.field).of(table.language);
        let said = said(table, row);
        if let [(value, _)] = said.as_slice() {
            let all = table.say("tất cả", "all");
            table.paragraph("", &format!("{name}: {value} — {all}"));
            continue;
        }
        let mark = if row.differs { " ≠" } else { "" };
        table.paragraph("", &format!("{name}{mark}"));
        for (value, documents) in &said {
            let who = names(table.comparison, documents, table.language);
            let many = match documents.len() {
                1 => String::new(),
                n => format!("{n}: "),
            };
            table.paragraph("  ", &format!("{value} — {many}{who}"));
        }
    }
}

/// Values of a field with who says them, the most said first. A campaign
/// that differs by the name of the province alone is one.
fn said(table: &Table<'_>, row: &FieldRow) -> Vec<(String, Vec<usize>)> {
    let all: Vec<usize> = (0..table.of()).collect();
    let template = table.comparison.common.templates.first();
    if let Some(template) = template
        && row.field == template.field
        && !row.differs
    {
        return vec![(template.text.clone(), all)];
    }
    let mut said: Vec<(String, Vec<usize>)> = Vec::new();
    for (d, cell) in row.cells.iter().enumerate() {
        let value = values(row, cell, table.language).join("; ");
        match said.iter_mut().find(|(v, _)| *v == value) {
            Some((_, documents)) => documents.push(d),
            None => said.push((value, vec![d])),
        }
    }
    said.sort_by_key(|(_, documents)| std::cmp::Reverse(documents.len()));
    said
}

/// Each content with its typical wording, and what the others change.
pub(super) fn contents(table: &mut Table<'_>) {
    table.heading("Nội dung đối chiếu", "Contents aligned");
    for (r, row) in table.comparison.rows.iter().enumerate() {
        if row.support < 2 {
            continue;
        }
        let side = &table.comparison.documents[row.typical.document];
        let text = side.items[row.typical.item - 1].body();
        let number = format!("{:>2}  ", r + 1);
        table.paragraph(&number, &table.share(row.support));
        table.paragraph("    ", text);
        if table.of() <= EACH {
            each(table, row);
        } else {
            let who: Vec<usize> =
                row.cells.iter().map(|c| c.document).collect();
            let who = names(table.comparison, &who, table.language);
            table.paragraph("    ", &format!("— {who}"));
        }
    }
}

fn each(table: &mut Table<'_>, row: &Row) {
    for cell in &row.cells {
        let side = &table.comparison.documents[cell.document];
        let items: Vec<String> =
            cell.items.iter().map(usize::to_string).collect();
        let moved = if cell.moved {
            table.say(", khác thứ tự", ", moved")
        } else {
            ""
        };
        let head = format!(" {}{moved}: ", items.join(", "));
        let mut line = name_cells(&side.name, &head);
        if cell.document == row.typical.document {
            let same = table.say("nguyên văn như trên", "the wording above");
            line.extend(styled(same, None));
        } else {
            line.extend(table.changes(&cell.diff, true));
        }
        table.flow(6, &line);
    }
}

/// Items and clauses of one announcement only.
pub(super) fn only_here(table: &mut Table<'_>) {
    let found = &table.comparison.rare.only_here;
    if found.is_empty() {
        return;
    }
    table.heading("Chỉ có ở một văn bản", "Only in one");
    for only in found.iter().take(LISTED) {
        let side = &table.comparison.documents[only.document];
        let what = match only.clause {
            None => table.say("mục", "item"),
            Some(_) => table.say("mệnh đề, mục", "clause, item"),
        };
        let number = format!(" {what} {}: ", only.item);
        let mut line = name_cells(&side.name, &number);
        line.extend(styled(&only.text, None));
        table.flow(0, &line);
    }
    more(table, found.len());
}

/// Contents that most have and some lack.
pub(super) fn missing_here(table: &mut Table<'_>) {
    let gaps = &table.comparison.rare.missing_here;
    if gaps.is_empty() {
        return;
    }
    table.heading("Thiếu ở một số văn bản", "Missing in some");
    let rows: Vec<_> = gaps.chunk_by(|x, y| x.row == y.row).collect();
    for of_row in rows.iter().take(LISTED) {
        let documents: Vec<usize> = of_row.iter().map(|g| g.document).collect();
        let who = names(table.comparison, &documents, table.language);
        let number = format!(
            " ({} {}, {}): ",
            table.say("nội dung", "content"),
            of_row[0].row + 1,
            table.share(of_row[0].support)
        );
        let mut line = name_cells(&who, &number);
        line.extend(styled(&of_row[0].text, None));
        table.flow(0, &line);
    }
    more(table, rows.len());
}

fn more(table: &mut Table<'_>, total: usize) {
    if total > LISTED {
        let rest = total - LISTED;
        let words = format!(
            "… {rest} {}",
            table.say(
                "mục nữa (--html, --format json)",
                "more (--html, --format json)"
            )
        );
        table.lines.push(words);
    }
}

/// The text that the copies share, and what each makes of it.
pub(super) fn common(table: &mut Table<'_>) {
    let common = &table.comparison.common;
    if common.clauses.is_empty() {
        return;
    }
    table.heading(
        "Phần văn bản chung của các bản (dựng lại, không ai ban hành nguyên văn)",
        "The text that the copies share (rebuilt; nobody issued it so)",
    );
    for clause in &common.clauses {
        let share = format!("{:>9}  ", table.share(clause.support));
        table.paragraph(&share, &clause.text);
    }
    table.lines.push(String::new());
    for part in &common.documents {
        let side = &table.comparison.documents[part.document];
        let tally = format!(
            ": {} {}, {} {}, {} {}",
            part.additions.len(),
            table.say("thêm", "added"),
            part.omissions.len(),
            table.say("bỏ", "left out"),
            part.substitutions.len(),
            table.say("thay", "changed"),
        );
        table.flow(0, &name_cells(&side.name, &tally));
    }
}

/// Names of campaigns and slogans with their slots.
pub(super) fn templates(table: &mut Table<'_>) {
    let templates = &table.comparison.common.templates;
    if templates.is_empty() {
        return;
    }
    table.heading("Khuôn tên phong trào, khẩu hiệu", "Templates of names");
    for template in templates {
        let share = format!("{:>9}  ", table.share(template.support));
        table.paragraph(&share, &format!("“{}”", template.text));
    }
}

/// Themes, and how many items of each announcement have them.
pub(super) fn themes(table: &mut Table<'_>) {
    let themes = &table.comparison.themes;
    if themes.list.is_empty() {
        return;
    }
    table.heading("Chủ đề", "Themes");
    for (t, theme) in themes.list.iter().enumerate() {
        let having: Vec<usize> =
            (0..table.of()).filter(|&d| themes.matrix[d][t] > 0).collect();
        let name = say(table.language, &theme.vi, &theme.en).to_owned();
        let who = names(table.comparison, &having, table.language);
        table.paragraph(
            "",
            &format!("{name}: {} — {who}", table.share(having.len())),
        );
    }
}
