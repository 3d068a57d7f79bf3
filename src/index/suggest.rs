//! What may have been meant: words of the index that differ from a typed one
//! by one slip of the keyboard.

use super::answer::{Slip, Suggestion};
use super::query::{Query, Word, retyped};
use super::search::Searcher;
use super::units::Wanted;
use std::collections::BTreeSet;
use tantivy::Term;

/// Suggestions for one query.
const MOST: usize = 3;

/// Longest word that is mended, in letters.
const LONGEST: usize = 16;

/// How much more frequent another word must be than one that does occur.
const TIMES: u64 = 50;

/// Other queries, the likeliest first.
pub(super) fn others(
    searcher: &Searcher,
    query: &Query,
    wanted: &Wanted,
) -> tantivy::Result<Vec<Suggestion>> {
    let mut mended = query.text.clone();
    let mut changed = false;
    let typed: Vec<&Word> =
        wanted.units().filter_map(|unit| unit.word.as_ref()).collect();
    // From the end, so that places before it stay.
    let mut words: Vec<(usize, &Word)> =
        typed.iter().copied().enumerate().collect();
    words.sort_by_key(|(_, word)| std::cmp::Reverse(word.place.start));
    words.dedup_by_key(|(_, word)| word.place.start);
    for (i, word) in words {
        let beside = i.checked_sub(1).and_then(|i| typed.get(i));
        let Some(other) = mend(searcher, word, beside.copied())? else {
            continue;
        };
        if mended.get(word.place.clone()).is_some() {
            mended.replace_range(word.place.clone(), &other);
            changed = true;
        }
    }
    let mut out = Vec::new();
    for read in retyped(query) {
        let Ok(other) = Query::parse(&read.query) else { continue };
        let total = searcher.count(&other)?;
        if total > 0 {
            out.push(Suggestion {
                query: read.query,
                slip: read.slip,
                total: Some(total),
            });
        }
    }
    if changed && out.is_empty() {
        out.push(Suggestion {
            query: mended,
            slip: Slip::Spelling,
            total: None,
        });
    }
    out.truncate(MOST);
    Ok(out)
}

/// A better word, if there is one.
fn mend(
    searcher: &Searcher,
    word: &Word,
    beside: Option<&Word>,
) -> tantivy::Result<Option<String>> {
    let letters = word.folded.len();
    let plain = word.folded.bytes().all(|b| b.is_ascii_lowercase());
    if !plain || !(2..=LONGEST).contains(&letters) {
        return Ok(None);
    }
    let all = searcher.index.fields.all;
    let heads = searcher.index.fields.heads;
    let count = |field, term: &str| {
        searcher.engine.doc_freq(&Term::from_field_text(field, term))
    };
    let now = count(all, &word.folded)?;
    let mut best: Option<((u64, u64), String)> = None;
    for other in neighbours(&word.folded) {
        let found = count(all, &other)?;
        if found == 0 || found <= now.saturating_mul(TIMES) {
            continue;
        }
        let pair = match beside {
            Some(beside) => {
                count(heads, &format!("{} {other}", beside.folded))?
            }
            None => 0,
        };
        if best.as_ref().is_none_or(|(most, _)| (pair, found) > *most) {
            best = Some(((pair, found), other));
        }
    }
    if best.is_none() && now == 0 {
        for at in 1..letters {
            let (a, b) = word.folded.split_at(at);
            let pair = count(heads, &format!("{a} {b}"))?;
            if pair > 0 && best.as_ref().is_none_or(|(m, _)| pair > m.0) {
                best = Some(((pair, 0), format!("{a} {b}")));
            }
        }
    }
    Ok(best.map(|(_, other)| other))
}

/// Every word that differs by a letter left out, put in, exchanged, or by two
/// letters that changed places.
fn neighbours(word: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for at in 0..=word.len() {
        let (before, behind) = word.split_at(at);
        for letter in 'a'..='z' {
            out.insert(format!("{before}{letter}{behind}"));
            if let Some(rest) = behind.get(1..) {
                out.insert(format!("{before}{letter}{rest}"));
            }
        }
        if let Some(rest) = behind.get(1..) {
            out.insert(format!("{before}{rest}"));
        }
        if behind.len() > 1 {
            let (a, b) = (&behind[..1], &behind[1..2]);
            out.insert(format!("{before}{b}{a}{}", &behind[2..]));
        }
    }
    out.remove(word);
    out.remove("");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_any_kind_is_undone() {
        for slip in ["phc", "phuuc", "pjuc", "puhc", "phuv"] {
            assert!(neighbours(slip).contains("phuc"), "{slip}");
        }
        assert!(!neighbours("phuc").contains("phuc"));
    }
}
