//! Documents like another: those that share its rare words, above all those
//! of its headline, campaign and issuer.

use super::analyzer::{Spelled, words};
use super::answer::{Answer, SearchOptions};
use super::search::{Searcher, check, hit};
use crate::wire::Entry;
use crate::{Error, Result};
use std::collections::BTreeMap;
use tantivy::query::{BooleanQuery, BoostQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

/// Words that stand for a document.
const TERMS: usize = 40;

/// Parts of them that a like document has: a third, or, as long as there is
/// none, less.
const SHARES: [usize; 3] = [3, 5, 8];

/// Words of its contents that are looked at.
const WORDS: usize = 400;

/// Documents that have a part of some terms: one in `share`.
fn sharing(terms: &[(Term, f32)], share: usize) -> BooleanQuery {
    let least = terms.len().div_ceil(share);
    let clauses: Vec<Box<dyn Query>> = terms
        .iter()
        .map(|(term, weight)| {
            let option = IndexRecordOption::WithFreqs;
            let one = Box::new(TermQuery::new(term.clone(), option));
            Box::new(BoostQuery::new(one, *weight)) as Box<dyn Query>
        })
        .collect();
    BooleanQuery::union_with_minimum_required_clauses(clauses, least)
}

impl Searcher {
    /// The documents most like the one with an id, without itself.
    pub fn similar(&self, id: &str, options: &SearchOptions) -> Result<Answer> {
        check(options)?;
        let unknown = || {
            Error::Usage(format!(
                "no document has the id `{id}`; `id` of a hit is one"
            ))
        };
        let failed = |error| self.index.failed(&error);
        let own = self.find(id).map_err(failed)?.ok_or_else(unknown)?;
        self.like(id, own, options).map_err(failed)
    }

    fn like(
        &self,
        id: &str,
        own: DocAddress,
        options: &SearchOptions,
    ) -> tantivy::Result<Answer> {
        let entry = self.stored(own)?;
        let terms = self.telling(&entry)?;
        let mut answer = Answer::empty(id, options);
        if terms.is_empty() {
            return Ok(answer);
        }
        let tally = self.counting(options.facets);
        let mut query = sharing(&terms, SHARES[0]);
        let mut tallied = self.engine.search(&query, &tally)?;
        for share in &SHARES[1..] {
            if tallied.total > 1 {
                break;
            }
            query = sharing(&terms, *share);
            tallied = self.engine.search(&query, &tally)?;
        }
        answer.total = tallied.total.saturating_sub(1);
        answer.facets = tallied.facets;
        let end = options.offset + options.limit + 1;
        let found = self.engine.search(&query, &self.top(end))?;
        let others = found.into_iter().filter(|address| *address != own);
        for address in others.skip(options.offset).take(options.limit) {
            answer.hits.push(hit(self.stored(address)?, 0.0, Vec::new()));
        }
        Ok(answer)
    }

    /// The words that tell a document from the others, with their weights.
    fn telling(&self, entry: &Entry) -> tantivy::Result<Vec<(Term, f32)>> {
        let heads = [&entry.title, &entry.campaign, &entry.issuer];
        let heads = heads.into_iter().flatten();
        let rest = entry.contents.iter().chain(&entry.text);
        let mut counts: BTreeMap<String, f32> = BTreeMap::new();
        for (texts, weight) in
            [(heads.collect::<Vec<_>>(), 3.0), (rest.collect::<Vec<_>>(), 1.0)]
        {
            let all = texts
                .iter()
                .flat_map(|text| words(text).map(|word| &text[word]));
            for word in all.take(WORDS) {
                let spelled = Spelled::new(word);
                let term = spelled.exact.unwrap_or(spelled.folded);
                *counts.entry(term.into_string()).or_default() += weight;
            }
        }
        let documents = self.engine.num_docs() as f32;
        let mut terms = Vec::new();
        for (word, count) in counts {
            let term = Term::from_field_text(self.index.fields.all, &word);
            let found = self.engine.doc_freq(&term)? as f32;
            if found < 2.0 {
                continue;
            }
            // The engine counts how rare a word is; that chooses words only.
            let rarity = (1.0 + documents / found).ln();
            let weight = 1.0 + count.ln();
            terms.push((rarity * weight, word, (term, weight)));
        }
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        terms.truncate(TERMS);
        let weighed = terms.into_iter();
        Ok(weighed.map(|(_, _, term)| term).collect())
    }
}
