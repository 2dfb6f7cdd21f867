//! What Swagger 2.0 says in words of its own. Everything else is read by the readers that all versions share.

mod body;
mod parameter;
mod response;
mod security;
mod server;

use super::reader::Reader;
use crate::resolve::Node;

pub(super) use body::read as body;
pub(super) use parameter::format;
pub(super) use response::content;
pub(super) use security::scheme;
pub(super) use server::{operation_servers, servers};

/// The media type of a body whose document names none.
const DEFAULT: &str = "application/json";

/// The media types that requests or answers have (Swagger 2.0, `consumes` and `produces`).
///
/// An operation's list replaces the document's.
pub(super) fn media_types<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    key: &str,
    defaults: &[String],
) -> Vec<String> {
    match node.value.get(key) {
        Some(_) => reader.texts(node, key),
        None => defaults.to_vec(),
    }
}
