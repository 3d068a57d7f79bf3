//! Markers of enumerations: `1.`, `a)`, `I.`, `-`, `Một là`, `Điều 1.`, `(1)`.
//!
//! # What it finds
//! The class, order and label of the marker at the head of a line.
//!
//! # What it must refuse
//! Words that only begin alike (`Điều kiện`), numbers (`1.000 hộ`), lines of
//! signs alone.
//!
//! # Known limits
//! The hundreds of Roman numerals are not read.

use crate::extract::head::is_capitals;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::{Line, Norm, Span, Text};
use std::sync::LazyLock;

/// Class of a marker. The order is that of nesting, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// `Phần thứ nhất`, `Chương I`.
    Part,
    /// `A.` before a heading in capitals.
    Capital,
    /// `I.`
    Roman,
    /// `Điều 1.`
    Article,
    /// `Nội dung 1:`, `Nhiệm vụ thứ hai:`
    Named,
    /// `Một là`
    Count,
    /// `Thứ nhất,`
    Ordinal,
    /// `1.`, `1)`, `1/`, `1 -`
    Arabic,
    /// `(1)`
    Parenthesis,
    /// `1.1.`
    Decimal,
    /// `a)`
    Letter,
    /// `*`, `•`
    Star,
    /// `-`
    Dash,
    /// `+`
    Plus,
}

/// A marker at the head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its class.
    pub class: Class,
    /// Its place in the sequence, from 1; 0 for markers without order.
    pub order: u32,
    /// The marker without blanks.
    pub label: Span<Norm>,
}

static LINE: LazyLock<Rule> = LazyLock::new(|| Rule::new("contents.marker"));

fn word(text: &str) -> u32 {
    match text {
        "nhất" => 1,
        "tư" => 4,
        other => word_lists::place("contents.counting_words", other)
            .map_or_else(|| other.parse().unwrap_or(0), |n| n as u32),
    }
}

pub(super) fn roman(text: &str) -> u32 {
    let value = |c| match c {
        'i' => 1,
        'v' => 5,
        'x' => 10,
        _ => 0,
    };
    let mut sum = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let v = value(c);
        if v < last {
            sum -= v
        } else {
            sum += v
        }
        last = last.max(v);
    }
    sum as u32
}

/// The marker at the head of a line.
pub fn of_line(text: &Text, line: Line) -> Option<Marker> {
    let words = line.span.of(text.lower());
    let caps = LINE.regex().captures(words)?;
    let n = |name: &str| caps.name(name).map(|m| m.as_str());
    let (class, name, order) = if let Some(v) = n("part_n") {
        let order = match v.strip_prefix("thứ ") {
            Some(v) => word(v),
            None => v.parse().unwrap_or_else(|_| roman(v)),
        };
        (Class::Part, "part", order)
    } else if let Some(v) = n("article_n") {
        (Class::Article, "article", v.parse().ok()?)
    } else if let Some(v) = n("named_n") {
        (Class::Named, "named", word(v))
    } else if let Some(v) = n("count_n") {
        (Class::Count, "count", word(v))
    } else if let Some(v) = n("ordinal_n") {
        (Class::Ordinal, "ordinal", word(v))
    } else if let Some(v) = n("roman_n").filter(|v| !v.is_empty()) {
        // Roman numerals are written in capitals.
        if !text.norm()[line.span.start..].starts_with(char::is_uppercase) {
            return letter(line, words, v);
        }
        (Class::Roman, "roman", roman(v))
    } else if n("decimal").is_some() {
        (Class::Decimal, "decimal", 0)
    } else if let Some(v) = n("arabic_n") {
        (Class::Arabic, "arabic", v.parse().ok()?)
    } else if let Some(v) = n("parenthesis_n") {
        let order = v.parse().unwrap_or_else(|_| roman(v));
        (Class::Parenthesis, "parenthesis", order)
    } else if let Some(v) = n("circled") {
        // ① to ⑳ stand in a row.
        let order = v.chars().next().map_or(0, |c| c as u32 - 0x245f);
        (Class::Parenthesis, "parenthesis", order)
    } else if let Some(v) = n("letter_n") {
        let order = word_lists::place("contents.letters", v)? as u32;
        let class = match is_section(line.span.of(text.norm())) {
            true => Class::Capital,
            false => Class::Letter,
        };
        (class, "letter", order)
    } else if n("star").is_some_and(|marks| !marks.starts_with("**")) {
        (Class::Star, "star", 0)
    } else if n("dash").is_some() {
        (Class::Dash, "dash", 0)
    } else if n("plus").is_some() {
        (Class::Plus, "plus", 0)
    } else {
        return None;
    };
    let label = caps.name(name)?;
    // `Phần lớn`: `l` is no numeral.
    let glued = words[label.end()..].starts_with(char::is_alphanumeric);
    if class == Class::Part && glued {
        return None;
    }
    // A line of signs is a rule, not an item; the words of an article or a
    // part may stand below its number.
    let alone = matches!(class, Class::Article | Class::Part);
    let told = words[label.end()..].contains(char::is_alphanumeric);
    if class == Class::Arabic
        && is_number_of_paper(&line.span.of(text.norm())[label.end()..])
    {
        return None;
    }
    (told || alone).then(|| Marker {
        class,
        order,
        label: Span::new(
            line.span.start + label.start(),
            line.span.start + label.end(),
        ),
    })
}

