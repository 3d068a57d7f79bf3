//! One line that says how far a run is, on a terminal only.

use crate::pipeline::Stats;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::Metadata;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// The line; does nothing where it would be in the way.
pub(super) struct Progress {
    line: Option<ProgressBar>,
    shown: Instant,
    /// Bytes of all files; 0 while they are counted, or if it cannot be said.
    total: Arc<AtomicU64>,
    pace: Pace,
}

/// Time between two changes of the line.
const PERIOD: Duration = Duration::from_millis(100);

/// Time that the pace is taken over.
const SPAN: Duration = Duration::from_secs(10);

impl Progress {
    /// A line on the error stream, if that is a terminal and the records do
    /// not go to one.
    pub(super) fn new(
        wanted: bool,
        records_to_stdout: bool,
        paths: &[PathBuf],
    ) -> Self {
        let in_the_way = records_to_stdout && std::io::stdout().is_terminal();
        let visible = wanted && std::io::stderr().is_terminal() && !in_the_way;
        let total = Arc::new(AtomicU64::new(0));
        let line = visible.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            // Counting a large folder takes its time.
            let (paths, total) = (paths.to_vec(), total.clone());
            std::thread::spawn(move || {
                let bytes = size(&paths).unwrap_or(0);
                total.store(bytes, Ordering::Relaxed);
            });
            bar
        });
        let now = Instant::now();
        Self { line, shown: now, total, pace: Pace::new(now) }
    }

    /// Whether there is a line.
    pub(super) fn visible(&self) -> bool {
        self.line.is_some()
    }

    /// Shows the counts, now and then.
    pub(super) fn update(&mut self, stats: &Stats) {
        let Some(line) = &self.line else { return };
        if self.shown.elapsed() < PERIOD {
            return;
        }
        self.shown = Instant::now();
        let rate = self.pace.at(self.shown, stats.bytes);
        let total = self.total.load(Ordering::Relaxed);
        line.set_message(message(stats, rate, total));
        line.tick();
    }

    /// Runs `say` without the line being in its way.
    pub(super) fn aside(&self, say: impl FnOnce()) {
        match &self.line {
            Some(line) => line.suspend(say),
            None => say(),
        }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

/// Bytes a second, over the last while: the part that an interrupted run had
/// done goes by much faster than the rest.
struct Pace {
    before: (Instant, u64),
    since: (Instant, u64),
}

impl Pace {
    fn new(now: Instant) -> Self {
        Self { before: (now, 0), since: (now, 0) }
    }

    fn at(&mut self, now: Instant, bytes: u64) -> f64 {
        if now - self.since.0 >= SPAN {
            self.before = self.since;
            self.since = (now, bytes);
        }
        let seconds = (now - self.before.0).as_secs_f64();
        bytes.saturating_sub(self.before.1) as f64 / seconds.max(1e-3)
    }
}

/// Endings of files that hold more than their size.
const PACKED: [&str; 9] =
    ["gz", "zst", "bz2", "xz", "zip", "tgz", "warc", "parquet", "pq"];

/// Bytes of all files; `None` if they do not say how much there is to read.
fn size(paths: &[PathBuf]) -> Option<u64> {
    let packed = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| {
            PACKED.iter().any(|packed| ending.eq_ignore_ascii_case(packed))
        })
    };
    let mut total = 0;
    for path in paths {
        let hidden =
            |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
        let files = WalkDir::new(path)
            .follow_links(true)
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !hidden(e.file_name()))
            .flatten();
        for file in files {
            let data: Option<Metadata> = file.metadata().ok();
            match data {
                Some(data) if data.is_dir() => {}
                Some(data) if data.is_file() && !packed(file.path()) => {
                    total += data.len();
                }
                _ => return None,
            }
        }
    }
    Some(total)
}

fn message(stats: &Stats, rate: f64, total: u64) -> String {
    let mb = stats.bytes as f64 / 1e6;
    let errors = match stats.failures {
        0 => String::new(),
        n => format!(", {n} in error"),
    };
    let left = match total.checked_sub(stats.bytes) {
        Some(left) if total > 0 && rate > 0.0 => {
            format!(", {} left", time((left as f64 / rate) as u64))
        }
        _ => String::new(),
    };
    format!(
        "{} documents, {mb:.1} MB, {:.1} MB/s{errors}{left}",
        stats.documents(),
        rate / 1e6
    )
}

/// A time for people.
fn time(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) => format!("{m} min {s:02} s"),
        (h, m, _) => format!("{h} h {m:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_gives_documents_rate_errors_and_time_left() {
        let mut stats = Stats::default();
        stats.bytes = 5_000_000;
        stats.records = 1_200;
        let line = message(&stats, 2.5e6, 0);
        assert_eq!(line, "1200 documents, 5.0 MB, 2.5 MB/s");
        stats.failures = 3;
        let line = message(&stats, 2.5e6, 505_000_000);
        assert!(line.ends_with(", 3 in error, 3 min 20 s left"), "{line}");
        assert_eq!(time(7_500), "2 h 05 min");
    }

    #[test]
    fn the_pace_forgets_a_quick_beginning() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let at = |s: u64| start + Duration::from_secs(s);
        assert_eq!(pace.at(at(1), 1_000_000), 1e6);
        pace.at(at(10), 1_000_000);
        pace.at(at(20), 1_010_000);
        assert_eq!(pace.at(at(30), 1_020_000), 1_000.0);
    }

    #[test]
    fn the_size_of_packed_files_says_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_owned();
        std::fs::write(path.join("a.txt"), "abc").expect("written");
        std::fs::write(path.join(".b"), "abc").expect("written");
        assert_eq!(size(std::slice::from_ref(&path)), Some(3));
        std::fs::write(path.join("a.jsonl.gz"), "abc").expect("written");
        assert_eq!(size(&[path]), None);
    }
}
