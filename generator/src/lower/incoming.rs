//! What an API sends by itself: the types of webhooks and callbacks, which travel the other way.

use std::collections::BTreeSet;

use bindery_spec::Api;
use bindery_spec::model::{MediaType, Schema, SchemaId, Schemas};

use super::received;
use super::types::Types;

/// The items that answer what the API sends by itself, and those that it sends.
pub(super) fn incoming(api: &Api, types: &Types) -> (Vec<usize>, Vec<usize>) {
    let requests = received::all(api);
    let requests = || requests.iter().map(|(_, request)| *request);
    let answers = requests()
        .flat_map(|request| &request.responses)
        .flat_map(|response| &response.content);
    let bodies = requests().filter_map(|request| request.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.content);
    (items(answers, types), items(bodies, types))
}

/// The items that stand for schemas which values of the media types are made of.
fn items<'a>(content: impl Iterator<Item = &'a MediaType>, types: &Types) -> Vec<usize> {
    let reached = reach(types.schemas, content.filter_map(|own| own.schema));
    let made = types.parts.iter().enumerate();
    made.filter(|(_, parts)| parts.iter().all(|part| reached.contains(&part.id)))
        .map(|(index, _)| index)
        .collect()
}

fn reach(schemas: &Schemas, roots: impl Iterator<Item = SchemaId>) -> BTreeSet<SchemaId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = roots.collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(inner(&schemas[id]));
        }
    }
    reached
}

/// The schemas that a value of a schema, or something inside it, is a value of.
fn inner(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let reference = schema.reference.iter().map(|reference| reference.target);
    let branches = [&schema.all_of, &schema.one_of, &schema.any_of];
    let branches = branches.into_iter().flatten().copied();
    let items = schema.prefix_items.iter().copied().chain(schema.items);
    let declared = [
        &schema.properties,
        &schema.pattern_properties,
        &schema.dependent_schemas,
    ];
    let declared = declared.into_iter().flat_map(|own| own.values().copied());
    reference
        .chain(branches)
        .chain(items)
        .chain(declared)
        .chain(schema.additional_properties)
}
