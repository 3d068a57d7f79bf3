//! An open archive on its way to being cut into documents.

use super::recognize::{self, Container};
use super::unpack::{self, Packing};
use super::{
    Format, ReadOptions, Unit, csv, json, jsonl, parquet, tar, warc, whole, zip,
};
use crate::{Error, Result};
use serde_json::Map;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

/// Raw documents of one archive, in order.
pub(super) type Cut<'r> = Box<dyn Iterator<Item = Result<Unit>> + Send + 'r>;

/// Bytes looked at to recognize an archive.
const HEAD: usize = 8 << 10;

/// An archive whose bytes can be read from the start.
pub(super) struct Source<'r> {
    /// Path of the outermost file, as given.
    pub(super) path: String,
    /// Where inside that file the archive lies, if it does: the names of the
    /// members on the way, joined by `#`.
    pub(super) member: Option<String>,
    /// Where the bytes of the member lie in what holds it, and how many.
    pub(super) place: Option<(u64, u64)>,
    /// The name that tells what the bytes are.
    pub(super) name: String,
    pub(super) reader: Box<dyn BufRead + Send + 'r>,
    /// What it is, if somebody said so.
    pub(super) container: Option<Container>,
    /// Met while walking a folder or an archive, not named by the user: what
    /// is plainly no document is left out instead of reported.
    pub(super) found: bool,
    /// How many containers it lies in.
    pub(super) depth: u32,
    /// The file that the reader reads from its start, if it is one: formats
    /// with a directory at their end are read out of order.
    pub(super) file: Option<PathBuf>,
    /// How it was packed, for a message.
    pub(super) packing: Option<Packing>,
    /// What was doubtful about the way to it.
    pub(super) notes: Vec<String>,
    pub(super) options: ReadOptions,
}

impl<'r> Source<'r> {
    pub(super) fn new(
        path: &str,
        reader: Box<dyn BufRead + Send + 'r>,
        container: Option<Container>,
        options: &ReadOptions,
    ) -> Self {
        Self {
            path: path.to_owned(),
            member: None,
            place: None,
            name: path.to_owned(),
            reader,
            container,
            found: false,
            depth: 0,
            file: None,
            packing: None,
            notes: Vec::new(),
            options: options.clone(),
        }
    }

