//! Multipart bodies: which of their strings are files.

use std::collections::BTreeSet;

use bindery_spec::Api;
use bindery_spec::model::{MediaType, SchemaId, Schemas};

use super::content::{choose, codec};
use super::view::{Part, View};
use crate::ir::Codec;

/// The schemas that are files: binary properties of objects that are multipart bodies and nothing else.
pub(super) fn files(api: &Api) -> BTreeSet<SchemaId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| choose(&operation.body.as_ref()?.content));
    let bodies: Vec<_> = bodies
        .filter(|m| codec(&m.name) == Codec::Multipart)
        .collect();
    let own: BTreeSet<_> = bodies
        .iter()
        .filter_map(|media_type| media_type.schema)
        .collect();
    let elsewhere = referenced(&api.schemas, &own);
    let mut files = BTreeSet::new();
    for schema in bodies
        .iter()
        .filter_map(|media_type| target(media_type, &api.schemas))
    {
        if elsewhere.contains(&schema) {
            continue;
        }
        let view = View::of(&api.schemas, &[Part::from(schema)]);
        for id in view.properties().into_values().flatten() {
            let item = api.schemas[id].items.unwrap_or(id);
            files.extend(api.schemas[item].is_file().then_some(item));
        }
    }
    files
}

fn target(media_type: &MediaType, schemas: &Schemas) -> Option<SchemaId> {
    Some(schemas.target(media_type.schema?))
}

/// What schemas refer to, other than those of the bodies themselves.
fn referenced(schemas: &Schemas, bodies: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let others = schemas.iter().filter(|(id, _)| !bodies.contains(id));
    others
        .filter_map(|(_, schema)| Some(schema.reference.as_ref()?.target))
        .collect()
}
