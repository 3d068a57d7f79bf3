//! Papers that are cited: by the words before them, in a row with another
//! that is, or where the text names them first.
//!
//! # What it finds
//! `thực hiện Chỉ thị số …`, `Thực hiện Chỉ thị … của Ban Bí thư và Kế hoạch
//! số 115/KH-UBND` (both), a symbol whose first mention cites it.
//!
//! # What it must refuse
//! Papers that the text issues and takes up again.
//!
//! # Known limits
//! Words that cite are looked for in the 90 bytes before a mention.

use crate::extract::citation::Mention;
use crate::extract::reading::Reading;
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words right before a mention that cite it.
pub(super) static CITED: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.cited"));

/// Whether words end with what cites the paper behind them; not `Trong nội
/// dung Công văn số …, UBND tỉnh yêu cầu …`.
pub(super) fn is_cited(head: &str, scan: &Scan) -> bool {
    CITED.is_match(head, scan)
        && !word_lists::ends("act.in_contents", head.trim_end())
}

/// The symbols that are cited where the body names them first.
pub(super) fn cited_first<'r>(
    reading: &'r Reading,
    counts: &HashMap<&str, i32>,
    rows: &[bool],
) -> HashMap<&'r str, usize> {
    let mut first: HashMap<&str, (usize, bool)> = HashMap::new();
    let body = reading.sentences().first().map_or(usize::MAX, |s| s.start);
    let mentions = reading.mentions.iter().zip(rows);
    for (m, row) in mentions.filter(|(m, _)| m.span.start >= body) {
        let Some(written) = written(reading, m) else { continue };
        if counts.get(written).is_none_or(|n| *n < 2) {
            continue;
        }
        first.entry(written).or_insert_with(|| {
            let head = reading.before(m.span.start, 90);
            let cited = *row || CITED.is_match(head, &reading.scan);
            (m.span.start, cited)
        });
    }
    let cited = first.into_iter().filter(|(_, (_, cited))| *cited);
    cited.map(|(written, (at, _))| (written, at)).collect()
}

/// A symbol as officially written, if the mention has one.
pub(super) fn written<'r>(
    reading: &'r Reading,
    mention: &Mention,
) -> Option<&'r str> {
    reading.symbols[mention.symbol?].written.as_deref()
}

/// `Thực hiện Chỉ thị … của Ban Bí thư và Kế hoạch số 115/KH-UBND`: the
/// second of a row is cited if the first is.
pub(super) fn cited_rows(reading: &Reading) -> Vec<bool> {
    let mut rows: Vec<bool> = Vec::with_capacity(reading.mentions.len());
    for m in &reading.mentions {
        let i =
            reading.mentions.partition_point(|o| o.span.start < m.span.start);
        let cited = |j: usize| {
            let before = &reading.mentions[j];
            let head = reading.before(before.span.start, 90);
            are_joined(reading, before, m)
                && (rows[j] || CITED.is_match(head, &reading.scan))
        };
        let nearest = i.checked_sub(1);
        // Kinds without a number may stand in what the first is about.
        let numbered = || {
            let numbered = reading.mentions[..i]
                .iter()
                .rposition(|o| m.symbol.is_some() && o.symbol.is_some());
            numbered.filter(|j| Some(*j) != nearest)
        };
        let cited = nearest.is_some_and(cited) || numbered().is_some_and(cited);
        rows.push(cited);
    }
    rows
}

/// Bytes between two numbered papers of a row.
const LONG_ROW: usize = 420;

/// `A và B`, `A, B`
fn are_joined(reading: &Reading, before: &Mention, m: &Mention) -> bool {
    let Some(between) = reading.lower().get(before.end..m.span.start) else {
        return false;
    };
    let joint = between.trim_end().trim_end_matches("số").trim_end();
    let near = between.len() < 90;
    // What each is about may be told, where the sentence begins with them.
    let told = || {
        let opens = reading.sentence_at(before.span.start).is_some_and(|s| {
            word_lists::begins("act.openings", s.1.of(reading.lower()))
        });
        opens
            && between.len() < LONG_ROW
            && before.symbol.is_some()
            && m.symbol.is_some()
    };
    !between.contains(['.', ';', '\n'])
        && (near && joint.ends_with(',')
            || joint.ends_with(" và") && (near || told()))
}

#[cfg(test)]
mod tests {
    use crate::extract::act::candidates;
    use crate::extract::trial::read;

    fn why(text: &str) -> Vec<Vec<&'static str>> {
        read(text, |reading| {
            let acts = candidates(reading).into_iter();
            let reasons = |a: crate::extract::act::Act| {
                a.reasons.into_iter().map(|(why, _)| why).collect()
            };
            acts.map(reasons).collect()
        })
    }

    #[test]
    fn all_of_a_row_are_cited() {
        let found = why("Các xã thực hiện Chỉ thị số 7/CT-UBND của UBND tỉnh \
                         và Kế hoạch số 9/KH-UBND trồng tre.");
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|why| why.contains(&"cited")), "{found:?}");
    }

    #[test]
    fn what_is_issued_is_not_cited() {
        let found = why("UBND tỉnh ban hành Kế hoạch số 9/KH-UBND trồng tre.");
        assert!(found.iter().all(|why| !why.contains(&"cited")), "{found:?}");
    }
}
