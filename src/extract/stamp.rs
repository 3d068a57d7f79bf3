//! Days at which an article was put on its page.
//!
//! # What it finds
//! A short line with a full date and little else (`Thứ Năm, 09/02/2023 -
//! 08:15`), the mark of an agency in the lead, a stamp behind the article, a
//! date at the end of the headline (`… các cấp (09:20 14/10/2021)`).
//!
//! # What it must refuse
//! `Nghệ An, ngày 21 tháng 10 năm 2021`, under which a paper is signed; days
//! that a headline speaks of.
//!
//! # Known limits
//! Of several stamps without a word before them the one below the headline is
//! taken, else the nearest above.

use super::dates::Form;
use super::symbol::Symbol;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::{Edtf, Part, Point};
use crate::text::{Line, Norm, Span, Text};
use std::sync::LazyLock;

/// Words of a dateline that are no part of a name or a sentence.
static STAMP: LazyLock<Rule> = LazyLock::new(|| Rule::new("layout.stamp"));

/// The full date of a line that is a dateline; `paper`: of a text that has the
/// head of a paper.
pub(super) fn of_line(
    text: &Text,
    line: Line,
    dates: &[Form],
    symbols: &[Symbol],
    paper: bool,
) -> Option<Form> {
    let words = line.span.of(text.lower());
    if words.len() > 440
        || words.chars().count() > 110
        || words.ends_with('.') && words.len() > 60
    {
        return None;
    }
    let form = dates.iter().find(|d| {
        line.span.contains(d.span)
            && matches!(
                d.value,
                Edtf::Point(Point { year: Some(_), part: Part::Day(..) })
            )
    })?;
    if symbols.iter().any(|s| line.span.overlaps(s.span)) {
        return None;
    }
    let head = &text.lower()[line.span.start..form.span.start];
    let tail = &text.lower()[form.span.end..line.span.end];
    // `Nghệ An, ngày 21 tháng 10 năm 2021` heads an official paper.
    let place = paper && is_place_line(text, line, *form);
    let rest = STAMP.regex().replace_all(head, " ")
        + STAMP.regex().replace_all(tail, " ");
    let left = rest.split_whitespace().count();
    let sentence = head.is_empty() && tail.starts_with(',') && left > 3;
    // `Các huyện báo cáo trước ngày 30/6/2021.`
    let told = words.ends_with('.') && left > 2
        || word_lists::ends("layout.before_ends", head.trim_end());
    (!place && !sentence && !told && left <= 7).then_some(*form)
}

/// `Hà Nội (TTXVN 15/8)` at the head of the lead; the year may be missing.
pub(super) fn agency(
    text: &Text,
    lines: &[Line],
    first: usize,
    dates: &[Form],
) -> Option<Form> {
    lines.get(first..)?.iter().take(3).find_map(|line| {
        let form = dates.iter().find(|d| line.span.contains(d.span))?;
        let head = &text.lower()[line.span.start..form.span.start];
        let agency = head.len() < 48
            && head.trim_end_matches([' ', ',', '-']).ends_with("ttxvn");
        let closed = text.lower()[form.span.end..].starts_with(')');
        (agency && closed).then_some(*form)
    })
}

/// `Cập nhật: 12/08/2022` behind the article.
pub(super) fn closing(
    text: &Text,
    lines: &[Line],
    dates: &[Form],
    symbols: &[Symbol],
    end: usize,
) -> Option<Form> {
    lines
        .iter()
        .rev()
        .filter(|l| l.span.start < end)
        .take(3)
        .filter(|l| {
            let words = l.span.of(text.lower());
            let words = words.trim_start_matches(['(', ' ']);
            word_lists::begins("layout.closing_stamps", words)
        })
        .find_map(|l| of_line(text, *l, dates, symbols, true))
}

/// Longest name of a place before a date, in bytes.
const LONGEST_PLACE: usize = 90;

/// Whether a date stands with nothing but the name of a place before it:
/// `Nghệ An, ngày 21 tháng 10 năm 2021`.
pub(super) fn is_place_line(text: &Text, line: Line, form: Form) -> bool {
    let head = Span::new(line.span.start, form.span.start);
    if form.rule != "day/words" || head.len() > LONGEST_PLACE {
        return false;
    }
    let (words, lower) = (head.of(text.norm()), head.of(text.lower()));
    let words = words.trim_end();
    let name = words.trim_end_matches([',', ' ', ':']);
    let count = name.split_whitespace().count();
    words.ends_with(',')
        && (1..=6).contains(&count)
        && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        && !word_lists::begins("layout.stamp_heads", lower)
}

/// Whether the words of a line say that the page appeared on its day.
pub(super) fn is_labelled(text: &Text, line: Line) -> bool {
    word_lists::inside("layout.stamp_labels", line.span.of(text.lower()))
}

