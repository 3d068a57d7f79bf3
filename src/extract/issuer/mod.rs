//! The body whose act it is.
//!
//! # What it finds
//! The subject of the issuing verb, the body behind `của`, or the head of an
//! official paper, in its usual short form with its place: `UBND tỉnh Vĩnh
//! Phúc`, `Bộ Y tế`, `Ban Thường vụ Tỉnh ủy Sơn La`. The head of a body signs
//! for it, and a place may stand for its administration (see `territory`). Where `UBND tỉnh` stands alone, the province is looked for in this
//! order: the same body with its place, the place and date line, the address,
//! the newspaper, the name that opens the headline or the campaign, `trên địa
//! bàn tỉnh …`, and last the province named most.
//!
//! # What it must refuse
//! The host of a meeting, those a paper is sent to, another province that is
//! quoted, many bodies (`UBND các huyện`).
//!
//! # Known limits
//! Of several bodies that issue together only the nearest one is given.

mod head;
mod name;
mod office;
mod place;
mod row;
mod territory;
mod unit;

use super::act::Act;
use super::reading::Reading;
use super::signer;
use super::symbol::Symbol;
use crate::lexicon::bodies::{self, Body, BodyMention};
use crate::lexicon::level::{Level as Tier, PlaceKind};
use crate::lexicon::places::{self, PlaceMention};
use crate::lexicon::symbol_orgs;
use crate::lexicon::word_lists;
use crate::record::{Evidence, Issuer, Level, Status};
use crate::text::{Norm, Span};

/// Where a name of a body and its place stand, before it is written out.
#[derive(Debug, Clone)]
struct Named {
    body: &'static Body,
    span: Span<Norm>,
    /// Byte behind the body's own words.
    end: usize,
    place: Option<PlaceMention>,
    level: Option<Tier>,
    kind: Option<PlaceKind>,
}

/// The issuer of an act.
pub fn find(reading: &Reading, act: &Act) -> Option<Issuer> {
    let mention = act.mention.map(|i| &reading.mentions[i]);
    let symbol = mention.and_then(|m| m.symbol).map(|i| &reading.symbols[i]);
    let behind = mention.and_then(|m| reading.issuer_of(m));
    if let Some(issuer) = head::lower(reading, symbol) {
        return Some(issuer);
    }
    let (chosen, rule) = if reading.layout.header.is_some() {
        let over = header(reading);
        let below = over.and_then(|i| below(reading, i, symbol?));
        (below.or(over).or(act.subject), "issuer/header")
    } else if let Some(i) = act.subject {
        // `văn bản thông báo kết luận của Bộ Chính trị`
        match behind {
            Some(j) if j != i => (Some(j), "issuer/behind"),
            _ => (Some(i), "issuer/subject"),
        }
    } else if behind.is_some() {
        (behind, "issuer/behind")
    } else {
        (by_code(reading, symbol.map(|s| s.org.as_str())), "issuer/code")
    };
    if chosen.is_none()
        && let Some(issuer) = territory::find(reading, act, symbol)
    {
        return Some(issuer);
    }
    let chosen =
        chosen.or_else(|| signer::body(reading)).or_else(|| asking(reading));
    if chosen.is_none()
        && let Some(issuer) = symbol.and_then(|s| central_by_code(reading, s))
    {
        return Some(issuer);
    }
    let i = chosen.or_else(|| nearest(reading, act))?;
    let i = row::represented(reading, i).unwrap_or(i);
    let (i, partner) = match row::first_of_row(reading, i) {
        Some(first) => (first, Some(i)),
        None => (i, None),
    };
    let mut named = named(reading, &reading.bodies()[i]);
    // The office speaks for its host.
    if let Some(host) = named.body.name.strip_prefix("Văn phòng ")
        && let Some(body) = bodies::by_name(host)
        && speaks(reading, named.span)
    {
        named.body = body;
    }
    // The place of the dateline is only the seat of a central body.
    if reading.layout.header.is_some()
        && named.place.is_none()
        && named.kind.is_none()
        && let Some(symbol) = symbol
        && !stands_for(symbol, named.body)
        && (named.body.level != Some(Tier::Central)
            || word_lists::begins(
                "issuer.committees_of_centre",
                &named.body.name,
            ))
        && let Some(body) = central_body(symbol)
    {
        named.body = body;
        named.level = body.level;
    }
    let mut issuer = name::write(reading, named, rule);
    if let Some(organ) = organ_within(reading, i) {
        of_organ(reading, &mut issuer, organ);
    }
    issuer.others.extend(partner.map(|i| {
        let span = Span::from(reading.bodies()[i].span.clone());
        let (span, text) = reading.text.evidence(span);
        Evidence { text, span }
    }));
    Some(issuer)
}

