//! A place that stands for its administration.
//!
//! # What it finds
//! `Huyện Lục Nam vừa ban hành kế hoạch …`, `Hà Nội yêu cầu …`: the UBND of
//! the place that opens the clause of the act, inferred.
//!
//! # What it must refuse
//! A place behind a body or anywhere else in the clause; papers whose symbol
//! names another body.
//!
//! # Known limits
//! Whether the Party committee or the council of the place is meant is told
//! by the symbol alone.

use super::name::{tier, title_case};
use super::place::place_of;
use crate::extract::act::Act;
use crate::extract::reading::Reading;
use crate::extract::symbol::Symbol;
use crate::lexicon::level::Level as Tier;
use crate::lexicon::places::{self, PlaceMention};
use crate::lexicon::scan::Rule;
use crate::record::{Issuer, Status};
use crate::text::Span;
use std::sync::LazyLock;

/// What an administration does, behind the name of its place.
static ACTS: LazyLock<Rule> = LazyLock::new(|| Rule::new("issuer.place_acts"));

/// Sentences at the top that are looked at besides.
const TOP: usize = 6;

/// The administration of the place that is the subject of the act.
pub(super) fn find(
    reading: &Reading,
    act: &Act,
    symbol: Option<&Symbol>,
) -> Option<Issuer> {
    if symbol.is_some_and(|s| !s.org.is_empty() && !s.org.contains("UBND")) {
        return None;
    }
    let place = subject(reading, act)?;
    let (span, text) = reading.text.evidence(Span::from(place.span.clone()));
    let province = place.province();
    let kind = match (place.kind, province) {
        (Some(kind), _) => kind,
        (None, Some(province)) => province.kind,
        (None, None) => return None,
    };
    let name = match province {
        Some(p) if place.level == Tier::Province => p.name.to_owned(),
        _ => title_case(&reading.norm()[place.name.clone()]),
    };
    Some(Issuer {
        name: format!("UBND {} {name}", kind.word()),
        body: "UBND".into(),
        level: Some(tier(place.level)),
        place: province.map(|p| place_of(reading, p)),
        text,
        span: Some(span),
        status: Status::Inferred,
        rule: "issuer/territory".into(),
        why: Some("the place stands for its administration".into()),
        others: Vec::new(),
    })
}

/// The place that opens the sentence of the act or a clause of it before the
/// act, and does something official; else that of the headline.
fn subject(reading: &Reading, act: &Act) -> Option<PlaceMention> {
    let sentence = reading.sentence_at(act.span.start).map(|(_, s)| s);
    let title = reading.layout.title;
    let top = reading.sentences.iter().take(TOP).copied();
    for clause in sentence.into_iter().chain(title).chain(top) {
        let words = clause.of(reading.lower());
        let commas = words.match_indices(", ").map(|(i, _)| i + 2);
        // Elsewhere only what opens a sentence.
        let own = sentence == Some(clause) || title == Some(clause);
        let commas = commas.take(if own { usize::MAX } else { 0 });
        for start in std::iter::once(0).chain(commas) {
            let at = clause.start + start;
            if at > act.span.start && sentence == Some(clause) {
                break;
            }
            let place = places::place_at(reading.norm(), reading.lower(), at)
                .filter(|p| p.span.start == at);
            let Some(place) = place else { continue };
            let behind = &reading.lower()[place.span.end..clause.end];
            if ACTS.is_match(behind, &reading.scan) {
                return Some(place);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::{Level, Status};

    #[test]
    fn a_place_stands_for_its_administration() {
        for (text, name, level) in [
            (
                "Để phòng dịch, huyện Thường Tín đã ban hành Kế hoạch số \
                 28/KH-UBND về tiêm chủng.",
                "UBND huyện Thường Tín",
                Level::District,
            ),
            (
                "Tỉnh Hà Nam vừa ban hành Kế hoạch số 71/KH-UBND.",
                "UBND tỉnh Hà Nam",
                Level::Province,
            ),
        ] {
            let issuer = record(text).issuer.unwrap();
            assert_eq!(issuer.name, name);
            assert_eq!(issuer.level, Some(level));
            assert_eq!(issuer.status, Status::Inferred);
        }
    }

    #[test]
    fn other_places_do_not() {
        let found = record(
            "Kế hoạch số 57-KH/TU được Tỉnh ủy ban hành; huyện Lục Nam đã ban \
             hành kế hoạch sau đó.",
        );
        let name = found.issuer.map(|issuer| issuer.name);
        assert!(!name.unwrap_or_default().contains("Lục Nam"));
    }
}
