//! A comparison for a terminal: columns where they fit, else lists.

use super::grouped;
use super::list::{say, share, short, values};
use crate::cli::layout::{Cell, cells, fit, wrap, wrap_text};
use crate::cli::screen::{Screen, harmless};
use crate::compare::labels::{self, Language};
use crate::compare::{Change, ChangeKind, Comparison, Row, RowCell};
use anstyle::{AnsiColor, Style};

/// Columns of the names of fields.
const NAMES: usize = 15;
/// Fewer columns than this hold no readable text.
const LEAST: usize = 24;
/// Between two columns.
const RULE: &str = " │ ";

/// A comparison on its way to a terminal.
pub(super) struct Table<'c> {
    pub(super) comparison: &'c Comparison,
    pub(super) screen: Screen,
    pub(super) language: Language,
    pub(super) lines: Vec<String>,
}

/// The whole comparison.
pub(super) fn render(
    comparison: &Comparison,
    screen: Screen,
    language: Language,
) -> String {
    let lines = Vec::new();
    let mut table = Table { comparison, screen, language, lines };
    match table.width() {
        Some(width) => {
            table.fields(width);
            table.contents(width);
        }
        None => {
            grouped::sources(&mut table);
            grouped::fields(&mut table);
            grouped::contents(&mut table);
        }
    }
    grouped::only_here(&mut table);
    if comparison.documents.len() > 2 {
        grouped::missing_here(&mut table);
        grouped::common(&mut table);
    }
    grouped::templates(&mut table);
    grouped::themes(&mut table);
    let mut out = table.lines.join("\n");
    out.push('\n');
    out
}

/// The styles of words, by the marks of cells.
fn style(mark: usize) -> Style {
    let red = Some(AnsiColor::Red.into());
    let green = Some(AnsiColor::Green.into());
    match mark {
        DROPPED => Style::new().fg_color(red).strikethrough(),
        ADDED => Style::new().fg_color(green).underline(),
        DIM => Style::new().dimmed(),
        _ => Style::new().bold(),
    }
}

const DROPPED: usize = 0;
const ADDED: usize = 1;
const DIM: usize = 2;
const BOLD: usize = 3;

