//! Links from a response to further operations.

use super::reader::Reader;
use super::{keys, server};
use crate::model::{Link, LinkTarget};
use crate::resolve::Node;

/// Reads the `links` of a response.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, response: &Node<'a>) -> Vec<Link> {
    let links = reader.named(response, "links");
    links
        .into_iter()
        .filter_map(|(name, node)| read(reader, name, node))
        .collect()
}

/// Reads a Link Object (OpenAPI 3.1 §4.8.20).
fn read<'a>(reader: &mut Reader<'a>, name: &str, node: Node<'a>) -> Option<Link> {
    let followed = reader.follow(node)?;
    let node = followed.node;
    reader.check_keys(&node, keys::LINK);
    let target = match reader.text(&node, "operationId") {
        Some(id) => LinkTarget::Id(id),
        None if node.value.get("operationRef").is_some() => {
            LinkTarget::Reference(reader.text(&node, "operationRef")?)
        }
        None => {
            reader.missing(&node, "operationId");
            return None;
        }
    };
    let parameters = reader.entries(&node, "parameters");
    Some(Link {
        name: name.to_owned(),
        target,
        parameters: parameters
            .into_iter()
            .map(|(name, node)| (name.to_owned(), node.value.clone()))
            .collect(),
        body: node.value.get("requestBody").cloned(),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        server: node
            .get("server")
            .and_then(|node| server::read(reader, &node)),
        place: node.place,
    })
}
