//! The lines of a normalized text.

use super::span::{Norm, Span};

/// A line that is not empty. News and portal texts put one paragraph on a
/// line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Without blanks at its ends; never empty.
    pub span: Span<Norm>,
    /// Whether an empty line stands before it. The first line has none.
    pub blank_before: bool,
}

/// The lines of a normalized text that are not empty.
pub(super) fn lines(norm: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut blank_before) = (0, false);
    let mut ends = memchr::memchr_iter(b'\n', norm.as_bytes());
    while at <= norm.len() {
        let line = &norm[at..ends.next().unwrap_or(norm.len())];
        let words = line.trim_matches(' ');
        if words.is_empty() {
            blank_before = !lines.is_empty();
        } else {
            let start = at + (line.len() - line.trim_start_matches(' ').len());
            let span = Span::new(start, start + words.len());
            lines.push(Line { span, blank_before });
            blank_before = false;
        }
        at += line.len() + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;

    #[test]
    fn lines_are_trimmed_and_remember_empty_ones() {
        let norm = normalize(
            "\n\n Thông báo \r\n22/09/2021\r\n \u{a0} \r\n1. Đợt một\r\r- a \n",
        );
        let lines: Vec<_> = lines(&norm)
            .into_iter()
            .map(|l| (l.span.of(&norm).to_owned(), l.blank_before))
            .collect();
        assert_eq!(
            lines,
            [
                ("Thông báo".to_owned(), false),
                ("22/09/2021".to_owned(), false),
                ("1. Đợt một".to_owned(), true),
                ("- a".to_owned(), false),
            ]
        );
        assert!(super::lines("").is_empty());
        assert!(super::lines(" ").is_empty());
    }
}
