//! Copies of one document in other encodings of the same words give the same
//! values: decomposed, with other line ends, with tone marks in the new place.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;
use vanban::extract::{Context, extract};
use vanban::text::Text;

/// The texts of the corpus, by name.
fn documents() -> Vec<(String, String)> {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/documents");
    let mut out: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("UTF-8");
            (name.into_owned(), text)
        })
        .collect();
    out.sort();
    assert!(out.len() >= 20, "the corpus has its documents");
    out
}

/// Every value of the record; positions differ between copies.
fn values(text: &str) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("span");
                map.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let record = extract(&Text::new(text), &Context::default());
    let mut value = serde_json::to_value(record).expect("JSON");
    strip(&mut value);
    value
}

/// The first field in which two records differ, for the message.
fn difference(a: &Value, b: &Value) -> String {
    let (Value::Object(a), Value::Object(b)) = (a, b) else {
        return "no records".into();
    };
    a.iter()
        .find(|(key, value)| b.get(*key) != Some(value))
        .map_or("nothing".into(), |(key, value)| {
            format!("{key}: {value} / {}", b[key])
        })
}

fn same_values(copy: impl Fn(&str) -> String, what: &str) {
    let mut changed = 0;
    for (name, text) in documents() {
        let other = copy(&text);
        changed += usize::from(other != text);
        let (a, b) = (values(&text), values(&other));
        assert!(a == b, "{name}, {what}: {}", difference(&a, &b));
    }
    assert!(changed > 0, "{what} copies differ from their originals");
}

#[test]
fn decomposed_copies() {
    same_values(|text| text.nfd().collect(), "NFD");
}

#[test]
fn composed_copies() {
    let nfd: Vec<String> =
        documents().iter().map(|(_, t)| t.nfd().collect()).collect();
    for text in nfd {
        let nfc: String = text.nfc().collect();
        assert!(values(&text) == values(&nfc), "NFC");
    }
}

#[test]
fn copies_with_other_line_ends() {
    let crlf = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
    same_values(crlf, "CRLF");
}

#[test]
fn copies_with_tone_marks_in_the_new_place() {
    // The three rhymes that the two styles place differently, at the end of
    // a syllable and not behind q.
    const PAIRS: &[(&str, &str)] = &[
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    let restyle = |text: &str| {
        let mut out: String = text.nfc().collect();
        for (old, new) in PAIRS {
            out = out.replace(old, new);
        }
        out
    };
    same_values(restyle, "new tone place");
}

#[test]
fn every_span_slices_to_its_text() {
    for (name, text) in documents() {
        for copy in [text.clone(), text.nfd().collect()] {
            let record =
                extract(&Text::new(copy.as_str()), &Context::default());
            let value = serde_json::to_value(&record).expect("JSON");
            let checked = slices(&name, &copy, &value);
            assert!(checked > 0, "{name} has evidence");
        }
    }
}

/// Checks `normalize(text[start:end]) == text` wherever both stand.
fn slices(name: &str, document: &str, value: &Value) -> usize {
    let mut checked = 0;
    match value {
        Value::Object(map) => {
            let span = map.get("span").and_then(Value::as_array);
            let text = map.get("text").and_then(Value::as_str);
            let is_note = map.contains_key("field");
            if let (Some(span), Some(text), false) = (span, text, is_note) {
                let at =
                    |i: usize| span[i].as_u64().expect("a number") as usize;
                let slice: String =
                    document.chars().skip(at(0)).take(at(1) - at(0)).collect();
                let slice = vanban::text::normalize(&slice);
                let slice = vanban::text::one_line(&slice);
                assert_eq!(slice, text, "{name}");
                checked += 1;
            }
            checked +=
                map.values().map(|v| slices(name, document, v)).sum::<usize>();
        }
        Value::Array(items) => {
            checked +=
                items.iter().map(|v| slices(name, document, v)).sum::<usize>();
        }
        _ => {}
    }
    checked
}
