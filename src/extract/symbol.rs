//! Document symbols (số, ký hiệu văn bản): `240/KH-UBND`, `57-NQ/TW`.
//!
//! # What it finds
//! The grammar of Decree 30/2020/NĐ-CP (State), of the Party, of the National
//! Assembly and of mass organisations: `240/KH-UBND`, `15/2021/QĐ-UBND`,
//! `31-KH/TU`, `59/2020/QH14`, `387/NQ-UBTVQH15`, `1246/UBND-VX` (công văn),
//! `55/2005/TTLT-BNV-VPCP`, `KH-UBND số 240`, blanks of a form (`Số:
//! /KH-UBND`), lists (`số 2522, 2523/UBND-VX`), and what the press and
//! scanners make of them: blanks around separators, one separator for the
//! other, lost marks (`ND-CP`), glued words, split digits.
//!
//! # What it must refuse
//! Ratios (`19/21 phiếu`), `QCVN 102:2016/BTTTT`, roads, phones, scores.
//!
//! # Known limits
//! A number without a symbol (`Chỉ thị 16`) is a matter of
//! `citation`.

use crate::lexicon::document_types::{self, DocumentType, System};
use crate::lexicon::symbol_orgs;
use crate::lexicon::{patterns, word_lists};
use crate::text::{Norm, Span};
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A symbol as found.
#[derive(Debug, Clone)]
pub struct Symbol {
    /// The words, without `số`.
    pub span: Span<Norm>,
    /// As officially written; `None` if the number is left blank.
    pub written: Option<String>,
    /// The number, leading zeros kept.
    pub number: Option<String>,
    /// Year segment of a normative symbol.
    pub year: Option<u16>,
    /// Kind of document that the symbol names; `None` for letters.
    pub kind: Option<&'static DocumentType>,
    /// Codes behind the kind: `UBND`, `MTTQ-BTT`.
    pub org: String,
    /// Whether it is a letter: an organisation and a drafting unit.
    pub letter: bool,
    /// Name of the rule.
    pub rule: &'static str,
}

static FULL: LazyLock<Regex> = LazyLock::new(|| patterns::regex("symbol.full"));

static NUMBER_LAST: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("symbol.number_last"));

static SPACED: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("symbol.spaced"));

static UNFILLED: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("symbol.unfilled"));

static LISTED: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("symbol.listed"));

/// Finds every symbol of a normalized text, in order.
pub fn find(norm: &str, lower: &str) -> Vec<Symbol> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(caps) = FULL.captures_at(norm, at) {
        let number = caps.name("n").expect("number");
        match full(lower, &caps) {
            Some(symbol) => {
                listed(lower, &symbol, &mut out);
                at = symbol.span.end;
                out.push(symbol);
            }
            None => at = number.end().max(at + 1),
        }
    }
    for caps in NUMBER_LAST.captures_iter(norm) {
        add(&mut out, other_order(&caps, "symbol/number-last"));
    }
    for caps in SPACED.captures_iter(norm) {
        add(&mut out, other_order(&caps, "symbol/spaced"));
    }
    for caps in UNFILLED.captures_iter(norm) {
        add(&mut out, unfilled(&caps));
    }
    out.sort_by_key(|s: &Symbol| s.span.start);
    out
}

fn add(out: &mut Vec<Symbol>, symbol: Option<Symbol>) {
    if let Some(symbol) = symbol
        && !out.iter().any(|s| s.span.overlaps(symbol.span))
    {
        out.push(symbol);
    }
}

fn full(lower: &str, caps: &regex::Captures) -> Option<Symbol> {
    let mut number = caps.name("n")?;
    let mut start = number.start();
    let year: Option<u16> =
        caps.name("y").and_then(|y| y.as_str().parse().ok());
    let head = &lower[..start];
    let mut digits = number.as_str().to_owned();
    if let Some((first, second)) = digits.clone().split_once(' ') {
        // Split digits only where nothing else can be meant.
        if head.ends_with("số ") && year.is_some() && second.len() == 1 {
            digits = format!("{first}{second}");
        } else {
            start += first.len() + 1;
            digits = second.to_owned();
        }
    }
    if digits.contains(['o', 'O']) {
        digits = digits.replace(['o', 'O'], "0");
    }
    if digits.ends_with(|c: char| c.is_ascii_lowercase()) && year.is_none() {
        number = caps.name("n")?;
        let keep = digits.len() - 1;
        let letter = &number.as_str()[number.len() - 1..];
        if !matches!(letter, "a" | "b" | "c") {
            digits.truncate(keep);
        }
    }
    if !may_begin(&lower[..start]) {
        return None;
    }
    let rest = caps.name("rest")?;
    let parts = Parts::of(rest.as_str(), rest.start());
    let cued = is_cued(&lower[..start]);
    let dash = &caps["s1"] == "-";
    build(&digits, year, dash, parts, cued, start)
}

/// Whether a symbol may begin behind these words.
fn may_begin(head: &str) -> bool {
    let mut back = head.chars().rev();
    let Some(last) = back.next() else { return true };
    if last.is_alphanumeric() {
        return head.ends_with("số");
    }
    if matches!(last, '/' | '-' | '.' | ',' | ':')
        && back.next().is_some_and(|c| c.is_ascii_digit())
        || matches!(last, '/' | '-' | '%')
    {
        return false;
    }
    let head = head.trim_end();
    !word_lists::ends("symbol.other_numbers", head)
}

