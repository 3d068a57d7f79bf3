//! How mottoes without quotes are built.
//!
//! # What it finds
//! Numbers of things (`4 tại chỗ`), a syllable that returns, clauses of one
//! build, what each is or has.
//!
//! # What it must refuse
//! Phrases of the sentence: a connective shows them.
//!
//! # Known limits
//! Syllables are compared as written.

use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use std::sync::LazyLock;

/// Whether words have no fewer and no more code points than these. Counted
/// here: an expression that counts letters has a state for each.
pub(super) fn has_length(words: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&words.chars().take(most + 1).count())
}

/// `4 tại chỗ`, `bốn tại chỗ`, `5k`: the length in bytes.
pub(super) fn is_numeric_motto(text: &str, scan: &Scan) -> Option<usize> {
    static SET: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.numeric"));
    SET.find(text, scan).map(|m| m.end())
}

/// Words without a connective that would make them a phrase of the sentence.
pub(super) fn is_plain(text: &str) -> bool {
    !text.split(' ').any(|w| word_lists::has("slogan.connectives", w))
}

/// `mỗi nhà là một vườn tre`: the build of mottoes.
pub(super) fn is_each(text: &str) -> bool {
    text.starts_with("mỗi ")
        && text.contains(" một ")
        && !text.split(' ').any(|w| word_lists::has("slogan.told_words", w))
}

/// A syllable returns, as mottoes are built: `còn người còn của`.
pub(super) fn is_echo(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let echo = words
        .iter()
        .enumerate()
        .any(|(i, w)| w.len() > 2 && words[i + 1..].contains(w));
    echo && is_plain(text)
}

/// Clauses of the same build: `dễ làm trước, khó làm sau`.
pub(super) fn is_parallel(text: &str) -> bool {
    let mut clauses = text.split(", ").map(|c| c.split_whitespace().count());
    let Some(first) = clauses.next() else { return false };
    let rest: Vec<usize> = clauses.collect();
    !rest.is_empty() && rest.iter().all(|n| n.abs_diff(first) <= 2)
}
