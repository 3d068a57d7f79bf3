//! Phrases by the thousand, found in one walk over the words of a text.
//!
//! Every phrase is known by its first two words, or by the only one it has.
//! The walk takes a number from the letters of each word and looks whether
//! any phrase begins with that number; only then are more letters compared. A
//! text is looked through once whatever the number of phrases.

use super::word_edges::{is_edge, starts_with_word};
use super::words::{Block, Edges, blocks, eight, lowest_bytes, mix, number};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// The words that a phrase is known by.
struct Key {
    /// Whether it is two, with a single blank between them.
    double: bool,
    number: u64,
    /// Bytes.
    len: usize,
}

fn key(phrase: &str) -> Option<Key> {
    let (bytes, blocks) = (phrase.as_bytes(), blocks(phrase));
    let mut edges = Edges::of(&blocks);
    let (_, end) = edges.word().filter(|(start, _)| *start == 0)?;
    let first = number(bytes, 0, end);
    Some(match edges.word() {
        Some((from, to)) if from == end + 1 && bytes[end] == b' ' => {
            let number = mix(first, number(bytes, from, to));
            Key { double: true, number, len: to }
        }
        _ => Key { double: false, number: first, len: end },
    })
}

/// Bits of the first look at a number, and of the place of its group.
const LOOK: u32 = 15;
const PLACE: u32 = 12;

/// The lowest bits of a number.
fn low(number: u64, bits: u32) -> usize {
    (number & ((1 << bits) - 1)) as usize
}

/// A phrase behind the words that it is known by.
struct Tail {
    /// Its next eight bytes, or all if there are fewer, and which of them
    /// count.
    eight: u64,
    counts: u64,
    len: u32,
    value: u32,
}

/// The phrases that are known by the same words, the longest first. Letters
/// are not compared again: that other words have the same 64 bits is as good
/// as impossible.
struct Group {
    number: u64,
    /// Of the second bytes of its longer phrases, behind the words that these
    /// are known by; see [`second`].
    seconds: u32,
    /// Its phrases among the tails: those that are longer than the words, and
    /// then those that are not.
    longer: u32,
    own: u32,
    end: u32,
}

/// The bit of the second of eight bytes.
#[inline]
fn second(eight: u64) -> u32 {
    1 << (eight >> 8 & 31)
}

/// Phrases by their numbers.
struct Shelf {
    /// Whether any number with these low bits is here.
    look: Box<[u64; 1 << (LOOK - 6)]>,
    /// Sorted by the low bits of their numbers.
    groups: Vec<Group>,
    /// Where the groups of a number with these low bits begin.
    first: Vec<u32>,
    tails: Vec<Tail>,
    /// Of each tail, what follows its eight bytes.
    rests: Vec<Box<[u8]>>,
}

impl Shelf {
    /// Phrases with their keys and values.
    fn new(mut phrases: Vec<(Key, String, u32)>) -> Self {
        // Longer ones first, and else in the order given.
        phrases.sort_by(|(a, p, _), (b, q, _)| {
            let place = |key: &Key| (low(key.number, PLACE), key.number);
            (place(a), q.len()).cmp(&(place(b), p.len()))
        });
        let mut shelf = Self {
            look: Box::new([0; _]),
            groups: Vec::new(),
            first: vec![0; (1 << PLACE) + 1],
            tails: Vec::new(),
            rests: Vec::new(),
        };
        for (Key { number, len, .. }, phrase, value) in phrases {
            let tail = &phrase.as_bytes()[len..];
            let known = shelf.groups.last().map(|group| group.number);
            let end = shelf.tails.len() as u32;
            if known != Some(number) {
                shelf.look[low(number, LOOK) >> 6] |= 1 << low(number, 6);
                shelf.first[low(number, PLACE) + 1] += 1;
                let (longer, own) = (end, end);
                let seconds = 0;
                shelf.groups.push(Group { number, seconds, longer, own, end });
            }
            if let Some(group) = shelf.groups.last_mut() {
                match tail.len() {
                    0 => {}
                    1 => group.seconds = u32::MAX,
                    _ => group.seconds |= second(eight(tail, 0)),
                }
                group.own += u32::from(!tail.is_empty());
                group.end += 1;
            }
            shelf.rests.push(tail.get(8..).unwrap_or_default().into());
            shelf.tails.push(Tail {
                eight: eight(tail, 0),
                counts: lowest_bytes(tail.len()),
                len: phrase.len() as u32,
                value,
            });
        }
        for i in 1..shelf.first.len() {
            shelf.first[i] += shelf.first[i - 1];
        }
        shelf
    }

