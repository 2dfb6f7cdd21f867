//! Media types: the content of bodies, responses and some parameters, and how the parts of forms are spelled.

use super::reader::Reader;
use super::{example, header, keys, parameter};
use crate::diagnostic::codes;
use crate::model::{Encoding, MediaType, Style};
use crate::resolve::Node;
use crate::source::Place;

/// Reads the `content` of an object.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<MediaType> {
    let content = reader.members(node, "content");
    content
        .into_iter()
        .map(|(name, node)| read(reader, name, node))
        .collect()
}

/// Reads a Media Type Object (OpenAPI 3.1 §4.8.14); a reference since OpenAPI 3.2.
///
/// One that cannot be had says nothing about its content.
pub(super) fn read<'a>(reader: &mut Reader<'a>, name: &str, node: Node<'a>) -> MediaType {
    let place = node.place.clone();
    let Some(followed) = reader.follow(node) else {
        return MediaType::new(name, &place);
    };
    let node = followed.node;
    reader.check_keys(&node, keys::MEDIA_TYPE);
    let encoding = reader.members(&node, "encoding");
    let prefix_encoding = reader.items(&node, "prefixEncoding");
    MediaType {
        name: name.to_owned(),
        schema: node.get("schema").map(|schema| reader.schema(schema)),
        item_schema: node.get("itemSchema").map(|schema| reader.schema(schema)),
        examples: example::read_all(reader, &node),
        encoding: encoding
            .into_iter()
            .filter_map(|(property, node)| Some((property.to_owned(), encoding_of(reader, node)?)))
            .collect(),
        prefix_encoding: prefix_encoding
            .into_iter()
            .filter_map(|node| encoding_of(reader, node))
            .collect(),
        item_encoding: node
            .get("itemEncoding")
            .and_then(|node| encoding_of(reader, node)),
        description: reader.text(&node, "description"),
        place: node.place,
    }
}

/// Any JSON, for a body that cannot be had.
pub(super) fn any(reader: &mut Reader<'_>, place: &Place) -> MediaType {
    MediaType {
        schema: Some(reader.any_schema(place)),
        ..MediaType::new("application/json", place)
    }
}

/// Reads an Encoding Object (OpenAPI 3.1 §4.8.15).
fn encoding_of<'a>(reader: &mut Reader<'a>, node: Node<'a>) -> Option<Encoding> {
    if !reader.expect_object(&node) {
        return None;
    }
    reader.check_keys(&node, keys::ENCODING);
    Some(Encoding {
        content_type: reader.text(&node, "contentType"),
        headers: header::read_all(reader, &node),
        style: style(reader, &node),
        explode: reader.flag(&node, "explode"),
        allow_reserved: reader.flag(&node, "allowReserved").unwrap_or_default(),
        place: node.place,
    })
}

fn style<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Style> {
    let text = reader.text(node, "style")?;
    let style = parameter::style_of(&text);
    if style.is_none() {
        let place = node.place.child("style");
        reader.report(
            &codes::VALUE_UNKNOWN,
            &place,
            format!("there is no style `{text}`"),
        );
    }
    style
}
