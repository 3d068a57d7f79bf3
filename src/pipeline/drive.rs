//! The threads: each takes the next units, does all of their work, and hands
//! it on in turn. There is no separate reader or writer, so one thread costs
//! one core and two cost two. Small units are taken and handed on some at a
//! time: a thread that finds a lock taken sleeps, which costs as much as a
//! small document.

use super::Failure;
use super::failure::catch;
use super::stats::{Stage, Stats, Times, Watch};
use super::turns::Turns;
use crate::error::{Error, Result};
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

/// Enough for the deepest page that is admitted; only touched pages cost.
const STACK: usize = 64 << 20;

/// How much is done at once.
pub(super) struct Limits {
    /// Threads.
    pub(super) threads: usize,
    /// Permits, in bytes of memory.
    pub(super) budget: usize,
    /// Permits for one byte of input while it is worked on.
    pub(super) expansion: usize,
}

/// What a document costs.
pub(super) struct Weigh<B, A> {
    /// Bytes of input.
    pub(super) unit: B,
    /// Permits while its outcome waits for its turn.
    pub(super) outcome: A,
}

/// The input side: the units and the number of the next one.
struct Source<I> {
    units: I,
    number: u64,
    spent: bool,
}

impl<U, I: Iterator<Item = Result<U>>> Source<I> {
    /// The next unit. A reader that panics is at its end, and the panic takes
    /// the place of a unit.
    fn next(&mut self) -> Option<Result<U>> {
        if self.spent {
            return None;
        }
        let unit = match catch(|| self.units.next()) {
            Ok(unit) => unit?,
            Err(message) => {
                self.spent = true;
                Err(Error::Usage(Failure::fault(&message)))
            }
        };
        self.number += 1;
        Some(unit)
    }

    /// The next units with their sizes, together no larger than `room` bytes
    /// but for the last one, and the number of the first.
    fn take(
        &mut self,
        room: usize,
        size: impl Fn(&Result<U>) -> usize,
    ) -> (u64, Vec<(Result<U>, usize)>) {
        let first = self.number;
        let mut units = Vec::with_capacity(MOST_UNITS);
        let mut taken = 0;
        while units.len() < MOST_UNITS && (units.is_empty() || taken < room) {
            let Some(unit) = self.next() else { break };
            let own = size(&unit);
            taken += own;
            units.push((unit, own));
        }
        (first, units)
    }
}

/// Most units that a thread takes at once, and most of their bytes: enough
/// that taking them costs little beside the work.
const MOST_UNITS: usize = 32;
const MOST_BYTES: usize = 64 << 10;

/// Runs `work` over the units on several threads and `sink` over the results
/// in the order of the units.
pub(super) fn drive<U, T, I, B, A, W, S>(
    limits: &Limits,
    units: I,
    weigh: &Weigh<B, A>,
    work: W,
    mut stats: Stats,
    mut sink: S,
) -> Stats
where
    T: Send,
    I: Iterator<Item = Result<U>> + Send,
    B: Fn(&Result<U>) -> usize + Sync,
    A: Fn(&T) -> usize + Sync,
    W: Fn(u64, Result<U>, &mut Watch) -> T + Sync,
    S: FnMut(T, &mut Stats) -> ControlFlow<()> + Send,
{
    let source = Mutex::new(Source { units, number: 0, spent: false });
    let turns = Turns::new(limits.budget);
    let total = Mutex::new(Times::default());
    let sink = Mutex::new(|result: (T, usize)| {
        let (result, bytes) = result;
        stats.bytes += bytes as u64;
        sink(result, &mut stats).is_continue()
    });
    // What one thread takes leaves the others their part of the permits.
    let parts = 2 * limits.threads.max(1) * limits.expansion.max(1);
    let room = MOST_BYTES.min(limits.budget / parts);
    let one_thread = || {
        let mut watch = Watch::start();
        let _stop = StopIfPanicking(&turns);
        loop {
            let mut input =
                source.lock().unwrap_or_else(PoisonError::into_inner);
            watch.skip();
            let (first, units) = input.take(room, &weigh.unit);
            watch.lap(Stage::Read);
            let permits = |size: usize| size.saturating_mul(limits.expansion);
            let all = units.iter().fold(0_usize, |all, (_, size)| {
                all.saturating_add(permits(*size))
            });
            if units.is_empty() || !turns.admit(all) {
                break;
            }
            drop(input);
            watch.skip();
            for (number, (unit, size)) in (first..).zip(units) {
                let result = work(number, unit, &mut watch);
                let held = (weigh.outcome)(&result);
                let permits = (permits(size), held);
                turns.finish(number, (result, size), permits, &sink);
                watch.lap(Stage::Write);
            }
        }
        total.lock().unwrap_or_else(PoisonError::into_inner).add(watch.times());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(limits.threads.max(1))
        .thread_name(|i| format!("document-{i}"))
        .stack_size(STACK)
        .build();
    match pool {
        Ok(pool) => {
            pool.broadcast(|_| one_thread());
        }
        // The system refuses so many threads: do the work on this one.
        Err(_) => one_thread(),
    }
    stats.times = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    stats
}

/// Wakes the other threads when this one dies, so that none waits for ever.
struct StopIfPanicking<'t, T>(&'t Turns<T>);

