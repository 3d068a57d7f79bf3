//! An issuer written out: its usual short name with its place.
//!
//! # What it finds
//! `UBND tỉnh Vĩnh Phúc`, `Tỉnh ủy Sơn La`, `Sở Y tế Hà Nam`: the word for
//! the kind of place stands where the genre writes it.
//!
//! # What it must refuse
//! A place for a central body, or for one whose name says that it is.
//!
//! # Known limits
//! A bare `UBND` is taken for a province's.

use super::Named;
use super::office::AREA;
use super::place::{infer_province, place_of};
use super::unit::alike;
use crate::extract::reading::Reading;
use crate::lexicon::bodies::{self, Body, Open};
use crate::lexicon::level::{Level as Tier, PlaceKind};
use crate::lexicon::places::{PlaceMention, Province};
use crate::lexicon::word_lists;
use crate::record::{Evidence, Issuer, Level, Status};

pub(super) fn tier(level: Tier) -> Level {
    match level {
        Tier::Central => Level::Central,
        Tier::Province => Level::Province,
        Tier::District => Level::District,
        Tier::Commune => Level::Commune,
    }
}

/// Writes the issuer out.
pub(super) fn write(
    reading: &Reading,
    named: Named,
    rule: &'static str,
) -> Issuer {
    let mut issuer = written(reading, named, rule);
    // The Youth Union of a province goes by its short name.
    if issuer.body == "Đoàn TNCS Hồ Chí Minh"
        && issuer.level == Some(Level::Province)
        && let Some(place) = &issuer.place
    {
        let city = issuer.name.contains("thành phố");
        issuer.body = if city { "Thành đoàn" } else { "Tỉnh đoàn" }.into();
        issuer.name = format!("{} {}", issuer.body, place.name);
    }
    issuer
}

fn written(reading: &Reading, named: Named, rule: &'static str) -> Issuer {
    let body = match named.body.head_of.as_deref().and_then(bodies::by_name) {
        Some(of) => of,
        None => named.body,
    };
    let stem = match &named.body.head_of {
        Some(name) => head_of(reading, &named, name),
        // An office goes by its area too: `Chi cục Thuế khu vực …`.
        None if named.body.open != Open::No
            || reading.lower()[named.span.start..named.end].contains(AREA) =>
        {
            let name = &reading.norm()[named.span.start..named.end];
            if crate::extract::head::is_capitals(name) {
                from_capitals(name)
            } else {
                crate::text::one_line(name)
            }
        }
        None => named.body.name.clone(),
    };
    let (span, text) = reading.text.evidence(named.span);
    let mut issuer = Issuer {
        name: stem.clone(),
        body: stem.clone(),
        level: named.level.or(body.level).map(tier),
        place: None,
        text,
        span: Some(span),
        status: Status::Stated,
        rule: rule.into(),
        why: None,
        others: Vec::new(),
    };
    // The place of `Bệnh viện Trung ương Huế` is part of its name.
    if let Some(place) = &named.place
        && named.body.open != Open::No
        && word_lists::inside("issuer.central_names", &stem)
    {
        let name = crate::text::one_line(&reading.norm()[named.span.range()]);
        issuer.name.clone_from(&name);
        issuer.body = name;
        issuer.level = Some(Level::Central);
        issuer.place = place.province().map(|p| place_of(reading, p));
        return issuer;
    }
    if let Some(place) = &named.place {
        issuer.name = with_place(reading, &named, &stem, place);
        if let Some(province) = place.province() {
            issuer.place = Some(place_of(reading, province));
        }
        return issuer;
    }
    // The name itself may say that it is the State's.
    if named.kind.is_none() && word_lists::inside("issuer.central_names", &stem)
    {
        issuer.level = Some(Level::Central);
    }
    let takes = body.takes_place || named.kind.is_some();
    if issuer.level == Some(Level::Central) || !takes {
        return issuer;
    }
    infer(reading, &named, body, &mut issuer);
    issuer
}

/// The body of the person at its head: `Cục Quản lý giá` of `Cục trưởng Cục
/// Quản lý giá`.
fn head_of(reading: &Reading, named: &Named, body: &str) -> String {
    let words = &reading.norm()[named.span.start..named.end];
    let tail = words.get(named.body.name.len()..).filter(|_| {
        named.body.open != Open::No
            && words.to_lowercase().starts_with(&named.body.name.to_lowercase())
    });
    crate::text::one_line(&format!("{body}{}", tail.unwrap_or_default()))
}

