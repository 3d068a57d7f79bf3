//! What a body does with a document or a movement.

use super::neighbours::Neighbours;
use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// The kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Ban hành, có công văn, gửi.
    Issue,
    /// Ký.
    Sign,
    /// Phê duyệt, thông qua.
    Approve,
    /// Phát động.
    Launch,
    /// Yêu cầu, chỉ đạo.
    Order,
}

const ACTS: &[(&str, Act)] = &[
    ("issue", Act::Issue),
    ("sign", Act::Sign),
    ("approve", Act::Approve),
    ("launch", Act::Launch),
    ("order", Act::Order),
];

/// What the verb takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActObject {
    /// A document.
    Document,
    /// A movement.
    Movement,
    /// Either, or a task.
    Any,
}

const OBJECTS: &[(&str, ActObject)] = &[
    ("document", ActObject::Document),
    ("movement", ActObject::Movement),
    ("any", ActObject::Any),
];

/// One verb.
#[derive(Debug)]
pub struct IssueVerb {
    /// The verb, lower case.
    pub verb: &'static str,
    /// The kind of act.
    pub act: Act,
    /// What it takes.
    pub object: ActObject,
    /// How surely it is the main act, 0 to 100.
    pub weight: u8,
    /// Words beside it that make it something else.
    pub neighbours: Neighbours,
}

static VERBS: LazyLock<Vec<IssueVerb>> = LazyLock::new(|| {
    let text = include_str!("issue_verbs.tsv");
    table::read("issue_verbs", text, |row| IssueVerb {
        verb: row.get("verb"),
        act: row.one_of("act", ACTS),
        object: row.one_of("object", OBJECTS),
        weight: row.number("weight"),
        neighbours: Neighbours::of(row),
    })
});

static PHRASES: LazyLock<Phrases<&'static IssueVerb>> =
    LazyLock::new(|| Phrases::new(VERBS.iter().map(|v| (v.verb, v))));

/// Every verb.
pub fn all() -> &'static [IssueVerb] {
    &VERBS
}

/// Every verb of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static IssueVerb)> {
    let mut found = PHRASES.find(lower);
    found.retain(|(range, verb)| verb.neighbours.allow(lower, range));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verbs(text: &str) -> Vec<(&'static str, Act)> {
        find(text).into_iter().map(|(_, v)| (v.verb, v.act)).collect()
    }

    #[test]
    fn acts_are_told_apart() {
        assert_eq!(
            verbs("ubnd tỉnh vừa ban hành kế hoạch phát động phong trào"),
            [("vừa ban hành", Act::Issue), ("phát động", Act::Launch)]
        );
        assert_eq!(
            verbs("chủ tịch tỉnh ký quyết định và yêu cầu các sở"),
            [("ký quyết định", Act::Sign), ("yêu cầu", Act::Order)]
        );
    }

    #[test]
    fn other_words_with_the_same_syllables_are_no_acts() {
        assert!(verbs("đã ký kết; ban chỉ đạo có thể ra đời").is_empty());
    }
}
