//! Responses that are not as their declaration says: media type, headers, body.

use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::probe::Expect;
use crate::validate::{Part, Violation, response_schema, rule};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[
    &MEDIA_TYPE,
    &HEADER,
    &BODY,
    &JSON,
    &WRITE_ONLY,
    &UNDECLARED_BODY,
];

static MEDIA_TYPE: Check = Check {
    code: "response-media-type",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.17",
    title: "The content type is missing, malformed, or not declared for the status.",
    explanation: "Clients choose how to read a body by its content type. A charset other than UTF-8 for JSON is a \
                  warning (RFC 8259 §8.1).",
};
static HEADER: Check = Check {
    code: "response-header",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.21",
    title: "A response header is missing or does not fit its schema.",
    explanation: "Only headers that are declared as required must be there; those that are there must fit.",
};
static BODY: Check = Check {
    code: "response-body",
    level: Level::Error,
    evident: true,
    section: "OpenAPI 3.1 §4.8.14",
    title: "The body of a response does not fit its schema.",
    explanation: "The rule is the keyword of JSON Schema 2020-12 that is broken, at the JSON Pointer given. Formats \
                  are asserted. Read-only and write-only properties are judged by the direction.",
};
static JSON: Check = Check {
    code: "response-json",
    level: Level::Error,
    evident: true,
    section: "RFC 8259",
    title: "The body is not the JSON that its content type promises.",
    explanation: "It does not parse, is followed by more bytes, is not UTF-8, or has a key twice in one object. A \
                  text beyond our limits of depth and number range is a warning.",
};
static WRITE_ONLY: Check = Check {
    code: "write-only-returned",
    level: Level::Warning,
    evident: false,
    section: "JSON Schema 2020-12 Validation §9.4",
    title: "A write-only value came back.",
    explanation: "Such values, often secrets, should not be part of a response.",
};
static UNDECLARED_BODY: Check = Check {
    code: "response-body-undeclared",
    level: Level::Warning,
    evident: true,
    section: "OpenAPI 3.1 §4.8.17",
    title: "There is a body where the document declares none.",
    explanation: "Generated clients do not read it. Declare its content.",
};

/// What the validator says about the response, as far as its status is declared.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let violations = observed
        .contract
        .response(observed.operation, answer)
        .into_iter();
    let known = violations.filter(|violation| violation.rule != rule::STATUS);
    let known = known.filter(|violation| {
        let contract = observed.contract;
        let schema = response_schema(observed.operation, answer, &violation.spot.part);
        !schema.is_some_and(|schema| contract.is_unmeetable(schema, violation))
    });
    // What leads to no operation, or is no good request at all, is answered before any operation; the responses of this
    // one do not speak about it.
    let foreign = match observed.case.expect {
        Expect::UndeclaredMethod | Expect::Companion => true,
        Expect::Unusual => answer.status().as_u16() >= 400,
        _ => false,
    };
    // What is left of a body that was announced too short breaks rules for that reason alone.
    let cut = super::framing::is_cut(answer);
    known
        .filter(|violation| !(foreign || cut && violation.spot.part == Part::ResponseBody))
        .map(flaw)
        .collect()
}

fn flaw(violation: Violation) -> Flaw {
    let media_type =
        matches!(&violation.spot.part, Part::ResponseHeader(name) if name == "Content-Type");
    match violation.rule.as_str() {
        rule::CHARSET => Flaw::of(&MEDIA_TYPE, violation).warning(),
        _ if media_type => Flaw::of(&MEDIA_TYPE, violation),
        rule::WRITE_ONLY => Flaw::of(&WRITE_ONLY, violation),
        rule::NO_BODY => Flaw::of(&UNDECLARED_BODY, violation),
        rule::JSON_LIMIT => Flaw::of(&JSON, violation).warning(),
        rule::JSON | rule::TRAILING | rule::UTF8 | rule::DUPLICATE => Flaw::of(&JSON, violation),
        rule::STYLE_JSON => Flaw::of(&HEADER, violation).warning(),
        _ if matches!(violation.spot.part, Part::ResponseHeader(_)) => Flaw::of(&HEADER, violation),
        _ => Flaw::of(&BODY, violation),
    }
}
