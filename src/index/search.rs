//! One query, one answer.
//!
//! 1. All that matches is counted (and its facets): every word must be
//!    there, with the marks that were typed. If that is not enough for a
//!    page, marks may be missing; if nothing is left, words may be.
//! 2. Candidates are chosen: those that have the words in their headline,
//!    campaign or issuer, by the engine's score, and, unless there are many
//!    of them, those that have the words anywhere.
//! 3. [`rank`](super::rank) orders the candidates.

use super::answer::{Answer, Hit, HitSource, Relaxed, SearchOptions, Sort};
use super::collect::{First, Tallied, Tally, Top};
use super::compile::{Compiler, Mode};
use super::folder::Index;
use super::orders::Orders;
use super::query::{Node, Query};
use super::rank::Ranker;
use super::snippet;
use super::suggest;
use super::units::Wanted;
use crate::wire::Entry;
use crate::{Error, Result};
use std::sync::Arc;
use tantivy::schema::{OwnedValue, TantivyDocument};
use tantivy::{DocAddress, ReloadPolicy, Searcher as Engine, TantivyError};

/// Hits that can be paged through.
pub const MOST_HITS: usize = 10_000;

/// Candidates of which the places of words are read.
const CANDIDATES: usize = 200;

/// Matches up to which all of them are scored.
const FEW: u64 = 20_000;

/// Shares of the words that are enough, one after the other, where no
/// document has all.
const SHARES: [f32; 3] = [1.0, 0.75, 0.5];

/// Hits below which another query may have been meant.
const DOUBTFUL: u64 = 3;

/// Answers queries on the index as it was when this was made.
pub struct Searcher {
    pub(super) index: Index,
    pub(super) engine: Engine,
    orders: Arc<Orders>,
}

impl Index {
    /// What answers queries on the index as it is now.
    pub fn searcher(&self) -> Result<Searcher> {
        let mut index = self.clone();
        index.spread()?;
        let reader = index
            .inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(64)
            .try_into()
            .map_err(|error: TantivyError| self.failed(&error))?;
        let engine = reader.searcher();
        let orders = Arc::new(Orders::new(engine.segment_readers().len()));
        Ok(Searcher { index, engine, orders })
    }
}

/// How a query was understood in the end, and what matches it.
struct Found {
    mode: Mode,
    tallied: Tallied,
    relaxed: Option<Relaxed>,
}

impl Searcher {
    /// How many documents there are.
    pub fn len(&self) -> u64 {
        self.engine.num_docs()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many parts the index has; few are searched faster.
    pub fn parts(&self) -> usize {
        self.engine.segment_readers().len()
    }

    /// The answer to a query.
    pub fn search(
        &self,
        query: &Query,
        options: &SearchOptions,
    ) -> Result<Answer> {
        check(options)?;
        self.answer(query, options).map_err(|e| self.index.failed(&e))
    }

    /// The entry with an id.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>> {
        let found = || {
            let Some(address) = self.find(id)? else { return Ok(None) };
            self.stored(address).map(Some)
        };
        found().map_err(|error: TantivyError| self.index.failed(&error))
    }

    fn answer(
        &self,
        query: &Query,
        options: &SearchOptions,
    ) -> tantivy::Result<Answer> {
        let wanted = Wanted::of(&query.root);
        let found = self.find_all(&query.root, &wanted, options)?;
        let total = found.tallied.total;
        let mut answer = Answer::empty(&query.text, options);
        answer.total = total;
        answer.relaxed = found.relaxed;
        let by_score = options.sort == Sort::Relevance && !wanted.is_empty();
        let page = if by_score {
            self.best(&query.root, &wanted, &found, options)?
        } else {
            let first = found.tallied.first.iter().skip(options.offset);
            first.map(|address| (*address, 0.0)).collect()
        };
        answer.facets = found.tallied.facets;
        for (address, score) in page {
            let entry = self.stored(address)?;
            let snippets =
                snippet::of(&entry, &wanted, found.mode, options.snippets);
            answer.hits.push(hit(entry, score, snippets));
        }
        if total < DOUBTFUL || answer.relaxed.is_some() {
            answer.did_you_mean = suggest::others(self, query, &wanted)?;
        }
        Ok(answer)
    }

