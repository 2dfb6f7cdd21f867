//! Credentials that are not asked for.

use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&IGNORED];

pub(crate) static IGNORED: Check = Check {
    code: "authorization-ignored",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.30, RFC 9110 §15.5.2",
    title: "A request without a valid credential was served (2xx), although the document asks for one.",
    explanation: "The request had no credential (rule `security`), one that nobody gave out (rule `credential`), an empty one (rule `empty`), or lacked \
                  one of several that are asked for together (rule `partial`). The \
                  document asks for one by a security requirement, or by a required `Authorization` parameter.",
};

/// Whether a request is served without a credential.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    if observed.case.expect != Expect::Unauthorized || !answer.status().is_success() {
        return Vec::new();
    }
    let what = match observed.case.rule.as_str() {
        "credential" => "with an unknown credential".to_owned(),
        "empty" => "with an empty credential".to_owned(),
        "partial" => format!("without {}", observed.case.spot),
        _ => "with no credential".to_owned(),
    };
    let message = format!(
        "a request {what} was served with {}",
        answer.status().as_u16()
    );
    vec![Flaw::new(
        &IGNORED,
        observed.case.spot.clone(),
        observed.case.rule.as_str(),
        message,
    )]
}
