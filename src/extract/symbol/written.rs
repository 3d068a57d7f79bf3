//! A symbol as officially written, from its number, year and codes.
//!
//! # What it finds
//! The orders of the State (`240/KH-UBND`), the Party (`57-NQ/TW`), the
//! National Assembly (`59/2020/QH14`), joint papers and letters.
//!
//! # What it must refuse
//! Codes that name no kind of document and no body.
//!
//! # Known limits
//! A truncated symbol (`1177/QĐ`) counts only behind `số` or a word for its
//! kind.

use super::parts::Parts;
use super::{Cue, Symbol};
use crate::lexicon::document_types::{self, DocumentType, System};
use crate::lexicon::symbol_orgs;
use crate::text::Span;
use std::borrow::Cow;

pub(super) fn build(
    number: &str,
    year: Option<u16>,
    dash: bool,
    parts: Parts,
    cue: Cue,
    start: usize,
) -> Option<Symbol> {
    let span = Span::new(start, parts.end);
    let cued = cue.is_there();
    let (_, first) = parts.codes.first()?;
    let head = match year {
        Some(y) => format!("{number}/{y}"),
        None => number.to_owned(),
    };
    let orgs = &parts.codes[1..];
    let symbol = |written, kind, org, letter, rule| Symbol {
        span,
        written: Some(written),
        number: Some(number.to_owned()),
        year,
        kind,
        org,
        letter,
        rule,
    };
    if year.is_some() && is_assembly(first) {
        let org = canonical_org(first).into_owned();
        let written = format!("{head}/{org}");
        return Some(symbol(written, None, org, false, "symbol/assembly"));
    }
    if let Some((kind, split)) = kind_of(first, orgs.is_empty(), year) {
        let code = kind.code;
        let mut org = joined(orgs);
        if let Some(split) = split {
            org = canonical_org(&split).into_owned();
        }
        if org.is_empty() {
            // `1177/QĐ`: kept in part, but only where `số` or a type stands.
            return (cued && !dash).then(|| {
                let written = format!("{head}/{code}");
                symbol(written, Some(kind), org, false, "symbol/truncated")
            });
        }
        if matches!(code, "TTLT" | "NQLT") {
            let (written, org) = joint(&head, code, orgs);
            let kind = Some(kind);
            return Some(symbol(written, kind, org, false, "symbol/joint"));
        }
        let party = year.is_none() && in_party_order(kind, &org, dash, orgs);
        // The Party's `TT` is a Thông tri.
        let kind = party.then(|| party_kind(code)).flatten().unwrap_or(kind);
        let written = if party {
            [&head, "-", code, "/", &org].concat()
        } else {
            [&head, "/", code, "-", &org].concat()
        };
        let rule = if party { "symbol/party" } else { "symbol/state" };
        return Some(symbol(written, Some(kind), org, false, rule));
    }
    if let Some((written, org)) = letter(&head, year, dash, &parts, cued) {
        return Some(symbol(written, None, org, true, "symbol/letter"));
    }
    let (written, org) = (year.is_none() && cue.is_kind())
        .then(|| body_only(&head, dash, &parts))??;
    Some(symbol(written, None, org, false, "symbol/body-only"))
}

/// A paper of several bodies: `55/2005/TTLT-BNV-VPCP`, and its bodies.
fn joint(
    head: &str,
    code: &str,
    orgs: &[(char, Cow<str>)],
) -> (String, String) {
    let sep = orgs.first().map_or('-', |(s, _)| *s);
    let org: Vec<&str> = orgs.iter().map(|(_, c)| &**c).collect();
    let org = org.join("-");
    (format!("{head}/{code}{sep}{org}"), org)
}

/// A letter: `1246/UBND-VX`. It has no code for its kind.
fn letter(
    head: &str,
    year: Option<u16>,
    dash: bool,
    parts: &Parts,
    cued: bool,
) -> Option<(String, String)> {
    let known = symbol_orgs::canonical_org(&parts.codes[0].1).is_some();
    let unit = parts.codes.len() > 1;
    if dash || !(known && unit || cued && (known || unit)) {
        return None;
    }
    if year.is_some() && !cued {
        return None;
    }
    let mut org = canonical_org(&parts.codes[0].1).into_owned();
    for (sep, code) in &parts.codes[1..] {
        org.push(if *sep == '/' { '/' } else { '-' });
        org.push_str(code);
    }
    Some((format!("{head}/{org}"), org))
}

