//! Request bodies.

use super::reader::Reader;
use super::{keys, media_type};
use crate::model::Body;
use crate::resolve::Node;

/// Reads the Request Body Object (OpenAPI 3.1 §4.8.13).
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: Node<'a>) -> Option<Body> {
    let own = node.clone();
    let Some(followed) = reader.follow(node) else {
        return unknown(reader, &own);
    };
    let node = followed.node;
    reader.check_keys(&node, keys::BODY);
    if node.value.get("content").is_none() {
        reader.missing(&node, "content");
    }
    Some(Body {
        name: followed.name,
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        required: reader.flag(&node, "required").unwrap_or_default(),
        content: media_type::read_all(reader, &node),
        place: node.place,
    })
}

/// A body that stands behind a broken reference may be anything; one that is `null` is none.
fn unknown<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Body> {
    node.value.get("$ref")?;
    Some(Body {
        name: None,
        description: None,
        required: false,
        content: vec![media_type::any(reader, &node.place)],
        place: node.place.clone(),
    })
}