    /// Everything that matches: strictly, or else loosely, or else in part.
    fn find_all(
        &self,
        root: &Node,
        wanted: &Wanted,
        options: &SearchOptions,
    ) -> tantivy::Result<Found> {
        let strict = self.tally(root, Mode::STRICT, wanted, options)?;
        let enough = (options.offset + options.limit).max(1) as u64;
        if strict.total >= enough || (wanted.is_empty() && strict.total > 0) {
            let mode = Mode::STRICT;
            return Ok(Found { mode, tallied: strict, relaxed: None });
        }
        let mut found =
            Found { mode: Mode::STRICT, tallied: strict, relaxed: None };
        if wanted.is_marked() {
            let loose = self.tally(root, Mode::LOOSE, wanted, options)?;
            if loose.total > found.tallied.total {
                found.mode = Mode::LOOSE;
                found.tallied = loose;
            }
        }
        if found.tallied.total > 0 {
            return Ok(found);
        }
        for share in SHARES {
            let mode = Mode { share: Some(share), ..Mode::LOOSE };
            let compiler = self.compiler(mode);
            let (words, least) = compiler.required(root);
            if words < 2 || least == 0 {
                break;
            }
            let part = self.tally(root, mode, wanted, options)?;
            if part.total > 0 {
                let relaxed = Some(Relaxed { words, least });
                return Ok(Found { mode, tallied: part, relaxed });
            }
        }
        Ok(found)
    }

    /// How many documents have every word as it was typed.
    pub(super) fn count(&self, query: &Query) -> tantivy::Result<u64> {
        let tally = self.counting(0);
        let query = self.compiler(Mode::STRICT).node(&query.root);
        Ok(self.engine.search(&query, &tally)?.total)
    }

    fn tally(
        &self,
        root: &Node,
        mode: Mode,
        wanted: &Wanted,
        options: &SearchOptions,
    ) -> tantivy::Result<Tallied> {
        let first = match options.sort {
            Sort::Oldest => First::Oldest,
            Sort::Newest => First::Newest,
            Sort::Relevance => First::Id,
        };
        let most = match options.sort {
            Sort::Relevance if !wanted.is_empty() => 0,
            _ => options.offset + options.limit,
        };
        let tally = Tally { first, most, ..self.counting(options.facets) };
        let query = self.compiler(mode).node(root);
        self.engine.search(&query, &tally)
    }

