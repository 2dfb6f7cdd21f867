//! Failures of the server.

use bindery_spec::model::{Response, Status};
use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Spot, declared};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SERVER_ERROR];

static SERVER_ERROR: Check = Check {
    code: "server-error",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.6",
    title: "The server failed (5xx).",
    explanation: "Whatever a client sends, a failure of the server is a defect of the server. That the document \
                  declares the status says how the failure looks, not that it is right. 501 and 503 are warnings.",
};

/// Whether so many cases with a failure are enough, be it that none of them failed twice in a row.
pub(crate) fn is_certain(code: &str, cases: usize) -> bool {
    code == SERVER_ERROR.code && cases > 1
}

/// Whether the status is 5xx.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let status = answer.status().as_u16();
    let failures = |own: &Response| matches!(own.status, Status::Code(500..) | Status::Range(5..));
    // Where a failure is all that is declared, the document is wrong, and no server can be right.
    let promised = observed.operation.responses.iter().all(failures)
        && declared(observed.operation, status).is_some();
    if status < 500 || promised {
        return Vec::new();
    }
    let kind = match observed.case.expect {
        Expect::Valid { .. } => "a valid request".to_owned(),
        Expect::Unusual => format!("an unusual request ({})", observed.case.rule),
        Expect::Companion => format!("{} for the path", observed.case.rule),
        _ => "an invalid request".to_owned(),
    };
    let message = format!("{kind} was answered with {status}");
    let flaw = Flaw::new(&SERVER_ERROR, Spot::status(), "server-error", message);
    vec![if matches!(status, 501 | 503) {
        flaw.warning()
    } else {
        flaw
    }]
}
