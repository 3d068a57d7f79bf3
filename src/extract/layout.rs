//! The parts of a page of text: headline, dateline, body, byline, furniture.
//!
//! # What it finds
//! The headline is the first line that is no furniture, if it does not read
//! like a sentence of the body. A dateline is a short line near the top with
//! a full date and little else (`Thứ Năm, 09/02/2023 - 08:15`). What follows
//! `Các tin khác:` and the like is furniture of the page and read no further.
//!
//! # What it must refuse
//! Leads (`Ngày 1/10, UBND tỉnh ban hành …`), captions, breadcrumbs, the
//! header of an official paper (`Thái Bình, ngày 08 tháng 9 năm 2017`).
//!
//! # Known limits
//! A headline of more than 230 characters is taken for a paragraph.

use super::dates::Form;
use super::head;
use super::symbol::Symbol;
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::record::{Edtf, Part, Point};
use crate::text::{Line, Norm, Span, Text};
use std::sync::LazyLock;

/// Where the parts of a document are.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The headline.
    pub title: Option<Span<Norm>>,
    /// The date in the dateline.
    pub dateline: Option<Form>,
    /// Index of the first line behind headline and dateline.
    pub first_line: usize,
    /// Byte at which the furniture behind the article begins.
    pub end: usize,
    /// The author's line.
    pub byline: Option<Span<Norm>>,
    /// Header of an official paper: from the name of the State or the Party
    /// to the place and date.
    pub header: Option<Span<Norm>>,
}

/// Lines around an article that are none of it.
static FURNITURE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("layout.furniture"));

/// Lines behind which nothing belongs to the article.
static END: LazyLock<Rule> = LazyLock::new(|| Rule::new("layout.end"));

/// Words of a dateline that are no part of a name or a sentence.
static STAMP: LazyLock<Rule> = LazyLock::new(|| Rule::new("layout.stamp"));

/// Finds the parts.
///
/// `headline` is where the reader of the page saw it, if it was a page.
pub fn find(
    text: &Text,
    scan: &Scan,
    dates: &[Form],
    symbols: &[Symbol],
    headline: Option<Span<Norm>>,
) -> Layout {
    let lines = text.lines();
    let end = end_of_article(text, scan, lines);
    let header = head::find(text, dates, symbols);
    let mut layout = Layout {
        title: None,
        dateline: None,
        first_line: 0,
        end,
        byline: None,
        header,
    };
    let mut i = 0;
    while i < lines.len() && is_furniture(text, scan, lines[i]) {
        i += 1;
    }
    let is_blank = |span: Span<Norm>| span.of(text.norm()).trim().is_empty();
    if let Some(span) = headline.filter(|h| !is_blank(*h)) {
        layout.title = Some(span);
        i = lines.partition_point(|l| l.span.start < span.end);
    } else if let Some(line) = lines.get(i)
        && layout.header.is_none_or(|h| h.start > line.span.start)
        && dateline(text, *line, dates, symbols).is_none()
        && (is_title(text, lines, i)
            || stands_over_dateline(text, lines, i, dates, symbols))
    {
        layout.title = Some(line.span);
        i += 1;
    }
    layout.first_line = i;
    for (n, line) in lines.iter().enumerate().skip(i).take(6) {
        if layout.header.is_some_and(|h| h.overlaps(line.span)) {
            break;
        }
        if let Some(form) = dateline(text, *line, dates, symbols) {
            layout.dateline = Some(form);
            layout.first_line = n + 1;
            break;
        }
    }
    if layout.dateline.is_none() {
        layout.dateline = agency_stamp(text, lines, i, dates);
    }
    if layout.dateline.is_none() {
        layout.dateline = closing_stamp(text, lines, dates, symbols, end);
    }
    while lines
        .get(layout.first_line)
        .is_some_and(|l| is_furniture(text, scan, *l))
    {
        layout.first_line += 1;
    }
    // A headline may stand below its dateline.
    if layout.title.is_none()
        && layout.dateline.is_some()
        && layout.first_line > 0
        && layout.header.is_none()
        && is_title(text, lines, layout.first_line)
    {
        layout.title = Some(lines[layout.first_line].span);
        layout.first_line += 1;
    }
    if layout.title.is_none()
        && let Some(header) = layout.header
    {
        layout.title = head::heading(text, lines, header);
    }
    // The last name of an official paper is its signer's.
    if layout.header.is_none() {
        layout.byline = byline(text, lines, layout.first_line, end);
    }
    layout
}

/// Whether the dateline follows, under which no lead stands above: a
/// headline, however long.
fn stands_over_dateline(
    text: &Text,
    lines: &[Line],
    i: usize,
    dates: &[Form],
    symbols: &[Symbol],
) -> bool {
    i == 0
        && lines[0].span.of(text.norm()).chars().count() < 420
        && lines
            .get(1)
            .is_some_and(|l| dateline(text, *l, dates, symbols).is_some())
}

fn is_furniture(text: &Text, scan: &Scan, line: Line) -> bool {
    let words = line.span.of(text.lower());
    let words = words.trim_start_matches(['-', '*', '>', '|', ' ', '«', '›']);
    words.is_empty()
        || !words.contains(char::is_alphanumeric)
        || words.len() < 360
            && words.chars().count() < 90
            && FURNITURE.is_match(words, scan)
        || words.matches('>').count() >= 2 && words.len() < 200
}

fn end_of_article(text: &Text, scan: &Scan, lines: &[Line]) -> usize {
    lines
        .iter()
        .enumerate()
        .skip(3.min(lines.len() / 2))
        .filter(|(_, l)| l.span.len() < 160)
        .find(|(i, l)| {
            END.is_match(l.span.of(text.lower()), scan) && *i * 2 >= lines.len()
        })
        .map_or(text.norm().len(), |(_, l)| l.span.start)
}

