//! What an archive is: by its first bytes, then by its name.

use super::encoding;
use std::str::FromStr;

/// A kind of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Container {
    /// One plain text.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or objects one after the other.
    Json,
}

impl FromStr for Container {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name.to_ascii_lowercase().as_str() {
            "txt" | "text" => Ok(Self::Text),
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "json" => Ok(Self::Json),
            _ => Err(format!(
                "`{name}` is no input format; use txt, html, jsonl or json"
            )),
        }
    }
}

/// First bytes of files that are no text, and what to do about them.
const MAGIC: [(&[u8], &str, &str); 11] = [
    (b"\x1f\x8b", "compressed with gzip", "unpack it with `gunzip`"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it with `unzstd`"),
    (b"BZh", "compressed with bzip2", "unpack it with `bunzip2`"),
    (b"\xfd7zXZ\0", "compressed with xz", "unpack it with `unxz`"),
    (b"%PDF-", "a PDF", "turn it into text first, as with `pdftotext`"),
    (b"PAR1", "a Parquet file", "export it as JSON lines first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text first"),
    (b"{\\rtf", "a Rich Text file", "save it as text first"),
    (b"\x89PNG", "a picture", "leave it out"),
    (b"\xff\xd8\xff", "a picture", "leave it out"),
];

/// Recognizes an archive; `Ok(None)` if neither content nor name says
/// anything, an error with the remedy if it is something we cannot read.
pub(super) fn container(
    head: &[u8],
    path: &str,
) -> Result<Option<Container>, String> {
    for (magic, what, remedy) in MAGIC {
        if head.starts_with(magic) {
            return Err(format!("the file is {what}; {remedy}"));
        }
    }
    let lower = path.to_lowercase();
    if lower.ends_with(".csv") || lower.ends_with(".tsv") {
        return Err(
            "the file is a table (CSV or TSV), which would be read as \
                    one document; export it as JSON lines first"
                .to_owned(),
        );
    }
    let named = by_name(path);
    let text = encoding::glance(head);
    let text = text.trim_start();
    let found = match text.as_bytes().first() {
        Some(b'<') => is_html(text).then_some(Container::Html),
        Some(b'{') => json_object(text, named),
        Some(b'[') => json_array(text, named),
        _ => None,
    };
    Ok(found.or(named))
}

/// Whether the name alone promises a document.
pub(super) fn has_name(path: &str) -> bool {
    by_name(path).is_some()
}

/// What the name alone says.
pub(super) fn by_name(path: &str) -> Option<Container> {
    let name = path.rsplit(['/', '\\']).next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    Container::from_str(extension).ok()
}

/// Tags that begin a page or a fragment of one.
const TAGS: [&str; 27] = [
    "!doctype", "!--", "?xml", "html", "head", "body", "meta", "title", "link",
    "script", "style", "div", "p", "span", "table", "tbody", "tr", "td",
    "article", "section", "main", "header", "h1", "h2", "ul", "ol", "form",
];

fn is_html(text: &str) -> bool {
    let inside = &text[1..];
    TAGS.iter().any(|tag| {
        inside.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag))
            && match inside.as_bytes().get(tag.len()) {
                Some(c) => *tag == "!--" || !c.is_ascii_alphanumeric(),
                None => true,
            }
    })
}

/// `{` may begin a line of JSON lines, one object over several lines, or a
/// plain text.
fn json_object(text: &str, named: Option<Container>) -> Option<Container> {
    let first = text.lines().next().unwrap_or_default();
    let whole = serde_json::from_str::<serde::de::IgnoredAny>(first);
    let whole = whole.is_ok();
    let cut_off = !text.contains('\n');
    match named {
        Some(Container::JsonLines | Container::Json) => named,
        _ if whole => Some(Container::JsonLines),
        _ if !begins_with_key(text) => None,
        // Longer than what was looked at: a line can be that long, a broken
        // off object without a line break is read the same either way.
        _ if cut_off => Some(Container::JsonLines),
        _ => Some(Container::Json),
    }
}

fn json_array(text: &str, named: Option<Container>) -> Option<Container> {
    let inside = text[1..].trim_start();
    if named == Some(Container::Json) || begins_with_key(inside) {
        Some(Container::Json)
    } else {
        None
    }
}

/// `{ "name" :`
fn begins_with_key(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('{') else { return false };
    let Some(rest) = rest.trim_start().strip_prefix('"') else { return false };
    let Some(end) = rest.find('"') else { return false };
    rest[end + 1..].trim_start().starts_with(':')
}
