//! Servers and the variables of their URLs.

use indexmap::IndexMap;

use super::keys;
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::model::{Server, ServerVariable};
use crate::resolve::Node;

/// The server of a document that names none (OpenAPI 3.1 §4.8.1).
pub(super) fn root() -> Server {
    Server {
        name: None,
        url: "/".to_owned(),
        description: None,
        variables: IndexMap::new(),
    }
}

/// Reads the `servers` of an object.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Server> {
    let nodes = reader.items(node, "servers");
    nodes.iter().filter_map(|node| read(reader, node)).collect()
}

/// Reads a Server Object (OpenAPI 3.1 §4.8.5).
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Server> {
    if !reader.expect_object(node) {
        return None;
    }
    reader.check_keys(node, keys::SERVER);
    let variables = reader.named(node, "variables");
    Some(Server {
        name: reader.text(node, "name"),
        url: reader.required_text(node, "url"),
        description: reader.text(node, "description"),
        variables: variables
            .into_iter()
            .filter_map(|(name, node)| Some((name.to_owned(), variable(reader, &node, name)?)))
            .collect(),
    })
}

/// Reads a Server Variable Object (OpenAPI 3.1 §4.8.6). One without a default has the first of its values; where it has none
/// either, it stands for itself, so that the URL shows what is to be filled in.
fn variable<'a>(reader: &mut Reader<'a>, node: &Node<'a>, name: &str) -> Option<ServerVariable> {
    if !reader.expect_object(node) {
        return None;
    }
    reader.check_keys(node, keys::VARIABLE);
    if node
        .value
        .get("enum")
        .is_some_and(|values| values.as_array().is_some_and(Vec::is_empty))
    {
        let place = node.place.child("enum");
        reader.report(
            &codes::SERVER_ENUM_EMPTY,
            &place,
            "an empty list allows no value at all",
        );
    }
    let values = reader.texts(node, "enum");
    if node.member("default").is_none() {
        reader.missing(node, "default");
    }
    let stated = reader.text(node, "default");
    let default = stated.or_else(|| values.first().cloned());
    Some(ServerVariable {
        default: default.unwrap_or_else(|| format!("{{{name}}}")),
        values,
        description: reader.text(node, "description"),
    })
}
