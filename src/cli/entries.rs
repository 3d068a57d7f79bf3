//! What `index` and `feed` take: a stream of entries, from records made
//! earlier or from documents that are read and extracted on the way.
//!
//! Records are recognized by their schema and read one at a time, never all
//! at once. What is damaged is said with its place; the rest goes on.

use super::args::Reading;
use super::exit::{Result, Stop, plain};
use super::input::{self, STDIN, unreadable};
use super::one::where_is;
use super::plan::Voice;
use super::progress::Progress;
use super::say;
use crate::pipeline::{self, Input, Options, Outcome, Stats};
use crate::record::{Record, SCHEMA};
use crate::wire::Entry;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Bytes at the start of an input that tell whether it holds records.
const PEEK: usize = 4096;

/// Failures that are named one by one; the rest is counted.
const NAMED: u64 = 20;

/// Where entries come from, and what is said on the way.
pub(super) struct Entries<'a> {
    /// Files of records, documents, folders, or `-`.
    pub(super) paths: &'a [PathBuf],
    pub(super) reading: &'a Reading,
    pub(super) threads: Option<NonZeroUsize>,
    /// Files and folders to leave out where a folder holds them.
    pub(super) skip: Vec<PathBuf>,
    pub(super) voice: Voice,
    /// Whether a line may say how far the run is.
    pub(super) progress: bool,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Entries that were handed on.
    pub(super) entries: u64,
    /// Documents and lines that could not be read.
    pub(super) failures: u64,
}

/// Inputs that are read in one go.
enum Part {
    Records { name: String, reader: Box<dyn BufRead + Send> },
    Documents(Vec<Input>),
}

impl Entries<'_> {
    /// Hands every entry to `take`, in the order of the input, until `take`
    /// refuses.
    pub(super) fn each(
        &self,
        mut take: impl FnMut(Entry) -> Result<()> + Send,
    ) -> Result<Counts> {
        let mut run = Run {
            asked: self,
            read: input::read_options(self.reading)?,
            progress: Progress::new(self.progress, false, self.paths),
            stats: Stats::default(),
            counts: Counts::default(),
        };
        let mut done = Ok(());
        for part in self.parts()? {
            done = match part {
                Part::Records { name, reader } => {
                    run.records(&name, reader, &mut take)
                }
                Part::Documents(inputs) => run.documents(inputs, &mut take),
            };
            if done.is_err() {
                break;
            }
        }
        run.progress.finish();
        done.map(|()| run.counts)
    }

    /// Refuses what cannot be read at all, before anything is made for it.
    pub(super) fn check(&self) -> Result<()> {
        input::read_options(self.reading)?;
        input::inputs(self.paths, self.reading).map(|_| ())
    }

    /// The inputs, opened: each must be there before any work begins.
    fn parts(&self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        // Refuses what cannot go together, such as `-` given twice.
        let inputs = input::inputs(self.paths, self.reading)?;
        for (path, input) in self.paths.iter().zip(inputs) {
            let input = match self.open(path, input)? {
                Ok(records) => {
                    parts.push(records);
                    continue;
                }
                Err(input) => input,
            };
            match parts.last_mut() {
                Some(Part::Documents(inputs)) => inputs.push(input),
                _ => parts.push(Part::Documents(vec![input])),
            }
        }
        Ok(parts)
    }

    /// An input as a stream of records if it begins with one, else as it is.
    fn open(
        &self,
        path: &Path,
        input: Input,
    ) -> Result<std::result::Result<Part, Input>> {
        if path.is_dir() {
            return Ok(Err(input));
        }
        let failed = |error: io::Error| unreadable(path, &error);
        let name = path.display().to_string();
        let Input::Stream { mut reader, container, .. } = input else {
            let mut file = File::open(path).map_err(failed)?;
            let start = start(&mut file).map_err(failed)?;
            if !holds_records(&start) {
                return Ok(Err(input));
            }
            let reader =
                Box::new(BufReader::new(Cursor::new(start).chain(file)));
            return Ok(Ok(Part::Records { name, reader }));
        };
        let start = start(&mut reader).map_err(failed)?;
        let records = container.is_none() && holds_records(&start);
        let reader = Box::new(Cursor::new(start).chain(reader));
        Ok(match records {
            true => Ok(Part::Records { name: "standard input".into(), reader }),
            false => {
                Err(Input::Stream { name: STDIN.to_owned(), reader, container })
            }
        })
    }
}

