//! JSON on one line, safe for readers that split lines in any way.

use super::compact;
use crate::record::Repost;
use serde::Serialize;

/// One value as one line of JSON, line break included.
///
/// The line and paragraph separators U+0085, U+2028 and U+2029 are legal in
/// JSON strings, but some readers end a line there; they leave as `\uXXXX`.
pub fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = compact(value);
    bytes.push(b'\n');
    bytes
}

/// Bytes of most records: room that need not be found again and again.
const USUAL: usize = 2_048;

/// One value as compact JSON without a line break.
pub(super) fn compact(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(USUAL);
    if compact::write(value, &mut bytes).is_err() {
        // What is written has string keys and finite numbers only.
        bytes = serde_json::to_vec(value).unwrap_or_default();
    }
    without_separators(bytes)
}

/// Puts a cluster at the end of a rendered record, where its field stands.
pub(super) fn add_repost(rendered: &mut Vec<u8>, repost: &Repost) {
    let Some(brace) = rendered.iter().rposition(|byte| *byte == b'}') else {
        return;
    };
    let behind = rendered.split_off(brace);
    rendered.extend_from_slice(b",\"repost\":");
    rendered.extend_from_slice(&compact(repost));
    rendered.extend_from_slice(&behind);
}

/// One value as indented JSON, line break included.
pub fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// UTF-8 of the separators, with what stands for them.
const SEPARATORS: [(&[u8], &[u8]); 3] = [
    (b"\xc2\x85", b"\\u0085"),
    (b"\xe2\x80\xa8", b"\\u2028"),
    (b"\xe2\x80\xa9", b"\\u2029"),
];

fn without_separators(bytes: Vec<u8>) -> Vec<u8> {
    let separator = |at: usize| {
        SEPARATORS.iter().find(|(raw, _)| bytes[at..].starts_with(raw))
    };
    // 0x80, 0x85 … are common as second bytes, so first look for any.
    let mut starts = memchr::memchr2_iter(0xc2, 0xe2, &bytes)
        .filter_map(|at| Some((at, separator(at)?)))
        .peekable();
    if starts.peek().is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let mut done = 0;
    for (at, (raw, escaped)) in starts {
        out.extend_from_slice(&bytes[done..at]);
        out.extend_from_slice(escaped);
        done = at + raw.len();
    }
    out.extend_from_slice(&bytes[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_for_every_reader() {
        let text = "một\u{2028}hai\u{2029}ba\u{85}bốn\nnăm “Â…";
        let line = String::from_utf8(line(&text)).expect("UTF-8");
        assert_eq!(line, "\"một\\u2028hai\\u2029ba\\u0085bốn\\nnăm “Â…\"\n");
        let back: String = serde_json::from_str(&line).expect("JSON");
        assert_eq!(back, text);
    }
}
