//! Answers that never came, or not whole.

use super::{Check, Flaw, Level};
use crate::probe::Failure;
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[
    &TIMEOUT,
    &CLOSED,
    &TRUNCATED,
    &TOO_LARGE,
    &NOT_HTTP,
    &REDIRECT_LOOP,
    &CONNECT,
];

static TIMEOUT: Check = Check {
    code: "timeout",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.2",
    title: "The answer did not come, or not whole, within the time limit.",
    explanation: "Every request is to be answered. The limit is set by `--timeout` and counts the body as well; without it, it is \
                  ten seconds, and for a server that is known to be quick a hundred times its slowest answer, and never \
                  less than five. Then the request is sent again, and waited for half as long.",
};
static CLOSED: Check = Check {
    code: "connection-closed",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §9.6",
    title: "The connection was reset or closed before there was an answer.",
    explanation: "The request was sent twice over fresh connections, and neither was answered. Servers do this when a \
                  handler crashes.",
};
static TRUNCATED: Check = Check {
    code: "response-truncated",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §8",
    title: "The body ended before its announced end.",
    explanation: "`Content-Length` promised more bytes than came, or the last chunk is missing.",
};
static TOO_LARGE: Check = Check {
    code: "response-too-large",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §8.6",
    title: "The body is longer than the limit.",
    explanation: "The rest was not read. The limit is 16 MiB.",
};
static NOT_HTTP: Check = Check {
    code: "response-not-http",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §2",
    title: "The answer is not HTTP.",
    explanation: "The status line or the headers cannot be read.",
};
static REDIRECT_LOOP: Check = Check {
    code: "redirect-loop",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.4",
    title: "Redirects lead in a circle, or are too many.",
    explanation: "A client ought to detect circles; it can only give up. More than 20 redirects that lead in none are a \
                  warning, because browsers follow no more (Fetch §4.4).",
};
static CONNECT: Check = Check {
    code: "connection-refused",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §4.2",
    title: "The server could no longer be reached.",
    explanation: "It could be reached when the run began, so it stopped or its backlog is full.",
};

/// What a failure says.
pub(super) fn flaw(failure: Failure, message: &str) -> Flaw {
    let check = match failure {
        Failure::Connect => &CONNECT,
        Failure::Timeout => &TIMEOUT,
        Failure::Closed => &CLOSED,
        Failure::Truncated => &TRUNCATED,
        Failure::TooLarge => &TOO_LARGE,
        Failure::NotHttp => &NOT_HTTP,
        Failure::RedirectLoop | Failure::Redirects => &REDIRECT_LOOP,
    };
    let part = match failure {
        Failure::TooLarge | Failure::Truncated => Part::ResponseBody,
        Failure::RedirectLoop | Failure::Redirects => Part::Status,
        _ => Part::Response,
    };
    let flaw = Flaw::new(check, Spot::whole(part), check.code, message);
    if failure == Failure::Redirects {
        flaw.warning()
    } else {
        flaw
    }
}
