//! The main job: documents in, records out.

use crate::cli::args::Extract;
use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::one::where_is;
use crate::cli::plan::{Plan, Report, Voice};
use crate::cli::progress::Progress;
use crate::cli::say;
use crate::pipeline::{Stage, Stats};
use crate::report::{self, Totals};
use crate::run::{self, Event, Reposted, Summary};
use crate::wire::{self, AtomicFile};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Failed documents that are named one by one; the rest is counted.
const NAMED: u64 = 20;

pub(in crate::cli) fn run(args: &Extract) -> Result<Exit> {
    let plan = Plan::of(args)?;
    // Read before the work, which would be for nothing if it cannot be.
    let earlier = plan.against.as_deref().map(earlier).transpose()?;
    let threads = plan.job.options.threads.get();
    let stdout = args.writing.output.is_empty();
    let mut progress = Progress::new(plan.progress, stdout, &plan.paths);
    let voice = plan.voice;
    let read = plan.job.options.read.clone();
    let summary = run::run(plan.job, &mut |event| match event {
        Event::Document(stats) => progress.update(stats),
        Event::Failure(failure, stats) => {
            if voice != Voice::Quiet && stats.failures <= NAMED {
                progress.aside(|| {
                    say(&format!("{}: {}", where_is(failure), failure.reason));
                });
            }
        }
        Event::Note(note) => {
            if voice != Voice::Quiet {
                progress.aside(|| say(note));
            }
        }
    });
    progress.finish();
    let summary = summary?;
    if voice != Voice::Quiet {
        read.heard.remarks(&read).iter().for_each(|remark| say(remark));
    }
    for report in &plan.reports {
        write_report(report, &summary, threads, earlier.as_ref())?;
    }
    if voice == Voice::Verbose {
        tell(&summary, threads);
    } else if progress.visible() {
        say(&in_short(&summary, threads));
    }
    if let Some(found) = summary.reposts
        && voice != Voice::Quiet
        && (voice == Voice::Verbose || args.reposted.dedupe)
    {
        say(&reposted(found, args.reposted.dedupe));
    }
    end(&summary, voice)
}

/// What was found about reposts, in a sentence.
fn reposted(found: Reposted, left_out: bool) -> String {
    let what = match found.reposts {
        1 => "1 is a repost".to_owned(),
        n => format!("{n} are reposts"),
    };
    let end = if left_out { " and left out" } else { "" };
    format!("of {} {what}{end}", counted(found.records, "record"))
}

/// The exit code, with what has to be said about it.
fn end(summary: &Summary, voice: Voice) -> Result<Exit> {
    let stats = &summary.stats;
    if stats.documents() == 0 && summary.left_out == 0 {
        return Err(Stop::refused(
            "no document was found: the folders hold no text, HTML, JSON, table or archive; name files to read them whatever they are called",
        ));
    }
    if stats.records == 0 && summary.left_out == 0 {
        return Err(Stop::refused(format!(
            "nothing was readable: {} in error",
            documents(stats.failures)
        )));
    }
    if stats.failures == 0 {
        return Ok(Exit::Done);
    }
    if voice != Voice::Quiet {
        say(&format!(
            "{} of {} in error; the other records are complete",
            stats.failures,
            documents(stats.documents())
        ));
    }
    Ok(Exit::WithErrors)
}

/// The earlier report that this one is compared with.
fn earlier(path: &Path) -> Result<(report::Report, String)> {
    let name = path.display().to_string();
    let unusable = |reason: String| {
        Stop::Refused(format!(
            "cannot compare with `{name}`: {reason}; name a report written by --report NAME.json"
        ))
    };
    let bytes = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let report: report::Report = serde_json::from_slice(&bytes)
        .map_err(|error| unusable(error.to_string()))?;
    match report.schema == report::SCHEMA {
        true => Ok((report, name)),
        false => Err(unusable(format!("it is {}", report.schema))),
    }
}

fn write_report(
    to: &Report,
    summary: &Summary,
    threads: usize,
    earlier: Option<&(report::Report, String)>,
) -> Result<()> {
    let stats = &summary.stats;
    let totals = Totals {
        documents: stats.documents(),
        written: summary.written,
        left_out: summary.left_out,
        failures: stats.failures,
        reused: stats.reused,
        notes: stats.notes,
        bytes: stats.bytes,
        seconds: stats.elapsed.as_secs_f64(),
        threads: threads as u64,
    };
    let mut report = report::Report::new(
        run::RULES,
        summary.asked.clone(),
        totals,
        summary.tally.clone(),
        stats.encodings.clone(),
    );
    if let Some((earlier, name)) = earlier {
        report = report.against(earlier, name);
    }
    let bytes = match to.html {
        true => report::page(&report).into_bytes(),
        false => wire::pretty(&report),
    };
    let write = || {
        let mut file = AtomicFile::create(&to.path)?;
        file.write_all(&bytes)?;
        file.commit()
    };
    write().map_err(|error| {
        Stop::writing(&format!("`{}`", to.path.display()), &error)
    })
}

/// One line for a person who has watched the run.
fn in_short(summary: &Summary, threads: usize) -> String {
    let stats = &summary.stats;
    let errors = match stats.failures {
        0 => String::new(),
        n => format!(", {n} in error"),
    };
    format!(
        "{} of {}{errors}; {}",
        counted(summary.written, "record"),
        documents(stats.documents()),
        pace(stats, threads)
    )
}

fn pace(stats: &Stats, threads: usize) -> String {
    let seconds = stats.elapsed.as_secs_f64();
    let mb = stats.bytes as f64 / 1e6;
    format!(
        "{mb:.1} MB in {seconds:.2} s on {} ({:.1} MB/s)",
        counted(threads as u64, "thread"),
        mb / seconds.max(1e-3)
    )
}

/// What was read, how, and where the time went.
fn tell(summary: &Summary, threads: usize) {
    let stats = &summary.stats;
    let read = documents(stats.documents());
    say(&format!("read {read}, {}", pace(stats, threads)));
    say(&format!(
        "wrote {}: {}, {} other; {} in error; {}",
        counted(stats.records, "record"),
        counted(stats.announcements, "announcement"),
        stats.records.saturating_sub(stats.announcements),
        stats.failures,
        counted(stats.notes, "note"),
    ));
    if summary.left_out > 0 || stats.reused > 0 {
        say(&format!(
            "written {}, left out {}, taken over {}",
            summary.written, summary.left_out, stats.reused
        ));
    }
    let encodings: Vec<String> = stats
        .encodings
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    say(&format!("encodings: {}", encodings.join(", ")));
    let stages: Vec<String> = Stage::ALL
        .iter()
        .map(|stage| {
            let seconds = stats.time(*stage).as_secs_f64();
            format!("{} {seconds:.3} s", stage.name())
        })
        .collect();
    say(&format!("time by stage, over all threads: {}", stages.join(", ")));
}

fn documents(count: u64) -> String {
    counted(count, "document")
}

fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        n => format!("{n} {thing}s"),
    }
}