/// Whether `số` or a word for a kind of document stands before.
fn is_cued(head: &str) -> bool {
    let head = head.trim_end_matches([' ', ':', '\n']);
    if word_lists::ends("symbol.number_words", head) {
        return true;
    }
    let near = super::window::before(head, head.len(), 40);
    document_types::find_words(near)
        .last()
        .is_some_and(|m| m.span.end == near.len())
}

/// The codes behind the number, each with the separator before it.
struct Parts<'t> {
    codes: Vec<(char, Cow<'t, str>)>,
    /// Byte behind the last code kept, in the text.
    end: usize,
}

impl<'t> Parts<'t> {
    fn of(rest: &'t str, start: usize) -> Self {
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
            let len = piece
                .find(|c: char| matches!(c, '/' | '-' | ' ' | '\n'))
                .unwrap_or(piece.len());
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
    for code in word_lists::words("symbol.mixed_codes") {
        if let Some(tail) = piece.strip_prefix(code)
            && !tail.starts_with(|c: char| c.is_uppercase())
        {
            let whole = tail.is_empty() || tail == ".";
            return (&piece[..code.len()], whole);
        }
    }
    let mut centre = word_lists::words("symbol.party_centre").iter();
    if let Some(code) = centre.find(|code| org && piece.starts_with(**code)) {
        let len = code.len();
        return (&piece[..len], piece.len() <= len + 1);
    }
    let end = code_end(piece);
    let whole = end == piece.len() || &piece[end..] == ".";
    if whole {
        return (&piece[..end], true);
    }
    if piece[end..].starts_with('.') {
        return (&piece[..end], false);
    }
    // A glued word in small letters (`BGDĐTvề`), or one with a capital of its
    // own (`BNVVề`), which takes its capital with it.
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

/// Capitals, figures and `&`; one small letter may stand between capitals
/// (`GDTrHTX`).
fn code_end(piece: &str) -> usize {
    let chars: Vec<(usize, char)> = piece.char_indices().collect();
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&';
    let inner = |i: usize| {
        i > 0
            && chars[i].1.is_lowercase()
            && chars[i - 1].1.is_uppercase()
            && match chars.get(i + 1) {
                Some((_, c)) => c.is_uppercase(),
                // `QLĐTh`
                None => i >= 3,
            }
    };
    let end = (0..chars.len()).find(|&i| !capital(chars[i].1) && !inner(i));
    end.map_or(piece.len(), |i| chars[i].0)
}

fn build(
    number: &str,
    year: Option<u16>,
    dash: bool,
    parts: Parts,
    cued: bool,
    start: usize,
) -> Option<Symbol> {
    let span = Span::new(start, parts.end);
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
            let sep = orgs.first().map_or('-', |(s, _)| *s);
            let org: Vec<&str> = orgs.iter().map(|(_, c)| &**c).collect();
            let org = org.join("-");
            let written = format!("{head}/{code}{sep}{org}");
            return Some(symbol(
                written,
                Some(kind),
                org,
                false,
                "symbol/joint",
            ));
        }
        let party = year.is_none() && in_party_order(kind, &org, dash, orgs);
        // The Party's `TT` is a Thông tri.
        let kind = party.then(|| party_kind(code)).flatten().unwrap_or(kind);
        let written = if party {
            format!("{head}-{code}/{org}")
        } else {
            format!("{head}/{code}-{org}")
        };
        let rule = if party { "symbol/party" } else { "symbol/state" };
        return Some(symbol(written, Some(kind), org, false, rule));
    }
    letter(&head, year, dash, &parts, cued)
        .map(|(written, org)| symbol(written, None, org, true, "symbol/letter"))
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

/// `KH-UBND số 240`, `số 298 KH/TWĐTN`.
fn other_order(caps: &regex::Captures, rule: &'static str) -> Option<Symbol> {
    let (number, rest) = (caps.name("n")?, caps.name("rest")?);
    let parts = Parts::of(rest.as_str(), rest.start());
    let dash = parts.codes.get(1).is_some_and(|(sep, _)| *sep == '/');
    let start = number.start().min(rest.start());
    let end = parts.end.max(number.end());
    let mut symbol = build(number.as_str(), None, dash, parts, true, start)?;
    symbol.kind?;
    symbol.span = Span::new(start, end);
    symbol.rule = rule;
    Some(symbol)
}

fn unfilled(caps: &regex::Captures) -> Option<Symbol> {
    let (sep, rest) = (caps.name("s1")?, caps.name("rest")?);
    let parts = Parts::of(rest.as_str(), rest.start());
    let dash = sep.as_str() == "-";
    let blank = caps.name("blank")?;
    let start = if blank.as_str().trim().is_empty() {
        sep.start()
    } else {
        blank.start()
    };
    let mut symbol = build("", None, dash, parts, true, start)?;
    symbol.written = None;
    symbol.number = None;
    symbol.rule = "symbol/unfilled";
    Some(symbol)
}

/// The numbers before the last of a list share its symbol.
fn listed(lower: &str, last: &Symbol, out: &mut Vec<Symbol>) {
    let head = super::window::before(lower, last.span.start, 60);
    let base = last.span.start - head.len();
    let (Some(caps), Some(written)) = (LISTED.captures(head), &last.written)
    else {
        return;
    };
    let Some(tail) =
        last.number.as_deref().and_then(|n| written.strip_prefix(n))
    else {
        return;
    };
    let list = caps.name("list").expect("list");
    let mut at = list.start();
    for piece in list.as_str().split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
        if !digits.is_empty() {
            out.push(Symbol {
                span: Span::new(base + at, base + at + digits.len()),
                written: Some(format!("{digits}{tail}")),
                number: Some(digits.to_owned()),
                rule: "symbol/listed",
                ..last.clone()
            });
        }
        at += piece.len();
    }
}
