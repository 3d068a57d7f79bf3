//! Lines around an enumeration: the sentence that announces it, the number
//! of items that it declares, the paragraph with which it is over.

use super::{number_words, table};
use regex::Regex;
use std::sync::LazyLock;

/// What a pattern tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListRole {
    /// A list follows.
    Lead,
    /// So many items follow.
    Count,
    /// The list is over.
    End,
}

const ROLES: &[(&str, ListRole)] = &[
    ("lead", ListRole::Lead),
    ("count", ListRole::Count),
    ("end", ListRole::End),
];

/// One pattern.
#[derive(Debug)]
pub struct ListCue {
    /// What it tells.
    pub role: ListRole,
    /// Over one lower-cased line without blanks at its ends.
    pub pattern: Regex,
    /// A line that it matches.
    pub example: &'static str,
    /// A line that it does not match.
    pub counterexample: &'static str,
}

static CUES: LazyLock<Vec<ListCue>> = LazyLock::new(|| {
    let text = include_str!("list_cues.tsv");
    table::read("list_cues", text, |row| ListCue {
        role: row.one_of("role", ROLES),
        pattern: Regex::new(row.get("pattern"))
            .unwrap_or_else(|error| panic!("list_cues: {error}")),
        example: row.get("example"),
        counterexample: row.get("counterexample"),
    })
});

/// Every pattern.
pub fn all() -> &'static [ListCue] {
    &CUES
}

fn any(role: ListRole, line: &str) -> bool {
    let line = line.trim();
    CUES.iter().any(|c| c.role == role && c.pattern.is_match(line))
}

/// Whether a lower-cased line or sentence announces a list.
pub fn leads(line: &str) -> bool {
    any(ListRole::Lead, line)
}

/// Whether a list is over with a lower-cased paragraph.
pub fn ends(line: &str) -> bool {
    any(ListRole::End, line)
}

/// How many items a lower-cased line declares: `06 nội dung thi đua`.
pub fn declared_count(line: &str) -> Option<u32> {
    CUES.iter().filter(|c| c.role == ListRole::Count).find_map(|c| {
        let number = c.pattern.captures(line)?.get(1)?.as_str();
        number.parse().ok().or_else(|| number_words::cardinal(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_matches_its_example_only() {
        for cue in all() {
            let hit = |line: &str| cue.pattern.is_match(&line.to_lowercase());
            assert!(hit(cue.example), "{}", cue.example);
            assert!(!hit(cue.counterexample), "{}", cue.counterexample);
        }
    }

    #[test]
    fn declared_numbers_are_read() {
        assert_eq!(declared_count("gồm 05 nội dung thi đua:"), Some(5));
        assert_eq!(declared_count("đề ra ba nhóm giải pháp"), Some(3));
        assert_eq!(declared_count("đề ra nhiều giải pháp"), None);
    }

    #[test]
    fn lines_lead_and_end() {
        assert!(leads("tổ chức thi đua, tập trung vào các nội dung sau đây: "));
        assert!(!leads("các sở đã làm tốt nội dung này."));
        assert!(ends("thời gian thực hiện: từ quý iv"));
        assert!(!ends("thi đua trồng cây gây rừng"));
    }
}
