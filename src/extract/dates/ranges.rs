//! Neighbouring dates joined into ranges, and coordinated days given the
//! month and year that they share.
//!
//! # What it finds
//! `từ 15/4 đến 15/5/2013`, `từ 1 đến 15/9`, `22, 23 và 24/7`; `từ giữa tháng
//! 3 đến cuối tháng 6`, `từ 1/6 đến hết tháng 8`.
//!
//! # What it must refuse
//! The same day of two years, which is an anniversary; other ends of two
//! grains.
//!
//! # Known limits
//! Other words between the ends (`từ sáng 1/4 mưa tới 3/4`) keep them apart.

use super::forms::{FIRST_DAY, Form, day_exists};
use crate::extract::window;
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::record::{Edtf, Part, Point};
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// What may stand between the two ends of a range.
static TO: LazyLock<Rule> = LazyLock::new(|| Rule::new("dates.range"));

/// The same behind a comma.
static TO_BEHIND_COMMA: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("dates.range_comma"));

/// Days or months that share what follows: `22, 23 và `.
static SHARED: LazyLock<Rule> = LazyLock::new(|| Rule::new("dates.shared"));

/// Joins neighbours into ranges and gives coordinated days their month.
pub(super) fn join(scan: &Scan, atoms: &[Form]) -> Vec<Form> {
    let lower = scan.lower();
    let mut out: Vec<Form> = Vec::with_capacity(atoms.len());
    let mut i = 0;
    while i < atoms.len() {
        let a = atoms[i];
        if let Some(b) = atoms.get(i + 1)
            && leads_to(scan, a.span, b.span)
            && let Some(value) = range(a.value, b.value, || {
                from_word(lower, a.span.start).is_some()
            })
        {
            let span = with_from(lower, a.span.cover(b.span));
            let recurring = b.recurring;
            out.push(Form { span, value, recurring, rule: "range" });
            i += 2;
            continue;
        }
        leading(scan, a, &mut out);
        i += 1;
    }
    share_years(lower, &mut out);
    out
}

/// Whether the words between two dates make them the ends of a range. Behind
/// a comma they do if `từ` stands before: `từ ngày 2/7, đến ngày 10/8`.
fn leads_to(scan: &Scan, a: Span<Norm>, b: Span<Norm>) -> bool {
    let lower = scan.lower();
    let between = &lower[a.end..b.start];
    TO.is_match(between, scan)
        || lower[..a.start].ends_with("từ ")
            && TO_BEHIND_COMMA.is_match(between, scan)
}

/// `từ` before a range belongs to it.
fn with_from(lower: &str, span: Span<Norm>) -> Span<Norm> {
    let start = from_word(lower, span.start).unwrap_or(span.start);
    Span::new(start, span.end)
}

/// Where `từ `, `từ giữa ` before a byte begins.
fn from_word(lower: &str, at: usize) -> Option<usize> {
    let head = &lower[..at];
    let mut parts = word_lists::words("dates.parts_of_month").iter();
    let head = parts.find_map(|p| head.strip_suffix(*p));
    let head = head.unwrap_or(&lower[..at]).strip_suffix("từ ")?;
    (!head.ends_with(char::is_alphanumeric)).then_some(head.len())
}

/// Both ends of a range, if they are of one grain; the end lends its year
/// and month. `term`: whether a word says that it is one.
fn range(a: Edtf, b: Edtf, term: impl Fn() -> bool) -> Option<Edtf> {
    let (first, last) = match (a, b) {
        (Edtf::Point(a), Edtf::Point(b)) => (a, b),
        // `từ năm học 2015-2016 đến năm học 2020-2021`
        (Edtf::Interval(a, _), Edtf::Interval(_, b)) => (a, b),
        _ => return None,
    };
    match (first.part, last.part) {
        (Part::Day(m1, d1), Part::Day(m2, d2)) => {
            // An anniversary pair: the same day of two years.
            if (m1, d1) == (m2, d2) && first.year != last.year && !term() {
                return None;
            }
        }
        (Part::Month(_), Part::Month(_))
        | (Part::Quarter(_), Part::Quarter(_))
        | (Part::Year, Part::Year)
        | (Part::Month(_), Part::Day(..)) => {}
        // `từ ngày 1/6 đến hết tháng 8/2023`
        (Part::Day(..), Part::Month(_)) if term() => {}
        _ => return None,
    }
    let year = first.year.or(last.year.map(|y| {
        // `từ 15/12 đến 15/2/2022` begins the year before.
        if first.part_order() > last.part_order() { y - 1 } else { y }
    }));
    if year.is_some() && last.year.is_some() && year > last.year {
        return None;
    }
    Some(Edtf::Interval(Point { year, ..first }, last))
}

