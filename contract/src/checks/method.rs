//! Methods that a path does not have.

use bytes::Bytes;
use http::header::ALLOW;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Part, Spot, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SERVED, &ALLOW_MISSING];

static SERVED: Check = Check {
    code: "undeclared-method-served",
    level: Level::Error,
    section: "OpenAPI 3.1 §4.8.9",
    title: "A method that the path does not declare was served (2xx).",
    explanation: "Answer it with 405, or declare it. 404 and other refusals are accepted.",
};
static ALLOW_MISSING: Check = Check {
    code: "allow-missing",
    level: Level::Error,
    section: "RFC 9110 §15.5.6",
    title: "A 405 came without the header `Allow`.",
    explanation: "The origin server MUST generate an `Allow` header that lists the methods of the target.",
};

/// Whether an undeclared method is served, and whether its refusal names the others.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    if observed.case.expect != Expect::UndeclaredMethod {
        return Vec::new();
    }
    if answer.status().is_success() {
        let message = format!(
            "the method {} is not declared, but was served with {}",
            observed.case.rule,
            answer.status().as_u16()
        );
        return vec![Flaw::new(
            &SERVED,
            observed.case.spot.clone(),
            "method",
            message,
        )];
    }
    if answer.status() == http::StatusCode::METHOD_NOT_ALLOWED
        && !answer.headers().contains_key(ALLOW)
    {
        let spot = Spot::whole(Part::ResponseHeader("Allow".to_owned()));
        return vec![Flaw::new(
            &ALLOW_MISSING,
            spot,
            rule::REQUIRED,
            "the 405 does not say which methods are allowed",
        )];
    }
    Vec::new()
}
