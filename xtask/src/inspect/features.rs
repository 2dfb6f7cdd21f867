//! What a document uses of the standard, and how often.

use std::collections::BTreeMap;

use bindery_spec::model::{
    Api, MediaType, Operation, Parameter, ParameterFormat, Schema, Schemas, Status,
};
use serde::Serialize;

/// How often something is used, by its name.
pub(super) type Counts = BTreeMap<String, usize>;

/// What is used of the standard.
#[derive(Debug, Default, Serialize)]
pub(super) struct Features {
    /// The keywords of JSON Schema that ask more of a tool than types and properties do.
    pub(super) keywords: Counts,
    /// The values of `format`.
    pub(super) formats: Counts,
    /// The media types of requests.
    pub(super) requests: Counts,
    /// The media types of responses.
    pub(super) responses: Counts,
    /// The declared statuses.
    pub(super) statuses: Counts,
    /// The places and styles of parameters.
    pub(super) parameters: Counts,
    /// Links and callbacks.
    pub(super) others: Counts,
}

impl Features {
    /// Counts what a document uses.
    pub(super) fn of(api: &Api) -> Self {
        let mut features = Self::default();
        features.schemas(&api.schemas);
        for operation in api.operations.iter().chain(&api.webhooks) {
            features.operation(operation);
        }
        features
    }

    fn schemas(&mut self, schemas: &Schemas) {
        for (_, schema) in schemas.iter() {
            for (keyword, used) in keywords(schema) {
                if used {
                    count(&mut self.keywords, keyword);
                }
            }
            if let Some(format) = &schema.format {
                count(&mut self.formats, format);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            count(&mut self.parameters, &spelling(parameter));
        }
        let body = operation.body.iter().flat_map(|body| &body.content);
        media_types(&mut self.requests, body);
        for response in &operation.responses {
            count(&mut self.statuses, &status(response.status));
            media_types(&mut self.responses, &response.content);
            for _ in &response.links {
                count(&mut self.others, "link");
            }
        }
        for callback in &operation.callbacks {
            count(&mut self.others, "callback");
            for operation in &callback.operations {
                self.operation(operation);
            }
        }
    }
}

fn media_types<'m>(counts: &mut Counts, content: impl IntoIterator<Item = &'m MediaType>) {
    for media in content {
        count(counts, &media.name);
    }
}

fn count(counts: &mut Counts, name: &str) {
    *counts.entry(name.to_owned()).or_default() += 1;
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn spelling(parameter: &Parameter) -> String {
    let location = parameter.location;
    match &parameter.format {
        ParameterFormat::Style { style, explode, .. } => {
            let explode = if *explode { ", exploded" } else { "" };
            format!("{location:?}, {style:?}{explode}").to_lowercase()
        }
        ParameterFormat::Content(content) => {
            format!("{location:?}, ").to_lowercase() + &content.name
        }
    }
}

/// The keywords that a schema may use, each with whether it does.
fn keywords(schema: &Schema) -> [(&'static str, bool); 21] {
    [
        ("$dynamicRef", schema.dynamic_reference.is_some()),
        (
            "additionalProperties",
            schema.additional_properties.is_some(),
        ),
        ("allOf", !schema.all_of.is_empty()),
        ("anyOf", !schema.any_of.is_empty()),
        ("const", schema.constant.is_some()),
        ("contains", schema.contains.is_some()),
        ("contentSchema", schema.content_schema.is_some()),
        ("dependentRequired", !schema.dependent_required.is_empty()),
        ("dependentSchemas", !schema.dependent_schemas.is_empty()),
        ("discriminator", schema.discriminator.is_some()),
        ("enum", schema.values.is_some()),
        ("if", schema.condition.is_some()),
        ("not", schema.not.is_some()),
        ("oneOf", !schema.one_of.is_empty()),
        ("pattern", schema.pattern.is_some()),
        ("patternProperties", !schema.pattern_properties.is_empty()),
        ("prefixItems", !schema.prefix_items.is_empty()),
        ("propertyNames", schema.property_names.is_some()),
        ("unevaluatedItems", schema.unevaluated_items.is_some()),
        (
            "unevaluatedProperties",
            schema.unevaluated_properties.is_some(),
        ),
        ("xml", schema.xml.is_some()),
    ]
}
