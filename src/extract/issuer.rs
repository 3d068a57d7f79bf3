//! The body whose act it is.
//!
//! # What it finds
//! The subject of the issuing verb, the body behind `của`, or the head of an
//! official paper, in its usual short form with its place: `UBND tỉnh Vĩnh
//! Phúc`, `Bộ Y tế`, `Ban Thường vụ Tỉnh ủy Sơn La`. The head of a body signs
//! for it. Where `UBND tỉnh` stands alone, the province is looked for in this
//! order: the same body with its place, the place and date line, the address,
//! the newspaper, the name that opens the headline or the campaign, `trên địa
//! bàn tỉnh …`, and last the province named most.
//!
//! # What it must refuse
//! The host of a meeting, those a paper is sent to, another province that is
//! quoted, many bodies (`UBND các huyện`).

use super::act::Act;
use super::reading::Reading;
use super::window;
use crate::lexicon::bodies::{self, Body, BodyMention, Open};
use crate::lexicon::level::{Level as Tier, PlaceKind};
use crate::lexicon::places::{self, PlaceMention, Province};
use crate::lexicon::symbol_orgs;
use crate::lexicon::word_lists;
use crate::record::{
    Edtf, Evidence, Issuer, Level, Part, Place, Point, Status,
};
use crate::text::{Norm, Span};

/// Where a name of a body and its place stand, before it is written out.
#[derive(Debug, Clone)]
struct Named {
    body: &'static Body,
    span: Span<Norm>,
    place: Option<PlaceMention>,
    level: Option<Tier>,
    kind: Option<PlaceKind>,
}

