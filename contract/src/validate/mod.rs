//! Requests and responses against the document.

mod body;
mod compile;
mod deep;
mod discriminator;
mod errors;
pub(crate) mod export;
mod json;
pub(crate) mod media;
mod open;
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

use crate::memo::Memo;
use crate::shape::{Shape, Shapes};

pub use export::Direction;
pub(crate) use json::{escape, pointer_to, unescape};
pub(crate) use parameters::is_checked;
pub use request::RequestVerdict;
pub(crate) use request::content_type;
pub(crate) use response::{declared, promises_success, response_schema, switches_protocols};
pub(crate) use route::Route;
pub(crate) use security::asks_for_credential;
pub use violation::{Part, Spot, Violation, rule};

/// A document that messages are held to: its paths ready to match, its schemas compiled when they are first needed.
#[derive(Debug)]
pub struct Contract {
    pub(crate) api: Arc<Api>,
    pub(crate) router: route::Router,
    compiled: compile::Compiled,
    shapes: Shapes,
    /// Whether anything is write-only, so that answers are to be looked through for it.
    has_write_only: bool,
    /// Whether more may hold for a schema than is known.
    open: Memo<SchemaId, bool>,
    /// The answers that were made for schemas.
    pub(crate) answers: Memo<SchemaId, Arc<Value>>,
}

/// For how many schemas it is kept whether they are open.
const MAX_OPEN: usize = 4096;

/// How many made answers are kept.
const MAX_ANSWERS: usize = 128;

impl Contract {
    /// Makes a document ready.
    pub fn new(api: Arc<Api>) -> Self {
        let has_write_only = api.schemas.iter().any(|(_, own)| own.write_only);
        Self {
            router: route::Router::new(&api),
            compiled: compile::Compiled::default(),
            shapes: Shapes::default(),
            has_write_only,
            open: Memo::new(MAX_OPEN),
            answers: Memo::new(MAX_ANSWERS),
            api,
        }
    }

    /// Compiles the schemas, which otherwise happens when the first message is looked at.
    pub(crate) fn prepare(&self) {
        self.compiled.prepare(&self.api.schemas);
    }

    /// The document.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// What could not be checked so far: schemas and patterns that the validator does not understand.
    pub fn diagnostics(&self) -> Diagnostics {
        self.compiled.diagnostics()
    }

    /// Notes that a schema asks for what no value can have.
    pub(crate) fn report_unmeetable(&self, schema: SchemaId, violation: &Violation) {
        let message = format!(
            "`{}` at `{}` is not checked, because no value is known that keeps it",
            violation.rule, violation.spot.pointer
        );
        let place = &self.api.schemas[schema].place;
        self.compiled.report("schema-not-met", place, &message);
    }

    /// The shapes that a value may have for which all of these schemas hold.
    pub(crate) fn shapes(&self, schemas: &[SchemaId]) -> Arc<[Shape]> {
        self.shapes.of(&self.api.schemas, schemas)
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

    /// A value, where it is valid.
    pub(crate) fn confirmed(
        &self,
        schema: SchemaId,
        direction: Direction,
        value: Value,
    ) -> Option<Value> {
        self.compiled
            .confirmed(&self.api.schemas, schema, direction, value)
    }
}
