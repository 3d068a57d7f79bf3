//! Phrases by the thousand, found in one walk over the words of a text.
//!
//! Every phrase is known by its first two words, or by the only one it has.
//! The walk takes a number from the letters of each word and looks whether
//! any phrase begins with that number; only then are letters compared. A text
//! is looked through once whatever the number of phrases.

use super::word_edges::{is_edge, starts_with_word};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// How a byte stands in a word: the length of a character that parts words,
/// or 0 for a part of a word.
///
/// Latin letters are bytes 0xC3..=0xE1 and what follows them; the blocks of
/// punctuation and symbols begin with 0xC2, 0xE2, 0xEF and 0xF0.
const PARTING: [u8; 256] = parting();

const fn parting() -> [u8; 256] {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            byte if byte.is_ascii_alphanumeric() => 0,
            0..0x80 => 1,
            0xC2 => 2,
            0xE2 | 0xEF => 3,
            0xF0..=0xFF => 4,
            _ => 0,
        };
        b += 1;
    }
    table
}

/// Where the next word begins and ends, from a byte on.
fn next_word(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    loop {
        match PARTING[usize::from(*bytes.get(at)?)] {
            0 => break,
            len => at += usize::from(len),
        }
    }
    let word = bytes[at..].iter();
    let len = word.take_while(|b| PARTING[usize::from(**b)] == 0).count();
    Some((at, at + len))
}

/// A number for the letters of a word; equal words have equal numbers.
fn number(word: &[u8]) -> u64 {
    let eight = |at: usize| match word[at..].first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    };
    let four = |at: usize| match word[at..].first_chunk() {
        Some(chunk) => u64::from(u32::from_le_bytes(*chunk)),
        None => 0,
    };
    let len = word.len();
    let (a, b) = match len {
        8.. => (eight(0), eight(len - 8)),
        4.. => (four(0), four(len - 4)),
        0 => (0, 0),
        _ => (
            u64::from(word[0]),
            u64::from(word[len / 2]) << 8 | u64::from(word[len - 1]),
        ),
    };
    mix(a ^ (len as u64) << 56, b)
}

/// Two numbers made one, so that every bit counts.
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x9E37_79B9_7F4A_7C15)
        * u128::from(b ^ 0xD1B5_4A32_D192_ED03);
    (product >> 64) as u64 ^ product as u64
}

/// The words that a phrase is known by: one, or two with a single blank
/// between them.
fn key(phrase: &str) -> Option<(bool, u64)> {
    let bytes = phrase.as_bytes();
    let (start, end) = next_word(bytes, 0).filter(|(start, _)| *start == 0)?;
    let first = number(&bytes[start..end]);
    match next_word(bytes, end) {
        Some((from, to))
            if from == end + 1 && matches!(bytes[end], b' ' | b'\n') =>
        {
            Some((true, mix(first, number(&bytes[from..to]))))
        }
        _ => Some((false, first)),
    }
}

/// Bits of the first look at a number.
const LOOK: u32 = 15;

/// Phrases by their numbers.
#[derive(Default)]
struct Shelf {
    /// Whether any number with these low bits is here.
    look: Vec<u64>,
    /// Numbers and phrases, sorted by number.
    phrases: Vec<(u64, Box<str>, u32)>,
    /// Where the phrases of a number with these low bits begin.
    first: Vec<u32>,
}

