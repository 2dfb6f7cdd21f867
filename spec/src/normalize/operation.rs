//! Operations, with what their path item says folded in.

use super::path::{self, Item};
use super::reader::{Reader, extensions};
use super::{body, parameter, response, security, server};
use crate::model::{Callback, Operation, Parameter};
use crate::resolve::Node;

/// Reads an Operation Object (OpenAPI 3.1 §4.8.10).
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    method: String,
    node: &Node<'a>,
    item: &Item<'_>,
) -> Option<Operation> {
    if !reader.expect_object(node) {
        return None;
    }
    let own = parameter::read_all(reader, node);
    let servers = server::read_all(reader, node);
    let security = security::requirements(reader, node);
    Some(Operation {
        id: reader.text(node, "operationId"),
        method,
        path: item.path.clone(),
        tags: reader.texts(node, "tags"),
        summary: reader
            .text(node, "summary")
            .or_else(|| item.summary.clone()),
        description: reader
            .text(node, "description")
            .or_else(|| item.description.clone()),
        deprecated: reader.flag(node, "deprecated").unwrap_or_default(),
        parameters: fold(&item.parameters, own),
        body: body::read(reader, node),
        responses: response::read_all(reader, node),
        security: security.unwrap_or_else(|| item.defaults.security.clone()),
        servers: if servers.is_empty() {
            item.servers.clone()
        } else {
            servers
        },
        callbacks: callbacks(reader, node, item),
        extensions: extensions(node),
        place: node.place.clone(),
    })
}

/// The parameters of the path item, then those of the operation; of equal ones the operation's, in the item's place.
fn fold(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let mut folded = shared.to_vec();
    for parameter in own {
        let same = folded
            .iter_mut()
            .find(|known| known.name == parameter.name && known.location == parameter.location);
        match same {
            Some(known) => *known = parameter,
            None => folded.push(parameter),
        }
    }
    folded
}

/// Reads the Callback Objects (OpenAPI 3.1 §4.8.18).
fn callbacks<'a>(reader: &mut Reader<'a>, node: &Node<'a>, item: &Item<'_>) -> Vec<Callback> {
    let mut callbacks = Vec::new();
    for (name, node) in reader.members(node, "callbacks") {
        let Some(followed) = reader.follow(node) else {
            continue;
        };
        let operations = reader.nested(&followed.node, |reader| {
            let items = followed
                .node
                .members()
                .filter(|(key, _)| !key.starts_with("x-"));
            items
                .flat_map(|(expression, node)| path::read(reader, expression, node, item.defaults))
                .collect()
        });
        callbacks.push(Callback {
            name: name.to_owned(),
            operations: operations.unwrap_or_default(),
        });
    }
    callbacks
}
