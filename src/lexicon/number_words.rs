//! Numbers in words.

use super::table;
use std::sync::LazyLock;

/// Where a number in words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// `ba` of `ba nội dung`, `Ba là`, `thứ ba`.
    Cardinal,
    /// `nhất`, `tư` of `thứ tư`.
    Ordinal,
    /// `giêng`, `chạp` of `tháng Giêng`.
    Month,
}

const KINDS: &[(&str, NumberKind)] = &[
    ("cardinal", NumberKind::Cardinal),
    ("ordinal", NumberKind::Ordinal),
    ("month", NumberKind::Month),
];

/// One number.
#[derive(Debug)]
pub struct NumberWord {
    /// The word, lower case.
    pub word: &'static str,
    /// Its value.
    pub value: u32,
    /// Where it stands.
    pub kind: NumberKind,
}

static WORDS: LazyLock<Vec<NumberWord>> = LazyLock::new(|| {
    let text = include_str!("number_words.tsv");
    table::read("number_words", text, |row| NumberWord {
        word: row.get("word"),
        value: row.number("value"),
        kind: row.one_of("kind", KINDS),
    })
});

/// Every number.
pub fn all() -> &'static [NumberWord] {
    &WORDS
}

fn value(word: &str, kinds: &[NumberKind]) -> Option<u32> {
    WORDS
        .iter()
        .find(|w| w.word == word && kinds.contains(&w.kind))
        .map(|w| w.value)
}

/// The value of a lower-cased cardinal: `ba` is 3.
pub fn cardinal(word: &str) -> Option<u32> {
    value(word, &[NumberKind::Cardinal])
}

/// The value of a lower-cased word behind `thứ`: `nhất` is 1, `tư` is 4.
pub fn ordinal(word: &str) -> Option<u32> {
    value(word, &[NumberKind::Ordinal, NumberKind::Cardinal])
        .filter(|_| !matches!(word, "một" | "bốn"))
}

/// The value of a lower-cased word behind `tháng`: `giêng` is 1, `tư` is 4.
pub fn month(word: &str) -> Option<u32> {
    let kinds = [NumberKind::Month, NumberKind::Cardinal, NumberKind::Ordinal];
    value(word, &kinds).filter(|n| *n <= 12 && !matches!(word, "nhất" | "nhì"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_values() {
        assert_eq!(cardinal("một"), Some(1));
        assert_eq!(cardinal("mười lăm"), Some(15));
        assert_eq!(cardinal("nhất"), None);
        assert_eq!(ordinal("nhất"), Some(1));
        assert_eq!(ordinal("tư"), Some(4));
        assert_eq!(ordinal("một"), None);
        assert_eq!(month("giêng"), Some(1));
        assert_eq!(month("chạp"), Some(12));
        assert_eq!(month("hai mươi"), None);
    }
}
