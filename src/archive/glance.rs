//! The columns of a JSON object, read off its text: most lines are objects of
//! strings and numbers, and a map of all that they hold costs more than the
//! rest of the reading.
//!
//! Whatever is not that plain is left to `serde_json`: lists, objects, `\u`
//! escapes, and all that is no JSON. A test holds the two against each other.

use serde_json::Value;
use std::borrow::Cow;

/// A column by its name, with its words if it has any.
pub(super) type Column<'j> = (Cow<'j, str>, Option<Cow<'j, str>>);

/// More columns of interest than any honest object has.
const MOST: usize = 32;

/// The columns of interest of an object, in its order; `None` if it is not
/// plain.
pub(super) fn columns(
    json: &str,
    interesting: impl Fn(&str) -> bool,
) -> Option<Vec<Column<'_>>> {
    // Control characters are wrong inside strings, and rare outside.
    if json.bytes().fold(false, |any, b| any | (b < b' ')) {
        return None;
    }
    let mut scan = Scan { json, at: 0 };
    let mut columns: Vec<Column> = Vec::new();
    scan.sign(b'{')?;
    loop {
        scan.sign(b'"')?;
        let name = scan.string()?;
        scan.sign(b':')?;
        let words = scan.words()?;
        if interesting(&name) {
            match columns.iter().position(|(known, _)| *known == name) {
                Some(known) => columns[known].1 = words,
                None if columns.len() == MOST => return None,
                None => columns.push((name, words)),
            }
        }
        match scan.next_sign()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    json[scan.at..].bytes().all(|b| b == b' ').then_some(columns)
}

struct Scan<'j> {
    json: &'j str,
    at: usize,
}

impl<'j> Scan<'j> {
    /// The next byte that is no blank.
    fn next_sign(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        while bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let sign = *bytes.get(self.at)?;
        self.at += 1;
        Some(sign)
    }

    fn sign(&mut self, wanted: u8) -> Option<()> {
        (self.next_sign()? == wanted).then_some(())
    }

    /// The string whose opening mark was taken.
    fn string(&mut self) -> Option<Cow<'j, str>> {
        let (json, bytes) = (self.json, self.json.as_bytes());
        let mut unescaped: Option<String> = None;
        loop {
            let from = self.at;
            let at = from + memchr::memchr2(b'"', b'\\', &bytes[from..])?;
            let words = &json[from..at];
            if bytes[at] == b'"' {
                self.at = at + 1;
                return Some(match unescaped {
                    None => Cow::Borrowed(words),
                    Some(before) => Cow::Owned(before + words),
                });
            }
            let sign = match bytes.get(at + 1)? {
                b'n' => '\n',
                b'"' => '"',
                b'\\' => '\\',
                b'/' => '/',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                _ => return None,
            };
            let room = || String::with_capacity(json.len() - from);
            let unescaped = unescaped.get_or_insert_with(room);
            unescaped.push_str(words);
            unescaped.push(sign);
            self.at = at + 2;
        }
    }

    /// The words of a string or number; none of `true`, `false` and `null`.
    fn words(&mut self) -> Option<Option<Cow<'j, str>>> {
        if self.next_sign()? == b'"' {
            return self.string().map(Some);
        }
        let from = self.at - 1;
        let rest = &self.json[from..];
        let end = rest.find([' ', ',', '}'])?;
        self.at = from + end;
        match serde_json::from_str(&rest[..end]).ok()? {
            Value::Number(number) => Some(Some(number.to_string().into())),
            Value::Bool(_) | Value::Null => Some(None),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Map;

    fn agrees(json: &str) -> bool {
        let Some(columns) = columns(json, |name| name != "dull") else {
            return false;
        };
        let map: Map<String, Value> =
            serde_json::from_str(json).expect("JSON that serde reads");
        let read = |value: &Value| match value {
            Value::String(words) => Some(words.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let expected: Vec<(String, Option<String>)> = map
            .iter()
            .filter(|(name, _)| *name != "dull")
            .map(|(name, value)| (name.clone(), read(value)))
            .collect();
        let found: Vec<(String, Option<String>)> = columns
            .into_iter()
            .map(|(name, words)| (name.into(), words.map(Cow::into_owned)))
            .collect();
        assert_eq!(found, expected, "{json}");
        true
    }

    #[test]
    fn plain_objects_are_read() {
        for plain in [
            r#"{"text":"a"}"#,
            r#" { "a" : "Số \"7\"\n\tb\\ \/\b\f\r" , "dull":"\n","b":-1.50e2} "#,
            r#"{"a":null,"b":true,"c":false,"d":12345678901234567890}"#,
            r#"{"a":"1","b":"2","a":3}"#,
            r#"{"te\"xt":"","":""}"#,
        ] {
            assert!(agrees(plain), "{plain}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for other in [
            "",
            "{}",
            "[]",
            "7",
            r#"{"a":"\u00e1"}"#,
            r#"{"a":["b"]}"#,
            r#"{"a":{"b":1}}"#,
            "{\"a\":\"b\nc\"}",
            "{\n\"a\":\"b\"}",
            r#"{"a":"b",}"#,
            r#"{"a":"b"}}"#,
            r#"{"a":"b" "c":1}"#,
            r#"{"a":"\x"}"#,
            r#"{"a":01}"#,
            r#"{"a":1e999}"#,
            r#"{"a":nul}"#,
            r#"{"a": }"#,
            r#"{"a":1"#,
            r#"{"a":"b"#,
            r#"{"a":"b\"#,
            r#"{a:1}"#,
            r#"{"a"}"#,
        ] {
            assert!(columns(other, |_| true).is_none(), "{other}");
        }
        let many = (0..40).map(|n| format!("\"{n}\":1"));
        let many = many.collect::<Vec<_>>().join(",");
        assert!(columns(&format!("{{{many}}}"), |_| true).is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_as_serde_reads_it(
            json in r#"\{( ?"(a|b|dull|ế|\\n)" ?: ?("[aế ]{0,3}(\\[nt"\\/u0])?[é,}]?"|-?[0-9]{1,3}(\.[0-9])?|true|nul?l|[ \[\]])[,}]? ?){0,4}\}? ?"#,
        ) {
            agrees(&json);
        }

        #[test]
        fn what_serde_writes_is_read(words in any::<String>(), n in any::<f64>()) {
            let json = serde_json::json!({ "text": words, "n": n }).to_string();
            prop_assert!(agrees(&json) || json.contains("\\u"));
        }
    }
}
