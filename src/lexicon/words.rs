//! The words of a text: where they begin and end, and a number for each.

use crate::text::block::{self, AROUND, Around, BLOCK, Bits, Seen, within};

/// What parts words in a block of a text, and what are digits, the first byte
/// in the lowest bit.
pub(super) struct Block {
    parting: u64,
    pub(super) digits: u64,
}

/// The blocks of a text; what lies outside parts words.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    block::over(text.as_bytes(), b' ')
}

impl Seen for Block {
    #[inline(always)]
    fn of(around: &Around, bits: impl Bits) -> Self {
        let parting = bits.of(&parting(around));
        Self { parting, digits: bits.of(&digits(around)) }
    }
}

/// Which bytes of a block part words.
///
/// Latin letters are bytes 0xC3..=0xE1 and what follows them; the blocks of
/// punctuation and symbols begin with 0xC2, 0xE2, 0xEF and 0xF0.. and have
/// two, three, three and four bytes.
#[inline(always)]
fn parting(bytes: &Around) -> [u8; BLOCK] {
    let mut parts = [0_u8; BLOCK];
    for (i, part) in parts.iter_mut().enumerate() {
        let (a, b, c, d) = (bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]);
        let (two, four) = (|b: u8| b == 0xC2, |b: u8| b >= 0xF0);
        let three = |b: u8| (b == 0xE2) | (b == 0xEF) | (b >= 0xF0);
        let letter = within(d | 0x20, b'a', b'z');
        let digit = within(d, b'0', b'9');
        let ascii = (d < 0x80) & !(letter | digit);
        let begins = two(d) | three(d) | four(d);
        let goes_on = two(c) | three(c) | three(b) | four(a);
        *part = u8::from(ascii | begins | goes_on);
    }
    parts
}

/// Which bytes of a block are digits.
#[inline(always)]
fn digits(around: &Around) -> [u8; BLOCK] {
    let mut digits = [0_u8; BLOCK];
    for (digit, byte) in digits.iter_mut().zip(&around[AROUND..]) {
        *digit = u8::from(within(*byte, b'0', b'9'));
    }
    digits
}

/// The bytes at which words begin and end, in turns.
pub(super) struct Edges<'b> {
    blocks: std::slice::Iter<'b, Block>,
    /// Where the next block begins.
    next: usize,
    /// The edges left in this block, in the order of its bytes.
    left: u64,
    /// Whether the byte before the next block parts words.
    parts: bool,
}

impl<'b> Edges<'b> {
    pub(super) fn of(blocks: &'b [Block]) -> Self {
        Self { blocks: blocks.iter(), next: 0, left: 0, parts: true }
    }

    /// Where the next word begins and ends.
    #[inline]
    pub(super) fn word(&mut self) -> Option<(usize, usize)> {
        Some((self.next()?, self.next()?))
    }
}

impl Iterator for Edges<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            let block = self.blocks.next()?.parting;
            self.left = block ^ (block << 1 | u64::from(self.parts));
            self.parts = block >> (BLOCK - 1) == 1;
            self.next += BLOCK;
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.next - BLOCK + at)
    }
}

/// Eight bytes of a text from `at` on, zeros behind its end.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last_of(bytes, at),
    }
}

#[cold]
fn last_of(bytes: &[u8], at: usize) -> u64 {
    let mut eight = [0; 8];
    let rest = &bytes[at.min(bytes.len())..];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(eight)
}

/// The lowest bytes of a number, eight at most.
pub(super) fn lowest_bytes(count: usize) -> u64 {
    match count {
        0 => 0,
        1..8 => u64::MAX >> (64 - 8 * count),
        _ => u64::MAX,
    }
}

/// A number for the letters of a word; equal words have equal numbers.
/// Without branches, since words are of any length.
#[inline]
pub(super) fn number(bytes: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let is_long = len > 8;
    let first = eight(bytes, start);
    let last = eight(bytes, if is_long { end - 8 } else { start });
    let short =
        first & u64::MAX.wrapping_shr(64_u32.wrapping_sub(8 * len as u32));
    let long = first ^ (len as u64) << 56;
    mix(if is_long { long } else { short }, if is_long { last } else { 0 })
}

/// Two numbers made one, so that every bit counts.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x9E37_79B9_7F4A_7C15)
        * u128::from(b ^ 0xD1B5_4A32_D192_ED03);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_and_end_wherever_they_stand() {
        let text = "“Xã An Hòa”: 25 km², 3–4 hộ… 😀lúa\u{a0}đòng, \
                    nghiêng Ｘ ủy ban";
        let words = |text: &str| {
            let blocks = blocks(text);
            let edges: Vec<usize> = Edges::of(&blocks).collect();
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
}
