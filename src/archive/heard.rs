//! What is heard of the archives while they are read and belongs to no single
//! document: columns that nobody has, records that are no documents.

use super::ReadOptions;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Kinds of passed-over records that are told apart; the rest is summed.
const KINDS: usize = 200;
/// Of these, how many are named.
const NAMED: usize = 8;

/// What is heard of the archives of a run. Sums alone, so that the order in
/// which documents are read makes no difference.
#[derive(Debug, Default)]
pub struct Heard {
    /// Records with columns.
    objects: AtomicU64,
    /// Of these, how many have the asked column.
    asked: [AtomicU64; 4],
    passed_over: Mutex<BTreeMap<String, u64>>,
}

/// A column that can be asked for by name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    Text,
    Title,
    Date,
    Url,
}

impl Heard {
    pub(super) fn object(&self) {
        self.objects.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn has(&self, asked: Asked) {
        self.asked[asked as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// A record that is no document was passed over.
    pub(super) fn passed_over(&self, what: &str) {
        let mut kinds =
            self.passed_over.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = kinds.get_mut(what) {
            *count += 1;
            return;
        }
        let what = if kinds.len() < KINDS { what } else { "others" };
        let what: String = what.chars().take(60).collect();
        *kinds.entry(what).or_default() += 1;
    }

    /// What a person should know when the run is over, in plain sentences.
    pub fn remarks(&self, options: &ReadOptions) -> Vec<String> {
        let mut remarks = self.unknown_columns(options);
        remarks.extend(self.summary());
        remarks
    }

    fn unknown_columns(&self, options: &ReadOptions) -> Vec<String> {
        let objects = self.objects.load(Ordering::Relaxed);
        let asked = [
            (Asked::Text, "text", &options.text_field),
            (Asked::Title, "title", &options.title_field),
            (Asked::Date, "date", &options.date_field),
            (Asked::Url, "url", &options.url_field),
        ];
        let missing = asked.iter().filter_map(|(asked, option, name)| {
            let name = name.as_deref()?;
            let seen = self.asked[*asked as usize].load(Ordering::Relaxed);
            (seen == 0).then(|| match objects {
                0 => format!(
                    "--{option}-field `{name}` had no effect: nothing that \
                     was read has fields"
                ),
                n => format!(
                    "no record has the field `{name}` that --{option}-field \
                     names ({n} with fields were read)"
                ),
            })
        });
        missing.collect()
    }

    fn summary(&self) -> Option<String> {
        let kinds =
            self.passed_over.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kinds: Vec<(&String, u64)> =
            kinds.iter().map(|(kind, count)| (kind, *count)).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let total: u64 = kinds.iter().map(|(_, count)| count).sum();
        let mut named: Vec<String> = kinds
            .iter()
            .take(NAMED)
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        if kinds.len() > NAMED {
            named.push("…".to_owned());
        }
        (total > 0).then(|| {
            format!(
                "passed over {total} that are no documents: {}",
                named.join(", ")
            )
        })
    }
}
