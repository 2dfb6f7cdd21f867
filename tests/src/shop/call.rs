//! One request, read as far as all operations read it alike.

use axum::http::request::Parts;
use serde_json::Value;

use super::answer::Answer;
use super::defect::{Planted, Slip};
use super::{access, query};

/// A request for one operation.
pub(super) struct Call<'a> {
    /// What stands in the places of the template, decoded.
    pub(super) ids: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) parts: &'a Parts,
    pub(super) body: &'a [u8],
    pub(super) planted: Planted,
    /// Who asks.
    pub(super) user: &'static str,
}

impl<'a> Call<'a> {
    /// Reads it and lets it in.
    pub(super) fn read(
        operation: &'static str,
        ids: &[&str],
        parts: &'a Parts,
        body: &'a [u8],
        planted: Planted,
    ) -> Result<Self, Answer> {
        let user = access::user(operation, parts, planted).ok_or_else(Answer::unauthorized)?;
        let unreadable = || Answer::problem(400, "The request cannot be read");
        let ids = ids.iter().map(|id| query::decode(id));
        let pairs = query::pairs(parts.uri.query().unwrap_or_default());
        Ok(Self {
            ids: ids.collect::<Option<_>>().ok_or_else(unreadable)?,
            query: pairs.ok_or_else(unreadable)?,
            parts,
            body,
            planted,
            user,
        })
    }

    pub(super) fn does(&self, slip: Slip) -> bool {
        self.planted.does(slip)
    }

    /// The first value of a name in the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, value) = pairs.find(|(own, _)| own == name)?;
        Some(value)
    }

    /// A header as text; bytes that are not UTF-8 are replaced.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        header(self.parts, name)
    }

    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        query::cookie(&self.header("cookie")?, name)
    }

    /// The media type of the body in lower case, without parameters.
    pub(super) fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        let essence = value.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// The body as JSON, which must be said to be of the given media type.
    pub(super) fn json(&self, media: &str) -> Result<Value, Answer> {
        if self.body.is_empty() && self.accepts("body", "required") {
            return Ok(stand_in());
        }
        if self.body.is_empty() && self.media_type().is_empty() {
            return Err(Answer::problem(400, "There is no body"));
        }
        if self.media_type() != media && !self.accepts("body", "media-type") {
            return Err(Answer::problem(415, "The media type is not served"));
        }
        if self.body.starts_with(&[b'['; 1_000]) && self.does(Slip::DeepFails) {
            return Err(Answer::problem(500, "Something went wrong"));
        }
        match serde_json::from_slice(self.body) {
            Ok(value) => Ok(value),
            Err(_) if self.media_type() != media || self.accepts("body", "json") => Ok(stand_in()),
            Err(_) => Err(Answer::problem(400, "The body is not JSON")),
        }
    }

    /// Whether a rule of a place is not checked here.
    pub(super) fn accepts(&self, at: &str, rule: &str) -> bool {
        use super::defect::Fault::Accepts;
        matches!(self.planted.fault(), Some(Accepts(own, broken)) if own == at && broken == rule)
    }
}

/// What is taken for a body that cannot be read and is let in all the same.
fn stand_in() -> Value {
    serde_json::json!({
        "name": "Nameless", "price": 1, "status": "draft", "kind": "book", "isbn": "9780000000000",
        "rating": 3, "text": "-", "lines": []
    })
}

/// A header as text.
pub(super) fn header(parts: &Parts, name: &str) -> Option<String> {
    let value = parts.headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
