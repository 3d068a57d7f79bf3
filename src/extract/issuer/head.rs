//! The body of a paper's head: of two that stand one above the other the
//! lower one issues, the upper one is its superior.
//!
//! # What it finds
//! `BỘ TÀI CHÍNH` / `TỔNG CỤC THUẾ`: the second. A department or an office
//! has the place of the body above it (`UBND TỈNH SƠN LA` / `SỞ Y TẾ`), an
//! organ of a committee its name (`TỈNH ỦY SƠN LA` / `BAN TUYÊN GIÁO`).
//!
//! # What it must refuse
//! Organs that only speak for the body beside them (`BAN THƯỜNG TRỰC`); a
//! lower line for which the number does not stand, but the upper one does.
//!
//! # Known limits
//! The small letters of a name in capitals that the text does not repeat are
//! guessed.

use super::name;
use super::place::place_of;
use super::{Named, below, named, stands_for};
use crate::extract::head::is_capitals;
use crate::extract::reading::Reading;
use crate::extract::symbol::Symbol;
use crate::lexicon::bodies::{self, Body, BodyMention, Open};
use crate::lexicon::level::Level as Tier;
use crate::lexicon::places;
use crate::lexicon::word_lists;
use crate::record::{Issuer, Status};
use crate::text::{Norm, Span};

/// Lines of a head that name one body.
struct Unit {
    span: Span<Norm>,
    /// In small letters, on one line.
    words: String,
}

/// The lower body of a head, if it has two or more.
pub(super) fn lower(
    reading: &Reading,
    symbol: Option<&Symbol>,
) -> Option<Issuer> {
    let mut units = units(reading)?;
    let organ_of = |u: &Unit| word_lists::begins("issuer.organs", &u.words);
    if let [.., over, own] = units.as_slice()
        && let Some(body) = combined(own, over)
    {
        return Some(listed(
            reading,
            own,
            body,
            None,
            place_above(reading, &units),
        ));
    }
    if let [over, organ] = units.as_slice()
        && organ_of(organ)
        && let Some(issuer) = local(reading, over, organ)
    {
        return Some(issuer);
    }
    units.retain(|u| !organ_of(u));
    if let [one] = units.as_slice() {
        // The line below it, for which the number stands, may be lost.
        let over = reading.bodies().iter().position(|b| {
            b.span.start == one.span.start && b.full().end >= one.span.end
        });
        let lost = over.zip(symbol).and_then(|(i, s)| below(reading, i, s));
        return if lost.is_some() { None } else { alone(reading, one) };
    }
    let (own, above) = units.split_last()?;
    let over = above.last()?;
    let first = |unit: &Unit| {
        reading.bodies().iter().find(|b| b.span.start == unit.span.start)
    };
    let superior = place_above(reading, &units).or_else(|| {
        let over = named(reading, first(over)?);
        (over.level == Some(Tier::Central)).then_some(over)
    });
    let mention = first(own).filter(|b| b.body.open == Open::No && !b.plural);
    if let (Some(symbol), Some(over)) = (symbol, first(over))
        && stands_for(symbol, over.body)
        && !mention.is_some_and(|own| stands_for(symbol, own.body))
    {
        return None;
    }
    // Only the first words of the name may be listed.
    let whole = mention.filter(|m| {
        named(reading, m).span.end >= own.span.end
            || m.full().end >= own.span.end
    });
    Some(match whole {
        Some(m) => listed(reading, own, m.body, Some(m), superior),
        None => unlisted(reading, own, superior),
    })
}

/// The nearest body above the last one that has a place.
fn place_above(reading: &Reading, units: &[Unit]) -> Option<Named> {
    let (_, above) = units.split_last()?;
    above.iter().rev().find_map(|u| {
        let first =
            reading.bodies().iter().find(|b| b.span.start == u.span.start)?;
        let named = named(reading, first);
        named.place.is_some().then_some(named)
    })
}

