//! Near duplicates at a scale: recall and precision on planted pairs, cost of
//! a document and memory, from ten thousand to a million documents.
//!
//! `cargo bench --bench reposts [-- DOCUMENTS [PASSES]]`; prints one table. It
//! fails if recall or precision is below what `docs/reposts.md` promises. Only
//! finding is timed; making the texts is not. Of several passes each row has
//! the least time, so that what else the machine did counts less. A fixed loop
//! is timed beside: where it takes as long, rows can be compared.

#![allow(missing_docs, dead_code)]

#[path = "../tests/it/planted.rs"]
mod planted;

use planted::{Planted, Score};
use std::hint::black_box;
use std::io::Write;
use std::time::Duration;
use vanban::reposts::{Options, Print, Repost, Reposts};
use vanban::text::Text;

fn main() -> std::io::Result<()> {
    let numbers: Vec<u64> =
        std::env::args().filter_map(|a| a.parse().ok()).collect();
    let most = numbers.first().copied().unwrap_or(1_000_000);
    let passes = numbers.get(1).copied().unwrap_or(1);
    let planted = Planted::new(7);
    let mut score = Score::default();
    let mut rows = pass(&planted, most, |number, repost| {
        // Scoring is dear: all of the first 200,000, then a part.
        if number < 200_000 || number % 100 < 10 {
            score.take(&planted, number, repost);
        }
        (score.recall(), score.precision())
    });
    for _ in 1..passes {
        let again = pass(&planted, most, |_, _| (0.0, 0.0));
        for (row, again) in rows.iter_mut().zip(again) {
            row.printing = row.printing.min(again.printing);
            row.taking = row.taking.min(again.taking);
            row.fixed = row.fixed.min(again.fixed);
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "documents  print µs  µs/KB  take µs  loop µs  recall  precision  peak MiB"
    )?;
    for row in &rows {
        let each =
            |time: Duration| time.as_secs_f64() * 1e6 / row.documents as f64;
        writeln!(
            out,
            "{:9}  {:8.1}  {:5.1}  {:7.2}  {:7.2}  {:.4}  {:.4}     {}",
            row.done,
            each(row.printing),
            row.printing.as_secs_f64() * 1e6 / (row.bytes as f64 / 1024.0),
            each(row.taking),
            each(row.fixed),
            row.found.0,
            row.found.1,
            row.peak.map_or_else(|| "?".to_owned(), |m| m.to_string()),
        )?;
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

/// What the documents since the row before cost.
#[derive(Default)]
struct Row {
    done: u64,
    documents: u64,
    bytes: usize,
    printing: Duration,
    taking: Duration,
    fixed: Duration,
    /// Recall and precision up to here.
    found: (f64, f64),
    /// The most memory that the process has held, in MiB.
    peak: Option<u64>,
}

/// Takes the texts one after the other.
fn pass(
    planted: &Planted,
    most: u64,
    mut score: impl FnMut(u64, &Repost) -> (f64, f64),
) -> Vec<Row> {
    let mut reposts = Reposts::new(Options::default());
    let mut rows = Vec::new();
    let mut row = Row::default();
    while row.done < most {
        let numbers = row.done..(row.done + BATCH).min(most);
        let texts: Vec<Text> =
            numbers.clone().map(|n| planted.text(n)).collect();
        let start = worked();
        let prints: Vec<Print> = numbers
            .clone()
            .zip(&texts)
            .map(|(number, text)| planted.print_of(number, text))
            .collect();
        row.printing += worked() - start;
        let start = worked();
        let said: Vec<_> = prints
            .iter()
            .map(|print| reposts.take(print).expect("room on the disk"))
            .collect();
        row.taking += worked() - start;
        let start = worked();
        fixed_loop(texts.len());
        row.fixed += worked() - start;
        for (number, repost) in numbers.zip(&said) {
            row.found = score(number, repost);
        }
        row.bytes += texts.iter().map(|text| text.norm().len()).sum::<usize>();
        row.documents += texts.len() as u64;
        row.done += texts.len() as u64;
        let done = row.done;
        let mark = [10_000, 30_000, 100_000, 200_000, 300_000];
        if mark.contains(&done) || done % 250_000 == 0 || done == most {
            row.peak = peak();
            rows.push(row);
            row = Row { done, ..Row::default() };
        }
    }
    rows
}

/// A thousand steps of a hash for each document.
fn fixed_loop(documents: usize) {
    let steps = documents as u64 * 1_000;
    black_box((0..steps).fold(1_u64, |x, step| {
        (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ step
    }));
}

/// The time that this thread worked, so that others on the machine do not
/// count.
#[cfg(unix)]
fn worked() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The time that passed since the first call.
#[cfg(not(unix))]
fn worked() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> =
        std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

/// The most memory that the process has held, in MiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
