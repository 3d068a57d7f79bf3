//! One line that says how far a run is, on a terminal only.

use crate::pipeline::Stats;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// The line; does nothing where it would be in the way.
pub(super) struct Progress {
    line: Option<ProgressBar>,
    start: Instant,
    shown: Instant,
}

/// Time between two changes of the line.
const PERIOD: Duration = Duration::from_millis(100);

impl Progress {
    /// A line on the error stream, if that is a terminal and the records do
    /// not go to one.
    pub(super) fn new(wanted: bool, records_to_stdout: bool) -> Self {
        let in_the_way = records_to_stdout && std::io::stdout().is_terminal();
        let visible = wanted && std::io::stderr().is_terminal() && !in_the_way;
        let line = visible.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        let now = Instant::now();
        Self { line, start: now, shown: now }
    }

    /// Shows the counts, now and then.
    pub(super) fn update(&mut self, stats: &Stats) {
        let Some(line) = &self.line else { return };
        if self.shown.elapsed() < PERIOD {
            return;
        }
        self.shown = Instant::now();
        line.set_message(message(stats, self.start.elapsed()));
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

fn message(stats: &Stats, elapsed: Duration) -> String {
    let mb = stats.bytes as f64 / 1e6;
    let rate = mb / elapsed.as_secs_f64().max(1e-3);
    let errors = match stats.failures {
        0 => String::new(),
        n => format!(", {n} in error"),
    };
    format!(
        "{} documents, {mb:.1} MB, {rate:.1} MB/s{errors}",
        stats.documents()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_gives_documents_rate_and_errors() {
        let mut stats = Stats::default();
        stats.bytes = 5_000_000;
        stats.records = 1_200;
        let line = message(&stats, Duration::from_secs(2));
        assert_eq!(line, "1200 documents, 5.0 MB, 2.5 MB/s");
        stats.failures = 3;
        let line = message(&stats, Duration::from_secs(2));
        assert!(line.ends_with(", 3 in error"), "{line}");
    }
}
