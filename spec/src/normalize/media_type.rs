//! Media types: the content of bodies, responses and some parameters, and how the parts of forms are spelled.

use indexmap::IndexMap;

use super::reader::Reader;
use super::{example, header, keys, parameter};
use crate::diagnostic::codes;
use crate::model::{Encoding, MediaType, Style};
use crate::resolve::Node;
use crate::source::Place;

/// Reads the `content` of an object.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<MediaType> {
    let content = reader.named(node, "content");
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
    MediaType {
        name: name.to_owned(),
        schema: node.get("schema").map(|schema| reader.schema(schema)),
        item_schema: node.get("itemSchema").map(|schema| reader.schema(schema)),
        examples: example::read_all(reader, &node),
        encoding: by_property(reader, &node),
        prefix_encoding: by_position(reader, &node),
        item_encoding: of_items(reader, &node),
        description: reader.text(&node, "description"),
        unresolved: false,
        place: node.place,
    }
}

/// Any JSON, for a body that cannot be had.
pub(super) fn any(reader: &mut Reader<'_>, place: &Place) -> MediaType {
    MediaType {
        schema: Some(reader.any_schema(place)),
        unresolved: true,
        ..MediaType::new("application/json", place)
    }
}

/// How the properties of a form are spelled.
fn by_property<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> IndexMap<String, Encoding> {
    let encodings = reader.named(node, "encoding").into_iter();
    let read =
        |(property, node): (&str, _)| Some((property.to_owned(), encoding_of(reader, node)?));
    encodings.filter_map(read).collect()
}

/// How the first parts of a list of parts are spelled.
fn by_position<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Encoding> {
    let encodings = reader.items(node, "prefixEncoding").into_iter();
    encodings
        .filter_map(|node| encoding_of(reader, node))
        .collect()
}

/// How the other parts are spelled.
fn of_items<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Encoding> {
    encoding_of(reader, node.get("itemEncoding")?)
}

/// Reads an Encoding Object (OpenAPI 3.1 §4.8.15), with those that it may hold (OpenAPI 3.2 §4.15).
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
        encoding: by_property(reader, &node),
        prefix_encoding: by_position(reader, &node),
        item_encoding: of_items(reader, &node).map(Box::new),
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
