//! What more of its sentence says of the role of a date, where the words right
//! before it say nothing.
//!
//! # What it finds
//! A day that opens its sentence, that of a ceremony, an hour; the month of a
//! review or of a completion; the day of a law, and of what `trước đó` was
//! issued.
//!
//! # What it must refuse
//! The year that is reviewed (`tổng kết năm 2015`), a day that is only told of
//! (`ngày 3/7 là ngày vui`).
//!
//! # Known limits
//! The year of a date is found before, from its first role.

use super::is_day;
use crate::extract::dates::Form;
use crate::extract::reading::Reading;
use crate::extract::window;
use crate::lexicon::word_lists;
use crate::record::DateRole;

/// What more of its sentence says of the role of a date.
pub(super) fn role(reading: &Reading, form: &Form, role: DateRole) -> DateRole {
    let head = reading.before(form.span.start, 60);
    let mark = |b: u8| matches!(b, b',' | b';' | b'.' | b':');
    let start = head.bytes().rposition(mark).map_or(0, |at| at + 1);
    let clause = head[start..].trim_end();
    match role {
        DateRole::Other if is_day(form) => {
            day_role(reading, form, head, clause)
        }
        DateRole::Other => period_role(clause),
        // `tầm nhìn đến năm 2045` looks ahead; nothing ends.
        DateRole::End if word_lists::ends("roles.outlooks", clause) => {
            DateRole::Other
        }
        // `do Thủ tướng phát động ngày 24/4`
        DateRole::Start if is_day(form) && clause.ends_with("phát động") => {
            DateRole::Event
        }
        _ => role,
    }
}

/// `sơ kết vào quý 3`, `hoàn thành trong tháng 9`: what is to be done in a
/// month, quarter or year.
fn period_role(clause: &str) -> DateRole {
    if !word_lists::ends("roles.within", clause) {
        return DateRole::Other;
    }
    let last = clause.rsplit(" và ").next().unwrap_or(clause);
    if word_lists::inside("roles.reviews", last) {
        DateRole::Event
    } else if word_lists::inside("roles.completions", last) {
        DateRole::Deadline
    } else {
        DateRole::Other
    }
}

/// What the name of a law begins with.
const LAW: &str = "luật ";

/// `Ngày 7/2, các hộ …`, `lễ phát động cấp tỉnh ngày 7/2`, `đến 7 giờ ngày
/// 7/2` tell what happens; `Trước đó, ngày 7/2, Bộ … ban hành …` and `Luật …
/// ngày 7/2` cite.
fn day_role(
    reading: &Reading,
    form: &Form,
    head: &str,
    clause: &str,
) -> DateRole {
    // A law may be broken over lines.
    let wide = window::before(reading.lower(), form.span.start, 120);
    if wide.contains(LAW) {
        let marks = [',', ';', '.', ':', '“'];
        let cited = wide.rsplit(marks).next().unwrap_or(wide).trim_start();
        let own = cited.strip_prefix("căn cứ ").unwrap_or(cited);
        if own.starts_with(LAW) {
            return DateRole::Reference;
        }
    }
    let hour = ["giờ", "phút", "h"].iter().any(|unit| {
        let number = clause.strip_suffix(unit).map(str::trim_end);
        number.is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()))
    });
    if hour || word_lists::inside("roles.ceremonies", clause) {
        return DateRole::Event;
    }
    let tail = reading.after(form.span.end, 160);
    if !tail.starts_with(", ") {
        return DateRole::Other;
    }
    let before = head.trim_end_matches([',', ' ']).ends_with("trước đó");
    let clause = tail.split(". ").next().unwrap_or(tail);
    if before && clause.contains("ban hành") {
        return DateRole::Reference;
    }
    match before || opens_sentence(reading, form, head) {
        true => DateRole::Event,
        false => DateRole::Other,
    }
}

/// Whether a date is the first of its sentence; the sentences are asked for
/// only where the word before leaves it open.
fn opens_sentence(reading: &Reading, form: &Form, head: &str) -> bool {
    let start = form.span.start;
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, ',' | '(');
    !head.trim_end().ends_with(goes_on)
        && reading.sentence_at(start).is_some_and(|(_, s)| s.start == start)
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::DateRole;

    #[test]
    fn a_day_at_the_head_of_its_sentence_tells_what_happens() {
        let role = |text: &str| record(text).dates[0].role;
        for (text, expected) in [
            ("Ngày 3/7/2015, các hộ trồng tre bên sông.", DateRole::Event),
            ("Lũ xảy ra ngày 3/7/2015 ở các xã.", DateRole::Event),
            (
                "Trước đó, ngày 3/7/2015, Bộ Y tế đã ban hành nghị định mới.",
                DateRole::Reference,
            ),
            ("Trước đó, ngày 3/7/2015, các hộ đã gặt.", DateRole::Event),
            ("Tính đến ngày 3/7/2015, các hộ đã gặt xong.", DateRole::Other),
            ("Ngày 3/7/2015 là ngày vui của làng.", DateRole::Other),
            ("Làng mở lễ phát động cấp xã ngày 3/7/2015.", DateRole::Event),
            ("Đến 7 giờ ngày 3/7/2015 nước rút.", DateRole::Event),
            ("Lễ phát động đông vui, ngày 3/7/2015 thì gặt.", DateRole::Other),
            ("Các xã sơ kết vào quý 3/2015 ở huyện.", DateRole::Event),
            ("Các xã tổng kết năm 2015 ở huyện.", DateRole::Other),
            ("Các xã phải hoàn thành trong tháng 7/2015.", DateRole::Deadline),
            ("Làng có quy hoạch, tầm nhìn đến năm 2045.", DateRole::Other),
            ("Làng trồng tre đến năm 2045.", DateRole::End),
            (
                "Các xã theo Luật Trồng\ntrọt ngày 3/7/2015 mà làm.",
                DateRole::Other,
            ),
            (
                "Các xã học hai luật: Luật Trồng\ntrọt ngày 3/7/2015 và luật \
                 khác.",
                DateRole::Reference,
            ),
        ] {
            assert_eq!(role(text), expected, "{text}");
        }
    }

    #[test]
    fn what_another_launched_happened() {
        let found = record(
            "Ngày 5/8/2015, UBND tỉnh Hà Nam ban hành Kế hoạch số 7/KH-UBND \
             theo phong trào do Bộ Y tế phát động ngày 3/7/2015.",
        );
        let roles: Vec<DateRole> = found.dates.iter().map(|d| d.role).collect();
        assert_eq!(roles, [DateRole::Issued, DateRole::Event]);
    }
}
