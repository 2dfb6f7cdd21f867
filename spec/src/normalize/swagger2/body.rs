//! The request body: Swagger 2.0 makes it of a `body` parameter, or of `formData` parameters.

use indexmap::IndexMap;

use super::super::reader::Reader;
use super::DEFAULT;
use super::parameter::style;
use crate::diagnostic::codes;
use crate::model::{Body, Encoding, Location, MediaType, Schema, Type};
use crate::resolve::Node;
use crate::source::Place;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Reads the body of an operation out of its own parameters and those of its path item.
pub(in super::super) fn read<'a>(
    reader: &mut Reader<'a>,
    operation: &Node<'a>,
    item: &Node<'a>,
    consumes: &[String],
) -> Option<Body> {
    let mut body = None;
    let mut fields = IndexMap::new();
    for owner in [item, operation] {
        for node in reader.items(owner, "parameters") {
            let Some(followed) = reader.follow(node) else {
                continue;
            };
            match followed.node.str("in") {
                Some("body") => body = Some(followed),
                Some("formData") => {
                    let name = followed.node.str("name").unwrap_or_default().to_owned();
                    fields.insert(name, followed.node);
                }
                _ => {}
            }
        }
    }
    if let (Some(body), Some((_, field))) = (&body, fields.first()) {
        let message = "an operation has either a body or form fields; the fields are left out";
        let found = codes::BODY_AMBIGUOUS.at(&field.place, message);
        reader.push(found.related("the body", &body.node.place));
    }
    match body {
        Some(followed) => Some(whole(reader, followed.name, &followed.node, consumes)),
        None if fields.is_empty() => None,
        None => Some(form(reader, &operation.place, &fields, consumes)),
    }
}

/// The body of a `body` parameter.
fn whole<'a>(
    reader: &mut Reader<'a>,
    name: Option<String>,
    node: &Node<'a>,
    consumes: &[String],
) -> Body {
    let schema = node.get("schema").map(|schema| reader.schema(schema));
    let default = [DEFAULT.to_owned()];
    let types = if consumes.is_empty() {
        &default
    } else {
        consumes
    };
    Body {
        name,
        description: reader.text(node, "description"),
        required: reader.flag(node, "required").unwrap_or_default(),
        content: types
            .iter()
            .map(|name| MediaType {
                schema,
                ..MediaType::new(name, &node.place)
            })
            .collect(),
        place: node.place.clone(),
    }
}

/// The body of `formData` parameters: an object with a property for each.
fn form<'a>(
    reader: &mut Reader<'a>,
    operation: &Place,
    fields: &IndexMap<String, Node<'a>>,
    consumes: &[String],
) -> Body {
    let place = operation.child("parameters");
    let mut schema = Schema::new(place.clone());
    schema.types = vec![Type::Object];
    let mut encoding = IndexMap::new();
    for (name, node) in fields {
        let property = reader.simple_schema(node);
        schema.properties.insert(name.clone(), property);
        if reader.flag(node, "required") == Some(true) {
            schema.required.push(name.clone());
        }
        // Without a `collectionFormat`, the items of an array are separated by commas.
        if node.str("type") == Some("array") {
            encoding.insert(name.clone(), encoding_of(reader, node));
        }
    }
    let required = !schema.required.is_empty();
    let schema = Some(reader.made_schema(schema));
    let has_file = fields.values().any(|node| node.str("type") == Some("file"));
    Body {
        name: None,
        description: None,
        required,
        content: form_types(consumes, has_file)
            .into_iter()
            .map(|name| MediaType {
                schema,
                encoding: encoding.clone(),
                ..MediaType::new(name, &place)
            })
            .collect(),
        place,
    }
}

fn encoding_of<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Encoding {
    let (style, explode) = style(reader, node, Location::Query);
    Encoding {
        style: Some(style),
        explode: Some(explode),
        ..Encoding::new(&node.place)
    }
}

/// The media types of a form; a file needs multipart (Swagger 2.0, Parameter Object, `type`).
fn form_types(consumes: &[String], has_file: bool) -> Vec<&str> {
    let is_form = |name: &&str| *name == MULTIPART || (*name == FORM && !has_file);
    let stated: Vec<_> = consumes
        .iter()
        .map(String::as_str)
        .filter(is_form)
        .collect();
    match (stated.is_empty(), has_file) {
        (false, _) => stated,
        (true, true) => vec![MULTIPART],
        (true, false) => vec![FORM],
    }
}
