//! Fixed days with a name.

use super::table;
use std::sync::LazyLock;

/// One day.
#[derive(Debug)]
pub struct CommemorativeDay {
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// Its name.
    pub name: &'static str,
    /// Whether the day itself is used as a name (`lễ 30/4`), so that it is no
    /// date of the text.
    pub proper: bool,
}

static DAYS: LazyLock<Vec<CommemorativeDay>> = LazyLock::new(|| {
    let text = include_str!("commemorative_days.tsv");
    table::read("commemorative_days", text, |row| {
        let (month, day) = row
            .get("day")
            .split_once('-')
            .and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)))
            .unwrap_or_else(|| panic!("no day: {}", row.get("day")));
        CommemorativeDay {
            month,
            day,
            name: row.get("name"),
            proper: row.flag("proper"),
        }
    })
});

/// Every day, by calendar.
pub fn all() -> &'static [CommemorativeDay] {
    &DAYS
}

/// The named day on a day of the year.
pub fn on(month: u8, day: u8) -> Option<&'static CommemorativeDay> {
    DAYS.iter().find(|d| (d.month, d.day) == (month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found() {
        assert!(on(4, 30).unwrap().proper);
        assert_eq!(on(9, 2).unwrap().name, "Ngày Quốc khánh");
        assert!(!on(11, 9).unwrap().proper);
        assert!(on(4, 1).is_none());
        let days = all();
        assert!(days.iter().all(|d| d.month <= 12 && d.day <= 31));
    }
}
