//! Examples of parameters, headers and media types.

use super::keys;
use super::reader::Reader;
use crate::model::Example;
use crate::resolve::Node;

/// Reads `example` and `examples` of an object.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Example> {
    let mut examples: Vec<_> = node
        .get("example")
        .map(|node| plain(&node))
        .into_iter()
        .collect();
    match node.get("examples") {
        // JSON Schema's list, which some write here.
        Some(list) if list.value.is_array() => {
            examples.extend(list.items().map(|node| plain(&node)));
        }
        _ => {
            for (name, node) in reader.entries(node, "examples") {
                examples.extend(named(reader, name, node));
            }
        }
    }
    examples
}

fn plain(node: &Node<'_>) -> Example {
    Example {
        name: None,
        summary: None,
        value: Some(node.value.clone()),
        external: None,
        description: None,
        serialized: None,
        place: node.place.clone(),
    }
}

/// Reads an Example Object (OpenAPI 3.1 §4.8.19).
fn named<'a>(reader: &mut Reader<'a>, name: &str, node: Node<'a>) -> Option<Example> {
    let followed = reader.follow(node)?;
    let node = followed.node;
    reader.check_keys(&node, keys::EXAMPLE);
    let value = node
        .value
        .get("value")
        .or_else(|| node.value.get("dataValue"));
    Some(Example {
        name: Some(name.to_owned()),
        summary: followed.summary.or_else(|| reader.text(&node, "summary")),
        value: value.cloned(),
        external: reader.text(&node, "externalValue"),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        serialized: reader.text(&node, "serializedValue"),
        place: node.place,
    })
}
