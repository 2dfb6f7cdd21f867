//! What a schema says about values: by itself, beside its type, and by way of others.

use bindery_spec::Value;
use bindery_spec::model::{Schema, Type};

/// Whether a schema says anything about values, rather than only describing them.
pub(in crate::lower) fn states(schema: &Schema) -> bool {
    says(schema) || composes(schema)
}

/// Whether a schema says anything about values by itself.
pub(super) fn says(schema: &Schema) -> bool {
    schema.boolean.is_some() || states_type(schema) || implies(schema)
}

/// Whether a schema says anything about values beside its type.
pub(super) fn implies(schema: &Schema) -> bool {
    implied_type(schema).is_some()
        || schema.values.is_some()
        || schema.constant.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.not.is_some()
        || schema.condition.is_some()
        || schema.format.is_some()
}

pub(super) fn states_type(schema: &Schema) -> bool {
    !schema.types.is_empty()
        || schema.values.is_some()
        || schema.constant.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
}

pub(super) fn composes(schema: &Schema) -> bool {
    schema.reference.is_some()
        || schema.dynamic_reference.is_some()
        || !schema.all_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
}

pub(super) fn allows_null_by_name(schema: &Schema) -> bool {
    let listed = |values: &Vec<Value>| values.contains(&Value::Null) && schema.types.is_empty();
    schema.types.contains(&Type::Null) || schema.values.as_ref().is_some_and(listed)
}

pub(super) fn without_null(types: &[Type]) -> impl Iterator<Item = Type> {
    types.iter().copied().filter(|ty| *ty != Type::Null)
}

pub(super) fn intersect(left: &[Type], right: &[Type]) -> Vec<Type> {
    let pick = |ty: &Type| match ty {
        Type::Integer if right.contains(&Type::Number) => Some(Type::Integer),
        Type::Number if right.contains(&Type::Integer) => Some(Type::Integer),
        ty => right.contains(ty).then_some(*ty),
    };
    left.iter().filter_map(pick).collect()
}

pub(super) fn implied_type(schema: &Schema) -> Option<Type> {
    let object = !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty()
        || schema.property_names.is_some()
        || schema.unevaluated_properties.is_some()
        || !schema.dependent_required.is_empty()
        || !schema.dependent_schemas.is_empty()
        || schema.min_properties.is_some()
        || schema.max_properties.is_some();
    let array = schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.contains.is_some()
        || schema.unevaluated_items.is_some()
        || schema.min_items.is_some()
        || schema.max_items.is_some()
        || schema.unique_items;
    let string = schema.min_length.is_some()
        || schema.max_length.is_some()
        || schema.pattern.is_some()
        || schema.content_encoding.is_some();
    let number = schema.minimum.is_some()
        || schema.maximum.is_some()
        || schema.exclusive_minimum.is_some()
        || schema.exclusive_maximum.is_some()
        || schema.multiple_of.is_some();
    match (object, array, string, number) {
        (true, ..) => Some(Type::Object),
        (_, true, ..) => Some(Type::Array),
        (_, _, true, _) => Some(Type::String),
        (.., true) => Some(Type::Number),
        _ => None,
    }
}
