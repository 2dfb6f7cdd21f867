//! From a request to the answer: find the operation, check the request, choose the response.

use std::borrow::Cow;
use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{Operation, Response, Status};
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};

use super::memory::{Asked, Recalled};
use super::prefer::{Preference, Wish};
use super::{Mock, accept, credentials, refuse, value};
use crate::checks::problem;
use crate::validate::{Contract, RequestVerdict, Violation, declared, media, switches_protocols};

/// An answer, and why it is a refusal where it is one.
pub(super) struct Answer {
    pub(super) response: http::Response<Bytes>,
    pub(super) violations: Vec<Violation>,
}

impl From<http::Response<Bytes>> for Answer {
    fn from(response: http::Response<Bytes>) -> Self {
        Self {
            response,
            violations: Vec::new(),
        }
    }
}

/// Answers a request.
pub(super) fn answer(mock: &Mock, request: &Request<Bytes>, preference: &Preference) -> Answer {
    let contract = &*mock.contract;
    let wish = Wish {
        headers: request.headers(),
        preference,
    };
    let (verdict, relative) = verdict(mock, request);
    match verdict {
        RequestVerdict::UnknownPath => {
            refuse::problem(404, "the document has no such path", &[]).into()
        }
        RequestVerdict::WrongMethod(methods) => wrong_method(mock, request, methods, preference),
        RequestVerdict::Operation(index, mut violations) => {
            let operation = &contract.api.operations[index];
            if !violations.iter().any(crate::checks::is_credential) {
                violations.extend(credentials::unknown(&mock.known, request.headers()));
            }
            let response = if violations.is_empty() {
                let usual = serve(contract, operation, wish);
                let own = recall(mock, index, &relative, preference, usual);
                as_get(mock, operation, request, preference).unwrap_or(own)
            } else {
                refuse::refuse(contract, operation, request.headers(), &violations)
            };
            Answer {
                response,
                violations,
            }
        }
    }
}

/// The answer of the memory, where there is one that has something to say about the operation. Who prefers an answer
/// gets it.
fn recall(
    mock: &Mock,
    index: usize,
    request: &Request<Bytes>,
    preference: &Preference,
    usual: http::Response<Bytes>,
) -> http::Response<Bytes> {
    let free = |_: &&Arc<_>| preference.code.is_none();
    let Some(memory) = mock.memory.as_ref().filter(free) else {
        return usual;
    };
    let contract = &*mock.contract;
    let asked = Asked {
        contract,
        index,
        request,
        usual: &usual,
        at: "",
    };
    let operation = &contract.api.operations[index];
    match memory.answer(&asked) {
        Recalled::Answer(answer) => answer,
        Recalled::Missing => refuse::missing(contract, operation, request.headers()),
        Recalled::Stale => refuse::stale(contract, operation, request.headers()),
        Recalled::Unknown => usual,
    }
}

/// What the document says about a request, at the root or below the path of a server, whichever is known; with the
/// request as it is there.
fn verdict<'r>(
    mock: &Mock,
    request: &'r Request<Bytes>,
) -> (RequestVerdict, Cow<'r, Request<Bytes>>) {
    let mut best = None;
    for target in mock.bases.targets(request.uri()) {
        let mut relative = Cow::Borrowed(request);
        if target != *request.uri() {
            *relative.to_mut().uri_mut() = target;
        }
        match mock.contract.request(&relative) {
            found @ RequestVerdict::Operation(..) => return (found, relative),
            // The target as it stands is the likelier meaning.
            wrong @ RequestVerdict::WrongMethod(_) => best = best.or(Some((wrong, relative))),
            RequestVerdict::UnknownPath => {}
        }
    }
    best.unwrap_or_else(|| (RequestVerdict::UnknownPath, Cow::Borrowed(request)))
}

/// HEAD is answered where GET is, and OPTIONS everywhere (RFC 9110 §9.3.2, §9.3.7); the rest is refused.
fn wrong_method(
    mock: &Mock,
    request: &Request<Bytes>,
    mut methods: Vec<String>,
    preference: &Preference,
) -> Answer {
    let has_get = methods.iter().any(|method| method == "GET");
    if request.method() == Method::HEAD && has_get {
        return head(mock, request, preference);
    }
    methods.extend(["HEAD"].iter().filter(|_| has_get).map(ToString::to_string));
    methods.push("OPTIONS".to_owned());
    methods.dedup();
    let mut response = match *request.method() {
        Method::OPTIONS => refuse::bare(204),
        _ => refuse::problem(405, "the path has other methods", &[]),
    };
    if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response.into()
}

/// The answer to the same request with GET, without its content (RFC 9110 §9.3.2).
fn head(mock: &Mock, request: &Request<Bytes>, preference: &Preference) -> Answer {
    let mut get = request.clone();
    *get.method_mut() = Method::GET;
    let mut answer = answer(mock, &get, preference);
    let length = std::mem::take(answer.response.body_mut()).len();
    let headers = answer.response.headers_mut();
    headers.insert(CONTENT_LENGTH, length.into());
    answer
}

