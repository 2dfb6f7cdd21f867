//! The content of a response: one schema for every media type that the operation produces.

use super::super::reader::Reader;
use super::DEFAULT;
use crate::model::{Example, MediaType};
use crate::resolve::Node;

/// Reads `schema` and `examples` of a Response Object.
pub(in super::super) fn content<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    produces: &[String],
) -> Vec<MediaType> {
    let schema = node.get("schema");
    let examples = reader.entries(node, "examples");
    if schema.is_none() && examples.is_empty() {
        return Vec::new();
    }
    let is_file = schema
        .as_ref()
        .is_some_and(|schema| schema.str("type") == Some("file"));
    let schema = schema.map(|schema| reader.schema(schema));
    let mut types: Vec<&str> = produces.iter().map(String::as_str).collect();
    if types.is_empty() {
        types.extend(examples.iter().map(|(name, _)| *name));
    }
    if types.is_empty() {
        types.push(if is_file {
            "application/octet-stream"
        } else {
            DEFAULT
        });
    }
    types
        .into_iter()
        .map(|name| MediaType {
            schema,
            examples: examples_of(name, &examples),
            ..MediaType::new(name, &node.place)
        })
        .collect()
}

fn examples_of(name: &str, examples: &[(&str, Node<'_>)]) -> Vec<Example> {
    let own = examples
        .iter()
        .filter(|(media_type, _)| *media_type == name);
    own.map(|(_, node)| Example {
        name: None,
        summary: None,
        value: Some(node.value.clone()),
        external: None,
        description: None,
        serialized: None,
        place: node.place.clone(),
    })
    .collect()
}
