//! Answers that can be read, but are not as HTTP/1.1 wants them on the wire.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use http::{Response, StatusCode};

use super::head::canonical;
use super::{Check, Flaw, Level, Observed};
use crate::probe::{Oddities, Oddity};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&HEAD, &LENGTH, &SURPLUS, &CONTENT, &REPEATED];

static HEAD: Check = Check {
    code: "response-head-malformed",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §2.2, §5",
    title: "A line of the head of an answer is not as HTTP wants it.",
    explanation: "Clients and proxies read such lines differently, which is how requests are smuggled. Names have no \
                  space, values stand in one line, and each line ends in CR LF.",
};
static LENGTH: Check = Check {
    code: "response-length-ambiguous",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §6.1, §6.2, RFC 9110 §8.6",
    title: "The headers that say how long a body is contradict each other, or the status.",
    explanation: "A server must not send `Content-Length` beside `Transfer-Encoding`, and neither of them with 204. \
                  With 204 it is a warning, because clients read no body in any case.",
};
static SURPLUS: Check = Check {
    code: "response-surplus",
    level: Level::Error,
    evident: false,
    section: "RFC 9112 §6.3",
    title: "More bytes came than the answer announced.",
    explanation: "`Content-Length` is too small. On a connection that is kept, the rest is taken for the start of the \
                  next answer.",
};
pub(crate) static CONTENT: Check = Check {
    code: "response-content-forbidden",
    level: Level::Error,
    evident: true,
    section: "RFC 9110 §9.3.2, §15.3.5, §15.3.6, §15.4.5",
    title: "An answer has content that it must not have.",
    explanation: "The answer to HEAD, and any 204, 205 or 304, has none. On a connection that is kept, it is taken \
                  for the start of the next answer.",
};
static REPEATED: Check = Check {
    code: "response-header-repeated",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §5.3",
    title: "A header that has one value came twice, with different values.",
    explanation: "Which of them counts is up to the client. Only headers that are lists may be repeated.",
};

/// What was odd about the answer on the wire, as far as it was seen.
pub(super) fn check(_: &Observed<'_>, answer: &Response<Bytes>) -> Vec<Flaw> {
    let odd = answer.extensions().get::<Oddities>();
    let mut flaws: Vec<Flaw> = odd
        .iter()
        .flat_map(|odd| &odd.0)
        .filter(|odd| !is_of_nobody(odd, answer.status()))
        .map(|odd| flaw(odd, answer.status()))
        .collect();
    if answer.status() == StatusCode::RESET_CONTENT && !answer.body().is_empty() {
        flaws.push(content(answer.body().len()));
    }
    flaws.extend(repeated(answer));
    flaws
}

/// Whether content came with the answer to a head that was too large to be read: whoever gives it does not know the method.
fn is_of_nobody(odd: &Oddity, status: StatusCode) -> bool {
    let unread = status == StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
    unread && matches!(odd, Oddity::Content(_))
}

/// Whether more came than the length that was announced, so that the body is only the start of one.
pub(super) fn is_cut(answer: &Response<Bytes>) -> bool {
    let odd = answer.extensions().get::<Oddities>();
    odd.is_some_and(|odd| odd.0.iter().any(|odd| matches!(odd, Oddity::Surplus(_))))
}

fn flaw(oddity: &Oddity, status: StatusCode) -> Flaw {
    let whole = || Spot::whole(Part::Response);
    match oddity {
        Oddity::Head(message) => Flaw::new(&HEAD, whole(), HEAD.code, message),
        Oddity::Length(message) => {
            let flaw = Flaw::new(&LENGTH, whole(), LENGTH.code, message);
            let is_harmless = status == StatusCode::NO_CONTENT;
            if is_harmless { flaw.warning() } else { flaw }
        }
        Oddity::Surplus(count) => {
            let message = format!("at least {count} bytes follow the end that was announced");
            Flaw::new(
                &SURPLUS,
                Spot::whole(Part::ResponseBody),
                SURPLUS.code,
                message,
            )
        }
        Oddity::Content(count) => content(*count),
    }
}

fn content(count: usize) -> Flaw {
    let message = format!("at least {count} bytes of content follow the head");
    Flaw::new(
        &CONTENT,
        Spot::whole(Part::ResponseBody),
        CONTENT.code,
        message,
    )
}

fn repeated(answer: &Response<Bytes>) -> Vec<Flaw> {
    let single = [CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION, RETRY_AFTER].into_iter();
    let names = single.filter(|name| {
        let mut values = answer.headers().get_all(name).iter();
        let first = values.next();
        values.any(|value| Some(value) != first)
    });
    let flaw = |name| {
        let name = canonical(&name);
        let message = format!("`{name}` is there more than once, with different values");
        Flaw::new(
            &REPEATED,
            Spot::whole(Part::ResponseHeader(name)),
            REPEATED.code,
            message,
        )
    };
    names.map(flaw).collect()
}
