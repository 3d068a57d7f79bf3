//! The first day of the lunar year in the solar calendar.

use super::table;
use std::sync::LazyLock;

/// One lunar year.
#[derive(Debug)]
pub struct LunarYear {
    /// The solar year in which it begins.
    pub year: i16,
    /// Month of its first day in the solar calendar.
    pub month: u8,
    /// Day of its first day in the solar calendar.
    pub day: u8,
    /// Its name: `Tân Sửu`.
    pub name: &'static str,
}

static YEARS: LazyLock<Vec<LunarYear>> = LazyLock::new(|| {
    let text = include_str!("lunar_new_year.tsv");
    table::read("lunar_new_year", text, |row| {
        let mut parts = row.get("first_day").split('-').skip(1);
        let mut next = || parts.next().and_then(|p| p.parse().ok());
        let (Some(month), Some(day)) = (next(), next()) else {
            panic!("lunar_new_year: {}", row.get("first_day"));
        };
        LunarYear {
            year: row.number("year"),
            month,
            day,
            name: row.get("name"),
        }
    })
});

/// Every year of the table, 2000 to 2040.
pub fn all() -> &'static [LunarYear] {
    &YEARS
}

/// The lunar year that begins in a solar year.
pub fn beginning_in(year: i16) -> Option<&'static LunarYear> {
    YEARS.iter().find(|y| y.year == year)
}

/// The lunar year with a name, in any case, that begins nearest a solar year.
pub fn named(name: &str, near: i16) -> Option<&'static LunarYear> {
    let lower = name.to_lowercase();
    YEARS
        .iter()
        .filter(|y| y.name.to_lowercase() == lower)
        .min_by_key(|y| (y.year - near).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_begin_when_the_calendar_says() {
        let first = |year| beginning_in(year).map(|y| (y.month, y.day, y.name));
        assert_eq!(first(2007), Some((2, 17, "Đinh Hợi")));
        assert_eq!(first(2021), Some((2, 12, "Tân Sửu")));
        assert_eq!(first(2026), Some((2, 17, "Bính Ngọ")));
        assert_eq!(first(1999), None);
        assert_eq!(named("bính ngọ", 2021).unwrap().year, 2026);
        assert!(named("Giáp Tuất", 2021).is_none());
    }

    #[test]
    fn every_year_begins_in_the_weeks_of_tet() {
        for y in all() {
            let at = (y.month, y.day);
            assert!(((1, 20)..=(2, 21)).contains(&at), "{}", y.year);
        }
    }
}
