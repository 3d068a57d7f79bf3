//! Days at which an article was put on its page.
//!
//! # What it finds
//! A short line with a full date and little else (`Thứ Năm, 09/02/2023 -
//! 08:15`), the mark of an agency in the lead, a stamp behind the article, a
//! date at the end of the headline (`… các cấp (09:20 14/10/2021)`).
//!
//! # What it must refuse
//! `Nghệ An, ngày 21 tháng 10 năm 2021`, under which a paper is signed; days
//! that a headline speaks of; lines whose label says of what else the day is
//! (`Thời gian: …`, `Hạn nộp: …`, `Ngày hiệu lực: …`).
//!
//! # Known limits
//! Of several stamps without a word before them the one below the headline is
//! taken, else the nearest above.

use super::dates::Form;
use super::reading::{Reading, begin_from, touches};
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
    if words.len() > 440 || words.ends_with('.') && words.len() > 60 {
        return None;
    }
    let (_, form) = begin_from(dates, |d| d.span.start, line.span.start)
        .take_while(|(_, d)| d.span.end <= line.span.end)
        .find(|(_, d)| is_full_day(d))?;
    if words.chars().count() > 110
        || word_lists::begins(
            "layout.no_stamps",
            words.trim_start_matches(['-', '*', '•', '+', '|', ' ']),
        )
        || touches(symbols, |s| s.span, line.span)
    {
        return None;
    }
    let head = &text.lower()[line.span.start..form.span.start];
    let tail = &text.lower()[form.span.end..line.span.end];
    // `Nghệ An, ngày 21 tháng 10 năm 2021` heads an official paper.
    let place = paper && is_place_line(text, line, *form);
    let left = words_left(head, tail);
    let sentence = head.is_empty() && tail.starts_with(',') && left > 3;
    // `Các huyện báo cáo trước ngày 30/6/2021.`
    let told = words.ends_with('.') && left > 2
        || word_lists::ends("layout.before_ends", head.trim_end());
    (!place && !sentence && !told && left <= 7).then_some(*form)
}

/// Words around a date that belong to no stamp.
fn words_left(head: &str, tail: &str) -> usize {
    let rest = STAMP.regex().replace_all(head, " ")
        + STAMP.regex().replace_all(tail, " ");
    rest.split_whitespace().count()
}

/// Whether a line with a date says more than a stamp does, and the next line
/// is nothing but a stamp: `Hà Nam báo động lũ ngày 5/8/2019`.
pub(super) fn is_over_stamp(
    text: &Text,
    line: Line,
    next: Option<&Line>,
    dates: &[Form],
) -> bool {
    let left = |line: &Line| {
        let form = dates.iter().find(|d| line.span.contains(d.span))?;
        let head = &text.lower()[line.span.start..form.span.start];
        let tail = &text.lower()[form.span.end..line.span.end];
        is_full_day(form).then(|| words_left(head, tail))
    };
    left(&line).is_some_and(|n| n > 3)
        && next.and_then(left) == Some(0)
        && !is_labelled(text, line)
}