/// `HỘI NÔNG DÂN VIỆT NAM` / `BAN CHẤP HÀNH TỈNH SƠN LA`: the province's.
fn local(reading: &Reading, over: &Unit, organ: &Unit) -> Option<Issuer> {
    let body = bodies::by_name(over.words.strip_suffix(" việt nam")?)?;
    let (norm, lower) = (reading.norm(), reading.lower());
    let words = word_lists::words("issuer.organs").iter();
    let len = words
        .filter(|w| organ.words.starts_with(**w))
        .map(|w| w.len())
        .max()?;
    let place = places::place_at(norm, lower, organ.span.start + len)?;
    let level = Some(place.level);
    let own = Named {
        body,
        span: over.span.cover(organ.span),
        end: over.span.end,
        place: Some(place),
        level,
        kind: None,
    };
    Some(name::write(reading, own, "issuer/header"))
}

/// A body that the list knows, with the place of the one above it if it has
/// none of its own.
fn listed(
    reading: &Reading,
    unit: &Unit,
    body: &'static Body,
    mention: Option<&BodyMention>,
    superior: Option<Named>,
) -> Issuer {
    let mut own = match mention.map(|m| named(reading, m)) {
        Some(own) => own,
        None => Named {
            body,
            span: unit.span,
            end: unit.span.end,
            place: None,
            level: body.level,
            kind: None,
        },
    };
    own.body = body;
    own.level = own.level.or(body.level);
    let inherits = own.place.is_none()
        && own.kind.is_none()
        && body.takes_place
        && body.level != Some(Tier::Central);
    let above = superior.filter(|_| inherits).and_then(|s| s.place);
    let Some(place) = above else {
        return name::write(reading, own, "issuer/header");
    };
    own.level = body.level.or(Some(place.level));
    let span = own.span;
    let mut issuer = match place.province() {
        Some(province) if place.level == Tier::Province => {
            let mut issuer = name::write(
                reading,
                Named { place: Some(place), ..own },
                "issuer/header",
            );
            issuer.name = name::with_province(&issuer.body, province);
            issuer
        }
        _ => name::write(
            reading,
            Named { place: Some(place), ..own },
            "issuer/header",
        ),
    };
    let (raw, text) = reading.text.evidence(span);
    (issuer.span, issuer.text) = (Some(raw), text);
    issuer.status = Status::Inferred;
    issuer.why = Some("the body above it in the head of the paper".into());
    issuer
}

/// A body that the list does not know: its name as the text spells it.
fn unlisted(reading: &Reading, unit: &Unit, superior: Option<Named>) -> Issuer {
    let (span, text) = reading.text.evidence(unit.span);
    let name = in_small_letters(reading, unit);
    let place = superior.as_ref().and_then(|s| s.place.as_ref());
    let own = reading.bodies().iter().find(|b| b.span.start == unit.span.start);
    let level = own.and_then(|b| b.level.or(b.body.level));
    let level = level.or(superior.as_ref().and_then(|s| s.level));
    Issuer {
        name: name.clone(),
        body: name,
        level: level.map(name::tier),
        place: place
            .and_then(|p| p.province())
            .map(|province| place_of(reading, province)),
        text,
        span: Some(span),
        status: Status::Stated,
        rule: "issuer/header".into(),
        why: None,
        others: Vec::new(),
    }
}

/// `BAN TUYÊN GIÁO` below `TỈNH ỦY SƠN LA` is `Ban Tuyên giáo Tỉnh ủy`.
fn combined(own: &Unit, over: &Unit) -> Option<&'static Body> {
    let owners = word_lists::words("issuer.owners").iter();
    owners
        .filter(|owner| over.words.contains(**owner))
        .find_map(|owner| bodies::by_name(&format!("{} {owner}", own.words)))
}

