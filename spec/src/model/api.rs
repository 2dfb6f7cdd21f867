//! The whole document.

use std::fmt;

use indexmap::IndexMap;

use super::{Extensions, Operation, Schemas, SecurityScheme};
use crate::source::Place;

/// The version of the standard that the document was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V2_0 => "Swagger 2.0",
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        })
    }
}

/// A whole OpenAPI document (OpenAPI 3.1 §4.8.1).
#[derive(Clone, Debug)]
pub struct Api {
    /// The version that it was written in.
    pub version: Version,
    /// Title, version and description.
    pub info: Info,
    /// Where the API is served. Never empty: without a server in the document there is one with the URL `/`.
    pub servers: Vec<Server>,
    /// The declared tags, in order.
    pub tags: Vec<Tag>,
    /// Every operation of `paths`, in document order, with what its path item says folded in.
    pub operations: Vec<Operation>,
    /// What the API sends by itself; an operation's `path` is the webhook's name.
    pub webhooks: Vec<Operation>,
    /// Every schema of the document, reachable or not.
    pub schemas: Schemas,
    /// The declared security schemes by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Where more is written about the API.
    pub external_docs: Option<ExternalDocs>,
    /// The dialect of schemas that name none (OpenAPI 3.1 `jsonSchemaDialect`), as written.
    pub dialect: Option<String>,
    /// The URI by which the document names itself (OpenAPI 3.2 `$self`), as written.
    pub uri: Option<String>,
    /// The `x-…` keys of the root.
    pub extensions: Extensions,
    /// The root.
    pub place: Place,
}

/// What the API is, and who offers it (OpenAPI 3.1 §4.8.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// What it is called.
    pub title: String,
    /// A short form of the description (OpenAPI 3.1).
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where the terms of service are.
    pub terms_of_service: Option<String>,
    /// Who is to be asked.
    pub contact: Option<Contact>,
    /// The licence of the API.
    pub license: Option<License>,
    /// The version of the document, which is not that of the standard.
    pub version: String,
    /// The `x-…` keys.
    pub extensions: Extensions,
}

/// Who is to be asked about an API (OpenAPI 3.1 §4.8.3).
pub type Contact = openapiv3::Contact;

/// The licence of an API (OpenAPI 3.1 §4.8.4).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct License {
    /// What it is called.
    pub name: String,
    /// Its expression in SPDX (OpenAPI 3.1), in the place of a URL.
    pub identifier: Option<String>,
    /// Where its text is.
    pub url: Option<String>,
    /// The `x-…` keys.
    pub extensions: Extensions,
}

/// Where an API is served (OpenAPI 3.1 §4.8.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// What it is called (OpenAPI 3.2).
    pub name: Option<String>,
    /// The URL, perhaps relative to the document, perhaps with `{variables}`.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// The variables of the URL by name.
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable of a server's URL (OpenAPI 3.1 §4.8.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The value used when none is given; the variable between its braces where the document says none.
    pub default: String,
    /// The allowed values; empty when all are.
    pub values: Vec<String>,
    /// What it is for.
    pub description: Option<String>,
}

/// A declared tag (OpenAPI 3.1 §4.8.22).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name that operations refer to.
    pub name: String,
    /// A short form of the description (OpenAPI 3.2).
    pub summary: Option<String>,
    /// What the tag groups.
    pub description: Option<String>,
    /// The tag that it stands under (OpenAPI 3.2).
    pub parent: Option<String>,
    /// What sort of tag it is, such as `nav` or `badge` (OpenAPI 3.2).
    pub kind: Option<String>,
    /// Where more is written about it.
    pub external_docs: Option<ExternalDocs>,
}

/// Where more is written (OpenAPI 3.1 §4.8.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalDocs {
    /// Markdown.
    pub description: Option<String>,
    /// Where it is.
    pub url: String,
}
