//! The keys of what a mock makes.

use bindery_spec::Value;
use bindery_spec::model::{Location, SchemaId, Type};

use super::memory::Asked;
use super::thing::with;
use crate::state::{Resource, prefixes, types};
use crate::synthesize::{LONG, matching};
use crate::validate::{Contract, Direction};
use crate::wire::scalar_text;

/// A key of the kind that the document's answers have, another one for each number.
pub(super) fn fresh(
    asked: &Asked<'_>,
    resource: &Resource,
    (body, at): (&Value, &str),
    number: u64,
) -> Option<Value> {
    let usual = body.pointer(at)?;
    let schema = schema(asked.contract, resource);
    let alike = |key: &Value| key.is_number() == usual.is_number();
    let valid = |key: &Value| schema.is_none_or(|schema| is_taken(asked.contract, schema, key));
    let shown = |key: &Value| {
        let mut body = body.clone();
        if let Some(slot) = body.pointer_mut(at) {
            *slot = key.clone();
        }
        with(asked, &body).is_some()
    };
    // Either may be the only one that says what keys are like.
    let described = [schema, answered(asked, at)];
    let mut all = candidates(asked.contract, &described, number);
    all.find(|key| alike(key) && valid(key) && shown(key))
}

/// The number, and texts with it; where there is a pattern, a text that matches it.
fn candidates(
    contract: &Contract,
    schemas: &[Option<SchemaId>],
    number: u64,
) -> impl Iterator<Item = Value> {
    let plain = [
        number.into(),
        Value::String(number.to_string()),
        format!("00000000-0000-4000-8000-{number:012x}").into(),
        format!("key{number}").into(),
    ];
    let described = schemas.iter().flatten();
    let patterned = described.filter_map(move |schema| by_pattern(contract, *schema, number));
    plain.into_iter().chain(patterned)
}

/// A key of a pattern, another one for each number.
fn by_pattern(contract: &Contract, schema: SchemaId, number: u64) -> Option<Value> {
    let shapes = contract.shapes(&[schema]);
    let shape = shapes.iter().find(|shape| !shape.patterns.is_empty())?;
    let length = (shape.length.least, shape.length.most.unwrap_or(u64::MAX));
    let random = fastrand::Rng::with_seed(number);
    matching(&shape.patterns[0], LONG, length, &random).map(Value::String)
}

/// What the answer says of the key that stands at a place.
fn answered(asked: &Asked<'_>, at: &str) -> Option<SchemaId> {
    let operation = &asked.contract.api.operations[asked.index];
    let status = asked.usual.status().as_u16();
    let (_, whole) = crate::state::success(operation, &[status])?;
    crate::state::inside(&asked.contract.api.schemas, whole, at)
}

/// What the operations on one thing take for its key.
fn schema(contract: &Contract, resource: &Resource) -> Option<SchemaId> {
    let operations = resource.operations();
    let mut of_one = operations
        .iter()
        .filter(|(what, _)| !["create", "list"].contains(what));
    let (_, index) = of_one.next()?;
    let operation = &contract.api.operations[*index];
    // Its name may be another one where the path goes on below the thing.
    let (name, _) = prefixes(&operation.path).pop()?;
    operation.parameter(Location::Path, name)?.schema()
}

/// Whether a path takes a key, in which a number is a text as well.
fn is_taken(contract: &Contract, schema: SchemaId, key: &Value) -> bool {
    let texts = types(&contract.api.schemas, &[schema]).contains(&Type::String);
    let text = scalar_text(key).filter(|_| texts).map(Value::String);
    contract.is_valid(schema, Direction::Request, text.as_ref().unwrap_or(key))
}
