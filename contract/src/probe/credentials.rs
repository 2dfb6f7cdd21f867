//! What is shown to get in: what the caller gave, and otherwise placeholders where the document asks for something.

use bindery_spec::Api;
use bindery_spec::model::{ApiKeyLocation, Location, Operation, SecuritySchemeKind};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::Options;

/// What a draft shows beside its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// Headers; they go over parameters of the same name.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Pairs of the query, encoded.
    pub(crate) query: Vec<String>,
    /// Pairs of the cookie header, encoded.
    pub(crate) cookies: Vec<String>,
}

/// What is shown where nothing was given. A mock takes it; a real server answers 401, and the run says so.
const PLACEHOLDER: &str = "bindery";

impl Credentials {
    /// What the caller gave, completed by placeholders for the first way that the operation can be authorized.
    pub(crate) fn given(api: &Api, operation: &Operation, options: &Options) -> Self {
        let given = options
            .headers
            .iter()
            .map(|header| (header.name.clone(), header.value.clone()));
        let mut credentials = Self {
            headers: given.collect(),
            ..Self::default()
        };
        if let Some(requirement) = operation.security.first() {
            for scheme in requirement
                .keys()
                .filter_map(|name| api.security_schemes.get(name))
            {
                credentials.add(&scheme.kind, PLACEHOLDER);
            }
        }
        credentials
    }

    /// The same without what opens the door: the headers that are credentials, and everything of the schemes.
    pub(crate) fn without(&self, api: &Api, operation: &Operation) -> Self {
        let names = credential_headers(api, operation);
        let headers = self
            .headers
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str().to_owned()));
        Self {
            headers: headers.cloned().collect(),
            ..Self::default()
        }
    }

    /// The same with credentials that nobody gave out.
    pub(crate) fn wrong(&self, api: &Api, operation: &Operation) -> Self {
        let mut wrong = self.without(api, operation);
        for (name, value) in &self.headers {
            if credential_headers(api, operation).contains(&name.as_str().to_owned()) {
                wrong.headers.push((name.clone(), forged(value)));
            }
        }
        wrong
    }

    /// Leaves out a header that stands for a parameter.
    pub(crate) fn drop_header(&mut self, name: &str, location: Location) {
        if location == Location::Header {
            self.headers
                .retain(|(own, _)| !own.as_str().eq_ignore_ascii_case(name));
        }
    }

    fn add(&mut self, kind: &SecuritySchemeKind, secret: &str) {
        let missing = |credentials: &Self, name: &HeaderName| {
            !credentials.headers.iter().any(|(own, _)| own == name)
        };
        let header = |scheme: &str| HeaderValue::from_str(&format!("{scheme} {secret}")).ok();
        match kind {
            SecuritySchemeKind::ApiKey { name, location } => match location {
                ApiKeyLocation::Query => self.query.push(format!("{name}={secret}")),
                ApiKeyLocation::Cookie => self.cookies.push(format!("{name}={secret}")),
                ApiKeyLocation::Header => {
                    let name = name
                        .parse::<HeaderName>()
                        .ok()
                        .filter(|name| missing(self, name));
                    self.headers
                        .extend(name.zip(HeaderValue::from_str(secret).ok()));
                }
            },
            SecuritySchemeKind::Http { scheme, .. } if missing(self, &AUTHORIZATION) => {
                self.headers
                    .extend(header(scheme).map(|value| (AUTHORIZATION, value)));
            }
            SecuritySchemeKind::OAuth2 { .. } | SecuritySchemeKind::OpenIdConnect { .. }
                if missing(self, &AUTHORIZATION) =>
            {
                self.headers
                    .extend(header("Bearer").map(|value| (AUTHORIZATION, value)));
            }
            _ => {}
        }
    }
}

/// The headers, in lower case, that are credentials of an operation: by its schemes, or as a parameter that is one.
pub(crate) fn credential_headers(api: &Api, operation: &Operation) -> Vec<String> {
    let schemes = operation
        .security
        .iter()
        .flat_map(|requirement| requirement.keys());
    let kinds = schemes.filter_map(|name| Some(&api.security_schemes.get(name)?.kind));
    let mut names: Vec<String> = kinds
        .filter_map(|kind| match kind {
            SecuritySchemeKind::ApiKey {
                name,
                location: ApiKeyLocation::Header,
            } => Some(name.to_ascii_lowercase()),
            SecuritySchemeKind::Http { .. }
            | SecuritySchemeKind::OAuth2 { .. }
            | SecuritySchemeKind::OpenIdConnect { .. } => Some("authorization".to_owned()),
            _ => None,
        })
        .collect();
    let parameter = operation.parameters.iter().any(|parameter| {
        parameter.location == Location::Header
            && parameter.name.eq_ignore_ascii_case("authorization")
    });
    if parameter {
        names.push("authorization".to_owned());
    }
    names
}

/// A value of the same scheme that nobody gave out.
fn forged(value: &HeaderValue) -> HeaderValue {
    let scheme = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .map(|(scheme, _)| scheme);
    let text = match scheme {
        Some(scheme) => format!("{scheme} bindery-unknown-credential"),
        None => "bindery-unknown-credential".to_owned(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("bindery-unknown-credential"))
}
