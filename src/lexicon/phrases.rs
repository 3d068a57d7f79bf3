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

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// Bytes before a block in which a character may begin that parts words and
/// reaches into it.
const BEFORE: usize = 3;

/// Which bytes of a block part words, the first one in the lowest bit. The
/// block stands behind [`BEFORE`] bytes.
///
/// Latin letters are bytes 0xC3..=0xE1 and what follows them; the blocks of
/// punctuation and symbols begin with 0xC2, 0xE2, 0xEF and 0xF0.. and have
/// two, three, three and four bytes.
fn parting(bytes: &[u8; BEFORE + BLOCK]) -> u64 {
    let mut parts = [0_u8; BLOCK];
    // No branches, so that the compiler looks at many bytes at a time.
    for (i, part) in parts.iter_mut().enumerate() {
        let (a, b, c, d) = (bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]);
        let (two, four) = (|b: u8| b == 0xC2, |b: u8| b >= 0xF0);
        let three = |b: u8| (b == 0xE2) | (b == 0xEF) | (b >= 0xF0);
        let letter = (d | 0x20).wrapping_sub(b'a') < 26;
        let digit = d.wrapping_sub(b'0') < 10;
        let ascii = (d < 0x80) & !(letter | digit);
        let begins = two(d) | three(d) | four(d);
        let goes_on = two(c) | three(c) | three(b) | four(a);
        *part = u8::from(ascii | begins | goes_on);
    }
    bits(&parts)
}

/// Bytes of 0 and 1 as bits, the first one the lowest.
pub(super) fn bits(bytes: &[u8; BLOCK]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |all, (i, eight)| {
        // Brings the lowest bits of eight bytes together.
        let bits = u64::from_le_bytes(*eight);
        let bits = bits.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        all | bits << (8 * i)
    })
}

/// The bytes at which words begin and end, in turns.
struct Edges<'t> {
    bytes: &'t [u8],
    /// Where the next block begins.
    next: usize,
    /// The edges left in this block, in the order of its bytes.
    left: u64,
    /// Whether the byte before the next block parts words.
    parts: bool,
}

impl<'t> Edges<'t> {
    fn of(bytes: &'t [u8]) -> Self {
        Self { bytes, next: 0, left: 0, parts: true }
    }

    /// The next block. What lies outside the text parts words.
    fn block(&self) -> u64 {
        let start = self.next.checked_sub(BEFORE);
        let within = start.and_then(|at| self.bytes[at..].first_chunk());
        if let Some(block) = within {
            return parting(block);
        }
        let mut block = [b' '; BEFORE + BLOCK];
        let from = self.next.min(BEFORE);
        let to = (self.next + BLOCK).min(self.bytes.len());
        let words = &self.bytes[self.next - from..to];
        block[BEFORE - from..][..words.len()].copy_from_slice(words);
        parting(&block)
    }
}

impl Iterator for Edges<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            // One byte more than the text has, so that its last word ends.
            if self.next > self.bytes.len() {
                return None;
            }
            let block = self.block();
            self.left = block ^ (block << 1 | u64::from(self.parts));
            self.parts = block >> (BLOCK - 1) == 1;
            self.next += BLOCK;
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.next - BLOCK + at)
    }
}

/// The last bytes of a text, fewer than eight, and zeros.
#[cold]
fn last_of(bytes: &[u8], at: usize) -> [u8; 8] {
    let mut eight = [0; 8];
    let rest = &bytes[at..];
    eight[..rest.len()].copy_from_slice(rest);
    eight
}

/// A number for the letters of a word; equal words have equal numbers.
#[inline]
fn number(bytes: &[u8], start: usize, end: usize) -> u64 {
    let eight = |at: usize| match bytes.get(at..at + 8) {
        Some(chunk) => chunk.first_chunk().copied().unwrap_or_default(),
        None => last_of(bytes, at),
    };
    let eight = |at: usize| u64::from_le_bytes(eight(at));
    match end - start {
        len @ 1..=8 => mix(eight(start) & u64::MAX >> (64 - 8 * len), 0),
        len => mix(eight(start) ^ (len as u64) << 56, eight(end - 8)),
    }
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
    let mut edges = Edges::of(bytes);
    let (start, end) = (edges.next().filter(|at| *at == 0)?, edges.next()?);
    let first = number(bytes, start, end);
    match edges.next().zip(edges.next()) {
        Some((from, to))
            if from == end + 1 && matches!(bytes[end], b' ' | b'\n') =>
        {
            Some((true, mix(first, number(bytes, from, to))))
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
        let mut edges = Edges::of(bytes);
        let mut word = || Some((edges.next()?, edges.next()?));
        let Some((mut start, mut end)) = word() else { return };
        let mut own = number(bytes, start, end);
        loop {
            let next = word();
            let next_own = next.map_or(0, |(from, to)| number(bytes, from, to));
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
    fn words_begin_and_end_wherever_they_stand() {
        let text = "“Xã An Hòa”: 25 km², 3–4 hộ… 😀lúa\u{a0}đòng, \
                    nghiêng Ｘ ủy ban";
        let words = |text: &str| {
            let edges: Vec<usize> = Edges::of(text.as_bytes()).collect();
            let (pairs, rest) = edges.as_chunks::<2>();
            assert!(rest.is_empty());
            let word = |[a, b]: &[usize; 2]| text[*a..*b].to_owned();
            pairs.iter().map(word).collect::<Vec<_>>()
        };
        let expected = [
            "Xã", "An", "Hòa", "25", "km", "3", "4", "hộ", "lúa", "đòng",
            "nghiêng", "ủy", "ban",
        ];
        for blanks in 0..130 {
            let moved = format!("{}{text}", " ".repeat(blanks));
            assert_eq!(words(&moved), expected);
            assert_eq!(words(&format!("{moved}.")), expected);
        }
        assert_eq!(words(""), [""; 0]);
        assert_eq!(words(&"ă".repeat(96)), ["ă".repeat(96)]);
    }

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        for word in ["ă", "ban", "nghiệp", "nghiêng", "nghiêngnghiêng"] {
            let texts = [word.to_owned(), format!("ủy {word} nhân dân")];
            let [first, second] = texts.map(|text| {
                let at = text.find(word).unwrap();
                number(text.as_bytes(), at, at + word.len())
            });
            assert_eq!(first, second);
        }
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
