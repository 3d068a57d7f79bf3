//! Who leads where several bodies act together, and for whom a head signs.
//!
//! # What it finds
//! The first of a row of bodies, one office of two, and the body named behind
//! `thay mặt`.
//!
//! # What it must refuse
//! A row of those that a paper is sent to, and bodies of another kind behind a
//! comma, where a new clause may begin.
//!
//! # Known limits
//! The other bodies of a row are not given.

use super::named;
use crate::extract::reading::{Reading, begin_from};
use crate::lexicon::bodies::{Body, BodyKind};
use crate::lexicon::word_lists;

/// `Bộ Y tế và Bộ Tài chính vừa ban hành …`, `Thành đoàn Hà Nội, Hội Sinh
/// viên thành phố tổ chức …`: the body that leads a joint act is named first.
pub(super) fn first_of_row(reading: &Reading, i: usize) -> Option<usize> {
    let mut first = i;
    // `Bộ Y tế, UBND thành phố phối hợp tổ chức …`: whatever they are.
    let tail = reading.after(named(reading, &reading.bodies()[i]).span.end, 40);
    let all_act = word_lists::begins("issuer.acting_together", tail);
    while let Some(before) = first.checked_sub(1) {
        let (a, b) = (&reading.bodies()[before], &reading.bodies()[first]);
        let end = named(reading, a).span.end;
        let between = reading.lower().get(end..b.span.start);
        // `Hội Sinh viên Việt Nam thành phố và …`: the branch of the place.
        let branches = word_lists::words("issuer.branch_places").iter();
        let between = between.map(|w| {
            let rest = branches.clone().find_map(|p| w.strip_prefix(*p));
            rest.filter(|rest| rest.starts_with([' ', ','])).unwrap_or(w)
        });
        let head = reading.before(a.span.start, 24);
        let cited = word_lists::ends("act.object_words", head.trim_end());
        let steering =
            matches!(between, Some(", " | " - ")) && steer(a.body, b.body);
        // `Quân ủy Trung ương, Bộ Quốc phòng vừa phát động …`
        let opens = between == Some(", ")
            && first == i
            && a.level.is_some()
            && a.level == b.level
            && b.body.kind != BodyKind::President
            && opens_clause(reading, before);
        // Behind a comma a new clause may begin.
        let joined = between == Some(" và ")
            || between == Some(", ") && first < i
            || between == Some(", ") && a.body.kind == BodyKind::Mass
            || steering
            || opens
            || between == Some(", ") && all_act;
        // `Trung ương Đoàn và Đài Truyền hình Việt Nam tổ chức …`: two joined
        // by a word act together, whatever they are.
        let alike = all_act
            || a.body.kind == b.body.kind
            || between == Some(" và ")
            || steering
            || opens;
        // `Văn phòng Ban Chỉ đạo A - Văn phòng Ủy ban B`: one office of two.
        let office = between.is_some_and(|w| {
            let w = w.trim().strip_prefix('-').map(str::trim_start);
            w.is_some_and(|w| word_lists::begins("issuer.offices", w))
        });
        if !(joined && alike || office) || a.plural || cited {
            break;
        }
        first = before;
    }
    // `Bộ Y tế phối hợp Hội A, Hội B phối hợp tổ chức`: who is helped leads.
    if let Some(leads) = first.checked_sub(1)
        && all_act
        && first < i
        && let a = &reading.bodies()[leads]
        && let end = named(reading, a).span.end
        && let helps =
            reading.lower().get(end..reading.bodies()[first].span.start)
        && helps.is_some_and(|w| word_lists::has("act.helping", w.trim()))
        && !a.plural
    {
        first = leads;
    }
    (first < i).then_some(first)
}

/// Whether nothing stands before a body in its clause that could govern it,
/// nor another body that does.
fn opens_clause(reading: &Reading, i: usize) -> bool {
    let start = reading.bodies()[i].span.start;
    let head = reading.before(start, 24).trim_end();
    let parted = head.is_empty() || head.ends_with([',', '.', ')', '\n', '-']);
    let alone = i.checked_sub(1).is_none_or(|above| {
        named(reading, &reading.bodies()[above]).span.end + 2 < start
    });
    parted && alone
}

/// `Ban Chỉ đạo …, Ủy ban Quốc gia …`: two that steer one matter.
fn steer(a: &Body, b: &Body) -> bool {
    a.kind == BodyKind::Steering
        && matches!(b.kind, BodyKind::Steering | BodyKind::Council)
}

/// `Thay mặt Chính phủ, Thủ tướng … ký ban hành …`: the body for which its
/// head signs.
///
/// Who signs may have several offices: `thay mặt Bộ Chính trị, Tổng Bí thư,
/// Chủ tịch nước …`.
pub(super) fn represented(reading: &Reading, i: usize) -> Option<usize> {
    let mut first = i;
    while let Some(before) = first.checked_sub(1) {
        let (a, b) = (&reading.bodies()[before], &reading.bodies()[first]);
        let end = named(reading, a).span.end;
        if a.plural || reading.lower().get(end..b.span.start) != Some(", ") {
            break;
        }
        let head = reading.before(a.span.start, 24);
        if word_lists::ends("issuer.behalf", head.trim_end()) {
            return Some(before);
        }
        first = before;
    }
    represented_afar(reading, i)
}

