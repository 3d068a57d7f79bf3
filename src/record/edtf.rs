//! Dates and intervals in EDTF (ISO 8601-2, level 2 for quarters).

use std::fmt;

/// A calendar value: a day, month, quarter, year, or an interval of those.
/// Missing parts are `None` from the left (`XXXX-10-01`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One point of the calendar.
    Point(Point),
    /// From the first to the second, both included.
    Interval(Point, Point),
}

/// One point of the calendar, at the grain it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// Year, `None` if the text does not say.
    pub year: Option<i16>,
    /// What is known below the year.
    pub part: Part,
}

/// The part of the year that a point names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole year.
    Year,
    /// Quarter 1 to 4, written 33 to 36.
    Quarter(u8),
    /// Month 1 to 12.
    Month(u8),
    /// Month and day.
    Day(u8, u8),
}

impl Point {
    /// A day.
    pub fn day(year: Option<i16>, month: u8, day: u8) -> Self {
        Self { year, part: Part::Day(month, day) }
    }

    /// A month.
    pub fn month(year: Option<i16>, month: u8) -> Self {
        Self { year, part: Part::Month(month) }
    }

    /// A quarter.
    pub fn quarter(year: Option<i16>, quarter: u8) -> Self {
        Self { year, part: Part::Quarter(quarter) }
    }

    /// A year.
    pub fn year(year: i16) -> Self {
        Self { year: Some(year), part: Part::Year }
    }

    /// Sorts the parts of one year: by month, then day.
    pub fn part_order(&self) -> (u8, u8) {
        match self.part {
            Part::Year => (0, 0),
            Part::Quarter(q) => (q * 3 - 2, 0),
            Part::Month(m) => (m, 0),
            Part::Day(m, d) => (m, d),
        }
    }

    /// The same point in `year`.
    pub fn in_year(self, year: i16) -> Self {
        Self { year: Some(year), ..self }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(y) => write!(f, "{y:04}")?,
            None => write!(f, "XXXX")?,
        }
        match self.part {
            Part::Year => Ok(()),
            Part::Quarter(q) => write!(f, "-{}", 32 + q),
            Part::Month(m) => write!(f, "-{m:02}"),
            Part::Day(m, d) => write!(f, "-{m:02}-{d:02}"),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(p) => p.fmt(f),
            Self::Interval(a, b) => write!(f, "{a}/{b}"),
        }
    }
}
