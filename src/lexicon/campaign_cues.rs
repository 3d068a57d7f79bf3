//! Words before the name of a movement, drive, month or programme.

use super::neighbours::Neighbours;
use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// What is launched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CampaignKind {
    /// Phong trào, đợt thi đua.
    Movement,
    /// Cuộc vận động, đợt cao điểm.
    Drive,
    /// Chiến dịch, lễ ra quân.
    Campaign,
    /// Chương trình, đề án, dự án.
    Programme,
    /// Tháng hành động.
    Month,
    /// Tuần lễ.
    Week,
    /// Ngày hội, Tết trồng cây.
    Day,
    /// Năm an toàn giao thông.
    Year,
    /// Mô hình.
    Model,
    /// Cuộc thi, hội thi.
    Contest,
    /// Lời kêu gọi.
    Appeal,
}

const KINDS: &[(&str, CampaignKind)] = &[
    ("movement", CampaignKind::Movement),
    ("drive", CampaignKind::Drive),
    ("campaign", CampaignKind::Campaign),
    ("programme", CampaignKind::Programme),
    ("month", CampaignKind::Month),
    ("week", CampaignKind::Week),
    ("day", CampaignKind::Day),
    ("year", CampaignKind::Year),
    ("model", CampaignKind::Model),
    ("contest", CampaignKind::Contest),
    ("appeal", CampaignKind::Appeal),
];

/// One cue.
#[derive(Debug)]
pub struct CampaignCue {
    /// The words, lower case.
    pub cue: &'static str,
    /// What they announce.
    pub kind: CampaignKind,
    /// How surely a title follows, 0 to 100.
    pub weight: u8,
    /// Whether the words belong to the official name: `Tháng hành động vì …`.
    pub in_name: bool,
    /// Words beside it that make it something else.
    pub neighbours: Neighbours,
    /// A phrase in which it counts.
    pub example: &'static str,
    /// A phrase in which it does not.
    pub counterexample: &'static str,
}

static CUES: LazyLock<Vec<CampaignCue>> = LazyLock::new(|| {
    let text = include_str!("campaign_cues.tsv");
    table::read("campaign_cues", text, |row| CampaignCue {
        cue: row.get("cue"),
        kind: row.one_of("kind", KINDS),
        weight: row.number("weight"),
        in_name: row.flag("in_name"),
        neighbours: Neighbours::of(row),
        example: row.get("example"),
        counterexample: row.get("counterexample"),
    })
});

static PHRASES: LazyLock<Phrases<&'static CampaignCue>> =
    LazyLock::new(|| Phrases::new(CUES.iter().map(|cue| (cue.cue, cue))));

/// Every cue.
pub fn all() -> &'static [CampaignCue] {
    &CUES
}

/// Every cue of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static CampaignCue)> {
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
    fn the_longest_cue_wins() {
        let text = "phát động phong trào thi đua đặc biệt “cả xã diệt muỗi”";
        let found = find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.cue, "phong trào thi đua đặc biệt");
        assert_eq!(found[0].1.kind, CampaignKind::Movement);
    }
}
