//! Where a calendar expression may stand at all.
//!
//! # What it finds
//! The words around years, around two numbers with a separator, around the
//! numbers of months and quarters. Laws are full of other numbers (`khoản 2
//! Điều 7`), and no rule for dates needs to look at those.
//!
//! # What it must refuse
//! Nothing that the forms of dates know; a test compares.
//!
//! # Known limits
//! An expression that goes on farther than the reach of its numbers is cut.

use crate::extract::symbol::Symbol;
use crate::lexicon::scan::{Rule, Scan};
use std::ops::Range;
use std::sync::LazyLock;

/// Most bytes of an expression before its year: `giai đoạn từ năm `.
const BEFORE_YEAR: usize = 64;
/// Most bytes before another number: `mồng `, `tháng `.
const BEFORE: usize = 16;
/// The same before a year that stands behind a number: `tháng mười hai/2021`.
const BEFORE_JOINED: usize = 32;
/// Most bytes behind a number up to the next: ` tháng `, ` đến hết năm `.
const BEHIND: usize = 40;

/// Stretches of the text, in order, without overlaps, around numbers that are
/// of no symbol.
pub(super) fn of(scan: &Scan, symbols: &[Symbol]) -> Vec<Range<usize>> {
    let lower = scan.lower();
    let bytes = lower.as_bytes();
    let mut symbols = symbols.iter().map(|s| s.span).peekable();
    let runs = scan.digits().iter().copied().filter(|&at| {
        while symbols.next_if(|symbol| symbol.end <= at).is_some() {}
        let in_symbol = symbols.peek().is_some_and(|symbol| symbol.start <= at);
        !in_symbol && is_of_date(bytes, at)
    });
    let mut places: Vec<usize> = runs.collect();
    let quarters = QUARTER_WORD.words(scan).map(|word| word.start);
    places.extend(quarters.filter(|&at| is_roman_quarter(&bytes[at..])));
    if !places.is_sorted() {
        places.sort_unstable();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in places {
        let year = is_century(&bytes[at..]);
        let joined = at > 0 && b"/.-".contains(&bytes[at - 1]);
        let before = match (year, joined) {
            (true, false) => BEFORE_YEAR,
            (true, true) => BEFORE_JOINED,
            (false, _) => BEFORE,
        };
        let start = lower.floor_char_boundary(at.saturating_sub(before));
        let end = lower.ceil_char_boundary(at + BEHIND);
        match out.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}

/// Whether the run of digits at a byte may belong to a calendar expression.
fn is_of_date(bytes: &[u8], at: usize) -> bool {
    let digits = bytes[at..].iter().take(5).take_while(|b| b.is_ascii_digit());
    let len = digits.count();
    match len {
        4 => is_century(&bytes[at..]),
        1 | 2 => {
            precedes_number(&bytes[at + len..])
                || precedes_month(&bytes[at + len..])
                || follows_word(&bytes[..at])
        }
        _ => false,
    }
}

/// Whether digits begin as a year does: people are remembered who were born
/// before 1900.
fn is_century(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'8' | b'9', ..] | [b'2', b'0', ..])
}

/// `/9`, ` - 9`, `.9`
fn precedes_number(behind: &[u8]) -> bool {
    let skip = |at: usize, is: &[u8]| {
        at + usize::from(behind.get(at).is_some_and(|b| is.contains(b)))
    };
    let at = skip(0, b" ");
    if !behind.get(at).is_some_and(|b| b"/.-".contains(b)) {
        return false;
    }
    let at = skip(skip(at + 1, b"/"), b" ");
    behind.get(at).is_some_and(u8::is_ascii_digit)
}

fn precedes_month(behind: &[u8]) -> bool {
    let is_blank = |b: &&u8| matches!(b, b' ' | b'\n');
    let blanks = behind.iter().take_while(is_blank).count();
    behind[blanks..].starts_with("tháng".as_bytes())
}

fn follows_word(before: &[u8]) -> bool {
    let head = match before {
        [head @ .., b' ' | b'\n'] => head,
        head => head,
    };
    let ends = |word: &str| head.ends_with(word.as_bytes());
    match head.last() {
        Some(b'g') => ends("tháng"),
        Some(b'q') => true,
        Some(b'.') => ends("q."),
        Some(0x80..) => ends("quý") || ends("quí"),
        _ => false,
    }
}

static QUARTER_WORD: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.quarter_word"));

/// `quý iii`, `q. i`
fn is_roman_quarter(bytes: &[u8]) -> bool {
    let behind = [&b"qu\xc3\xbd"[..], b"qu\xc3\xad", b"q."]
        .iter()
        .find_map(|word| bytes.strip_prefix(*word));
    behind.is_some_and(|rest| {
        rest.strip_prefix(b" ").unwrap_or(rest).starts_with(b"i")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lower: &str) -> usize {
        of(&Scan::of(lower, lower), &[]).len()
    }

    #[test]
    fn numbers_of_dates_are_looked_at() {
        for text in [
            "ngày 16 tháng 9",
            "sáng 16/9",
            "16 - 9",
            "trong tháng 9",
            "quý iii",
            "q.1",
            "năm 2021",
            "ngày 16\ntháng 9",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_not() {
        let text = "khoản 2 điều 7, 300 hộ, 12345, quý vị, quyết định 15";
        assert_eq!(found(text), 0);
    }

    #[test]
    fn neighbours_share_a_stretch() {
        assert_eq!(found("từ ngày 1/10 đến hết ngày 31/12/2021"), 1);
        let far = format!("năm 2021{}năm 2022", " và".repeat(90));
        assert_eq!(found(&far), 2);
    }
}