/// Pushes `a`, with the bare days or months before it that share its month
/// or year.
fn leading(scan: &Scan, a: Form, out: &mut Vec<Form>) {
    let lower = scan.lower();
    let floor = out.last().map_or(0, |f| f.span.end);
    let head = window::before(lower, a.span.start, 64);
    let head = &head[head.len().saturating_sub(a.span.start - floor)..];
    let base = a.span.start - head.len();
    let Edtf::Point(end) = a.value else {
        out.push(a);
        return;
    };
    if !word_lists::ends("dates.joining", head.trim_end_matches(' ')) {
        out.push(a);
        return;
    }
    if let Some(c) = FIRST_DAY.captures(head, scan)
        && let Some(first) = sibling(end, &c["n"], c.name("cue"))
    {
        let all = c.name("all").expect("all");
        let span = Span::new(base + all.start(), a.span.end);
        let value = Edtf::Interval(first, end);
        if first.part_order() < end.part_order() {
            out.push(Form { span, value, rule: "range", ..a });
            return;
        }
    }
    if let Some(c) = SHARED.captures(head, scan)
        && let all = c.name("all").expect("all")
        && !is_weekday(&head[..all.start()], all.as_str())
    {
        let mut at = all.start();
        for piece in all.as_str().split_inclusive(|c: char| !c.is_ascii_digit())
        {
            let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
            if let Some(point) = sibling(end, digits, None) {
                // `ngày` belongs to the first of them.
                let head = &head[..at];
                let cue = word_lists::words("dates.first_words")
                    .iter()
                    .find(|w| head.ends_with(**w))
                    .map_or(0, |w| w.len());
                let start = base + at - cue;
                let span = Span::new(start, base + at + digits.len());
                let value = Edtf::Point(point);
                out.push(Form { span, value, rule: "shared", ..a });
            }
            at += piece.len();
        }
    }
    out.push(a);
}

/// `Thứ 3, `, `Th 3, ` before a day: a day of the week, no other day.
fn is_weekday(head: &str, days: &str) -> bool {
    let one = days.bytes().filter(u8::is_ascii_digit).count() == 1;
    one && days.ends_with(", ")
        && ["thứ ", "th ", "th."].iter().any(|word| {
            head.trim_end_matches(' ').ends_with(word.trim_end())
                && head.ends_with([' ', '.'])
        })
}

/// The point with another day (of a day) or another month (of a month).
fn sibling(
    end: Point,
    digits: &str,
    cue: Option<regex::Match>,
) -> Option<Point> {
    let n: u8 = digits.parse().ok()?;
    let month_cue = cue.is_some_and(|c| c.as_str() == "tháng ");
    match end.part {
        Part::Day(m, _) if !month_cue && day_exists(end.year, m, n) => {
            Some(Point::day(end.year, m, n))
        }
        Part::Month(_)
            if (1..=12).contains(&n) && cue.is_none_or(|_| month_cue) =>
        {
            Some(Point::month(end.year, n))
        }
        _ => None,
    }
}

