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

mod parts;
mod written;

use super::reading::touches;
use super::window;
use crate::lexicon::document_types::{self, DocumentType};
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_edges::is_word_char;
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};
use parts::Parts;
use std::ops::Range;
use std::sync::LazyLock;
use written::build;

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

static HERE: LazyLock<Rule> = LazyLock::new(|| Rule::new("symbol.here"));

static OLD_ASSEMBLY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("symbol.old_assembly"));

static NUMBER_LAST: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("symbol.number_last"));

static SPACED: LazyLock<Rule> = LazyLock::new(|| Rule::new("symbol.spaced"));

static UNFILLED: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("symbol.unfilled"));

static LISTED: LazyLock<Rule> = LazyLock::new(|| Rule::new("symbol.listed"));

/// Longest symbol looked at, in bytes.
const LONGEST: usize = 256;

/// Finds every symbol of a normalized text, in order.
pub fn find(scan: &Scan) -> Vec<Symbol> {
    let (norm, lower) = (scan.norm(), scan.lower());
    let mut out = Vec::new();
    let mut at = 0;
    for (i, &run) in scan.digits().iter().enumerate() {
        if run < at || !may_be_number(&norm.as_bytes()[run..]) {
            continue;
        }
        // `1 5/2021/QĐ-UBND`: digits parted by a blank.
        let split = i
            .checked_sub(1)
            .map(|i| scan.digits()[i])
            .filter(|&p| p >= at && run - p <= 3 && norm[..run].ends_with(' '));
        let start = split.unwrap_or(run);
        let words = window::after(norm, start, LONGEST);
        let Some(found) = HERE.regex().find(words) else { continue };
        let tail = words[found.end()..].trim_start_matches(' ');
        if tail.starts_with(['-', '/'])
            && let Some(symbol) = of_old_assembly(norm, lower, run)
        {
            at = symbol.span.end;
            out.push(symbol);
            continue;
        }
        let Some(full) = Full::of(found.as_str()) else { continue };
        match full.symbol(lower, start) {
            Some(symbol) => {
                listed(scan, &symbol, &mut out);
                at = symbol.span.end;
                out.push(symbol);
            }
            None => at = start + full.number.len(),
        }
    }
    out.sort_by_key(|s: &Symbol| s.span.start);
    let may_be = Others::of(scan);
    if may_be.number_last {
        let last = NUMBER_LAST.captures_near(norm, scan, 64);
        let rule = "symbol/number-last";
        add(&mut out, last.map(|(base, caps)| other_order(&caps, base, rule)));
    }
    if may_be.spaced {
        let found = SPACED.captures_near(norm, scan, 120);
        let rule = "symbol/spaced";
        add(&mut out, found.map(|(base, caps)| other_order(&caps, base, rule)));
    }
    if may_be.unfilled {
        let blank = UNFILLED.captures_near(norm, scan, 120);
        add(&mut out, blank.map(|(base, caps)| unfilled(&caps, base)));
    }
    out
}

/// Which of the rarer forms a text may hold: a look at the letters beside
/// each `số`, which is much cheaper than the expressions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Others {
    number_last: bool,
    spaced: bool,
    unfilled: bool,
}

impl Others {
    fn of(scan: &Scan) -> Self {
        let (norm, lower) = (scan.norm(), scan.lower());
        let is_capital = |words: &str| words.starts_with(char::is_uppercase);
        let mut out = Self::default();
        for Range { start: at, end: behind } in SPACED.words(scan) {
            let rest = lower[behind..].trim_start_matches([' ', ':']);
            let number = rest.len()
                - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if number > 0 {
                let end = lower.len() - rest.len() + number;
                let code = norm[end..].strip_prefix(' ');
                out.spaced |= code.is_some_and(is_capital);
                let before = norm[..at].strip_suffix(' ');
                let word = before.and_then(|words| words.rsplit(' ').next());
                out.number_last |= word.is_some_and(is_capital);
            } else {
                let rest = rest.trim_start_matches(['.', '…', '_', ' ']);
                out.unfilled |= rest.starts_with(['/', '-']);
            }
        }
        out
    }
}

/// `01/NQ-1997-QHX`: of the National Assembly before 2002, with the year
/// behind the kind and the term in Roman numerals.
fn of_old_assembly(norm: &str, lower: &str, at: usize) -> Option<Symbol> {
    let caps =
        OLD_ASSEMBLY.regex().captures(window::after(norm, at, LONGEST))?;
    if !may_begin(&lower[..at]) {
        return None;
    }
    let part = |name: &str| caps.name(name).map_or("", |m| m.as_str());
    let (number, kind) = (part("n"), part("kind"));
    let org = part("org").replace(' ', "");
    let year = part("y");
    Some(Symbol {
        span: Span::new(at, at + caps.get_match().end()),
        written: Some(format!("{number}/{kind}-{year}-{org}")),
        number: Some(number.to_owned()),
        year: year.parse().ok(),
        kind: document_types::canonical(kind),
        org,
        letter: false,
        rule: "symbol/old-assembly",
    })
}