/// `Đảng ủy` of `Đảng ủy Sở Y tế`, right before the body in which it is.
fn organ_within<'r>(reading: &'r Reading, i: usize) -> Option<&'r BodyMention> {
    let organ = &reading.bodies()[i.checked_sub(1)?];
    let body = &reading.bodies()[i];
    let near = reading.lower().get(organ.span.end..body.span.start);
    (near == Some(" ")
        && organ.body.name != body.body.name
        && word_lists::has("issuer.organs_within", &organ.body.name))
    .then_some(organ)
}

/// The organ in a body is not the body.
fn of_organ(reading: &Reading, issuer: &mut Issuer, organ: &BodyMention) {
    issuer.name = format!("{} {}", organ.body.name, issuer.name);
    issuer.body = format!("{} {}", organ.body.name, issuer.body);
    let Some(span) = issuer.span else { return };
    let whole =
        Span::from(organ.span.clone()).cover(reading.text.to_norm(span));
    let (span, text) = reading.text.evidence(whole);
    (issuer.span, issuer.text) = (Some(span), text);
}

/// Whether a body only gives news: `Văn phòng UBND … cho biết`.
fn speaks(reading: &Reading, span: Span<Norm>) -> bool {
    let tail = reading.after(span.end, 60);
    word_lists::inside("issuer.telling", tail)
        || reading.before(span.start, 30).contains("thông tin từ")
}

/// The body in the head of an official paper.
fn header(reading: &Reading) -> Option<usize> {
    let head = reading.layout.header?;
    // The full name is repeated in capitals below, or opens the decree.
    let top = head.end + 600;
    let all = reading.bodies().iter().enumerate();
    all.filter(|(_, b)| b.span.start < top && !b.plural)
        .max_by_key(|(i, b)| {
            let placed = named(reading, b).place.is_some();
            let inside = head.start <= b.span.start && b.span.start < head.end;
            // `VỀ VIỆC … TRUNG TÂM XÃ …` only names a body.
            let before = reading.before(b.span.start, 200).rsplit('|').next();
            let begins = before.is_none_or(|words| words.trim().is_empty());
            let capital = begins
                && reading.norm()[b.span.clone()]
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(char::is_uppercase);
            let rank = i32::from(placed && (inside || capital)) * 4
                + i32::from(inside) * 2
                + i32::from(capital);
            (rank, -(*i as i32))
        })
        .filter(|(i, b)| {
            let span = Span::from(b.span.clone());
            head.overlaps(span)
                || !reading.cited_bodies()[*i] && is_own(reading, b)
        })
        .map(|(i, _)| i)
}

/// Whether a body below the head is in capitals, as the one that issues is.
fn is_own(reading: &Reading, b: &BodyMention) -> bool {
    let words = &reading.norm()[b.span.clone()];
    let mut letters = words.chars().filter(|c| c.is_alphabetic());
    word_lists::begins("issuer.capital_heads", words)
        || letters.all(char::is_uppercase)
}

/// Where the head has lost its second line (`BỘ TÀI CHÍNH` over a number of
/// `TCT`), the body below for which the number stands.
fn below(reading: &Reading, over: usize, symbol: &Symbol) -> Option<usize> {
    if stands_for(symbol, reading.bodies()[over].body) {
        return None;
    }
    by_code(reading, Some(symbol.org.as_str()))
        .filter(|i| reading.bodies()[*i].body.level.is_some())
}

/// The first body that the code of the symbol stands for.
fn by_code(reading: &Reading, org: Option<&str>) -> Option<usize> {
    let first = org?.split('-').next()?;
    let org = symbol_orgs::org(first)?;
    let mut bodies = reading.bodies().iter().enumerate();
    let found = bodies.find(|(i, b)| {
        !b.plural
            && !reading.cited_bodies()[*i]
            && org.bodies.iter().any(|name| {
                b.body.name == *name
                    || b.body.head_of.as_deref() == Some(*name)
                    || b.body.long.as_deref() == Some(*name)
                    || b.body.open != bodies::Open::No
                        && reading.norm()[b.span.clone()] == **name
            })
    });
    found.map(|(i, _)| i)
}

