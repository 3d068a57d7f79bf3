//! One document's bytes to its text.

use super::encoding::{self, Base, Encoding, Opened, Verdict};
use super::{Format, RawDocument, ReadOptions, Unit, fields, html};
use crate::{Error, Result};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
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
    let stated = match unit.format {
        Format::Html => unit.encoding.or_else(|| html::charset(&unit.bytes)),
        _ => unit.encoding,
    };
    let opened = encoding::open(&unit.bytes, options.encoding, stated)
        .map_err(|reason| place.error(reason))?;
    document.notes.extend(opened.notes.iter().cloned());
    let reader = Reader { options, stated };
    match unit.format {
        Format::Text => reader.text(&mut document, &opened),
        Format::Html => reader.html(&mut document, &opened, &unit.bytes),
        Format::Json => reader.json(&mut document, &opened, &place)?,
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

/// How the documents of one archive are read.
struct Reader<'o> {
    options: &'o ReadOptions,
    /// What the container or the page says of its encoding.
    stated: Option<Encoding>,
}

impl Reader<'_> {
    fn judge<'t>(
        &self,
        lines: impl Iterator<Item = &'t str>,
        base: Base,
    ) -> Verdict {
        encoding::judge(lines, base, self.options.encoding, self.stated)
    }

    fn text(&self, document: &mut RawDocument, opened: &Opened) {
        let verdict = self.judge(opened.text.lines(), opened.base);
        document.text = verdict.read_all(&opened.text).into_owned();
        report(document, verdict);
    }

    fn html(&self, document: &mut RawDocument, opened: &Opened, raw: &[u8]) {
        if !html::looks_like(&opened.text) {
            // Plain text under the name of a page.
            return self.text(document, opened);
        }
        let page = html::read(&opened.text, self.options);
        let verdict = self.judge(page.lines(), opened.base);
        page.fill(document, &verdict, |offsets| opened.places(raw, offsets));
        report(document, verdict);
    }

    /// Fills a document from a JSON object.
    fn json(
        &self,
        document: &mut RawDocument,
        opened: &Opened,
        place: &Place,
    ) -> Result<()> {
        let mut settled = None;
        let mut json = Cow::Borrowed(opened.text.as_str());
        if opened.base == Base::Bytes {
            // Bytes that are not Unicode must become so before they are
            // parsed; Unicode is judged by the words inside the strings.
            let verdict = self.judge(opened.text.lines(), opened.base);
            json = verdict.read_all(&opened.text);
            settled = Some(Verdict::settled(verdict.encoding));
            report(document, verdict);
        }
        let mut object = parse(&json, place)?;
        let columns = fields::take(&mut object, self.options);
        let Some((name, text)) = columns.text else {
            return Err(place.error(no_text(&object, self.options)));
        };
        document.title = columns.title;
        document.date = columns.date;
        document.url = columns.url.or(document.url.take());
        self.value(document, &text, opened.base, settled);
        if document.text.trim().is_empty() {
            let reason = format!(
                "the field `{name}` is empty; name the one that holds the \
                 text with --text-field"
            );
            return Err(place.error(reason));
        }
        if self.options.keep_fields {
            document.fields.extend(object);
        }
        Ok(())
    }

    /// Fills a document from the text of a JSON string, plain or markup.
    /// Of markup no block is kept: its bytes are not those archived.
    fn value(
        &self,
        document: &mut RawDocument,
        text: &str,
        base: Base,
        settled: Option<Verdict>,
    ) {
        let title = document.title.clone().unwrap_or_default();
        let title = std::iter::once(title.as_str());
        let page =
            html::looks_like(text).then(|| html::read(text, self.options));
        let verdict = match (settled, &page) {
            (Some(verdict), _) => verdict,
            (None, Some(page)) => self.judge(page.lines().chain(title), base),
            (None, None) => self.judge(text.lines().chain(title), base),
        };
        document.title =
            document.title.take().map(|t| verdict.read(&t).into_owned());
        match page {
            Some(page) => {
                page.fill(document, &verdict, <[usize]>::to_vec);
                document.blocks.clear();
            }
            None => document.text = verdict.read_all(text).into_owned(),
        }
        report(document, verdict);
    }
}

fn report(document: &mut RawDocument, verdict: Verdict) {
    document.encoding = verdict.encoding.label().to_owned();
    document.notes.extend(verdict.notes);
}

fn parse(json: &str, place: &Place) -> Result<Map<String, Value>> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => {
            let reason = "a JSON object was expected here, one for each \
                          document; give the file as `{\"text\": …}` lines";
            Err(place.error(reason))
        }
        Err(e) => Err(place
            .error(format!("no valid JSON ({e}); mend or remove this record"))),
    }
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
    let own = object.get("schema").and_then(|s| s.as_str());
    if own.is_some_and(|schema| schema.starts_with("vanban.")) {
        return "this is a record made by vanban, not a document; leave the \
                file out, or give it to `vanban compare`"
            .to_owned();
    }
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
    crate::text::hexadecimal(&Sha256::digest(bytes))
}
