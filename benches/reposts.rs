//! Near duplicates at a scale: recall and precision on planted pairs, cost of
//! a document and memory, from ten thousand to a million documents.
//!
//! `cargo bench --bench reposts [-- DOCUMENTS]`; prints one table. It fails if
//! recall or precision is below what `docs/reposts.md` promises. Only finding
//! is timed; making the texts is not.

#![allow(missing_docs, dead_code)]

#[path = "../tests/it/planted.rs"]
mod planted;

use planted::{Planted, Score};
use std::io::Write;
use std::time::{Duration, Instant};
use vanban::reposts::{Options, Print, Reposts};
use vanban::text::Text;

fn main() -> std::io::Result<()> {
    let most = std::env::args().filter_map(|a| a.parse().ok()).next();
    let most: u64 = most.unwrap_or(1_000_000);
    let planted = Planted::new(7);
    let mut out = std::io::stdout().lock();
    let mut reposts = Reposts::new(Options::default());
    let mut score = Score::default();
    let (mut printing, mut taking) = (Duration::ZERO, Duration::ZERO);
    let (mut bytes, mut since) = (0, 0);
    writeln!(
        out,
        "documents  print µs  µs/KB  take µs  recall  precision  peak MiB"
    )?;
    let mut done = 0;
    while done < most {
        let numbers = done..(done + BATCH).min(most);
        let texts: Vec<Text> =
            numbers.clone().map(|n| planted.text(n)).collect();
        let clock = Clock::start();
        let prints: Vec<Print> = numbers
            .clone()
            .zip(&texts)
            .map(|(number, text)| planted.print_of(number, text))
            .collect();
        printing += clock.stop();
        let clock = Clock::start();
        let said: Vec<_> = prints
            .iter()
            .map(|print| reposts.take(print).expect("room on the disk"))
            .collect();
        taking += clock.stop();
        for (number, repost) in numbers.zip(&said) {
            // Scoring is dear: all of the first 200,000, then a part.
            if number < 200_000 || number % 100 < 10 {
                score.take(&planted, number, repost);
            }
        }
        bytes += texts.iter().map(|text| text.norm().len()).sum::<usize>();
        since += texts.len();
        done += texts.len() as u64;
        let mark = [10_000, 30_000, 100_000, 200_000, 300_000];
        if mark.contains(&done) || done % 250_000 == 0 || done == most {
            let each = |time: Duration| time.as_secs_f64() * 1e6 / since as f64;
            writeln!(
                out,
                "{done:9}  {:8.1}  {:5.1}  {:7.1}  {:.4}  {:.4}     {}",
                each(printing),
                printing.as_secs_f64() * 1e6 / (bytes as f64 / 1024.0),
                each(taking),
                score.recall(),
                score.precision(),
                peak().map_or_else(|| "?".to_owned(), |m| m.to_string()),
            )?;
            (printing, taking) = (Duration::ZERO, Duration::ZERO);
            (bytes, since) = (0, 0);
        }
    }
    for (level, (pairs, found)) in score.levels.iter().enumerate() {
        let from = 60 + 5 * level;
        writeln!(out, "similarity {from:3} %: {found} of {pairs} pairs found")?;
    }
    assert!(score.recall() >= 0.97, "recall {}", score.recall());
    assert!(score.precision() >= 0.99, "precision {}", score.precision());
    Ok(())
}

/// Documents that are timed at once.
const BATCH: u64 = 500;

/// The time that this thread works, so that others on the machine do not
/// count; where the system does not tell, the time that passes.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), worked())
    }

    fn stop(self) -> Duration {
        match (self.1, worked()) {
            (Some(from), Some(to)) => to - from,
            _ => self.0.elapsed(),
        }
    }
}

fn worked() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// The most memory that the process has held, in MiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
