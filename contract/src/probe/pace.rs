//! How fast requests are sent, and when no more are.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Ends a run before its time: what was found so far is reported.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Has the run send nothing more.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Spaces requests out, and knows when the time is up.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Option<Duration>,
    next: Mutex<Instant>,
    deadline: Option<Instant>,
    stop: Stop,
}

impl Pace {
    /// A pace of so many requests in a second, for so long.
    pub(super) fn new(rate: Option<f64>, time: Option<Duration>, stop: Stop) -> Self {
        let now = Instant::now();
        let interval = rate.filter(|rate| *rate > 0.0).map(|rate| 1.0 / rate);
        Self {
            interval: interval.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            next: Mutex::new(now),
            deadline: time.and_then(|time| now.checked_add(time)),
            stop,
        }
    }

    /// Waits for its turn.
    pub(super) async fn wait(&self) {
        let Some(interval) = self.interval else {
            return;
        };
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = (*next).max(Instant::now());
            *next = turn + interval;
            turn
        };
        tokio::time::sleep_until(turn.into()).await;
    }

    /// Whether nothing more is to be sent.
    pub(super) fn is_over(&self) -> bool {
        let late = self
            .deadline
            .is_some_and(|deadline| Instant::now() >= deadline);
        late || self.stop.0.load(Ordering::Relaxed)
    }
}
