//! An open archive on its way to being cut into documents.

use super::recognize::{self, Container};
use super::{ReadOptions, Unit, json, jsonl, whole};
use crate::{Error, Result};
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

/// Raw documents of one archive, in order.
pub(super) type Cut<'r> = Box<dyn Iterator<Item = Result<Unit>> + Send + 'r>;

/// Bytes looked at to recognize an archive.
const HEAD: usize = 8 << 10;

/// An archive whose bytes can be read from the start.
pub(super) struct Source<'r> {
    pub(super) path: String,
    pub(super) reader: Box<dyn BufRead + Send + 'r>,
    /// What it is, if somebody said so.
    pub(super) container: Option<Container>,
    /// Met while walking a folder, not named by the user: what is plainly no
    /// document is left out instead of reported.
    pub(super) found: bool,
    pub(super) options: ReadOptions,
}

impl<'r> Source<'r> {
    pub(super) fn new(
        path: &str,
        reader: Box<dyn BufRead + Send + 'r>,
        container: Option<Container>,
        options: &ReadOptions,
    ) -> Self {
        let path = path.to_owned();
        let options = options.clone();
        Self { path, reader, container, found: false, options }
    }

    /// Reads the first bytes without taking them from the reader.
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD);
        self.reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader =
            Box::new(BufReader::new(io::Cursor::new(head.clone()).chain(rest)));
        Ok(head)
    }

    /// Passes over bytes that the head has shown, such as a byte order mark.
    pub(super) fn skip(&mut self, bytes: usize) -> io::Result<()> {
        let mut passed = self.reader.by_ref().take(bytes as u64);
        io::copy(&mut passed, &mut io::sink()).map(|_| ())
    }

    /// The error of an archive that cannot be read as one.
    pub(super) fn refused(&self, reason: impl Into<String>) -> Error {
        Error::Document {
            path: PathBuf::from(&self.path),
            record: None,
            offset: None,
            reason: reason.into(),
        }
    }

    /// The error of a reader that failed.
    pub(super) fn broken(&self, cause: io::Error) -> Error {
        Error::Read { path: PathBuf::from(&self.path), cause }
    }
}

/// Recognizes an archive and cuts it.
pub(super) fn cut(mut source: Source<'_>) -> Cut<'_> {
    let head = match source.head() {
        Ok(head) => head,
        Err(cause) => return one(Err(source.broken(cause))),
    };
    let container = match source.container {
        Some(container) => container,
        None => match recognize::container(&head, &source.path) {
            Ok(Some(container)) => container,
            Ok(None) if source.found => return none(),
            Ok(None) => Container::Text,
            // A picture beside the documents is no broken document.
            Err(_) if source.found && !recognize::has_name(&source.path) => {
                return none();
            }
            Err(reason) => return one(Err(source.refused(reason))),
        },
    };
    match container {
        Container::Text | Container::Html => whole::cut(source, container),
        Container::JsonLines => jsonl::cut(source, &head),
        Container::Json => json::cut(source, &head),
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
