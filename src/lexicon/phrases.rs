//! A set of phrases found in one pass over lower-cased normalized text.
//!
//! The automaton looks only for how phrases begin, their first two words; so
//! it stays a small full table, quick to build and to run. Behind each
//! beginning the few phrases that share it are compared.

use super::word_edges::{is_edge, starts_with_word};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// Phrases with a value each, found leftmost, longest first, at the edges of
/// words.
pub struct Phrases<T> {
    beginnings: AhoCorasick,
    /// The phrases of each beginning: what follows it, in bytes, and value.
    endings: Vec<Vec<(Box<str>, T)>>,
}

/// Where the second word of a phrase ends, in bytes.
fn beginning(phrase: &str) -> usize {
    let mut blanks = phrase.match_indices(' ');
    blanks.nth(1).map_or(phrase.len(), |(at, _)| at)
}

impl<T: Copy> Phrases<T> {
    /// Builds the automaton; of two equal phrases the first one counts.
    pub fn new<P: AsRef<str>>(pairs: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut groups: BTreeMap<String, Vec<(Box<str>, T)>> = BTreeMap::new();
        for (phrase, value) in pairs {
            let phrase = phrase.as_ref();
            let (head, tail) = phrase.split_at(beginning(phrase));
            let group = groups.entry(head.to_string()).or_default();
            if group.iter().all(|(known, _)| **known != *tail) {
                group.push((tail.into(), value));
            }
        }
        let beginnings = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(groups.keys())
            .expect("the tables are small enough for an automaton");
        Self { beginnings, endings: groups.into_values().collect() }
    }

    /// Calls `found` with every phrase at edges of words, overlaps included,
    /// in no order.
    fn each(&self, lower: &str, mut found: impl FnMut(Range<usize>, T)) {
        for hit in self.beginnings.find_overlapping_iter(lower) {
            if !is_edge(lower, hit.start()) {
                continue;
            }
            let behind = &lower.as_bytes()[hit.end()..];
            for (tail, value) in &self.endings[hit.pattern().as_usize()] {
                let end = hit.end() + tail.len();
                if behind.starts_with(tail.as_bytes()) && is_edge(lower, end) {
                    found(hit.start()..end, *value);
                }
            }
        }
    }

    /// Every phrase at edges of words, overlaps included, sorted by start,
    /// the longer first. Offsets are bytes.
    pub fn overlapping(&self, lower: &str) -> Vec<(Range<usize>, T)> {
        let mut found = Vec::new();
        self.each(lower, |range, value| found.push((range, value)));
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        found
    }

    /// Every phrase at edges of words, leftmost, longest first, without
    /// overlaps. Offsets are bytes.
    pub fn find(&self, lower: &str) -> Vec<(Range<usize>, T)> {
        without_overlaps(self.overlapping(lower), |(range, _)| range)
    }
}

/// Of findings sorted by start, the longer first, those that do not overlap
/// an earlier one.
pub fn without_overlaps<M>(
    mut sorted: Vec<M>,
    range: impl Fn(&M) -> &Range<usize>,
) -> Vec<M> {
    let mut end = 0;
    sorted.retain(|found| {
        let r = range(found);
        let free = r.start >= end;
        if free {
            end = r.end;
        }
        free
    });
    sorted
}

/// The entry whose words a text begins with, the longest one.
pub fn starting<'t, T>(
    entries: &'t [T],
    text: &str,
    words: impl Fn(&T) -> &str,
) -> Option<&'t T> {
    entries
        .iter()
        .filter(|entry| starts_with_word(text, words(entry)))
        .max_by_key(|entry| words(entry).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&'static str], text: &str) -> Vec<String> {
        Phrases::new(phrases.iter().map(|p| (*p, ())))
            .find(text)
            .into_iter()
            .map(|(range, ())| text[range].to_string())
            .collect()
    }

    #[test]
    fn the_longest_phrase_at_word_edges_wins() {
        let phrases = ["thông tư", "thông tư liên tịch", "thông"];
        assert_eq!(
            found(&phrases, "thông tư liên tịch và thông tư"),
            ["thông tư liên tịch", "thông tư"]
        );
        assert_eq!(found(&phrases, "thông tưx"), ["thông"]);
        assert!(found(&phrases, "thôngx").is_empty());
    }

    #[test]
    fn overlaps_are_settled_from_the_left() {
        assert_eq!(
            found(&["thái bình", "bình dương"], "thái bình dương"),
            ["thái bình"]
        );
    }

    #[test]
    fn phrases_of_one_two_and_more_words_share_beginnings() {
        let phrases = ["ban", "ban bí thư", "ban bí thư trung ương", "ban chỉ"];
        let text = "ban bí thư trung ương, ban bí thưa, ban chỉ, ban";
        assert_eq!(
            found(&phrases, text),
            ["ban bí thư trung ương", "ban", "ban chỉ", "ban"]
        );
    }
}
