//! Words that mean the same where announcements are compared.

use super::neighbours::Neighbours;
use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// How close two wordings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// Spellings of one word.
    Spelling,
    /// A word and its abbreviation.
    Abbreviation,
    /// Two words of one meaning.
    Synonym,
    /// Close in this genre only.
    Near,
}

const KINDS: &[(&str, Closeness)] = &[
    ("spelling", Closeness::Spelling),
    ("abbreviation", Closeness::Abbreviation),
    ("synonym", Closeness::Synonym),
    ("near", Closeness::Near),
];

/// A word with its other wordings.
#[derive(Debug)]
pub struct Synonym {
    /// The wording that stands for all, lower case.
    pub canonical: &'static str,
    /// The others, lower case.
    pub variants: Vec<&'static str>,
    /// How close they are.
    pub kind: Closeness,
    /// Words beside a variant that make it something else.
    pub neighbours: Neighbours,
}

static SYNONYMS: LazyLock<Vec<Synonym>> = LazyLock::new(|| {
    let text = include_str!("synonyms.tsv");
    table::read("synonyms", text, |row| Synonym {
        canonical: row.get("canonical"),
        variants: row.list("variants"),
        kind: row.one_of("kind", KINDS),
        neighbours: Neighbours::of(row),
    })
});

static PHRASES: LazyLock<Phrases<&'static Synonym>> = LazyLock::new(|| {
    Phrases::new(SYNONYMS.iter().flat_map(|s| {
        let variants = s.variants.iter().copied();
        std::iter::once(s.canonical).chain(variants).map(move |w| (w, s))
    }))
});

/// Every row.
pub fn all() -> &'static [Synonym] {
    &SYNONYMS
}

/// Every wording of a lower-cased normalized text that a row knows, the
/// canonical ones included, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static Synonym)> {
    let mut found = PHRASES.find(lower);
    found.retain(|(range, s)| s.neighbours.allow(lower, range));
    found
}

/// The wording that stands for a lower-cased phrase; the phrase itself if no
/// row knows it.
pub fn canonical(phrase: &str) -> &str {
    let known = |s: &&Synonym| s.variants.contains(&phrase);
    SYNONYMS.iter().find(known).map_or(phrase, |s| s.canonical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn a_wording_belongs_to_one_row() {
        let mut of: HashMap<&str, &str> = HashMap::new();
        for s in all() {
            for word in s.variants.iter().chain([&s.canonical]) {
                assert_eq!(word.to_lowercase(), **word);
                let other = of.insert(word, s.canonical);
                assert_eq!(other, None, "{word}: {}", s.canonical);
            }
        }
    }

    #[test]
    fn wordings_become_one() {
        assert_eq!(canonical("đảm bảo"), "bảo đảm");
        assert_eq!(canonical("chăm sóc"), "chăm lo");
        assert_eq!(canonical("ubnd"), "ủy ban nhân dân");
        assert_eq!(canonical("vaccine"), "vắc xin");
        assert_eq!(canonical("đại dịch"), canonical("dịch"));
        assert_eq!(canonical("con đò"), "con đò");
    }

    #[test]
    fn a_syllable_of_another_word_is_left_alone() {
        let words = |text: &'static str| -> Vec<&str> {
            find(text).into_iter().map(|(range, _)| &text[range]).collect()
        };
        assert!(words("dịch vụ và chiến dịch").is_empty());
        assert_eq!(words("chống dịch như chống giặc"), ["dịch"]);
    }
}