    pub(super) fn compiler(&self, mode: Mode) -> Compiler<'_> {
        let (fields, searcher) = (&self.index.fields, &self.engine);
        Compiler { fields, searcher, mode }
    }

    /// The best by the engine's score.
    pub(super) fn top(&self, most: usize) -> Top {
        Top { most, orders: self.orders.clone() }
    }

    /// The count, and the facets with so many values.
    pub(super) fn counting(&self, facets: usize) -> Tally {
        let orders = self.orders.clone();
        Tally { facets, first: First::Id, most: 0, few: CANDIDATES, orders }
    }

    /// A page of the best hits.
    fn best(
        &self,
        root: &Node,
        wanted: &Wanted,
        found: &Found,
        options: &SearchOptions,
    ) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let total = found.tallied.total;
        if total == 0 || options.limit == 0 {
            return Ok(Vec::new());
        }
        let candidates = match &found.tallied.few {
            Some(all) => all.clone(),
            None => self.candidates(root, found)?,
        };
        let strict = found.mode.strict;
        let ranker =
            Ranker::new(&self.engine, &self.index.fields, wanted, strict)?;
        let scores = ranker.scores(&candidates)?;
        let mut ranked = self.ordered(&scores)?;
        let end = options.offset + options.limit;
        if ranked.len() < end && (ranked.len() as u64) < total {
            self.further(root, found, end, &scores, &mut ranked)?;
        }
        let page = ranked.into_iter().skip(options.offset);
        Ok(page.take(options.limit).collect())
    }

    /// The documents of which the places of words are read.
    fn candidates(
        &self,
        root: &Node,
        found: &Found,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let total = found.tallied.total;
        let heads = Mode { heads: true, ..found.mode };
        let in_heads = self.compiler(heads).node(root);
        let mut candidates =
            self.engine.search(&in_heads, &self.top(CANDIDATES))?;
        if candidates.len() < CANDIDATES || total <= FEW {
            let anywhere = self.compiler(found.mode).node(root);
            let best = self.engine.search(&anywhere, &self.top(CANDIDATES))?;
            candidates.extend(best);
        }
        candidates.sort_unstable();
        candidates.dedup();
        Ok(candidates)
    }

    /// The best first; of equal ones that with the least id.
    fn ordered(
        &self,
        scores: &[(DocAddress, f32)],
    ) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let mut keyed = Vec::with_capacity(scores.len());
        for (address, score) in scores {
            let segment = self.engine.segment_reader(address.segment_ord);
            let order = self.orders.of(address.segment_ord, segment)?;
            keyed.push((*score, order.first(address.doc_id), *address));
        }
        keyed.sort_unstable_by(|a, b| {
            b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        Ok(keyed.into_iter().map(|(score, _, at)| (at, score)).collect())
    }

    /// Behind the candidates come the others in the order of the engine.
    fn further(
        &self,
        root: &Node,
        found: &Found,
        end: usize,
        known: &[(DocAddress, f32)],
        ranked: &mut Vec<(DocAddress, f32)>,
    ) -> tantivy::Result<()> {
        let query = self.compiler(found.mode).node(root);
        let top = self.top(end + known.len());
        let others = self.engine.search(&query, &top)?;
        let least = ranked.last().map_or(0.0, |(_, score)| *score);
        for address in others {
            if known.binary_search_by_key(&address, |k| k.0).is_err() {
                ranked.push((address, least.min(0.0)));
            }
        }
        Ok(())
    }

    /// Where the entry with an id is.
    pub(super) fn find(&self, id: &str) -> tantivy::Result<Option<DocAddress>> {
        let term = tantivy::Term::from_field_text(self.index.fields.id, id);
        let query = tantivy::query::TermQuery::new(
            term,
            tantivy::schema::IndexRecordOption::Basic,
        );
        Ok(self.engine.search(&query, &self.top(1))?.into_iter().next())
    }

    /// The entry at a place.
    pub(super) fn stored(&self, address: DocAddress) -> tantivy::Result<Entry> {
        let document: TantivyDocument = self.engine.doc(address)?;
        let value = document.get_first(self.index.fields.entry);
        let Some(OwnedValue::Bytes(json)) = value.map(OwnedValue::from) else {
            return Err(TantivyError::InternalError("no entry".to_owned()));
        };
        serde_json::from_slice(&json)
            .map_err(|e| TantivyError::InternalError(e.to_string()))
    }
}

/// What may be asked.
pub(super) fn check(options: &SearchOptions) -> Result<()> {
    if options.offset.saturating_add(options.limit) > MOST_HITS {
        return Err(Error::Usage(format!(
            "only the first {MOST_HITS} hits can be paged through; narrow the query, or sort by date"
        )));
    }
    Ok(())
}

/// An entry as a hit.
pub(super) fn hit(
    entry: Entry,
    score: f32,
    snippets: Vec<super::Snippet>,
) -> Hit {
    Hit {
        id: entry.id,
        score,
        source: HitSource { path: entry.path, url: entry.url },
        kind: entry.kind,
        title: entry.title,
        issuer: entry.issuer,
        province: entry.province,
        type_name: entry.type_name,
        symbol: entry.symbol,
        issued: entry.issued,
        campaign: entry.campaign,
        snippets,
    }
}
