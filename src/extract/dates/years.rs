//! The year that a text leaves out.
//!
//! # What it finds
//! The year that puts a day nearest to the publication of the article.
//!
//! # What it must refuse
//! Metadata without a year.
//!
//! # Known limits
//! Only the years next to that of the anchor are looked at.

use crate::lexicon::scan::Scan;
use crate::record::{Edtf, Part, Point};

/// The day from which missing years are counted, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Year, month, day.
    pub day: (i16, u8, u8),
    /// In plain words, for `why`.
    pub what: &'static str,
}

impl Anchor {
    /// The anchor of a full date.
    pub fn of(value: Edtf, what: &'static str) -> Option<Self> {
        match value {
            Edtf::Point(Point { year: Some(y), part: Part::Day(m, d) }) => {
                Some(Self { day: (y, m, d), what })
            }
            _ => None,
        }
    }

    /// Days from another day to this one.
    pub fn days_after(self, other: Self) -> i32 {
        let count = |(y, m, d): (i16, u8, u8)| days(i32::from(y), m, d);
        count(self.day) - count(other.day)
    }
}

/// Days since 1 March of year 0 of the proleptic Gregorian calendar.
fn days(year: i32, month: u8, day: u8) -> i32 {
    // Months count from March, so that the leap day comes last.
    let (y, m) = if month > 2 {
        (year, i32::from(month) - 3)
    } else {
        (year - 1, i32::from(month) + 9)
    };
    365 * y + y.div_euclid(4) - y.div_euclid(100)
        + y.div_euclid(400)
        + (153 * m + 2) / 5
        + i32::from(day)
}

/// Whether the words around a date look back or forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// `đã ban hành`, `vừa diễn ra`: at most a day after the anchor.
    Past,
    /// `sẽ`, `trước ngày`, `từ … đến`: at most a week before the anchor.
    Future,
    /// Neither.
    Open,
}

/// The year that puts a month and day nearest to the anchor.
///
/// Seven in ten dates without a year fall in the week before an article, nine
/// in ten within a month of it; the tense breaks what is left.
pub fn nearest_year(part: Part, anchor: Anchor, tense: Tense) -> i16 {
    let (month, day) = match part {
        Part::Day(m, d) => (m, d),
        Part::Month(m) => (m, 15),
        Part::Quarter(q) => (q * 3 - 1, 15),
        Part::Year => (7, 1),
    };
    let (y, m, d) = anchor.day;
    let at = days(i32::from(y), m, d);
    let distance = |year: i16| {
        let gap = days(i32::from(year), month, day) - at;
        let wrong = match tense {
            Tense::Past => gap > 1 + slack(part),
            Tense::Future => gap < -7 - slack(part),
            Tense::Open => false,
        };
        // A wrong tense counts as four months further away.
        gap.abs() + if wrong { 120 } else { 0 }
    };
    [y - 1, y, y + 1].into_iter().min_by_key(|&y| distance(y)).unwrap_or(y)
}

/// Half the length of the grain, in days.
fn slack(part: Part) -> i32 {
    match part {
        Part::Day(..) => 0,
        Part::Month(_) => 16,
        Part::Quarter(_) => 46,
        Part::Year => 183,
    }
}

/// Fills in the year of a value from its anchor.
pub fn resolve(value: Edtf, anchor: Anchor, tense: Tense) -> Edtf {
    let fill = |p: Point| match p.year {
        Some(_) => p,
        None => p.in_year(nearest_year(p.part, anchor, tense)),
    };
    match value {
        Edtf::Point(p) => Edtf::Point(fill(p)),
        Edtf::Interval(a, b) => {
            let a = fill(a);
            let mut b = fill(b);
            // An interval runs forward.
            if let (Some(y1), Some(y2)) = (a.year, b.year)
                && (y1, a.part_order()) > (y2, b.part_order())
            {
                b = b.in_year(if y1 > y2 { y1 } else { y1 + 1 });
            }
            Edtf::Interval(a, b)
        }
    }
}

/// Reads the publication date of a container's metadata: ISO 8601 with or
/// without a time, RFC 2822, a Unix time stamp, or the Vietnamese forms.
pub fn parse_metadata(text: &str) -> Option<Edtf> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>()
        && text.len() >= 9
    {
        let seconds = if text.len() >= 12 { seconds / 1000 } else { seconds };
        // Vietnam keeps UTC+7 all year.
        let time = jiff::Timestamp::from_second(seconds + 7 * 3600).ok()?;
        let date = time.to_zoned(jiff::tz::TimeZone::UTC).date();
        return Some(Edtf::Point(Point::day(
            Some(date.year()),
            date.month() as u8,
            date.day() as u8,
        )));
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        let date = zoned.date();
        return Some(Edtf::Point(Point::day(
            Some(date.year()),
            date.month() as u8,
            date.day() as u8,
        )));
    }
    let lower = text.to_lowercase();
    super::find(&Scan::of(&lower, &lower), &[])
        .into_iter()
        .map(|f| f.value)
        .find(|value| matches!(value, Edtf::Point(p) if p.year.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(year: i16, month: u8, day: u8) -> Anchor {
        Anchor { day: (year, month, day), what: "the test" }
    }

    #[test]
    fn the_nearest_year_is_taken() {
        let new_year = anchor(2022, 1, 2);
        let day = |m, d, tense| nearest_year(Part::Day(m, d), new_year, tense);
        assert_eq!(day(12, 30, Tense::Open), 2021);
        assert_eq!(day(1, 5, Tense::Open), 2022);
        assert_eq!(day(12, 30, Tense::Past), 2021);
        assert_eq!(day(3, 1, Tense::Future), 2022);
    }

    #[test]
    fn an_interval_runs_forward() {
        let (a, b) = (Point::day(None, 12, 20), Point::day(None, 1, 10));
        let value =
            resolve(Edtf::Interval(a, b), anchor(2021, 12, 15), Tense::Open);
        assert_eq!(value.to_string(), "2021-12-20/2022-01-10");
    }

    #[test]
    fn metadata_comes_in_many_forms() {
        let read = |text| parse_metadata(text).map(|value| value.to_string());
        let day = Some("2021-09-16".to_owned());
        assert_eq!(read("2021-09-16T08:00:00+07:00"), day);
        assert_eq!(read("Thu, 16 Sep 2021 08:00:00 +0700"), day);
        assert_eq!(read("16/09/2021 08:00"), day);
        // 18:30 in London is the next day in Hà Nội.
        assert_eq!(read("1631730600"), day);
        assert_eq!(read("hôm qua"), None);
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(anchor(2020, 3, 1).days_after(anchor(2020, 2, 28)), 2);
        assert_eq!(anchor(2021, 3, 1).days_after(anchor(2021, 2, 28)), 1);
    }
}
