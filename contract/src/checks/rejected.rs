//! Valid input that is refused.

use bindery_spec::model::Location;
use bytes::Bytes;

use super::{Base, Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Part, Spot, promises_success};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&REJECTED, &CREDENTIALS];

pub(super) static REJECTED: Check = Check {
    code: "valid-input-rejected",
    level: Level::Error,
    evident: false,
    section: "OpenAPI 3.1 §4.8.10",
    title: "A request that the document allows was refused as invalid.",
    explanation: "The status was 400, 405, 406, 415 or 422. It is an error when the request differs from an accepted \
                  one only by a value that the document spells out (a bound, an enum value, null, an absent part). It \
                  is a warning when the request holds invented text: a server may know more about it than the document \
                  says. Nothing is said of a key in the path that was made up, nor where no cursor is taken that \
                  nobody gave out. Where nothing was accepted, it is said once. Nothing is said where the document \
                  declares no success at all, and where the status is not declared and invented text stands in the \
                  request: that is `status-undocumented`.",
};
static CREDENTIALS: Check = Check {
    code: "credentials-refused",
    level: Level::Warning,
    evident: false,
    section: "RFC 9110 §15.5.2",
    title: "The operation could not be tested: the credentials were refused.",
    explanation: "Give credentials with `--bearer-env VARIABLE` or `--header 'Name: value'`.",
};

/// Whether a valid request is refused as invalid, or not let in at all.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let Expect::Valid { invented } = observed.case.expect else {
        return Vec::new();
    };
    // Without a declared success, a refusal is all that the document lets a client expect.
    if !promises_success(observed.operation) {
        return Vec::new();
    }
    let status = answer.status().as_u16();
    // A key that was made up is of nothing.
    let made_up = match &observed.case.spot.part {
        Part::Parameter(Location::Path, _) => invented,
        part => *part == Part::Request && is_random(observed),
    };
    if made_up {
        return Vec::new();
    }
    match status {
        400 | 405 | 406 | 415 | 422 => {
            // It was told already that nothing of this kind is accepted.
            if observed.base == Base::Refused {
                return Vec::new();
            }
            let message = format!("{} was refused with {status}", observed.case.valid_name());
            let flaw = Flaw::new(
                &REJECTED,
                observed.case.spot.clone(),
                observed.case.rule.as_str(),
                message,
            );
            let certain =
                !invented && (observed.base == Base::Accepted || observed.case.rule == "minimal");
            vec![if certain { flaw } else { flaw.warning() }]
        }
        401 | 403 if observed.base != Base::Accepted => {
            let message = format!(
                "the request was answered with {status}, so nothing behind it could be tested"
            );
            vec![Flaw::new(
                &CREDENTIALS,
                Spot::status(),
                "credentials",
                message,
            )]
        }
        _ => Vec::new(),
    }
}

/// Whether chance made the request, and with it the keys in its path.
fn is_random(observed: &Observed<'_>) -> bool {
    observed.case.rule == "random" && observed.operation.path.contains('{')
}
