//! What has changed between two reports.
//!
//! Shares are compared with a test of two proportions. A change is given if
//! it is both large enough to matter ([`LEAST`]) and too large to be chance
//! ([`SURE`] standard errors).

use super::tally::Count;
use super::{FIELDS, Report};
use serde::{Deserialize, Serialize};

/// Smallest change of a share that is given.
pub const LEAST: f64 = 0.02;
/// Standard errors that a change must have.
pub const SURE: f64 = 3.0;
/// Changes that are given at most, the surest first.
const MOST: usize = 60;

/// The changes since an earlier report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The earlier report, as it was named.
    pub against: String,
    /// The rules of that report.
    pub rules: String,
    /// Changes of a share, the surest first.
    pub changes: Vec<Change>,
    /// Sources that were not there then.
    pub new_sources: Vec<String>,
    /// Sources that are not there now.
    pub gone_sources: Vec<String>,
    /// Reasons for errors that were not there then.
    pub new_reasons: Vec<String>,
}

/// A share that has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The source, or `null` for all together.
    pub source: Option<String>,
    /// The field, `announcement` or `error`.
    pub field: String,
    /// Share of the records then, from 0 to 1.
    pub then: f64,
    /// Share of the records now.
    pub now: f64,
    /// The change in standard errors.
    pub z: f64,
}

/// What has changed from `earlier` to `now`.
pub(super) fn between(earlier: &Report, now: &Report, name: &str) -> Drift {
    let mut changes = Vec::new();
    let (then, is) = (&earlier.tally, &now.tally);
    compare(None, earlier, &then.all, &is.all, &mut changes);
    for (source, count) in &is.sources {
        if let Some(old) = then.sources.get(source) {
            compare(Some(source), earlier, old, count, &mut changes);
        }
    }
    changes.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
    changes.truncate(MOST);
    Drift {
        against: name.to_owned(),
        rules: earlier.rules.clone(),
        changes,
        new_sources: missing(is.sources.keys(), |s| {
            then.sources.contains_key(s)
        }),
        gone_sources: missing(then.sources.keys(), |s| {
            is.sources.contains_key(s)
        }),
        new_reasons: missing(is.reasons.keys(), |s| {
            then.reasons.contains_key(s)
        }),
    }
}

fn missing<'n>(
    names: impl Iterator<Item = &'n String>,
    there: impl Fn(&str) -> bool,
) -> Vec<String> {
    names.filter(|name| !there(name)).cloned().collect()
}

fn compare(
    source: Option<&str>,
    earlier: &Report,
    then: &Count,
    now: &Count,
    changes: &mut Vec<Change>,
) {
    let documents = |count: &Count| count.records + count.failures;
    let mut pairs = vec![
        (
            "announcement",
            (then.announcements, then.records),
            (now.announcements, now.records),
        ),
        (
            "error",
            (then.failures, documents(then)),
            (now.failures, documents(now)),
        ),
    ];
    for (i, field) in FIELDS.iter().enumerate() {
        // An earlier version may have counted other fields.
        let Some(old) = earlier.fields.iter().position(|f| f == field) else {
            continue;
        };
        let old = then.fields.get(old).copied().unwrap_or(0);
        let new = now.fields.get(i).copied().unwrap_or(0);
        pairs.push((*field, (old, then.records), (new, now.records)));
    }
    for (field, old, new) in pairs {
        let Some((then, now, z)) = test(old, new) else { continue };
        if (now - then).abs() >= LEAST && z.abs() >= SURE {
            changes.push(Change {
                source: source.map(str::to_owned),
                field: field.to_owned(),
                then,
                now,
                z,
            });
        }
    }
}

/// Two shares and their difference in standard errors; `None` if there is
/// nothing to compare.
fn test(then: (u64, u64), now: (u64, u64)) -> Option<(f64, f64, f64)> {
    if then.1 == 0 || now.1 == 0 {
        return None;
    }
    let (a, n) = (then.0 as f64, then.1 as f64);
    let (b, m) = (now.0 as f64, now.1 as f64);
    let pooled = (a + b) / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    if error == 0.0 {
        return None;
    }
    Some((a / n, b / m, (b / m - a / n) / error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Tally, Totals};
    use std::collections::BTreeMap;

    fn report(records: u64, with_issuer: u64, source: &str) -> Report {
        let mut count = Count { records, ..Count::default() };
        count.fields = vec![0, 0, 0, with_issuer];
        let mut tally = Tally { all: count.clone(), ..Tally::default() };
        tally.sources.insert(source.into(), count);
        Report::new(
            "r",
            BTreeMap::new(),
            Totals::default(),
            tally,
            BTreeMap::new(),
        )
    }

    #[test]
    fn a_large_change_is_given_and_chance_is_not() {
        let old = report(1_000, 800, "a.vn");
        let same = report(1_000, 810, "a.vn").against(&old, "old");
        assert!(same.drift.expect("compared").changes.is_empty());
        let worse = report(1_000, 600, "a.vn").against(&old, "old");
        let changes = worse.drift.expect("compared").changes;
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert_eq!(changes[0].field, "issuer");
        assert!((changes[0].then, changes[0].now) == (0.8, 0.6));
        // (0.6 - 0.8) / sqrt(0.7 * 0.3 * 0.002)
        assert!((changes[0].z + 9.759).abs() < 0.001, "{}", changes[0].z);
        // Of few records it may be chance.
        let few = report(10, 6, "a.vn").against(&old, "old");
        assert!(few.drift.expect("compared").changes.is_empty());
    }

    #[test]
    fn sources_that_come_and_go_are_named() {
        let old = report(10, 5, "a.vn");
        let new = report(10, 5, "b.vn").against(&old, "old");
        let drift = new.drift.expect("compared");
        assert_eq!(drift.new_sources, ["b.vn"]);
        assert_eq!(drift.gone_sources, ["a.vn"]);
    }
}
