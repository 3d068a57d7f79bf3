//! Mentions of documents: a word for a kind, a symbol or number, a date, an
//! issuer.
//!
//! # What it finds
//! `Quyết định số 1497/QĐ-TTg ngày 10/9/2021 của Thủ tướng Chính phủ`,
//! `Chỉ thị 16`, `văn bản số 558`, `Nghị định số 52/2013`, `Nghị quyết số
//! 202/2025 của Quốc hội khóa XV`, and words without a number (`ban hành kế
//! hoạch`), which only the act itself may be.
//!
//! # What it must refuse
//! `kế hoạch 2020` (a year), `quyết định 1 điều` (a count), `Điều 7 Nghị định
//! 30` (the 7), `Phiên họp lần thứ 17`.
//!
//! # Known limits
//! A date more than 30 bytes behind its symbol is not linked to it.

use super::dates::Form;
use super::reading::{is_of_symbol, touches};
use super::symbol::Symbol;
use super::window;
use crate::lexicon::bodies::{self, BodyMention};
use crate::lexicon::document_types::{self, DocumentType};
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// One mention of a document.
#[derive(Debug, Clone)]
pub struct Mention {
    /// From the word for its kind to the end of the symbol or number.
    pub span: Span<Norm>,
    /// The word for its kind, if there is one.
    pub word: Option<(Span<Norm>, &'static DocumentType)>,
    /// Index among the symbols of the text.
    pub symbol: Option<usize>,
    /// A number without symbol, as written (`16`, `52/2013`).
    pub bare: Option<(Span<Norm>, String)>,
    /// Index among the dates, if its date follows.
    pub date: Option<usize>,
    /// The body behind `của`.
    pub issuer: Option<BodyMention>,
    /// Byte behind the date and issuer that belong to it.
    pub end: usize,
}

/// What may stand between the word for a kind and its symbol.
static GAP: LazyLock<Rule> = LazyLock::new(|| Rule::new("citation.gap"));

static BARE: LazyLock<Rule> = LazyLock::new(|| Rule::new("citation.bare"));

/// Words behind a bare number that leave it a document's.
static AFTER_BARE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("citation.after_bare"));

static BEFORE_DATE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("citation.before_date"));

static BEFORE_ISSUER: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("citation.before_issuer"));

/// Links words, symbols, dates and bodies of one text.
pub fn find(scan: &Scan, symbols: &[Symbol], dates: &[Form]) -> Vec<Mention> {
    let lower = scan.lower();
    let words = document_types::find_scanned(scan);
    let mut out: Vec<Mention> = Vec::with_capacity(words.len() + symbols.len());
    let mut taken = vec![false; symbols.len()];
    for word in words {
        let span = Span::from(word.span.clone());
        if touches(symbols, |s| s.span, span) {
            continue;
        }
        let next = symbols.partition_point(|s| s.span.start < span.end);
        let linked = Some(next).filter(|i| *i < symbols.len()).filter(|&i| {
            let gap = symbols[i].span.start - span.end;
            gap < 40
                && GAP.is_match(&lower[span.end..symbols[i].span.start], scan)
        });
        let bare =
            if linked.is_none() { bare(scan, span, word.kind) } else { None };
        let end = match (linked, &bare) {
            (Some(i), _) => symbols[i].span.end,
            (None, Some((s, _))) => s.end,
            (None, None) => span.end,
        };
        if let Some(i) = linked {
            taken[i] = true;
        }
        out.push(Mention {
            span: Span::new(span.start, end),
            word: Some((span, word.kind)),
            symbol: linked,
            bare,
            date: None,
            issuer: None,
            end,
        });
    }
    for (i, symbol) in symbols.iter().enumerate().filter(|(i, _)| !taken[*i]) {
        out.push(Mention {
            span: symbol.span,
            word: None,
            symbol: Some(i),
            bare: None,
            date: None,
            issuer: None,
            end: symbol.span.end,
        });
    }
    out.sort_by_key(|m| (m.span.start, m.span.end));
    inherit_words(lower, &mut out);
    for mention in &mut out {
        tails(scan, mention, symbols, dates);
    }
    out
}

