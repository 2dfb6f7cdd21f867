//! From a call to a request: every value in its place, as the standard spells it.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::auth::Schemes;
#[cfg(feature = "part-pages")]
use super::base::Base;
use super::call::Given;
use super::encode::{Keep, encode};
use super::{Call, Location, Parameter, SchemeKind, Secret, auth, core, form, style};
use crate::runtime::check::{Violation, Violations};

/// A request but for its body.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) line: Line,
    pub(super) headers: HeaderMap,
}

/// Where a request goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) method: Method,
    pub(super) uri: Uri,
    /// Whether the body of the call goes there, too.
    pub(super) body: bool,
}

impl Parts {
    /// Sends the request to another place.
    pub(super) fn go_to(&mut self, line: Line) {
        if !line.body {
            self.headers.remove(CONTENT_TYPE);
            self.headers.remove(CONTENT_LENGTH);
        }
        self.line = line;
    }

    /// Adds a credential.
    pub(super) fn authorize(&mut self, kind: SchemeKind, secret: &Secret) -> Result<(), Violation> {
        let text = secret.expose();
        match kind {
            SchemeKind::Http(_) => self.header(kind.header(secret), AUTHORIZATION.as_str()),
            SchemeKind::Header(name) => self.header(kind.header(secret), name),
            SchemeKind::Query(name) => {
                let pair = [name, text].map(|text| encode(text, Keep::Unreserved));
                let uri = &mut self.line.uri;
                let known = uri.query().unwrap_or_default().split('&');
                let mut names = known.map(|known| known.split('=').next().unwrap_or_default());
                // The URL of a next page may have the key already.
                if names.any(|known| known == pair[0]) {
                    return Ok(());
                }
                let mark = if uri.query().is_some() { '&' } else { '?' };
                let with = format!("{uri}{mark}{}={}", pair[0], pair[1]).try_into();
                with.map(|with| *uri = with)
                    .map_err(|_| Violation::new(format!("query {name}"), "makes the URL too long"))
            }
            SchemeKind::Cookie(name) => {
                let pair = format!("{name}={}", encode(text, Keep::Unreserved));
                let others = self.headers.get(COOKIE).and_then(|own| own.to_str().ok());
                let all = others.map_or(pair.clone(), |others| format!("{others}; {pair}"));
                self.header(core::header(COOKIE.as_str(), all), COOKIE.as_str())
            }
        }
    }

