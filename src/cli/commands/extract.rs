//! The main job: documents in, records out.

use crate::cli::args::Extract;
use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::one::where_is;
use crate::cli::output::Output;
use crate::cli::plan::{Plan, Voice};
use crate::cli::progress::Progress;
use crate::cli::repost_pass::{Asked, Pass};
use crate::cli::say;
use crate::pipeline::{self, Failure, Outcome, Stage, Stats};
use crate::reposts::Print;
use crate::wire::{self, ErrorRecord, Format};
use std::ops::ControlFlow;

/// Failed documents that are named one by one; the rest is counted.
const NAMED: u64 = 20;

pub(in crate::cli) fn run(args: &Extract) -> Result<Exit> {
    let plan = Plan::of(args)?;
    let mut sink = Sink::open(&plan)?;
    let (format, only) = (plan.format, plan.only);
    let prints = plan.reposts.is_some();
    let render = |outcome| match outcome {
        Outcome::Record(document) => {
            let wanted = only.is_none_or(|kind| kind == document.record.kind);
            Rendered::Record(wanted.then(|| {
                let print = prints.then(|| Box::new(Asked::print(&document)));
                (format.render(&document.record), print)
            }))
        }
        Outcome::Failure(failure) => Rendered::Failure(failure),
    };
    let threads = plan.options.threads;
    let stats =
        pipeline::run(plan.inputs, &plan.options, render, |item, stats| {
            sink.take(item, stats)
        });
    sink.finish(&stats)?;
    if plan.voice == Voice::Verbose {
        summary(&stats, threads.get());
    }
    end(&stats, plan.voice)
}

/// What is left of an outcome for the sink.
enum Rendered {
    /// A record, with its print if reposts are looked for; `None` if it is
    /// not of the kind that is wanted.
    Record(Option<(Vec<u8>, Option<Box<Print>>)>),
    Failure(Failure),
}

/// Where the records and the errors of a run go, in order.
struct Sink {
    format: Format,
    records: Output,
    errors: Option<Output>,
    reposts: Option<Pass>,
    written: u64,
    voice: Voice,
    progress: Progress,
    stop: Option<Stop>,
}

impl Sink {
    fn open(plan: &Plan) -> Result<Self> {
        let mut records = Output::open(plan.output.as_deref())?;
        let errors = match &plan.errors {
            Some(path) => Some(Output::open(Some(path))?),
            None => None,
        };
        records.write(&plan.format.head())?;
        Ok(Self {
            format: plan.format,
            records,
            errors,
            reposts: plan.reposts.as_ref().map(Pass::new),
            written: 0,
            voice: plan.voice,
            progress: Progress::new(plan.progress, plan.output.is_none()),
            stop: None,
        })
    }

    fn take(&mut self, item: Rendered, stats: &Stats) -> ControlFlow<()> {
        let result = match item {
            Rendered::Record(None) => Ok(()),
            Rendered::Record(Some((bytes, print))) => {
                self.record(bytes, print.as_deref())
            }
            Rendered::Failure(failure) => self.failure(&failure, stats),
        };
        self.progress.update(stats);
        match result {
            Ok(()) => ControlFlow::Continue(()),
            Err(stop) => {
                self.stop = Some(stop);
                ControlFlow::Break(())
            }
        }
    }

    fn record(
        &mut self,
        mut bytes: Vec<u8>,
        print: Option<&Print>,
    ) -> Result<()> {
        if let (Some(pass), Some(print)) = (&mut self.reposts, print)
            && !pass.settle(print, self.format, &mut bytes)?
        {
            return Ok(());
        }
        self.records.write(self.format.between(self.written == 0))?;
        self.written += 1;
        self.records.write(&bytes)
    }

    fn failure(&mut self, failure: &Failure, stats: &Stats) -> Result<()> {
        if let Some(errors) = &mut self.errors {
            let record = ErrorRecord::new(
                failure.path.as_str(),
                failure.record,
                failure.offset,
                failure.reason.as_str(),
            );
            return errors.write(&wire::line(&record));
        }
        if self.voice != Voice::Quiet && stats.failures <= NAMED {
            self.progress.aside(|| {
                say(&format!("{}: {}", where_is(failure), failure.reason));
            });
        }
        Ok(())
    }

    /// Writes the ends; a file gets its name only now.
    fn finish(mut self, stats: &Stats) -> Result<()> {
        self.progress.finish();
        if let Some(stop) = self.stop {
            return Err(stop);
        }
        let loud = self.voice == Voice::Verbose;
        if let Some(pass) = &self.reposts
            && self.voice != Voice::Quiet
            && (loud || pass.leaves_out())
        {
            say(&pass.summary());
        }
        self.records.write(self.format.tail(self.written == 0))?;
        if let Some(errors) = self.errors {
            errors.finish()?;
        }
        if stats.documents() == 0 || stats.records == 0 {
            // Nothing was readable: an old file is worth more than no record.
            return match self.records {
                Output::File(..) => Ok(()),
                stdout => stdout.finish(),
            };
        }
        self.records.finish()
    }
}

/// The exit code, with what has to be said about it.
fn end(stats: &Stats, voice: Voice) -> Result<Exit> {
    if stats.documents() == 0 {
        return Err(Stop::refused(
            "no document was found: the folders hold no text, HTML or JSON file; name files to read them whatever they are called",
        ));
    }
    if stats.records == 0 {
        return Err(Stop::refused(format!(
            "nothing was readable: {} in error",
            documents(stats.failures)
        )));
    }
    if stats.failures == 0 {
        return Ok(Exit::Done);
    }
    if voice != Voice::Quiet {
        say(&format!(
            "{} of {} in error; the other records are complete",
            stats.failures,
            documents(stats.documents())
        ));
    }
    Ok(Exit::WithErrors)
}

/// What was read, how, and where the time went.
fn summary(stats: &Stats, threads: usize) {
    let seconds = stats.elapsed.as_secs_f64();
    let mb = stats.bytes as f64 / 1e6;
    say(&format!(
        "read {}, {mb:.1} MB, in {seconds:.2} s on {} ({:.1} MB/s)",
        documents(stats.documents()),
        counted(threads as u64, "thread"),
        mb / seconds.max(1e-3)
    ));
    say(&format!(
        "wrote {}: {}, {} other; {} in error; {}",
        counted(stats.records, "record"),
        counted(stats.announcements, "announcement"),
        stats.records - stats.announcements,
        stats.failures,
        counted(stats.notes, "note"),
    ));
    let encodings: Vec<String> = stats
        .encodings
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    say(&format!("encodings: {}", encodings.join(", ")));
    let stages: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| {
            let seconds = stats.time(*stage).as_secs_f64();
            format!("{} {seconds:.3} s", stage.name())
        })
        .collect();
    say(&format!("time by stage, over all threads: {}", stages.join(", ")));
}

fn documents(count: u64) -> String {
    counted(count, "document")
}

fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        n => format!("{n} {thing}s"),
    }
}
