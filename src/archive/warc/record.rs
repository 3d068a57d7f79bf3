//! One record of a web archive: its head, and whether it holds a document.

use crate::archive::fields;
use crate::archive::http::{self, Media};
use crate::archive::recognize::{self, Container};
use crate::archive::source::Source;
use crate::archive::{Format, Unit};
use memchr::memmem;
use serde_json::{Map, Value};

/// Longest head of a record.
pub(super) const LONGEST_HEAD: usize = 64 << 10;

/// The head of a record.
#[derive(Debug, Default)]
pub(super) struct Head {
    lines: Vec<(String, String)>,
    /// Bytes of the head, with the blank line after it.
    pub(super) length: usize,
    /// Bytes of the block after it.
    pub(super) block: u64,
}

/// Where a record lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) record: u64,
    pub(super) offset: u64,
    pub(super) length: Option<u64>,
}

/// What a record is for us.
pub(super) enum Judged {
    Document(Box<Unit>),
    /// Sound, but no document: why.
    PassedOver(String),
    Bad(String),
}

impl Head {
    /// Reads the head that begins `bytes`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        if !is_head(bytes) {
            return Err("no record begins here".to_owned());
        }
        let Some(length) = head_end(bytes) else {
            return Err("the head of this record does not end".to_owned());
        };
        if next_head(bytes, 1).is_some_and(|next| next < length) {
            return Err("the head of this record breaks off".to_owned());
        }
        let mut head = Self { length, ..Self::default() };
        let text = String::from_utf8_lossy(&bytes[..length]);
        for line in text.lines().skip(1) {
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = head.lines.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                let line = (name.trim().to_owned(), value.trim().to_owned());
                head.lines.push(line);
            }
        }
        let block = head.get("Content-Length").ok_or(
            "this record does not say how long it is (no Content-Length)",
        )?;
        head.block = block.parse().map_err(|_| {
            format!("the Content-Length of this record is no number: {block:?}")
        })?;
        Ok(head)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found =
            self.lines.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Bytes of the whole record.
    pub(super) fn total(&self) -> u64 {
        self.block.saturating_add(self.length as u64)
    }

    /// What the record is for us, by its head and the first bytes of its
    /// block. `length` is that of the whole block.
    pub(super) fn judge(
        &self,
        source: &Source<'_>,
        block: &[u8],
        at: At,
    ) -> Judged {
        let kind = self.get("WARC-Type").unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        let media = Media::of(self.get("Content-Type").unwrap_or_default());
        match kind.as_str() {
            "response" if media.kind == "application/http" => {
                self.response(source, block, at)
            }
            "response"
                if media.kind.is_empty() && block.starts_with(b"HTTP/") =>
            {
                self.response(source, block, at)
            }
            "response" | "resource" | "conversion" => {
                self.document(source, block, Vec::new(), media, at)
            }
            "" => Judged::Bad("this record has no WARC-Type".to_owned()),
            _ => Judged::PassedOver(kind),
        }
    }

    fn response(&self, source: &Source<'_>, block: &[u8], at: At) -> Judged {
        let head = match http::head(block) {
            Ok(head) => head,
            Err(reason) => return Judged::Bad(reason),
        };
        if !(200..300).contains(&head.status) {
            return Judged::PassedOver(format!("status {}", head.status));
        }
        let body = &block[head.length..];
        if let Some(strange) = head.strange {
            return Judged::Bad(format!(
                "the body is coded as {strange:?}, which is not known"
            ));
        }
        self.document(source, body, head.codings, head.media, at)
    }

    fn document(
        &self,
        source: &Source<'_>,
        body: &[u8],
        codings: Vec<http::Coding>,
        media: Media,
        at: At,
    ) -> Judged {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Judged::PassedOver("empty".to_owned());
        }
        let format = match format(&media.kind, body, codings.is_empty()) {
            Ok(Format::Json) if !has_text(body, source) => {
                return Judged::PassedOver(media.kind);
            }
            Ok(format) => format,
            Err(kind) => return Judged::PassedOver(kind),
        };
        let uri = self.get("WARC-Target-URI").map(|uri| {
            let uri = uri.strip_prefix('<').unwrap_or(uri);
            uri.strip_suffix('>').unwrap_or(uri).to_owned()
        });
        let mut unit = Unit {
            record: Some(at.record),
            offset: Some(at.offset),
            length: at.length,
            encoding: media.charset,
            url: uri,
            codings,
            ..source.unit(format, body.to_vec())
        };
        if let Some(why) = self.get("WARC-Truncated") {
            let note = "the crawl kept only the beginning of this page";
            unit.notes.push(format!("{note} (WARC-Truncated: {why})"));
        }
        if source.options.keep_fields {
            unit.fields = self.fields();
        }
        Judged::Document(Box::new(unit))
    }

    fn fields(&self) -> Map<String, Value> {
        let field = |(name, value): &(String, String)| {
            (name.clone(), Value::String(value.clone()))
        };
        self.lines.iter().map(field).collect()
    }
}

