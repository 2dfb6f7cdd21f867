//! Responses against the document.

use bindery_spec::Value;
use bindery_spec::model::{
    Header, MediaType, Operation, ParameterFormat, Response, SchemaId, Status,
};
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::media::{self, ContentType, Format};
use super::violation::{Part, Spot, Violation, rule};
use super::{Contract, Direction, write_only};
use crate::wire::{Spelling, split_header};

impl Contract {
    /// Checks a response of an operation: status, headers, media type and body.
    ///
    /// With a status that is not declared, nothing else can be checked.
    pub fn response(
        &self,
        operation: &Operation,
        response: &http::Response<Bytes>,
    ) -> Vec<Violation> {
        let status = response.status().as_u16();
        let Some(declared) = declared(operation, status) else {
            let message = format!("the status {status} is not declared");
            return vec![Violation::new(Spot::status(), rule::STATUS, message)];
        };
        let headers = declared.headers.iter();
        let mut violations: Vec<_> = headers
            .flat_map(|header| self.check_header(header, response.headers()))
            .collect();
        if operation.method != "HEAD" {
            violations.extend(self.check_response_body(declared, response));
        }
        violations
    }

    fn check_header(&self, header: &Header, headers: &http::HeaderMap) -> Vec<Violation> {
        // The content type is described by `content` alone (OpenAPI 3.1 §4.8.17.1).
        if header.name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()) {
            return Vec::new();
        }
        let part = Part::ResponseHeader(header.name.clone());
        let lines = headers.get_all(&header.name).iter();
        let texts: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        if texts.is_empty() {
            let message = format!("the header `{}` is missing", header.name);
            let missing = Violation::new(Spot::whole(part), rule::REQUIRED, message);
            return header.required.then_some(missing).into_iter().collect();
        }
        let text = texts.join(",");
        match &header.format {
            ParameterFormat::Content(media) => {
                self.check_content(media, &text, Direction::Response, &part)
            }
            ParameterFormat::Style {
                style,
                explode,
                schema,
                ..
            } => {
                let spelling = Spelling {
                    name: &header.name,
                    style: *style,
                    explode: *explode,
                    allow_reserved: false,
                };
                if self.is_json_of(*schema, &text) {
                    let message = format!(
                        "the header `{}` is JSON, which only `content` can say",
                        header.name
                    );
                    return vec![Violation::new(Spot::whole(part), rule::STYLE_JSON, message)];
                }
                let split = |kind: crate::wire::Kind<'_>| split_header(spelling, kind, &text);
                if let Some(value) = self.read_parameter(*schema, Direction::Response, &split) {
                    self.check_value(*schema, Direction::Response, &value, &part)
                } else {
                    let message =
                        format!("the header `{}` is not spelled in its style", header.name);
                    vec![Violation::new(Spot::whole(part), rule::STYLE, message)]
                }
            }
        }
    }

    /// Whether a text is a JSON object or array that a schema allows.
    fn is_json_of(&self, schema: SchemaId, text: &str) -> bool {
        let value = serde_json::from_str::<Value>(text).ok();
        let nested = value.filter(|value| value.is_object() || value.is_array());
        nested.is_some_and(|value| self.is_valid(schema, Direction::Response, &value))
    }

    fn check_response_body(
        &self,
        declared: &Response,
        response: &http::Response<Bytes>,
    ) -> Vec<Violation> {
        let bytes = response.body();
        if declared.content.is_empty() {
            return undeclared_body(declared, bytes);
        }
        if bytes.is_empty() && matches!(response.status().as_u16(), 100..200 | 204 | 205 | 304) {
            return Vec::new();
        }
        if let Some((code, why)) = not_judged(declared, response) {
            self.compiled.report(code, &declared.place, &why);
            return Vec::new();
        }
        let (used, media) = match chosen(declared, response) {
            Ok(chosen) => chosen,
            Err(message) => {
                let part = Part::ResponseHeader("Content-Type".to_owned());
                return vec![Violation::new(Spot::whole(part), rule::MEDIA_TYPE, message)];
            }
        };
        let mut violations: Vec<_> = check_charset(&used).into_iter().collect();
        violations.extend(self.check_body(
            media,
            &used,
            bytes,
            Direction::Response,
            &Part::ResponseBody,
        ));
        if let (Some(schema), Format::Json, true) =
            (media.schema, used.format(), self.has_write_only)
        {
            violations.extend(write_only::check(&self.api.schemas, schema, bytes));
        }
        violations
    }
}

