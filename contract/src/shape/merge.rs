//! Folds the keywords of several nodes into one shape.

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas, Type};
use serde_json::Number;

use super::{Bound, Contained, Range, Shape};
use crate::synthesize::is_match;
use crate::validate::export::integer_range;

/// The shape of nodes that hold at once, with these tags, and with these properties there.
pub(super) fn merge(
    schemas: &Schemas,
    nodes: Vec<SchemaId>,
    tags: Vec<(String, Value)>,
    needed: Vec<String>,
) -> Shape {
    let mut shape = Shape {
        tags,
        required: needed,
        ..Shape::default()
    };
    let mut unevaluated = Vec::new();
    for id in &nodes {
        let schema = &schemas[*id];
        unevaluated.extend(schema.unevaluated_items);
        shape.impossible |= schema.boolean == Some(false);
        general(&mut shape, schema);
        text_and_number(&mut shape, schema);
        array(&mut shape, schema);
        object(&mut shape, schema, schemas);
    }
    if shape.items.is_empty() {
        shape.items = unevaluated;
    }
    by_pattern(&mut shape);
    shape.nodes = nodes;
    shape.impossible |= shape.types.as_ref().is_some_and(Vec::is_empty);
    shape.impossible |= shape.values.as_ref().is_some_and(Vec::is_empty);
    shape
}

fn general(shape: &mut Shape, schema: &Schema) {
    if !schema.types.is_empty() {
        shape.types = Some(match shape.types.take() {
            None => schema.types.clone(),
            Some(types) => common_types(&types, &schema.types),
        });
    }
    let constant = schema.constant.clone().map(|value| vec![value]);
    for values in schema.values.clone().into_iter().chain(constant) {
        shape.values = Some(match shape.values.take() {
            None => values,
            Some(known) => known
                .into_iter()
                .filter(|value| values.contains(value))
                .collect(),
        });
    }
    shape.samples.extend(schema.examples.iter().cloned());
    shape.samples.extend(schema.default.clone());
    shape.format = shape.format.take().or_else(|| schema.format.clone());
}

fn common_types(left: &[Type], right: &[Type]) -> Vec<Type> {
    let has = |types: &[Type], kind| {
        types.contains(&kind) || (kind == Type::Integer && types.contains(&Type::Number))
    };
    let mut common: Vec<Type> = left
        .iter()
        .copied()
        .filter(|kind| has(right, *kind))
        .collect();
    common.extend(
        right
            .iter()
            .copied()
            .filter(|kind| !left.contains(kind) && has(left, *kind)),
    );
    common
}

fn text_and_number(shape: &mut Shape, schema: &Schema) {
    narrow(&mut shape.length, schema.min_length, schema.max_length);
    shape.patterns.extend(schema.pattern.clone());
    let bound = |value: &Number, excluded, of_format| Bound {
        value: value.clone(),
        excluded,
        of_format,
    };
    let mut low = |bound| tighten(&mut shape.minimum, bound, false);
    let mut high = |bound| tighten(&mut shape.maximum, bound, true);
    let keyword = |value: &Option<Number>, excluded| {
        let value = value.as_ref();
        value.map(|value| bound(value, excluded, false))
    };
    keyword(&schema.minimum, false).map(&mut low);
    keyword(&schema.exclusive_minimum, true).map(&mut low);
    keyword(&schema.maximum, false).map(&mut high);
    keyword(&schema.exclusive_maximum, true).map(&mut high);
    if let Some((least, most)) = schema.format.as_deref().and_then(integer_range) {
        low(bound(&least.into(), false, true));
        high(bound(&most.into(), false, true));
    }
    let multiple = schema.multiple_of.as_ref().and_then(Number::as_f64);
    shape
        .multiples
        .extend(multiple.filter(|multiple| *multiple > 0.0));
}

fn array(shape: &mut Shape, schema: &Schema) {
    shape.items.extend(schema.items);
    if shape.prefix.is_empty() {
        shape.prefix.clone_from(&schema.prefix_items);
    }
    shape.contains.extend(schema.contains.map(|id| Contained {
        schema: id,
        least: schema.min_contains.unwrap_or(1),
        most: schema.max_contains,
    }));
    narrow(&mut shape.count, schema.min_items, schema.max_items);
    shape.unique |= schema.unique_items;
}

fn object(shape: &mut Shape, schema: &Schema, schemas: &Schemas) {
    for (name, id) in &schema.properties {
        shape.properties.entry(name.clone()).or_default().push(*id);
    }
    for (pattern, id) in &schema.pattern_properties {
        shape
            .pattern_properties
            .entry(pattern.clone())
            .or_default()
            .push(*id);
    }
    for name in &schema.required {
        if !shape.required.contains(name) {
            shape.required.push(name.clone());
        }
    }
    for rest in [schema.additional_properties, schema.unevaluated_properties]
        .into_iter()
        .flatten()
    {
        shape.additional.push(rest);
        shape.closed |= schemas[rest].boolean == Some(false);
    }
    shape.names.extend(schema.property_names);
    narrow(
        &mut shape.size,
        schema.min_properties,
        schema.max_properties,
    );
    for (name, others) in &schema.dependent_required {
        shape
            .dependent
            .entry(name.clone())
            .or_default()
            .extend(others.iter().cloned());
    }
}

/// What patterns say about declared properties holds beside what is declared.
fn by_pattern(shape: &mut Shape) {
    for (pattern, ids) in &shape.pattern_properties {
        for (name, own) in &mut shape.properties {
            if is_match(pattern, name) {
                own.extend(
                    ids.iter()
                        .filter(|id| !own.contains(id))
                        .copied()
                        .collect::<Vec<_>>(),
                );
            }
        }
    }
}

fn narrow(range: &mut Range, least: Option<u64>, most: Option<u64>) {
    range.least = range.least.max(least.unwrap_or(0));
    range.most = match (range.most, most) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
}

fn tighten(known: &mut Option<Bound>, bound: Bound, upper: bool) {
    let number = |bound: &Bound| bound.value.as_f64().unwrap_or(0.0);
    let tighter = known.as_ref().is_none_or(|known| {
        let (new, old) = (number(&bound), number(known));
        let inside = if upper { new < old } else { new > old };
        // Equal numbers as floats may still differ as integers; the one that excludes is never the wider.
        inside || ((new - old).abs() < f64::EPSILON && bound.excluded)
    });
    if tighter {
        *known = Some(bound);
    }
}
