//! Discriminators name a property that the variants have (OpenAPI 3.1 §4.8.25).

use std::collections::BTreeSet;

use crate::diagnostic::codes;
use crate::model::{Schema, SchemaId, Schemas};
use crate::{Api, Diagnostics};

/// How many schemas a search for a property looks at, before it takes it for declared.
const BUDGET: usize = 64;

/// Reports variants of a union that do not declare the property that tells them apart.
pub(super) fn check_declared(api: &Api, sink: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter() {
        let stated = schema.discriminator.as_ref().map(|own| &own.property);
        // That it is missing has been said.
        let Some(property) = stated.filter(|property| !property.is_empty()) else {
            continue;
        };
        let beside = declares(&api.schemas, schema, property);
        for id in schema.one_of.iter().chain(&schema.any_of) {
            if !beside && !declares(&api.schemas, &api.schemas[*id], property) {
                let message =
                    format!("the discriminator `{property}` is no property of this variant");
                let at = &api.schemas[*id].place;
                sink.push(
                    codes::DISCRIMINATOR_UNDECLARED
                        .at(at, message)
                        .related(
                            "the discriminator is here",
                            &schema.place.child("discriminator"),
                        )
                        .help(format!(
                            "declare `{property}` among its properties, and require it"
                        )),
                );
            }
        }
    }
}

/// Whether a schema declares a property, by itself, by reference or by parts.
fn declares(schemas: &Schemas, schema: &Schema, property: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<SchemaId> = Vec::new();
    let mut next = Some(schema);
    while let Some(schema) = next {
        if schema.properties.contains_key(property) || seen.len() > BUDGET {
            return true;
        }
        todo.extend(schema.reference.as_ref().map(|reference| reference.target));
        todo.extend(&schema.all_of);
        // A variant that is a union itself declares the property where its own variants do.
        if !seen.is_empty() {
            todo.extend(schema.one_of.iter().chain(&schema.any_of));
        }
        todo.retain(|id| !seen.contains(id));
        let id = todo.pop();
        seen.extend(id);
        next = id.map(|id| &schemas[id]);
    }
    false
}