/// A headline without the date of its page at the end, and that date.
pub(super) fn cut_from_headline(
    text: &Text,
    title: Span<Norm>,
    dates: &[Form],
) -> (Span<Norm>, Option<Form>) {
    let found = dates.iter().rev().find(|d| title.contains(d.span));
    let Some(form) = found.filter(|d| is_full_day(d)) else {
        return (title, None);
    };
    let tail = &text.norm()[form.span.end..title.end];
    // A clock may stand behind the day.
    let clocked = tail.trim_end_matches(')').contains(':');
    let tail = tail.trim_start_matches(|c: char| {
        clocked && (c.is_ascii_digit() || matches!(c, ' ' | ':' | ',' | '-'))
    });
    let head = &text.norm()[title.start..form.span.start];
    let bracket = head.rfind('(').filter(|_| tail.trim() == ")");
    let clock = head.trim_end_matches([' ', '-', ',', '|', '(']);
    let name = clock.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ':' | 'h')
    });
    let timed = clocked || clock[name.len()..].contains(':');
    let name = match bracket {
        Some(at) if at + 16 > head.len() => &head[..at],
        None if tail.trim().is_empty() && timed && !clocked => name,
        None if tail.trim().is_empty() => head,
        _ => return (title, None),
    };
    let name = name.trim_end_matches([' ', '-', ',', '|']);
    let lower = &text.lower()[title.start..title.start + name.len()];
    let spoken_of = !timed
        && (word_lists::inside("layout.days_spoken_of", lower)
            || word_lists::ends("layout.before_days", lower)
            || form.span.of(text.lower()).starts_with(char::is_alphabetic));
    if spoken_of || name.split_whitespace().count() < 4 {
        return (title, None);
    }
    let title = Span::new(title.start, title.start + name.len());
    (title, Some(*form))
}

fn is_full_day(form: &Form) -> bool {
    matches!(
        form.value,
        Edtf::Point(Point { year: Some(_), part: Part::Day(..) })
    )
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn parts(text: &str) -> (Option<String>, Option<String>) {
        let found = record(text);
        (found.title.map(|t| t.text), found.published.map(|p| p.value))
    }

    const BODY: &str = "\n\nSáng nay, các xã ven sông họp bàn việc làm đường, \
                        làm cầu.\n\nCác thôn dự họp.";

    #[test]
    fn the_stamp_of_the_page_is_told_from_its_clock() {
        for (top, day) in [
            (
                "Chủ nhật, 11/06/2023\nHà Nam thi đua làm đường\nNgày đăng: \
                 05/06/2023 14:40",
                "2023-06-05",
            ),
            (
                "Thứ Bảy, 14/11/2020 08:12:31 SA\nNgày 12/11/2020 07:45:10\n\
                 Hà Nam thi đua làm đường",
                "2020-11-12",
            ),
            (
                "Thứ Sáu, ngày 9 tháng 7 năm 2021\nHà Nam thi đua làm đường\n\
                 Hoa Lúa - 12/03/2023, 09:30",
                "2023-03-12",
            ),
            (
                "Thứ Sáu, ngày 9 tháng 7 năm 2021\nHà Nam thi đua làm đường",
                "2021-07-09",
            ),
        ] {
            let (title, published) = parts(&format!("{top}{BODY}"));
            assert_eq!(title.as_deref(), Some("Hà Nam thi đua làm đường"));
            assert_eq!(published.as_deref(), Some(day), "{top}");
        }
    }

    #[test]
    fn a_date_behind_the_headline_is_the_pages() {
        for top in [
            "Hà Nam thi đua làm đường nối các xã (09:20 14/10/2021)",
            "Hà Nam thi đua làm đường nối các xã 14/10/2021",
            "Hà Nam thi đua làm đường nối các xã - 14/10/2021 09:15",
        ] {
            let (title, published) = parts(&format!("{top}{BODY}"));
            let name = "Hà Nam thi đua làm đường nối các xã";
            assert_eq!(title.as_deref(), Some(name));
            assert_eq!(published.as_deref(), Some("2021-10-14"));
        }
    }

    #[test]
    fn days_that_a_headline_speaks_of_stay() {
        for top in [
            "Hà Nam làm đường nối các xã mừng Quốc khánh (2/9/2019)",
            "Hà Nam cấm qua cầu treo ven sông từ ngày 14/10/2021",
            "Hà Nam cấm qua cầu treo ven sông đến 14/10/2021",
        ] {
            let (title, published) = parts(&format!("{top}{BODY}"));
            assert_eq!(title.as_deref(), Some(top));
            assert_eq!(published, None);
        }
    }

    #[test]
    fn a_short_last_sentence_is_no_stamp() {
        let text = format!(
            "Hà Nam thi đua làm đường{BODY}\n\nCác xã báo cáo trước ngày \
             30/6/2021.\n\nBáo cáo gửi về tỉnh trước 30/6/2021"
        );
        assert_eq!(parts(&text).1, None);
    }

    #[test]
    fn the_place_and_day_of_a_paper_are_no_stamp() {
        let text = "Hà Nam, ngày 23 tháng 8 năm 2019\nTHÔNG BÁO\nVề việc trồng \
                    rừng\nUBND tỉnh thông báo lịch trồng rừng.";
        assert_eq!(parts(text).1, None);
    }
}