/// The bodies that stand one above the other in the head: lines in capitals
/// before the number, without the name of the State beside them.
fn units(reading: &Reading) -> Option<Vec<Unit>> {
    let head = reading.layout.header?;
    let (norm, lower) = (reading.norm(), reading.lower());
    let mut units: Vec<Unit> = Vec::new();
    let lines = reading.text.lines().iter();
    for line in lines.filter(|l| l.span.overlaps(head)).take(12) {
        let words = line.span.of(lower);
        let cell = words.split('|').next().unwrap_or(words);
        let beside = ["layout.states", "head.mottoes"].iter();
        let cut = beside
            .flat_map(|list| word_lists::words(list))
            .filter_map(|name| cell.find(name))
            .min();
        let cell = cell[..cut.unwrap_or(cell.len())].trim_end();
        let span = Span::new(line.span.start, line.span.start + cell.len());
        if cell.starts_with("số") || cell.contains(", ngày") {
            break;
        }
        if !is_capitals(span.of(norm)) {
            continue;
        }
        let named = reading.bodies().iter().any(|b| b.span.start == span.start);
        if named || word_lists::begins("issuer.unit_heads", cell) {
            units.push(Unit { span, words: crate::text::one_line(cell) });
        } else if let Some(unit) = units.last_mut()
            && cut != Some(0)
        {
            unit.span = unit.span.cover(span);
            unit.words = format!("{} {}", unit.words, cell);
        }
    }
    (!units.is_empty()).then_some(units)
}

/// A name of two lines beside the name of the State, of which the list knows
/// only the first words.
fn alone(reading: &Reading, unit: &Unit) -> Option<Issuer> {
    let first =
        reading.bodies().iter().find(|b| b.span.start == unit.span.start)?;
    let beside = unit.span.of(reading.lower());
    let broken = beside.split('\n').next().is_some_and(|line| {
        let states = word_lists::words("layout.states").iter();
        states.clone().any(|state| line.contains(state))
    });
    if broken && first.body.open == Open::No {
        return with_place_below(reading, unit, first);
    }
    broken.then(|| unlisted(reading, unit, None))
}

/// `ỦY BAN NHÂN DÂN` beside the name of the State, and `TỈNH HÀ NAM` beside
/// its motto.
fn with_place_below(
    reading: &Reading,
    unit: &Unit,
    first: &BodyMention,
) -> Option<Issuer> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let behind = &lower[first.span.end..unit.span.end];
    let below = first.span.end + behind.find('\n')? + 1;
    let place = places::place_at(norm, lower, below)?;
    place.kind?;
    let own = Named {
        body: first.body,
        span: first.span.clone().into(),
        end: first.span.end,
        level: Some(place.level),
        place: Some(place),
        kind: None,
    };
    Some(name::write(reading, own, "issuer/header"))
}

