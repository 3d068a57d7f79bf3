//! What an act enumerates: tasks, contents, measures, articles.
//!
//! # What it finds
//! Lists with markers (`1.`, `a)`, `I.`, `-`, `Một là`, `Thứ nhất`, `Điều 1`,
//! `Nội dung 1`), with what is nested in their items; lists inside a
//! paragraph (`(1) …; (2) …`); and lists without markers, whose paragraphs
//! share their first words (`Thi đua …`) or are headed alike (`Về …:`). An
//! item runs to the start of the next one, continuations (`Đồng thời, …`)
//! included.
//!
//! # What it must refuse
//! Dashes of a dialogue, addressees behind `Nơi nhận`, the lines of a form's
//! head, clauses between semicolons.
//!
//! # Known limits
//! Tasks told in plain paragraphs without marker or common head are no list.

mod inline;
pub(super) mod marker;
mod tree;
mod unmarked;

use super::reading::Reading;
use super::slogan;
use crate::lexicon::continuations;
use crate::lexicon::word_lists;
use crate::record::{Contents, Evidence, Item};
use crate::text::{Line, Norm, Span};
use marker::{Class, Marker};

/// An item before it is written out.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    span: Span<Norm>,
    label: Option<Span<Norm>>,
    items: Vec<Entry>,
}

/// A list before it is written out.
#[derive(Debug, Clone)]
pub(super) struct List {
    lead: Option<Span<Norm>>,
    items: Vec<Entry>,
    rule: &'static str,
}

/// Finds the contents.
pub fn find(reading: &Reading) -> Option<Contents> {
    let lines = body_lines(reading);
    let markers: Vec<Option<Marker>> =
        lines.iter().map(|l| marker::of_line(reading.text, *l)).collect();
    let list = tree::find(reading, &lines, &markers)
        .map(|list| inline::articles(reading, &lines, list))
        .or_else(|| inline::find(reading, &lines))
        .or_else(|| unmarked::find(reading, &lines, &markers))
        .filter(|list| !lists_results(reading, list))?;
    let items: Vec<Item> =
        list.items.iter().map(|e| item(reading, e)).collect();
    let lead = list.lead.map(|span| {
        let (span, text) = reading.text.evidence(span);
        Evidence { text, span }
    });
    Some(Contents { lead, items, rule: list.rule.into() })
}

/// The lines that may hold the list: behind the headline and the head of an
/// official paper, before the addressees and the furniture.
fn body_lines(reading: &Reading) -> Vec<Line> {
    let lower = reading.lower();
    let start = reading.layout.header.map_or(0, |h| h.end);
    let lines = &reading.text.lines()[reading.layout.first_line..];
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines.iter().copied().peekable();
    while let Some(line) = rest.next() {
        let words = line.span.of(lower);
        let letter = words.starts_with("kính gửi");
        // A letter opens with those it is sent to; behind the text they are
        // no part of it.
        let opens = reading.layout.header.is_some() || out.len() < 3;
        if line.span.start >= reading.layout.end
            || words.starts_with("nơi nhận")
            || letter && !opens
        {
            break;
        }
        if letter {
            let alone = words.trim_end_matches([':', ' ']) == "kính gửi";
            while rest.next_if(|l| is_addressee(reading, *l, alone)).is_some() {
            }
        } else if line.span.start >= start && !is_caption(words) {
            out.push(line);
        }
    }
    // The author and credits are no part of the last item.
    if let Some(byline) = reading.layout.byline {
        while out.last().is_some_and(|l| l.span.start >= byline.start) {
            out.pop();
        }
    }
    out
}

/// Whether a line below `Kính gửi` names one more that the letter is sent to,
/// or goes on with a name. `alone`: no name stands beside `Kính gửi`.
fn is_addressee(reading: &Reading, line: Line, alone: bool) -> bool {
    let words = line.span.of(reading.norm());
    let lower = line.span.of(reading.lower());
    let name = words.trim_start_matches(['-', '+', '*', '•', ' ']);
    let marked = marker::of_line(reading.text, line)
        .is_some_and(|m| alone || m.class >= Class::Star);
    let goes_on = name.len() == words.len()
        && !line.blank_before
        && words.starts_with(char::is_lowercase);
    let grounds =
        word_lists::begins("head.grounds", &lower[words.len() - name.len()..]);
    words.len() < LONGEST_ADDRESSEE && !grounds && (marked || goes_on)
        || !words.contains(char::is_alphanumeric)
}

/// Longest line that names those to whom a letter is sent, in bytes.
const LONGEST_ADDRESSEE: usize = 400;

/// `Ảnh minh họa.`, `Ảnh: TTXVN`: whether a line stands below a picture.
fn is_caption(words: &str) -> bool {
    words.len() < 120 && word_lists::begins("contents.captions", words)
}

