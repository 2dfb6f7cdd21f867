//! Calls that failed in passing: whether they are sent again, and when.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderName, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use super::spell::Parts;

/// The header by which a server knows a request that it had before
/// (draft-ietf-httpapi-idempotency-key-header).
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Whether and when calls are sent again that failed in passing: without a connection or a whole response, or with the
/// status 408, 429, 500, 502, 503 or 504.
///
/// A call is sent again only if that cannot do twice what was asked for once: by an idempotent method (RFC 9110
/// §9.2.2) or with an `Idempotency-Key`. Its body must not be a stream. Between two attempts, the client waits for as
/// long as the server asks for (`Retry-After`), or else for a time that doubles with each attempt, less a random part of
/// up to half of it. Whatever is set here, a call takes no longer than its timeout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    first: Duration,
    longest: Duration,
    patience: Duration,
}

impl Retries {
    /// Every call is sent once.
    pub const fn off() -> Self {
        Self::on().attempts(1)
    }

    /// Up to three attempts, with waits of half a second and of a second. The default.
    pub const fn on() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(8),
            patience: Duration::from_secs(60),
        }
    }

    /// The same with another number of attempts, the first one included.
    pub const fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The same with another wait before the second attempt. The default is half a second.
    pub const fn first_wait(self, first: Duration) -> Self {
        Self { first, ..self }
    }

    /// The same with another longest wait between two attempts. The default is 8 seconds.
    pub const fn longest_wait(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// The same with another longest wait that a server may ask for. A call whose server asks for more is not sent
    /// again. The default is 60 seconds.
    pub const fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// How long to wait before the attempt that follows `made` of them; `None` if there is none.
    pub(super) fn wait(
        &self,
        made: u32,
        asked: Option<Duration>,
        chance: &Chance,
    ) -> Option<Duration> {
        if made >= self.attempts {
            return None;
        }
        if let Some(asked) = asked {
            return (asked <= self.patience).then_some(asked);
        }
        let doubled = 1_u32.checked_shl(made - 1).unwrap_or(u32::MAX);
        let whole = self.first.saturating_mul(doubled).min(self.longest);
        Some(whole / 2 + (whole / 2).mul_f64(chance.fraction()))
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::on()
    }
}

/// Where the random part of a wait comes from, so that clients that failed together do not come again together.
#[derive(Debug)]
pub(super) struct Chance(AtomicU64);

impl Chance {
    /// The same series for the same seed; a series of its own without one.
    pub(super) fn new(seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(|| RandomState::new().hash_one(0_u8));
        Self(AtomicU64::new(seed))
    }

    /// The next number of the series (`SplitMix64`).
    pub(super) fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut bits = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 to 1.
    fn fraction(&self) -> f64 {
        f64::from((self.next() >> 32) as u32) / f64::from(u32::MAX)
    }
}

/// Whether a request can be sent twice without doing twice what it asks for (RFC 9110 §9.2.2).
pub(super) fn is_harmless(parts: &Parts) -> bool {
    parts.line.method.is_idempotent() || parts.headers.contains_key(IDEMPOTENCY_KEY)
}

/// Whether a status says that the same request may go well later.
pub(super) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// How long the server asks to be left alone: seconds, or until a date (RFC 9110 §10.2.3). A date is seen from the
/// server's own clock, if the response tells it.
pub(super) fn retry_after(headers: &HeaderMap, now: Option<Duration>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| httpdate::parse_http_date(text).ok();
    let told = headers.get(DATE).and_then(|date| date.to_str().ok());
    let own = now.and_then(|now| SystemTime::UNIX_EPOCH.checked_add(now));
    let now = told.and_then(date).or(own)?;
    Some(date(text)?.duration_since(now).unwrap_or_default())
}
