//! Whether a schema allows a value, as far as defaults and examples need it.
//!
//! Small on purpose: formats, patterns and what is unevaluated are not looked at, and a value that costs too much to
//! decide on is taken as allowed. The contract tester has a full validator.

use std::cmp::Ordering;

use serde_json::{Map, Number};

use crate::Value;
use crate::model::{Schema, SchemaId, Schemas, Type};
use crate::source::Place;

/// How deep schemas and values are followed.
const DEPTH: usize = 64;

/// How many schemas are compared for one value, before it is taken as allowed.
const BUDGET: usize = 20_000;

/// Why a value is not allowed.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// What is wrong, and where in the value.
    pub(super) message: String,
    /// The schema that says so.
    pub(super) schema: Place,
}

/// The first reason for which a schema refuses a value; `None` when it allows the value or that is not known.
pub(super) fn find_mismatch(
    schemas: &Schemas,
    schema: SchemaId,
    value: &Value,
) -> Option<Mismatch> {
    let mut search = Search {
        schemas,
        budget: BUDGET,
        path: String::new(),
    };
    search.find(schema, value, 0)
}

/// Whether the `type` of a schema allows a value; a schema without a type allows all.
pub(super) fn allows_type(schema: &Schema, value: &Value) -> bool {
    schema.types.is_empty() || schema.types.iter().any(|kind| is_of_type(*kind, value))
}

/// What messages call the type of a value.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if is_integer(number) => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Compares numbers, exactly where both are integers.
pub(super) fn compare(left: &Number, right: &Number) -> Ordering {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

struct Search<'a> {
    schemas: &'a Schemas,
    budget: usize,
    /// The JSON Pointer in the value.
    path: String,
}

impl Search<'_> {
    fn find(&mut self, id: SchemaId, value: &Value, depth: usize) -> Option<Mismatch> {
        if depth > DEPTH || self.budget == 0 {
            return None;
        }
        self.budget -= 1;
        let schemas = self.schemas;
        let schema = &schemas[id];
        if let Some(reason) = refusal(schemas, schema, value) {
            return Some(self.mismatch(schema, &reason));
        }
        self.find_in_parts(schema, value, depth)
            .or_else(|| self.find_in_union(schema, value, depth))
            .or_else(|| match value {
                Value::Object(map) => self.find_in_object(schema, map, depth),
                Value::Array(items) => self.find_in_array(schema, items, depth),
                _ => None,
            })
    }

    fn find_in_parts(&mut self, schema: &Schema, value: &Value, depth: usize) -> Option<Mismatch> {
        let target = schema.reference.as_ref().map(|reference| reference.target);
        let mut parts = target.iter().chain(&schema.all_of);
        parts.find_map(|part| self.find(*part, value, depth + 1))
    }

    /// No variant allows it. That several variants of `oneOf` do is too often the documents' way to be held against them.
    fn find_in_union(&mut self, schema: &Schema, value: &Value, depth: usize) -> Option<Mismatch> {
        for variants in [&schema.one_of, &schema.any_of] {
            let refuses = |id: &SchemaId| self.find(*id, value, depth + 1).is_some();
            if !variants.is_empty() && variants.iter().all(refuses) {
                return Some(self.mismatch(schema, "is allowed by no variant"));
            }
        }
        None
    }

    fn find_in_object(
        &mut self,
        schema: &Schema,
        map: &Map<String, Value>,
        depth: usize,
    ) -> Option<Mismatch> {
        map.iter().find_map(|(name, value)| {
            let declared = schema.properties.get(name).copied();
            let is_free = declared.is_none() && schema.pattern_properties.is_empty();
            let other = schema.additional_properties.filter(|_| is_free);
            self.find_below(name, declared.or(other)?, value, depth)
        })
    }

    fn find_in_array(
        &mut self,
        schema: &Schema,
        items: &[Value],
        depth: usize,
    ) -> Option<Mismatch> {
        items.iter().enumerate().find_map(|(index, value)| {
            let own = schema.prefix_items.get(index).copied().or(schema.items)?;
            self.find_below(&index.to_string(), own, value, depth)
        })
    }

    fn find_below(
        &mut self,
        key: &str,
        schema: SchemaId,
        value: &Value,
        depth: usize,
    ) -> Option<Mismatch> {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(key);
        let found = self.find(schema, value, depth + 1);
        self.path.truncate(length);
        found
    }

    fn mismatch(&self, schema: &Schema, reason: &str) -> Mismatch {
        let subject = match self.path.as_str() {
            "" => "the value".to_owned(),
            path => format!("the value at `{path}`"),
        };
        Mismatch {
            message: format!("{subject} {reason}"),
            schema: schema.place.clone(),
        }
    }
}

