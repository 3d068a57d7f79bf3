//! What `extract` will do: everything that can be wrong with the request is
//! found here, before a document is read.

use super::args::{Extract, OnlyKind, OutputFormat, Reposted, Writing};
use super::exit::{Result, Stop, plain};
use super::input::{self, is_stdin};
use crate::pipeline::Options;
use crate::record::Kind;
use crate::reposts;
use crate::run::{
    self, Filter, Job, Mode, Place, Reposting, Request, Retry, Target,
};
use crate::wire::Format;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

/// A validated `extract`.
pub(super) struct Plan {
    pub(super) job: Job,
    pub(super) reports: Vec<Report>,
    /// An earlier report, to compare with.
    pub(super) against: Option<PathBuf>,
    pub(super) voice: Voice,
    pub(super) progress: bool,
    /// What is read, for the time that is left.
    pub(super) paths: Vec<PathBuf>,
}

/// Where a report goes.
pub(super) struct Report {
    pub(super) path: PathBuf,
    /// As a page for a browser, or else as JSON.
    pub(super) html: bool,
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
        let writing = &args.writing;
        let reports = reports(&writing.report)?;
        distinct(writing)?;
        let outputs = outputs(writing)?;
        let errors = match &writing.errors {
            Some(path) => Some(target(path, Format::Ndjson, false)?),
            None => None,
        };
        let retry = match &args.running.retry {
            Some(file) => Some(Retry::read(file)?),
            None => None,
        };
        let paths = match &retry {
            Some(retry) => retry.paths().to_vec(),
            None => args.paths.clone(),
        };
        let options = options(args, &outputs)?;
        let to_stdout = outputs.iter().any(|target| is_stdin(target.name()));
        let job = Job {
            inputs: input::inputs(&paths, &args.reading)?,
            asked: request(args, &paths, &options),
            options,
            outputs,
            errors,
            filter: filter(args),
            reposts: reposting(&args.reposted)?,
            limit: args.choosing.limit,
            shard_size: writing.shard_size.map(Into::into),
            bom: writing.csv_bom,
            // A person is waiting, a program is not.
            eager: to_stdout && io::stdout().is_terminal(),
            mode: Mode {
                resume: args.running.resume,
                restart: args.running.restart,
                update: args.running.update,
            },
            checkpoint: Duration::from_secs_f64(args.running.checkpoint),
            retry,
        };
        Ok(Self {
            job,
            reports,
            against: writing.report_against.clone(),
            voice: match (args.quiet, args.verbose) {
                (true, _) => Voice::Quiet,
                (_, true) => Voice::Verbose,
                _ => Voice::Normal,
            },
            progress: !args.no_progress && !args.quiet,
            paths,
        })
    }
}

fn options(args: &Extract, outputs: &[Target]) -> Result<Options> {
    let mut options = Options {
        read: input::read_options(&args.reading)?,
        ..Options::default()
    };
    if let Some(threads) = args.running.threads {
        options.threads = threads;
    }
    if args.running.max_time > 0.0 {
        options.max_time = Some(Duration::from_secs_f64(args.running.max_time));
    }
    let writing = &args.writing;
    let outputs: Vec<PathBuf> =
        outputs.iter().map(|target| target.name().to_owned()).collect();
    let shards = outputs.iter().flat_map(|file| run::shards(file));
    options.skip = shards
        .chain(outputs.iter().cloned())
        .chain(writing.errors.clone())
        .chain(writing.report.clone())
        .collect();
    Ok(options)
}

/// What decides the records, by a name for people.
fn request(args: &Extract, paths: &[PathBuf], options: &Options) -> Request {
    let inputs = inputs(paths);
    let reading = format!(
        "{:?} {:?} {:?}",
        options.read, args.reading.input_format, options.max_time
    );
    let retry = args.running.retry.as_ref();
    let retry =
        retry.map_or_else(|| "–".to_owned(), |file| file.display().to_string());
    Request::from([
        ("inputs".to_owned(), inputs),
        ("reading".to_owned(), reading),
        ("retry".to_owned(), retry),
    ])
}

/// Paths that are named one by one.
const NAMED: usize = 20;

/// The inputs in words; of very many, what tells them from others.
fn inputs(paths: &[PathBuf]) -> String {
    let names: Vec<String> =
        paths.iter().map(|path| path.display().to_string()).collect();
    match names.get(NAMED..) {
        None | Some([]) => names.join(", "),
        Some(more) => format!(
            "{} and {} more ({:016x})",
            names[..NAMED].join(", "),
            more.len(),
            xxh3_64(names.join("\0").as_bytes())
        ),
    }
}

fn filter(args: &Extract) -> Filter {
    let choosing = &args.choosing;
    let seed = choosing.seed.unwrap_or_default();
    Filter {
        kind: choosing.only.map(|kind| match kind {
            OnlyKind::Announcement => Kind::Announcement,
            OnlyKind::Other => Kind::Other,
        }),
        conditions: choosing.conditions.clone(),
        sample: choosing.sample.map(|sample| sample.with_seed(seed)),
    }
}

