//! One document for a person: its fields, then its text with the evidence
//! marked and named beside it.

use crate::cli::args::Show;
use crate::cli::evidence::{self, Mark};
use crate::cli::exit::{Exit, Result};
use crate::cli::fields::{self, NOT_STATED, Row};
use crate::cli::layout::{Cell, fit, wrap, wrap_text};
use crate::cli::one;
use crate::cli::screen::{Screen, harmless};
use crate::pipeline::Document;
use anstyle::Style;
use std::collections::BTreeMap;
use std::io::{Write, stdout};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of the names of fields.
const NAMES: usize = 12;
/// Marks of evidence where there is no colour.
const OPEN: &str = "⟦";
const CLOSE: &str = "⟧";

pub(in crate::cli) fn run(args: &Show) -> Result<Exit> {
    let document = one::open(&args.document)?;
    let screen = Screen::of_stdout(args.display);
    let page = render(&document, screen);
    let mut out = stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The whole page.
fn render(document: &Document, screen: Screen) -> String {
    let mut lines = head(document, screen);
    lines.push(String::new());
    for row in fields::rows(&document.record) {
        lines.extend(field(&row, screen));
    }
    lines.push(String::new());
    lines.push("─".repeat(screen.width));
    lines.extend(text(document, screen));
    let mut page = lines.join("\n");
    page.push('\n');
    page
}

/// Where the document comes from and how it was read.
fn head(document: &Document, screen: Screen) -> Vec<String> {
    let source = &document.record.source;
    let mut place = source.path.clone();
    if let Some(member) = &source.member {
        place += &format!("#{member}");
    }
    match (source.record, source.offset) {
        (Some(record), Some(offset)) => {
            place += &format!("#{record} at byte {offset}");
        }
        (Some(record), None) => place += &format!("#{record}"),
        (None, _) => {}
    }
    let how = format!("{place} · {} · {}", source.encoding, document.record.id);
    let mut lines = wrap_text(&harmless(&how), screen.width);
    if let Some(url) = &source.url {
        lines.extend(wrap_text(&harmless(url), screen.width));
    }
    let dim = Style::new().dimmed();
    lines.iter().map(|line| screen.paint(dim, line)).collect()
}

/// A field: its name, and its values wrapped beside it.
fn field(row: &Row, screen: Screen) -> Vec<String> {
    let bold = Style::new().bold();
    let name = screen.paint(bold, &fit(row.name, NAMES));
    if row.absent() {
        let absent = match row.name {
            "slogans" | "contents" | "dates" | "references" | "notes" => "none",
            _ => NOT_STATED,
        };
        let absent = screen.paint(Style::new().dimmed(), absent);
        return vec![format!("{name}{absent}")];
    }
    let values = row.lines(screen.width - NAMES);
    let beside = values.iter().enumerate().map(|(i, line)| match i {
        0 => format!("{name}{line}"),
        _ => format!("{}{line}", " ".repeat(NAMES)),
    });
    beside.collect()
}

/// The text, with what its evidence is evidence of in a margin.
fn text(document: &Document, screen: Screen) -> Vec<String> {
    let marks = evidence::marks(&document.record);
    let raw = document.text.raw();
    let owner = evidence::innermost(&marks, raw.chars().count());
    let edges = Edges::of(&marks, !screen.colour);
    let margin = (screen.width * 3 / 10).clamp(14, 36);
    let room = screen.width - margin - 3;
    let mut lines = Vec::new();
    let (mut at, mut blank_before) = (0, true);
    for paragraph in raw.split('\n') {
        let letters = paragraph.chars().count();
        let cells = paragraph_cells(paragraph, at, &edges, &owner);
        let wrapped = wrap(&cells.cells, room);
        if wrapped.is_empty() && !blank_before {
            lines.push(String::new());
        }
        blank_before = wrapped.is_empty();
        let mut labels = cells.labels.as_slice();
        let mut first_cell = 0;
        for line in wrapped {
            // `line` is a part of `cells`; labels stand where it begins.
            let skipped = cells.cells[first_cell..]
                .iter()
                .position(|cell| std::ptr::eq(cell, &line[0]))
                .unwrap_or(0);
            first_cell += skipped + line.len();
            let here = labels.partition_point(|(cell, _)| *cell < first_cell);
            let (now, later) = labels.split_at(here);
            labels = later;
            let now: Vec<&Mark> = now.iter().map(|(_, m)| &marks[*m]).collect();
            lines.extend(beside(line, &now, &marks, room, margin, screen));
        }
        at += letters + 1;
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The cells of a paragraph, and the marks that begin in it by cell.
struct Paragraph {
    cells: Vec<Cell>,
    labels: Vec<(usize, usize)>,
}

/// Where marks begin and where brackets stand, by code point.
struct Edges {
    /// Marks that begin here, and whether a bracket opens.
    starts: BTreeMap<usize, Vec<(usize, bool)>>,
    /// Brackets that close behind this code point.
    closing: BTreeMap<usize, usize>,
}

impl Edges {
    fn of(marks: &[Mark], brackets: bool) -> Self {
        let mut starts: BTreeMap<usize, Vec<(usize, bool)>> = BTreeMap::new();
        let mut closing = BTreeMap::new();
        for (i, mark) in marks.iter().enumerate() {
            let bracket = brackets && mark.marked;
            starts.entry(mark.span.start).or_default().push((i, bracket));
            if bracket {
                *closing.entry(mark.span.end - 1).or_default() += 1;
            }
        }
        Self { starts, closing }
    }
}

fn paragraph_cells(
    paragraph: &str,
    start: usize,
    edges: &Edges,
    owner: &[Option<usize>],
) -> Paragraph {
    let mut cells = Vec::new();
    let mut labels = Vec::new();
    let mut at = start;
    for grapheme in paragraph.trim_end_matches('\r').graphemes(true) {
        let end = at + grapheme.chars().count();
        for (mark, bracket) in
            edges.starts.range(at..end).flat_map(|(_, marks)| marks)
        {
            labels.push((cells.len(), *mark));
            if *bracket {
                cells.push(Cell::new(OPEN, None));
            }
        }
        cells.push(Cell::new(grapheme, owner.get(at).copied().flatten()));
        let closing: usize =
            edges.closing.range(at..end).map(|(_, count)| count).sum();
        for _ in 0..closing {
            cells.push(Cell::new(CLOSE, None));
        }
        at = end;
    }
    Paragraph { cells, labels }
}

/// One line of text with its labels; more labels than fit take more lines.
fn beside(
    line: &[Cell],
    labels: &[&Mark],
    marks: &[Mark],
    room: usize,
    margin: usize,
    screen: Screen,
) -> Vec<String> {
    let used: usize = line.iter().map(|cell| cell.width).sum();
    let mut text = String::new();
    for run in line.chunk_by(|a, b| a.mark == b.mark) {
        let words: String = run.iter().map(|c| c.text.as_str()).collect();
        match run[0].mark {
            Some(mark) => text += &screen.paint(marks[mark].style, &words),
            None => text += &words,
        }
    }
    if labels.is_empty() {
        return vec![text];
    }
    let margins = margin_lines(labels, margin, screen);
    let rows = margins.iter().enumerate().map(|(i, label)| {
        let (words, used) =
            if i == 0 { (text.as_str(), used) } else { ("", 0) };
        let fill = " ".repeat(room.saturating_sub(used));
        format!("{words}{fill} │ {label}")
    });
    rows.collect()
}

/// Labels in lines of the margin, as many in a line as fit.
fn margin_lines(
    labels: &[&Mark],
    margin: usize,
    screen: Screen,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for mark in labels {
        let label = fit(&harmless(&mark.label), margin);
        let label = label.trim_end();
        let painted = screen.paint(mark.style, label);
        match lines.last_mut() {
            Some(line) if used + 2 + label.width() <= margin => {
                used += 2 + label.width();
                *line += &format!(", {painted}");
            }
            _ => {
                used = label.width();
                lines.push(painted);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::record::{Status, Words};
    use crate::text::{Span, Text};

    const NEWS: &str = "UBND tỉnh vừa phát động phong trào thi đua “Chung sức vì người nghèo” trên địa bàn.\r\n\r\n\r\n\x1b[31mĐỏ\n";

    fn document() -> Document {
        let text = Text::new(NEWS);
        let context = Context::default();
        // A record of nothing, so that the page depends on no rule.
        let mut record = extract(&Text::new(""), &context);
        let start = NEWS.chars().take_while(|c| *c != '“').count() + 1;
        let length = "Chung sức vì người nghèo".chars().count();
        record.campaign = Some(Words {
            text: "Chung sức vì người nghèo".into(),
            span: Some(Span::new(start, start + length)),
            status: Status::Stated,
            rule: "test".into(),
            why: None,
            others: Vec::new(),
        });
        Document { text, context, record }
    }

    #[test]
    fn without_colour_evidence_stands_in_brackets_beside_its_field() {
        let screen = Screen { width: 80, colour: false };
        let page = render(&document(), screen);
        let body = page.split_once("──\n").expect("a rule").1;
        let lines: Vec<&str> = body.lines().collect();
        assert!(lines[0].starts_with("UBND tỉnh vừa phát động phong trào"));
        assert!(body.contains("“⟦Chung") && body.contains("nghèo⟧”"), "{body}");
        let label = lines.iter().find(|l| l.contains("│")).expect("a label");
        assert!(label.contains("⟦") && label.ends_with("│ campaign"));
        assert!(body.ends_with(" trên địa bàn.\n\n␛[31mĐỏ\n"), "{body:?}");
        assert!(!page.contains('\x1b'));
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        for width in [40, 60, 80, 120, 200] {
            let screen = Screen { width, colour: false };
            for line in render(&document(), screen).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn with_colour_nothing_but_our_own_colours_reaches_the_terminal() {
        let screen = Screen { width: 80, colour: true };
        let page = render(&document(), screen);
        assert!(page.contains("\x1b[35mChung sức"), "{page:?}");
        assert!(page.contains("␛[31mĐỏ"));
        assert!(!page.contains(OPEN));
    }
}
