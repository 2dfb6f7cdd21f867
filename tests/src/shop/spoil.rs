//! Puts a planted fault into an answer that would be good.

use axum::body::HttpBody;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::answer::{Answer, Content};
use super::defect::{Fault, Planted};
use crate::server::raw::Flaw;

/// Puts an answer on the wire, with the fault where one is planted.
pub(super) fn respond(mut answer: Answer, planted: Planted, head: bool) -> Response {
    let status = answer.status;
    if let Some(Fault::Json(at, change)) = planted.fault()
        && at == status
        && let Content::Json(value) | Content::Problem(value) = &mut answer.content
    {
        change(value);
    }
    let mut response = answer.respond(|text| match planted.fault() {
        Some(Fault::Bytes(at, change)) if at == status => Some(change(text)),
        _ => None,
    });
    spoil_head(&mut response, planted, status);
    if head {
        leave_out_body(&mut response);
    }
    response
}

fn spoil_head(response: &mut Response, planted: Planted, status: u16) {
    match planted.fault() {
        Some(Fault::Header(at, name, value)) if at == status => {
            let headers = response.headers_mut();
            headers.remove(name);
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        Some(Fault::Status(at, other)) if at == status => {
            *response.status_mut() = StatusCode::from_u16(other).expect("a status");
        }
        Some(Fault::Wire(at, flaw)) if at == status => {
            response.extensions_mut().insert(flaw);
        }
        _ => {}
    }
}

/// What is wrong with an answer on the wire.
pub(super) fn flaw(response: &Response) -> Option<Flaw> {
    response.extensions().get().copied()
}

/// `HEAD` has the headers of `GET` (RFC 9110 §9.3.2), the length of what is left out among them.
fn leave_out_body(response: &mut Response) {
    let body = std::mem::take(response.body_mut());
    if let Some(length) = body.size_hint().exact() {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
}
