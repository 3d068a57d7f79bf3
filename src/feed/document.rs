//! An entry as a JSON document, in the shape that a system asks for.

use super::fields::{FIELDS, Field, Role, Value};
use crate::text::fold;
use crate::wire::{self, Entry};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

/// How a system wants its documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Whether full text is given a second time without marks, as
    /// `NAME_folded`, because the system cannot fold.
    pub(super) folded: bool,
    pub(super) days: Days,
}

/// How days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// `2021-09-16`.
    Iso,
    /// `2021-09-16T00:00:00Z`.
    Instant,
    /// `20210916`: a number that is ordered as days are.
    Number,
}

/// What the second, folded field of `name` is called.
pub(super) fn folded_name(name: &str) -> String {
    format!("{name}_folded")
}

/// The document of an entry.
pub(super) fn document(entry: &Entry, shape: Shape) -> Map<String, Json> {
    let mut out = Map::new();
    for field in &FIELDS {
        let value = (field.value)(entry);
        if value.is_empty() {
            continue;
        }
        if shape.folded && field.role.weight() > 0 {
            let folded = json(&value, &|text| Some(fold(text).into()));
            out.insert(folded_name(field.name), folded);
        }
        let value = json(&value, &|text| one(field, text, shape.days));
        if !value.is_null() {
            out.insert(field.name.to_owned(), value);
        }
    }
    out
}

fn one(field: &Field, text: &str, days: Days) -> Option<Json> {
    if field.role != Role::Day {
        return Some(text.into());
    }
    let date = day(text)?;
    Some(match days {
        Days::Iso => date.to_string().into(),
        Days::Instant => format!("{date}T00:00:00Z").into(),
        Days::Number => {
            let (y, m, d) = (date.year(), date.month(), date.day());
            (i64::from(y) * 10_000 + i64::from(m) * 100 + i64::from(d)).into()
        }
    })
}

fn json(value: &Value<'_>, one: &dyn Fn(&str) -> Option<Json>) -> Json {
    match value {
        Value::One(text) => text.and_then(one).unwrap_or(Json::Null),
        Value::Many(texts) => texts.iter().copied().filter_map(one).collect(),
        Value::Made(texts) => {
            texts.iter().filter_map(|text| one(text)).collect()
        }
        Value::Integer(number) => number.map_or(Json::Null, Json::from),
    }
}

/// A day of the calendar. An entry gives every month 31 days, which a range
/// does not mind and a server refuses; the last that there is stands for it.
pub(super) fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok().filter(|year| *year > 0)?;
    let month: i8 = parts.next()?.parse().ok()?;
    let day: i8 = parts.next()?.parse().ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day.clamp(1, first.days_in_month())).ok()
}

/// A document as one line.
pub(super) fn line(entry: &Entry, shape: Shape) -> Vec<u8> {
    wire::line(&document(entry, shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_not_in_the_calendar_becomes_the_last_of_its_month() {
        let written = |text: &str| day(text).map(|date| date.to_string());
        assert_eq!(written("2021-02-31").as_deref(), Some("2021-02-28"));
        assert_eq!(written("2020-02-31").as_deref(), Some("2020-02-29"));
        assert_eq!(written("2021-09-31").as_deref(), Some("2021-09-30"));
        assert_eq!(written("2021-12-31").as_deref(), Some("2021-12-31"));
        assert_eq!(written("0000-01-01"), None);
        assert_eq!(written("2021-13-01"), None);
        assert_eq!(written("2021"), None);
    }

    #[test]
    fn shapes_differ_in_days_and_folded_fields_only() {
        let entry = Entry {
            id: "a".into(),
            kind: "announcement".into(),
            title: Some("Đường".into()),
            issued_to: Some("2021-02-31".into()),
            ..Entry::default()
        };
        let shape = |folded, days| Shape { folded, days };
        let plain = document(&entry, shape(false, Days::Iso));
        assert_eq!(plain["issued_to"], "2021-02-28");
        assert!(!plain.contains_key("title_folded"));
        assert!(!plain.contains_key("issuer"));
        let other = document(&entry, shape(true, Days::Number));
        assert_eq!(other["issued_to"], 20_210_228);
        assert_eq!(other["title_folded"], "duong");
        let third = document(&entry, shape(false, Days::Instant));
        assert_eq!(third["issued_to"], "2021-02-28T00:00:00Z");
    }
}
