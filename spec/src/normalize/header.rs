//! Headers of responses and of multipart parts.

use super::reader::Reader;
use super::{example, keys, parameter};
use crate::model::{Header, Location, ParameterFormat, Style};
use crate::resolve::Node;
use crate::source::Place;

/// Reads the `headers` of an object.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Header> {
    // A header's name may start with `x-`, so these are no extensions.
    let headers = reader.entries(node, "headers");
    headers
        .into_iter()
        .filter_map(|(name, node)| read(reader, name, node))
        .collect()
}

/// Reads a Header Object (OpenAPI 3.1 §4.8.21).
fn read<'a>(reader: &mut Reader<'a>, name: &str, node: Node<'a>) -> Option<Header> {
    let own = node.place.clone();
    let Some(followed) = reader.follow(node) else {
        return Some(unknown(reader, name, own));
    };
    let node = followed.node;
    reader.check_keys(&node, keys::HEADER);
    reader.nested(&node.clone(), |reader| Header {
        name: name.to_owned(),
        required: reader.flag(&node, "required").unwrap_or_default(),
        deprecated: reader.flag(&node, "deprecated").unwrap_or_default(),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        format: parameter::format(reader, &node, Location::Header),
        examples: example::read_all(reader, &node),
        place: node.place,
    })
}

/// A header of which only the name is known.
fn unknown(reader: &mut Reader<'_>, name: &str, place: Place) -> Header {
    Header {
        name: name.to_owned(),
        required: false,
        deprecated: false,
        description: None,
        format: ParameterFormat::Style {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            schema: reader.any_schema(&place),
        },
        examples: Vec::new(),
        place,
    }
}
