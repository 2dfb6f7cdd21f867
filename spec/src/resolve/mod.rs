//! References: from the text of a `$ref` to the node that it means.

mod access;
mod discover;
mod document;
mod near;
mod node;
mod pointer;
mod uri;

pub(crate) use access::Access;
pub use access::Fetch;
pub(crate) use document::{Document, Unresolved, report};
pub(crate) use near::nearest;
pub(crate) use node::Node;
pub(crate) use pointer::unescape;