/// `64/QĐ-SGTVT`, `16-CT/TW` at the head of a line that was broken before it:
/// whether the code of a paper follows a number directly.
fn is_number_of_paper(rest: &str) -> bool {
    let code = rest.split([' ', ',', ';']).next().unwrap_or_default();
    code.chars().take(2).all(char::is_uppercase)
        && code.contains(['-', '/'])
        && code.len() > 3
}

/// `A. NHIỆM VỤ CHUNG`: a letter and a heading, both in capitals.
fn is_section(words: &str) -> bool {
    words.starts_with(char::is_uppercase)
        && words.contains(". ")
        && is_capitals(words)
}

/// `i)` and `v)` in small letters are points of a list of letters.
fn letter(line: Line, words: &str, numeral: &str) -> Option<Marker> {
    let order = word_lists::place("contents.letters", numeral)? as u32;
    let end = words.find([' ', '\n'])?;
    Some(Marker {
        class: Class::Letter,
        order,
        label: Span::new(line.span.start, line.span.start + end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<Option<(Class, u32)>> {
        let text = Text::new(text);
        let lines = text.lines().iter();
        lines.map(|l| of_line(&text, *l).map(|m| (m.class, m.order))).collect()
    }

    #[test]
    fn each_class_has_its_order() {
        let text = "1. Trồng cây\nđ) Bón phân\nĐiều 3. Tổ chức\n\
                    Hai là, giữ rừng\nThứ ba, làm đường\nIV. Kinh phí\n\
                    Nhiệm vụ 2: Dạy nghề\n(6) Tưới nước\n- Làm cỏ\nĐiều 4";
        assert_eq!(
            classes(text),
            [
                Some((Class::Arabic, 1)),
                Some((Class::Letter, 5)),
                Some((Class::Article, 3)),
                Some((Class::Count, 2)),
                Some((Class::Ordinal, 3)),
                Some((Class::Roman, 4)),
                Some((Class::Named, 2)),
                Some((Class::Parenthesis, 6)),
                Some((Class::Dash, 0)),
                Some((Class::Article, 4)),
            ]
        );
    }

    #[test]
    fn a_part_may_stand_alone_and_bullets_are_many() {
        assert_eq!(classes("Điều 2.- Giữ rừng"), [Some((Class::Article, 2))]);
        assert_eq!(classes("Điều 2.Giữ rừng"), [Some((Class::Article, 2))]);
        let text = "Phần thứ hai\n✅ Trồng cây\n👉 Giữ rừng\n· Làm cỏ";
        assert_eq!(
            classes(text),
            [
                Some((Class::Part, 2)),
                Some((Class::Star, 0)),
                Some((Class::Star, 0)),
                Some((Class::Star, 0)),
            ]
        );
    }

    #[test]
    fn a_letter_may_head_a_section() {
        let text = "A. NHIỆM VỤ CHUNG\nB. Nhiệm vụ riêng\nC) TRỒNG TRE";
        assert_eq!(
            classes(text),
            [
                Some((Class::Capital, 1)),
                Some((Class::Letter, 2)),
                Some((Class::Letter, 3)),
            ]
        );
    }

    #[test]
    fn marks_of_bold_letters_are_no_markers() {
        assert_eq!(classes("**Trồng rừng**"), [None]);
    }

    #[test]
    fn words_numbers_and_rules_are_no_markers() {
        let text = "Điều kiện sản xuất\nPhần lớn các xã\n1.000 hộ\n-----\nThứ bảy các xã họp";
        assert_eq!(classes(text), [None; 5]);
    }

    #[test]
    fn the_number_of_a_paper_is_no_marker() {
        let text = "64/QĐ-SGTVT ngày\n16-CT/TW của\n2/Các xã trồng";
        assert_eq!(classes(text), [None, None, Some((Class::Arabic, 2))]);
    }
}
