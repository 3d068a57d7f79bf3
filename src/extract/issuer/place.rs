//! The place of a body: as a province of the list that held, and where the
//! body stands alone, inferred.
//!
//! # What it finds
//! In this order: the same body with its place, the place and date line, the
//! address, the newspaper, the name that opens the headline or a quoted
//! title, `trên địa bàn tỉnh …`, the province of most districts named, the
//! province named most.
//!
//! # What it must refuse
//! A tie between two provinces.
//!
//! # Known limits
//! A province that is only quoted counts like the own one.

use super::Named;
use crate::extract::issued::place_line;
use crate::extract::reading::Reading;
use crate::extract::window;
use crate::lexicon::level::{Level as Tier, PlaceKind};
use crate::lexicon::places::{self, Province, ProvinceMention};
use crate::lexicon::word_lists;
use crate::record::{Edtf, Part, Place, Point};
use crate::text::{Norm, Span};

/// The day that decides which list of provinces holds.
fn day_of(reading: &Reading) -> Option<(i16, u8, u8)> {
    if let Some(anchor) = reading.publication() {
        return Some(anchor.day);
    }
    reading.dates.iter().find_map(|d| match d.value {
        Edtf::Point(Point { year: Some(y), part: Part::Day(m, d) }) => {
            Some((y, m, d))
        }
        _ => None,
    })
}

pub(super) fn place_of(
    reading: &Reading,
    province: &'static Province,
) -> Place {
    let day = day_of(reading);
    let then = day
        .and_then(|day| places::as_of(province.name, day))
        .unwrap_or(province);
    Place {
        code: then.code.to_owned(),
        name: then.name.to_owned(),
        list: then.list.label().to_owned(),
        successor: places::by_code(places::List::Since2025, province.successor)
            .map(|p| p.name.to_owned()),
    }
}

