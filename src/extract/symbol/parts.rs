//! The codes behind the number of a symbol, cut out of what the press writes.
//!
//! # What it finds
//! `KH` and `UBND` of `KH-UBND`, with the separator before each.
//!
//! # What it must refuse
//! Words glued to a code (`BGDĐTvề`), words behind a blank.
//!
//! # Known limits
//! A glued word in capitals is taken for part of the code.

use crate::lexicon::{document_types, symbol_orgs, word_lists};
use std::borrow::Cow;

/// The codes behind the number, each with the separator before it.
pub(super) struct Parts<'t> {
    /// Separator and code, in order.
    pub(super) codes: Vec<(char, Cow<'t, str>)>,
    /// Byte behind the last code kept, in the text.
    pub(super) end: usize,
}

impl<'t> Parts<'t> {
    pub(super) fn of(rest: &'t str, start: usize) -> Self {
        let mut codes: Vec<(char, Cow<str>)> = Vec::new();
        let mut end = start;
        let mut at = 0;
        let mut separator = ' ';
        while at < rest.len() {
            let piece = &rest[at..];
            let blank = piece.len() - piece.trim_start().len();
            let piece = &piece[blank..];
            let spaced = blank > 0
                || rest[..at].ends_with([' ', '\n'])
                || rest[..at].trim_end().len() + 1 < at;
            let len = piece.find(['/', '-', ' ', '\n']).unwrap_or(piece.len());
            let (code, whole) = clean(&piece[..len], !codes.is_empty());
            if code.is_empty() || spaced && !whole {
                break;
            }
            end = start + at + blank + code.len();
            codes.push((separator, Cow::Borrowed(code)));
            if !whole {
                break;
            }
            at += blank + len;
            let gap = &rest[at..];
            let gap = gap.trim_start();
            let Some(next) = gap.chars().next() else { break };
            if !matches!(next, '/' | '-') {
                break;
            }
            separator = next;
            at = rest.len() - gap.len() + 1;
        }
        Self { codes, end }
    }
}

/// A code without the word that is glued to it, and whether it was whole.
fn clean(piece: &str, org: bool) -> (&str, bool) {
    for code in word_lists::beginnings("symbol.mixed_codes", piece) {
        let tail = &piece[code.len()..];
        if !tail.starts_with(|c: char| c.is_uppercase()) {
            let whole = tail.is_empty() || tail == ".";
            return (&piece[..code.len()], whole);
        }
    }
    let mut centre = word_lists::beginnings("symbol.party_centre", piece);
    if let Some(code) = centre.next().filter(|_| org) {
        let len = code.len();
        return (&piece[..len], piece.len() <= len + 1);
    }
    let end = code_end(piece);
    let whole = end == piece.len() || &piece[end..] == ".";
    if whole {
        return (&piece[..end], true);
    }
    if let Some(tail) = piece[end..].strip_prefix('.') {
        let body = || symbol_orgs::canonical_org(&piece[..end]).is_some();
        return match unit_end(tail).filter(|_| org || body()) {
            Some(len) => (&piece[..end + 1 + len], true),
            None => (&piece[..end], false),
        };
    }
    // A glued word in small letters (`BGDĐTvề`), or one with a capital of its
    // own (`BNVViệc`), which takes its capital with it.
    let code = &piece[..end];
    let shorter = code.char_indices().next_back().map_or(0, |(i, _)| i);
    let known = |c: &str| {
        symbol_orgs::canonical_org(c).is_some()
            || document_types::by_code(c).is_some()
    };
    if !known(code) && shorter > 0 && known(&code[..shorter]) {
        return (&code[..shorter], false);
    }
    if code.chars().count() < 2 { ("", false) } else { (code, false) }
}

/// Most letters of a unit behind a stop.
const LONGEST_UNIT: usize = 5;

/// `VX` of `UBND.VX`: the end of a unit behind a stop. A body there begins the
/// next sentence.
fn unit_end(tail: &str) -> Option<usize> {
    let end = code_end(tail);
    let whole = end > 0 && (end == tail.len() || &tail[end..] == ".");
    let code = &tail[..end];
    (whole
        && code.chars().count() <= LONGEST_UNIT
        && symbol_orgs::canonical_org(code).is_none())
    .then_some(end)
}

/// Capitals, figures and `&`; one small letter may stand between capitals
/// (`GDTrHTX`).
fn code_end(piece: &str) -> usize {
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&';
    let mut chars = piece.char_indices().enumerate().peekable();
    let mut before = None;
    while let Some((i, (at, c))) = chars.next() {
        let mut inner = || {
            let next = chars.peek().map(|(_, (_, c))| *c);
            c.is_lowercase()
                && before.is_some_and(char::is_uppercase)
                // `QLĐTh`
                && next.map_or(i >= 3, char::is_uppercase)
        };
        if !capital(c) && !inner() {
            return at;
        }
        before = Some(c);
    }
    piece.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_cut_with_their_separators() {
        let parts = Parts::of("KH-UBND", 4);
        let codes: Vec<(char, &str)> =
            parts.codes.iter().map(|(sep, code)| (*sep, &**code)).collect();
        assert_eq!(codes, [(' ', "KH"), ('-', "UBND")]);
        assert_eq!(parts.end, 4 + "KH-UBND".len());
    }

    #[test]
    fn glued_words_are_cut_off() {
        assert_eq!(clean("BGDĐTvề", true), ("BGDĐT", false));
        assert_eq!(clean("BNVViệc", true), ("BNV", false));
        assert_eq!(clean("UBND", true), ("UBND", true));
        assert_eq!(clean("TTg", true), ("TTg", true));
        assert_eq!(clean("Hà", true), ("", false));
        assert_eq!(clean("UBND.VX", false), ("UBND.VX", true));
        assert_eq!(clean("QĐ.VX", false), ("QĐ", false));
        assert_eq!(clean("VPCP.V", true), ("VPCP.V", true));
        assert_eq!(clean("UBND.UBND", true), ("UBND", false));
        assert_eq!(clean("UBND.Theo", true), ("UBND", false));
    }
}
