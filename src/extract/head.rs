//! The head of an official paper and the heading below it.
//!
//! # What it finds
//! The block from the name of the State or the Party to the place and date,
//! and the heading: the line of the kind of paper with what it is about.
//!
//! # What it must refuse
//! `QUYẾT ĐỊNH:` before the articles as a heading; the body that decides as
//! the end of what the paper is about.
//!
//! # Known limits
//! A heading of more than nine lines is cut.

mod broken;

pub(super) use broken::mended;

use super::contents::marker;
use super::dates::Form;
use super::stamp;
use super::symbol::Symbol;
use crate::lexicon::document_types;
use crate::lexicon::word_edges::is_letter;
use crate::lexicon::word_lists;
use crate::text::{Line, Norm, Span, Text};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Bytes at the top of a text in which a paper has its head.
const TOP: usize = 2500;

/// Finds the names of the states, which few texts have.
static STATES: LazyLock<Vec<Finder>> = LazyLock::new(|| {
    word_lists::words("layout.states").iter().map(Finder::new).collect()
});

/// The header block of an official paper: the name of the State or the Party,
/// or a number on its own line below a name in capitals.
pub(super) fn find(
    text: &Text,
    dates: &[Form],
    symbols: &[Symbol],
) -> Option<Span<Norm>> {
    let at = name_of_state(text)
        .or_else(|| number_line(text, symbols))
        .or_else(|| place_line(text, dates))?;
    let line = text.norm()[..at].rfind('\n').map_or(0, |i| i + 1);
    // `ỦY BAN NHÂN DÂN` may stand on lines of its own above it.
    let start = text
        .lines()
        .iter()
        .rev()
        .filter(|l| l.span.end <= line && l.span.len() < 120)
        .take_while(|l| {
            let words = l.span.of(text.norm());
            is_capitals(words)
                || words.starts_with("Số")
                || is_about(text, **l)
                || !words.contains(char::is_alphanumeric)
        })
        .filter(|l| !is_about(text, **l))
        .last()
        .map_or(line, |l| l.span.start);
    let near = || {
        dates.iter().filter(|d| {
            d.span.start > at
                && d.span.start < at + 800
                && super::window::before(text.lower(), d.span.start, 30)
                    .contains([',', '\n'])
        })
    };
    // What a letter is about may name a year or a day above its own.
    let end = near()
        .find(|d| stands_behind_place(text, d))
        // A term of years in the subject may stand before the day.
        .or_else(|| near().find(|d| super::roles::is_day(d)))
        .or_else(|| near().next())
        .map_or(at + 34, |d| d.span.end);
    Some(Span::new(start, text.norm().ceil_char_boundary(end)))
}

/// Whether a date stands behind the name of a place on its line, as the day
/// of a paper does.
pub(super) fn stands_behind_place(text: &Text, date: &Form) -> bool {
    let lines = text.lines();
    let i = lines.partition_point(|l| l.span.end < date.span.end);
    lines.get(i).is_some_and(|l| {
        l.span.contains(date.span) && stamp::is_place_line(text, *l, *date)
    })
}

/// Whether a line between the number and the name of the State says what a
/// letter is about: `V/v trồng rừng`, or goes on with that.
fn is_about(text: &Text, line: Line) -> bool {
    let tells = |line: &Line| {
        let words = line.span.of(text.lower());
        let words = words.trim_start_matches(['(', ' ', '“', '"']);
        words.starts_with("v/v") || words.starts_with("về việc")
    };
    let lines = text.lines();
    let i = lines.partition_point(|l| l.span.start < line.span.start);
    let small = line.span.of(text.norm()).starts_with(char::is_lowercase);
    tells(&line)
        || (small || i > 0 && !lines[i].blank_before)
            && line.span.len() < 90
            && lines[..i].iter().rev().take(2).any(tells)
}

