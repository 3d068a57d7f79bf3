//! Our index as an engine, and the same index asked without tone marks.

use super::Engine;
use crate::index::query::Query;
use crate::index::{Answer, Index, SearchOptions, Searcher, WriteOptions};
use crate::text::normalize;
use crate::wire::Entry;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// MiB for writing an index that lives in memory.
const MEMORY: usize = 64;

/// Our index. Where no document has all the words and another query is
/// offered, that one is asked, as a person would who reads the offer.
pub struct Own {
    searcher: Searcher,
}

impl Own {
    /// An index of these entries, in memory.
    pub fn new(entries: &[Entry]) -> crate::Result<Self> {
        let index = Index::in_memory();
        let options = WriteOptions { memory: MEMORY, ..Default::default() };
        let mut writer = index.writer(&options)?;
        for entry in entries {
            writer.add(entry)?;
        }
        writer.finish()?;
        Ok(Self { searcher: index.searcher()? })
    }

    fn ask(&self, typed: &str, limit: usize) -> Result<Answer, String> {
        let query = Query::parse(typed).map_err(|e| e.to_string())?;
        let options =
            SearchOptions { limit, snippets: 0, ..SearchOptions::default() };
        let answer = self.searcher.search(&query, &options);
        answer.map_err(|error| error.to_string())
    }
}

impl Engine for Own {
    fn name(&self) -> &str {
        "index"
    }

    fn search(
        &mut self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<String>, String> {
        let mut answer = self.ask(typed, limit)?;
        let in_doubt = answer.total == 0 || answer.relaxed.is_some();
        if let (true, Some(other)) = (in_doubt, answer.did_you_mean.first()) {
            let mended = self.ask(&other.query, limit)?;
            if mended.total > 0 {
                answer = mended;
            }
        }
        Ok(answer.hits.into_iter().map(|hit| hit.id).collect())
    }
}

/// The same index, asked with all marks taken off the query: what search
/// would be that does not know tones. The index holds every syllable with
/// and without its marks, so that only the former are left out.
pub struct WithoutMarks(pub Own);

impl Engine for WithoutMarks {
    fn name(&self) -> &str {
        "without marks"
    }

    fn search(
        &mut self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<String>, String> {
        self.0.search(&without_marks(typed), limit)
    }
}

/// Capitals and signs stay, as operators are made of them.
fn without_marks(typed: &str) -> String {
    normalize(typed)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_operators_stay() {
        assert_eq!(
            without_marks("(chó OR hổ) \"Đà Nẵng\" -type:KH"),
            "(cho OR ho) “Da Nang” -type:KH"
        );
    }

    fn entry(id: &str, title: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            kind: "announcement".to_owned(),
            title: Some(title.to_owned()),
            ..Entry::default()
        }
    }

    /// The measure can tell an engine that knows tones from one that does
    /// not.
    #[test]
    fn marks_make_the_difference() {
        let entries =
            [entry("a", "Quản lý chó nuôi"), entry("b", "Quản lý chợ")];
        let mut own = Own::new(&entries).expect("an index");
        let first = |hits: Vec<String>| hits.first().cloned();
        let dogs = own.search("chó", 10).expect("an answer");
        assert_eq!(first(dogs).as_deref(), Some("a"));
        let markets = own.search("chợ", 10).expect("an answer");
        assert_eq!(first(markets).as_deref(), Some("b"));
        let mut without = WithoutMarks(own);
        let both = |query: &str, engine: &mut WithoutMarks| {
            let mut hits = engine.search(query, 10).expect("an answer");
            hits.sort();
            hits
        };
        assert_eq!(both("chó", &mut without), ["a", "b"]);
        assert_eq!(both("chợ", &mut without), ["a", "b"]);
    }
}
