//! What a run did, and where its time went.

use super::Outcome;
use crate::record::{Kind, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A stage of the work on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding and reading units.
    Read,
    /// Bytes to text.
    Decode,
    /// Normalizing the text.
    Normalize,
    /// Text to record.
    Extract,
    /// Record to output bytes.
    Render,
    /// Handing the output on.
    Write,
}

impl Stage {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Decode,
        Self::Normalize,
        Self::Extract,
        Self::Render,
        Self::Write,
    ];

    /// Its name, in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Decode => "decode",
            Self::Normalize => "normalize",
            Self::Extract => "extract",
            Self::Render => "render",
            Self::Write => "write",
        }
    }
}

/// Time spent by stage, summed over the threads.
#[derive(Debug, Clone, Default)]
pub(super) struct Times([Duration; 6]);

impl Times {
    pub(super) fn add(&mut self, other: &Self) {
        for (sum, part) in self.0.iter_mut().zip(other.0) {
            *sum += part;
        }
    }
}

/// Books the times of one thread. To read a clock costs something beside a
/// short document, so it is read once between two stages.
pub(super) struct Watch {
    times: Times,
    read: Instant,
}

impl Watch {
    pub(super) fn start() -> Self {
        Self { times: Times::default(), read: Instant::now() }
    }

    /// Books the time since the last reading.
    pub(super) fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.0[stage as usize] += now - self.read;
        self.read = now;
    }

    /// Books the time since the last reading nowhere.
    pub(super) fn skip(&mut self) {
        self.read = Instant::now();
    }

    /// When it was read last.
    pub(super) fn read(&self) -> Instant {
        self.read
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }
}

/// Counts and times of a run, up to the outcome last handed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Stats {
    /// Documents that gave a record.
    pub records: u64,
    /// Of these, announcements.
    pub announcements: u64,
    /// Documents that gave a failure.
    pub failures: u64,
    /// Documents that were taken over from an earlier run; they are counted
    /// among the records and failures too.
    #[serde(default)]
    pub reused: u64,
    /// Bytes of input, as the archive holds them; those of a part that an
    /// interrupted run had done are read, and counted, again.
    #[serde(skip)]
    pub bytes: u64,
    /// Records by the encoding they were read in.
    pub encodings: BTreeMap<String, u64>,
    /// Notes of all records.
    pub notes: u64,
    /// Time from start to end; set when the run is over.
    #[serde(skip)]
    pub elapsed: Duration,
    #[serde(skip)]
    pub(super) times: Times,
}

impl Stats {
    /// Records and failures.
    pub fn documents(&self) -> u64 {
        self.records + self.failures
    }

    /// Time spent in a stage, summed over the threads; set when the run is
    /// over.
    pub fn time(&self, stage: Stage) -> Duration {
        self.times.0[stage as usize]
    }

    pub(super) fn count(&mut self, mark: &Mark) {
        self.reused += u64::from(mark.reused);
        match &mark.what {
            What::Nothing => {}
            What::Failure => self.failures += 1,
            What::Record { kind, encoding, notes } => {
                self.records += 1;
                self.announcements += u64::from(*kind == Kind::Announcement);
                self.notes += *notes;
                if let Some(n) = self.encodings.get_mut(encoding) {
                    *n += 1;
                } else {
                    self.encodings.insert(encoding.clone(), 1);
                }
            }
        }
    }
}

/// What the counts need of an outcome, after it is rendered and gone.
pub struct Mark {
    what: What,
    reused: bool,
}

enum What {
    Nothing,
    Failure,
    Record { kind: Kind, encoding: String, notes: u64 },
}

impl Mark {
    /// Of a document that is not counted, as it was before or is not wanted.
    pub fn nothing() -> Self {
        Self { what: What::Nothing, reused: false }
    }

    /// Of a failure that is taken over from an earlier run.
    pub fn old_failure() -> Self {
        Self { what: What::Failure, reused: true }
    }

    /// Of a record that is taken over from an earlier run.
    pub fn old_record(record: &Record) -> Self {
        Self { what: What::of(record), reused: true }
    }

    pub(super) fn of(outcome: &Outcome) -> Self {
        let what = match outcome {
            Outcome::Failure(_) => What::Failure,
            Outcome::Record(document) => What::of(&document.record),
        };
        Self { what, reused: false }
    }
}

impl What {
    fn of(record: &Record) -> Self {
        Self::Record {
            kind: record.kind,
            encoding: record.source.encoding.clone(),
            notes: record.notes.len() as u64,
        }
    }
}
