//! Operations: one method on one path.

use super::{
    Body, Extensions, ExternalDocs, Location, Parameter, Response, SecurityRequirement, Server,
};
use crate::source::Place;

/// One method on one path (OpenAPI 3.1 §4.8.10), with the path item's part folded in.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `operationId`, as written.
    pub id: Option<String>,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template, as written.
    pub path: String,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// A short sentence.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where more is written about it.
    pub external_docs: Option<ExternalDocs>,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Its parameters, the path item's first, each (name, location) once: the operation's own wins.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The declared responses in document order.
    pub responses: Vec<Response>,
    /// The alternatives that authorize a call; empty means that none is needed. The document's default is folded in.
    pub security: Vec<SecurityRequirement>,
    /// The servers of this operation where they differ from the document's; otherwise empty.
    pub servers: Vec<Server>,
    /// What the API calls back.
    pub callbacks: Vec<Callback>,
    /// The `x-…` keys.
    pub extensions: Extensions,
    /// Where it stands.
    pub place: Place,
}

impl Operation {
    /// The parameter of a name in a place.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&Parameter> {
        let mut parameters = self.parameters.iter();
        parameters.find(|own| own.location == location && own.name == name)
    }
}

/// A set of requests that the API sends in the course of an operation (OpenAPI 3.1 §4.8.18).
#[derive(Clone, Debug)]
pub struct Callback {
    /// The key under `callbacks`.
    pub name: String,
    /// The operations; their `path` is the runtime expression that gives the URL.
    pub operations: Vec<Operation>,
}
