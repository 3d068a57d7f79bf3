//! Lists of Vietnamese words that the rules ask for, by name.

use super::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One list: its name and its words, in the order in which they are tried.
type List = (&'static str, Vec<&'static str>);

/// Sorted by name, as the test of all tables holds.
static TABLE: LazyLock<Vec<List>> = LazyLock::new(|| {
    table::read("word_lists", include_str!("word_lists.tsv"), |row| {
        let words = row.list("words").into_iter().map(with_blanks);
        (row.get("list"), words.collect())
    })
});

/// `␣` at the edge of a word is a blank, which the table would not keep.
fn with_blanks(word: &'static str) -> &'static str {
    if word.contains('␣') { word.replace('␣', " ").leak() } else { word }
}

/// The words of a list, if there is one with this name.
pub(super) fn get(name: &str) -> Option<&'static [&'static str]> {
    static BY_NAME: LazyLock<FxHashMap<&str, &[&str]>> = LazyLock::new(|| {
        TABLE.iter().map(|(name, words)| (*name, &**words)).collect()
    });
    BY_NAME.get(name).copied()
}

/// The words of a list, in order.
///
/// # Panics
/// If there is no such list: a test looks for the list of every call.
pub fn words(name: &str) -> &'static [&'static str] {
    get(name).unwrap_or_else(|| panic!("no list {name}"))
}

/// Whether a text is a word of a list.
pub fn has(name: &str, text: &str) -> bool {
    words(name).contains(&text)
}

/// Whether a word of a list stands anywhere in a text, parts of words
/// included.
pub fn inside(name: &str, text: &str) -> bool {
    words(name).iter().any(|word| text.contains(word))
}

/// Whether a text begins with the letters of a word of a list.
pub fn begins(name: &str, text: &str) -> bool {
    words(name).iter().any(|word| text.starts_with(word))
}

/// Whether a text ends with the letters of a word of a list.
pub fn ends(name: &str, text: &str) -> bool {
    words(name).iter().any(|word| text.ends_with(word))
}

/// Place of a word in its list, counted from 1.
pub fn place(name: &str, word: &str) -> Option<usize> {
    words(name).iter().position(|w| *w == word).map(|i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::rules::sources_of_rules;

    const CALLS: [&str; 6] =
        ["words", "has", "inside", "begins", "ends", "place"];

    #[test]
    fn every_list_is_used_and_every_use_has_a_list() {
        let rules: String =
            sources_of_rules().split_whitespace().collect::<Vec<_>>().join("");
        let patterns = include_str!("patterns.tsv");
        for (name, words) in TABLE.iter() {
            assert!(!words.is_empty(), "{name} is empty");
            let quoted = format!("(\"{name}\"");
            let used = patterns.contains(&format!("{{{name}}}"))
                || rules.contains(&quoted);
            assert!(used, "{name} is not used");
        }
        for call in CALLS.map(|call| format!("word_lists::{call}(\"")) {
            for name in rules.split(&call).skip(1) {
                words(name.split('"').next().unwrap());
            }
        }
    }

    #[test]
    fn no_word_stands_twice_in_a_list() {
        for (name, words) in TABLE.iter() {
            let mut sorted = words.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), words.len(), "{name}");
        }
    }

    #[test]
    fn words_are_found_where_they_are_asked_for() {
        let list = "act.telling_verbs";
        assert!(has(list, "nêu rõ") && !has(list, "nêu rõ rằng"));
        assert!(inside(list, "văn bản nêu thêm") && !inside(list, "văn bản"));
        assert!(begins(list, "viết tay") && !begins(list, "đã viết"));
        assert!(ends(list, "đã viết") && !ends(list, "viết tay"));
        assert_eq!(place("dates.month_words", "tư"), Some(4));
    }

    #[test]
    fn an_open_box_is_a_blank() {
        assert!(words("campaign.end_words").contains(&"của "));
    }
}
