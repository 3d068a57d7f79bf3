//! The order of the few hundred best: how rare the words are, whether they
//! stand side by side, in the headline or far down, and with their marks.
//!
//! The engine's own score, by which those were chosen, knows only how often
//! words occur. Here their places are read, of the candidates alone.

use super::query::DocNumber;
use super::schema::Fields;
use super::units::{Unit, Wanted};
use crate::text;
use std::collections::BTreeMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, Term};

/// How soon more of a word counts no more, and how much the length of a
/// document matters.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.4;

/// Weights of the whole text and of headline, campaign, issuer and type.
const ALL: f32 = 1.0;
const HEADS: f32 = 2.0;

/// What words side by side are worth, beside what they are worth alone; and
/// words near each other.
const BESIDE: f32 = 1.5;
const NEAR: f32 = 0.3;

/// Words between two that are near.
const REACH: u32 = 4;

/// What it is worth that all the words stand in one row.
const ROW: f32 = 1.0;

/// What marks are worth where they may be missing: more than all else.
const MARKS: f32 = 100.0;

/// What the number of the document itself is worth, and a citation.
const OWN: f32 = 200.0;
const CITED: f32 = 20.0;

/// The same where the words may mean what they say.
const MAYBE: f32 = 0.1;

/// Most places of one word in one document that are looked at.
const PLACES: usize = 4_000;

/// Scores candidates.
pub(super) struct Ranker<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    wanted: &'a Wanted,
    /// Marks must be there anyway.
    strict: bool,
    /// How rare each unit is, in the order of [`Wanted::units`].
    rarity: Vec<f32>,
    /// For each unit that was typed without marks beside one with marks, the
    /// terms that are it with marks.
    marked: Vec<Vec<String>>,
    /// Mean words of a document, of all and of heads.
    mean: [f32; 2],
}

impl<'a> Ranker<'a> {
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        wanted: &'a Wanted,
        strict: bool,
    ) -> tantivy::Result<Self> {
        let documents: u64 = searcher
            .segment_readers()
            .iter()
            .map(|segment| u64::from(segment.max_doc()))
            .sum();
        let mut rarity = Vec::new();
        for unit in wanted.units() {
            let mut found = 0;
            for term in unit.terms(true) {
                found += searcher
                    .doc_freq(&Term::from_field_text(fields.all, term))?;
            }
            let found = found.min(documents) as f32;
            let others = documents as f32 - found;
            rarity.push((1.0 + (others + 0.5) / (found + 0.5)).ln());
        }
        let mut mean = [1.0; 2];
        for (mean, field) in mean.iter_mut().zip([fields.all, fields.heads]) {
            let mut words = 0;
            for segment in searcher.segment_readers() {
                words += segment.inverted_index(field)?.total_num_tokens();
            }
            *mean = (words as f32 / documents.max(1) as f32).max(1.0);
        }
        let marked = wanted.runs.iter().flat_map(|run| marked(run)).collect();
        Ok(Self { searcher, fields, wanted, strict, rarity, marked, mean })
    }

    /// Each candidate with its score, by place.
    pub(super) fn scores(
        &self,
        candidates: &[DocAddress],
    ) -> tantivy::Result<Vec<(DocAddress, f32)>> {
        let mut by_segment: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
        for candidate in candidates {
            let docs = by_segment.entry(candidate.segment_ord).or_default();
            docs.push(candidate.doc_id);
        }
        let mut out = Vec::with_capacity(candidates.len());
        for (ord, mut docs) in by_segment {
            docs.sort_unstable();
            docs.dedup();
            let segment = self.searcher.segment_reader(ord);
            let mut readers = Readers::open(self, segment)?;
            for doc in docs {
                let score = self.score(&mut readers, doc);
                // In steps, so that the order of additions never shows.
                let score = (score * 1e4).round() / 1e4;
                out.push((DocAddress::new(ord, doc), score));
            }
        }
        Ok(out)
    }

    fn score(&self, readers: &mut Readers, doc: DocId) -> f32 {
        let mut score = 0.0;
        let (mut marked, mut rare) = (0.0, 0.0);
        for (field, weight) in [(0, ALL), (1, HEADS)] {
            let seen = readers.read(field, doc);
            let length = readers.length(field, doc) / self.mean[field];
            let norm = SATURATION * (1.0 - LENGTH + LENGTH * length);
            let mut at = 0;
            for run in &self.wanted.runs {
                let here = &seen[at..at + run.len()];
                let rarity = &self.rarity[at..at + run.len()];
                at += run.len();
                for (seen, rarity) in here.iter().zip(rarity) {
                    let times = seen.places.len() as f32;
                    let worth = rarity * times * (SATURATION + 1.0);
                    score += weight * worth / (times + norm);
                    if field == 0 {
                        rare += rarity;
                        marked += if seen.exact { *rarity } else { 0.0 };
                    }
                }
                score += weight * side_by_side(run, here, rarity);
                if here.iter().any(|seen| seen.bare.is_some()) {
                    let spelled: Vec<Seen> =
                        here.iter().map(Seen::as_spelled).collect();
                    score += weight * side_by_side(run, &spelled, rarity);
                }
            }
        }
        if !self.strict && rare > 0.0 {
            score += MARKS * marked / rare;
        }
        let numbers = self.wanted.numbers.iter();
        score
            + numbers
                .zip(&mut readers.numbers)
                .map(|(number, (own, cited))| {
                    let sure = if number.coded { 1.0 } else { MAYBE };
                    match (holds(own, doc), holds(cited, doc)) {
                        (true, _) => OWN * sure,
                        (false, true) => CITED * sure,
                        (false, false) => 0.0,
                    }
                })
                .sum::<f32>()
    }
}

