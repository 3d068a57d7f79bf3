//! Where an output goes, and under which names.

use crate::wire::Format;
use std::io::Write;
use std::path::{Path, PathBuf};

/// One output of a run.
pub struct Target {
    /// How records are written.
    pub format: Format,
    /// Where to.
    pub place: Place,
}

/// Where an output goes.
pub enum Place {
    /// A file, which has its name only when it is whole.
    File(PathBuf),
    /// A stream or a device; what is written is written.
    Stream(PathBuf, Box<dyn Write + Send>),
}

impl Target {
    /// What stands for it in messages.
    pub fn name(&self) -> &Path {
        match &self.place {
            Place::File(path) | Place::Stream(path, _) => path,
        }
    }
}

/// The hidden folder beside a file in which it grows. Folders that are read
/// leave out hidden folders, so an output may lie among its inputs.
pub fn workshop(file: &Path) -> PathBuf {
    beside(file, ".part")
}

/// The hidden file beside an output that says what a run has seen.
pub fn memory(file: &Path) -> PathBuf {
    beside(file, ".seen")
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(ending);
    file.with_file_name(name)
}

/// The name of a shard: `tin-00003.parquet` for `tin.parquet`.
pub fn shard(file: &Path, number: u32) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number:05}"));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

/// The shards that stand beside a file now.
pub fn shards(file: &Path) -> Vec<PathBuf> {
    (0..).map(|n| shard(file, n)).take_while(|path| path.is_file()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_from_the_name_of_the_file() {
        let file = Path::new("ra/tin.parquet");
        assert_eq!(shard(file, 3), Path::new("ra/tin-00003.parquet"));
        assert_eq!(workshop(file), Path::new("ra/.tin.parquet.part"));
        assert_eq!(memory(file), Path::new("ra/.tin.parquet.seen"));
        assert_eq!(shard(Path::new("tin"), 0), Path::new("tin-00000"));
    }
}
