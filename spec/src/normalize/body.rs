//! Request bodies.

use super::reader::Reader;
use super::{keys, media_type};
use crate::model::Body;
use crate::resolve::Node;

/// Reads the Request Body Object (OpenAPI 3.1 §4.8.13).
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: Node<'a>) -> Option<Body> {
    let followed = reader.follow(node)?;
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
