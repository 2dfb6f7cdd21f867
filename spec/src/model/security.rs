//! Security schemes and requirements.

use indexmap::IndexMap;

use crate::source::Place;

/// One way to authorize a call: every scheme in it, with its scopes (OpenAPI 3.1 §4.8.30). Empty: no credential.
pub type SecurityRequirement = IndexMap<String, Vec<String>>;

/// A declared way to authenticate (OpenAPI 3.1 §4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// What it is.
    pub kind: SecuritySchemeKind,
    /// Where OAuth 2 servers describe themselves (OpenAPI 3.2 `oauth2MetadataUrl`).
    pub metadata_url: Option<String>,
    /// Whether callers should move away from it (OpenAPI 3.2).
    pub deprecated: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// The kinds of security schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// A key under a name.
    ApiKey {
        /// The name on the wire.
        name: String,
        /// Where it travels.
        location: ApiKeyLocation,
    },
    /// An HTTP authentication scheme (RFC 9110 §11).
    Http {
        /// The scheme in lower case, such as `bearer` or `basic`.
        scheme: String,
        /// What a bearer token looks like.
        bearer_format: Option<String>,
    },
    /// OAuth 2.
    OAuth2 {
        /// The flows that it offers.
        flows: Vec<Flow>,
    },
    /// OpenID Connect discovery.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// A client certificate.
    MutualTls,
}

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKeyLocation {
    /// As a pair of the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// An OAuth 2 flow (OpenAPI 3.1 §4.8.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Which one.
    pub kind: FlowKind,
    /// Where a person authorizes.
    pub authorization_url: Option<String>,
    /// Where tokens are given out.
    pub token_url: Option<String>,
    /// Where tokens are refreshed.
    pub refresh_url: Option<String>,
    /// The scopes with what they mean.
    pub scopes: IndexMap<String, String>,
}

/// The kinds of OAuth 2 flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlowKind {
    /// Implicit.
    Implicit,
    /// Resource owner password.
    Password,
    /// Client credentials.
    ClientCredentials,
    /// Authorization code.
    AuthorizationCode,
    /// Device authorization (OpenAPI 3.2).
    DeviceAuthorization,
}
