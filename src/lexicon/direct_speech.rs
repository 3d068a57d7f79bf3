//! Verbs that bring the words of a person.

use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// One verb.
#[derive(Debug)]
pub struct SpeechVerb {
    /// The verb, lower case.
    pub verb: &'static str,
    /// Whether it brings speech only with a colon; otherwise a quote right
    /// behind it is speech too.
    pub needs_colon: bool,
}

static VERBS: LazyLock<Vec<SpeechVerb>> = LazyLock::new(|| {
    let text = include_str!("direct_speech.tsv");
    table::read("direct_speech", text, |row| SpeechVerb {
        verb: row.get("verb"),
        needs_colon: row.flag("needs_colon"),
    })
});

static PHRASES: LazyLock<Phrases<&'static SpeechVerb>> =
    LazyLock::new(|| Phrases::new(VERBS.iter().map(|v| (v.verb, v))));

/// Every verb.
pub fn all() -> &'static [SpeechVerb] {
    &VERBS
}

/// Every verb of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static SpeechVerb)> {
    PHRASES.find(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_found() {
        let text = "ông tám nói, bà tư cho biết thêm: “được mùa”";
        let verbs: Vec<&str> =
            find(text).into_iter().map(|(_, v)| v.verb).collect();
        assert_eq!(verbs, ["nói", "cho biết thêm"]);
    }
}
