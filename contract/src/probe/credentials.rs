//! What is shown to get in: what the caller gave, and otherwise placeholders where the document asks for something.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bindery_spec::Api;
use bindery_spec::model::{
    ApiKeyLocation, Location, Operation, Parameter, SecurityRequirement, SecuritySchemeKind,
};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use indexmap::IndexMap;

use super::Options;
use super::oauth2::STAND_IN;
use super::options::Identity;
use crate::wire::percent::{Keep, encode};

/// What a draft shows beside its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// Headers; they go over parameters of the same name.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Pairs of the query, encoded.
    pub(crate) query: Vec<String>,
    /// Pairs of the cookie header, encoded.
    pub(crate) cookies: Vec<String>,
    /// Whether one was made up, which only a mock takes.
    pub(crate) made_up: bool,
}

/// What is shown where nothing was given. A mock takes it; a real server answers 401, and the run says so.
const PLACEHOLDER: &str = "bindery";
/// What nobody gave out.
const UNKNOWN: &str = "bindery-unknown-credential";

impl Credentials {
    /// What the caller gave, completed by placeholders for the first way that the operation can be authorized.
    pub(crate) fn given(api: &Api, operation: &Operation, options: &Options) -> Self {
        let given = options
            .headers
            .iter()
            .map(|header| (header.name.clone(), header.value.clone()));
        // Cookies that are given stand beside those of the document.
        let (cookies, headers): (Vec<_>, Vec<_>) = given.partition(|(name, _)| name == COOKIE);
        let mut credentials = Self {
            headers,
            cookies: cookies.iter().flat_map(|(_, value)| pairs(value)).collect(),
            ..Self::default()
        };
        for name in options.way(operation).into_iter().flat_map(IndexMap::keys) {
            if let Some(scheme) = api.security_schemes.get(name) {
                let secret = options.secret_of(name);
                let known = credentials.clone();
                credentials.add(&scheme.kind, secret.unwrap_or(PLACEHOLDER));
                credentials.made_up |= secret.is_none() && credentials != known;
            }
        }
        credentials
    }

    /// The same without what opens the door: the headers that are credentials, and everything of the schemes.
    pub(crate) fn without(&self, api: &Api, operation: &Operation) -> Self {
        let headers = credential_headers(api, operation);
        self.lacking_all(&headers, &credential_cookies(api, operation))
    }

    /// The same without what opens any door of the document.
    pub(crate) fn anonymous(&self, api: &Api) -> Self {
        let schemes = api.security_schemes.values();
        let places: Vec<Place> = schemes.map(|scheme| Place::of(&scheme.kind)).collect();
        let headers = places.iter().filter_map(Place::header);
        let cookies = places.iter().filter_map(Place::cookie);
        self.lacking_all(&headers.collect::<Vec<_>>(), &cookies.collect::<Vec<_>>())
    }

    fn lacking_all(&self, headers: &[String], cookies: &[String]) -> Self {
        let secret = |name: &HeaderName| headers.iter().any(|own| own == name.as_str());
        let headers = self.headers.iter().filter(|(name, _)| !secret(name));
        let secret = |pair: &&String| cookies.iter().any(|name| name == name_of(pair));
        let cookies = self.cookies.iter().filter(|pair| !secret(pair));
        Self {
            headers: headers.cloned().collect(),
            cookies: cookies.cloned().collect(),
            ..Self::default()
        }
    }

    /// The same without one of several schemes that are asked for together; `None` where another shares its place.
    pub(crate) fn lacking(
        &self,
        api: &Api,
        way: &SecurityRequirement,
        scheme: &str,
    ) -> Option<Self> {
        let place = |name: &str| Some(Place::of(&api.security_schemes.get(name)?.kind));
        let own = place(scheme)?;
        if way
            .keys()
            .any(|name| name != scheme && place(name).as_ref() == Some(&own))
        {
            return None;
        }
        let mut left = self.clone();
        let is_own = |pair: &String, name: &str| name_of(pair) == name;
        match &own {
            Place::Header(own) => left.headers.retain(|(name, _)| name.as_str() != own),
            Place::Query(own) => left.query.retain(|pair| !is_own(pair, own)),
            Place::Cookie(own) => left.cookies.retain(|pair| !is_own(pair, own)),
            Place::Elsewhere => return None,
        }
        Some(left)
    }

    /// The same with credentials that nobody gave out.
    pub(crate) fn wrong(&self, api: &Api, operation: &Operation) -> Self {
        let mut wrong = self.without(api, operation);
        let forged_pair = |pair: &String| format!("{}={UNKNOWN}", name_of(pair));
        wrong.query = self.query.iter().map(forged_pair).collect();
        let names = credential_cookies(api, operation);
        let secret = |pair: &&String| names.iter().any(|name| name == name_of(pair));
        let pairs = self.cookies.iter().filter(secret).map(forged_pair);
        wrong.cookies.extend(pairs);
        for (name, value) in &self.headers {
            if credential_headers(api, operation).contains(&name.as_str().to_owned()) {
                wrong.headers.push((name.clone(), forged(value)));
            }
        }
        wrong
    }

