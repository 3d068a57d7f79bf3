//! Which column of a record is its text, headline, date or address.

use super::heard::Asked;
use super::{ReadOptions, glance};
use serde_json::{Map, Value};
use std::borrow::Cow;

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
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// The column's name and its words.
    pub(super) text: Option<(String, String)>,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
}

/// The known columns of a JSON object, if it is plain, has a text, and nothing
/// else of it is asked for.
pub(super) fn glance(json: &str, options: &ReadOptions) -> Option<Columns> {
    let asked = [
        &options.text_field,
        &options.title_field,
        &options.date_field,
        &options.url_field,
    ];
    if options.keep_fields || asked.into_iter().any(Option::is_some) {
        return None;
    }
    let usual = |name: &str| {
        let mut all = TEXT.iter().chain(&TITLE).chain(&DATE).chain(&URL);
        all.any(|usual| name.eq_ignore_ascii_case(usual))
    };
    let mut columns = glance::columns(json, usual)?;
    let mut take = |usual: &[&str]| {
        let all = columns.iter().map(|(name, words)| (&**name, words));
        let holds = |words: &Option<Cow<str>>| {
            words.as_deref().map(|words| !words.trim().is_empty())
        };
        let at = chosen(all, usual, holds)?;
        let (name, words) = &mut columns[at];
        Some((name.to_string(), words.take()?.into_owned()))
    };
    let text = Some(take(&TEXT)?);
    let (title, date, url) = (take(&TITLE), take(&DATE), take(&URL));
    options.heard.object();
    Some(Columns::new(text, title, date, url))
}

impl Columns {
    fn new(
        text: Option<(String, String)>,
        title: Option<(String, String)>,
        date: Option<(String, String)>,
        url: Option<(String, String)>,
    ) -> Self {
        let value = |found: Option<(String, String)>| {
            found.map(|(_, v)| v.trim().to_owned()).filter(|v| !v.is_empty())
        };
        let (title, date, url) = (value(title), value(date), value(url));
        Self { text, title, date, url }
    }
}

/// Takes the known columns out of a record; the others stay in it.
pub(super) fn take(
    object: &mut Map<String, Value>,
    options: &ReadOptions,
) -> Columns {
    options.heard.object();
    let find = |asked: &Option<String>, which: Asked, usual: &[&str]| {
        let asked = asked.as_deref();
        if asked.is_some_and(|name| column(object, name).is_some()) {
            options.heard.has(which);
        }
        find(object, asked, usual)
    };
    let text = find(&options.text_field, Asked::Text, &TEXT);
    let title = find(&options.title_field, Asked::Title, &TITLE);
    let date = find(&options.date_field, Asked::Date, &DATE);
    let url = find(&options.url_field, Asked::Url, &URL);
    for (name, _) in [&text, &title, &date, &url].into_iter().flatten() {
        object.shift_remove(name);
    }
    Columns::new(text, title, date, url)
}

/// Whether a record has a text at all.
pub(super) fn has_text(
    object: &Map<String, Value>,
    options: &ReadOptions,
) -> bool {
    find(object, options.text_field.as_deref(), &TEXT).is_some()
}

/// Whether one of the columns of a table holds the text.
pub(super) fn names_text(names: &[String], options: &ReadOptions) -> bool {
    names.iter().any(|name| match &options.text_field {
        Some(asked) => asked == name || asked.starts_with(&format!("{name}.")),
        None => TEXT.iter().any(|usual| name.eq_ignore_ascii_case(usual)),
    })
}

/// What is said of a table without it.
pub(super) fn no_column(names: &[String], options: &ReadOptions) -> String {
    let listed = listed(names.iter());
    match &options.text_field {
        Some(asked) => format!(
            "no column of this table is called `{asked}`; its columns are: \
             {listed}"
        ),
        None => format!(
            "no column of this table holds the text by its name; name it \
             with --text-field (columns: {listed})"
        ),
    }
}

/// The first names of many.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let mut names = names.map(|name| format!("`{name}`"));
    let mut first: Vec<String> = names.by_ref().take(12).collect();
    if names.next().is_some() {
        first.push("…".to_owned());
    }
    match first.is_empty() {
        true => "none".to_owned(),
        false => first.join(", "),
    }
}

/// A column by the asked name, or else by the first usual name that is
/// there and holds words.
fn find(
    object: &Map<String, Value>,
    asked: Option<&str>,
    usual: &[&str],
) -> Option<(String, String)> {
    if let Some(name) = asked {
        let value = column(object, name)?;
        return Some((name.to_owned(), words(value)?.into_owned()));
    }
    let all = object.iter().map(|(name, value)| (name.as_str(), value));
    let holds = |value: &Value| words(value).map(|w| !w.trim().is_empty());
    let (name, value) = object.iter().nth(chosen(all, usual, holds)?)?;
    Some((name.clone(), words(value)?.into_owned()))
}

/// Where the first usual name stands that holds words, or else the first that
/// is there and could; `holds` says nothing of values that cannot.
fn chosen<'c, V: 'c>(
    columns: impl Iterator<Item = (&'c str, &'c V)> + Clone,
    usual: &[&str],
    holds: impl Fn(&V) -> Option<bool>,
) -> Option<usize> {
    let mut empty = None;
    for usual in usual {
        for (i, (name, value)) in columns.clone().enumerate() {
            if !name.eq_ignore_ascii_case(usual) {
                continue;
            }
            match holds(value) {
                Some(true) => return Some(i),
                Some(false) => empty = empty.or(Some(i)),
                None => {}
            }
        }
    }
    empty
}

/// The column that is called so, or that a path leads to.
fn column<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| inside(object, name))
}

/// `a.b` is the column `b` of the object `a`.
fn inside<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let mut names = path.split('.');
    let first = object.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}

/// The words of a value; a list of strings is one paragraph each.
fn words(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Array(values) => {
            let lines: Option<Vec<&str>> =
                values.iter().map(Value::as_str).collect();
            lines.filter(|l| !l.is_empty()).map(|l| l.join("\n").into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_glance_takes_what_is_taken_of_the_whole(
            members in prop::collection::vec(
                (
                    "text|Text|content|html|title|Title|date|timestamp|url|id",
                    r#"""|" "|" a\\n "|"b"|7|-1[.]5|null|true"#,
                ),
                1..8,
            ),
        ) {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("\"{name}\":{value}"))
                .collect();
            let json = format!("{{{}}}", members.join(","));
            let options = ReadOptions::default();
            let mut object = serde_json::from_str(&json).expect("JSON");
            let taken = take(&mut object, &options);
            match glance(&json, &options) {
                Some(columns) => prop_assert_eq!(columns, taken),
                None => prop_assert!(taken.text.is_none(), "{}", json),
            }
        }
    }

    #[test]
    fn a_glance_is_not_enough_where_more_is_asked_for() {
        let json = r#"{"text":"a"}"#;
        assert!(glance(json, &ReadOptions::default()).is_some());
        let name = || Some("a".to_owned());
        for options in [
            ReadOptions { keep_fields: true, ..ReadOptions::default() },
            ReadOptions { text_field: name(), ..ReadOptions::default() },
            ReadOptions { url_field: name(), ..ReadOptions::default() },
        ] {
            assert!(glance(json, &options).is_none());
        }
    }
}
