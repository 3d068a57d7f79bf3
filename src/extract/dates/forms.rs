//! The forms in which Vietnamese texts write calendar dates.
//!
//! One regular expression finds the atoms (a day, month, quarter, year or
//! period of years, with or without their words); what stands between two
//! atoms then joins them into ranges (`từ 15/4 đến 15/5/2013`) or
//! coordinations (`22, 23 và 24/7`). Everything is matched in the lower-case
//! normalized text, in which all dashes are `-`.
//!
//! # What it finds
//! Days, months, quarters, years and periods, see the table `patterns.tsv`.
//!
//! # What it must refuse
//! Ratios, scores, decimals, counts, days that the calendar has not.
//!
//! # Known limits
//! Two numbers joined by a dash need a word for the part of the day before
//! them (`sáng 10-3`).

use super::atom::{Atom, Numbers, Quarter};
use super::stretches;
use crate::extract::symbol::Symbol;
use crate::extract::window;
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::record::{Edtf, Point};
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// A calendar expression as written, before missing years are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Form {
    /// The words.
    pub span: Span<Norm>,
    /// What they say; years may be missing.
    pub value: Edtf,
    /// `hằng năm` follows: the day of every year, no year is to be found.
    pub recurring: bool,
    /// Name of the rule.
    pub rule: &'static str,
}

static ATOM: LazyLock<Rule> = LazyLock::new(|| Rule::new("dates.atom"));

/// A bare first day before the atom that ends its range: `từ 1 đến `.
pub(super) static FIRST_DAY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.first_day"));

/// Words before a day without a year that make it one.
static DAY_CUE: LazyLock<Rule> = LazyLock::new(|| Rule::new("dates.day_cue"));

/// Words before a day that leave no doubt, for numbers joined by a dash or a
/// stop, which may be a range or a decimal.
static PART_OF_DAY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.part_of_day"));

/// A named day before its date: `Ngày Môi trường thế giới (5-6)`.
static NAMED_DAY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.named_day"));

/// Words behind two numbers that make them a ratio or a count.
static COUNTED: LazyLock<Rule> = LazyLock::new(|| Rule::new("dates.counted"));

/// What leaves a bare `quý 3` a quarter.
static QUARTER_ENDS: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.quarter_ends"));

static EVERY_YEAR: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.every_year"));

/// Finds every calendar expression of a text, in order, without overlaps; the
/// numbers of `symbols` are looked at only beside others.
pub fn find(scan: &Scan, symbols: &[Symbol]) -> Vec<Form> {
    let lower = scan.lower();
    let mut atoms: Vec<Form> = Vec::new();
    for stretch in stretches::of(scan, symbols) {
        let words = &lower[stretch.clone()];
        let mut at = 0;
        while let Some(found) = ATOM.regex().find_at(words, at) {
            let span = Span::new(
                stretch.start + found.start(),
                stretch.start + found.end(),
            );
            let previous = atoms.last().map(|a| a.span.end);
            match atom(scan, span, previous) {
                Some(form) => {
                    at = form.span.end - stretch.start;
                    atoms.push(form);
                }
                None => {
                    // Try again behind the first word or number of the
                    // refusal.
                    at = found.start() + first_step(&words[found.start()..]);
                }
            }
        }
    }
    super::ranges::join(scan, &atoms)
}

fn first_step(text: &str) -> usize {
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    text.char_indices()
        .skip(1)
        .find(
            |(_, c)| {
                if digit { !c.is_ascii_digit() } else { !c.is_alphabetic() }
            },
        )
        .map_or(text.len(), |(i, _)| i)
}

