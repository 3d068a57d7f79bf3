//! `vanban eval search`: a relevance set asked of our index and of others.

use crate::cli::args::EvalSearch;
use crate::cli::exit::{Exit, Result, Stop, plain};
use crate::cli::input::unreadable;
use crate::cli::one::where_is;
use crate::cli::say;
use crate::eval::search::baseline::{Asked, Groonga, Postgres};
use crate::eval::search::{Engine, Own, Report, Set, WithoutMarks, measure};
use crate::feed::{Credentials, Target, Trust};
use crate::pipeline::{self, Input, Options, Outcome};
use crate::wire::{self, Entry};
use std::collections::HashSet;
use std::fs;
use std::io::{Write, stdout};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

mod floors;
mod table;

/// Longest wait for a server.
const TIMEOUT: Duration = Duration::from_secs(60);

pub(super) fn run(args: &EvalSearch) -> Result<Exit> {
    let floors = match &args.floors {
        Some(path) => floors::read(path)?,
        None => Vec::new(),
    };
    let set = read_set(&args.set)?;
    let entries = entries(args)?;
    let known = entries.iter().map(|entry| entry.id.as_str()).collect();
    set.check(&known).map_err(|error| bad(&args.set, &error))?;
    let reports = reports(args, &set, &entries)?;
    let page = if args.json {
        let json = table::json(&set, &reports, entries.len());
        String::from_utf8_lossy(&wire::line(&json)).into_owned()
    } else {
        table::table(&set, &reports, entries.len())
    };
    let mut out = stdout().lock();
    out.write_all(page.as_bytes())?;
    if args.errors && !args.json {
        for report in &reports {
            out.write_all(table::wrong(&set, report).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(floors::judge(&set, &reports, &floors))
}

/// Every engine that was asked for, our index first.
fn reports(
    args: &EvalSearch,
    set: &Set,
    entries: &[Entry],
) -> Result<Vec<Report>> {
    let mut own = Own::new(entries)?;
    let mut out = vec![measure(set, &mut own)];
    out.push(measure(set, &mut WithoutMarks(own)));
    let mut ask = |engine: &mut dyn Engine| out.push(measure(set, engine));
    if let Some(url) = &args.postgres {
        let target = target(url);
        for asked in [Asked::Plainly, Asked::ByFunction] {
            ask(&mut Postgres::new(&target, entries, asked)?);
        }
    }
    if let Some(url) = &args.groonga {
        ask(&mut Groonga::new(&target(url), entries)?);
    }
    Ok(out)
}

fn target(url: &str) -> Target {
    let of = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
    Target {
        url: url.to_owned(),
        credentials: Credentials {
            user: of("PGUSER"),
            password: of("PGPASSWORD"),
            api_key: None,
        },
        trust: Trust::Web,
        timeout: TIMEOUT,
        patience: TIMEOUT,
        proxy: None,
    }
}

fn bad(folder: &Path, error: &dyn std::fmt::Display) -> Stop {
    let queries = folder.join("queries.jsonl");
    Stop::Refused(format!("`{}`: {error}", queries.display()))
}

fn read_set(folder: &Path) -> Result<Set> {
    let path = folder.join("queries.jsonl");
    let lines = fs::read_to_string(&path).map_err(|error| {
        Stop::Refused(format!(
            "cannot read `{}`: {}; a set is a folder with queries.jsonl and documents.jsonl",
            path.display(),
            plain(&error)
        ))
    })?;
    Set::parse(&lines).map_err(|error| bad(folder, &error))
}

/// The documents of the set, read and extracted; each has the name that the
/// judgments know it by.
fn entries(args: &EvalSearch) -> Result<Vec<Entry>> {
    let mut options = Options::default();
    options.read.keep_fields = true;
    if let Some(threads) = args.threads {
        options.threads = threads;
    }
    let inputs: Vec<Input> =
        paths(&args.set)?.into_iter().map(Input::from).collect();
    let mut entries = Vec::new();
    let mut failures = Vec::new();
    pipeline::run(
        inputs,
        &options,
        |outcome| match outcome {
            Outcome::Record(document) => {
                let text = document.text.norm();
                let mut entry = Entry::new(&document.record, Some(text));
                entry.id = name(&document.record.source);
                Ok(entry)
            }
            Outcome::Failure(failure) => {
                Err(format!("{}: {}", where_is(&failure), failure.reason))
            }
        },
        |entry, _| {
            match entry {
                Ok(entry) => entries.push(entry),
                Err(reason) => failures.push(reason),
            }
            ControlFlow::Continue(())
        },
    );
    failures.iter().for_each(|reason| say(reason));
    let mut seen = HashSet::new();
    match entries.iter().find(|entry| !seen.insert(entry.id.as_str())) {
        Some(twice) => Err(Stop::Refused(format!(
            "`{}`: two documents are called `{}`",
            args.set.display(),
            twice.id
        ))),
        None => Ok(entries),
    }
}

/// Files that hold the documents: documents.jsonl, and the texts of the
/// folders that folders.txt names.
fn paths(set: &Path) -> Result<Vec<PathBuf>> {
    let mut out = vec![set.join("documents.jsonl")];
    let list = set.join("folders.txt");
    let folders = match list.exists() {
        true => fs::read_to_string(&list).map_err(|e| unreadable(&list, &e))?,
        false => String::new(),
    };
    for folder in folders.lines().filter(|line| !line.trim().is_empty()) {
        let folder = set.join(folder.trim());
        let found = fs::read_dir(&folder).map_err(|e| unreadable(&folder, &e));
        let mut texts: Vec<PathBuf> = found?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        texts.sort_unstable();
        out.append(&mut texts);
    }
    Ok(out)
}

/// What judgments call a document: its `id` in documents.jsonl, or the folder
/// and name of its file.
fn name(source: &crate::record::Source) -> String {
    if let Some(id) = source.fields.get("id").and_then(|id| id.as_str()) {
        return id.to_owned();
    }
    let path = Path::new(&source.path);
    let part = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned())
    };
    let folder = part(path.parent().and_then(Path::file_name));
    let stem = part(path.file_stem());
    [folder, stem].into_iter().flatten().collect::<Vec<_>>().join("/")
}
