//! A place that acts: `huyện Lục Nam vừa ban hành kế hoạch`, `tỉnh Hà Nam tổ
//! chức lễ phát động`.
//!
//! # What it finds
//! The place that opens a sentence or one of its clauses before the act and
//! does something official.
//!
//! # What it must refuse
//! A place behind a body or anywhere else in the clause.
//!
//! # Known limits
//! A name in no list needs the word for its kind.

use super::reading::Reading;
use crate::lexicon::places::{self, PlaceMention};
use crate::lexicon::scan::Rule;
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// What an administration does, behind the name of its place.
static ACTS: LazyLock<Rule> = LazyLock::new(|| Rule::new("issuer.place_acts"));

/// The place that opens a sentence or a clause of it before byte `at`, and
/// acts.
pub(super) fn subject(
    reading: &Reading,
    sentence: Span<Norm>,
    at: usize,
) -> Option<PlaceMention> {
    let words = sentence.of(reading.lower());
    let commas = words.match_indices(", ").map(|(i, _)| i + 2);
    std::iter::once(0)
        .chain(commas)
        .map(|start| sentence.start + start)
        .take_while(|start| *start <= at)
        .find_map(|start| acting(reading, sentence, start))
}

/// The place that begins at a byte, if it acts.
pub(super) fn acting(
    reading: &Reading,
    sentence: Span<Norm>,
    at: usize,
) -> Option<PlaceMention> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let place =
        places::place_at(norm, lower, at).filter(|p| p.span.start == at)?;
    // `huyện Tân Trụ, tỉnh Long An tổ chức …`
    let mut end = place.span.end;
    if lower[end..].starts_with(", ")
        && let Some(over) = places::place_at(norm, lower, end + 2)
        && over.span.start == end + 2
    {
        end = over.span.end;
    }
    let behind = lower.get(end..sentence.end)?;
    ACTS.is_match(behind, &reading.scan).then_some(place)
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::{read, record};
    use crate::record::Kind;

    fn acts(text: &str) -> bool {
        read(text, |reading| {
            let sentence = reading.sentences()[0];
            super::subject(reading, sentence, sentence.end).is_some()
        })
    }

    #[test]
    fn a_place_that_opens_a_clause_acts() {
        assert!(acts("Tỉnh Hà Nam vừa ban hành kế hoạch trồng rừng."));
        assert!(acts("Sáng 11/6, huyện Thanh Liêm, tỉnh Hà Nam tổ chức lễ."));
        assert!(!acts("Mưa lớn ở tỉnh Hà Nam đã ban hành cảnh báo."));
        assert!(!acts("Tỉnh Hà Nam có mưa to."));
    }

    #[test]
    fn it_may_launch_a_movement() {
        let found = record(
            "Thanh Liêm phát động 'Tháng trồng cây'\n\nSáng 11/6, huyện Thanh \
             Liêm, tỉnh Hà Nam tổ chức Lễ phát động 'Tháng trồng cây' năm 2024.",
        );
        assert_eq!(found.kind, Kind::Announcement);
        assert_eq!(found.issuer.unwrap().name, "UBND huyện Thanh Liêm");
    }
}
