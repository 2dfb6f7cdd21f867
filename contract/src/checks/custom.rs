//! Checks that are not ours: written in Rust by whoever uses the library, or stated in a line.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bindery_spec::model::Operation;
use bytes::Bytes;
use http::{HeaderName, Request, Response, StatusCode};

use super::{Check, Flaw, Level};
use crate::validate::{Part, Spot};

/// An exchange that a custom check looks at.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The operation that was asked.
    pub operation: &'a Operation,
    /// The request, with a target that starts at the root of the API.
    pub request: &'a Request<Bytes>,
    /// The answer.
    pub response: &'a Response<Bytes>,
    /// How long the answer took, body included.
    pub elapsed: Duration,
}

/// A check of your own.
///
/// ```
/// use bindery_contract::{Answered, Check, CustomCheck, Level, Options};
///
/// static NO_STORE: Check = Check {
///     code: "acme-no-store",
///     level: Level::Error,
///     evident: true,
///     section: "ACME API guide, 4.2",
///     title: "An answer may be kept by caches.",
///     explanation: "Everything that we answer is personal. Send `Cache-Control: no-store`.",
/// };
///
/// struct NoStore;
///
/// impl CustomCheck for NoStore {
///     fn check(&self) -> &'static Check {
///         &NO_STORE
///     }
///
///     fn judge(&self, answered: &Answered<'_>) -> Vec<String> {
///         let header = answered.response.headers().get("cache-control");
///         let kept = header.is_none_or(|value| value != "no-store");
///         kept.then(|| "`Cache-Control` is not `no-store`".to_owned()).into_iter().collect()
///     }
/// }
///
/// let options = Options::new("http://127.0.0.1:8080").custom(NoStore);
/// ```
pub trait CustomCheck: Send + Sync {
    /// What reports say about its findings.
    fn check(&self) -> &'static Check;

    /// What is wrong with an exchange: a sentence each, without a final stop.
    fn judge(&self, answered: &Answered<'_>) -> Vec<String>;
}

/// What custom checks say about an exchange.
pub(crate) fn judge(custom: &dyn CustomCheck, answered: &Answered<'_>) -> Vec<Flaw> {
    let check = custom.check();
    let spot = || Spot::whole(Part::Response);
    let flaw = |message: String| Flaw::new(check, spot(), check.code, message);
    custom.judge(answered).into_iter().map(flaw).collect()
}

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&HEADER, &STATUS, &TIME];

static HEADER: Check = Check {
    code: "expected-header",
    level: Level::Error,
    evident: false,
    section: "`--expect header=NAME`",
    title: "A header that every answer shall have is missing.",
    explanation: "It was asked for by `--expect`, or by `expect` under `[contract]` in bindery.toml.",
};
static STATUS: Check = Check {
    code: "forbidden-status",
    level: Level::Error,
    evident: false,
    section: "`--expect not-status=CODE`",
    title: "A status came that shall never come.",
    explanation: "It was ruled out by `--expect`, or by `expect` under `[contract]` in bindery.toml.",
};
static TIME: Check = Check {
    code: "response-time",
    level: Level::Error,
    evident: false,
    section: "`--expect time=MILLISECONDS`",
    title: "An answer took longer than it may.",
    explanation: "The limit was set by `--expect`, or by `expect` under `[contract]` in bindery.toml. The time counts \
                  from the first byte sent to the last byte read.",
};

/// What every answer shall keep to: `header=NAME`, `not-status=CODE` or `time=MILLISECONDS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The header is there.
    Header(HeaderName),
    /// The status never comes.
    NotStatus(StatusCode),
    /// It takes no longer.
    Time(Duration),
}

impl CustomCheck for Expectation {
    fn check(&self) -> &'static Check {
        match self {
            Self::Header(_) => &HEADER,
            Self::NotStatus(_) => &STATUS,
            Self::Time(_) => &TIME,
        }
    }

    fn judge(&self, answered: &Answered<'_>) -> Vec<String> {
        let response = answered.response;
        let kept = match self {
            Self::Header(name) => response.headers().contains_key(name),
            Self::NotStatus(status) => response.status() != *status,
            Self::Time(limit) => answered.elapsed <= *limit,
        };
        if kept {
            Vec::new()
        } else {
            vec![self.to_string()]
        }
    }
}

/// Says what is wrong when it is not kept.
impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}` is missing"),
            Self::NotStatus(status) => write!(f, "the status {} shall never come", status.as_u16()),
            Self::Time(limit) => write!(f, "the answer took longer than {} ms", limit.as_millis()),
        }
    }
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || {
            let (kind, value) = text.split_once('=')?;
            match kind {
                "header" => value.parse().ok().map(Self::Header),
                "not-status" => value.parse().ok().map(Self::NotStatus),
                "time" => value
                    .parse()
                    .ok()
                    .map(Duration::from_millis)
                    .map(Self::Time),
                _ => None,
            }
        };
        wanted().ok_or_else(|| {
            format!("`{text}` is not `header=NAME`, `not-status=CODE` or `time=MILLISECONDS`")
        })
    }
}
