//! Days, months, quarters and years as people write them in a filter, and
//! ranges of them.

use super::error::{QueryError, quoted};
use super::{Period, Years};
use crate::record::{Part, Point};
use std::ops::Range;

/// A piece of a query: its words and where they stand.
#[derive(Debug, Clone, Copy)]
struct Piece<'q> {
    text: &'q str,
    start: usize,
}

impl<'q> Piece<'q> {
    fn place(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn trimmed(self) -> Self {
        let text = self.text.trim_start();
        let start = self.start + self.text.len() - text.len();
        Self { text: text.trim_end(), start }
    }

    fn cut(self, at: usize, length: usize) -> (Self, Self) {
        let behind = at + length;
        (
            Self { text: &self.text[..at], start: self.start }.trimmed(),
            Self { text: &self.text[behind..], start: self.start + behind }
                .trimmed(),
        )
    }
}

/// What stands between the ends of a range.
const BETWEEN: [&str; 3] = ["...", "..", "…"];

/// The ends of a range, `None` for an open one, or the only point twice.
type Ends<'q> = (Option<(Point, Piece<'q>)>, Option<(Point, Piece<'q>)>);

fn ends(query: &str, place: Range<usize>) -> Result<Ends<'_>, QueryError> {
    let whole =
        Piece { text: &query[place.clone()], start: place.start }.trimmed();
    let range = BETWEEN
        .iter()
        .find_map(|sign| Some((whole.text.find(sign)?, sign.len())))
        .or_else(|| interval(whole.text));
    let Some((at, length)) = range else {
        let read = Some((point(whole)?, whole));
        return Ok((read, read));
    };
    let (from, to) = whole.cut(at, length);
    if from.text.is_empty() && to.text.is_empty() {
        return Err(QueryError::new(whole.place(), "an empty range")
            .hint("give one end at least: 2021.. or ..2021-06"));
    }
    let read = |piece: Piece<'_>| match piece.text {
        "" => Ok(None),
        _ => point(piece).map(Some),
    };
    let first = read(from)?.map(|point| (point, from));
    let last = read(to)?.map(|point| (point, to));
    if let (Some((a, _)), Some((b, _))) = (first, last)
        && a.bounds().map(|b| b.0) > b.bounds().map(|b| b.1)
    {
        let turned = format!("{}..{}", quoted(to.text), quoted(from.text));
        return Err(QueryError::new(
            whole.place(),
            "the range ends before it begins",
        )
        .hint(format!("did you mean {turned}?")));
    }
    Ok((first, last))
}

/// `2021-10-01/2021-12-31`, an interval of EDTF: behind the slash stands
/// another year.
fn interval(text: &str) -> Option<(usize, usize)> {
    let at = text.find('/')?;
    let year =
        |text: &str| text.bytes().take_while(u8::is_ascii_digit).count() == 4;
    (year(text) && year(&text[at + 1..])).then_some((at, 1))
}

/// The period of a filter.
pub(super) fn period(
    query: &str,
    place: Range<usize>,
) -> Result<Period, QueryError> {
    let (from, to) = ends(query, place)?;
    Ok(Period {
        from: from.and_then(|(point, _)| point.bounds()).map(|b| b.0),
        to: to.and_then(|(point, _)| point.bounds()).map(|b| b.1),
    })
}

/// The years of a filter.
pub(super) fn years(
    query: &str,
    place: Range<usize>,
) -> Result<Years, QueryError> {
    let (from, to) = ends(query, place)?;
    let year = |end: Option<(Point, Piece<'_>)>| match end {
        None => Ok(None),
        Some((point, _)) if point.part == Part::Year => Ok(point.year),
        Some((_, piece)) => Err(QueryError::new(
            piece.place(),
            format!("`{}` is not a year", quoted(piece.text)),
        )
        .hint("for days and months write issued:2021-09")),
    };
    Ok(Years { from: year(from)?, to: year(to)? })
}

