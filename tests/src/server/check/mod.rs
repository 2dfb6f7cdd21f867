//! Whether a request keeps to the document, rule by rule.

mod body;
mod query;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use serde_json::Value;

use super::answer::{Broken, Refusal};
use super::listing::Listing;
use super::{Deviation, TOKEN};

/// Reads a request, or says why it is not served.
pub(super) fn check(
    parts: &Parts,
    body: &[u8],
    deviation: Option<Deviation>,
) -> Result<Listing, Refusal> {
    let mut checker = Checker {
        deviation,
        broken: Vec::new(),
        listing: Listing::default(),
    };
    checker.check_credential(parts)?;
    let body = checker.read_body(parts, body)?;
    checker.check_namespace(parts);
    checker.check_query(parts);
    checker.check_body(body);
    if checker.broken.is_empty() {
        Ok(checker.listing)
    } else {
        Err(Refusal::Invalid(checker.broken))
    }
}

struct Checker {
    deviation: Option<Deviation>,
    broken: Vec<Broken>,
    listing: Listing,
}

impl Checker {
    fn check_credential(&self, parts: &Parts) -> Result<(), Refusal> {
        let credential = parts.headers.get(AUTHORIZATION);
        let token = credential
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let good = match token {
            Some((_, token)) => token == TOKEN || self.deviates(Deviation::TokenIgnored),
            None => credential.is_none() && self.deviates(Deviation::AuthorizationIgnored),
        };
        if good {
            Ok(())
        } else {
            Err(Refusal::Unauthorized)
        }
    }

    /// The JSON of the body; `None` where there is no body.
    fn read_body(&self, parts: &Parts, body: &[u8]) -> Result<Option<Value>, Refusal> {
        if body.is_empty() {
            return Ok(None);
        }
        if !is_json(parts) && !self.deviates(Deviation::OtherMediaTypeAccepted) {
            return Err(Refusal::Unreadable("The body must be application/json"));
        }
        match serde_json::from_slice(body) {
            Ok(value) => Ok(Some(value)),
            Err(_) if self.deviates(Deviation::BrokenBodyAccepted) => Ok(None),
            // A body of another media type that was let in is not expected to be JSON.
            Err(_) if !is_json(parts) => Ok(None),
            Err(_) => Err(Refusal::Unreadable("The body is not valid JSON")),
        }
    }

    fn check_namespace(&mut self, parts: &Parts) {
        match parts.headers.get("x-namespace") {
            Some(name) => {
                self.listing.namespace = String::from_utf8_lossy(name.as_bytes()).into_owned();
            }
            None => self.refuse(
                Deviation::NamespaceIgnored,
                &["header", "X-Namespace"],
                "Field required",
                "missing",
            ),
        }
    }

    fn deviates(&self, deviation: Deviation) -> bool {
        self.deviation == Some(deviation)
    }

    /// Notes a broken rule, unless this server is the one that does not know the rule.
    fn refuse(
        &mut self,
        accepted_by: Deviation,
        location: &[&'static str],
        message: &'static str,
        rule: &'static str,
    ) {
        if !self.deviates(accepted_by) {
            self.always_refuse(location, message, rule);
        }
    }

    /// Refuses what the document allows, if this server is the one that does.
    fn refuse_when(&mut self, deviation: Deviation, location: &[&'static str]) {
        if self.deviates(deviation) {
            self.always_refuse(location, "Not supported", "value_error");
        }
    }

    fn always_refuse(
        &mut self,
        location: &[&'static str],
        message: &'static str,
        rule: &'static str,
    ) {
        self.broken.push(Broken {
            location: location.to_vec(),
            message,
            rule,
        });
    }
}

/// Whether the body is said to be JSON; media types are compared without case and parameters (RFC 9110 §8.3.1).
fn is_json(parts: &Parts) -> bool {
    let value = parts.headers.get(CONTENT_TYPE);
    let essence = value
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
