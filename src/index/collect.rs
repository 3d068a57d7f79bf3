//! What is gathered while the engine walks over all that matches: the count,
//! the facets, the best by score or by date.

use super::answer::{Bucket, Facets};
use super::orders::Orders;
use super::schema::column;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// The best of what was pushed, by a key; the least key is the best.
struct Best<K> {
    most: usize,
    kept: Vec<(K, DocId)>,
    /// The worst that is kept, once there are enough.
    limit: Option<K>,
}

impl<K: Ord + Copy> Best<K> {
    fn new(most: usize) -> Self {
        Self { most, kept: Vec::with_capacity(most * 2), limit: None }
    }

    #[inline]
    fn push(&mut self, key: K, doc: DocId) {
        if self.most == 0 || self.limit.is_some_and(|limit| key >= limit) {
            return;
        }
        self.kept.push((key, doc));
        if self.kept.len() == self.most * 2 {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.most {
            self.kept.select_nth_unstable(self.most - 1);
            self.kept.truncate(self.most);
        }
        if self.kept.len() == self.most {
            self.limit = self.kept.iter().map(|(key, _)| *key).max();
        }
    }

    fn finish(mut self, segment: u32) -> Vec<(K, DocAddress)> {
        self.cut();
        let address = |doc| DocAddress::new(segment, doc);
        self.kept.into_iter().map(|(key, doc)| (key, address(doc))).collect()
    }
}

/// The best of all segments, in order.
fn merged<K: Ord + Copy>(
    parts: impl Iterator<Item = Vec<(K, DocAddress)>>,
    most: usize,
) -> Vec<DocAddress> {
    let mut all: Vec<_> = parts.flatten().collect();
    all.sort_unstable();
    all.into_iter().take(most).map(|(_, address)| address).collect()
}

/// A score that sorts: the greatest first, in steps that hide in which order
/// the parts of a score were added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(Reverse<u32>);

impl Rank {
    #[inline]
    fn of(score: Score) -> Self {
        Self(Reverse((score.max(0.0) * 1024.0) as u32))
    }
}

/// The best by score, then by id.
pub(super) struct Top {
    /// How many.
    pub(super) most: usize,
    pub(super) orders: Arc<Orders>,
}

/// [`Top`] in one segment.
pub(super) struct SegmentTop {
    segment: u32,
    best: Best<(Rank, u64)>,
    floor: Rank,
    order: Column<u64>,
}

impl Collector for Top {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentTop;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTop> {
        Ok(SegmentTop {
            segment,
            best: Best::new(self.most),
            floor: Rank(Reverse(0)),
            order: self.orders.of(segment, reader)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(
        &self,
        fruits: Vec<Vec<((Rank, u64), DocAddress)>>,
    ) -> tantivy::Result<Vec<DocAddress>> {
        Ok(merged(fruits.into_iter(), self.most))
    }
}

impl SegmentCollector for SegmentTop {
    type Fruit = Vec<((Rank, u64), DocAddress)>;

    #[inline]
    fn collect(&mut self, doc: DocId, score: Score) {
        let rank = Rank::of(score);
        if rank > self.floor {
            return;
        }
        let order = self.order.first(doc).unwrap_or(u64::MAX);
        self.best.push((rank, order), doc);
        if let Some((rank, _)) = self.best.limit {
            self.floor = rank;
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.best.finish(self.segment)
    }
}

/// Which documents are the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// The oldest.
    Oldest,
    /// The newest.
    Newest,
    /// Those with the least id.
    Id,
}

/// The count, the facets, and the first documents without regard to scores.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Values of each facet; 0 for no facets.
    pub(super) facets: usize,
    pub(super) first: First,
    /// How many of the first.
    pub(super) most: usize,
    /// Up to so many documents, all are told.
    pub(super) few: usize,
    pub(super) orders: Arc<Orders>,
}

/// What [`Tally`] gives.
pub(super) struct Tallied {
    pub(super) total: u64,
    pub(super) facets: Option<Facets>,
    pub(super) first: Vec<DocAddress>,
    /// All, by place, if they are few.
    pub(super) few: Option<Vec<DocAddress>>,
}

/// Counts of one facet in one segment.
struct Counts {
    column: Option<StrColumn>,
    counts: Vec<u32>,
    many: bool,
}

impl Counts {
    fn new(reader: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        let column = reader.fast_fields().str(name)?;
        let terms = column.as_ref().map_or(0, |c| c.num_terms());
        Ok(Self { column, counts: vec![0; terms], many: name == column::THEME })
    }

    #[inline]
    fn count(&mut self, docs: &[DocId]) {
        let Some(column) = &self.column else { return };
        let ords = column.ords();
        for doc in docs {
            if self.many {
                for ord in ords.values_for_doc(*doc) {
                    self.counts[ord as usize] += 1;
                }
            } else if let Some(ord) = ords.first(*doc) {
                self.counts[ord as usize] += 1;
            }
        }
    }