/// Where the name of the State or the Party heads the text.
fn name_of_state(text: &Text) -> Option<usize> {
    let top = super::window::after(text.lower(), 0, TOP);
    if !broken::may_name_state(top) {
        return None;
    }
    STATES
        .iter()
        .filter_map(|name| {
            name.find_iter(top.as_bytes()).find(|at| {
                let in_case = &text.norm()[*at..];
                let capital =
                    word_lists::begins("layout.state_capitals", in_case)
                        || top[*at..].contains("độc lập");
                capital && is_cell(top, *at, name.needle().len())
            })
        })
        .min()
}

/// Whether words begin or end their line or their cell, as `… NGÀY THÀNH LẬP
/// ĐẢNG CỘNG SẢN VIỆT NAM (3/2/1930)` does not.
fn is_cell(top: &str, at: usize, len: usize) -> bool {
    let head = top[..at].rsplit(['\n', '|', '\t']).next().unwrap_or_default();
    let tail = top[at + len..].trim_start_matches(' ');
    let ends = tail.is_empty() || tail.starts_with(['\n', '|', '\t', '*', '-']);
    head.trim().is_empty()
        || ends && !word_lists::inside("head.not_before_states", head)
}

/// `Số: 412-KH/TĐTN` on a line of its own near the top, below a name in
/// capitals.
fn number_line(text: &Text, symbols: &[Symbol]) -> Option<usize> {
    let lines = text.lines();
    let i = lines.iter().take(9).position(|l| {
        let words = l.span.of(text.lower());
        words.starts_with("số")
            && symbols.iter().any(|s| {
                l.span.contains(s.span) && s.span.start < l.span.start + 16
            })
    })?;
    let named = lines[..i]
        .iter()
        .rev()
        .take(4)
        .any(|l| is_capitals(l.span.of(text.norm())));
    named.then(|| lines[i].span.start)
}

pub(super) fn is_capitals(words: &str) -> bool {
    let (mut upper, mut other) = (0, 0);
    for c in words.chars().filter(|c| is_letter(*c)) {
        match c.is_uppercase() {
            true => upper += 1,
            // There are no more letters than bytes.
            false if (other + 1) * 10 > words.len() => return false,
            false => other += 1,
        }
    }
    upper > 3 && upper >= other * 9
}

