//! One output as it grows: files under a hidden folder until all is done, so
//! that nothing half-written has its final name, and a later run can go on
//! where this one was cut off.
//!
//! Every file only grows. What a checkpoint promises is the length that each
//! file had then; what stands behind it is cut off when the run is resumed.
//! The rows of a Parquet group that is not full are kept in a file too.

use super::target::{self, Place, Target};
use crate::error::{Error, Result};
use crate::wire::{BOM, Format, parquet};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// JSON bytes of the rows of one Parquet row group; a longer row is a group
/// of its own.
pub const GROUP: usize = 16 << 20;

/// How far an output has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Number of the shard that grows.
    shard: u32,
    /// Its length.
    length: u64,
    /// Records in it.
    records: u64,
    /// Parquet groups finished, in all shards.
    groups: u64,
    /// Bytes of their notes, in this shard.
    notes: u64,
    /// Bytes of the rows of the next group that are on disk.
    saved: u64,
}

/// An output that grows.
pub struct Writer {
    format: Format,
    /// Where the file will stand; `None` for a stream.
    path: Option<PathBuf>,
    name: PathBuf,
    shard_size: Option<u64>,
    bom: bool,
    state: State,
    out: BufWriter<Box<dyn Sink>>,
    /// Parquet: rows of the group that is not full, as JSON lines.
    rows: Vec<u8>,
    /// Parquet: notes of the groups of this shard, and their lengths.
    notes: Vec<Vec<u8>>,
    lengths: Vec<u64>,
    notes_file: Option<File>,
    /// Parquet: the group whose rows are on disk, and those packed since.
    kept: Option<u64>,
    old: Vec<u64>,
}

/// What bytes go to.
trait Sink: Write + Send {
    /// Sees to it that what was written outlasts a loss of power.
    fn sync(&mut self) -> io::Result<()>;
}

impl Sink for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

struct Stream(Box<dyn Write + Send>);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Sink for Stream {
    fn sync(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Writer {
    /// Opens an output: anew, or where `state` says that it was.
    pub fn open(
        target: Target,
        shard_size: Option<u64>,
        bom: bool,
        state: Option<&State>,
    ) -> Result<Self> {
        let name = target.name().to_owned();
        let (path, out): (_, Box<dyn Sink>) = match target.place {
            Place::Stream(_, stream) => (None, Box::new(Stream(stream))),
            // Replaced in a moment.
            Place::File(path) => {
                (Some(path), Box::new(Stream(Box::new(io::sink()))))
            }
        };
        let mut writer = Self {
            format: target.format,
            shard_size: shard_size.filter(|_| path.is_some()),
            path,
            name,
            bom: bom && target.format == Format::Csv,
            state: State::default(),
            out: BufWriter::with_capacity(256 << 10, out),
            rows: Vec::new(),
            notes: Vec::new(),
            lengths: Vec::new(),
            notes_file: None,
            kept: None,
            old: Vec::new(),
        };
        let opened = match state {
            Some(state) => writer.restore(state),
            None => writer.begin_shard(),
        };
        opened.map_err(|cause| writer.failed(cause))?;
        Ok(writer)
    }

    /// How records are rendered for it.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Takes one rendered record.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        let put = match self.format {
            Format::Parquet => self.put_row(bytes),
            _ => self.put_text(bytes),
        };
        put.map_err(|cause| self.failed(cause))
    }

    /// Sees to it that all so far outlasts a crash, and says how far it is.
    pub fn checkpoint(&mut self) -> Result<State> {
        self.save().map_err(|cause| self.failed(cause))?;
        Ok(self.state.clone())
    }

