//! Paths, webhooks and callbacks: path items, and the operations in them.

use super::keys;
use super::operation;
use super::parameter;
use super::reader::Reader;
use super::server;
use crate::model::{Operation, Parameter, SecurityRequirement, Server};
use crate::resolve::Node;

/// The methods that have a key of their own (OpenAPI 3.2 §4.9).
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What the document says for every operation that does not say otherwise.
#[derive(Default)]
pub(super) struct Defaults {
    pub(super) security: Vec<SecurityRequirement>,
    /// Swagger 2.0's media types of requests.
    pub(super) consumes: Vec<String>,
    /// Swagger 2.0's media types of answers.
    pub(super) produces: Vec<String>,
}

/// What a path item says for its operations.
pub(super) struct Item<'a, 'd> {
    pub(super) node: Node<'a>,
    pub(super) path: String,
    /// Whether `path` is a template; the key of a webhook or a callback is none.
    pub(super) is_path: bool,
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) servers: Vec<Server>,
    pub(super) defaults: &'d Defaults,
}

/// Reads the operations of all path items under a key of an object.
pub(super) fn read_all<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    key: &str,
    defaults: &Defaults,
) -> Vec<Operation> {
    let items = reader.members(node, key);
    items
        .into_iter()
        .flat_map(|(path, item)| read_item(reader, (path, key == "paths"), item, defaults))
        .collect()
}

/// Reads the operations of a path item whose key is no path.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    name: &str,
    node: Node<'a>,
    defaults: &Defaults,
) -> Vec<Operation> {
    read_item(reader, (name, false), node, defaults)
}

/// Reads the operations of a Path Item Object (OpenAPI 3.1 §4.8.9).
///
/// Beside a `$ref` the item may say more; what it says itself wins.
fn read_item<'a>(
    reader: &mut Reader<'a>,
    (path, is_path): (&str, bool),
    node: Node<'a>,
    defaults: &Defaults,
) -> Vec<Operation> {
    let own = node.clone();
    let Some(followed) = reader.follow(node) else {
        return Vec::new();
    };
    let node = followed.node;
    reader.check_keys(&node, keys::PATH_ITEM);
    let item = Item {
        node: node.clone(),
        path: path.to_owned(),
        is_path,
        summary: followed.summary.or_else(|| reader.text(&node, "summary")),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        parameters: parameter::read_all(reader, &node),
        servers: server::read_all(reader, &node),
        defaults,
    };
    let mut methods = methods(reader, &node);
    if own.place != node.place {
        let siblings = self::methods(reader, &own);
        methods.retain(|(method, _)| siblings.iter().all(|(own, _)| own != method));
        methods.extend(siblings);
    }
    let mut operations = Vec::new();
    for (method, node) in methods {
        operations.extend(operation::read(reader, method, &node, &item));
    }
    operations
}

/// The operations of a path item by method, in document order.
fn methods<'a>(reader: &mut Reader<'a>, item: &Node<'a>) -> Vec<(String, Node<'a>)> {
    let mut methods: Vec<_> = item
        .members()
        .filter(|(key, _)| METHODS.contains(&key.to_ascii_lowercase().as_str()))
        .map(|(key, node)| (key.to_ascii_uppercase(), node))
        .collect();
    let additional = reader.named(item, "additionalOperations");
    methods.extend(
        additional
            .into_iter()
            .map(|(method, node)| (method.to_owned(), node)),
    );
    methods
}
