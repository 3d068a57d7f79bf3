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
use vanban::reposts::{Options, Reposts};

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
    for number in 0..most {
        let text = planted.text(number);
        bytes += text.norm().len();
        let clock = Instant::now();
        let print = planted.print_of(number, &text);
        printing += clock.elapsed();
        let clock = Instant::now();
        let repost = reposts.take(&print).expect("room on the disk");
        taking += clock.elapsed();
        // Scoring is dear: all of the first 200,000, then a part.
        if number < 200_000 || number % 100 < 10 {
            score.take(&planted, number, &repost);
        }
        since += 1;
        let done = number + 1;
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

/// The most memory that the process has held, in MiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