fn item(reading: &Reading, entry: &Entry) -> Item {
    let (span, text) = reading.text.evidence(entry.span);
    let label =
        entry.label.map(|l| crate::text::one_line(l.of(reading.norm())));
    let items = entry.items.iter().map(|e| item(reading, e)).collect();
    Item { label, text, span, items }
}

/// `Kết quả quý I cho thấy:`, `Khẩu hiệu tuyên truyền:`: what is listed is no
/// task.
fn lists_results(reading: &Reading, list: &List) -> bool {
    list.lead.is_some_and(|lead| {
        let words = lead.of(reading.lower());
        word_lists::begins("contents.results", words)
            || slogan::lists_slogans(words, &reading.scan)
    })
}

/// `I. MỤC ĐÍCH, YÊU CẦU`: whether a line heads a section.
fn is_heading(words: &str) -> bool {
    crate::extract::head::is_capitals(words) && !words.ends_with('.')
}

/// Whether a line announces a list.
fn announces(words: &str) -> bool {
    let words = words.trim_end();
    words.ends_with(':')
        || word_lists::ends(
            "contents.announcing",
            words.trim_end_matches(['.', ',']),
        )
}

/// Whether a line goes on with the item before it.
fn continues(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase())
        || continuations::opens(&words.to_lowercase()).is_some_and(|c| c.always)
}

/// Whether a line goes on with the last item, behind which another paragraph
/// of the article is as likely.
fn continues_last(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase())
        || words.starts_with("Đồng thời")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::trial::read;

    #[test]
    fn addressees_are_no_items() {
        let text = "Tỉnh yêu cầu:\n1. Trồng cây.\n2. Giữ rừng.\n\
                    Nơi nhận:\n- Các xã;\n- Lưu.";
        let found = read(text, find).unwrap();
        assert_eq!(found.items.len(), 2);
        assert_eq!(found.items[1].text, "2. Giữ rừng.");
    }

    #[test]
    fn results_are_no_tasks() {
        let text = "Kết quả như sau:\n1. Xã An Hòa.\n2. Xã Bình Minh.";
        assert!(read(text, find).is_none());
    }

    #[test]
    fn slogans_are_no_tasks() {
        let text = "Khẩu hiệu tuyên truyền:\n1. Rừng là nhà của ta!\n2. Nước \
                    là máu của đất!";
        assert!(read(text, find).is_none());
    }

    #[test]
    fn words_announce_a_list() {
        assert!(announces("các nội dung sau đây:"));
        assert!(announces("cụ thể như sau."));
        assert!(!announces("tỉnh họp hôm qua."));
    }

    fn texts(text: &str) -> Vec<String> {
        let found = crate::extract::trial::record(text).contents;
        let items = found.map_or(Vec::new(), |c| c.items);
        items.into_iter().map(|i| i.text).collect()
    }

    const HEAD: &str = "UBND TỈNH HÀ NAM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT \
                        NAM\n\nSố: 7/UBND-NN\n\nHà Nam, ngày 8 tháng 7 năm \
                        2019\n\nKính gửi:\n\n- Sở Nông nghiệp;\n- Ủy ban nhân \
                        dân các huyện,\nthành phố.\n\n";

    #[test]
    fn those_a_letter_is_sent_to_are_no_items() {
        let text = format!(
            "{HEAD}Để giữ rừng, Ủy ban nhân dân tỉnh yêu cầu:\n\nSở Nông \
             nghiệp lo việc giống.\n\nCác huyện trồng cây."
        );
        assert!(texts(&text).is_empty());
        let text = format!(
            "{HEAD}Để giữ rừng, Ủy ban nhân dân tỉnh yêu cầu:\n- Sở Nông \
             nghiệp lo việc giống.\n- Các huyện trồng cây."
        );
        assert_eq!(
            texts(&text),
            ["- Sở Nông nghiệp lo việc giống.", "- Các huyện trồng cây."]
        );
    }

    #[test]
    fn a_letter_without_a_head_has_items() {
        let text = "Kính gửi: Các trường mầm non thành phố Phủ Lý.\nCăn cứ Công \
                    văn số 12/SGDĐT-MN ngày 2/3/2021 của Sở Giáo dục và Đào tạo \
                    về hội thi;\nPhòng Giáo dục và Đào tạo thành phố Phủ Lý đề \
                    nghị các trường làm như sau:\n1. Dạy trẻ vẽ.\n2. Gửi tranh.";
        assert_eq!(texts(text), ["1. Dạy trẻ vẽ.", "2. Gửi tranh."]);
        let record = crate::extract::trial::record(text);
        assert_eq!(record.document.unwrap().code.as_deref(), Some("CV"));
    }

    #[test]
    fn captions_are_no_items() {
        let text = "UBND xã An Hòa vừa ban hành Kế hoạch số 5/KH-UBND với nội \
                    dung như sau:\n\nẢnh minh họa.\nẢnh minh họa.\n\nUBND xã \
                    giao các thôn trồng cây.";
        assert!(texts(text).is_empty());
    }
}