impl Shelf {
    fn new(mut phrases: Vec<(u64, Box<str>, u32)>) -> Self {
        let low = |number: u64| (number & ((1 << LOOK) - 1)) as usize;
        // Longer ones first, and else in the order given.
        phrases.sort_by_key(|(n, phrase, _)| {
            (low(*n), *n, std::cmp::Reverse(phrase.len()))
        });
        let mut look = vec![0; 1 << (LOOK - 6)];
        let mut first = vec![0; (1 << LOOK) + 1];
        for (n, ..) in &phrases {
            look[low(*n) >> 6] |= 1 << (low(*n) & 63);
            first[low(*n) + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Self { look, phrases, first }
    }

    /// Whether there may be phrases of a number: a first look, for most words
    /// the last one.
    #[inline]
    fn may_have(&self, number: u64) -> bool {
        let low = (number & ((1 << LOOK) - 1)) as usize;
        let look = self.look.get(low >> 6);
        look.is_some_and(|look| look & 1 << (low & 63) != 0)
    }

    fn of(&self, number: u64) -> &[(u64, Box<str>, u32)] {
        let low = (number & ((1 << LOOK) - 1)) as usize;
        &self.phrases[self.first[low] as usize..self.first[low + 1] as usize]
    }
}

/// Whether bytes begin with a phrase; for short ones faster than the library,
/// which is not told how short they are.
#[inline]
fn begins(bytes: &[u8], phrase: &[u8]) -> bool {
    let Some(bytes) = bytes.get(..phrase.len()) else { return false };
    let eight = |bytes: &[u8], at: usize| {
        bytes[at..].first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
    };
    let Some(last) = phrase.len().checked_sub(8) else {
        return (0..phrase.len()).all(|i| bytes[i] == phrase[i]);
    };
    let mut at = 0;
    while at < last {
        if eight(bytes, at) != eight(phrase, at) {
            return false;
        }
        at += 8;
    }
    eight(bytes, last) == eight(phrase, last)
}

/// Phrases, each with a number of its own.
pub(super) struct Index {
    one: Shelf,
    two: Shelf,
}

impl Index {
    /// Builds the index. A phrase begins with a letter or a digit.
    pub(super) fn new(
        phrases: impl IntoIterator<Item = (String, u32)>,
    ) -> Self {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        for (phrase, value) in phrases {
            if let Some((double, number)) = key(&phrase) {
                let shelf = if double { &mut two } else { &mut one };
                shelf.push((number, phrase.into_boxed_str(), value));
            }
        }
        Self { one: Shelf::new(one), two: Shelf::new(two) }
    }

    /// Calls `found` with every phrase that begins where a word begins, in
    /// the order of the text. Whether a phrase also ends with a word is for
    /// the caller to ask.
    pub(super) fn walk(
        &self,
        lower: &str,
        mut found: impl FnMut(Range<usize>, u32),
    ) {
        let bytes = lower.as_bytes();
        let Some((mut start, mut end)) = next_word(bytes, 0) else { return };
        let mut own = number(&bytes[start..end]);
        loop {
            let next = next_word(bytes, end);
            let next_own =
                next.map_or(0, |(from, to)| number(&bytes[from..to]));
            let mut compare = |shelf: &Shelf, number: u64| {
                for (n, phrase, value) in shelf.of(number) {
                    if *n == number
                        && begins(&bytes[start..], phrase.as_bytes())
                    {
                        found(start..start + phrase.len(), *value);
                    }
                }
            };
            if let Some((from, _)) = next
                && from == end + 1
            {
                let both = mix(own, next_own);
                if self.two.may_have(both) {
                    compare(&self.two, both);
                }
            }
            if self.one.may_have(own) {
                compare(&self.one, own);
            }
            let Some((from, to)) = next else { return };
            (start, end, own) = (from, to, next_own);
        }
    }
}

/// Phrases with a value each, found leftmost, longest first, at the edges of
/// words.
pub struct Phrases<T> {
    phrases: Vec<(String, u32)>,
    values: Vec<T>,
    /// Built when a text is looked through for these phrases alone.
    index: OnceLock<Index>,
}

impl<T: Copy> Phrases<T> {
    /// Takes the phrases; of two equal ones the first counts.
    pub fn new<P: AsRef<str>>(pairs: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut seen = HashSet::new();
        let (mut phrases, mut values) = (Vec::new(), Vec::new());
        for (phrase, value) in pairs {
            let phrase = phrase.as_ref();
            if seen.insert(phrase.to_owned()) {
                phrases.push((phrase.to_owned(), values.len() as u32));
                values.push(value);
            }
        }
        Self { phrases, values, index: OnceLock::new() }
    }

    /// The phrases with the numbers of their values.
    pub(super) fn numbered(&self) -> &[(String, u32)] {
        &self.phrases
    }

    /// The value with a number.
    pub(super) fn value(&self, number: u32) -> T {
        self.values[number as usize]
    }

    /// Every phrase at edges of words, leftmost, longest first, without
    /// overlaps. Offsets are bytes.
    pub fn find(&self, lower: &str) -> Vec<(Range<usize>, T)> {
        let index = || Index::new(self.phrases.iter().cloned());
        let mut found = Vec::new();
        self.index.get_or_init(index).walk(lower, |range, i| {
            if is_edge(lower, range.end) {
                found.push((range, i));
            }
        });
        sort(&mut found);
        self.leftmost(&found)
    }

    /// Of numbered phrases sorted by start, the longer first, those that do
    /// not overlap an earlier one.
    pub(super) fn leftmost(
        &self,
        sorted: &[(Range<usize>, u32)],
    ) -> Vec<(Range<usize>, T)> {
        let found = sorted.iter().map(|(at, i)| (at.clone(), self.value(*i)));
        without_overlaps(found.collect(), |(range, _)| range)
    }
}

/// By start, the longer first.
pub(super) fn sort<T>(found: &mut [(Range<usize>, T)]) {
    let key = |(range, _): &(Range<usize>, T)| {
        (range.start, std::cmp::Reverse(range.end))
    };
    if !found.is_sorted_by_key(key) {
        found.sort_by_key(key);
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
