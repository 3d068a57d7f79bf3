//! `vanban feed`: records for search engines and databases that run
//! elsewhere, as files or sent.

use crate::cli::args::{Feed, SystemName};
use crate::cli::entries::{Counts, Entries};
use crate::cli::exit::{Exit, Result, Stop, plain};
use crate::cli::plan::{Voice, writable};
use crate::cli::say;
use crate::feed::{
    Checkpoint, Credentials, Files, Policy, Rejection, SCRIPT, Sender, Sink,
    Summary, System, Target, Trust,
};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Refused documents that are named one by one; the rest is counted.
const NAMED: u64 = 20;

pub(super) fn run(args: &Feed) -> Result<Exit> {
    match (&args.output, &args.sending.url) {
        (Some(folder), _) => write(args, folder),
        (None, Some(url)) => send(args, url),
        (None, None) => Err(Stop::refused(
            "say where to: -o DIR for files, or --url URL to send",
        )),
    }
}

fn system(name: SystemName) -> System {
    match name {
        SystemName::Elasticsearch => System::Elasticsearch,
        SystemName::Opensearch => System::Opensearch,
        SystemName::Quickwit => System::Quickwit,
        SystemName::Meilisearch => System::Meilisearch,
        SystemName::Typesense => System::Typesense,
        SystemName::Postgres => System::Postgres,
        SystemName::Groonga => System::Groonga,
    }
}

fn entries(args: &Feed, skip: Vec<PathBuf>) -> Entries<'_> {
    Entries {
        paths: &args.paths,
        reading: &args.reading,
        threads: args.threads,
        skip,
        voice: if args.quiet { Voice::Quiet } else { Voice::Normal },
        progress: !args.no_progress && !args.quiet,
    }
}

fn limit(args: &Feed) -> usize {
    match args.batch_size {
        Some(size) => size.get().try_into().unwrap_or(usize::MAX),
        None => system(args.system).batch_bytes(),
    }
}

fn write(args: &Feed, folder: &Path) -> Result<Exit> {
    let system = system(args.system);
    let dialect = system.dialect(&args.index)?;
    let mut refused = Refused::open(args, 0)?;
    let mut files = Files::create(dialect, folder, limit(args))?;
    let skip = vec![folder.to_owned()];
    let counts = entries(args, skip).each(|entry| {
        if let Some(rejection) = files.push(&entry)? {
            refused.rejected(&rejection)?;
        }
        Ok(())
    })?;
    let written = files.finish()?;
    refused.secure()?;
    if !args.quiet {
        say(&format!(
            "{} in {} for {}; `{}` loads them, into the {} that it is told",
            counted(written.documents, "document"),
            counted(written.files as u64, "file"),
            system.name(),
            folder.join(SCRIPT).display(),
            match system {
                System::Groonga => "database DB",
                _ => "server URL",
            }
        ));
    }
    end(args, counts, written.rejected)
}

fn send(args: &Feed, url: &str) -> Result<Exit> {
    let system = system(args.system);
    let target = target(args, url)?;
    let dialect = system.dialect(&args.index)?;
    let taker = system.taker(&args.index, &target)?;
    let sending = &args.sending;
    let asked = vec![system.name().into(), url.to_owned(), args.index.clone()];
    if let Some(file) = &sending.checkpoint {
        writable(file)?;
    }
    let checkpoint = Checkpoint::open(
        sending.checkpoint.as_deref(),
        sending.restart,
        asked,
    )?;
    let resumed = checkpoint.begun().acknowledged;
    if resumed > 0 && !args.quiet {
        say(&format!(
            "going on behind {} of the interrupted run",
            counted(resumed, "document")
        ));
    }
    let mut refused = Refused::open(args, checkpoint.begun().errors)?;
    let policy = Policy {
        retries: sending.retries,
        first_wait: Duration::from_secs_f64(sending.retry_wait),
        batch_bytes: limit(args),
        ..Policy::default()
    };
    let mut sender =
        Sender::begin(dialect, taker, policy, checkpoint, &mut refused)?;
    let skip: Vec<PathBuf> = [&args.errors, &sending.checkpoint]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let counts = entries(args, skip).each(|entry| Ok(sender.push(&entry)?))?;
    let summary = sender.finish()?;
    if !args.quiet {
        say(&in_short(&summary, system, &args.index));
    }
    end(args, counts, summary.rejected)
}

fn in_short(summary: &Summary, system: System, index: &str) -> String {
    let again = match summary.retries {
        0 => String::new(),
        n => format!(", {n} sent again"),
    };
    format!(
        "{} in `{index}` of {}, {} refused; {}{again}",
        counted(summary.taken, "document"),
        system.name(),
        summary.rejected,
        counted(summary.requests, "request")
    )
}

fn end(args: &Feed, counts: Counts, rejected: u64) -> Result<Exit> {
    if counts.entries == 0 {
        return Err(Stop::refused(
            "there is nothing to feed: no record and no readable document was found",
        ));
    }
    if counts.failures == 0 && rejected == 0 {
        return Ok(Exit::Done);
    }
    if !args.quiet {
        say(&format!(
            "{} unreadable, {rejected} refused; all others are there",
            counts.failures
        ));
    }
    Ok(Exit::WithErrors)
}