/// The answer of GET to a HEAD that the document declares beside it, where both declarations allow it.
fn as_get(
    mock: &Mock,
    operation: &Operation,
    request: &Request<Bytes>,
    preference: &Preference,
) -> Option<http::Response<Bytes>> {
    if operation.method != "HEAD" || preference.code.is_some() {
        return None;
    }
    let answer = head(mock, request, preference);
    let served = answer.violations.is_empty() && answer.response.status().is_success();
    let allowed = || {
        let own = &*mock.contract;
        own.response(operation, &answer.response).is_empty()
    };
    (served && allowed()).then_some(answer.response)
}

fn serve(contract: &Contract, operation: &Operation, wish: Wish<'_>) -> http::Response<Bytes> {
    let wanted = wish.preference.code;
    let chosen = match wanted {
        Some(code) => declared(operation, code).map(|response| (code, response)),
        None => usual(operation),
    };
    let Some((status, response)) = chosen else {
        return match wanted {
            Some(code @ 400..) => {
                refuse::problem(code, "the document does not declare this status", &[])
            }
            None if switches_protocols(operation) => refuse::upgrade(),
            other => refuse::bare(other.unwrap_or(200)),
        };
    };
    play(contract, operation, response, status, wish)
}

/// The response to a valid request: the lowest 2xx, then 3xx, then the default; where no success is declared, the
/// lowest status that is.
fn usual(operation: &Operation) -> Option<(u16, &Response)> {
    // Whether it is a failure, then the status, and a range after a status of its own.
    let rank = |response: &Response| match response.status {
        Status::Code(code @ 200..600) => Some((code >= 400, code, false)),
        Status::Range(digit @ 2..=5) => Some((digit >= 4, u16::from(digit) * 100, true)),
        Status::Default => Some((true, 0, true)),
        _ => None,
    };
    let rated = operation
        .responses
        .iter()
        .filter_map(|response| Some((rank(response)?, response)));
    let ((_, status, _), response) = rated.min_by_key(|(rank, _)| *rank)?;
    Some((if status == 0 { 200 } else { status }, response))
}

/// Plays a declared response.
pub(super) fn play(
    contract: &Contract,
    operation: &Operation,
    declared: &Response,
    status: u16,
    wish: Wish<'_>,
) -> http::Response<Bytes> {
    let mut response = refuse::bare(status);
    for (name, text) in declared
        .headers
        .iter()
        .filter_map(|header| value::header(contract, operation, header))
    {
        response.headers_mut().append(name, text);
    }
    if declared.content.is_empty() || matches!(status, 100..200 | 204 | 205 | 304) {
        return response;
    }
    let mut wanted = accept::by_preference(&declared.content, wish.headers);
    if wanted.is_empty() {
        // A server may refuse, or pay no regard to the wish (RFC 9110 §12.5.1): the document decides.
        match self::declared(operation, 406)
            .filter(|other| other.status == Status::Code(406) && status != 406)
        {
            Some(refusal) => {
                let anything = Wish {
                    headers: &HeaderMap::new(),
                    preference: &Preference::NONE,
                };
                return play(contract, operation, refusal, 406, anything);
            }
            None => wanted = declared.content.iter().collect(),
        }
    }
    let preference = wish.preference;
    let bodies = wanted
        .iter()
        .filter_map(|media| value::body(contract, media, preference));
    let mut answers = bodies.map(|body| truthful(contract, operation, with_body(&response, body)));
    let Some(first) = answers.next() else {
        return refuse::problem(
            500,
            "no declared media type can carry a value for this response",
            &[],
        );
    };
    // A media type may not be able to carry the value, such as plain text an object; then another is better. Where there is no
    // other, to look costs as much as all else.
    let valid = |answer: &http::Response<Bytes>| {
        contract.response(operation, answer).is_empty() && !is_json_in_text(answer)
    };
    if preference.example.is_some() || wanted.len() == 1 || valid(&first) {
        return first;
    }
    answers.find(valid).unwrap_or(first)
}

/// Whether plain text stands in for a media type that has objects and arrays.
fn is_json_in_text(answer: &http::Response<Bytes>) -> bool {
    let content_type = answer.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|text| text.to_str().ok());
    let value: Option<Value> = serde_json::from_slice(answer.body()).ok();
    content_type.is_some_and(|text| media::format_of(text) == media::Format::Text)
        && value.is_some_and(|value| value.is_object() || value.is_array())
}

fn with_body(
    head: &http::Response<Bytes>,
    (content_type, body): (String, Bytes),
) -> http::Response<Bytes> {
    let mut response = head.clone();
    if let Ok(content_type) = HeaderValue::from_str(&content_type) {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    *response.body_mut() = body;
    response
}

/// Problem details with the status of their answer, where the document allows that (RFC 9457 §3.1.2).
fn truthful(
    contract: &Contract,
    operation: &Operation,
    answer: http::Response<Bytes>,
) -> http::Response<Bytes> {
    let status = answer.status().as_u16();
    if problem::told(&answer).is_none_or(|told| told == u64::from(status)) {
        return answer;
    }
    let mut problem: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    problem["status"] = status.into();
    let truthful = answer.clone().map(|_| problem.to_string().into());
    let valid = contract.response(operation, &truthful).is_empty();
    if valid { truthful } else { answer }
}

/// A status as a number that HTTP allows.
pub(super) fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
