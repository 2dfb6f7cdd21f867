//! Time: what tells a client how long something took, and lets it wait.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::Pending;

/// Tells the time, and waits.
///
/// The default needs no particular executor: it waits with tokio where a runtime of tokio is at hand, and with a thread
/// elsewhere. On wasm32 there is no default; without a clock nothing is sent again, and no time but that of the
/// transport is kept.
pub trait Clock: Send + Sync + 'static {
    /// The time since 1970, which never goes back.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Pending<'static, ()>;
}

/// The clock of a client, if it has one.
#[derive(Clone)]
pub(super) struct Time(Option<Arc<dyn Clock>>);

/// When a call must have come to its end.
#[derive(Clone, Debug)]
pub(super) struct Deadline {
    /// How long the call may take.
    timeout: Option<Duration>,
    /// The end by the clock of the client, where both are there.
    end: Option<Duration>,
}

impl Time {
    pub(super) fn of(clock: impl Clock) -> Self {
        Self(Some(Arc::new(clock)))
    }

    /// The clock of the system.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn system() -> Self {
        Self::of(system::System::new())
    }

    /// No clock.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn system() -> Self {
        Self(None)
    }

    pub(super) fn now(&self) -> Option<Duration> {
        self.0.as_ref().map(|clock| clock.now())
    }

    /// Waits; `None` where there is no clock.
    pub(super) fn sleep(&self, duration: Duration) -> Option<Pending<'static, ()>> {
        self.0.as_ref().map(|clock| clock.sleep(duration))
    }

    pub(super) fn deadline(&self, timeout: Option<Duration>) -> Deadline {
        let end = self.now().zip(timeout);
        Deadline {
            timeout,
            end: end.map(|(now, timeout)| now.saturating_add(timeout)),
        }
    }

    /// How much of the time is left; `None` for as much as one likes.
    pub(super) fn left(&self, deadline: &Deadline) -> Option<Duration> {
        match self.now().zip(deadline.end) {
            Some((now, end)) => Some(end.saturating_sub(now)),
            None => deadline.timeout,
        }
    }

    /// What `future` comes to; `None` if that takes longer than until the deadline.
    pub(super) async fn within<T>(
        &self,
        deadline: &Deadline,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        let mut future = pin!(future);
        let mut sleep = None;
        poll_fn(|context| {
            let polled = future.as_mut().poll(context);
            if polled.is_ready() || deadline.end.is_none() {
                return polled.map(Some);
            }
            let left = self.left(deadline).unwrap_or_default();
            // Most futures are ready at once, and need no timer.
            let sleep = sleep.get_or_insert_with(|| self.sleep(left));
            let woken = sleep.as_mut().map(|sleep| sleep.as_mut().poll(context));
            woken.map_or(polled.map(Some), |woken| woken.map(|()| None))
        })
        .await
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "clock"
        } else {
            "no clock"
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod system {
    //! The clock of the system.

    use std::time::{Duration, Instant, SystemTime};

    use super::super::pause::pause;
    use super::{Clock, Pending};

    /// Goes on from the time at which it was made, whatever is done to the clock on the wall.
    pub(super) struct System {
        started: Instant,
        at: Duration,
    }

    impl System {
        pub(super) fn new() -> Self {
            let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            Self {
                started: Instant::now(),
                at: at.unwrap_or_default(),
            }
        }
    }

    impl Clock for System {
        fn now(&self) -> Duration {
            self.at + self.started.elapsed()
        }

        fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
            #[cfg(feature = "reqwest")]
            if tokio::runtime::Handle::try_current().is_ok() {
                return Box::pin(tokio::time::sleep(duration));
            }
            pause(duration)
        }
    }
}
