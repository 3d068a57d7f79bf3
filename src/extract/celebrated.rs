//! Days that are celebrated, which are no days of issue.
//!
//! # What it finds
//! `nhân dịp Quốc khánh 2/9`, `kỷ niệm Ngày … (5/6)`, and one day of two
//! years with a dash between (`19/8/1945 - 19/8/2025`).
//!
//! # What it must refuse
//! A day behind the comma that ends the words of the feast.
//!
//! # Known limits
//! The words of the feast must stand within 110 bytes before the day.

use super::dates::Form;
use super::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::record::Edtf;
use std::sync::LazyLock;

/// Words of a day that is celebrated, up to its date.
static HOLIDAY: LazyLock<Rule> = LazyLock::new(|| Rule::new("roles.holiday"));

/// `nhân dịp Quốc khánh 2/9`, `(19/8/1945 - 19/8/2025)`: a day that is
/// celebrated, on which nothing was issued.
pub(super) fn is_celebrated(reading: &Reading, i: usize) -> bool {
    let form = &reading.dates[i];
    let before = i.checked_sub(1).and_then(|i| reading.dates.get(i));
    [before, reading.dates.get(i + 1)]
        .into_iter()
        .flatten()
        .any(|other| are_anniversary(reading, form, other))
        || HOLIDAY.is_match(reading.before(form.span.start, 110), &reading.scan)
}

/// One day of two years, with a dash between.
fn are_anniversary(reading: &Reading, a: &Form, b: &Form) -> bool {
    let (first, last) =
        if a.span.start < b.span.start { (a, b) } else { (b, a) };
    let between = reading.lower().get(first.span.end..last.span.start);
    let dash = between.is_some_and(|b| matches!(b.trim(), "-" | "–" | "/"));
    match (a.value, b.value) {
        (Edtf::Point(a), Edtf::Point(b)) => {
            dash && a.part == b.part && a.year != b.year
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    #[test]
    fn a_day_that_is_celebrated_is_not_the_acts() {
        for text in [
            "Nhân dịp Quốc khánh mùng 2/9, UBND tỉnh Hà Nam ban hành Kế \
             hoạch số 71/KH-UBND.",
            "Chào mừng 70 năm ngày mở cầu An Hòa (3/4/1950 - 3/4/2020), UBND \
             tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.",
        ] {
            assert!(record(text).issued.is_none(), "{text}");
        }
        let found = record(
            "Nhân dịp Tết Nguyên đán, ngày 5/1/2021, UBND tỉnh Hà Nam ban \
             hành Kế hoạch số 71/KH-UBND.",
        );
        assert_eq!(found.issued.unwrap().value, "2021-01-05");
    }
}