/// A day, month, quarter or year: year first with dashes, or, as in
/// Vietnamese, day first.
fn point(piece: Piece<'_>) -> Result<Point, QueryError> {
    let parts: Vec<&str> = piece.text.split(['-', '/', '.']).collect();
    let numbers: Option<Vec<u16>> =
        parts.iter().map(|part| number(part)).collect();
    let year = |text: &str| text.len() == 4 && number(text).is_some();
    let wrong = || {
        QueryError::new(
            piece.place(),
            format!("`{}` is not a date", quoted(piece.text)),
        )
        .hint("write 2021, 2021-09, 2021-09-16, 16/9/2021 or 2021-Q3")
    };
    if let [y, q] = parts[..]
        && year(y)
        && let Some(q) = quarter(q)
    {
        return Ok(Point::quarter(number(y).map(|y| y as i16), q));
    }
    let numbers = numbers.ok_or_else(wrong)?;
    let (y, m, d) = match (&parts[..], &numbers[..]) {
        ([a], [y]) if year(a) => (*y, None, None),
        ([a, _], [y, m]) if year(a) => (*y, Some(*m), None),
        ([a, _, _], [y, m, d]) if year(a) => (*y, Some(*m), Some(*d)),
        ([_, b], [m, y]) if year(b) => (*y, Some(*m), None),
        ([_, _, c], [d, m, y]) if year(c) => (*y, Some(*m), Some(*d)),
        _ => return Err(wrong()),
    };
    checked(piece, y, m, d)
}

fn number(text: &str) -> Option<u16> {
    let digits = (1..=4).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// `Q3`, or 33 to 36 as EDTF writes quarters.
fn quarter(text: &str) -> Option<u8> {
    let number = match text.strip_prefix(['q', 'Q']) {
        Some(digit) => number(digit)?,
        None => number(text)?.checked_sub(32)?,
    };
    (1..=4).contains(&number).then_some(number as u8)
}

/// The point, if the calendar has it.
fn checked(
    piece: Piece<'_>,
    year: u16,
    month: Option<u16>,
    day: Option<u16>,
) -> Result<Point, QueryError> {
    let none = |what: String| {
        QueryError::new(piece.place(), what)
            .hint("write 2021, 2021-09, 2021-09-16, 16/9/2021 or 2021-Q3")
    };
    if year == 0 {
        return Err(none("there is no year 0".to_owned()));
    }
    let y = year as i16;
    let Some(month) = month else { return Ok(Point::year(y)) };
    if !(1..=12).contains(&month) {
        return Err(none(format!("there is no month {month}")));
    }
    let m = month as u8;
    let Some(day) = day else { return Ok(Point::month(Some(y), m)) };
    let date = i8::try_from(day)
        .ok()
        .and_then(|d| jiff::civil::Date::new(y, m as i8, d).ok());
    if date.is_none() {
        return Err(none(format!(
            "there is no day {day} in month {month} of {year}"
        )));
    }
    Ok(Point::day(Some(y), m, day as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let period = period(text, 0..text.len()).unwrap();
        (period.from.unwrap_or_default(), period.to.unwrap_or_default())
    }

    fn wrong(text: &str) -> (String, String) {
        let error = period(text, 0..text.len()).unwrap_err();
        (error.message, text[error.place].to_owned())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = ("2021-09-16".to_owned(), "2021-09-16".to_owned());
        for text in [
            "2021-09-16",
            "2021-9-16",
            "16/9/2021",
            "16-09-2021",
            "16.9.2021",
            " 16/9/2021 ",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        for (text, from, to) in [
            ("2021", "2021-01-01", "2021-12-31"),
            ("2021-09", "2021-09-01", "2021-09-31"),
            ("9/2021", "2021-09-01", "2021-09-31"),
            ("2021-Q3", "2021-07-01", "2021-09-31"),
            ("2021-35", "2021-07-01", "2021-09-31"),
            ("2021-09..2021-12", "2021-09-01", "2021-12-31"),
            ("9/2021…12/2021", "2021-09-01", "2021-12-31"),
            ("2021-10-01/2021-12-31", "2021-10-01", "2021-12-31"),
            ("2021/2025", "2021-01-01", "2025-12-31"),
            ("2021..", "2021-01-01", ""),
            ("..2021-06", "", "2021-06-31"),
        ] {
            assert_eq!(read(text), (from.to_owned(), to.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        for (text, message, place) in [
            ("hôm qua", "`hôm qua` is not a date", "hôm qua"),
            ("2021-13", "there is no month 13", "2021-13"),
            ("30/2/2021", "there is no day 30 in month 2 of 2021", "30/2/2021"),
            ("..", "an empty range", ".."),
            (
                "2021-12..2021-09",
                "the range ends before it begins",
                "2021-12..2021-09",
            ),
            ("2021..sau", "`sau` is not a date", "sau"),
            ("16/9", "`16/9` is not a date", "16/9"),
        ] {
            let expected = (message.to_owned(), place.to_owned());
            assert_eq!(wrong(text), expected, "{text}");
        }
    }

    #[test]
    fn years_are_years_alone() {
        let read = |text: &str| years(text, 0..text.len());
        assert_eq!(
            read("2020..2022"),
            Ok(Years { from: Some(2020), to: Some(2022) })
        );
        assert!(read("2021-09").is_err());
    }
}
