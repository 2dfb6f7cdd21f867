//! Credentials: how each kind travels, and which of them a call takes.

#[cfg(feature = "part-tokens")]
use std::sync::Arc;

use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};

#[cfg(feature = "part-tokens")]
use super::token::Tokens;
use super::{Secret, core};

/// A way to authenticate (OpenAPI 3.1 §4.8.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name in the document.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// In the header `Authorization`, after this word (RFC 9110 §11.4): `Bearer`, `Basic`.
    Http(&'static str),
    /// In a header of its own.
    Header(&'static str),
    /// As a pair of the query.
    Query(&'static str),
    /// As a cookie.
    Cookie(&'static str),
}

/// What a client has for a scheme.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// The credential itself.
    Secret(Secret),
    /// The header that it is.
    Header(HeaderName, HeaderValue),
    /// What gives out tokens.
    #[cfg(feature = "part-tokens")]
    Source(Arc<Tokens>),
}

/// The schemes that authorize a call together.
pub(super) type Schemes = &'static [&'static Scheme];

/// The credentials of a client by scheme.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials(Vec<(&'static Scheme, Held)>);

impl Held {
    /// A credential, as a header where it is one.
    pub(super) fn of(kind: SchemeKind, secret: Secret) -> Self {
        match kind.header(&secret) {
            Some((name, value)) => Self::Header(name, value),
            None => Self::Secret(secret),
        }
    }
}

impl SchemeKind {
    /// The header that a credential is, which no log may show; `None` where it travels otherwise, and where HTTP does
    /// not allow it.
    pub(super) fn header(self, secret: &Secret) -> Option<(HeaderName, HeaderValue)> {
        let (name, text) = match self {
            Self::Http(word) => (
                AUTHORIZATION.as_str(),
                [word, " ", secret.expose()].concat(),
            ),
            Self::Header(name) => (name, secret.expose().to_owned()),
            Self::Query(_) | Self::Cookie(_) => return None,
        };
        let (name, mut value) = core::header(name, text)?;
        value.set_sensitive(true);
        Some((name, value))
    }
}

impl Scheme {
    /// Whether it travels in a header that is there.
    fn is_in(&self, headers: &HeaderMap) -> bool {
        match self.kind {
            SchemeKind::Http(_) => headers.contains_key(AUTHORIZATION),
            SchemeKind::Header(name) => headers.contains_key(name),
            // A cookie is not all that its header is for.
            SchemeKind::Query(_) | SchemeKind::Cookie(_) => false,
        }
    }
}

impl Credentials {
    pub(super) fn set(&mut self, scheme: &'static Scheme, held: Held) {
        self.0.retain(|(known, _)| known.name != scheme.name);
        self.0.push((scheme, held));
    }

    /// The first of `alternatives` whose credentials are all there; none if a call may go without. A header that the
    /// caller sets for this call (`own`) outweighs a credential, and one of the client (`shared`) stands for one that is
    /// missing.
    ///
    /// `None` if the operation takes none of what is there.
    pub(super) fn choose(
        &self,
        alternatives: &'static [Schemes],
        own: &HeaderMap,
        shared: &HeaderMap,
    ) -> Option<Schemes> {
        let is_there = |scheme: &&Scheme| {
            scheme.is_in(own) || self.held(scheme).is_some() || scheme.is_in(shared)
        };
        let mut named = alternatives.iter().filter(|schemes| !schemes.is_empty());
        let found = named.find(|schemes| schemes.iter().all(is_there));
        let free = alternatives.is_empty() || alternatives.contains(&[].as_slice());
        found.copied().or(free.then_some(&[]))
    }

    /// What a call takes of `schemes`, where the caller has set no header (`own`) in its place.
    pub(super) fn of(
        &self,
        schemes: Schemes,
        own: &HeaderMap,
    ) -> impl Iterator<Item = (SchemeKind, &Held)> {
        let left = schemes.iter().filter(|scheme| !scheme.is_in(own));
        left.filter_map(|scheme| Some((scheme.kind, self.held(scheme)?)))
    }

    fn held(&self, scheme: &Scheme) -> Option<&Held> {
        let mut held = self.0.iter();
        held.find_map(|(known, held)| (known.name == scheme.name).then_some(held))
    }
}

/// What an operation takes, for a message: `key and cookie, or token`.
pub(super) fn describe(alternatives: &[&[&Scheme]]) -> String {
    let names = |schemes: &&[&Scheme]| {
        let names: Vec<_> = schemes.iter().map(|scheme| scheme.name).collect();
        names.join(" and ")
    };
    let all: Vec<_> = alternatives.iter().map(names).collect();
    all.join(", or ")
}

/// The credential of the scheme `Basic` (RFC 7617 §2).
pub(super) fn basic(user: &str, password: &Secret) -> Secret {
    Secret::from(base64(format!("{user}:{}", password.expose()).as_bytes()))
}

/// Base 64 with padding (RFC 4648 §4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for index in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * index) & 63) as usize];
            text.push(if index <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}
