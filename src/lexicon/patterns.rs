//! The regular expressions of the rules that hold Vietnamese words, by name.
//!
//! A pattern may name others: `{act.lately}` stands for the words of that
//! list of `word_lists.tsv`, or for the row of `patterns.tsv` with that name,
//! as one group.

use super::{table, word_lists};
use regex::Regex;
use std::sync::LazyLock;

/// One pattern.
struct Pattern {
    name: &'static str,
    /// As in the table, with the names of others in it.
    pattern: &'static str,
    /// A text in which it is found.
    #[cfg(test)]
    example: String,
    /// A text much like it in which it is not.
    #[cfg(test)]
    counterexample: String,
}

/// Sorted by name, as the test of all tables holds.
static TABLE: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    table::read("patterns", include_str!("patterns.tsv"), |row| Pattern {
        name: row.get("name"),
        pattern: row.get("pattern"),
        #[cfg(test)]
        example: row.get("example").replace('␣', " "),
        #[cfg(test)]
        counterexample: row.get("counterexample").replace('␣', " "),
    })
});

/// Compiles a pattern of the table; for a `LazyLock` of the caller.
///
/// # Panics
/// If the table has no such row, or its pattern is malformed: a test compiles
/// every row and looks for the row of every call.
pub fn regex(name: &str) -> Regex {
    Regex::new(&source(row(name)))
        .unwrap_or_else(|error| panic!("pattern {name}: {error}"))
}

/// Every pattern that is no part of another, by name, as compiled.
pub(super) fn rules() -> impl Iterator<Item = (&'static str, String)> {
    let parts: String = TABLE.iter().map(|row| row.pattern).collect();
    TABLE
        .iter()
        .filter(move |row| !parts.contains(&format!("{{{}}}", row.name)))
        .map(|row| (row.name, source(row)))
}

fn source(row: &Pattern) -> String {
    latin(&expanded(row.pattern))
}

/// The letters of Latin scripts. The text is Vietnamese; classes of all the
/// scripts of the world make automata many times larger.
const LATIN: &str = r"[a-zA-ZÀ-ÖØ-öø-\u{24F}\u{1E00}-\u{1EFF}]";

/// A pattern whose classes of letters are Latin.
fn latin(pattern: &str) -> String {
    pattern
        .replace(r"\pL", LATIN)
        .replace(r"\p{L}", LATIN)
        .replace(r"\p{Lu}", &format!(r"[\p{{Lu}}&&{LATIN}]"))
        .replace(r"\p{Ll}", &format!(r"[\p{{Ll}}&&{LATIN}]"))
}

fn row(name: &str) -> &'static Pattern {
    TABLE
        .binary_search_by(|row| row.name.cmp(name))
        .map(|i| &TABLE[i])
        .unwrap_or_else(|_| panic!("no pattern {name}"))
}

/// A pattern with what its names stand for.
fn expanded(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let end = behind.find('}').map_or(behind.len(), |end| end + 1);
        let (braced, tail) = behind.split_at(end);
        let name = braced.trim_matches(['{', '}']);
        // Names have a dot; `{0,60}` and `\p{Lu}` have none.
        if name.contains('.') {
            out.push_str(&group(name));
        } else {
            out.push_str(braced);
        }
        rest = tail;
    }
    out + rest
}

fn group(name: &str) -> String {
    let inner = match word_lists::get(name) {
        Some(words) => {
            let words = words.iter().map(|word| regex::escape(word));
            words.collect::<Vec<_>>().join("|")
        }
        None => expanded(row(name).pattern),
    };
    format!("(?:{inner})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::rules::sources_of_rules;
    use crate::lexicon::scan::{Rule, Scan};

    #[test]
    fn every_pattern_finds_its_example_and_refuses_its_counterexample() {
        let wrong: Vec<&str> = TABLE
            .iter()
            .filter(|row| {
                let pattern = regex(row.name);
                !pattern.is_match(&row.example)
                    || pattern.is_match(&row.counterexample)
            })
            .map(|row| row.name)
            .collect();
        assert_eq!(wrong, [""; 0]);
    }

    /// A pattern whose words end within a word is never run there.
    #[test]
    fn every_example_is_found_in_a_scanned_text() {
        // Run where a number stands, whatever words it has.
        let own = rules().filter(|(name, _)| *name != "symbol.old_assembly");
        let lost = own.filter(|(name, _)| {
            let example = &row(name).example;
            let lower = example.to_lowercase();
            let scan = Scan::of(example, &lower);
            !Rule::new(name).is_match(example, &scan)
        });
        let lost: Vec<&str> = lost.map(|(name, _)| name).collect();
        assert_eq!(lost, [""; 0]);
    }

    #[test]
    fn every_row_is_used_and_every_use_has_a_row() {
        let rules = sources_of_rules();
        for row in TABLE.iter() {
            let call = format!("Rule::new(\"{}\")", row.name);
            let name = format!("{{{}}}", row.name);
            let used = rules.contains(&call)
                || TABLE.iter().any(|other| other.pattern.contains(&name));
            assert!(used, "{} is not used", row.name);
        }
        let calls = rules.split("Rule::new(\"").skip(1);
        let names: Vec<&str> =
            calls.filter_map(|call| call.split('"').next()).collect();
        assert!(names.len() > 50, "only {} calls", names.len());
        for name in names {
            row(name);
        }
    }

    #[test]
    fn names_stand_for_words_in_their_order() {
        assert_eq!(
            expanded(r"^{roles.past_words}{0,3}\p{Lu}"),
            r"^(?:vừa|đã|mới|ban hành|ký|diễn ra|xảy ra|qua|cho biết|tổ chức|trước đó){0,3}\p{Lu}"
        );
        assert_eq!(
            expanded("{dates.year_number}x"),
            "(?:(?:1[89]|20)[0-9]{2})x"
        );
    }

    #[test]
    #[should_panic(expected = "no pattern act.nothing")]
    fn a_name_that_is_missing_is_told() {
        regex("act.nothing");
    }
}
