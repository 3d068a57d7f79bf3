//! Places: the provinces of both lists, districts until June 2025, communes
//! since July 2025, and the names of places behind a body.

mod districts;
mod names;
mod origins;
mod provinces;

pub use districts::{
    Commune, District, commune_provinces, districts_named, province_of_district,
};
pub use origins::{province_of_host, province_of_newspaper};
pub(super) use provinces::phrases;
pub use provinces::{
    Day, Form, List, Province, ProvinceMention, all as all_provinces, as_of,
    by_code, find_provinces, find_scanned, province_by_name, successor,
};

use super::level::{Level, PlaceKind};
use std::ops::Range;

/// A place named right behind a body or a word for its kind.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// Bytes of the normalized text, the word for the kind included.
    pub span: Range<usize>,
    /// Bytes of the name alone.
    pub name: Range<usize>,
    /// The word for the kind, if it is there.
    pub kind: Option<PlaceKind>,
    /// Level of the place: a city is a municipality or one of a province.
    pub level: Level,
    /// The provinces (as of June 2025) that it is or may lie in; empty if
    /// the name is in no list.
    pub provinces: Vec<&'static Province>,
}

impl PlaceMention {
    /// The province, if it is the only one.
    pub fn province(&self) -> Option<&'static Province> {
        match self.provinces.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The place named exactly at a byte of the normalized text (blanks are
/// skipped): `tỉnh Vĩnh Phúc`, `TP.HCM`, `huyện Tân Lạc`, bare `Hà Nội`.
/// A bare name counts only if it is one of a province in capitals.
pub fn place_at(norm: &str, lower: &str, at: usize) -> Option<PlaceMention> {
    let rest = &lower[at..];
    let start = at + rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let Some((word, kind)) = PlaceKind::at(lower, start) else {
        let (name, province) = provinces::name_at(norm, lower, start)?;
        return Some(PlaceMention {
            span: name.clone(),
            name,
            kind: None,
            level: Level::Province,
            provinces: vec![province],
        });
    };
    // Abbreviations, `TT`, `P.`, are no kind of place across lines.
    let short = word.len() <= 3 && !matches!(kind, PlaceKind::RuralCommune);
    if short && lower[at..start].contains('\n') {
        return None;
    }
    let rest = &lower[word.end..];
    let blanks = if short { &[' '][..] } else { &[' ', '\n'] };
    let at = word.end + rest.len() - rest.trim_start_matches(blanks).len();
    let (name, level, provinces) = named(norm, lower, at, kind)?;
    Some(PlaceMention {
        span: word.start..name.end,
        name,
        kind: Some(kind),
        level,
        provinces,
    })
}

/// The district of a kind named exactly at a byte (blanks are skipped), where
/// the name of a body tells the kind: `Mai Sơn` behind `Huyện ủy`.
pub fn district_at(
    norm: &str,
    lower: &str,
    at: usize,
    kind: PlaceKind,
) -> Option<PlaceMention> {
    let rest = &lower[at..];
    let start = at + rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let (name, district) = districts::name_at(norm, lower, start, kind)?;
    Some(PlaceMention {
        span: name.clone(),
        name,
        kind: None,
        level: Level::District,
        provinces: district.provinces(),
    })
}

type Named = (Range<usize>, Level, Vec<&'static Province>);

/// The name behind a word for a kind.
fn named(norm: &str, lower: &str, at: usize, kind: PlaceKind) -> Option<Named> {
    let province = || provinces::any_case_at(lower, at);
    match kind {
        PlaceKind::Province => {
            province().map(|(name, p)| (name, Level::Province, vec![p]))
        }
        PlaceKind::City => {
            let district = districts::name_at(norm, lower, at, kind);
            match (province(), district) {
                (Some((name, p)), district)
                    if p.kind == PlaceKind::City
                        && district
                            .as_ref()
                            .is_none_or(|(d, _)| d.end <= name.end) =>
                {
                    Some((name, Level::Province, vec![p]))
                }
                (_, Some((name, district))) => {
                    Some((name, Level::District, district.provinces()))
                }
                (Some((name, p)), None) => {
                    Some((name, Level::District, vec![p]))
                }
                (None, None) => unlisted(norm, at, Level::District),
            }
        }
        kind => {
            let level = kind.level()?;
            let known = if level == Level::District {
                districts::name_at(norm, lower, at, kind)
                    .map(|(name, d)| (name, d.provinces()))
            } else {
                districts::commune_at(norm, lower, at, kind)
                    .map(|(name, c)| (name, c.provinces_before()))
            };
            match known {
                Some((name, provinces)) => Some((name, level, provinces)),
                None => unlisted(norm, at, level),
            }
        }
    }
}

/// A name that no list has: capitals that are not those of a person
/// (`Chủ tịch UBND huyện Nguyễn Văn A`).
fn unlisted(norm: &str, at: usize, level: Level) -> Option<Named> {
    let name = names::proper_run(norm, at)?;
    if norm[name.end..].starts_with('/') {
        // `UBND thị xã V/v tổ chức …`
        return None;
    }
    let person = provinces::is_person(&norm[name.clone()]);
    (!person).then(|| (name, level, Vec::new()))
}

#[cfg(test)]
mod tests;
