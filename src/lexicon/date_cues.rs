//! Words that tell what a date does in a document.

use super::neighbours::Neighbours;
use super::phrases::Phrases;
use super::table;
use super::word_edges::{ends_with_word, starts_with_word};
use std::ops::Range;
use std::sync::LazyLock;

/// What a date does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateUse {
    /// Of the article.
    Published,
    /// Of the act.
    Issued,
    /// From which the act has force.
    Effective,
    /// On which something begins.
    Start,
    /// On which something ends.
    End,
    /// By which something must be done.
    Deadline,
    /// Of a cited document.
    Reference,
    /// On which something takes place.
    Event,
    /// Periods and plans.
    Other,
}

const USES: &[(&str, DateUse)] = &[
    ("published", DateUse::Published),
    ("issued", DateUse::Issued),
    ("effective", DateUse::Effective),
    ("start", DateUse::Start),
    ("end", DateUse::End),
    ("deadline", DateUse::Deadline),
    ("reference", DateUse::Reference),
    ("event", DateUse::Event),
    ("other", DateUse::Other),
];

/// On which side of the date the words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The words, then the date.
    Before,
    /// The date, then the words.
    After,
    /// Either way.
    Both,
}

const SIDES: &[(&str, Side)] =
    &[("before", Side::Before), ("after", Side::After), ("both", Side::Both)];

/// One cue.
#[derive(Debug)]
pub struct DateCue {
    /// The words, lower case.
    pub cue: &'static str,
    /// What the date does.
    pub role: DateUse,
    /// Where the words stand.
    pub side: Side,
    /// Words beside it that make it something else.
    pub neighbours: Neighbours,
}

static CUES: LazyLock<Vec<DateCue>> = LazyLock::new(|| {
    let text = include_str!("date_cues.tsv");
    table::read("date_cues", text, |row| DateCue {
        cue: row.get("cue"),
        role: row.one_of("role", USES),
        side: row.one_of("side", SIDES),
        neighbours: Neighbours::of(row),
    })
});

static PHRASES: LazyLock<Phrases<&'static DateCue>> =
    LazyLock::new(|| Phrases::new(CUES.iter().map(|cue| (cue.cue, cue))));

/// Every cue.
pub fn all() -> &'static [DateCue] {
    &CUES
}

/// Every cue of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static DateCue)> {
    let mut found = PHRASES.find(lower);
    found.retain(|(range, cue)| cue.neighbours.allow(lower, range));
    found
}

/// The longest cue that ends right before a date, blanks aside.
pub fn right_before(lower: &str, date: usize) -> Option<&'static DateCue> {
    CUES.iter()
        .filter(|cue| cue.side != Side::After)
        .filter(|cue| ends_with_word(&lower[..date], cue.cue))
        .max_by_key(|cue| cue.cue.len())
}

/// The longest cue that begins right behind a date, blanks and a comma aside.
pub fn right_behind(lower: &str, date: usize) -> Option<&'static DateCue> {
    let rest = lower[date..].trim_start_matches([' ', ',', '\n']);
    CUES.iter()
        .filter(|cue| cue.side != Side::Before)
        .filter(|cue| starts_with_word(rest, cue.cue))
        .max_by_key(|cue| cue.cue.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(text: &str) -> Option<DateUse> {
        right_before(text, text.len()).map(|cue| cue.role)
    }

    #[test]
    fn the_longest_cue_before_a_date_tells_its_use() {
        assert_eq!(before("có hiệu lực từ ngày "), Some(DateUse::Effective));
        assert_eq!(before("bắt đầu từ ngày "), Some(DateUse::Start));
        assert_eq!(before("báo cáo trước ngày "), Some(DateUse::Deadline));
        assert_eq!(before("cho đến hết ngày "), Some(DateUse::End));
        assert_eq!(before("giai đoạn "), Some(DateUse::Other));
        assert_eq!(before("sáng "), None);
    }

    #[test]
    fn the_cue_behind_a_date_counts_too() {
        let text = "16/9, ban hành kế hoạch";
        let cue = right_behind(text, "16/9".len()).unwrap();
        assert_eq!(cue.role, DateUse::Issued);
    }

    #[test]
    fn cues_are_found_in_a_text() {
        let text = "có hiệu lực thi hành từ ngày 1/7, hết hạn 5/8";
        let roles: Vec<DateUse> =
            find(text).into_iter().map(|(_, cue)| cue.role).collect();
        assert_eq!(roles, [DateUse::Effective, DateUse::Deadline]);
    }
}
