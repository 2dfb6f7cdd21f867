//! How long an answer is waited for.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Uri};

/// How many times as long as the slowest answer so far another one may take.
const MANY: u32 = 100;
/// What any answer may take.
const LEAST: Duration = Duration::from_secs(5);
/// What it may take while nothing is known of the server.
pub(super) const MOST: Duration = Duration::from_secs(10);

/// Knows how fast the server was so far, and which requests it was late for.
#[derive(Debug)]
pub(super) struct Patience {
    /// What the user says that an answer may take.
    fixed: Option<Duration>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    slowest: Option<Duration>,
    /// How often a request was late in a row, and what it was given the first time.
    late: HashMap<Sent, (u32, Duration)>,
}

/// What makes two requests the same.
type Sent = (Method, Uri, Bytes);

impl Patience {
    pub(super) fn new(fixed: Option<Duration>) -> Self {
        Self {
            fixed,
            seen: Mutex::default(),
        }
    }

    /// What a connection, or an answer of which nothing is known, may take.
    pub(super) fn most(&self) -> Duration {
        self.fixed.unwrap_or(MOST)
    }

    /// What the answer to a request may take: half as long each time that it was late.
    pub(super) fn limit(&self, request: &Request<Bytes>) -> Duration {
        let seen = self.seen();
        if let Some((times, first)) = seen.late.get(&sent(request)) {
            return *first / 2_u32.pow(*times.min(&3));
        }
        match self.fixed {
            Some(fixed) => fixed,
            None => seen
                .slowest
                .map_or(MOST, |slowest| (slowest * MANY).clamp(LEAST, MOST)),
        }
    }

    /// Notes that an answer came, and how long it took.
    pub(super) fn came(&self, request: &Request<Bytes>, took: Duration) {
        let mut seen = self.seen();
        seen.slowest = seen.slowest.max(Some(took));
        if !seen.late.is_empty() {
            seen.late.remove(&sent(request));
        }
    }

    /// Notes that no answer came within a limit; gives the limit of the first time.
    pub(super) fn gave_up(&self, request: &Request<Bytes>, limit: Duration) -> Duration {
        let mut seen = self.seen();
        let (times, first) = seen.late.entry(sent(request)).or_insert((0, limit));
        *times += 1;
        *first
    }

    /// Whether a request was late more than once in a row.
    pub(super) fn is_sure(&self, request: &Request<Bytes>) -> bool {
        let seen = self.seen();
        seen.late
            .get(&sent(request))
            .is_some_and(|(times, _)| *times > 1)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sent(request: &Request<Bytes>) -> Sent {
    let (method, uri, body) = (request.method(), request.uri(), request.body());
    (method.clone(), uri.clone(), body.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn request(uri: &'static str) -> Request<Bytes> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = Uri::from_static(uri);
        request
    }

    #[test]
    fn it_is_long_until_the_server_is_known_and_then_many_times_its_slowest_answer() {
        let patience = Patience::new(None);
        let own = request("/a");
        assert_eq!(patience.limit(&own), MOST);
        patience.came(&own, SECOND / 1000);
        assert_eq!(patience.limit(&own), LEAST);
        patience.came(&own, SECOND * 7 / 100);
        assert_eq!(patience.limit(&own), 7 * SECOND);
        patience.came(&own, SECOND);
        assert_eq!(patience.limit(&own), MOST);
    }

    #[test]
    fn what_was_late_is_waited_for_half_as_long_until_it_answers() {
        let patience = Patience::new(Some(8 * SECOND));
        let (own, other) = (request("/a"), request("/b"));
        assert_eq!(patience.gave_up(&own, 8 * SECOND), 8 * SECOND);
        assert_eq!(patience.limit(&own), 4 * SECOND);
        assert!(!patience.is_sure(&own));
        assert_eq!(patience.gave_up(&own, 4 * SECOND), 8 * SECOND);
        assert!(patience.is_sure(&own));
        for _ in 0..9 {
            patience.gave_up(&own, SECOND);
        }
        assert_eq!(patience.limit(&own), SECOND);
        assert_eq!(patience.limit(&other), 8 * SECOND);
        patience.came(&own, SECOND);
        assert_eq!(patience.limit(&own), 8 * SECOND);
    }
}