/// Why the keywords of one schema refuse a value, the schemas inside it aside.
fn refusal(schemas: &Schemas, schema: &Schema, value: &Value) -> Option<String> {
    if schema.boolean == Some(false) {
        return Some("is refused by the schema `false`".to_owned());
    }
    if !allows_type(schema, value) {
        return Some(format!(
            "is {}, which the `type` does not allow",
            type_name(value)
        ));
    }
    if schema
        .values
        .as_ref()
        .is_some_and(|values| !values.is_empty() && !has(values, value))
    {
        return Some(format!(
            "is `{}`, none of the values of `enum`",
            shorten(value)
        ));
    }
    if schema
        .constant
        .as_ref()
        .is_some_and(|constant| !is_same(constant, value))
    {
        return Some("is not the value of `const`".to_owned());
    }
    match value {
        Value::Number(number) => number_refusal(schema, number),
        Value::String(text) => {
            let length = text.chars().count() as u64;
            count_refusal(
                length,
                ("minLength", schema.min_length),
                ("maxLength", schema.max_length),
            )
        }
        Value::Array(items) => count_refusal(
            items.len() as u64,
            ("minItems", schema.min_items),
            ("maxItems", schema.max_items),
        ),
        Value::Object(map) => object_refusal(schemas, schema, map),
        Value::Null | Value::Bool(_) => None,
    }
}

fn number_refusal(schema: &Schema, number: &Number) -> Option<String> {
    let bounds = [
        ("minimum", &schema.minimum, Ordering::Less, false),
        (
            "exclusiveMinimum",
            &schema.exclusive_minimum,
            Ordering::Less,
            true,
        ),
        ("maximum", &schema.maximum, Ordering::Greater, false),
        (
            "exclusiveMaximum",
            &schema.exclusive_maximum,
            Ordering::Greater,
            true,
        ),
    ];
    bounds
        .into_iter()
        .find_map(|(key, bound, beyond, is_open)| {
            let bound = bound.as_ref()?;
            let order = compare(number, bound);
            let is_refused = order == beyond || (is_open && order == Ordering::Equal);
            is_refused.then(|| format!("is {number}, beyond `{key}` {bound}"))
        })
}

fn object_refusal(schemas: &Schemas, schema: &Schema, map: &Map<String, Value>) -> Option<String> {
    // A property of one direction may be absent in the other, and an example does not say which way it goes.
    let is_directed = |id: &SchemaId| schemas[*id].read_only || schemas[*id].write_only;
    let is_missing = |name: &&String| {
        !map.contains_key(*name) && !schema.properties.get(*name).is_some_and(is_directed)
    };
    if let Some(missing) = schema.required.iter().find(is_missing) {
        return Some(format!("lacks `{missing}`, which is required"));
    }
    let counts = (
        ("minProperties", schema.min_properties),
        ("maxProperties", schema.max_properties),
    );
    count_refusal(map.len() as u64, counts.0, counts.1)
}

fn count_refusal(
    count: u64,
    low: (&str, Option<u64>),
    high: (&str, Option<u64>),
) -> Option<String> {
    if let Some(bound) = low.1.filter(|bound| count < *bound) {
        return Some(format!("has {count}, fewer than `{}` {bound}", low.0));
    }
    let bound = high.1.filter(|bound| count > *bound)?;
    Some(format!("has {count}, more than `{}` {bound}", high.0))
}

fn is_of_type(kind: Type, value: &Value) -> bool {
    match (kind, value) {
        (Type::Null, Value::Null)
        | (Type::Boolean, Value::Bool(_))
        | (Type::Number, Value::Number(_))
        | (Type::String, Value::String(_))
        | (Type::Array, Value::Array(_))
        | (Type::Object, Value::Object(_)) => true,
        (Type::Integer, Value::Number(number)) => is_integer(number),
        _ => false,
    }
}

/// A number without a fraction is an integer, however it is written (JSON Schema 2020-12 Validation §6.1.1).
fn is_integer(number: &Number) -> bool {
    number.as_i128().is_some() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn has(values: &[Value], value: &Value) -> bool {
    values.iter().any(|allowed| is_same(allowed, value))
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare(left, right) == Ordering::Equal,
        _ => left == right,
    }
}

/// A value as messages show it.
fn shorten(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
