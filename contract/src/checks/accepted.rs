//! Invalid input that is accepted.

use bindery_spec::model::{Parameter, Style};
use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Part, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&ACCEPTED, &MISSING, &MEDIA_TYPE];

pub(super) static ACCEPTED: Check = Check {
    code: "invalid-input-accepted",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.12, §4.8.13",
    title: "A request that breaks one rule of the document was accepted (2xx).",
    explanation: "The rule and its place are named; nothing else in the request is wrong, and it is wrong on the wire \
                  as well. A broken format is a warning, because formats are annotations to many tools; so is a value \
                  that is valid for two branches of `oneOf`, which many documents have in the place of `anyOf`; a tag \
                  that stands for no branch, because a discriminator is a hint (OpenAPI 3.1 §4.8.25); and bytes that \
                  are not UTF-8 or more after the end of JSON, which many readers pass over (RFC 8259 §9); and a part of a form that \
                  has another type than its encoding states. So is what stands in \
                  more than one pair of brackets in `deepObject`, which no standard describes.",
};
static MISSING: Check = Check {
    code: "missing-input-accepted",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.12.1, §4.8.13",
    title: "A request without a required parameter or body was accepted (2xx).",
    explanation: "What the document marks as required must be there.",
};
static MEDIA_TYPE: Check = Check {
    code: "unsupported-media-type-accepted",
    level: Level::Error,
    evident: true,
    section: "RFC 9110 §15.5.16",
    title: "A body of a media type that the document does not declare was accepted (2xx).",
    explanation: "415 is the status for it.",
};

/// Whether an invalid request is accepted.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let (check, what) = match observed.case.expect {
        Expect::Invalid => (&ACCEPTED, "breaks"),
        Expect::Missing => (&MISSING, "lacks"),
        Expect::UnsupportedMediaType => (&MEDIA_TYPE, "has an undeclared"),
        _ => return Vec::new(),
    };
    if !answer.status().is_success() {
        return Vec::new();
    }
    let case = observed.case;
    let message = match case.expect {
        Expect::Invalid => format!(
            "the {} {what} the rule `{}`, but was accepted with {}",
            case.spot,
            case.rule,
            answer.status().as_u16()
        ),
        Expect::Missing => format!(
            "the request {what} the required {}, but was accepted with {}",
            case.spot,
            answer.status().as_u16()
        ),
        _ => format!(
            "the body {what} media type, but was accepted with {}",
            answer.status().as_u16()
        ),
    };
    let flaw = Flaw::new(check, case.spot.clone(), case.rule.as_str(), message);
    let room = [
        "format",
        rule::ENUM_CASE,
        rule::PATTERN_CASE,
        "oneOf",
        rule::DISCRIMINATOR,
        rule::TRAILING,
        rule::UTF8,
        rule::PART_TYPE,
    ];
    let has_room = room.contains(&case.rule.as_str()) || is_deep(observed);
    vec![if has_room { flaw.warning() } else { flaw }]
}

/// Whether a case is about a part of a property in `deepObject`.
fn is_deep(observed: &Observed<'_>) -> bool {
    let Part::Parameter(location, name) = &observed.case.spot.part else {
        return false;
    };
    let own = observed.operation.parameter(*location, name);
    let deep = own.and_then(Parameter::style) == Some(Style::DeepObject);
    deep && observed.case.spot.pointer.matches('/').count() > 1
}
