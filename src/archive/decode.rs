//! One document's bytes to its text.

use super::encoding::{self, Base, Encoding, Opened, Verdict};
use super::http::{self, Limits};
use super::{Format, RawDocument, ReadOptions, Unit, fields, html};
use crate::{Error, Result};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Decodes one document; independent of every other.
pub fn decode(unit: Unit, options: &ReadOptions) -> Result<RawDocument> {
    let mut bytes = unit.bytes;
    let mut document = RawDocument {
        path: unit.path,
        member: unit.member,
        record: unit.record,
        offset: unit.offset,
        length: unit.length,
        url: unit.url,
        fields: unit.fields,
        notes: unit.notes,
        ..RawDocument::default()
    };
    if !unit.codings.is_empty() {
        let limits =
            Limits { bytes: options.max_bytes, ratio: options.max_ratio };
        bytes = http::body(bytes, &unit.codings, limits, &mut document.notes)
            .map_err(|reason| document.refused(reason))?;
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(document.refused("the document is empty; leave it out"));
    }
    document.sha256 = sha256(&bytes);
    let stated = match unit.format {
        Format::Html => unit.encoding.or_else(|| html::charset(&bytes)),
        _ => unit.encoding,
    };
    let opened = encoding::open(&bytes, options.encoding, stated)
        .map_err(|reason| document.refused(reason))?;
    document.notes.extend(opened.notes.iter().cloned());
    document.notes.extend(encoding::doubt(&opened, options.encoding));
    let reader = Reader { options, stated };
    match unit.format {
        Format::Text => reader.text(&mut document, &opened),
        Format::Html => reader.html(&mut document, &opened, &bytes),
        Format::Json => {
            reader.object(
                &mut document,
                &opened,
                |text| match fields::glance(text, options) {
                    Some(columns) => Ok((columns, Map::new())),
                    None => parse(text).map(|object| taken(object, options)),
                },
            )?
        }
        Format::Row => {
            let columns = unit.columns.unwrap_or_default();
            reader.object(&mut document, &opened, |text| {
                columns.object(text).map(|object| taken(object, options))
            })?;
        }
    }
    if document.text.trim().is_empty() {
        let reason = match unit.format {
            Format::Html => "the page holds no article; leave it out",
            _ => "the document is empty; leave it out",
        };
        return Err(document.refused(reason));
    }
    Ok(document)
}

impl RawDocument {
    /// The error of a document at this place.
    fn refused(&self, reason: impl Into<String>) -> Error {
        let path = match &self.member {
            Some(member) => format!("{}#{member}", self.path).into(),
            None => self.path.as_str().into(),
        };
        let (record, offset) = (self.record, self.offset);
        Error::Document { path, record, offset, reason: reason.into() }
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
        let verdict = self.judge(encoding::lines(&opened.text), opened.base);
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

    /// Fills a document from a JSON object or the row of a table.
    fn object(
        &self,
        document: &mut RawDocument,
        opened: &Opened,
        parse: impl Fn(&str) -> std::result::Result<Object, String>,
    ) -> Result<()> {
        let mut settled = None;
        let mut json = Cow::Borrowed(&*opened.text);
        if opened.base == Base::Bytes {
            // Bytes that are not Unicode must become so before they are
            // parsed; Unicode is judged by the words inside the strings.
            let verdict =
                self.judge(encoding::lines(&opened.text), opened.base);
            json = verdict.read_all(&opened.text);
            settled = Some(Verdict::settled(verdict.encoding));
            report(document, verdict);
        }
        let (columns, object) =
            parse(&json).map_err(|e| document.refused(e))?;
        let Some((name, text)) = columns.text else {
            return Err(document.refused(no_text(&object, self.options)));
        };
        document.title = columns.title;
        document.date = columns.date;
        document.url = columns.url.or(document.url.take());
        self.value(document, text, opened.base, settled);
        if document.text.trim().is_empty() {
            let reason = format!(
                "the field `{name}` is empty; name the one that holds the \
                 text with --text-field"
            );
            return Err(document.refused(reason));
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
        text: String,
        base: Base,
        settled: Option<Verdict>,
    ) {
        let title = document.title.take();
        let page =
            html::looks_like(&text).then(|| html::read(&text, self.options));
        let verdict = match (settled, &page) {
            (Some(verdict), _) => verdict,
            (None, Some(page)) => {
                self.judge(page.lines().chain(title.as_deref()), base)
            }
            (None, None) => {
                let lines = encoding::lines(&text).chain(title.as_deref());
                self.judge(lines, base)
            }
        };
        document.title = title.map(|title| verdict.read_whole(title));
        match page {
            Some(page) => {
                page.fill(document, &verdict, <[usize]>::to_vec);
                document.blocks.clear();
            }
            None => document.text = verdict.read_whole(text),
        }
        report(document, verdict);
    }
}

/// The columns that mean something, and the others.
type Object = (fields::Columns, Map<String, Value>);

fn taken(mut object: Map<String, Value>, options: &ReadOptions) -> Object {
    (fields::take(&mut object, options), object)
}

fn report(document: &mut RawDocument, verdict: Verdict) {
    document.encoding = verdict.encoding.label().to_owned();
    document.notes.extend(verdict.notes);
}

fn parse(json: &str) -> std::result::Result<Map<String, Value>, String> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("a JSON object was expected here, one for each \
                      document; give the file as `{\"text\": …}` lines"
            .to_owned()),
        Err(e) => {
            Err(format!("no valid JSON ({e}); mend or remove this record"))
        }
    }
}

fn no_text(object: &Map<String, Value>, options: &ReadOptions) -> String {
    let names = fields::listed(object.keys());
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