    /// Reads the first bytes without taking them from the reader.
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD);
        let read =
            self.reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head.clone()).chain(rest));
        match read {
            // What could be read is looked at before the failure is told.
            Err(cause) if head.is_empty() => Err(cause),
            Err(cause) => {
                let failing = io::BufReader::new(Failing(Some(cause)));
                self.reader =
                    Box::new(io::Cursor::new(head.clone()).chain(failing));
                Ok(head)
            }
            Ok(_) => Ok(head),
        }
    }

    /// Takes the reader; the source keeps what else is known.
    pub(super) fn take_reader(&mut self) -> Box<dyn BufRead + Send + 'r> {
        std::mem::replace(&mut self.reader, Box::new(io::empty()))
    }

    /// Passes over bytes that the head has shown, such as a byte order mark.
    pub(super) fn skip(&mut self, bytes: usize) -> io::Result<()> {
        let mut passed = self.reader.by_ref().take(bytes as u64);
        io::copy(&mut passed, &mut io::sink()).map(|_| ())
    }

    /// The place for an error: the file, and the way inside it.
    pub(super) fn whole_path(&self) -> PathBuf {
        match &self.member {
            Some(member) => format!("{}#{member}", self.path).into(),
            None => PathBuf::from(&self.path),
        }
    }

    /// The error of an archive that cannot be read as one.
    pub(super) fn refused(&self, reason: impl Into<String>) -> Error {
        self.bad(None, None, reason)
    }

    /// The error of one of its documents.
    pub(super) fn bad(
        &self,
        record: Option<u64>,
        offset: Option<u64>,
        reason: impl Into<String>,
    ) -> Error {
        let path = self.whole_path();
        Error::Document { path, record, offset, reason: reason.into() }
    }

    /// The error of a reader that failed.
    pub(super) fn broken(&self, cause: io::Error) -> Error {
        self.broken_at(None, cause)
    }

    /// The error of a reader that failed at a byte of what it unpacks.
    pub(super) fn broken_at(
        &self,
        offset: Option<u64>,
        cause: io::Error,
    ) -> Error {
        if unpack::is_guard(&cause) {
            return self.bad(None, offset, cause.to_string());
        }
        match self.packing {
            Some(packing) => {
                self.bad(None, offset, packing.damaged(&cause.to_string()))
            }
            None => Error::Read { path: self.whole_path(), cause },
        }
    }

    /// A document of this archive without a place of its own.
    pub(super) fn unit(&self, format: Format, bytes: Vec<u8>) -> Unit {
        Unit {
            path: self.path.clone(),
            member: self.member.clone(),
            record: None,
            offset: self.place.map(|(offset, _)| offset),
            length: self.place.map(|(_, length)| length),
            format,
            encoding: None,
            url: None,
            bytes,
            codings: Vec::new(),
            columns: None,
            fields: Map::new(),
            notes: self.notes.clone(),
        }
    }

    /// A member of this archive.
    pub(super) fn inside<'m>(
        &self,
        name: &str,
        reader: Box<dyn BufRead + Send + 'm>,
    ) -> Source<'m> {
        let (shown, note) = recognize::harmless_name(name);
        let member = match &self.member {
            Some(outer) => format!("{outer}#{shown}"),
            None => shown.clone(),
        };
        let mut notes = self.notes.clone();
        notes.extend(note);
        Source {
            path: self.path.clone(),
            member: Some(member),
            place: None,
            name: shown,
            reader,
            container: None,
            found: true,
            depth: self.depth + 1,
            file: None,
            packing: None,
            notes,
            options: self.options.clone(),
        }
    }

    /// Why it is not opened, if it lies too deep.
    fn too_deep(&self) -> Option<Error> {
        let deepest = self.options.max_depth;
        (self.depth >= deepest).then(|| {
            self.refused(format!(
                "containers lie in each other more than {deepest} deep; \
                 unpack the outer ones, or raise --max-nesting"
            ))
        })
    }
}

/// A reader that tells of a failure met earlier.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Recognizes an archive and cuts it.
pub(super) fn cut(mut source: Source<'_>) -> Cut<'_> {
    let head = match source.head() {
        Ok(head) => head,
        Err(cause) => return one(Err(source.broken(cause))),
    };
    // What is packed is unpacked, whatever is said of what it holds.
    if let Some(packing) = Packing::of(&head, &source.name) {
        return match source.too_deep() {
            Some(error) => one(Err(error)),
            None => unpack::cut(source, packing, &head),
        };
    }
    let container = match source.container {
        Some(container) => container,
        None => match recognize::container(&head, &source.name) {
            Ok(None | Some(Container::Text))
                if csv::has_text_column(&head, &source.options) =>
            {
                Container::Csv
            }
            Ok(Some(container)) => container,
            Ok(None) if source.found => return none(),
            Ok(None) => Container::Text,
            // A picture beside the documents is no broken document.
            Err(_) if source.found && !recognize::has_name(&source.name) => {
                return none();
            }
            Err(reason) => return one(Err(source.refused(reason))),
        },
    };
    let holds_others = matches!(container, Container::Zip | Container::Tar);
    if holds_others && let Some(error) = source.too_deep() {
        return one(Err(error));
    }
    match container {
        Container::Text | Container::Html => whole::cut(source, container),
        Container::JsonLines => jsonl::cut(source, &head),
        Container::Json => json::cut(source, &head),
        Container::Csv => csv::cut(source, &head),
        Container::Warc => warc::plain::cut(source),
        Container::Parquet => parquet::cut(source),
        Container::Zip => zip::cut(source),
        Container::Tar => tar::cut(source),
    }
}

/// An archive of one item.
pub(super) fn one<'r>(item: Result<Unit>) -> Cut<'r> {
    Box::new(std::iter::once(item))
}

/// An archive without documents.
pub(super) fn none<'r>() -> Cut<'r> {
    Box::new(std::iter::empty())
}
