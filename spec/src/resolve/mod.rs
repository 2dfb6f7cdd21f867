//! References: from the text of a `$ref` to the node that it means.

mod discover;
mod document;
mod near;
mod node;
mod pointer;
mod uri;

pub(crate) use document::{Access, Document, Unresolved, report};
pub(crate) use near::nearest;
pub(crate) use node::Node;