    fn header(
        &mut self,
        header: Option<(HeaderName, HeaderValue)>,
        name: &str,
    ) -> Result<(), Violation> {
        let (name, value) = header.ok_or_else(|| not_of_http(name))?;
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Spells a call, all but the credentials that it takes: those of the schemes that come with it.
pub(super) fn spell(call: &Call<'_>) -> Result<(Parts, Schemes), Violations> {
    let settings = &call.core.shared().settings;
    let mut draft = Draft {
        headers: settings.headers.clone(),
        #[cfg(feature = "part-pages")]
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
        if call.given(parameter).is_none() {
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
struct Draft<'c> {
    /// Whether the URL is one that the server gave.
    #[cfg(feature = "part-pages")]
    follows: bool,
    path: Vec<(&'static str, Cow<'c, str>)>,
    query: String,
    headers: HeaderMap,
    cookies: String,
    /// What breaks a rule of the document: a call can be sent regardless.
    broken: Vec<Violation>,
    /// What HTTP has no place for.
    violations: Vec<Violation>,
}

impl<'c> Draft<'c> {
    /// Takes a parameter that the call leaves to the client.
    fn setting(&mut self, parameter: &Parameter, set: Option<&'c Given>) {
        match set {
            Some(given) => self.parameter(given),
            None if parameter.required => {
                self.broken.push(Violation::new(
                    parameter.to_string(),
                    "is required, here or on the client",
                ));
            }
            None => {}
        }
    }

    fn parameter(&mut self, given: &'c Given) {
        let Given {
            parameter,
            value,
            violations,
            ..
        } = given;
        self.broken.extend_from_slice(violations);
        match parameter.location {
            // The URL of the next page has them already.
            #[cfg(feature = "part-pages")]
            Location::Path | Location::Query if self.follows => {}
            Location::Path => {
                let text = style::path(parameter.name, parameter.spelling, value);
                self.path.push((parameter.name, text.unwrap_or_default()));
            }
            Location::Query => {
                let put =
                    &mut |name: &str, value: &str| form::append(&mut self.query, "&", name, value);
                style::pairs(parameter.name, parameter.spelling, value, put);
            }
            Location::Header => match &given.header {
                Some((name, value)) => drop(self.headers.insert(name.clone(), value.clone())),
                None if value.is_null() => {}
                None => self.violations.push(not_of_http(parameter.name)),
            },
            Location::Cookie => {
                let put = &mut |name: &str, value: &str| {
                    form::append(&mut self.cookies, "; ", name, value);
                };
                style::pairs(parameter.name, parameter.spelling, value, put);
            }
            // It is in the body by now.
            #[cfg(feature = "part-pages")]
            Location::Body => {}
        }
    }

    fn header(&mut self, name: &str, value: impl Into<Bytes>) {
        match core::header(name, value) {
            Some((name, value)) => drop(self.headers.insert(name, value)),
            None => self.violations.push(not_of_http(name)),
        }
    }

    fn finish(mut self, call: &Call<'_>) -> Result<Parts, Violations> {
        let line = self.line(call);
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.header(COOKIE.as_str(), cookies);
        }
        if !call.accept.is_empty() {
            self.headers
                .entry(ACCEPT)
                .or_insert(HeaderValue::from_static(call.accept));
        }
        if let Some(payload) = &call.payload {
            self.header(CONTENT_TYPE.as_str(), payload.media_type.clone());
            if let Some(length) = payload.body.declared_length() {
                self.headers.insert(CONTENT_LENGTH, length.into());
            }
        }
        if !call.headers.is_empty() {
            self.headers.extend(call.headers.clone());
        }
        Violations::of(self.violations)?;
        let impossible =
            || Violations::one(Violation::new("request", "has no URL or method of HTTP"));
        Ok(Parts {
            line: line.ok_or_else(impossible)?,
            headers: self.headers,
        })
    }

    /// Where the call goes; `None` if that is no URL or no method of HTTP.
    fn line(&mut self, call: &Call<'_>) -> Option<Line> {
        let base = call.base()?;
        #[cfg(feature = "part-pages")]
        if let Some(target) = &call.target {
            return self.next_page(&base, target);
        }
        Some(Line {
            method: Method::from_bytes(call.operation.method.as_bytes()).ok()?,
            uri: self.expand(base.as_str(), call.operation.path)?,
            body: true,
        })
    }

    /// The same for the URL that a server gave for the next page.
    #[cfg(feature = "part-pages")]
    fn next_page(&mut self, base: &Base, target: &str) -> Option<Line> {
        let uri = base.resolve(target);
        if uri.is_none() {
            let message = "leads to another server, where credentials must not go";
            self.violations.push(Violation::new("next page", message));
        }
        Some(Line {
            method: Method::GET,
            uri: uri?,
            body: true,
        })
    }

    /// The URL: the base, the path template with its values, and the query.
    fn expand(&mut self, base: &str, template: &str) -> Option<Uri> {
        let room = base.len() + template.len() + self.query.len() + 2;
        let mut url = String::with_capacity(room);
        url.push_str(base);
        if !template.starts_with('/') {
            url.push('/');
        }
        for part in template.split_inclusive('}') {
            let (literal, name) = part.split_once('{').unwrap_or((part, ""));
            url.push_str(&encode(literal, Keep::Reserved));
            let name = name.trim_end_matches('}');
            if let Some((name, value)) = self.path.iter().find(|(known, _)| *known == name) {
                if value.is_empty() {
                    let place = format!("path {name}");
                    self.violations
                        .push(Violation::new(place, "must not be empty"));
                }
                url.push_str(value);
            }
        }
        let mut steps = url.as_bytes()[base.len()..].split(|byte| *byte == b'/');
        if steps.any(|step| matches!(step, b"." | b"..")) {
            let message = "must not lead to another path: a step of it is `.` or `..`";
            self.violations.push(Violation::new("path", message));
        }
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(&self.query);
        }
        url.try_into().ok()
    }
}
