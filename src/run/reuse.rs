//! Documents whose outcome is known already: of the interrupted run that is
//! continued, and of an earlier run over a smaller archive.

use super::ledger::Request;
use super::seen::{Fate, Memory, Place};
use super::target;
use crate::pipeline::{Failure, Ticket};
use crate::record::Record;
use crate::wire::ErrorRecord;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// What an earlier run knew of a document.
pub enum Known {
    /// It was left out.
    LeftOut,
    /// Its record, with the line that was written.
    Record(Box<Record>, Vec<u8>),
    /// Its error.
    Failure(Failure),
}

/// The outcomes of an earlier run.
pub struct Earlier {
    inner: Mutex<Inner>,
    /// Whether the same documents were left out then.
    same_choice: bool,
}

struct Inner {
    memory: Memory,
    records: File,
    errors: Option<File>,
}

/// What must be the same for a record to be the same.
const DECIDING: [&str; 2] = ["rules", "reading"];
/// What must be the same for the same documents to be left out.
const CHOOSING: [&str; 3] = ["only", "where", "sample"];

impl Earlier {
    /// Opens the run that wrote `records`; `Err` says why nothing can be
    /// taken over from it.
    pub fn open(
        records: &Path,
        errors: Option<&Path>,
        asked: &Request,
    ) -> Result<Self, String> {
        let (memory, then) = Memory::open(&target::memory(records))
            .map_err(|_| "no earlier run with --update wrote it".to_owned())?;
        let same = |names: &[&str]| {
            names.iter().all(|name| then.get(*name) == asked.get(*name))
        };
        if !same(&DECIDING) {
            return Err("the rules of the program, or how documents are read, are others than then".to_owned());
        }
        let file = File::open(records).map_err(|error| error.to_string())?;
        let errors = errors.and_then(|errors| File::open(errors).ok());
        Ok(Self {
            inner: Mutex::new(Inner { memory, records: file, errors }),
            same_choice: same(&CHOOSING),
        })
    }

    /// What is known of a document; `None` if it is new, has changed, or
    /// what was written then is no longer there.
    pub fn find(&self, ticket: &Ticket) -> Option<Known> {
        let (place, line) = {
            let mut inner =
                self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let place = inner.memory.find(ticket.key)?;
            let line = match place.entry.fate {
                Fate::LeftOut => Vec::new(),
                Fate::Record => line(&mut inner.records, place).ok()?,
                Fate::Failure => line(inner.errors.as_mut()?, place).ok()?,
            };
            (place, line)
        };
        match place.entry.fate {
            Fate::LeftOut => self.same_choice.then_some(Known::LeftOut),
            _ if xxh3_64(&line) != place.entry.check => None,
            Fate::Record => {
                let record = serde_json::from_slice(&line).ok()?;
                Some(Known::Record(Box::new(record), line))
            }
            Fate::Failure => {
                let error: ErrorRecord = serde_json::from_slice(&line).ok()?;
                Some(Known::Failure(Failure {
                    path: error.path,
                    record: error.record,
                    offset: error.offset,
                    reason: error.reason,
                    excerpt: error.excerpt,
                }))
            }
        }
    }
}

fn line(file: &mut File, place: Place) -> io::Result<Vec<u8>> {
    let mut line = vec![0; place.entry.length as usize];
    file.seek(SeekFrom::Start(place.offset))?;
    file.read_exact(&mut line)?;
    Ok(line)
}
