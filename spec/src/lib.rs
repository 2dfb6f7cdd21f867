//! Reads OpenAPI documents of any version into one model.
//!
//! The pipeline is `load → resolve → normalize`, and its result is [`model::Api`]: what the document says, in the
//! terms of OpenAPI 3.1 with JSON Schema 2020-12, whatever the version it was written in.
//!
//! ```
//! let reading = bindery_spec::read_text("pets.yaml", "
//! openapi: 3.0.3
//! info: { title: Pets, version: 1.0.0 }
//! paths: {}
//! components:
//!   schemas:
//!     Pet: { type: object, nullable: true }
//! ");
//! let api = reading.api.expect("a document that can be used");
//! let (name, id) = api.schemas.named().next().unwrap();
//! assert_eq!(name, "Pet");
//! assert_eq!(api.schemas[id].types, [bindery_spec::model::Type::Object, bindery_spec::model::Type::Null]);
//! ```

pub mod diagnostic;
mod load;
pub mod model;
mod normalize;
mod overlay;
mod reading;
mod resolve;
pub mod rules;
pub mod source;
mod template;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use model::Api;
pub use reading::{Reader, Reading, read_file, read_openapiv3, read_text};
pub use resolve::Fetch;
pub use source::{Place, SourceMap};

/// A JSON value as the document has it, with the order of its keys kept.
pub type Value = serde_json::Value;