impl Table<'_> {
    pub(super) fn say(
        &self,
        vi: &'static str,
        en: &'static str,
    ) -> &'static str {
        say(self.language, vi, en)
    }

    pub(super) fn of(&self) -> usize {
        self.comparison.documents.len()
    }

    pub(super) fn share(&self, n: usize) -> String {
        share(n, self.of(), self.language)
    }

    /// Width of a column, if all announcements fit beside one another.
    fn width(&self) -> Option<usize> {
        let n = self.of();
        let room = self.screen.width.checked_sub(NAMES + n * RULE_WIDTH)?;
        let width = room / n;
        (width >= LEAST).then_some(width)
    }

    pub(super) fn heading(&mut self, vi: &'static str, en: &'static str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        let words = self.say(vi, en);
        let bold = self.screen.paint(style(BOLD), words);
        self.lines.push(bold);
        self.lines.push("─".repeat(self.screen.width));
    }

    /// Lines under a hanging indent; `first` stands before the first.
    pub(super) fn paragraph(&mut self, first: &str, text: &str) {
        use unicode_width::UnicodeWidthStr;
        let indent = first.width();
        let room = self.screen.width.saturating_sub(indent).max(LEAST);
        for (i, line) in wrap_text(&harmless(text), room).iter().enumerate() {
            let blank = " ".repeat(indent);
            let before = if i == 0 { first } else { &blank };
            self.lines.push(format!("{before}{line}"));
        }
    }

    fn fields(&mut self, width: usize) {
        self.heading("Trường thông tin", "Fields");
        let names: Vec<Vec<Cell>> = self
            .comparison
            .documents
            .iter()
            .map(|side| styled(&side.name, Some(BOLD)))
            .collect();
        self.row("", &names, width);
        self.rule(width);
        for row in &self.comparison.fields {
            let mark = if row.differs { " ≠" } else { "" };
            let name = labels::field(&row.field).of(self.language);
            let columns: Vec<Vec<Vec<Cell>>> = row
                .cells
                .iter()
                .map(|cell| {
                    let dim = (!cell.stated).then_some(DIM);
                    values(row, cell, self.language)
                        .iter()
                        .map(|value| styled(value, dim))
                        .collect()
                })
                .collect();
            self.blocks(&format!("{name}{mark}"), &columns, width);
        }
    }

    fn contents(&mut self, width: usize) {
        self.heading("Nội dung đối chiếu", "Contents aligned");
        for (r, row) in self.comparison.rows.iter().enumerate() {
            if r > 0 {
                self.rule(width);
            }
            let columns: Vec<Vec<Vec<Cell>>> = (0..self.of())
                .map(|d| {
                    let cell = row.cells.iter().find(|c| c.document == d);
                    cell.map_or_else(Vec::new, |cell| self.cell(row, cell))
                })
                .collect();
            let name = format!("{}  {}", r + 1, self.share(row.support));
            self.blocks(&name, &columns, width);
        }
    }

    /// The head and the words of an item in its column.
    fn cell(&self, row: &Row, cell: &RowCell) -> Vec<Vec<Cell>> {
        let items: Vec<String> =
            cell.items.iter().map(usize::to_string).collect();
        let mut head =
            format!("{} {}", self.say("mục", "item"), items.join(", "));
        if cell.moved {
            head += self.say(", khác thứ tự", ", moved");
        }
        let two = self.of() == 2;
        let other = row.cells.iter().find(|c| !c.diff.is_empty());
        let words = match (cell.diff.is_empty(), other) {
            (true, Some(other)) if two => self.first(&other.diff),
            (true, _) => {
                let side = &self.comparison.documents[cell.document];
                let items = cell.items.iter();
                let texts: Vec<&str> =
                    items.map(|i| side.items[i - 1].body()).collect();
                styled(&texts.join(" "), None)
            }
            (false, _) => self.changes(&cell.diff, !two),
        };
        vec![styled(&head, Some(DIM)), words]
    }

    /// The first text of a difference, with the words that the second has
    /// not.
    fn first(&self, diff: &[Change]) -> Vec<Cell> {
        let mut out = Vec::new();
        for change in diff {
            if change.minor || change.kind == ChangeKind::Same {
                out.extend(styled(&change.a, None));
            } else {
                self.mark(&mut out, &change.a, DROPPED);
            }
        }
        out
    }

    /// The second text of a difference, with the words that it has added and,
    /// if wanted, those it has dropped.
    pub(super) fn changes(&self, diff: &[Change], both: bool) -> Vec<Cell> {
        let mut out = Vec::new();
        for change in diff {
            if change.minor || change.kind == ChangeKind::Same {
                out.extend(styled(&change.b, None));
                continue;
            }
            if both {
                self.mark(&mut out, &change.a, DROPPED);
            }
            self.mark(&mut out, &change.b, ADDED);
        }
        out
    }

    /// Words in a style, or in brackets where there is no colour.
    fn mark(&self, out: &mut Vec<Cell>, words: &str, mark: usize) {
        let bare = words.trim();
        if bare.is_empty() {
            return;
        }
        if out.last().is_some_and(|cell| !cell.blank) {
            out.extend(cells(" "));
        }
        let (open, close) = match (self.screen.colour, mark) {
            (true, _) => ("", ""),
            (false, DROPPED) => ("[-", "-]"),
            (false, _) => ("{+", "+}"),
        };
        out.extend(styled(&format!("{open}{bare}{close}"), Some(mark)));
        if words.ends_with(' ') {
            out.extend(cells(" "));
        }
    }

    fn rule(&mut self, width: usize) {
        let n = self.of();
        let line = format!("─┼─{}", "─".repeat(width));
        let rule = format!("{}{}", "─".repeat(NAMES), line.repeat(n));
        self.lines.push(rule);
    }

    fn row(&mut self, name: &str, columns: &[Vec<Cell>], width: usize) {
        let blocks: Vec<Vec<Vec<Cell>>> =
            columns.iter().map(|c| vec![c.clone()]).collect();
        self.blocks(name, &blocks, width);
    }

    /// A name and, beside it, the paragraphs of each column.
    fn blocks(&mut self, name: &str, columns: &[Vec<Vec<Cell>>], width: usize) {
        let names = wrap_text(name, NAMES);
        let wrapped: Vec<Vec<&[Cell]>> = columns
            .iter()
            .map(|blocks| {
                blocks.iter().flat_map(|block| wrap(block, width)).collect()
            })
            .collect();
        let tallest = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for k in 0..tallest.max(names.len()) {
            let name = names.get(k).map_or("", String::as_str);
            let mut line = self.screen.paint(style(DIM), &fit(name, NAMES));
            for column in &wrapped {
                line += RULE;
                match column.get(k) {
                    Some(cells) => line += &self.painted(cells, width),
                    None => line += &" ".repeat(width),
                }
            }
            self.lines.push(line.trim_end().to_owned());
        }
    }

    fn painted(&self, cells: &[Cell], width: usize) -> String {
        let mut out = String::new();
        for run in cells.chunk_by(|a, b| a.mark == b.mark) {
            let words: String = run.iter().map(|c| c.text.as_str()).collect();
            match run[0].mark {
                Some(mark) => out += &self.screen.paint(style(mark), &words),
                None => out += &words,
            }
        }
        let used: usize = cells.iter().map(|c| c.width).sum();
        out + &" ".repeat(width.saturating_sub(used))
    }

    /// A line of cells without columns, wrapped under an indent.
    pub(super) fn flow(&mut self, indent: usize, cells: &[Cell]) {
        let room = self.screen.width.saturating_sub(indent).max(LEAST);
        for line in wrap(cells, room) {
            let words = self.painted(line, 0);
            self.lines.push(format!("{}{words}", " ".repeat(indent)));
        }
    }
}

