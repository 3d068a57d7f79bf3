//! Files that appear whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file under another name in the same folder until [`AtomicFile::commit`];
/// dropped before that, it is gone and the old file untouched.
///
/// A device or a pipe (`/dev/null`) is written directly.
#[derive(Debug)]
pub struct AtomicFile {
    out: BufWriter<Target>,
}

#[derive(Debug)]
enum Target {
    Temporary(NamedTempFile, PathBuf),
    Direct(File),
}

impl AtomicFile {
    /// Begins a file that will stand at `path`.
    pub fn create(path: &Path) -> io::Result<Self> {
        // Through a link, so that its target is replaced and the link stays.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let target = match path.metadata() {
            Ok(there) if there.is_dir() => {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            Ok(there) if !there.is_file() => {
                Target::Direct(OpenOptions::new().write(true).open(&path)?)
            }
            _ => Target::Temporary(temporary_beside(&path)?, path),
        };
        Ok(Self { out: BufWriter::with_capacity(256 << 10, target) })
    }

    /// Writes the rest to the disk and gives the file its name.
    pub fn commit(self) -> io::Result<()> {
        match self.out.into_inner().map_err(|e| e.into_error())? {
            Target::Temporary(file, path) => {
                file.as_file().sync_all()?;
                file.persist(&path).map_err(|e| e.error)?;
                Ok(())
            }
            Target::Direct(mut file) => file.flush(),
        }
    }
}

fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vanban-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: what the umask leaves; as the old file, if any.
        let mode = path.metadata().map_or(0o666, |m| m.permissions().mode());
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Temporary(file, _) => file.write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Temporary(file, _) => file.flush(),
            Self::Direct(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.ndjson");
        fs::write(&path, "old").expect("written");

        let mut file = AtomicFile::create(&path).expect("created");
        file.write_all(b"half").expect("written");
        file.flush().expect("flushed");
        drop(file);
        assert_eq!(fs::read_to_string(&path).expect("read"), "old");

        let mut file = AtomicFile::create(&path).expect("created");
        file.write_all(b"whole").expect("written");
        file.commit().expect("committed");
        assert_eq!(fs::read_to_string(&path).expect("read"), "whole");
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 1);
    }

    #[test]
    fn a_folder_is_refused_and_a_device_written_directly() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(AtomicFile::create(folder.path()).is_err());
        if Path::new("/dev/null").exists() {
            let mut file =
                AtomicFile::create(Path::new("/dev/null")).expect("opened");
            file.write_all(b"gone").expect("written");
            file.commit().expect("committed");
        }
    }
}
