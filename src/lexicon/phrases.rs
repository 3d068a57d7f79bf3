//! A set of phrases found in one pass over lower-cased normalized text.

use super::word_edges::{starts_with_word, word_edges};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::cmp::Reverse;
use std::ops::Range;

/// Below this many bytes of phrases the automaton is a full table: twice as
/// fast, and still small.
const FULL_TABLE: usize = 12_000;

/// Phrases with a value each, found leftmost, longest first, at the edges of
/// words.
pub struct Phrases<T> {
    automaton: AhoCorasick,
    values: Vec<T>,
}

impl<T: Copy> Phrases<T> {
    /// Builds the automaton; of two equal phrases the first one counts.
    pub fn new<P: AsRef<str>>(pairs: impl IntoIterator<Item = (P, T)>) -> Self {
        let (phrases, values): (Vec<P>, Vec<T>) = pairs.into_iter().unzip();
        let bytes: usize = phrases.iter().map(|p| p.as_ref().len()).sum();
        let kind = if bytes < FULL_TABLE {
            AhoCorasickKind::DFA
        } else {
            AhoCorasickKind::ContiguousNFA
        };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(phrases.iter().map(AsRef::as_ref))
            .expect("the tables are small enough for an automaton");
        Self { automaton, values }
    }

    /// Every phrase at edges of words, overlaps included, sorted by start,
    /// the longer first. Offsets are bytes.
    pub fn overlapping(&self, lower: &str) -> Vec<(Range<usize>, T)> {
        let mut found: Vec<(Range<usize>, usize)> = self
            .automaton
            .find_overlapping_iter(lower)
            .filter(|m| word_edges(lower, &m.range()))
            .map(|m| (m.range(), m.pattern().as_usize()))
            .collect();
        found.sort_unstable_by_key(|(r, i)| (r.start, Reverse(r.end), *i));
        found.dedup_by(|b, a| a.0 == b.0);
        found.into_iter().map(|(r, i)| (r, self.values[i])).collect()
    }

    /// Every phrase at edges of words, leftmost, longest first, without
    /// overlaps. Offsets are bytes.
    pub fn find(&self, lower: &str) -> Vec<(Range<usize>, T)> {
        without_overlaps(self.overlapping(lower), |(range, _)| range)
    }

    /// The longest phrase that starts exactly at a byte position.
    pub fn at(&self, lower: &str, at: usize) -> Option<(Range<usize>, T)> {
        let rest = &lower[at..];
        self.overlapping(&rest[..rest.len().min(96 + char_gap(rest, 96))])
            .into_iter()
            .find(|(range, _)| range.start == 0)
            .map(|(range, value)| (at..at + range.end, value))
    }
}

/// How far the next character boundary lies behind a byte position.
fn char_gap(text: &str, at: usize) -> usize {
    (0..4).find(|gap| text.is_char_boundary(at + gap)).unwrap_or(0)
}

/// Of findings sorted by start, the longer first, those that do not overlap
/// an earlier one.
pub fn without_overlaps<M>(
    sorted: Vec<M>,
    range: impl Fn(&M) -> &Range<usize>,
) -> Vec<M> {
    let mut end = 0;
    let mut kept = Vec::with_capacity(sorted.len());
    for found in sorted {
        let r = range(&found);
        if r.start >= end {
            end = r.end;
            kept.push(found);
        }
    }
    kept
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
}
