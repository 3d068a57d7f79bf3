//! Where the name of an open body ends: `Cục Cạnh tranh và Bảo vệ người tiêu
//! dùng vừa …`, `Ban Chỉ đạo Trung ương về phòng, chống thiên tai yêu cầu …`.
//!
//! Names capitalise the first syllable of each word, so small letters between
//! capitals belong to them; behind the last capital they do until a word that
//! begins what the body does.

use super::{Body, BodyKind};
use crate::lexicon::level::PlaceKind;
use crate::lexicon::places;
use crate::lexicon::word_edges::{is_word_char, starts_with_word};

/// Words that begin a predicate or a new noun phrase. Source: usage of news.
const STOPS: &[&str] = &[
    "ban hành",
    "báo cáo",
    "bắt đầu",
    "cần",
    "cấp",
    "chỉ đạo",
    "chiều",
    "cho",
    "chưa",
    "chủ trì",
    "có",
    "công bố",
    "cũng",
    "của",
    "cung cấp",
    "do",
    "dự kiến",
    "đã",
    "đang",
    "đề nghị",
    "đề xuất",
    "để",
    "đến",
    "được",
    "đó",
    "gửi",
    "hiện",
    "hôm",
    "hướng dẫn",
    "khẳng định",
    "khi",
    "không",
    "khuyến cáo",
    "kiểm tra",
    "kêu gọi",
    "ký",
    "là",
    "lưu ý",
    "luôn",
    "mà",
    "mong",
    "mới",
    "này",
    "năm",
    "ngày",
    "nêu",
    "nên",
    "nhằm",
    "nhấn mạnh",
    "nhận",
    "như",
    "nói",
    "ở",
    "phải",
    "phát động",
    "phát đi",
    "phối hợp",
    "qua",
    "quy định",
    "quyết định",
    "ra",
    "sáng",
    "sau",
    "sẽ",
    "tại",
    "theo",
    "thì",
    "thông báo",
    "thông tin cho",
    "thông tin về",
    "thông tin,",
    "thuộc",
    "thực hiện",
    "tiếp nhận",
    "tiếp tục",
    "tổ chức",
    "tới",
    "trên",
    "triển khai",
    "trong",
    "trực thuộc",
    "trước",
    "từ",
    "vào",
    "vẫn",
    "với",
    "vừa",
    "xác định",
    "xử phạt",
    "yêu cầu",
    "đánh giá",
    "cảnh báo",
    "cùng",
    "để lấy",
    "vì",
    "giao",
    "đi",
    "về việc",
    "gồm",
    "hoặc",
    "hay",
];

/// Words with which the name of another body begins.
const HEADS: &[&str] = &[
    "bộ",
    "sở",
    "ban",
    "cục",
    "tổng cục",
    "vụ",
    "viện",
    "ủy ban",
    "ubnd",
    "hđnd",
    "hội",
    "công an",
    "trung tâm",
    "phòng",
    "văn phòng",
    "tỉnh ủy",
    "thành ủy",
    "chi cục",
    "trường",
    "đại học",
    "bệnh viện",
    "thanh tra",
    "liên đoàn",
    "hiệp hội",
    "chính phủ",
    "thủ tướng",
    "đài",
    "báo",
    "mttq",
];

/// Most small syllables in a row inside a name.
const MOST_SMALL: usize = 5;

struct Cursor<'t> {
    norm: &'t str,
    lower: &'t str,
    at: usize,
}

impl Cursor<'_> {
    /// The next word, if one blank (or none, after a hyphen) lies before it.
    fn word(&self, from: usize) -> Option<(usize, usize)> {
        let rest = &self.norm[from..];
        let start = from + usize::from(rest.starts_with(' '));
        let word = &self.norm[start..];
        let len =
            word.find(|c| !is_word_char(c) && c != '\'').unwrap_or(word.len());
        (len > 0).then_some((start, start + len))
    }

    fn is_capital(&self, word: (usize, usize)) -> bool {
        let first = self.norm[word.0..word.1].chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    fn begins(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| starts_with_word(&self.lower[at..], word))
    }

    /// A joiner at the cursor and the capital word behind it.
    fn joined(&self) -> Option<(usize, usize)> {
        let rest = &self.lower[self.at..];
        let len = [" và ", " & ", " - ", "-", "&"]
            .iter()
            .find(|joiner| rest.starts_with(**joiner))?
            .len();
        let word = self.word(self.at + len)?;
        (self.is_capital(word) && !self.begins(word.0, HEADS)).then_some(word)
    }

    /// `, In và Phát hành`: a comma inside a name, if `và` and a capital
    /// close the row.
    fn listed(&self) -> Option<(usize, usize)> {
        let rest = &self.norm[self.at..];
        if !rest.starts_with(", ") {
            return None;
        }
        let first = self.word(self.at + 1)?;
        let row = &self.norm[first.0..];
        let row = &row[..row.find([',', '.', ';', '\n']).unwrap_or(row.len())];
        let (_, last) = row.split_once(" và ")?;
        let closes = last.starts_with(|c: char| c.is_uppercase());
        let own = self.is_capital(first) && !self.begins(first.0, HEADS);
        (closes && own).then_some(first)
    }
}

/// The byte where the name of an open body ends whose first words end at
/// `at`; `None` if nothing of a name follows.
pub(super) fn end(
    norm: &str,
    lower: &str,
    at: usize,
    body: &Body,
) -> Option<usize> {
    let mut cursor = Cursor { norm, lower, at };
    let steering = matches!(body.kind, BodyKind::Steering | BodyKind::Council);
    // Where the name would end if nothing more of it came.
    let mut end = None;
    let mut small = 0;
    if steering && cursor.begins(at, &["về", "phòng", "thực hiện", "xây dựng"])
    {
        let word = cursor.word(at)?;
        cursor.at = word.1;
        end = None;
    }
    loop {
        let from = cursor.at;
        if steering && lower[..from].ends_with("phòng") {
            // `phòng, chống` is one word.
            if let Some(rest) = lower[from..].strip_prefix(", chống") {
                cursor.at = lower.len() - rest.len();
                continue;
            }
        }
        let next = match cursor.word(from) {
            Some(word) if norm[from..].starts_with(' ') => Some(word),
            _ => None,
        };
        let step = cursor.joined().or_else(|| cursor.listed()).or(next);
        let Some(word) = step else { break };
        let place = PlaceKind::at(lower, word.0).is_some()
            || places::place_at(norm, lower, word.0).is_some();
        if place || cursor.begins(word.0, STOPS) {
            break;
        }
        if cursor.is_capital(word) {
            small = 0;
        } else {
            small += 1;
            let begun = end.is_some() || steering && cursor.at > at;
            if !begun || small > MOST_SMALL || cursor.begins(word.0, &["và"]) {
                break;
            }
        }
        cursor.at = word.1;
        end = Some(word.1);
    }
    end
}
