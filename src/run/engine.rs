//! The two halves of a run: what is decided and rendered on any thread, and
//! what is written in the order of the input.

use super::ledger::{Ledger, State};
use super::repost_pass::{Pass, Reposted};
use super::reuse::{Earlier, Known};
use super::seen::{Entry, Fate};
use super::shelf::{Begin, Shelf};
use super::writer::Writer;
use super::{Event, Filter, Job, Retry, Summary};
use crate::error::{Error, Result};
use crate::pipeline::{Failure, Mark, Outcome, Stats, Ticket};
use crate::report::Facts;
use crate::reposts::Print;
use crate::wire::{self, ErrorRecord, Format};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// A run under way.
pub(super) struct Engine {
    plan: Plan,
    sink: Sink,
}

/// What opening a run comes to.
pub(super) enum Opened {
    /// There is work to do.
    Engine(Box<Engine>),
    /// An interrupted run had only its files to name.
    Done(Box<Summary>),
}

/// What is decided and rendered on any thread.
pub(super) struct Plan {
    formats: Vec<Format>,
    filter: Filter,
    retry: Option<Retry>,
    earlier: Option<Earlier>,
    /// Whether reposts are looked for.
    prints: bool,
    /// Documents that an interrupted run had done.
    done: u64,
}

/// One document on its way to the sink.
pub(super) struct Item {
    ticket: Ticket,
    time: Duration,
    what: What,
}

enum What {
    /// The interrupted run had done it.
    Passed,
    /// It is not asked for, or left out by a condition or the sample.
    LeftOut { counted: bool },
    /// Its record.
    Record(Rendered),
    /// Its error, with the line for a file.
    Failure { failure: Failure, line: Vec<u8> },
}

/// A record on its way to the outputs.
struct Rendered {
    /// In the format of each output.
    lines: Vec<Vec<u8>>,
    facts: Box<Facts>,
    /// If reposts are looked for.
    print: Option<Box<Print>>,
}

impl Item {
    /// Bytes that it takes while it waits to be written.
    pub(super) fn size(&self) -> usize {
        let lines = match &self.what {
            What::Record(Rendered { lines, print, .. }) => {
                let print = print.as_ref().map_or(0, |print| print.size());
                lines.iter().map(Vec::capacity).sum::<usize>() + print
            }
            What::Failure { line, .. } => 2 * line.len(),
            What::Passed | What::LeftOut { .. } => 0,
        };
        // The item itself, its ticket and its facts.
        lines + 512
    }
}

impl Plan {
    pub(super) fn before(&self, ticket: &Ticket) -> Option<(Item, Mark)> {
        let item = |what, mark| {
            let ticket = ticket.clone();
            Some((Item { ticket, time: Duration::ZERO, what }, mark))
        };
        if ticket.number < self.done {
            return item(What::Passed, Mark::nothing());
        }
        if self.retry.as_ref().is_some_and(|retry| !retry.wants(ticket)) {
            return item(What::LeftOut { counted: false }, Mark::nothing());
        }
        let out = What::LeftOut { counted: true };
        if !self.filter.samples(ticket) {
            return item(out, Mark::nothing());
        }
        match self.earlier.as_ref()?.find(ticket)? {
            Known::LeftOut => item(out, Mark::nothing()),
            Known::Failure(failure) => {
                let line = error_line(&failure);
                item(What::Failure { failure, line }, Mark::old_failure())
            }
            Known::Record(record, _) if !self.filter.wants(&record) => {
                item(out, Mark::old_record(&record))
            }
            Known::Record(record, line) => {
                let convert = |format: &Format| format.convert(&line);
                let lines = self.formats.iter().map(convert);
                let lines = lines.collect::<Option<_>>()?;
                let facts = Box::new(Facts::of(&record));
                // Reposts and records taken over do not go together.
                let rendered = Rendered { lines, facts, print: None };
                item(What::Record(rendered), Mark::old_record(&record))
            }
        }
    }