impl<T> Drop for StopIfPanicking<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn numbers(
        threads: usize,
        budget: usize,
        count: u32,
        work: impl Fn(u32) -> u32 + Sync,
    ) -> Vec<u32> {
        let mut seen = Vec::new();
        drive(
            &Limits { threads, budget, expansion: 1 },
            (0..count).map(Ok),
            &Weigh { unit: |_: &_| 1, outcome: |_: &_| 1 },
            |_, n, _| work(n.expect("a number")),
            Stats::default(),
            |n, _| {
                seen.push(n);
                ControlFlow::Continue(())
            },
        );
        seen
    }

    #[test]
    fn any_number_of_threads_gives_the_order_of_the_input() {
        let expected: Vec<u32> = (0..500).map(|n| n * 7).collect();
        for (threads, budget) in [(1, 1), (2, 1), (4, 3), (8, 1_000)] {
            let seen = numbers(threads, budget, 500, |n| {
                if n % 37 == 0 {
                    std::thread::sleep(Duration::from_millis(1));
                }
                n * 7
            });
            assert_eq!(seen, expected, "{threads} threads, {budget} permits");
        }
    }

    #[test]
    fn a_slow_document_does_not_hold_up_its_neighbours() {
        // Document 0 goes on until 20 others are done: with a thread of its
        // own to finish them it ends, otherwise the time runs out.
        let done = AtomicUsize::new(0);
        let seen = numbers(2, 100, 50, |n| {
            if n == 0 {
                for _ in 0..5_000 {
                    if done.load(Ordering::SeqCst) >= 20 {
                        return 1_000;
                    }
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
            done.fetch_add(1, Ordering::SeqCst);
            n
        });
        assert_eq!(seen[0], 1_000);
        assert_eq!(seen.len(), 50);
    }

    #[test]
    fn what_is_under_way_never_exceeds_the_permits() {
        let under_way = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        drive(
            &Limits { threads: 8, budget: 5, expansion: 1 },
            (0..300).map(Ok),
            &Weigh { unit: |_: &_| 1, outcome: |_: &_| 1 },
            |_, n: Result<u32>, _| {
                let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                n.ok()
            },
            Stats::default(),
            |_, _| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        assert!(most.load(Ordering::SeqCst) <= 5);
    }

    #[test]
    fn the_sink_may_break_off() {
        let mut seen = 0;
        drive(
            &Limits { threads: 4, budget: 10, expansion: 1 },
            (0..).map(Ok),
            &Weigh { unit: |_: &_| 1, outcome: |_: &_| 1 },
            |_, n: Result<u64>, _| n.ok(),
            Stats::default(),
            |_, _| {
                seen += 1;
                if seen == 30 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(seen, 30);
    }

    #[test]
    fn a_reader_that_panics_ends_the_input_with_an_error() {
        let mut seen = Vec::new();
        drive(
            &Limits { threads: 2, budget: 10, expansion: 1 },
            (0..5).map(|n| if n == 3 { panic!("torn page") } else { Ok(n) }),
            &Weigh { unit: |_: &_| 1, outcome: |_: &_| 1 },
            |_, n: Result<i32>, _| n.map_err(|e| e.to_string()),
            Stats::default(),
            |n, _| {
                seen.push(n);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen[..3], [Ok(0), Ok(1), Ok(2)]);
        assert_eq!(seen.len(), 4);
        assert!(seen[3].as_ref().is_err_and(|e| e.contains("torn page")));
    }
}