/// The first body that asks or orders: the one whose paper is told.
fn asking(reading: &Reading) -> Option<usize> {
    let asks = |end: usize| {
        reading
            .after(end, 50)
            .trim_start_matches(" trân trọng")
            .strip_prefix(' ')
            .is_some_and(|w| word_lists::begins("issuer.asking_verbs", w))
    };
    let mut bodies = reading.bodies().iter().enumerate();
    let found = bodies.find(|(i, b)| {
        !b.plural
            && b.span.start < reading.layout.end
            && (asks(b.full().end)
                || !reading.cited_bodies()[*i]
                    && asks(named(reading, b).span.end))
    });
    found.map(|(i, _)| i)
}

/// The body nearest before the act in its sentence or the headline.
fn nearest(reading: &Reading, act: &Act) -> Option<usize> {
    reading
        .bodies()
        .iter()
        .enumerate()
        .filter(|(_, b)| !b.plural && b.span.start < reading.layout.end)
        .min_by_key(|(_, b)| {
            let gap = b.span.start.abs_diff(act.span.start);
            let after = b.span.start > act.span.start;
            gap + if after { 200 } else { 0 }
        })
        .filter(|(_, b)| b.span.start.abs_diff(act.span.start) < 700)
        .map(|(i, _)| i)
}

/// The central body that the first code of a symbol stands for.
fn central_body(symbol: &Symbol) -> Option<&'static Body> {
    let code = symbol.org.split('-').next()?;
    let name = *symbol_orgs::org(code)?.bodies.first()?;
    bodies::by_name(name).filter(|b| b.level == Some(Tier::Central))
}

/// Whether a code of a symbol stands for a body.
fn stands_for(symbol: &Symbol, body: &Body) -> bool {
    let mut orgs = symbol.org.split('-').filter_map(symbol_orgs::org);
    orgs.any(|org| {
        org.bodies.iter().any(|name| {
            body.name == *name
                || body.head_of.as_deref() == Some(*name)
                || body.long.as_deref() == Some(*name)
        })
    })
}

/// A central body that the symbol alone names: `TT-BTC` is the Ministry of
/// Finance's.
fn central_by_code(reading: &Reading, symbol: &Symbol) -> Option<Issuer> {
    let body = central_body(symbol)?;
    let code = symbol.org.split('-').next()?;
    let (span, text) = reading.text.evidence(symbol.span);
    Some(Issuer {
        name: body.name.clone(),
        body: body.name.clone(),
        level: Some(Level::Central),
        place: None,
        text,
        span: Some(span),
        status: Status::Inferred,
        rule: "issuer/code-only".into(),
        why: Some(format!("the code {code} of the symbol")),
        others: Vec::new(),
    })
}

/// A body with what stands right behind it.
fn named(reading: &Reading, mention: &BodyMention) -> Named {
    let (norm, lower) = (reading.norm(), reading.lower());
    let own_end = mention.span.end;
    let end = bodies::behind_abbreviation(lower, own_end);
    let mut span = Span::from(mention.span.clone());
    let central = mention.body.level == Some(Tier::Central);
    let mut place = if central {
        office::branch_place(reading, mention, end)
    } else {
        let party = || {
            let kind = district_of_party(&mention.body.name)?;
            places::district_at(norm, lower, end, kind)
        };
        // `Phòng Giáo dục và Đào tạo Quảng Trạch`: a district without its
        // word.
        let of_district = || {
            let own = mention.body.level == Some(Tier::District)
                && mention.body.takes_place;
            DISTRICTS
                .iter()
                .filter(|_| own)
                .find_map(|kind| places::district_at(norm, lower, end, *kind))
        };
        let place = places::place_at(norm, lower, end);
        place.or_else(party).or_else(of_district).filter(|p| {
            // The place and date of a paper begin a line of their own.
            let gap = &norm[end..p.span.start.max(end)];
            let dated = lower[p.span.end..].starts_with(", ngày");
            !(gap.contains("\n\n") || gap.contains('\n') && dated)
        })
    };
    // `UBND TP Đặng Việt Dũng` is a person, `UBND huyện ban hành` no place.
    if let Some(p) = &place
        && p.provinces.is_empty()
        && p.kind.is_some()
        && known_elsewhere(reading, mention, p)
    {
        place = None;
    }
    if let Some((end, level)) = office::whole(reading, mention, end) {
        span.end = end;
        let body = mention.body;
        let level = Some(level);
        return Named { body, span, end, place: None, level, kind: None };
    }
    let kind = mention.place_word.as_ref().map(|(_, kind)| *kind);
    if let Some((word, _)) = &mention.place_word {
        span.end = span.end.max(word.end);
    }
    let mut level = mention.level;
    if let Some(p) = &place {
        span.end = p.span.end;
        level = mention.body.level.filter(|_| !central).or(Some(p.level));
    }
    Named { body: mention.body, span, end: own_end, place, level, kind }
}

