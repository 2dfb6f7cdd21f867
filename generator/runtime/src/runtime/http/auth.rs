//! Credentials: how each kind travels, and which of them a call takes.

use super::Secret;

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

/// The credentials of a client by scheme.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials(Vec<(&'static Scheme, Secret)>);

impl Credentials {
    pub(super) fn set(&mut self, scheme: &'static Scheme, secret: Secret) {
        self.0.retain(|(known, _)| known.name != scheme.name);
        self.0.push((scheme, secret));
    }

    fn get(&self, scheme: &Scheme) -> Option<&Secret> {
        self.0
            .iter()
            .find(|(known, _)| known.name == scheme.name)
            .map(|(_, secret)| secret)
    }

    /// The credentials of the first of `alternatives` that are all there; none if there is no such alternative:
    /// then the server has the say.
    pub(super) fn choose(
        &self,
        alternatives: &'static [&'static [&'static Scheme]],
    ) -> Vec<(&'static Scheme, &Secret)> {
        let pair = |scheme: &&'static Scheme| self.get(scheme).map(|secret| (*scheme, secret));
        let whole = |schemes: &&'static [&'static Scheme]| schemes.iter().map(pair).collect();
        alternatives.iter().find_map(whole).unwrap_or_default()
    }
}

/// The credential of the scheme `Basic` (RFC 7617 §2).
pub(super) fn basic(user: &str, password: &Secret) -> Secret {
    Secret::from(base64(format!("{user}:{}", password.expose()).as_bytes()))
}

/// Base 64 with padding (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
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
