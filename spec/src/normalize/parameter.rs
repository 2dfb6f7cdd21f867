//! Parameters, and how their values are spelled.

use super::reader::{Reader, extensions};
use super::{example, keys, media_type, swagger2};
use crate::diagnostic::codes;
use crate::model::{Location, Parameter, ParameterFormat, Style, Version};
use crate::resolve::Node;
use crate::source::Place;

/// The words for the places where parameters travel.
const LOCATIONS: &[(&str, Location)] = &[
    ("path", Location::Path),
    ("query", Location::Query),
    ("querystring", Location::QueryString),
    ("header", Location::Header),
    ("cookie", Location::Cookie),
];

/// The words for styles, with the locations that allow them (OpenAPI 3.2 §4.12.2.2).
const STYLES: &[(&str, Style, &[Location])] = &[
    ("matrix", Style::Matrix, &[Location::Path]),
    ("label", Style::Label, &[Location::Path]),
    ("simple", Style::Simple, &[Location::Path, Location::Header]),
    ("form", Style::Form, &[Location::Query, Location::Cookie]),
    ("spaceDelimited", Style::SpaceDelimited, &[Location::Query]),
    ("pipeDelimited", Style::PipeDelimited, &[Location::Query]),
    ("deepObject", Style::DeepObject, &[Location::Query]),
    ("cookie", Style::Cookie, &[Location::Cookie]),
];

/// Reads the `parameters` of an operation or a path item.
pub(super) fn read_all<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Parameter> {
    let nodes = reader.items(node, "parameters");
    let mut parameters: Vec<Parameter> = Vec::new();
    for node in nodes {
        let listed = node.place.clone();
        if let Some(parameter) = read(reader, node) {
            add(reader, &mut parameters, parameter, &listed);
        }
    }
    parameters
}

/// Adds a parameter to a list, in which each name stands once at each location.
fn add(
    reader: &mut Reader<'_>,
    parameters: &mut Vec<Parameter>,
    parameter: Parameter,
    listed: &Place,
) {
    let known = parameters
        .iter_mut()
        .find(|known| known.is_same(&parameter));
    let Some(known) = known else {
        parameters.push(parameter);
        return;
    };
    let message = format!("the parameter `{}` is here again", parameter.name);
    let found = codes::PARAMETER_DUPLICATE.at(listed, message);
    reader.push(found.related("first here", &known.place));
    *known = parameter;
}

/// Reads a Parameter Object (OpenAPI 3.1 §4.8.12).
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: Node<'a>) -> Option<Parameter> {
    let followed = reader.follow(node)?;
    let node = followed.node;
    reader.check_keys(&node, keys::PARAMETER);
    // The words of Swagger 2.0 for what is a body.
    if matches!(node.str("in"), Some("body" | "formData")) {
        if reader.version != Version::V2_0 {
            let message = "since OpenAPI 3.0 a body is no parameter; it is read as `requestBody`";
            reader.report(&codes::VALUE_UNKNOWN, &node.place.child("in"), message);
        }
        return None;
    }
    let location = location(reader, &node)?;
    Some(Parameter {
        name: reader.required_text(&node, "name"),
        location,
        required: is_required(reader, &node, location),
        deprecated: reader.flag(&node, "deprecated").unwrap_or_default(),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        allow_empty_value: reader.flag(&node, "allowEmptyValue").unwrap_or_default(),
        format: format(reader, &node, location),
        examples: example::read_all(reader, &node),
        extensions: extensions(&node),
        place: node.place,
    })
}

fn location<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Location> {
    if node.value.get("in").is_none() {
        reader.missing(node, "in");
        return None;
    }
    let text = reader.text(node, "in")?;
    let found = LOCATIONS
        .iter()
        .find(|(word, _)| text.eq_ignore_ascii_case(word));
    if found.is_none() {
        let place = node.place.child("in");
        reader.report(
            &codes::VALUE_UNKNOWN,
            &place,
            format!("parameters do not travel in `{text}`"),
        );
    }
    found.map(|(_, location)| *location)
}

/// A path parameter is required, whatever it says (OpenAPI 3.1 §4.8.12.2).
fn is_required<'a>(reader: &mut Reader<'a>, node: &Node<'a>, location: Location) -> bool {
    let required = reader.flag(node, "required").unwrap_or_default();
    if location == Location::Path && !required {
        reader.report(
            &codes::PATH_PARAMETER_OPTIONAL,
            &node.place,
            "a path parameter is always required, and this one does not say so",
        );
        return true;
    }
    required
}

/// Reads how the value of a parameter or a header is spelled.
pub(super) fn format<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    location: Location,
) -> ParameterFormat {
    if reader.version == Version::V2_0 {
        return swagger2::format(reader, node, location);
    }
    let content = reader.named(node, "content");
    if let Some((name, content)) = content.into_iter().next() {
        return ParameterFormat::Content(Box::new(media_type::read(reader, name, content)));
    }
    let style = style(reader, node, location);
    check_reserved(reader, node, location);
    let explode = reader.flag(node, "explode");
    ParameterFormat::Style {
        style,
        explode: explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
        allow_reserved: reader.flag(node, "allowReserved").unwrap_or_default(),
        schema: match node.get("schema") {
            Some(schema) => reader.schema(schema),
            // As in Swagger 2.0; the keys have been reported.
            None if ["type", "enum", "items"]
                .iter()
                .any(|key| node.get(key).is_some()) =>
            {
                reader.simple_schema(node)
            }
            None => reader.any_schema(&node.place),
        },
    }
}

/// Reserved characters may stay in queries, and since OpenAPI 3.2 in paths and forms of cookies.
fn check_reserved<'a>(reader: &mut Reader<'a>, node: &Node<'a>, location: Location) {
    let Some(allow) = node.get("allowReserved") else {
        return;
    };
    let allowed = match location {
        Location::Query | Location::QueryString => true,
        Location::Path => reader.version >= Version::V3_2,
        Location::Cookie => reader.version >= Version::V3_2 && node.str("style") != Some("cookie"),
        Location::Header => false,
    };
    if !allowed {
        let message = "`allowReserved` is not for this location";
        reader.report(&codes::ALLOW_RESERVED_MISPLACED, &allow.place, message);
    }
}

/// The style of a parameter, or the default of its location (OpenAPI 3.1 §4.8.12.2).
fn style<'a>(reader: &mut Reader<'a>, node: &Node<'a>, location: Location) -> Style {
    let default = match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::QueryString | Location::Cookie => Style::Form,
    };
    let Some(text) = reader.text(node, "style") else {
        return default;
    };
    let place = node.place.child("style");
    match STYLES.iter().find(|(word, ..)| text == *word) {
        Some((_, style, locations)) if locations.contains(&location) => *style,
        Some(_) => {
            reader.report(
                &codes::STYLE_MISPLACED,
                &place,
                format!("the style `{text}` is not for this location"),
            );
            default
        }
        None => {
            reader.report(
                &codes::VALUE_UNKNOWN,
                &place,
                format!("there is no style `{text}`"),
            );
            default
        }
    }
}

/// A style by its word, for encodings.
pub(super) fn style_of(word: &str) -> Option<Style> {
    STYLES
        .iter()
        .find(|(known, ..)| word == *known)
        .map(|(_, style, _)| *style)
}
