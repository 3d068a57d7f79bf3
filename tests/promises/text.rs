//! Normalized text: the way back, NFC, one pass, quotes, lines, sentences.

use super::{Norm, Span, Text, normalized, one_line, sentences};
use unicode_normalization::is_nfc;
use unicode_segmentation::GraphemeCursor;

/// Everything that is promised of a text.
pub fn hold(text: &Text) {
    assert!(is_nfc(text.norm()), "NFC");
    let again = Text::new(text.norm());
    assert_eq!(again.norm(), text.norm(), "a second pass changes nothing");
    assert_eq!(again.quotes().len(), text.quotes().len());
    map(text);
    spans(text);
    quotes(text);
    parts(text);
}

/// The runs of the offset map follow each other without gaps.
pub fn map(text: &Text) {
    let (mut raw, mut norm, mut byte) = (0, 0, 0);
    for run in text.map().runs() {
        assert_eq!((run.raw, run.norm, run.raw_byte), (raw, norm, byte));
        assert!(run.raw_len > 0);
        raw += run.raw_len;
        norm += run.norm_len;
        let span = Span::new(run.raw, raw);
        byte += text.raw_slice(span).len();
        let written = &text.norm()[run.norm..norm];
        if run.equal {
            assert_eq!(written.chars().count(), run.raw_len);
        }
    }
    assert_eq!(raw, text.raw().chars().count());
    assert_eq!(norm, text.norm().len());
}

/// Every place between two characters of the normalized text; of long texts
/// some thousand.
fn places(text: &Text) -> Vec<usize> {
    let norm = text.norm();
    let places = norm.char_indices().map(|(i, _)| i);
    places.step_by(norm.len() / 4_000 + 1).chain([norm.len()]).collect()
}

/// Spans go there and back, in order, on the edges of graphemes.
pub fn spans(text: &Text) {
    let places = places(text);
    let bytes: Vec<usize> = text.raw().char_indices().map(|(i, _)| i).collect();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.raw().len());
    let mut last = (0, 0);
    for pair in places.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let raw = text.to_raw(span);
        assert!((raw.start, raw.end) >= last, "monotone");
        last = (raw.start, raw.end);
        assert!(!raw.is_empty());
        for at in [byte(raw.start), byte(raw.end)] {
            // A blank stands for itself, even behind a sign that joins to it.
            if text.raw()[at..].starts_with(char::is_whitespace) {
                continue;
            }
            let mut cursor = GraphemeCursor::new(at, text.raw().len(), true);
            let edge = cursor.is_boundary(text.raw(), 0);
            assert_eq!(edge, Ok(true), "grapheme at {at}");
        }
        assert!(text.to_norm(raw).contains(span), "{span:?} {raw:?}");
    }
    let end = text.norm().len();
    let middle = places[places.len() / 2];
    let long = [0..middle, middle..end, 0..end].into_iter().map(Span::from);
    let short = places.windows(2).step_by(places.len() / 64 + 1);
    let short = short.map(|pair| Span::new(pair[0], pair[1]));
    for span in long.chain(short) {
        let raw = text.to_raw(span);
        assert!(text.to_norm(raw).contains(span));
        let (evidence, words) = text.evidence(span);
        assert_eq!(evidence, raw);
        let slice = &text.raw()[byte(raw.start)..byte(raw.end)];
        assert_eq!(one_line(&normalized(slice)), words, "slice equality");
    }
}

/// Quotes nest, never cross, and stand between quotation marks.
pub fn quotes(text: &Text) {
    let norm = text.norm();
    let mut open: Vec<Span<Norm>> = Vec::new();
    let mut last = 0;
    for quote in text.quotes() {
        assert!(quote.outer.start >= last);
        last = quote.outer.start;
        while open.pop_if(|o| !o.overlaps(quote.outer)).is_some() {}
        // Those further out hold the innermost.
        assert!(open.last().is_none_or(|o| o.contains(quote.outer)));
        assert_eq!(usize::from(quote.depth), open.len().min(255));
        open.push(quote.inner);
        assert!(quote.outer.contains(quote.inner));
        let (opener, closer) = (
            &norm[quote.outer.start..quote.inner.start],
            &norm[quote.inner.end..quote.outer.end],
        );
        if quote.double {
            assert_eq!((opener, closer), ("“", "”"));
        } else {
            assert!(matches!(opener, "'" | "‘" | "‛"), "{opener}");
            assert!(matches!(closer, "'" | "‘" | "’"), "{closer}");
        }
    }
}

/// Lower case keeps offsets; lines and sentences hold all that is not blank;
/// repairs stand between characters.
pub fn parts(text: &Text) {
    let norm = text.norm();
    assert_eq!(text.lower().len(), norm.len());
    for (a, b) in norm.char_indices().zip(text.lower().char_indices()) {
        assert_eq!(a.0, b.0);
        assert!(b.1 == a.1 || a.1.to_lowercase().eq([b.1]));
    }
    let blank = |s: &str| s.chars().all(char::is_whitespace);
    let mut at = 0;
    for line in text.lines() {
        assert!(blank(&norm[at..line.span.start]));
        let words = line.span.of(norm);
        assert_eq!(words, words.trim());
        assert!(!words.is_empty() && !words.contains('\n'));
        at = line.span.end;
    }
    assert!(blank(&norm[at..]));
    let mut at = 0;
    for sentence in sentences(norm, (0..norm.len()).into()) {
        assert!(!sentence.is_empty() && blank(&norm[at..sentence.start]));
        at = sentence.end;
    }
    assert!(blank(&norm[at..]));
    for repair in text.repairs() {
        assert!(norm.is_char_boundary(repair.at));
    }
}
