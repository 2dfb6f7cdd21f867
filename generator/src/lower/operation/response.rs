//! Responses: what a call gives that went well, and the sets of errors that operations share.

use bindery_spec::model::{Operation, ParameterFormat, Response, Status};

use super::content::{choose, lower_content};
use super::stream::lower_stream;
use crate::ir::{Case, Content, ErrorEnum, ResponseVariant, Scope, Success, are_alike};
use crate::lower::schema::types::Types;

/// Lowers what a call gives that went well. `name` is for the enum, where several types are declared.
pub(super) fn lower_success(
    types: &mut Types,
    operation: &Operation,
    name: &str,
    names: &mut Scope,
) -> Success {
    let responses = successes(operation);
    if responses.is_empty() {
        return Success::Same {
            statuses: vec![(200, 299)],
            content: None,
        };
    }
    // Beside a stream, a response without content is one that ends at once.
    let mut full = responses.iter().filter(|own| !own.content.is_empty());
    if let (Some(response), None) = (full.next(), full.next())
        && let Some(content) = lower_stream(types, &response.content)
    {
        let statuses = responses.iter().map(|own| statuses_of(own));
        return Success::Same {
            statuses: alike(statuses.collect(), true),
            content: Some(content),
        };
    }
    let mut variants = lower_variants(types, &responses, |types, response| {
        lower_stream(types, &response.content).or_else(|| lower_whole(types, response))
    });
    // A default that stands alone describes what goes well; that is no reason to take every status for it.
    for variant in variants.iter_mut().filter(|v| v.last == u16::MAX) {
        (variant.first, variant.last) = (200, 299);
    }
    if are_alike(&variants) {
        let statuses = variants
            .iter()
            .map(|variant| (variant.first, variant.last))
            .collect();
        let content = variants
            .into_iter()
            .next()
            .and_then(|variant| variant.content);
        return Success::Same {
            statuses: alike(statuses, content.is_some()),
            content,
        };
    }
    Success::Choice {
        name: names.mint(&format!("{name} success")),
        variants,
    }
}

/// The statuses with which the same thing is said as with those that are declared: documents mix up 200 and 201, and
/// where nothing is to be read, what the server says besides is no failure (RFC 9110 §15.3).
fn alike(mut statuses: Vec<(u16, u16)>, read: bool) -> Vec<(u16, u16)> {
    let most = if read { 201 } else { 204 };
    let is_one = |own: &(u16, u16)| own.0 == own.1 && (200..=most).contains(&own.0);
    if statuses.iter().any(is_one) {
        statuses.push((200, most));
    }
    joined(statuses)
}

/// Ranges that touch each other are one, and hold what is in them.
fn joined(mut statuses: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    statuses.sort_unstable();
    let mut joined: Vec<(u16, u16)> = Vec::new();
    for (first, last) in statuses {
        match joined.last_mut() {
            Some(before) if before.0 <= first && first <= before.1.saturating_add(1) => {
                before.1 = before.1.max(last);
            }
            _ => joined.push((first, last)),
        }
    }
    joined
}

/// The declared errors of an operation, each status once.
pub(super) fn lower_errors(types: &mut Types, operation: &Operation) -> Vec<ResponseVariant> {
    let successes = successes(operation);
    let is_success = |response: &Response| successes.iter().any(|s| s.status == response.status);
    let errors: Vec<_> = operation
        .responses
        .iter()
        .filter(|r| !is_success(r))
        .collect();
    lower_variants(types, &errors, lower_whole)
}

/// The name of a set of errors: its statuses. It says what is in the set and nothing of who uses it.
pub(super) fn name_errors(variants: &[ResponseVariant], names: &mut Scope) -> crate::ir::Name {
    let statuses = variants
        .iter()
        .map(|variant| match (variant.first, variant.last) {
            (first, last) if first == last => first.to_string(),
            (0, _) => "default".to_owned(),
            (first, _) => format!("{} xx", first / 100),
        });
    let statuses: Vec<_> = statuses.collect();
    if statuses.is_empty() {
        return names.mint("undeclared error");
    }
    names.mint(&format!("error {}", statuses.join(" ")))
}

/// A set of errors, found among those that are known or added to them.
pub(super) fn intern(
    errors: &mut Vec<ErrorEnum>,
    variants: Vec<ResponseVariant>,
    names: &mut Scope,
) -> usize {
    if let Some(index) = errors.iter().position(|known| known.variants == variants) {
        return index;
    }
    errors.push(ErrorEnum {
        name: name_errors(&variants, names),
        tag: None,
        variants,
    });
    errors.len() - 1
}

