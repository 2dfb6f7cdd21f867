//! Clocks that tests set, so that nothing waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use golden::Clock;
use golden::runtime::http::Pending;

/// Goes on by as much as somebody wants to wait, at once.
#[derive(Clone, Default)]
pub(crate) struct Skipping {
    /// The waits.
    pub(crate) waits: Arc<Mutex<Vec<Duration>>>,
}

impl Clock for Skipping {
    fn now(&self) -> Duration {
        self.waits.lock().unwrap().iter().sum()
    }

    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// Stands at the time that was set, and wakes nobody.
#[derive(Clone, Default)]
pub(crate) struct Standing {
    /// The time.
    pub(crate) now: Arc<Mutex<Duration>>,
}

impl Clock for Standing {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, _: Duration) -> Pending<'static, ()> {
        Box::pin(std::future::pending())
    }
}
