//! Inputs as asked for, checked before any work begins.

use super::args::Reading;
use super::exit::{Result, Stop, plain};
use crate::archive::{Container, ReadOptions};
use crate::pipeline::Input;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The name that stands for standard input, as an argument and in records.
pub(super) const STDIN: &str = "-";

pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// How to read, from what was asked.
pub(super) fn read_options(reading: &Reading) -> Result<ReadOptions> {
    let mut options = ReadOptions {
        text_field: reading.text_field.clone(),
        title_field: reading.title_field.clone(),
        date_field: reading.date_field.clone(),
        url_field: reading.url_field.clone(),
        keep_fields: reading.keep_fields,
        keep_blocks: reading.keep_blocks,
        fast_html: reading.fast,
        ..ReadOptions::default()
    };
    if let Some(name) = &reading.encoding {
        options.encoding = Some(name.parse().map_err(Stop::Refused)?);
    }
    if let Some(mib) = reading.max_size {
        options.max_bytes = (mib.get() as u64).saturating_mul(1 << 20);
    }
    if let Some(ratio) = reading.max_ratio {
        options.max_ratio = ratio.get() as u64;
    }
    if let Some(levels) = reading.max_nesting {
        options.max_depth = levels.get();
    }
    Ok(options)
}

/// The inputs of the given paths; each must be there.
pub(super) fn inputs(
    paths: &[PathBuf],
    reading: &Reading,
) -> Result<Vec<Input>> {
    let container = match &reading.input_format {
        Some(name) => Some(name.parse().map_err(Stop::Refused)?),
        None => None,
    };
    let streams = paths.iter().filter(|path| is_stdin(path)).count();
    if streams > 1 {
        return Err(Stop::refused(
            "standard input can be read only once; give `-` once",
        ));
    }
    if container.is_some() && streams == 0 {
        return Err(Stop::refused(
            "--input-format is for standard input; add `-`, or leave it out: files are recognized by their content",
        ));
    }
    paths.iter().map(|path| input(path, container)).collect()
}

/// The input of one path, which must be there.
pub(super) fn input(
    path: &Path,
    container: Option<Container>,
) -> Result<Input> {
    if is_stdin(path) {
        let reader = BufReader::with_capacity(64 << 10, std::io::stdin());
        return Ok(Input::Stream {
            name: STDIN.to_owned(),
            reader: Box::new(reader),
            container,
        });
    }
    match path.metadata() {
        Ok(_) => Ok(Input::Path(path.to_owned())),
        Err(error) => Err(unreadable(path, &error)),
    }
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Refused(format!("cannot read `{}`: {}", path.display(), plain(error)))
}
