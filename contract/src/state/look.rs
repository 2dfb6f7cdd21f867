//! What schemas say for certain: properties that every branch of a union has, and their types.

use bindery_spec::Value;
use bindery_spec::model::{MediaType, Operation, Response, SchemaId, Schemas, Status, Type};
use indexmap::IndexMap;

use super::attributes;
use crate::shape::{self, Shape};
use crate::validate::media::{self, Format};
use crate::validate::{Contract, Direction};

/// The properties of an object, with the schemas that hold for each.
pub(crate) type Properties = IndexMap<String, Vec<SchemaId>>;

/// The properties that a value has, whichever branch of its unions it is of; empty when it may be something else than
/// an object.
pub(crate) fn properties(schemas: &Schemas, ids: &[SchemaId]) -> Properties {
    common(shape::alternatives(schemas, ids))
}

/// The properties of one value: those of the branches that it can be of, by what they require and by their tags.
pub(crate) fn properties_of(schemas: &Schemas, ids: &[SchemaId], value: &Value) -> Properties {
    let mut shapes = shape::alternatives(schemas, ids);
    shapes.retain(|shape| !is_null(shape));
    let fits = |(name, ids): (&String, &Vec<SchemaId>)| {
        let Some(own) = value.get(name) else {
            return true;
        };
        let shapes = shape::alternatives(schemas, ids);
        let mut listed = shapes.iter().map(|shape| shape.values.as_ref());
        listed.any(|values| values.is_none_or(|values| values.contains(own)))
    };
    // What is only sent, or only answered, may be required as well.
    let is_one_way = |ids: &Vec<SchemaId>| {
        let mut nodes = shape::conjunction(schemas, ids).into_iter();
        nodes.any(|id| schemas[id].read_only || schemas[id].write_only)
    };
    let is_own = |shape: &Shape| {
        let mut required = shape.required.iter();
        let is_there = |name: &String| {
            value.get(name).is_some() || shape.properties.get(name).is_some_and(is_one_way)
        };
        required.all(is_there) && shape.properties.iter().all(fits)
    };
    if shapes.iter().any(is_own) {
        shapes.retain(is_own);
    }
    common(shapes)
}

/// The properties that all branches have.
fn common(shapes: Vec<Shape>) -> Properties {
    let is_object = |shape: &Shape| {
        shape
            .types
            .as_deref()
            .is_none_or(|types| types.contains(&Type::Object))
    };
    let mut shapes = shapes.into_iter().filter(|shape| !is_null(shape));
    let Some(first) = shapes.next().filter(is_object) else {
        return Properties::new();
    };
    let mut found = first.properties;
    for shape in shapes {
        found.retain(|name, _| shape.properties.contains_key(name));
    }
    found
}

/// Whether a branch is only `null`, and so says that there may be nothing.
fn is_null(shape: &Shape) -> bool {
    shape.types.as_deref() == Some(&[Type::Null])
}

/// The types that a value may have, but for null; empty when nothing is said.
pub(crate) fn types(schemas: &Schemas, ids: &[SchemaId]) -> Vec<Type> {
    let mut found = Vec::new();
    for shape in shape::alternatives(schemas, ids) {
        let implied = shape.values.iter().flatten().map(Type::of);
        let stated = shape.types.clone().unwrap_or_else(|| implied.collect());
        for kind in stated.into_iter().filter(|kind| *kind != Type::Null) {
            if !found.contains(&kind) {
                found.push(kind);
            }
        }
    }
    found
}

/// The default that is stated for a value, if it is one that may be sent.
pub(crate) fn default_of(contract: &Contract, ids: &[SchemaId]) -> Option<Value> {
    let schemas = &contract.api.schemas;
    let nodes = shape::conjunction(schemas, ids);
    let stated = nodes.iter().find_map(|id| schemas[*id].default.clone())?;
    let allows = |id: &SchemaId| contract.is_valid(*id, Direction::Request, &stated);
    ids.iter().all(allows).then_some(stated)
}

/// Whether a value is one text or one integer, and nothing else.
pub(crate) fn is_key(schemas: &Schemas, ids: &[SchemaId]) -> bool {
    let types = types(schemas, ids);
    let fits = |kind: &Type| matches!(kind, Type::String | Type::Integer);
    !types.is_empty() && types.iter().all(fits)
}

/// The schemas of the items of a list; empty when the value may be something else than a list.
pub(crate) fn items(schemas: &Schemas, ids: &[SchemaId]) -> Vec<SchemaId> {
    if types(schemas, ids) != [Type::Array] {
        return Vec::new();
    }
    let shapes = shape::alternatives(schemas, ids);
    let mut stating = shapes.into_iter().map(|shape| shape.items);
    stating.find(|items| !items.is_empty()).unwrap_or_default()
}