/// Looks for the province of a body that stands without one.
fn infer(reading: &Reading, named: &Named, body: &Body, issuer: &mut Issuer) {
    if let Some((place, why)) = named.kind.and_then(|k| alike(reading, k)) {
        issuer.name = with_place(reading, named, &issuer.body, &place);
        issuer.level = Some(tier(place.level));
        issuer.place = place.province().map(|p| place_of(reading, p));
        issuer.status = Status::Inferred;
        issuer.why = Some(why.into());
        let (span, text) = reading.text.evidence(place.span.into());
        issuer.others.push(Evidence { text, span });
        return;
    }
    // A bare `UBND` is a province's, unless a word tells otherwise.
    let below = matches!(
        named.kind,
        Some(k) if k.level().is_some_and(|l| l > Tier::Province)
    ) || matches!(body.level, Some(l) if l > Tier::Province);
    if let Some((province, evidence, why)) = infer_province(reading, named) {
        // `UBND thành phố` in a tỉnh is that of a city within it.
        let below = below
            || named.kind == Some(PlaceKind::City)
                && province.kind != PlaceKind::City;
        issuer.place = Some(place_of(reading, province));
        issuer.status = Status::Inferred;
        issuer.why = Some(why);
        issuer.others.extend(evidence.map(|span| {
            let (span, text) = reading.text.evidence(span);
            Evidence { text, span }
        }));
        if below {
            issuer.level = issuer.level.or(Some(Level::District));
            if let Some(kind) = named.kind {
                issuer.name = format!("{} {}", issuer.body, kind.word());
            }
        } else {
            issuer.level = Some(Level::Province);
            issuer.name =
                format!("{} {}", issuer.body, placed(&issuer.body, province));
        }
    } else if let Some(kind) = named.kind {
        issuer.name = format!("{} {}", issuer.body, kind.word());
    }
}

/// The name of a body with its province.
pub(super) fn with_province(stem: &str, province: &Province) -> String {
    format!("{stem} {}", placed(stem, province))
}

/// A name in capitals as it is usually written: `CỤC Y TẾ DỰ PHÒNG` is `Cục Y
/// tế dự phòng`, short names without a vowel stay (`THPT`).
pub(super) fn from_capitals(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let lower = words.join(" ").to_lowercase();
    // The word for the kind of body, in its usual case.
    let kind = word_lists::words("issuer.kinds")
        .iter()
        .filter(|kind| lower.starts_with(&kind.to_lowercase()))
        .max_by_key(|kind| kind.len());
    let kind = kind.copied().unwrap_or_default();
    let known = kind.split_whitespace().count();
    // A school or a hospital has a person's name or a place's.
    let proper = word_lists::begins("issuer.proper_kinds", kind);
    let mut out = kind.to_owned();
    for (i, word) in words.iter().enumerate().skip(known) {
        out.push_str(if out.is_empty() { "" } else { " " });
        let low = word.to_lowercase();
        let short = low.contains(|c: char| c.is_ascii_digit())
            || low.is_ascii() && !low.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if short {
            out.push_str(word);
        } else if i == known || proper {
            let mut chars = low.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        } else {
            out.push_str(&low);
        }
    }
    out
}

/// `tỉnh Vĩnh Phúc` behind bodies that name the kind of place, `Sơn La`
/// behind those that do not.
fn placed(stem: &str, province: &Province) -> String {
    let bare = word_lists::begins("issuer.bare_heads", stem)
        || stem.contains("Tỉnh ủy")
        || stem.contains("Thành ủy");
    if bare && !is_person(province.name) {
        province.name.to_owned()
    } else {
        format!("{} {}", province.kind.word(), province.name)
    }
}

/// `Hồ Chí Minh` alone is a person.
fn is_person(place: &str) -> bool {
    place == "Hồ Chí Minh"
}

/// The name of a place alone: that of the list for a province.
pub(super) fn place_name(reading: &Reading, place: &PlaceMention) -> String {
    match place.province() {
        Some(p) if place.level == Tier::Province => p.name.to_owned(),
        _ => title_case(&reading.norm()[place.name.clone()]),
    }
}