/// `TRỒNG RỪNG`, and `NĂM 2019`, `2019` or `NAM` as its last line, which has
/// few letters.
fn heads_in_capitals(words: &str) -> bool {
    is_capitals(words)
        || words.starts_with("NĂM ")
        || words.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// `Hà Nam, ngày 8 tháng 7 năm 2019` on a line of its own near the top, above
/// the kind of paper or those it is sent to.
fn place_line(text: &Text, dates: &[Form]) -> Option<usize> {
    let lines = text.lines();
    let i = lines.iter().take(9).position(|l| {
        let first = dates.partition_point(|d| d.span.start < l.span.start);
        dates.get(first).is_some_and(|d| {
            l.span.contains(d.span)
                && stamp::is_place_line(text, *l, *d)
                && l.span.end - d.span.end < 3
        })
    })?;
    let below = lines[i + 1..].iter().take(2).any(|l| {
        l.span.of(text.lower()).starts_with("kính gửi") || names_kind(text, *l)
    });
    below.then(|| lines[i].span.start)
}

/// The heading of an official paper: the line of its kind and what it is
/// about (`KẾ HOẠCH` / `Tổ chức phong trào …`).
pub(super) fn heading(
    text: &Text,
    lines: &[Line],
    header: Span<Norm>,
) -> Option<Span<Norm>> {
    let i = lines
        .iter()
        .enumerate()
        .skip_while(|(_, l)| l.span.start < header.end.saturating_sub(4))
        // Behind the grounds stands the formula, no heading.
        .take_while(|(_, l)| {
            !word_lists::begins("head.grounds", l.span.of(text.lower()))
        })
        .filter(|(_, l)| names_kind(text, **l))
        .map(|(i, _)| i)
        // The page may name the kind once more above it.
        .find(|i| {
            lines.get(i + 1).is_none_or(|next| !is_kind_alone(text, *next))
        });
    let Some(i) = i else {
        return subject_of_letter(text, lines, header)
            .or_else(|| without_kind(text, lines, header));
    };
    let (heading, _) = whole_heading(text, lines, i);
    // A kind of paper that says not what it is about names none.
    let alone = is_kind_alone(text, lines[i]) && heading == lines[i].span;
    (!alone).then_some(heading)
}

/// `V/v trồng rừng`: what a letter is about, which has no other heading, with
/// the lines over which a narrow column has broken it.
fn subject_of_letter(
    text: &Text,
    lines: &[Line],
    header: Span<Norm>,
) -> Option<Span<Norm>> {
    let top = lines.iter().take_while(|l| l.span.start < header.end + 240);
    let i = top.clone().position(|l| {
        let words = l.span.of(text.lower()).trim_start_matches(['"', '“', '(']);
        words.starts_with("v/v") && words.len() > 12
    })?;
    let goes_on = |l: &&Line| {
        !l.blank_before
            && l.span.len() < 160
            && is_about(text, **l)
            && !is_capitals(l.span.of(text.norm()))
            && !l.span.of(text.lower()).starts_with("kính gửi")
            && !l.span.of(text.lower()).contains(", ngày")
    };
    let more = lines[i + 1..].iter().take(3).take_while(goes_on);
    Some(more.fold(lines[i].span, |whole, l| whole.cover(l.span)))
}

/// What a paper is about in capitals right below its head, where a page has
/// lost the line of its kind.
fn without_kind(
    text: &Text,
    lines: &[Line],
    header: Span<Norm>,
) -> Option<Span<Norm>> {
    let behind = |l: &&Line| l.span.start >= header.end;
    let line = lines.iter().find(|l| behind(l) && !is_rule(text, **l))?;
    let words = line.span.of(text.norm());
    let few = words.split(' ').take(5).count() < 5;
    (is_capitals(words)
        && !few
        && !words.ends_with([':', ';'])
        && marker::of_line(text, *line).is_none()
        && !word_lists::begins("head.authorities", words))
    .then_some(line.span)
}

/// Whether a line is nothing but dashes, stars and the edges of cells.
fn is_rule(text: &Text, line: Line) -> bool {
    !line.span.of(text.norm()).contains(char::is_alphanumeric)
}

/// Where the kind of paper ends with which words in lower case begin.
fn opening_kind(words: &str) -> Option<usize> {
    let kinds = document_types::find_words(words);
    let first = kinds.first().filter(|m| m.span.start == 0)?;
    Some(first.span.end)
}

/// Whether a line opens with a kind of paper, whatever follows.
pub(super) fn names_a_kind(text: &Text, line: Line) -> bool {
    opening_kind(line.span.of(text.lower())).is_some()
}

/// Whether a line opens with a kind of paper, in capitals or alone.
fn names_kind(text: &Text, line: Line) -> bool {
    let words = line.span.of(text.lower());
    opening_kind(words).is_some_and(|end| {
        !words.ends_with(':')
            && (end == words.len() || is_capitals(line.span.of(text.norm())))
    })
}

/// Whether a line without an end is short and another paragraph follows.
fn stands_over_body(text: &Text, lines: &[Line], line: Line) -> bool {
    let i = lines.partition_point(|l| l.span.end <= line.span.end);
    let body = lines.get(i).is_some_and(|next| next.blank_before);
    let words = line.span.of(text.norm()).split_whitespace();
    body && words.take(61).count() <= 60
}

/// Whether a line opens with the name of a kind of paper and its number.
pub(super) fn opens_with_kind(text: &Text, line: Line) -> bool {
    let words = line.span.of(text.lower());
    opening_kind(words).is_some_and(|end| {
        words[end..]
            .trim_start_matches(" số")
            .trim_start_matches([':', ' '])
            .starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether a line is the name of a kind of paper and nothing else.
pub(super) fn is_kind_alone(text: &Text, line: Line) -> bool {
    let words = line.span.of(text.lower());
    line.span.of(text.norm()).starts_with(char::is_uppercase)
        && opening_kind(words) == Some(words.len())
}

/// Lines at most below the kind of paper that say what it is about.
const SUBJECT: usize = 8;

/// The heading that begins in line `i`, with what it is about, and the number
/// of the line behind it.
pub(super) fn whole_heading(
    text: &Text,
    lines: &[Line],
    i: usize,
) -> (Span<Norm>, usize) {
    let kind = lines[i].span;
    let mut last = i;
    let alone = is_kind_alone(text, lines[i]);
    for (n, line) in lines.iter().enumerate().skip(i + 1).take(SUBJECT) {
        let words = line.span.of(text.norm());
        let above = lines[last].span.of(text.norm());
        if above.ends_with(['-', '–'])
            && last > i
            && words.bytes().all(|b| b.is_ascii_digit())
        {
            // `GIAI ĐOẠN 2021 -` / `2030`
            last = n;
            continue;
        }
        if !words.contains(char::is_alphabetic) {
            // A rule between the kind and what it is about.
            if last == i && alone {
                continue;
            }
            break;
        }
        if !is_subject(text, lines, i, last, *line) {
            break;
        }
        last = n;
    }
    (kind.cover(lines[last].span), last + 1)
}

/// Whether a line below the kind of paper in line `i` is the whole of what it
/// is about, with a full stop: the body that issues or its grounds follow.
fn closes_heading(text: &Text, lines: &[Line], i: usize, line: Line) -> bool {
    let below = lines.partition_point(|l| l.span.end <= line.span.end);
    let Some(next) = lines.get(below).filter(|_| below == i + 2) else {
        return false;
    };
    let (norm, lower) = (next.span.of(text.norm()), next.span.of(text.lower()));
    is_kind_alone(text, lines[i])
        && (word_lists::begins("head.grounds", lower)
            || word_lists::begins("head.bodies", lower)
            || word_lists::begins("head.authorities", norm))
}

/// Whether a line goes on with the heading of line `i`, of which `last` is
/// the last line so far.
fn is_subject(
    text: &Text,
    lines: &[Line],
    i: usize,
    last: usize,
    line: Line,
) -> bool {
    let words = line.span.of(text.norm());
    let lower = line.span.of(text.lower());
    let above = lines[last].span.of(text.lower());
    let word = above.rsplit(' ').next().unwrap_or(above);
    let goes_on = above.ends_with(',') || word_lists::has("head.goes_on", word);
    let small = words.starts_with(char::is_lowercase);
    let capitals = heads_in_capitals(words);
    let full = words.ends_with([';', ':'])
        || words.starts_with('(')
        || words.ends_with('.')
            && !capitals
            && !closes_heading(text, lines, i, line);
    if full || line.span.len() > 900 || marker::of_line(text, line).is_some() {
        return false;
    }
    // What the paper is about may itself begin `Thực hiện Chỉ thị số …`, right
    // below the kind.
    let alone = last == i && is_kind_alone(text, lines[i]);
    let body = word_lists::begins("head.grounds", lower)
        || word_lists::begins("head.addresses", lower)
        || !alone && !small && word_lists::begins("head.bodies", lower);
    if !goes_on
        && (word_lists::begins("head.authorities", words) || body && !capitals)
        || is_kind_alone(text, line)
    {
        return false;
    }
    if last == i {
        // A blank line may part the kind of paper and what it is about.
        let told = lower.starts_with("về ") || lower.starts_with("v/v");
        return !line.blank_before
            || capitals
            || told
            || small
            || stands_over_body(text, lines, line);
    }
    let in_capitals = heads_in_capitals(lines[last].span.of(text.norm()));
    if line.blank_before {
        return lines[i + 1].blank_before && (small || in_capitals && capitals);
    }
    goes_on || small || capitals || !in_capitals
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::{read, record};

    fn title(text: &str) -> Option<String> {
        record(text).title.map(|t| t.text)
    }

    const HEAD: &str = "UBND TỈNH HÀ NAM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT \
                        NAM\n\nSố: 7/KH-UBND\n\nHà Nam, ngày 8 tháng 7 năm 2019";

    #[test]
    fn a_heading_has_its_kind_and_what_it_is_about() {
        for (below, heading) in [
            (
                "KẾ HOẠCH\n\nTRỒNG RỪNG NĂM 2019\n\nThực hiện Luật Lâm \
                 nghiệp, tỉnh trồng rừng.",
                "KẾ HOẠCH TRỒNG RỪNG NĂM 2019",
            ),
            (
                "QUYẾT ĐỊNH\n-----\nVề việc trồng rừng\nCHỦ TỊCH ỦY BAN NHÂN DÂN \
                 TỈNH\nCăn cứ Luật Lâm nghiệp;",
                "QUYẾT ĐỊNH ----- Về việc trồng rừng",
            ),
            (
                "KẾ HOẠCH\n\nThực hiện Chỉ thị số 5/CT-TTg về trồng rừng\n\nTỉnh \
                 trồng rừng như sau:",
                "KẾ HOẠCH Thực hiện Chỉ thị số 5/CT-TTg về trồng rừng",
            ),
            (
                "QUYẾT ĐỊNH\nVề việc trồng rừng.\nCHỦ TỊCH ỦY BAN NHÂN DÂN \
                 TỈNH\nCăn cứ Luật Lâm nghiệp;",
                "QUYẾT ĐỊNH Về việc trồng rừng.",
            ),
            (
                "KẾ HOẠCH\n\nTRỒNG RỪNG NĂM 2019.\n\nỦY BAN NHÂN DÂN TỈNH\n\n\
                 Căn cứ Luật Lâm nghiệp;",
                "KẾ HOẠCH TRỒNG RỪNG NĂM 2019.",
            ),
            (
                "KẾ HOẠCH\nTRỒNG RỪNG MÙA MƯA NĂM 2019 -\n2020\nThực hiện \
                 Luật Lâm nghiệp, tỉnh trồng rừng.",
                "KẾ HOẠCH TRỒNG RỪNG MÙA MƯA NĂM 2019 - 2020",
            ),
            (
                "KẾ HOẠCH\nTRỒNG RỪNG GIAI ĐOẠN 2021 -\n2030\nỦY BAN NHÂN DÂN \
                 TỈNH\nCăn cứ Luật Lâm nghiệp;",
                "KẾ HOẠCH TRỒNG RỪNG GIAI ĐOẠN 2021 - 2030",
            ),
            (
                "KẾ HOẠCH\nTRỒNG RỪNG THÁNG 5 VÀ NĂM 2019\nNăm 2019, tỉnh \
                 tiếp tục trồng rừng.",
                "KẾ HOẠCH TRỒNG RỪNG THÁNG 5 VÀ NĂM 2019",
            ),
            (
                "QUYẾT ĐỊNH\n\nBAN HÀNH QUY CHẾ CỦA\n\nHỘI ĐỒNG QUỸ RỪNG\n\n\
                 GIÁM ĐỐC QUỸ RỪNG",
                "QUYẾT ĐỊNH BAN HÀNH QUY CHẾ CỦA HỘI ĐỒNG QUỸ RỪNG",
            ),
        ] {
            let text = format!("{HEAD}\n\n{below}");
            assert_eq!(title(&text).as_deref(), Some(heading));
        }
    }

    #[test]
    fn what_a_letter_is_about_may_stand_inside_its_head() {
        for about in
            ["V/v trồng rừng ven sông", "V/v trồng rừng\nven sông và ven biển"]
        {
            let found = record(&format!(
                "UBND TỈNH HÀ NAM\nSỞ Y TẾ\nSố: 45/SYT-NVY\n{about}\nCỘNG HÒA \
                 XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà \
                 Nam, ngày 12 tháng 3 năm 2020\nKính gửi: Các huyện.\nSở Y tế \
                 yêu cầu các huyện trồng rừng như sau:\n1. Trồng cây.\n2. Giữ \
                 rừng."
            ));
            assert_eq!(found.issuer.unwrap().name, "Sở Y tế Hà Nam");
            let title = found.title.unwrap().text;
            assert_eq!(title, about.replace('\n', " "));
        }
    }

    #[test]
    fn papers_listed_above_the_head_are_not_the_act() {
        let found = record(&format!(
            "- 1Luật Lâm nghiệp 2017\n- 2Quyết định 31/2018/QĐ-TTg ban hành Quy \
             định trồng rừng do Thủ tướng Chính phủ ban hành\n{HEAD}\n\nKẾ \
             HOẠCH\nTRỒNG RỪNG NĂM 2019\nNăm 2019, tỉnh trồng rừng theo Quyết \
             định số 31/2018/QĐ-TTg."
        ));
        let symbol = found.document.unwrap().symbol;
        assert_eq!(symbol.as_deref(), Some("7/KH-UBND"));
        let title = found.title.unwrap().text;
        assert_eq!(title, "KẾ HOẠCH TRỒNG RỪNG NĂM 2019");
    }

    #[test]
    fn a_kind_alone_is_no_heading() {
        for below in [
            "KẾ HOẠCH\n\nCăn cứ Luật Lâm nghiệp, tỉnh trồng rừng\n\nCác xã.",
            "CÔNG ĐIỆN\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM điện:\n\nKính \
             gửi: Các xã.\n\nNước sông đang lên.",
            "THÔNG BÁO\nNước sông đang lên.\nCác xã giữ đê.",
        ] {
            assert_eq!(title(&format!("{HEAD}\n\n{below}")), None);
        }
    }

    #[test]
    fn a_place_and_day_above_the_kind_of_paper_are_a_head() {
        let text = "Hà Nam, ngày 8 tháng 7 năm 2019\n\nTHÔNG BÁO\nVề việc trồng \
                    rừng\n\nCăn cứ Luật Lâm nghiệp, UBND tỉnh Hà Nam thông báo \
                    lịch trồng rừng.";
        read(text, |reading| assert!(reading.layout.header.is_some()));
        let story = text.replace("THÔNG BÁO\nVề việc", "Sáng nay, tỉnh");
        read(&story, |reading| assert!(reading.layout.header.is_none()));
    }

    #[test]
    fn the_name_of_the_party_in_a_headline_is_no_head() {
        let text = "KẾ HOẠCH KỶ NIỆM NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM\n\nCác \
                    xã trồng rừng.\n\nCác thôn dự.";
        read(text, |reading| assert!(reading.layout.header.is_none()));
    }

    #[test]
    fn the_formula_before_the_articles_is_no_heading() {
        let text = format!(
            "{HEAD}\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\nCăn cứ Luật Lâm \
             nghiệp;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Trồng rừng."
        );
        assert_eq!(title(&text), None);
        read(&text, |reading| assert!(reading.layout.header.is_some()));
    }

    #[test]
    fn a_heading_ends_with_its_year() {
        let below = "KẾ HOẠCH\nTRỒNG RỪNG VÀ GIỮ RỪNG\nNĂM 2019\nThực \
                     hiện\nLuật Lâm nghiệp, tỉnh trồng rừng.";
        assert_eq!(
            title(&format!("{HEAD}\n\n{below}")).as_deref(),
            Some("KẾ HOẠCH TRỒNG RỪNG VÀ GIỮ RỪNG NĂM 2019")
        );
    }

    #[test]
    fn what_a_letter_is_about_is_its_heading() {
        let head = |about: &str| {
            format!(
                "UBND TỈNH HÀ NAM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: \
                 7/UBND-NN\n{about}\nHà Nam, ngày 8 tháng 7 năm 2019\n\nKính \
                 gửi: Các huyện.\n\nTỉnh yêu cầu trồng rừng."
            )
        };
        assert_eq!(
            title(&head("V/v trồng rừng ven các\ntuyến sông năm 2020\n"))
                .as_deref(),
            Some("V/v trồng rừng ven các tuyến sông năm 2020")
        );
        assert_eq!(title(&head("")), None);
        let found = record(&head("V/v trồng rừng năm 2020\n"));
        assert_eq!(found.issued.unwrap().value, "2019-07-08");
    }
}
