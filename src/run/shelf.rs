//! The folders in which the outputs of a run grow, with its ledger: opened
//! for one run at a time, and gone when the files have their names.

use super::ledger::{Ledger, sync_folder};
use super::reuse::Earlier;
use super::seen::{Entry, Log};
use super::target::{self, Place};
use super::{Event, Job};
use crate::error::{Error, Result};
use crate::pipeline::Ticket;
use crate::wire::Format;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// The folders of a run.
pub(super) struct Shelf {
    /// The files that the outputs will be.
    files: Vec<PathBuf>,
    /// Whether there are shards of each.
    sharded: bool,
    /// The ledger and the log, if the run can be resumed.
    kept: Option<Kept>,
    /// Where the log goes in the end.
    memory: Option<PathBuf>,
    /// Held until the process ends.
    locks: Vec<File>,
}

struct Kept {
    ledger: PathBuf,
    log: Log,
}

/// What is to be done first.
pub(super) enum Begin {
    /// All is written; the files want their names.
    Name(Ledger),
    /// There are documents to do, behind those of the ledger.
    Write(Ledger),
}

impl Shelf {
    pub(super) fn open(
        job: &Job,
        on: &mut (dyn FnMut(Event) + Send),
    ) -> Result<(Self, Begin)> {
        let files: Vec<PathBuf> = job
            .outputs
            .iter()
            .chain(&job.errors)
            .filter_map(|target| match &target.place {
                Place::File(path) => Some(path.clone()),
                Place::Stream(..) => None,
            })
            .collect();
        let all = job.files();
        if all.is_none() && (job.mode.resume || job.mode.update) {
            return Err(Job::refuse(
                "--resume and --update need outputs that are files: name them all with -o FILE",
            ));
        }
        let mut shelf = Self {
            sharded: job.shard_size.is_some(),
            kept: None,
            memory: None,
            locks: Vec::new(),
            files,
        };
        shelf.lock()?;
        if job.mode.update {
            shelf.memory = Some(memory(job)?);
        }
        // A path that is no Unicode has no place in the ledger.
        let plain =
            all.filter(|files| files.iter().all(|f| f.to_str().is_some()));
        let Some(first) = plain.as_deref().and_then(<[_]>::first) else {
            shelf.clear_files();
            return Ok((shelf, Begin::Write(Ledger::new(job.asked.clone()))));
        };
        let folder = target::workshop(first);
        let (file, log) = (folder.join("ledger"), folder.join("seen"));
        let old = match job.mode.restart {
            true => None,
            false => Ledger::read(&file)?,
        };
        if let Some(old) = old {
            if job.mode.resume {
                old.check(&job.asked)?;
                return shelf.resume(old, file, &log);
            }
            if old.state.documents > 0 || old.done.is_some() {
                return Err(Job::refuse(format!(
                    "an interrupted run that did {} documents waits beside `{}`; go on with it by --resume, or begin anew with --restart",
                    old.state.documents,
                    first.display()
                )));
            }
        } else if job.mode.resume {
            on(Event::Note("there is no interrupted run; beginning anew"));
        }
        shelf.begin(job, file, &log)
    }

    fn begin(
        mut self,
        job: &Job,
        file: PathBuf,
        log: &Path,
    ) -> Result<(Self, Begin)> {
        self.clear_files();
        let ledger = Ledger::new(job.asked.clone());
        let failed = |cause| Error::Write { path: log.to_owned(), cause };
        let log = Log::begin(log, &job.asked).map_err(failed)?;
        self.kept = Some(Kept { ledger: file, log });
        Ok((self, Begin::Write(ledger)))
    }

    fn resume(
        mut self,
        old: Ledger,
        file: PathBuf,
        log: &Path,
    ) -> Result<(Self, Begin)> {
        let failed = |cause| Error::Write { path: log.to_owned(), cause };
        if old.done.is_some() {
            return Ok((self, Begin::Name(old)));
        }
        let log = Log::resume(log, old.state.documents).map_err(failed)?;
        self.kept = Some(Kept { ledger: file, log });
        Ok((self, Begin::Write(old)))
    }

    /// Holds the folders against other runs.
    fn lock(&mut self) -> Result<()> {
        for file in &self.files {
            let folder = target::workshop(file);
            let failed = |cause| Error::Write { path: file.clone(), cause };
            fs::create_dir_all(&folder).map_err(failed)?;
            let lock = File::create(folder.join("lock")).map_err(failed)?;
            match lock.try_lock() {
                Ok(()) => self.locks.push(lock),
                Err(TryLockError::WouldBlock) => {
                    return Err(Job::refuse(format!(
                        "another run is writing `{}`; wait for it, or name another file",
                        file.display()
                    )));
                }
                // Not every file system knows locks.
                Err(TryLockError::Error(_)) => {}
            }
        }
        Ok(())
    }

