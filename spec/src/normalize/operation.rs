//! Operations, with what their path item says folded in.

use super::path::{self, Item};
use super::reader::{Reader, extensions};
use super::{body, keys, parameter, path_parameter, response, security, server, swagger2};
use crate::model::{Body, Callback, Operation, Parameter, Response, Server, Version};
use crate::resolve::Node;

/// Reads an Operation Object (OpenAPI 3.1 §4.8.10).
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    method: String,
    node: &Node<'a>,
    item: &Item<'a, '_>,
) -> Option<Operation> {
    if !reader.expect_object(node) {
        return None;
    }
    reader.check_keys(node, keys::OPERATION);
    let own = parameter::read_all(reader, node);
    let servers = servers(reader, node);
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
        external_docs: reader.external_docs(node),
        deprecated: reader.flag(node, "deprecated").unwrap_or_default(),
        parameters: path_parameter::complete(reader, node, item, fold(&item.parameters, own)),
        body: body(reader, node, item),
        responses: responses(reader, node, item),
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

fn servers<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Server> {
    match reader.version {
        Version::V2_0 => swagger2::operation_servers(reader, node),
        _ => server::read_all(reader, node),
    }
}

fn body<'a>(reader: &mut Reader<'a>, node: &Node<'a>, item: &Item<'a, '_>) -> Option<Body> {
    if let Some(body) = node.get("requestBody") {
        return body::read(reader, body);
    }
    let consumes = swagger2::media_types(reader, node, "consumes", &item.defaults.consumes);
    swagger2::body(reader, node, &item.node, &consumes)
}

fn responses<'a>(reader: &mut Reader<'a>, node: &Node<'a>, item: &Item<'a, '_>) -> Vec<Response> {
    let produces = swagger2::media_types(reader, node, "produces", &item.defaults.produces);
    response::read_all(reader, node, &produces)
}

/// The parameters of the path item, then those of the operation; of equal ones the operation's, in the item's place.
fn fold(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let mut folded = shared.to_vec();
    for parameter in own {
        let same = folded.iter_mut().find(|known| known.is_same(&parameter));
        match same {
            Some(known) => *known = parameter,
            None => folded.push(parameter),
        }
    }
    folded
}

/// Reads the Callback Objects (OpenAPI 3.1 §4.8.18).
fn callbacks<'a>(reader: &mut Reader<'a>, node: &Node<'a>, item: &Item<'a, '_>) -> Vec<Callback> {
    let mut callbacks = Vec::new();
    for (name, node) in reader.named(node, "callbacks") {
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
