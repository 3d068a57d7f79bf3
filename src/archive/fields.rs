//! Which column of a record is its text, headline, date or address.

use super::ReadOptions;
use serde_json::{Map, Value};

/// Usual names of the text, best first; compared without case.
const TEXT: [&str; 12] = [
    "text",
    "content",
    "body",
    "article",
    "noi_dung",
    "maintext",
    "article_body",
    "articlebody",
    "content_html",
    "body_html",
    "html",
    "raw_html",
];
/// Usual names of the headline.
const TITLE: [&str; 5] =
    ["title", "headline", "tieu_de", "article_title", "tde"];
/// Usual names of the publication date.
const DATE: [&str; 10] = [
    "published",
    "date",
    "publish_date",
    "published_at",
    "date_publish",
    "published_date",
    "datetime",
    "datepublished",
    "ngay_dang",
    "timestamp",
];
/// Usual names of the address.
const URL: [&str; 5] =
    ["url", "link", "source_url", "canonical_url", "permalink"];

/// The columns that mean something to us, taken out of a record.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The column's name and its words.
    pub(super) text: Option<(String, String)>,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
}

/// Takes the known columns out of a record; the others stay in it.
pub(super) fn take(
    object: &mut Map<String, Value>,
    options: &ReadOptions,
) -> Columns {
    let text = find(object, options.text_field.as_deref(), &TEXT);
    let title = find(object, options.title_field.as_deref(), &TITLE);
    let date = find(object, options.date_field.as_deref(), &DATE);
    let url = find(object, options.url_field.as_deref(), &URL);
    for (name, _) in [&text, &title, &date, &url].into_iter().flatten() {
        object.shift_remove(name);
    }
    let value = |found: Option<(String, String)>| {
        found.map(|(_, v)| v.trim().to_owned()).filter(|v| !v.is_empty())
    };
    Columns { text, title: value(title), date: value(date), url: value(url) }
}

/// Whether a record has a text at all.
pub(super) fn has_text(
    object: &Map<String, Value>,
    options: &ReadOptions,
) -> bool {
    find(object, options.text_field.as_deref(), &TEXT).is_some()
}

/// A column by the asked name, or else by the first usual name that is
/// there and holds words.
fn find(
    object: &Map<String, Value>,
    asked: Option<&str>,
    usual: &[&str],
) -> Option<(String, String)> {
    if let Some(name) = asked {
        let value = object.get(name).or_else(|| inside(object, name))?;
        return Some((name.to_owned(), words(value)?));
    }
    let mut empty = None;
    for name in usual {
        for (key, value) in object {
            if !key.eq_ignore_ascii_case(name) {
                continue;
            }
            match words(value) {
                Some(text) if !text.trim().is_empty() => {
                    return Some((key.clone(), text));
                }
                Some(text) => empty = empty.or(Some((key.clone(), text))),
                None => {}
            }
        }
    }
    empty
}

/// `a.b` is the column `b` of the object `a`.
fn inside<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let mut names = path.split('.');
    let first = object.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}

/// The words of a value; a list of strings is one paragraph each.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let lines: Option<Vec<&str>> =
                values.iter().map(Value::as_str).collect();
            lines.filter(|l| !l.is_empty()).map(|l| l.join("\n"))
        }
        _ => None,
    }
}