/// Why no body of an answer can be wrong, with the code under which that is told.
fn not_judged(
    declared: &Response,
    response: &http::Response<Bytes>,
) -> Option<(&'static str, String)> {
    let content = &declared.content;
    if content.iter().any(|media| media.unresolved) {
        let why = "a reference leads to nothing, so no body can be wrong";
        return Some(("body-not-checked", why.to_owned()));
    }
    if let Some(MediaType { name, .. }) = content.iter().find(|media| !media::is_named(media)) {
        let why = format!("`{name}` is no media type, so no content type can be wrong");
        return Some(("media-type-not-checked", why));
    }
    let coding = coding(response)?;
    let why = format!("bodies that are coded as `{coding}` are not read");
    Some(("body-not-checked", why))
}

/// The content type of an answer and the declared media type that it stands for, or what is wrong with it.
fn chosen<'d>(
    declared: &'d Response,
    response: &http::Response<Bytes>,
) -> Result<(ContentType, &'d MediaType), String> {
    let Some(header) = response.headers().get(CONTENT_TYPE) else {
        return Err("the response has no content type".to_owned());
    };
    let parsed = header.to_str().ok().and_then(ContentType::parse);
    let used = parsed.ok_or("the content type is malformed")?;
    match media::choose(&declared.content, &used) {
        Some(media) => Ok((used, media)),
        None => Err(format!(
            "the content type `{}` is not declared",
            used.essence
        )),
    }
}

/// The schema of a part of a response.
pub(crate) fn response_schema(
    operation: &Operation,
    response: &http::Response<Bytes>,
    part: &Part,
) -> Option<SchemaId> {
    let declared = declared(operation, response.status().as_u16())?;
    match part {
        Part::ResponseBody => {
            let used = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
            media::choose(&declared.content, &ContentType::parse(used)?)?.schema
        }
        Part::ResponseHeader(name) => {
            let mut headers = declared.headers.iter();
            match &headers.find(|header| header.name == *name)?.format {
                ParameterFormat::Style { schema, .. } => Some(*schema),
                ParameterFormat::Content(media) => media.schema,
            }
        }
        _ => None,
    }
}

/// The declared response for a status: itself, then its range, then the default (OpenAPI 3.1 §4.8.16).
pub(crate) fn declared(operation: &Operation, status: u16) -> Option<&Response> {
    let digit = u8::try_from(status / 100).ok()?;
    [Status::Code(status), Status::Range(digit), Status::Default]
        .iter()
        .find_map(|wanted| {
            operation
                .responses
                .iter()
                .find(|response| response.status == *wanted)
        })
}

/// Whether the document says that the operation can succeed: a 2xx, a 3xx, or a default.
pub(crate) fn promises_success(operation: &Operation) -> bool {
    let success = |status| match status {
        Status::Code(code) => (200..400).contains(&code),
        Status::Range(digit) => matches!(digit, 2 | 3),
        Status::Default => true,
    };
    let mut responses = operation.responses.iter();
    responses.any(|response| success(response.status))
}

/// Whether the document says nothing else than that the connection goes on in another protocol (RFC 9110 §15.2.2).
pub(crate) fn switches_protocols(operation: &Operation) -> bool {
    !promises_success(operation) && declared(operation, 101).is_some()
}

/// How a body is coded. Requests that say nothing about codings allow all of them (RFC 9110 §12.5.3).
fn coding(response: &http::Response<Bytes>) -> Option<&str> {
    let coding = response.headers().get(CONTENT_ENCODING)?.to_str().ok()?;
    (!coding.eq_ignore_ascii_case("identity")).then_some(coding)
}

/// A body where none is declared. Without `content` a specific status has no body to speak of; `default` and ranges
/// often stand for anything.
fn undeclared_body(declared: &Response, bytes: &Bytes) -> Vec<Violation> {
    let specific = matches!(declared.status, Status::Code(_));
    if bytes.is_empty() || !specific {
        return Vec::new();
    }
    let message = "there is a body, but the document declares none for this status";
    vec![Violation::new(
        Spot::whole(Part::ResponseBody),
        rule::NO_BODY,
        message,
    )]
}

/// JSON that is exchanged between systems is UTF-8 (RFC 8259 §8.1).
fn check_charset(used: &ContentType) -> Option<Violation> {
    let charset = used.parameter("charset")?;
    let wrong = used.format() == Format::Json
        && !["utf-8", "utf8", "us-ascii"].contains(&charset.to_ascii_lowercase().as_str());
    wrong.then(|| {
        Violation::new(
            Spot::whole(Part::ResponseHeader("Content-Type".to_owned())),
            rule::CHARSET,
            format!("JSON is sent with the charset `{charset}`"),
        )
    })
}
