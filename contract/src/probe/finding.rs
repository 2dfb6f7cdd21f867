//! What a run reports: a flaw, with everything that is needed to see it again.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bindery_spec::{Place, SourceMap, Value};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use serde::{Deserialize, Serialize};

use super::case::Tried;
use super::curl::curl;
use super::redact::Redactor;
use crate::checks::{Flaw, Level};
use crate::state::Played;

/// The most characters of a response's body that a report shows.
const MAX_SHOWN: usize = 4096;

/// The most characters of a request's body in a report: it is what shows a finding again.
const MAX_SENT: usize = 1 << 16;

/// One thing that does not conform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable code of the check, as `bindery-contract explain` knows it.
    pub code: String,
    /// What the check says, in one sentence.
    pub check: String,
    /// `error` or `warning`.
    pub level: String,
    /// The `operationId`, or method and path where there is none.
    pub operation: String,
    /// The method that was sent.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Where: `query limit`, `body`, `response body`, `response header ETag`…
    pub location: String,
    /// The JSON Pointer inside of it; empty for the whole.
    pub pointer: String,
    /// The rule that is broken or kept: a keyword of JSON Schema, or a rule of HTTP.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// The commands that show it again, a line each; secrets stand in them as variables.
    pub curl: String,
    /// Whether it showed again when the request was repeated.
    pub reproduced: bool,
    /// Whether it needs not to show again: one answer is all the evidence.
    #[serde(default)]
    pub evident: bool,
    /// In how many cases it showed.
    pub cases: usize,
    /// The piece of the document that is broken, where there is one.
    pub document: Option<Piece>,
    /// What was sent.
    pub request: Message,
    /// What came back; nothing when there was no answer.
    pub response: Option<Message>,
    /// What was sent before, where it takes more than one request.
    #[serde(default)]
    pub before: Vec<Step>,
    /// What the request was sent for, so that it can be sent and judged again; nothing for sequences and recordings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
    /// The sequence that showed it, so that it can be played again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub played: Option<Played>,
}

/// A request of a sequence, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was sent.
    pub request: Message,
    /// What came back; nothing when there was no answer.
    pub response: Option<Message>,
}

impl Step {
    /// A step without secrets, with as much of the bodies as is looked at.
    pub(crate) fn new(
        request: &Request<Bytes>,
        url: &str,
        response: Option<&Response<Bytes>>,
        redactor: &Redactor,
    ) -> Self {
        Self::limited(request, url, response, redactor, (MAX_SENT, MAX_SHOWN))
    }

    /// A step without secrets, with its bodies whole.
    pub(crate) fn whole(
        request: &Request<Bytes>,
        url: &str,
        response: Option<&Response<Bytes>>,
        redactor: &Redactor,
    ) -> Self {
        let unlimited = (usize::MAX, usize::MAX);
        Self::limited(request, url, response, redactor, unlimited)
    }

    fn limited(
        request: &Request<Bytes>,
        url: &str,
        response: Option<&Response<Bytes>>,
        redactor: &Redactor,
        (sent, shown): (usize, usize),
    ) -> Self {
        let start = format!("{} {url}", request.method());
        let answered = |response: &Response<Bytes>| {
            message(
                response.status().as_str(),
                response.headers(),
                response.body(),
                redactor,
                shown,
            )
        };
        Self {
            request: message(&start, request.headers(), request.body(), redactor, sent),
            response: response.map(answered),
        }
    }
}

/// A piece of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its place, as a JSON Pointer into the file that it stands in.
    pub pointer: String,
    /// What stands there.
    pub value: Value,
    /// The file, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in it, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    #[serde(skip)]
    pub(crate) place: Option<Place>,
}

/// A request or a response, as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The method and the URL, or the status.
    pub start: String,
    /// The headers, secrets replaced.
    pub headers: BTreeMap<String, String>,
    /// The start of the body.
    pub body: String,
    /// Whether the body is longer than what is shown.
    #[serde(default)]
    pub truncated: bool,
    /// The body in Base64, where it is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
}