/// A province found elsewhere, with its evidence and the reason.
type Inferred = (&'static Province, Option<Span<Norm>>, String);

/// The province of a body that stands without one.
pub(super) fn infer_province(
    reading: &Reading,
    named: &Named,
) -> Option<Inferred> {
    // `UBND tỉnh` is none of a city's, `UBND thành phố` none of a tỉnh's
    // unless it is a city within it.
    let agrees = |found: &Inferred| {
        named.kind != Some(PlaceKind::Province)
            || found.0.kind == PlaceKind::Province
    };
    same_body(reading, named)
        .filter(agrees)
        .or_else(|| place_date_line(reading).filter(agrees))
        .or_else(|| address(reading).filter(agrees))
        .or_else(|| newspaper(reading).filter(agrees))
        .or_else(|| opening_name(reading).filter(agrees))
        .or_else(|| territory(reading).filter(agrees))
        .or_else(|| districts(reading).filter(agrees))
        .or_else(|| majority(reading, agrees))
}

fn same_body(reading: &Reading, named: &Named) -> Option<Inferred> {
    let stem = named.body.head_of.as_deref().unwrap_or(&named.body.name);
    reading.bodies().iter().find_map(|b| {
        let other = b.body.head_of.as_deref().unwrap_or(&b.body.name);
        if other != stem {
            return None;
        }
        let p = places::place_at(reading.norm(), reading.lower(), b.span.end)?;
        let province = p.province()?;
        let same_level = named.level.is_none_or(|l| l == p.level)
            || named.level == Some(Tier::District);
        (same_level && p.level == Tier::Province).then(|| {
            (
                province,
                Some(p.span.into()),
                "the same body with its place".into(),
            )
        })
    })
}

/// `Nghệ An, ngày 21 tháng 10 năm 2021`; the town may stand for its province.
fn place_date_line(reading: &Reading) -> Option<Inferred> {
    let Some(head) = reading.layout.header else { return at_foot(reading) };
    let why = "the head of the paper".into();
    let named = reading
        .provinces()
        .iter()
        .find(|p| p.span.start >= head.start && p.span.start < head.end + 200);
    if let Some(p) = named {
        return Some((p.province, Some(p.span.clone().into()), why));
    }
    let lower = reading.lower();
    let comma = head.start + head.of(lower).rfind(", ngày")?;
    let from = lower[..comma].rfind(['\n', '|']).map_or(0, |i| i + 1);
    let name = lower[from..comma].trim_start();
    let towns = places::districts_named(name);
    let mut provinces = towns.iter().flat_map(|town| town.provinces());
    let province = provinces.next()?;
    let same = provinces.all(|other| other.code == province.code);
    let span = Span::new(comma - name.len(), comma);
    same.then_some((province, Some(span), why))
}

/// `Hà Tĩnh, ngày 12 tháng 5 năm 2021` at the foot of a paper without a head.
fn at_foot(reading: &Reading) -> Option<Inferred> {
    let (_, line) = place_line(reading)?;
    let i =
        reading.provinces().partition_point(|p| p.full.start < line.span.start);
    let p = reading.provinces().get(i)?;
    (p.full.end <= line.span.end).then(|| {
        let why = "the place and day of the paper".into();
        (p.province, Some(p.span.clone().into()), why)
    })
}

fn address(reading: &Reading) -> Option<Inferred> {
    let url = reading.context.source.url.as_deref()?;
    let province = places::province_of_host(url)?;
    Some((province, None, format!("the address {url}")))
}

fn newspaper(reading: &Reading) -> Option<Inferred> {
    let top = window::after(reading.norm(), 0, 700);
    let lower = &reading.lower()[..top.len()];
    let province = places::province_of_newspaper(top, lower)?;
    // What a newspaper tells of a province that its own has taken over.
    let merged = districts(reading).filter(|(other, ..)| {
        other.code != province.code && other.successor == province.successor
    });
    merged.or(Some((province, None, "the newspaper".into())))
}

/// A province that opens the headline or a quoted title.
fn opening_name(reading: &Reading) -> Option<Inferred> {
    let quotes = reading.text.quotes().iter().map(|q| q.inner.start);
    // `Đà Nẵng: UBND thành phố vừa …`
    let first = reading.sentences().first().map(|s| s.start);
    let first = first.filter(|at| {
        let i = reading.provinces().partition_point(|p| p.full.start < *at);
        reading.provinces().get(i).is_some_and(|p| {
            p.full.start == *at
                && reading.lower()[p.full.end..].starts_with(':')
        })
    });
    let title = reading.layout.title.map(|t| t.start);
    let starts = title.into_iter().chain(first).chain(quotes);
    for start in starts.take(12) {
        let hit = reading
            .provinces()
            .iter()
            .find(|p| p.full.start == start || p.span.start == start);
        if let Some(p) = hit {
            let why =
                "the name that opens the headline or the title of the campaign";
            return Some((
                meant(reading, p),
                Some(p.span.clone().into()),
                why.into(),
            ));
        }
    }
    None
}

/// The province that a name stands for today: `tỉnh Hòa Bình (cũ)` is told of
/// its successor.
fn meant(reading: &Reading, p: &ProvinceMention) -> &'static Province {
    let tail = reading.after(p.full.end.max(p.span.end), 8).trim_start();
    let former = word_lists::begins("issuer.former", tail);
    let today = former.then(|| places::successor(p.province.code)).flatten();
    today.unwrap_or(p.province)
}

/// `trên địa bàn tỉnh Quảng Nam`
fn territory(reading: &Reading) -> Option<Inferred> {
    let p = reading.provinces().iter().find(|p| {
        word_lists::ends("issuer.territory", reading.before(p.full.start, 30))
    })?;
    let why = "“trên địa bàn …”".into();
    Some((meant(reading, p), Some(p.span.clone().into()), why))
}

/// `các huyện Lệ Thủy, Quảng Trạch`: the province of most districts named.
fn districts(reading: &Reading) -> Option<Inferred> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let mut votes: Vec<(&'static Province, usize, Span<Norm>)> = Vec::new();
    for word in word_lists::words("issuer.district_words") {
        for (at, _) in lower[..reading.layout.end].match_indices(word) {
            let Some(p) = places::place_at(norm, lower, at) else { continue };
            let Some(province) = p.province() else { continue };
            match votes.iter_mut().find(|(q, ..)| q.code == province.code) {
                Some((_, n, _)) => *n += 1,
                None => votes.push((province, 1, p.span.into())),
            }
        }
    }
    let most = votes.iter().map(|(_, n, _)| *n).max()?;
    let mut top = votes.iter().filter(|(_, n, _)| *n == most);
    let (province, _, span) = top.next()?;
    let why = "the province of the districts named".into();
    top.next().is_none().then_some((*province, Some(*span), why))
}

