//! Operations that are not there.

use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Content;
use crate::validate::{Part, Spot, declared, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&NOT_THERE];

pub(crate) static NOT_THERE: Check = Check {
    code: "operation-not-there",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.5.5",
    title: "A valid request of an operation whose path names no thing was answered with 404.",
    explanation: "The document does not declare 404, and the path has no parameter that could name something which does \
                  not exist, so it is the operation itself that is missing. Where the request has parameters or a body, \
                  what they name may be missing, and it is a warning, unless what is below the path is missing in other \
                  words. Serve the operation, take it out of the document, or declare 404.",
};

/// Whether the operation itself is missing.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let case = observed.case;
    let minimal = case.is_valid() && case.rule == "minimal" && case.spot.part == Part::Request;
    let missing = answer.status().as_u16() == 404 && declared(observed.operation, 404).is_none();
    if !minimal || !missing || observed.operation.path.contains('{') {
        return Vec::new();
    }
    let message = "the document declares the operation, and the server has nothing at its path";
    let flaw = Flaw::new(&NOT_THERE, Spot::status(), rule::STATUS, message);
    let draft = &case.draft;
    let bare = draft.parameters.iter().all(Option::is_none) && matches!(draft.body, Content::Empty);
    vec![if bare { flaw } else { flaw.warning() }]
}
