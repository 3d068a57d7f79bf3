//! ZIP archives, member by member in the order of their directory.

use super::source::{self, Cut, Source, one};
use super::unpack::{Counted, Guard};
use super::{Unit, walk, whole};
use crate::Result;
use ::zip::{CompressionMethod, ZipArchive, result::ZipError};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The bytes of an archive, to be read at any place as often as needed.
#[derive(Clone)]
enum Bytes {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }
}

pub(super) fn cut(mut source: Source<'_>) -> Cut<'_> {
    let limit = source.options.max_bytes;
    // The directory stands at the end: from a stream it must fit in memory.
    let bytes = match &source.file {
        Some(path) => Bytes::File(path.clone()),
        None => match whole::up_to(&mut source.reader, limit) {
            Ok(Some(bytes)) => Bytes::Memory(bytes.into()),
            Ok(None) => {
                return one(Err(source.refused(
                    "a ZIP archive of this size can be read from a file \
                     only, not from a stream or inside another container; \
                     unpack it first",
                )));
            }
            Err(cause) => return one(Err(source.broken(cause))),
        },
    };
    let archive = match bytes.open().map(ZipArchive::new) {
        Ok(Ok(archive)) => archive,
        Ok(Err(cause)) => return one(Err(source.refused(damaged(&cause)))),
        Err(cause) => return one(Err(source.broken(cause))),
    };
    if overlaps(&archive, &bytes) {
        return one(Err(source.refused(
            "members of the ZIP archive share their bytes, as those of a \
             decompression bomb do; it was not read",
        )));
    }
    Box::new(Members { source, bytes, archive, index: 0, open: None })
}

/// Whether the members together are longer than the archive.
fn overlaps(archive: &ZipArchive<Box<dyn ReadSeek>>, bytes: &Bytes) -> bool {
    let end = bytes.open().and_then(|mut b| b.seek(SeekFrom::End(0)));
    let members =
        (0..archive.len()).filter_map(|i| archive.by_index_data(i).ok());
    let total = members
        .fold(0_u64, |sum, entry| sum.saturating_add(entry.compressed_size()));
    end.is_ok_and(|end| total > end)
}

fn damaged(cause: &ZipError) -> String {
    format!(
        "the directory of the ZIP archive cannot be read ({cause}); it was \
         cut off or damaged, fetch it again"
    )
}

struct Members<'r> {
    source: Source<'r>,
    bytes: Bytes,
    archive: ZipArchive<Box<dyn ReadSeek>>,
    /// The next member.
    index: usize,
    /// The documents of the open one.
    open: Option<Cut<'static>>,
}

impl Iterator for Members<'_> {
    type Item = Result<Unit>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(item) = open.next() {
                    return Some(item);
                }
                self.open = None;
            }
            if self.index == self.archive.len() {
                return None;
            }
            let member = self.member(self.index);
            self.index += 1;
            match member {
                Ok(Some(member)) => self.open = Some(source::cut(member)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// What the directory says of a member.
struct Entry {
    name: String,
    offset: u64,
    packed: u64,
    sum: u32,
    method: CompressionMethod,
    encrypted: bool,
}

impl Members<'_> {
    /// Opens a member; `None` if it is no document.
    fn member(&mut self, index: usize) -> Result<Option<Source<'static>>> {
        let entry = match self.entry(index) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Ok(None),
            Err(cause) => {
                let name = self.archive.name_for_index(index);
                let name = name.and_then(|n| n.ok()).map(|n| n.into_owned());
                let name = name.unwrap_or_else(|| format!("member {index}"));
                return Err(self.refused(&name, format!(
                    "this member cannot be read ({cause}); fetch the archive \
                     again"
                )));
            }
        };
        if walk::is_hidden(&entry.name) || walk::is_gold(entry.name.as_ref()) {
            return Ok(None);
        }
        if entry.encrypted {
            let reason = "this member needs a password; unpack it first";
            return Err(self.refused(&entry.name, reason.to_owned()));
        }
        let reader = match self.reader(&entry) {
            Ok(Some(reader)) => reader,
            Ok(None) => {
                let reason = format!(
                    "this member is compressed by {}, which is not read; \
                     unpack it first",
                    entry.method
                );
                return Err(self.refused(&entry.name, reason));
            }
            Err(cause) => {
                return Err(self.refused(&entry.name, cause.to_string()));
            }
        };
        let reader = BufReader::with_capacity(64 << 10, reader);
        let mut member = self.source.inside(&entry.name, Box::new(reader));
        member.place = Some((entry.offset, entry.packed));
        Ok(Some(member))
    }

    fn refused(&self, name: &str, reason: String) -> crate::Error {
        self.source.inside(name, Box::new(io::empty())).refused(reason)
    }

    fn entry(
        &mut self,
        index: usize,
    ) -> std::result::Result<Option<Entry>, ZipError> {
        let file = self.archive.by_index_raw(index)?;
        if file.is_dir() || file.is_symlink() {
            return Ok(None);
        }
        let Some(offset) = file.data_start() else { return Ok(None) };
        Ok(Some(Entry {
            name: match file.name() {
                Ok(name) => name.into_owned(),
                Err(_) => String::from_utf8_lossy(file.name_raw()).into_owned(),
            },
            offset,
            packed: file.compressed_size(),
            sum: file.crc32(),
            method: file.compression(),
            encrypted: file.encrypted(),
        }))
    }

    /// The bytes of a member, unpacked; `None` if that is not known how.
    fn reader(
        &self,
        entry: &Entry,
    ) -> io::Result<Option<Box<dyn Read + Send>>> {
        let mut bytes = self.bytes.open()?;
        bytes.seek(SeekFrom::Start(entry.offset))?;
        let spent = Arc::new(AtomicU64::new(0));
        let packed =
            Counted { inner: bytes.take(entry.packed), spent: spent.clone() };
        let reader: Box<dyn Read + Send> = match entry.method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => {
                Box::new(flate2::read::DeflateDecoder::new(packed))
            }
            _ => return Ok(None),
        };
        let guard = Guard::new(reader, spent, self.source.options.max_ratio);
        Ok(Some(Box::new(Summed {
            inner: guard,
            sum: flate2::Crc::new(),
            expected: entry.sum,
        })))
    }
}

/// Checks the sum of a member at its end.
struct Summed<R> {
    inner: R,
    sum: flate2::Crc,
    expected: u32,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sum.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.sum.sum() != self.expected {
            return Err(io::Error::other(
                "the member is damaged: its checksum is not the one that the \
                 archive states",
            ));
        }
        Ok(read)
    }
}