/// The media types of all responses, for the header `Accept`: with the parameters that tell versions apart.
pub(super) fn accept(operation: &Operation) -> String {
    let is_charset = |part: &str| part.to_ascii_lowercase().starts_with("charset=");
    let mut names: Vec<String> = Vec::new();
    let chosen = operation
        .responses
        .iter()
        .filter_map(|response| choose(&response.content));
    for media_type in chosen {
        let parts = media_type.name.split(';').map(str::trim);
        let parts: Vec<_> = parts.filter(|part| !is_charset(part)).collect();
        let name = parts.join("; ");
        if !names.contains(&name) && name.is_ascii() && name.contains('/') {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Whether the document describes redirects as responses.
pub(super) fn describes_redirects(operation: &Operation) -> bool {
    operation
        .responses
        .iter()
        .any(|response| match response.status {
            Status::Code(code) => (301..=308).contains(&code) && code != 304,
            Status::Range(digit) => digit == 3,
            Status::Default => false,
        })
}

/// Says what the schemas of responses are called.
pub(super) fn name_responses(
    operation: &Operation,
    name: &str,
    origins: &mut crate::lower::schema::origin::Origins,
) {
    let successes: Vec<_> = successes(operation)
        .iter()
        .map(|response| response.status)
        .collect();
    for response in &operation.responses {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit} xx"),
            Status::Default => "default".to_owned(),
        };
        let called = match &response.name {
            Some(name) => name.clone(),
            None if successes == [response.status] => format!("{name} response"),
            None if successes.contains(&response.status) => format!("{name} response {status}"),
            None => format!("{name} error {status}"),
        };
        for header in &response.headers {
            if let ParameterFormat::Style { schema, .. } = &header.format {
                origins.root(*schema, &format!("{name} {}", header.name), "header");
            }
        }
        for media_type in &response.content {
            if let Some(schema) = media_type.schema {
                origins.root(schema, &called, "body");
            }
            if let Some(schema) = media_type.item_schema {
                origins.root(schema, &format!("{called} item"), "body");
            }
        }
    }
}

/// The responses of a call that went well: those of the 2xx; without any, those of the 3xx, or the default.
pub(in crate::lower) fn successes(operation: &Operation) -> Vec<&Response> {
    let class = |digit: u16| {
        let of_class = move |response: &&Response| match response.status {
            Status::Code(code) => code / 100 == digit,
            Status::Range(range) => u16::from(range) == digit,
            Status::Default => false,
        };
        operation
            .responses
            .iter()
            .filter(of_class)
            .collect::<Vec<_>>()
    };
    let alone = operation.responses.len() == 1;
    let default = operation
        .responses
        .iter()
        .filter(|r| alone && r.status == Status::Default);
    [class(2), class(3), class(1), default.collect()]
        .into_iter()
        .find(|all| !all.is_empty())
        .unwrap_or_default()
}

/// A body that is read as a whole.
fn lower_whole(types: &mut Types, response: &Response) -> Option<Content> {
    choose(&response.content).map(|media_type| lower_content(types, media_type))
}

fn lower_variants(
    types: &mut Types,
    responses: &[&Response],
    content: fn(&mut Types, &Response) -> Option<Content>,
) -> Vec<ResponseVariant> {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let mut variants: Vec<ResponseVariant> = Vec::new();
    for response in responses {
        let (first, last) = range(response.status);
        if variants
            .iter()
            .any(|known| (known.first, known.last) == (first, last))
        {
            continue;
        }
        variants.push(ResponseVariant {
            name: scope.mint(&reason(response.status)),
            first,
            last,
            docs: docs(response),
            content: content(types, response),
        });
    }
    // A status by itself comes before the range that it is in, and the default last.
    variants.sort_by_key(|variant| (variant.last - variant.first, variant.first));
    variants.sort_by_key(|variant| variant.last - variant.first > 0);
    let single = |own: &&ResponseVariant| own.first == own.last;
    let single: Vec<_> = variants
        .iter()
        .filter(single)
        .map(|own| own.first)
        .collect();
    // A range begins after the statuses at its start that are there by themselves, as patterns in Rust are written.
    for range in variants.iter_mut().filter(|own| own.last < u16::MAX) {
        while range.first < range.last && single.contains(&range.first) {
            range.first += 1;
        }
    }
    variants
}

fn docs(response: &Response) -> String {
    match response.status {
        Status::Default => "Any other status.".to_owned(),
        status => status.to_string(),
    }
}

/// The statuses of what alone is a success.
fn statuses_of(response: &Response) -> (u16, u16) {
    match response.status {
        Status::Default => (200, 299),
        status => range(status),
    }
}

fn range(status: Status) -> (u16, u16) {
    match status {
        Status::Code(code) => (code, code),
        Status::Range(digit) => (u16::from(digit) * 100, u16::from(digit) * 100 + 99),
        Status::Default => (0, u16::MAX),
    }
}

/// The reason phrase of a status (RFC 9110 §15) as the name of its variant.
fn reason(status: Status) -> String {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(1) => return "Informational".to_owned(),
        Status::Range(2) => return "Success".to_owned(),
        Status::Range(3) => return "Redirection".to_owned(),
        Status::Range(4) => return "ClientError".to_owned(),
        Status::Range(_) => return "ServerError".to_owned(),
        Status::Default => return "Default".to_owned(),
    };
    let known = REASONS.iter().find(|(known, _)| *known == code);
    known.map_or_else(
        || format!("Status {code}"),
        |(_, reason)| (*reason).to_owned(),
    )
}

const REASONS: &[(u16, &str)] = &[
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (418, "ImATeapot"),
    (422, "UnprocessableEntity"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (507, "InsufficientStorage"),
];

/// The type of a body where there is one.
pub(super) fn content(success: &Success) -> Option<&Content> {
    match success {
        Success::Same { content, .. } => content.as_ref(),
        Success::Choice { .. } => None,
    }
}
