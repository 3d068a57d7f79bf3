//! Reading at a place of a file.

use std::fs::File;
use std::io::Result;

/// Fills `bytes` with what stands from byte `at` on.
#[cfg(unix)]
pub(super) fn read_at(
    file: &mut File,
    at: u64,
    bytes: &mut [u8],
) -> Result<()> {
    use std::os::unix::fs::FileExt;
    file.read_exact_at(bytes, at)
}

/// Fills `bytes` with what stands from byte `at` on.
#[cfg(not(unix))]
pub(super) fn read_at(
    file: &mut File,
    at: u64,
    bytes: &mut [u8],
) -> Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}
