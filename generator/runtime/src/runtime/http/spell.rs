//! From a call to a request: every value in its place, as the standard spells it.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{Extensions, HeaderMap, HeaderValue, Method, Request, Uri};

use super::auth::Chosen;
use super::call::Given;
use super::encode::{Keep, encode};
use super::{Body, Call, Location, Parameter, SchemeKind, Secret, Upload, auth, core, form, style};
use crate::runtime::check::{Violation, Violations};

/// A request that can be sent more than once.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Upload,
    /// What a transport may know of the call beside the request.
    pub(super) extensions: Extensions,
}

impl Parts {
    /// The request; `None` if its body is a stream that was sent before.
    pub(super) fn request(&self) -> Option<Request<Body>> {
        let mut request = Request::new(self.body.take()?);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = self.extensions.clone();
        Some(request)
    }

    /// Adds a credential.
    pub(super) fn authorize(&mut self, kind: SchemeKind, secret: &Secret) -> Result<(), Violation> {
        let text = secret.expose();
        match kind {
            SchemeKind::Http(word) => {
                self.secret(AUTHORIZATION.as_str(), &format!("{word} {text}"))
            }
            SchemeKind::Header(name) => self.secret(name, text),
            SchemeKind::Query(name) => {
                let pair = [name, text].map(|text| encode(text, Keep::Unreserved));
                let known = self.uri.query().unwrap_or_default().split('&');
                let mut names = known.map(|known| known.split('=').next().unwrap_or_default());
                // The URL of a next page may have the key already.
                if names.any(|known| known == pair[0]) {
                    return Ok(());
                }
                let mark = if self.uri.query().is_some() { '&' } else { '?' };
                let uri = format!("{}{mark}{}={}", self.uri, pair[0], pair[1]).parse();
                uri.map(|uri| self.uri = uri)
                    .map_err(|_| Violation::new(format!("query {name}"), "makes the URL too long"))
            }
            SchemeKind::Cookie(name) => {
                let pair = format!("{name}={}", encode(text, Keep::Unreserved));
                let others = self.headers.get(COOKIE).and_then(|own| own.to_str().ok());
                let all = others.map_or(pair.clone(), |others| format!("{others}; {pair}"));
                self.secret(COOKIE.as_str(), &all)
            }
        }
    }

    /// Sets a header that no log may show.
    fn secret(&mut self, name: &str, value: &str) -> Result<(), Violation> {
        let (name, mut value) = core::header(name, value).ok_or_else(|| not_of_http(name))?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Spells a call, all but the credentials that it takes.
pub(super) fn spell(call: &Call<'_>) -> Result<(Parts, Chosen), Violations> {
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
        if !call.has(parameter) {
            draft.setting(parameter, set());
        }
    }
    for given in &call.given {
        draft.parameter(given);
    }
    let auth = call.operation.auth;
    let chosen = settings
        .credentials
        .choose(auth, &call.headers, &settings.headers);
    if chosen.is_none() {
        let message = format!("is required: {}", auth::describe(auth));
        draft.broken.push(Violation::new("authorization", message));
    }
    if !call.unchecked {
        draft.violations.append(&mut draft.broken);
        draft.violations.extend_from_slice(&call.violations);
    }
    Ok((draft.finish(call)?, chosen.unwrap_or_default()))
}

fn not_of_http(name: &str) -> Violation {
    Violation::new(
        format!("header {name}"),
        "has a name or value that HTTP does not allow",
    )
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
            // It is in the body by now.
            Location::Body => {}
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        match core::header(name, value) {
            Some((name, value)) => drop(self.headers.insert(name, value)),
            None => self.violations.push(not_of_http(name)),
        }
    }

    fn finish(mut self, call: &Call<'_>) -> Result<Parts, Violations> {
        let base = call.base();
        let uri = if let Some(target) = &call.target {
            let uri = base.and_then(|base| base.resolve(target, &self.query));
            if uri.is_none() {
                let message = "leads to another server, where credentials must not go";
                self.violations.push(Violation::new("next page", message));
            }
            uri
        } else {
            let path = self.expand(call.operation.path);
            base.and_then(|base| base.join(&path, &form::join(&self.query)))
        };
        let method = match call.target {
            Some(_) => Ok(Method::GET),
            None => Method::from_bytes(call.operation.method.as_bytes()),
        };
        if !self.cookies.is_empty() {
            self.header(COOKIE.as_str(), &self.cookies.join("; "));
        }
        if !call.accept.is_empty() {
            self.headers
                .entry(ACCEPT)
                .or_insert(HeaderValue::from_static(call.accept));
        }
        let mut body = Upload::default();
        if let Some(payload) = &call.payload {
            self.header(CONTENT_TYPE.as_str(), &payload.media_type);
            body = payload.body.clone();
        }
        if let Some(length) = body.declared_length() {
            self.headers.insert(CONTENT_LENGTH, length.into());
        }
        self.headers.extend(call.headers.clone());
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
