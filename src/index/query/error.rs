//! What is wrong with a query, where, and what to do about it.

use std::fmt;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Most columns of a query that are shown.
const WIDTH: usize = 72;
/// Columns that are shown before the place, if there is more.
const BEFORE: usize = 30;
/// Bytes around the place that are looked at.
const NEAR: usize = 600;

/// A query that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, in plain words.
    pub message: String,
    /// Where: bytes of the query, on the edges of characters.
    pub place: Range<usize>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl QueryError {
    pub(super) fn new(place: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), place, hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Moves the ends of the place outwards to the edges of characters.
    pub(super) fn on_edges(mut self, query: &str) -> Self {
        let start = query.floor_char_boundary(self.place.start);
        let end = query.ceil_char_boundary(self.place.end.min(query.len()));
        self.place = start..end.max(start);
        self
    }

    /// The place in characters (Unicode code points) of the query.
    pub fn chars(&self, query: &str) -> Range<usize> {
        let count = |to: usize| query[..to].chars().count();
        count(self.place.start)..count(self.place.end)
    }

    /// The message, the query with carets under the place, and the hint, a
    /// line each, for a terminal: what it could obey is shown as `�`.
    pub fn report(&self, query: &str) -> String {
        let (line, carets) = self.excerpt(query);
        let mut out = format!("{}\n  {line}\n  {carets}", self.message);
        if let Some(hint) = &self.hint {
            out.push_str("\n  ");
            out.push_str(hint);
        }
        out
    }

    /// A line of the query around the place, and carets for the line below.
    fn excerpt(&self, query: &str) -> (String, String) {
        let place = &self.place;
        let from = query.floor_char_boundary(place.start.saturating_sub(NEAR));
        let to =
            query.ceil_char_boundary((place.start + NEAR).min(query.len()));
        let mut cells: Vec<(String, usize, bool)> = Vec::new();
        let mut at = from;
        for grapheme in query[from..to].graphemes(true) {
            let inside = at < place.end && at + grapheme.len() > place.start;
            let shown = shown(grapheme);
            let width = shown.width();
            cells.push((shown, width, inside));
            at += grapheme.len();
        }
        let marked = cells.iter().position(|cell| cell.2);
        let first = marked.map_or(cells.len(), |marked| {
            start_of_window(&cells, marked, from == 0)
        });
        let first = if marked.is_none() {
            start_of_window(&cells, cells.len(), from == 0)
        } else {
            first
        };
        let mut line = String::new();
        let mut carets = String::new();
        if first > 0 || from > 0 {
            line.push('…');
            carets.push(' ');
        }
        let mut used = line.width();
        for (text, width, inside) in &cells[first..] {
            if used + width > WIDTH {
                line.push('…');
                break;
            }
            line.push_str(text);
            let sign = if *inside { '^' } else { ' ' };
            carets.extend(std::iter::repeat_n(sign, *width));
            used += width;
        }
        let mut carets = carets.trim_end().to_owned();
        if !carets.contains('^') {
            // Behind the last character, or at a sign without width.
            let up_to: usize = cells[first..marked.unwrap_or(cells.len())]
                .iter()
                .map(|c| c.1)
                .sum();
            let lead = usize::from(first > 0 || from > 0);
            carets = " ".repeat((lead + up_to).min(WIDTH)) + "^";
        }
        (line, carets)
    }
}

/// The first cell to show so that the one at `marked` is seen with some
/// words before it.
fn start_of_window(
    cells: &[(String, usize, bool)],
    marked: usize,
    whole: bool,
) -> usize {
    let width: usize = cells[..marked].iter().map(|cell| cell.1).sum();
    if whole && width + 8 <= WIDTH {
        return 0;
    }
    let mut kept = 0;
    let mut first = marked;
    while first > 0 && kept + cells[first - 1].1 <= BEFORE {
        first -= 1;
        kept += cells[first].1;
    }
    first
}

/// A grapheme as it may stand on a terminal.
fn shown(grapheme: &str) -> String {
    grapheme
        .chars()
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            c if is_unseen(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Characters that a terminal obeys, or that turn what stands beside them.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{206f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Words of a query inside a message: short, and harmless.
pub(super) fn quoted(words: &str) -> String {
    const MOST: usize = 40;
    let mut graphemes = words.graphemes(true);
    let mut out: String = graphemes.by_ref().take(MOST).map(shown).collect();
    if graphemes.next().is_some() {
        out.push('…');
    }
    out.replace('`', "'")
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(query: &str, words: &str) -> Vec<String> {
        let start = query.find(words).unwrap();
        let error = QueryError::new(start..start + words.len(), "wrong");
        error.report(query).lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_carets_stand_under_the_words() {
        assert_eq!(
            report("isuer:UBND kế hoạch", "isuer:"),
            ["wrong", "  isuer:UBND kế hoạch", "  ^^^^^^"]
        );
        // Decomposed letters take one column, wide ones two.
        assert_eq!(
            report("ke\u{302}\u{301} 漢字 x:1", "x:"),
            ["wrong", "  ke\u{302}\u{301} 漢字 x:1", "          ^^"]
        );
    }

    #[test]
    fn a_long_query_is_cut_around_the_place() {
        let query =
            format!("{} đây {}", "một ".repeat(300), "hai ".repeat(300));
        let lines = report(&query, "đây");
        assert!(lines[1].width() <= WIDTH + 4, "{}", lines[1]);
        assert!(lines[1].contains("đây"));
        let under = lines[2].find('^').unwrap();
        let shown: String =
            lines[1].graphemes(true).skip(under).take(3).collect();
        assert_eq!(shown, "đây");
    }

    #[test]
    fn the_end_can_be_pointed_at() {
        let error = QueryError::new(4..4, "more is needed");
        assert_eq!(error.report("năm").lines().last(), Some("     ^"));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        let lines = report("a\x1b[2J\u{202e}b x", "x");
        assert_eq!(lines[1], "  a\u{fffd}[2J\u{fffd}b x");
        assert_eq!(quoted("a\x1bb`c"), "a\u{fffd}b'c");
    }
}
