//! Methods that a path does not have, and what it says about those that it has.

use bytes::Bytes;
use http::header::ALLOW;
use http::{Response, StatusCode};

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Part, Spot, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&SERVED, &ALLOW_MISSING, &ALLOW_WRONG];

pub(crate) static SERVED: Check = Check {
    code: "undeclared-method-served",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.9",
    title: "A method that the path does not declare was served (2xx).",
    explanation: "Answer it with 405, or declare it. 404 and other refusals are accepted.",
};
pub(crate) static ALLOW_MISSING: Check = Check {
    code: "allow-missing",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §15.5.6",
    title: "A 405 came without the header `Allow`.",
    explanation: "The origin server MUST generate an `Allow` header that lists the methods of the target.",
};
pub(crate) static ALLOW_WRONG: Check = Check {
    code: "allow-wrong",
    level: Level::Error,
    evident: false,
    section: "RFC 9110 §10.2.1",
    title: "The header `Allow` says something else than the document, or than the status.",
    explanation: "A 405 for a method that `Allow` lists contradicts itself. A declared method that is not listed is a \
                  warning, because the server may allow it to others, or at another time.",
};

/// Whether an undeclared method is served, and whether `Allow` tells the truth.
pub(super) fn check(observed: &Observed<'_>, answer: &Response<Bytes>) -> Vec<Flaw> {
    let case = observed.case;
    let is_options = case.expect == Expect::Companion && case.rule == "OPTIONS";
    if case.expect == Expect::UndeclaredMethod && answer.status().is_success() {
        let message = format!(
            "the method {} is not declared, but was served with {}",
            case.rule,
            answer.status().as_u16()
        );
        return vec![Flaw::new(&SERVED, case.spot.clone(), "method", message)];
    }
    let is_refused = answer.status() == StatusCode::METHOD_NOT_ALLOWED
        && matches!(case.expect, Expect::UndeclaredMethod | Expect::Companion);
    if is_refused || is_options && answer.status().is_success() {
        return allow(observed, answer, is_refused);
    }
    Vec::new()
}

/// What is wrong with `Allow`.
fn allow(observed: &Observed<'_>, answer: &Response<Bytes>, is_refused: bool) -> Vec<Flaw> {
    let spot = || Spot::whole(Part::ResponseHeader("Allow".to_owned()));
    let method = observed.case.rule.as_str();
    let Some(allowed) = listed(answer) else {
        let message = "the 405 does not say which methods are allowed";
        let missing = Flaw::new(&ALLOW_MISSING, spot(), rule::REQUIRED, message);
        return is_refused.then_some(missing).into_iter().collect();
    };
    let mut flaws = Vec::new();
    if is_refused && allowed.iter().any(|own| own == method) {
        let message = format!("{method} is refused with 405, but `Allow` lists it");
        flaws.push(Flaw::new(&ALLOW_WRONG, spot(), "method", message));
    }
    let lacking: Vec<&str> = declared(observed)
        .filter(|own| !allowed.iter().any(|other| other == own))
        .collect();
    if !lacking.is_empty() {
        let message = format!(
            "`Allow` lacks {}, which the document declares",
            lacking.join(", ")
        );
        flaws.push(Flaw::new(&ALLOW_WRONG, spot(), "allow", message).warning());
    }
    flaws
}

/// The methods that `Allow` lists; `None` when it is missing.
fn listed(answer: &Response<Bytes>) -> Option<Vec<String>> {
    let lines: Vec<_> = answer.headers().get_all(ALLOW).iter().collect();
    let texts = lines.iter().filter_map(|line| line.to_str().ok());
    let methods = texts.flat_map(|text| text.split(','));
    let methods = methods.map(|method| method.trim().to_owned()).collect();
    (!lines.is_empty()).then_some(methods)
}

/// The methods that the document declares for the path.
fn declared<'a>(observed: &Observed<'a>) -> impl Iterator<Item = &'a str> {
    let path = &observed.operation.path;
    let operations = observed.contract.api.operations.iter();
    let same = operations.filter(move |other| other.path == *path);
    same.map(|other| other.method.as_str())
}
