//! Why a field has its value: rules tried, what they rest on, what was
//! refused.

use crate::cli::args::Explain;
use crate::cli::exit::{Exit, Result};
use crate::cli::fields::{self, NOT_STATED};
use crate::cli::layout::{Cell, cells, wrap_text};
use crate::cli::one;
use crate::cli::screen::{Screen, harmless};
use crate::extract::{self, Step, Verdict};
use crate::pipeline::Document;
use crate::text::{Norm, Span, Text};
use anstyle::{AnsiColor, Style};
use std::io::{Write, stdout};

/// Columns of the names of fields.
const NAMES: usize = 12;

pub(in crate::cli) fn run(args: &Explain) -> Result<Exit> {
    let document = one::open(&args.document)?;
    let screen = Screen::of_stdout(args.display);
    let name = fields::field_name(args.field);
    let row = fields::row(&document.record, args.field);
    let steps = extract::explain(&document.text, &document.context, name);
    let page = render(&document, &row, &steps, screen);
    let mut out = stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

fn render(
    document: &Document,
    row: &fields::Row,
    steps: &[Step],
    screen: Screen,
) -> String {
    let mut page = String::new();
    let bold = Style::new().bold();
    let mut line = |line: &str| {
        page += line.trim_end();
        page.push('\n');
    };
    let values = match row.absent() {
        true => vec![NOT_STATED.to_owned()],
        false => row.lines(screen.width - NAMES),
    };
    for (i, value) in values.iter().enumerate() {
        let name = if i == 0 { row.name } else { "" };
        let name = screen.paint(bold, &format!("{name:NAMES$}"));
        line(&format!("{name}{value}"));
    }
    if steps.is_empty() {
        line("");
        line("No rule for this field had anything to go by.");
    }
    for (i, step) in steps.iter().enumerate() {
        line("");
        let (word, style) = verdict(&step.verdict);
        let word = screen.paint(style, word);
        let rule = harmless(&step.rule);
        line(&format!("{:>3}. {word}  {rule}", i + 1));
        if let Some(span) = step.span {
            for words in in_context(&document.text, span, screen.width - 5) {
                line(&format!("     {words}"));
            }
        }
        for words in wrap_text(&harmless(&step.why), screen.width - 5) {
            line(&format!("     {words}"));
        }
    }
    page
}

/// How a verdict is said, and its colour.
fn verdict(verdict: &Verdict) -> (&'static str, Style) {
    let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into())).bold();
    match verdict {
        Verdict::Found => ("found    ", colour(AnsiColor::Green)),
        Verdict::Refused => ("refused  ", colour(AnsiColor::Red)),
        Verdict::NotThere => ("not there", Style::new().dimmed()),
    }
}

/// The words of a span in one line of their surroundings, with carets under
/// them; a span over several lines is shown by its first.
fn in_context(text: &Text, span: Span<Norm>, width: usize) -> Vec<String> {
    let norm = text.norm();
    let line_start = norm[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let line_end =
        norm[span.start..].find('\n').map_or(norm.len(), |i| span.start + i);
    let end = span.end.min(line_end);
    let mut words = cells(&norm[span.start..end]);
    if span.end > line_end {
        words.extend(cells(" …"));
    }
    let words = first(words, width * 2 / 3);
    let before = cells(&norm[line_start..span.start]);
    let after = cells(&norm[end..line_end]);
    // What is left of the line is shared by both sides.
    let left = width.saturating_sub(columns(&words));
    let room = (left / 2).max(left.saturating_sub(columns(&after)));
    let before = last(before, room);
    let after = first(after, left.saturating_sub(columns(&before)));
    let join = |cells: &[Cell]| -> String {
        cells.iter().map(|c| c.text.as_str()).collect()
    };
    vec![
        format!("{}{}{}", join(&before), join(&words), join(&after)),
        format!(
            "{}{}",
            " ".repeat(columns(&before)),
            "^".repeat(columns(&words).max(1))
        ),
    ]
}

fn columns(cells: &[Cell]) -> usize {
    cells.iter().map(|c| c.width).sum()
}

/// As many of the first cells as `width` columns hold, with `…` if not all.
fn first(cells: Vec<Cell>, width: usize) -> Vec<Cell> {
    if columns(&cells) <= width {
        return cells;
    }
    let mut used = 1;
    let mut kept: Vec<Cell> = cells
        .into_iter()
        .take_while(|cell| {
            used += cell.width;
            used <= width
        })
        .collect();
    kept.push(Cell::new("…", None));
    kept
}

/// As many of the last cells as `width` columns hold, with `…` if not all.
fn last(mut cells: Vec<Cell>, width: usize) -> Vec<Cell> {
    cells.reverse();
    let mut kept = first(cells, width);
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str, width: usize) -> Vec<String> {
        let text = Text::new(text);
        let start = text.norm().find(words).expect("the words");
        in_context(&text, Span::new(start, start + words.len()), width)
    }

    #[test]
    fn carets_stand_under_the_words_by_columns() {
        let text = "Mở đầu.\nKế hoạch số 240/KH-UBND ngày 16/9/2021 của tỉnh";
        assert_eq!(
            shown(text, "ngày 16/9/2021", 60),
            [
                "Kế hoạch số 240/KH-UBND ngày 16/9/2021 của tỉnh",
                "                        ^^^^^^^^^^^^^^",
            ]
        );
        assert_eq!(
            shown(text, "240/KH-UBND", 22),
            ["… số 240/KH-UBND ngày…", "     ^^^^^^^^^^^"]
        );
    }

    #[test]
    fn words_over_several_lines_are_cut_at_the_first() {
        let text = "Thi đua lao động\nsản xuất giỏi";
        assert_eq!(
            shown(text, "lao động\nsản xuất", 40),
            ["Thi đua lao động …", "        ^^^^^^^^^^"]
        );
    }
}