    /// Whether there may be phrases of a number: a first look, for most words
    /// the last one.
    #[inline]
    fn may_have(&self, number: u64) -> bool {
        self.look[low(number, LOOK) >> 6] >> low(number, 6) & 1 == 1
    }

    /// Calls `found` with the length and the value of every phrase that a text
    /// has, of those that are known by the words before a byte.
    #[inline]
    fn compare(
        &self,
        number: u64,
        text: &[u8],
        behind: usize,
        mut found: impl FnMut(u32, u32),
    ) {
        let place = low(number, PLACE);
        let groups = self.first[place] as usize..self.first[place + 1] as usize;
        let Some(group) =
            self.groups[groups].iter().find(|g| g.number == number)
        else {
            return;
        };
        let next = eight(text, behind);
        if group.seconds & second(next) != 0 {
            for i in group.longer as usize..group.own as usize {
                let tail = &self.tails[i];
                if next & tail.counts == tail.eight
                    && has_rest(text, behind, &self.rests[i])
                {
                    found(tail.len, tail.value);
                }
            }
        }
        for tail in &self.tails[group.own as usize..group.end as usize] {
            found(tail.len, tail.value);
        }
    }
}

/// Whether a text has some bytes eight behind a place.
fn has_rest(text: &[u8], at: usize, rest: &[u8]) -> bool {
    rest.is_empty() || text.get(at + 8..).is_some_and(|text| begins(text, rest))
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

/// Words that are looked at together.
const BATCH: usize = 32;

/// Bits beside the place of a word in its batch: whether phrases may begin
/// with it alone, and with it and the next.
const ONE: u8 = 1 << 6;
const TWO: u8 = 1 << 7;

/// A word of a text.
#[derive(Clone, Copy, Default)]
struct Word {
    start: usize,
    end: usize,
    number: u64,
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
            if let Some(key) = key(&phrase) {
                let shelf = if key.double { &mut two } else { &mut one };
                shelf.push((key, phrase, value));
            }
        }
        Self { one: Shelf::new(one), two: Shelf::new(two) }
    }

    /// Calls `found` with every phrase that begins where a word begins, in
    /// the order of the text. Whether a phrase also ends with a word is for
    /// the caller to ask.
    ///
    /// Many words go through one step before the next: where they are, their
    /// numbers, the first look. Only then comes what a processor cannot
    /// foresee.
    pub(super) fn walk(
        &self,
        lower: &str,
        blocks: &[Block],
        mut found: impl FnMut(Range<usize>, u32),
    ) {
        let bytes = lower.as_bytes();
        let mut edges = Edges::of(blocks);
        let mut words = [Word::default(); BATCH + 1];
        let mut known = [0_u8; BATCH];
        // The last word of a batch is the first of the next, when the word
        // behind it is known.
        let (mut count, mut done) = (0, false);
        while !done {
            while count < words.len() {
                let Some((start, end)) = edges.word() else {
                    done = true;
                    break;
                };
                words[count] = Word { start, end, number: 0 };
                count += 1;
            }
            for word in &mut words[..count] {
                word.number = number(bytes, word.start, word.end);
            }
            if done {
                // Nothing stands behind the last word.
                words[count] = Word { start: usize::MAX, ..Word::default() };
            }
            let asked = if done { count } else { count - 1 };
            let mut candidates = 0;
            for (i, pair) in words.windows(2).take(asked).enumerate() {
                let both = mix(pair[0].number, pair[1].number);
                let two = self.two.may_have(both)
                    & (pair[1].start == pair[0].end.wrapping_add(1));
                let one = self.one.may_have(pair[0].number);
                known[candidates] =
                    i as u8 | (u8::from(one) * ONE) | (u8::from(two) * TWO);
                candidates += usize::from(one | two);
            }
            for &look in &known[..candidates] {
                let i = usize::from(look & !(ONE | TWO));
                let (word, next) = (words[i], words[i + 1]);
                let mut found = |len: u32, value| {
                    found(word.start..word.start + len as usize, value);
                };
                if look & TWO != 0 && bytes[word.end] == b' ' {
                    let both = mix(word.number, next.number);
                    self.two.compare(both, bytes, next.end, &mut found);
                }
                if look & ONE != 0 {
                    self.one.compare(word.number, bytes, word.end, &mut found);
                }
            }
            words[0] = words[count.saturating_sub(1)];
            count = 1;
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
        self.index.get_or_init(index).walk(
            lower,
            &blocks(lower),
            |range, i| {
                if is_edge(lower, range.end) {
                    found.push((range, i));
                }
            },
        );
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
