//! An HTTP response as a crawler kept it: its head, and what was done to its
//! body on the way.

use super::Encoding;
use super::unpack;
use super::whole;
use std::io::{self, Read};

/// What was done to a body on its way over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Cut into pieces, each with its length before it.
    Chunked,
    /// gzip.
    Gzip,
    /// zlib, or its bare data.
    Deflate,
    /// Brotli.
    Brotli,
    /// zstd.
    Zstd,
}

impl Coding {
    fn of(name: &str) -> Option<Self> {
        match name {
            "chunked" => Some(Self::Chunked),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" => Some(Self::Brotli),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Chunked => "chunked",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }
}

/// The head of a response.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) media: Media,
    /// In the order in which they are undone.
    pub(super) codings: Vec<Coding>,
    /// A coding that is not known.
    pub(super) strange: Option<String>,
    /// Bytes of the head, with the blank line after it.
    pub(super) length: usize,
}

/// A `Content-Type`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Media {
    /// `text/html`, in lower case; empty if nothing is said.
    pub(super) kind: String,
    pub(super) charset: Option<Encoding>,
}

impl Media {
    pub(super) fn of(value: &str) -> Self {
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or_default().trim();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let named = name.trim().eq_ignore_ascii_case("charset");
            let value = value.trim().trim_matches(['"', '\'']);
            named.then(|| value.parse().ok()).flatten()
        });
        Self { kind: kind.to_ascii_lowercase(), charset }
    }
}

/// Most header lines of a response that are looked at.
const LINES: usize = 256;

/// Reads the head of a response.
pub(super) fn head(response: &[u8]) -> Result<Head, String> {
    let wrong = || {
        "the record says it is an HTTP response, but no HTTP head \
                    begins it"
    };
    let line_end = memchr::memchr(b'\n', response).ok_or_else(wrong)?;
    let status = String::from_utf8_lossy(&response[..line_end]);
    let mut words = status.split_ascii_whitespace();
    let http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
    let status = words.next().and_then(|code| code.parse().ok());
    let (true, Some(status)) = (http, status) else {
        return Err(wrong().to_owned());
    };
    let start = line_end + 1;
    let mut lines = [httparse::EMPTY_HEADER; LINES];
    let (length, lines) =
        match httparse::parse_headers(&response[start..], &mut lines) {
            Ok(httparse::Status::Complete((length, lines))) => (length, lines),
            Ok(httparse::Status::Partial) => {
                return Err("the HTTP head does not end".to_owned());
            }
            Err(cause) => return mended(response, start, status, cause),
        };
    let mut head = Head { status, length: start + length, ..Head::default() };
    for line in lines {
        head.line(line.name, &String::from_utf8_lossy(line.value));
    }
    Ok(head)
}

/// The head of a server that breaks the rules: line by line.
fn mended(
    response: &[u8],
    start: usize,
    status: u16,
    cause: httparse::Error,
) -> Result<Head, String> {
    let mut head = Head { status, ..Head::default() };
    let mut at = start;
    while let Some(end) = memchr::memchr(b'\n', &response[at..]) {
        let line = response[at..at + end].trim_ascii();
        at += end + 1;
        if line.is_empty() {
            head.length = at;
            return Ok(head);
        }
        let line = String::from_utf8_lossy(line);
        if let Some((name, value)) = line.split_once(':') {
            head.line(name.trim(), value);
        }
    }
    Err(format!("the HTTP head is damaged ({cause})"))
}

impl Head {
    fn line(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("content-type") {
            self.media = Media::of(value);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            // Undone first, whichever line comes first.
            let mut codings = std::mem::take(&mut self.codings);
            self.codings(value);
            self.codings.append(&mut codings);
        } else if name.eq_ignore_ascii_case("content-encoding") {
            self.codings(value);
        }
    }

    fn codings(&mut self, value: &str) {
        let value = value.to_ascii_lowercase();
        for name in value.rsplit(',').map(str::trim) {
            match Coding::of(name) {
                Some(coding) => self.codings.push(coding),
                None if matches!(name, "" | "identity" | "none") => {}
                None => self.strange = Some(name.to_owned()),
            }
        }
    }
}

/// How far bodies may unpack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) bytes: u64,
    pub(super) ratio: u64,
}

