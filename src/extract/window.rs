//! The words near a place in a text.

/// At most `n` bytes before `at`, cut on a character.
pub(super) fn before(text: &str, at: usize, n: usize) -> &str {
    let mut start = at.saturating_sub(n);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

/// At most `n` bytes from `at` on, cut on a character.
pub(super) fn after(text: &str, at: usize, n: usize) -> &str {
    let mut end = (at + n).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end]
}

/// How many words a normalized line has, in which single blanks part them.
pub(super) fn count_words(line: &str) -> usize {
    1 + line.bytes().filter(|b| *b == b' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_cut_on_characters() {
        assert_eq!(before("ăb", 3, 2), "b");
        assert_eq!(before("ăb", 3, 9), "ăb");
        assert_eq!(after("ăb", 0, 1), "");
        assert_eq!(after("ăb", 0, 2), "ă");
        assert_eq!(after("ăb", 2, 9), "b");
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(count_words("Hà Nam trồng rừng"), 4);
        assert_eq!(count_words("tre"), 1);
    }
}
