//! Words before a motto, slogan, theme or message.

use super::neighbours::Neighbours;
use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// What a cue announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SloganClass {
    /// Tinh thần.
    Spirit,
    /// Phương châm.
    Motto,
    /// Khẩu hiệu.
    Slogan,
    /// Chủ đề.
    Theme,
    /// Thông điệp.
    Message,
    /// Mục tiêu.
    Goal,
    /// Quan điểm, nguyên tắc and others.
    Other,
    /// No slogan at all: a title, a term, the words of a person.
    Not,
}

const CLASSES: &[(&str, SloganClass)] = &[
    ("spirit", SloganClass::Spirit),
    ("motto", SloganClass::Motto),
    ("slogan", SloganClass::Slogan),
    ("theme", SloganClass::Theme),
    ("message", SloganClass::Message),
    ("goal", SloganClass::Goal),
    ("other", SloganClass::Other),
    ("not", SloganClass::Not),
];

/// One cue.
#[derive(Debug)]
pub struct SloganCue {
    /// The words, lower case.
    pub cue: &'static str,
    /// What they announce.
    pub class: SloganClass,
    /// Whether only quoted words count behind it.
    pub needs_quote: bool,
    /// Words beside it that make it something else.
    pub neighbours: Neighbours,
    /// A phrase in which it counts.
    pub example: &'static str,
    /// A phrase in which it does not.
    pub counterexample: &'static str,
}

static CUES: LazyLock<Vec<SloganCue>> = LazyLock::new(|| {
    let text = include_str!("slogan_cues.tsv");
    table::read("slogan_cues", text, |row| SloganCue {
        cue: row.get("cue"),
        class: row.one_of("kind", CLASSES),
        needs_quote: row.flag("needs_quote"),
        neighbours: Neighbours::of(row),
        example: row.get("example"),
        counterexample: row.get("counterexample"),
    })
});

static PHRASES: LazyLock<Phrases<&'static SloganCue>> =
    LazyLock::new(|| Phrases::new(CUES.iter().map(|cue| (cue.cue, cue))));

/// Every cue.
pub fn all() -> &'static [SloganCue] {
    &CUES
}

/// Every cue of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static SloganCue)> {
    let mut found = PHRASES.find(lower);
    found.retain(|(range, cue)| cue.neighbours.allow(lower, range));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cue_is_seen_in_its_example_and_not_in_its_counterexample() {
        for cue in all() {
            let seen = |text: &str| {
                find(&text.to_lowercase()).iter().any(|m| m.1.cue == cue.cue)
            };
            assert!(seen(cue.example), "{}: {}", cue.cue, cue.example);
            assert!(!seen(cue.counterexample), "{}", cue.counterexample);
        }
    }

    #[test]
    fn the_class_comes_from_the_cue() {
        let classes = |text: &str| -> Vec<SloganClass> {
            find(text).into_iter().map(|(_, cue)| cue.class).collect()
        };
        assert_eq!(
            classes("với tinh thần “a”, theo phương châm “b”"),
            [SloganClass::Spirit, SloganClass::Motto]
        );
        assert_eq!(classes("nhớ lời dạy của thầy"), [SloganClass::Not]);
        assert!(classes("nêu cao tinh thần trách nhiệm").is_empty());
    }
}