/// What is asked about reposts, or nothing if nothing is.
fn reposting(args: &Reposted) -> Result<Option<Reposting>> {
    if !args.reposts && !args.dedupe {
        return Ok(None);
    }
    if let Some(folder) = &args.temp_dir
        && !folder.is_dir()
    {
        return Err(Stop::Refused(format!(
            "--temp-dir `{}` is no folder; name one that is there",
            folder.display()
        )));
    }
    let folder = args.temp_dir.clone();
    let mut options = reposts::Options { folder, ..Default::default() };
    if let Some(mib) = args.repost_memory {
        options.memory = mib.get().saturating_mul(1 << 20);
    }
    let Reposted { reposts: mark, dedupe, .. } = *args;
    Ok(Some(Reposting { mark, dedupe, options }))
}

/// The outputs with their formats.
fn outputs(writing: &Writing) -> Result<Vec<Target>> {
    let asked = writing.format.map(|format| match format {
        OutputFormat::Ndjson => Format::Ndjson,
        OutputFormat::Json => Format::Json,
        OutputFormat::Csv => Format::Csv,
        OutputFormat::Parquet => Format::Parquet,
    });
    let stdout = [PathBuf::from(input::STDIN)];
    let paths = match writing.output.as_slice() {
        [] => &stdout,
        paths => paths,
    };
    let one = paths.len() == 1;
    let sharded = writing.shard_size.is_some();
    let targets = paths.iter().map(|path| {
        let named = Format::by_name(path);
        // For one output what is asked holds; of several, each name does.
        let format = match one {
            true => asked.or(named),
            false => named.or(asked),
        };
        target(path, format.unwrap_or_default(), sharded)
    });
    let targets: Vec<Target> = targets.collect::<Result<_>>()?;
    if writing.csv_bom && targets.iter().all(|t| t.format != Format::Csv) {
        return Err(Stop::refused(
            "--csv-bom is for CSV, which this run does not write; add --format csv or -o FILE.csv",
        ));
    }
    if sharded && targets.iter().any(|t| matches!(t.place, Place::Stream(..))) {
        return Err(Stop::refused(
            "--shard-size needs files; name them with -o FOLDER/NAME.ndjson",
        ));
    }
    Ok(targets)
}

/// One output; a device or a pipe is written directly.
fn target(path: &Path, format: Format, sharded: bool) -> Result<Target> {
    if is_stdin(path) {
        let place = Place::Stream(path.to_owned(), Box::new(io::stdout()));
        return Ok(Target { format, place });
    }
    if sharded && let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Stop::writing(&format!("`{}`", folder.display()), &error)
        })?;
    }
    writable(path)?;
    // Through a link, so that its target is replaced and the link stays.
    let path = match path.is_symlink() {
        true => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
        false => path.to_owned(),
    };
    let place = match path.metadata() {
        Ok(there) if !there.is_file() => {
            let device = std::fs::OpenOptions::new().write(true).open(&path);
            let device = device.map_err(|error| {
                Stop::writing(&format!("`{}`", path.display()), &error)
            })?;
            Place::Stream(path, Box::new(device))
        }
        _ => Place::File(path),
    };
    Ok(Target { format, place })
}

fn reports(paths: &[PathBuf]) -> Result<Vec<Report>> {
    let report = |path: &PathBuf| {
        writable(path)?;
        let ending = path.extension().map(|e| e.to_ascii_lowercase());
        let html = match ending.as_deref().and_then(|e| e.to_str()) {
            Some("html" | "htm") => true,
            Some("json") => false,
            _ => {
                return Err(Stop::Refused(format!(
                    "a report is a page or JSON; name it `{0}.html` or `{0}.json`",
                    path.display()
                )));
            }
        };
        Ok(Report { path: path.clone(), html })
    };
    paths.iter().map(report).collect()
}

/// Refuses two outputs in one file.
fn distinct(writing: &Writing) -> Result<()> {
    let mut seen: Vec<(PathBuf, &str)> = Vec::new();
    let outputs = writing.output.iter().map(|path| (path, "-o"));
    let errors = writing.errors.iter().map(|path| (path, "--errors"));
    let reports = writing.report.iter().map(|path| (path, "--report"));
    for (path, option) in outputs.chain(errors).chain(reports) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let device = path.metadata().is_ok_and(|there| !there.is_file());
        let twice = seen.iter().find(|(other, _)| *other == path);
        if let (Some((_, other)), false) = (twice, device) {
            return Err(Stop::Refused(match *other == option {
                true => format!(
                    "{option} names the same file twice; give each its own"
                ),
                false => format!(
                    "{other} and {option} name the same file; give each its own"
                ),
            }));
        }
        seen.push((path, option));
    }
    Ok(())
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