    /// Credentials that nobody gave out, for a way in that is not taken; `None` where it leads to a place of the one that is.
    pub(crate) fn wrong_way(
        &self,
        api: &Api,
        operation: &Operation,
        (taken, other): (&SecurityRequirement, &SecurityRequirement),
    ) -> Option<Self> {
        let kinds = |way: &SecurityRequirement| {
            let known = way.keys().filter_map(|name| api.security_schemes.get(name));
            known.map(|scheme| &scheme.kind).collect::<Vec<_>>()
        };
        let at = kinds(taken).into_iter().map(Place::of).collect::<Vec<_>>();
        let bare = self.without(api, operation);
        let mut wrong = bare.clone();
        for kind in kinds(other) {
            if at.contains(&Place::of(kind)) {
                return None;
            }
            wrong.add(kind, UNKNOWN);
        }
        (wrong != bare).then_some(wrong)
    }

    /// The same with credentials that are empty; `None` where nothing stands in a header.
    pub(crate) fn blank(&self, api: &Api, operation: &Operation) -> Option<Self> {
        let mut blank = self.without(api, operation);
        let names = credential_headers(api, operation);
        let own = |name: &HeaderName| names.contains(&name.as_str().to_owned());
        for (name, value) in self.headers.iter().filter(|(name, _)| own(name)) {
            let text = value.to_str().unwrap_or_default();
            let scheme = text.split_once(' ').map_or("", |(scheme, _)| scheme);
            blank
                .headers
                .push((name.clone(), HeaderValue::from_str(scheme).ok()?));
        }
        (blank.headers.len() == self.headers.len()).then_some(blank)
    }

    /// The same for another identity: its header takes the place of the one that is there.
    pub(crate) fn identify(&mut self, identity: &Identity) {
        if identity.name_of_header == COOKIE {
            let pairs = pairs(&identity.value);
            self.cookies
                .retain(|own| !pairs.iter().any(|pair| name_of(pair) == name_of(own)));
            self.cookies.extend(pairs);
            return;
        }
        self.headers
            .retain(|(own, _)| *own != identity.name_of_header);
        self.headers
            .push((identity.name_of_header.clone(), identity.value.clone()));
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
        let header = |scheme: &str, secret: &str| {
            let mut value = HeaderValue::from_str(&format!("{scheme} {secret}")).ok()?;
            value.set_sensitive(true);
            Some((AUTHORIZATION, value))
        };
        let pair = |name: &str| format!("{name}={}", encode(secret, Keep::Unreserved));
        match kind {
            SecuritySchemeKind::ApiKey { name, location } => match location {
                ApiKeyLocation::Query => self.query.push(pair(name)),
                ApiKeyLocation::Cookie if self.cookies.iter().any(|own| name_of(own) == name) => {}
                ApiKeyLocation::Cookie => self.cookies.push(pair(name)),
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
                let is_basic = scheme.eq_ignore_ascii_case("basic") && secret != PLACEHOLDER;
                let text = if is_basic {
                    basic(secret)
                } else {
                    secret.to_owned()
                };
                self.headers.extend(header(&capitalized(scheme), &text));
            }
            SecuritySchemeKind::OAuth2 { .. } | SecuritySchemeKind::OpenIdConnect { .. }
                if missing(self, &AUTHORIZATION) =>
            {
                self.headers.extend(header("Bearer", secret));
            }
            _ => {}
        }
    }
}

/// Where a credential stands in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// In a header, in lower case.
    Header(String),
    Query(String),
    Cookie(String),
    /// Below HTTP.
    Elsewhere,
}

impl Place {
    fn of(kind: &SecuritySchemeKind) -> Self {
        match kind {
            SecuritySchemeKind::ApiKey { name, location } => match location {
                ApiKeyLocation::Header => Self::Header(name.to_ascii_lowercase()),
                ApiKeyLocation::Query => Self::Query(name.clone()),
                ApiKeyLocation::Cookie => Self::Cookie(name.clone()),
            },
            SecuritySchemeKind::Http { .. }
            | SecuritySchemeKind::OAuth2 { .. }
            | SecuritySchemeKind::OpenIdConnect { .. } => Self::Header("authorization".to_owned()),
            SecuritySchemeKind::MutualTls => Self::Elsewhere,
        }
    }