/// `các Công văn số 2522, 2523/UBND-VX`, `Nghị quyết 86/NQ-CP và 128/NQ-CP`:
/// a symbol right behind another has its word.
fn inherit_words(lower: &str, mentions: &mut [Mention]) {
    for i in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(i);
        let (a, b) = (&before[i - 1], &mut rest[0]);
        if b.word.is_some() || b.symbol.is_none() || a.symbol.is_none() {
            continue;
        }
        let Some(between) = lower.get(a.span.end..b.span.start) else {
            continue;
        };
        let between = between.trim();
        if between == ";" || word_lists::has("citation.joiners", between) {
            b.word = a.word;
        }
    }
}

/// Bytes behind a word for a kind in which its number begins:
/// ` hành động, mang số: 16`.
const NUMBER_WITHIN: usize = 40;

/// A number without symbol behind a word for a kind.
fn bare(
    scan: &Scan,
    word: Span<Norm>,
    kind: &DocumentType,
) -> Option<(Span<Norm>, String)> {
    let (norm, lower) = (scan.norm(), scan.lower());
    // Most words have no number behind them.
    let next = scan.digits().partition_point(|at| *at < word.end);
    if scan.digits().get(next).is_none_or(|at| *at > word.end + NUMBER_WITHIN) {
        return None;
    }
    let tail = window::after(lower, word.end, 60);
    let caps = BARE.captures(tail, scan)?;
    let number = caps.name("n")?;
    let so = caps.name("so").is_some();
    let year = caps.name("y");
    let start = word.end + number.start();
    let end = word.end + year.map_or(number.end(), |y| y.end());
    let rest = &lower[end..];
    let number_like = |c: char| matches!(c, '-' | '/' | '.' | ',' | '%');
    if rest.starts_with(|c: char| c.is_alphanumeric())
        || rest.starts_with(number_like)
            && rest[1..].starts_with(|c: char| c.is_alphanumeric())
    {
        return None;
    }
    let n = number.as_str();
    let value: u32 =
        n.trim_end_matches(char::is_alphabetic).parse().unwrap_or(0);
    if !so {
        // Without `số`, only kinds that are cited so, in places that leave no
        // other reading.
        // Letters are so many that their numbers are long.
        let cited = word_lists::has("citation.codes_without_so", kind.code)
            || kind.code == "CV" && value >= LONG_NUMBER;
        let is_year = year.is_none() && (1900..=2100).contains(&value);
        let capital =
            norm[word.range()].starts_with(|c: char| c.is_uppercase());
        if !cited
            || is_year
            || counts_time(rest)
            || year.is_none() && !AFTER_BARE.is_match(rest, scan)
            || kind.code == "KH" && !capital
        {
            return None;
        }
    }
    let written = match year {
        // `Nghị quyết số 202/2025 của Quốc hội khóa XV`
        Some(y) => match term(rest) {
            Some(term) => format!("{n}/{}/QH{term}", y.as_str()),
            None => format!("{n}/{}", y.as_str()),
        },
        None => n.to_owned(),
    };
    Some((Span::new(start, end), written))
}

/// Numbers from which `Công văn 8434` names one without `số`.
const LONG_NUMBER: u32 = 100;

/// Whether the number before these words is one of years, months or days
/// (`Kế hoạch 5 năm 2021-2025`), not of a paper (`Chỉ thị 16 năm 2021`).
fn counts_time(rest: &str) -> bool {
    let digits = |words: &str| words.starts_with(|c: char| c.is_ascii_digit());
    if let Some(tail) = rest.strip_prefix(" năm") {
        let year = tail.trim_start().get(..4).filter(|y| digits(y));
        return year.is_none_or(|_| {
            let behind = tail.trim_start()[4..].trim_start();
            behind.strip_prefix('-').is_some_and(|b| digits(b.trim_start()))
        });
    }
    match rest.strip_prefix(" ngày").or(rest.strip_prefix(" tháng")) {
        Some(tail) => !digits(tail.trim_start()),
        None => false,
    }
}

