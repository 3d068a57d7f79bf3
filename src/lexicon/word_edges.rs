//! Where a word begins and ends.
//!
//! Unicode word boundaries split Vietnamese wrongly around combining marks,
//! so the edge is decided here: between two characters that are both part of
//! words there is none.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Whether a character is part of a word: a letter, a digit or a mark that
/// combines with one.
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // All letters but × and ÷.
    if matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
    {
        return true;
    }
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a character is a letter; for those of Latin without a table.
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'À'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => !matches!(c, '×' | '÷'),
        _ => c.is_alphabetic(),
    }
}

/// Whether a byte position lies at an edge of a word.
pub fn is_edge(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    // ASCII neighbours that are no word characters settle most cases.
    if at == 0
        || at >= bytes.len()
        || !may_be_word(bytes[at - 1])
        || !may_be_word(bytes[at])
    {
        return true;
    }
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    !(before.is_some_and(is_word_char) && after.is_some_and(is_word_char))
}

fn may_be_word(byte: u8) -> bool {
    byte >= 0x80 || byte.is_ascii_alphanumeric()
}

/// Whether a byte range begins and ends at edges of words.
pub fn word_edges(text: &str, range: &Range<usize>) -> bool {
    is_edge(text, range.start) && is_edge(text, range.end)
}

/// The first word after a byte position, if only blanks lie between.
pub fn word_after(text: &str, at: usize) -> &str {
    let tail = text[at..].trim_start_matches(' ');
    let end = tail.find(|c| !is_word_char(c)).unwrap_or(tail.len());
    &tail[..end]
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// Whether a text ends with a whole word or phrase, blanks aside.
pub fn ends_with_word(text: &str, word: &str) -> bool {
    let blanks = text.bytes().rev().take_while(is_blank).count();
    let head = &text[..text.len() - blanks];
    head.ends_with(word) && is_edge(head, head.len() - word.len())
}

/// Whether a text begins with a whole word or phrase, blanks aside.
pub fn starts_with_word(text: &str, word: &str) -> bool {
    let tail = &text[text.bytes().take_while(is_blank).count()..];
    tail.starts_with(word) && is_edge(tail, word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, word: &str) -> bool {
        let start = text.find(word).unwrap();
        word_edges(text, &(start..start + word.len()))
    }

    #[test]
    fn syllables_are_words() {
        assert!(whole("kế hoạch số 5", "kế hoạch"));
        assert!(whole("(tỉnh)", "tỉnh"));
        assert!(!whole("tổng kết", "kế"));
        assert!(!whole("covid19", "covid"));
        assert!(!whole("đường", "đư"));
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c}");
        }
    }

    #[test]
    fn a_mark_left_apart_still_belongs_to_its_letter() {
        assert!(!whole("e\u{302}m", "e"));
    }

    #[test]
    fn a_pattern_may_end_in_punctuation() {
        assert!(whole("tp.hcm", "tp."));
    }

    #[test]
    fn neighbours_are_found_across_blanks_only() {
        let text = "cán bộ y tế, công an";
        let at = text.find("bộ").unwrap();
        assert_eq!(word_after(text, at + "bộ".len()), "y");
        assert_eq!(word_after(text, text.len()), "");
        assert!(ends_with_word("toàn cán ", "cán"));
        assert!(!ends_with_word("toàn cán", "án"));
        assert!(starts_with_word(" điện tử", "điện"));
        assert!(!starts_with_word(" điện tử", "điệ"));
    }
}
