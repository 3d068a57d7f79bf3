//! Lines that portals put around articles: menus, counters, related articles.

use regex::{Regex, RegexSet};
use std::sync::LazyLock;

/// Pattern, kind, example, counterexample, source.
const TABLE: &str = include_str!("boilerplate.tsv");

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

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "related_list" => Self::RelatedList,
            "counter" => Self::Counter,
            "toolbar" => Self::Toolbar,
            "navigation" => Self::Navigation,
            "comment" => Self::Comment,
            "copyright" => Self::Copyright,
            "caption" => Self::Caption,
            "player" => Self::Player,
            "tags" => Self::Tags,
            _ => return None,
        })
    }
}

struct Patterns {
    set: RegexSet,
    kinds: Vec<Kind>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let rows = TABLE.lines().skip(1).filter_map(|row| {
        let mut cells = row.split('\t');
        let pattern = cells.next()?;
        Some((format!("^(?:{pattern})$"), Kind::of(cells.next()?)?))
    });
    let (patterns, kinds): (Vec<_>, Vec<_>) = rows.unzip();
    // A test compiles every row; a table that fails matches nothing.
    let set = RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty());
    Patterns { set, kinds }
});

/// Lines longer than this many bytes are text.
const LONGEST: usize = 400;

static BLANKS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("[\\s\u{200b}-\u{200f}\u{feff}]+").ok());

/// What kind of boilerplate a whole line is, if it is any. The line comes in
/// lower case and composed letters (NFC).
pub fn kind(line_lower: &str) -> Option<Kind> {
    if line_lower.len() > LONGEST {
        return None;
    }
    let line = match &*BLANKS {
        Some(blanks) => blanks.replace_all(line_lower, " "),
        None => line_lower.into(),
    };
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || "-–—•·»«›‹>|:.…*+[]▼►▶◄".contains(c)
    });
    let found = PATTERNS.set.matches(line).into_iter().next()?;
    PATTERNS.kinds.get(found).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_matches_its_example_and_refuses_its_counterexample() {
        let mut seen = std::collections::HashSet::new();
        for row in TABLE.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 5, "{row}");
            let pattern = Regex::new(&format!("^(?:{})$", cells[0])).unwrap();
            let wanted = Kind::of(cells[1]).expect(row);
            assert!(unicode_normalization::is_nfc(row), "{row}");
            assert_eq!(kind(&cells[2].to_lowercase()), Some(wanted), "{row}");
            let against = cells[3].to_lowercase();
            assert!(!pattern.is_match(&against), "{row}");
            assert_eq!(kind(&against), None, "{row}");
            assert!(!cells[4].is_empty(), "{row}");
            assert!(seen.insert(cells[0]), "twice: {row}");
        }
    }

    #[test]
    fn decoration_and_odd_blanks_do_not_hide_a_line() {
        assert_eq!(kind("» các tin đã đưa ngày:"), Some(Kind::RelatedList));
        assert_eq!(kind("lượt\u{a0}xem :  1.204"), Some(Kind::Counter));
        assert_eq!(kind("[bản in]"), Some(Kind::Toolbar));
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
