//! Answers, before they are put on the wire.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde_json::{Value, json};

use super::check::Broken;

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) content: Content,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    None,
    Json(Value),
    Problem(Value),
    Bytes(&'static str, Vec<u8>),
}

impl Answer {
    pub(super) fn json(status: u16, value: Value) -> Self {
        Self::of(status, Content::Json(value))
    }

    pub(super) fn empty(status: u16) -> Self {
        Self::of(status, Content::None)
    }

    pub(super) fn of(status: u16, content: Content) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content,
        }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An error in the form of RFC 9457.
    pub(super) fn problem(status: u16, title: &str) -> Self {
        let problem = json!({ "type": "about:blank", "title": title, "status": status });
        Self::of(status, Content::Problem(problem))
    }

    pub(super) fn not_found() -> Self {
        Self::problem(404, "There is no such thing")
    }

    pub(super) fn unauthorized() -> Self {
        Self::problem(401, "No valid credential").header("WWW-Authenticate", "Bearer")
    }

    pub(super) fn invalid(broken: &[Broken]) -> Self {
        let mut answer = Self::problem(400, "The request breaks a rule");
        if let Content::Problem(problem) = &mut answer.content {
            let errors = broken.iter();
            problem["errors"] = errors
                .map(|broken| json!({ "at": broken.at, "rule": broken.rule }))
                .collect();
        }
        answer
    }

    /// As it goes over the wire; the bytes of JSON may be changed on the way.
    pub(super) fn respond(self, spoil: impl FnOnce(&str) -> Option<Vec<u8>>) -> Response {
        let (media, bytes) = match self.content {
            Content::None => (None, Vec::new()),
            Content::Json(value) => (Some("application/json"), spell(&value, spoil)),
            Content::Problem(value) => (Some("application/problem+json"), spell(&value, spoil)),
            Content::Bytes(media, bytes) => (Some(media), bytes),
        };
        let status = StatusCode::from_u16(self.status).expect("a status");
        let mut response = Response::builder().status(status);
        if let Some(media) = media {
            response = response.header(CONTENT_TYPE, media);
        }
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        response.body(Body::from(bytes)).expect("a good response")
    }
}

fn spell(value: &Value, spoil: impl FnOnce(&str) -> Option<Vec<u8>>) -> Vec<u8> {
    let text = value.to_string();
    spoil(&text).unwrap_or_else(|| text.into_bytes())
}
