//! Entity tags in headers.

use bytes::Bytes;
use http::header::ETAG;

use super::header::is_left_to_http;
use super::{Check, Flaw, Level, Observed};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MALFORMED];

static MALFORMED: Check = Check {
    code: "response-etag-malformed",
    level: Level::Error,
    evident: true,
    section: "RFC 9110 §8.8.3",
    title: "`ETag` holds no entity tag.",
    explanation: "An entity tag stands in double quotes, with `W/` before them where it is weak: `\"xyzzy\"`, `W/\"xyzzy\"`. \
                  Caches and conditional requests pass over what they cannot read.",
};

/// An entity tag.
pub(crate) const GOOD: &str = "\"1\"";

/// Whether a text is no entity tag.
pub(crate) fn is_malformed(text: &[u8]) -> bool {
    let strong = text.strip_prefix(b"W/").unwrap_or(text);
    let inner = strong
        .strip_prefix(b"\"")
        .and_then(|rest| rest.strip_suffix(b"\""));
    let good = |byte: &u8| matches!(byte, 0x21 | 0x23..=0x7e | 0x80..);
    !inner.is_some_and(|inner| inner.iter().all(good))
}

/// Whether the entity tag in the head can be read.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let Some(tag) = answer.headers().get(ETAG) else {
        return Vec::new();
    };
    if !is_malformed(tag.as_bytes()) || !is_left_to_http(observed, answer, &ETAG, &[GOOD]) {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(tag.as_bytes());
    let message =
        format!("`ETag` is `{text}`, which is no entity tag: those stand in double quotes");
    let spot = Spot::whole(Part::ResponseHeader("ETag".to_owned()));
    vec![Flaw::new(&MALFORMED, spot, "entity-tag", message)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_weak_or_strong_and_quoted() {
        for good in ["\"\"", GOOD, "W/\"a-'b\"", "\"\u{e9}\""] {
            assert!(!is_malformed(good.as_bytes()), "{good}");
        }
        for wrong in ["", "abc", "\"", "w/\"a\"", "\"a\"b\"", "\"a b\"", "W/a"] {
            assert!(is_malformed(wrong.as_bytes()), "{wrong}");
        }
    }
}