/// The name as the text spells it elsewhere, else with a capital behind the
/// word for the kind of body.
fn in_small_letters(reading: &Reading, unit: &Unit) -> String {
    let (norm, lower) = (reading.norm(), reading.lower());
    let again = lower.match_indices(unit.words.as_str()).find_map(|(at, w)| {
        let words = &norm[at..at + w.len()];
        (!is_capitals(words)).then(|| crate::text::one_line(words))
    });
    if let Some(mut name) = again {
        let first = name.chars().next().into_iter();
        let first: String = first.flat_map(char::to_uppercase).collect();
        name.replace_range(
            ..name.chars().next().map_or(0, char::len_utf8),
            &first,
        );
        return name;
    }
    name::from_capitals(&unit.words.to_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    #[test]
    fn organs_of_a_district_committee_have_its_place() {
        for (top, number, name) in [
            (
                "HUYỆN ỦY THANH LIÊM\nBAN TỔ CHỨC",
                "4-KH/BTCHU",
                "Ban Tổ chức Huyện ủy Thanh Liêm",
            ),
            ("HUYỆN ỦY THANH LIÊM", "4-KH/HU", "Huyện ủy Thanh Liêm"),
        ] {
            assert_eq!(issuer(top, number, "Thanh Liêm"), name);
        }
    }

    fn issuer(top: &str, number: &str, place: &str) -> String {
        let text = format!(
            "{top}\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - \
             Hạnh phúc\nSố: {number}\n{place}, ngày 5 tháng 3 năm 2019\n\nKẾ \
             HOẠCH\nTrồng rừng năm 2019\n\nThực hiện Luật Lâm nghiệp, các đơn \
             vị trồng rừng như sau:\n1. Ven sông.\n2. Ven biển."
        );
        record(&text).issuer.unwrap().name
    }

    #[test]
    fn columns_that_run_together_are_parted() {
        let text = "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH \
                    HÀ NAM Độc lập - Tự do - Hạnh phúc\n\nSố: 7/UBND-VX Phủ \
                    Lý, ngày 5 tháng 3 năm 2019\n\nV/v trồng rừng\n\nKính gửi: \
                    các huyện.\n\nỦy ban nhân dân tỉnh nhận được Công văn số \
                    8/UBND-VX ngày 1 tháng 3 năm 2019 của UBND tỉnh Sơn La.";
        assert_eq!(record(text).issuer.unwrap().name, "UBND tỉnh Hà Nam");
    }

    #[test]
    fn the_lower_body_issues() {
        for (top, number, place, name) in [
            (
                "BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ",
                "7/KH-TCT",
                "Hà Nội",
                "Tổng cục Thuế",
            ),
            (
                "UBND TỈNH HÀ NAM\nSỞ Y TẾ",
                "7/KH-SYT",
                "Phủ Lý",
                "Sở Y tế Hà Nam",
            ),
            (
                "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSỞ Y TẾ",
                "7/KH-SYT",
                "Hà Nam",
                "Sở Y tế Hà Nam",
            ),
            (
                "UBND HUYỆN MAI SƠN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
                "7/KH-PGDĐT",
                "Mai Sơn",
                "Phòng Giáo dục và Đào tạo huyện Mai Sơn",
            ),
            (
                "SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ NAM\nTRƯỜNG THPT BÌNH MINH",
                "7/KH-THPTBM",
                "Hà Nam",
                "Trường THPT Bình Minh",
            ),
            (
                "HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TỈNH HÀ NAM",
                "7-KH/HNDT",
                "Phủ Lý",
                "Hội Nông dân tỉnh Hà Nam",
            ),
            (
                "ĐẢNG BỘ TỈNH HÀ NAM\nHUYỆN ỦY MAI SƠN",
                "7-KH/HU",
                "Mai Sơn",
                "Huyện ủy Mai Sơn",
            ),
            (
                "TỈNH ỦY HÀ NAM\nBAN TUYÊN GIÁO",
                "7-KH/BTGTU",
                "Hà Nam",
                "Ban Tuyên giáo Tỉnh ủy Hà Nam",
            ),
        ] {
            assert_eq!(issuer(top, number, place), name);
        }
    }

    #[test]
    fn the_number_may_stand_for_the_upper_body() {
        assert_eq!(
            issuer(
                "UBND TỈNH HÀ NAM\nBAN CHỈ ĐẠO TRỒNG RỪNG",
                "7/KH-UBND",
                "Hà Nam"
            ),
            "UBND tỉnh Hà Nam"
        );
        assert_eq!(
            issuer("ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM", "7/KH-UBND", "Hà Nam"),
            "UBND tỉnh Hà Nam"
        );
    }

    #[test]
    fn a_name_of_two_lines_beside_the_state_is_one() {
        let text = "HỘI TRUYỀN THỐNG    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                    SÔNG ĐÁY HÀ NAM    Độc lập - Tự do - Hạnh phúc\nSố: \
                    7/HTT-HN\nPhủ Lý, ngày 5 tháng 3 năm 2019\n\nKính gửi: \
                    Các chi hội\n\nLũ to, các chi hội góp gạo.";
        let name = record(text).issuer.unwrap().name;
        assert_eq!(name.to_lowercase(), "hội truyền thống sông đáy hà nam");
    }

    #[test]
    fn the_seat_of_a_central_body_is_not_its_place() {
        assert_eq!(
            issuer("VIỆN KIỂM SÁT NHÂN DÂN", "7/KH-VKSTC", "Hà Nội"),
            "Viện kiểm sát nhân dân tối cao"
        );
    }
}
