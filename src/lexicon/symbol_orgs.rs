//! Codes of bodies in document symbols.

use super::fold::ascii_upper;
use super::table;
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The code of a body: `UBND` in `240/KH-UBND`.
#[derive(Debug)]
pub struct SymbolOrg {
    /// In its official case: `TTg`, `SNgV`.
    pub code: &'static str,
    /// Whether its symbols are written in Party order (`57-NQ/TW`).
    pub party: bool,
    /// The bodies it stands for.
    pub bodies: Vec<&'static str>,
    /// Other spellings that mean the same code: `TƯ` for `TW`.
    pub variants: Vec<&'static str>,
}

static ORGS: LazyLock<Vec<SymbolOrg>> = LazyLock::new(|| {
    let text = include_str!("symbol_orgs.tsv");
    table::read("symbol_orgs", text, |row| SymbolOrg {
        code: row.get("code"),
        party: row.flag("party"),
        bodies: row.list("body"),
        variants: row.list("variants"),
    })
});

static BY_KEY: LazyLock<HashMap<String, &'static SymbolOrg>> =
    LazyLock::new(|| {
        let mut by_key = HashMap::default();
        let spellings = || {
            ORGS.iter().flat_map(|org| {
                let own = std::iter::once(org.code);
                own.chain(org.variants.iter().copied()).map(move |s| (s, org))
            })
        };
        for (spelling, org) in spellings() {
            by_key.entry(spelling.to_string()).or_insert(org);
        }
        for (spelling, org) in spellings() {
            by_key.entry(spelling.to_uppercase()).or_insert(org);
        }
        // Without marks the code itself counts before its variants: `TU` is
        // the provincial committee, although `TƯ` is the central one.
        for org in ORGS.iter() {
            by_key.entry(ascii_upper(org.code)).or_insert(org);
        }
        for (spelling, org) in spellings() {
            by_key.entry(ascii_upper(spelling)).or_insert(org);
        }
        by_key
    });

/// The body that a code means however it is written: `TTG`, `UBNĐ`, `T.Ư`.
/// The number of a term is not part of it (`QH15`).
pub fn org(code: &str) -> Option<&'static SymbolOrg> {
    let find = |key: &str| BY_KEY.get(key).copied();
    let exact = find(code).or_else(|| find(&code.to_uppercase()));
    exact.or_else(|| find(&ascii_upper(code)))
}

/// A code in its official case, the number of a term kept: `TTG` is `TTg`,
/// `UBNĐ` is `UBND`, `qh15` is `QH15`. `None` for a code that is not listed.
pub fn canonical_org(code: &str) -> Option<Cow<'static, str>> {
    if let Some(org) = org(code) {
        return Some(Cow::Borrowed(org.code));
    }
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    let term = &code[letters.len()..];
    let org = org(letters)?;
    let with_term = matches!(org.code, "QH" | "UBTVQH") && !term.is_empty();
    with_term.then(|| Cow::Owned(format!("{}{term}", org.code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_case_is_restored() {
        for (written, code) in [
            ("TTG", "TTg"),
            ("TTg", "TTg"),
            ("UBNĐ", "UBND"),
            ("ubnd", "UBND"),
            ("HDND", "HĐND"),
            ("BGDDT", "BGDĐT"),
            ("SNGV", "SNgV"),
            ("TƯ", "TW"),
            ("T.Ư", "TW"),
            ("TU", "TU"),
            ("QH15", "QH15"),
            ("ubtvqh14", "UBTVQH14"),
            ("BCDTW", "BCĐTW"),
        ] {
            assert_eq!(canonical_org(written).as_deref(), Some(code));
        }
        assert_eq!(canonical_org("XYZQ"), None);
        assert_eq!(canonical_org("BYT15"), None);
    }

    #[test]
    fn party_codes_are_marked() {
        assert!(org("TW").unwrap().party);
        assert!(org("BTGTU").unwrap().party);
        assert!(!org("UBND").unwrap().party);
        assert!(!org("BCĐ").unwrap().party);
    }
}
