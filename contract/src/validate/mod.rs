//! Requests and responses against the document.

mod body;
mod compile;
pub(crate) mod discriminator;
mod errors;
pub(crate) mod export;
mod json;
pub(crate) mod media;
mod parameters;
mod read;
mod request;
mod response;
mod route;
mod security;
mod violation;
mod write_only;

use std::sync::Arc;

use bindery_spec::model::SchemaId;
use bindery_spec::{Api, Diagnostics, Value};

pub use export::Direction;
pub(crate) use json::escape;
pub(crate) use parameters::is_checked;
pub use request::RequestVerdict;
pub(crate) use response::{declared, promises_success};
pub(crate) use route::Route;
pub use violation::{Part, Spot, Violation, rule};

/// A document that messages are held to: its paths ready to match, its schemas compiled when they are first needed.
#[derive(Debug)]
pub struct Contract {
    pub(crate) api: Arc<Api>,
    pub(crate) router: route::Router,
    compiled: compile::Compiled,
}

impl Contract {
    /// Makes a document ready.
    pub fn new(api: Arc<Api>) -> Self {
        Self {
            router: route::Router::new(&api),
            compiled: compile::Compiled::default(),
            api,
        }
    }

    /// The document.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// What could not be checked so far: schemas and patterns that the validator does not understand.
    pub fn diagnostics(&self) -> Diagnostics {
        self.compiled.diagnostics()
    }

    /// What a schema has to say against a value that stands in a part of a message.
    pub(crate) fn check_value(
        &self,
        schema: SchemaId,
        direction: Direction,
        value: &Value,
        part: &Part,
    ) -> Vec<Violation> {
        self.compiled
            .check(&self.api.schemas, schema, direction, value, part)
    }

    /// Whether a value is valid.
    pub(crate) fn is_valid(&self, schema: SchemaId, direction: Direction, value: &Value) -> bool {
        self.compiled
            .is_valid(&self.api.schemas, schema, direction, value)
    }
}
