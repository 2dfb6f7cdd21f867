//! The whole crate.

use std::collections::BTreeSet;

use super::{Component, ErrorEnum, Item, ItemId, ItemKind, Name, RuntimePart, Tag, Type};

/// A client crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The name of the package.
    pub package: String,
    /// The document as the file headers name it.
    pub document: String,
    /// What the crate is a client of, as it stands in a sentence.
    pub subject: String,
    /// Rustdoc of the crate, from the document's description.
    pub docs: String,
    /// Where the API is served when nothing else is said; `None` when the document does not say.
    pub server: Option<String>,
    /// The credentials that a client can hold.
    pub credentials: Vec<Credential>,
    /// The parameters that are settings of the client.
    pub hoisted: Vec<Hoisted>,
    /// How deep the compiler may have to go into types that hold each other, where that is deeper than it goes by itself.
    pub recursion_limit: Option<usize>,
    /// The files that the types are in.
    pub groups: Vec<Group>,
    /// The types of other crates that stand in for types of the document, by their paths.
    pub foreign: Vec<String>,
    /// The parts of the runtime that it has beside what every client has.
    pub parts: BTreeSet<RuntimePart>,
    /// Every type.
    pub items: Vec<Item>,
    /// What each schema has become that the document names, in document order.
    pub components: Vec<Component>,
    /// Every set of errors.
    pub errors: Vec<ErrorEnum>,
    /// Every operation, by tag.
    pub tags: Vec<Tag>,
}

impl Crate {
    /// A type by its id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    /// Whether a type is a union that values of some of its variants become by `From`.
    pub fn takes_variants(&self, ty: &Type) -> bool {
        let Type::Item(id) = ty else { return false };
        match &self.item(*id).kind {
            ItemKind::Union(union) => union.variants.iter().any(|variant| variant.converts),
            ItemKind::Alias(ty) => self.takes_variants(ty),
            _ => false,
        }
    }
}

/// A file of types.
#[derive(Clone, Debug)]
pub struct Group {
    /// The module.
    pub module: Name,
    /// Rustdoc.
    pub docs: String,
    /// The feature of the crate that it needs; `None` where it is always there.
    pub feature: Option<String>,
}

/// A credential that a client can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The setting of the client's builder.
    pub name: Name,
    /// The constant that describes it.
    pub constant: Name,
    /// The name in the document: a security scheme, or a header that is a credential in fact.
    pub title: String,
    /// Rustdoc.
    pub docs: String,
    /// How it is sent.
    pub kind: CredentialKind,
    /// The setting for a source of tokens, where the credential is one.
    pub source: Option<Name>,
    /// The ways to get a token that the document describes, and that need no person.
    pub grants: Vec<Grant>,
}

/// A way to get a token of OAuth 2 (RFC 6749 §1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The setting of the client's builder.
    pub name: Name,
    /// Which one.
    pub kind: GrantKind,
    /// Where tokens are given out.
    pub endpoint: TokenEndpoint,
    /// What the token is asked for: the scopes that operations need.
    pub scopes: Vec<String>,
    /// Rustdoc.
    pub docs: String,
}

/// The kinds of grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantKind {
    /// The client's own id and secret.
    ClientCredentials,
    /// A refresh token.
    RefreshToken,
    /// A person's password.
    Password,
}

/// Where tokens are given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenEndpoint {
    /// At a URL.
    At(String),
    /// Where the OpenID Connect provider says that describes itself at a URL.
    Discovered(String),
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// `Authorization: Bearer …` (RFC 6750 §2.1), or with another word before the credential (RFC 9110 §11.4).
    Http(String),
    /// `Authorization: Basic …` (RFC 7617), from a user and a password.
    Basic,
    /// A header with this name.
    Header(String),
    /// A pair of the query with this name.
    Query(String),
    /// A cookie with this name.
    Cookie(String),
}

/// A parameter that is a setting of the client.
#[derive(Clone, Debug)]
pub struct Hoisted {
    /// The setting of the client's builder.
    pub name: Name,
    /// The constant that describes it.
    pub constant: Name,
    /// The header on the wire.
    pub wire: String,
    /// Whether every operation that has it requires it.
    pub required: bool,
    /// Rustdoc.
    pub docs: String,
    /// The type of its value.
    pub ty: Type,
}
