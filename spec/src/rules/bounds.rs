//! Bounds of schemas that allow nothing (JSON Schema 2020-12 Validation §6.2 to §6.5).

use std::cmp::Ordering;

use serde_json::Number;

use super::allow::compare;
use crate::diagnostic::codes;
use crate::model::Schema;
use crate::{Api, Diagnostics};

/// A lower bound of a count, the upper bound, and the keywords of both.
type Counts = (
    &'static str,
    fn(&Schema) -> Option<u64>,
    &'static str,
    fn(&Schema) -> Option<u64>,
);

const COUNTS: &[Counts] = &[
    (
        "minLength",
        |schema| schema.min_length,
        "maxLength",
        |schema| schema.max_length,
    ),
    (
        "minItems",
        |schema| schema.min_items,
        "maxItems",
        |schema| schema.max_items,
    ),
    // Without `contains` the two say nothing; without `minContains` one item must match.
    (
        "minContains",
        |schema| schema.contains.and(schema.min_contains),
        "maxContains",
        |schema| schema.max_contains,
    ),
    (
        "minProperties",
        |schema| schema.min_properties,
        "maxProperties",
        |schema| schema.max_properties,
    ),
];

/// Reports lower bounds above upper bounds.
pub(super) fn check_bounds(api: &Api, sink: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter() {
        check_range(schema, sink);
        for (low_key, low, high_key, high) in COUNTS {
            if let Some((low, high)) = low(schema)
                .zip(high(schema))
                .filter(|(low, high)| low > high)
            {
                report(schema, (low_key, &low), (high_key, &high), "above", sink);
            }
        }
    }
}

/// Reports `multipleOf` that is not greater than 0.
pub(super) fn check_multiple(api: &Api, sink: &mut Diagnostics) {
    for (_, schema) in api.schemas.iter() {
        let wrong = schema
            .multiple_of
            .as_ref()
            .filter(|step| step.as_f64().is_none_or(|step| step <= 0.0));
        if let Some(step) = wrong {
            let message = format!("`multipleOf` is {step}, and must be greater than 0");
            sink.push(codes::MULTIPLE_OF_INVALID.at(&schema.place.child("multipleOf"), message));
        }
    }
}

/// Both lower bounds against both upper bounds; an exclusive bound excludes its own value.
fn check_range(schema: &Schema, sink: &mut Diagnostics) {
    let lows = [
        ("minimum", &schema.minimum),
        ("exclusiveMinimum", &schema.exclusive_minimum),
    ];
    let highs = [
        ("maximum", &schema.maximum),
        ("exclusiveMaximum", &schema.exclusive_maximum),
    ];
    for (low_key, low) in lows {
        for (high_key, high) in highs {
            let (Some(low), Some(high)) = (low, high) else {
                continue;
            };
            let is_open = low_key != "minimum" || high_key != "maximum";
            if let Some(relation) = crossed(low, high, is_open) {
                report(schema, (low_key, low), (high_key, high), relation, sink);
            }
        }
    }
}

fn crossed(low: &Number, high: &Number, is_open: bool) -> Option<&'static str> {
    match compare(low, high) {
        Ordering::Greater => Some("above"),
        Ordering::Equal if is_open => Some("at"),
        Ordering::Equal | Ordering::Less => None,
    }
}

fn report(
    schema: &Schema,
    (low_key, low): (&str, &dyn std::fmt::Display),
    (high_key, high): (&str, &dyn std::fmt::Display),
    relation: &str,
    sink: &mut Diagnostics,
) {
    let message =
        format!("`{low_key}` {low} is {relation} `{high_key}` {high}, so no value is allowed");
    sink.push(
        codes::BOUNDS_CROSSED
            .at(&schema.place.child(low_key), message)
            .related("the upper bound is here", &schema.place.child(high_key))
            .help("exchange them, or correct one"),
    );
}
