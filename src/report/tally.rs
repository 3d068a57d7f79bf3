//! What a report counts, document by document, in bounded space.

use crate::record::{Kind, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// The fields whose coverage is counted, in the order of the record.
pub const FIELDS: [&str; 14] = [
    "title",
    "byline",
    "published",
    "issuer",
    "issuer place",
    "document",
    "symbol",
    "issued",
    "campaign",
    "slogans",
    "contents",
    "dates",
    "references",
    "signer",
];

/// Sources, years or reasons that are told apart; the others are one.
const NAMES: usize = 500;
/// What the others are called.
const OTHERS: &str = "(others)";
/// Slowest documents that are named.
const SLOWEST: usize = 20;
/// What stands for an unknown year or source.
const UNKNOWN: &str = "–";

/// What a report needs of one record.
#[derive(Debug, Clone)]
pub struct Facts {
    source: String,
    year: String,
    fields: u16,
    announcement: bool,
}

impl Facts {
    /// Of a record.
    pub fn of(record: &Record) -> Self {
        let issuer = record.issuer.as_ref();
        let document = record.document.as_ref();
        let there = [
            record.title.is_some(),
            record.byline.is_some(),
            record.published.is_some(),
            issuer.is_some(),
            issuer.is_some_and(|issuer| issuer.place.is_some()),
            document.is_some(),
            document.is_some_and(|document| document.symbol.is_some()),
            record.issued.is_some(),
            record.campaign.is_some(),
            !record.slogans.is_empty(),
            record.contents.is_some(),
            !record.dates.is_empty(),
            !record.references.is_empty(),
            record.signer.is_some(),
        ];
        let bits = there.iter().enumerate().map(|(i, is)| u16::from(*is) << i);
        Self {
            source: source(record.source.url.as_deref(), &record.source.path),
            year: year(record),
            fields: bits.sum(),
            announcement: record.kind == Kind::Announcement,
        }
    }
}

/// The host of an address, or else the folder of a path.
fn source(url: Option<&str>, path: &str) -> String {
    let host = url.and_then(|url| {
        let (_, behind) = url.split_once("://")?;
        let host = behind.split(['/', '?', '#']).next()?;
        let host = host.rsplit('@').next()?.split(':').next()?;
        let host = host.trim_start_matches("www.").to_lowercase();
        (!host.is_empty()).then_some(host)
    });
    host.unwrap_or_else(|| match path.rsplit_once(['/', '\\']) {
        Some((folder, _)) if !folder.is_empty() => folder.to_owned(),
        _ => UNKNOWN.to_owned(),
    })
}

/// The year of the article, or else of its act.
fn year(record: &Record) -> String {
    let value = record.published.as_ref().or(record.issued.as_ref());
    value
        .and_then(|date| date.value.get(..4))
        .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(UNKNOWN)
        .to_owned()
}

/// Counts of one source or year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// Records.
    pub records: u64,
    /// Of these, announcements.
    pub announcements: u64,
    /// Documents in error.
    #[serde(default)]
    pub failures: u64,
    /// Records that have each of [`FIELDS`].
    pub fields: Vec<u64>,
}

impl Count {
    fn add(&mut self, facts: &Facts) {
        self.records += 1;
        self.announcements += u64::from(facts.announcement);
        self.fields.resize(FIELDS.len(), 0);
        for (i, count) in self.fields.iter_mut().enumerate() {
            *count += u64::from(facts.fields >> i & 1);
        }
    }
}

/// A document that took long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slow {
    /// Its path as given.
    pub path: String,
    /// Its index inside a container.
    pub record: Option<u64>,
    /// What it took.
    pub milliseconds: f64,
    /// Its bytes.
    pub bytes: u64,
}