/// Columns of [`RULE`].
const RULE_WIDTH: usize = 3;

/// The cells of a text in one style.
pub(super) fn styled(text: &str, mark: Option<usize>) -> Vec<Cell> {
    let mut out = cells(&harmless(text));
    for cell in &mut out {
        cell.mark = mark;
    }
    out
}

/// A name in bold, as cells.
pub(super) fn name_cells(name: &str, number: &str) -> Vec<Cell> {
    let mut out = styled(short(name), Some(BOLD));
    out.extend(styled(number, Some(DIM)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Document, compare};
    use crate::extract::{Context, extract};
    use crate::record::Source;
    use crate::text::Text;
    use unicode_width::UnicodeWidthStr;

    fn document(place: &str, own: &str) -> Document {
        let raw = format!(
            "Ngày 3/4/2022, UBND tỉnh {place} ban hành Kế hoạch số 9/KH-UBND phát động phong trào thi đua “{place} chung sức giữ sạch biển”. Các nội dung thi đua:\n\n1. Thu gom lưới cũ, phao xốp trên bãi biển; {own}.\n\n2. Dạy trẻ em vùng biển tập bơi, phòng đuối nước trước mùa hè.\n\x1b[31m"
        );
        let text = Text::new(raw.clone());
        let source = Source { path: place.to_owned(), ..Source::default() };
        let context = Context { source, ..Context::default() };
        let mut record = extract(&text, &context);
        record.id = place.to_owned();
        Document { record, text: Some(raw) }
    }

    fn comparison() -> Comparison {
        compare(&mut [
            document("Bình Thuận", "trồng dừa ven bờ"),
            document("Phú Yên", "trồng phi lao ven bờ"),
        ])
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        let comparison = comparison();
        for width in [40, 80, 120, 200] {
            for language in [Language::Vietnamese, Language::English] {
                let screen = Screen { width, colour: false };
                let out = render(&comparison, screen, language);
                for line in out.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn words_that_differ_stand_in_brackets_where_there_is_no_colour() {
        let screen = Screen { width: 120, colour: false };
        let out = render(&comparison(), screen, Language::English);
        assert!(out.contains("[-dừa-] ven bờ"), "{out}");
        assert!(out.contains("{+phi lao+} ven bờ"), "{out}");
        assert!(out.contains("2 of 2") && out.contains("UBND tỉnh Phú Yên"));
        assert!(!out.contains('\x1b'));
        let screen = Screen { width: 120, colour: true };
        let out = render(&comparison(), screen, Language::English);
        assert!(out.contains("dừa\x1b[0m") && !out.contains("[-"), "{out}");
    }
}
