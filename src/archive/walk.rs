//! Files and folders in a fixed order.

use super::ReadOptions;
use super::recognize::{self, Container};
use super::source::{self, Cut, Source, none, one};
use super::unpack::Packing;
use crate::{Error, Result};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Raw documents of a file, or of the files of a folder and its folders in
/// the order of their names' bytes.
///
/// A file that the user names is always read. Of a folder, hidden files are
/// left out, and so are files that neither their name nor their content shows
/// to be documents.
pub(super) fn cut(path: &Path, options: &ReadOptions) -> Cut<'static> {
    if !path.is_dir() {
        return file(path, false, options);
    }
    let options = options.clone();
    let entries = WalkDir::new(path)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry));
    Box::new(entries.flat_map(move |entry| match entry {
        Ok(entry) if !entry.file_type().is_file() => none(),
        Ok(entry) if is_gold(entry.path()) => none(),
        Ok(entry) => file(entry.path(), true, &options),
        Err(error) => one(Err(unreadable(error))),
    }))
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether a member of an archive would be hidden in a folder, or is what
/// another system leaves beside the files.
pub(super) fn is_hidden(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    parts.any(|part| {
        part == "__MACOSX"
            || (part.starts_with('.') && !part.trim_matches('.').is_empty())
    })
}

/// `NAME.gold.json` describes `NAME.txt`.
pub(super) fn is_gold(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.ends_with(b".gold.json")
}

fn file(path: &Path, found: bool, options: &ReadOptions) -> Cut<'static> {
    match open(path, found, options) {
        Ok(source) => source::cut(source),
        Err(error) => one(Err(error)),
    }
}

fn open(
    path: &Path,
    found: bool,
    options: &ReadOptions,
) -> Result<Source<'static>> {
    let name = path.to_string_lossy();
    let read = |cause| Error::Read { path: path.to_owned(), cause };
    let opened = File::open(path).map_err(read)?;
    let one_document = matches!(
        recognize::by_name(&name),
        Some(Container::Text | Container::Html)
    );
    // Said before a byte is read: the size of a regular file is known.
    let size = opened.metadata().map_err(read)?;
    let packed = Packing::strip(&name).len() < name.len();
    if one_document
        && !packed
        && size.is_file()
        && size.len() > options.max_bytes
    {
        return Err(Error::Document {
            path: path.to_owned(),
            record: None,
            offset: None,
            reason: super::whole::too_long(options.max_bytes),
        });
    }
    let reader = BufReader::with_capacity(64 << 10, opened);
    let mut source = Source::new(&name, Box::new(reader), None, options);
    source.found = found;
    source.file = Some(path.to_owned());
    Ok(source)
}

/// A folder that cannot be listed, or a link that leads back to one of the
/// folders it lies in.
fn unreadable(error: walkdir::Error) -> Error {
    let path = error.path().map_or_else(PathBuf::new, Path::to_owned);
    if let Some(above) = error.loop_ancestor() {
        return Error::Document {
            path,
            record: None,
            offset: None,
            reason: format!(
                "the link leads back to {}, a folder that it lies in; remove \
                 the link",
                above.display()
            ),
        };
    }
    let cause = error
        .into_io_error()
        .unwrap_or_else(|| io::Error::other("the folder cannot be listed"));
    Error::Read { path, cause }
}
