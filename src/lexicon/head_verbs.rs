//! Verbs that open the items of unmarked lists.

use super::phrases::starting;
use super::table;
use std::sync::LazyLock;

/// One verb.
#[derive(Debug)]
pub struct HeadVerb {
    /// The verb, lower case.
    pub verb: &'static str,
    /// How usual it is as a head, 0 to 100.
    pub weight: u8,
}

static VERBS: LazyLock<Vec<HeadVerb>> = LazyLock::new(|| {
    let text = include_str!("head_verbs.tsv");
    table::read("head_verbs", text, |row| HeadVerb {
        verb: row.get("verb"),
        weight: row.number("weight"),
    })
});

/// Every verb.
pub fn all() -> &'static [HeadVerb] {
    &VERBS
}

/// The verb that a lower-cased paragraph begins with, the longest one.
pub fn opens(paragraph: &str) -> Option<&'static HeadVerb> {
    starting(&VERBS, paragraph, |v| v.verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read() {
        let head = opens("thi đua bảo đảm nước sạch").unwrap();
        assert_eq!((head.verb, head.weight), ("thi đua", 100));
        assert!(opens("các xã thi đua").is_none());
    }
}
