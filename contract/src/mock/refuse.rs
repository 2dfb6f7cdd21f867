//! How a mock refuses: with the documented error, or with problem details (RFC 9457).

use bindery_spec::model::{Location, Operation, Status};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, UPGRADE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Response};
use serde_json::json;

use crate::checks::is_credential;

use super::answer::{play, status_code};
use super::credentials::challenges;
use super::prefer::{Preference, Wish};
use crate::validate::{Contract, Part, Violation, declared, rule};

const DETAIL: &str = "the request breaks the document";

/// Refuses a request that breaks the document.
pub(super) fn refuse(
    contract: &Contract,
    operation: &Operation,
    headers: &HeaderMap,
    violations: &[Violation],
) -> Response<Bytes> {
    let wanted = statuses(violations);
    let specific = |status: &u16| {
        let response = declared(operation, *status)?;
        (response.status != Status::Default).then_some((*status, response))
    };
    let chosen = wanted.iter().find_map(specific);
    let default = || Some((wanted[0], declared(operation, wanted[0])?));
    let mut response = match chosen.or_else(default) {
        Some((status, response)) => documented(contract, operation, status, response, headers),
        None => None,
    }
    .unwrap_or_else(|| problem(wanted[0], DETAIL, violations));
    if response.status().as_u16() == 401 && !response.headers().contains_key(WWW_AUTHENTICATE) {
        for challenge in challenges(&contract.api, operation) {
            response.headers_mut().append(WWW_AUTHENTICATE, challenge);
        }
    }
    response
}

/// Says that there is no such thing.
pub(super) fn missing(
    contract: &Contract,
    operation: &Operation,
    headers: &HeaderMap,
) -> Response<Bytes> {
    let title = "nothing was created under this key";
    refused(contract, operation, headers, 404, title)
}

/// Says that the thing is in another state than the request depends on (RFC 9110 §15.5.13).
pub(super) fn stale(
    contract: &Contract,
    operation: &Operation,
    headers: &HeaderMap,
) -> Response<Bytes> {
    let title = "the thing was changed since then";
    refused(contract, operation, headers, 412, title)
}

fn refused(
    contract: &Contract,
    operation: &Operation,
    headers: &HeaderMap,
    status: u16,
    title: &str,
) -> Response<Bytes> {
    let response = declared(operation, status);
    let documented =
        response.and_then(|response| documented(contract, operation, status, response, headers));
    documented.unwrap_or_else(|| problem(status, title, &[]))
}

/// The documented error; `None` when it cannot be made, which is no reason to fail.
fn documented(
    contract: &Contract,
    operation: &Operation,
    status: u16,
    response: &bindery_spec::model::Response,
    headers: &HeaderMap,
) -> Option<Response<Bytes>> {
    // What the caller prefers is about success.
    let wish = Wish {
        headers,
        preference: &Preference::NONE,
    };
    let response = play(contract, operation, response, status, wish);
    (!response.status().is_server_error()).then_some(response)
}

/// The statuses that fit what is wrong, the best first.
fn statuses(violations: &[Violation]) -> &'static [u16] {
    let any = |test: &dyn Fn(&Violation) -> bool| violations.iter().any(test);
    let path =
        |violation: &Violation| matches!(violation.spot.part, Part::Parameter(Location::Path, _));
    if any(&is_credential) {
        &[401, 403]
    } else if any(&|violation| violation.spot.part == Part::ContentType) {
        &[415, 400, 422]
    } else if any(&|violation| violation.rule.starts_with(rule::JSON)) {
        &[400, 422]
    } else if violations.iter().all(path) {
        &[422, 400, 404]
    } else {
        &[422, 400]
    }
}

/// Problem details.
pub(crate) fn problem(status: u16, detail: &str, violations: &[Violation]) -> Response<Bytes> {
    let mut response = bare(status);
    let title = response.status().canonical_reason().unwrap_or("Error");
    let mut body =
        json!({ "type": "about:blank", "title": title, "status": status, "detail": detail });
    if !violations.is_empty() {
        let error = |violation: &Violation| json!({ "at": violation.spot.to_string(), "rule": violation.rule, "message": violation.message });
        body["errors"] = violations.iter().map(error).collect();
    }
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    *response.body_mut() = body.to_string().into();
    response
}

/// Says that the operation goes on in another protocol, which this mock does not speak (RFC 9110 §15.5.22).
pub(super) fn upgrade() -> Response<Bytes> {
    let mut response = problem(426, "the operation goes on in another protocol", &[]);
    let websocket = HeaderValue::from_static("websocket");
    response.headers_mut().insert(UPGRADE, websocket);
    response
}

/// A response without a body.
pub(super) fn bare(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status_code(status);
    response
}
