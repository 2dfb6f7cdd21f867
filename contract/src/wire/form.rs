//! Form bodies: `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.15.1).

use bindery_spec::Value;
use bindery_spec::model::{Encoding, MediaType, Style, Type};
use serde_json::Map;

use super::{Pair, Spelling, encode_query, percent, query_pairs, scalar_text, split_query};
use crate::validate::{Contract, Direction};

/// Encodes an object; `None` for values that are no object.
pub(crate) fn encode(media: &MediaType, value: &Value) -> Option<String> {
    let pairs = value.as_object()?.iter().flat_map(|(name, value)| {
        encode_query(
            spelling(name, media.encoding.get(name)),
            &spell(media, name, value),
        )
    });
    Some(pairs.collect::<Vec<_>>().join("&"))
}

/// Decodes a form by the schema of the media type; `None` for what is no form.
pub(crate) fn decode(
    contract: &Contract,
    media: &MediaType,
    bytes: &[u8],
    direction: Direction,
) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let pairs = query_pairs(text);
    pairs
        .iter()
        .all(|pair| percent::decode_query(&pair.value).is_some())
        .then(|| read(contract, media, &pairs, direction))
}

fn read(contract: &Contract, media: &MediaType, pairs: &[Pair], direction: Direction) -> Value {
    let shape = media
        .schema
        .and_then(|schema| contract.shapes(&[schema]).first().cloned())
        .unwrap_or_default();
    let mut object = Map::new();
    for (name, schemas) in &shape.properties {
        let spelling = spelling(name, media.encoding.get(name));
        let value = schemas.first().and_then(|schema| {
            let split = |kind: super::Kind<'_>| split_query(spelling, kind, pairs);
            contract
                .read_parameter(*schema, direction, &split)
                .map(|value| (*schema, value))
        });
        if let Some((schema, value)) = value {
            object.insert(
                name.clone(),
                parse_nested(contract, schema, direction, value),
            );
        }
    }
    for pair in pairs {
        let base = pair.name.split('[').next().unwrap_or_default();
        if !object.contains_key(base) {
            let text = percent::decode_query(&pair.value).unwrap_or_default();
            let value = contract.read_scalar(&shape.additional, direction, &text);
            object.insert(pair.name.clone(), value);
        }
    }
    Value::Object(object)
}

/// An object in a form is a JSON text unless a style is stated (OpenAPI 3.1 §4.8.15.1, `contentType`).
fn spell(media: &MediaType, name: &str, value: &Value) -> Value {
    let stated = media
        .encoding
        .get(name)
        .is_some_and(|encoding| encoding.style.is_some());
    match value {
        Value::Object(_) if !stated => Value::String(value.to_string()),
        Value::Array(items) => items
            .iter()
            .map(|item| scalar_text(item).unwrap_or_else(|| item.to_string()))
            .collect(),
        _ => value.clone(),
    }
}

/// Undoes [`spell`] where the schema wants an object and the form has its JSON text.
pub(super) fn parse_nested(
    contract: &Contract,
    schema: bindery_spec::model::SchemaId,
    direction: Direction,
    value: Value,
) -> Value {
    let shapes = contract.shapes(&[schema]);
    let parse = |text: &Value| {
        text.as_str()
            .and_then(|text| serde_json::from_str::<Value>(text).ok())
    };
    let nested = match &value {
        Value::String(_) if shapes.iter().any(|shape| shape.allows(Type::Object)) => parse(&value),
        Value::Array(items) => items.iter().map(parse).collect(),
        _ => None,
    };
    match nested {
        Some(nested) if contract.is_valid(schema, direction, &nested) || value.is_string() => {
            nested
        }
        _ => value,
    }
}

fn spelling<'a>(name: &'a str, encoding: Option<&Encoding>) -> Spelling<'a> {
    let style = encoding
        .and_then(|encoding| encoding.style)
        .unwrap_or(Style::Form);
    Spelling {
        name,
        style,
        explode: encoding
            .and_then(|encoding| encoding.explode)
            .unwrap_or(style == Style::Form),
        allow_reserved: encoding.is_some_and(|encoding| encoding.allow_reserved),
    }
}
