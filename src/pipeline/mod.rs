//! Many documents, several threads, one order.
//!
//! [`run`] reads the given inputs, turns each document into an [`Outcome`] and
//! hands the outcomes to a sink in the order of the input, whatever the number
//! of threads. It decides nothing about language: that is the work of
//! [`extract`](crate::extract).
//!
//! # Order and memory
//! Every thread does the whole way of a document: it takes the next units from
//! the archive (in order; small ones some at a time, 64 KiB together), decodes
//! each, extracts the record and renders it. What is finished too early waits
//! for its turn; a slow document therefore keeps back the output, not the
//! other threads.
//!
//! A unit needs permits before it is read further: [`EXPANSION`] for each of
//! its bytes, which stands for the copies that it is worked on in (bytes,
//! decoded text, normalized text, lower case, offset map, record, rendered
//! lines). When it is finished it keeps only as many as its rendered lines
//! have bytes, and gives them back when the sink has taken them. So at any
//! moment
//!
//! ```text
//! memory <= base + budget + EXPANSION * threads * (largest document + 64 KiB)
//! ```
//!
//! where `budget` is [`Options::budget`] and `base` holds the program and its
//! tables. What the outputs of a run add is said in [`run`](crate::run).
//!
//! # Failure
//! A document that cannot be read, or on which the program itself fails, is
//! an [`Outcome::Failure`] at its place; its neighbours are not affected.

mod document;
mod drive;
mod failure;
mod skip;
mod stats;
mod ticket;
mod turns;

pub use document::{Document, identify, open};
pub use failure::{Failure, guarded};
pub use stats::{Mark, Stage, Stats};
pub use ticket::Ticket;

use crate::archive::{self, Container, ReadOptions};
use std::io::BufRead;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// One place that documents come from.
pub enum Input {
    /// A file, or a folder with all that lies in it.
    Path(PathBuf),
    /// A stream.
    Stream {
        /// What stands for its path in records.
        name: String,
        /// Its bytes.
        reader: Box<dyn BufRead + Send>,
        /// What it is, if known; otherwise its first bytes decide.
        container: Option<Container>,
    },
}

impl Input {
    /// Its raw documents, in order.
    pub fn units(self, options: &ReadOptions) -> archive::Units<'static> {
        match self {
            Self::Path(path) => archive::units(path, options),
            Self::Stream { name, reader, container } => {
                archive::units_from_reader(&name, reader, container, options)
            }
        }
    }
}

impl<P: Into<PathBuf>> From<P> for Input {
    fn from(path: P) -> Self {
        Self::Path(path.into())
    }
}

/// How a run is done; the defaults suit any machine.
#[derive(Debug, Clone)]
pub struct Options {
    /// How documents are read and decoded.
    pub read: ReadOptions,
    /// Threads that work at once.
    pub threads: NonZeroUsize,
    /// Bytes of memory that the documents under way may take, and those that
    /// wait for their turn to be written.
    pub budget: usize,
    /// Time that one document may take; when it is over, the record says
    /// which fields were left out. `None` is no limit.
    pub max_time: Option<Duration>,
    /// Files and folders to leave out where a folder holds them, such as the
    /// output of this very run.
    pub skip: Vec<PathBuf>,
}

/// Bytes of memory for one byte of input while it is worked on, at most.
pub const EXPANSION: usize = 12;

impl Default for Options {
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            threads: std::thread::available_parallelism()
                .unwrap_or(NonZeroUsize::MIN),
            budget: 96 << 20,
            max_time: None,
            skip: Vec::new(),
        }
    }
}

/// What became of one document.
#[derive(Debug)]
pub enum Outcome {
    /// It was read; here is its record with its text.
    Record(Box<Document>),
    /// It could not be read, and why.
    Failure(Failure),
}

/// Reads `inputs`, renders every outcome in parallel and hands the results to
/// `sink` in the order of the input, until the sink breaks off.
///
/// `render` runs on any thread and should do the costly part of the output;
/// `sink` is called by one thread at a time.
pub fn run<T, R, S>(
    inputs: impl IntoIterator<Item = Input, IntoIter: Send>,
    options: &Options,
    render: R,
    sink: S,
) -> Stats
where
    T: Send,
    R: Fn(Outcome) -> T + Sync,
    S: FnMut(T, &Stats) -> ControlFlow<()> + Send,
{
    let steps = Steps {
        before: |_: &Ticket| None,
        render: |_: &Ticket, outcome, _| render(outcome),
        size: |_: &T| usize::MAX,
    };
    run_with(inputs, options, Stats::default(), &steps, sink)
}

/// What is done with a document around the work on it; all of it runs on any
/// thread.
pub struct Steps<B, R, Z> {
    /// Says before the work that it is not wanted, and what goes to the sink
    /// instead.
    pub before: B,
    /// Renders the outcome; the time is what the document took.
    pub render: R,
    /// Bytes of memory that it takes while it waits to be written.
    pub size: Z,
}

/// As [`run`], for a run that goes on where another ended: `stats` are what
/// was counted before, and a document may be passed over.
pub fn run_with<T, B, R, Z, S>(
    inputs: impl IntoIterator<Item = Input, IntoIter: Send>,
    options: &Options,
    stats: Stats,
    steps: &Steps<B, R, Z>,
    mut sink: S,
) -> Stats
where
    T: Send,
    B: Fn(&Ticket) -> Option<(T, Mark)> + Sync,
    R: Fn(&Ticket, Outcome, Duration) -> T + Sync,
    Z: Fn(&T) -> usize + Sync,
    S: FnMut(T, &Stats) -> ControlFlow<()> + Send,
{
    let clock = Instant::now();
    let skip = skip::Skip::new(&options.skip);
    let units = inputs
        .into_iter()
        .flat_map(|input| input.units(&options.read))
        .filter(|unit| !skip.holds(unit));
    let mut stats = drive::drive(
        &drive::Limits {
            threads: options.threads.get(),
            budget: options.budget,
            expansion: EXPANSION,
        },
        units,
        &drive::Weigh {
            unit: |unit: &crate::Result<archive::Unit>| {
                unit.as_ref().map_or(0, |unit| unit.bytes.len())
            },
            outcome: |(rendered, _): &(T, Mark)| (steps.size)(rendered),
        },
        |number, unit, watch| {
            let ticket = Ticket::of(number, &unit);
            if let Some(instead) = (steps.before)(&ticket) {
                return instead;
            }
            let begin = watch.read();
            let limits = document::Limits {
                read: &options.read,
                end: options.max_time.map(|time| begin + time),
            };
            let outcome = document::process(unit, &limits, watch);
            let mark = Mark::of(&outcome);
            let time = watch.read() - begin;
            let rendered = (steps.render)(&ticket, outcome, time);
            watch.lap(Stage::Render);
            (rendered, mark)
        },
        stats,
        |(rendered, mark), stats: &mut Stats| {
            stats.count(&mark);
            sink(rendered, stats)
        },
    );
    stats.elapsed = clock.elapsed();
    stats
}
