//! Requests of others that do not keep to the document; seen in recordings and by the proxy.

use super::{Check, Flaw, Level};
use crate::validate::{Part, Spot, Violation};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&INVALID, &UNDECLARED];

static INVALID: Check = Check {
    code: "request-invalid",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.12, §4.8.13",
    title: "A client sent a request that the document does not allow.",
    explanation: "The client is at fault, or the document says less than is the case. What the server made of it is \
                  judged beside it.",
};
static UNDECLARED: Check = Check {
    code: "request-undeclared",
    level: Level::Warning,
    evident: false,
    section: "OpenAPI 3.1 §4.8.8, §4.8.9",
    title: "A client sent a request to a path or with a method that the document does not have.",
    explanation: "Describe the operation, or look for what still calls it. OPTIONS and HEAD are not reported.",
};

/// What a client did wrong. A missing credential is the business of the authorization checks.
pub(crate) fn invalid(violations: &[Violation]) -> Vec<Flaw> {
    let own = violations
        .iter()
        .filter(|violation| !super::is_credential(violation));
    own.map(|violation| Flaw::of(&INVALID, violation.clone()))
        .collect()
}

/// A request for what the document does not have; with the methods of the path, where there is one.
pub(crate) fn undeclared(method: &str, path: &str, methods: &[String]) -> Flaw {
    let (part, message) = if methods.is_empty() {
        (
            Part::Request,
            format!("the document has no path for {path}"),
        )
    } else {
        let methods = methods.join(", ");
        (
            Part::Method,
            format!("the path has no {method}; it has {methods}"),
        )
    };
    Flaw::new(&UNDECLARED, Spot::whole(part), "undeclared", message)
}
