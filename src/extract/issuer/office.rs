//! What belongs to the name of an office besides its own words.
//!
//! # What it finds
//! The area of an office (`Chi cục Thuế khu vực Bình Lục - Lý Nhân`), the
//! Government as the owner of a committee (`Ban Chỉ đạo 138 của Chính phủ`),
//! the province of an office that else is a ministry's.
//!
//! # What it must refuse
//! An area without a name (`khu vực này`).
//!
//! # Known limits
//! The parts of an area are told by their capitals.

use crate::extract::reading::Reading;
use crate::lexicon::bodies::{BodyKind, BodyMention};
use crate::lexicon::level::Level as Tier;
use crate::lexicon::places::{self, PlaceMention};
use crate::lexicon::word_lists;

/// Where a name ends that has no place besides, and its level.
pub(super) fn whole(
    reading: &Reading,
    mention: &BodyMention,
    end: usize,
) -> Option<(usize, Tier)> {
    match mention.body.kind {
        BodyKind::Agency => {
            let level = mention.body.level.unwrap_or(Tier::District);
            Some((area_end(reading, end)?, level))
        }
        // `Ban Chỉ đạo 138 của Chính phủ`, `Ban Chỉ đạo 389/CP`
        BodyKind::Steering => {
            let tail = &reading.lower()[end..];
            let mut owners = word_lists::words("issuer.central_owners").iter();
            let owner = owners.find(|owner| {
                tail.strip_prefix(**owner).is_some_and(|rest| {
                    !rest.starts_with(char::is_alphanumeric)
                })
            })?;
            Some((end + owner.len(), Tier::Central))
        }
        _ => None,
    }
}

/// `Cục Quản lý thị trường tỉnh An Giang`: the province whose word stands right
/// behind an office that else is a ministry's.
pub(super) fn branch_place(
    reading: &Reading,
    mention: &BodyMention,
    end: usize,
) -> Option<PlaceMention> {
    let branch = mention.body.kind == BodyKind::Agency
        && mention.body.name.starts_with("Cục ");
    let tail = &reading.lower()[end..];
    let word = tail.starts_with(" tỉnh ") || tail.starts_with(" thành phố ");
    let place = || places::place_at(reading.norm(), reading.lower(), end);
    (branch && word).then(place).flatten()
}

/// What stands before the area of an office.
pub(super) const AREA: &str = " khu vực ";

/// Where the area of an office ends, whose name stands right behind it: a
/// number, or names joined by a dash.
fn area_end(reading: &Reading, at: usize) -> Option<usize> {
    let tail = reading.norm().get(at..)?;
    let rest = tail.strip_prefix(AREA)?;
    let named = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let mut end = 0;
    for word in rest.split([' ', '\n']).take(LONGEST_AREA) {
        let own = word.trim_end_matches([',', '.', ';', ':', ')']);
        if !named(own) && own != "-" {
            break;
        }
        let start = own.as_ptr() as usize - rest.as_ptr() as usize;
        if own != "-" {
            end = start + own.len();
        }
        if own.len() < word.len() {
            break;
        }
    }
    (end > 0).then_some(at + AREA.len() + end)
}

/// Words at most in the name of an area.
const LONGEST_AREA: usize = 9;

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn issuer(text: &str) -> String {
        record(text).issuer.unwrap().name
    }

    #[test]
    fn a_committee_of_the_government_has_no_place() {
        for name in ["Ban Chỉ đạo 138 của Chính phủ", "Ban Chỉ đạo 389/CP"]
        {
            let text = format!(
                "{name} vừa ban hành Kế hoạch số 2/KH-BCĐ. Lễ mít tinh họp ở \
                 tỉnh Hà Nam."
            );
            assert_eq!(issuer(&text), name);
        }
        let text = "Ban Chỉ đạo 138 tỉnh Hà Nam vừa ban hành Kế hoạch số \
                    2/KH-BCĐ.";
        assert_eq!(issuer(text), "Ban Chỉ đạo 138 tỉnh Hà Nam");
    }

    #[test]
    fn an_office_may_have_an_area_or_a_province() {
        for name in [
            "Chi cục Thuế khu vực Bình Lục - Lý Nhân",
            "Chi cục Hải quan khu vực V",
            "Cục Quản lý thị trường tỉnh Hà Nam",
            "Công đoàn Viên chức tỉnh Hà Nam",
        ] {
            let text = format!("{name} vừa ban hành Kế hoạch số 2/KH-CC.");
            assert_eq!(issuer(&text), name);
        }
        let text = "Chi cục Thuế khu vực này vừa ban hành Kế hoạch số 2/KH-CC.";
        assert_eq!(issuer(text), "Chi cục Thuế");
    }
}