/// The term of the National Assembly named behind a number and a year.
fn term(rest: &str) -> Option<usize> {
    const TERMS: [&str; 8] =
        ["x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii"];
    let rest = rest.strip_prefix(" của quốc hội khóa ")?;
    let word = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    TERMS.iter().position(|t| *t == word).map(|i| 10 + i)
}

/// Bytes behind a document in which the name of its issuer begins.
const NEAR: usize = 12;

/// The date and the issuer that follow.
fn tails(
    scan: &Scan,
    mention: &mut Mention,
    symbols: &[Symbol],
    dates: &[Form],
) {
    let lower = scan.lower();
    let i = dates.partition_point(|d| d.span.start < mention.end);
    if let Some(date) = dates.get(i)
        && date.span.start - mention.end < 30
        && BEFORE_DATE.is_match(&lower[mention.end..date.span.start], scan)
    {
        mention.date = Some(i);
        mention.end = date.span.end;
        if lower[mention.end..].starts_with(')') {
            mention.end += 1;
        }
    }
    let behind = mention.end..mention.end + NEAR;
    if !bodies::may_begin(scan, behind.clone())
        || !window::after(lower, behind.start, NEAR).contains("của")
    {
        return;
    }
    let mut bodies = bodies::find_in(scan, behind).into_iter();
    if let Some(body) = bodies.find(|b| !is_of_symbol(symbols, b))
        && BEFORE_ISSUER.is_match(&lower[mention.end..body.span.start], scan)
        && lower[mention.end..body.span.start].contains("của")
    {
        mention.end = body.full().end;
        mention.issuer = Some(body);
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::read;

    /// Symbol, bare number, whether a date and an issuer follow.
    fn mentions(text: &str) -> Vec<(Option<String>, bool, bool)> {
        read(text, |reading| {
            let all = reading.mentions.iter().map(|m| {
                let symbol =
                    m.symbol.and_then(|i| reading.symbols[i].written.clone());
                let bare = m.bare.as_ref().map(|(_, n)| n.clone());
                (symbol.or(bare), m.date.is_some(), m.issuer.is_some())
            });
            all.collect()
        })
    }

    fn number(text: &str) -> Option<String> {
        mentions(text).remove(0).0
    }

    #[test]
    fn date_and_issuer_belong_to_their_paper() {
        let text = "Theo Quyết định số 12/QĐ-UBND ngày 10/9/2021 của UBND \
                    tỉnh Hà Nam, các xã trồng rừng.";
        assert_eq!(mentions(text), [(Some("12/QĐ-UBND".into()), true, true)]);
    }

    #[test]
    fn bare_numbers_are_read_where_papers_are_cited_so() {
        assert_eq!(number("theo Chỉ thị 16 của Thủ tướng").unwrap(), "16");
        assert_eq!(number("văn bản số 558 của Sở").unwrap(), "558");
        assert_eq!(number("ban hành công văn 1743 về tre").unwrap(), "1743");
        assert_eq!(number("Thông tư 27 bỏ quy định cũ").unwrap(), "27");
        assert_eq!(number("gửi công văn 2 lần về tre"), None);
        assert_eq!(number("Nghị định số 52/2013 quy định").unwrap(), "52/2013");
        assert_eq!(number("có Công văn 4321 về việc").unwrap(), "4321");
        assert_eq!(number("có Công văn 300 trang"), None);
        assert_eq!(number("gửi công văn 2 về xã"), None);
    }

    #[test]
    fn years_and_counts_are_no_numbers() {
        assert_eq!(number("kế hoạch 2020 của xã"), None);
        assert_eq!(number("quyết định 1 điều gì đó"), None);
        assert_eq!(number("Kế hoạch 5 năm (2021-2025)"), None);
        assert_eq!(number("Kế hoạch 3 năm 2024 - 2026"), None);
        assert_eq!(number("Chỉ thị 16 năm 2021 của").unwrap(), "16");
        assert_eq!(number("Chỉ thị 16 ngày 31/3 của").unwrap(), "16");
    }
}
