//! What an archive is: by its first bytes, then by its name.

use super::encoding;
use super::unpack::Packing;
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
    /// A table with the names of its columns in the first line.
    Csv,
    /// A web archive, ISO 28500.
    Warc,
    /// A Parquet file.
    Parquet,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
}

impl FromStr for Container {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name.to_ascii_lowercase().as_str() {
            "txt" | "text" => Ok(Self::Text),
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "json" => Ok(Self::Json),
            "csv" | "tsv" | "tab" => Ok(Self::Csv),
            "warc" | "wet" => Ok(Self::Warc),
            "parquet" => Ok(Self::Parquet),
            "zip" => Ok(Self::Zip),
            "tar" => Ok(Self::Tar),
            _ => Err(format!(
                "`{name}` is no input format; use txt, html, jsonl, json, \
                 csv, warc or tar"
            )),
        }
    }
}

/// First bytes of files that are no text, and what to do about them.
const MAGIC: [(&[u8], &str, &str); 9] = [
    (b"%PDF-", "a PDF", "turn it into text first, as with `pdftotext`"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text first"),
    (b"{\\rtf", "a Rich Text file", "save it as text first"),
    (b"\x89PNG", "a picture", "leave it out"),
    (b"\xff\xd8\xff", "a picture", "leave it out"),
    (b"GIF8", "a picture", "leave it out"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it with `7z x`"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it with `unrar x`"),
    (b"\x04\x22\x4d\x18", "compressed with LZ4", "unpack it with `unlz4`"),
];

/// First members of ZIP archives that are one document.
const OFFICE: [&[u8]; 3] =
    [b"[Content_Types].xml", b"mimetype", b"_rels/.rels"];

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
    if head.starts_with(b"PAR1") {
        return Ok(Some(Container::Parquet));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zip(head);
    }
    if head.starts_with(b"WARC/") {
        return Ok(Some(Container::Warc));
    }
    if is_tar(head) {
        return Ok(Some(Container::Tar));
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
    // These would have been known by their content.
    let sure = |c: &Container| {
        !matches!(c, Container::Zip | Container::Tar | Container::Parquet)
    };
    Ok(found.or(named.filter(sure)))
}

/// A ZIP archive of documents, or one document in the form of a ZIP archive.
fn zip(head: &[u8]) -> Result<Option<Container>, String> {
    let first = head.get(30..).unwrap_or_default();
    if OFFICE.iter().any(|name| first.starts_with(name)) {
        return Err("the file is an Office document or an e-book; save it as \
                    text first"
            .to_owned());
    }
    Ok(Some(Container::Zip))
}

/// The header of a first member whose sum is right.
pub(super) fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..512) else { return false };
    let stated = std::str::from_utf8(&block[148..156])
        .ok()
        .and_then(|s| u32::from_str_radix(s.trim_matches(['\0', ' ']), 8).ok());
    let sum = |at: usize| match at {
        148..156 => u32::from(b' '),
        at => u32::from(block[at]),
    };
    stated == Some((0..512).map(sum).sum())
}

/// A member's name as it is shown and kept: control characters and whatever
/// would lead out of a folder taken away. With it a note, if it was changed.
pub(super) fn harmless_name(name: &str) -> (String, Option<String>) {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '\\' => '/',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect();
    let parts: Vec<&str> = plain
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .filter(|part| !(part.len() == 2 && part.ends_with(':')))
        .collect();
    let safe = parts.join("/");
    let note = (safe != name.trim_start_matches("./")).then(|| {
        format!("the archive calls this member {name:?}; its name was cleaned")
    });
    (safe, note)
}

/// Whether the name alone promises a document.
pub(super) fn has_name(path: &str) -> bool {
    by_name(path).is_some()
}

/// What the name alone says.
pub(super) fn by_name(path: &str) -> Option<Container> {
    let name = path.rsplit(['/', '\\']).next()?;
    let name = Packing::strip(name);
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
