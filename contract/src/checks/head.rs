//! HEAD that says something else than its GET.

use bindery_spec::Api;
use bindery_spec::model::{Header, Operation};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, LAST_MODIFIED};
use http::{HeaderName, Response};

use super::{Check, Flaw, Level};
use crate::validate::{Part, Spot, declared};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&STATUS, &HEADER];

static STATUS: Check = Check {
    code: "head-status",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.2",
    title: "HEAD has another status than its GET.",
    explanation: "HEAD is GET without content. Where the document does not declare HEAD, a server that answers it with \
                  405 is not reported, and another refusal is a warning.",
};
static HEADER: Check = Check {
    code: "head-header",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §9.3.2, §8.6",
    title: "A header of HEAD says something else than that of its GET.",
    explanation: "`Content-Length` must be the length that the content of GET has, or be absent. `Content-Type`, \
                  `ETag` and `Last-Modified` should be the same, and so should a declared header that HEAD has; a \
                  difference is a warning. Only what was the same for GET before and after is compared.",
};

/// The headers that are compared whether or not the document declares them.
static NAMES: [HeaderName; 3] = [CONTENT_TYPE, ETAG, LAST_MODIFIED];

/// What HEAD, asked between two GETs of an operation's path, says otherwise.
pub(crate) fn compare(
    api: &Api,
    operation: &Operation,
    answers: [&Response<Bytes>; 3],
) -> Vec<Flaw> {
    let is_declared = operation.method == "HEAD";
    let status = answers[0].status().as_u16();
    // A document whose HEAD has other answers asks for something else than its GET.
    if is_declared && declared(operation, status).is_none() {
        return Vec::new();
    }
    let mut operations = api.operations.iter();
    let get = operations.find(|own| own.path == operation.path && own.method == "GET");
    let headers = get.and_then(|get| declared(get, status));
    differences(
        answers,
        is_declared,
        headers.map_or(&[], |response| &response.headers),
    )
}

fn differences(
    [before, head, after]: [&Response<Bytes>; 3],
    is_declared: bool,
    declared: &[Header],
) -> Vec<Flaw> {
    let status = before.status();
    if !status.is_success() || after.status() != status {
        return Vec::new();
    }
    if head.status() != status {
        return differs(before, head, is_declared).into_iter().collect();
    }
    let mut flaws: Vec<Flaw> = NAMES
        .iter()
        .filter_map(|name| other_value([before, head, after], name))
        .collect();
    let names = declared
        .iter()
        .filter_map(|header| header.name.parse().ok());
    let more = names.filter(|name| !NAMES.contains(name) && *name != CONTENT_LENGTH);
    // What only comes of the content may be left out (RFC 9110 §9.3.2).
    let sent = more.filter(|name| head.headers().contains_key(name));
    flaws.extend(sent.filter_map(|name| other_value([before, head, after], &name)));
    flaws.extend(other_length([before, head, after]));
    flaws
}

fn differs(get: &Response<Bytes>, head: &Response<Bytes>, is_declared: bool) -> Option<Flaw> {
    let status = head.status().as_u16();
    // A failure of the server is told as such.
    if status >= 500 || !is_declared && status == 405 {
        return None;
    }
    let message = format!(
        "GET was answered with {}, and HEAD with {status}",
        get.status().as_u16()
    );
    let flaw = Flaw::new(&STATUS, Spot::status(), "head", message);
    let refused = !is_declared && head.status().is_client_error();
    Some(if refused { flaw.warning() } else { flaw })
}

fn other_value([before, head, after]: [&Response<Bytes>; 3], name: &HeaderName) -> Option<Flaw> {
    let value = |response: &Response<Bytes>| response.headers().get(name).cloned();
    let (wanted, found) = (value(before)?, value(head));
    if value(after).as_ref() != Some(&wanted) || found.as_ref() == Some(&wanted) {
        return None;
    }
    let wanted = String::from_utf8_lossy(wanted.as_bytes()).into_owned();
    let found = found.map(|found| format!("`{}`", String::from_utf8_lossy(found.as_bytes())));
    let found = found.unwrap_or_else(|| "none".to_owned());
    let message = format!("`{name}` is `{wanted}` for GET, and {found} for HEAD");
    let spot = Spot::whole(Part::ResponseHeader(canonical(name)));
    Some(Flaw::new(&HEADER, spot, "head", message).warning())
}