/// The atom that was found.
fn atom(
    scan: &Scan,
    span: Span<Norm>,
    previous: Option<usize>,
) -> Option<Form> {
    let lower = scan.lower();
    let before = lower[..span.start].chars().next_back();
    let after = lower[span.end..].chars().next();
    if before.is_some_and(|c| c.is_alphanumeric() && !is_glued(c, span, lower))
        || after.is_some_and(|c| c.is_ascii_digit())
        // `tháng 10 âm lịch` is no October.
        || word_lists::begins("dates.lunar", &lower[span.end..])
        // `trường THPT Tháng 10` is named by one.
        || word_lists::ends(
            "dates.named_after",
            window::before(lower, span.start, 24).trim_end(),
        )
    {
        return None;
    }
    let (value, rule) = match Atom::of(span.of(lower))? {
        Atom::Iso(y, m, d) => (day(Some(number(y)?), m, d)?, "day/iso"),
        Atom::Words(d, m, y) => (day(y.and_then(number), m, d)?, "day/words"),
        Atom::Numbers(numbers) => {
            return numeric(scan, numbers, span, previous);
        }
        Atom::Spaced(d, m, y) => {
            let head = window::before(lower, span.start, 28);
            let line = head.rsplit('\n').next()?;
            if line.contains(|c: char| c.is_ascii_digit()) || line.len() > 24 {
                return None;
            }
            (day(number(y), m, d)?, "day/spaced")
        }
        Atom::Month(m, y) => (month(&lower[span.end..], m, y)?, "month"),
        Atom::Named(written, d, y) => {
            let word = word_lists::place("dates.month_words", written);
            let m = word.map(|n| n.to_string());
            let m = m.as_deref().unwrap_or(written);
            (day(number(y), m, d)?, "day/named")
        }
        Atom::Months(a, b, y) => {
            let (a, b): (u8, u8) = (number(a)?, number(b)?);
            let of = |m| Point::month(number(y), m);
            if a >= b {
                return None;
            }
            (Edtf::Interval(of(a), of(b)), "months")
        }
        Atom::MonthWord(word, y) => {
            let m = word_lists::place("dates.month_words", word)? as u8;
            let month = Point::month(y.and_then(number), m);
            (Edtf::Point(month), "month")
        }
        Atom::Quarter(written) => {
            (quarter(written, &lower[span.end..], scan)?, "quarter")
        }
        Atom::Years(a, b) => (years(a, b)?, "years"),
        Atom::BareYears(a, b) => {
            // `1850-1890` without a word is rather a price.
            if a.starts_with("18")
                || matches!(before, Some('/' | '-' | '.' | ',' | '“'))
                || after.is_some_and(|c| c.is_alphabetic() || c == '/')
            {
                return None;
            }
            (years(a, b)?, "years/bare")
        }
        Atom::Year(y) => (Edtf::Point(Point::year(number(y)?)), "year"),
    };
    Some(Form { span, value, recurring: recurs(scan, span), rule })
}

/// `… trồng rừng05/07/2018 15:14`: the day of a page may be glued to the
/// headline before it.
fn is_glued(before: char, span: Span<Norm>, lower: &str) -> bool {
    let words = span.of(lower);
    before.is_alphabetic()
        && words.len() == 10
        && words.bytes().filter(|b| *b == b'/').count() == 2
        && words.bytes().all(|b| b.is_ascii_digit() || b == b'/')
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits.parse().ok()
}

fn recurs(scan: &Scan, span: Span<Norm>) -> bool {
    EVERY_YEAR.is_match(&scan.lower()[span.end..], scan)
}

fn day(year: Option<i16>, month: &str, day: &str) -> Option<Edtf> {
    let (m, d) = (number(month)?, number(day)?);
    day_exists(year, m, d).then(|| Edtf::Point(Point::day(year, m, d)))
}

