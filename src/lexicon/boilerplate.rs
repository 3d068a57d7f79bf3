//! Lines that portals put around articles: menus, counters, related articles.

use super::table;
use regex::RegexSet;
use std::sync::LazyLock;

/// What a line is that belongs to no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Heads a list of other articles: everything after it is none of this
    /// one (“Các tin đã đưa ngày:”, “Tin liên quan”).
    RelatedList,
    /// Visits or readers counted (“Lượt xem: 157”).
    Counter,
    /// Print, share, letter size, attachments (“Bản in”).
    Toolbar,
    /// Menus and ways to other pages (“Về đầu trang”).
    Navigation,
    /// Readers' comments and their rules (“Ý kiến bạn đọc”).
    Comment,
    /// Licence, imprint, rights (“Giấy phép số …”).
    Copyright,
    /// Below a picture (“Ảnh minh họa”).
    Caption,
    /// Remains of players, pictures and advertisements.
    Player,
    /// Keywords (“Từ khóa: …”).
    Tags,
}

const KINDS: &[(&str, Kind)] = &[
    ("caption", Kind::Caption),
    ("comment", Kind::Comment),
    ("copyright", Kind::Copyright),
    ("counter", Kind::Counter),
    ("navigation", Kind::Navigation),
    ("player", Kind::Player),
    ("related_list", Kind::RelatedList),
    ("tags", Kind::Tags),
    ("toolbar", Kind::Toolbar),
];

/// One pattern.
#[derive(Debug)]
pub struct Pattern {
    /// A regular expression for a whole line in lower case.
    pub pattern: &'static str,
    /// What such a line is.
    pub kind: Kind,
    /// A line that it matches.
    pub example: &'static str,
    /// A line like it that is text.
    pub counterexample: &'static str,
}

static TABLE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let text = include_str!("boilerplate.tsv");
    table::read("boilerplate", text, |row| Pattern {
        pattern: row.get("pattern"),
        kind: row.one_of("kind", KINDS),
        example: row.get("example"),
        counterexample: row.get("counterexample"),
    })
});

/// Every pattern, in the order of the table.
pub fn patterns() -> &'static [Pattern] {
    &TABLE
}

static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let whole = TABLE.iter().map(|row| format!("^(?:{})$", row.pattern));
    // A test compiles every row; a set that fails would match nothing.
    RegexSet::new(whole).unwrap_or_else(|_| RegexSet::empty())
});

/// Lines longer than this many bytes are text.
const LONGEST: usize = 400;

/// What kind of boilerplate a whole line is, if it is any. The line comes in
/// lower case and composed letters (NFC).
pub fn kind(line_lower: &str) -> Option<Kind> {
    if line_lower.len() > LONGEST {
        return None;
    }
    let line = squeeze(line_lower);
    if let Some(found) = part(&line) {
        return Some(found);
    }
    // “Lượt xem: 5 | Bản in | Gửi email”: each part is one.
    let mut parts = line.split('|').map(part);
    let first = parts.next()??;
    parts.all(|kind| kind.is_some()).then_some(first)
}

/// One blank for every run of blanks, visible or not.
fn squeeze(line: &str) -> String {
    let blank = |c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    let mut out = String::with_capacity(line.len());
    for word in line.split(blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn part(line: &str) -> Option<Kind> {
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || "-–—•·»«›‹>|:.…*+[]▼►▶◄".contains(c)
    });
    let found = SET.matches(line).into_iter().next()?;
    TABLE.get(found).map(|row| row.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn every_row_matches_its_example_and_refuses_its_counterexample() {
        for row in patterns() {
            let whole = format!("^(?:{})$", row.pattern);
            let pattern = Regex::new(&whole).unwrap();
            let example = row.example.to_lowercase();
            assert_eq!(kind(&example), Some(row.kind), "{example}");
            let against = row.counterexample.to_lowercase();
            assert!(!pattern.is_match(&against), "{against}");
            assert_eq!(kind(&against), None, "{against}");
        }
    }

    #[test]
    fn decoration_and_odd_blanks_do_not_hide_a_line() {
        assert_eq!(kind("» các tin đã đưa ngày:"), Some(Kind::RelatedList));
        assert_eq!(kind("lượt\u{a0}xem :  1.204"), Some(Kind::Counter));
        assert_eq!(kind("[bản in]"), Some(Kind::Toolbar));
        assert_eq!(
            kind("lượt xem: 7 | bản in | gửi email"),
            Some(Kind::Counter)
        );
        assert_eq!(kind("bản in | kế hoạch 5/kh-ubnd"), None);
    }

    #[test]
    fn sentences_are_text() {
        for line in [
            "tin liên quan đến dịch bệnh phải được kiểm chứng trước khi đăng",
            "chủ đề: “toàn dân đoàn kết”",
            "các trường học trên địa bàn tỉnh",
            "bình luận về kế hoạch này, ông a cho biết",
            "ảnh hưởng của dịch covid-19 đến sản xuất",
            "in ấn tài liệu tuyên truyền",
            "gửi báo cáo về ubnd tỉnh trước ngày 30/9/2021",
            "truy cập địa chỉ https://dichvucong.gov.vn để nộp hồ sơ",
            "",
            "1. thi đua thực hiện tốt các chủ trương của đảng",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