/// The issuer of an act.
pub fn find(reading: &Reading, act: &Act) -> Option<Issuer> {
    let mention = act.mention.map(|i| &reading.mentions[i]);
    let symbol = mention.and_then(|m| m.symbol).map(|i| &reading.symbols[i]);
    let behind = mention.and_then(|m| m.issuer);
    let (chosen, rule) = if reading.layout.header.is_some() {
        (header(reading).or(act.subject), "issuer/header")
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
    let Some(i) =
        chosen.or_else(|| asking(reading)).or_else(|| nearest(reading, act))
    else {
        return central_by_code(symbol.map(|s| s.org.as_str()));
    };
    let mut named = named(reading, &reading.bodies[i]);
    // The office speaks for its host.
    if let Some(host) = named.body.name.strip_prefix("Văn phòng ")
        && let Some(body) = bodies::by_name(host)
        && speaks(reading, named.span)
    {
        named.body = body;
    }
    Some(write(reading, named, rule))
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
    let all = reading.bodies.iter().enumerate();
    all.filter(|(_, b)| b.span.start < top && !b.plural)
        .max_by_key(|(i, b)| {
            let placed = named(reading, b).place.is_some();
            let inside = head.start <= b.span.start && b.span.start < head.end;
            let capital = reading.norm()[b.span.clone()]
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(char::is_uppercase);
            let rank = i32::from(placed && (inside || capital)) * 4
                + i32::from(inside) * 2
                + i32::from(capital);
            (rank, -(*i as i32))
        })
        .filter(|(_, b)| {
            let span = Span::from(b.span.clone());
            head.overlaps(span)
                || word_lists::begins(
                    "issuer.capital_heads",
                    &reading.norm()[b.span.clone()],
                )
                || reading.norm()[b.span.clone()]
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(char::is_uppercase)
        })
        .map(|(i, _)| i)
}

/// The first body that the code of the symbol stands for.
fn by_code(reading: &Reading, org: Option<&str>) -> Option<usize> {
    let first = org?.split('-').next()?;
    let org = symbol_orgs::org(first)?;
    reading.bodies.iter().position(|b| {
        !b.plural
            && org.bodies.iter().any(|name| {
                b.body.name == *name
                    || b.body.head_of.as_deref() == Some(*name)
                    || b.body.long.as_deref() == Some(*name)
            })
    })
}

/// The first body that asks or orders: the one whose paper is told.
fn asking(reading: &Reading) -> Option<usize> {
    reading.bodies.iter().position(|b| {
        let tail = reading.after(b.full().end, 50);
        let asks = tail
            .trim_start_matches(" trân trọng")
            .strip_prefix(' ')
            .is_some_and(|w| word_lists::begins("issuer.asking_verbs", w));
        !b.plural && b.span.start < reading.layout.end && asks
    })
}

/// The body nearest before the act in its sentence or the headline.
fn nearest(reading: &Reading, act: &Act) -> Option<usize> {
    reading
        .bodies
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

/// A central body that the symbol alone names: `TT-BTC` is the Ministry of
/// Finance's.
fn central_by_code(org: Option<&str>) -> Option<Issuer> {
    let code = org?.split('-').next()?;
    let name = *symbol_orgs::org(code)?.bodies.first()?;
    let body = bodies::by_name(name)?;
    (body.level == Some(Tier::Central)).then(|| Issuer {
        name: body.name.clone(),
        body: body.name.clone(),
        level: Some(Level::Central),
        place: None,
        text: String::new(),
        span: None,
        status: Status::Inferred,
        rule: "issuer/code-only".into(),
        why: Some(format!("the code {code} of the symbol")),
        others: Vec::new(),
    })
}

/// A body with what stands right behind it.
fn named(reading: &Reading, mention: &BodyMention) -> Named {
    let (norm, lower) = (reading.norm(), reading.lower());
    let end = mention.span.end;
    let mut span = Span::from(mention.span.clone());
    let mut place = if mention.body.level == Some(Tier::Central) {
        None
    } else {
        places::place_at(norm, lower, end)
    };
    // `UBND TP Đặng Việt Dũng` is a person, `UBND huyện ban hành` no place.
    if let Some(p) = &place
        && p.provinces.is_empty()
        && p.kind.is_some()
        && known_elsewhere(reading, mention, p)
    {
        place = None;
    }
    let kind = mention.place_word.as_ref().map(|(_, kind)| *kind);
    if let Some((word, _)) = &mention.place_word {
        span.end = span.end.max(word.end);
    }
    let mut level = mention.level;
    if let Some(p) = &place {
        span.end = p.span.end;
        level = mention.body.level.or(Some(p.level));
    }
    Named { body: mention.body, span, place, level, kind }
}

/// Whether the same kind of place stands elsewhere with a name of a list.
fn known_elsewhere(
    reading: &Reading,
    mention: &BodyMention,
    unknown: &PlaceMention,
) -> bool {
    reading.bodies.iter().any(|b| {
        b.span != mention.span
            && places::place_at(reading.norm(), reading.lower(), b.span.end)
                .is_some_and(|p| {
                    p.kind == unknown.kind && !p.provinces.is_empty()
                })
    })
}

fn tier(level: Tier) -> Level {
    match level {
        Tier::Central => Level::Central,
        Tier::Province => Level::Province,
        Tier::District => Level::District,
        Tier::Commune => Level::Commune,
    }
}

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

fn place_of(reading: &Reading, province: &'static Province) -> Place {
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
fn infer_province(reading: &Reading, named: &Named) -> Option<Inferred> {
    same_body(reading, named)
        .or_else(|| place_date_line(reading))
        .or_else(|| address(reading))
        .or_else(|| newspaper(reading))
        .or_else(|| opening_name(reading))
        .or_else(|| territory(reading))
        .or_else(|| districts(reading))
        .or_else(|| majority(reading))
}

fn same_body(reading: &Reading, named: &Named) -> Option<Inferred> {
    let stem = named.body.head_of.as_deref().unwrap_or(&named.body.name);
    reading.bodies.iter().find_map(|b| {
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

/// `Nghệ An, ngày 21 tháng 10 năm 2021`
fn place_date_line(reading: &Reading) -> Option<Inferred> {
    let head = reading.layout.header?;
    let p = reading.provinces.iter().find(|p| {
        p.span.start >= head.start && p.span.start < head.end + 200
    })?;
    let why = "the head of the paper".into();
    Some((p.province, Some(p.span.clone().into()), why))
}

fn address(reading: &Reading) -> Option<Inferred> {
    let url = reading.context.source.url.as_deref()?;
    let province = places::province_of_host(url)?;
    Some((province, None, format!("the address {url}")))
}

fn newspaper(reading: &Reading) -> Option<Inferred> {
    let top = window::after(reading.norm(), 0, 700);
    let province = places::province_of_newspaper(top)?;
    Some((province, None, "the newspaper".into()))
}

/// A province that opens the headline or a quoted title.
fn opening_name(reading: &Reading) -> Option<Inferred> {
    let quotes = reading.text.quotes().iter().map(|q| q.inner.start);
    let starts =
        reading.layout.title.map(|t| t.start).into_iter().chain(quotes);
    for start in starts.take(12) {
        let hit = reading
            .provinces
            .iter()
            .find(|p| p.full.start == start || p.span.start == start);
        if let Some(p) = hit {
            let why =
                "the name that opens the headline or the title of the campaign";
            return Some((p.province, Some(p.span.clone().into()), why.into()));
        }
    }
    None
}

/// `trên địa bàn tỉnh Quảng Nam`
fn territory(reading: &Reading) -> Option<Inferred> {
    let p = reading.provinces.iter().find(|p| {
        word_lists::ends("issuer.territory", reading.before(p.full.start, 30))
    })?;
    let why = "“trên địa bàn …”".into();
    Some((p.province, Some(p.span.clone().into()), why))
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

fn majority(reading: &Reading) -> Option<Inferred> {
    let inside =
        reading.provinces.iter().filter(|p| p.span.start < reading.layout.end);
    let mut counts: Vec<(&'static Province, usize, Span<Norm>)> = Vec::new();
    for p in inside {
        match counts.iter_mut().find(|(q, _, _)| q.code == p.province.code) {
            Some((_, n, _)) => *n += 1,
            None => counts.push((p.province, 1, p.span.clone().into())),
        }
    }
    let most = counts.iter().map(|(_, n, _)| *n).max()?;
    let mut top = counts.iter().filter(|(_, n, _)| *n == most);
    let (province, n, span) = top.next()?;
    top.next().is_none().then(|| {
        (*province, Some(*span), format!("the province named most ({n} times)"))
    })
}

/// Writes the issuer out.
fn write(reading: &Reading, named: Named, rule: &'static str) -> Issuer {
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
        Some(name) => name.clone(),
        None if named.body.open != Open::No => {
            let end =
                named.place.as_ref().map_or(named.span.end, |p| p.span.start);
            crate::text::one_line(&reading.norm()[named.span.start..end])
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
    // A bare `UBND` is a province's, unless a word tells otherwise.
    let below = matches!(
        named.kind,
        Some(k) if k.level().is_some_and(|l| l > Tier::Province)
    ) || matches!(body.level, Some(l) if l > Tier::Province);
    if let Some((province, evidence, why)) = infer_province(reading, &named) {
        issuer.place = Some(place_of(reading, province));
        issuer.status = Status::Inferred;
        issuer.why = Some(why);
        issuer.others.extend(evidence.map(|span| {
            let (span, text) = reading.text.evidence(span);
            Evidence { text, span }
        }));
        if below {
            if let Some(kind) = named.kind {
                issuer.name = format!("{stem} {}", kind.word());
            }
        } else {
            issuer.level = Some(Level::Province);
            issuer.name = format!("{stem} {}", placed(&stem, province));
        }
    } else if let Some(kind) = named.kind {
        issuer.name = format!("{stem} {}", kind.word());
    }
    issuer
}

/// `tỉnh Vĩnh Phúc` behind bodies that name the kind of place, `Sơn La`
/// behind those that do not.
fn placed(stem: &str, province: &Province) -> String {
    let bare = word_lists::begins("issuer.bare_heads", stem)
        || stem.contains("Tỉnh ủy");
    if bare {
        province.name.to_owned()
    } else {
        format!("{} {}", province.kind.word(), province.name)
    }
}

/// The name with the place as the text writes it, its kind in full.
fn with_place(
    reading: &Reading,
    named: &Named,
    stem: &str,
    place: &PlaceMention,
) -> String {
    let name = match place.province() {
        Some(p) if place.level == Tier::Province => p.name.to_owned(),
        _ => title_case(&reading.norm()[place.name.clone()]),
    };
    let bare = word_lists::inside("issuer.committees", stem)
        || word_lists::begins("issuer.unions", stem);
    match (place.kind, place.province()) {
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
