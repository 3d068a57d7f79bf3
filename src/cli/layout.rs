//! Lines of a given width, by what a terminal really takes for each letter.

use super::screen::shown;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One letter as shown, with its columns and what it is evidence of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The letter with its marks.
    pub(super) text: String,
    /// Columns.
    pub(super) width: usize,
    /// Whether a line may end here.
    pub(super) blank: bool,
    /// Index of the mark that it belongs to.
    pub(super) mark: Option<usize>,
}

impl Cell {
    /// The cell of a grapheme; control characters become visible.
    pub(super) fn new(grapheme: &str, mark: Option<usize>) -> Self {
        let blank = grapheme.chars().all(char::is_whitespace);
        let text = if blank {
            " ".to_owned()
        } else {
            grapheme
                .chars()
                .map(|c| shown(c).unwrap_or_else(|| c.to_string()))
                .collect()
        };
        Self { width: text.width(), text, blank, mark }
    }
}

/// The cells of a plain text.
pub(super) fn cells(text: &str) -> Vec<Cell> {
    text.graphemes(true).map(|g| Cell::new(g, None)).collect()
}

/// Cuts cells into lines of at most `width` columns, at blanks where there
/// are some; blanks at the cuts are left out.
pub(super) fn wrap(cells: &[Cell], width: usize) -> Vec<&[Cell]> {
    let mut lines = Vec::new();
    let mut rest = cells;
    loop {
        while rest.first().is_some_and(|c| c.blank) {
            rest = &rest[1..];
        }
        if rest.is_empty() {
            return lines;
        }
        let (line, behind) = rest.split_at(line_end(rest, width));
        let words = line.iter().rposition(|c| !c.blank).map_or(0, |i| i + 1);
        lines.push(&line[..words]);
        rest = behind;
    }
}

/// How many cells the first line takes; at least one.
fn line_end(cells: &[Cell], width: usize) -> usize {
    let (mut used, mut last_blank) = (0, None);
    for (i, cell) in cells.iter().enumerate() {
        used += cell.width;
        if cell.blank {
            last_blank = Some(i);
        } else if used > width {
            return last_blank.unwrap_or(i).max(1);
        }
    }
    cells.len()
}

/// A plain text in lines of at most `width` columns; its own line breaks are
/// kept.
pub(super) fn wrap_text(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let cells = cells(paragraph);
        for line in wrap(&cells, width) {
            lines.push(line.iter().map(|c| c.text.as_str()).collect());
        }
    }
    lines
}

/// `text` in exactly `width` columns: cut with `…`, or filled with blanks.
pub(super) fn fit(text: &str, width: usize) -> String {
    let cells = cells(text);
    let whole: usize = cells.iter().map(|c| c.width).sum();
    if whole <= width {
        return cells.iter().map(|c| c.text.as_str()).collect::<String>()
            + &" ".repeat(width - whole);
    }
    let mut out = String::new();
    let mut used = 0;
    for cell in &cells {
        if used + cell.width + 1 > width {
            break;
        }
        used += cell.width;
        out.push_str(&cell.text);
    }
    out.push('…');
    out + &" ".repeat(width.saturating_sub(used + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_blanks_by_columns_not_bytes() {
        assert_eq!(
            wrap_text("Kế hoạch số 240/KH-UBND ngày 16/9/2021", 16),
            ["Kế hoạch số", "240/KH-UBND ngày", "16/9/2021"]
        );
        // Decomposed letters take the columns of composed ones.
        let decomposed = "Ke\u{302}\u{301} hoa\u{323}ch so\u{302}\u{301}";
        assert_eq!(wrap_text(decomposed, 11).len(), 1);
        assert_eq!(wrap_text("漢字漢字 漢字", 8), ["漢字漢字", "漢字"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(wrap_text("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap_text("漢字", 1), ["漢", "字"]);
        assert!(wrap_text("  \n ", 5).is_empty());
    }

    #[test]
    fn fitting_cuts_or_fills() {
        assert_eq!(fit("ngày", 6), "ngày  ");
        assert_eq!(fit("tháng mười", 6), "tháng…");
        assert_eq!(fit("漢字漢字", 4), "漢… ");
    }
}
