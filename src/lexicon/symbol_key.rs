//! Document symbols made comparable: `240/KH-UBND`, `240 KH UBND` and
//! `240/kh-ubnd` are one.
//!
//! A symbol has several keys, from its number alone to all of it, so that a
//! part of it finds it too; an index holds them all, a query asks for one.

use super::{document_types, symbol_orgs};
use crate::text::fold;

/// Most parts of a symbol that count.
const MOST_PARTS: usize = 8;

/// The keys of a symbol as officially written, the shortest first: of
/// `15/2021/QĐ-UBND` they are `15`, `15 2021`, `15 2021 qd`,
/// `15 2021 qd ubnd`, `15 qd` and `15 qd ubnd`. The year may be left out.
pub fn symbol_keys(symbol: &str) -> Vec<String> {
    let parts = parts(symbol);
    let mut out = prefixes(&parts);
    if parts.len() > 2 && is_year(&parts[1]) {
        let mut without = parts;
        without.remove(1);
        out.extend(prefixes(&without).into_iter().skip(1));
    }
    out
}

/// The one key of a whole symbol, or of its beginning: `240 kh ubnd`.
pub fn symbol_key(symbol: &str) -> String {
    parts(symbol).join(" ")
}

fn prefixes(parts: &[String]) -> Vec<String> {
    (1..=parts.len()).map(|end| parts[..end].join(" ")).collect()
}

/// Number, year and codes, each in the spelling in which it is compared.
fn parts(symbol: &str) -> Vec<String> {
    symbol
        .split(|c: char| !c.is_alphanumeric() && c != '&')
        .filter(|part| !part.is_empty())
        .take(MOST_PARTS)
        .enumerate()
        .map(|(i, part)| if i == 0 { number(part) } else { code(part) })
        .collect()
}

fn number(part: &str) -> String {
    let part = fold(part);
    let bare = part.trim_start_matches('0');
    if bare.starts_with(|c: char| c.is_ascii_digit()) {
        bare.to_owned()
    } else {
        part
    }
}

/// A code without case and marks; other spellings of a body's code become
/// the official one, so that `TƯ` is `TW`.
fn code(part: &str) -> String {
    if document_types::canonical(part).is_some() {
        return fold(part);
    }
    symbol_orgs::canonical_org(part)
        .map_or_else(|| fold(part), |code| fold(&code))
}

/// Whether a part is the year of a normative symbol.
fn is_year(part: &str) -> bool {
    part.len() == 4
        && (part.starts_with("19") || part.starts_with("20"))
        && part.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_symbol_have_one_key() {
        for (spelling, key) in [
            ("240/KH-UBND", "240 kh ubnd"),
            ("240 KH UBND", "240 kh ubnd"),
            ("0240/KH–UBNĐ", "240 kh ubnd"),
            ("57-NQ/TW", "57 nq tw"),
            ("57/NQ-TƯ", "57 nq tw"),
            ("31-KH/TU", "31 kh tu"),
            ("15/2021/QÐ-UBND", "15 2021 qd ubnd"),
            ("59/2020/QH14", "59 2020 qh14"),
        ] {
            assert_eq!(symbol_key(spelling), key, "{spelling}");
        }
    }

    #[test]
    fn the_year_may_be_left_out() {
        assert_eq!(
            symbol_keys("15/2021/QĐ-UBND"),
            [
                "15",
                "15 2021",
                "15 2021 qd",
                "15 2021 qd ubnd",
                "15 qd",
                "15 qd ubnd"
            ]
        );
        assert_eq!(
            symbol_keys("240/KH-UBND"),
            ["240", "240 kh", "240 kh ubnd"]
        );
        assert!(symbol_keys("").is_empty());
    }
}
