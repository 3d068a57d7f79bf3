//! Names as they stand in text: capitals, and the longest listed one.

use crate::lexicon::word_edges::{is_edge, is_word_char};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// Longest name of a place, in words: `Phan Rang - Tháp Chàm` has four.
const MOST_WORDS: usize = 8;

/// Whether every word of a name begins with a capital or a digit.
pub(super) fn is_proper(name: &str) -> bool {
    let mut inside = false;
    name.chars().all(|c| {
        let starts = !inside && is_word_char(c);
        inside = is_word_char(c) || c == '\'';
        !starts || c.is_uppercase() || !c.is_alphabetic()
    })
}

/// Whether every letter is a capital.
pub(super) fn is_upper(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// The longest entry that starts exactly at a byte of lower-cased text and
/// that `fits`.
pub(super) fn longest_at<T: Copy>(
    index: &HashMap<String, T>,
    lower: &str,
    at: usize,
    fits: impl Fn(&Range<usize>) -> bool,
) -> Option<(Range<usize>, T)> {
    let mut found = None;
    let mut words = 0;
    let mut inside = false;
    for (i, c) in lower[at..].char_indices().chain([(lower.len() - at, ' ')]) {
        let word = is_word_char(c);
        if inside && !word {
            words += 1;
            let range = at..at + i;
            if let Some(value) = index.get(&lower[range.clone()])
                && is_edge(lower, range.end)
                && fits(&range)
            {
                found = Some((range, *value));
            }
        }
        inside = word;
        let part = word || matches!(c, ' ' | '-' | '\'' | '.' | '’');
        if !part || words == MOST_WORDS {
            break;
        }
    }
    found
}

/// The run of capitalised words that starts exactly at a byte, at most five:
/// the name of a place that no list has.
pub(super) fn proper_run(norm: &str, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    for _ in 0..5 {
        let gap = usize::from(end > at && norm[end..].starts_with(' '));
        let word = &norm[end + gap..];
        let len = word
            .find(|c: char| !is_word_char(c) && c != '\'')
            .unwrap_or(word.len());
        let first = word.chars().next();
        if len == 0
            || (end > at && gap == 0)
            || !first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
        {
            break;
        }
        end += gap + len;
    }
    (end > at).then_some(at..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_capitals() {
        assert!(is_proper("Bà Rịa - Vũng Tàu"));
        assert!(is_proper("Đắk R'lấp"));
        assert!(is_proper("12"));
        assert!(!is_proper("Hòa bình"));
        assert!(is_upper("BR-VT") && !is_upper("Br-VT"));
    }

    #[test]
    fn a_run_of_capitals_ends_at_a_small_letter() {
        let text = "Thanh Lộc Đán trong tuần";
        assert_eq!(&text[proper_run(text, 0).unwrap()], "Thanh Lộc Đán");
        assert_eq!(proper_run("của huyện", 0), None);
    }
}