/// Adds symbols, which come in order, that overlap none found before.
fn add(out: &mut Vec<Symbol>, symbols: impl Iterator<Item = Option<Symbol>>) {
    let known = out.len();
    for symbol in symbols.flatten() {
        let (before, own) = out.split_at(known);
        let known = touches(before, |s| s.span, symbol.span)
            || own.last().is_some_and(|s| s.span.overlaps(symbol.span));
        if !known {
            out.push(symbol);
        }
    }
    out.sort_by_key(|s| s.span.start);
}

/// Whether these bytes begin with a number and a separator.
fn may_be_number(bytes: &[u8]) -> bool {
    let skip = |at: usize, most: usize, is: fn(u8) -> bool| {
        let tail = bytes.get(at..).unwrap_or_default().iter();
        at + tail.take(most).take_while(|b| is(**b)).count()
    };
    let mut at = skip(0, 5, |b| b.is_ascii_digit() || matches!(b, b'o' | b'O'));
    if bytes.get(at) == Some(&b'.') {
        at = skip(at + 1, 2, |b| b.is_ascii_digit());
    }
    at = skip(at, 1, |b| b.is_ascii_lowercase());
    at = skip(at, 1, |b| matches!(b, b' ' | b'\n'));
    matches!(bytes.get(at), Some(b'/' | b'-'))
}

/// The parts of a find of `symbol.here`, which says what they are. The number
/// has neither slash nor dash, and only the year begins with a digit behind
/// it, so that the parts are read off; a test compares them with the groups
/// of the expression, which would cost several times as much.
#[derive(Debug, PartialEq, Eq)]
struct Full<'w> {
    number: &'w str,
    dash: bool,
    year: Option<&'w str>,
    rest: &'w str,
    /// Byte of the find at which `rest` begins.
    rest_at: usize,
}

impl<'w> Full<'w> {
    fn of(words: &'w str) -> Option<Self> {
        let blank = |c: char| matches!(c, ' ' | '\n');
        let separator = words.find(['/', '-'])?;
        let number = &words[..separator];
        let number = number.strip_suffix(blank).unwrap_or(number);
        let after =
            |at: usize| at + usize::from(words[at..].starts_with(blank));
        let mut rest_at = after(separator + 1);
        let mut year = None;
        if words[rest_at..].starts_with(|c: char| c.is_ascii_digit()) {
            year = words.get(rest_at..rest_at + 4);
            rest_at = after(after(rest_at + 4) + 1);
        }
        Some(Self {
            number,
            dash: words[separator..].starts_with('-'),
            year,
            rest: words.get(rest_at..)?,
            rest_at,
        })
    }

