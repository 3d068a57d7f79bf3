//! What a text is: the words as read, the normalized words, and the exact way
//! between the two.
//!
//! [`Text::new`] normalizes once, at the door. Everything that is matched is
//! matched in [`Text::norm`] (or [`Text::lower`], which has the same byte
//! offsets); everything that is reported goes back through [`Text::to_raw`].
//!
//! ```
//! use vanban::text::Text;
//!
//! let text = Text::new("phong trào “Hoà Bình giữ vững “vùng xanh\" 2021\".");
//! let outer = text.quotes()[0];
//! assert_eq!(outer.inner.of(text.norm()), "Hòa Bình giữ vững “vùng xanh” 2021");
//!
//! let (raw, words) = text.evidence(outer.inner);
//! assert_eq!(text.raw_slice(raw), "Hoà Bình giữ vững “vùng xanh\" 2021");
//! assert_eq!(words, "Hòa Bình giữ vững “vùng xanh” 2021");
//! ```

pub(crate) mod block;
mod case;
mod confusables;
mod draft;
mod fold;
mod letters;
mod lines;
mod normalize;
mod offset_map;
mod quotes;
mod sentence;
mod span;
mod syllable;
pub(crate) mod table;
mod token;
mod tone;

#[cfg(test)]
mod properties;

pub use fold::{fold, key};
pub use lines::Line;
pub use normalize::{Repair, normalize, one_line};
pub use offset_map::{OffsetMap, Run};
pub use quotes::Quote;
pub use sentence::{abbreviations, sentences};
pub use span::{Norm, Raw, Span};
pub use syllable::{is_bare_syllable, is_syllable, marked_forms};

use case::Signs;
use normalize::{Normalized, normalize_mapped};

/// Bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| DIGITS[usize::from(n)];
    let mut out = vec![0; 2 * bytes.len()];
    let (pairs, _) = out.as_chunks_mut();
    for (pair, b) in pairs.iter_mut().zip(bytes) {
        *pair = [digit(b >> 4), digit(b & 15)];
    }
    String::from_utf8(out).unwrap_or_default()
}

/// A text as read beside its normalized form.
#[derive(Debug, Clone)]
pub struct Text {
    raw: String,
    norm: String,
    lower: String,
    map: OffsetMap,
    repairs: Vec<Repair>,
    quotes: Vec<Quote>,
    lines: Vec<Line>,
}

impl Text {
    /// Normalizes `raw` and keeps it.
    pub fn new(raw: impl Into<String>) -> Self {
        let raw = raw.into();
        let Normalized { norm, map, repairs, quotes } = normalize_mapped(&raw);
        let signs = Signs::over(&norm);
        let lower = case::lower_same_length(&norm, &signs);
        let lines = lines::lines(&norm, &signs);
        Self { raw, norm, lower, map, repairs, quotes, lines }
    }

    /// The same text with blanks in the place of some bytes, each a line
    /// break or another sign of one byte: where lines are only broken.
    pub fn with_blanks(&self, at: &[usize]) -> Self {
        let mut text = self.clone();
        for words in [&mut text.norm, &mut text.lower] {
            for &at in at {
                words.replace_range(at..=at, " ");
            }
        }
        text.lines = lines::lines(&text.norm, &Signs::over(&text.norm));
        text
    }

    /// The text as read, never changed.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The normalized text, in which everything is matched.
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// The normalized text in lower case; byte offsets equal those of
    /// [`Text::norm`].
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The map between the two.
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// What was mended on the way, such as mismatched quotes.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Passages between quotation marks, double and single, sorted by their
    /// start. Quotes nest and never cross.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// The lines that are not empty.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Where a normalized span lies in the text as read.
    pub fn to_raw(&self, span: Span<Norm>) -> Span<Raw> {
        self.map.to_raw(&self.norm, span)
    }

    /// Where a span of the text as read lies in the normalized text.
    pub fn to_norm(&self, span: Span<Raw>) -> Span<Norm> {
        self.map.to_norm(&self.norm, span)
    }

    /// The words as read of a raw span.
    pub fn raw_slice(&self, span: Span<Raw>) -> &str {
        let start = self.map.raw_byte(&self.raw, span.start);
        let end = self.map.raw_byte(&self.raw, span.end);
        &self.raw[start..end.max(start)]
    }

    /// The evidence of a normalized span: where it stands in the text as
    /// read, and the normalized words of just that slice on one line.
    /// By construction `one_line(normalize(raw[span])) == text`.
    pub fn evidence(&self, span: Span<Norm>) -> (Span<Raw>, String) {
        let raw = self.to_raw(span);
        let words = self.raw_slice(raw);
        if words == span.of(&self.norm) && self.stands_alone(span) {
            return (raw, one_line(words));
        }
        (raw, one_line(&normalize(words)))
    }

    /// Whether nothing around the words of a span has to do with how they are
    /// normalized: whole words without quotation marks.
    fn stands_alone(&self, span: Span<Norm>) -> bool {
        let norm = &self.norm;
        let before = norm[..span.start].chars().next_back();
        let behind = norm[span.end..].chars().next();
        let apart = |c: Option<char>| {
            c.is_none_or(|c| {
                matches!(
                    c,
                    ' ' | '\n' | ',' | '.' | ';' | ':' | '(' | ')' | '/'
                )
            })
        };
        let plain = |b: &u8| {
            (*b < 0x80 && !matches!(b, b'"' | b'\'' | b'`'))
                || (0xC3..=0xC6).contains(b)
                || *b == 0xE1
                || (0x80..0xC0).contains(b)
        };
        apart(before)
            && apart(behind)
            && span.of(norm).as_bytes().iter().all(plain)
    }
}
