//! Path parameters that a path names and nothing declares.

use super::path::Item;
use super::reader::Reader;
use crate::diagnostic::codes;
use crate::model::{Location, Parameter, ParameterFormat, Schema, Style, Type};
use crate::resolve::Node;
use crate::source::Place;
use crate::template;

/// Adds a text parameter for each name of a path template that has none (OpenAPI 3.1 §4.8.8.2).
///
/// Webhooks and callbacks have no templates: their keys are names and runtime expressions.
pub(super) fn complete<'a>(
    reader: &mut Reader<'a>,
    operation: &Node<'a>,
    item: &Item<'a, '_>,
    mut parameters: Vec<Parameter>,
) -> Vec<Parameter> {
    if !item.is_path {
        return parameters;
    }
    for name in template::names(&item.path) {
        let is_declared =
            |known: &Parameter| known.location == Location::Path && known.name == name;
        if !parameters.iter().any(is_declared) {
            report(reader, &operation.place, &item.path, name);
            parameters.push(made_up(reader, &operation.place, name));
        }
    }
    parameters
}

fn report(reader: &mut Reader<'_>, at: &Place, path: &str, name: &str) {
    let message = format!("`{{{name}}}` of the path `{path}` is not among the parameters");
    let help = format!("declare a parameter `{name}` with `in: path` and `required: true`");
    reader.push(codes::PATH_PARAMETER_UNDECLARED.at(at, message).help(help));
}

fn made_up(reader: &mut Reader<'_>, place: &Place, name: &str) -> Parameter {
    let mut schema = Schema::new(place.clone());
    schema.types = vec![Type::String];
    Parameter {
        name: name.to_owned(),
        location: Location::Path,
        required: true,
        deprecated: false,
        description: None,
        allow_empty_value: false,
        format: ParameterFormat::Style {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            schema: reader.made_schema(schema),
        },
        examples: Vec::new(),
        extensions: crate::model::Extensions::new(),
        place: place.clone(),
    }
}
