//! Words that open a paragraph which still belongs to the item before.

use super::phrases::starting;
use super::table;
use std::sync::LazyLock;

/// One opening.
#[derive(Debug)]
pub struct Continuation {
    /// The words, lower case.
    pub word: &'static str,
    /// Whether it always continues; otherwise only where the other items do
    /// not open so too.
    pub always: bool,
}

static WORDS: LazyLock<Vec<Continuation>> = LazyLock::new(|| {
    let text = include_str!("continuations.tsv");
    let strengths = [("always", true), ("weak", false)];
    table::read("continuations", text, |row| Continuation {
        word: row.get("word"),
        always: row.one_of("strength", &strengths),
    })
});

/// The opening that a lower-cased paragraph begins with, the longest one.
pub fn opens(paragraph: &str) -> Option<&'static Continuation> {
    starting(&WORDS, paragraph, |c| c.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_whole_words_at_the_start() {
        assert!(opens("đồng thời, giữ sạch kênh mương").unwrap().always);
        assert_eq!(opens("không để rác qua đêm").unwrap().word, "không để");
        assert!(opens("thi đua, đồng thời giữ sạch").is_none());
    }
}
