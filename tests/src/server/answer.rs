//! Answers in the shapes that the document gives them.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::response::Response;
use serde_json::{Value, json};

/// Why a request is not served.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It cannot be read.
    Unreadable(&'static str),
    /// It has no credential that we know.
    Unauthorized,
    /// It breaks rules of the document.
    Invalid(Vec<Broken>),
}

/// A rule of the document that a request breaks.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) location: Vec<&'static str>,
    pub(super) message: &'static str,
    pub(super) rule: &'static str,
}

impl Broken {
    fn to_json(&self) -> Value {
        json!({ "loc": self.location, "msg": self.message, "type": self.rule })
    }
}

pub(super) fn page(page: &Value) -> Response {
    json(StatusCode::OK, page)
}

pub(super) fn refusal(refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Unreadable(message) => error(StatusCode::BAD_REQUEST, "BadRequestError", message),
        Refusal::Unauthorized => unauthorized(),
        Refusal::Invalid(broken) => {
            let detail: Vec<Value> = broken.iter().map(Broken::to_json).collect();
            json(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({ "detail": detail }),
            )
        }
    }
}

pub(super) fn server_error() -> Response {
    error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "Something went wrong",
    )
}

pub(super) fn not_found() -> Response {
    error(StatusCode::NOT_FOUND, "NotFoundError", "No such path")
}

pub(super) fn method_not_allowed(allow: Option<&'static str>) -> Response {
    let mut response = error(
        StatusCode::METHOD_NOT_ALLOWED,
        "MethodNotAllowedError",
        "Only POST is served here",
    );
    if let Some(allow) = allow {
        response
            .headers_mut()
            .insert(ALLOW, allow.parse().expect("a method"));
    }
    response
}

pub(super) fn json(status: StatusCode, body: &Value) -> Response {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a response without fault")
}

/// RFC 9110 §15.5.2 asks every 401 to say how to authenticate.
fn unauthorized() -> Response {
    let mut response = error(
        StatusCode::UNAUTHORIZED,
        "UnauthorizedError",
        "The API key is not valid",
    );
    let challenge = "Bearer".parse().expect("a scheme");
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    response
}

fn error(status: StatusCode, kind: &str, message: &str) -> Response {
    let body = json!({
        "success": false,
        "status": status.as_u16(),
        "error": { "message": message, "type": kind, "details": null },
    });
    json(status, &body)
}