/// What stands after a record whose length is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Two line breaks, or nothing.
    Regular,
    /// Other line breaks, and the next record.
    Odd,
}

impl End {
    /// `None` if a record with this block does not end before this tail.
    pub(super) fn of(block: &[u8], tail: &[u8]) -> Option<Self> {
        let after = &tail[breaks(tail)..];
        let next = b"WARC/".starts_with(&after[..after.len().min(5)]);
        let regular = tail.starts_with(b"\r\n\r\n") || tail.is_empty();
        match (regular, next) {
            (true, true) => Some(Self::Regular),
            (false, true) => Some(Self::Odd),
            // What follows is damaged, unless the block took in its head.
            (true, false) => {
                next_head(block, 0).is_none().then_some(Self::Regular)
            }
            (false, false) => None,
        }
    }

    /// A document with a note, if the end is doubtful.
    pub(super) fn note(self, mut judged: Judged) -> Judged {
        if let (Self::Odd, Judged::Document(unit)) = (self, &mut judged) {
            unit.notes.push(
                "the record does not end with two line breaks; its \
                 Content-Length may be wrong by as much"
                    .to_owned(),
            );
        }
        judged
    }
}

/// What a body is, by what is said of it; `Err` if it is no document.
fn format(kind: &str, body: &[u8], bare: bool) -> Result<Format, String> {
    let by_content =
        || match recognize::container(&body[..body.len().min(8 << 10)], "") {
            Ok(Some(Container::Html)) => Some(Format::Html),
            _ => None,
        };
    match kind {
        "text/html" | "application/xhtml+xml" => Ok(Format::Html),
        "text/plain" if bare => Ok(by_content().unwrap_or(Format::Text)),
        "text/plain" => Ok(Format::Text),
        "application/json" if bare => Ok(Format::Json),
        "" | "application/octet-stream" | "unknown/unknown" if bare => {
            let kind = if kind.is_empty() { "no media type" } else { kind };
            by_content().ok_or_else(|| kind.to_owned())
        }
        "" => Ok(Format::Html),
        other => Err(other.to_owned()),
    }
}

/// Whether a body is one JSON object with a text.
fn has_text(body: &[u8], source: &Source<'_>) -> bool {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => fields::has_text(&object, &source.options),
        _ => false,
    }
}

/// `WARC/1.0` and the end of a line.
pub(super) fn is_head(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(b"WARC/") else { return false };
    let version: &[u8] =
        match memchr::memchr(b'\n', &version[..version.len().min(8)]) {
            Some(end) => version[..end].trim_ascii_end(),
            None => return false,
        };
    version.iter().all(|b| b.is_ascii_digit() || *b == b'.')
        && !version.is_empty()
}

/// Where the block begins.
fn head_end(bytes: &[u8]) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(LONGEST_HEAD)];
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// Where the next record begins, at `from` or later: on a line of its own, or
/// right after one that was cut off.
pub(super) fn next_head(bytes: &[u8], from: usize) -> Option<usize> {
    let found = memmem::find_iter(bytes.get(from..)?, b"WARC/");
    found
        .map(|at| from + at)
        .find(|&at| is_head(&bytes[at..]) && has_line(&bytes[at..]))
}

/// The second line of a head names a field of WARC; pages that speak of web
/// archives seldom go so far.
fn has_line(head: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let second = &head[end + 1..];
    ["WARC-", "Content-"].iter().any(|name| {
        second
            .get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// Line breaks at the beginning.
pub(super) fn breaks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count()
}
