//! The queries of a relevance set, as they are written down.

use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// The trap whose queries nothing answers.
pub const NOTHING: &str = "nothing";

/// The trap of minimal pairs.
pub const TONE: &str = "tone";

/// Traps whose queries are more than words: filters, operators, and what
/// slipped from the fingers. Engines that know none of it are also compared
/// on the other queries alone.
pub const WITH_OPERATORS: [&str; 4] = ["filter", "operator", "slip", "keys"];

/// The highest grade.
const HIGHEST: u8 = 3;

/// A query, and what is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// Its name in the set.
    pub id: String,
    /// What makes it hard; queries are counted by it.
    pub trap: String,
    /// What was typed.
    pub query: String,
    /// What the person wants, in words.
    pub need: String,
    /// Documents that are wanted, with a grade from 1 (says something about
    /// it) to 3 (just that); the others are not.
    pub judgments: BTreeMap<String, u8>,
    /// Documents that may not stand before those of the highest grade.
    #[serde(default)]
    pub must_not: Vec<String>,
}

impl Query {
    /// The grade of a document, 0 if it is not wanted.
    pub fn grade(&self, document: &str) -> u8 {
        self.judgments.get(document).copied().unwrap_or(0)
    }

    /// The highest grade that any document has.
    pub fn best(&self) -> u8 {
        self.judgments.values().copied().max().unwrap_or(0)
    }

    /// Whether any engine that looks for words can be asked.
    pub fn is_plain(&self) -> bool {
        !WITH_OPERATORS.contains(&self.trap.as_str())
            && !self.query.contains(":\"")
    }
}

/// Queries with their judgments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// In the order of the file.
    pub queries: Vec<Query>,
}

/// What is wrong with a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSet {
    /// A line is no query.
    #[error("line {line}: not a query ({why})")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        why: String,
    },
    /// No document goes by that name.
    #[error("query `{query}`: there is no document `{document}`")]
    Unknown {
        /// Name of the query.
        query: String,
        /// The document that is not there.
        document: String,
    },
    /// There are no queries.
    #[error("no query in it")]
    Empty,
}

impl Set {
    /// Reads queries, one JSON object a line.
    pub fn parse(lines: &str) -> Result<Self, BadSet> {
        let mut queries = Vec::new();
        let mut names = HashSet::new();
        for (i, line) in lines.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let bad = |why| BadSet::Line { line: i + 1, why };
            let query: Query =
                serde_json::from_str(line).map_err(|e| bad(e.to_string()))?;
            if !names.insert(query.id.clone()) {
                return Err(bad(format!("`{}` is there twice", query.id)));
            }
            let graded = |g: &u8| (1..=HIGHEST).contains(g);
            if !query.judgments.values().all(graded) {
                return Err(bad("a grade is 1, 2 or 3".to_owned()));
            }
            if query.judgments.is_empty() != (query.trap == NOTHING) {
                return Err(bad(format!(
                    "queries without a wanted document, and only they, have the trap `{NOTHING}`"
                )));
            }
            queries.push(query);
        }
        if queries.is_empty() {
            Err(BadSet::Empty)
        } else {
            Ok(Self { queries })
        }
    }

    /// Whether every document that is judged is among `known`.
    pub fn check(&self, known: &HashSet<&str>) -> Result<(), BadSet> {
        for query in &self.queries {
            for document in query.judgments.keys().chain(&query.must_not) {
                if !known.contains(document.as_str()) {
                    return Err(BadSet::Unknown {
                        query: query.id.clone(),
                        document: document.clone(),
                    });
                }
            }
        }
        Ok(())
    }

    /// The traps, in the order of the queries.
    pub fn traps(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for query in &self.queries {
            if !out.contains(&query.trap.as_str()) {
                out.push(&query.trap);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"q1","trap":"tone","query":"đê","need":"","judgments":{"a":3,"b":1},"must_not":["c"]}"#;

    #[test]
    fn a_line_is_a_query() {
        let set = Set::parse(&format!("{LINE}\n\n")).expect("a set");
        let query = &set.queries[0];
        assert_eq!((query.grade("a"), query.grade("c")), (3, 0));
        assert_eq!((query.best(), query.is_plain()), (3, true));
        assert_eq!(set.check(&["a", "b", "c"].into()), Ok(()));
        let missing = set.check(&["a", "b"].into()).unwrap_err();
        assert!(missing.to_string().contains("no document `c`"), "{missing}");
    }

    #[test]
    fn a_bad_line_is_named() {
        let twice = format!("{LINE}\n{LINE}");
        let nothing_wanted = LINE.replace(r#""a":3,"b":1"#, "");
        let too_high = LINE.replace("3", "4");
        for (lines, part) in [
            ("", "no query"),
            ("{}", "line 1"),
            (&twice, "line 2: not a query (`q1` is there twice)"),
            (&nothing_wanted, "`nothing`"),
            (&too_high, "1, 2 or 3"),
        ] {
            let error = Set::parse(lines).expect_err("refused").to_string();
            assert!(error.contains(part), "{lines}: {error}");
        }
    }
}