/// The body as it left the server's hand, with notes on what was doubtful.
pub(super) fn body(
    mut bytes: Vec<u8>,
    codings: &[Coding],
    limits: Limits,
    notes: &mut Vec<String>,
) -> Result<Vec<u8>, String> {
    for &coding in codings {
        // Crawlers often undo a coding and leave the head as it was.
        if !looks_like(coding, &bytes) {
            continue;
        }
        let undone = match coding {
            Coding::Chunked => dechunked(&bytes),
            _ => unpacked(coding, &bytes, limits)?,
        };
        if let Some(cause) = undone.broken {
            let name = coding.name();
            if undone.bytes.is_empty() {
                return Err(format!(
                    "the body cannot be unpacked ({name}: {cause}); fetch \
                     the page again"
                ));
            }
            notes.push(format!(
                "the body breaks off ({name}: {cause}); what stands before \
                 was read"
            ));
        }
        bytes = undone.bytes;
    }
    Ok(bytes)
}

/// A coding undone, as far as it goes.
struct Undone {
    bytes: Vec<u8>,
    broken: Option<String>,
}

fn looks_like(coding: Coding, bytes: &[u8]) -> bool {
    match coding {
        Coding::Chunked => matches!(
            httparse::parse_chunk_size(bytes),
            Ok(httparse::Status::Complete(_))
        ),
        Coding::Gzip => bytes.starts_with(b"\x1f\x8b"),
        Coding::Zstd => {
            bytes.starts_with(b"\x28\xb5\x2f\xfd")
                || unpack::is_skippable(bytes)
        }
        // Both can begin with nearly any byte.
        Coding::Deflate | Coding::Brotli => {
            !bytes.trim_ascii_start().starts_with(b"<")
        }
    }
}

fn dechunked(mut rest: &[u8]) -> Undone {
    let mut bytes = Vec::with_capacity(rest.len());
    let broken =
        |bytes, cause: &str| Undone { bytes, broken: Some(cause.to_owned()) };
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) => {
                return broken(bytes, "the last piece is missing");
            }
            Err(_) => return broken(bytes, "a piece has no length"),
        };
        if size == 0 {
            return Undone { bytes, broken: None };
        }
        let after = &rest[start..];
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let Some(piece) = after.get(..size) else {
            bytes.extend_from_slice(after);
            return broken(bytes, "a piece is cut off");
        };
        bytes.extend_from_slice(piece);
        rest = &after[size..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

fn unpacked(
    coding: Coding,
    bytes: &[u8],
    limits: Limits,
) -> Result<Undone, String> {
    match coding {
        Coding::Gzip => {
            drain(flate2::bufread::MultiGzDecoder::new(bytes), bytes, limits)
        }
        Coding::Deflate => {
            let undone =
                drain(flate2::bufread::ZlibDecoder::new(bytes), bytes, limits)?;
            // Some servers leave the frame away.
            match undone.bytes.is_empty() {
                true => drain(
                    flate2::bufread::DeflateDecoder::new(bytes),
                    bytes,
                    limits,
                ),
                false => Ok(undone),
            }
        }
        Coding::Zstd => match zstd::Decoder::with_buffer(bytes) {
            Ok(reader) => drain(reader, bytes, limits),
            Err(cause) => Err(cause.to_string()),
        },
        _ => drain(
            brotli_decompressor::Decompressor::new(bytes, 16 << 10),
            bytes,
            limits,
        ),
    }
}

/// Reads all that a decoder gives.
fn drain(
    mut reader: impl Read,
    packed: &[u8],
    limits: Limits,
) -> Result<Undone, String> {
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(4));
    let mut chunk = vec![0; 32 << 10];
    loop {
        let read = match reader.read(&mut chunk) {
            Ok(0) => return Ok(Undone { bytes, broken: None }),
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => {
                return Ok(Undone { bytes, broken: Some(e.to_string()) });
            }
        };
        bytes.extend_from_slice(&chunk[..read]);
        let out = bytes.len() as u64;
        if out > limits.bytes {
            return Err(whole::too_long(limits.bytes));
        }
        unpack::check(packed.len() as u64, out, limits.ratio)
            .map_err(|bomb| bomb.to_string())?;
    }
}
