//! What `extract` will do: everything that can be wrong with the request is
//! found here, before a document is read.

use super::args::{Extract, OnlyKind, OutputFormat};
use super::exit::{Result, Stop, plain};
use super::input::{self, is_stdin};
use super::repost_pass;
use crate::pipeline::{Input, Options};
use crate::record::Kind;
use crate::wire::Format;
use std::path::{Path, PathBuf};

/// A validated `extract`.
pub(super) struct Plan {
    pub(super) inputs: Vec<Input>,
    pub(super) options: Options,
    pub(super) format: Format,
    /// `None` is standard output.
    pub(super) output: Option<PathBuf>,
    pub(super) errors: Option<PathBuf>,
    pub(super) only: Option<Kind>,
    pub(super) reposts: Option<repost_pass::Asked>,
    pub(super) voice: Voice,
    pub(super) progress: bool,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    Quiet,
    Normal,
    Verbose,
}

impl Plan {
    pub(super) fn of(args: &Extract) -> Result<Self> {
        let output = args.output.clone().filter(|path| !is_stdin(path));
        let errors = args.errors.clone();
        for file in output.iter().chain(&errors) {
            writable(file)?;
        }
        if output.is_some() && same_file(&output, &errors) {
            return Err(Stop::refused(
                "-o and --errors name the same file; give each its own",
            ));
        }
        let mut options = Options {
            read: input::read_options(&args.reading)?,
            ..Options::default()
        };
        if let Some(threads) = args.threads {
            options.threads = threads;
        }
        options.skip = output.iter().chain(&errors).cloned().collect();
        Ok(Self {
            inputs: input::inputs(&args.paths, &args.reading)?,
            options,
            format: match args.format {
                OutputFormat::Ndjson => Format::Ndjson,
                OutputFormat::Json => Format::Json,
                OutputFormat::Csv => Format::Csv,
            },
            output,
            errors,
            only: args.only.map(|kind| match kind {
                OnlyKind::Announcement => Kind::Announcement,
                OnlyKind::Other => Kind::Other,
            }),
            reposts: repost_pass::Asked::of(&args.reposted)?,
            voice: match (args.quiet, args.verbose) {
                (true, _) => Voice::Quiet,
                (_, true) => Voice::Verbose,
                _ => Voice::Normal,
            },
            progress: !args.no_progress && !args.quiet,
        })
    }
}

/// Refuses a file that cannot be there.
pub(super) fn writable(file: &Path) -> Result<()> {
    if file.is_dir() {
        return Err(Stop::Refused(format!(
            "cannot write `{0}`: it is a folder; name a file, as `{0}/records.ndjson`",
            file.display()
        )));
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match folder.metadata() {
        Ok(there) if there.is_dir() => Ok(()),
        Ok(_) => Err(Stop::Refused(format!(
            "cannot write `{}`: `{}` is no folder",
            file.display(),
            folder.display()
        ))),
        Err(error) => Err(Stop::Refused(format!(
            "cannot write `{}`: its folder: {}",
            file.display(),
            plain(&error)
        ))),
    }
}

fn same_file(a: &Option<PathBuf>, b: &Option<PathBuf>) -> bool {
    let absolute = |path: &Option<PathBuf>| {
        path.as_deref().and_then(|p| std::path::absolute(p).ok())
    };
    absolute(a) == absolute(b)
}
