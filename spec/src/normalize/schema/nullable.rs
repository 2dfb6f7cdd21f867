//! OpenAPI 3.0's `nullable`, in the terms of JSON Schema: `null` is one of the allowed values.

use super::super::reader::Reader;
use crate::Value;
use crate::model::{Schema, SchemaId, Type};
use crate::source::Place;

/// Lets a schema allow `null` as its author meant, also where `nullable` stands beside no `type`.
pub(super) fn apply(reader: &mut Reader<'_>, mut schema: Schema) -> Schema {
    if let Some(values) = &mut schema.values
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if schema.types.is_empty() {
        schema.types = implied_types(&schema);
    }
    if !schema.types.is_empty() && !schema.types.contains(&Type::Null) {
        schema.types.push(Type::Null);
    }
    if let Some(constant) = schema.constant.take() {
        schema.values = Some(vec![constant, Value::Null]);
    }
    add_alternative(reader, schema)
}

/// The type of a schema that only has keywords of one type, which people write for that type.
fn implied_types(schema: &Schema) -> Vec<Type> {
    if !schema.properties.is_empty() || schema.additional_properties.is_some() {
        vec![Type::Object]
    } else if schema.items.is_some() {
        vec![Type::Array]
    } else {
        Vec::new()
    }
}

/// Adds `null` to what a schema refers to or is composed of.
fn add_alternative(reader: &mut Reader<'_>, mut schema: Schema) -> Schema {
    let place = schema.place.clone();
    if !schema.one_of.is_empty() {
        let null = null(reader, &place);
        schema.one_of.push(null);
    }
    if !schema.any_of.is_empty() {
        let null = null(reader, &place);
        schema.any_of.push(null);
    }
    if schema.reference.is_none() && schema.all_of.is_empty() {
        return schema;
    }
    let composed = Schema {
        reference: schema.reference.take(),
        all_of: std::mem::take(&mut schema.all_of),
        types: schema
            .types
            .iter()
            .copied()
            .filter(|kind| *kind != Type::Null)
            .collect(),
        properties: std::mem::take(&mut schema.properties),
        required: std::mem::take(&mut schema.required),
        additional_properties: schema.additional_properties.take(),
        discriminator: schema.discriminator.take(),
        ..Schema::new(place.clone())
    };
    let alternatives = vec![reader.made_schema(composed), null(reader, &place)];
    if schema.any_of.is_empty() {
        schema.any_of = alternatives;
    } else {
        // Both unions hold at once.
        let union = reader.made_schema(Schema {
            any_of: alternatives,
            ..Schema::new(place)
        });
        schema.all_of.push(union);
    }
    schema
}

fn null(reader: &mut Reader<'_>, place: &Place) -> SchemaId {
    reader.made_schema(Schema {
        types: vec![Type::Null],
        ..Schema::new(place.clone())
    })
}