impl Piece {
    /// Notes file and line, by the sources that the document was read from.
    pub(crate) fn locate(&mut self, sources: &SourceMap) {
        if let Some(place) = &self.place {
            let location = sources.locate(place);
            self.file = Some(sources.name(location.file).to_owned());
            self.line = Some(location.line);
        }
    }
}

impl Finding {
    /// Whether it fails a run that is not strict: an error that is certain.
    pub fn is_error(&self) -> bool {
        self.is_certain() && self.level == Level::Error.name()
    }

    /// The level that it counts as: an error that is not certain is a warning.
    pub fn weight(&self) -> &'static str {
        if self.is_error() {
            Level::Error.name()
        } else {
            Level::Warning.name()
        }
    }

    /// Whether it showed again, or needs not to: an answer that breaks the document is evidence by itself. What is
    /// neither is told, but fails nothing.
    pub fn is_certain(&self) -> bool {
        // A server may fail for a while, and whoever answers in its place does not know the document.
        let failed = |response: &Message| response.start.starts_with('5');
        let failed = self.response.as_ref().is_some_and(failed);
        self.reproduced || (self.evident && !failed)
    }

    /// Whether it says the same about the same place as another.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let said = |finding: &Self| {
            let Self {
                code,
                location,
                pointer,
                rule,
                ..
            } = finding.clone();
            (code, location, pointer, rule)
        };
        self.operation == other.operation && said(self) == said(other)
    }
}

/// What a finding is made of.
pub(crate) struct Evidence<'a> {
    pub(crate) flaw: &'a Flaw,
    /// The `operationId`, or method and path where there is none.
    pub(crate) operation: String,
    /// The path template.
    pub(crate) path: &'a str,
    pub(crate) request: &'a Request<Bytes>,
    /// Where the request went.
    pub(crate) url: &'a str,
    pub(crate) response: Option<&'a Response<Bytes>>,
    pub(crate) reproduced: bool,
}

impl Evidence<'_> {
    /// The finding, without secrets.
    pub(crate) fn finding(self, redactor: &Redactor) -> Finding {
        let Self {
            flaw, request, url, ..
        } = self;
        let Step {
            request: sent,
            response,
        } = Step::new(request, url, self.response, redactor);
        Finding {
            code: flaw.check.code.to_owned(),
            check: flaw.check.title.to_owned(),
            level: flaw.level.name().to_owned(),
            operation: self.operation,
            method: request.method().to_string(),
            path: self.path.to_owned(),
            location: flaw.spot.part.to_string(),
            pointer: flaw.spot.pointer.clone(),
            rule: flaw.rule.clone(),
            message: redactor.text(&flaw.message),
            curl: curl(request, url, redactor),
            reproduced: self.reproduced,
            evident: flaw.check.evident,
            cases: 1,
            document: None,
            request: sent,
            response,
            before: Vec::new(),
            tried: None,
            played: None,
        }
    }
}

fn message(
    start: &str,
    headers: &HeaderMap,
    body: &Bytes,
    redactor: &Redactor,
    most: usize,
) -> Message {
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        // When it was sent says nothing about what is wrong, and would make no two reports the same.
        if name != http::header::DATE {
            let value = redactor.header(name, value);
            shown
                .entry(name.to_string())
                .and_modify(|own| *own = format!("{own}, {value}"))
                .or_insert(value);
        }
    }
    let text = String::from_utf8_lossy(body);
    Message {
        start: redactor.text(start),
        headers: shown,
        body: redactor.text(&text.chars().take(most).collect::<String>()),
        truncated: text.chars().nth(most).is_some(),
        bytes: (text.len() <= most && std::str::from_utf8(body).is_err())
            .then(|| STANDARD.encode(body)),
    }
}
