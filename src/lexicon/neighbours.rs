//! Words beside a phrase that make it something else: `cơ` before `sở y tế`,
//! `điện tử` behind `chính phủ`. Syllables are written apart in Vietnamese,
//! so an edge of a syllable alone does not tell where a word ends.

use super::table::Row;
use super::word_edges::{ends_with_word, starts_with_word};
use std::ops::Range;

/// The columns `not_after` and `not_before` of a row.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    /// Words right before the phrase that rule it out, lower case.
    pub not_after: Vec<&'static str>,
    /// Words right behind the phrase that rule it out, lower case.
    pub not_before: Vec<&'static str>,
}

impl Neighbours {
    /// Reads both columns.
    pub fn of(row: &Row<'_>) -> Self {
        Self {
            not_after: row.list("not_after"),
            not_before: row.list("not_before"),
        }
    }

    /// Whether the phrase at a range of lower-cased text stands free of them.
    pub fn allow(&self, lower: &str, range: &Range<usize>) -> bool {
        let (before, behind) = (&lower[..range.start], &lower[range.end..]);
        !self.not_after.iter().any(|word| ends_with_word(before, word))
            && !self
                .not_before
                .iter()
                .any(|word| starts_with_word(behind, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_rules_a_phrase_out() {
        let free = Neighbours {
            not_after: vec!["cơ"],
            not_before: vec!["điện tử"],
        };
        let allow = |text: &str, phrase: &str| {
            let start = text.find(phrase).unwrap();
            free.allow(text, &(start..start + phrase.len()))
        };
        assert!(!allow("các cơ sở y tế", "sở y tế"));
        assert!(allow("các sở y tế", "sở y tế"));
        assert!(!allow("chính phủ điện tử", "chính phủ"));
        assert!(allow("chính phủ điệnx", "chính phủ"));
    }
}
