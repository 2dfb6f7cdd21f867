//! Reads OpenAPI documents of any version into one model.
//!
//! The pipeline is `load → resolve → normalize`, and its result is [`model::Api`]: what the document says, in the
//! terms of OpenAPI 3.1 with JSON Schema 2020-12, whatever the version it was written in.

pub mod diagnostic;
pub mod model;
pub mod source;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use model::Api;
pub use source::{Place, SourceMap};

/// A JSON value as the document has it, with the order of its keys kept.
pub type Value = serde_json::Value;
