//! Multipart bodies: which of their strings are files.

use std::collections::BTreeSet;

use bindery_spec::Api;
use bindery_spec::model::{self, Schema, SchemaId, Schemas};

use super::content::{choose, codec};
use crate::ir::{Codec, Type};
use crate::lower::schema::constrain::constraints;
use crate::lower::schema::types::Types;
use crate::lower::schema::view::{Part, View};
use crate::lower::typed::Typed;

/// The schemas that are multipart bodies with files, and nothing else.
pub(in crate::lower) fn bodies(api: &Api) -> BTreeSet<SchemaId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| choose(&operation.body.as_ref()?.content));
    let bodies: BTreeSet<_> = bodies
        .filter(|m| codec(&m.name) == Codec::Multipart)
        .filter_map(|media_type| media_type.schema)
        .collect();
    let elsewhere = referenced(&api.schemas, &bodies);
    let targets = bodies.iter().map(|id| api.schemas.target(*id));
    let has_files = |id: &SchemaId| has_files(&View::of(&api.schemas, &[Part::from(*id)]));
    targets
        .filter(|id| !elsewhere.contains(id) && has_files(id))
        .collect()
}

/// What schemas refer to, other than those of the bodies themselves.
fn referenced(schemas: &Schemas, bodies: &BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
    let others = schemas.iter().filter(|(id, _)| !bodies.contains(id));
    others
        .filter_map(|(_, schema)| Some(schema.reference.as_ref()?.target))
        .collect()
}

/// Whether an object has a property that is a file when it is sent in parts.
pub(in crate::lower) fn has_files(view: &View) -> bool {
    let properties = view.properties();
    properties
        .values()
        .any(|ids| file(view.schemas, ids).is_some())
}

/// A property of a multipart body that is a file, or a list of files.
pub(in crate::lower) fn lower_file(types: &Types, ids: &[SchemaId]) -> Option<Typed> {
    let ty = file(types.schemas, ids)?;
    let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
    Some(Typed {
        nullable: types.view(&parts).is_nullable(),
        constraints: constraints(types, &parts, &ty),
        ty,
    })
}

fn file(schemas: &Schemas, ids: &[SchemaId]) -> Option<Type> {
    let view = |ids: &[SchemaId]| {
        let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
        View::of(schemas, &parts)
    };
    let is_file = |view: &View| {
        let listed = view.values().is_some();
        view.types() == [model::Type::String] && !listed && view.schemas().any(Schema::is_file)
    };
    let own = view(ids);
    if is_file(&own) {
        return Some(Type::File);
    }
    let is_list = own.types() == [model::Type::Array] && is_file(&view(&own.items()));
    is_list.then(|| Type::List(Box::new(Type::File)))
}