/// `Thay mặt Bộ Chính trị, đồng chí …, Ủy viên Bộ Chính trị, Thường trực Ban Bí
/// thư vừa ký …`: the body that opens the sentence, if a person signs for it.
fn represented_afar(reading: &Reading, i: usize) -> Option<usize> {
    let own = &reading.bodies()[i];
    let (_, sentence) = reading.sentence_at(own.span.start)?;
    let (j, first) =
        begin_from(reading.bodies(), |b| b.span.start, sentence.start)
            .next()?;
    let head = reading.lower().get(sentence.start..first.span.start)?;
    let end = named(reading, first).span.end;
    let person = reading.after(end, 24).strip_prefix(", ")?;
    let signs = reading.after(own.full().end, 60);
    (j < i
        && !first.plural
        && word_lists::ends("issuer.behalf", head.trim_end())
        && word_lists::begins("issuer.persons", person)
        && signs.split(['.', ';']).next()?.contains(" ký "))
    .then_some(j)
}

#[cfg(test)]
mod tests {
    fn issuer(text: &str) -> String {
        crate::extract::trial::record(text)
            .issuer
            .map_or(String::new(), |i| i.name)
    }

    #[test]
    fn the_first_of_a_row_leads() {
        assert_eq!(
            issuer(
                "Thành đoàn Hà Nội, Hội Liên hiệp Thanh niên thành phố và Hội \
                 Sinh viên thành phố vừa ban hành Kế hoạch số 7/KHLT."
            ),
            "Thành đoàn Hà Nội"
        );
    }

    #[test]
    fn whoever_acts_together_stands_in_a_row() {
        let row = "Bộ Y tế, UBND thành phố Hà Nội, Hội Nông dân Việt Nam";
        assert_eq!(
            issuer(&format!(
                "{row} phối hợp tổ chức Lễ phát động Tháng trồng tre."
            )),
            "Bộ Y tế"
        );
        let helped = format!("Bộ Công an phối hợp {row}");
        assert_eq!(
            issuer(&format!(
                "{helped} phối hợp tổ chức Lễ phát động Tháng trồng tre."
            )),
            "Bộ Công an"
        );
        assert_eq!(
            issuer(&format!("{row} ban hành Kế hoạch số 7/KH-HND.")),
            "Hội Nông dân Việt Nam"
        );
    }

    #[test]
    fn bodies_that_open_a_clause_act_together() {
        let launch = "phát động phong trào trồng tre";
        for (row, first) in [
            (
                "Sáng nay, UBND tỉnh, Ủy ban MTTQ Việt Nam tỉnh Hà Nam",
                "UBND tỉnh Hà Nam",
            ),
            (
                "Ban Chỉ đạo phòng chống muỗi Trung ương, Ủy ban Quốc gia Trồng \
                 tre",
                "Ban Chỉ đạo phòng chống muỗi Trung ương",
            ),
            (
                "Ban Chỉ đạo vận động hiến máu tình nguyện tỉnh Hà Nam và Sở Y tế",
                "Ban Chỉ đạo vận động hiến máu tình nguyện tỉnh Hà Nam",
            ),
            (
                "Theo đề nghị của UBND tỉnh, Ủy ban MTTQ Việt Nam tỉnh Hà Nam",
                "Ủy ban MTTQ Việt Nam tỉnh Hà Nam",
            ),
        ] {
            assert_eq!(issuer(&format!("{row} vừa {launch}.")), first);
        }
    }

    #[test]
    fn of_offices_joined_by_a_dash_the_first_leads() {
        let told = |between: &str| {
            issuer(&format!(
                "Văn phòng thường trực Ban Chỉ đạo Phòng chống muỗi Trung \
                 ương{between} Ủy ban Quốc gia Trồng tre vừa có Công điện số 7 \
                 gửi các tỉnh."
            ))
        };
        let first = "Ban Chỉ đạo Phòng chống muỗi Trung ương";
        for dash in [" - Văn phòng", "-Văn phòng"] {
            assert_eq!(told(dash), first);
        }
        assert_ne!(told(" cho biết,"), first);
    }

    #[test]
    fn a_branch_of_a_place_is_no_break_in_a_row() {
        assert_eq!(
            issuer(
                "Thành đoàn Hà Nội, Hội Liên hiệp Thanh niên Việt Nam thành \
                 phố và Hội Sinh viên Việt Nam thành phố vừa ban hành Kế hoạch \
                 số 7/KHLT."
            ),
            "Thành đoàn Hà Nội"
        );
    }

    #[test]
    fn who_is_represented_issues() {
        assert_eq!(
            issuer(
                "Thay mặt Chính phủ, Thủ tướng Chính phủ vừa ký ban hành Nghị \
                 quyết 91/NQ-CP."
            ),
            "Chính phủ"
        );
        assert_eq!(
            issuer(
                "Gặp mặt Chính phủ, Thủ tướng Chính phủ vừa ký ban hành Chỉ \
                 thị số 9/CT-TTg."
            ),
            "Thủ tướng Chính phủ"
        );
        let signed = |head: &str| {
            issuer(&format!(
                "{head} Bộ Chính trị, đồng chí Lò Văn Lúa, Thường trực Ban Bí \
                 thư vừa ký ban hành Chỉ thị số 9-CT/TW."
            ))
        };
        assert_eq!(signed("Thay mặt"), "Bộ Chính trị");
        assert_eq!(signed("Gặp mặt"), "Ban Bí thư");
    }
}
