//! What came of a request: an answer, or why there is none.

use std::time::Duration;

use bytes::Bytes;
use http::Response;

/// What came of a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// An answer.
    Answer(Response<Bytes>),
    /// None, or only a part of one.
    Failure(Failure, String),
}

impl Reply {
    /// The answer, if there is one.
    pub(crate) fn answer(&self) -> Option<&Response<Bytes>> {
        match self {
            Self::Answer(answer) => Some(answer),
            Self::Failure(..) => None,
        }
    }

    /// Whether the server said nothing, or not all of it.
    pub(crate) fn is_silence(&self) -> bool {
        let Self::Failure(failure, _) = self else {
            return false;
        };
        !matches!(failure, Failure::RedirectLoop | Failure::Redirects)
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status().as_u16())
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The connection was refused, or the name not found.
    Connect,
    /// It took too long.
    Timeout,
    /// The connection was reset or closed before the answer.
    Closed,
    /// The body ended before its announced end.
    Truncated,
    /// The body is longer than the limit.
    TooLarge,
    /// The answer is not HTTP.
    NotHttp,
    /// The redirects lead in a circle.
    RedirectLoop,
    /// There are more redirects than clients follow.
    Redirects,
}

/// How long an answer took; it travels with the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Elapsed(pub(crate) Duration);
