//! Defaults and examples are values that their schemas allow (OpenAPI 3.1 §4.8.14, JSON Schema 2020-12 Validation §9).

use std::collections::BTreeSet;

use super::allow::find_mismatch;
use super::operations;
use crate::diagnostic::{Code, codes};
use crate::model::{Example, Header, MediaType, Operation, Parameter, ParameterFormat, SchemaId};
use crate::source::Place;
use crate::{Api, Diagnostics, Value};

/// Reports defaults that their own schemas refuse.
pub(super) fn check_defaults(api: &Api, sink: &mut Diagnostics) {
    for (id, schema) in api.schemas.iter() {
        if let Some(default) = &schema.default {
            check_value(
                api,
                id,
                default,
                (&codes::DEFAULT_MISMATCH, &schema.place.child("default")),
                sink,
            );
        }
    }
}

/// Reports examples of schemas, parameters, headers and bodies that the schemas refuse.
pub(super) fn check_examples(api: &Api, sink: &mut Diagnostics) {
    for (id, schema) in api.schemas.iter() {
        for (index, example) in schema.examples.iter().enumerate() {
            let at = example_place(&schema.place, index, api.version);
            check_value(api, id, example, (&codes::EXAMPLE_MISMATCH, &at), sink);
        }
    }
    // What several operations refer to is looked at once.
    let mut seen = BTreeSet::new();
    for operation in operations::all(api) {
        for (schema, example) in examples(operation) {
            let Some(value) = &example.value else {
                continue;
            };
            if seen.insert((schema, &example.place)) {
                check_value(
                    api,
                    schema,
                    value,
                    (&codes::EXAMPLE_MISMATCH, &example.place),
                    sink,
                );
            }
        }
    }
}

fn check_value(
    api: &Api,
    schema: SchemaId,
    value: &Value,
    (code, at): (&Code, &Place),
    sink: &mut Diagnostics,
) {
    if let Some(mismatch) = find_mismatch(&api.schemas, schema, value) {
        let diagnostic = code.at(at, mismatch.message);
        sink.push(diagnostic.related("this refuses it", &mismatch.schema));
    }
}

/// The first example of a schema may be its `example`, which the model does not tell apart.
fn example_place(schema: &Place, index: usize, version: crate::model::Version) -> Place {
    if version < crate::model::Version::V3_1 {
        schema.child("example")
    } else {
        schema.child("examples").child(index)
    }
}

/// The examples of an operation with the schemas that they belong to.
fn examples(operation: &Operation) -> Vec<(SchemaId, &Example)> {
    let mut found = Vec::new();
    for parameter in &operation.parameters {
        add_parameter(parameter, &mut found);
    }
    let bodies = operation.body.iter().flat_map(|body| &body.content);
    let responses = operation.responses.iter();
    for content in bodies.chain(responses.clone().flat_map(|response| &response.content)) {
        add_content(content, &mut found);
    }
    for header in responses.flat_map(|response| &response.headers) {
        add_header(header, &mut found);
    }
    found
}

fn add_parameter<'a>(parameter: &'a Parameter, found: &mut Vec<(SchemaId, &'a Example)>) {
    add_format(&parameter.format, &parameter.examples, found);
}

fn add_header<'a>(header: &'a Header, found: &mut Vec<(SchemaId, &'a Example)>) {
    add_format(&header.format, &header.examples, found);
}

fn add_format<'a>(
    format: &'a ParameterFormat,
    examples: &'a [Example],
    found: &mut Vec<(SchemaId, &'a Example)>,
) {
    match format {
        ParameterFormat::Style { schema, .. } => {
            found.extend(examples.iter().map(|example| (*schema, example)));
        }
        ParameterFormat::Content(content) => add_content(content, found),
    }
}

/// Only of JSON is the example the value itself; of other media types it may be their text.
fn add_content<'a>(content: &'a MediaType, found: &mut Vec<(SchemaId, &'a Example)>) {
    let essence = content.name.split(';').next().unwrap_or_default().trim();
    let is_json = essence == "application/json" || essence.ends_with("+json");
    if let Some(schema) = content.schema.filter(|_| is_json) {
        found.extend(content.examples.iter().map(|example| (schema, example)));
    }
}