/// Whether a line near the top is the headline.
fn is_title(text: &Text, lines: &[Line], i: usize) -> bool {
    let Some(line) = lines.get(i) else { return false };
    if lines.len() < i + 2 {
        return false;
    }
    let words = line.span.of(text.norm());
    // A headline has 230 letters at most.
    if words.len() > 4 * 230 {
        return false;
    }
    let count = words.split_whitespace().count();
    let next = &lines[i + 1];
    let short = words.ends_with('.') && next.blank_before && count <= 16;
    let abbreviated = words.ends_with("...") || words.ends_with("TP.");
    let ends = words.ends_with(['.', ';', ':', ',']) && !short && !abbreviated;
    let two_sentences = crate::text::sentences(text.norm(), line.span).count();
    let dash = words.starts_with("- ") || words.starts_with("• ");
    let date_first =
        text.lower()[line.span.range()].starts_with("ngày ") && count > 18;
    !ends
        && !dash
        && !date_first
        && (1..=42).contains(&count)
        && words.chars().count() <= 230
        && (two_sentences <= 1 || next.blank_before || words.len() < 160)
        && words.contains(char::is_alphabetic)
        && !(words.starts_with('(') && words.ends_with(')'))
}

/// The full date of a line that is a dateline.
fn dateline(
    text: &Text,
    line: Line,
    dates: &[Form],
    symbols: &[Symbol],
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
    let place = head.trim_end().ends_with(',')
        && form.rule == "day/words"
        && !STAMP.regex().is_match(head.trim_end_matches([',', ' ']));
    let rest = STAMP.regex().replace_all(head, " ")
        + STAMP.regex().replace_all(tail, " ");
    let left = rest.split_whitespace().count();
    let sentence = head.is_empty() && tail.starts_with(',') && left > 3;
    (!place && !sentence && left <= 7).then_some(*form)
}

/// `Hà Nội (TTXVN 15/8)` at the head of the lead; the year may be missing.
fn agency_stamp(
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
fn closing_stamp(
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
        .find_map(|l| dateline(text, *l, dates, symbols))
}

/// The author's line at the end: a few capitalised words.
/// Longest line that may be a byline, in bytes: twelve words.
const LONGEST_BYLINE: usize = 240;

fn byline(
    text: &Text,
    lines: &[Line],
    first: usize,
    end: usize,
) -> Option<Span<Norm>> {
    let body = lines.get(first + 1..).unwrap_or_default();
    let line = body
        .iter()
        .rev()
        .filter(|l| l.span.start < end)
        .take(3)
        .find(|l| is_byline(l.span.of(text.norm())))?;
    Some(line.span)
}

fn is_byline(words: &str) -> bool {
    if words.len() > LONGEST_BYLINE {
        return false;
    }
    let count = words.split_whitespace().count();
    if words.contains("Ảnh minh họa") || words.ends_with([';', ':']) {
        return false;
    }
    // `II- NỘI DUNG` and `Điều 5. Hiệu lực` are no names.
    let marked =
        words.split(' ').next().is_some_and(|w| {
            w.ends_with(['-', ')', '/']) && !w.starts_with('(')
        }) || words.starts_with("Điều ")
            || words.contains(|c: char| c.is_ascii_digit());
    if marked {
        return false;
    }
    let credit = word_lists::begins("layout.credits", words);
    let names = words
        .split_whitespace()
        .filter(|w| !word_lists::has("layout.between_names", w))
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('));
    credit && count <= 12
        || names && (1..=6).contains(&count) && !words.ends_with('.')
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::read;

    const PAGE: &str = "Trang chủ\nHà Nam thi đua làm đường\n\n\
        Thứ Năm, 09/02/2023 - 08:15\n\nNgày 8/2, UBND tỉnh họp bàn.\n\n\
        Các xã dự họp.\n\nTrần Văn Lúa\n\nTin liên quan\nXã An Hòa làm cầu";

    #[test]
    fn the_parts_of_a_page_are_found() {
        read(PAGE, |reading| {
            let layout = &reading.layout;
            let words = |span: crate::text::Span<_>| span.of(reading.norm());
            assert_eq!(
                layout.title.map(words),
                Some("Hà Nam thi đua làm đường")
            );
            let day = layout.dateline.unwrap().value.to_string();
            assert_eq!(day, "2023-02-09");
            assert_eq!(layout.byline.map(words), Some("Trần Văn Lúa"));
            assert!(reading.norm()[layout.end..].starts_with("Tin liên quan"));
            assert!(layout.header.is_none());
        });
    }

    #[test]
    fn a_lead_is_no_headline_and_no_dateline() {
        let text = "Ngày 8/2/2023, UBND tỉnh Hà Nam họp bàn việc làm đường.\n\
                    Các xã dự họp.";
        read(text, |reading| {
            assert!(reading.layout.title.is_none());
            assert!(reading.layout.dateline.is_none());
            assert_eq!(reading.layout.end, reading.norm().len());
        });
    }

    #[test]
    fn the_head_of_a_paper_ends_with_its_day() {
        let text = "UBND TỈNH THÁI BÌNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                    Số: 71/KH-UBND\nThái Bình, ngày 08 tháng 9 năm 2017\n\
                    KẾ HOẠCH\nTrồng rừng ven biển\nTỉnh giao các xã trồng rừng.";
        read(text, |reading| {
            let head = reading.layout.header.unwrap();
            assert!(head.of(reading.norm()).ends_with("năm 2017"));
            let title = reading.layout.title.unwrap().of(reading.norm());
            assert!(title.starts_with("KẾ HOẠCH\nTrồng rừng"), "{title}");
        });
    }
}
