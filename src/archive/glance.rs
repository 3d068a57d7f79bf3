//! The columns of a JSON object that mean something, read without the map of
//! all that it holds, which costs more than the rest of the reading.
//!
//! What is not that plain is left to whoever reads the whole object: lists
//! and objects for words, and all that is no JSON. A test holds the two
//! against each other.

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// A column of an object.
pub(super) struct Column<'j, M> {
    pub(super) name: Cow<'j, str>,
    /// Its words, if it may have any.
    pub(super) words: Option<Cow<'j, str>>,
    /// What its name means.
    pub(super) meaning: M,
}

/// More columns with a meaning than any honest object has.
const MOST: usize = 32;

/// The columns of an object whose names have a meaning, in its order; `None`
/// if it is not plain.
pub(super) fn columns<M>(
    json: &str,
    meaning: impl Fn(&str) -> Option<M>,
) -> Option<Vec<Column<'_, M>>> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let columns = reader.deserialize_map(Columns(meaning)).ok()?;
    reader.end().ok()?;
    Some(columns)
}

/// Keeps the columns whose names have a meaning.
struct Columns<F>(F);

impl<'j, M, F: Fn(&str) -> Option<M>> Visitor<'j> for Columns<F> {
    type Value = Vec<Column<'j, M>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(
        self,
        mut map: A,
    ) -> Result<Self::Value, A::Error> {
        let mut columns: Self::Value = Vec::new();
        while let Some(name) = map.next_key_seed(Words)? {
            let name = name.unwrap_or_default();
            let Some(meaning) = (self.0)(&name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let words = map.next_value_seed(Words)?;
            match columns.iter().position(|known| known.name == name) {
                Some(known) => columns[known].words = words,
                None if columns.len() == MOST => {
                    return Err(A::Error::custom("too many columns"));
                }
                None => columns.push(Column { name, words, meaning }),
            }
        }
        Ok(columns)
    }
}

/// The words of a string or number; none of `true`, `false` and `null`.
struct Words;

impl<'j> DeserializeSeed<'j> for Words {
    type Value = Option<Cow<'j, str>>;

    fn deserialize<D: Deserializer<'j>>(
        self,
        reader: D,
    ) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'j> Visitor<'j> for Words {
    type Value = Option<Cow<'j, str>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string or a number")
    }

    fn visit_borrowed_str<E>(self, words: &'j str) -> Result<Self::Value, E> {
        Ok(Some(words.into()))
    }

    fn visit_str<E>(self, words: &str) -> Result<Self::Value, E> {
        Ok(Some(words.to_owned().into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string().into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string().into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        let number = serde_json::Number::from_f64(number);
        Ok(number.map(|number| number.to_string().into()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    fn agrees(json: &str) -> bool {
        let Some(columns) =
            columns(json, |name| (name != "dull").then_some(()))
        else {
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
            .map(|c| (c.name.into(), c.words.map(Cow::into_owned)))
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
            r#"{"a":"\u00e1","dull":[{"b":["c"]}]}"#,
            "{\n\"a\":\"b\"}\n",
            "{}",
        ] {
            assert!(agrees(plain), "{plain}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for other in [
            "",
            "[]",
            "7",
            r#"{"a":["b"]}"#,
            r#"{"a":{"b":1}}"#,
            "{\"a\":\"b\nc\"}",
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
            assert!(columns(other, |_| Some(())).is_none(), "{other}");
        }
        let many = (0..40).map(|n| format!("\"{n}\":1"));
        let many = many.collect::<Vec<_>>().join(",");
        assert!(columns(&format!("{{{many}}}"), |_| Some(())).is_none());
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
            prop_assert!(agrees(&json));
        }
    }
}
