//! What is told about each time that a call goes on the wire.

use std::sync::Arc;
use std::time::Duration;

use http::{Response, StatusCode};

use super::clock::Time;
use super::{Body, TransportError};

/// One time that a call goes on the wire. Calls that are redirected, sent again after a failure, or sent again with a
/// new token have several. It holds nothing secret: no value of a parameter, no header, no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The name of the operation.
    pub operation: &'static str,
    /// The HTTP method that the document states.
    pub method: &'static str,
    /// The path template, such as `/sessions/{id}`.
    pub path: &'static str,
    /// How many attempts of the same call there were before.
    pub number: u32,
}

/// What an attempt came to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// A response, whatever its status says.
    Response(StatusCode),
    /// No response, or not the whole of it.
    Failed(&'a TransportError),
    /// The caller has dropped the call.
    Cancelled,
}

/// Is told about every attempt of every call of a client. Any `Fn(&Attempt, Outcome<'_>, Duration)` is an observer that
/// hears of the ends.
pub trait Observer: Send + Sync + 'static {
    /// An attempt starts.
    fn started(&self, attempt: &Attempt) {
        let _ = attempt;
    }

    /// An attempt has ended, after `duration`. Without a clock, that is zero.
    fn ended(&self, attempt: &Attempt, outcome: Outcome<'_>, duration: Duration);
}

impl<F: Fn(&Attempt, Outcome<'_>, Duration) + Send + Sync + 'static> Observer for F {
    fn ended(&self, attempt: &Attempt, outcome: Outcome<'_>, duration: Duration) {
        self(attempt, outcome, duration);
    }
}

/// An attempt under way. If it is dropped before it has ended, it was cancelled.
pub(super) struct Watch<'a> {
    attempt: Attempt,
    observer: Option<&'a Arc<dyn Observer>>,
    time: &'a Time,
    started: Option<Duration>,
}

impl<'a> Watch<'a> {
    pub(super) fn start(
        attempt: Attempt,
        observer: Option<&'a Arc<dyn Observer>>,
        time: &'a Time,
    ) -> Self {
        if let Some(observer) = observer {
            observer.started(&attempt);
        }
        let started = observer.and_then(|_| time.now());
        Self {
            attempt,
            observer,
            time,
            started,
        }
    }

    pub(super) fn end(mut self, result: &Result<Response<Body>, TransportError>) {
        self.tell(match result {
            Ok(response) => Outcome::Response(response.status()),
            Err(error) => Outcome::Failed(error),
        });
    }

    fn tell(&mut self, outcome: Outcome<'_>) {
        if let Some(observer) = self.observer.take() {
            let elapsed = self.time.now().zip(self.started);
            let elapsed = elapsed.map(|(now, started)| now.saturating_sub(started));
            observer.ended(&self.attempt, outcome, elapsed.unwrap_or_default());
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.tell(Outcome::Cancelled);
    }
}