/// `Hà Nội (TTXVN 15/8)`, `VOV.VN 9/3/2016, 07:05 - …` at the head of the
/// lead; the year may be missing where the agency stands beside the day.
pub(super) fn agency(
    text: &Text,
    lines: &[Line],
    first: usize,
    dates: &[Form],
) -> Option<Form> {
    lines.get(first..)?.iter().take(3).find_map(|line| {
        let form = dates.iter().find(|d| line.span.contains(d.span))?;
        let head = &text.lower()[line.span.start..form.span.start];
        let tail = &text.lower()[form.span.end..line.span.end];
        let near = head.trim_end_matches([' ', ',', '-', '(']);
        let agency = head.len() < 48
            && (word_lists::begins(
                "layout.agencies",
                head.trim_start_matches('('),
            ) && is_full_day(form)
                || word_lists::ends("layout.agencies", near));
        // A clock may stand between the day and what parts it from the lead.
        let clock =
            |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | ':' | 'h');
        let parted =
            tail.trim_start_matches(clock).starts_with([')', '-', '–']);
        // `14/10/2021UBND tỉnh …`: the stamp of the page, glued to the lead.
        let glued = head.is_empty()
            && is_full_day(form)
            && text.norm()[form.span.end..].starts_with(char::is_uppercase);
        (agency && parted || glued).then_some(*form)
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

/// A stamp near the top that can be the page's where the dateline lies before
/// the day of the act of which the page tells.
pub(super) fn not_before(reading: &Reading, issued: &Form) -> Option<Form> {
    let old = reading.layout.dateline.filter(is_full_day)?;
    let head = reading.layout.header.map_or(usize::MAX, |h| h.start);
    if !is_full_day(issued) || day(&old) >= day(issued) {
        return None;
    }
    let lines = reading.text.lines().iter().take(STAMPED_LINES);
    lines.take_while(|l| l.span.start < head).find_map(|line| {
        let paper = reading.layout.header.is_some();
        let text = reading.text;
        let dates = &reading.dates;
        let form = of_line(text, *line, dates, &reading.symbols, paper)?;
        (form.span != issued.span && day(&form) >= day(issued)).then_some(form)
    })
}

/// Lines at the top among which the page's stamps stand.
const STAMPED_LINES: usize = 8;

/// Year, month and day of a full day.
fn day(form: &Form) -> Option<(i16, u8, u8)> {
    match form.value {
        Edtf::Point(Point { year: Some(year), part: Part::Day(m, d) }) => {
            Some((year, m, d))
        }
        _ => None,
    }
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
    day(form).is_some()
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
    fn a_stamp_may_be_glued_to_the_lead() {
        let name = "Hà Nam thi đua làm đường";
        let lead = "UBND tỉnh họp bàn việc làm đường, làm cầu.";
        let day = |sep: &str| {
            parts(&format!("{name}\n14/10/2021{sep}{lead}{BODY}")).1
        };
        assert_eq!(day("").as_deref(), Some("2021-10-14"));
        assert_eq!(day(" là ngày "), None);
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
    fn lines_with_a_label_of_their_own_are_no_stamps() {
        for line in [
            "Thời gian: 7h30 ngày 12/03/2023 (Chủ nhật).",
            "- Hạn nộp: 12/03/2023",
            "Ngày hiệu lực: 12/03/2023",
            "Ngày ban hành 12/03/2023",
            "| Ngày ban hành | 12/03/2023 |",
            "Từ 0 giờ 30 phút đến 3 giờ sáng 12/03/2023 (Chủ nhật)",
        ] {
            let text = format!("Hà Nam thi đua làm đường\n{line}{BODY}");
            assert_eq!(parts(&text).1, None, "{line}");
        }
        let text = format!(
            "Hà Nam thi đua làm đường\n5 giờ trước\nThời gian đăng: \
             12/03/2023{BODY}"
        );
        assert_eq!(parts(&text).1.as_deref(), Some("2023-03-12"));
    }

    #[test]
    fn a_headline_with_a_day_stands_over_its_stamp() {
        let name = "Thông báo mực nước sông Đáy ngày 12/3/2023";
        let text = format!("{name}\n\n  13/03/2023 04:19:18 PM{BODY}");
        let (title, day) = parts(&text);
        assert_eq!(title.as_deref(), Some(name));
        assert_eq!(day.as_deref(), Some("2023-03-13"));
    }

    #[test]
    fn stamps_with_a_named_month_are_read() {
        for stamp in [
            "Tháng Chín 5, 2018 9:05 sáng",
            "Đăng bởi: admin | 5 Tháng Chín, 2018",
        ] {
            let text = format!("Hà Nam thi đua làm đường\n{stamp}{BODY}");
            assert_eq!(parts(&text).1.as_deref(), Some("2018-09-05"));
        }
    }

    #[test]
    fn an_agency_before_the_lead_tells_the_day() {
        for lead in [
            "VOV.VN 5/9/2018, 07:10 - Sáng nay, các xã họp.",
            "TTXVN (Hà Nam 5/9/2018) - Sáng nay, các xã họp.",
            "Hà Nam (TTXVN 5/9/2018) – Sáng nay, các xã họp.",
        ] {
            let text = format!("Hà Nam thi đua làm đường\n\n{lead}{BODY}");
            assert_eq!(parts(&text).1.as_deref(), Some("2018-09-05"), "{lead}");
        }
        let text = format!(
            "Hà Nam thi đua làm đường\n\nVTV phát ngày 5/9/2018 một phim về \
             sông.{BODY}"
        );
        assert_eq!(parts(&text).1, None);
    }

    #[test]
    fn no_page_is_older_than_its_act() {
        let act = "\nUBND tỉnh Hà Nam vừa ban hành Kế hoạch số 45/KH-UBND ngày \
                   2/4/2021 về trồng rừng. Theo đó, các xã trồng rừng.";
        let text = format!(
            "05/04/2021 08:30\nHà Nam trồng rừng ven sông\n01/03/2021{act}"
        );
        assert_eq!(parts(&text).1.as_deref(), Some("2021-04-05"));
        // Nothing else fits.
        let text = format!("Hà Nam trồng rừng ven sông\n01/03/2021{act}");
        assert_eq!(parts(&text).1.as_deref(), Some("2021-03-01"));
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