/// The first bytes of an input.
pub(super) fn start(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    reader.take(PEEK as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Whether an input that begins so holds records of this program.
pub(super) fn holds_records(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches(['\u{feff}', '[', ' ', '\n', '\r']);
    start.starts_with('{') && start.contains(&format!("\"{SCHEMA}\""))
}

/// A stream of entries under way.
struct Run<'a> {
    asked: &'a Entries<'a>,
    read: crate::archive::ReadOptions,
    progress: Progress,
    stats: Stats,
    counts: Counts,
}

impl Run<'_> {
    fn records(
        &mut self,
        name: &str,
        mut reader: Box<dyn BufRead + Send>,
        take: &mut impl FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        let failed = |error: &io::Error| {
            Stop::Refused(format!("cannot read `{name}`: {}", plain(error)))
        };
        let start = reader.fill_buf().map_err(|error| failed(&error))?;
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('[') {
            return self.array(name, reader, take);
        }
        let longest = self.read.max_bytes;
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let read = (&mut reader)
                .take(longest)
                .read_until(b'\n', &mut line)
                .map_err(|error| failed(&error))?;
            if read == 0 {
                break;
            }
            if read as u64 == longest && !line.ends_with(b"\n") {
                self.failure(&format!("{name}, line {number}: longer than {longest} bytes; --max-size raises the limit"));
                reader.skip_until(b'\n').map_err(|error| failed(&error))?;
                continue;
            }
            let bytes = line.strip_prefix("\u{feff}".as_bytes());
            let bytes = bytes.unwrap_or(&line).trim_ascii();
            if bytes.is_empty() {
                continue;
            }
            match record(bytes) {
                Ok(record) => self.take(&record, read, take)?,
                Err(reason) => {
                    self.failure(&format!("{name}, line {number}: {reason}"));
                }
            }
        }
        Ok(())
    }

    /// Records in a JSON array. Behind a damaged one nothing can be read.
    fn array(
        &mut self,
        name: &str,
        mut reader: Box<dyn BufRead + Send>,
        take: &mut impl FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        let start = reader
            .fill_buf()
            .map_err(|error| unreadable(Path::new(name), &error))?;
        if start.starts_with("\u{feff}".as_bytes()) {
            reader.consume("\u{feff}".len());
        }
        let mut stopped = None;
        let mut number = 0;
        let each = Each(|record: Record| {
            number += 1;
            if record.schema != SCHEMA {
                self.failure(&format!(
                    "{name}, record {number}: {}",
                    other_schema(&record.schema)
                ));
                return true;
            }
            stopped = self.take(&record, 0, take).err();
            stopped.is_none()
        });
        let mut json = serde_json::Deserializer::from_reader(reader);
        let read = each.deserialize(&mut json).and_then(|()| json.end());
        match (stopped, read) {
            (Some(stop), _) => Err(stop),
            (None, Ok(())) => Ok(()),
            (None, Err(error)) => {
                self.failure(&format!(
                    "{name}: {error}; what stands behind cannot be read, make the records again with `vanban extract`"
                ));
                Ok(())
            }
        }
    }

    fn documents(
        &mut self,
        inputs: Vec<Input>,
        take: &mut (impl FnMut(Entry) -> Result<()> + Send),
    ) -> Result<()> {
        let asked = self.asked;
        let mut options = Options {
            read: self.read.clone(),
            skip: asked.skip.clone(),
            ..Options::default()
        };
        if let Some(threads) = asked.threads {
            options.threads = threads;
        }
        let (before, mut stopped) = (self.stats.clone(), None);
        let render = |outcome| match outcome {
            Outcome::Record(document) => {
                let text = document.text.norm();
                Ok(Box::new(Entry::new(&document.record, Some(text))))
            }
            Outcome::Failure(failure) => {
                Err(format!("{}: {}", where_is(&failure), failure.reason))
            }
        };
        let run = &mut *self;
        let stats =
            pipeline::run(inputs, &options, render, |rendered, stats| {
                match rendered {
                    Ok(entry) => {
                        run.counts.entries += 1;
                        stopped = take(*entry).err();
                    }
                    Err(reason) => run.failure(&reason),
                }
                run.progress.update(stats);
                match &stopped {
                    Some(_) => ControlFlow::Break(()),
                    None => ControlFlow::Continue(()),
                }
            });
        self.stats.bytes = before.bytes + stats.bytes;
        self.stats.records = before.records + stats.records;
        if asked.voice != Voice::Quiet {
            let read = &options.read;
            read.heard.remarks(read).iter().for_each(|remark| say(remark));
        }
        stopped.map_or(Ok(()), Err)
    }

    fn take(
        &mut self,
        record: &Record,
        bytes: usize,
        take: &mut impl FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        self.counts.entries += 1;
        self.stats.records += 1;
        self.stats.bytes += bytes as u64;
        self.progress.update(&self.stats);
        take(Entry::new(record, None))
    }

    fn failure(&mut self, reason: &str) {
        self.counts.failures += 1;
        let failures = self.counts.failures;
        if self.asked.voice != Voice::Quiet && failures <= NAMED {
            self.progress.aside(|| say(reason));
        }
    }
}

/// The record of a line, or what is wrong with it.
fn record(line: &[u8]) -> std::result::Result<Record, String> {
    let record: Record = serde_json::from_slice(line).map_err(|error| {
        format!("no whole record: {error}; make it again with `vanban extract`")
    })?;
    match record.schema == SCHEMA {
        true => Ok(record),
        false => Err(other_schema(&record.schema)),
    }
}

fn other_schema(schema: &str) -> String {
    format!(
        "a record of `{schema}`, not of `{SCHEMA}`; make it again with `vanban extract`"
    )
}

/// Hands on the records of an array one by one, until it is told to stop.
struct Each<F>(F);

impl<'de, F: FnMut(Record) -> bool> DeserializeSeed<'de> for Each<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(Record) -> bool> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(
        mut self,
        mut seq: A,
    ) -> std::result::Result<(), A::Error> {
        while let Some(record) = seq.next_element()? {
            if !(self.0)(record) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
