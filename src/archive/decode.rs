//! One document's bytes to its text.

use super::encoding::{self, Decoded};
use super::{Format, RawDocument, ReadOptions, Unit, fields, html};
use crate::{Error, Result};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Decodes one document; independent of every other.
pub fn decode(unit: Unit, options: &ReadOptions) -> Result<RawDocument> {
    let place = Place {
        path: unit.path.clone(),
        record: unit.record,
        offset: unit.offset,
    };
    if unit.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(place.error("the document is empty; leave it out"));
    }
    let mut document = RawDocument {
        path: unit.path,
        record: unit.record,
        offset: unit.offset,
        length: unit.length,
        url: unit.url,
        sha256: sha256(&unit.bytes),
        fields: unit.fields,
        ..RawDocument::default()
    };
    let asked = options.encoding.or(unit.encoding);
    let markup = unit.format == Format::Html;
    let decoded = encoding::decode(&unit.bytes, asked, markup)
        .map_err(|reason| place.error(reason))?;
    document.encoding = decoded.label();
    document.notes.extend(decoded.notes.iter().cloned());
    match unit.format {
        Format::Text => document.text = decoded.text,
        Format::Html => html::fill(&mut document, &decoded, options),
        Format::Json => json(&mut document, &decoded, options, &place)?,
    }
    if document.text.trim().is_empty() {
        let reason = match unit.format {
            Format::Html => "the page holds no article; leave it out",
            _ => "the document is empty; leave it out",
        };
        return Err(place.error(reason));
    }
    Ok(document)
}

/// Where a document lies, for errors.
struct Place {
    path: String,
    record: Option<u64>,
    offset: Option<u64>,
}

impl Place {
    fn error(&self, reason: impl Into<String>) -> Error {
        Error::Document {
            path: PathBuf::from(&self.path),
            record: self.record,
            offset: self.offset,
            reason: reason.into(),
        }
    }
}

/// Fills a document from a JSON object.
fn json(
    document: &mut RawDocument,
    decoded: &Decoded,
    options: &ReadOptions,
    place: &Place,
) -> Result<()> {
    let value: Value = serde_json::from_str(&decoded.text).map_err(|e| {
        place.error(format!("no valid JSON ({e}); mend or remove this record"))
    })?;
    let Value::Object(mut object) = value else {
        let reason = "a JSON object was expected here, one for each document; \
                      give the file as `{\"text\": …}` lines";
        return Err(place.error(reason));
    };
    let columns = fields::take(&mut object, options);
    let Some((name, text)) = columns.text else {
        return Err(place.error(no_text(&object, options)));
    };
    document.title = columns.title;
    document.date = columns.date;
    document.url = columns.url.or(document.url.take());
    if html::looks_like(&text) {
        let inner = Decoded { text, ..Decoded::default() };
        html::fill(document, &inner, options);
        // The bytes of the page inside a JSON string are not those archived.
        document.blocks.clear();
    } else {
        document.text = text;
    }
    if document.text.trim().is_empty() {
        let reason = format!(
            "the field `{name}` is empty; name the one that holds the text \
             with --text-field"
        );
        return Err(place.error(reason));
    }
    if options.keep_fields {
        document.fields.extend(object);
    }
    Ok(())
}

fn no_text(object: &Map<String, Value>, options: &ReadOptions) -> String {
    let mut names: Vec<String> =
        object.keys().take(12).map(|key| format!("`{key}`")).collect();
    if object.len() > names.len() {
        names.push("…".to_owned());
    }
    let names = match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    };
    match &options.text_field {
        Some(asked) => format!(
            "no words in a field `{asked}`; the other fields are: {names}"
        ),
        None => format!(
            "no field holds the text; name it with --text-field (fields: \
             {names})"
        ),
    }
}

/// SHA-256 in lower-case hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