    pub(super) fn render(
        &self,
        ticket: &Ticket,
        outcome: Outcome,
        time: Duration,
    ) -> Item {
        let what = match outcome {
            Outcome::Failure(failure) => {
                let line = error_line(&failure);
                What::Failure { failure, line }
            }
            Outcome::Record(document) => {
                let record = &document.record;
                if self.filter.wants(record) {
                    let render = |format: &Format| format.render(record);
                    let lines = self.formats.iter().map(render).collect();
                    let facts = Box::new(Facts::of(record));
                    let print = self
                        .prints
                        .then(|| Box::new(Print::of(&document.text, record)));
                    What::Record(Rendered { lines, facts, print })
                } else {
                    What::LeftOut { counted: true }
                }
            }
        };
        Item { ticket: ticket.clone(), time, what }
    }
}

fn error_line(failure: &Failure) -> Vec<u8> {
    let mut record = ErrorRecord::new(
        failure.path.as_str(),
        failure.record,
        failure.offset,
        failure.reason.as_str(),
    );
    record.excerpt.clone_from(&failure.excerpt);
    wire::line(&record)
}

/// What is written in the order of the input.
pub(super) struct Sink {
    writers: Vec<Writer>,
    errors: Option<Writer>,
    shelf: Shelf,
    ledger: Ledger,
    reposts: Option<Pass>,
    /// The output whose lines a later run can take over.
    lines: Option<usize>,
    limit: Option<u64>,
    eager: bool,
    /// Documents met again that the interrupted run had done.
    passed: u64,
    done: u64,
    period: Duration,
    last: Instant,
}

impl Engine {
    /// Opens the outputs, anew or where an interrupted run has left them.
    pub(super) fn open(
        job: Job,
        on: &mut (dyn FnMut(Event) + Send),
    ) -> Result<Opened> {
        let (shelf, begin) = Shelf::open(&job, on)?;
        let ledger = match begin {
            Begin::Name(ledger) => {
                shelf.name(&ledger)?;
                return Ok(Opened::Done(Box::new(summary(ledger))));
            }
            Begin::Write(ledger) => ledger,
        };
        let reposts = match job.reposts.clone() {
            Some(asked) => {
                let file = shelf.beside_ledger("reposts");
                Some(Pass::open(asked, file, ledger.state.reposts)?)
            }
            None => None,
        };
        let earlier = shelf.earlier(&job, on);
        let done = ledger.state.documents;
        let states = &ledger.state.outputs;
        let formats = job.outputs.iter().map(|t| t.format).collect();
        let lines = shelf.lines(&job);
        let count = job.outputs.len();
        let mut writers = Vec::new();
        for (i, target) in job.outputs.into_iter().enumerate() {
            let state = states.get(i);
            writers.push(Writer::open(target, job.shard_size, job.bom, state)?);
        }
        let errors = match job.errors {
            Some(target) => {
                Some(Writer::open(target, None, false, states.get(count))?)
            }
            None => None,
        };
        let plan = Plan {
            formats,
            filter: job.filter,
            retry: job.retry,
            earlier,
            prints: reposts.is_some(),
            done,
        };
        let sink = Sink {
            writers,
            errors,
            shelf,
            ledger,
            reposts,
            lines,
            limit: job.limit,
            eager: job.eager,
            passed: 0,
            done,
            period: job.checkpoint,
            last: Instant::now(),
        };
        Ok(Opened::Engine(Box::new(Self { plan, sink })))
    }

    pub(super) fn parts(&mut self) -> (&Plan, &mut Sink) {
        (&self.plan, &mut self.sink)
    }

    /// Leaves behind only what can be resumed.
    pub(super) fn abandon(self) {
        if self.sink.ledger.state.documents == 0 {
            self.sink.shelf.clear();
        }
    }

    /// Writes the ends and gives the files their names.
    pub(super) fn finish(self, stats: Stats) -> Result<Summary> {
        let mut sink = self.sink;
        if sink.passed < sink.done && !sink.full() {
            return Err(Error::Usage(format!(
                "the input ends after {} documents, but {} were done before the interruption; give the same input, or begin anew with --restart",
                sink.passed, sink.done
            )));
        }
        sink.ledger.state.stats = stats;
        // The file of its members goes with the folder.
        sink.ledger.state.reposts = sink.reposts.take().map(|p| p.mark());
        let mut moves = Vec::new();
        for writer in std::mem::take(&mut sink.writers) {
            moves.extend(writer.finish()?);
        }
        let state = &sink.ledger.state;
        if state.stats.records == 0 && state.left_out == 0 {
            // Nothing was readable: an old file is worth more than no record.
            moves.clear();
        }
        if let Some(errors) = sink.errors.take() {
            moves.extend(errors.finish()?);
        }
        sink.shelf.finish(&mut sink.ledger, moves)?;
        Ok(summary(sink.ledger))
    }
}

