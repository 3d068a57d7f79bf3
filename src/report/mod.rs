//! What a run found, for the person who answers for it: counts, coverage of
//! each field by source and year, errors by reason, slowest documents, and
//! what has changed since an earlier report.
//!
//! The counts are taken while the run goes on ([`Tally`]); [`Report`] is what
//! is written, as JSON or as one self-contained page ([`page()`]).

mod drift;
mod page;
mod plots;
mod tally;

pub use drift::{Change, Drift};
pub use page::page;
pub use tally::{Count, FIELDS, Facts, Slow, Tally};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the report.
pub const SCHEMA: &str = "vanban.report/1";

/// The report of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The version of the rules.
    pub rules: String,
    /// What the run was asked, by name.
    pub asked: BTreeMap<String, String>,
    /// How much there was.
    pub totals: Totals,
    /// Names of the fields, in the order of every list of counts.
    pub fields: Vec<String>,
    /// Coverage and errors.
    pub tally: Tally,
    /// Records by encoding.
    pub encodings: BTreeMap<String, u64>,
    /// What has changed since an earlier report.
    pub drift: Option<Drift>,
}

/// How much a run read and wrote, and how fast.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Documents read, those in error included.
    pub documents: u64,
    /// Records written.
    pub written: u64,
    /// Documents that a condition or a sample left out.
    pub left_out: u64,
    /// Documents in error.
    pub failures: u64,
    /// Documents taken over from an earlier run.
    pub reused: u64,
    /// Notes of doubt in all records.
    pub notes: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Seconds that the run took, or its last part if it was resumed.
    pub seconds: f64,
    /// Threads.
    pub threads: u64,
}

impl Report {
    /// A report without a comparison.
    pub fn new(
        rules: &str,
        asked: BTreeMap<String, String>,
        totals: Totals,
        tally: Tally,
        encodings: BTreeMap<String, u64>,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            rules: rules.to_owned(),
            asked,
            totals,
            fields: FIELDS.map(str::to_owned).to_vec(),
            tally,
            encodings,
            drift: None,
        }
    }

    /// Adds what has changed since `earlier`.
    pub fn against(mut self, earlier: &Self, name: &str) -> Self {
        self.drift = Some(drift::between(earlier, &self, name));
        self
    }
}
