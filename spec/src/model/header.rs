//! Headers of responses and of multipart parts.

use super::{Example, ParameterFormat};
use crate::source::Place;

/// A header (OpenAPI 3.1 §4.8.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// The name as written; names are compared without case.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Markdown.
    pub description: Option<String>,
    /// How its value is spelled.
    pub format: ParameterFormat,
    /// Examples of its value.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}
