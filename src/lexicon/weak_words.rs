//! Words that nearly every announcement of the genre has.

use super::phrases::Phrases;
use super::table;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a weak word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakKind {
    /// Đẩy mạnh, tăng cường.
    Verb,
    /// Kịp thời, đồng bộ.
    Manner,
    /// Công tác, các cấp.
    Noun,
    /// Và, của.
    Function,
}

const KINDS: &[(&str, WeakKind)] = &[
    ("verb", WeakKind::Verb),
    ("manner", WeakKind::Manner),
    ("noun", WeakKind::Noun),
    ("function", WeakKind::Function),
];

/// One word.
#[derive(Debug)]
pub struct WeakWord {
    /// The word, lower case.
    pub word: &'static str,
    /// What it is.
    pub kind: WeakKind,
    /// What is left of its weight, 0 to 1.
    pub weight: f32,
}

static WORDS: LazyLock<Vec<WeakWord>> = LazyLock::new(|| {
    let text = include_str!("weak_words.tsv");
    table::read("weak_words", text, |row| WeakWord {
        word: row.get("word"),
        kind: row.one_of("kind", KINDS),
        weight: row.number("weight"),
    })
});

static BY_WORD: LazyLock<HashMap<&'static str, f32>> =
    LazyLock::new(|| WORDS.iter().map(|w| (w.word, w.weight)).collect());

static PHRASES: LazyLock<Phrases<&'static WeakWord>> =
    LazyLock::new(|| Phrases::new(WORDS.iter().map(|w| (w.word, w))));

/// Every word.
pub fn all() -> &'static [WeakWord] {
    &WORDS
}

/// What is left of the weight of a lower-cased word: 1 unless it is weak.
pub fn weight(word: &str) -> f32 {
    BY_WORD.get(word).copied().unwrap_or(1.0)
}

/// Every weak word of a lower-cased normalized text, the longest at each
/// place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static WeakWord)> {
    PHRASES.find(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_words_weigh_less() {
        assert!(weight("đẩy mạnh") < 0.5);
        assert!(weight("và") < weight("công tác"));
        assert_eq!(weight("lăng quăng"), 1.0);
        for w in all() {
            assert!((0.0..1.0).contains(&w.weight), "{}", w.word);
        }
        let text = "đẩy mạnh công tác trồng rừng";
        assert_eq!(find(text).len(), 2);
    }
}