/// The counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// All records.
    pub all: Count,
    /// By host or folder.
    pub sources: BTreeMap<String, Count>,
    /// By year of publication.
    pub years: BTreeMap<String, Count>,
    /// Errors by reason.
    pub reasons: BTreeMap<String, u64>,
    /// The slowest documents, slowest first.
    pub slowest: Vec<Slow>,
}

/// The count of a name; a new name beyond [`NAMES`] is one of the others.
fn entry<'m, T: Default>(
    map: &'m mut BTreeMap<String, T>,
    name: &str,
) -> &'m mut T {
    let known = map.contains_key(name) || map.len() < NAMES;
    map.entry(if known { name } else { OTHERS }.to_owned()).or_default()
}

impl Tally {
    /// Counts a record.
    pub fn record(&mut self, facts: &Facts) {
        self.all.add(facts);
        entry(&mut self.sources, &facts.source).add(facts);
        entry(&mut self.years, &facts.year).add(facts);
    }

    /// Counts a document in error.
    pub fn failure(&mut self, path: &str, reason: &str) {
        self.all.failures += 1;
        entry(&mut self.sources, &source(None, path)).failures += 1;
        *entry(&mut self.reasons, &class(reason)) += 1;
    }

    /// Notes what a document took, if it is among the slowest.
    pub fn time(
        &mut self,
        path: &str,
        record: Option<u64>,
        time: Duration,
        bytes: u64,
    ) {
        let milliseconds = time.as_secs_f64() * 1e3;
        let least = self.slowest.last().map_or(0.0, |slow| slow.milliseconds);
        if self.slowest.len() >= SLOWEST && milliseconds <= least {
            return;
        }
        let at = self
            .slowest
            .partition_point(|slow| slow.milliseconds >= milliseconds);
        let path = path.to_owned();
        self.slowest.insert(at, Slow { path, record, milliseconds, bytes });
        self.slowest.truncate(SLOWEST);
    }
}

/// A reason without what is particular to one document: numbers and quoted
/// words.
fn class(reason: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in reason.chars().take(300) {
        match c {
            '`' => {
                quoted = !quoted;
                out.push_str(if quoted { "`…" } else { "`" });
            }
            _ if quoted => {}
            '0'..='9' => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(source: &str) -> Facts {
        Facts {
            source: source.into(),
            year: "2021".into(),
            fields: 0b101,
            announcement: true,
        }
    }

    #[test]
    fn a_source_is_a_host_or_a_folder() {
        let of = |url| source(Some(url), "tin/a.html");
        assert_eq!(of("https://www.BaoHaNam.com.vn/tin?x"), "baohanam.com.vn");
        assert_eq!(of("http://u:p@a.vn:8080/"), "a.vn");
        assert_eq!(of("không"), "tin");
        assert_eq!(source(None, "a.html"), UNKNOWN);
    }

    #[test]
    fn reasons_are_one_though_numbers_differ() {
        assert_eq!(
            class("no words in a field `x`; line 12, column 345"),
            "no words in a field `…`; line #, column #"
        );
    }

    #[test]
    fn names_are_bounded_and_nothing_is_lost() {
        let mut tally = Tally::default();
        for n in 0..2_000 {
            tally.record(&facts(&format!("{n}.vn")));
        }
        assert_eq!(tally.sources.len(), NAMES + 1);
        assert_eq!(tally.sources[OTHERS].records, 1_500);
        assert_eq!(tally.all.records, 2_000);
        assert_eq!(tally.all.fields[..3], [2_000, 0, 2_000]);
    }

    #[test]
    fn the_slowest_are_kept_in_order() {
        let mut tally = Tally::default();
        for n in [3, 90, 5, 70].into_iter().chain(10..60) {
            tally.time("a", Some(n), Duration::from_millis(n), 1);
        }
        let times: Vec<f64> =
            tally.slowest.iter().map(|slow| slow.milliseconds).collect();
        assert_eq!(times.len(), SLOWEST);
        assert_eq!(times[..3], [90.0, 70.0, 59.0]);
    }
}
