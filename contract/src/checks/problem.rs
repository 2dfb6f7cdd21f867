//! Problem details that are those of another answer.

use bindery_spec::Value;
use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::{Check, Flaw, Level, Observed};
use crate::validate::{Part, Spot, declared, media};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&STATUS];

static STATUS: Check = Check {
    code: "problem-status-differs",
    level: Level::Error,
    evident: true,
    section: "RFC 9457 §3.1.2",
    title: "The `status` of problem details is not that of the answer.",
    explanation: "It is there for those who no longer see the answer itself, and must be the same. Leave it out, or set it \
                  where the status of the answer is set.",
};

/// Whether the status in the body, if there is one, is that of the answer. A status that is not declared is told as such.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let status = answer.status().as_u16();
    if declared(observed.operation, status).is_none() {
        return Vec::new();
    }
    let Some(told) = told(answer).filter(|told| *told != u64::from(status)) else {
        return Vec::new();
    };
    let message = format!("`status` is {told} in an answer with {status}");
    let spot = Spot::inside(Part::ResponseBody, "/status");
    vec![Flaw::new(&STATUS, spot, "status", message)]
}

/// The status that problem details tell.
pub(crate) fn told(answer: &http::Response<Bytes>) -> Option<u64> {
    let name = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let used = media::ContentType::parse(name)?;
    if used.essence != "application/problem+json" {
        return None;
    }
    let problem: Value = serde_json::from_slice(answer.body()).ok()?;
    problem.get("status")?.as_u64()
}
