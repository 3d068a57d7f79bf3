//! The lines of a normalized text.

use super::block::BLOCK;
use super::case::Signs;
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
pub(super) fn lines(norm: &str, signs: &[Signs]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(signs.len());
    let (mut at, mut blank_before) = (0, false);
    let mut add = |end: usize| {
        let line = &norm.as_bytes()[at..end];
        let words = |b: &u8| *b != b' ';
        match (line.iter().position(words), line.iter().rposition(words)) {
            (Some(first), Some(last)) => {
                let span = Span::new(at + first, at + last + 1);
                lines.push(Line { span, blank_before });
                blank_before = false;
            }
            _ => blank_before = !lines.is_empty(),
        }
        at = end + 1;
    };
    for (i, Signs { mut breaks, .. }) in signs.iter().copied().enumerate() {
        while breaks != 0 {
            add(BLOCK * i + breaks.trailing_zeros() as usize);
            breaks &= breaks - 1;
        }
    }
    add(norm.len());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;

    fn lines(norm: &str) -> Vec<Line> {
        super::lines(norm, &Signs::over(norm))
    }

    #[test]
    fn lines_are_trimmed_and_remember_empty_ones() {
        let norm = normalize(
            "\n\n Thông báo \r\n22/09/2021\r\n \u{a0} \r\n1. Đợt một\r\r- a \n",
        );
        let found: Vec<_> = lines(&norm)
            .into_iter()
            .map(|l| (l.span.of(&norm).to_owned(), l.blank_before))
            .collect();
        assert_eq!(
            found,
            [
                ("Thông báo".to_owned(), false),
                ("22/09/2021".to_owned(), false),
                ("1. Đợt một".to_owned(), true),
                ("- a".to_owned(), false),
            ]
        );
        assert!(lines("").is_empty());
        assert!(lines(" ").is_empty());
    }

    #[test]
    fn lines_are_as_long_as_they_are() {
        for length in 0..140 {
            let words = ["x".repeat(length), "ế".to_owned()].concat();
            let norm = format!(" {words} \n{words}\n\n{words}");
            let found = lines(&norm)
                .into_iter()
                .map(|line| (line.span.of(&norm) == words, line.blank_before));
            let found: Vec<_> = found.collect();
            assert_eq!(found, [(true, false), (true, false), (true, true)]);
        }
    }
}
