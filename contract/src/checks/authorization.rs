//! Credentials that are not asked for, or that are although the document has none.

use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Spot, asks_for_credential, declared};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&IGNORED, &DEMANDED];

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

static DEMANDED: Check = Check {
    code: "authorization-demanded",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.30",
    title: "A credential was demanded (401), although the document asks for none.",
    explanation: "Other operations of the document ask for a credential, and this one does not, nor does it declare 401. The \
                  request had nothing in its path or body that could be a credential.",
};

/// Whether a credential is demanded where the document asks for none.
pub(super) fn demanded(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let (api, operation) = (&observed.contract.api, observed.operation);
    let plain = operation.body.is_none() && !operation.path.contains('{');
    let demands = answer.status() == http::StatusCode::UNAUTHORIZED && observed.case.is_valid();
    if !demands || !plain || declared(operation, 401).is_some() {
        return Vec::new();
    }
    let mut others = api.operations.iter();
    if asks_for_credential(api, operation) || !others.any(|own| asks_for_credential(api, own)) {
        return Vec::new();
    }
    let message = "a valid request was answered with 401, and the operation asks for no credential";
    vec![Flaw::new(&DEMANDED, Spot::status(), "security", message)]
}

/// Whether a request is served without a credential.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    if observed.case.expect != Expect::Unauthorized || !answer.status().is_success() {
        return Vec::new();
    }
    let what = match observed.case.rule.as_str() {
        "credential" => "with an unknown credential".to_owned(),
        "empty" => "with an empty credential".to_owned(),
        "alternative" => format!("with an unknown {} alone", observed.case.spot),
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