    /// The symbol; its words begin at byte `base`.
    fn symbol(&self, lower: &str, base: usize) -> Option<Symbol> {
        let mut start = base;
        let year: Option<u16> = self.year.and_then(|y| y.parse().ok());
        let head = &lower[..start];
        let mut digits = self.number.to_owned();
        if let Some((first, second)) = self.number.split_once(' ') {
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
        if year.is_none()
            && digits.ends_with(|c: char| c.is_ascii_lowercase())
            && !digits.ends_with(['a', 'b', 'c'])
        {
            digits.pop();
        }
        if !may_begin(&lower[..start]) {
            return None;
        }
        let parts = Parts::of(self.rest, base + self.rest_at);
        let cue = Cue::Before(&lower[..start]);
        build(&digits, year, self.dash, parts, cue, start)
    }
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

/// What stands before a symbol and may tell that it is one.
#[derive(Debug, Clone, Copy)]
enum Cue<'t> {
    /// The form of the symbol holds `số` itself.
    Given,
    /// The words before it.
    Before(&'t str),
}

impl Cue<'_> {
    /// Whether `số` or a word for a kind of document stands before.
    fn is_there(self) -> bool {
        let Self::Before(head) = self else { return true };
        let (head, number) = before_number(head);
        number || ends_with_kind(head)
    }

    /// Whether a word for a kind of document does, with `số` or without.
    fn is_kind(self) -> bool {
        let Self::Before(head) = self else { return false };
        ends_with_kind(before_number(head).0)
    }
}

/// Words without `số` at their end, and whether it stood there.
fn before_number(head: &str) -> (&str, bool) {
    let head = head.trim_end_matches([' ', ':', '\n']);
    match word_lists::ends("symbol.number_words", head) {
        true => (head.trim_end_matches(is_word_char).trim_end(), true),
        false => (head, false),
    }
}

fn ends_with_kind(head: &str) -> bool {
    let near = window::before(head, head.len(), 40);
    document_types::find_words(near)
        .last()
        .is_some_and(|m| m.span.end == near.len())
}

/// `KH-UBND số 240`, `số 298 KH/TWĐTN`.
fn other_order(
    caps: &regex::Captures,
    base: usize,
    rule: &'static str,
) -> Option<Symbol> {
    let (number, rest) = (caps.name("n")?, caps.name("rest")?);
    let parts = Parts::of(rest.as_str(), base + rest.start());
    let dash = parts.codes.get(1).is_some_and(|(sep, _)| *sep == '/');
    let start = base + number.start().min(rest.start());
    let end = parts.end.max(base + number.end());
    let mut symbol =
        build(number.as_str(), None, dash, parts, Cue::Given, start)?;
    symbol.kind?;
    symbol.span = Span::new(start, end);
    symbol.rule = rule;
    Some(symbol)
}

fn unfilled(caps: &regex::Captures, base: usize) -> Option<Symbol> {
    let (sep, rest) = (caps.name("s1")?, caps.name("rest")?);
    let parts = Parts::of(rest.as_str(), base + rest.start());
    let dash = sep.as_str() == "-";
    let blank = caps.name("blank")?;
    let start = if blank.as_str().trim().is_empty() {
        base + sep.start()
    } else {
        base + blank.start()
    };
    let mut symbol = build("", None, dash, parts, Cue::Given, start)?;
    symbol.written = None;
    symbol.number = None;
    symbol.rule = "symbol/unfilled";
    Some(symbol)
}

/// The numbers before the last of a list share its symbol.
fn listed(scan: &Scan, last: &Symbol, out: &mut Vec<Symbol>) {
    let head = window::before(scan.lower(), last.span.start, 60);
    // A number joined to another, which most are not.
    let joined = head.trim_end_matches(' ');
    let joined = joined.strip_suffix("số").unwrap_or(joined).trim_end();
    if !joined.ends_with([',', ';']) && !joined.ends_with(" và") {
        return;
    }
    let base = last.span.start - head.len();
    let (Some(caps), Some(written)) =
        (LISTED.captures(head, scan), &last.written)
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

#[cfg(test)]
mod tests {
    use super::Scan;

    fn symbols(norm: &str) -> Vec<String> {
        let lower = norm.to_lowercase();
        let found = super::find(&Scan::of(norm, &lower));
        found.into_iter().filter_map(|s| s.written).collect()
    }

    #[test]
    fn the_forms_of_the_press_are_found() {
        for (text, symbol) in [
            ("Kế hoạch số 240/KH-UBND của tỉnh", "240/KH-UBND"),
            ("Kế hoạch KH-UBND số 240", "240/KH-UBND"),
            ("Quyết định số 15/2021/QĐ-UBND", "15/2021/QĐ-UBND"),
            ("Công văn số 1246/UBND-VX", "1246/UBND-VX"),
            ("Nghị định 30/2020/ND-CP", "30/2020/NĐ-CP"),
            ("Kế hoạch số 240 / KH - UBND", "240/KH-UBND"),
            ("Tờ trình số 28/HKHVN ngày 3/5", "28/HKHVN"),
            ("Chỉ thị 306-TTg của Thủ tướng", "306-TTg"),
            ("Số: 12/NQ-1995 -QHIX", "12/NQ-1995-QHIX"),
            ("Nghị quyết 9/NQ-1999-QH10", "9/NQ-1999-QH10"),
        ] {
            assert_eq!(symbols(text), [symbol], "{text}");
        }
    }

    #[test]
    fn the_parts_are_the_groups_of_the_expression() {
        let numbers = ["240", "1 5", "12 240", "2o", "66.19", "15a", "7"];
        let years = ["", "2021/", "1999 - ", "2021 /\n", "20/"];
        let rests = ["KH-UBND", "ND - CP", "QĐ/TW", "UBND-VX3", "kh", "Q1"];
        let mut seen = 0;
        for number in numbers {
            for separator in ["/", "-", " / ", "\n-", "- "] {
                for year in years {
                    for rest in rests {
                        let text = format!("{number}{separator}{year}{rest}.");
                        let caps = super::HERE.regex().captures(&text);
                        let Some(caps) = caps else { continue };
                        let rest = caps.name("rest").unwrap();
                        let expected = super::Full {
                            number: caps.name("n").unwrap().as_str(),
                            dash: &caps["s1"] == "-",
                            year: caps.name("y").map(|y| y.as_str()),
                            rest: rest.as_str(),
                            rest_at: rest.start(),
                        };
                        assert_eq!(super::Full::of(&caps[0]), Some(expected));
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 400, "{seen}");
    }

    #[test]
    fn the_numbers_of_a_list_share_their_symbol() {
        let mut found = symbols("Công văn số 2522, 2523/UBND-VX");
        found.sort();
        assert_eq!(found, ["2522/UBND-VX", "2523/UBND-VX"]);
    }

    #[test]
    fn a_blank_has_no_number() {
        let norm = "Số:     /KH-UBND";
        let lower = norm.to_lowercase();
        let found = super::find(&Scan::of(norm, &lower));
        assert_eq!(found[0].rule, "symbol/unfilled");
        assert_eq!(found[0].written, None);
    }

    #[test]
    fn ratios_standards_and_roads_are_refused() {
        assert_eq!(symbols("số 9/NQ-2021 phiếu"), ["9/NQ"]);
        for text in [
            "19/21 phiếu",
            "QCVN 102:2016/BTTTT",
            "nhà số 12/3 Lê Lợi",
            "2-1",
            "lô số 28/HKHVN",
            "kế hoạch 3-TTg ngày",
        ] {
            assert_eq!(symbols(text), [""; 0], "{text}");
        }
    }
}