/// The province named most. A name that stands only once and without its
/// kind may be that of a battle, a street or a guest.
fn majority(
    reading: &Reading,
    agrees: impl Fn(&Inferred) -> bool,
) -> Option<Inferred> {
    let inside = reading.provinces().iter().filter(|p| {
        let found = (p.province, None, String::new());
        p.span.start < reading.layout.end && agrees(&found)
    });
    let mut counts: Vec<(&'static Province, usize, Span<Norm>)> = Vec::new();
    for p in inside {
        let own = meant(reading, p);
        match counts
            .iter_mut()
            .find(|(q, ..)| (q.code, q.list) == (own.code, own.list))
        {
            Some((_, n, _)) => *n += 1,
            None => counts.push((own, 1, p.span.clone().into())),
        }
    }
    let most = counts.iter().map(|(_, n, _)| *n).max()?;
    let mut top = counts.iter().filter(|(_, n, _)| *n == most);
    let (province, n, span) = top.next()?;
    // `Sở Y tế Hà Nam` is no guest.
    let of_body = || {
        reading.bodies().iter().any(|b| {
            b.span.end + 1 == span.start
                && !b.plural
                && b.body.level == Some(Tier::Province)
        })
    };
    let sure = *n > 1
        || of_body()
        || reading
            .provinces()
            .iter()
            .any(|p| Span::from(p.span.clone()) == *span && p.full != p.span);
    (sure && top.next().is_none()).then(|| {
        (*province, Some(*span), format!("the province named most ({n} times)"))
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Status;

    #[test]
    fn the_province_of_a_bare_body_is_inferred() {
        let text = "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND về trồng rừng \
                    trên địa bàn tỉnh Quảng Nam.";
        let issuer = record(text).issuer.unwrap();
        assert_eq!(issuer.name, "UBND tỉnh Quảng Nam");
        assert_eq!(issuer.status, Status::Inferred);
        let place = issuer.place.unwrap();
        assert_eq!(place.name, "Quảng Nam");
        assert_eq!(place.successor.as_deref(), Some("Đà Nẵng"));
    }

    #[test]
    fn the_kind_of_place_agrees_and_one_bare_name_is_too_little() {
        for text in [
            "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND về xúc tiến đầu tư tại \
             thành phố Hồ Chí Minh.",
            "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND. Chín năm làm một Điện \
             Biên.",
        ] {
            let issuer = record(text).issuer.unwrap();
            assert_eq!(issuer.name, "UBND tỉnh", "{text}");
        }
    }

    #[test]
    fn the_town_of_the_dateline_stands_for_its_province() {
        let text = "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: \
                    7/CT-UBND\nPhủ Lý, ngày 8 tháng 7 năm 2009\nCHỈ THỊ\nVề việc \
                    trồng rừng\nCác xã trồng rừng ven sông.";
        let issuer = record(text).issuer.unwrap();
        assert_eq!(issuer.name, "UBND tỉnh Hà Nam");
        let unknown = text.replace("Phủ Lý", "Khe Nứa");
        assert!(record(&unknown).issuer.unwrap().place.is_none());
    }

    #[test]
    fn the_districts_of_a_merged_province_outweigh_the_newspaper() {
        let text = "Sạt lở ở kè biển\n\nBáo Cà Mau\n\nChủ tịch UBND tỉnh vừa \
                    ký Quyết định số 354/QĐ-UBND về kè biển huyện Đông Hải.";
        assert_eq!(record(text).issuer.unwrap().name, "UBND tỉnh Bạc Liêu");
        let text = text.replace("huyện Đông Hải", "huyện Đầm Dơi");
        assert_eq!(record(&text).issuer.unwrap().name, "UBND tỉnh Cà Mau");
    }

    #[test]
    fn a_former_province_stands_for_its_successor() {
        let text = "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND về trồng rừng \
                    trên địa bàn tỉnh Hòa Bình (cũ).";
        let issuer = record(text).issuer.unwrap();
        assert_eq!(issuer.name, "UBND tỉnh Phú Thọ");
    }

    #[test]
    fn the_place_of_another_body_or_of_the_line_is_its_own() {
        let act = "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND về tre.";
        let text = format!("{act} Sở Y tế Hà Nam diệt muỗi.");
        assert_eq!(record(&text).issuer.unwrap().name, "UBND tỉnh Hà Nam");
        let text = "Đà Nẵng: UBND thành phố ban hành Kế hoạch số 7/KH-UBND.";
        let name = record(text).issuer.unwrap().name;
        assert_eq!(name, "UBND thành phố Đà Nẵng");
    }

    #[test]
    fn a_tie_is_left_open() {
        let text = "UBND tỉnh ban hành Kế hoạch số 7/KH-UBND; Nghệ An và Hà \
                    Tĩnh cùng làm.";
        let issuer = record(text).issuer.unwrap();
        assert_eq!(issuer.name, "UBND tỉnh");
        assert!(issuer.place.is_none());
    }
}