    /// Shows what was written so far, where somebody waits for it.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(|cause| self.failed(cause))
    }

    /// Writes the end; gives the files as they are and as they shall be.
    pub fn finish(mut self) -> Result<Vec<(PathBuf, PathBuf)>> {
        self.end_shard().map_err(|cause| self.failed(cause))?;
        let Some(path) = &self.path else { return Ok(Vec::new()) };
        let name = |number| match self.shard_size {
            Some(_) => target::shard(path, number),
            None => path.clone(),
        };
        let part = |number| part(path, number);
        Ok((0..=self.state.shard).map(|n| (part(n), name(n))).collect())
    }

    fn put_text(&mut self, bytes: &[u8]) -> io::Result<()> {
        let first = self.state.records == 0;
        let between = self.format.between(first);
        let grown = self.state.length
            + (between.len() + bytes.len()) as u64
            + self.format.tail(false).len() as u64;
        if !first && self.shard_size.is_some_and(|size| grown > size) {
            self.next_shard()?;
            return self.put_text(bytes);
        }
        self.state.records += 1;
        self.write(between)?;
        self.write(bytes)
    }

    fn put_row(&mut self, row: &[u8]) -> io::Result<()> {
        if !self.rows.is_empty() && self.rows.len() + row.len() > GROUP {
            self.pack()?;
        }
        self.state.records += 1;
        self.rows.extend_from_slice(row);
        Ok(())
    }

    /// Packs the rows that wait into a group.
    fn pack(&mut self) -> io::Result<()> {
        let group = parquet::group(&self.rows).map_err(io::Error::other)?;
        let grown = self.state.length + group.data.len() as u64;
        let full = self.shard_size.is_some_and(|size| grown > size);
        if full && !self.notes.is_empty() {
            self.rows.clear();
            self.next_shard()?;
        }
        self.write(&group.data)?;
        if let Some(file) = &mut self.notes_file {
            let mut note = Vec::with_capacity(group.note.len() + 16);
            note.extend_from_slice(&(group.data.len() as u64).to_le_bytes());
            note.extend_from_slice(&(group.note.len() as u64).to_le_bytes());
            note.extend_from_slice(&group.note);
            file.write_all(&note)?;
            self.state.notes += note.len() as u64;
        }
        self.lengths.push(group.data.len() as u64);
        self.notes.push(group.note);
        self.rows.clear();
        self.state.groups += 1;
        self.state.saved = 0;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.state.length += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn begin_shard(&mut self) -> io::Result<()> {
        let number = self.state.shard;
        if let Some(path) = &self.path {
            fs::create_dir_all(target::workshop(path))?;
            let file = File::create(part(path, number))?;
            inherit_mode(&file, path);
            self.out = BufWriter::with_capacity(256 << 10, Box::new(file));
            if self.format == Format::Parquet {
                self.notes_file = Some(File::create(notes(path, number))?);
            }
        }
        if self.bom {
            self.write(BOM)?;
        }
        let head = self.format.head();
        self.write(&head)
    }

    fn end_shard(&mut self) -> io::Result<()> {
        if self.format == Format::Parquet {
            if !self.rows.is_empty() {
                self.pack()?;
            }
            let foot = parquet::foot(&self.notes, &self.lengths);
            self.write(&foot.map_err(io::Error::other)?)?;
        } else {
            let tail = self.format.tail(self.state.records == 0);
            self.write(tail)?;
        }
        self.out.flush()?;
        self.out.get_mut().sync()
    }

    fn next_shard(&mut self) -> io::Result<()> {
        self.end_shard()?;
        self.notes.clear();
        self.lengths.clear();
        self.state.shard += 1;
        self.state.length = 0;
        self.state.records = 0;
        self.state.notes = 0;
        self.begin_shard()
    }

    fn save(&mut self) -> io::Result<()> {
        if let (Some(path), Format::Parquet) = (&self.path, self.format) {
            let saved = self.state.saved as usize;
            if saved < self.rows.len() {
                let name = rows(path, self.state.groups);
                let mut options = File::options();
                // What stands behind the last checkpoint is cut off.
                let mut file = options
                    .create(true)
                    .write(true)
                    .truncate(false)
                    .open(name)?;
                file.set_len(self.state.saved)?;
                file.seek(SeekFrom::End(0))?;
                file.write_all(&self.rows[saved..])?;
                file.sync_data()?;
                self.state.saved = self.rows.len() as u64;
                self.old.extend(self.kept.filter(|g| *g < self.state.groups));
                self.kept = Some(self.state.groups);
            }
            if let Some(file) = &self.notes_file {
                file.sync_data()?;
            }
        }
        self.out.flush()?;
        self.out.get_mut().sync()
    }

    /// Takes away the rows of a group that is packed, once a checkpoint no
    /// longer needs them.
    pub fn tidy(&mut self) {
        let Some(path) = &self.path else { return };
        for group in self.old.drain(..) {
            // It is gone already, or will be with its folder.
            let _ = fs::remove_file(rows(path, group));
        }
    }

    fn restore(&mut self, state: &State) -> io::Result<()> {
        let Some(path) = self.path.clone() else { return Ok(()) };
        let file = reopen(&part(&path, state.shard), state.length)?;
        self.out = BufWriter::with_capacity(256 << 10, Box::new(file));
        self.state = state.clone();
        if self.format != Format::Parquet {
            return Ok(());
        }
        let file = notes(&path, state.shard);
        self.notes_file = Some(reopen(&file, state.notes)?);
        let kept = fs::read(&file)?;
        let mut rest = kept.as_slice();
        while let Some((head, behind)) = rest.split_first_chunk::<16>() {
            let (length, size) = head.split_at(8);
            let number = |bytes: &[u8]| {
                u64::from_le_bytes(bytes.try_into().unwrap_or_default())
            };
            let size = number(size) as usize;
            let note = behind.get(..size).ok_or_else(damaged)?;
            self.lengths.push(number(length));
            self.notes.push(note.to_vec());
            rest = &behind[size..];
        }
        if state.saved > 0 {
            let mut file = reopen(&rows(&path, state.groups), state.saved)?;
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut self.rows)?;
            self.kept = Some(state.groups);
        }
        Ok(())
    }

    fn failed(&self, cause: io::Error) -> Error {
        Error::Write { path: self.name.clone(), cause }
    }
}

fn part(path: &Path, shard: u32) -> PathBuf {
    target::workshop(path).join(format!("{shard:05}"))
}

fn notes(path: &Path, shard: u32) -> PathBuf {
    target::workshop(path).join(format!("{shard:05}.notes"))
}

fn rows(path: &Path, group: u64) -> PathBuf {
    target::workshop(path).join(format!("rows-{group}"))
}

fn damaged() -> io::Error {
    io::Error::other(
        "the unfinished file is shorter than its ledger says; begin anew with --restart",
    )
}

/// A file at the length that it had, to be continued.
pub(super) fn reopen(path: &Path, length: u64) -> io::Result<File> {
    let mut file = File::options().read(true).write(true).open(path)?;
    if file.metadata()?.len() < length {
        return Err(damaged());
    }
    file.set_len(length)?;
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

/// A file that replaces another may be used by the same people.
fn inherit_mode(file: &File, old: &Path) {
    if let Ok(old) = old.metadata() {
        // Only a convenience.
        let _ = file.set_permissions(old.permissions());
    }
}