/// By how many bytes a content that changes by itself may be longer or shorter once: a number has more digits then.
const SWAY: usize = 32;

/// A length that is announced must be the right one (RFC 9110 §8.6); a body that changes has none for certain.
fn other_length([before, head, after]: [&Response<Bytes>; 3]) -> Option<Flaw> {
    let length = before.body().len();
    let announced = head.headers().get(CONTENT_LENGTH)?.to_str().ok()?;
    if after.body().len() != length || announced.trim() == length.to_string() {
        return None;
    }
    let near = |own: usize| own.abs_diff(length) <= SWAY;
    if before.body() != after.body() && announced.trim().parse().is_ok_and(near) {
        return None;
    }
    let message =
        format!("HEAD announces a length of {announced}, and the content of GET has {length}");
    let spot = Spot::whole(Part::ResponseHeader(canonical(&CONTENT_LENGTH)));
    Some(Flaw::new(&HEADER, spot, "content-length", message))
}

/// A name as people write it: `content-type` is `Content-Type`.
pub(super) fn canonical(name: &HeaderName) -> String {
    if *name == ETAG {
        return "ETag".to_owned();
    }
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    name.as_str()
        .split('-')
        .map(word)
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response
            .body(Bytes::from_static(body.as_bytes()))
            .expect("a response")
    }

    fn found(head: &Response<Bytes>, is_declared: bool) -> Vec<(&'static str, String, Level)> {
        let get = response(200, &[("content-type", "text/plain"), ("etag", "1")], "abc");
        let flaws = differences([&get, head, &get], is_declared, &[]).into_iter();
        flaws
            .map(|flaw| (flaw.check.code, flaw.spot.to_string(), flaw.level))
            .collect()
    }

    #[test]
    fn what_differs_is_named() {
        let same = response(
            200,
            &[
                ("content-type", "text/plain"),
                ("etag", "1"),
                ("content-length", "3"),
            ],
            "",
        );
        assert_eq!(found(&same, false), []);
        let other = response(
            200,
            &[("content-type", "text/html"), ("content-length", "0")],
            "",
        );
        let header = |name: &str, level| ("head-header", format!("response header {name}"), level);
        let expected = [
            header("Content-Type", Level::Warning),
            header("ETag", Level::Warning),
            header("Content-Length", Level::Error),
        ];
        assert_eq!(found(&other, false), expected);
    }

    #[test]
    fn a_refusal_weighs_by_what_the_document_says() {
        let status = |level| vec![("head-status", "response status".to_owned(), level)];
        assert_eq!(found(&response(405, &[], ""), false), []);
        assert_eq!(found(&response(405, &[], ""), true), status(Level::Error));
        assert_eq!(
            found(&response(404, &[], ""), false),
            status(Level::Warning)
        );
        assert_eq!(found(&response(204, &[], ""), false), status(Level::Error));
        assert_eq!(found(&response(500, &[], ""), false), []);
    }

    #[test]
    fn what_changes_by_itself_is_not_compared() {
        let (first, second) = (
            response(200, &[("etag", "1")], "a"),
            response(200, &[("etag", "2")], "ab"),
        );
        let head = response(200, &[("etag", "3"), ("content-length", "7")], "");
        assert_eq!(differences([&first, &head, &second], false, &[]), []);
        let (first, second) = (response(200, &[], "0.5"), response(200, &[], "0.7"));
        let head = response(200, &[("content-length", "4")], "");
        assert_eq!(differences([&first, &head, &second], false, &[]), []);
        assert_eq!(differences([&first, &head, &first], false, &[]).len(), 1);
    }
}
