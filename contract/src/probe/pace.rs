//! How fast requests are sent, and when no more are.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Finding, Options};

/// Ends a run before its time: what was found so far is reported.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Has the run send nothing more.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Spaces requests out, and knows when the time is up or enough was found.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Option<Duration>,
    next: Mutex<Instant>,
    deadline: Option<Instant>,
    errors: AtomicUsize,
    max_errors: Option<usize>,
    stop: Stop,
}

impl Pace {
    /// The pace that a run is told to keep.
    pub(super) fn new(options: &Options) -> Self {
        let now = Instant::now();
        let interval = options
            .rate
            .filter(|rate| *rate > 0.0)
            .map(|rate| 1.0 / rate);
        Self {
            interval: interval.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            next: Mutex::new(now),
            deadline: options.max_time.and_then(|time| now.checked_add(time)),
            errors: AtomicUsize::new(0),
            max_errors: options.max_errors,
            stop: options.stop.clone(),
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

    /// Counts what was found.
    pub(super) fn found(&self, finding: &Finding) {
        self.errors
            .fetch_add(finding.is_error().into(), Ordering::Relaxed);
    }

    /// Whether nothing more is to be sent.
    pub(super) fn is_over(&self) -> bool {
        let late = self
            .deadline
            .is_some_and(|deadline| Instant::now() >= deadline);
        let errors = self.errors.load(Ordering::Relaxed);
        let enough = self.max_errors.is_some_and(|most| errors >= most);
        late || enough || self.stop.0.load(Ordering::Relaxed)
    }
}
