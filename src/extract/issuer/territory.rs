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

use super::name::{place_name, tier};
use super::place::place_of;
use crate::extract::act::Act;
use crate::extract::reading::Reading;
use crate::extract::symbol::Symbol;
use crate::extract::territory;
use crate::lexicon::places::PlaceMention;
use crate::record::{Issuer, Status};
use crate::text::Span;

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
    let name = place_name(reading, &place);
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

/// The place that acts in the sentence of the act; else in the headline, or at
/// the beginning of one of the first sentences.
fn subject(reading: &Reading, act: &Act) -> Option<PlaceMention> {
    let sentence = reading.sentence_at(act.span.start).map(|(_, s)| s);
    let own =
        sentence.and_then(|s| territory::subject(reading, s, act.span.start));
    let title = reading.layout.title;
    let headline = || title.and_then(|t| territory::subject(reading, t, t.end));
    let mut top = reading.sentences().iter().take(TOP);
    own.or_else(headline)
        .or_else(|| top.find_map(|s| territory::acting(reading, *s, s.start)))
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