/// Of each unit that was typed without marks beside one with marks, the terms
/// that are it with marks: `nam học` may mean just what it says.
fn marked(run: &[Unit]) -> Vec<Vec<String>> {
    let mixed = run.iter().any(Unit::is_marked);
    let forms = |unit: &Unit| match &unit.word {
        Some(_) if mixed && !unit.is_marked() => {
            unit.folded.iter().flat_map(|t| text::marked_forms(t)).collect()
        }
        _ => Vec::new(),
    };
    run.iter().map(forms).collect()
}

/// What it is worth that words which were typed side by side stand so.
fn side_by_side(run: &[Unit], seen: &[Seen], rarity: &[f32]) -> f32 {
    let mut worth = 0.0;
    // Places where a row ends, with its words.
    let mut rows: Vec<(u32, usize)> = Vec::new();
    let mut longest = 0;
    for i in 0..run.len() {
        let mut next: Vec<(u32, usize)> = Vec::new();
        let mut near = false;
        for place in &seen[i].places {
            let before = run.get(i.wrapping_sub(1)).and_then(|unit| {
                let from = |length: &u32| place.checked_sub(*length);
                let mut starts = unit.lengths.iter().filter_map(from);
                starts.find_map(|start| {
                    let at = rows.binary_search_by_key(&start, |r| r.0).ok()?;
                    Some(rows[at].1)
                })
            });
            if i > 0 && before.is_none() && !near {
                let behind = rows.partition_point(|r| r.0 < *place);
                near = behind
                    .checked_sub(1)
                    .is_some_and(|b| place - rows[b].0 <= REACH);
            }
            next.push((*place, before.map_or(1, |words| words + 1)));
        }
        if i > 0 {
            let pair = 1.0 + f32::midpoint(rarity[i - 1], rarity[i]);
            let beside = next.iter().any(|(_, words)| *words > 1);
            worth += match (beside, near) {
                (true, _) => BESIDE * pair,
                (false, true) => NEAR * pair,
                (false, false) => 0.0,
            };
        }
        longest = next.iter().map(|(_, w)| *w).max().unwrap_or(0).max(longest);
        rows = next;
    }
    if run.len() > 2 && longest > 2 {
        let part = longest as f32 / run.len() as f32;
        let all: f32 = rarity.iter().map(|rarity| 1.0 + rarity).sum();
        worth += ROW * part * part * all;
    }
    worth
}

/// What is seen of a unit in one document.
#[derive(Default)]
struct Seen {
    places: Vec<u32>,
    exact: bool,
    /// Where it stands without marks, if it was typed so beside one with.
    bare: Option<Vec<u32>>,
}

impl Seen {
    /// Where it stands as it was typed.
    fn as_spelled(&self) -> Self {
        let places = self.bare.as_ref().unwrap_or(&self.places).clone();
        Self { places, exact: self.exact, bare: None }
    }
}