/// The kinds of districts.
const DISTRICTS: [PlaceKind; 4] = [
    PlaceKind::RuralDistrict,
    PlaceKind::Town,
    PlaceKind::City,
    PlaceKind::UrbanDistrict,
];

/// The kind of district whose committee of the Party or of the Youth Union a
/// name speaks of: `Ban Dân vận Huyện ủy`, `Huyện đoàn` a `huyện`.
fn district_of_party(name: &str) -> Option<PlaceKind> {
    const KINDS: [(&str, PlaceKind); 8] = [
        ("uyện đoàn", PlaceKind::RuralDistrict),
        ("uận đoàn", PlaceKind::UrbanDistrict),
        ("hị đoàn", PlaceKind::Town),
        ("hành đoàn", PlaceKind::City),
        ("uyện ủy", PlaceKind::RuralDistrict),
        ("uận ủy", PlaceKind::UrbanDistrict),
        ("hị ủy", PlaceKind::Town),
        ("hành ủy", PlaceKind::City),
    ];
    KINDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, kind)| *kind)
}

/// Whether the same kind of place stands elsewhere with a name of a list.
fn known_elsewhere(
    reading: &Reading,
    mention: &BodyMention,
    unknown: &PlaceMention,
) -> bool {
    reading.bodies().iter().any(|b| {
        b.span != mention.span
            && places::place_at(reading.norm(), reading.lower(), b.span.end)
                .is_some_and(|p| {
                    p.kind == unknown.kind && !p.provinces.is_empty()
                })
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn issuer(text: &str) -> String {
        record(text).issuer.unwrap().name
    }

    #[test]
    fn a_body_that_a_heading_names_issues_nothing() {
        let text = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: \
                    52/QĐ-UBND | Hà Nam, ngày 3 tháng 12 năm 2011 |\nVỀ VIỆC \
                    PHÊ DUYỆT QUY HOẠCH TRUNG TÂM XÃ AN HÒA, TỈNH HÀ NAM\nỦY \
                    BAN NHÂN DÂN TỈNH HÀ NAM\nCăn cứ Luật Quy hoạch ngày 17 \
                    tháng 6 năm 2009;\nĐiều 1. Phê duyệt.\nĐiều 2. Giao xã.";
        assert_eq!(issuer(text), "UBND tỉnh Hà Nam");
    }

    #[test]
    fn the_subject_of_the_verb_issues() {
        assert_eq!(
            issuer("UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND."),
            "UBND tỉnh Hà Nam"
        );
        assert_eq!(
            issuer("Bộ Y tế vừa có Công văn số 1246/BYT-DP gửi các tỉnh."),
            "Bộ Y tế"
        );
        assert_eq!(
            issuer(
                "Sở Giáo dục và Đào tạo (GD&ĐT) Hà Nam ban hành Kế hoạch số \
                 7/KH-SGDĐT."
            ),
            "Sở Giáo dục và Đào tạo Hà Nam"
        );
    }

    #[test]
    fn a_name_goes_on_behind_its_abbreviation() {
        for (body, name) in [
            (
                "Bảo hiểm xã hội (BHXH) tỉnh Hà Nam",
                "Bảo hiểm xã hội tỉnh Hà Nam",
            ),
            (
                "Liên đoàn Lao động (LĐLĐ) tỉnh Hà Nam",
                "Liên đoàn Lao động tỉnh Hà Nam",
            ),
            (
                "Ủy ban Mặt trận Tổ quốc (MTTQ) Việt Nam tỉnh Hà Nam",
                "Ủy ban MTTQ Việt Nam tỉnh Hà Nam",
            ),
        ] {
            let text = format!("{body} vừa ban hành Kế hoạch số 7/KH về tre.");
            assert_eq!(issuer(&text), name);
        }
        let other = "Liên đoàn Lao động (họp ở tỉnh) Hà Nam vừa ban hành Kế \
                     hoạch số 7/KH về tre.";
        assert_ne!(issuer(other), "Liên đoàn Lao động tỉnh Hà Nam");
    }

    #[test]
    fn the_number_tells_of_a_lost_second_line() {
        let text = |code: &str, own: &str| {
            format!(
                "BỘ TÀI CHÍNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: \
                 17/{code} | Hà Nội, ngày 3 tháng 5 năm 2022 |\nKính gửi: Các \
                 tỉnh.\nNay {own} hướng dẫn như sau:\n1. Về tre.\n2. Về lúa."
            )
        };
        let own = "Tổng cục Thuế";
        assert_eq!(issuer(&text("TCT-CS", own)), own);
        assert_eq!(issuer(&text("BTC-CS", own)), "Bộ Tài chính");
        assert_eq!(issuer(&text("TCT-CS", "Bộ")), "Bộ Tài chính");
    }

    #[test]
    fn who_only_reports_a_launch_is_not_its_host() {
        let text = |tells: &str| {
            format!(
                "Sở Y tế Hà Nam {tells} phát động phong trào diệt muỗi ngày \
                 11/10. Lễ phát động do UBND tỉnh Hà Nam chủ trì."
            )
        };
        assert_eq!(issuer(&text("cho biết, Lễ")), "UBND tỉnh Hà Nam");
        assert_eq!(issuer(&text("đã")), "Sở Y tế Hà Nam");
    }

    #[test]
    fn who_signs_for_a_body_may_have_several_offices() {
        let text = |who: &str| {
            format!(
                "{who}, Tổng Bí thư, Chủ tịch nước Lò Văn Lúa đã ký ban hành \
                 Chỉ thị số 7-CT/TW về trồng tre."
            )
        };
        assert_eq!(issuer(&text("Thay mặt Bộ Chính trị")), "Bộ Chính trị");
        assert_eq!(issuer(&text("Cùng ngày")), "Chủ tịch nước");
    }

    #[test]
    fn a_department_of_the_great_city_has_the_word_for_it() {
        for name in ["Sở Y tế TP.HCM", "Sở Y tế TPHCM"] {
            let text = format!("{name} vừa ban hành Kế hoạch số 2/KH-SYT.");
            assert_eq!(issuer(&text), "Sở Y tế thành phố Hồ Chí Minh");
        }
    }

    #[test]
    fn a_district_may_stand_without_its_word() {
        assert_eq!(
            issuer(
                "Phòng Giáo dục và Đào tạo Thanh Liêm ban hành Kế hoạch số \
                 7/KH-PGDĐT."
            ),
            "Phòng Giáo dục và Đào tạo Thanh Liêm"
        );
    }

    #[test]
    fn addressees_and_hosts_do_not() {
        assert_eq!(
            issuer(
                "Sở Y tế Hà Nam ban hành Kế hoạch số 7/KH-SYT gửi UBND các \
                 huyện."
            ),
            "Sở Y tế Hà Nam"
        );
        assert_eq!(
            issuer(
                "Kế hoạch số 71/KH-UBND vừa được UBND tỉnh Hà Nam ban hành, \
                 gửi Bộ Y tế."
            ),
            "UBND tỉnh Hà Nam"
        );
    }

    #[test]
    fn an_organ_within_a_body_is_not_the_body() {
        assert_eq!(
            issuer(
                "Đảng ủy Sở Y tế Hà Nam vừa ban hành Kế hoạch số 7-KH/ĐU về \
                 học tập."
            ),
            "Đảng ủy Sở Y tế Hà Nam"
        );
        assert_eq!(
            issuer(
                "Đảng ủy Khối các cơ quan tỉnh Hà Nam vừa ban hành Kế hoạch số \
                 7-KH/ĐUK về học tập."
            ),
            "Đảng ủy Khối các cơ quan tỉnh Hà Nam"
        );
        assert_eq!(
            issuer(
                "Đảng ủy, UBND xã An Hòa vừa ban hành Kế hoạch số 7/KH-UBND."
            ),
            "UBND xã An Hòa"
        );
    }

    #[test]
    fn the_union_of_a_district_has_its_place() {
        assert_eq!(
            issuer(
                "Ban Thường vụ Huyện đoàn Kim Bảng vừa ban hành Kế hoạch số \
                 5-KH/HĐ về trồng cây."
            ),
            "Huyện đoàn Kim Bảng"
        );
    }

    #[test]
    fn the_body_of_a_cited_paper_does_not_issue() {
        let text = "Số: 7/CV-SGDĐT\nV/v hội thi năm 2017\nCỘNG HÒA XÃ HỘI CHỦ \
                    NGHĨA VIỆT NAM\nHà Nam, ngày 5 tháng 10 năm 2017\nKính gửi: \
                    Các trường\nThực hiện Quyết định số 88/QĐ-UBND ngày 2/9/2017 \
                    của UBND tỉnh Hà Nam, Sở Giáo dục và Đào tạo tỉnh Hà Nam đề \
                    nghị các trường dự thi.";
        assert_eq!(issuer(text), "Sở Giáo dục và Đào tạo tỉnh Hà Nam");
    }
}
