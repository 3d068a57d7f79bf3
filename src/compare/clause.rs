//! Clauses: the smallest parts of an item that are compared on their own.
//!
//! An item is cut at semicolons, at the end of a sentence, and where one of
//! its sub-items begins. Commas do not cut: a list of groups is one clause.

use crate::record::Item;
use std::ops::Range;

/// A clause of fewer letters than this joins the one before it.
const SHORTEST: usize = 8;

/// Words before a full stop that does not end a sentence, in lower case.
const ABBREVIATIONS: [&str; 12] =
    ["tp", "tx", "tt", "gs", "ts", "ths", "pgs", "bs", "số", "đ/c", "st", "vs"];

/// Bytes of the clauses of an item's text, in order, without list markers
/// and closing punctuation.
pub(super) fn clauses(item: &Item) -> Vec<Range<usize>> {
    let text = item.text.as_str();
    let label = item.label.as_deref().unwrap_or("");
    let start = if text.starts_with(label) { label.len() } else { 0 };
    let mut cuts = sub_item_starts(item);
    cuts.extend(punctuation_cuts(text));
    cuts.retain(|&cut| cut > start && cut < text.len());
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(text.len());
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut from = start;
    for cut in cuts {
        let range = trim(text, from..cut);
        from = cut;
        let letters =
            text[range.clone()].chars().filter(|c| c.is_alphabetic()).count();
        match out.last_mut() {
            Some(last) if letters < SHORTEST => {
                if letters > 0 {
                    last.end = range.end;
                }
            }
            _ if letters == 0 => {}
            _ => out.push(range),
        }
    }
    out
}

/// Where the sub-items begin in the text of the whole item.
fn sub_item_starts(item: &Item) -> Vec<usize> {
    let mut out = Vec::new();
    let mut from = 0;
    for sub in &item.items {
        let Some(at) = item.text[from..].find(&sub.text) else { continue };
        out.push(from + at);
        from += at + sub.text.len();
    }
    out
}

fn punctuation_cuts(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let rest = &text[after..];
        let cuts = match c {
            ';' => true,
            '.' | '!' | '?' | '…' => {
                let rest = rest.trim_start_matches(['”', '"', '’', ')']);
                rest.starts_with(' ')
                    && begins_sentence(rest.trim_start())
                    && !(c == '.' && is_abbreviation(&text[..at]))
            }
            ':' => rest.starts_with(" - ") || rest.starts_with(" + "),
            _ => false,
        };
        if cuts {
            out.push(after);
        }
    }
    out
}

fn begins_sentence(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || "-+“\"(".contains(c))
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or("").to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
}

/// Without blanks, list markers in front and punctuation behind.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    loop {
        let rest = &text[start..end];
        let cut = rest.trim_start_matches([
            ' ', '-', '+', '•', '.', ';', ':', ',', '”', '"', ')', '*',
        ]);
        let cut = cut.strip_prefix(marker(cut)).unwrap_or(cut);
        if cut.len() == rest.len() {
            break;
        }
        start = end - cut.len();
    }
    let rest = &text[start..end];
    end = start + rest.trim_end_matches([' ', '.', ';', ':', ',', '-']).len();
    start..end.max(start)
}

/// A marker in front: `a)`, `đ)`, `(1)`, `1.2.`.
fn marker(text: &str) -> &str {
    let open = usize::from(text.starts_with('('));
    let body = &text[open..];
    let end = body
        .find(|c: char| !(c.is_alphanumeric() || c == '.'))
        .unwrap_or(body.len());
    let (word, rest) = body.split_at(end);
    let closed = rest.starts_with(')');
    let letter = word.chars().count() == 1 && closed;
    let digits = !word.is_empty()
        && word.len() <= 4
        && word.chars().all(|c| c.is_ascii_digit() || c == '.')
        && word.starts_with(|c: char| c.is_ascii_digit());
    if letter || (digits && (closed || word.ends_with('.'))) {
        &text[..open + end + usize::from(closed)]
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn shown(text: &str, label: Option<&str>, subs: &[&str]) -> Vec<String> {
        let part = |text: &str, items| Item {
            label: None,
            text: text.to_owned(),
            span: Span::new(0, 1),
            items,
        };
        let subs = subs.iter().map(|s| part(s, Vec::new())).collect();
        let mut item = part(text, subs);
        item.label = label.map(str::to_owned);
        let ranges = clauses(&item);
        ranges.into_iter().map(|r| item.text[r].to_owned()).collect()
    }

    #[test]
    fn semicolons_and_sentences_cut() {
        assert_eq!(
            shown(
                "2. Giữ vệ sinh nơi ở; trồng hoa ven đường. Mỗi hộ góp 1 cây.",
                Some("2."),
                &[]
            ),
            ["Giữ vệ sinh nơi ở", "trồng hoa ven đường", "Mỗi hộ góp 1 cây"]
        );
    }

    #[test]
    fn abbreviations_numbers_and_commas_do_not() {
        assert_eq!(
            shown("Sửa 5.200 căn nhà, đường sá ở TP. Huế trong năm", None, &[]),
            ["Sửa 5.200 căn nhà, đường sá ở TP. Huế trong năm"]
        );
    }

    #[test]
    fn sub_items_are_clauses_without_their_markers() {
        assert_eq!(
            shown(
                "3. Tạo sinh kế: - Hỗ trợ giống, vốn - a) Mở rộng cho vay",
                Some("3."),
                &["- Hỗ trợ giống, vốn", "- a) Mở rộng cho vay"]
            ),
            ["Tạo sinh kế", "Hỗ trợ giống, vốn", "Mở rộng cho vay"]
        );
    }

    #[test]
    fn a_scrap_joins_its_neighbour() {
        assert_eq!(
            shown("Quét dọn đường làng; v.v.", None, &[]),
            ["Quét dọn đường làng; v.v"]
        );
    }
}
