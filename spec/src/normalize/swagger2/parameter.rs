//! How the value of a parameter or a header is spelled: `collectionFormat` (Swagger 2.0, Parameter Object).

use super::super::reader::Reader;
use crate::diagnostic::codes;
use crate::model::{Location, ParameterFormat, Style};
use crate::resolve::Node;

/// The collection formats, with the style and whether it explodes; `csv` has another name outside queries.
const FORMATS: &[(&str, Style, bool)] = &[
    ("csv", Style::Form, false),
    ("ssv", Style::SpaceDelimited, false),
    ("tsv", Style::TabDelimited, false),
    ("pipes", Style::PipeDelimited, false),
    ("multi", Style::Form, true),
];

/// Reads the format of a parameter, whose type stands in the parameter itself.
pub(in super::super) fn format<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    location: Location,
) -> ParameterFormat {
    let (style, explode) = style(reader, node, location);
    ParameterFormat::Style {
        style,
        explode,
        allow_reserved: false,
        schema: match node.get("schema") {
            // Only bodies have it, but some write it everywhere.
            Some(schema) if node.value.get("type").is_none() => reader.schema(schema),
            _ => reader.simple_schema(node),
        },
    }
}

/// The style and whether it explodes, for arrays; anything else is spelled alike by all of them.
pub(super) fn style<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    location: Location,
) -> (Style, bool) {
    let in_query = matches!(location, Location::Query | Location::QueryString);
    let default = if in_query { Style::Form } else { Style::Simple };
    let Some(text) = reader.text(node, "collectionFormat") else {
        return (default, false);
    };
    let place = node.place.child("collectionFormat");
    let Some((_, style, explode)) = FORMATS.iter().find(|(word, ..)| *word == text) else {
        let message = format!("there is no collection format `{text}`");
        reader.report(&codes::VALUE_UNKNOWN, &place, message);
        return (default, false);
    };
    if *explode && !in_query {
        let message = "the collection format `multi` is only for queries and forms";
        reader.report(&codes::STYLE_MISPLACED, &place, message);
        return (default, false);
    }
    let style = if *style == Style::Form {
        default
    } else {
        *style
    };
    (style, *explode)
}