/// The first declared JSON of a success with one of these statuses, and its status.
pub(crate) fn success(operation: &Operation, statuses: &[u16]) -> Option<(u16, SchemaId)> {
    let mut declared = statuses.iter().filter_map(|status| {
        let response = answer(operation, *status)?;
        Some((*status, json(&response.content)?.1))
    });
    declared.next()
}

/// The only property of a body, where that is an envelope: an object that must be there, and of which the answer has as much
/// beside nothing that says what a thing is.
pub(crate) fn envelope(
    schemas: &Schemas,
    operation: &Operation,
    body: SchemaId,
) -> Option<(String, SchemaId)> {
    let outer = properties(schemas, &[body]);
    let (name, ids) = outer.first().filter(|_| outer.len() == 1)?;
    let required = shape::conjunction(schemas, &[body]);
    let mut required = required.iter().flat_map(|id| &schemas[*id].required);
    let inner = properties(schemas, ids);
    let whole = ids.len() == 1 && !inner.is_empty() && types(schemas, ids) == [Type::Object];
    if !whole || !required.any(|own| own == name) {
        return None;
    }
    let answer = success(operation, &[201, 200]);
    let answered = answer.map(|(_, schema)| properties(schemas, &[schema]));
    let fits = answered.is_none_or(|answered| match answered.get(name) {
        Some(_) => !answered.values().any(|ids| is_key(schemas, ids)),
        None => inner.keys().any(|own| answered.contains_key(own)),
    });
    fits.then(|| (name.clone(), ids[0]))
}

/// Where the fields stand in the body of an operation, and their schema: in the body itself, in its envelope, or in the
/// attributes there.
pub(crate) fn fields(
    schemas: &Schemas,
    operation: &Operation,
    body: SchemaId,
) -> (String, SchemaId) {
    let inner = envelope(schemas, operation, body);
    let inner = inner.map(|(name, inner)| (crate::validate::pointer_to(&name), inner));
    attributes::fields(schemas, inner.unwrap_or_else(|| (String::new(), body)))
}

/// Where the body that an operation takes has its fields, as a JSON Pointer, and their schema.
pub(super) fn fields_of(schemas: &Schemas, operation: &Operation) -> Option<(String, SchemaId)> {
    let (_, body) = written(schemas, &operation.body.as_ref()?.content)?;
    Some(fields(schemas, operation, body))
}

/// What stands at a pointer in what a schema describes.
pub(crate) fn inside(schemas: &Schemas, schema: SchemaId, pointer: &str) -> Option<SchemaId> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(schema, |schema, step| {
        let known = properties(schemas, &[schema]);
        let (_, ids) = known
            .iter()
            .find(|(name, _)| crate::validate::escape(name) == step)?;
        ids.first().copied()
    })
}

/// The declaration of a success, by its status.
pub(crate) fn answer(operation: &Operation, status: u16) -> Option<&Response> {
    let wanted = |own: Status| own == Status::Code(status) || own == Status::Range(2);
    let mut responses = operation.responses.iter();
    responses.find(|own| wanted(own.status))
}

/// Whether a media type is JSON. A patch in a language of its own is none.
pub(super) fn is_json(media: &MediaType) -> bool {
    media::format_of(&media.name) == Format::Json && !media.name.contains("json-patch")
}

/// The first JSON among media types: its index and its schema.
pub(crate) fn json(content: &[MediaType]) -> Option<(usize, SchemaId)> {
    first(content, is_json)
}

/// The first media type that is wanted and has a schema: its index and its schema.
fn first(content: &[MediaType], wanted: impl Fn(&MediaType) -> bool) -> Option<(usize, SchemaId)> {
    let mut known = content.iter().enumerate();
    known.find_map(|(index, media)| Some((index, media.schema.filter(|_| wanted(media))?)))
}

/// What bodies are made in: JSON, or else a form, which is what carries files: its index and its schema.
pub(crate) fn written(schemas: &Schemas, content: &[MediaType]) -> Option<(usize, SchemaId)> {
    let of = |wanted: &[Format]| {
        first(content, |media| {
            wanted.contains(&media::format_of(&media.name))
        })
    };
    let has_file = |(_, schema): &(usize, SchemaId)| {
        let properties = properties(schemas, &[*schema]);
        let mut all = properties.values();
        all.any(|ids| shape::file_type(schemas, ids).is_some())
    };
    let files = of(&[Format::Multipart]).filter(has_file);
    files
        .or_else(|| json(content))
        .or_else(|| of(&[Format::Form, Format::Multipart]))
}

/// The names of the write-only properties of a body.
pub(crate) fn write_only(schemas: &Schemas, schema: SchemaId) -> Vec<String> {
    let nodes = shape::conjunction(schemas, &[schema]);
    let properties = nodes.iter().flat_map(|id| &schemas[*id].properties);
    let secret = |id: SchemaId| {
        let nodes = shape::conjunction(schemas, &[id]);
        nodes.iter().any(|id| schemas[*id].write_only)
    };
    let found = properties.filter(|(_, id)| secret(**id));
    found.map(|(name, _)| name.clone()).collect()
}