/// The name with the place as the text writes it, its kind in full.
fn with_place(
    reading: &Reading,
    named: &Named,
    stem: &str,
    place: &PlaceMention,
) -> String {
    let name = place_name(reading, place);
    let bare = word_lists::inside("issuer.committees", stem)
        || word_lists::begins("issuer.unions", stem);
    match (place.kind, place.province()) {
        // `TPHCM` has its kind within its one word.
        (kind, Some(p)) if is_person(&name) && (bare || kind.is_none()) => {
            format!("{stem} {} {name}", p.kind.word())
        }
        (Some(_), _) if bare => format!("{stem} {name}"),
        (Some(kind), _) => format!("{stem} {} {name}", kind.word()),
        (None, Some(p))
            if needs_kind(named.body) && place.level == Tier::Province =>
        {
            format!("{stem} {} {name}", p.kind.word())
        }
        (None, _) => format!("{stem} {name}"),
    }
}

fn needs_kind(body: &Body) -> bool {
    let name = body.head_of.as_deref().unwrap_or(&body.name);
    word_lists::has("issuer.kind_bodies", name)
}

/// `THÁI BÌNH` becomes `Thái Bình`; names in small letters stay.
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return crate::text::one_line(name);
    }
    let words = name.split_whitespace().map(|w| {
        let mut chars = w.chars();
        let first = chars.next().into_iter();
        first.chain(chars.flat_map(char::to_lowercase)).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{from_capitals, title_case};
    use crate::extract::trial::record;
    use crate::record::Level;

    #[test]
    fn names_are_written_as_the_genre_does() {
        for (text, name, level) in [
            (
                "Ban Thường vụ Tỉnh ủy Sơn La ban hành Kế hoạch số 60-KH/TU.",
                "Ban Thường vụ Tỉnh ủy Sơn La",
                Level::Province,
            ),
            (
                "UBND TP Đà Nẵng ban hành Kế hoạch số 98/KH-UBND.",
                "UBND thành phố Đà Nẵng",
                Level::Province,
            ),
            (
                "Sở Y tế TPHCM ban hành Kế hoạch số 98/KH-SYT.",
                "Sở Y tế thành phố Hồ Chí Minh",
                Level::Province,
            ),
            (
                "Bộ Tài chính ban hành Thông tư số 14/2022/TT-BTC.",
                "Bộ Tài chính",
                Level::Central,
            ),
            (
                "Bệnh viện Trung ương Huế ban hành Kế hoạch số 28/KH-BVH.",
                "Bệnh viện Trung ương Huế",
                Level::Central,
            ),
            (
                "Cục trưởng Cục Quản lý giá vừa ký Quyết định số 28/QĐ-QLG.",
                "Cục Quản lý giá",
                Level::Central,
            ),
            (
                "Theo công văn của UBND tỉnh An Giang, UBND thành phố vừa ban \
                 hành Kế hoạch số 28/KH-UBND.",
                "UBND thành phố",
                Level::District,
            ),
            (
                "UBND thị xã V/v tổ chức tiêm chủng ban hành Kế hoạch số \
                 28/KH-UBND.",
                "UBND thị xã",
                Level::District,
            ),
        ] {
            let issuer = record(text).issuer.unwrap();
            assert_eq!(issuer.name, name);
            assert_eq!(issuer.level, Some(level), "{name}");
        }
    }

    #[test]
    fn names_in_capitals_get_small_letters() {
        for (capitals, name) in [
            ("TỔNG CỤC LÂM NGHIỆP", "Tổng cục Lâm nghiệp"),
            ("TRƯỜNG THCS AN HÒA", "Trường THCS An Hòa"),
            ("TRƯỜNG TIỂU HỌC BÌNH MINH", "Trường Tiểu học Bình Minh"),
            (
                "BAN CHỈ ĐẠO PHÒNG DỊCH COVID-19",
                "Ban Chỉ đạo Phòng dịch COVID-19",
            ),
        ] {
            assert_eq!(from_capitals(capitals), name);
        }
    }

    #[test]
    fn only_capitals_are_lowered() {
        assert_eq!(title_case("THÁI BÌNH"), "Thái Bình");
        assert_eq!(title_case("Bà Rịa-Vũng Tàu"), "Bà Rịa-Vũng Tàu");
    }
}
