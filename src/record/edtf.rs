//! Dates and intervals in EDTF (ISO 8601-2, level 2 for quarters).

use std::fmt;
use std::str::FromStr;

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
        // In one piece, since most records hold dates and small writes cost
        // more than digits.
        let mut text = *b"XXXX-00-00";
        let mut put = |at: usize, part: u8| {
            text[at] = b'0' + part / 10;
            text[at + 1] = b'0' + part % 10;
        };
        let mut from = 0;
        match self.year {
            Some(y @ 0..=9999) => {
                put(0, (y / 100) as u8);
                put(2, (y % 100) as u8);
            }
            Some(y) => {
                write!(f, "{y:04}")?;
                from = 4;
            }
            None => {}
        }
        let len = match self.part {
            Part::Year => 4,
            Part::Quarter(q) => {
                put(5, 32 + q);
                7
            }
            Part::Month(m) => {
                put(5, m);
                7
            }
            Part::Day(m, d) => {
                put(5, m);
                put(8, d);
                10
            }
        };
        f.write_str(str::from_utf8(&text[from..len]).unwrap_or_default())
    }
}

impl FromStr for Point {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let year = match parts.next().ok_or(())? {
            "XXXX" => None,
            year if year.len() == 4 => Some(year.parse().map_err(|_| ())?),
            _ => return Err(()),
        };
        let two = |part: &str| match part.len() {
            2 => part.parse::<u8>().map_err(|_| ()),
            _ => Err(()),
        };
        let part = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Part::Year,
            (Some(part), None, _) => match two(part)? {
                month @ 1..=12 => Part::Month(month),
                quarter @ 33..=36 => Part::Quarter(quarter - 32),
                _ => return Err(()),
            },
            (Some(month), Some(day), None) => match (two(month)?, two(day)?) {
                (month @ 1..=12, day @ 1..=31) => Part::Day(month, day),
                _ => return Err(()),
            },
            _ => return Err(()),
        };
        Ok(Self { year, part })
    }
}

impl FromStr for Edtf {
    type Err = ();

    /// The reverse of [`fmt::Display`]; other forms of EDTF are refused.
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once('/') {
            None => text.parse().map(Self::Point),
            Some((from, to)) => Ok(Self::Interval(from.parse()?, to.parse()?)),
        }
    }
}

impl Point {
    /// Its first and last day, `YYYY-MM-DD`; `None` if the year is not known.
    /// A month is given 31 days: the bounds are for comparison, by which days
    /// that do not exist do no harm.
    pub fn bounds(&self) -> Option<(String, String)> {
        let year = self.year?;
        let (from, to) = match self.part {
            Part::Year => ((1, 1), (12, 31)),
            Part::Quarter(q) => ((q * 3 - 2, 1), (q * 3, 31)),
            Part::Month(m) => ((m, 1), (m, 31)),
            Part::Day(m, d) => ((m, d), (m, d)),
        };
        let day = |(m, d): (u8, u8)| format!("{year:04}-{m:02}-{d:02}");
        Some((day(from), day(to)))
    }
}

impl Edtf {
    /// The first and last day of it, as of [`Point::bounds`].
    pub fn bounds(&self) -> Option<(String, String)> {
        match self {
            Self::Point(point) => point.bounds(),
            Self::Interval(from, to) => {
                Some((from.bounds()?.0, to.bounds()?.1))
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for value in [
            "2021-09-16",
            "2021-09",
            "2021",
            "2021-35",
            "2021-10-01/2021-12-31",
            "2021/2025",
            "XXXX-10-01",
        ] {
            let read: Edtf = value.parse().unwrap();
            assert_eq!(read.to_string(), value);
        }
        for value in ["", "21", "2021-13", "2021-9-1", "2021-02-00", "2021-1-"]
        {
            assert!(value.parse::<Edtf>().is_err(), "{value}");
        }
    }

    #[test]
    fn bounds_are_the_first_and_the_last_day() {
        let bounds = |value: &str| value.parse::<Edtf>().unwrap().bounds();
        let days = |from: &str, to: &str| Some((from.into(), to.into()));
        assert_eq!(bounds("2021-09-16"), days("2021-09-16", "2021-09-16"));
        assert_eq!(bounds("2021-35"), days("2021-07-01", "2021-09-31"));
        assert_eq!(bounds("2021/2025"), days("2021-01-01", "2025-12-31"));
        assert_eq!(bounds("XXXX-10-01"), None);
    }
}