    /// Takes away what an earlier run has left in the folders.
    fn clear_files(&self) {
        for file in &self.files {
            let Ok(entries) = fs::read_dir(target::workshop(file)) else {
                continue;
            };
            for entry in entries.flatten() {
                if entry.file_name() != "lock" {
                    // What cannot go is written over.
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    /// Takes the folders away.
    pub(super) fn clear(&self) {
        for file in &self.files {
            // What is left is hidden, and the next run clears it.
            let _ = fs::remove_dir_all(target::workshop(file));
        }
    }

    /// A file that lies beside the ledger, if the run can be resumed.
    pub(super) fn beside_ledger(&self, name: &str) -> Option<PathBuf> {
        Some(self.kept.as_ref()?.ledger.with_file_name(name))
    }

    /// Whether the run can be resumed.
    pub(super) fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// The number of the output whose lines a later run can take over.
    pub(super) fn lines(&self, job: &Job) -> Option<usize> {
        self.memory.as_ref()?;
        job.outputs.iter().position(|t| t.format == Format::Ndjson)
    }

    /// The earlier run that documents are taken over from.
    pub(super) fn earlier(
        &self,
        job: &Job,
        on: &mut (dyn FnMut(Event) + Send),
    ) -> Option<Earlier> {
        let output = &job.outputs[self.lines(job)?];
        let errors = job.errors.as_ref().map(super::Target::name);
        match Earlier::open(output.name(), errors, &job.asked) {
            Ok(earlier) => Some(earlier),
            Err(reason) => {
                on(Event::Note(&format!(
                    "nothing can be taken over from `{}`: {reason}; all documents are done anew",
                    output.name().display()
                )));
                None
            }
        }
    }

    /// Adds a document to the log.
    pub(super) fn see(&mut self, entry: &Entry) -> Result<()> {
        let Some(kept) = &mut self.kept else { return Ok(()) };
        kept.log.add(entry).map_err(|cause| Error::Write {
            path: kept.ledger.with_file_name("seen"),
            cause,
        })
    }

    /// Meets a document again that was done before the interruption.
    pub(super) fn meet(&mut self, ticket: &Ticket) -> Result<()> {
        let Some(kept) = &mut self.kept else { return Ok(()) };
        if kept.log.meets(ticket.key) {
            return Ok(());
        }
        let record = ticket
            .record
            .map_or_else(String::new, |record| format!(", record {record},"));
        Err(Job::refuse(format!(
            "the input has changed since the interruption: `{}`{record} is not what it was; begin anew with --restart",
            ticket.path
        )))
    }

    /// Makes the ledger and the log outlast a crash.
    pub(super) fn keep(&mut self, ledger: &Ledger) -> Result<()> {
        let Some(kept) = &mut self.kept else { return Ok(()) };
        let failed = |cause| Error::Write {
            path: kept.ledger.with_file_name("seen"),
            cause,
        };
        kept.log.sync().map_err(failed)?;
        for file in &self.files {
            let inside = target::workshop(file).join("ledger");
            sync_folder(&inside)
                .map_err(|cause| Error::Write { path: file.clone(), cause })?;
        }
        ledger.write(&kept.ledger)
    }

    /// Names the files of a run that is all written.
    pub(super) fn finish(
        &mut self,
        ledger: &mut Ledger,
        mut moves: Vec<(PathBuf, PathBuf)>,
    ) -> Result<()> {
        if let (Some(memory), Some(kept), false) =
            (&self.memory, &self.kept, moves.is_empty())
        {
            let log = kept.ledger.with_file_name("seen");
            moves.push((log, memory.clone()));
        }
        ledger.done = Some(moves);
        if self.kept.is_some() {
            self.keep(ledger)?;
        }
        self.name(ledger)
    }

    /// Gives the files of a run that is over their names.
    pub(super) fn name(&self, ledger: &Ledger) -> Result<()> {
        let moves = ledger.done.as_deref().unwrap_or_default();
        for (from, to) in moves {
            // A file that is not there has its name already.
            if from.exists() {
                let failed = |cause| Error::Write { path: to.clone(), cause };
                fs::rename(from, to).map_err(failed)?;
            }
        }
        for file in self.files.iter().filter(|_| !moves.is_empty()) {
            sync_folder(file)
                .map_err(|cause| Error::Write { path: file.clone(), cause })?;
        }
        if self.sharded {
            self.remove_old_shards(moves);
        }
        self.clear();
        Ok(())
    }

    /// Shards of an earlier run that had more of them.
    fn remove_old_shards(&self, moves: &[(PathBuf, PathBuf)]) {
        for file in &self.files {
            let shards = target::shards(file);
            let written =
                |path: &PathBuf| moves.iter().any(|(_, to)| to == path);
            if shards.iter().any(written) {
                for old in shards.iter().filter(|path| !written(path)) {
                    // It is not ours to fail on.
                    let _ = fs::remove_file(old);
                }
            }
        }
    }
}

/// Where a run that is to be updated keeps what it has seen.
fn memory(job: &Job) -> Result<PathBuf> {
    let lines = job.outputs.iter().find(|t| t.format == Format::Ndjson);
    match lines {
        Some(target) if job.shard_size.is_none() => {
            Ok(target::memory(target.name()))
        }
        _ => Err(Job::refuse(
            "--update takes records over from an NDJSON file; name one with -o, without --shard-size",
        )),
    }
}
