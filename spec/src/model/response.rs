//! Responses and the links that lead on from them.

use std::fmt;

use indexmap::IndexMap;

use super::{Header, MediaType, Server};
use crate::Value;
use crate::source::Place;

/// The statuses that a response stands for (OpenAPI 3.1 §4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A range by its first digit, such as `4XX`.
    Range(u8),
    /// Everything that is not declared.
    Default,
}

/// As a document has it for a key: `200`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One declared response (OpenAPI 3.1 §4.8.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses that it stands for.
    pub status: Status,
    /// The component's name where it is one.
    pub name: Option<String>,
    /// A short form of the description (OpenAPI 3.2).
    pub summary: Option<String>,
    /// Markdown.
    pub description: String,
    /// The declared headers.
    pub headers: Vec<Header>,
    /// What the body may be, in document order; empty for no body.
    pub content: Vec<MediaType>,
    /// The declared links.
    pub links: Vec<Link>,
    /// Where it stands.
    pub place: Place,
}

/// How values of a response feed another operation (OpenAPI 3.1 §4.8.20).
#[derive(Clone, Debug)]
pub struct Link {
    /// The key under `links`.
    pub name: String,
    /// The operation that it leads to.
    pub target: LinkTarget,
    /// Its parameters: constants or runtime expressions.
    pub parameters: IndexMap<String, Value>,
    /// Its body: a constant or a runtime expression.
    pub body: Option<Value>,
    /// Markdown.
    pub description: Option<String>,
    /// The server that it is to be sent to where it is another.
    pub server: Option<Server>,
    /// Where it stands.
    pub place: Place,
}

/// The operation that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// By `operationId`.
    Id(String),
    /// By `operationRef`.
    Reference(String),
}
