//! Statuses that the document does not declare.

use bindery_spec::model::Status;
use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::{Content, Expect};
use crate::validate::{Part, Spot, declared, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&UNDOCUMENTED];

pub(crate) static UNDOCUMENTED: Check = Check {
    code: "status-undocumented",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.16",
    title: "The status is not declared for the operation.",
    explanation: "The document is expected to cover a successful response and any known errors. For a valid request \
                  that is an error, but for what any server may say (401, 403, 404, 405, 429 and their like): those \
                  are not reported. For an invalid request only unusual statuses are reported, as a warning, and \
                  those that stand for a declared one (403 for 401, 400 and 422 for each other). 5xx is the business \
                  of `server-error`.",
};

/// Statuses that any HTTP server may give before an application sees the request.
const COMMON: &[u16] = &[
    401, 403, 404, 405, 406, 407, 408, 409, 410, 413, 414, 421, 425, 426, 428, 429, 431, 451,
];
/// What servers say to invalid requests.
const REFUSALS: &[u16] = &[400, 411, 412, 415, 417, 422];

/// Whether a refusal has another status than the document has for it: 403 for a credential and not 401, 422 for a value in
/// the body and not 400, or the other way round.
fn is_other_refusal(observed: &Observed<'_>, status: u16) -> bool {
    let case = observed.case;
    let of_value = case.spot.part == Part::Body && matches!(case.draft.body, Content::Value(..));
    let usual = match (case.expect, status) {
        (Expect::Unauthorized, 403) => 401,
        (Expect::Invalid, 422) if of_value => 400,
        (Expect::Invalid, 400) if of_value => 422,
        _ => return false,
    };
    let mut responses = observed.operation.responses.iter();
    responses.any(|response| response.status == Status::Code(usual))
}

/// Whether the status is declared.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    // What is unusual, or not even declared, is answered by whoever sees it first.
    if matches!(observed.case.expect, Expect::Unusual | Expect::Companion) {
        return Vec::new();
    }
    let status = answer.status().as_u16();
    let common =
        COMMON.contains(&status) || (!observed.case.is_valid() && REFUSALS.contains(&status));
    let common = common && !is_other_refusal(observed, status);
    if status >= 500 || common || declared(observed.operation, status).is_some() {
        return Vec::new();
    }
    let message = if observed.case.is_valid() {
        let request = observed.case.valid_name();
        format!("{request} was answered with {status}, which is not declared")
    } else {
        format!("the status {status} is not declared")
    };
    let flaw = Flaw::new(&UNDOCUMENTED, Spot::status(), rule::STATUS, message);
    // The response to an accepted invalid request is judged as that.
    // What nobody gave out may be refused as if it were malformed.
    let made_up = observed.case.draft.credentials.made_up && REFUSALS.contains(&status);
    match (observed.case.is_valid(), answer.status().is_success()) {
        (true, _) => vec![if made_up { flaw.warning() } else { flaw }],
        (false, true) => Vec::new(),
        (false, false) => vec![flaw.warning()],
    }
}
