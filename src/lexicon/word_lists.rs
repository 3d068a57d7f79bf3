//! Lists of Vietnamese words that the rules ask for, by name.

use super::table;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::sync::LazyLock;

/// The words of one list, in the order in which they are tried.
struct Words {
    all: Vec<&'static str>,
    firsts: ByByte,
    lasts: ByByte,
}

/// Words by their first or their last byte.
struct ByByte {
    /// Sorted by that byte.
    words: Vec<&'static str>,
    /// Where those with a byte begin; at the end, how many there are.
    starts: Vec<u16>,
}

impl ByByte {
    fn new(words: &[&'static str], byte: fn(&str) -> u8) -> Self {
        let mut words = words.to_vec();
        words.sort_by_key(|word| byte(word));
        let start =
            |first| words.partition_point(|w| u16::from(byte(w)) < first);
        let starts = (0..=256).map(|first| start(first) as u16).collect();
        Self { words, starts }
    }

    /// The words that may begin or end with the byte of a text, if it has any.
    fn with(&self, byte: Option<&u8>) -> &[&'static str] {
        let Some(at) = byte.map(|b| usize::from(*b)) else { return &[] };
        &self.words[self.starts[at].into()..self.starts[at + 1].into()]
    }
}

impl Words {
    fn new(all: Vec<&'static str>) -> Self {
        let first = |word: &str| word.bytes().next().unwrap_or_default();
        let last = |word: &str| word.bytes().next_back().unwrap_or_default();
        let firsts = ByByte::new(&all, first);
        Self { firsts, lasts: ByByte::new(&all, last), all }
    }
}

/// Sorted by name, as the test of all tables holds.
static TABLE: LazyLock<Vec<(&'static str, Words)>> = LazyLock::new(|| {
    table::read("word_lists", include_str!("word_lists.tsv"), |row| {
        let words = row.list("words").into_iter().map(with_blanks);
        (row.get("list"), Words::new(words.collect()))
    })
});

/// `␣` at the edge of a word is a blank, which the table would not keep.
fn with_blanks(word: &'static str) -> &'static str {
    if word.contains('␣') { word.replace('␣', " ").leak() } else { word }
}

fn find(name: &str) -> Option<&'static Words> {
    static BY_NAME: LazyLock<FxHashMap<&str, &Words>> = LazyLock::new(|| {
        TABLE.iter().map(|(name, words)| (*name, words)).collect()
    });
    BY_NAME.get(name).copied()
}

/// Lists that were asked for by a name at some address: names are literals,
/// which their address tells apart faster than their letters.
type Known = [Cell<Option<(&'static str, &'static Words)>>; KNOWN];

const KNOWN: usize = 512;

fn list(name: &'static str) -> &'static Words {
    thread_local! {
        static SEEN: Known = const { [const { Cell::new(None) }; KNOWN] };
    }
    SEEN.with(|seen| {
        let known = &seen[(name.as_ptr() as usize >> 2) % KNOWN];
        match known.get() {
            Some((other, words)) if std::ptr::eq(other, name) => words,
            _ => {
                let words = find(name);
                let words = words.unwrap_or_else(|| panic!("no list {name}"));
                known.set(Some((name, words)));
                words
            }
        }
    })
}

/// The words of a list, if there is one with this name.
pub(super) fn get(name: &str) -> Option<&'static [&'static str]> {
    find(name).map(|list| &*list.all)
}

/// The words of a list, in order.
///
/// # Panics
/// If there is no such list: a test looks for the list of every call.
pub fn words(name: &'static str) -> &'static [&'static str] {
    &list(name).all
}

/// Whether a text is a word of a list.
pub fn has(name: &'static str, text: &str) -> bool {
    let list = list(name);
    list.firsts.with(text.as_bytes().first()).contains(&text)
}

/// Whether a word of a list stands anywhere in a text, parts of words
/// included.
pub fn inside(name: &'static str, text: &str) -> bool {
    words(name).iter().any(|word| text.contains(word))
}

/// The words of a list with whose letters a text begins, in order.
pub fn beginnings(
    name: &'static str,
    text: &str,
) -> impl Iterator<Item = &'static str> {
    let words = list(name).firsts.with(text.as_bytes().first()).iter();
    words.copied().filter(move |word| text.starts_with(word))
}

/// Whether a text begins with the letters of a word of a list.
pub fn begins(name: &'static str, text: &str) -> bool {
    beginnings(name, text).next().is_some()
}

/// Whether a text ends with the letters of a word of a list.
pub fn ends(name: &'static str, text: &str) -> bool {
    let mut words = list(name).lasts.with(text.as_bytes().last()).iter();
    words.any(|word| text.ends_with(word))
}

/// Place of a word in its list, counted from 1.
pub fn place(name: &'static str, word: &str) -> Option<usize> {
    words(name).iter().position(|w| *w == word).map(|i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::rules::sources_of_rules;

    const CALLS: [&str; 7] =
        ["words", "has", "inside", "beginnings", "begins", "ends", "place"];

    #[test]
    fn every_list_is_used_and_every_use_has_a_list() {
        let rules: String =
            sources_of_rules().split_whitespace().collect::<Vec<_>>().join("");
        let patterns = include_str!("patterns.tsv");
        for (name, words) in TABLE.iter() {
            assert!(!words.all.is_empty(), "{name} is empty");
            let quoted = format!("(\"{name}\"");
            let used = patterns.contains(&format!("{{{name}}}"))
                || rules.contains(&quoted)
                || include_str!("scan.rs").contains(&quoted);
            assert!(used, "{name} is not used");
        }
        for call in CALLS.map(|call| format!("word_lists::{call}(\"")) {
            for name in rules.split(&call).skip(1) {
                let name = name.split('"').next().unwrap();
                assert!(find(name).is_some(), "there is no {name}");
            }
        }
    }

    #[test]
    fn no_word_stands_twice_in_a_list() {
        for (name, words) in TABLE.iter() {
            let mut sorted = words.all.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), words.all.len(), "{name}");
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