/// Where to send. What is secret comes from the environment alone.
fn target(args: &Feed, url: &str) -> Result<Target> {
    let of = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let postgres = args.system == SystemName::Postgres;
    let credentials = Credentials {
        user: of("VANBAN_FEED_USER")
            .or_else(|| of("PGUSER").filter(|_| postgres)),
        password: of("VANBAN_FEED_PASSWORD")
            .or_else(|| of("PGPASSWORD").filter(|_| postgres)),
        api_key: of("VANBAN_FEED_API_KEY"),
    };
    if credentials.any() && url.starts_with("http://") && !is_near(url) {
        say(
            "the connection is not encrypted, and what is secret goes over it; give an https address if the network is not your own",
        );
    }
    let trust = match &args.sending.ca {
        None => Trust::Web,
        Some(file) => Trust::Pem(std::fs::read(file).map_err(|error| {
            Stop::Refused(format!(
                "cannot read `{}`: {}",
                file.display(),
                plain(&error)
            ))
        })?),
    };
    let timeout = args.sending.timeout.max(0.001);
    Ok(Target {
        url: url.to_owned(),
        credentials,
        trust,
        timeout: Duration::from_secs_f64(timeout),
        patience: Duration::from_secs_f64(timeout * 10.0),
        proxy: proxy(url, &of),
    })
}

/// Whether an address is one of this machine.
fn is_near(url: &str) -> bool {
    let host = host(url);
    host == "localhost" || host.starts_with("127.") || host.starts_with("[::1]")
}

/// The host of an address, without its port.
fn host(url: &str) -> &str {
    let behind = url.split("://").nth(1).unwrap_or(url);
    let host = behind.split('/').next().unwrap_or("");
    match host.starts_with('[') {
        true => host,
        false => host.split(':').next().unwrap_or(""),
    }
}

/// The proxy of the environment, unless it is not for this host.
fn proxy(url: &str, of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let either = |name: &str| of(name).or_else(|| of(&name.to_lowercase()));
    let host = host(url);
    let no = either("NO_PROXY").unwrap_or_default();
    let spared = no.split(',').map(str::trim).any(|name| {
        let name = name.trim_start_matches('.');
        name == "*"
            || name == host
            || (!name.is_empty()
                && host.strip_suffix(name).is_some_and(|h| h.ends_with('.')))
    });
    if spared || is_near(url) {
        return None;
    }
    let own = match url.starts_with("https://") {
        true => "HTTPS_PROXY",
        false => "HTTP_PROXY",
    };
    either(own).or_else(|| either("ALL_PROXY"))
}

/// Documents that were refused, in a file or on the error stream.
struct Refused {
    file: Option<(File, PathBuf)>,
    bytes: u64,
    named: u64,
    quiet: bool,
}

impl Refused {
    /// Opens the file; an interrupted run had written `kept` bytes of it.
    fn open(args: &Feed, kept: u64) -> Result<Self> {
        let quiet = args.quiet;
        let Some(path) = &args.errors else {
            return Ok(Self { file: None, bytes: kept, named: 0, quiet });
        };
        writable(path)?;
        let failed = |error: std::io::Error| failed(path, &error);
        let mut options = OpenOptions::new();
        let options = options.create(true).append(true);
        let file = options.open(path).map_err(failed)?;
        let there = file.metadata().map_err(failed)?;
        if there.is_file() {
            let kept = kept.min(there.len());
            file.set_len(kept).map_err(failed)?;
        }
        let file = Some((file, path.clone()));
        Ok(Self { file, bytes: kept, named: 0, quiet })
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::writing(&format!("`{}`", path.display()), error)
}

fn write_error(path: &Path, cause: std::io::Error) -> crate::Error {
    crate::Error::Write { path: path.to_owned(), cause }
}

impl Sink for Refused {
    fn rejected(&mut self, rejection: &Rejection) -> crate::Result<()> {
        if let Some((file, path)) = &mut self.file {
            let line = crate::wire::line(rejection);
            self.bytes += line.len() as u64;
            return file
                .write_all(&line)
                .map_err(|error| write_error(path, error));
        }
        self.named += 1;
        if !self.quiet && self.named <= NAMED {
            let Rejection { id, reason } = rejection;
            say(&format!("{id} was refused: {reason}"));
        }
        if !self.quiet && self.named == NAMED + 1 {
            say("more were refused; --errors FILE names them all");
        }
        Ok(())
    }

    fn secure(&mut self) -> crate::Result<u64> {
        if let Some((file, path)) = &self.file
            && let Err(error) = file.sync_data()
            && file.metadata().is_ok_and(|there| there.is_file())
        {
            return Err(write_error(path, error));
        }
        Ok(self.bytes)
    }

    fn waits(&mut self, reason: &str, wait: Duration) {
        if !self.quiet {
            let seconds = wait.as_secs_f64();
            say(&format!("{reason}; once more in {seconds} s"));
        }
    }
}

fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        n => format!("{n} {thing}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_for_far_hosts_that_are_not_spared() {
        let of = |name: &str| match name {
            "HTTPS_PROXY" => Some("http://proxy:3128".to_owned()),
            "no_proxy" => Some("lab.example, .intern".to_owned()),
            _ => None,
        };
        let used = |url: &str| proxy(url, &of).is_some();
        assert!(used("https://es.example:9200"));
        assert!(!used("https://lab.example:9200"));
        assert!(!used("https://es.lab.example"));
        assert!(used("https://otherlab.example"));
        assert!(!used("https://a.intern/es"));
        assert!(!used("https://127.0.0.1:9200"));
        assert!(!used("https://[::1]:9200"));
        assert!(!used("http://es.example"));
    }
}
