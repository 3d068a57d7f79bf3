//! Outcomes in turn: what is finished early waits, and what waits is paid for
//! with permits, so that the waiting is bounded.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Permits and the outcomes that wait for their turn.
pub(super) struct Turns<T> {
    budget: usize,
    state: Mutex<State<T>>,
    returned: Condvar,
}

struct State<T> {
    /// Permits given out and not yet returned.
    used: usize,
    /// Number of the outcome whose turn it is.
    next: u64,
    /// Finished outcomes by number, with their permits.
    waiting: BTreeMap<u64, (T, usize)>,
    /// Whether some thread is handing outcomes over.
    handing: bool,
    /// Whether nothing more is wanted.
    stopped: bool,
    /// Threads that wait for permits.
    asleep: usize,
}

impl<T> Turns<T> {
    pub(super) fn new(budget: usize) -> Self {
        let state = State {
            used: 0,
            next: 0,
            waiting: BTreeMap::new(),
            handing: false,
            stopped: false,
            asleep: 0,
        };
        Self { budget, state: Mutex::new(state), returned: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // The state is valid between any two statements that change it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `permits` are free, or all are; says whether to go on.
    /// Must be called in the order of the numbers, or the outcome whose turn
    /// it is might wait for permits that the ones behind it hold.
    pub(super) fn admit(&self, permits: usize) -> bool {
        let mut state = self.lock();
        while !state.stopped
            && state.used > 0
            && state.used.saturating_add(permits) > self.budget
        {
            state.asleep += 1;
            state = self
                .returned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.asleep -= 1;
        }
        state.used = state.used.saturating_add(permits);
        !state.stopped
    }

    /// Nothing more is wanted: whoever waits wakes up.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.returned.notify_all();
    }

    /// Takes back permits.
    fn give_back(&self, state: &mut State<T>, permits: usize) {
        state.used = state.used.saturating_sub(permits);
        // Waking nobody is not free either.
        if state.asleep > 0 {
            self.returned.notify_all();
        }
    }

    /// Takes in one finished outcome, which needs only `held` of its permits
    /// while it waits, and hands over all whose turn it now is,
    /// unless another thread is already doing so. `sink` says whether to go
    /// on and is never called by two threads at once.
    pub(super) fn finish(
        &self,
        number: u64,
        outcome: T,
        (permits, held): (usize, usize),
        sink: &Mutex<impl FnMut(T) -> bool>,
    ) {
        let mut state = self.lock();
        let held = held.min(permits);
        self.give_back(&mut state, permits - held);
        let mut turn = None;
        if state.next == number && !state.handing {
            turn = Some((outcome, held));
        } else {
            state.waiting.insert(number, (outcome, held));
        }
        if state.handing {
            return;
        }
        state.handing = true;
        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.stopped {
            let next = state.next;
            let turn = turn.take().or_else(|| state.waiting.remove(&next));
            let Some((outcome, permits)) = turn else { break };
            drop(state);
            let go_on = sink(outcome);
            state = self.lock();
            state.next += 1;
            state.stopped |= !go_on;
            self.give_back(&mut state, permits);
        }
        state.handing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_leave_in_the_order_of_their_numbers() {
        let turns = Turns::new(100);
        let mut seen = Vec::new();
        {
            let sink = Mutex::new(|n: u64| {
                seen.push(n);
                true
            });
            for n in [2, 0, 3, 1] {
                assert!(turns.admit(1));
                turns.finish(n, n, (1, 1), &sink);
            }
        }
        assert_eq!(seen, [0, 1, 2, 3]);
        assert_eq!(turns.lock().used, 0);
    }

    #[test]
    fn what_waits_keeps_only_the_permits_that_it_needs() {
        let turns = Turns::new(100);
        let sink = Mutex::new(|_: u64| true);
        assert!(turns.admit(50) && turns.admit(50));
        turns.finish(1, 1, (50, 3), &sink);
        assert_eq!(turns.lock().used, 53);
        assert!(turns.admit(40));
        turns.finish(0, 0, (50, 60), &sink);
        assert_eq!(turns.lock().used, 40);
    }

    #[test]
    fn one_document_larger_than_the_budget_passes_alone() {
        let turns = Turns::<()>::new(10);
        assert!(turns.admit(1_000));
        assert_eq!(turns.lock().used, 1_000);
    }

    #[test]
    fn whoever_waits_for_permits_wakes_when_all_is_stopped() {
        let turns = Turns::<()>::new(10);
        assert!(turns.admit(10));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| turns.admit(1));
            turns.stop();
            assert!(!waiting.join().expect("no panic"));
        });
    }
}
