//! Entries into an index.

use crate::cli::args::Index as Asked;
use crate::cli::entries::{Counts, Entries};
use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::plan::Voice;
use crate::cli::say;
use crate::index::{Added, Index, WriteOptions};
use std::time::Instant;

/// What became of the entries.
#[derive(Default)]
struct Sums {
    new: u64,
    replaced: u64,
    unchanged: u64,
}

pub(in crate::cli) fn run(args: &Asked) -> Result<Exit> {
    let clock = Instant::now();
    let voice = match (args.quiet, args.verbose) {
        (true, _) => Voice::Quiet,
        (_, true) => Voice::Verbose,
        _ => Voice::Normal,
    };
    let mut options = WriteOptions {
        memory: args.memory,
        commit_every: args.commit_every,
        ..WriteOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = threads;
    }
    let entries = Entries {
        paths: &args.paths,
        reading: &args.reading,
        threads: args.threads,
        skip: vec![args.index.clone()],
        voice,
        progress: !args.no_progress && voice != Voice::Quiet,
    };
    // Refused before the folder is made.
    entries.check()?;
    let mut writer = Index::create(&args.index)?.writer(&options)?;
    let mut sums = Sums::default();
    let counts = entries.each(|entry| {
        match writer.add(&entry)? {
            Added::New => sums.new += 1,
            Added::Replaced => sums.replaced += 1,
            Added::Unchanged => sums.unchanged += 1,
        }
        Ok(())
    })?;
    writer.finish()?;
    if voice == Voice::Verbose {
        let seconds = clock.elapsed().as_secs_f64();
        say(&format!(
            "{} new, {} replaced, {} unchanged in {seconds:.2} s; the index holds {}",
            sums.new,
            sums.replaced,
            sums.unchanged,
            Index::open(&args.index)?.len()?,
        ));
    }
    end(counts, voice)
}

/// The exit code, with what has to be said about it.
fn end(counts: Counts, voice: Voice) -> Result<Exit> {
    let failures = counts.failures;
    if counts.entries == 0 {
        return Err(Stop::Refused(match failures {
            0 => "no record and no document was found; name records made by `vanban extract`, documents or folders".to_owned(),
            n => format!("nothing was readable: {n} in error"),
        }));
    }
    if failures == 0 {
        return Ok(Exit::Done);
    }
    if voice != Voice::Quiet {
        say(&format!(
            "{failures} of {} in error; the others are in the index",
            counts.entries + failures
        ));
    }
    Ok(Exit::WithErrors)
}
