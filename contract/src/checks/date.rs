//! Times in headers.

use bytes::Bytes;
use http::HeaderName;
use http::header::{DATE, LAST_MODIFIED, RETRY_AFTER};

use super::head::canonical;
use super::header::is_left_to_http;
use super::{Check, Flaw, Level, Observed};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MALFORMED];

static MALFORMED: Check = Check {
    code: "response-date-malformed",
    level: Level::Error,
    evident: true,
    section: "RFC 9110 §5.6.7",
    title: "A header that holds a time is not written as HTTP writes times.",
    explanation: "`Date` and `Last-Modified` are as in `Sun, 06 Nov 1994 08:49:37 GMT`; `Retry-After` is that or a number of \
                  seconds. Caches pass over what they cannot read.",
};

/// A time as HTTP writes it.
pub(crate) const GOOD: &str = "Fri, 17 May 2024 09:30:00 GMT";

/// The headers that hold a time.
const TIMES: [HeaderName; 3] = [DATE, LAST_MODIFIED, RETRY_AFTER];

/// Whether a header holds a time, and this is none.
pub(crate) fn is_malformed(name: &HeaderName, text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = *name == RETRY_AFTER && digits;
    TIMES.contains(name) && !seconds && httpdate::parse_http_date(text).is_err()
}

/// Whether the times in the head can be read.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let wrong = TIMES.into_iter().filter_map(|name| {
        let text = answer.headers().get(&name)?.to_str().unwrap_or_default();
        let message = format!("`{name}` is `{text}`, which is no time of HTTP");
        let spot = Spot::whole(Part::ResponseHeader(canonical(&name)));
        let wrong =
            is_malformed(&name, text) && is_left_to_http(observed, answer, &name, &[GOOD, "3"]);
        wrong.then(|| Flaw::new(&MALFORMED, spot, "http-date", message))
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_read_in_every_spelling_of_the_standard() {
        for good in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert!(httpdate::parse_http_date(good).is_ok(), "{good}");
        }
        for wrong in ["1994-11-06T08:49:37Z", "yesterday", ""] {
            assert!(httpdate::parse_http_date(wrong).is_err(), "{wrong}");
        }
    }
}