    /// The values that occur. Terms are read in their order.
    fn values(self) -> Vec<(String, u64)> {
        let Some(column) = self.column else { return Vec::new() };
        let found = self.counts.iter().enumerate();
        let found: Vec<(u64, u64)> = found
            .filter(|(_, count)| **count > 0)
            .map(|(ord, count)| (ord as u64, u64::from(*count)))
            .collect();
        let mut out: Vec<(String, u64)> = Vec::with_capacity(found.len());
        let ords: Vec<u64> = found.iter().map(|(ord, _)| *ord).collect();
        let read = column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            let count = found.get(out.len()).map_or(0, |(_, count)| *count);
            out.push((String::from_utf8_lossy(term).into_owned(), count));
        });
        read.map(|_| out).unwrap_or_default()
    }
}

/// Columns of facets, in the order of [`Facets::named`] without the year.
const FACETS: [&str; 5] = [
    column::PROVINCE,
    column::ISSUER,
    column::TYPE,
    column::THEME,
    column::CAMPAIGN,
];

/// Latest year that is counted.
const LATEST: usize = 2999;

/// [`Tally`] in one segment.
pub(super) struct SegmentTally {
    segment: u32,
    total: u64,
    counts: Vec<Counts>,
    /// Counts of the years up to [`LATEST`].
    years: Vec<u64>,
    year: Option<Column<i64>>,
    /// What the first are chosen by, if any are.
    from: Option<Column<i64>>,
    order: Option<Column<u64>>,
    first: First,
    best: Best<(i64, u64)>,
    /// All, up to one more than are few.
    few: Vec<DocId>,
    most_few: usize,
}

/// What a segment gives.
pub(super) struct SegmentTallied {
    total: u64,
    values: Vec<Vec<(String, u64)>>,
    years: BTreeMap<i64, u64>,
    first: Vec<((i64, u64), DocAddress)>,
    few: Vec<DocAddress>,
}

impl Collector for Tally {
    type Fruit = Tallied;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let columns = reader.fast_fields();
        let counts = match self.facets {
            0 => Vec::new(),
            _ => FACETS
                .iter()
                .map(|name| Counts::new(reader, name))
                .collect::<tantivy::Result<_>>()?,
        };
        let year = match self.facets {
            0 => None,
            _ => Some(columns.i64(column::YEAR)?),
        };
        let by_date = self.most > 0 && self.first != First::Id;
        let order = || self.orders.of(segment, reader);
        Ok(SegmentTally {
            segment,
            total: 0,
            counts,
            years: vec![0; if self.facets > 0 { LATEST + 1 } else { 0 }],
            year,
            from: by_date.then(|| columns.i64(column::FROM)).transpose()?,
            order: (self.most > 0).then(order).transpose()?,
            first: self.first,
            best: Best::new(self.most),
            few: Vec::new(),
            most_few: self.few,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        fruits: Vec<SegmentTallied>,
    ) -> tantivy::Result<Tallied> {
        let total: u64 = fruits.iter().map(|fruit| fruit.total).sum();
        let few = (total <= self.few as u64).then(|| {
            let mut all: Vec<_> =
                fruits.iter().flat_map(|fruit| &fruit.few).copied().collect();
            all.sort_unstable();
            all
        });
        let facets = (self.facets > 0).then(|| facets(&fruits, self.facets));
        let parts = fruits.into_iter().map(|fruit| fruit.first);
        let first = merged(parts, self.most);
        Ok(Tallied { total, facets, first, few })
    }
}

impl SegmentTally {
    #[inline]
    fn key(&self, doc: DocId) -> (i64, u64) {
        let date = || self.from.as_ref()?.first(doc);
        let date = match self.first {
            First::Id => 0,
            First::Oldest => date().unwrap_or(i64::MAX),
            First::Newest => date().map_or(i64::MAX, |date| -date),
        };
        let order = self.order.as_ref().and_then(|order| order.first(doc));
        (date, order.unwrap_or(u64::MAX))
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = SegmentTallied;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.total += docs.len() as u64;
        if self.total <= self.most_few as u64 {
            self.few.extend_from_slice(docs);
        }
        for counts in &mut self.counts {
            counts.count(docs);
        }
        if let Some(year) = &self.year {
            for doc in docs {
                let year =
                    year.first(*doc).and_then(|y| usize::try_from(y).ok());
                if let Some(count) = year.and_then(|y| self.years.get_mut(y)) {
                    *count += 1;
                }
            }
        }
        if self.best.most > 0 {
            for doc in docs {
                let key = self.key(*doc);
                self.best.push(key, *doc);
            }
        }
    }

    fn harvest(self) -> SegmentTallied {
        SegmentTallied {
            total: self.total,
            values: self.counts.into_iter().map(Counts::values).collect(),
            years: (0_i64..)
                .zip(self.years)
                .filter(|(_, count)| *count > 0)
                .collect(),
            first: self.best.finish(self.segment),
            few: (self.few.into_iter())
                .map(|doc| DocAddress::new(self.segment, doc))
                .collect(),
        }
    }
}

fn facets(parts: &[SegmentTallied], most: usize) -> Facets {
    let of = |i: usize| {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for (value, count) in parts.iter().flat_map(|part| &part.values[i]) {
            *sums.entry(value).or_default() += count;
        }
        let mut sums: Vec<(&str, u64)> = sums.into_iter().collect();
        sums.sort_by(|a, b| by_count(*a, *b));
        sums.into_iter().take(most).map(bucket).collect()
    };
    let mut years: BTreeMap<i64, u64> = BTreeMap::new();
    for (year, count) in parts.iter().flat_map(|part| &part.years) {
        *years.entry(*year).or_default() += count;
    }
    Facets {
        province: of(0),
        issuer: of(1),
        type_name: of(2),
        theme: of(3),
        campaign: of(4),
        year: years
            .into_iter()
            .rev()
            .take(most)
            .map(|(year, count)| Bucket { value: year.to_string(), count })
            .collect(),
    }
}

fn by_count(a: (&str, u64), b: (&str, u64)) -> Ordering {
    b.1.cmp(&a.1).then(a.0.cmp(b.0))
}

fn bucket((value, count): (&str, u64)) -> Bucket {
    Bucket { value: value.to_owned(), count }
}