fn summary(ledger: Ledger) -> Summary {
    let State { written, left_out, stats, tally, reposts, .. } = ledger.state;
    let reposts = reposts.map(Reposted::from);
    Summary { stats, tally, written, left_out, reposts, asked: ledger.asked }
}

impl Sink {
    /// What was counted before.
    pub(super) fn stats(&self) -> Stats {
        self.ledger.state.stats.clone()
    }

    fn full(&self) -> bool {
        self.limit.is_some_and(|limit| self.ledger.state.written >= limit)
    }

    /// Takes the next document; says whether to go on.
    pub(super) fn take(
        &mut self,
        item: Item,
        stats: &Stats,
        on: &mut (dyn FnMut(Event) + Send),
    ) -> Result<ControlFlow<()>> {
        if self.full() {
            return Ok(ControlFlow::Break(()));
        }
        let Item { ticket, time, mut what } = item;
        if let What::Passed = what {
            self.shelf.meet(&ticket)?;
            self.passed += 1;
            on(Event::Document(stats));
            return Ok(ControlFlow::Continue(()));
        }
        if let What::Record(record) = &mut what
            && !self.settle(record)?
        {
            what = What::LeftOut { counted: true };
        }
        let state = &mut self.ledger.state;
        let (fate, line): (Fate, &[u8]) = match &what {
            What::LeftOut { counted } => {
                state.left_out += u64::from(*counted);
                (Fate::LeftOut, &[])
            }
            What::Record(Rendered { lines, facts, .. }) => {
                for (writer, line) in self.writers.iter_mut().zip(lines) {
                    writer.put(line)?;
                    if self.eager {
                        writer.flush()?;
                    }
                }
                state.written += 1;
                state.tally.record(facts);
                (Fate::Record, self.lines.map_or(&[], |i| &lines[i]))
            }
            What::Failure { failure, line } => {
                match &mut self.errors {
                    Some(errors) => errors.put(line)?,
                    None => on(Event::Failure(failure, stats)),
                }
                state.tally.failure(&failure.path, &failure.reason);
                (Fate::Failure, line)
            }
            What::Passed => (Fate::LeftOut, &[]),
        };
        self.shelf.see(&Entry::new(ticket.key, fate, line))?;
        state.documents += 1;
        if !time.is_zero() {
            let bytes = ticket.bytes as u64;
            state.tally.time(&ticket.path, ticket.record, time, bytes);
        }
        on(Event::Document(stats));
        if self.shelf.keeps() && self.last.elapsed() >= self.period {
            self.checkpoint(stats)?;
        }
        Ok(match self.full() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }

    /// Finds the cluster of a record; says whether to write it.
    fn settle(&mut self, record: &mut Rendered) -> Result<bool> {
        let Rendered { lines, print, .. } = record;
        let (Some(pass), Some(print)) = (&mut self.reposts, print) else {
            return Ok(true);
        };
        let formats = self.writers.iter().map(Writer::format);
        pass.settle(print, formats.zip(lines))
    }

    /// Makes all so far outlast a crash.
    fn checkpoint(&mut self, stats: &Stats) -> Result<()> {
        let mut outputs = Vec::new();
        for writer in self.writers.iter_mut().chain(&mut self.errors) {
            outputs.push(writer.checkpoint()?);
        }
        self.ledger.state.outputs = outputs;
        if let Some(reposts) = &mut self.reposts {
            self.ledger.state.reposts = Some(reposts.sync()?);
        }
        self.ledger.state.stats = stats.clone();
        self.shelf.keep(&self.ledger)?;
        for writer in self.writers.iter_mut().chain(&mut self.errors) {
            writer.tidy();
        }
        self.last = Instant::now();
        Ok(())
    }
}
