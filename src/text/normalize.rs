//! Normalization, once, at the door: NFC, one place for tone marks,
//! look-alikes, blanks and dashes, paired quotes.
//!
//! # What changes
//! - Letters are composed (NFC). Compatibility forms stay: ½, m², ﬁ.
//! - The tone mark stands where the old style puts it: hòa, khỏe, thủy. Marks
//!   on a wrong letter (họat, qúy) are moved; see the module `tone`.
//! - Look-alikes become what they stand for, invisible characters go; see
//!   `confusables.tsv`.
//! - A run of blanks becomes a space; one with a line break, a line feed; one
//!   with more, two line feeds.
//! - Double quotes that belong together become “ and ”; see the module
//!   `quotes`.
//!
//! Normalizing what is normalized changes nothing.

use super::draft::{self, Draft, draft};
use super::offset_map::OffsetMap;
use super::quotes::{self, Quote};
use super::tone;

/// Something that was mended, for the record's notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Byte in the normalized text.
    pub at: usize,
    /// What was done, in plain words.
    pub what: &'static str,
}

/// The exchange of one code point for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edit {
    /// Byte in the draft.
    pub(super) at: usize,
    /// What stands there afterwards.
    pub(super) to: char,
}

/// A text's normalized form and all that was learned on the way.
pub(super) struct Normalized {
    pub(super) norm: String,
    pub(super) map: OffsetMap,
    pub(super) repairs: Vec<Repair>,
    pub(super) quotes: Vec<Quote>,
}

/// Normalizes a text; see the module for what that means.
pub fn normalize(raw: &str) -> String {
    let Some(toned) = draft::toned_if_plain(raw) else {
        return normalize_mapped(raw).norm;
    };
    let (mut text, mut edits) = (raw.to_owned(), Vec::new());
    tone::place(&text, &toned, &mut edits, &mut Vec::new());
    edits.sort_unstable_by_key(|edit| edit.at);
    apply(&mut text, &edits);
    text
}

/// Blanks and line breaks become single spaces, the ends are cut.
pub fn one_line(text: &str) -> String {
    if is_on_one_line(text.as_bytes()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text surely has single spaces for blanks, and none at its ends.
/// Bytes with which other blanks begin leave that in doubt.
fn is_on_one_line(bytes: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (bytes, bytes) else { return false };
    let doubtful = |byte: u8| {
        (byte < b' ') | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xE3)
    };
    // No early end, so that the compiler looks at many bytes at a time.
    let pairs = bytes.iter().zip(&bytes[1..]);
    let doubt = pairs.fold(doubtful(*last), |doubt, (a, b)| {
        doubt | doubtful(*a) | ((*a == b' ') & (*b == b' '))
    });
    !doubt && *first != b' ' && *last != b' '
}

pub(super) fn normalize_mapped(raw: &str) -> Normalized {
    let Draft { mut text, mut map, toned, quotes: marks, .. } = draft(raw);
    let (mut edits, mut repairs) = (Vec::new(), Vec::new());
    tone::place(&text, &toned, &mut edits, &mut repairs);
    let mut quotes = quotes::pair(&text, &marks, &mut edits, &mut repairs);
    edits.sort_unstable_by_key(|edit| edit.at);
    repairs.sort_by_key(|repair| repair.at);
    if let Some(growth) = apply(&mut text, &edits) {
        map.follow(&growth);
        let moved = Moved::new(&growth);
        for repair in &mut repairs {
            repair.at = moved.to(repair.at);
        }
        for quote in &mut quotes {
            quote.shift(|at| moved.to(at));
        }
    }
    Normalized { norm: text, map, repairs, quotes }
}

/// Exchanges characters; returns by how many bytes each place grew, or
/// nothing if no place did.
fn apply(text: &mut String, edits: &[Edit]) -> Option<Vec<(usize, isize)>> {
    if edits.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 2 * edits.len());
    let mut growth = Vec::with_capacity(edits.len());
    let mut done = 0;
    for &Edit { at, to } in edits {
        out.push_str(&text[done..at]);
        out.push(to);
        let old = text[at..].chars().next().map_or(0, char::len_utf8);
        done = at + old;
        let by = to.len_utf8() as isize - old as isize;
        if by != 0 {
            growth.push((at, by));
        }
    }
    out.push_str(&text[done..]);
    *text = out;
    (!growth.is_empty()).then_some(growth)
}

/// Where bytes of the draft went.
struct Moved(Vec<(usize, isize)>);

impl Moved {
    fn new(growth: &[(usize, isize)]) -> Self {
        let total = growth.iter().scan(0, |sum, &(at, by)| {
            *sum += by;
            Some((at, *sum))
        });
        Self(total.collect())
    }

    fn to(&self, at: usize) -> usize {
        let before = self.0.partition_point(|&(place, _)| place < at);
        let by = before.checked_sub(1).map_or(0, |i| self.0[i].1);
        at.saturating_add_signed(by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_normalized_as_all_others() {
        for words in ["hoà", "thuỷ ", "“x”", "a  b", "ế\u{301}", "é", "Đ\n"]
        {
            for before in 0..70 {
                let raw = format!("{}{words}x", "m ".repeat(before));
                for raw in [&raw[..], &raw[..raw.len() - 1]] {
                    assert_eq!(normalize(raw), normalize_mapped(raw).norm);
                }
            }
        }
    }
}