    /// The header, if it is one.
    fn header(&self) -> Option<String> {
        match self {
            Self::Header(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// The cookie, if it is one.
    fn cookie(&self) -> Option<String> {
        match self {
            Self::Cookie(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// Where a parameter stands, if a credential can stand there.
    fn of_parameter(parameter: &Parameter) -> Self {
        match parameter.location {
            Location::Header => Self::Header(parameter.name.to_ascii_lowercase()),
            Location::Query => Self::Query(parameter.name.clone()),
            Location::Cookie => Self::Cookie(parameter.name.clone()),
            Location::Path | Location::QueryString => Self::Elsewhere,
        }
    }
}

/// Whether a parameter stands where the credential of one of some schemes does, as documents have it that say both.
pub(crate) fn is_place_of(api: &Api, schemes: &[&String], parameter: &Parameter) -> bool {
    let own = Place::of_parameter(parameter);
    let place = |name: &String| Some(Place::of(&api.security_schemes.get(name)?.kind));
    let mut places = schemes.iter().filter_map(|name| place(name));
    own != Place::Elsewhere && places.any(|place| place == own)
}

impl Options {
    /// The way in that is taken: the first whose secrets were all given, or the first.
    pub(crate) fn way<'o>(&self, operation: &'o Operation) -> Option<&'o SecurityRequirement> {
        let ways = &operation.security;
        let known = |way: &&SecurityRequirement| {
            !way.is_empty() && way.keys().all(|name| self.secret_of(name).is_some())
        };
        ways.iter().find(known).or(ways.first())
    }

    /// The secret that was given for a security scheme.
    pub(crate) fn secret_of(&self, scheme: &str) -> Option<&str> {
        let (_, secret) = self.secrets.iter().find(|(own, _)| own == scheme)?;
        Some(secret)
    }

    /// Whether something that opens the door of an operation was given, beside headers.
    pub(crate) fn has_secret(&self, operation: &Operation) -> bool {
        let mut names = operation.security.iter().flat_map(IndexMap::keys);
        names.any(|name| self.secret_of(name).is_some())
    }

    /// The headers that are shown, whatever the operation; a token of OAuth 2.0 is known only to who gave it out.
    pub(crate) fn shown(&self, api: &Api) -> Vec<(HeaderName, HeaderValue)> {
        let headers = self.headers.iter();
        let fixed = headers.map(|header| (header.name.clone(), header.value.clone()));
        let mut all = Credentials {
            headers: fixed.collect(),
            ..Credentials::default()
        };
        for (name, secret) in &self.secrets {
            if let Some(scheme) = api.security_schemes.get(name) {
                all.add(&scheme.kind, secret);
            }
        }
        all.headers.retain(|(_, value)| value != STAND_IN);
        all.headers
    }
}

/// The headers, in lower case, that are credentials of an operation: by its schemes, or as a parameter that is one.
pub(crate) fn credential_headers(api: &Api, operation: &Operation) -> Vec<String> {
    let headers = places(api, operation).filter_map(|place| place.header());
    let mut names: Vec<String> = headers.collect();
    let parameter = operation.parameters.iter().any(|parameter| {
        parameter.location == Location::Header
            && parameter.name.eq_ignore_ascii_case("authorization")
    });
    if parameter {
        names.push("authorization".to_owned());
    }
    names
}

/// The pairs of a `Cookie` (RFC 6265 §4.2.1).
fn pairs(value: &HeaderValue) -> Vec<String> {
    let pairs = value.to_str().unwrap_or_default().split(';');
    pairs
        .map(|pair| pair.trim().to_owned())
        .filter(|pair| !pair.is_empty())
        .collect()
}

/// The cookies that are credentials of an operation.
pub(super) fn credential_cookies(api: &Api, operation: &Operation) -> Vec<String> {
    let cookies = places(api, operation).filter_map(|place| place.cookie());
    cookies.collect()
}

/// Where the credentials of an operation stand, whichever it takes.
fn places<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = Place> + 'a {
    let schemes = operation.security.iter().flat_map(IndexMap::keys);
    let known = schemes.filter_map(|name| api.security_schemes.get(name));
    known.map(|scheme| Place::of(&scheme.kind))
}

/// The name of a pair of the query or the cookies.
pub(super) fn name_of(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

/// A scheme as servers write it: the case does not matter (RFC 9110 §11.1), but not all of them know.
fn capitalized(scheme: &str) -> String {
    let (first, rest) = scheme.split_at_checked(1).unwrap_or((scheme, ""));
    first.to_ascii_uppercase() + rest
}

/// A user and a password as the scheme `basic` has them (RFC 7617 §2).
pub(crate) fn basic(secret: &str) -> String {
    STANDARD.encode(secret)
}

/// A value of the same scheme that nobody gave out.
fn forged(value: &HeaderValue) -> HeaderValue {
    let scheme = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .map(|(scheme, _)| scheme);
    let text = match scheme {
        Some(scheme) => format!("{scheme} {UNKNOWN}"),
        None => UNKNOWN.to_owned(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(UNKNOWN))
}
