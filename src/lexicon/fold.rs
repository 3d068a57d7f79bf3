//! Keys that ignore what writers vary: case, tone and letter marks.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Upper case without marks, `Đ` as `D`: `UBNĐ` and `ubnd` have one key.
pub fn ascii_upper(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'Đ' | '\u{d0}' | '\u{189}' => 'D',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_case_and_bars_vanish() {
        assert_eq!(ascii_upper("Nghị định"), "NGHI DINH");
        assert_eq!(ascii_upper("UBNÐ-TTg"), "UBND-TTG");
        assert_eq!(ascii_upper("TƯ"), "TU");
    }
}