/// `28/9 và 5/10/2021`, `30/4, 1/5/2021`: the year is shared leftwards.
fn share_years(lower: &str, forms: &mut [Form]) {
    for i in (1..forms.len()).rev() {
        let (left, right) = forms.split_at_mut(i);
        let (a, b) = (&mut left[i - 1], &right[0]);
        let between = &lower[a.span.end.min(b.span.start)..b.span.start];
        if let (Edtf::Point(p), Edtf::Point(q)) = (a.value, b.value)
            && p.year.is_none()
            && let Some(year) = q.year
            && word_lists::has("dates.year_sharing", between.trim())
            && matches!(
                (p.part, q.part),
                (Part::Day(..), Part::Day(..))
                    | (Part::Month(_), Part::Month(_))
                    | (Part::Quarter(_), Part::Quarter(_))
            )
        {
            a.value = Edtf::Point(p.in_year(year));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scan;
    use crate::extract::dates::find;

    fn values(lower: &str) -> Vec<String> {
        let forms = find(&Scan::of(lower, lower), &[]);
        forms.iter().map(|form| form.value.to_string()).collect()
    }

    #[test]
    fn ends_are_joined_and_share_their_year() {
        assert_eq!(
            values("từ ngày 1/10 đến hết ngày 31/12/2021"),
            ["2021-10-01/2021-12-31"]
        );
        assert_eq!(values("từ 1 đến 15/9/2021"), ["2021-09-01/2021-09-15"]);
        assert_eq!(
            values("từ ngày 3/7/2021, đến hết ngày 9/8/2021"),
            ["2021-07-03/2021-08-09"]
        );
        assert_eq!(
            values("họp ngày 3/7/2021, đến ngày 9/8/2021 thì xong"),
            ["2021-07-03", "2021-08-09"]
        );
        assert_eq!(values("các ngày 27 - 29.9"), ["XXXX-09-27/XXXX-09-29"]);
        assert_eq!(
            values("từ ngày 19/1/2020 (25 tháng Chạp) đến hết ngày 2/2/2020"),
            ["2020-01-19/2020-02-02"]
        );
        assert_eq!(
            values("ngày 20/9/2024 đến 24 giờ 00 phút, ngày 09/10/2024"),
            ["2024-09-20/2024-10-09"]
        );
        assert_eq!(
            values("từ ngày 15/12 đến ngày 15/2/2022"),
            ["2021-12-15/2022-02-15"]
        );
    }

    #[test]
    fn coordinated_days_share_their_month() {
        assert_eq!(
            values("ngày 22, 23 và 24/7/2021"),
            ["2021-07-22", "2021-07-23", "2021-07-24"]
        );
        assert_eq!(
            values("các ngày 27, 28/9 và 5/10/2021"),
            ["2021-09-27", "2021-09-28", "2021-10-05"]
        );
        assert_eq!(
            values("ngày 28/9 và 5/10/2021"),
            ["2021-09-28", "2021-10-05"]
        );
    }

    #[test]
    fn ends_may_be_parts_of_months_and_whole_months() {
        assert_eq!(
            values("từ giữa tháng 3 đến cuối tháng 6/2023"),
            ["2023-03/2023-06"]
        );
        assert_eq!(
            values("từ ngày 1/6 đến hết tháng 8/2023"),
            ["2023-06-01/2023-08"]
        );
        let forms = |lower: &str| find(&Scan::of(lower, lower), &[])[0].span;
        let all = "từ đầu tháng 3 đến giữa tháng 4";
        assert_eq!(forms(all).of(all), all);
        assert_eq!(
            values("từ đêm 9/9/2023 đến sáng 10/9/2023"),
            ["2023-09-09/2023-09-10"]
        );
        assert_eq!(values("quý iii, iv năm 2022"), ["2022-36"]);
        assert_eq!(values("quý i-2023"), ["2023-33"]);
        // A day before a month is its end only behind `từ`.
        assert_eq!(
            values("họp ngày 1/6 đến tháng 8/2023"),
            ["XXXX-06-01", "2023-08"]
        );
    }

    #[test]
    fn minutes_are_no_days() {
        assert_eq!(values("lúc 10:22, 19/05/2022"), ["2022-05-19"]);
    }

    #[test]
    fn an_anniversary_is_no_range() {
        assert_eq!(
            values("22/12/1944 - 22/12/2024"),
            ["1944-12-22", "2024-12-22"]
        );
        for tight in ["(22/12/1944-22/12/2024)", "(22-12-1944/22-12-2024)"] {
            assert_eq!(values(tight), ["1944-12-22", "2024-12-22"]);
        }
        // A term of some years says so.
        let term = ["2023-09-05/2028-09-05"];
        assert_eq!(values("kể từ ngày 5/9/2023 đến 5/9/2028"), term);
        assert_eq!(values("từ ngày 5/9/2023 đến ngày 5/9/2028"), term);
        // The first end needs no blank before the dash.
        let tight = ["2023-03-01/2023-03-08"];
        assert_eq!(values("từ 1/3-8/3/2023"), tight);
        assert_eq!(values("từ 1/3-8/3;"), ["XXXX-03-01/XXXX-03-08"]);
        assert_eq!(values("tỷ lệ 1/3-8"), [""; 0]);
    }

    #[test]
    fn the_day_of_the_week_is_no_day() {
        assert_eq!(values("th 3, 24/03/2020 | 09:00"), ["2020-03-24"]);
        assert_eq!(values("thứ 4, 24/03/2020"), ["2020-03-24"]);
        assert_eq!(values("ngày 3, 24/03/2020"), ["2020-03-03", "2020-03-24"]);
    }

    #[test]
    fn ends_may_stand_on_two_lines() {
        assert_eq!(values("từ năm 2009 đến hết\nnăm 2023"), ["2009/2023"]);
        assert_eq!(values("giai đoạn 2022 -\n2025"), ["2022/2025"]);
        assert_eq!(values("năm 2009\nnăm 2023"), ["2009", "2023"]);
    }
}