pub(super) fn day_exists(year: Option<i16>, month: u8, day: u8) -> bool {
    let leap =
        year.is_none_or(|y| (y % 4 == 0 && y % 100 != 0) || y % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Two or three numbers: the form that most often is something else.
fn numeric(
    scan: &Scan,
    written: Numbers,
    span: Span<Norm>,
    previous: Option<usize>,
) -> Option<Form> {
    let lower = scan.lower();
    let head = &lower[..span.start];
    let tail = &lower[span.end..];
    let cue = written.cue;
    let year = written.year.and_then(number).map(|y: i16| match y {
        // Two digits: pivot 69.
        0..69 => 2000 + y,
        69..100 => 1900 + y,
        _ => y,
    });
    let paired =
        year.is_some() && previous.is_some_and(|end| end + 1 == span.start);
    // `từ 1/3-8/3/2023`, `từ 1/3-8/3`
    let first = tail.starts_with('-') && written.separator == "/";
    let tight = first && head.ends_with("từ ") && is_day(&tail[1..]);
    if !cue && !paired && follows_number(head)
        || tail.starts_with(['/', '-', '.', ','])
            && tail[1..].starts_with(|c: char| c.is_ascii_digit())
            && !tight
            && !((year.is_some() || first) && is_full_date(&tail[1..]))
    {
        return None;
    }
    let value = day(year, written.month, written.day)?;
    if year.is_none() && !cue {
        let slash = written.separator.contains('/');
        let near = window::before(lower, span.start, 80);
        let follows = previous.is_some_and(|end| {
            let between = lower[end..span.start].trim();
            let day = lower[..end].ends_with(|c: char| c.is_ascii_digit())
                && window::before(lower, end, 5).contains('/');
            day && word_lists::has("dates.between_days", between)
        });
        // `từ ngày 6-5 đến 12-5`: the second end needs no cue of its own.
        let second = previous.is_some_and(|end| {
            let between = lower[end..span.start].trim();
            let first = window::before(lower, end, 20);
            word_lists::has("dates.between_ends", between)
                && (first.contains("ngày ") || first.contains("từ "))
        });
        let cued = second
            || if slash {
                follows
                    || FIRST_DAY.is_match(near, scan)
                    || DAY_CUE.is_match(near, scan)
                    || PART_OF_DAY.is_match(near, scan)
            } else {
                // `Từ 1-7, tỉnh …` at the head of a line.
                let opens = (near == "từ " || near.ends_with("\ntừ "))
                    && tail.starts_with(',');
                opens
                    || PART_OF_DAY.is_match(near, scan)
                    || ends_range(near, tail, scan)
                    || begins_range(near, &written, tail, scan)
                    || written.separator == "."
                        && DAY_CUE.is_match(near, scan)
                        && writes_days_with_dots(scan)
            };
        let named =
            NAMED_DAY.is_match(near, scan) && (slash || near.ends_with('('));
        if !(cued || named) || COUNTED.is_match(tail, scan) {
            return None;
        }
        if tail.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
    }
    let rule = if year.is_some() { "day/numbers" } else { "day/no-year" };
    Some(Form { span, value, recurring: recurs(scan, span), rule })
}

/// Whether words begin with a day and a month, and the clause ends behind.
fn is_day(words: &str) -> bool {
    let end = words.find(|c: char| !c.is_ascii_digit() && c != '/');
    let (day, tail) = words.split_at(end.unwrap_or(words.len()));
    let day = day.split_once('/').and_then(|(d, m)| {
        self::day(None, m, d).filter(|_| d.len() <= 2 && m.len() <= 2)
    });
    day.is_some()
        && (tail.is_empty() || tail.starts_with([',', ';', ')', '.', '\n']))
}

/// `từ ngày 1 đến 10-6`: whether a first day stands before. Without its word
/// (`từ 1 đến 10-6`) the clause must end behind: no number of things does.
fn ends_range(near: &str, tail: &str, scan: &Scan) -> bool {
    near.ends_with([' ', '\n'])
        && FIRST_DAY.captures(near, scan).is_some_and(|c| {
            let ends =
                tail.is_empty() || tail.starts_with([',', '.', ';', ')']);
            let words = &c["all"];
            c.name("cue").map_or(ends, |cue| cue.as_str().contains("ngày"))
                && words.starts_with("từ ")
                && !words.contains('-')
        })
}

/// `từ 19-10 đến 21-11`: whether two numbers with a dash are the first day of
/// a range. Two counts (`từ 3-5 đến 7-9 cây`) rise, and something is counted.
fn begins_range(near: &str, first: &Numbers, tail: &str, scan: &Scan) -> bool {
    let ends = word_lists::words("dates.between_ends").iter();
    let behind = ends
        .filter(|word| **word != "và")
        .find_map(|word| tail.strip_prefix(' ')?.strip_prefix(*word));
    let Some(behind) = behind.filter(|_| near.ends_with("từ ")) else {
        return false;
    };
    let behind = behind.strip_prefix(" hết").unwrap_or(behind).trim_start();
    let near = window::after(behind, 0, 16);
    let Some(found) = ATOM.regex().find(near).filter(|f| f.start() == 0) else {
        return false;
    };
    let Some(Atom::Numbers(last)) = Atom::of(found.as_str()) else {
        return false;
    };
    // `đạt từ 9.1 - 9.5`: numbers, unless a year follows or the text has days
    // with dots.
    let dotted = || {
        first.separator == "."
            && (last.year.is_some() || writes_days_with_dots(scan))
    };
    if tail.starts_with(" -") && !dotted() {
        return false;
    }
    let falls = |n: &Numbers| {
        number::<u8>(n.day).zip(number(n.month)).is_some_and(|(d, m)| d > m)
    };
    let tail = &behind[found.end()..];
    let ends = || tail.is_empty() || tail.starts_with([',', '.', ';', ')']);
    last.separator == first.separator
        && day(None, last.month, last.day).is_some()
        && (last.year.is_some() || falls(first) || falls(&last) || ends())
        && !tail.starts_with(|c: char| c.is_alphanumeric())
        && !COUNTED.is_match(tail, scan)
}

/// Whether the text has a day such as `ngày 21.8`; then `từ 25.8` is one too.
fn writes_days_with_dots(scan: &Scan) -> bool {
    let bytes = scan.lower().as_bytes();
    scan.digits().iter().any(|&at| {
        scan.lower()[..at].ends_with("ngày ")
            && ATOM
                .regex()
                .find(window::after(scan.lower(), at, 16))
                .is_some_and(|found| {
                    let end = bytes.get(at + found.end());
                    let dotted = matches!(
                        Atom::of(found.as_str()),
                        Some(Atom::Numbers(n)) if n.separator == "."
                    );
                    found.start() == 0
                        && dotted
                        && !end.is_some_and(u8::is_ascii_digit)
                })
    })
}

/// Whether words begin with a day, a month and a year: the second half of
/// `3/2/1930-3/2/2020`.
fn is_full_date(words: &str) -> bool {
    let near = window::after(words, 0, 16);
    ATOM.regex().find(near).is_some_and(|found| {
        let atom = Atom::of(found.as_str());
        let full =
            |numbers: Numbers| numbers.year.is_some_and(|year| year.len() == 4);
        found.start() == 0 && matches!(atom, Some(Atom::Numbers(n)) if full(n))
    })
}

/// Whether a separator and a digit stand directly before.
fn follows_number(head: &str) -> bool {
    let mut back = head.chars().rev();
    matches!(back.next(), Some('/' | '.' | ',' | ':'))
        && back.next().is_some_and(|c| c.is_ascii_digit())
}

/// `tail` are the words behind.
fn month(tail: &str, month: &str, year: Option<&str>) -> Option<Edtf> {
    // `6 tháng 9 …` counts months; `tháng 13` is none; `tháng 5%` neither.
    if tail.starts_with('/') || tail.starts_with('%') {
        return None;
    }
    let month = Point::month(year.and_then(number), number(month)?);
    Some(Edtf::Point(month))
}

fn quarter(written: Quarter, tail: &str, scan: &Scan) -> Option<Edtf> {
    let after = tail.chars().next();
    if after.is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let year = written.year.and_then(number);
    let q = match written.number {
        "i" | "1" | "01" => 1,
        "ii" | "2" | "02" => 2,
        "iii" | "3" | "03" => 3,
        "iv" | "4" | "04" => 4,
        _ => return None,
    };
    // `gỗ quý 3 tấm`: a bare figure counts only where nothing is counted.
    let figure = written.number.starts_with(|c: char| c.is_ascii_digit());
    if year.is_none()
        && figure
        && !written.glued
        && !QUARTER_ENDS.is_match(tail, scan)
    {
        return None;
    }
    // `q3` alone is a district or a road.
    (year.is_some() || !written.short)
        .then(|| Edtf::Point(Point::quarter(year, q)))
}

fn years(a: &str, b: &str) -> Option<Edtf> {
    let (a, b): (i16, i16) = (number(a)?, number(b)?);
    (a < b && b - a <= 100)
        .then(|| Edtf::Interval(Point::year(a), Point::year(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        find(&Scan::of(&lower, &lower), &[])
            .iter()
            .map(|form| form.value.to_string())
            .collect()
    }

    #[test]
    fn days_months_and_years_are_found() {
        for (text, value) in [
            ("ngày 16/9/2021", "2021-09-16"),
            ("Ngày 16 tháng 9 năm 2021", "2021-09-16"),
            ("sáng 16-9-2021", "2021-09-16"),
            ("trong tháng 9/2021", "2021-09"),
            ("tháng mười một năm 2021", "2021-11"),
            ("năm 2021", "2021"),
            ("giai đoạn 2021 - 2025", "2021/2025"),
            ("chiều 16/9", "XXXX-09-16"),
            ("và sáng sớm 16/9 thì", "XXXX-09-16"),
            ("năm học mới 2025 - 2026", "2025/2026"),
            ("người làng sinh ngày 3/4/1885", "1885-04-03"),
            ("sáng sớm 16-9", "XXXX-09-16"),
            ("chợ họp từ 7-10 đến 8-11, ai cũng vui", "XXXX-10-07/XXXX-11-08"),
            ("từ tháng 7 - 8/2020", "2020-07/2020-08"),
        ] {
            assert_eq!(values(text), [value], "{text}");
        }
    }

    #[test]
    fn days_with_dots_are_found_in_texts_that_write_them() {
        assert_eq!(
            values("ngày 21.8 họp; nhận hồ sơ từ 25.8"),
            ["XXXX-08-21", "XXXX-08-25"]
        );
        assert_eq!(
            values("ngày 21.8 họp; chợ mở từ 25.8 - 3.9."),
            ["XXXX-08-21", "XXXX-08-25/XXXX-09-03"]
        );
        assert_eq!(values("từ 25.8 - 3.9.2021"), ["2021-08-25/2021-09-03"]);
        assert_eq!(values("từ ngày 25.8 - 3.9"), ["XXXX-08-25/XXXX-09-03"]);
        assert_eq!(values("đạt từ 9.1 - 9.5, cao nhất"), [""; 0]);
        assert_eq!(values("tăng từ 2.5 lên 3.8"), [""; 0]);
        assert_eq!(values("ngày 21.8 họp; tăng từ 2.5 lần"), ["XXXX-08-21"]);
    }

    #[test]
    fn ratios_scores_and_days_that_are_none_are_refused() {
        for text in [
            "1/3 dân số",
            "23/23 đơn vị",
            "COVID-19",
            "ngày 31/2/2021",
            "8,3 - 8,5%",
            "tỷ số 2-1",
            "gỗ quý 3 tấm",
            "đầu tháng 10 âl",
            "trường thpt tháng 10",
            "ngày 15 tháng 8 âm lịch",
            "ngày 10/3 (âm lịch)",
            "giá 1850-1890 mỗi cân",
            "nặng từ 7-8 đến 9-10 cân",
        ] {
            assert_eq!(values(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_day_of_every_year_recurs() {
        let recurs = |text| find(&Scan::of(text, text), &[])[0].recurring;
        assert!(recurs("ngày 28/6 hằng năm"));
        assert!(!recurs("ngày 28/6 năm nay"));
    }

    #[test]
    fn two_days_with_dashes_are_a_range() {
        for (text, value) in [
            ("làm từ 19-10 đến 21-11-2014.", "2014-10-19/2014-11-21"),
            ("làm từ 19-10 đến 21-11;", "XXXX-10-19/XXXX-11-21"),
            ("làm từ 1-6 đến hết 30-6 tại xã", "XXXX-06-01/XXXX-06-30"),
        ] {
            assert_eq!(values(text), [value], "{text}");
        }
        for text in [
            "từ 3-5 đến 7-9 cây",
            "tăng từ 10-12 đến 15-12%",
            "nặng 19-10 đến 21-11;",
        ] {
            assert_eq!(values(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_day_of_a_page_may_be_glued_to_its_headline() {
        assert_eq!(values("trồng rừng05/07/2018 15:14"), ["2018-07-05"]);
        assert_eq!(values("trồng rừng4/6 15:14"), [""; 0]);
    }

    #[test]
    fn a_first_day_makes_numbers_with_a_dash_a_range() {
        for text in ["từ ngày 1 đến 10-6", "họp từ 1 đến 10-6, tại xã"]
        {
            assert_eq!(values(text), ["XXXX-06-01/XXXX-06-10"], "{text}");
        }
        assert!(values("nặng từ 5 đến 7-8 cân rưỡi").is_empty());
    }
}
