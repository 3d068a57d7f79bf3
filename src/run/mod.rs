//! A run that can be trusted: many outputs at once, in the order of the
//! input; nothing half-written under its name; an interrupted run goes on
//! where it was, and gives the bytes of one that was not interrupted.
//!
//! # How
//! Every output grows in a hidden folder beside its name ([`Target`]), with
//! the ledger in that of the first. Now and then a checkpoint makes the files
//! outlast a crash and notes their lengths and the number of documents done.
//! [`Mode::resume`] cuts the files back to these lengths, reads the input
//! from its start, compares each document that was done with what it was
//! then, and goes on behind the last. Only when all is written do the files
//! get their names.
//!
//! # Memory
//! Besides what [`pipeline`] needs: 256 KiB an output, 16 MiB of rows (and
//! three times that while they are packed) for each Parquet output with some
//! 15 KB a row group, what [`Reposting`] allows, the counts of at most 500 sources, years and reasons,
//! and with [`Mode::update`] some 10 MB.

mod engine;
mod filter;
mod ledger;
mod repost_pass;
mod retry;
mod reuse;
mod seen;
mod shelf;
mod target;
mod writer;

pub use filter::{Condition, Filter, Sample};
pub use ledger::Request;
pub use repost_pass::{Reposted, Reposting};
pub use retry::Retry;
pub use target::{Place, Target, shard, shards, workshop};

use crate::error::{Error, Result};
use crate::pipeline::{self, Failure, Input, Options, Stats};
use crate::report::Tally;
use engine::Engine;
use std::path::PathBuf;
use std::time::Duration;

/// The version of the rules: a fingerprint of the sources that decide what a
/// record holds.
pub const RULES: &str = env!("VANBAN_RULES");

/// What is to be done.
pub struct Job {
    /// What is read.
    pub inputs: Vec<Input>,
    /// How it is read.
    pub options: Options,
    /// Where the records go.
    pub outputs: Vec<Target>,
    /// Where the errors go, if to a file.
    pub errors: Option<Target>,
    /// Which documents are wanted.
    pub filter: Filter,
    /// What is done about reposts, if anything.
    pub reposts: Option<Reposting>,
    /// Records that are written at most.
    pub limit: Option<u64>,
    /// Bytes of a shard; `None` writes one file.
    pub shard_size: Option<u64>,
    /// Whether a table begins with a byte order mark.
    pub bom: bool,
    /// Whether somebody waits for each record.
    pub eager: bool,
    /// What is done with what is there already.
    pub mode: Mode,
    /// Time between two checkpoints.
    pub checkpoint: Duration,
    /// What decides the bytes of the output, as far as the fields above do
    /// not say it: compared when a run is resumed.
    pub asked: Request,
    /// Documents that alone are done.
    pub retry: Option<Retry>,
}

/// What is done with what an earlier run has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mode {
    /// Goes on with an interrupted run, if there is one.
    pub resume: bool,
    /// Throws away what an interrupted run has done.
    pub restart: bool,
    /// Takes over from the last whole run what has not changed, and keeps
    /// what the next needs for it.
    pub update: bool,
}

/// What happens while a run goes on.
pub enum Event<'e> {
    /// One more document is done.
    Document(&'e Stats),
    /// A document is in error, and there is no file for it.
    Failure(&'e Failure, &'e Stats),
    /// Something that a person should know.
    Note(&'e str),
}

/// What a run did.
pub struct Summary {
    /// What was counted.
    pub stats: Stats,
    /// What a report says.
    pub tally: Tally,
    /// Records written.
    pub written: u64,
    /// Documents that were left out by a condition or a sample, or as reposts.
    pub left_out: u64,
    /// What was found about reposts, if it was asked for.
    pub reposts: Option<Reposted>,
    /// What was asked.
    pub asked: Request,
}

/// Does a job. `Err` is a refusal or an output that cannot be written; what
/// was done until then can be resumed.
pub fn run(
    mut job: Job,
    on: &mut (dyn FnMut(Event) + Send),
) -> Result<Summary> {
    job.complete_request();
    if job.mode.update && job.reposts.is_some() {
        return Err(Job::refuse(
            "--update takes records over as they are, and with --reposts or --dedupe each depends on all before it; leave --update out",
        ));
    }
    let inputs = std::mem::take(&mut job.inputs);
    let options = std::mem::take(&mut job.options);
    let mut engine = match Engine::open(job, on)? {
        engine::Opened::Engine(engine) => engine,
        engine::Opened::Done(summary) => return Ok(*summary),
    };
    let (plan, sink) = engine.parts();
    let steps = pipeline::Steps {
        before: |ticket: &_| plan.before(ticket),
        render: |ticket: &_, outcome, time| plan.render(ticket, outcome, time),
        size: engine::Item::size,
    };
    let stats = sink.stats();
    let mut error = None;
    let stats =
        pipeline::run_with(inputs, &options, stats, &steps, |item, stats| {
            sink.take(item, stats, on).unwrap_or_else(|stop| {
                error = Some(stop);
                std::ops::ControlFlow::Break(())
            })
        });
    match error {
        Some(error) => {
            engine.abandon();
            Err(error)
        }
        None => engine.finish(stats),
    }
}

impl Job {
    /// Adds what the fields decide to what was asked.
    fn complete_request(&mut self) {
        let mut outputs: Vec<String> = self
            .outputs
            .iter()
            .map(|target| {
                format!("{} as {:?}", target.name().display(), target.format)
            })
            .collect();
        outputs.extend(
            self.errors
                .iter()
                .map(|target| format!("errors {}", target.name().display())),
        );
        let none = || "–".to_owned();
        let number =
            |value: Option<u64>| value.map_or_else(none, |v| v.to_string());
        let filter = &self.filter;
        self.asked.extend([
            ("rules".to_owned(), RULES.to_owned()),
            ("outputs".to_owned(), outputs.join(", ")),
            ("only".to_owned(), format!("{:?}", filter.kind)),
            ("where".to_owned(), format!("{:?}", filter.conditions)),
            ("sample".to_owned(), format!("{:?}", filter.sample)),
            (
                "reposts".to_owned(),
                self.reposts.as_ref().map_or_else(none, |r| r.to_string()),
            ),
            ("limit".to_owned(), number(self.limit)),
            ("shard size".to_owned(), number(self.shard_size)),
            ("byte order mark".to_owned(), self.bom.to_string()),
        ]);
    }

    /// The files that the outputs will be, if all are files.
    fn files(&self) -> Option<Vec<PathBuf>> {
        self.outputs
            .iter()
            .chain(&self.errors)
            .map(|target| match &target.place {
                Place::File(path) => Some(path.clone()),
                Place::Stream(..) => None,
            })
            .collect()
    }

    fn refuse(reason: impl Into<String>) -> Error {
        Error::Usage(reason.into())
    }
}
