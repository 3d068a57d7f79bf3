//! The unit below the provinces whose body stands without its name: `UBND
//! huyện` of a story about one `huyện`.
//!
//! # What it finds
//! The only place of its kind that the headline names, the one whose bare name
//! opens the headline, or the only one that the text names.
//!
//! # What it must refuse
//! Places in a row (`các huyện A, B`); one of several in the text.
//!
//! # Known limits
//! The only one named may be a neighbour.

use crate::extract::reading::Reading;
use crate::lexicon::level::{Level, PlaceKind};
use crate::lexicon::places::{self, PlaceMention};
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};

/// The place of a kind that a body of it means, and why.
pub(super) fn alike(
    reading: &Reading,
    kind: PlaceKind,
) -> Option<(PlaceMention, &'static str)> {
    if kind == PlaceKind::Province {
        return None;
    }
    let title = reading.layout.title;
    let named = title.and_then(|title| only(reading, kind, title));
    if let Some(place) = named {
        return Some((place, "the headline names it"));
    }
    let opening = title.and_then(|title| opens(reading, kind, title));
    if let Some(place) = opening {
        return Some((place, "its name opens the headline"));
    }
    let whole = Span::new(0, reading.layout.end);
    let place = only(reading, kind, whole)?;
    Some((place, "the only place of its kind that is named"))
}

/// The only place of a kind in some words.
fn only(
    reading: &Reading,
    kind: PlaceKind,
    words: Span<Norm>,
) -> Option<PlaceMention> {
    let lower = words.of(reading.lower());
    let mut found: Option<PlaceMention> = None;
    let short = (kind == PlaceKind::City).then_some("tp");
    for word in [kind.word()].into_iter().chain(short) {
        for (at, _) in lower.match_indices(word) {
            let at = words.start + at;
            let Some(place) = named_at(reading, kind, at) else { continue };
            let name = |p: &PlaceMention| &reading.lower()[p.name.clone()];
            match &found {
                Some(known) if name(known) != name(&place) => return None,
                Some(_) => {}
                None => found = Some(place),
            }
        }
    }
    found
}

/// The place of a kind whose word stands at a byte, unless it is one of many.
fn named_at(
    reading: &Reading,
    kind: PlaceKind,
    at: usize,
) -> Option<PlaceMention> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let head = reading.before(at, 16);
    if head.ends_with(char::is_alphanumeric)
        || word_lists::ends("act.many", head.trim_end())
    {
        return None;
    }
    let place = places::place_at(norm, lower, at)?;
    (place.kind == Some(kind) && place.span.start == at).then_some(place)
}

/// The district or city whose bare name opens the headline.
fn opens(
    reading: &Reading,
    kind: PlaceKind,
    title: Span<Norm>,
) -> Option<PlaceMention> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let district = kind.level().is_none_or(|l| l == Level::District);
    let own = || places::district_at(norm, lower, title.start, kind);
    let mut place = district.then(own).flatten()?;
    place.kind = Some(kind);
    (place.span.start == title.start).then_some(place)
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Status;

    fn issuer(text: &str) -> (String, Status) {
        let issuer = record(text).issuer.unwrap();
        (issuer.name, issuer.status)
    }

    const ACT: &str = "UBND huyện vừa ban hành Kế hoạch số 12/KH-UBND về tre";

    #[test]
    fn the_district_of_a_story_is_inferred() {
        for text in [
            format!("{ACT} trên địa bàn huyện Bình Lục."),
            format!("Huyện Bình Lục trồng tre ven sông\n\n{ACT}."),
            format!("Bình Lục trồng tre ven sông\n\n{ACT}."),
        ] {
            let found = issuer(&text);
            assert_eq!(found.0, "UBND huyện Bình Lục", "{text}");
            assert_eq!(found.1, Status::Inferred);
        }
        let text = "Thành phố Phủ Lý ra quân dọn rác\n\nSáng nay, UBND thành \
                    phố phát động phong trào “Phủ Lý xanh”.";
        assert_eq!(issuer(text).0, "UBND thành phố Phủ Lý");
    }

    #[test]
    fn one_of_several_is_left_open() {
        for tail in [
            "ở huyện Bình Lục và huyện Kim Bảng",
            "như các huyện Bình Lục, Kim Bảng",
            "của bà con",
        ] {
            let found = issuer(&format!("{ACT} {tail}."));
            assert_eq!(found.0, "UBND huyện", "{tail}");
        }
    }
}
