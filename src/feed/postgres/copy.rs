//! An entry as a row of `COPY … FROM STDIN` in text format.

use crate::feed::document::day;
use crate::feed::fields::{FIELDS, Role, Value};
use crate::wire::Entry;

/// The row, with its end of line. Columns that are generated have none.
pub(super) fn row(entry: &Entry) -> Vec<u8> {
    let mut out = String::new();
    for field in FIELDS.iter().filter(|f| f.role != Role::SymbolKey) {
        if !out.is_empty() {
            out.push('\t');
        }
        match (field.value)(entry) {
            Value::One(None) | Value::Integer(None) => out.push_str("\\N"),
            Value::One(Some(text)) if field.role == Role::Day => {
                match day(text) {
                    Some(date) => out.push_str(&date.to_string()),
                    None => out.push_str("\\N"),
                }
            }
            Value::One(Some(text)) => escape(text, &mut out),
            Value::Integer(Some(number)) => {
                out.push_str(&number.to_string());
            }
            Value::Many(texts) => array(&texts, &mut out),
            Value::Made(texts) => {
                let texts: Vec<&str> =
                    texts.iter().map(String::as_str).collect();
                array(&texts, &mut out);
            }
        }
    }
    out.push('\n');
    out.into_bytes()
}

/// A text in which nothing means anything but itself. Zero bytes, which no
/// text of PostgreSQL can hold, are left out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

/// An array of texts, every one of them in quotes.
fn array(texts: &[&str], out: &mut String) {
    let mut array = String::from("{");
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            array.push(',');
        }
        array.push('"');
        array.push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
        array.push('"');
    }
    array.push('}');
    escape(&array, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_copy_is_escaped() {
        let entry = Entry {
            id: "a\tb".into(),
            title: Some("\\.\nDROP\0 \\N".into()),
            slogans: vec!["một \"hai\"".into(), "{ba},\\".into()],
            issued_to: Some("2021-02-31".into()),
            ..Entry::default()
        };
        let row = String::from_utf8(row(&entry)).expect("UTF-8");
        assert_eq!(row.matches('\n').count(), 1, "{row}");
        let cells: Vec<&str> = row.trim_end().split('\t').collect();
        assert_eq!(cells.len(), FIELDS.len() - 1);
        assert_eq!(cells[0], "a\\tb");
        assert_eq!(cells[2], "\\\\.\\nDROP \\\\N");
        assert!(cells.contains(&"2021-02-28"), "{row}");
        let slogans = r#"{"một \\"hai\\"","{ba},\\\\"}"#;
        assert!(cells.contains(&slogans), "{row}");
    }
}
