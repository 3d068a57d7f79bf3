//! Which line is the article's headline.

use super::name::Name;
use super::score::{Scores, folded};
use super::tree::{Line, Tree};
use regex::Regex;
use std::sync::LazyLock;

/// Evidence that a line must gather to be the headline.
const ENOUGH: i32 = 4;
/// How many lines before the first paragraph a headline may stand.
const NEAR: usize = 12;

/// The headline among the lines. `body` is the first and the last paragraph,
/// if there are any.
pub(super) fn find(
    tree: &Tree,
    scores: &Scores,
    body: Option<(usize, usize)>,
) -> Option<usize> {
    let stated: Vec<String> = [&tree.meta.headline, &tree.meta.title]
        .into_iter()
        .flatten()
        .map(|t| squeeze(&folded(t).chars().take(500).collect::<String>()))
        .collect();
    let mut best: Option<(i32, usize)> = None;
    for (i, line) in tree.lines.iter().enumerate() {
        if scores.dropped[i] || scores.kind[i].is_some() || line.chars > 400 {
            continue;
        }
        let points =
            own(tree, line, &scores.lines_in, &stated) + place(i, body);

        // The first of equals: a page repeats its headline further down.
        if points >= ENOUGH && best.is_none_or(|(most, _)| points > most) {
            best = Some((points, i));
        }
    }
    best.map(|(_, i)| i).or_else(|| fallback(tree, scores, body))
}

/// What the line and its element say.
fn own(tree: &Tree, line: &Line, lines: &[usize], stated: &[String]) -> i32 {
    let mut points = 0;
    let text = squeeze(&folded(&line.text));
    if line.chars >= 15 {
        // “Headline - Site” holds the headline.
        if stated.contains(&text) {
            points += 5;
        } else if stated.iter().any(|s| s.contains(&text)) {
            points += 4;
        }
    }
    let mut marked = line.title;
    let bold = line.bold || line.bold_chars * 10 >= line.chars * 9;
    for (up, e) in tree.around(line.element).take(4).enumerate() {
        let element = &tree.elements[e];
        match element.name {
            Name::Heading(level) => points += 4 - i32::from(level.min(4)),
            Name::Item => points -= 2,
            Name::Caption => points -= 4,
            _ => {}
        }
        // A frame around the whole article says nothing about one line.
        marked |= element.hints.title && up < 3 && lines[e] <= 2;
    }
    points += if marked { 3 } else { 0 };
    points += i32::from(bold) + 2 * i32::from(line.large);
    points += match line.chars {
        0..=9 => -4,
        10..=19 => -2,
        20..=250 => 1,
        _ => -2,
    };
    if line.is_link() {
        points -= 2;
    }
    if is_dateline(&line.text) {
        points -= 4;
    }
    if line.text.ends_with(['.', ';']) && line.chars >= 60 {
        points -= 2;
    }
    points
}

/// What the line's place before the body says.
fn place(line: usize, body: Option<(usize, usize)>) -> i32 {
    let Some((first, last)) = body else { return 0 };
    if line > last {
        return -6;
    }
    if line > first {
        return -4;
    }
    match first - line {
        // The first paragraph may be all the text there is, but rarely is
        // it the headline.
        0 => 2,
        1..=2 => 3,
        3..=6 => 2,
        7..=NEAR => 1,
        _ => -2,
    }
}

/// Without any mark: a short line that stands alone above the body.
fn fallback(
    tree: &Tree,
    scores: &Scores,
    body: Option<(usize, usize)>,
) -> Option<usize> {
    let (first, _) = body?;
    (first.saturating_sub(4)..first).find(|&i| {
        let line = &tree.lines[i];
        !scores.dropped[i]
            && scores.kind[i].is_none()
            && (20..=250).contains(&line.chars)
            && line.link_chars == 0
            && !is_dateline(&line.text)
            && line.bold_chars * 2 > line.chars
    })
}

/// Without blanks, dashes and quotes, which titles vary.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "(?:^|[^0-9/])[0-3]?[0-9] ?[-/. ] ?[01]?[0-9] ?[-/. ] ?(?:19|20)[0-9]{2}\
         |[0-9]{1,2} tháng [0-9]{1,2},? (?:năm )?(?:19|20)[0-9]{2}\
         |(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]",
    )
    .ok()
});

/// Letters that may stand beside the date in a line of dates: the weekday,
/// “Cập nhật lúc”, a place or a name.
const BESIDE: usize = 24;

/// Whether a line gives little more than a date: “Thứ hai, 29/07/2019 15:16”.
pub(super) fn is_dateline(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let text = folded(text);
    let Some(found) = DATE.as_ref().and_then(|date| date.find(&text)) else {
        return false;
    };
    let beside =
        text[..found.start()].chars().chain(text[found.end()..].chars());
    beside.filter(|c| c.is_alphabetic()).count() <= BESIDE
}

#[cfg(test)]
mod tests {
    use super::is_dateline;

    #[test]
    fn datelines_hold_little_more_than_a_date() {
        for text in [
            "thứ hai, 29 07 2019 15:16",
            "(26.07.2019 14:14)",
            "Cập nhật lúc 07:30, Thứ Ba, 04/12/2018 (GMT+7)",
            "22/09/2021",
            "Ngày đăng: 5-8-2022",
            "Hà Nội, ngày 5 tháng 8 năm 2022",
            "2021-09-22T07:30:00+07:00",
            "Thu Huyên - 22/09/2021",
            "Thứ sáu, 13 Tháng 5 2022 08:00",
        ] {
            assert!(is_dateline(text), "{text}");
        }
        for text in [
            "Bãi bỏ Nghị quyết số 11/2006/NQ-HĐND ngày 17/8/2006 của HĐND huyện",
            "Thi đua giai đoạn 2021 - 2025",
            "Kế hoạch 240/KH-UBND",
            "Hội nghị ngày 5",
        ] {
            assert!(!is_dateline(text), "{text}");
        }
    }
}
