//! One call under construction.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};

#[cfg(feature = "part-multipart")]
use super::Multipart;
use super::base::Base;
use super::retry::IDEMPOTENCY_KEY;
use super::{Core, Encoding, Operation, Parameter, Retries, Upload, core, form};
use crate::runtime::check::{Checker, Rule, Violation};
use crate::runtime::json::{Json, Value};

/// One call of one operation: what was set so far. The builders of operations are thin shells around it.
#[derive(Clone)]
pub struct Call<'c> {
    pub(super) core: &'c Core,
    pub(super) operation: &'static Operation,
    pub(super) given: Vec<Given>,
    pub(super) accept: &'static str,
    /// Where the operation is served, where that is elsewhere than the rest.
    pub(super) server: Option<&'static str>,
    pub(super) headers: HeaderMap,
    pub(super) payload: Option<Payload>,
    pub(super) timeout: Option<Duration>,
    pub(super) retries: Option<Retries>,
    pub(super) unchecked: bool,
    pub(super) rules: &'static [Rule],
    pub(super) violations: Vec<Violation>,
    #[cfg(feature = "part-pages")]
    pub(super) cursors: Vec<String>,
    /// The URL of the next page, in the place of path and parameters.
    #[cfg(feature = "part-pages")]
    pub(super) target: Option<String>,
}

/// A parameter with the value that was given.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) parameter: &'static Parameter,
    pub(super) value: Value,
    pub(super) violations: Vec<Violation>,
    /// The header that it is, where HTTP allows it.
    pub(super) header: Option<(HeaderName, HeaderValue)>,
}

/// A body with its media type.
#[derive(Clone)]
pub(super) struct Payload {
    pub(super) media_type: Bytes,
    pub(super) body: Upload,
}

impl Given {
    /// Puts a value into `given`, in the place of an earlier one of the same parameter.
    pub(super) fn put(given: &mut Vec<Self>, parameter: &'static Parameter, value: &dyn Json) {
        let mut checker = Checker::new();
        value.check(parameter.rules, &mut checker);
        let value = value.to_value();
        let new = Self {
            parameter,
            header: parameter.to_header(&value),
            value,
            violations: checker.at(parameter).into_violations(),
        };
        match given.iter_mut().find(|old| old.parameter.is(parameter)) {
            Some(old) => *old = new,
            None => given.push(new),
        }
    }
}

impl<'c> Call<'c> {
    /// A call of `operation` with nothing set.
    pub fn new(core: &'c Core, operation: &'static Operation) -> Self {
        Self {
            core,
            operation,
            given: Vec::new(),
            accept: operation.accept,
            server: None,
            headers: HeaderMap::new(),
            payload: None,
            timeout: None,
            retries: None,
            unchecked: false,
            rules: &[],
            violations: Vec::new(),
            #[cfg(feature = "part-pages")]
            cursors: Vec::new(),
            #[cfg(feature = "part-pages")]
            target: None,
        }
    }

    /// Sets a parameter.
    pub fn parameter(&mut self, parameter: &'static Parameter, value: &dyn Json) {
        Given::put(&mut self.given, parameter, value);
    }

    /// Sets a header that the document does not describe.
    pub fn header(&mut self, name: &str, value: &str) {
        match core::header(name, value.to_owned()) {
            Some((name, value)) => drop(self.headers.insert(name, value)),
            None => self.violations.push(Violation::new(
                format!("header {name}"),
                "has a name or value that HTTP does not allow",
            )),
        }
    }

    /// Asks for an answer of these media types, unless the header `Accept` is set by the caller.
    #[must_use]
    pub fn accepting(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Sends the call to the server of its operation: a URL, which counts unless the client was given a base URL of its
    /// own, or a path on the host of the client.
    #[must_use]
    pub fn at(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// Sets how long the call may take.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sets whether and when this call is sent again.
    pub fn retries(&mut self, retries: Retries) {
        self.retries = Some(retries);
    }

    /// Sets the header `Idempotency-Key`, which is the same for all attempts.
    pub fn idempotency_key(&mut self, key: &str) {
        self.header(IDEMPOTENCY_KEY.as_str(), key);
    }

    /// Sends the call even if it breaks the document's rules.
    pub fn unchecked(&mut self) {
        self.unchecked = true;
    }

    /// Sets what the body as a whole must keep to, beyond what its type says. Comes before the body.
    pub fn body_rules(&mut self, rules: &'static [Rule]) {
        self.rules = rules;
    }

    /// Sets a body of JSON.
    pub fn json(&mut self, media_type: &'static str, body: &dyn Json) {
        self.check(body);
        self.bytes(media_type, body.to_json());
    }

    /// Sets a body of the media type `application/x-www-form-urlencoded`.
    pub fn form(&mut self, body: &dyn Json, encodings: &'static [Encoding]) {
        self.check(body);
        let text = form::spell(&body.to_value(), encodings);
        self.bytes("application/x-www-form-urlencoded", text);
    }

    /// Sets a body of the media type `multipart/form-data`.
    #[cfg(feature = "part-multipart")]
    pub fn multipart(&mut self, body: Multipart) {
        let (bytes, boundary, mut violations) = body.spell(&self.core.shared().chance);
        self.violations.append(&mut violations);
        self.payload(format!("multipart/form-data; boundary={boundary}"), bytes);
    }

    /// Sets a body of any media type.
    pub fn bytes(&mut self, media_type: &'static str, body: impl Into<Upload>) {
        self.payload(media_type, body);
    }

    pub(super) fn payload(&mut self, media_type: impl Into<Bytes>, body: impl Into<Upload>) {
        self.payload = Some(Payload {
            media_type: media_type.into(),
            body: body.into(),
        });
    }

    fn check(&mut self, body: &dyn Json) {
        let mut checker = Checker::new();
        body.check(self.rules, &mut checker);
        self.violations
            .append(&mut checker.at("body").into_violations());
    }

    /// Whether its body can be sent more than once.
    pub(super) fn can_repeat(&self) -> bool {
        let body = self.payload.as_ref().map(|payload| &payload.body);
        body.is_none_or(Upload::can_repeat)
    }

    /// Where the call goes.
    pub(super) fn base(&self) -> Option<Cow<'_, Base>> {
        let shared = self.core.shared();
        match self.server {
            Some(path) if path.starts_with('/') => shared.base.at(path).map(Cow::Owned),
            Some(url) if !shared.moved => Base::parse(url).map(Cow::Owned),
            _ => Some(Cow::Borrowed(&shared.base)),
        }
    }

    /// What was given for a parameter.
    pub(super) fn given(&self, parameter: &Parameter) -> Option<&Given> {
        let mut given = self.given.iter();
        given.find(|given| given.parameter.is(parameter))
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self
            .given
            .iter()
            .map(|given| given.parameter.to_string())
            .collect();
        let headers: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.name)
            .field("parameters", &names)
            .field("headers", &headers)
            .field("body", &self.payload.as_ref().map(|payload| &payload.body))
            .finish_non_exhaustive()
    }
}