/// The terms of a unit in one field of a segment.
struct Unread {
    exact: Vec<SegmentPostings>,
    /// Without marks, where those may be missing.
    folded: Vec<SegmentPostings>,
    /// With marks, where it was typed without beside one with.
    marked: Option<Vec<SegmentPostings>>,
}

/// What is read of one segment.
struct Readers {
    fields: [Vec<Unread>; 2],
    norms: [Option<FieldNormReader>; 2],
    /// For each number, those that have it and those that cite it.
    numbers: Vec<(Option<SegmentPostings>, Option<SegmentPostings>)>,
}

impl Readers {
    fn open(ranker: &Ranker, segment: &SegmentReader) -> tantivy::Result<Self> {
        let f = ranker.fields;
        let places = IndexRecordOption::WithFreqsAndPositions;
        let open = |field: Field, terms: &[String]| {
            let index = segment.inverted_index(field)?;
            let mut out = Vec::new();
            for term in terms {
                let term = Term::from_field_text(field, term);
                out.extend(index.read_postings(&term, places)?);
            }
            Ok::<_, tantivy::TantivyError>(out)
        };
        let of = |field: Field| {
            let unread = |(unit, marked): (&Unit, &Vec<String>)| {
                let loose = !ranker.strict && unit.is_marked();
                Ok(Unread {
                    exact: open(field, unit.terms(true))?,
                    folded: match loose {
                        true => open(field, unit.terms(false))?,
                        false => Vec::new(),
                    },
                    // No list means that it has no marks here anywhere.
                    marked: match marked.is_empty() {
                        true => None,
                        false => Some(open(field, marked)?),
                    },
                })
            };
            let units = ranker.wanted.units().zip(&ranker.marked);
            units.map(unread).collect::<tantivy::Result<_>>()
        };
        let having = |field: Field,
                      number: &DocNumber|
         -> tantivy::Result<Option<SegmentPostings>> {
            let term = Term::from_field_text(field, &number.key);
            let index = segment.inverted_index(field)?;
            Ok(index.read_postings(&term, IndexRecordOption::Basic)?)
        };
        let mut numbers = Vec::new();
        for number in &ranker.wanted.numbers {
            numbers.push((having(f.symbol, number)?, having(f.cites, number)?));
        }
        let norms = [
            segment.get_fieldnorms_reader(f.all).ok(),
            segment.get_fieldnorms_reader(f.heads).ok(),
        ];
        Ok(Self { fields: [of(f.all)?, of(f.heads)?], norms, numbers })
    }

    fn length(&self, field: usize, doc: DocId) -> f32 {
        let norm = self.norms[field].as_ref();
        norm.map_or(1.0, |norm| norm.fieldnorm(doc) as f32)
    }

    /// Where the units stand in a document; documents only ascend.
    fn read(&mut self, field: usize, doc: DocId) -> Vec<Seen> {
        let units = self.fields[field].iter_mut();
        units
            .map(|unit| {
                let mut seen = Seen::default();
                places(&mut unit.exact, doc, &mut seen.places);
                seen.exact = !seen.places.is_empty();
                // Where the word stands with its marks, another that differs
                // by marks is no neighbour: `cứu hổ` is not `cứu hộ`.
                if !seen.exact {
                    places(&mut unit.folded, doc, &mut seen.places);
                }
                seen.places.truncate(PLACES);
                if let Some(lists) = &mut unit.marked {
                    let mut marked = Vec::new();
                    places(lists, doc, &mut marked);
                    let bare = seen.places.iter().copied();
                    let is_bare = |p: &u32| marked.binary_search(p).is_err();
                    seen.bare = Some(bare.filter(is_bare).collect());
                }
                seen
            })
            .collect()
    }
}

/// Whether a document is in a list; documents only ascend.
fn holds(list: &mut Option<SegmentPostings>, doc: DocId) -> bool {
    list.as_mut().is_some_and(|list| reach(list, doc))
}

fn reach(list: &mut SegmentPostings, doc: DocId) -> bool {
    if list.doc() < doc {
        list.seek(doc);
    }
    list.doc() == doc
}

fn places(lists: &mut [SegmentPostings], doc: DocId, out: &mut Vec<u32>) {
    let before = out.len();
    let mut lists_read = 0;
    for list in lists {
        if reach(list, doc) {
            list.append_positions_with_offset(0, out);
            lists_read += 1;
        }
    }
    if before > 0 || lists_read > 1 {
        out.sort_unstable();
        out.dedup();
    }
}
