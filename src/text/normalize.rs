//! Normalization, once, at the door: NFC, one place for tone marks,
//! look-alikes, blanks and dashes, paired quotes.

use super::offset_map::OffsetMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Something that was mended, for the record's notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Byte in the normalized text.
    pub at: usize,
    /// What was done, in plain words.
    pub what: &'static str,
}

/// Normalizes a text; see the module for what that means.
pub fn normalize(raw: &str) -> String {
    normalize_mapped(raw).0
}

/// Blanks and line breaks become single spaces, the ends are cut.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Lower case that keeps every byte offset: a letter whose lower-case form
/// has another length stays as it is.
pub(super) fn lower_same_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => out.push(l),
            _ => out.push(c),
        }
    }
    out
}

pub(super) fn normalize_mapped(raw: &str) -> (String, OffsetMap, Vec<Repair>) {
    let mut out = String::with_capacity(raw.len());
    let mut map = OffsetMap::default();
    let mut chars = raw.chars().peekable();
    let mut cluster = String::new();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            let (mut n, mut breaks) = (1, usize::from(c == '\n'));
            while let Some(&d) = chars.peek() {
                if !d.is_whitespace() {
                    break;
                }
                n += 1;
                breaks += usize::from(d == '\n');
                chars.next();
            }
            let blank = ["\u{20}", "\n", "\n\n"][breaks.min(2)];
            out.push_str(blank);
            map.push_replaced(n, blank.len());
            continue;
        }
        cluster.clear();
        cluster.push(c);
        while let Some(&d) = chars.peek() {
            if !is_combining_mark(d) {
                break;
            }
            cluster.push(d);
            chars.next();
        }
        let before = out.len();
        for d in cluster.nfc() {
            match d {
                '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}' => {}
                '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
                '\u{d0}' | '\u{189}' => out.push('Đ'),
                '\u{f0}' => out.push('đ'),
                d => out.push(d),
            }
        }
        let n = cluster.chars().count();
        let len = out.len() - before;
        if n == 1 && out[before..].chars().count() == 1 {
            map.push_equal(len);
        } else {
            map.push_replaced(n, len);
        }
    }
    (out, map, Vec::new())
}
