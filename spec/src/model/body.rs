//! Request bodies.

use super::MediaType;
use crate::source::Place;

/// A request body (OpenAPI 3.1 §4.8.13).
#[derive(Clone, Debug)]
pub struct Body {
    /// The component's name where it is one.
    pub name: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// What it may be, in document order.
    pub content: Vec<MediaType>,
    /// Where it stands.
    pub place: Place,
}