/// A paper of which the word before it tells the kind and the code only the
/// body: `Tờ trình số 28/HKHVN`, and before 1997 `Chỉ thị 306-TTg`.
fn body_only(
    head: &str,
    dash: bool,
    parts: &Parts,
) -> Option<(String, String)> {
    let [(_, code)] = &parts.codes[..] else { return None };
    let org = canonical_org(code);
    let known = symbol_orgs::canonical_org(code).is_some();
    let capitals = code.chars().filter(|c| c.is_uppercase()).count() > 2;
    if dash {
        // One or two digits and a code are a road, a team, a range.
        return (known && head.len() > 2)
            .then(|| (format!("{head}-{org}"), org.into_owned()));
    }
    (known || capitals).then(|| (format!("{head}/{org}"), org.into_owned()))
}

fn is_assembly(code: &str) -> bool {
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(letters, "QH" | "UBTVQH")
}

fn canonical_org(code: &str) -> Cow<'_, str> {
    symbol_orgs::canonical_org(code).map_or(Cow::Borrowed(code), |c| c)
}

fn joined(orgs: &[(char, Cow<str>)]) -> String {
    let mut out = String::new();
    for (i, (_, code)) in orgs.iter().enumerate() {
        if i > 0 {
            out.push('-');
        }
        out.push_str(&canonical_org(code));
    }
    out
}

/// The kind that the first code names; `TTBNV` is split into kind and body.
fn kind_of(
    code: &str,
    alone: bool,
    year: Option<u16>,
) -> Option<(&'static DocumentType, Option<String>)> {
    // `CV` is no code of the State's rules, but a habit, and the Party's code.
    let usable = |t: &&DocumentType| {
        (t.in_symbol || t.code == "CV") && !t.code.contains('/')
    };
    if let Some(kind) = document_types::canonical(code).filter(usable) {
        return Some((kind, None));
    }
    if !alone {
        // A letter lost: `99/2013/Đ-CP`.
        return (year.is_some() && code == "Đ")
            .then(|| document_types::by_code("NĐ"))
            .flatten()
            .map(|kind| (kind, None));
    }
    (1..code.len()).rev().filter(|&i| code.is_char_boundary(i)).find_map(|i| {
        let kind = document_types::by_code(&code[..i]).filter(usable)?;
        symbol_orgs::org(&code[i..])?;
        year.is_some().then(|| (kind, Some(code[i..].to_owned())))
    })
}

/// Whether the symbol is written in the order of the Party, `57-NQ/TW`: the
/// body decides, whatever separators the press used; for other bodies the
/// separators do.
fn in_party_order(
    kind: &DocumentType,
    org: &str,
    dash: bool,
    orgs: &[(char, Cow<str>)],
) -> bool {
    let first = org.split('-').next().unwrap_or(org);
    let party = symbol_orgs::org(first).is_some_and(|o| o.party);
    if party {
        return party_kind(kind.code).is_some();
    }
    dash && orgs.first().is_some_and(|(sep, _)| *sep == '/')
}

/// The Party's kind of document with a code.
fn party_kind(code: &str) -> Option<&'static DocumentType> {
    let mut all = document_types::all().iter();
    all.find(|t| {
        let named = t.code == code || code == "TT" && t.code == "TTri";
        named && t.is_in(System::Party)
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::symbol::find;
    use crate::lexicon::scan::Scan;

    fn written(norm: &str) -> Option<(String, &'static str)> {
        let lower = norm.to_lowercase();
        let found = find(&Scan::of(norm, &lower));
        let symbol = found.into_iter().next()?;
        Some((symbol.written?, symbol.rule))
    }

    #[test]
    fn each_order_has_its_rule() {
        for (text, symbol, rule) in [
            ("số 240/KH-UBND", "240/KH-UBND", "symbol/state"),
            ("số 57-NQ/TW", "57-NQ/TW", "symbol/party"),
            ("số 57/NQ-TW", "57-NQ/TW", "symbol/party"),
            ("Luật số 59/2020/QH14", "59/2020/QH14", "symbol/assembly"),
            (
                "số 55/2005/TTLT-BNV-VPCP",
                "55/2005/TTLT-BNV-VPCP",
                "symbol/joint",
            ),
            ("số 1246/UBND-VX", "1246/UBND-VX", "symbol/letter"),
            ("Quyết định số 1177/QĐ", "1177/QĐ", "symbol/truncated"),
        ] {
            assert_eq!(written(text), Some((symbol.to_owned(), rule)));
        }
    }

    #[test]
    fn codes_of_nothing_are_refused() {
        assert_eq!(written("đạt 1177/QĐ rồi"), None);
        assert_eq!(written("lô 12/XYZ"), None);
    }
}
