//! From a call to a request: every value in its place, as the standard spells it.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{Extensions, HeaderMap, HeaderValue, Method, Request, Uri};

use super::call::Given;
use super::core;
use super::encode::{Keep, encode};
use super::{Body, Call, Location, Parameter, SchemeKind, Secret, form, style};
use crate::runtime::check::{Violation, Violations};

/// A request that can be sent more than once.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// What a transport may know of the call beside the request.
    pub(super) extensions: Extensions,
}

impl Parts {
    pub(super) fn request(&self) -> Request<Body> {
        let mut request = Request::new(Body::from(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = self.extensions.clone();
        request
    }
}

/// Spells a call.
pub(super) fn spell(call: Call<'_>) -> Result<Parts, Violations> {
    let settings = &call.core.shared().settings;
    let mut draft = Draft {
        headers: settings.headers.clone(),
        follows: call.target.is_some(),
        ..Draft::default()
    };
    for parameter in call.operation.settings {
        let set = || {
            settings
                .parameters
                .iter()
                .find(|given| given.parameter.is(parameter))
        };
        if call.value(parameter).is_none() {
            draft.setting(parameter, set());
        }
    }
    for given in &call.given {
        draft.parameter(given);
    }
    for (scheme, secret) in settings.credentials.choose(call.operation.auth) {
        draft.authorize(scheme.kind, secret);
    }
    if !call.unchecked {
        draft.violations.append(&mut draft.broken);
        draft.violations.extend_from_slice(&call.violations);
    }
    draft.finish(call)
}

/// A request as it is put together.
#[derive(Default)]
struct Draft {
    /// Whether the URL is one that the server gave.
    follows: bool,
    path: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    cookies: Vec<String>,
    /// What breaks a rule of the document: a call can be sent regardless.
    broken: Vec<Violation>,
    /// What HTTP has no place for.
    violations: Vec<Violation>,
}

impl Draft {
    /// Takes a parameter that the call leaves to the client.
    fn setting(&mut self, parameter: &Parameter, set: Option<&Given>) {
        match set {
            Some(given) => self.parameter(given),
            None if parameter.required => {
                self.broken.push(Violation::new(
                    parameter.place(),
                    "is required, here or on the client",
                ));
            }
            None => {}
        }
    }

    fn parameter(&mut self, given: &Given) {
        let Given {
            parameter,
            value,
            violations,
        } = given;
        self.broken.extend_from_slice(violations);
        match parameter.location {
            // The URL of the next page has them already.
            Location::Path | Location::Query if self.follows => {}
            Location::Path => {
                let text = style::path(parameter.name, parameter.spelling, value);
                self.path.push((parameter.name, text.unwrap_or_default()));
            }
            Location::Query => {
                self.query
                    .extend(style::pairs(parameter.name, parameter.spelling, value));
            }
            Location::Header => {
                if let Some(text) = style::header(parameter.spelling, value) {
                    self.header(parameter.name, &text);
                }
            }
            Location::Cookie => {
                let pairs = style::pairs(parameter.name, parameter.spelling, value);
                self.cookies
                    .extend(pairs.iter().map(|(name, value)| format!("{name}={value}")));
            }
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        match core::header(name, value) {
            Some((name, value)) => drop(self.headers.insert(name, value)),
            None => self.violations.push(Violation::new(
                format!("header {name}"),
                "has a name or value that HTTP does not allow",
            )),
        }
    }

    fn authorize(&mut self, kind: SchemeKind, secret: &Secret) {
        let text = secret.expose();
        match kind {
            SchemeKind::Http(word) => {
                self.secret(AUTHORIZATION.as_str(), &format!("{word} {text}"));
            }
            SchemeKind::Header(name) => self.secret(name, text),
            SchemeKind::Query(name) => {
                let pair = |text| encode(text, Keep::Unreserved);
                self.query.push((pair(name), pair(text)));
            }
            SchemeKind::Cookie(name) => {
                self.cookies
                    .push(format!("{name}={}", encode(text, Keep::Unreserved)));
            }
        }
    }

    /// Sets a header that no log may show.
    fn secret(&mut self, name: &str, value: &str) {
        self.header(name, value);
        if let Some(value) = self.headers.get_mut(name) {
            value.set_sensitive(true);
        }
    }

    fn finish(mut self, call: Call<'_>) -> Result<Parts, Violations> {
        let base = &call.core.shared().base;
        let uri = if let Some(target) = &call.target {
            let uri = base.resolve(target, &self.query);
            if uri.is_none() {
                let message = "leads to another server, where credentials must not go";
                self.violations.push(Violation::new("next page", message));
            }
            uri
        } else {
            let path = self.expand(call.operation.path);
            base.join(&path, &form::join(&self.query))
        };
        let method = Method::from_bytes(call.operation.method.as_bytes());
        if !self.cookies.is_empty() {
            self.secret(COOKIE.as_str(), &self.cookies.join("; "));
        }
        if !call.accept.is_empty() {
            self.headers
                .entry(ACCEPT)
                .or_insert(HeaderValue::from_static(call.accept));
        }
        let mut body = Bytes::new();
        if let Some(payload) = call.payload {
            self.header(CONTENT_TYPE.as_str(), &payload.media_type);
            body = payload.bytes;
        }
        self.headers.extend(call.headers);
        Violations::of(self.violations)?;
        let impossible =
            || Violations::one(Violation::new("request", "has no URL or method of HTTP"));
        let (Some(uri), Ok(method)) = (uri, method) else {
            return Err(impossible());
        };
        Ok(Parts {
            method,
            uri,
            headers: self.headers,
            body,
            extensions: Extensions::new(),
        })
    }

    /// The path template with its values.
    fn expand(&mut self, template: &str) -> String {
        let mut path = String::new();
        for part in template.split_inclusive('}') {
            let (literal, name) = part.split_once('{').unwrap_or((part, ""));
            path.push_str(&encode(literal, Keep::Reserved));
            let name = name.trim_end_matches('}');
            if let Some((name, value)) = self.path.iter().find(|(known, _)| *known == name) {
                if value.is_empty() {
                    let place = format!("path {name}");
                    self.violations
                        .push(Violation::new(place, "must not be empty"));
                }
                path.push_str(value);
            }
        }
        if path.split('/').any(|step| step == "." || step == "..") {
            let message = "must not lead to another path: a step of it is `.` or `..`";
            self.violations.push(Violation::new("path", message));
        }
        path
    }
}
