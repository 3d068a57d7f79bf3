//! Records: every span in range and equal to its words, lists in order, dates
//! of the calendar, output that reads back.

use super::{normalized, one_line};
use serde_json::Value;
use vanban::extract::Context;
use vanban::record::{Item, Record};
use vanban::wire::{COLUMNS, Format};

/// What the first byte of an input chooses, one bit each; `@` chooses
/// nothing.
pub struct Choice {
    title: bool,
    published: bool,
    headline: bool,
    /// Extract twice and compare.
    pub twice: bool,
    /// Explain every field.
    pub explained: bool,
}

impl Choice {
    /// Takes the choice off an input.
    pub fn take(input: &[u8]) -> (Self, &[u8]) {
        let (first, rest) = input.split_first().unwrap_or((&b'@', &[]));
        let bit = |i: u8| first >> i & 1 == 1;
        let choice = Self {
            title: bit(0),
            published: bit(1),
            headline: bit(2),
            twice: bit(3),
            explained: bit(4),
        };
        (choice, rest)
    }

    /// The metadata, made of the first lines of the text.
    pub fn context(&self, raw: &str) -> Context {
        let first = raw.lines().next().unwrap_or_default();
        let second = raw.lines().nth(1).unwrap_or_default();
        Context {
            title: self.title.then(|| first.to_owned()),
            published: self.published.then(|| second.to_owned()),
            headline: (self.headline && !first.trim().is_empty())
                .then(|| (0..first.chars().count()).into()),
            ..Context::default()
        }
    }
}

/// Everything that is promised of a record of the text `raw`.
pub fn hold(raw: &str, record: &Record) {
    let value = serde_json::to_value(record).expect("JSON");
    let mut edges: Vec<usize> = raw.char_indices().map(|(i, _)| i).collect();
    edges.push(raw.len());
    slices(raw, &edges, &value, "record");
    nothing_is_empty(&value, "record");
    if let Some(contents) = &record.contents {
        assert!(!contents.items.is_empty(), "contents without items");
        in_order(&contents.items, 0, edges.len() - 1);
    }
    values_are_of_the_calendar(&value);
    reads_back(record);
}

/// Checks `normalize(text[start:end]) == text` wherever both stand.
fn slices(raw: &str, edges: &[usize], value: &Value, at: &str) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(span)) = map.get("span") {
                let end = |i: usize| span[i].as_u64().expect("a number");
                let (start, end) = (end(0) as usize, end(1) as usize);
                assert!(start <= end && end < edges.len(), "{at}: {span:?}");
                let text = map.get("text").and_then(Value::as_str);
                // The text of a note is about its place.
                if let Some(text) = text.filter(|_| !map.contains_key("field"))
                {
                    let slice = &raw[edges[start]..edges[end]];
                    let words = one_line(&normalized(slice));
                    assert_eq!(words, text, "{at}: {start}..{end}");
                }
            }
            for (key, value) in map {
                slices(raw, edges, value, key);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| slices(raw, edges, item, at));
        }
        _ => {}
    }
}

/// What is missing is `null`, never an empty string.
fn nothing_is_empty(value: &Value, at: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if !matches!(key.as_str(), "id" | "source") {
                    nothing_is_empty(value, &format!("{at}.{key}"));
                }
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| nothing_is_empty(item, at));
        }
        Value::String(text) => assert!(!text.is_empty(), "{at} is empty"),
        _ => {}
    }
}

/// Items follow each other, sub-items inside their item.
fn in_order(items: &[Item], start: usize, end: usize) {
    let mut at = start;
    for item in items {
        let (span, label) = (item.span, &item.label);
        assert!(span.start >= at, "{label:?} begins in the item before it");
        assert!(span.end <= end, "{label:?} ends behind its parent");
        in_order(&item.items, span.start, span.end);
        at = span.end;
    }
}

fn values_are_of_the_calendar(record: &Value) {
    let dates = record["dates"].as_array().into_iter().flatten();
    let fields = [&record["published"], &record["issued"]];
    let references = record["references"].as_array().into_iter().flatten();
    let values = dates.chain(fields).map(|date| &date["value"]);
    for value in values.chain(references.map(|r| &r["date"])) {
        let Some(value) = value.as_str() else {
            assert!(value.is_null());
            continue;
        };
        assert!(value.split('/').count() <= 2, "{value}");
        for point in value.split('/') {
            assert!(is_point(point), "{value} is not of the calendar");
        }
    }
}

/// Year, quarter, month or day in EDTF.
fn is_point(point: &str) -> bool {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let parts: Vec<&str> = point.split('-').collect();
    let numbers: Vec<Option<u32>> =
        parts.iter().map(|part| part.parse().ok()).collect();
    let year = parts[0] == "XXXX" || numbers[0].is_some();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    year && match (&widths[..], &numbers[1..]) {
        ([4], []) => parts[0] != "XXXX",
        ([4, 2], [Some(part)]) => matches!(part, 1..=12 | 33..=36),
        ([4, 2, 2], [Some(month @ 1..=12), Some(day @ 1..)]) => {
            *day <= DAYS[*month as usize - 1]
        }
        _ => false,
    }
}

/// One line of JSON gives the same record, one row of CSV the same columns.
fn reads_back(record: &Record) {
    let line = Format::Ndjson.render(record);
    let line = String::from_utf8(line).expect("UTF-8");
    let (json, rest) = line.split_once('\n').expect("a line break");
    assert!(rest.is_empty() && !json.contains(['\u{85}', '\u{2028}']));
    let back: Record = serde_json::from_str(json).expect("a record");
    assert_eq!(&back, record, "read back");

    let mut table = Format::Csv.head();
    table.extend(Format::Csv.render(record));
    let mut reader = csv::Reader::from_reader(&table[..]);
    let rows: Vec<_> = reader.records().collect();
    let [Ok(row)] = &rows[..] else { panic!("{} rows", rows.len()) };
    assert_eq!(row.len(), COLUMNS.len());
}
