//! How long a thread has computed. On a busy machine time by the clock passes
//! also while others have their turn.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Computing time of this thread so far, in steps of some milliseconds; where
/// the system does not tell, time by the clock.
pub fn computed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let line = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanoseconds = line.ok().and_then(|l| l.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(
        || START.get_or_init(Instant::now).elapsed(),
        Duration::from_nanos,
    )
}

/// Does the work; returns how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = computed();
    let result = work();
    (result, computed().saturating_sub(before))
}
