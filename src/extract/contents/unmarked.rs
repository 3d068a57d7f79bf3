//! Lists without markers: paragraphs that share their first words, or are
//! headed alike.
//!
//! # What it finds
//! Two or more paragraphs with one head right behind a line that announces
//! a list.
//!
//! # What it must refuse
//! Paragraphs that nothing announces, a single paragraph.
//!
//! # Known limits
//! Two syllables make a head, whatever they mean.

use super::{Entry, List, Marker, announces, continues};
use crate::extract::reading::Reading;
use crate::lexicon::word_lists;
use crate::text::Line;

/// Paragraphs that share their head behind a line that announces a list.
pub(super) fn find(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
) -> Option<List> {
    let lower = reading.lower();
    for (i, line) in lines.iter().enumerate() {
        if !announces(line.span.of(lower)) || markers[i].is_some() {
            continue;
        }
        if let Some(items) = run(reading, lines, i + 1) {
            let lead = super::tree::lead(reading, lines, i + 1);
            return Some(List { lead, items, rule: "contents/shared-head" });
        }
    }
    None
}

/// Items from a line on, as long as they share their head.
fn run(reading: &Reading, lines: &[Line], from: usize) -> Option<Vec<Entry>> {
    let first = *lines.get(from)?;
    // Two or three words are the value of a label.
    if first.span.of(reading.norm()).split_whitespace().count() < 4 {
        return None;
    }
    let head = head(reading, first)?;
    let mut items: Vec<Entry> = Vec::new();
    let shares =
        |line: &Line| self::head(reading, *line).as_deref() == Some(&head);
    for (i, line) in lines.iter().enumerate().skip(from) {
        let words = line.span.of(reading.norm());
        // A paragraph between two items belongs to the first.
        let between = lines.get(i + 1).is_some_and(shares);
        if shares(line) {
            items.push(Entry { span: line.span, label: None, items: vec![] });
        } else if continues(words) || between {
            let last = items.last_mut()?;
            last.span = last.span.cover(line.span);
        } else {
            break;
        }
    }
    (items.len() >= 2).then_some(items)
}

/// What the paragraphs of one list share: `Về …:`, or their first two
/// syllables.
fn head(reading: &Reading, line: Line) -> Option<String> {
    let words = line.span.of(reading.lower());
    for topic in word_lists::words("contents.topics") {
        if words.starts_with(topic)
            && words.find([':', ',']).is_some_and(|at| at < 110)
        {
            return Some((*topic).to_owned());
        }
    }
    let mut syllables = words.split_whitespace();
    let (a, b) = (syllables.next()?, syllables.next()?);
    Some(format!("{a} {b}"))
}

#[cfg(test)]
mod tests {
    use crate::extract::contents;
    use crate::extract::trial::read;

    #[test]
    fn paragraphs_that_share_their_head_are_a_list() {
        let text = "Tỉnh phát động các nội dung sau đây:\nThi đua trồng cây.\n\
                    Thi đua giữ rừng.";
        let found = read(text, contents::find).unwrap();
        assert_eq!(found.rule, "contents/shared-head");
        assert_eq!(found.items.len(), 2);
        assert_eq!(found.items[0].text, "Thi đua trồng cây.");
    }

    #[test]
    fn paragraphs_of_different_heads_are_none() {
        let text = "Tỉnh phát động các nội dung sau đây:\nThi đua trồng cây.\n\
                    Mở lớp dạy nghề.";
        assert!(read(text, contents::find).is_none());
    }

    #[test]
    fn nothing_announces_them() {
        let text = "Tỉnh họp hôm qua.\nThi đua trồng cây.\nThi đua giữ rừng.";
        assert!(read(text, contents::find).is_none());
    }

    #[test]
    fn the_values_of_labels_are_no_list() {
        let text = "Tình trạng:\nChưa rõ\nLĩnh vực:\nChưa rõ\nCác xã họp bàn.";
        assert!(read(text, contents::find).is_none());
    }
}
